"""Deadlines and headings in the ways in which plans write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.plan.dates import Heading, WrittenDue, read_deadline, read_heading
from workflow.model.calendar import WorkCalendar
from workflow.model.plan import QUARTERS

DAYS = {
    "15/01/2026": (1, 15),
    "15-01-2026": (1, 15),
    "15.01.2026": (1, 15),
    "15/1/26": (1, 15),
    "2026-01-15": (1, 15),
    "2026-01-15 00:00:00": (1, 15),
    "15/01": (1, 15),
    "trước ngày 15/01": (1, 15),
    "Trước ngày 15/01/2026": (1, 15),
    "Chậm nhất 15/1": (1, 15),
    "Trước 10 giờ ngày 15/1/2026": (1, 15),
    "ngày 20 tháng 11 năm 2026": (11, 20),
    "20 tháng 11": (11, 20),
    "14-15/6": (6, 15),
    "14, 15/6/2026": (6, 15),
    "Từ 01/3 - 15/4": (4, 15),
    "từ ngày 01/3 đến ngày 15/4/2026": (4, 15),
    "Tháng 9, trước 15/9": (9, 15),
    "Quý II (trước ngày 15/5)": (5, 15),
    "04/01/2026": (1, 4),
    "tháng 6": (6, 30),
    "Tháng 6/2026": (6, 30),
    "tháng 06 năm 2026": (6, 30),
    "T6/2026": (6, 30),
    "06/2026": (6, 30),
    "đầu tháng 7": (7, 31),
    "Tuần 2 tháng 7": (7, 31),
    "tháng Tư": (4, 29),
    "Tháng năm": (5, 29),
    "tháng mười hai": (12, 31),
    "từ tháng 3 đến tháng 5": (5, 29),
    "tháng 3 – 5": (5, 29),
    "Tháng 3-5/2026": (5, 29),
    "tháng 12/2025 - 01/2026": (1, 30),
    "Quý II": (6, 30),
    "quý 2/2026": (6, 30),
    "Quí 2": (6, 30),
    "quý II năm 2026": (6, 30),
    "Q2": (6, 30),
    "Hết quý III": (9, 30),
    "Quý II, tháng 5": (5, 29),
    "Quý I - IV": (12, 31),
    "từ quý I đến quý III": (9, 30),
    "6 tháng đầu năm": (6, 30),
    "6 tháng cuối năm 2026": (12, 31),
    "9 tháng": (9, 30),
    "Cuối năm": (12, 31),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_deadline_is_read(text: str, day: tuple[int, int], calendar: WorkCalendar) -> None:
    due = date(2026, *day)

    assert read_deadline(text, year=2026, calendar=calendar) == WrittenDue(
        due, QUARTERS[(due.month - 1) // 3]
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Tháng 3, 6, 9, 12", date(2026, 12, 31)),
        ("tháng 3; tháng 6", date(2026, 6, 30)),
        ("Quý I và Quý III", date(2026, 9, 30)),
        ("30/6 và 30/11", date(2026, 11, 30)),
    ],
)
def test_of_several_days_the_last_is_taken_and_said(text: str, due: date, calendar: WorkCalendar) -> None:
    assert read_deadline(text, year=2026, calendar=calendar) == WrittenDue(
        due, QUARTERS[(due.month - 1) // 3], several=True
    )


@pytest.mark.parametrize("text", ["Thường xuyên", "Cả năm", "Trong năm 2026", "Hằng quý", "Năm 2026"])
def test_work_of_the_whole_year_has_no_day(text: str, calendar: WorkCalendar) -> None:
    assert read_deadline(text, year=2026, calendar=calendar) == WrittenDue(None, "IV")


@pytest.mark.parametrize(
    "text",
    [
        *("", "31/02/2026", "31/6", "tháng 13", "Theo giấy mời", "Quý 5", "2 lần/năm", "ngay sau hội nghị"),
        *("Theo Kế hoạch số 01/KH-UBND ngày 04/01/2026", "Tháng năm 2026", "30/6/1926", "0/0", "1/quý"),
    ],
)
def test_what_names_no_day_that_exists_is_not_guessed(text: str, calendar: WorkCalendar) -> None:
    assert read_deadline(text, year=2026, calendar=calendar) is None


def test_before_a_month_or_quarter_is_the_end_of_the_one_before(calendar: WorkCalendar) -> None:
    assert [
        read_deadline(text, year=2026, calendar=calendar) for text in ("trước tháng 6", "Trước quý II")
    ] == [
        WrittenDue(date(2026, 5, 29), "II", shifted=True),
        WrittenDue(date(2026, 3, 31), "I", shifted=True),
    ]


def test_a_bare_number_means_what_the_title_of_its_column_says(calendar: WorkCalendar) -> None:
    assert read_deadline("6", year=2026, calendar=calendar, unit="tháng") == WrittenDue(
        date(2026, 6, 30), "II"
    )
    assert read_deadline("II", year=2026, calendar=calendar, unit="quý") == WrittenDue(
        date(2026, 6, 30), "II"
    )
    assert read_deadline("6", year=2026, calendar=calendar) is None


def test_a_written_year_wins_over_the_plans(calendar: WorkCalendar) -> None:
    assert read_deadline("15/01/2027", year=2026, calendar=calendar) == WrittenDue(date(2027, 1, 15), "I")
    assert read_deadline("15/01", year=2027, calendar=calendar) == WrittenDue(date(2027, 1, 15), "I")


FORMS = ("{d}/{m}/{y}", "ngày {d:02}/{m:02}", "{d} tháng {m} năm {y}")


@given(day=st.dates(date(2026, 1, 1), date(2026, 12, 31)), form=st.sampled_from(FORMS))
def test_any_day_of_the_year_is_read_back(day: date, form: str, calendar: WorkCalendar) -> None:
    text = form.format(d=day.day, m=day.month, y=day.year)

    assert read_deadline(text, year=2026, calendar=calendar) == WrittenDue(
        day, QUARTERS[(day.month - 1) // 3]
    )


HEADINGS = {
    "QUÝ I": Heading(1),
    "Quý 2": Heading(2),
    "Quí 2:": Heading(2),
    "II.": Heading(2),
    "III": Heading(3),
    "QUÝ II/2026": Heading(2, None, 2026),
    "Quý III năm 2026": Heading(3, None, 2026),
    "Quý I, năm 2026": Heading(1, None, 2026),
    "Quý I - 2026": Heading(1, None, 2026),
    "I. QUÝ I": Heading(1),
    "A. Quý I": Heading(1),
    "1. Quý IV": Heading(4),
    "QUÝ THỨ NHẤT": Heading(1),
    "Quý một": Heading(1),
    "QUÝ I (6 nhiệm vụ)": Heading(1),
    "NHIỆM VỤ QUÝ III": Heading(3),
    "Các nhiệm vụ trong quý II": Heading(2),
    "Tháng 6": Heading(2, 6),
    "THÁNG 12/2026": Heading(4, 12, 2026),
}


@pytest.mark.parametrize(("text", "read"), HEADINGS.items())
def test_a_heading_of_a_quarter_or_a_month_is_read(text: str, read: Heading) -> None:
    assert read_heading(text) == read


@pytest.mark.parametrize("text", ["", "V.", "Quý 5", "Báo cáo quý I", "I. MỤC ĐÍCH", "ii", "Tháng 13", "1"])
def test_other_texts_are_no_heading(text: str) -> None:
    assert read_heading(text) is None
