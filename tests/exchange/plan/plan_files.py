"""Plan documents as tests need them: the real one, its lines, and Word files made of rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.document import Document
from docx.table import Table, _Cell

from workflow.model.plan import PlanReading, PlanTask

SHARED = Path(__file__).parents[4] / "shared" / "plan"
SHIPPED = Path(__file__).parents[3] / "definitions/offices/diem-he/ke-hoach-2026.txt"

TITLE = "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026"
HEADER = ("TT", "Nội dung", "Cơ quan thực hiện")
FIRST_TABLE_LINE, LAST_TABLE_LINE = 22, 50


def reference() -> dict[str, Any]:
    """The reading made by hand, or a skip where the shared folder is absent."""
    path = SHARED / "ke-hoach-2026.reference.yaml"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def seed() -> bytes:
    """The plan of 2026 as it came, or a skip where the shared folder is absent."""
    path = SHARED / "ke-hoach-2026.txt"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    return path.read_bytes()


Placeless = tuple[int | None, str | None, tuple[PlanTask, ...], tuple[str, ...], list[str]]


def lines_of_plan() -> list[str]:
    return SHIPPED.read_text(encoding="utf-8").split("\n")


def without_lines(reading: PlanReading) -> Placeless:
    """What is read, without the places where it stands: two layouts of one plan are equal in it."""
    return (
        reading.year,
        reading.title,
        tuple(replace(task, lines=()) for task in reading.tasks),
        reading.unknown_bodies,
        sorted(f"{problem.severity}: {problem.message}" for problem in reading.problems),
    )


def text_plan(*rows: Sequence[str], title: str = TITLE) -> bytes:
    """A plan as text with tabs; the first row is the header."""
    return "\n".join([title, "", *("\t".join(row) for row in rows)]).encode()


def word_plan(rows: Iterable[Sequence[str]], *, title: str = TITLE) -> Document:
    """A Word document with its title and one table; `QUÝ …` alone in a row is merged over all columns."""
    document = docx.Document()
    for line in title.split("\n"):
        document.add_paragraph(line)
    add_table(document, rows)
    return document


def add_table(document: Document, rows: Iterable[Sequence[str]]) -> Table:
    rows = list(rows)
    table: Table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for made, row in zip(table.rows, rows, strict=True):
        cells = made.cells
        for cell, text in zip(cells, row, strict=False):
            write(cell, text)
        if row[0] and not any(row[1:]):
            cells[0].merge(cells[-1])
    return table


def write(cell: _Cell, text: str) -> None:
    """Each line of `text` becomes a paragraph of its own."""
    first, *others = text.split("\n")
    cell.paragraphs[0].text = first
    for other in others:
        cell.add_paragraph(other)


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
