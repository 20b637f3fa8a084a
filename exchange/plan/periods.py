"""The year of a plan, and what a text about time names: a day, a month, a quarter, or a part of them.

Values without a calendar: `exchange.plan.wordings` makes them of words, `exchange.plan.dates` makes due dates
of them.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

SCHOOL_BEGINS = 8
"""A school year begins in August and ends in July."""

LESSONS_END = 5
"""The month with which lessons end (the ministry's frame of each school year: by 31/05)."""

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class PlanYear:
    """The year that a plan is about: 2026, or with `school` the school year that begins in `first`.

    Of the school year 2025–2026 the months 8 to 12 are in 2025 and 1 to 7 in 2026.
    """

    first: int
    school: bool = False

    def of_month(self, month: int) -> int:
        return self.first + (self.school and month < SCHOOL_BEGINS)

    def holds(self, day: date) -> bool:
        return day.year == self.of_month(day.month)

    @property
    def last_month(self) -> tuple[int, int]:
        """The year and the month with which its work ends."""
        return (self.first + 1, LESSONS_END) if self.school else (self.first, 12)

    def __str__(self) -> str:
        return f"{self.first}–{self.first + 1}" if self.school else str(self.first)


@dataclass(frozen=True, slots=True)
class Named:
    """A day; a month (`day` None); `months` that end with `month` (a quarter: 3); or some days of a month.

    `since` is the first day of a part: *đầu tháng 6* is `Named(6, day=10, since=1)`. A day or part whose
    month stands elsewhere has the month 0. `derived`: the text does not say the day. `doubtful`: it can be
    read in another way. `whole`: all of the year that the plan is about.

    How it stands in the text: `ranged` ends a range that the one before begins; `joined` has *và* before it;
    `bounded` has *trước*, *đến*, *hạn*; `opened` has *từ*, *sau*; `shifted`: *trước* stands before a month.
    """

    month: int
    year: int | None = None
    day: int | None = None
    since: int | None = None
    months: int = 1
    derived: bool = False
    doubtful: bool = False
    whole: bool = False
    ranged: bool = False
    joined: bool = False
    bounded: bool = False
    opened: bool = False
    shifted: bool = False

    @property
    def exact(self) -> bool:
        return self.day is not None and self.since is None

    def span(self, years: PlanYear) -> Span | None:
        """Its first and last day, None where no calendar has it. Of `shifted` those of the time before."""
        year = self.year or years.of_month(self.month)
        if not 1 <= self.month <= 12 or not 2000 <= year < 2100:
            return None
        if self.shifted:
            return _months_to(year * 12 + self.month - 1 - self.months, 1)
        end = monthrange(year, self.month)[1]
        if self.exact:
            exists = self.day is not None and 1 <= self.day <= end
            return (date(year, self.month, self.day or 1),) * 2 if exists else None
        first, last = _months_to(year * 12 + self.month - 1, self.months)
        return first.replace(day=min(self.since or 1, end)), last.replace(day=min(self.day or end, end))


def _months_to(month: int, months: int) -> Span:
    """The span of so many months that ends with `month`, counted from the year 0."""
    year, ends = divmod(month, 12)
    begun, begins = divmod(month - months + 1, 12)
    return date(begun, begins + 1, 1), date(year, ends + 1, monthrange(year, ends + 1)[1])
