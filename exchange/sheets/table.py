"""A table with headings in a workbook or text: its rows as words by the names that the headings stand for.

What is not read, or read although nobody sees it, is told by its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exchange.sheets.reading import read_workbook
from exchange.sheets.workbook import Cell, Row, Sheet, place
from workflow.model.wording import fold

COUNTED = frozenset(map(fold, ("TT", "STT", "Số TT", "No.")))
"""Headings of a column that only counts the rows."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """`number` is the row's in its sheet, `words` what its cells say, `unread` the cells with an error or a
    formula that was never calculated."""

    number: int
    words: Mapping[str, str]
    unread: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`left_out` are the headings of columns that stand for nothing, each with its place; `hidden` are the
    places of those that nobody sees."""

    rows: tuple[TableRow, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()


def read_table(content: bytes, names: Mapping[str, Sequence[str]], *, needed: str) -> Table | None:
    """The first table with a heading that stands for `needed`, in a sheet that is shown where there is one.

    `names` are what the columns stand for, each with the headings that say so. A text of one column without
    such a heading is a list of what is `needed`. None where there is no table. Raises Unreadable.
    """
    wanted = {fold(heading): name for name, headings in names.items() for heading in (name, *headings)}
    sheets = sorted(read_workbook(content).sheets, key=lambda sheet: sheet.hidden)
    for sheet in sheets:
        for row in sheet.rows:
            columns = _columns(row, wanted)
            if needed in columns.values():
                return _table(sheet, row, columns)
    alone = sheets[0] if len(sheets) == 1 else None
    if alone is not None and not alone.name and {cell.column for cell in alone.cells()} == {1}:
        return Table(tuple(_row(row, {1: needed}) for row in alone.rows if not row.cells[0].blank))
    return None


def _columns(row: Row, wanted: Mapping[str, str]) -> dict[int, str]:
    """What the columns stand for; the first of two of one heading counts."""
    found: dict[int, str] = {}
    for cell in row.cells:
        name = wanted.get(fold(cell.text))
        if name is not None and name not in found.values():
            found[cell.column] = name
    return found


def _table(sheet: Sheet, top: Row, columns: Mapping[int, str]) -> Table:
    rows = [_row(row, columns) for row in sheet.rows if row.number > top.number]
    left_out = [
        cell for cell in top.cells if not (cell.blank or cell.column in columns or fold(cell.text) in COUNTED)
    ]
    return Table(
        tuple(row for row in rows if row.words or row.unread),
        tuple((place(top.number, cell.column), cell.text.strip()) for cell in left_out),
        tuple(place(top.number, column) for column in sorted(columns.keys() & sheet.hidden_columns)),
    )


def _row(row: Row, columns: Mapping[int, str]) -> TableRow:
    cells = [(columns[cell.column], cell) for cell in row.cells if cell.column in columns]
    return TableRow(
        row.number,
        {name: cell.text.strip() for name, cell in cells if not (_is_unread(cell) or cell.blank)},
        tuple(cell.place for _name, cell in cells if _is_unread(cell)),
        row.hidden,
    )


def _is_unread(cell: Cell) -> bool:
    return cell.kind in ("error", "uncalculated")
