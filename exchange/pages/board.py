"""The year's board as values, and as one page that a chair opens in a browser or prints on A4 across.

It is drawn by `board.html`. Words come ready from the caller; this module knows no catalogue and no item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["done", "open", "soon", "late", "waiting", "cancelled"]


@dataclass(frozen=True, slots=True)
class BoardTask:
    """One task in words. `due_marks` are signs of the board's `notes`; `progress` may be empty.

    `short_due` and `brief` say the date and what is remarkable of the progress where there is little room.
    """

    ref: str
    content: str
    lead: str
    cooperating: str
    state: str
    due: str
    short_due: str
    due_marks: str
    progress: str
    brief: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class BoardQuarter:
    """A quarter under its name; it may be empty."""

    label: str
    tasks: tuple[BoardTask, ...]


@dataclass(frozen=True, slots=True)
class BoardCount:
    """How many tasks stand alike, in words."""

    label: str
    number: int
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """`mark` says that the office is a sandbox, None for a real one; `notes` explain the signs at dates.

    `headings` are those of task, lead body, state, date and progress; `rest` says how much is open of earlier
    plans.
    """

    office: str
    title: str
    day: str
    mark: str | None
    language: Literal["vi", "en"]
    headings: tuple[str, str, str, str, str]
    quarters: tuple[BoardQuarter, ...]
    counts: tuple[BoardCount, ...]
    notes: tuple[tuple[str, str], ...] = field(default=())
    rest: tuple[str, ...] = ()


def page(board: Board) -> str:
    """The board as one HTML page, to be written in UTF-8."""
    from exchange.pages.templates import standing_alone

    return standing_alone("board", page=board)
