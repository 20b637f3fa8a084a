"""`tdkt completion` and what a shell is offered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli import NOUNS
from tests.commands.conftest import Tdkt
from tests.people import CHAIR, VICE_CHAIR

ROOT = Path(__file__).resolve().parents[2]


def offered(line: str) -> list[str]:
    """What bash would offer for the last word of a line."""
    words = line.split(" ")
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py")],
        env={
            **os.environ,
            "_TDKT_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [word.partition(",")[2] for word in done.stdout.split()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_each_shell_ends_with_how_to_install_it(bare: Tdkt, shell: str) -> None:
    answer = bare("completion", shell)

    assert answer.code == 0
    assert "_TDKT_COMPLETE" in answer.out
    assert f"tdkt completion {shell}" in answer.out.splitlines()[-1]
    assert answer.out.splitlines()[-1].startswith("# ")


def test_without_a_shell_the_own_one_is_taken(bare: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/zsh")
    assert bare("completion").out == bare("completion", "zsh").out

    monkeypatch.setenv("SHELL", "/bin/ksh")
    answer = bare("completion")
    assert (answer.code, answer.out) == (2, "")
    assert bare("completion", "tcsh").code == 2


def test_bash_takes_the_script(bare: Tdkt, tmp_path: Path) -> None:
    script = tmp_path / "completion.bash"
    script.write_text(bare("completion", "bash").out, encoding="utf-8")

    said = subprocess.run(
        ["bash", "-c", f'source "{script}" && complete -p tdkt'], capture_output=True, text=True, check=True
    )

    assert said.stdout.endswith("tdkt\n")


def test_nouns_and_verbs_are_offered(database: Path) -> None:
    assert offered("tdkt ") == list(NOUNS)
    assert offered("tdkt d") == [noun for noun in NOUNS if noun.startswith("d")]
    assert sorted(offered("tdkt audit ")) == ["erase", "export", "log", "show", "verify"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tdkt advance T01 sub", ["submit"]),
        ("tdkt why t1", [f"T{number}" for number in range(10, 19)]),
        ("tdkt why T01 ext", ["extend"]),
        ("tdkt tick --as chu-", [CHAIR]),
        ("tdkt --as chu-", [CHAIR]),
        ("tdkt notice list --to pho", [VICE_CHAIR]),
        ("tdkt audit log --event app", ["approve", "appraise", "approve_signed"]),
        ("tdkt dossier new --title ttl", ["ttldtt", "ttldxs"]),
        ("tdkt dossier new --from thon", ["thon-1", "thon-2", "thon-3"]),
        ("tdkt dossier new --type ni", ["nien_han"]),
        ("tdkt dossier list --state dra", ["drafted"]),
        ("tdkt task lead T01 kin", ["kinh_te"]),
    ],
)
def test_references_events_and_accounts_are_offered(database: Path, line: str, words: list[str]) -> None:
    assert offered(line) == words


def test_without_a_database_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    assert offered(f"tdkt --db {tmp_path / 'none.db'} why T") == []
    assert not (tmp_path / "none.db").exists()
