"""The first sheet of an annotated file: every remark in a line that leads to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from exchange.lists.remarks import COLOURS, Remark, Say
from exchange.lists.sender_file import write_text
from exchange.sheets.layout import A4, FONT

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenedBook
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS: tuple[tuple[str, int], ...] = (("severity", 16), ("sheet", 24), ("cell", 12), ("text", 80))
"""With their widths in characters."""
HEADING = 5
"""The row with the columns' headings."""
LINE_HEIGHT = 16
"""In points."""


def is_remarks_sheet(worksheet: Worksheet, say: Say) -> bool:
    return bool(worksheet["A1"].value == say("annotation.title"))


def write_remarks_sheet(
    made: OpenedBook, remarks: Sequence[Remark], titles: Mapping[str, str], say: Say
) -> None:
    """Puts the sheet before all others, the only one that is selected; `titles` are the sheets' by the names
    under which they were read. The weightiest remarks stand first, those of one cell together."""
    worksheet = made.create_sheet(say("annotation.name"), 0)
    _write_head(worksheet, remarks, say)
    places: dict[str | None, int] = {name: at for at, name in enumerate(titles, 1)}
    ordered = sorted(
        remarks, key=lambda each: (each.weight, places.get(each.sheet, 0), each.area or (0, 0, 0, 0))
    )
    for row, remark in enumerate(ordered, HEADING + 1):
        _write_remark(worksheet, row, remark, titles, say)
    _lay_out(worksheet)
    made.active = 0
    for other in made.worksheets:  # of two selected sheets a program changes both at once
        other.sheet_view.tabSelected = other is worksheet


def _write_head(worksheet: Worksheet, remarks: Sequence[Remark], say: Say) -> None:
    counts = {f"n_{name}": sum(each.severity == name for each in remarks) for name in COLOURS}
    lines = (say("annotation.title"), say("annotation.counts", **counts), say("annotation.hint"))
    for row, text in enumerate(lines, 1):
        _dress(write_text(worksheet.cell(row, 1), text), bold=row == 1)
        worksheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(COLUMNS))
    for column, (name, _width) in enumerate(COLUMNS, 1):
        cell = write_text(worksheet.cell(HEADING, column), say(f"annotation.column.{name}"))
        _dress(cell, bold=True, border=True)


def _write_remark(
    worksheet: Worksheet, row: int, remark: Remark, titles: Mapping[str, str], say: Say
) -> None:
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    title = titles.get(remark.sheet or "")
    sheet = f"{title}{_hidden(worksheet, title, say)}" if title else remark.sheet or ""
    texts = (say(f"annotation.severity.{remark.severity}"), sheet, remark.cell or "", remark.text)
    above = worksheet.cell(row - 1, len(COLUMNS)) if row > HEADING + 1 else None
    for column, text in enumerate(texts, 1):
        cell = write_text(worksheet.cell(row, column), text, like=above)
        if above is None:
            _dress(cell, border=True)
    worksheet.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[remark.severity])
    if title and remark.cell:
        quoted = title.replace("'", "''")
        place = f"C{row}"
        worksheet[place].hyperlink = Hyperlink(ref=place, location=f"'{quoted}'!{remark.cell}")
    worksheet.row_dimensions[row].height = LINE_HEIGHT * (len(wrap(remark.text, COLUMNS[-1][1])) or 1)


def _hidden(worksheet: Worksheet, title: str, say: Say) -> str:
    return "" if worksheet.parent[title].sheet_state == "visible" else f" {say('annotation.hidden')}"


def _dress(cell: Any, *, bold: bool = False, border: bool = False) -> None:
    from openpyxl.styles import Border, Font, Side

    cell.font = Font(name=FONT, size=12, bold=bold)
    if border:
        thin = Side("thin")
        cell.border = Border(thin, thin, thin, thin)


def _lay_out(worksheet: Worksheet) -> None:
    """A4 across, one page broad, the headings on each."""
    for column, (_name, width) in zip("ABCD", COLUMNS, strict=True):
        worksheet.column_dimensions[column].width = width
    worksheet.freeze_panes = f"A{HEADING + 1}"
    worksheet.print_title_rows = f"{HEADING}:{HEADING}"
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", A4
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.page_setup.fitToHeight = 0
