"""A sheet as its rows by number and its cells by column, with what a merged cell says in every row it
covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from exchange.sheets.workbook import Area, Cell, Sheet

Cells = Mapping[int, Cell]
LONGEST = 4_000
"""Signs of a cell that are read; ten lines of achievement have a quarter of them."""
NOTHING: Cells = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Grid:
    """`own` are the cells of each row that show something; `covered` the first cell of each area that is
    merged downwards, for the rows below its first. `blank` are rows in which blanks alone were typed."""

    sheet: Sheet
    own: Mapping[int, Cells]
    covered: Mapping[int, Cells] = field(default_factory=dict)
    tall: tuple[Area, ...] = ()
    wide: Mapping[tuple[int, int], int] = field(default_factory=dict)
    blank: tuple[int, ...] = ()

    def cut(self) -> Iterator[Cell]:
        """The cells that hold more than is read."""
        return (cell for cell in self.sheet.cells() if len(cell.text) > LONGEST)

    @classmethod
    def of(cls, sheet: Sheet) -> Grid:
        own = {
            row.number: {cell.column: _cut(cell) for cell in row.cells if _shows(cell)} for row in sheet.rows
        }
        covered: dict[int, dict[int, Cell]] = {}
        tall: list[Area] = []
        wide: dict[tuple[int, int], int] = {}
        last = max(own, default=0)
        for area in sheet.merged:
            wide[area.top, area.left] = area.right
            first = own.get(area.top, NOTHING).get(area.left)
            if first is None or area.bottom == area.top:
                continue
            tall.append(area)
            for row in range(area.top + 1, min(area.bottom, last) + 1):
                covered.setdefault(row, {})[area.left] = first
        blank = tuple(number for number, cells in own.items() if not cells)
        return cls(sheet, {n: cells for n, cells in own.items() if cells}, covered, tuple(tall), wide, blank)

    @property
    def rows(self) -> tuple[int, ...]:
        """The numbers of the rows that show something, in their order."""
        return tuple(self.own)

    def row(self, number: int) -> Cells:
        """The cells of a row, with those of merged cells that reach down into it."""
        own, covered = self.own.get(number, NOTHING), self.covered.get(number)
        return {**covered, **own} if covered else own

    def breadth(self, cell: Cell) -> int:
        """The last column of a cell that is merged with those to its right."""
        return self.wide.get((cell.row, cell.column), cell.column)


def _cut(cell: Cell) -> Cell:
    """A cell holds no book: what is searched in its text takes the longer the more there is."""
    if len(cell.text) <= LONGEST:
        return cell
    return replace(cell, text=cell.text[:LONGEST], written=cell.written[:LONGEST])


def _shows(cell: Cell) -> bool:
    return cell.kind == "uncalculated" or not cell.blank
