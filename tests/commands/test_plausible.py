"""What is doubtful waits for somebody to mean it: a person at a terminal is asked, else it needs --yes."""

from __future__ import annotations

import os
import pty
import sys
from pathlib import Path

from tests.commands.conftest import Tdkt
from tests.people import OFFICER
from tests.processes import ROOT, ended, start

SET = ("deadline", "set", "T01", "2026-09-30", "--source", "CV 5", "--as", OFFICER)
DOUBT = "is far from quarter I of 2026"


def entries(tdkt: Tdkt, ref: str) -> list[tuple[str, bool, list[str]]]:
    found = tdkt("audit", "log", "--json").json
    return [(each["event"], each["refused"], each["reasons"]) for each in found if each["ref"] == ref]


def test_without_a_terminal_nothing_is_written_and_the_cure_is_told(tdkt: Tdkt) -> None:
    before = entries(tdkt, "T01")

    said, data = tdkt(*SET), tdkt(*SET, "--json")

    assert (said.code, said.out) == (1, "")
    first, doubt, cure = said.err.splitlines()
    assert first == "To be confirmed before: set the deadline T01"
    assert DOUBT in doubt
    assert cure == "  Nothing was written. If it is meant, repeat it with --yes."
    assert (data.code, data.refusal["error"]) == (1, "not_confirmed")
    assert [reason["rule"] for reason in data.refusal["reasons"]] == ["far_from_quarter"]
    assert entries(tdkt, "T01") == before


def test_what_is_meant_is_done_and_the_log_says_what_was_confirmed(tdkt: Tdkt) -> None:
    said = tdkt(*SET, "--yes")

    assert said.code == 0
    assert said.out.startswith("T01  Set the deadline: ")
    assert "Confirmed: " in said.err
    assert DOUBT in said.err
    assert entries(tdkt, "T01")[-1] == ("set_deadline", False, ["far_from_quarter"])
    assert tdkt("audit", "verify").code == 0


def test_of_many_those_without_a_doubt_are_done(tdkt: Tdkt) -> None:
    setting = ("advance", "T01", "T17", "set_deadline", "--set", "date=2026-03-20", "--set", "source=CV 5")

    said = tdkt(*setting, "--as", OFFICER, "--json")

    assert said.code == 1
    assert [(each["ref"], each["done"], each.get("error")) for each in said.json] == [
        ("T01", True, None),
        ("T17", False, "not_confirmed"),
    ]


def test_a_date_of_another_century_is_refused_however_it_is_meant(tdkt: Tdkt) -> None:
    said = tdkt("deadline", "set", "T01", "2062-03-31", "--source", "CV 5", "--as", OFFICER, "--yes")

    assert said.code == 1
    assert "outside the plan's year and the next one" in said.err
    assert entries(tdkt, "T01")[-1] == ("set_deadline", True, ["due_in_reach"])


def test_a_person_at_a_terminal_is_asked(tdkt: Tdkt, database: Path) -> None:
    def answered(answer: str) -> int:
        ours, theirs = pty.openpty()
        process = start(sys.executable, str(ROOT / "cli.py"), *SET, stdin=theirs)
        os.write(ours, f"{answer}\n".encode())
        said = ended(process)
        os.close(ours)
        os.close(theirs)
        assert DOUBT in said.err
        assert "Do it all the same?" in said.err
        return said.code

    assert answered("n") == 1
    assert all(event != "set_deadline" for event, _refused, _rules in entries(tdkt, "T01"))
    assert answered("y") == 0
    assert entries(tdkt, "T01")[-1] == ("set_deadline", False, ["far_from_quarter"])
