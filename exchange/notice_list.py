"""The list of nominees for the notice board as a value, as an HTML page to print and as a Word file.

Both have the layout of an annex by NĐ 30/2020: A4, Times New Roman, issuer left, quốc hiệu right. Words come
ready from the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exchange.word_layout import (
    add_paragraph,
    file_bytes,
    keep_whole,
    new_document,
    set_widths,
    write,
    write_head,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

WIDTHS = (12, 68, 45, 40)
"""Of the columns, in millimetres: together the width between the margins."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One nominee as everybody may read it."""

    no: str
    name: str
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """The nominees of one kind under their heading; a list of one kind alone needs none."""

    heading: str
    rows: tuple[NoticeRow, ...]


@dataclass(frozen=True, slots=True)
class NoticeList:
    """`issuer` are the lines of who posts it, `motto` those of the state; `annex` says to which paper it
    belongs, whose number the records clerk gives. `below` are the sentences under the table. `mark` says that
    the office is a sandbox, None for a real one."""

    issuer: tuple[str, ...]
    motto: tuple[str, str]
    title: str
    about: str
    annex: str
    headings: tuple[str, str, str, str]
    groups: tuple[NoticeGroup, ...]
    below: tuple[str, ...]
    mark: str | None
    language: str = "vi"


def page(listed: NoticeList) -> str:
    """The list as one HTML page, to be written in UTF-8."""
    from exchange.pages.templates import standing_alone

    return standing_alone("notice_list", page=listed)


def word_file(listed: NoticeList) -> bytes:
    """The list as a Word file."""
    document = new_document(" ".join(listed.issuer), listed.about)
    if listed.mark:
        add_paragraph(document, listed.mark, bold=True)
    write_head(document, listed.issuer, listed.motto)
    add_paragraph(document, listed.title, bold=True, size=14, before=12)
    add_paragraph(document, listed.about, bold=True, size=14)
    add_paragraph(document, listed.annex, italic=True, after=8)
    _list(document, listed)
    for sentence in listed.below:
        add_paragraph(document, sentence, align="left", before=4)
    return file_bytes(document)


def _list(document: Document, listed: NoticeList) -> None:
    table = document.add_table(rows=1, cols=len(listed.headings))
    table.style = "Table Grid"
    set_widths(table, WIDTHS)
    _cells(table, 0, listed.headings, bold=True)
    for group in listed.groups:
        if group.heading:
            row = table.add_row().cells
            write(row[0].merge(row[-1]).paragraphs[0], group.heading, bold=True, align="left")
        for each in group.rows:
            table.add_row()
            _cells(table, len(table.rows) - 1, (each.no, each.name, each.unit, each.title))
    keep_whole(table)


def _cells(table: Table, at: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for column, (cell, text) in enumerate(zip(table.rows[at].cells, texts, strict=True)):
        cell.width = table.columns[column].width
        write(cell.paragraphs[0], text, bold=bold, align="center" if bold or column == 0 else "left")
