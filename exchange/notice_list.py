"""The list of nominees for the notice board as a value, as an HTML page to print and as a Word file.

Both have the layout of an annex by NĐ 30/2020: A4, Times New Roman, issuer left, quốc hiệu right. Words come
ready from the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

FONT, SIZE = "Times New Roman", 13
MARGINS = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}
"""In millimetres (NĐ 30/2020, appendix I)."""
WIDTHS = (12, 68, 45, 40)
"""Of the columns, in millimetres: together the width between the margins."""
HEAD_WIDTHS = (62, 103)
"""Of issuer and quốc hiệu, which stands on one line."""


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
    import docx

    document = docx.Document()
    about = document.core_properties
    about.author, about.title, about.comments = " ".join(listed.issuer), listed.about, ""
    _set_page(document)
    if listed.mark:
        _paragraph(document, listed.mark, bold=True)
    _head(document, listed)
    _paragraph(document, listed.title, bold=True, size=14, before=12)
    _paragraph(document, listed.about, bold=True, size=14)
    _paragraph(document, listed.annex, italic=True, after=8)
    _list(document, listed)
    for sentence in listed.below:
        _paragraph(document, sentence, centred=False, before=4)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _set_page(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in MARGINS.items():
        setattr(section, name, Mm(size))
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    # Word takes the font of letters outside of ASCII from elsewhere.
    for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
        style.element.rPr.rFonts.set(qn(script), FONT)
    style.paragraph_format.space_after = Pt(0)


def _head(document: Document, listed: NoticeList) -> None:
    """Issuer and quốc hiệu side by side, each with its rule."""
    table = document.add_table(rows=1, cols=2)
    _set_widths(table, HEAD_WIDTHS)
    for cell, lines in zip(table.rows[0].cells, (listed.issuer, listed.motto), strict=True):
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            _write(paragraph, line, bold=True, size=13 if lines is listed.motto and at else 12)
        _write(cell.add_paragraph(), "―――――――", size=6)


def _list(document: Document, listed: NoticeList) -> None:
    table = document.add_table(rows=1, cols=len(listed.headings))
    table.style = "Table Grid"
    _set_widths(table, WIDTHS)
    _cells(table, 0, listed.headings, bold=True)
    for group in listed.groups:
        if group.heading:
            row = table.add_row().cells
            _write(row[0].merge(row[-1]).paragraphs[0], group.heading, bold=True, centred=False)
        for each in group.rows:
            table.add_row()
            _cells(table, len(table.rows) - 1, (each.no, each.name, each.unit, each.title))
    _keep_whole(table)


def _cells(table: Table, at: int, texts: Sequence[str], *, bold: bool = False) -> None:
    for column, (cell, text) in enumerate(zip(table.rows[at].cells, texts, strict=True)):
        cell.width = table.columns[column].width
        _write(cell.paragraphs[0], text, bold=bold, centred=bold or column == 0)


def _set_widths(table: Table, millimetres: Sequence[int]) -> None:
    """Said of the columns and of their cells: LibreOffice goes by the one, Word by the other."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _keep_whole(table: Table) -> None:
    """The headings stand on each page, and no row is parted between two."""
    from docx.oxml import OxmlElement

    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _paragraph(
    document: Document,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = SIZE,
    centred: bool = True,
    before: int = 0,
    after: int = 0,
) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    _write(paragraph, text, bold=bold, italic=italic, size=size, centred=centred)


def _write(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = SIZE,
    centred: bool = True,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
