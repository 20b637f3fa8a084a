"""Quarter headings, month headings and deadlines as plans write them.

A month, a quarter or a part of them means its last working day, a range its end, `trước ngày 15/01` that very
day; a date without a year takes the plan's. Whether a date is plausible is for the caller.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from exchange.plan.document import plain
from exchange.plan.periods import Named, PlanYear, Span
from exchange.plan.phrases import Phrases, phrases_in, words_of
from exchange.plan.wordings import LINK
from workflow.model.calendar import WorkCalendar
from workflow.model.plan import QUARTERS, Quarter

LONGEST_HEADING = 100
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
ORDINALS = ROMAN | {"mot": 1, "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4}
PREFIX = (
    r"(?:(?:[ivx]+|\d{1,2}|[a-e])\s*[.)/:-]?\s+)?"
    r"(?:(?:cac |nhung )?(?:nhiem vu|cong tac|noi dung|ke hoach) (?:trong )?)?"
)
CLOSING = (
    r"\s*(?:\(.*\))?\s*(?:[.:;-]?"
    # `Tháng 3 - Tháng Thanh niên`, but no range of two times.
    r"|[:-]\s*(?!(?:thang|qu[iy]|ngay|tuan|nam) (?:\d|[ivx]+\b)"
    r"|(?:den|het|toi|dau|giua|cuoi|truoc|sau)\b)[a-z].*)"
)
YEAR = r"(?:\s*[,/.(-]?\s*(?:nam\s*)?(20\d\d)\)?)?"
QUARTER_HEADING = re.compile(
    rf"{PREFIX}qu[iy]\s*:?\s*(?:thu\s*)?({'|'.join(sorted(ORDINALS, key=len, reverse=True))}){YEAR}{CLOSING}"
)
BARE_ROMAN = re.compile(r"\(?(IV|I{1,3})\s*[.):]?")
TITLE_TIME = re.compile(
    r"(?<!\d )(?:thang \d{1,2}|qu[iy] (?:[1-4]|i{1,3}|iv))\s*(?:/|-|,|nam|\s)*20\d\d(?!\d)"
)
MONTH_HEADING = re.compile(rf"{PREFIX}thang\s*(\d{{1,2}}){YEAR}{CLOSING}")

LONGEST_TIME = 300
"""A longer text tells more than a time, and is not read."""

NUMBER = r"(?:\d{1,2}|[ivx]{1,4})"
NUMBERS = re.compile(rf"({NUMBER}(?:(?:{LINK}|\s*/\s*){NUMBER})*)(?:\s*(?:/|-|nam)\s*20\d\d)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above rows, as `QUÝ II/2026` or `Tháng 6`: its quarter, and the month where one is named."""

    quarter: int
    month: int | None = None
    year: int | None = None

    @property
    def roman(self) -> Quarter:
        return QUARTERS[self.quarter - 1]


@dataclass(frozen=True, slots=True)
class WrittenDue:
    """What a text says of a row's due date; `due` is None where it names no day (`thường xuyên`).

    `quarter` is then the one that the text speaks of, None for the whole year. `remarks` are keys of
    messages; `derived`: the text names a part of a month or year and no day. `span` is what it names, with
    its days off: 01/06 to 30/06 of *tháng 6*.
    """

    due: date | None
    quarter: Quarter | None
    remarks: tuple[str, ...] = ()
    derived: bool = False
    span: Span | None = None

    @property
    def month(self) -> int | None:
        """The month, where the text names no more exact time."""
        if self.span is None or self.span[0] == self.span[1] or self.derived:
            return None
        return self.span[0].month if self.span[0].month == self.span[1].month else None


def read_heading(text: str) -> Heading | None:
    """The heading of a quarter or a month that the text is, else None. A lone `II.` is one, in capitals."""
    if len(text) > LONGEST_HEADING:
        return None
    bare = BARE_ROMAN.fullmatch(text.strip())
    if bare:
        return Heading(ROMAN[bare[1].lower()])
    words = plain(text)
    quarter = QUARTER_HEADING.fullmatch(words)
    if quarter:
        return Heading(ORDINALS[quarter[1]], None, _year(quarter[2]))
    month = MONTH_HEADING.fullmatch(words)
    if month and 1 <= int(month[1]) <= 12:
        return Heading(-(-int(month[1]) // 3), int(month[1]), _year(month[2]))
    return None


def heading_in_title(title: str) -> Heading | None:
    """The one month or quarter that a plan is about: `LỊCH CÔNG TÁC THÁNG 6/2026`."""
    found = {read_heading(match[0]) for match in TITLE_TIME.finditer(plain(title))}
    return found.pop() if len(found) == 1 else None


def read_deadline(
    text: str, *, year: PlanYear, calendar: WorkCalendar, unit: str = "", month: int | None = None
) -> WrittenDue | None:
    """What `text` says of a due date, None where it says nothing or names a day that does not exist.

    `unit` (`tháng`, `ngày`, `tuần`, `quý`) is what a bare number means, as the title of its column says;
    `month` is the one that a day or week without a month belongs to.
    """
    if len(text) > LONGEST_TIME:
        return None
    said = phrases_in(_with_unit(words_of(text), plain(unit)))
    named = _placed(said.named, month)
    # `ngày 15 hằng tháng` is no day of one month.
    if not any(one.month for one in named):
        return _without_day(said)
    spans = [one.span(year) for one in named]
    if None in spans or (said.dangling and all(one.months == 12 for one in named)):
        return None
    return _Judgement(said, year, calendar).of(named)


def _with_unit(words: str, unit: str) -> str:
    """Bare numbers with the word that they are meant to follow; `15/6` and `15-6` stay the days they are."""
    bare = words.rstrip(" .")
    found = NUMBERS.fullmatch(bare)
    if not unit or not found:
        return words
    numbers = [int(number) for number in re.findall(r"\d+", found[1])]
    a_date = "/" in found[1] and (unit != "thang" or any(number > 12 for number in numbers))
    falling = unit == "ngay" and "-" in found[1] and numbers != sorted(numbers)
    return words if a_date or falling else f"{unit} {bare}"


def _without_day(said: Phrases) -> WrittenDue | None:
    if said.lunar:
        return WrittenDue(None, None, ("date_lunar",))
    return WrittenDue(None, None) if said.always else None


def _placed(named: Sequence[Named], month: int | None) -> tuple[Named, ...]:
    """Days and weeks that stand without a month get that of the text, else `month`, else stay without."""
    months = [one for one in named if one.month and one.day is None and one.months == 1]
    home = months[-1] if months else Named(month or 0)
    several = len({one.month for one in months}) > 1
    return tuple(
        one if one.month else replace(one, month=home.month, year=home.year, doubtful=several)
        for one in named
    )


class _Judgement:
    """Which of the days that one text names is its due date, and what must be said of it."""

    def __init__(self, said: Phrases, years: PlanYear, calendar: WorkCalendar) -> None:
        self.said = said
        self.years = years
        self.calendar = calendar
        self.remarks: dict[str, None] = {}

    def of(self, named: Sequence[Named]) -> WrittenDue:
        said = self.said
        for doubt, key in (
            (said.lunar, "date_lunar"),
            (said.rest or said.always or said.relative, "date_rest"),
        ):
            if doubt:
                self.remarks[key] = None
        # What the moon's calendar may mean has no year: `Rằm tháng 8 (15/8)`.
        solar = [one for one in named if one.year or not said.lunar]
        days = [self._span(one)[0].isoweekday() + 1 for one in solar if one.exact]
        if len(days) == len(said.weekdays) and days != said.weekdays:
            self.remarks["weekday_differs"] = None
        if not solar:
            return WrittenDue(None, None, ("date_lunar",))
        ended = self._without_openings(self._without_beginnings(solar))
        if not ended:
            quarter = QUARTERS[(solar[-1].month - 1) // 3]
            return WrittenDue(None, quarter, ("date_open",))
        return self._last(self._without_frames(ended))

    def _without_beginnings(self, named: Sequence[Named]) -> list[Named]:
        """Of a range only its end. One that ends before it begins ends a year later."""
        kept: list[Named] = []
        for one in named:
            kept.append(self._after(kept.pop(), one) if one.ranged and kept else one)
        return kept

    def _after(self, begun: Named, end: Named) -> Named:
        same = end if end.year else replace(end, year=begun.year)
        begins, ends = replace(begun, shifted=False).span(self.years), same.span(self.years)
        if not begins or not ends or begins[0] <= ends[1]:
            return same
        return replace(end, year=end.year or ends[1].year + 1, doubtful=True)

    def _without_openings(self, named: Sequence[Named]) -> list[Named]:
        """Without what only begins (`từ tháng 6`, `sau 15/6`, `10 ngày kể từ 15/6`): nothing is due then."""
        kept = [one for one in named if one.bounded or one.ranged or not (one.opened or self.said.relative)]
        if len(kept) < len(named):
            self.remarks["date_rest"] = None
        return kept

    def _without_frames(self, named: Sequence[Named]) -> list[Named]:
        """Without what only frames a finer one: `Tháng 6 (ngày 15/6)` names one date, the exact one."""
        return [one for one in named if not any(self._frames(one, other) for other in named)]

    def _frames(self, one: Named, other: Named) -> bool:
        outer, inner = self._span(one), self._span(other)
        all_year = one.whole and one.months == 12
        if outer == inner or one.joined or other.joined or one.shifted or all_year:
            return False
        return outer[0] <= inner[0] and inner[1] <= outer[1]

    def _last(self, named: Sequence[Named]) -> WrittenDue:
        dues = {one: self._due(one) for one in named}
        chosen = max(named, key=dues.__getitem__)
        due = dues[chosen]
        found = (
            ("several_dates", len(set(dues.values())) > 1),
            ("before_month", chosen.shifted),
            ("date_doubtful", any(one.doubtful for one in named) or _said_twice(named)),
        )
        remarks = (*(key for key, holds in found if holds), *self.remarks)
        return WrittenDue(due, _quarter(due), remarks, chosen.derived, self._span(chosen))

    def _span(self, one: Named) -> Span:
        if one.whole:
            year, month = self.years.last_month
            one = replace(one, year=year, month=month)
        span = one.span(self.years)
        assert span is not None
        return span

    def _due(self, one: Named) -> date:
        first, last = self._span(one)
        return last if one.exact else max(first, self.calendar.previous_working(last))


def _said_twice(named: Sequence[Named]) -> bool:
    """Whether a list has one time twice: `tháng 12; 12` may mean a day by one of them."""
    alone = [replace(one, joined=False) for one in named]
    return any(one.joined and alone[at] in alone[:at] for at, one in enumerate(named))


def _quarter(day: date) -> Quarter:
    return QUARTERS[(day.month - 1) // 3]


def _year(text: str | None) -> int | None:
    return int(text) if text else None
