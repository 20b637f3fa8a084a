"""What stands in a paper, as plain values: sections of paragraphs and tables. A filled Word document is
read into them, and a PDF is set from them, so that the wording stands once, in the Word template.

Lengths are points, but a section's margins, which are millimetres.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Align = Literal["left", "center", "right", "justify"]


class Run(NamedTuple):
    """A piece of text in one look; `\\n` is a line that ends within the paragraph."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`first` is how far its first line stands in, negative where it stands out; `keep` holds it on the
    page of what follows; `rule` is a line below it, as wide as its indents leave; `level` is 1 for the
    paper's title."""

    runs: tuple[Run, ...]
    align: Align = "left"
    size: float = 13
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    keep: bool = False
    rule: bool = False
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Cell(NamedTuple):
    """`colour` fills it, in hexadecimal digits, where there is one."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1
    middle: bool = False
    colour: str = ""

    @property
    def text(self) -> str:
        return "\n".join(each.text for each in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """Its first `heads` rows are repeated on each page; one without lines stands as a block that is not
    broken. `widths` are shares of the width, one for each column."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    heads: int = 0
    lines: bool = True


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one size; each section begins on a page of its own and counts its pages from 1."""

    blocks: tuple[Block, ...]
    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15


@dataclass(frozen=True, slots=True)
class Document:
    """`marks` are what its headers say on every page beside the page's number."""

    sections: tuple[Section, ...]
    marks: tuple[str, ...] = ()

    def blocks(self) -> Iterator[Block]:
        for section in self.sections:
            yield from section.blocks

    def texts(self) -> Iterator[str]:
        """Every paragraph that has text, in the order of reading."""
        for paragraph in self._paragraphs():
            if paragraph.text.strip():
                yield paragraph.text

    def _paragraphs(self) -> Iterator[Paragraph]:
        for block in self.blocks():
            if isinstance(block, Paragraph):
                yield block
            else:
                for row in block.rows:
                    for cell in row:
                        yield from cell.paragraphs

    def tables(self) -> Iterator[Table]:
        """Those with lines: lists, not the two columns of a head."""
        for block in self.blocks():
            if isinstance(block, Table) and block.lines:
                yield block

    def respelled(self, spell: Callable[[str], str]) -> Document:
        """The same with every run's text through `spell`."""

        def paragraph(each: Paragraph) -> Paragraph:
            return replace(each, runs=tuple(run._replace(text=spell(run.text)) for run in each.runs))

        def block(each: Block) -> Block:
            if isinstance(each, Paragraph):
                return paragraph(each)
            rows = tuple(
                tuple(cell._replace(paragraphs=tuple(map(paragraph, cell.paragraphs))) for cell in row)
                for row in each.rows
            )
            return replace(each, rows=rows)

        sections = tuple(replace(each, blocks=tuple(map(block, each.blocks))) for each in self.sections)
        return replace(self, sections=sections)
