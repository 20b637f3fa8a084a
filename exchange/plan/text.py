"""A plan as plain text, taken apart into rows and paragraphs.

Reads UTF-8 and UTF-16 with any line ends; tabs (or the bars of a Markdown table) separate the cells of a
row. Lines are counted at CR LF, CR and LF only: a form feed is a page break within a line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from exchange.plan.document import Document, Paragraph, TableRow, bounded, one_line
from workflow.model.signs import composed

LINE_END = re.compile(r"\r\n|\r|\n")
CELL_OF_EXCEL = re.compile(r'(?:^|(?<=\t))"((?:[^"\t]|"")*+)"(?=\t|$)', re.MULTILINE)
EXCEL_BREAK = "\u2028"
BAR_RULE = re.compile(r"\|?[\s:|+-]+\|?")
CONTROL = frozenset(range(32)) - {7, 9, 10, 11, 12, 13, 26, 27}
SAMPLE = 4096
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class NotText(ValueError):
    """The bytes are no text in any encoding of Unicode."""


def decode(data: bytes) -> str:
    """The text of `data` in composed form, without a byte order mark.

    Raises NotText for binary data and UnicodeDecodeError for text of another encoding.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return composed(data[len(mark) :].decode(encoding))
    return composed(data.decode(_encoding_of(data)))


def _encoding_of(data: bytes) -> str:
    """The encoding of text without a byte order mark. Raises NotText where it looks like no text."""
    sample = data[:SAMPLE]
    # ASCII letters in UTF-16 have a null byte each: after the letter in little, before it in big endian.
    nulls = sample.count(0)
    if nulls and nulls >= len(sample) // 8:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    if nulls or sum(byte in CONTROL for byte in sample) > len(sample) // 64:
        raise NotText
    return "utf-8"


def read_text(text: str) -> Document:
    """The rows and paragraphs of `text`. Blank lines and page breaks are no parts, they set `gap`."""
    bar = "|" if "\t" not in text else None
    return Document(bounded(_parts(text, bar)))


def _parts(text: str, bar: str | None) -> Iterator[TableRow | Paragraph]:
    gap = False
    for number, line in _lines(text):
        for page, piece in enumerate(line.split("\f")):
            gap = gap or page > 0
            if not piece.strip():
                gap = True
                continue
            # The line |---|---| below the header of a Markdown table.
            if bar and BAR_RULE.fullmatch(piece.strip()) and "-" in piece and bar in piece:
                continue
            yield _part(piece, number, bar, gap)
            gap = False


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a cell of several lines that Excel put in quotes stays in one."""
    if "\t" in text:
        text = CELL_OF_EXCEL.sub(_unquoted, text.replace(EXCEL_BREAK, "\v"))
    number = 1
    for line in LINE_END.split(text):
        yield number, line
        number += 1 + line.count(EXCEL_BREAK)


def _unquoted(cell: re.Match[str]) -> str:
    """The cell without Excel's quotes; those around other words are the document's own."""
    if not re.search(r'[\r\n,]|""', cell[1]):
        return cell[0]
    return LINE_END.sub(EXCEL_BREAK, cell[1]).replace('""', '"')


def _part(piece: str, number: int, bar: str | None, gap: bool) -> TableRow | Paragraph:
    if "\t" in piece:
        return TableRow(number, tuple(cell.strip(" \u00a0\r\n") for cell in piece.split("\t")), gap=gap)
    if bar and bar in piece:
        return TableRow(number, tuple(cell.strip() for cell in piece.strip().strip(bar).split(bar)), gap=gap)
    return Paragraph(number, one_line(piece), gap=gap)
