"""The table of tasks while it is put together: what has been met of the document, and what may still follow.

`exchange.plan.rows` and `exchange.plan.paragraphs` decide what a row or a paragraph is, and note it here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from exchange.plan.columns import Columns
from exchange.plan.dates import Heading, read_heading
from exchange.plan.document import Paragraph
from exchange.plan.problems import Problems
from exchange.plan.task_row import TaskRow, quoted


@dataclass(slots=True)
class Assembly:
    """One pass over a document, with what it has met so far.

    `known` tells whether a text lists known bodies and nothing else, `numbers` whether any row has a number.

    `open`: the table goes on. `closed`: signatures or a new section came after it, and only a row with the
    next number reopens it. `fresh`: no task has stood below the header or heading yet. `paused` are the
    paragraphs between rows, of which only the next row tells whether they were the end. `cut_heading` is
    `QUÝ` alone in a row, whose number stands in the next. `lacking`: so many cells the last row has fewer
    than the header, because a cell of several lines was copied as lines of its own.
    """

    problems: Problems
    known: Callable[[str], bool]
    numbers: bool
    columns: Columns | None = None
    first_columns: Columns | None = None
    header_line: int | None = None
    rows: list[TaskRow] = field(default_factory=list)
    before: list[Paragraph] = field(default_factory=list)
    after: list[Paragraph] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    open: bool = False
    closed: bool = False
    fresh: bool = False
    paused: list[Paragraph] = field(default_factory=list)
    cut_heading: str = ""
    quarter: Heading | None = None
    stretch: int = 0
    page: int = 0
    lacking: int = 0

    def take_header(self, columns: Columns, line: int) -> None:
        # `QUÝ I` may stand as a line above the first table.
        if self.columns is None and self.before and (found := read_heading(self.before[-1].text)):
            self.take_heading(found)
        if self.first_columns is None or (self.first_columns is self.columns and not self.rows):
            self.first_columns = columns
            self.header_line = self.header_line or line
        self.columns = columns
        self.open = True
        self.fresh = True
        self.page += 1
        self.lacking = 0
        if not self.closed:
            self.resume()

    def take_heading(self, found: Heading) -> None:
        """A heading of time: the rows below it are of its quarter or month."""
        self.quarter = found
        self.headings.append(found)
        self._part()

    def take_group(self, text: str, line: int | None) -> None:
        """A heading that says no time; it is told, since it could have been a task."""
        self.problems.warn(line, "heading_unread", text=quoted(text))
        self._part()

    def _part(self) -> None:
        self.stretch += 1
        self.fresh = False

    def add_prose(self, paragraph: Paragraph) -> None:
        (self.after if self.rows else self.before).append(paragraph)

    def pause(self, paragraph: Paragraph) -> None:
        """A paragraph that belongs to no row: the end of the table, unless rows follow."""
        if not self.rows:
            self.open = False
        else:
            self.paused.append(paragraph)
        self.add_prose(paragraph)

    def resume(self) -> None:
        """The table goes on: a paragraph that stood between was no end of it, and is told as not read."""
        for paragraph in self.paused if self.rows else ():
            self.problems.warn(paragraph.line, "line_unread", text=quoted(paragraph.text))
        told = set(map(id, self.paused))
        self.after = [paragraph for paragraph in self.after if id(paragraph) not in told]
        self.paused = []
        self.open = True
        self.closed = False

    def close(self) -> None:
        self.open = False
        self.closed = True
        self.paused = []
