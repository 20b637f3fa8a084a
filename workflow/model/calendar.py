"""Counting in working days and calendar days, and the office's local midnights.

A `WorkCalendar` is made from the calendar years of an office and answers every question about days that
terms, quarter deadlines, reminders and escalations ask. It knows no deadline and no clock. The rules of
counting are those of domain/rules.md §6: the trigger day is day 0, a made-up Saturday is a working day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # building its classes costs looking commands a tenth of their start
    from workflow.model.definition import CalendarYear

ONE_DAY = timedelta(days=1)
SATURDAY = 5
LONGEST_BREAK = 366
"""No search for a working day goes further: a calendar that has none is a mistake in its file."""


class NoWorkingDay(ValueError):
    """The calendar has no working day near this date; correct the days off in its file."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"no working day within a year of {day.isoformat()}; correct the days off in the calendar's file"
        )
        self.day = day


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Working days of an office over several years.

    A year without a file has only its weekends off and counts as provisional. Where two files speak of
    one day, the one of the later year, name and version wins; within a file, working wins.
    """

    version: str
    """The files it was made of, by year: `vn-2026/1+vn-2027/1`; empty for weekends only."""
    _days_off: frozenset[date]
    _work_days: frozenset[date]
    _years: frozenset[int]
    _provisional: frozenset[int]

    @classmethod
    def of(cls, years: Iterable[CalendarYear]) -> WorkCalendar:
        """A file may say days of a neighbouring year (a Saturday made up in January); they count."""
        files = sorted(years, key=lambda file: (file.year, file.name, file.version))
        days_off: set[date] = set()
        work_days: set[date] = set()
        for file in files:
            days_off = (days_off | set(file.days_off)) - set(file.work_days)
            work_days = (work_days - set(file.days_off)) | set(file.work_days)
        return cls(
            version="+".join(f"{file.name}/{file.version}" for file in files),
            _days_off=frozenset(days_off),
            _work_days=frozenset(work_days),
            _years=frozenset(file.year for file in files),
            _provisional=frozenset(file.year for file in files if file.provisional),
        )

    def covers(self, year: int) -> bool:
        return year in self._years

    def provisional(self, year: int) -> bool:
        """True for a year without a file and for one whose official list is not announced."""
        return year not in self._years or year in self._provisional

    def is_working(self, d: date) -> bool:
        if d in self._work_days:
            return True
        return d.weekday() < SATURDAY and d not in self._days_off

    def next_working(self, d: date) -> date:
        """The first working day on or after `d`."""
        return self._nearest(d, ONE_DAY)

    def previous_working(self, d: date) -> date:
        """The last working day on or before `d`."""
        return self._nearest(d, -ONE_DAY)

    def _nearest(self, d: date, step: timedelta) -> date:
        day = d
        for _ in range(LONGEST_BREAK):
            if self.is_working(day):
                return day
            day += step
        raise NoWorkingDay(d)

    def add_working_days(self, d: date, n: int) -> date:
        """The `n`th working day after `d`, which is day 0 and may be a day off; before it when `n` < 0.

        With `n` 0 the answer is `d` itself.
        """
        step = ONE_DAY if n > 0 else -ONE_DAY
        day = d
        for _ in range(abs(n)):
            day = self._nearest(day + step, step)
        return day

    def add_calendar_days_ending_on_work(self, d: date, n: int) -> date:
        """A term of `n` calendar days from day 0; one that ends on a day off ends on the next working day."""
        return self.next_working(d + timedelta(days=n))

    def working_days_between(self, a: date, b: date) -> int:
        """The number of working days in (a, b]; when b < a, minus the number in (b, a]."""
        if b < a:
            return -self.working_days_between(b, a)
        return self._weekdays_between(a, b) + self._corrections_between(a, b)

    @staticmethod
    def _weekdays_between(a: date, b: date) -> int:
        weeks, rest = divmod(b.toordinal() - a.toordinal(), 7)
        return weeks * 5 + sum((a.weekday() + step) % 7 < SATURDAY for step in range(1, rest + 1))

    def _corrections_between(self, a: date, b: date) -> int:
        made_up = sum(a < day <= b and day.weekday() >= SATURDAY for day in self._work_days)
        off = sum(a < day <= b and day.weekday() < SATURDAY for day in self._days_off)
        return made_up - off

    def first_working_day_of_month(self, year: int, month: int) -> date:
        return self.next_working(date(year, month, 1))

    def last_working_day_of_month(self, year: int, month: int) -> date:
        following = date(year + month // 12, month % 12 + 1, 1)
        return self.previous_working(following - ONE_DAY)

    def last_working_day_of_quarter(self, year: int, quarter: int) -> date:
        """`quarter` is 1 to 4."""
        if quarter not in (1, 2, 3, 4):
            raise ValueError(f"a quarter is 1, 2, 3 or 4, not {quarter}")
        return self.last_working_day_of_month(year, quarter * 3)


def due_instant(due: date, zone: str) -> datetime:
    """The moment, in UTC, from which `due` is overdue: the local midnight that ends it."""
    return at_local(due + ONE_DAY, time(0), zone)


def at_local(day: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, at which the clock of `zone` shows `at` on `day`."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def local_date(instant: datetime, zone: str) -> date:
    """The day that the calendar of `zone` shows at an aware `instant`."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone has no local date; pass an aware datetime")
    return instant.astimezone(ZoneInfo(zone)).date()
