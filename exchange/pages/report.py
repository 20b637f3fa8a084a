"""A report as one HTML page: its parts, its tables, and its pictures as drawings (SVG) within the page.

It is drawn by `report.html`. Words come ready from the caller; this module knows no catalogue and no award.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from exchange.papers.blocks import Bars, Block, Heading, PaperTable, Prose

BREADTH, HEIGHT = 700, 26
"""Of a drawing, and of each of its bars with the room between them, in units of the drawing."""
LABEL, NUMBER = 260, 50
"""The room before the bars and behind them."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`mark` says that the office is a sandbox, None for a real one."""

    office: str
    title: str
    day: str
    mark: str | None
    language: Literal["vi", "en"]
    blocks: tuple[Block, ...]


class DrawnBar(NamedTuple):
    """A bar of a drawing, `top` from above and `width` long; its number stands behind it at `end`."""

    label: str
    number: int
    top: int
    width: int
    end: int


def drawn(picture: Bars) -> tuple[DrawnBar, ...]:
    """The longest bar takes all the room; what is more than nothing is seen."""
    longest = max((number for _label, number in picture.bars), default=0) or 1
    room = BREADTH - LABEL - NUMBER
    widths = [-(-number * room // longest) for _label, number in picture.bars]
    return tuple(
        DrawnBar(label, number, at * HEIGHT, width, LABEL + width + 6)
        for at, ((label, number), width) in enumerate(zip(picture.bars, widths, strict=True))
    )


KINDS = {Heading: "heading", Prose: "prose", PaperTable: "table", Bars: "bars"}


def page(report: ReportPage) -> str:
    """The report as one HTML page, to be written in UTF-8."""
    from exchange.pages.templates import standing_alone

    shown = [(KINDS[type(block)], block) for block in report.blocks]
    room = {"breadth": BREADTH, "height": HEIGHT, "label": LABEL}
    return standing_alone("report", page=report, shown=shown, drawn=drawn, room=room)
