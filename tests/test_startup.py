"""Looking starts fast: what a looking command loads, told by the process that ran it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from cli import NOUNS

ROOT = Path(__file__).resolve().parents[1]

HEAVY = (
    "alembic",
    "apscheduler",
    "docx",
    "jinja2",
    "logging",
    "sqlalchemy",
    "transitions",
    "workflow.engine",
    "workflow.files.parsing",
    "workflow.lint",
    "workflow.services",
    "yaml",
)
LOOKING = (
    "-h",
    "task list",
    "task show T01",
    "show T01",
    "show D0001",
    "plan show",
    "audit log",
    "inbox --as chuyen-vien",
    "inbox --week --all",
    "report chase",
    "register papers",
    "register dossiers",
    "register awards",
    "expect list",
    "deadline list",
    "notice list",
    "incident list --all",
    "dossier list",
    "office show",
)

SCRIPT = "from cli import main; main()"
# Runs the command as the console script does, and tells on a last line of stderr what is loaded then.
TELLING = """
import sys
from cli import main
try:
    main()
except SystemExit as ended:
    print(" ".join(sorted(sys.modules)), file=sys.stderr)
    raise
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """A sandbox with something of everything to look at."""
    url = f"sqlite:///{tmp_path_factory.mktemp('office') / 'tdkt.db'}"
    environment = {**os.environ, "TDKT_DB": url, "TDKT_LANG": "vi", "PYTHONPATH": str(ROOT)}
    for command, code in (
        ("init --sandbox --now 2026-01-05", 0),
        ("dossier new --task T17 --from thon-1 --title ldtt --as thon-1", 0),
        ("dossier add D0001 --kind person --name Nguyễn-Văn-A --as thon-1", 0),
        ("advance T01 submit --as chuyen-vien", 0),
        ("advance T01 approve --as thu-ky", 1),
        ("expect open T17 --as chuyen-vien --yes", 0),
        ("tick --now 2026-04-10", 0),
    ):
        ended = subprocess.run(
            [sys.executable, "-c", SCRIPT, *command.split()], cwd=ROOT, env=environment, check=False
        )
        assert ended.returncode == code, command
    return environment


def run(command: str, environment: Mapping[str, str]) -> tuple[int, str, set[str]]:
    """Exit code, what was printed, and the modules that were loaded."""
    ended = subprocess.run(
        [sys.executable, "-c", TELLING, *command.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return ended.returncode, ended.stdout, set(ended.stderr.splitlines()[-1].split())


def heavy(loaded: set[str]) -> list[str]:
    return [name for name in HEAVY if any(each == name or each.startswith(f"{name}.") for each in loaded)]


@pytest.mark.parametrize("command", LOOKING)
def test_a_looking_command_loads_nothing_heavy(command: str, environment: Mapping[str, str]) -> None:
    code, printed, loaded = run(command, environment)

    assert (code, heavy(loaded)) == (0, [])
    assert printed


@pytest.mark.parametrize("command", LOOKING[1:])
def test_a_looking_command_loads_nothing_heavy_for_scripts(
    command: str, environment: Mapping[str, str]
) -> None:
    code, printed, loaded = run(f"{command} --json", environment)

    assert (code, heavy(loaded)) == (0, [])
    assert printed[0] in "[{"


@pytest.mark.parametrize("command", ["show T99", "show T1x", "task list --now soon"])
def test_a_mistake_takes_its_words_from_the_open_office(command: str, environment: Mapping[str, str]) -> None:
    """Parsing the shipped catalogue costs more than all the rest of such a command."""
    code, printed, loaded = run(command, environment)

    assert (code, printed, heavy(loaded)) == (2, "", [])


def test_only_a_mistake_before_an_office_is_open_parses_the_shipped_words(
    environment: Mapping[str, str],
) -> None:
    code, _printed, loaded = run("task list --office elsewhere", environment)

    assert (code, "yaml" in loaded) == (2, True)


def test_a_calendar_file_is_written_without_anything_heavy(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    code, _printed, loaded = run(f"deadline ics {tmp_path / 'due.ics'}", environment)

    assert (code, heavy(loaded)) == (0, [])


@pytest.mark.parametrize("command", ["task list", "plan show", "dossier list"])
def test_a_look_at_items_loads_nothing_of_the_log_or_of_notices(
    command: str, environment: Mapping[str, str]
) -> None:
    code, _printed, loaded = run(command, environment)

    assert (code, loaded & {"storage.records", "runtime.views.log", "runtime.views.notices"}) == (0, set())


def test_help_loads_no_noun(environment: Mapping[str, str]) -> None:
    code, _printed, loaded = run("-h", environment)

    assert (code, loaded & {module for module, _words in NOUNS.values()}) == (0, set())


def test_an_acting_command_shows_that_loading_is_seen(environment: Mapping[str, str]) -> None:
    code, _printed, loaded = run("advance T02 submit --as chuyen-vien --dry-run", environment)

    assert code == 0
    assert {"sqlalchemy", "transitions", "workflow.engine", "workflow.services"} <= set(heavy(loaded))
