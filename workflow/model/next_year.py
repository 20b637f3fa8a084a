"""A plan's words a year on: which of the years in a text move, and which are better looked at by a person.

*năm 2026* becomes *năm 2027*, *năm học 2025 – 2026* the next one, `15/3/2026` the same day a year later. What
names a paper, a term of office or an event that happens once stays as it is, with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from workflow.model.calendar import WorkCalendar

YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
STAYS = {
    "paper": re.compile(
        # A paper by its number, with the day that follows: `số 01/KH-UBND ngày 04/01/2026`.
        r"(?<!\w)\d{1,5}\s*/\s*(?:20\d\d\s*/\s*)?[A-ZĐ][\w/-]*(?:\s*,?\s*ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*20\d\d)?"
    ),
    "term": re.compile(r"(?:giai đoạn|nhiệm kỳ|thời kỳ)\s*:?\s*20\d\d(?:\s*[-–—]\s*20\d\d)?", re.IGNORECASE),
}
"""What keeps its years, by the doubt that it leaves."""
ONCE = {
    "once": re.compile(r"lần thứ\s+\w+|(?<!\w)khóa\s+[IVXL\d]+|đại hội|bầu cử", re.IGNORECASE),
    "anniversary": re.compile(r"(?:kỷ|kỉ) niệm\s+\d+\s+năm|\d+\s+năm\s+ngày", re.IGNORECASE),
}
"""What names no year, and yet may hold for one alone."""


class Doubt(NamedTuple):
    """What a person should look at: one of the ids above or `year`, with the words that it is about."""

    id: str
    words: str


class Moved(NamedTuple):
    """A text a year on."""

    text: str
    doubts: tuple[Doubt, ...]


def moved(text: str, year: int) -> Moved:
    """The text of a plan of `year` as the next plan says it: the years about it go up by one.

    A year that is further away than one stays, with a doubt.
    """
    kept = sorted(
        (match.start(), match.end(), id) for id, one in STAYS.items() for match in one.finditer(text)
    )

    def stands_within(at: int) -> bool:
        return any(start <= at < end for start, end, _id in kept)

    def next_of(match: re.Match[str]) -> str:
        named = int(match[0])
        return str(named + 1) if abs(named - year) <= 1 and not stands_within(match.start()) else match[0]

    far = (
        Doubt("year", match[0])
        for match in YEAR.finditer(text)
        if abs(int(match[0]) - year) > 1 and not stands_within(match.start())
    )
    return Moved(YEAR.sub(next_of, text), (*_kept(text, kept), *far, *_once(text)))


def _kept(text: str, kept: list[tuple[int, int, str]]) -> Iterator[Doubt]:
    for start, end, id in kept:
        if YEAR.search(text, start, end):
            yield Doubt(id, " ".join(text[start:end].split()))


def _once(text: str) -> Iterator[Doubt]:
    for id, one in ONCE.items():
        if found := one.search(text):
            yield Doubt(id, " ".join(found[0].split()))


def a_year_later(day: date, calendar: WorkCalendar) -> date:
    """The same day of the next year, or the working day before it."""
    try:
        later = day.replace(year=day.year + 1)
    except ValueError:  # 29/02
        later = date(day.year + 1, 2, 28)
    return calendar.previous_working(later)
