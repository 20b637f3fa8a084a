"""The week's page for the Monday briefing as values, and as one HTML page that prints on a single A4 sheet.

It is drawn by `week.html`. Words come ready from the caller; this module knows no catalogue and no item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

WeekTone = Literal["late", "soon", "open", "waiting", "done"]

LINES = 40
"""Rows that one A4 sheet holds beside headings and sections."""
ROOMY = LINES // 2
"""Rows up to which each may take two lines."""
FAIR = 5
"""Rows that a section keeps however long the others are."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One item in words: `day` is the date that its section is about, `said` how it stands, `who` has it."""

    ref: str
    content: str
    day: str
    said: str
    who: str


@dataclass(frozen=True, slots=True)
class WeekSection:
    """A part of the page; `headings` are those of item, date, standing and person. It may be empty."""

    title: str
    tone: WeekTone
    headings: tuple[str, str, str, str]
    lines: tuple[WeekLine, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """`mark` says that the office is a sandbox, None for a real one; `notes` explain signs.

    `none` stands in an empty section, `more` with `{n}` in one that was cut.
    """

    office: str
    title: str
    subtitle: str
    day: str
    mark: str | None
    language: Literal["vi", "en"]
    sections: tuple[WeekSection, ...]
    none: str
    more: str
    notes: tuple[str, ...] = ()


def shared_room(lengths: Sequence[int], *, lines: int = LINES, fair: int = FAIR) -> list[int]:
    """How many rows each section may show: `fair` ones each, the rest of the page to the first that needs it.

    A section that is cut gives one of its rows to the remark that says so.
    """
    rooms = [min(length, fair) for length in lengths]
    left = lines - sum(rooms)
    for at, length in enumerate(lengths):
        given = min(length - rooms[at], max(left, 0))
        rooms[at] += given
        left -= given
    return [room if room == length else room - 1 for room, length in zip(rooms, lengths, strict=True)]


def page(week: WeekPage) -> str:
    """The week as one HTML page, to be written in UTF-8. Long sections are cut so that one sheet holds it."""
    from exchange.pages.templates import standing_alone

    rooms = shared_room([len(section.lines) for section in week.sections])
    shown = list(zip(week.sections, rooms, strict=True))
    return standing_alone("week", page=week, shown=shown, roomy=sum(rooms) <= ROOMY)
