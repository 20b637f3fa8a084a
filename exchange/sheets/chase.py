"""Tables as a workbook for the office, to be printed on A4 across: the chase record is one.

Only the layout is made here; words (Vietnamese), dates and numbers come ready from the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

from exchange.sheets.layout import FONT, print_across, workbook_bytes

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | date | datetime | None
"""A value as it stands in the sheet; times are local and without a zone."""

NARROW = 8
"""A column of fewer characters has its heading turned upright."""
TITLE_HEIGHT, HEADING_HEIGHT, LINE_HEIGHT = 18, 120, 15
"""In points. They are set because not every program measures wrapped text when it opens a file."""
FORMATS: dict[str, dict[str, Any]] = {
    # A text that begins like a formula is none after somebody has edited it either.
    "text": {"text_wrap": True, "quote_prefix": True},
    "number": {"align": "center", "num_format": "0"},
    "date": {"align": "center", "num_format": "dd/mm/yyyy"},
    "moment": {"align": "center", "num_format": "dd/mm/yyyy hh:mm"},
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`width` is in characters of the sheet's letters; a narrow column's heading stands upright."""

    heading: str
    width: int
    kind: Literal["text", "number", "date", "moment"] = "text"


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet with one table, under a name of at most 31 characters; `total` is the table's last line."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """A file of sheets. Over each table stand `titles` (bold) and `remark`, first a sandbox's `mark`."""

    titles: tuple[str, ...]
    remark: str
    mark: str | None
    sheets: tuple[TableSheet, ...]
    page: str
    made: datetime


def tables_workbook(book: Book) -> bytes:
    """The file's bytes; equal books give equal bytes."""

    def write(made: Workbook) -> None:
        for sheet in book.sheets:
            _write(made, book, sheet)

    return workbook_bytes(book.titles, book.made, write)


def _write(made: Workbook, book: Book, sheet: TableSheet) -> None:
    worksheet = made.add_worksheet(sheet.name)
    last = len(sheet.columns) - 1
    top = _write_titles(made, worksheet, book, last)
    _write_line(made, worksheet, top, sheet, [column.heading for column in sheet.columns], heading=True)
    lines = [*sheet.rows, *([sheet.total] if sheet.total else [])]
    for at, line in enumerate(lines, top + 1):
        _write_line(made, worksheet, at, sheet, line, bold=line is sheet.total)
    for at, column in enumerate(sheet.columns):
        worksheet.set_column(at, at, column.width)
    print_across(worksheet, heading=top, last=(top + len(lines), last), margin=0.8, page=book.page)


def _write_titles(made: Workbook, worksheet: Worksheet, book: Book, last: int) -> int:
    """Writes titles and remark over the whole breadth; answers with the line on which the table begins."""
    bold = made.add_format({"font_name": FONT, "font_size": 13, "bold": True, "align": "center"})
    slanted = made.add_format({"font_name": FONT, "font_size": 12, "italic": True, "align": "center"})
    marked = [book.mark] if book.mark else []
    texts = [*((text, bold) for text in (*marked, *book.titles)), (book.remark, slanted)]
    for at, (text, form) in enumerate(texts):
        worksheet.set_row(at, TITLE_HEIGHT)
        worksheet.merge_range(at, 0, at, last, text, form)
    return len(texts) + 1


def _write_line(
    made: Workbook,
    worksheet: Worksheet,
    at: int,
    sheet: TableSheet,
    line: Sequence[Cell],
    *,
    heading: bool = False,
    bold: bool = False,
) -> None:
    worksheet.set_row(at, HEADING_HEIGHT if heading else LINE_HEIGHT * _lines_of(sheet, line))
    for place, (column, cell) in enumerate(zip(sheet.columns, line, strict=True)):
        look = {"font_name": FONT, "font_size": 11, "border": 1, "valign": "top", "bold": bold or heading}
        if heading:
            look |= {"text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#E7ECF2"}
            look |= {"rotation": 90} if column.width < NARROW else {}
        else:
            look |= FORMATS[column.kind]
        _write_cell(worksheet, at, place, cell, made.add_format(look))


def _lines_of(sheet: TableSheet, line: Sequence[Cell]) -> int:
    """How many lines the longest text of a row takes; a column holds a fifth more letters than digits."""
    texts = [(cell, column.width) for column, cell in zip(sheet.columns, line, strict=True)]
    return max(len(wrap(cell, width * 6 // 5)) or 1 if isinstance(cell, str) else 1 for cell, width in texts)


def _write_cell(worksheet: Worksheet, at: int, place: int, cell: Cell, look: Any) -> None:
    """Writes a text as text, even one that begins with `=`: a sheet must not calculate what was typed."""
    if cell is None:
        worksheet.write_blank(at, place, None, look)
    elif isinstance(cell, str):
        worksheet.write_string(at, place, cell, look)
    elif isinstance(cell, int):
        worksheet.write_number(at, place, cell, look)
    else:
        worksheet.write_datetime(at, place, cell, look)
