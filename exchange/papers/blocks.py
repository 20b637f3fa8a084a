"""Parts of a paper that come ready from the record: headings, paragraphs, tables whose columns depend on
what there is, pictures of numbers.

Screens and pages show them in their own ways. A Word template takes several of them in at one place
(`{{p awards }}`), and its styles say how they look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

Align = Literal["left", "center", "right", "both"]
MOST_COLUMNS = 6
"""A table of more columns has smaller letters."""
BAR_STEPS, BAR_COLOUR = 40, "3B6EA5"
"""A bar's length is one of so many steps of the longest."""
LABEL, BARS, NUMBER = 50, 98, 15
"""The widths of a picture's columns, in their relation."""
BREADTH = 9242
"""Of a table between the margins of the decree, 163 mm, in twentieths of a point."""


SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; an `italic` one is a remark."""

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
    """The cells of a row, of which one alone stands across the table as a heading; `bold` rows are sums."""

    cells: tuple[str, ...]
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
class Blocks:
    """What a template takes in at one place; where there is none, `{%p if awards %}` leaves its words out."""

    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def __html__(self) -> str:
        """As Word has it; jinja asks for it by this name, and escapes nothing of it."""
        return "".join(_written(self.blocks))

    def texts(self) -> Iterator[str]:
        """Its paragraphs and what stands across its tables."""
        for block in self.blocks:
            if isinstance(block, Heading | Prose):
                yield block.text

    def rows(self) -> Iterator[tuple[str, ...]]:
        for block in self.blocks:
            if isinstance(block, PaperTable):
                yield from (row.cells for row in block.rows)
            elif isinstance(block, Bars):
                yield from ((label, str(number)) for label, number in block.bars)


def _written(blocks: Iterable[Block]) -> Iterator[str]:
    """What follows a table stands a little below it."""
    tabled = False
    for block in blocks:
        match block:
            case Heading(text):
                yield _paragraph(text, "Muc")
            case Prose(text, italic):
                yield _paragraph(text, "SauBang" if tabled else "ThanBai", italic=italic)
            case PaperTable():
                yield from _table(block)
            case Bars():
                yield from _bars(block)
        tabled = isinstance(block, PaperTable | Bars)


def _paragraph(text: str, style: str, *, bold: bool = False, italic: bool = False, keep: bool = False) -> str:
    looks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    look = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{run}</w:p>'


class _Cell(NamedTuple):
    paragraph: str
    span: int = 1
    colour: str = ""


def _table(table: PaperTable) -> Iterator[str]:
    small = "Nho" if len(table.columns) > MOST_COLUMNS else ""
    heads = [_Cell(_paragraph(column.heading, f"DauBang{small}")) for column in table.columns]
    rows = [heads, *(_cells(row, table.columns, small) for row in table.rows)]
    if table.title:
        yield _paragraph(table.title, "TenBang")
    yield _grid([column.width for column in table.columns], rows, heads=1, line="single")


def _cells(row: PaperRow, columns: Sequence[PaperColumn], small: str) -> list[_Cell]:
    if len(row.cells) == 1:
        return [_Cell(_paragraph(row.cells[0], f"OGiua{small}", bold=True), len(columns))]
    styles = {"center": "OGiua", "right": "OPhai"}
    return [
        _Cell(_paragraph(text, styles.get(column.align, "OTrai") + small, bold=row.bold))
        for text, column in zip(row.cells, columns, strict=True)
    ]


def _bars(picture: Bars) -> Iterator[str]:
    """Each bar is a filled cell as long as its number; a picture is not parted between two pages."""
    longest = max((number for _label, number in picture.bars), default=0) or 1
    rows = []
    for at, (label, number) in enumerate(picture.bars, 1):
        keep, steps = at < len(picture.bars), -(-number * BAR_STEPS // longest)
        empty = _paragraph("", "OTrai", keep=keep)
        bar, rest = _Cell(empty, steps, BAR_COLOUR), _Cell(empty, BAR_STEPS - steps)
        ends = (
            _Cell(_paragraph(label, "OTrai", keep=keep)),
            _Cell(_paragraph(str(number), "OPhai", keep=keep)),
        )
        rows.append([ends[0], *(cell for cell in (bar, rest) if cell.span), ends[1]])
    yield _paragraph(picture.title, "TenBang")
    yield _grid([LABEL, *[BARS / BAR_STEPS] * BAR_STEPS, NUMBER], rows, heads=0, line="nil")


def _grid(shares: Sequence[float], rows: Iterable[Sequence[_Cell]], *, heads: int, line: str) -> str:
    widths = [round(BREADTH * share / sum(shares)) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    kind = f'w:val="{line}" w:sz="4" w:space="0" w:color="auto"'
    sides = "".join(f"<w:{side} {kind}/>" for side in SIDES)
    made = "".join(_row(row, widths, repeated=at < heads) for at, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"
    )


def _row(cells: Iterable[_Cell], widths: Sequence[int], *, repeated: bool) -> str:
    made, at = [], 0
    for cell in cells:
        width = sum(widths[at : at + cell.span])
        at += cell.span
        said = f'<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{cell.span}"/>'
        said += f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.colour}"/>' if cell.colour else ""
        made.append(f"<w:tc><w:tcPr>{said}</w:tcPr>{cell.paragraph}</w:tc>")
    repeat = "<w:tblHeader/>" if repeated else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(made)}</w:tr>"
