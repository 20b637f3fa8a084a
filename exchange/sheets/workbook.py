"""A workbook as values: sheets, rows and cells with what a person sees in them, and what is hidden from him.

`exchange.sheets.reading` makes them of any file. Rows and columns count from 1, as people name cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "percent", "day", "month", "time", "truth", "error", "uncalculated"]
"""`month` is a day whose format shows no day, so that nobody wrote one; `uncalculated` a formula that no
program has worked out."""

FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000
"""The days 18/05/1927 to 09/01/2119 as numbers; a smaller number in a column of dates is a year or a slip."""


def place(row: int, column: int) -> str:
    """`B12` for row 12, column 2."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


class Area(NamedTuple):
    """Cells from one corner to the other, both within: `Area(2, 1, 3, 1)` is A2:A3."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{place(self.top, self.left)}:{place(self.bottom, self.right)}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty. `text` is what it shows, in NFC and without a rounding's digits: `1`, `92.5`,
    `31/05/2026`, `05/2026`, `85%`, `#REF!`; empty while `uncalculated`.

    `number` is that of a number, a percentage (0.85) and a truth; `day` that of a day, without its time.
    `written` is a text as the file has it, before NFC.
    """

    row: int
    column: int
    kind: Kind
    text: str
    number: float | None = None
    day: date | None = None
    formula: bool = False
    written: str = ""

    @property
    def place(self) -> str:
        return place(self.row, self.column)

    @property
    def blank(self) -> bool:
        """Whether it shows nothing, although something was typed: blanks are."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells in their order. `hidden` by hand, by a filter, a closed group, or of no height."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def at(self, column: int) -> Cell | None:
        return next((cell for cell in self.cells if cell.column == column), None)

    def text(self, column: int) -> str:
        cell = self.at(column)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with those of its rows that have a cell. `merged` are the areas merged into one cell each, of
    which the first holds the value; `filtered` where a filter is set. `from_1904`: its days count from there.
    """

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    filtered: bool = False
    from_1904: bool = False

    def row(self, number: int) -> Row | None:
        return next((row for row in self.rows if row.number == number), None)

    def at(self, row: int, column: int) -> Cell | None:
        found = self.row(row)
        return found.at(column) if found else None

    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells)

    def counted_day(self, cell: Cell) -> date | None:
        """The day that a bare number stands for as programs count days: 46163 is 21/05/2026.

        For a column of dates, where the cell has lost its format. None where it is no such number.
        """
        number = cell.number
        if cell.kind != "number" or number is None or not FIRST_SERIAL <= number <= LAST_SERIAL:
            return None
        first = date(1904, 1, 1) if self.from_1904 else date(1899, 12, 30)
        return first + timedelta(days=int(number))


@dataclass(frozen=True, slots=True)
class Workbook:
    """Every sheet of a file in its order, hidden ones too."""

    sheets: tuple[Sheet, ...]
