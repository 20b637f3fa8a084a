"""A sender's file opened to be written into: itself where openpyxl can, else a new one of its cells."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from copy import copy
from typing import TYPE_CHECKING, Any

from exchange.sheets.looks import MOST_CELLS
from exchange.sheets.package import UNPACKED_LIMIT
from exchange.sheets.workbook import Cell, Sheet, Workbook

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenedBook
    from openpyxl.worksheet.worksheet import Worksheet

MANIFEST, MACROS = "[Content_Types].xml", "xl/vbaProject.bin"
CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML has no way to hold; a damaged file may."""
FORBIDDEN = re.compile(r"[\[\]:*?/\\\0-\x1f\ufffe\uffff]")
"""In the name of a sheet of Excel, which has 31 characters at most."""
LONGEST_NAME, NARROWEST, BROADEST = 31, 6, 50


def has_macros(content: bytes) -> bool:
    """Whether it is a workbook with macros, which Excel opens under the name .xlsm alone."""
    return zipfile.is_zipfile(io.BytesIO(content)) and MACROS in _parts(content)


def opened(content: bytes, *, macros: bool) -> OpenedBook | None:
    """The file itself. None where it is no .xlsx or .xlsm, or too large for that; of a damaged one openpyxl
    raises whatever the damage causes."""
    from openpyxl import load_workbook

    if not _is_opened(content):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it drops, which is told by `losses`
        return load_workbook(io.BytesIO(content), keep_vba=macros, rich_text=True)


def _parts(content: bytes) -> frozenset[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return frozenset(archive.namelist())


def _is_opened(content: bytes) -> bool:
    """openpyxl keeps every part in memory, and every cell that has a format and nothing in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if MANIFEST not in archive.namelist() or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
            return False
        sheets = (part for part in parts if "worksheets/" in part.filename)
        return sum(len(CELL.findall(archive.read(part))) for part in sheets) <= MOST_CELLS


def copied(book: Workbook) -> OpenedBook:
    """A new file of the same cells, each sheet in its place; what was a formula is its value."""
    from openpyxl import Workbook as NewBook

    made = NewBook()
    made.remove(made.active)
    for sheet in book.sheets:
        worksheet = made.create_sheet(FORBIDDEN.sub(" ", sheet.name)[:LONGEST_NAME])
        _copy(sheet, worksheet)
    return made


def _copy(sheet: Sheet, worksheet: Worksheet) -> None:
    from openpyxl.utils import get_column_letter

    widths: dict[int, int] = {}
    written = None
    for cell in sheet.cells():
        written = _write(worksheet, cell, like=written)
        longest = max(map(len, cell.text.splitlines()), default=0)
        widths[cell.column] = max(widths.get(cell.column, NARROWEST), longest)
    for area in sheet.merged:
        worksheet.merge_cells(str(area))
    for column, width in widths.items():
        worksheet.column_dimensions[get_column_letter(column)].width = min(width + 2, BROADEST)
    for column in sheet.hidden_columns:
        worksheet.column_dimensions[get_column_letter(column)].hidden = True
    for row in sheet.rows:
        worksheet.row_dimensions[row.number].hidden = row.hidden
    worksheet.sheet_state = "hidden" if sheet.hidden else "visible"


def _write(worksheet: Worksheet, cell: Cell, *, like: Any) -> Any:
    """Answers with a cell of text for the next one to look like, if there was one."""
    written = worksheet.cell(cell.row, cell.column)
    if cell.kind == "number":
        written.value = cell.number
    elif cell.kind == "percent":
        written.value, written.number_format = cell.number, "0.##%"
    elif cell.kind == "day" and cell.day is not None:
        written.value, written.number_format = cell.day, "dd/mm/yyyy"
    elif cell.text:
        return write_text(written, cell.text, like=like)
    return like


def write_text(cell: Any, text: str, *, like: Any = None) -> Any:
    """Text stays text: what begins like a formula is not calculated, neither now nor when it is edited.

    The cell looks like the one given: openpyxl takes a tenth of a millisecond for each property of a look.
    """
    from openpyxl.styles import Alignment

    cell.value = UNWRITABLE.sub("", text)
    cell.data_type = "s"
    if like is None:
        cell.quotePrefix = True
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell._style = copy(like._style)
    return cell
