"""A page *ấn định thời hạn* filled in as a person does: opened with another program, typed into, saved."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Typed = tuple[Any, ...]
"""What is typed into one row: the date, then the source, then the note, then the internal target, as far as
there are any."""


class OpenedPage:
    """The page in that other program; rows are found by their number, columns by their letters as written."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(BytesIO(content))
        self.sheet = self.book.active

    def line(self, number: int) -> int:
        return int(next(cell.row for cell in self.sheet["A"] if cell.value == number))

    def type(self, rows: Mapping[int, Typed]) -> OpenedPage:
        for number, typed in rows.items():
            for column, value in zip("FGHK", typed, strict=False):
                self.sheet[f"{column}{self.line(number)}"].value = value
        return self

    def saved(self) -> bytes:
        file = BytesIO()
        self.book.save(file)
        return file.getvalue()


def filled(page: bytes | Path, rows: Mapping[int, Typed]) -> bytes:
    """The page with these rows typed in; of a path, saved in its place."""
    content = page if isinstance(page, bytes) else page.read_bytes()
    saved = OpenedPage(content).type(rows).saved()
    if isinstance(page, Path):
        page.write_bytes(saved)
    return saved
