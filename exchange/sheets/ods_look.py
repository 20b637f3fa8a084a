"""Looks through content.xml of an OpenDocument spreadsheet, which has all sheets in one part.

Every program writes its names with the prefixes of the standard, by which python-calamine reads them too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import product

from exchange.sheets.looks import MOST_ROWS, Look, parse
from exchange.sheets.workbook import Area

MONTH_SHOWN = re.compile(r"\D*\d{1,2}\D{1,2}\d{4}|\D+\d{2}(?:\d{2})?")
"""`06/2026`, `tháng 6/2026` and `Jun-26`: a day of which only the month is shown."""
MOST_PIECES = 8
"""Of a cell's text, as the parser gives it."""
HIDDEN = frozenset({"collapse", "filter"})


def look_through(pieces: Iterator[bytes]) -> tuple[Look, ...]:
    """The sheets in their order. Raises Unreadable."""
    content = _Content()
    parse(pieces, content.start, content.end, content.text)
    return tuple(content.looks)


class _Content:
    """The part while it runs by: the open sheet, row and cell, and the text that the cell shows.

    A row, column or cell may stand for many: `rows` and `columns` are how many the open ones stand for.
    """

    def __init__(self) -> None:
        self.looks: list[Look] = []
        self.row = self.rows = self.column = self.columns = self.heading = 0
        self.cell: Mapping[str, str] | None = None
        self.shown: list[str] = []
        self.notes = 0
        self.opening: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "table:table": self._open_sheet,
            "table:table-column": self._open_column,
            "table:table-row": self._open_row,
            "table:table-cell": self._open_cell,
            "table:covered-table-cell": self._open_cell,
            "office:annotation": self._open_note,
        }

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        opening = self.opening.get(tag)
        if opening is not None:
            opening(attributes)

    def end(self, tag: str) -> None:
        if tag == "office:annotation":
            self.notes -= 1
        elif tag in ("table:table-cell", "table:covered-table-cell") and self.cell is not None:
            self._close_cell(self.cell, "".join(self.shown).strip())
            self.cell = None

    def text(self, text: str) -> None:
        if self.cell is not None and not self.notes and len(self.shown) < MOST_PIECES:
            self.shown.append(text)

    def _open_note(self, _attributes: Mapping[str, str]) -> None:
        self.notes += 1

    def _open_sheet(self, attributes: Mapping[str, str]) -> None:
        self.looks.append(Look(attributes.get("table:name", "")))
        self.row = self.rows = self.heading = 0

    def _open_column(self, attributes: Mapping[str, str]) -> None:
        first = self.heading + 1
        self.heading += _times(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in HIDDEN:
            self.looks[-1].hide_columns(first, self.heading)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        self.row += self.rows or 1
        self.rows = _times(attributes, "table:number-rows-repeated")
        self.column = self.columns = 0
        visibility = attributes.get("table:visibility")
        if visibility in HIDDEN:
            last = min(self.row + self.rows, MOST_ROWS + 1)
            self.looks[-1].hidden_rows.update(range(self.row, last))
            self.looks[-1].filtered |= visibility == "filter"

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self.column += self.columns or 1
        self.columns = _times(attributes, "table:number-columns-repeated")
        self.cell = attributes
        self.shown.clear()
        down = _times(attributes, "table:number-rows-spanned")
        across = _times(attributes, "table:number-columns-spanned")
        if down > 1 or across > 1:
            last = (self.row + down - 1, self.column + across - 1)
            self.looks[-1].merge(Area(self.row, self.column, *last))

    def _close_cell(self, cell: Mapping[str, str], shown: str) -> None:
        look, kind = self.looks[-1], cell.get("office:value-type")
        formula = "table:formula" in cell
        if not (kind or shown or formula):
            return
        look.reach(self.row, self.column, rows=self.rows, columns=self.columns)
        rows, columns = range(self.row, self.row + self.rows), range(self.column, self.column + self.columns)
        every = list(product(rows, columns))
        if formula:
            look.formulas.update(dict.fromkeys(every, kind is not None))
        if cell.get("calcext:value-type") == "error":
            look.errors.update(dict.fromkeys(every, shown))
        elif kind == "percentage":
            look.percents.update(every)
        elif kind == "date" and MONTH_SHOWN.fullmatch(shown):
            look.months.update(every)


def _times(attributes: Mapping[str, str], name: str) -> int:
    return max(int(attributes.get(name, "1")), 1)
