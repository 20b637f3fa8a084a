"""Quarter headings, month headings and deadlines as plans write them.

A month or a quarter means its last working day, a range its last month, `trước ngày 15/01` that very day; a
date without a year takes the plan's. Whether a date is plausible is for the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exchange.plan.document import plain
from workflow.model.calendar import WorkCalendar
from workflow.model.plan import QUARTERS, Quarter

LONGEST_HEADING = 100
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
ORDINALS = ROMAN | {"mot": 1, "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4}
MONTHS = {"gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7}
MONTHS |= {"tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12}
PREFIX = (
    r"(?:(?:[ivx]+|\d{1,2}|[a-e])\s*[.)/:-]?\s+)?"
    r"(?:(?:cac |nhung )?(?:nhiem vu|cong tac|noi dung|ke hoach) (?:trong )?)?"
)
CLOSING = r"\s*(?:\(.*\))?\s*[.:;-]?"
YEAR = r"(?:\s*[,/.(-]?\s*(?:nam\s*)?(20\d\d)\)?)?"
QUARTER_HEADING = re.compile(
    rf"{PREFIX}qu[iy]\s*:?\s*(?:thu\s*)?({'|'.join(sorted(ORDINALS, key=len, reverse=True))}){YEAR}{CLOSING}"
)
BARE_ROMAN = re.compile(r"\(?(IV|I{1,3})\s*[.):]?")
MONTH_HEADING = re.compile(rf"{PREFIX}thang\s*(\d{{1,2}}){YEAR}{CLOSING}")
CITED = re.compile(
    r"(?:ke hoach|cong van|quyet dinh|huong dan|van ban|thong bao|chi thi)[^;,\n]{0,60}?ngay\s*[\d/. -]{6,14}"
)

LINK = r"\s*(?:,|;|va|den|toi|-|\+|&)\s*"
NUMBER = r"\d{1,2}(?!\d)"
QUARTER_NUMBER = r"(?:iv|i{1,3}|[1-4])(?!\w|\s*/\s*\d{1,2}(?!\d))"
LONG_DATE = re.compile(
    r"(?<!\d)(?<!tuan )(?<!thu )(\d{1,2})\s*thang\s*(\d{1,2})(?!\d)(?:\s*,?\s*(?:nam|/|-)\s*(\d{4}))?"
)
ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
FULL_DATE = re.compile(r"(?<![\d/])(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})(?![\d/])")
MONTH_OF_YEAR = re.compile(r"(?<![\d/])(?:thang\s*)?(\d{1,2})\s*/\s*(\d{4})(?!\d)")
SHORT_DATE = re.compile(r"(?<![\d/])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])")
QUARTER_LIST = re.compile(
    rf"\b(?:qu[iy]|q\.?)\s*({QUARTER_NUMBER}(?:{LINK}(?:qu[iy]\s*)?{QUARTER_NUMBER})*)(?:\s*(?:/|-|nam)?\s*(20\d\d))?"
)
MONTH_LIST = re.compile(
    rf"(?:thang|\bt\.?)\s*({NUMBER}(?:{LINK}(?:thang\s*)?{NUMBER})*)(?:\s*(?:/|-|\.|nam)\s*(20\d\d))?"
)
MONTH_WORD = re.compile(
    rf"thang\s+({'|'.join(sorted(MONTHS, key=len, reverse=True))})\b(?!\s*\d)(?:\s*nam\s*(20\d\d))?"
)
PART_OF_YEAR = re.compile(
    r"(6|sau|9|chin)\s*thang(?:\s*(dau|cuoi))?(?:\s*nam)?(?:\s*(20\d\d))?"
    r"|(nua dau|nua cuoi|cuoi)\s*nam(?:\s*(20\d\d))?"
)
ALL_YEAR = re.compile(
    r"\b(?:ca|trong|quanh|hang|suot|moi)\s*(?:nam|qu[iy]|thang|tuan)\b|thuong xuyen|dinh ky|^nam 20\d\d\W*$"
)
BEFORE_PERIOD = re.compile(r"truoc\s+(?:thang|qu[iy])")
RANGE = re.compile(r"\bden\b|\btoi\b|\bhet\b|\d\s*-|[iv]\s*-")


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
    """What a text says of a row's due date; `due` is None for work all year round (`thường xuyên`).

    `several`: the text names more than one day and no range, and the last was taken. `shifted`: it says
    *before* a month or quarter, and the end of the one before was taken.
    """

    due: date | None
    quarter: Quarter
    several: bool = False
    shifted: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A day, a month (`day` None), or several months that end with `month` (a quarter: 3)."""

    year: int | None
    month: int
    day: int | None = None
    months: int = 1

    def holds(self, other: _Named) -> bool:
        """Whether `other` lies in this and is more exact: 15/6 in tháng 6, tháng 6 in quý II."""
        finer = (other.day is not None, -other.months) > (self.day is not None, -self.months)
        return finer and self.month - self.months < other.month <= self.month


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


def read_deadline(text: str, *, year: int, calendar: WorkCalendar, unit: str = "") -> WrittenDue | None:
    """The due date that `text` gives, None where it gives none or a day that does not exist.

    `unit` (`tháng`, `quý`) is what a bare number means, as the title of its column says.
    """
    words = CITED.sub(" ", plain(text))
    if unit and re.fullmatch(
        rf"(?:{NUMBER}|{QUARTER_NUMBER})(?:{LINK}(?:{NUMBER}|{QUARTER_NUMBER}))*", words
    ):
        words = f"{plain(unit)} {words}"
    named = tuple(dict.fromkeys(_named(words)))
    # "Tháng 6 (ngày 15/6)" names one date, the exact one. In a range both ends count.
    if not RANGE.search(words):
        named = tuple(one for one in named if not any(one.holds(other) for other in named))
    if not named:
        return WrittenDue(None, "IV") if ALL_YEAR.search(words) else None
    shifted = len(named) == 1 and named[0].day is None and BEFORE_PERIOD.search(words) is not None
    days = [_due(_before(one, words) if shifted else one, year, calendar) for one in named]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return None
    due = max(known)
    several = len(set(known)) > 1 and RANGE.search(words) is None
    return WrittenDue(due, QUARTERS[(due.month - 1) // 3], several, shifted)


def _named(words: str) -> Iterator[_Named]:
    """Every day, month and quarter that is named. What a pattern has read is taken out for those after it."""
    for pattern, read in PATTERNS:
        found = list(pattern.finditer(words))
        for match in found:
            yield from read(match)
        if found:
            words = pattern.sub(" ; ", words)


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _quarters(match: re.Match[str]) -> Iterator[_Named]:
    for number in re.findall(QUARTER_NUMBER, match[1]):
        yield _Named(_year(match[2]), ROMAN[number] * 3, months=3)


def _months(match: re.Match[str]) -> Iterator[_Named]:
    for number in re.findall(r"\d+", match[1]):
        yield _Named(_year(match[2]), int(number))


def _part_of_year(match: re.Match[str]) -> Iterator[_Named]:
    if match[4]:
        yield _Named(_year(match[5]), 6 if match[4] == "nua dau" else 12)
    elif match[1] in ("9", "chin"):
        yield _Named(_year(match[3]), 9)
    elif match[2]:
        yield _Named(_year(match[3]), 6 if match[2] == "dau" else 12)


PATTERNS = (
    (QUARTER_LIST, _quarters),
    (LONG_DATE, lambda match: [_Named(_year(match[3]), int(match[2]), int(match[1]))]),
    (ISO_DATE, lambda match: [_Named(int(match[1]), int(match[2]), int(match[3]))]),
    (FULL_DATE, lambda match: [_Named(_year(match[4]), int(match[3]), int(match[1]))]),
    (MONTH_OF_YEAR, lambda match: [_Named(int(match[2]), int(match[1]))]),
    (SHORT_DATE, lambda match: [_Named(None, int(match[2]), int(match[1]))]),
    (MONTH_LIST, _months),
    (MONTH_WORD, lambda match: [_Named(_year(match[2]), MONTHS[match[1]])]),
    (PART_OF_YEAR, _part_of_year),
)
"""Quarters first, then from the most to the least exact: else `15/6/2026` would be read as `6/2026`."""


def _before(named: _Named, words: str) -> _Named:
    """The month, or the quarter's last month, before the one that is named."""
    back = 3 if re.search(r"truoc\s+qu[iy]", words) else 1
    month = named.month - back
    if month >= 1:
        return _Named(named.year, month)
    return named


def _due(named: _Named, year: int, calendar: WorkCalendar) -> date | None:
    year = named.year or year
    if not 1 <= named.month <= 12 or not 2000 <= year < 2100:
        return None
    if named.day is None:
        return calendar.last_working_day_of_month(year, named.month)
    try:
        return date(year, named.month, named.day)
    except ValueError:
        return None
