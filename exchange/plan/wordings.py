"""The wordings of a time, from `15/6` to *tuần 2 tháng 5*: a pattern for each and what it names.

They are patterns of plain letters (`exchange.plan.phrases.words_of`); that module looks for them in a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from exchange.plan.periods import LESSONS_END, Named

ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
ROMAN |= {"xi": 11, "xii": 12}
PARTS = {"dau": (1, 10), "thuong tuan": (1, 10), "giua": (11, 20), "trung tuan": (11, 20)}
PARTS |= {"cuoi": (21, 31), "ha tuan": (21, 31), "nua dau": (1, 15), "nua cuoi": (16, 31)}
WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
FIRST_TERM = Named(1, day=18, since=1, months=6, derived=True)
"""The first term of a school year ends by 18/01, as the ministry's frames of the last years have it."""

# The pieces that the patterns are made of

N = r"\d{1,2}(?!\d)"
LINK = r"\s*(?:,|;|\||\bva\b|\bhoac\b|\bden\b|\btoi\b|-|\+|&)\s*"
SLASH = rf"(?:{LINK}|\s*/\s*)"
YEAR = r"(?:\s*[,/.(-]?\s*(?:nam\s*)?(?P<year>20\d\d)(?!\d)\)?)?"
ANY_YEAR = rf"(?:\s*[/.-]\s*(?P<short>[2-9]\d)(?![\d/])|{YEAR})"
OF = r"(?:cua |trong )?"
DAYS = rf"(?P<days>{N}(?:{LINK}(?:ngay\s*)?{N})*)"
BARE_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
MONTH = rf"(?:{BARE_MONTH}|(?:xi{{0,2}}|ix|iv|vi{{0,3}}|i{{1,3}})\b)"
# The number that begins a date or another month is no further month of a list: `tháng 6, 15/7`.
NEXT_MONTH = rf"{MONTH}(?!\s*[/.-]\s*\d{{1,2}}(?!\d))(?!\s*thang)"
MONTHS = rf"(?P<months>{MONTH}(?:{SLASH}(?:thang\s*|t\.?\s*)?{NEXT_MONTH})*)"
QUARTER = r"(?:iv|i{1,3}|[1-4])(?!\w|\s*/\s*[01]?\d(?!\d))"
QUARTERS = rf"(?P<quarters>{QUARTER}(?:{SLASH}(?:qu[iy]\s*)?{QUARTER})*)"
ONE_WEEK = r"(?:thu\s*)?(?:[1-5]|i{1,3}|iv|v)\b(?!\s*/)"
WEEKS = (
    rf"tuan\s*(?:le\s*)?(?:(?P<weeks>{ONE_WEEK}(?:{LINK}(?:tuan\s*)?{ONE_WEEK})*)"
    r"|(?P<edge>dau|cuoi)(?: tien| cung)?)"
)
PART = r"(?P<part>nua dau|nua cuoi|dau|giua|cuoi|thuong tuan|trung tuan|ha tuan)"
NO_NUMBER = r"(?!\s*(?:thu\s*)?(?:\d|[ivx]+\b|gieng|chap))"
UNIT = r"(?:nam|qu[iy]|thang|tuan|ngay)"
PAPER = (
    r"(?:ke hoach|cong van|quyet dinh|huong dan|van ban|thong bao|chi thi|nghi quyet|thong tu|nghi dinh"
    r"|luat|to trinh|bao cao|giay moi|cong dien|chuong trinh)"
)
PAPERS_DAY = (
    r"(?:(?!\btruoc\b|\bcham nhat\b|\bden\b|\bhan\b)[^;,|]){0,60}?\bngay\s*(?:\d{1,2}\s*[/.-]\s*\d{1,2}"
    r"\s*[/.-]\s*\d{4}|\d{1,2}\s*thang\s*\d{1,2}\s*,?\s*nam\s*\d{4})"
)

# What a phrase names

Match = re.Match[str]


def _year(match: Match) -> int | None:
    found = match.groupdict()
    if found.get("year"):
        return int(found["year"]) if len(found["year"]) == 4 else 2000 + int(found["year"])
    return 2000 + int(found["short"]) if found.get("short") else None


def _number(text: str) -> int:
    return ROMAN.get(text) or int(text)


def _list(text: str, made: Callable[[int], Named]) -> Iterator[Named]:
    """One value for each number of a list; of `3 - 5` the second ends a range."""
    end = 0
    for match in re.finditer(r"\d+|\b[ivx]+\b", text):
        ranged = end > 0 and re.search(r"-|\bden\b|\btoi\b", text[end : match.start()]) is not None
        yield replace(made(_number(match[0])), ranged=ranged, joined=end > 0 and not ranged)
        end = match.end()


def _days(match: Match) -> Iterator[Named]:
    return _list(match["days"], lambda day: Named(_number(match["month"]), _year(match), day))


def _day(match: Match) -> Iterator[Named]:
    yield Named(int(match["month"]), _year(match), int(match["day"]))


def _short_day(match: Match) -> Iterator[Named]:
    """`5-6` may be two days or months as well."""
    yield Named(int(match["month"]), None, int(match["day"]), doubtful=int(match["day"]) <= 12)


def _months(match: Match) -> Iterator[Named]:
    """`Tháng 5/6` may be a day."""
    slashed = re.fullmatch(r"\d+\s*/\s*\d+", match["months"]) is not None
    return _list(match["months"], lambda month: Named(month, _year(match), doubtful=slashed))


def _short_year(match: Match) -> Iterator[Named]:
    """`6/26`: there is no month 26."""
    yield Named(int(match["month"]), _year(match), doubtful=True)


def _quarters(match: Match) -> Iterator[Named]:
    return _list(match["quarters"], lambda quarter: Named(quarter * 3, _year(match), months=3))


def _part_of_months(match: Match) -> Iterator[Named]:
    since, day = PARTS[match["part"]]
    return _list(match["months"], lambda month: Named(month, _year(match), day, since, derived=True))


def _part_of_some_month(match: Match) -> Iterator[Named]:
    since, day = PARTS[match["part"] or match["decade"]]
    yield Named(0, day=day, since=since, derived=True)


def _edge_days(match: Match) -> Iterator[Named]:
    count = min(int(match["count"]), 31)
    since, day = (1, count) if match["edge"] == "dau" else (32 - count, 31)
    yield Named(int(match["month"]), _year(match), day, since, derived=True)


def _weeks(match: Match) -> Iterator[Named]:
    """Week 1 of a month is its days 1 to 7; *tuần cuối* is its last seven days."""
    month = _number(match.groupdict().get("month") or "0")
    if match["edge"]:
        since, day = (1, 7) if match["edge"] == "dau" else (25, 31)
        yield Named(month, _year(match), day, since, derived=True)
        return
    yield from _list(
        match["weeks"],
        lambda week: Named(month, _year(match), min(7 * week, 31), 7 * week - 6, derived=True),
    )


def _some_days(match: Match) -> Iterator[Named]:
    return _list(match["days"], lambda day: Named(0, day=day))


def _part_of_quarter(match: Match) -> Iterator[Named]:
    back = {"dau": 2, "giua": 1}.get(match["part"], 0)
    yield Named(_number(match["quarter"]) * 3 - back, _year(match), derived=True)


def _months_of_year(match: Match) -> Iterator[Named]:
    count = int(match["count"])
    month = 12 if match["edge"] == "cuoi" else count
    yield Named(month, _year(match), months=count, derived=True)


def _part_of_year(match: Match) -> Iterator[Named]:
    if match["part"] == "cuoi" and _year(match) is None:
        yield Named(12, months=3, derived=True, whole=True)
        return
    month = {"dau": 3, "giua": 6, "nua dau": 6}.get(match["part"], 12)
    yield Named(month, _year(match), months=6 if "nua" in match["part"] else 3, derived=True)


def _years(match: Match) -> Iterator[Named]:
    return _list(match["years"], lambda year: Named(12, year, months=12, derived=True))


def _school_year(match: Match) -> Iterator[Named]:
    begun = _year(match)
    if match["part"] == "dau":
        yield Named(9, begun, derived=True)
    else:
        year = begun + 1 if begun else None
        yield Named(LESSONS_END, year, months=1 if match["part"] == "cuoi" else 10, derived=True)


def _term(match: Match) -> Iterator[Named]:
    second = Named(LESSONS_END, months=5, derived=True)
    yield FIRST_TERM if _number(match["term"]) == 1 else second


def weekday(match: Match) -> int:
    """Monday is 2, as it is called, Sunday 8."""
    said = match["weekday"]
    return 8 if said is None else WEEKDAYS.get(said) or int(said)


def _serial(match: Match) -> Iterator[Named]:
    day = date(1899, 12, 30) + timedelta(int(match[0]))
    yield Named(day.month, day.year, day.day, doubtful=True)


Meaning = Callable[[Match], Iterator[Named]] | str | None
PATTERNS: tuple[tuple[Meaning, str], ...] = (
    # The numbers and days of papers, hours and weekdays are no dates of the task.
    (None, rf"(?:(?:theo|can cu|tai)\s+)?{PAPER}\s*(?:so\s*:?\s*)?\d+{PAPERS_DAY}"),
    (None, rf"(?:theo|can cu|tai)\s+{PAPER}{PAPERS_DAY}"),
    (None, rf"(?:(?:theo|can cu|tai)\s+)?{PAPER}\s*(?:so\s*:?\s*)?\d+\s*/[a-z]\S*"),
    (
        None,
        r"(?<!\d)\d{1,2}\s*(?:(?:h|g)\s*\d\d\b(?!\s*[/-])'?|(?:h|g|gio)\b(?:\s*\d\d\b(?!\s*[/-])(?:\s*(?:phut|p)\b|')?)?"
        r"|:\d\d(?::\d\d)?)",
    ),
    # A day or month of every year is one of this year too.
    (None, r"(?<=\d)\s*,?\s*\(?(?:hang|moi)\s*nam\b"),
    ("weekdays", r"\bthu\s*(?P<weekday>[2-7]|hai|ba|tu|nam|sau|bay)\b|\bchu nhat\b|\bcn\b"),
    (None, r"\b(?:lan|dot)\s*(?:thu\s*)?(?:\d\b(?!\s*/)|i{1,3}\b|iv\b|nhat\b|hai\b)\s*:?"),
    (None, r"\btu nay\b|\bhan (?:cuoi|chot)\b|\bkhong (?:qua|muon hon|cham hon|tre hon)\b"),
    (
        "lunar",
        r"(?:(?:ngay\s*)?\d{1,2}\s*(?:/|-|\.|thang)\s*\d{1,2}(?:\s*(?:[/.-]|nam)\s*\d{4})?"
        r"\s*\(?\s*(?:nam \w+ \w+\s*)?)?amlich"
        r"|(?:ngay\s*)?\b(?:ram|mung|mong)\b(?:\s*\d{1,2}(?!\d))?(?:\s*(?:/|thang)\s*(?:\d{1,2}|gieng|chap)\b)?"
        r"|(?:(?:ngay\s*)?\d{1,2}\s*)?thang\s*(?:gieng|chap)\b"
        r"|\btet\b(?! (?:duong|tay|thieu))(?: nguyen dan)?|\bgio to\b(?: hung vuong)?|\btrung thu\b"
        r"|\bgiao thua\b|\bvu lan\b|\bdoan ngo\b",
    ),
    (
        "relative",
        r"(?:\b(?:trong|sau)\s+)?(?:vong\s+)?\b\d+\s*(?:ngay|tuan|thang|gio|nam)\s*(?:lam viec\s*)?,?\s*"
        r"(?:ke tu|tinh tu|tu khi|tu ngay|sau)\b"
        r"|\b\d+\s*(?:ngay|tuan|gio)\s*(?:lam viec\s*)?truoc\b"
        r"|\b(?:trong|sau)\s+(?:vong\s+)?\d+\s*(?:ngay|tuan|gio)\b(?!\s*(?:dau|cuoi))"
        r"|\b(?:trong vong|sau)\s+\d+\s*(?:thang|nam)\b|\b(?:ke tu|sau khi|truoc khi|ngay sau|ngay khi)\b",
    ),
    (
        _school_year,
        r"(?:\b(?P<part>dau|cuoi|het|ca|trong)\s*)?(?:nam hoc|\bnh)\b"
        r"(?:\s*:?\s*(?P<year>20\d\d)(?:\s*[-/]\s*(?:20)?\d\d\b)?)?",
    ),
    (
        _term,
        r"(?:\b(?:cuoi|het|trong|giua)\s*)?(?:\bhoc k[yi]|\bhk|(?<=cuoi )k[yi]|(?<=het )k[yi])\s*"
        r"(?P<term>1|2|ii|i)\b",
    ),
    (lambda _: iter([Named(7, months=2, derived=True)]), r"(?:nghi |trong |dip )?mua he\b"),
    (
        "always",
        r"(?:\b\d+|\bmot)\s*lan\s*(?:/|trong|mot|moi)\s*(?:\d+\s*)?(?:nam|qu[iy]|thang|tuan)\b"
        r"|(?:\d+\s*)?\b(?:nam|qu[iy]|thang|tuan)\s*(?:/|mot|1|2|hai)\s*lan\b"
        r"|\bca (?:thang|qu[iy]|tuan)\b"
        rf"|\b(?:hang|moi|tung|cac|trong|suot|quanh)\s*{UNIT}\b(?! hoc\b| dau\b| cuoi\b){NO_NUMBER}"
        r"|\bthuong xuyen\b|\bdinh ky\b|\blien tuc\b",
    ),
    (
        lambda _: iter([Named(12, months=12, derived=True, whole=True)]),
        r"\b(?:ca|het|tron|1)\s*nam\b(?!\s*:?\s*20\d\d)",
    ),
    (
        _edge_days,
        rf"\b(?P<count>\d{{1,2}})\s*ngay\s*(?P<edge>dau|cuoi)(?: cung| tien)?\s*{OF}thang\s*"
        rf"(?P<month>{BARE_MONTH}){ANY_YEAR}",
    ),
    (_weeks, rf"\b{WEEKS}\s*[,|(]?\s*{OF}thang\s*(?P<month>{MONTH}){ANY_YEAR}"),
    (_weeks, rf"\b{WEEKS}(?P<year>(?!))?"),
    (_part_of_months, rf"\b{PART}\s*{OF}(?:thang|\bt\.?)\s*{MONTHS}{ANY_YEAR}"),
    (
        _part_of_some_month,
        rf"\b(?:(?P<part>nua dau|nua cuoi|dau|giua|cuoi)\s*{OF}thang\b"
        rf"|(?P<decade>(?:thuong|trung|ha) tuan)\b){NO_NUMBER}",
    ),
    (_part_of_quarter, rf"\b(?P<part>dau|giua|cuoi)\s*{OF}qu[iy]\s*(?P<quarter>{QUARTER}){YEAR}"),
    (
        _months_of_year,
        r"(?<!\d)(?<!ngay )(?P<count>3|6|9|12)\s*thang\b(?!\s*\d{1,2}(?!\d))(?:\s*(?P<edge>dau|cuoi))?"
        r"(?:\s*(?:cua )?nam\b)?(?:\s*(?P<year>20\d\d)(?!\d))?",
    ),
    (
        _part_of_year,
        r"\b(?P<part>nua dau|nua cuoi|dau|giua|cuoi)\s*nam\b(?! hoc)(?:\s*:?\s*(?P<year>20\d\d)(?!\d))?",
    ),
    (
        _day,
        r"(?<!\d)(?P<year>\d{4})\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<day>\d{1,2})(?!\d)(?:t(?=\d))?",
    ),
    (_days, rf"\bngay\s*{DAYS}\s*[|,;(]?\s*{OF}thang\s*(?P<month>{MONTH}){YEAR}"),
    (_short_year, rf"(?<![\d/])(?P<month>{BARE_MONTH})\s*/\s*(?P<short>[2-9]\d)(?![\d/])"),
    (
        _days,
        rf"(?<![\d/])(?:\bngay\s*)?{DAYS}\s*/\s*(?P<month>{N})(?:\s*/\s*(?P<year>\d{{4}}|\d\d))?(?!\s*/|\d)",
    ),
    (
        _day,
        r"(?<![\d/])(?P<day>\d{1,2})\s*(?P<sign>[.-])\s*(?P<month>\d{1,2})\s*(?P=sign)\s*(?P<year>\d{4}|\d\d)(?![\d/])",
    ),
    (
        _months,
        rf"(?<![\d/])(?P<months>{BARE_MONTH}(?:{LINK}{BARE_MONTH})*)\s*[/.-]\s*(?P<year>20\d\d)(?!\d)",
    ),
    (_days, rf"(?<!\d){DAYS}\s*{OF}thang\s*(?P<month>{MONTH}){YEAR}(?!\s*thang)"),
    (_short_day, rf"(?<![\d/.-])(?P<day>{N})\s*[.-]\s*(?P<month>{BARE_MONTH})(?!\s*[./-]?\s*\d)"),
    (_months, rf"(?:thang|\bt\.?)\s*{MONTHS}{ANY_YEAR}"),
    (_quarters, rf"\b(?:qu[iy]|q)\.?\s*(?:thu\s*)?{QUARTERS}{ANY_YEAR}"),
    (_some_days, rf"\bngay\s*{DAYS}(?!\s*(?:lam viec|ke tu|[/.]\s*\d))"),
    (_years, rf"(?<![\d/])(?:giai doan\s*)?(?:nam\s*:?\s*)?(?P<years>20\d\d(?:{LINK}20\d\d)*)(?![\d/])"),
    (_serial, r"(?<![\d/.,-])[45]\d{4}(?![\d/.,-])"),
)
"""Where two begin at one place, the first counts. A name instead of a reader is a field of `Phrases`."""

COMPILED = tuple((meaning, re.compile(pattern)) for meaning, pattern in PATTERNS)
