"""What the office's Word files have in common: the page of NĐ 30/2020, its font, head, tables, equal bytes.

Only the layout is made here; words come ready from the caller. python-docx is loaded where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

FONT, SIZE = "Times New Roman", 13
MARGINS = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 15}
"""In millimetres (NĐ 30/2020, appendix I)."""
BREADTH = 210 - 30 - 15
"""Between the margins, in millimetres."""
HEAD_WIDTHS = (62, 103)
"""Of issuer and quốc hiệu, which stands on one line."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of each part within a file: equal contents give equal bytes."""

Align = Literal["left", "center", "right", "both"]


def new_document(author: str, title: str, made: datetime | None = None) -> Document:
    """An empty A4 document with its margins and font; `made` is local and without a zone."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    about = document.core_properties
    about.author, about.title, about.comments = author, title, ""
    if made is not None:
        about.created = about.modified = made.replace(microsecond=0)
        about.last_modified_by = author
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
    return document


def file_bytes(document: Document) -> bytes:
    """The document's bytes; equal documents give equal ones, whenever they are written."""
    saved, made = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as parts, ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            file.writestr(info, parts.read(name))
    return made.getvalue()


def write_head(document: Document, left: Sequence[str], right: Sequence[str]) -> Table:
    """Issuer and quốc hiệu side by side, each with its rule."""
    table: Table = document.add_table(rows=1, cols=2)
    set_widths(table, HEAD_WIDTHS)
    for cell, lines in zip(table.rows[0].cells, (left, right), strict=True):
        for at, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            write(paragraph, line, bold=True, size=13 if lines is right and at else 12)
        write(cell.add_paragraph(), "―――――――", size=6)
    return table


def set_widths(table: Table, millimetres: Sequence[float]) -> None:
    """Said of the columns and of their cells: LibreOffice goes by the one, Word by the other."""
    from docx.shared import Mm

    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def keep_whole(table: Table, *, headings: int = 1) -> None:
    """The headings stand on each page, and no row is parted between two."""
    from docx.oxml import OxmlElement

    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at < headings:
            properties.append(OxmlElement("w:tblHeader"))


def add_paragraph(
    document: Document | _Cell,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = SIZE,
    align: Align = "center",
    before: int = 0,
    after: int = 0,
    indent: int = 0,
) -> Any:
    """A paragraph; `before` and `after` are in points, the first line's `indent` in millimetres."""
    from docx.shared import Mm, Pt

    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    if indent:
        layout.first_line_indent = Mm(indent)
    write(paragraph, text, bold=bold, italic=italic, size=size, align=align)
    return paragraph


def write(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = SIZE,
    align: Align = "center",
) -> Any:
    """Adds a run of text to a paragraph, and answers with it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    sides: Any = WD_ALIGN_PARAGRAPH
    paragraph.alignment = sides["JUSTIFY" if align == "both" else align.upper()]
    return run
