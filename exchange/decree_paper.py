"""A paper of the office in the layout of NĐ 30/2020 as a value, and as a Word file.

Issuer and quốc hiệu, number and date, title, what the paper says, Nơi nhận beside the signature; the page's
number stands above from the second on. Words come ready from the caller; what a row of a table leaves to be
looked at is a comment beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from exchange.word_layout import (
    BREADTH,
    HEAD_WIDTHS,
    Align,
    add_paragraph,
    file_bytes,
    keep_whole,
    new_document,
    set_widths,
    shade,
    write,
    write_head,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

INDENT = 10
MOST_COLUMNS, SMALL = 6, 10
"""A table of more columns has smaller letters, in points."""
BAR_STEPS, BAR_COLOUR = 40, "3B6EA5"
"""A bar's length is one of so many steps of the longest."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part, `level` 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; an `italic` one is a căn cứ or a remark."""

    text: str
    italic: bool = False


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """`width` is its share of the breadth."""

    heading: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """The cells of a row, of which one alone stands across the table as a heading. Lines of a cell are
    paragraphs. `remark` stands beside it as a comment, `bold` rows are sums."""

    cells: tuple[str, ...]
    remark: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """`title` stands above it."""

    columns: tuple[PaperColumn, ...]
    rows: tuple[PaperRow, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of numbers as bars, each with its label."""

    title: str
    bars: tuple[tuple[str, int], ...]


Block = Heading | Prose | PaperTable | Bars


@dataclass(frozen=True, slots=True)
class DecreePaper:
    """`number` and `dated` have blanks until the records clerk gives them. `receivers` begin with the words
    Nơi nhận; `signature` are the lines above the name, `signer` the name. `mark` says that the office is a
    sandbox; `annexes` follow on a page of their own."""

    issuer: tuple[str, ...]
    country: tuple[str, str]
    number: str
    dated: str
    title: str
    about: str
    blocks: tuple[Block, ...]
    receivers: tuple[str, ...]
    signature: tuple[str, ...]
    signer: str
    made: datetime
    mark: str | None = None
    annexes: tuple[Block, ...] = ()
    author: str = field(default="tdkt")


def word_file(paper: DecreePaper) -> bytes:
    """The paper as a Word file; equal papers give equal bytes."""
    document = new_document(" ".join(paper.issuer), paper.about, paper.made)
    _number_pages(document, paper.mark)
    _head(document, paper)
    add_paragraph(document, paper.title, bold=True, size=14, before=18)
    add_paragraph(document, paper.about, bold=True, size=14, after=12)
    for block in paper.blocks:
        _write_block(document, block, paper)
    _foot(document, paper)
    if paper.annexes:
        add_paragraph(document, "").paragraph_format.page_break_before = True
    for block in paper.annexes:
        _write_block(document, block, paper)
    return file_bytes(document)


def _number_pages(document: Document, mark: str | None) -> None:
    """The number stands in the middle of the top margin, and not on the first page, which has the mark."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section = document.sections[0]
    section.different_first_page_header_footer = True
    run = write(section.header.paragraphs[0], "")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    if mark:
        write(section.first_page_header.paragraphs[0], mark, bold=True)


def _head(document: Document, paper: DecreePaper) -> None:
    table: Any = write_head(document, paper.issuer, paper.country)
    cells = table.add_row().cells
    set_widths(table, HEAD_WIDTHS)
    write(cells[0].paragraphs[0], paper.number)
    write(cells[1].paragraphs[0], paper.dated, italic=True)


def _foot(document: Document, paper: DecreePaper) -> None:
    """Nơi nhận and the signature, kept together on a page."""
    add_paragraph(document, "", size=6)
    table = document.add_table(rows=1, cols=2)
    set_widths(table, (BREADTH / 2, BREADTH / 2))
    left, right = table.rows[0].cells
    for at, line in enumerate(paper.receivers):
        paragraph = left.paragraphs[0] if at == 0 else left.add_paragraph()
        write(paragraph, line, bold=at == 0, italic=at == 0, size=12 if at == 0 else 11, align="left")
    for at, line in enumerate(paper.signature):
        write(right.paragraphs[0] if at == 0 else right.add_paragraph(), line, bold=True)
    for _ in range(4):
        right.add_paragraph()
    write(right.add_paragraph(), paper.signer, bold=True)
    keep_whole(table, headings=0)


def _write_block(document: Document, block: Block, paper: DecreePaper) -> None:
    match block:
        case Heading(text, level):
            written = add_paragraph(document, text, bold=True, align="both", before=6, indent=INDENT)
            written.paragraph_format.keep_with_next = True
            written.style = document.styles["Normal"]
            _outline(written, level)
        case Prose(text, italic):
            add_paragraph(document, text, italic=italic, align="both", before=4, indent=INDENT)
        case PaperTable():
            _write_table(document, block, paper)
        case Bars():
            _write_bars(document, block)


def _outline(paragraph: Any, level: int) -> None:
    """Makes it a heading for programs that read the file aloud, without another look."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)


def _write_table(document: Document, block: PaperTable, paper: DecreePaper) -> None:
    if block.title:
        title = add_paragraph(document, block.title, bold=True, before=8, after=4)
        title.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.columns))
    table.style = "Table Grid"
    share = BREADTH / sum(column.width for column in block.columns)
    set_widths(table, [column.width * share for column in block.columns])
    lines = [PaperRow(tuple(column.heading for column in block.columns), bold=True), *block.rows]
    # The rows of a table are asked for once: python-docx seeks each anew.
    for row, line in zip(table.rows, lines, strict=True):
        _write_row(document, row.cells, line, block.columns, paper, heading=line is lines[0])
    keep_whole(table)
    add_paragraph(document, "", size=6)


def _write_row(
    document: Document,
    cells: Sequence[_Cell],
    line: PaperRow,
    columns: Sequence[PaperColumn],
    paper: DecreePaper,
    *,
    heading: bool,
) -> None:
    size = SMALL if len(columns) > MOST_COLUMNS else 12
    if len(line.cells) == 1:
        across = cells[0].merge(cells[-1])
        runs = [write(across.paragraphs[0], line.cells[0], bold=True, size=size)]
    else:
        runs = []
        for cell, text, column in zip(cells, line.cells, columns, strict=True):
            for at, part in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                align: Align = "center" if heading else column.align
                runs.append(write(paragraph, part, bold=line.bold, size=size, align=align))
    if line.remark:
        comment = document.add_comment(runs, text=line.remark, author=paper.author, initials="")
        _date(comment, paper.made)


def _date(comment: Any, made: datetime) -> None:
    """python-docx takes the clock of the computer."""
    from docx.oxml.ns import qn

    comment._comment_elm.set(qn("w:date"), made.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _write_bars(document: Document, block: Bars) -> None:
    """Each bar is a filled cell as long as its number."""
    title = add_paragraph(document, block.title, bold=True, before=8, after=4)
    title.paragraph_format.keep_with_next = True
    longest = max((number for _label, number in block.bars), default=0)
    table = document.add_table(rows=len(block.bars), cols=BAR_STEPS + 2)
    widths = (50, *((BREADTH - 65) / BAR_STEPS,) * BAR_STEPS, 15)
    set_widths(table, widths)
    for row, (label, number) in zip(table.rows, block.bars, strict=True):
        _write_bar(row.cells, label, number, -(-number * BAR_STEPS // longest) if longest else 0)
    _low(table)
    keep_whole(table, headings=0)
    add_paragraph(document, "", size=6)


def _write_bar(cells: Sequence[_Cell], label: str, number: int, steps: int) -> None:
    write(cells[0].paragraphs[0], label, size=11, align="left")
    # A picture is not parted between two pages.
    cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    write(cells[-1].paragraphs[0], str(number), size=11, align="right")
    if steps:
        shade(cells[1].merge(cells[steps]), BAR_COLOUR)
    if steps < BAR_STEPS:
        cells[steps + 1].merge(cells[BAR_STEPS])


def _low(table: Table) -> None:
    """Rows without a line between them would be one bar: each has a white edge."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    edge = OxmlElement("w:insideH")
    for name, value in (("w:val", "single"), ("w:sz", "24"), ("w:color", "FFFFFF")):
        edge.set(qn(name), value)
    borders.append(edge)
    table._tbl.tblPr.append(borders)
