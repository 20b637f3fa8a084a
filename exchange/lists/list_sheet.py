"""A list of nominees as a workbook: the blank one that bodies fill in, and a dossier's written back.

Only the layout is made here; words (Vietnamese) come ready from the caller. It is read again, so titles,
statement and signatures stand where offices put them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from exchange.sheets.layout import FONT, print_across, workbook_bytes

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None

LINE_HEIGHT, LEAST_HEIGHT, SIGNING_HEIGHT = 16, 22, 60
"""In points. They are set because not every program measures wrapped text when it opens a file."""
BREADTH = 122
"""In characters, of a page that is printed without being made smaller: narrower lists are spread over it."""
NARROW = 8
LEFT_SHARE = 0.42
"""Of the breadth that the issuer takes, left of the country's name."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`width` is the least, in characters; `choices` are offered in a drop-down, and others may be typed all
    the same. What is typed into a column that is no `number` stays as typed: programs make a day of 5/8."""

    heading: str
    width: int
    number: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Rows under a heading of their own, or under none where the list has one group."""

    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ListSheet:
    """`issuer` and `country` are two lines each, left and right; `dated` stands below the right ones,
    `titles` (the first one large) and `enclosed` over the table, `statement` below it. `signing` are the two
    who sign, `signed` the words in brackets under each; `lookup` is the name of the hidden sheet with what
    drop-downs offer, `mark` tells a sandbox."""

    name: str
    mark: str | None
    issuer: tuple[str, str]
    country: tuple[str, str]
    dated: str
    titles: tuple[str, str]
    enclosed: str
    columns: tuple[ListColumn, ...]
    groups: tuple[ListGroup, ...]
    statement: str
    signing: tuple[str, str]
    signed: str
    lookup: str
    page: str
    made: datetime


def list_workbook(listed: ListSheet) -> bytes:
    """The file's bytes; equal lists give equal bytes."""

    def write(made: Workbook) -> None:
        _Writing(made, made.add_worksheet(listed.name), listed).write()

    return workbook_bytes(listed.titles, listed.made, write)


class _Writing:
    """One sheet while it is written, from the top down."""

    def __init__(self, made: Workbook, sheet: Worksheet, listed: ListSheet) -> None:
        self.made = made
        self.sheet = sheet
        self.listed = listed
        self.last = len(listed.columns) - 1
        self.widths = _spread([column.width for column in listed.columns])
        self.row = 0
        self.forms: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        self._head()
        heading = self.row
        self._heading()
        first = self.row
        for group in self.listed.groups:
            self._group(group)
        self._offer(first, self.row - 1)
        self._end()
        print_across(
            self.sheet, heading=heading, last=(self.row, self.last), margin=0.7, page=self.listed.page
        )

    def _form(self, **look: Any) -> Format:
        key = tuple(look.items())
        if key not in self.forms:
            self.forms[key] = self.made.add_format({"font_name": FONT, "font_size": 12, **look})
        return self.forms[key]

    # Over the table

    def _head(self) -> None:
        listed = self.listed
        centred = {"align": "center", "valign": "vcenter", "text_wrap": True}
        if listed.mark:
            self._across(listed.mark, 0, self.last, bold=True, **centred)
            self.row += 1
        split = self._split()
        for left, right in zip(listed.issuer, listed.country, strict=True):
            self._across(left, 0, split, bold=left == listed.issuer[1], **centred)
            self._across(right, split + 1, self.last, bold=True, **centred)
            self.row += 1
        self._across(listed.dated, split + 1, self.last, italic=True, **centred)
        self.row += 2
        for at, title in enumerate(listed.titles):
            self._across(title, 0, self.last, bold=True, **{**centred, "font_size": 14 if at == 0 else 13})
            self.row += 1
        self._across(listed.enclosed, 0, self.last, italic=True, **centred)
        self.row += 2

    def _split(self) -> int:
        """The last column of the left half; either half has one at least."""
        widths = self.widths
        within = (at for at in range(self.last) if sum(widths[: at + 1]) >= LEFT_SHARE * sum(widths))
        return next(within, 0)

    def _across(self, text: str, first: int, last: int, **look: Any) -> None:
        lines = _lines(text, sum(self.widths[first : last + 1]))
        self.sheet.set_row(self.row, LINE_HEIGHT * lines + 2)
        form = self._form(**look)
        if first == last:
            self.sheet.write_string(self.row, first, text, form)
        else:
            self.sheet.merge_range(self.row, first, self.row, last, text, form)

    # The table

    def _heading(self) -> None:
        look = {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True, "border": 1}
        form = self._form(**look, bg_color="#E7ECF2")
        for at, column in enumerate(self.listed.columns):
            self.sheet.set_column(at, at, self.widths[at])
            self.sheet.write_string(self.row, at, column.heading, form)
        tallest = max(map(_lines, (column.heading for column in self.listed.columns), self.widths))
        self.sheet.set_row(self.row, LINE_HEIGHT * (tallest + 1))
        self.row += 1

    def _group(self, group: ListGroup) -> None:
        if group.heading:
            self.sheet.set_row(self.row, LEAST_HEIGHT)
            form = self._form(bold=True, border=1, valign="vcenter")
            self.sheet.merge_range(self.row, 0, self.row, self.last, group.heading, form)
            self.row += 1
        for cells in group.rows:
            self._line(cells)

    def _line(self, cells: Sequence[Cell]) -> None:
        tallest = max(map(_lines, (str(cell or "") for cell in cells), self.widths))
        self.sheet.set_row(self.row, max(LINE_HEIGHT * tallest, LEAST_HEIGHT))
        for at, (cell, column) in enumerate(zip(cells, self.listed.columns, strict=True)):
            self._cell(at, cell, column)
        self.row += 1

    def _cell(self, at: int, cell: Cell, column: ListColumn) -> None:
        """Text has a format of text: what begins like a formula is none after somebody edits it either."""
        look = {"border": 1, "valign": "top", "text_wrap": True}
        if isinstance(cell, str):
            self.sheet.write_string(self.row, at, cell, self._form(**look, num_format="@"))
        elif cell is None:
            form = self._form(**look) if column.number else self._form(**look, num_format="@")
            self.sheet.write_blank(self.row, at, None, form)
        else:
            self.sheet.write_number(self.row, at, cell, self._form(**look, align="center"))

    def _offer(self, first: int, last: int) -> None:
        """Drop-downs from the hidden sheet; a word that is not offered is asked about and may stand."""
        from xlsxwriter.utility import xl_range_abs

        offered = [(at, column) for at, column in enumerate(self.listed.columns) if column.choices]
        if not offered or last < first:
            return
        lookup = self.made.add_worksheet(self.listed.lookup)
        lookup.hide()
        for beside, (at, column) in enumerate(offered):
            lookup.write_column(0, beside, (column.heading, *column.choices))
            source = xl_range_abs(1, beside, len(column.choices), beside)
            rule = {
                "validate": "list",
                "source": f"='{self.listed.lookup}'!{source}",
                "error_type": "warning",
            }
            self.sheet.data_validation(first, at, last, at, rule)

    # Below the table

    def _end(self) -> None:
        self.row += 1
        self._across(self.listed.statement, 0, self.last, italic=True, text_wrap=True)
        self.row += 2
        split = self._split()
        halves = tuple(zip(((0, split), (split + 1, self.last)), self.listed.signing, strict=True))
        for text, look in ((None, {"bold": True}), (self.listed.signed, {"italic": True})):
            for (first, last), who in halves:
                self._across(who if text is None else text, first, last, align="center", **look)
            self.row += 1
        self.sheet.set_row(self.row, SIGNING_HEIGHT)


def _spread(widths: list[int]) -> list[int]:
    """The widths, made broader alike where they leave a page empty; a number needs no more than it has."""
    broad = sum(width for width in widths if width > NARROW)
    spare = max(BREADTH - sum(widths), 0)
    return [width + spare * width // broad if width > NARROW else width for width in widths]


def _lines(text: str, width: int) -> int:
    """How many lines a text takes; a column holds a tenth more letters than digits."""
    return sum(len(wrap(line, max(width * 11 // 10, 1))) or 1 for line in text.split("\n"))
