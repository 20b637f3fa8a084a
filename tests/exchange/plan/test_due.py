"""When the rows of a plan are due: two columns of time, a school year, dates that are guessed or left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from exchange.plan.reading import read_plan
from tests.exchange.plan.plan_files import TITLE, text_plan
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import PlanReading

SCHOOL = "KẾ HOẠCH\nCông tác thi đua năm học 2025 - 2026"
KEPT = (
    "A plan of the school year 2025–2026: months 8–12 are of 2025, 1–7 of 2026; it is kept as the plan of"
    " 2025."
)
NO_CALENDAR = "There is no calendar of 2025; last working days leave out weekends only."
UNNUMBERED = "The table has no numbers; the rows are numbered from 1."

Read = Callable[..., PlanReading]


@pytest.fixture
def read(office: Office, calendar: WorkCalendar) -> Read:
    def made(titles: Sequence[str], *rows: Sequence[str], title: str = TITLE, **more: int) -> PlanReading:
        """A plan with a column of bodies after its own, which names one known body in every row."""
        added = {"TT": "Cơ quan thực hiện"}
        content = [(*row, added.get(row[0], "UBND xã")) if len(row) > 1 else row for row in rows]
        plan = text_plan((*titles, "Cơ quan thực hiện"), *content, title=title)
        return read_plan(plan, office=office, calendar=calendar, year=more.get("year"))

    return made


def dues(reading: PlanReading) -> list[tuple[str, bool]]:
    """The day of each task, and whether it is derived."""
    return [(f"{task.due:%d/%m/%Y}", "due" in task.derived) for task in reading.tasks]


def said(reading: PlanReading) -> list[str]:
    return [problem.message for problem in reading.problems]


def test_of_two_columns_of_time_the_finer_counts_and_the_other_checks_it(read: Read) -> None:
    reading = read(
        ("TT", "Nội dung", "Tháng", "Ngày"),
        ("1", "Báo cáo A", "6", "15"),
        ("2", "Báo cáo B", "6", ""),
        ("3", "Báo cáo C", "6", "15/7"),
        ("4", "Báo cáo D", "6", "Tuần 2"),
        ("5", "Báo cáo E", "6", "xem giấy mời"),
    )

    assert dues(reading) == [
        ("15/06/2026", False),
        ("30/06/2026", False),
        ("15/07/2026", False),
        ("12/06/2026", True),
        ("30/06/2026", False),
    ]
    assert said(reading) == [
        "Two columns of time contradict each other for task 3 (“6” and “15/7”); 2026-07-15 is taken.",
        "“Tuần 2” names no day for task 4; derived: 2026-06-12.",
        "“xem giấy mời” in a column of time is not read for task 5.",
    ]


@pytest.mark.parametrize(
    ("titles", "cells", "due"),
    [
        (("Ngày", "Tháng"), ("15", "6"), "15/06/2026"),
        (("Thời gian", "Thời hạn"), ("Quý II", "15/6"), "15/06/2026"),
        (("Thời hạn", "Thời gian"), ("Tháng 6", "15/6"), "15/06/2026"),
        (("Từ ngày", "Đến ngày"), ("01/6", "15/6"), "15/06/2026"),
        (("Kết thúc", "Bắt đầu"), ("Tháng 6", "15/5"), "30/06/2026"),
        (("Thời gian (tháng)", "Tiến độ"), ("6", ""), "30/06/2026"),
        (("Từ ngày … đến ngày", "Ghi chú"), ("01/6 - 15/6", ""), "15/06/2026"),
    ],
)
def test_two_columns_of_time_are_read_in_either_order(
    titles: tuple[str, str], cells: tuple[str, str], due: str, read: Read
) -> None:
    reading = read(("TT", "Nội dung", *titles), ("1", "Báo cáo A", *cells))

    assert dues(reading) == [(due, False)]
    assert said(reading) == [f"The column “{title}” is not read." for title in titles if title == "Ghi chú"]


def test_a_beginning_after_the_end_is_told(read: Read) -> None:
    reading = read(("TT", "Nội dung", "Từ ngày", "Đến ngày"), ("1", "Báo cáo A", "20/6", "15/6"))

    assert dues(reading) == [("15/06/2026", False)]
    assert said(reading) == [
        "Task 1 begins (“20/6”) after it is due, 2026-06-15; check both columns.",
    ]


def test_every_column_that_is_not_read_is_named_once(read: Read) -> None:
    titles = ("TT", "Nội dung", "Thời gian", "Kinh phí", "Mã hồ sơ", "Nội dung chi tiết", "Ghi chú")
    row = ("1", "Báo cáo A", "15/6", "5 triệu", "A", "", "Lồng ghép")

    reading = read(titles, row, ("TT", "Nội dung", "Thời gian", "Kinh phí"), ("2", "Báo cáo B", "15/7", ""))

    assert [message for message in said(reading) if "column" in message] == [
        *(f"The column “{title}” is not read." for title in titles[3:]),
        "The column “Kinh phí” is not read.",
    ]


def test_a_school_year_has_its_first_months_in_the_second_year(read: Read) -> None:
    reading = read(
        ("Thời gian", "Nội dung"),
        ("Tháng 8", "Báo cáo A"),
        ("05/9", "Báo cáo B"),
        ("15/01", "Báo cáo C"),
        ("Cuối năm học", "Báo cáo D"),
        ("Thường xuyên", "Báo cáo E"),
        ("15/9/2026", "Báo cáo G"),
        title=SCHOOL,
    )

    assert (reading.year, dues(reading)) == (
        2025,
        [
            ("29/08/2025", False),
            ("05/09/2025", False),
            ("15/01/2026", False),
            ("29/05/2026", True),
            ("29/05/2026", True),
            ("15/09/2026", False),
        ],
    )
    assert said(reading) == [
        KEPT,
        NO_CALENDAR,
        UNNUMBERED,
        "“Cuối năm học” names no day for task 4; derived: 2026-05-29.",
        "“Thường xuyên” names no day for task 5; derived: 2026-05-29, the end of the school year 2025–2026.",
        "The date 2026-09-15 of task 6 is not in 2025–2026; kept as written.",
    ]


def test_headings_of_months_and_quarters_of_a_school_year_fall_into_its_years(read: Read) -> None:
    reading = read(
        ("TT", "Nội dung"),
        ("THÁNG 9",),
        ("1", "Báo cáo A"),
        ("QUÝ I",),
        ("2", "Báo cáo B"),
        title="KẾ HOẠCH thi đua năm học 2025–2026",
    )

    assert [task.due for task in reading.tasks] == [date(2025, 9, 30), date(2026, 3, 31)]


def test_a_month_that_stands_once_before_several_rows_holds_for_them(read: Read) -> None:
    reading = read(
        ("Tháng", "Tuần", "Nội dung"),
        ("3", "1", "Báo cáo A"),
        ("", "2", "Báo cáo B"),
        ("", "", "Báo cáo C"),
    )

    assert dues(reading) == [("06/03/2026", True), ("13/03/2026", True), ("31/03/2026", True)]
    assert said(reading) == [
        UNNUMBERED,
        "“1” names no day for task 1; derived: 2026-03-06.",
        "Task 2 has no time of its own; that of line 5, “3”, is taken: 2026-03-13.",
        "Task 3 has no time of its own; that of line 5, “3”, is taken: 2026-03-31.",
    ]


def test_a_bare_day_takes_its_month_from_the_heading(read: Read) -> None:
    reading = read(("TT", "Nội dung", "Ngày"), ("THÁNG 6",), ("1", "Báo cáo A", "15"))

    assert (dues(reading), said(reading)) == ([("15/06/2026", False)], [])


QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")


@pytest.mark.parametrize(
    "header",
    [
        [("TT", "Nội dung", *QUARTERS, "Cơ quan thực hiện")],
        [
            ("TT", "Nội dung", "Thời gian thực hiện", "", "", "", "Cơ quan thực hiện"),
            ("", "", *QUARTERS, ""),
        ],
    ],
    ids=["one row", "two rows"],
)
def test_a_sign_in_the_column_of_a_quarter_is_a_time(
    header: list[tuple[str, ...]], office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        *header,
        ("1", "Báo cáo A", "", "x", "", "", "UBND xã"),
        ("2", "Báo cáo B", "X", "", "", "X", "UBND xã"),
        ("3", "Báo cáo C", "", "15/5", "", "", "UBND xã"),
    )

    reading = read_plan(plan, office=office, calendar=calendar)

    assert dues(reading) == [("30/06/2026", False), ("31/12/2026", False), ("15/05/2026", False)]
    assert said(reading) == [
        "Task 2 names several dates (“Quý I Quý IV”); the last, 2026-12-31, is taken.",
    ]


def test_a_plan_of_one_month_gives_its_rows_that_month(read: Read) -> None:
    reading = read(
        ("TT", "Nội dung", "Thời gian"),
        ("1", "Báo cáo A", "Tuần 2"),
        ("2", "Báo cáo B", "ngày 15"),
        ("3", "Báo cáo C", ""),
        title="LỊCH CÔNG TÁC THÁNG 6 NĂM 2026",
    )

    assert dues(reading) == [("12/06/2026", True), ("15/06/2026", False), ("30/06/2026", True)]
    assert said(reading) == [
        "“Tuần 2” names no day for task 1; derived: 2026-06-12.",
        "Task 3 has no date; 2026-06-30 is derived, the end of month 6.",
    ]


def test_a_row_whose_time_is_not_read_is_due_with_the_year_and_told(read: Read) -> None:
    reading = read(
        ("TT", "Nội dung", "Thời gian"),
        ("1", "Báo cáo A", "Theo kế hoạch của tỉnh"),
        ("2", "Báo cáo B", "Trước Tết Nguyên đán"),
        ("3", "Báo cáo C", ""),
    )

    assert dues(reading) == [("31/12/2026", True)] * 3
    assert said(reading) == [
        "“Theo kế hoạch của tỉnh” names no day for task 1; derived: 2026-12-31, the end of quarter IV.",
        "“Trước Tết Nguyên đán” speaks of the lunar calendar and is not converted; 2026-12-31 is taken for"
        " task 2. Once it is imported, set the day of T02.",
        "Task 3 has no date; 2026-12-31 is derived, the end of quarter IV.",
    ]


def test_the_lines_of_a_cell_copied_out_of_word_are_its_dates(office: Office, calendar: WorkCalendar) -> None:
    header = "TT\tNội dung\tCơ quan thực hiện\tThời gian"
    rows = "1\tBáo cáo A\tUBND xã\tTháng 6\nTháng 12\n2\tBáo cáo B\tUBND xã\t15/6\u200b\v15/12"

    reading = read_plan(f"{TITLE}\n\n{header}\n{rows}\n".encode(), office=office, calendar=calendar)

    assert dues(reading) == [("31/12/2026", False), ("15/12/2026", False)]
    assert said(reading) == [
        "Task 1 names several dates (“Tháng 6 Tháng 12”); the last, 2026-12-31, is taken.",
        "Task 2 names several dates (“15/6 15/12”); the last, 2026-12-15, is taken.",
    ]


def test_signs_that_nobody_sees_count_for_nothing(office: Office, calendar: WorkCalendar) -> None:
    header = "TT\tNội\u00a0dung\tCơ quan thực\u202fhiện\tThời gian"
    row = "\u200b1\u2060\tBáo\u00ad cáo\u200d A\u200c\tUBND\u00a0xã\u200e\t\ufeff15\u200b/6/2026\u200f"

    reading = read_plan(f"{TITLE}\n\n{header}\n{row}\n".encode(), office=office, calendar=calendar)

    (task,) = reading.tasks
    assert (task.number, task.content, task.lead, task.due) == (1, "Báo cáo A", "ubnd", date(2026, 6, 15))
    assert reading.problems == ()


def test_of_several_years_in_the_title_the_first_is_taken_and_said_unless_one_is_given(read: Read) -> None:
    title = "KẾ HOẠCH thi đua năm 2026, định hướng năm 2027"
    row = ("1", "Báo cáo A", "15/01")

    taken = read(("TT", "Nội dung", "Thời gian"), row, title=title)
    given = read(("TT", "Nội dung", "Thời gian"), row, title=title, year=2027)

    assert (taken.year, said(taken)) == (
        2026,
        ["The plan's title names several years; 2026 is taken, not 2027. Choose it at the import."],
    )
    assert (given.year, dues(given), said(given)) == (2027, [("15/01/2027", False)], [])
