"""The papers stay true: commands, options, links, data blocks, diagrams, and what an outsider can verify."""

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
import psycopg
import pytest
import yaml

from cli import door
from commands.failures import run
from exchange.diagrams import mermaid
from tests import reference
from tests.papers import PAPERS, ROOT, anchors, blocks, inline_code, links, marked, read
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.postgres import Cluster
from tests.workflow import shipped
from workflow.model.definition import Machine

UPPER = re.compile(r"[A-Z]{2,}…?|…")
COMMAND = re.compile(r"(?:^|(?P<lead>[\s\"/\\=]))tdkt(?:\.exe)? (?P<rest>(?:\"[^\"]*\"|[^\n\"`<&|])*)")
SHELLS = ("sh", "bat", "ini", "xml", "console", "powershell", "cron")


def typed_commands(paper: str) -> Iterator[tuple[int, str]]:
    """Every `tdkt …` that the paper tells a reader to type, with its line."""
    for number, code in inline_code(paper):
        if code.startswith("tdkt "):
            yield number, code.removeprefix("tdkt ")
    for block in blocks(paper, *SHELLS):
        lines = re.sub(r"\\\n\s*", "", block.text).split("\n")
        wanted = [line for line in lines if block.language != "console" or line.startswith("$ ")]
        for found in filter(None, map(COMMAND.search, wanted)):
            quoted = found["lead"] == '"'
            yield block.line, found["rest"].partition('"')[0] if quoted else found["rest"]


def fault(typed: str) -> str | None:
    """What the command line would say of names that it does not know; values are not looked at."""
    words = shlex.split(re.sub(r"\s(?:\d?>|#).*", "", typed).rstrip(" …"))
    command: click.Command = reference.top()
    while isinstance(command, click.Group):
        context = reference.context(command, "tdkt")
        try:
            _, words, _ = command.make_parser(context).parse_args(words)
        except click.UsageError as mistake:
            return mistake.format_message()
        if not words or UPPER.fullmatch(words[0]):
            return None
        found = command.get_command(context, words[0])
        if found is None:
            return f"there is no {words[0]}"
        command, words = found, words[1:]
    try:
        command.make_parser(reference.context(command)).parse_args(words)
    except click.UsageError as mistake:
        return mistake.format_message()
    return None


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_in_a_paper_is_one_that_the_program_has(paper: str) -> None:
    faults = [
        f"{paper}:{line}: tdkt {typed}: {said}"
        for line, typed in typed_commands(paper)
        if (said := fault(typed))
    ]

    assert faults == []


def test_a_command_that_is_not_there_is_found_out() -> None:
    assert [
        fault(typed) is None for typed in ("task list", "task lost", "task list --lost", "NOUN VERB")
    ] == [
        True,
        False,
        False,
        True,
    ]


def test_the_reference_gives_every_command_and_option_as_the_program_does() -> None:
    text = read("docs/reference.md")

    given = text.partition("<!-- commands -->\n")[2].partition("<!-- /commands -->")[0]

    assert given.strip("\n") == reference.markdown().strip("\n")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_within_the_house_leads_somewhere(paper: str) -> None:
    lost = []
    for line, target in links(paper):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / paper).parent / name if name else ROOT / paper
        known = (
            anchors(str(file.resolve().relative_to(ROOT))) if anchor and file.suffix == ".md" else {anchor}
        )
        if not file.exists() or anchor not in known:
            lost.append(f"{paper}:{line}: {target}")

    assert lost == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_block_of_data_can_be_read(paper: str) -> None:
    parsers: dict[str, Callable[[str], object]] = {"yaml": yaml.safe_load, "json": json.loads}

    for block in blocks(paper, *parsers):
        assert parsers[block.language](block.text) is not None, str(block)


@pytest.mark.parametrize("paper", PAPERS)
def test_no_line_of_a_block_runs_off_the_page(paper: str) -> None:
    installing = {"sh", "bat"}  # one line each, to be pasted

    wide = [
        f"{block}: {line}"
        for block in blocks(paper)
        for line in block.text.split("\n")
        if len(line) > 120 and block.language not in installing
    ]

    assert wide == []


MACHINES = pytest.mark.parametrize("name", ["plan_task", "nomination_dossier"])


@MACHINES
def test_the_concepts_draw_a_machine_as_the_program_does(name: str) -> None:
    block = marked("docs/concepts.md", f"tdkt definition diagram {name}")

    assert f"{block.text}\n" == mermaid(shipped.machine(name).definition)


def states_as_table(machine: Machine) -> str:
    """The machine's states in three spellings, for readers of one language only."""
    rows = [f"| `{state.id}` | {state.label.vi} | {state.label.en} |" for state in machine.states]
    return "\n".join(["| state | in Vietnamese | in English |", "|---|---|---|", *rows])


@MACHINES
def test_the_concepts_name_every_state_in_both_languages(name: str) -> None:
    assert f"\n\n{states_as_table(shipped.machine(name).definition)}\n\n" in read("docs/concepts.md")


@pytest.fixture(scope="module", autouse=True)
def in_english() -> Iterator[None]:
    """No test here sees the machine's own database, office, actor or language."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TDKT_DB", "TDKT_OFFICE", "TDKT_ACTOR"):
            patch.delenv(name, raising=False)
        patch.setenv("TDKT_LANG", "en")
        yield


def run_tdkt(database: Path | str, *arguments: str) -> str:
    """What a command prints on stdout, on a database of the test's own."""
    with redirect_stdout(StringIO()) as printed:
        code = run(door(), ["--db", str(database), *arguments])
    assert code == 0, arguments
    return printed.getvalue()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sandbox with the plan of 2026 and one dossier that a village has handed in."""
    database = tmp_path_factory.mktemp("papers") / "sandbox.db"
    prepare(database)
    return database


def prepare(database: Path) -> None:
    run_tdkt(database, "init", "--sandbox", "--now", "2026-01-05T08:00")
    new = ("--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "phong_trao", "--as", VILLAGE)
    run_tdkt(database, "dossier", "new", *new)
    run_tdkt(
        database, "dossier", "add", "D0001", "--kind", "person", "--name", "Trường hợp A", "--as", VILLAGE
    )
    run_tdkt(database, "expect", "open", "T06", "--as", OFFICER, "--yes")
    run_tdkt(database, "tick", "--now", "2026-03-02T08:00")
    run_tdkt(database, "movement", "new", "Phong trào mẫu", "--as", OFFICER)
    when = ("--date", "16/03/2026", "--at", "08:00", "--place", "Phòng họp", "--as", SECRETARY)
    run_tdkt(database, "council", "new", *when)
    stand_in = ("--by", VICE_CHAIR, "--until", "2026-03-09", "--as", STANDING_MEMBER)
    run_tdkt(database, "office", "substitute", CHAIR, *stand_in)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(INCIDENT)
        connection.commit()


INCIDENT = """INSERT INTO incident (office, id, at, code, seen, last_at, cleared_at, cleared_by)
VALUES ('diem-he', 'I01', '2026-03-02T01:00:00.000000Z', 'sweep_failed', 1, '2026-03-02T01:00:00.000000Z',
 '2026-03-02T01:00:00.000000Z', 'quan-tri')"""

HAPPENS = {
    "reminder": "a reminder to whoever must act",
    "due_today": "“due today” to whoever must act",
    "due": "the overdue mark and its entry",
    "overdue": "the overdue notice to whoever must act",
    "head": "escalation: the head and the standing member",
    "vice": "escalation: the vice chair",
    "chair": "escalation: the chair",
}


def round_as_table(rows: list[dict[str, Any]]) -> str:
    """A task's deadline rows as docs/concepts.md shows them, in local time."""
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    lines = ["| row | local time | what happens |", "|---|---|---|"]
    for row in rows:
        at = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC).astimezone(zone)
        lines.append(
            f"| `{row['name']}` | {at:%a %d %b %Y, %H:%M} | {HAPPENS[row['level'] or row['kind']]} |"
        )
    return "\n".join(lines)


def test_the_concepts_give_the_real_round_of_a_task(sandbox: Path) -> None:
    rows = [row for row in json.loads(run_tdkt(sandbox, "deadline", "list", "--json")) if row["ref"] == "T01"]

    shown = read("docs/concepts.md").partition("<!-- the round of T01 -->\n")[2].partition("\n\n")[0]

    assert shown == round_as_table(rows)


def test_the_concepts_quote_the_shipped_policy() -> None:
    shipped_policy = read("definitions/policies/deadlines/1.yaml")

    assert marked("docs/concepts.md", "definitions/policies/deadlines/1.yaml").text in shipped_policy
    head, _, term = marked(
        "docs/concepts.md", "a term of definitions/policies/deadlines/1.yaml"
    ).text.partition("  # …\n")
    assert head in shipped_policy
    assert term in shipped_policy


def verify_as_an_outsider(log: Path) -> subprocess.CompletedProcess[str]:
    program = marked("docs/concepts.md", "verify.py").text
    return subprocess.run(
        [sys.executable, "-I", "-c", program, str(log)], capture_output=True, text=True, check=False
    )


def test_an_outsider_verifies_an_export_with_the_program_of_the_concepts(
    sandbox: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log.jsonl"
    run_tdkt(sandbox, "audit", "export", str(log))
    (head,) = json.loads(run_tdkt(sandbox, "audit", "verify", "--json"))

    done = verify_as_an_outsider(log)

    assert (done.stdout, done.returncode) == (f"2026 {head['entries']} {head['root']}\n", 0)


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (
            lambda lines: [*lines[:2], lines[2].replace("import", "lost!!"), *lines[3:]],
            "an entry is not what",
        ),
        (lambda lines: [*lines[:2], *lines[3:]], "an entry is not what it was"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "entries are missing, added or in another order"),
    ],
)
def test_an_outsider_finds_a_changed_export(tamper: Any, said: str, sandbox: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    run_tdkt(sandbox, "audit", "export", str(log))
    log.write_text("\n".join(tamper(log.read_text("utf-8").splitlines())) + "\n", "utf-8")

    done = verify_as_an_outsider(log)

    assert (done.stderr.startswith(said), done.returncode) == (True, 1)


def test_erasing_a_nominee_as_the_operations_say_leaves_the_log_sound(sandbox: Path, tmp_path: Path) -> None:
    database = tmp_path / "copy.db"
    shutil.copyfile(sandbox, database)
    (command,) = marked("docs/operations.md", "erase a nominee").text.splitlines()
    _tdkt, *arguments = command.replace("D0042/3", "D0001/1").split()
    run_tdkt(database, "--yes", *arguments)

    names = [
        json.loads(run_tdkt(each, "dossier", "show", "D0001", "--json"))["nominees"][0]["name"]
        for each in (sandbox, database)
    ]

    assert (names, json.loads(run_tdkt(database, "audit", "verify", "--json"))[0]["sound"]) == (
        ["Trường hợp A", None],
        True,
    )


def test_the_rights_that_the_operations_give_on_postgresql_are_enough(postgres_cluster: Cluster) -> None:
    setting_up, granting = (
        marked("docs/operations.md", mark).text for mark in ("the server's administrator", "the owner")
    )
    address = postgres_cluster.url("tdkt").replace("+psycopg", "")
    owner, office = (re.sub("//.*@", f"//{role}@", address) for role in ("tdkt_owner", "tdkt_office"))
    with postgres_cluster.connect() as connection:
        for statement in setting_up.split(";\n"):
            connection.execute(statement)
    try:
        run_tdkt(owner, "init", "--sandbox", "--now", "2026-01-05T08:00")
        with psycopg.connect(owner) as connection:
            connection.execute(granting)
        run_tdkt(office, "advance", "T01", "submit", "--as", OFFICER)
        run_tdkt(office, "tick", "--now", "2026-04-15T08:00")
        run_tdkt(office, "audit", "verify")
        with psycopg.connect(office) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM entry")
    finally:
        postgres_cluster.drop_database("tdkt")


def fields_in_reference() -> dict[str, list[str]]:
    """The JSON fields that docs/reference.md lists, by command; brackets give a list's own fields."""
    table = read("docs/reference.md").partition("<!-- json -->\n")[2].partition("<!-- /json -->")[0]
    rows = (line.strip("| ").split(" | ") for line in table.splitlines()[2:])
    return {row[0].strip("`"): re.findall(r"`(\w+)`", row[1]) for row in rows if len(row) > 1}


JSON_COMMANDS = {
    "plan import --dry-run": ("plan", "import", "definitions/offices/diem-he/ke-hoach-2026.txt", "--dry-run"),
    "task list": ("task", "list"),
    "task show": ("task", "show", "T01"),
    "dossier list": ("dossier", "list"),
    "dossier show": ("dossier", "show", "D0001"),
    "dossier papers": ("dossier", "papers", "D0001"),
    "paper list": ("paper", "list", "D0001"),
    "paper fields": ("paper", "fields", "quyet_dinh"),
    "show REF/NO": ("show", "D0001/1"),
    "audit log": ("audit", "log"),
    "audit show": ("audit", "show", "0"),
    "audit verify": ("audit", "verify"),
    "notice list": ("notice", "list"),
    "deadline list": ("deadline", "list"),
    "movement list": ("movement", "list"),
    "movement show": ("movement", "show", "M01"),
    "fund show": ("fund", "show"),
    "council list": ("council", "list"),
    "council show": ("council", "show", "S01"),
    "council forecast": ("council", "forecast", "S01"),
    "expect list": ("expect", "list"),
    "expect open": ("expect", "open", "T06", "--dry-run", "--as", OFFICER),
    "expect chase": ("expect", "chase", "--dry-run", "--as", OFFICER),
    "inbox": ("inbox", "--as", OFFICER),
    "inbox --week": ("inbox", "--week", "--all"),
    "report chase": ("report", "chase"),
    "report year": ("report", "year"),
    "why": ("why", "T01", "submit"),
    "why REF/NO": ("why", "D0001/1"),
    "dossier appraise REF": ("dossier", "appraise", "D0001"),
    "advance": ("advance", "T01", "submit", "--dry-run", "--as", OFFICER),
    "office show": ("office", "show"),
    "office logins": ("office", "logins"),
    "office people": ("office", "people"),
    "office bodies": ("office", "bodies"),
    "title list": ("title", "list"),
    "office substitutions": ("office", "substitutions", "--all"),
    "plan show": ("plan", "show"),
    "plan next": ("plan", "next", "2027"),
    "definition list": ("definition", "list"),
    "calendar show": ("calendar", "show", "2026"),
    "calendar check": ("calendar", "check"),
    "doctor": ("doctor",),
    "upgrade": ("upgrade",),
    "tick": ("tick",),
    "incident list": ("incident", "list", "--all"),
    "simulate": ("simulate",),
    "simulate --compare": ("simulate", "--compare", "-", "-"),
}


def test_the_reference_lists_the_json_fields_of_every_command(
    sandbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)

    printed = {name: fields(run_tdkt(sandbox, *line, "--json")) for name, line in JSON_COMMANDS.items()}

    assert printed == fields_in_reference()


def fields(printed: str) -> list[str]:
    """The fields of an object, or of the first of an array, in the order of the print."""
    value = json.loads(printed)
    return list(value[0] if isinstance(value, list) else value)


def test_the_service_of_the_operations_is_one_that_systemd_understands(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "tdkt.service"
    text = marked("docs/operations.md", "tdkt.service").text
    unit.write_text(text.replace("/opt/tdkt/.venv/bin/tdkt", "/bin/true") + "\n", encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_operations_name_the_figures_of_a_monitor() -> None:
    from runtime.serve.vitals import Backlog, Ticking, health_page, metrics_page

    ticking = Ticking(1.0, 1, 0, 0, 0, 1.0, 1.0)
    page = json.loads(health_page(ticking, Backlog(), every=30.0)[1])
    names = set(re.findall(r"^(tdkt_\w+)", metrics_page(ticking, Backlog()).decode(), re.MULTILINE))

    shown = next(block for block in blocks("docs/operations.md", "json") if "healthy" in block.text)

    assert list(json.loads(shown.text)) == list(page)
    assert names == set(re.findall(r"`(tdkt_\w+)`", read("docs/operations.md"))) - {
        "tdkt_owner",
        "tdkt_office",
    }


def test_the_page_for_developers_names_only_what_is_there_and_every_room() -> None:
    paper = "docs/architecture.md"
    named = {
        code for _line, code in inline_code(paper) if re.fullmatch(r"[a-z_]+(/[a-z_]+)*(/|\.py|\.toml)", code)
    }
    whole = {
        code
        for code in named
        if "/" in code.rstrip("/") or code.endswith((".toml", "cli.py")) or code[-1] == "/"
    }
    rooms = {
        f"{path.parent.relative_to(ROOT)}/"
        for top in ("commands", "runtime", "exchange", "storage", "workflow", "definitions")
        for path in (ROOT / top).rglob("__init__.py")
    }

    assert [name for name in sorted(whole - {"files/"}) if not (ROOT / name).exists()] == []
    assert sorted(rooms - named - {"runtime/", "exchange/", "workflow/"}) == []
