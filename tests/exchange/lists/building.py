"""Nominee lists as offices send them, built by code: a table of rows in the kinds of file that come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


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
