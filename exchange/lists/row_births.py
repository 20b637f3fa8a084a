"""The birth that a row gives, in whichever of its columns."""

from __future__ import annotations

from dataclasses import replace

from exchange.lists.births import Birth, has_year, read_birth
from exchange.lists.columns import Field
from exchange.lists.proposals import CROSSES, SHOWN
from exchange.lists.row_cells import RowCells
from exchange.lists.sentences import found
from exchange.sheets.workbook import Cell, place
from workflow.model.wording import fold, shorten

OLDEST = 110
YOUNGEST = 5
BIRTHS: tuple[tuple[Field, bool, bool | None], ...] = (
    ("born", False, None),
    ("birth_year", True, None),
    ("male_born", True, False),
    ("female_born", True, True),
    ("male", True, False),
    ("female", True, True),
)
"""Columns of births: whether of years alone, and of which sex."""
PARTS: tuple[Field, ...] = ("day_born", "month_born", "birth_year")


def row_birth(row: RowCells) -> tuple[str | None, bool | None]:
    """The birth, and the sex by the column in which it stands or is crossed."""
    if row.cell("day_born") and row.cell("month_born"):
        return _in_parts(row), None
    crossed: bool | None = None
    for name, years, sex in BIRTHS:
        cell = row.cell(name)
        if cell is None or (name in ("male", "female") and not has_year(cell)):
            continue
        if sex is not None and fold(cell.text) in CROSSES:
            crossed = sex
            continue
        if row.tell_broken(cell):
            return None, sex
        birth = read_birth(cell, row.table.sheet, year_column=years, today=row.table.today)
        return (birth.born if _told(row, cell, birth) else None), sex
    return None, crossed


def _in_parts(row: RowCells) -> str | None:
    """A birth whose day, month and year stand in columns of their own."""
    cells = [cell for name in PARTS if (cell := row.cell(name)) is not None]
    first, last = cells[0], cells[-1]
    text = "/".join(cell.text.strip() for cell in cells)
    whole = replace(first, kind="text", text=text, number=None, day=None)
    birth = read_birth(whole, row.table.sheet, year_column=False, today=row.table.today)
    if birth.how:
        at = f"{place(row.entry.row, first.column)}:{place(row.entry.row, last.column)}"
        shown = {"text": text, "day": birth.shown, "year": (birth.born or "")[:4]}
        row.findings.append(found(birth.how, row.table.sheet.name, at, **shown))
    return birth.born


def _told(row: RowCells, cell: Cell, birth: Birth) -> bool:
    """Answers whether it may be a nominee's."""
    if birth.how:
        shown = shorten(cell.text, SHOWN)
        row.tell(birth.how, cell, text=shown, day=birth.shown, year=(birth.born or "")[:4])
    age = row.table.today.year - int(birth.born[:4]) if birth.born else None
    odd = age is not None and not YOUNGEST <= age <= OLDEST
    if odd:
        row.tell("odd_birth", cell, year=(birth.born or "")[:4])
    return not odd
