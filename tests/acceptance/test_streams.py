"""Words from and to the outside: decomposed text, terminals that are not UTF-8, streams that are closed."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest

from commands.session import DATABASE, REFUSED, USAGE
from tests.acceptance.office import COMMAND, Office
from tests.people import OFFICER, STANDING_MEMBER, VILLAGE
from tests.processes import ROOT

REASON = "Thiếu số liệu của Ủy ban nhân dân xã Điềm He"
NFD = normalize("NFD", REASON)
POORER = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "C": {"LC_ALL": "C"},
    "C without Python's mending": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "cp1258": {"PYTHONIOENCODING": "cp1258"},
}


def texts(office: Office) -> list[str]:
    """Every text in the database."""
    rows = (row for table in office.dump().values() for row in table)
    return [cell for row in rows for cell in row if isinstance(cell, str)]


def shell(office: Office, line: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """A line of shell in which `tdkt` is the command."""
    tdkt = f'tdkt() {{ {shlex.join(COMMAND)} "$@"; }}'
    return subprocess.run(
        ["bash", "-c", f"{tdkt}\n{line}"],
        cwd=ROOT,
        env=office.environment(environment),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_decomposed_words_are_stored_composed(office: Office) -> None:
    office.tdkt("--as", OFFICER, "advance", "T01", "submit", "--note", NFD)
    file = office.home / "inputs.json"
    file.write_text(json.dumps({"reason": NFD}), encoding="utf-8")
    returned = office.tdkt("--as", STANDING_MEMBER, "advance", "T01", "return", "--data", str(file))
    new = "--as thon-1 dossier new --task T17 --from thon-1 --title ldtt"
    office.tdkt(*new.split(), "--note", NFD)
    added = office.tdkt("--as", VILLAGE, "dossier", "add", "D0001", "--kind", "person", "--name", NFD)
    edited = office.tdkt("--as", VILLAGE, "dossier", "edit", "D0001/1", "--unit", NFD)

    stored = texts(office)
    assert (returned.code, added.code, edited.code) == (0, 0, 0)
    assert stored.count(REASON) >= 5
    assert [text for text in stored if not is_normalized("NFC", text)] == []
    shown = office.tdkt("dossier", "show", "D0001", "--json").json
    assert shown["nominees"][0]["name"] == REASON


def test_a_key_is_the_same_key_in_either_form(sqlite_office: Office) -> None:
    line = ("--as", OFFICER, "advance", "T01", "submit", "--json", "--key")

    first = sqlite_office.tdkt(*line, normalize("NFD", "trình-lần-một"))

    assert sqlite_office.tdkt(*line, "trình-lần-một") == first
    assert sqlite_office.stored()["T01"] == ("submitted", 2)


def test_decomposed_names_of_values_are_understood_or_quoted_composed(sqlite_office: Office) -> None:
    said = sqlite_office.tdkt("--as", normalize("NFD", "giám-đốc"), "advance", "T01", "submit")

    assert said.code == USAGE
    assert "“giám-đốc”" in said.err


def test_a_file_is_found_by_its_decomposed_name(sqlite_office: Office) -> None:
    sqlite_office.tdkt("--as", OFFICER, "advance", "T01", "submit")
    file = sqlite_office.home / normalize("NFD", "thiếu.json")
    file.write_text(json.dumps({"reason": REASON}), encoding="utf-8")
    folder = sqlite_office.home / normalize("NFD", "Điềm He")
    folder.mkdir()

    done = sqlite_office.tdkt("--as", STANDING_MEMBER, "advance", "T01", "return", "--data", str(file))
    founded = sqlite_office.tdkt("--db", str(folder / "a.db"), "init")

    assert (done.code, founded.code) == (0, 0)
    assert [path.name for path in folder.glob("*.db")] == ["a.db"]
    assert not (sqlite_office.home / "Điềm He").exists()


@pytest.mark.parametrize("terminal", POORER.values(), ids=POORER.keys())
def test_a_terminal_that_is_not_utf_8_gets_and_gives_whole_words(
    terminal: dict[str, str], sqlite_office: Office
) -> None:
    listed = sqlite_office.process("task", "list", TDKT_LANG="vi", **terminal)
    acted = sqlite_office.process("--as", OFFICER, "advance", "T01", "submit", "--note", NFD, **terminal)
    refused = sqlite_office.process(
        "--as", STANDING_MEMBER, "advance", "T99", REASON, TDKT_LANG="vi", **terminal
    )

    assert (listed.code, listed.err) == (0, "")
    assert "Phát động phong" in listed.out
    assert (acted.code, acted.err) == (0, "")
    assert REASON in texts(sqlite_office)
    assert (refused.code, "Không có “T99”" in refused.err) == (USAGE, True)


def test_bytes_that_are_no_text_are_told(sqlite_office: Office) -> None:
    before = sqlite_office.path.read_bytes()

    said = shell(sqlite_office, r"tdkt --as thuong-truc advance T01 return --set reason=$'Thi\xff'")

    assert said.returncode == USAGE
    assert "is not readable text" in said.stderr
    assert len(said.stderr.splitlines()) == 1
    assert sqlite_office.path.read_bytes() == before


def test_a_reader_who_leaves_is_no_fault(sqlite_office: Office) -> None:
    lines = (
        "tdkt task list | head -n 0",
        "tdkt task list --json | head -n 1",
        "tdkt --help | head -n 0",
        "tdkt --as chuyen-vien advance T01 submit | head -n 0",
    )

    for line in lines:
        said = shell(sqlite_office, f"set -o pipefail; {line}")
        assert (said.returncode, said.stderr) == (0, ""), line
    assert sqlite_office.stored()["T01"] == ("submitted", 2)


def test_closed_streams_are_no_fault(sqlite_office: Office) -> None:
    lines = (
        "tdkt task list >&-",
        "tdkt task list <&- >&- 2>&-",
        "tdkt --as chuyen-vien advance T01 submit <&- >&- 2>&-",
        "tdkt --as chuyen-vien advance T01..T03 submit --json >&-",
    )

    said = [shell(sqlite_office, line) for line in lines]

    assert [(each.returncode, each.stderr) for each in said] == [(0, ""), (0, ""), (0, ""), (REFUSED, "")]
    assert sqlite_office.stored()["T01"] == ("submitted", 2)
    assert sqlite_office.faults() == ()


def test_inputs_from_a_closed_or_empty_stream_are_told(sqlite_office: Office) -> None:
    line = "tdkt --as thuong-truc advance T01 return --data -"

    for said in (shell(sqlite_office, f"{line} <&-"), shell(sqlite_office, f"{line} </dev/null")):
        assert said.returncode == REFUSED
        assert "it is no JSON" in said.stderr
        assert len(said.stderr.splitlines()) == 1


def test_inputs_come_through_a_pipe_whatever_the_locale(sqlite_office: Office) -> None:
    sqlite_office.tdkt("--as", OFFICER, "advance", "T01", "submit")
    line = f"printf '{json.dumps({'reason': REASON}, ensure_ascii=False)}'"
    line += " | tdkt --as thuong-truc advance T01 return --data -"

    said = shell(sqlite_office, line, PYTHONIOENCODING="ascii")

    assert (said.returncode, said.stderr) == (0, "")
    assert REASON in texts(sqlite_office)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_onto_a_full_disk_is_told(sqlite_office: Office) -> None:
    said = shell(sqlite_office, "tdkt task list >/dev/full")

    assert said.returncode == DATABASE
    assert said.stderr.startswith("The output cannot be written: No space left on device.")
    assert len(said.stderr.splitlines()) == 1


def test_a_command_asks_nobody_where_nobody_is(sqlite_office: Office) -> None:
    plan = ROOT / "definitions" / "offices" / "diem-he" / "ke-hoach-2026.txt"
    changed = sqlite_office.home / "changed.txt"
    changed.write_text(plan.read_text(encoding="utf-8").replace("tổng kết", "sơ kết"), encoding="utf-8")
    before = sqlite_office.dump()

    said = shell(sqlite_office, f"tdkt --as {OFFICER} plan import {changed} <&-")

    assert said.returncode == REFUSED
    assert "--yes" in said.stderr
    assert sqlite_office.dump() == before
