"""One tờ trình with all its dossiers: the chair approves it in one act, line by line (flows.md §2)."""

from __future__ import annotations

import os
import pty
from collections import Counter
from typing import Any

from tests.acceptance.office import COMMAND, Office
from tests.dossiers import given, reviewed
from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.processes import start

PAPER = given("paper_number=05/TTr-HĐTĐKT", "paper_date=05/01/2026")
APPROVE = ("advance", "D0001..D0008", "approve", *PAPER, "--as", CHAIR)
OWN, HELD, EARLY = "D0003", "D0006", "D0005"
"""The dossier with the chair's own line beside another, that with one being verified, and the one that the
council has not reviewed yet."""
ALL = ("D0001..D0008",)
REVIEWED = tuple(f"D{number:04}" for number in range(1, 9) if number != 5)


def laid_before_the_chair(office: Office) -> Office:
    """Eight dossiers of which the officer thinks that they are ready."""

    def done(*words: str, by: str) -> None:
        said = office.tdkt(*words, "--as", by)
        assert said.code == 0, (words, said.err)

    new = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
    line = ("--kind", "person", "--name", "Nguyễn Thị Mẫu")
    for number in range(1, 9):
        done(*new, by=VILLAGE)
        done("dossier", "add", f"D{number:04}", *line, "--yes", by=VILLAGE)
    done("dossier", "add", OWN, *line, "--position", "Chủ tịch UBND xã", "--yes", by=VILLAGE)
    done("dossier", "add", HELD, *line, "--yes", by=VILLAGE)
    done("advance", *ALL, "submit", "--yes", by=VILLAGE)
    done("advance", *ALL, "accept", *given("complete_on=05/01/2026", "original=seen", "seen=all"), by=OFFICER)
    done("advance", *ALL, "appraise", *given("nominee=1", "verdict=met"), by=OFFICER)
    done("advance", OWN, HELD, "appraise", *given("nominee=2", "verdict=met"), by=OFFICER)
    done("advance", *ALL, "confirm", by=STANDING_MEMBER)
    for *words, _as, by in reviewed("S01", "05/01/2026", REVIEWED, {"gk": ()}, recused=True):
        done(*words, by=by)
    done("advance", HELD, "hold", *given("nominee=2", "source=Đơn ngày 04/01/2026"), by=OFFICER)
    return office


def test_each_dossier_is_approved_by_its_lines_and_what_is_left_is_named(office: Office) -> None:
    table = laid_before_the_chair(office)
    waiting = " ".join(table.tdkt("inbox", "--as", CHAIR).out.split())

    said, again = (table.tdkt(*APPROVE, "--key", "tt05", "--json") for _ in range(2))

    offered = "advance D0001..D0004 D0006..D0008 approve --set paper_number=… --set paper_date=…"
    assert f"tdkt {offered}" in waiting
    assert (said.code, said.err) == (1, "")
    found: dict[str, Any] = {each["ref"]: each for each in said.json}
    lines = {ref: each.get("lines") for ref, each in found.items()}
    assert lines == {**{f"D{number:04}": [1] for number in range(1, 9)}, EARLY: None}
    assert found[OWN]["warnings"] == ["Line 2 waits for the approval of: Vice chair."]
    assert found[HELD]["warnings"] == ["Line 2 is being verified and is not approved."]
    assert [reason["rule"] for reason in found[EARLY]["reasons"]] == ["state", "no_vote"]
    states = {ref: state for ref, (state, _version) in table.stored().items() if ref[0] == "D"}
    assert states == {**dict.fromkeys(found, "approved"), OWN: "reviewed", EARLY: "appraised"}
    # Repeated it answers alike, and the log has one act.
    assert (again.code, {each["ref"]: each.get("lines") for each in again.json}) == (1, lines)
    approvals = [entry for entry in table.entries() if entry["event"] == "approve"]
    entries = [entry for entry in approvals if not entry["refused"]]
    assert Counter(entry["key"] for entry in entries) == {"tt05": 7}
    assert {tuple(entry["input.nominee"]) for entry in entries} == {(1,)}
    assert [entry["item"] for entry in approvals if entry["refused"]] == [EARLY]
    assert table.faults() == ()
    # What is left is the vice chair's.
    assert "tdkt advance" not in table.tdkt("inbox", "--as", CHAIR).out
    left = table.tdkt("inbox", "--as", VICE_CHAIR, "--json").json
    assert [line["ref"] for line in left if line["subject"] == "dossier"] == [OWN]
    rest = table.tdkt("advance", OWN, "approve", *PAPER, "--as", VICE_CHAIR, "--json")
    assert (rest.code, rest.json["lines"], rest.json["to"]) == (0, [2], "approved")


def test_the_answer_is_read_at_a_terminal_of_eighty_columns(sqlite_office: Office) -> None:
    table = laid_before_the_chair(sqlite_office)
    ours, theirs = pty.openpty()
    environment = table.environment({"COLUMNS": "80", "TDKT_LANG": "vi"})
    process = start(*COMMAND, *APPROVE, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    said = b"".join(iter(lambda: _read(ours), b"")).decode()
    os.close(ours)

    lines = said.replace("\r\n", "\n").splitlines()
    assert process.wait(30) == 1
    assert [line for line in lines if len(line) > 80] == []
    text = " ".join(said.split())
    assert "D0001 Phê duyệt kết quả: Hội đồng đã xét → Đã phê duyệt kết quả xét; 1 trường hợp (1)" in text
    assert f"! {OWN}: Trường hợp số 2 chờ Phó Chủ tịch UBND xã, Phó Chủ tịch Hội đồng phê duyệt." in text
    assert f"! {HELD}: Trường hợp số 2 đang xác minh, chưa phê duyệt." in text
    assert f"Không thực hiện được việc “phê duyệt kết quả” với {EARLY}, vì:" in text
    assert f"Cộng: 7 trường hợp của 7/8 hồ sơ. Chưa thực hiện: {EARLY}." in lines
    assert "Tiếp theo" in text


def _read(terminal: int) -> bytes:
    """What the terminal has; nothing once its other end is closed, which Linux tells by an error."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
