"""Counting in days: the checks of domain/rules.md §6 on the shipped calendars, and what must always hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.files.parsing import parse
from workflow.model.calendar import NoWorkingDay, WorkCalendar, at_local, due_instant, local_date
from workflow.model.definition import CalendarYear

DEFINITIONS = Path(__file__).parents[3] / "definitions"
ZONE = "Asia/Ho_Chi_Minh"


def shipped(year: int) -> CalendarYear:
    path = DEFINITIONS / f"calendars/vn-{year}/1.yaml"
    parsed = parse(path.read_text(encoding="utf-8"), path=str(path))
    assert parsed.mistakes == ()
    assert isinstance(parsed.definition, CalendarYear)
    return parsed.definition


def year_of(
    year: int = 2026,
    *,
    days_off: Iterable[date] = (),
    work_days: Iterable[date] = (),
    name: str = "made",
    provisional: bool = False,
) -> CalendarYear:
    return CalendarYear(
        name=name,
        version=1,
        year=year,
        days_off=dict.fromkeys(days_off, "off"),
        work_days=dict.fromkeys(work_days, "made up"),
        source="a test",
        provisional=provisional,
    )


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return WorkCalendar.of([shipped(2026), shipped(2027)])


def weekdays_off(calendar: WorkCalendar, year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    return [day for day in days if day.weekday() < 5 and not calendar.is_working(day)]


def weekend_days_worked(calendar: WorkCalendar, year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    return [day for day in days if day.weekday() >= 5 and calendar.is_working(day)]


def test_the_weekdays_off_in_2026_are_those_of_the_announcement(calendar: WorkCalendar) -> None:
    assert weekdays_off(calendar, 2026) == [
        date(2026, 1, 1),
        date(2026, 1, 2),
        *(date(2026, 2, day) for day in range(16, 21)),
        date(2026, 4, 27),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 11, 24),
    ]


def test_two_saturdays_of_2026_are_made_up(calendar: WorkCalendar) -> None:
    assert weekend_days_worked(calendar, 2026) == [date(2026, 1, 10), date(2026, 8, 22)]


def test_the_weekdays_off_in_2027_are_the_fixed_and_the_lunar_holidays(calendar: WorkCalendar) -> None:
    assert weekdays_off(calendar, 2027) == [
        date(2027, 1, 1),
        date(2027, 2, 4),
        date(2027, 2, 5),
        date(2027, 2, 8),
        date(2027, 2, 9),
        date(2027, 2, 10),
        date(2027, 4, 16),
        date(2027, 4, 30),
        date(2027, 5, 3),
        date(2027, 9, 2),
        date(2027, 9, 3),
        date(2027, 11, 24),
    ]
    assert weekend_days_worked(calendar, 2027) == []


@pytest.mark.parametrize("year", [2026, 2027])
def test_a_shipped_calendar_lists_weekdays_off_and_weekend_days_of_its_year_only(year: int) -> None:
    file = shipped(year)

    assert [day for day in file.days_off if day.year != year or day.weekday() >= 5] == []
    assert [day for day in file.work_days if day.year != year or day.weekday() < 5] == []


def test_only_the_calendar_of_2027_is_provisional(calendar: WorkCalendar) -> None:
    assert [calendar.provisional(year) for year in (2025, 2026, 2027, 2028)] == [True, False, True, True]
    assert [calendar.covers(year) for year in (2025, 2026, 2027, 2028)] == [False, True, True, False]


def test_a_dossier_complete_on_20_november_2026_is_due_after_ten_working_days_on_7_december(
    calendar: WorkCalendar,
) -> None:
    assert calendar.add_working_days(date(2026, 11, 20), 10) == date(2026, 12, 7)


def test_the_quarters_of_2026_end_on_their_last_working_days(calendar: WorkCalendar) -> None:
    assert [calendar.last_working_day_of_quarter(2026, quarter) for quarter in (1, 2, 3, 4)] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]


def test_a_quarter_beyond_the_fourth_is_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(ValueError, match="not 5"):
        calendar.last_working_day_of_quarter(2026, 5)


def test_a_month_that_ends_on_a_weekend_ends_on_its_last_friday(calendar: WorkCalendar) -> None:
    assert calendar.last_working_day_of_month(2026, 1) == date(2026, 1, 30)
    assert calendar.last_working_day_of_month(2026, 8) == date(2026, 8, 28)


def test_a_month_that_begins_on_a_holiday_begins_on_the_day_after(calendar: WorkCalendar) -> None:
    assert calendar.first_working_day_of_month(2026, 1) == date(2026, 1, 5)
    assert calendar.first_working_day_of_month(2026, 9) == date(2026, 9, 3)


def test_a_made_up_saturday_counts_as_the_next_working_day(calendar: WorkCalendar) -> None:
    assert calendar.add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 10)
    assert calendar.add_working_days(date(2026, 8, 21), 2) == date(2026, 8, 24)


def test_the_trigger_day_is_day_zero_even_when_it_is_a_day_off(calendar: WorkCalendar) -> None:
    assert calendar.add_working_days(date(2026, 2, 17), 0) == date(2026, 2, 17)
    assert calendar.add_working_days(date(2026, 2, 17), 1) == date(2026, 2, 23)
    assert calendar.add_working_days(date(2026, 2, 17), -1) == date(2026, 2, 13)


def test_a_term_in_calendar_days_that_ends_on_a_day_off_ends_on_the_next_working_day(
    calendar: WorkCalendar,
) -> None:
    assert calendar.add_calendar_days_ending_on_work(date(2026, 2, 6), 10) == date(2026, 2, 23)
    assert calendar.add_calendar_days_ending_on_work(date(2026, 11, 14), 10) == date(2026, 11, 25)
    assert calendar.add_calendar_days_ending_on_work(date(2026, 3, 2), 10) == date(2026, 3, 12)


def test_working_days_between_leaves_out_the_first_day_and_counts_the_last(calendar: WorkCalendar) -> None:
    assert calendar.working_days_between(date(2026, 11, 20), date(2026, 12, 7)) == 10
    assert calendar.working_days_between(date(2026, 12, 7), date(2026, 11, 20)) == -10
    assert calendar.working_days_between(date(2026, 1, 9), date(2026, 1, 10)) == 1
    assert calendar.working_days_between(date(2026, 1, 9), date(2026, 1, 9)) == 0


def test_the_version_names_the_files_by_year_whatever_the_order_they_came_in() -> None:
    forwards = WorkCalendar.of([shipped(2026), shipped(2027)])
    backwards = WorkCalendar.of([shipped(2027), shipped(2026)])

    assert forwards.version == "vn-2026/1+vn-2027/1"
    assert forwards == backwards


def test_without_files_only_weekends_are_off() -> None:
    calendar = WorkCalendar.of([])

    assert calendar.version == ""
    assert [day for day in range(1, 15) if not calendar.is_working(date(2030, 1, day))] == [5, 6, 12, 13]


def test_of_two_files_that_speak_of_one_day_the_later_year_wins() -> None:
    saturday = date(2026, 12, 26)
    calendar = WorkCalendar.of([year_of(2027, days_off=[saturday]), year_of(2026, work_days=[saturday])])

    assert not calendar.is_working(saturday)
    assert calendar.working_days_between(date(2026, 12, 25), date(2026, 12, 27)) == 0


def test_a_calendar_without_any_working_day_is_a_named_error() -> None:
    every_day = [date(2025, 1, 1) + timedelta(days=n) for n in range(365 * 4)]
    calendar = WorkCalendar.of([year_of(days_off=every_day)])

    with pytest.raises(NoWorkingDay, match="correct the days off"):
        calendar.next_working(date(2026, 6, 1))


def test_a_term_is_overdue_from_the_next_local_midnight() -> None:
    assert due_instant(date(2026, 12, 31), ZONE) == datetime(2026, 12, 31, 17, tzinfo=UTC)


def test_eight_in_the_morning_in_hanoi_is_one_in_utc() -> None:
    assert at_local(date(2026, 3, 1), time(8), ZONE) == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert at_local(date(2026, 3, 1), time(8), ZONE).tzinfo is UTC


def test_the_local_date_turns_at_local_midnight() -> None:
    assert local_date(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), ZONE) == date(2026, 12, 31)
    assert local_date(datetime(2026, 12, 31, 17, tzinfo=UTC), ZONE) == date(2027, 1, 1)


def test_an_instant_without_a_zone_has_no_local_date() -> None:
    with pytest.raises(ValueError, match="aware"):
        local_date(datetime(2026, 12, 31), ZONE)  # noqa: DTZ001


days = st.dates(date(2025, 6, 1), date(2028, 6, 1))
counts = st.integers(-60, 60)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Calendars with any days off and made-up days, some of them both."""
    return WorkCalendar.of(
        year_of(
            year,
            days_off=draw(st.sets(days, max_size=30)),
            work_days=draw(st.sets(days, max_size=10)),
            name=f"made-{year}",
        )
        for year in (2026, 2027)
    )


@given(calendars(), days, counts)
def test_the_count_of_an_added_term_is_the_term(calendar: WorkCalendar, start: date, n: int) -> None:
    end = calendar.add_working_days(start, n)

    if n > 0:
        assert calendar.is_working(end)
        assert calendar.working_days_between(start, end) == n
    if n < 0:
        assert calendar.is_working(end)
        assert calendar.working_days_between(end - timedelta(days=1), start - timedelta(days=1)) == -n


@given(calendars(), days, days)
def test_working_days_between_counts_them_one_by_one(calendar: WorkCalendar, a: date, b: date) -> None:
    first, last = min(a, b), max(a, b)
    span = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    one_by_one = sum(calendar.is_working(day) for day in span)

    assert calendar.working_days_between(a, b) == (one_by_one if a <= b else -one_by_one)


@given(calendars(), days, counts, counts)
def test_terms_in_one_direction_add_up(calendar: WorkCalendar, start: date, n: int, m: int) -> None:
    n, m = (abs(n), abs(m)) if n >= 0 else (-abs(n), -abs(m))

    stepwise = calendar.add_working_days(calendar.add_working_days(start, n), m)

    assert stepwise == calendar.add_working_days(start, n + m)


@given(calendars(), days)
def test_the_nearest_working_days_close_the_day_in(calendar: WorkCalendar, day: date) -> None:
    before, after = calendar.previous_working(day), calendar.next_working(day)

    assert before <= day <= after
    assert calendar.is_working(before)
    assert calendar.is_working(after)
    assert (before == day == after) == calendar.is_working(day)


@given(calendars(), days, st.integers(0, 90))
def test_a_calendar_term_never_ends_early_or_on_a_day_off(
    calendar: WorkCalendar, start: date, n: int
) -> None:
    end = calendar.add_calendar_days_ending_on_work(start, n)

    assert end >= start + timedelta(days=n)
    assert calendar.is_working(end)


@given(calendars(), st.integers(2026, 2027), st.integers(1, 12))
def test_a_months_last_working_day_has_none_after_it_in_the_month(
    calendar: WorkCalendar, year: int, month: int
) -> None:
    last = calendar.last_working_day_of_month(year, month)
    following = date(year + month // 12, month % 12 + 1, 1)

    assert calendar.working_days_between(last, following - timedelta(days=1)) == 0
    assert calendar.is_working(last)


@given(days, st.sampled_from([ZONE, "UTC", "Europe/Berlin", "America/New_York"]))
def test_a_due_instant_is_the_first_moment_of_the_next_local_day(due: date, zone: str) -> None:
    instant = due_instant(due, zone)

    assert local_date(instant, zone) == due + timedelta(days=1)
    assert local_date(instant - timedelta(seconds=1), zone) == due
