"""The year as a picture: of each quarter how many tasks stand alike, as bars and as the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exchange.pages.board import Board, Tone
from runtime.office.words import Words
from runtime.views.board import COUNTED
from runtime.views.items import QUARTERS

BREADTH, HEIGHT = 400, 30
"""Of the drawing, and of each of its bars with the room between them, in units of the drawing."""
CANCELLED: Tone = "cancelled"
LABEL, NUMBER, LEAST = 56, 40, 16
"""The room before a bar and behind it, and what the shortest part needs for its number."""


class Part(NamedTuple):
    """Tasks of a quarter that stand alike; `x` and `width` say where the bar shows them."""

    label: str
    tone: Tone
    number: int
    x: int
    width: int


class QuarterBar(NamedTuple):
    """A quarter: each part in the order of the columns, those of no task with no width."""

    label: str
    top: int
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        return sum(part.number for part in self.parts)

    @property
    def end(self) -> int:
        return max(part.x + part.width for part in self.parts)


class YearPicture(NamedTuple):
    """`total` sums the columns; `said` is the picture in one sentence."""

    columns: tuple[tuple[str, Tone], ...]
    quarters: tuple[QuarterBar, ...]
    total: tuple[int, ...]
    said: str

    @property
    def height(self) -> int:
        return HEIGHT * len(self.quarters)


def year_picture(board: Board, words: Words) -> YearPicture:
    """Of the year's own tasks; what is open of earlier plans is none of them."""
    own = board.quarters[-len(QUARTERS) :]
    tones = [[task.tone for task in quarter.tasks] for quarter in own]
    # As in the board's counts: nobody is told that nothing was cancelled.
    kinds = [kind for kind in COUNTED if kind[0] != CANCELLED or any(CANCELLED in each for each in tones)]
    columns = tuple((words(f"board.{name}"), tone) for name, _gathered, tone in kinds)
    counts = [[sum(tone in kind[1] for tone in each) for kind in kinds] for each in tones]
    longest = max(map(sum, counts)) or 1
    bars = tuple(
        _bar(quarter.label, at * HEIGHT, columns, numbers, longest)
        for at, (quarter, numbers) in enumerate(zip(own, counts, strict=True))
    )
    total = tuple(sum(column) for column in zip(*counts, strict=True))
    said = "; ".join(f"{bar.label}: {_said(bar, words)}" for bar in bars if bar.total)
    return YearPicture(columns, bars, total, said)


def _said(bar: QuarterBar, words: Words) -> str:
    return ", ".join(f"{words.inside(part.label)} {part.number}" for part in bar.parts if part.number)


def _bar(
    label: str, top: int, columns: Sequence[tuple[str, Tone]], numbers: Sequence[int], longest: int
) -> QuarterBar:
    """The longest bar takes all the room; every part is broad enough for its number."""
    room = BREADTH - LABEL - NUMBER - LEAST * len(columns)
    parts: list[Part] = []
    x = LABEL
    for (name, tone), number in zip(columns, numbers, strict=True):
        width = LEAST + number * room // longest if number else 0
        parts.append(Part(name, tone, number, x, width))
        x += width
    return QuarterBar(label, top, tuple(parts))
