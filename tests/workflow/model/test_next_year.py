"""A plan's words a year on."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.model.calendar import WorkCalendar
from workflow.model.next_year import Doubt, a_year_later, moved


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("Báo cáo năm 2025, nhiệm vụ năm 2026", "Báo cáo năm 2026, nhiệm vụ năm 2027"),
        ("thành tích năm học 2025 – 2026 của ngành", "thành tích năm học 2026 – 2027 của ngành"),
        ("năm học 2025-2026", "năm học 2026-2027"),
        ("Ban hành Kế hoạch năm 2027", "Ban hành Kế hoạch năm 2028"),
        ("trước ngày 15/3/2026", "trước ngày 15/3/2027"),
        ("Sơ kết 6 tháng đầu năm", "Sơ kết 6 tháng đầu năm"),
    ],
)
def test_the_years_about_the_plan_s_go_up_by_one(text: str, then: str) -> None:
    assert moved(text, 2026) == (then, ())


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("theo Kế hoạch số 01/KH-UBND ngày 04/01/2026", Doubt("paper", "01/KH-UBND ngày 04/01/2026")),
        ("theo Nghị định 152/2025/NĐ-CP", Doubt("paper", "152/2025/NĐ-CP")),
        ("nhiệm kỳ 2026 – 2031", Doubt("term", "nhiệm kỳ 2026 – 2031")),
        ("giai đoạn 2021-2025", Doubt("term", "giai đoạn 2021-2025")),
        ("mục tiêu đến 2030", Doubt("year", "2030")),
        ("chào mừng Đại hội", Doubt("once", "Đại hội")),
        ("kỷ niệm 80 năm Quốc khánh", Doubt("anniversary", "kỷ niệm 80 năm")),
    ],
)
def test_what_may_hold_for_one_time_alone_stays_and_is_told(text: str, doubt: Doubt) -> None:
    assert moved(text, 2026) == (text, (doubt,))


@given(st.text(alphabet="năm 2 0 2 5 6 7 / - – . , () Qq", max_size=60))
def test_nothing_but_years_is_ever_changed(text: str) -> None:
    then = moved(text, 2026).text

    assert len(then) == len(text)
    assert re.sub(r"20\d\d", "", then) == re.sub(r"20\d\d", "", text)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 3, 31), date(2027, 3, 31)),
        (date(2026, 5, 8), date(2027, 5, 7)),  # a Saturday, so the day before
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_date_is_the_same_day_a_year_later_or_the_working_day_before(day: date, later: date) -> None:
    assert a_year_later(day, WorkCalendar.of(())) == later
