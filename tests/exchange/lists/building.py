"""Nominee lists as offices send them, built by code: a table of rows in the kinds of file that come in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from openpyxl import Workbook

from tests.exchange.sheets.old_excel import OldSheet, old_workbook
from tests.exchange.sheets.packages import ods_cell, ods_row, open_document

Row = Sequence[Any]
Rows = Sequence[Row]


def excel(
    sheets: Mapping[str, Rows],
    *,
    merged: Sequence[str] = (),
    hidden_columns: str = "",
    hidden_rows: Sequence[int] = (),
    hidden_sheets: Sequence[str] = (),
) -> bytes:
    """What is merged or hidden is of the first sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden_sheets:
            sheet.sheet_state = "hidden"
    first = book.worksheets[0]
    for area in merged:
        first.merge_cells(area)
    for letter in hidden_columns:
        first.column_dimensions[letter].hidden = True
    for number in hidden_rows:
        first.row_dimensions[number].hidden = True
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def head(issuer: str, *lines: str) -> list[list[Any]]:
    """What stands above a table: the issuer's and the state's names, then lines of their own."""
    return [
        ["UBND XÃ ĐIỀM HE", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [issuer, None, None, "Độc lập - Tự do - Hạnh phúc"],
        [],
        *([line] for line in lines),
        [],
    ]


def separated(rows: Rows) -> bytes:
    """As Excel saves it as CSV here: semicolons, a byte order mark, empty cells to the last column."""
    file = StringIO()
    breadth = max(map(len, rows))
    writer = csv.writer(file, delimiter=";")
    writer.writerows([*row, *[None] * (breadth - len(row))] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def open_sheet(name: str, rows: Rows) -> bytes:
    """As LibreOffice keeps it (.ods)."""
    lines = [ods_row(*(_ods(value) for value in row)) for row in rows]
    return open_document(f'<table:table table:name="{name}">{"".join(lines)}</table:table>')


def _ods(value: Any) -> str:
    if value is None:
        return ods_cell("string", "")
    if isinstance(value, str):
        return ods_cell("string", escape(value))
    return ods_cell("float", str(value), f'office:value="{value}"')


def old_excel(name: str, rows: Rows) -> bytes:
    return old_workbook([OldSheet(name, rows)])


def word(above: Sequence[str], rows: Rows, below: Sequence[str]) -> bytes:
    """Lines, a table, and lines again."""
    document = docx.Document()
    for line in above:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=False):
            cell.text = "" if value is None else str(value)
    for line in below:
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return file.getvalue()
