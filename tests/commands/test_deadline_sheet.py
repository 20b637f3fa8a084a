"""`tdkt deadline sheet`: written, filled in as a person does, applied; a day past in `deadline set`."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from runtime.acts import deadline_sheet
from tests.commands.conftest import Answer, Tdkt
from tests.exchange.sheets.filling import OpenedPage, Typed, filled
from tests.people import AUDITOR, CHAIR, OFFICER, STANDING_MEMBER

APPLY = ("--apply", "--yes", "--as", OFFICER)
INVITED, REPORTED = date(2026, 3, 20), date(2026, 6, 12)
FILLED: dict[int, Typed] = {
    8: (REPORTED, "Công văn số 22/SNV", "số liệu đến 31/5"),
    4: ("20/3/2026", "Giấy mời 15/GM-SNV"),
    1: (date(2026, 3, 31), "Kế hoạch 01"),
}


@pytest.fixture
def page(tdkt: Tdkt, tmp_path: Path) -> Path:
    """The page of the year, as the office writes it."""
    path = tmp_path / "ấn định.xlsx"
    assert tdkt("deadline", "sheet", str(path)).code == 0
    return path


def dates(tdkt: Tdkt) -> dict[str, tuple[str, bool]]:
    """Each task's date, and whether it is derived."""
    return {row["ref"]: (row["due"], row["derived"]) for row in tdkt("task", "list", "--json").json}


def entries(tdkt: Tdkt) -> list[tuple[str, str | None, bool]]:
    return [
        (each["event"], each["ref"], each["refused"])
        for each in tdkt("audit", "log", "--json").json
        if each["event"] not in ("init", "import")
    ]


def written(tdkt: Tdkt, seq: int) -> dict[str, Any]:
    """What an entry says."""
    import json

    return dict(json.loads(tdkt("audit", "show", str(seq), "--json").json["bytes"]))


def lines(answer: Answer, page: Path) -> list[str]:
    """What was told of the file, without its name."""
    return [each.removeprefix(f"{page}:") for each in answer.err.splitlines() if each.startswith(f"{page}:")]


# Writing it


def test_the_page_lists_every_task_of_the_plan_and_stays_vietnamese(tdkt: Tdkt, page: Path) -> None:
    sheet = OpenedPage(page.read_bytes()).sheet

    assert [cell.value for cell in sheet["A"][:6]] == [
        "BẢN THỬ",
        "ẤN ĐỊNH THỜI HẠN",
        "Các nhiệm vụ của Kế hoạch công tác thi đua, khen thưởng năm 2026, xã Điềm He",
        "(Thời hạn hiện nay tính đến ngày 05/01/2026. Điền ngày ấn định và nguồn vào các ô màu vàng; hàng để"
        " trống thì giữ nguyên thời hạn. Mốc nội bộ để nhắc việc sớm hơn, không đổi thời hạn; ghi x để theo"
        " mốc đề nghị.)",
        None,
        "Số TT",
    ]
    assert [cell.value for cell in sheet["A"][6:24]] == list(range(1, 19))
    assert [sheet[f"{column}11"].value for column in "CE"] == [
        "Hội đồng Thi đua - Khen thưởng xã",
        "Phần mềm suy ra, đang chờ cấp trên, đơn vị tổ chức",
    ]


def test_rows_that_cannot_be_set_are_grey_and_say_why(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("deadline", "set", "T08", "2026-06-12", "--source", "CV", "--as", OFFICER)
    tdkt("deadline", "set", "T04", "2026-03-20", "--source", "GM", "--as", OFFICER)
    tdkt("advance", "T03", "cancel", "--set", "reason=x", "--as", CHAIR)
    tdkt("deadline", "extend", "T10", "2026-07-17", "--reason", "x", "--as", CHAIR)
    path = tmp_path / "page.xlsx"

    rows = tdkt("deadline", "sheet", str(path), "--json").json

    sheet = OpenedPage(path.read_bytes()).sheet
    assert [row["ref"] for row in rows if not row["to_fill"]] == ["T03", "T08", "T10"]
    assert [row for row in range(7, 25) if sheet[f"F{row}"].protection.locked] == [9, 14, 16]
    assert [sheet[f"E{row}"].value for row in (9, 10, 14, 16)] == [
        "Không thực hiện",
        "Đã ấn định",
        "Đã ấn định, đổi bằng gia hạn",
        "Đã gia hạn, đổi bằng gia hạn",
    ]
    assert rows[0] == {
        "ref": "T01",
        "year": 2026,
        "number": 1,
        "content": "Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng, nhiệm vụ công tác năm 2026",
        "lead": "van_hoa_xa_hoi",
        "due": "2026-03-31",
        "mark": "derived",
        "waiting": False,
        "version": 1,
        "to_fill": True,
        "target": None,
        "usual": {
            "first": "2026-01-05",
            "last": "2026-01-15",
            "source": "Thông lệ: báo cáo tổng kết năm trước",
            "conf": "M",
        },
        "offered": "2026-01-15",
    }


def test_a_page_is_not_written_over_unasked(tdkt: Tdkt, page: Path) -> None:
    filled(page, FILLED)

    again = tdkt("deadline", "sheet", str(page))

    assert (again.code, again.out) == (1, "")
    assert "--yes" in again.err
    assert len(tdkt("deadline", "sheet", str(page), *APPLY, "--json").json["set"]) == 3


# Setting what was filled in


def test_what_was_filled_in_is_set_at_once_and_nothing_else(tdkt: Tdkt, page: Path) -> None:
    before = dates(tdkt)
    filled(page, FILLED)

    answer = tdkt("deadline", "sheet", str(page), *APPLY, "--approved-by", "15/TB-UBND")

    assert (answer.code, answer.err) == (0, "")
    first, _headings, *rows, derived, approved, done = answer.out.splitlines()
    assert (first, derived, approved, done) == (
        "Dates to be set (3):",
        "* Derived by the software, not approved",
        "The page was approved once by: 15/TB-UBND.",
        "Dates set, all at once: 3.",
    )
    assert [(cells[0], *cells[2:]) for cells in (re.split(" {2,}", row) for row in rows)] == [
        ("T01", "2026-03-31*", "2026-03-31 (Tuesday)", "Kế hoạch 01"),
        ("T04", "2026-03-31*", "2026-03-20 (Friday)", "Giấy mời 15/GM-SNV"),
        ("T08", "2026-06-30*", "2026-06-12 (Friday)", "Công văn số 22/SNV"),
    ]
    assert dates(tdkt) == {
        **before,
        "T01": ("2026-03-31", False),
        "T04": ("2026-03-20", False),
        "T08": ("2026-06-12", False),
    }


def test_each_date_is_the_engines_own_event_and_one_entry_tells_of_the_page(tdkt: Tdkt, page: Path) -> None:
    content = filled(page, FILLED)

    tdkt("deadline", "sheet", str(page), *APPLY, "--approved-by", "15/TB-UBND", "--key", "k1")

    assert entries(tdkt) == [
        ("set_deadline", "T01", False),
        ("set_deadline", "T04", False),
        ("set_deadline", "T08", False),
        ("deadline_sheet", None, False),
    ]
    one, page_entry = written(tdkt, 22), written(tdkt, 23)
    assert (one["item"], one["input.date"], one["role"], one["key"]) == ("T08", "2026-06-12", "officer", "k1")
    assert {name: page_entry[name] for name in page_entry if name.startswith("input.")} == {
        "input.file": hashlib.sha256(content).hexdigest(),
        "input.year": 2026,
        "input.rows": 3,
        "input.approved_by": "15/TB-UBND",
    }
    assert (page_entry["actor"], page_entry["role"], page_entry["key"]) == (OFFICER, "officer", "k1")
    kept = tdkt("audit", "show", "22", "--json").json["texts"]
    assert {text["name"]: text["value"] for text in kept} == {
        "source": "Công văn số 22/SNV",
        "note": "số liệu đến 31/5",
    }
    assert tdkt("audit", "verify", "--json").json[0]["sound"] is True


def test_without_a_paper_the_account_that_applies_the_page_answers_for_it(tdkt: Tdkt, page: Path) -> None:
    filled(page, {4: FILLED[4]})

    answer = tdkt("deadline", "sheet", str(page), "--apply", "--yes", "--as", STANDING_MEMBER)

    assert "who applies it answers for it: Head of the division" in answer.out
    assert (written(tdkt, 21)["input.approved_by"], written(tdkt, 21)["actor"]) == (None, STANDING_MEMBER)


def test_a_waiting_row_wakes_and_its_reminders_follow_the_new_date(tdkt: Tdkt, page: Path) -> None:
    filled(page, {4: FILLED[4]})

    tdkt("deadline", "sheet", str(page), *APPLY)

    rows = tdkt("deadline", "list", "T04", "--pending", "--json").json
    assert {row["due_date"] for row in rows} == {"2026-03-20"}
    assert "reminder-14" in {row["name"] for row in rows}


def test_a_dry_run_decides_everything_and_writes_nothing(tdkt: Tdkt, page: Path, database: Path) -> None:
    filled(page, FILLED)
    before = database.read_bytes()

    answer = tdkt("deadline", "sheet", str(page), "--apply", "--dry-run", "--as", OFFICER, "--json")
    spoken = tdkt("deadline", "sheet", str(page), "--apply", "--dry-run", "--as", OFFICER)

    assert (answer.code, answer.json["written"], answer.json["set"]) == (0, False, [])
    assert answer.json["changes"][1] == {
        "ref": "T04",
        "year": 2026,
        "cell": "F10",
        "from": "2026-03-31",
        "mark": "derived",
        "to": "2026-03-20",
        "of_target": False,
        "source": "Giấy mời 15/GM-SNV",
        "note": None,
    }
    assert "nothing was written" in spoken.err.lower()
    assert database.read_bytes() == before


def test_nobody_there_to_agree_is_no_agreement(tdkt: Tdkt, page: Path) -> None:
    filled(page, FILLED)

    answer = tdkt("deadline", "sheet", str(page), "--apply", "--as", OFFICER)

    assert (answer.code, answer.err) == (
        1,
        "Not confirmed, so nothing was changed. Repeat and confirm, or add --yes.\n",
    )
    assert entries(tdkt) == []


def test_an_unfilled_page_changes_nothing(tdkt: Tdkt, page: Path, database: Path) -> None:
    before = database.read_bytes()

    written_as_it_was = tdkt("deadline", "sheet", str(page), *APPLY)
    filled(page, {})
    saved_again = tdkt("deadline", "sheet", str(page), *APPLY)

    for answer in (written_as_it_was, saved_again):
        assert (answer.code, answer.out, answer.err) == (
            0,
            "The page sets no new date; nothing was written.\n",
            "",
        )
    assert database.read_bytes() == before


def test_a_page_applied_twice_sets_nothing_twice(tdkt: Tdkt, page: Path) -> None:
    filled(page, FILLED)

    tdkt("deadline", "sheet", str(page), *APPLY)
    again = tdkt("deadline", "sheet", str(page), *APPLY)

    assert (again.code, again.out) == (0, "The page sets no new date; nothing was written.\n")
    assert again.err == "Rows that have these dates already (3): T01, T04, T08.\n"
    assert len(entries(tdkt)) == 4


def test_more_rows_of_an_applied_page_are_set_later(tdkt: Tdkt, page: Path) -> None:
    filled(page, {4: FILLED[4]})
    tdkt("deadline", "sheet", str(page), *APPLY)
    filled(page, {8: FILLED[8]})

    answer = tdkt("deadline", "sheet", str(page), *APPLY, "--json")

    assert ([each["ref"] for each in answer.json["set"]], answer.json["unchanged"]) == (["T08"], ["T04"])


# Mistakes


def test_every_mistake_is_told_with_its_cell_and_nothing_is_set(
    tdkt: Tdkt, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = OpenedPage(page.read_bytes()).type(
        {
            1: ("tháng 3", "CV"),
            2: (date(2026, 1, 4), "CV"),
            3: (date(2062, 3, 20), "CV"),
            4: FILLED[4],
            5: ("20/3/2026", None),
            6: (None, "CV"),
            7: (date(2026, 5, 17), "CV"),
            8: (None, None, "chờ tỉnh"),
        }
    )
    opened.sheet["F30"].value = "1/6/2026"
    page.write_bytes(opened.saved())

    answer = tdkt("deadline", "sheet", str(page), *APPLY)
    monkeypatch.setenv("TDKT_LANG", "vi")
    vietnamese = tdkt("deadline", "sheet", str(page), *APPLY)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines()[0] == (
        f"Mistakes in {page}: 6; no date was set. Correct the cells below, save it, then apply it again."
    )
    assert lines(answer, page) == [
        "F7: “tháng 3” is no date; write it like 31/03/2026 or 2026-03-31",
        "F8: 2026-01-04 (Sunday) is before today, 2026-01-05 (Monday); give a later day, or record what was"
        " done before with tdkt task adopt",
        "F9: 2062-03-20 (Monday) is not from 2026-01-01 (Thursday) to 2027-03-31 (Wednesday); correct it, or"
        " use tdkt deadline set for a task that takes longer",
        "G11: the new date has no source; name the letter, invitation or paper that it comes from",
        "F12: there is a source without a date; fill in the date, or clear the source",
        "F30: it is not clear which task this row is; copy number and content from a fresh page, or clear the"
        " date",
        "F13: warning: 2026-05-17 (Sunday) is a day off; the next working day is 2026-05-18 (Monday)",
        "H14: warning: the note beside no date is not kept",
    ]
    assert lines(vietnamese, page)[1] == (
        "F8: 04/01/2026 (Chủ nhật) trước hôm nay, 05/01/2026 (thứ Hai); điền từ hôm nay trở đi, hoặc ghi nhận"
        " việc đã làm bằng tdkt task adopt"
    )
    assert entries(tdkt) == []


def test_of_many_mistakes_the_first_hundred_are_printed_and_the_rest_is_counted(
    tdkt: Tdkt, page: Path
) -> None:
    opened = OpenedPage(filled(page, {7: (date(2026, 5, 17), "CV")}))
    for line in range(100, 230):
        opened.sheet[f"F{line}"].value = "1/6/2026"
    page.write_bytes(opened.saved())

    answer = tdkt("deadline", "sheet", str(page), *APPLY)

    assert "130" in answer.err.splitlines()[0]
    assert [line.split(":")[0] for line in lines(answer, page)[:-1]] == [f"F{at}" for at in range(100, 200)]
    assert "… and 30 more; mend these, then repeat to see the rest." in answer.err.splitlines()


def test_mistakes_are_data_too(tdkt: Tdkt, page: Path) -> None:
    filled(page, {1: ("mai", "CV")})

    answer = tdkt("deadline", "sheet", str(page), *APPLY, "--json")

    assert (answer.code, answer.err) == (1, "")
    assert answer.json == {
        "file": hashlib.sha256(page.read_bytes()).hexdigest(),
        "year": 2026,
        "approved_by": None,
        "written": False,
        "changes": [],
        "unchanged": [],
        "mistakes": [
            {
                "cell": "F7",
                "rule": "not_a_date",
                "message": "“mai” is no date; write it like 31/03/2026 or 2026-03-31",
            }
        ],
        "warnings": [],
        "refused": [],
        "set": [],
    }


def test_a_row_changed_since_is_a_conflict_and_the_others_wait_for_it(tdkt: Tdkt, page: Path) -> None:
    filled(page, FILLED)
    tdkt("advance", "T01", "submit", "--as", OFFICER)

    answer = tdkt("deadline", "sheet", str(page), *APPLY)

    assert (answer.code, answer.out) == (3, "")
    assert answer.err.splitlines() == [
        f"Rows of {page} changed since the page was made: 1; no date was set.",
        f"{page}:F7: T01 was changed since the page was made; make a fresh page, look at it and fill in this"
        " row anew",
    ]
    assert entries(tdkt) == [("submit", "T01", False)]


def test_a_row_changed_between_the_question_and_the_answer_is_a_conflict_too(
    tdkt: Tdkt, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(page, FILLED)
    really, calls = deadline_sheet.set_dates, []

    def somebody_is_faster(*words: Any, **named: Any) -> Any:
        calls.append(named)
        if len(calls) == 2:
            tdkt("advance", "T08", "submit", "--as", OFFICER)
        return really(*words, **named)

    monkeypatch.setattr(deadline_sheet, "set_dates", somebody_is_faster)
    answer = tdkt("deadline", "sheet", str(page), *APPLY)

    assert answer.code == 3
    assert [event for event, *_ in entries(tdkt)] == ["submit"]


def test_one_refused_row_refuses_the_page_and_each_is_told_with_its_reasons(tdkt: Tdkt, page: Path) -> None:
    tdkt("advance", "T03", "cancel", "--set", "reason=x", "--as", CHAIR)
    tdkt("deadline", "set", "T08", "2026-06-11", "--source", "CV", "--as", OFFICER)
    tdkt("deadline", "sheet", str(page), "--yes")
    filled(page, {**FILLED, 3: (INVITED, "CV")})

    answer = tdkt("deadline", "sheet", str(page), *APPLY)
    data = tdkt("deadline", "sheet", str(page), *APPLY, "--json")

    assert answer.code == data.code == 1
    assert answer.err.splitlines() == [
        "Refused: set the deadline T03, because:",
        "  - It stands at “Cancelled”; “set the deadline” is not possible there. See what can be done at this"
        " step with tdkt why and the reference.",
        "Refused: set the deadline T08, because:",
        "  - 2026-06-11 was set already; only a derived date is replaced. Extend it instead (event extend).",
        "    Who can: Chair (chu-tich).",
        "No date was set; rows refused: 2. Clear their dates, save the page, then apply it again.",
    ]
    assert [(each["ref"], each["reasons"][0]["rule"]) for each in data.json["refused"]] == [
        ("T03", "state"),
        ("T08", "due_is_derived"),
    ]
    assert dates(tdkt)["T01"] == ("2026-03-31", True)
    assert entries(tdkt)[2:] == [("set_deadline", "T03", True), ("set_deadline", "T08", True)] * 2


def test_who_may_not_set_one_date_may_not_set_a_page_of_them(tdkt: Tdkt, page: Path) -> None:
    filled(page, FILLED)

    answer = tdkt("deadline", "sheet", str(page), "--apply", "--yes", "--as", AUDITOR)

    assert answer.code == 1
    assert answer.err.count("This is for:") == 3
    assert {refused for _event, _ref, refused in entries(tdkt)} == {True}


def test_a_page_without_its_key_column_is_known_by_number_and_content(tdkt: Tdkt, page: Path) -> None:
    opened = OpenedPage(page.read_bytes()).type(FILLED)
    opened.sheet.delete_cols(9)
    page.write_bytes(opened.saved())

    answer = tdkt("deadline", "sheet", str(page), *APPLY, "--json")

    assert [(each["ref"], each["due"]) for each in answer.json["set"]] == [
        ("T01", "2026-03-31"),
        ("T04", "2026-03-20"),
        ("T08", "2026-06-12"),
    ]


def test_columns_sorted_without_the_key_set_nothing(tdkt: Tdkt, page: Path) -> None:
    opened = OpenedPage(page.read_bytes())
    one, two = ([cell.value for cell in opened.sheet[line][:8]] for line in (7, 8))
    for line, values in ((7, two), (8, one)):
        for cell, value in zip(opened.sheet[line], values, strict=False):
            cell.value = value
    opened.sheet["F7"].value, opened.sheet["G7"].value = INVITED, "CV"
    page.write_bytes(opened.saved())

    answer = tdkt("deadline", "sheet", str(page), *APPLY)

    assert answer.code == 1
    assert lines(answer, page)[0].startswith("F7: number and content do not fit the row's key (T01)")
    assert entries(tdkt) == []


def test_what_is_hidden_is_said_before_anything_is_set(tdkt: Tdkt, page: Path) -> None:
    opened = OpenedPage(page.read_bytes()).type(FILLED)
    for number in (1, 2, 8):
        opened.sheet.row_dimensions[opened.line(number)].hidden = True
    page.write_bytes(opened.saved())
    said = (
        "warning: rows 7, 14 are hidden (by a filter, a group or by hand) and filled in all the same; show"
        " them and look before you agree"
    )

    tried = tdkt("deadline", "sheet", str(page), *APPLY, "--dry-run")
    data = tdkt("deadline", "sheet", str(page), *APPLY, "--dry-run", "--json")
    asked = tdkt("deadline", "sheet", str(page), "--apply", "--as", OFFICER)

    assert f"{page}: {said}" in tried.err.splitlines()
    assert [each["rule"] for each in data.json["warnings"]] == ["hidden_rows"]
    assert f"{page}: {said}" in asked.err.splitlines()
    assert entries(tdkt) == []


# The same command twice


def test_the_same_command_twice_is_answered_as_the_first_time(tdkt: Tdkt, page: Path) -> None:
    filled(page, FILLED)
    command = ("deadline", "sheet", str(page), *APPLY, "--key", "k1")

    first, again, data = tdkt(*command), tdkt(*command), tdkt(*command, "--json")

    assert (first.code, again.code, data.code) == (0, 0, 0)
    assert again.out == "This command was given before; dates set then: 3. Nothing more was written.\n"
    assert (data.json["written"], [each["ref"] for each in data.json["set"]]) == (True, ["T01", "T04", "T08"])
    assert len(entries(tdkt)) == 4


def test_a_key_is_for_one_page_one_approval_and_one_account(tdkt: Tdkt, page: Path) -> None:
    filled(page, {4: FILLED[4]})
    tdkt("deadline", "sheet", str(page), *APPLY, "--key", "k1")

    other = [
        tdkt("deadline", "sheet", str(page), *APPLY, "--key", "k1", "--approved-by", "16/TB"),
        tdkt("deadline", "sheet", str(page), "--apply", "--yes", "--as", STANDING_MEMBER, "--key", "k1"),
    ]
    filled(page, {8: FILLED[8]})
    other.append(tdkt("deadline", "sheet", str(page), *APPLY, "--key", "k1"))

    for answer in other:
        assert (answer.code, len(answer.err.splitlines())) == (1, 2)
        assert "This --key was used for another command" in answer.err
    assert len(entries(tdkt)) == 2


# What cannot be understood


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--apply",), 2, "Nobody is named"),
        (("--dry-run",), 2, "Add --apply"),
        (("--key", "k"), 2, "Add --apply"),
        (("--approved-by", "1/TB"), 2, "Add --apply"),
        (("--apply", "--as", OFFICER, "--approved-by", "ông chủ tịch"), 2, "05/TB-UBND"),
        (("--apply", "--as", OFFICER, "--year", "2031"), 2, "no plan of 2031"),
    ],
)
def test_a_command_that_cannot_be_understood_is_one_sentence(
    tdkt: Tdkt, page: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = tdkt("deadline", "sheet", str(page), *words)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (code, "", 1)
    assert said in answer.err


def test_a_file_that_cannot_be_read_is_one_sentence_with_the_cure(tdkt: Tdkt, tmp_path: Path) -> None:
    scan, folder = tmp_path / "page.xlsx", tmp_path / "folder.xlsx"
    scan.write_bytes(b"%PDF-1.7")
    folder.mkdir()

    answers = [
        tdkt("deadline", "sheet", str(path), *APPLY) for path in (tmp_path / "none.xlsx", scan, folder)
    ]

    assert [(each.code, each.out, len(each.err.splitlines())) for each in answers] == [(1, "", 1)] * 3
    assert "No such file" in answers[0].err
    assert answers[1].err == f"{scan}: This is a PDF; use the workbook (.xlsx) that it was made from.\n"


def test_a_page_of_another_year_says_which_year_to_name(tdkt: Tdkt, page: Path) -> None:
    opened = OpenedPage(filled(page, FILLED))
    for line in range(7, 25):
        key = opened.sheet[f"L{line}"]
        key.value = key.value.replace("/2026/", "/2025/")
    page.write_bytes(opened.saved())

    answer = tdkt("deadline", "sheet", str(page), *APPLY)

    assert answer.code == 1
    assert answer.err.splitlines()[1:] == [
        f"{page}: this page is of the plan of 2025, not of 2026; repeat with --year 2025"
    ]


# A day past, one at a time


def test_a_day_before_today_is_asked_for_before_anything_is_written(tdkt: Tdkt) -> None:
    words = ("deadline", "set", "T05", "2026-01-04", "--source", "GM", "--as", OFFICER)

    answer, data = tdkt(*words), tdkt(*words, "--json")

    assert (answer.code, answer.out, answer.err) == (
        1,
        "",
        "2026-01-04 is before today, 2026-01-05, so the task would be overdue at once; nothing was written."
        " Give a later day, or add --yes if that day is meant.\n",
    )
    assert (data.code, data.refusal["error"]) == (1, "past_day")
    assert entries(tdkt) == []


def test_a_day_before_today_that_is_meant_is_set(tdkt: Tdkt) -> None:
    meant = tdkt("deadline", "set", "T05", "04/01/2026", "--source", "GM", "--as", OFFICER, "--yes")
    today = tdkt("deadline", "set", "T04", "2026-01-05", "--source", "GM", "--as", OFFICER)

    assert (meant.code, today.code) == (0, 0)
    assert (dates(tdkt)["T05"], dates(tdkt)["T04"]) == (("2026-01-04", False), ("2026-01-05", False))


# Internal targets


def targets(tdkt: Tdkt) -> dict[str, str]:
    listed = tdkt("task", "list", "--json").json
    return {row["ref"]: row["target"] for row in listed if row["target"]}


def test_the_page_offers_the_usual_days_that_lead_up_to_the_plans_date(tdkt: Tdkt, page: Path) -> None:
    sheet = OpenedPage(page.read_bytes()).sheet
    offered = {sheet[f"A{row}"].value: sheet[f"J{row}"].value for row in range(7, 25)}

    assert {number: day.date().isoformat() for number, day in offered.items() if day} == {
        1: "2026-01-15",
        2: "2026-01-30",  # the last usual day is a Saturday
        3: "2026-01-30",
        8: "2026-06-19",
        9: "2026-05-19",
        13: "2026-08-28",  # days off until 2 September
        14: "2026-12-22",
        15: "2026-11-10",
        16: "2026-12-15",
    }
    usual = {sheet[f"A{row}"].value: sheet[f"I{row}"].value for row in range(7, 25)}
    assert usual[8] == "05/06/2026 - 20/06/2026 (Thông lệ: số liệu đến hết ngày 31/5)"
    assert usual[10] == "25/06/2026 - 20/07/2026 (Thông lệ: sau báo cáo 6 tháng)"
    assert usual[4] in (None, "")


def test_targets_are_approved_once_with_the_page_and_leave_the_plans_dates(tdkt: Tdkt, page: Path) -> None:
    before = dates(tdkt)
    filled(
        page,
        {
            1: (None, None, None, "x"),
            8: (date(2026, 6, 24), "Công văn 22/SNV", None, date(2026, 6, 12)),
            15: (None, "Họp giao ban", None, "06/11/2026"),
        },
    )

    answer = tdkt("deadline", "sheet", str(page), *APPLY, "--approved-by", "15/TB-UBND")

    assert (answer.code, answer.err) == (0, "")
    assert "internal target 2026-01-15" in answer.out
    assert targets(tdkt) == {"T01": "2026-01-15", "T08": "2026-06-12", "T15": "2026-11-06"}
    assert dates(tdkt) == {**before, "T08": ("2026-06-24", False)}
    assert entries(tdkt) == [
        ("set_target", "T01", False),
        ("set_deadline", "T08", False),
        ("set_target", "T08", False),
        ("set_target", "T15", False),
        ("deadline_sheet", None, False),
    ]
    said = written(tdkt, tdkt("audit", "log", "--event", "deadline_sheet", "--json").json[0]["seq"])
    assert (said["input.approved_by"], said["input.rows"]) == ("15/TB-UBND", 4)
    assert "Thông lệ: báo cáo tổng kết năm trước" in tdkt("task", "show", "T01").out


def test_a_page_that_is_applied_again_sets_no_target_again(tdkt: Tdkt, page: Path) -> None:
    filled(page, {1: (None, None, None, "x"), 8: (REPORTED, "CV 22", None, date(2026, 6, 5))})
    assert tdkt("deadline", "sheet", str(page), *APPLY).code == 0

    again = tdkt("deadline", "sheet", str(page), *APPLY)

    assert (again.code, again.out) == (0, "The page sets no new date; nothing was written.\n")
    assert "Rows that have these dates already (2): T01, T08" in again.err


def test_the_page_shows_the_target_in_force_and_offers_none_beside_it(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("deadline", "set", "T08", "2026-06-12", "--target", "--source", "CV", "--as", OFFICER)
    path = tmp_path / "page.xlsx"

    rows = tdkt("deadline", "sheet", str(path), "--json").json

    row = next(row for row in rows if row["ref"] == "T08")
    assert (row["target"], row["offered"], row["to_fill"]) == ("2026-06-12", None, True)
    sheet = OpenedPage(path.read_bytes()).sheet
    assert (sheet["E14"].value, sheet["J14"].value) == ("Phần mềm suy ra; mốc nội bộ 12/06/2026", None)


@pytest.mark.parametrize(
    ("number", "typed", "said"),
    [
        (
            8,
            (None, "CV", None, "01/07/2026"),
            "K14: the internal target 2026-07-01 (Wednesday) is later than",
        ),
        (4, (None, "CV", None, "01/03/2026"), "K10: no internal target leads up to this task"),
        (10, (None, "CV", None, "x"), "K16: no internal target is offered in this row, so “x” says nothing"),
        (8, (None, "CV", None, "04/01/2026"), "K14: 2026-01-04 (Sunday) is before today"),
        (8, (None, "CV", None, "sớm"), "K14: “sớm” is no date"),
        (8, (None, None, None, "12/06/2026"), "G14: the new date has no source"),
        (8, (date(2026, 6, 10), "CV", None, "12/06/2026"), "K14: the internal target 2026-06-12 (Friday) is"),
    ],
)
def test_a_target_that_cannot_be_is_told_by_its_cell(
    tdkt: Tdkt, page: Path, number: int, typed: tuple[Any, ...], said: str
) -> None:
    filled(page, {number: typed})

    answer = tdkt("deadline", "sheet", str(page), *APPLY)

    assert answer.code == 1
    assert [line.startswith(said) for line in lines(answer, page)] == [True], answer.err
    assert entries(tdkt) == []


def test_a_target_that_only_the_standing_member_puts_off_stops_the_whole_page(tdkt: Tdkt, page: Path) -> None:
    tdkt("deadline", "set", "T08", "2026-06-05", "--target", "--source", "CV", "--as", OFFICER)
    tdkt("deadline", "sheet", str(page), "--yes")
    filled(page, {1: (None, None, None, "x"), 8: (None, "CV 30", None, date(2026, 6, 12))})

    refused = tdkt("deadline", "sheet", str(page), *APPLY)
    done = tdkt("deadline", "sheet", str(page), "--apply", "--yes", "--as", STANDING_MEMBER)

    assert (refused.code, "only the standing member puts it off" in refused.err) == (1, True)
    assert (done.code, targets(tdkt)) == (0, {"T01": "2026-01-15", "T08": "2026-06-12"})
