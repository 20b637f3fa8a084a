"""A plan in a Word document (.docx), taken apart into rows and paragraphs.

Only this module loads python-docx. The archive is measured before anything is unpacked, and documents with a
DTD are refused, so that a file made to explode is not read. Text of deleted passages is left out, inserted
text is kept.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from exchange.plan.document import AUTOMATIC, Document, Paragraph, TableRow, one_line
from workflow.model.bodies import BULLETS

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
UNPACKED_LIMIT = 100 * 1024 * 1024
XML_LIMIT = 20 * 1024 * 1024
"""Bytes of the whole archive unpacked, and of its XML parts; a plan of fifty pages has 1 MB of XML."""

MOST_PARTS = 5_000
MOST_COLUMNS = 64
PROLOGUE = 4096

PARAGRAPH, TABLE, ROW, CELL, TEXT = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
VALUE = qn("w:val")
STAND_FOR = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
WRAPPERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
LEFT_OUT = frozenset({*map(qn, ("w:pPr", "w:rPr", "w:del", "w:moveFrom")), f"{{{COMPATIBILITY}}}Fallback"})


class NotWord(ValueError):
    """An archive that is no Word document."""


class Broken(ValueError):
    """A Word document that cannot be opened."""


class TooLarge(ValueError):
    """An archive that unpacks to more than `limit` bytes, which no plan needs."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes unpacked")
        self.limit = limit


def read_docx(data: bytes) -> Document:
    """Rows are counted over all tables of the document, from 1. Raises NotWord, Broken or TooLarge."""
    _inspect(data)
    try:
        return Document(tuple(_Reader(docx.Document(io.BytesIO(data))).parts()))
    except Exception as error:  # python-docx lets lxml's, zipfile's and its own errors through
        raise Broken(str(error)) from error


def _inspect(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
                raise TooLarge(UNPACKED_LIMIT)
            names = {entry.filename for entry in entries}
            if "word/document.xml" not in names:
                raise NotWord
            texts = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
            if sum(entry.file_size for entry in texts) > XML_LIMIT:
                raise TooLarge(XML_LIMIT)
            if any(_declares_entities(archive, entry) for entry in texts):
                raise Broken("a DTD, which Word never writes")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as error:
        raise Broken(str(error)) from error


def _declares_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    # A DTD stands at the beginning; without null bytes it is found in UTF-16 too.
    with archive.open(entry) as part:
        return b"<!DOCTYPE" in part.read(PROLOGUE).replace(b"\0", b"")


class _Reader:
    """One document under reading: the styles that number paragraphs, and the count of rows."""

    def __init__(self, word: Any) -> None:
        self.body = word.element.body
        self.numbering_styles = {
            style.get(qn("w:styleId"))
            for style in word.styles.element.iter(qn("w:style"))
            if next(style.iter(qn("w:numPr")), None) is not None
        }
        self.rows = 0

    def parts(self) -> Iterator[TableRow | Paragraph]:
        gap = False
        for block in _children(self.body, PARAGRAPH, TABLE):
            if block.tag == TABLE:
                yield from self._table(block)
                gap = True
                continue
            lines = [line for line in self._paragraph(block).split("\n") if line.strip()]
            for line in lines:
                yield Paragraph(None, one_line(line), gap=gap)
                gap = False
            gap = gap or not lines

    def _table(self, table: Any) -> Iterator[TableRow]:
        above: tuple[str, ...] = ()
        for index, row in enumerate(_children(table, ROW)):
            # Deleted rows count all the same, so that a problem's line is the row's place in the file.
            self.rows += 1
            if _is_deleted(row):
                continue
            cells, merged = self._cells(row, above)
            above = cells
            yield TableRow(self.rows, cells, merged, gap=index == 0)

    def _cells(self, row: Any, above: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[int]]:
        """A cell over several columns stands in the first of them; the others are empty."""
        cells = [""] * min(_number(row, "w:gridBefore", 0), MOST_COLUMNS)
        merged: set[int] = set()
        for cell in _children(row, CELL):
            at = len(cells)
            # A cell may claim to be millions of columns wide.
            if at >= MOST_COLUMNS:
                break
            if _continues(cell):
                merged.add(at)
                cells.append(above[at] if at < len(above) else "")
            else:
                cells.append(self._cell(cell))
            cells.extend([""] * min(_number(cell, "w:gridSpan", 1) - 1, MOST_COLUMNS))
        return tuple(cells), frozenset(merged)

    def _cell(self, cell: Any) -> str:
        return "\n".join(text for text in map(self._paragraph, cell.iter(PARAGRAPH)) if text)

    def _paragraph(self, paragraph: Any) -> str:
        """Its text, NFC; a number or bullet that Word makes is shown as a bullet, alone as `AUTOMATIC`."""
        text = unicodedata.normalize("NFC", "".join(_text(paragraph))).strip()
        if not self._is_numbered(paragraph):
            return text
        if not text:
            return AUTOMATIC
        return text if text[0] in BULLETS else f"- {text}"

    def _is_numbered(self, paragraph: Any) -> bool:
        for properties in paragraph.iterchildren(qn("w:pPr")):
            for numbering in properties.iterchildren(qn("w:numPr")):
                return _number(numbering, "w:numId", 0) != 0
            for style in properties.iterchildren(qn("w:pStyle")):
                return style.get(VALUE) in self.numbering_styles
        return False


def _children(element: Any, *tags: str) -> Iterator[Any]:
    """The children with one of `tags`, seen through content controls and inserted passages."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            waiting.extend(reversed(child))


def _text(paragraph: Any) -> Iterator[str]:
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == TEXT:
            yield node.text or ""
        elif node.tag in STAND_FOR:
            yield STAND_FOR[node.tag]
        elif node.tag not in LEFT_OUT:
            waiting.extend(reversed(node))


def _is_deleted(row: Any) -> bool:
    return any(
        True for properties in row.iterchildren(qn("w:trPr")) for _ in properties.iterchildren(qn("w:del"))
    )


def _continues(cell: Any) -> bool:
    merge = next((mark for mark in cell.iter(qn("w:vMerge"))), None)
    return merge is not None and merge.get(VALUE, "continue") == "continue"


def _number(element: Any, tag: str, default: int) -> int:
    mark = next(element.iter(qn(tag)), None)
    value = "" if mark is None else mark.get(VALUE, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default
