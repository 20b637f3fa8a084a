"""The chase record as a workbook for the office: sheets in Vietnamese, to be printed on A4 across.

Knows tables and how they are laid out; words, dates and numbers come ready from the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | date | datetime | None
"""A value as it stands in the sheet; times are local and without a zone."""

A4 = 9
FONT = "Times New Roman"
NARROW = 8
"""Characters below which a heading stands upright."""
TITLE_HEIGHT, HEADING_HEIGHT, LINE_HEIGHT = 18, 120, 15
"""In points; not every program measures wrapped text by itself when it opens a file."""
FORMATS: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
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
class Sheet:
    """One table under its own name (at most 31 characters); `total` is its last line, None for none."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """`titles` stand over each table, the first ones bold; `remark` under them, `mark` tells a sandbox."""

    titles: tuple[str, ...]
    remark: str
    mark: str | None
    sheets: tuple[Sheet, ...]
    page: str
    made: datetime


def workbook(book: Book) -> bytes:
    """The file's bytes; equal books give equal bytes."""
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        made.set_properties({"title": " ".join(book.titles), "created": book.made})
        for sheet in book.sheets:
            _write(made, book, sheet)
    return file.getvalue()


def _write(made: Workbook, book: Book, sheet: Sheet) -> None:
    worksheet = made.add_worksheet(sheet.name)
    last = len(sheet.columns) - 1
    top = _write_titles(made, worksheet, book, last)
    _write_line(made, worksheet, top, sheet, [column.heading for column in sheet.columns], heading=True)
    lines = [*sheet.rows, *([sheet.total] if sheet.total else [])]
    for at, line in enumerate(lines, top + 1):
        _write_line(made, worksheet, at, sheet, line, bold=line is sheet.total)
    for at, column in enumerate(sheet.columns):
        worksheet.set_column(at, at, column.width)
    worksheet.freeze_panes(top + 1, 0)
    _set_page(worksheet, book, heading=top, last=(top + len(lines), last))


def _write_titles(made: Workbook, worksheet: Worksheet, book: Book, last: int) -> int:
    """Titles and remark over the whole breadth; answers with the line on which the table begins."""
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
    sheet: Sheet,
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


def _lines_of(sheet: Sheet, line: Sequence[Cell]) -> int:
    """How many lines the longest text of a row takes, words kept whole: letters are narrower than digits."""
    texts = [(cell, column.width) for column, cell in zip(sheet.columns, line, strict=True)]
    return max(len(wrap(cell, width * 6 // 5)) or 1 if isinstance(cell, str) else 1 for cell, width in texts)


def _write_cell(worksheet: Worksheet, at: int, place: int, cell: Cell, look: Any) -> None:
    """Text stays text, whatever sign it begins with: a sheet must not calculate what somebody typed."""
    if cell is None:
        worksheet.write_blank(at, place, None, look)
    elif isinstance(cell, str):
        worksheet.write_string(at, place, cell, look)
    elif isinstance(cell, int):
        worksheet.write_number(at, place, cell, look)
    else:
        worksheet.write_datetime(at, place, cell, look)


def _set_page(worksheet: Worksheet, book: Book, *, heading: int, last: tuple[int, int]) -> None:
    """A4 across, one page broad, the headings repeated; margins of Decree 30/2020, turned (in inches)."""
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    worksheet.fit_to_pages(1, 0)
    worksheet.center_horizontally()
    worksheet.repeat_rows(heading)
    worksheet.print_area(0, 0, *last)
    worksheet.set_footer(f'&C&"{FONT}"&10{book.page} &P/&N')
