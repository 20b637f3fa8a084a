"""Each rule on calendars finds its flaw, at its place."""

from dataclasses import replace
from datetime import date

from tests.workflow.lint.samples import CALENDAR
from workflow.lint.calendars import lint_calendar
from workflow.lint.findings import Finding


def test_days_that_cannot_be_off_or_worked_are_found() -> None:
    monday, saturday, elsewhere = date(2026, 3, 2), date(2026, 3, 7), date(2027, 1, 1)
    calendar = replace(CALENDAR, days_off={saturday: "x", elsewhere: "x"}, work_days={monday: "x"})

    assert lint_calendar(calendar) == (
        Finding("error", "day_outside_year", ("days_off", "2027-01-01"), "2027-01-01 is no day of 2026"),
        Finding(
            "warning",
            "day_off_on_weekend",
            ("days_off", "2026-03-07"),
            "2026-03-07 is a weekend, off by itself",
        ),
        Finding(
            "error",
            "work_day_not_on_weekend",
            ("work_days", "2026-03-02"),
            "2026-03-02 is no weekend, so it cannot be worked to make up for a day off",
        ),
    )


def test_a_day_both_off_and_worked_is_found() -> None:
    day = date(2026, 1, 10)

    findings = lint_calendar(replace(CALENDAR, days_off={day: "x"}))

    assert [(finding.rule, finding.where) for finding in findings] == [
        ("day_off_and_worked", ("work_days", "2026-01-10")),
        ("day_off_on_weekend", ("days_off", "2026-01-10")),
    ]
