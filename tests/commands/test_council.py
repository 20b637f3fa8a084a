"""`tdkt council`: what a secretary types of a session, and what is answered to slips of the pen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from exchange.sheets.reading import read_workbook
from tests.commands.conftest import Answer, Tdkt
from tests.people import CHAIR, OFFICER, SECRETARY


@pytest.fixture
def office(at_work: Path, bare: Tdkt) -> Tdkt:
    """The office in full work: S01 is prepared, S02 called, S03 to S05 are in session, S06 is closed."""
    assert at_work.exists()
    return bare


def line(office: Tdkt, ref: str, session: str = "S03") -> dict[str, Any]:
    shown = office("council", "show", session, "--json").json
    return next(each for each in shown["line_results"] if each["ref"] == ref)


def by_secretary(office: Tdkt, *words: str) -> Answer:
    return office("council", *words, "--as", SECRETARY)


# -- votes and counts --------------------------------------------------------------------------------------


def test_one_command_opens_a_show_of_hands_and_records_it_with_its_exceptions(office: Tdkt) -> None:
    answer = by_secretary(
        office, "vote", "S03", "gk", "--at", "10:00", "--all-for", "--line", "D0009/1:against=1"
    )

    voted = line(office, "D0009/1")
    assert answer.code == 0
    assert [voted[name] for name in ("for", "against", "other", "base_n", "result")] == [7, 1, 0, 8, "pass"]
    assert voted["say"] == "Cần trên 50 % số thành viên có mặt (5/8), được 7 (87,50 %)"
    assert "more than 50 % of the members present (5/8), got 7 (87.50 %)" in answer.out


def test_counts_that_do_not_add_up_open_no_vote_either(office: Tdkt) -> None:
    answer = by_secretary(office, "vote", "S03", "gk", "--at", "10:00", "--line", "D0009/1:for=8,against=1")

    assert answer.code == 1
    assert "for 8 + against 1 + other 0 = 9, which must be the 8 who vote" in answer.err
    assert line(office, "D0009/1")["ballot"] is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("D0014/1:for=8,total=6", "the total of this line is 9, which is computed"),
        ("D0014/1:for=8,against=1,valid=8", "for 8 + against 1 = 9, which must be the 8 valid slips"),
        ("D0014/1:for=8,collected=9,valid=9", "collected 9 cannot be more than issued 8"),
        ("D0009/1:for=8", "D0009/1 is not voted on here; the lines are: D0010/1, D0014/1."),
        ("D0014/1=8", "“D0014/1=8” is no count of a line. Write it like D0001/5:for=7,against=1."),
    ],
)
def test_a_slip_of_the_pen_in_a_count_is_one_sentence_and_changes_nothing(
    office: Tdkt, typed: str, said: str
) -> None:
    answer = by_secretary(office, "count", "S03", "bkt", "--line", typed)

    assert answer.code in (1, 2)
    assert said in answer.err
    assert line(office, "D0014/1")["for"] is None


def test_a_count_has_no_result_before_another_person_has_checked_it(office: Tdkt) -> None:
    own = by_secretary(office, "check", "S03", "bkt")
    before = line(office, "D0010/1")
    checked = office("council", "check", "S03", "bkt", "--as", OFFICER)

    assert (own.code, before["for"], before["result"]) == (1, 8, None)
    assert checked.code == 0, checked.err
    assert line(office, "D0010/1")["say"] == "Cần ít nhất 8/9 phiếu (80 %), được 8 phiếu (88,88 %)"


def filled(rows: list[list[object]], file: Path) -> None:
    with Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


def test_the_table_that_is_written_is_read_back_with_its_counts(office: Tdkt, tmp_path: Path) -> None:
    assert office("council", "sheet", "S03", "bkt", "bang.xlsx").code == 0
    written = read_workbook(Path("bang.xlsx").read_bytes()).sheets[0]
    top = next(row for row in written.rows if any(cell.text == "Trường hợp" for cell in row.cells))
    rows: list[list[object]] = [[cell.text for cell in top.cells]]
    for ref, counts in (("D0010/1", (8, 7, 1, 6, 1)), ("D0014/1", (8, 8, 0, 8, 0))):
        row = next(row for row in written.rows if any(cell.text == ref for cell in row.cells))
        told = {cell.column: cell.text for cell in row.cells}
        rows.append([told.get(at, "") for at in range(1, 6)] + list(counts))
    filled(rows, tmp_path / "dien.xlsx")

    unasked = by_secretary(office, "count", "S03", "bkt", "--sheet", str(tmp_path / "dien.xlsx"))
    answer = by_secretary(office, "count", "S03", "bkt", "--sheet", str(tmp_path / "dien.xlsx"), "--yes")

    assert rows[1][:5] == ["P1", "D0010/1", "Người D0010", "", "8"]
    assert (unasked.code, "Not confirmed" in unasked.err) == (1, True)
    assert answer.code == 0, answer.err
    counted = line(office, "D0010/1")
    assert [counted[name] for name in ("collected", "valid", "invalid", "for", "against")] == [8, 7, 1, 6, 1]
    assert line(office, "D0014/1")["for"] == 8


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["Trường hợp,Đồng ý", "D0014/1,tám"], "row 2: “tám” is no number of votes."),
        (["Trường hợp,Đồng ý", "D0014/1,"], "nothing is counted on D0014/1."),
        (["Trường hợp,Đồng ý", "D0009/1,8"], "D0009/1 is not voted on here"),
        (["Tên,Đồng ý", "A,8"], "has no table of counts."),
    ],
)
def test_a_table_that_says_no_count_is_told_where(office: Tdkt, rows: list[str], said: str) -> None:
    Path("sai.csv").write_text("\n".join(rows) + "\n", "utf-8")

    answer = by_secretary(office, "count", "S03", "bkt", "--sheet", "sai.csv", "--yes")

    assert (answer.code in (1, 2), said in answer.err) == (True, True), answer.err
    assert line(office, "D0014/1")["for"] is None


# -- before the vote ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--absent", "giam-sat"), 2, "is no member of the council on that day"),
        (
            ("--absent", "uy-vien-1", "--present", "uy-vien-2"),
            2,
            "either who is --present or who is --absent",
        ),
        (
            tuple(word for no in (1, 2, 3, 4) for word in ("--absent", f"uy-vien-{no}")),
            1,
            "5 of 9 are there",
        ),
    ],
)
def test_a_roll_that_cannot_be_opens_nothing(
    office: Tdkt, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = by_secretary(office, "open", "S02", *words)

    assert (answer.code, office("council", "show", "S02", "--json").json["state"]) == (code, "called")
    assert said in answer.err or code == 1


def test_who_declared_an_interest_is_recused_once_somebody_agrees(office: Tdkt) -> None:
    by_secretary(office, "reply", "S02", "attend", "--member", "uy-vien-1", "--interest", "D0008/1")
    by_secretary(office, "open", "S02", "--absent", "uy-vien-3")

    unasked = by_secretary(office, "recuse", "S02", "--proposed")
    answer = by_secretary(office, "recuse", "S02", "--proposed", "--yes")
    again = by_secretary(office, "recuse", "S02", "--proposed")

    assert (unasked.code, answer.code, again.code) == (1, 0, 0)
    shown = office("council", "show", "S02", "--json").json
    assert shown["recusals"] == [{"member": "uy-vien-1", "lines": ["D0008/1"], "why": "other"}]
    assert shown["proposed_recusals"] == []


def test_the_forecast_says_which_lines_pass_only_when_all_agree(office: Tdkt) -> None:
    by_secretary(office, "agenda", "S01", "D0015", "--remove")
    by_secretary(office, "cancel", "S04")
    seen = office("council", "forecast", "S04", "--json").json

    assert (seen["quorum"], len(seen["expected"]), seen["absent"]) == (6, 8, ["uy-vien-3"])
    assert seen["lines"] == []  # what was left for later waits for no vote


def test_members_who_have_not_answered_are_asked_for_at_once(office: Tdkt) -> None:
    by_secretary(office, "reply", "S02", "absent", "--member", "uy-vien-3")
    answer = by_secretary(office, "reply", "S02", "attend", "--others", "--yes")
    more = by_secretary(office, "reply", "S02", "attend", "--others", "--yes")

    replies = office("council", "show", "S02", "--json").json["replies"]
    assert answer.code == 0
    assert sorted(each["answer"] for each in replies) == ["absent", *["attend"] * 8]
    assert (more.code, "Every member has answered" in more.err) == (2, True)


# -- what leads on ----------------------------------------------------------------------------------------


def test_each_session_offers_the_command_that_leads_on(office: Tdkt) -> None:
    inbox = office("inbox", "--as", SECRETARY, "--json").json
    steps = {each["ref"]: each["next"] for each in inbox if each["subject"] == "session"}

    assert {ref: line.split(" --as")[0] for ref, line in steps.items()} == {
        "S01": 'tdkt council call S01 --paper "<Invitation>" --paper-date "<Day>"',
        "S02": "tdkt council open S02",
        "S03": 'tdkt council count S03 bkt --sheet "<File of the list>"',
        "S04": 'tdkt council close S04 --at "<Closed at>"',
        "S05": "tdkt council conclude S05 --all",
        "S06": 'tdkt council minutes S06 --paper "<Number of the minutes>"',
    }


def test_conclusions_follow_the_counts_and_never_contradict_them(office: Tdkt) -> None:
    against = office("council", "conclude", "S05", "D0012/1", "--to", "not_awarded", "--as", CHAIR)
    unasked = office("council", "conclude", "S05", "--all", "--as", CHAIR)
    answer = office("council", "conclude", "S05", "--all", "--as", CHAIR, "--yes")

    assert (against.code, unasked.code, answer.code) == (1, 1, 0)
    assert line(office, "D0012/1", "S05")["conclusion"] == "award"


def test_a_session_fits_a_narrow_terminal(office: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for language in ("vi", "en"):
        monkeypatch.setenv("TDKT_LANG", language)
        for words in (("show", "S03"), ("list",), ("forecast", "S02")):
            out = office("council", *words).out
            assert [row for row in out.splitlines() if len(row) > 80 and "tdkt " not in row] == []


def test_a_command_given_twice_under_one_key_is_done_once(office: Tdkt) -> None:
    words = ("vote", "S03", "gk", "--at", "10:00", "--all-for", "--key", "hai-lan")

    first, second = by_secretary(office, *words), by_secretary(office, *words)

    assert (first.code, second.code, "hai-lan" in second.err) == (0, 0, True)
    ballots = office("council", "show", "S03", "--json").json["ballots"]
    assert [each["title"] for each in ballots] == ["bkt", "bkt", "gk"]


def test_nothing_in_the_record_tells_who_voted_how(office: Tdkt) -> None:
    printed = json.dumps(office("council", "show", "S03", "--json").json["slips"])

    assert "received" in printed
    assert not any(word in printed for word in ("for", "against", "valid"))
