"""A paper in the layout of NĐ 30/2020 as it is printed and archived: PDF/A-2a and PDF/UA-1 in one file.

It is set from the same values as the Word file, and read back before it is handed over. Pictures are tables
of their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from exchange.decree_paper import (
    MOST_COLUMNS,
    SMALL,
    Bars,
    Block,
    DecreePaper,
    Heading,
    PaperRow,
    PaperTable,
    Prose,
)
from exchange.papers import comparing
from exchange.papers.document import Align, Cell, Document, Paragraph, Run, Section, Table
from exchange.papers.document import Block as PrintedBlock
from exchange.papers.fonts import Font
from exchange.papers.setting import NotSet, Sheet, pdf_of
from exchange.word_layout import HEAD_WIDTHS

INDENT = 28.3
"""Of a paragraph's first line, 10 mm in points."""
HAND = 4
"""Empty lines for the hand and the seal."""
BODY, TABLE, RECEIVERS = 13, 12, 11


class NotPrinted(ValueError):
    """The print does not say what the paper says; the argument is the first paragraph that it lacks."""


def pdf_file(paper: DecreePaper, font: Font) -> bytes:
    """The paper as a PDF; equal papers give equal bytes. Raises NotPrinted."""
    document = printed(paper)
    author = " ".join(paper.issuer)
    sheet = Sheet(f"{paper.title} {paper.about}", author, paper.made.date(), paper.mark or "")
    try:
        made = pdf_of(document, sheet, font)
    except NotSet as error:
        raise NotPrinted(str(error)) from error
    said = comparing.text_of_pdf(comparing.pages_of(made), mark=sheet.mark)
    lacking = comparing.unprinted(document, said)
    if lacking is not None:
        raise NotPrinted(lacking)
    return made


def printed(paper: DecreePaper) -> Document:
    """The paper as the engine of papers sets it; its annexes begin on a page of their own."""
    body = (*_head(paper), *_blocks(paper.blocks), *_foot(paper))
    annexes = tuple(_blocks(paper.annexes))
    return Document((Section(body), *([Section(annexes)] if annexes else [])))


def _words(
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Align = "left",
    size: float = BODY,
    before: float = 0,
) -> Paragraph:
    return Paragraph((Run(text, bold, italic),) if text else (), align=align, size=size, before=before)


def _head(paper: DecreePaper) -> Iterator[PrintedBlock]:
    left = [_words(line, bold=True, align="center", size=12) for line in paper.issuer]
    right = [_words(line, bold=True, align="center", size=12 + at) for at, line in enumerate(paper.country)]
    rules = [Paragraph((), left=side, right=side, rule=True) for side in (55, 75)]
    dated = [
        _words(paper.number, align="center", before=6),
        _words(paper.dated, italic=True, align="center", before=6),
    ]
    cells = tuple(
        Cell((*lines, rule, line)) for lines, rule, line in zip((left, right), rules, dated, strict=True)
    )
    yield Table((cells,), tuple(map(float, HEAD_WIDTHS)), lines=False)
    title = _words(paper.title, bold=True, align="center", size=14, before=18)
    yield Paragraph(title.runs, align="center", size=14, before=18, level=1)
    yield Paragraph((Run(paper.about, bold=True),), align="center", size=14, after=12)


def _foot(paper: DecreePaper) -> Iterator[PrintedBlock]:
    receivers = tuple(
        _words(line, bold=not at, italic=not at, size=RECEIVERS + (not at))
        for at, line in enumerate(paper.receivers)
    )
    lines = (*paper.signature, *("",) * HAND, paper.signer)
    signature = tuple(_words(line, bold=True, align="center") for line in lines)
    yield _words("", size=6)
    yield Table(((Cell(receivers), Cell(signature)),), (1.0, 1.0), lines=False)


def _blocks(blocks: Iterable[Block]) -> Iterator[PrintedBlock]:
    for block in blocks:
        match block:
            case Heading(text, level):
                runs = (Run(text, bold=True),)
                yield Paragraph(runs, align="justify", first=INDENT, before=6, keep=True, level=level + 1)
            case Prose(text, italic):
                yield Paragraph((Run(text, italic=italic),), align="justify", first=INDENT, before=4)
            case PaperTable():
                yield from _table(block)
            case Bars(title, bars):
                rows = tuple((_cell(label), _cell(str(number), align="right")) for label, number in bars)
                yield from _titled(title, Table(rows, (3.0, 1.0)))


def _titled(title: str, table: Table) -> Iterator[PrintedBlock]:
    if title:
        yield Paragraph((Run(title, bold=True),), align="center", before=8, after=4, keep=True)
    yield table
    yield _words("", size=6)


def _table(block: PaperTable) -> Iterator[PrintedBlock]:
    size = SMALL if len(block.columns) > MOST_COLUMNS else TABLE
    heads = tuple(_cell(column.heading, bold=True, align="center", size=size) for column in block.columns)
    rows = (_row(row, block, size) for row in block.rows)
    widths = tuple(float(column.width) for column in block.columns)
    yield from _titled(block.title, Table((heads, *rows), widths, heads=1))


def _row(row: PaperRow, block: PaperTable, size: float) -> tuple[Cell, ...]:
    if len(row.cells) == 1:
        across = _cell(row.cells[0], bold=True, align="center", size=size)
        return (across._replace(span=len(block.columns)),)
    return tuple(
        _cell(text, bold=row.bold, align="justify" if column.align == "both" else column.align, size=size)
        for text, column in zip_longest(row.cells, block.columns)
    )


def _cell(text: str, *, bold: bool = False, align: Align = "left", size: float = TABLE) -> Cell:
    lines = text.split("\n")
    return Cell(tuple(_words(line, bold=bold, align=align, size=size) for line in lines))
