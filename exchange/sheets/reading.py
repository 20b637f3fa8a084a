"""Reads a workbook as offices write it: .xlsx, .xlsm, .xls, .ods and .csv, told apart by content.

Only this module loads python-calamine, which gives the values; `exchange.sheets.package` has measured the
file before and says what is hidden, merged or not calculated. What a table means is nobody's business here.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exchange.sheets import package, xls_look
from exchange.sheets.compound import SIGNATURE
from exchange.sheets.csv_text import read_csv
from exchange.sheets.faults import Unreadable
from exchange.sheets.looks import GRID, MEGABYTE, MOST_CELLS, At, Look, Package
from exchange.sheets.workbook import Area, Cell, Row, Sheet, Workbook
from workflow.model.signs import readable
from workflow.model.wording import date_vi

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

LIMIT = 10
"""Megabytes that a workbook may have."""
ARCHIVE = b"PK\x03\x04"
OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "word"),
)
PAGES = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<style", b"mime-version:")
BEGINNING = 1024

Value = int | float | str | bool | time | date | datetime | timedelta


def read_workbook(content: bytes) -> Workbook:
    """Every sheet with what people see in it, hidden ones too. Raises Unreadable."""
    if len(content) > LIMIT * MEGABYTE:
        raise Unreadable("too_large", limit=LIMIT)
    other = _other(content)
    if other is not None:
        raise Unreadable(other)
    if content.startswith(ARCHIVE):
        return _package(package.measured(content))
    if content.startswith(SIGNATURE):
        return _package(xls_look.measured(content))
    return read_csv(content)


def _other(content: bytes) -> str | None:
    """What it is instead of a workbook or text; web programs give pages out under a workbook's name."""
    beginning = content[:BEGINNING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not beginning:
        return "empty"
    if beginning.startswith(b"<?xml") and b"schemas-microsoft-com:office" in beginning:
        return "xml"
    if beginning.startswith((b"<", b"mime-version:")) and any(each in beginning for each in PAGES):
        return "html"
    return next((cause for magic, cause in OTHERS if content.startswith(magic)), None)


def _package(measured: Package) -> Workbook:
    _bound(measured.looks)
    from python_calamine import CalamineWorkbook

    with _told():
        book = CalamineWorkbook.from_filelike(io.BytesIO(measured.content))
        if len(book.sheets_metadata) != len(measured.looks):
            raise Unreadable("broken")
    sheets = (_sheet(book, at, look, from_1904=measured.from_1904) for at, look in enumerate(measured.looks))
    return Workbook(tuple(sheets))


def _bound(looks: Sequence[Look]) -> None:
    """Raises Unreadable for sheets that are only together more than is read."""
    fullest = max(looks, key=lambda look: look.cells, default=None)
    grid = sum(look.last_row * look.last_column for look in looks)
    if fullest and (sum(look.cells for look in looks) > MOST_CELLS or grid > GRID):
        raise Unreadable("too_many_cells", sheet=fullest.name, limit=MOST_CELLS)


@contextmanager
def _told() -> Iterator[None]:
    """What python-calamine cannot read becomes Unreadable; it lets Python's own errors and panics through."""
    from python_calamine import PasswordError

    try:
        yield
    except PasswordError as error:
        raise Unreadable("password") from error
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Unreadable("broken") from error
        raise


def _sheet(book: CalamineWorkbook, at: int, look: Look, *, from_1904: bool) -> Sheet:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    known, covered = book.sheets_metadata[at], _under_others(look)
    cells: list[Cell] = []
    if known.typ == SheetTypeEnum.WorkSheet:
        with _told():
            cells = list(_cells(book.get_sheet_by_index(at), look))
    return Sheet(
        name=readable(known.name),
        rows=tuple(_rows((cell for cell in cells if not covered(cell)), look)),
        hidden=known.visible != SheetVisibleEnum.Visible,
        hidden_columns=frozenset(look.hidden_columns),
        merged=tuple(sorted(look.merged)),
        filtered=look.filtered,
        from_1904=from_1904,
    )


def _cells(values: CalamineSheet, look: Look) -> Iterator[Cell]:
    """The cells with content, those that python-calamine leaves empty too: errors and formulas."""
    left_empty = {at for at, calculated in look.formulas.items() if not calculated} | look.errors.keys()
    _, left = values.start or (0, 0)
    # Rows are given from the sheet's first one on, cells from the first column that has content.
    for row, line in enumerate(values.iter_rows(), 1):
        for column, value in enumerate(line, left + 1):
            if value != "":
                left_empty.discard((row, column))
                yield _cell((row, column), value, look)
    for at in left_empty:
        yield _cell(at, "", look)


def _under_others(look: Look) -> Callable[[Cell], bool]:
    """Whether a cell lies under a merged one, where nobody sees what it holds."""
    by_row: dict[int, list[Area]] = defaultdict(list)
    for area in look.merged:
        for row in range(area.top, min(area.bottom, look.last_row) + 1):
            by_row[row].append(area)
    return lambda cell: any(
        area.left <= cell.column <= area.right and (cell.row, cell.column) != (area.top, area.left)
        for area in by_row.get(cell.row, ())
    )


def _cell(at: At, value: Value, look: Look) -> Cell:
    formula = at in look.formulas
    if at in look.errors:
        return Cell(*at, "error", look.errors[at], formula=formula)
    if value == "":
        return Cell(*at, "uncalculated", "", formula=True)
    if isinstance(value, str):
        return Cell(*at, "text", _text(value), formula=formula, written=value)
    if isinstance(value, bool):
        return Cell(*at, "truth", "TRUE" if value else "FALSE", number=float(value), formula=formula)
    if isinstance(value, date):
        return _day(at, value, formula=formula, month=at in look.months)
    if isinstance(value, time | timedelta):
        return Cell(*at, "time", _clock(value), formula=formula)
    if at in look.percents:
        return Cell(*at, "percent", f"{_digits(value * 100)}%", number=float(value), formula=formula)
    return Cell(*at, "number", _digits(value), number=float(value), formula=formula)


def _text(value: str) -> str:
    """As the house keeps it, without the apostrophe by which people tell a program that a number is text."""
    text = readable(value)
    return text[1:] if text.startswith("'") and text.count("'") == 1 < len(text) else text


def _day(at: At, value: date, *, formula: bool, month: bool) -> Cell:
    day = value.date() if isinstance(value, datetime) else value
    if month:
        return Cell(*at, "month", f"{day:%m/%Y}", formula=formula)
    clock = f" {value:%H:%M}" if isinstance(value, datetime) else ""
    return Cell(*at, "day", date_vi(day) + clock, day=day, formula=formula)


def _clock(value: time | timedelta) -> str:
    """`8:30`; of a span `30:00`."""
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    minutes = int(value.total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _digits(number: float) -> str:
    """As programs show it: of fifteen digits at most, written out, `1` for 1.0."""
    return format(Decimal(f"{number:.15g}") + 0, "f")


def _rows(cells: Iterable[Cell], look: Look) -> Iterator[Row]:
    rows: Mapping[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
    for number in sorted(rows):
        line = sorted(rows[number], key=lambda cell: cell.column)
        yield Row(number, tuple(line), hidden=number in look.hidden_rows)
