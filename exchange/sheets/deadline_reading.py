"""Reads the page *ấn định thời hạn* when it comes back, by whatever program it was saved.

Only what a cell holds is read here; what a filled row means is decided in `workflow.services.deadline_sheet`.
The columns are found by their headings, wherever people have moved them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from exchange.sheets.deadline_sheet import DATED, FILLED, NEEDED, Field
from exchange.sheets.reading import read_workbook
from exchange.sheets.workbook import Cell, Row, Sheet, place
from workflow.model.wording import fold
from workflow.services.deadline_sheet import FilledRow, Remark

MOST_ROWS, MOST_COLUMNS = 2_000, 64
"""A page has some twenty rows."""
NUMBER = re.compile(r"0*(\d{1,4})[.)]?")
DAY_FIRST = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-]\d{4}\s*")
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Filled:
    """A page that came back: the rows in which something is written, the cells that cannot be read, and what
    nobody may have seen in it."""

    rows: tuple[FilledRow, ...] = ()
    faults: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the page stands: its sheet, the line of the headings, and each field's column."""

    sheet: Sheet
    top: int
    columns: Mapping[Field, int]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for row in self.sheet.rows if row.number > self.top)

    def cell(self, row: Row, name: Field) -> Cell | None:
        return row.at(self.columns[name]) if name in self.columns else None

    def filled(self, *names: Field) -> Iterator[Cell]:
        """The cells below the headings of these fields."""
        cells = (self.cell(row, name) for row in self.rows for name in names)
        return (cell for cell in cells if cell is not None)


def read_page(content: bytes, headings: Mapping[Field, str]) -> Filled:
    """The page as it came back, its columns found by `headings` in whatever order. Raises Unreadable."""
    found = [_table(sheet, headings) for sheet in read_workbook(content).sheets]
    tables = [table for table in found if table is not None]
    if len(tables) != 1:
        return Filled(faults=(_no_single(tables, headings),))
    return _read_table(tables[0])


def _no_single(tables: list[_Table], headings: Mapping[Field, str]) -> Remark:
    if tables:
        return Remark("several_sheets", operands={"danh_sach": "; ".join(each.sheet.name for each in tables)})
    return Remark("no_headings", operands={"danh_sach": "; ".join(headings[name] for name in NEEDED)})


def _table(sheet: Sheet, headings: Mapping[Field, str]) -> _Table | None:
    """The page on a sheet; the first of two columns of one heading counts."""
    wanted = {fold(text): name for name, text in headings.items()}
    for row in sheet.rows:
        found: dict[Field, int] = {}
        for cell in row.cells:
            name = wanted.get(fold(cell.text)) if cell.column <= MOST_COLUMNS else None
            if name is not None:
                found.setdefault(name, cell.column)
        if found.keys() >= set(NEEDED):
            return _Table(sheet, row.number, found)
    return None


def _read_table(table: _Table) -> Filled:
    if any(row.number > MOST_ROWS for row in table.rows):
        return Filled(faults=(Remark("too_many_rows", operands={"n": MOST_ROWS}),))
    rows = [(row, _row(table, row)) for row in table.rows]
    filled = [(row, read) for row, read in rows if read.says_something]
    return Filled(
        tuple(read for _row, read in filled),
        faults=(*_merged(table), *_uncalculated(table)),
        doubts=(*_hidden(table, [row for row, _read in filled]), *_counted(table), *_turned(table)),
    )


def _merged(table: _Table) -> Iterator[Remark]:
    """Refuses cells merged over several rows: nobody can say for which of them the one value is meant."""
    filled = {table.columns[name] for name in FILLED if name in table.columns}
    for area in table.sheet.merged:
        over = filled & set(range(area.left, min(area.right, MOST_COLUMNS) + 1))
        if area.top > table.top and area.bottom > area.top and over:
            yield Remark("merged", place(area.top, min(over)))


def _uncalculated(table: _Table) -> Iterator[Remark]:
    """Refuses cells with an error and formulas that no program has calculated yet."""
    for cell in table.filled(*FILLED):
        if cell.kind in ("error", "uncalculated"):
            yield Remark("formula", cell.place)


def _hidden(table: _Table, filled: list[Row]) -> Iterator[Remark]:
    """What is filled in where who approved the page did not see it."""
    if filled and table.sheet.hidden:
        yield Remark("hidden_sheet", operands={"ten": table.sheet.name})
    rows = [str(row.number) for row in filled if row.hidden]
    if rows:
        yield Remark("hidden_rows", operands={"n": len(rows), "danh_sach": ", ".join(rows)})
    for name in FILLED:
        column = table.columns.get(name)
        if column in table.sheet.hidden_columns and any(table.filled(name)):
            yield Remark("hidden_column", place(table.top, column))


def _counted(table: _Table) -> Iterator[Remark]:
    for cell in table.filled(*DATED):
        day = table.sheet.counted_day(cell)
        if day is not None:
            yield Remark("counted", cell.place, {"gia_tri": cell.text, "ngay": day})


def _turned(table: _Table) -> Iterator[Remark]:
    """Days of which a program that reads the month first may have made another: it leaves 20/5/2026 as text
    and takes 6/5/2026 for 5 June, so that none of its days is later than the twelfth."""
    for name in DATED:
        cells = list(table.filled(name))
        days = [(cell, cell.day) for cell in cells if cell.day is not None]
        if any(day.day > MONTHS for _cell, day in days) or not any(map(_stayed_text, cells)):
            continue
        for cell, day in days:
            if day.day != day.month:
                other = day.replace(day=day.month, month=day.day)
                yield Remark("turned", cell.place, {"ngay": day, "ngay_khac": other})


def _stayed_text(cell: Cell) -> bool:
    """Whether it is a day typed as `20/5/2026` that the program left as text."""
    match = DAY_FIRST.fullmatch(cell.text) if cell.kind == "text" else None
    return match is not None and int(match[1]) > MONTHS >= int(match[2])


def _row(table: _Table, row: Row) -> FilledRow:
    cells: dict[Field, Cell | None] = {name: table.cell(row, name) for name in table.columns}
    texts = {name: _text(cell) for name, cell in cells.items()}
    number = NUMBER.fullmatch(texts["number"])
    days = {name: cell.day if cell else None for name, cell in cells.items()}
    return FilledRow(
        cells={name: place(row.number, table.columns[name]) for name in FILLED if name in table.columns},
        stamp=texts.get("stamp", ""),
        number=int(number[1]) if number else None,
        content=texts["content"],
        due=days["due"],
        day=_day(table.sheet, cells["date"]),
        source=texts["source"],
        note=texts.get("note", ""),
        target=_day(table.sheet, cells.get("target")),
        offered=days.get("offered"),
        usual=texts.get("usual", ""),
    )


def _day(sheet: Sheet, cell: Cell | None) -> date | str | None:
    """A cell with a date, without its time of day; the text of any other cell, None for an empty one."""
    if cell is None:
        return None
    return cell.day or sheet.counted_day(cell) or _text(cell) or None


def _text(cell: Cell | None) -> str:
    """A cell's text; empty where it holds nothing but blanks and invisible signs, or an error."""
    if cell is None or cell.kind == "error":
        return ""
    text = cell.text.strip()
    return text if fold(text) else ""
