"""Days as lists write them: a real date, a serial number, `15.8.85`, `1988-09-01`, `7/1994`, a year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from exchange.sheets.workbook import Cell, Sheet

How = Literal["date_text", "serial_date", "month_only", "year_only", "date_for_year", "no_such_day", ""]
"""What there is to say of a birth: the code of its finding."""

DAY_FIRST = re.compile(r"(\d{1,2})\s*[./\-\s]\s*(\d{1,2})\s*[./\-\s]\s*(\d{4}|\d{2})\.?")
YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})(?:[T ].*)?")
SPELT = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:,\s*)?năm\s*(\d{4})", re.IGNORECASE)
MONTH = re.compile(r"(?:tháng\s*)?(?P<month>\d{1,2})\s*(?:[./-]|năm)\s*(?P<year>\d{4})", re.IGNORECASE)
YEAR_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[./-]\s*(?P<month>\d{1,2})")
YEAR = re.compile(r"(?:năm\s*|sinh\s*|sn\s*)?((?:19|20)\d\d)(?:\.0)?", re.IGNORECASE)
SERIAL = re.compile(r"\d{5}")
SOME_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
ANYWHERE = re.compile(
    r"(?:ngày\s*)?(\d{1,2}\s*(?:/|\.|-|\s*tháng\s*)\s*\d{1,2}\s*(?:/|\.|-|\s*năm\s*)\s*(?:\d{4}|\d{2}))(?!\d)"
)
YOUNGEST = 5
"""Years of age below which a birth in this century is more likely one of the last."""


@dataclass(frozen=True, slots=True)
class Birth:
    """`1974-03-02`, `1994-07`, `1968`, or None; `how` is the code of what is said of it."""

    born: str | None
    how: How = ""

    @property
    def shown(self) -> str:
        """`15/08/1985`."""
        return "/".join(reversed((self.born or "").split("-")))


def read_birth(cell: Cell, sheet: Sheet, *, year_column: bool, today: date) -> Birth:
    """What a cell of births says; of a column of years only the year is taken."""
    found = _birth(cell, sheet, today)
    if not year_column:
        return found
    if found.born is None:
        years = SOME_YEAR.findall(cell.text) if not DAY_FIRST.search(cell.text) else []
        return Birth(years[0]) if len(years) == 1 else found
    how: How = "" if len(found.born) == len("1968") else "date_for_year"
    return Birth(found.born[:4], "month_only" if found.how == "month_only" else how)


def _birth(cell: Cell, sheet: Sheet, today: date) -> Birth:
    if cell.day is not None:
        return Birth(cell.day.isoformat())
    text = " ".join(cell.text.split()).strip(" .,;")
    # A file of text has the serial number as text.
    number = replace(cell, kind="number", number=float(text)) if SERIAL.fullmatch(text) else cell
    if (counted := sheet.counted_day(number)) is not None:
        return Birth(counted.isoformat(), "serial_date")
    if match := YEAR.fullmatch(text):
        return Birth(match[1], "year_only")
    month = MONTH.fullmatch(text) or YEAR_MONTH.fullmatch(text)
    if month and 1 <= int(month["month"]) <= 12:
        return Birth(f"{month['year']}-{int(month['month']):02}", "month_only")
    short = False
    if match := YEAR_FIRST.fullmatch(text):
        numbers = match[3], match[2], match[1]
    elif match := DAY_FIRST.fullmatch(text) or SPELT.fullmatch(text):
        numbers = match[1], match[2], match[3]
        short = len(match[3]) == 2
    else:
        return Birth(None, "no_such_day")
    day = _day(*numbers, today, youngest=YOUNGEST)
    if day is None:
        return Birth(None, "no_such_day")
    return Birth(day.isoformat(), "date_text" if short else "")


def _day(day: str, month: str, year: str, today: date, *, youngest: int = 0) -> date | None:
    """A year of two digits is the last one that lies so many years back."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if 2000 + number <= today.year - youngest else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def has_year(cell: Cell) -> bool:
    """Whether a cell names a year, as columns of men and women may."""
    return SOME_YEAR.search(cell.text) is not None


def day_in(text: str, today: date) -> date | None:
    """The first day that a text names: of `QĐ số 21/QĐ-UBND ngày 20/5/2026` the 20th of May."""
    match = ANYWHERE.search(text)
    if match is None:
        return None
    numbers = re.findall(r"\d+", match[1])
    return _day(numbers[0], numbers[1], numbers[2], today)


def days_in(text: str, today: date) -> tuple[date, ...]:
    """Every day that a text names, in its order."""
    found = (re.findall(r"\d+", match[1]) for match in ANYWHERE.finditer(text))
    days = (_day(numbers[0], numbers[1], numbers[2], today) for numbers in found)
    return tuple(day for day in days if day is not None)
