"""Which days of a calendar cannot be off or worked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from workflow.files.telling import told
from workflow.lint.findings import Finding
from workflow.model.calendar import SATURDAY
from workflow.model.definition import CalendarYear


def lint_calendar(calendar: CalendarYear) -> tuple[Finding, ...]:
    return tuple(finding for rule in CALENDAR_RULES for finding in rule(calendar))


def _day_outside_year(calendar: CalendarYear) -> Iterator[Finding]:
    for key, days in (("days_off", calendar.days_off), ("work_days", calendar.work_days)):
        for day in days:
            if day.year != calendar.year:
                message = told("{day} is no day of {year}", day=day, year=calendar.year)
                yield Finding("error", "day_outside_year", (key, day.isoformat()), message)


def _day_off_and_worked(calendar: CalendarYear) -> Iterator[Finding]:
    for day in calendar.days_off:
        if day in calendar.work_days:
            message = told("{day} is given as a day off and as a working day", day=day)
            yield Finding("error", "day_off_and_worked", ("work_days", day.isoformat()), message)


def _day_off_on_weekend(calendar: CalendarYear) -> Iterator[Finding]:
    for day in calendar.days_off:
        if day.weekday() >= SATURDAY:
            message = told("{day} is a weekend, off by itself", day=day)
            yield Finding("warning", "day_off_on_weekend", ("days_off", day.isoformat()), message)


def _work_day_not_on_weekend(calendar: CalendarYear) -> Iterator[Finding]:
    for day in calendar.work_days:
        if day.weekday() < SATURDAY:
            message = told("{day} is no weekend, so it cannot be worked to make up for a day off", day=day)
            yield Finding("error", "work_day_not_on_weekend", ("work_days", day.isoformat()), message)


CALENDAR_RULES: tuple[Callable[[CalendarYear], Iterable[Finding]], ...] = (
    _day_outside_year,
    _day_off_and_worked,
    _day_off_on_weekend,
    _work_day_not_on_weekend,
)
