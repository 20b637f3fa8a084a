"""A filled Word document taken apart into the values that a PDF is set from and that facts are looked for
in.

Its paragraphs and tables count, in their order; pictures and text boxes do not. A table within a cell
becomes lines of that cell, so that nothing of its text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from lxml import etree

from exchange.papers.document import Block, Cell, Document, Paragraph, Run, Section, Table
from exchange.papers.looks import TWENTIETHS, Look, Looks
from exchange.plan.word.names import number, switched, under, value, w

MM = 25.4 / 72 / TWENTIETHS
"""Millimetres of a twentieth of a point."""
PARAGRAPH, TABLE, ROW, CELL, RUN = w("p"), w("tbl"), w("tr"), w("tc"), w("r")
SECTION = w("sectPr")
COLOUR = re.compile("[0-9A-Fa-f]{6}")
PLAIN_BORDERS = frozenset({"nil", "none"})
_GONE = frozenset(map(w, ("del", "moveFrom", "txbxContent")))
_STANDS_FOR = {w("br"): "\n", w("cr"): "\n", w("tab"): " ", w("noBreakHyphen"): "\u2011"}
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def read(parts: Mapping[str, bytes]) -> Document:
    """The document of a package's parts. Raises etree.XMLSyntaxError for what is no XML."""
    styles = parts.get("word/styles.xml")
    reader = _Reader(Looks(None if styles is None else tree(styles)))
    body = under(tree(parts["word/document.xml"]), w("body"))
    headers = [parts[name] for name in sorted(parts) if name.startswith("word/header")]
    return Document(tuple(reader.sections(body)), tuple("".join(tree(each).itertext()) for each in headers))


def tree(part: bytes) -> Any:
    return etree.fromstring(part, _PARSER)


class _Reader:
    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.known: dict[bytes, Look] = {}

    def sections(self, body: Any) -> Iterator[Section]:
        blocks: list[Block] = []
        for element in _blocks(body):
            if element.tag == SECTION:
                yield _section(element, blocks)
                return
            blocks.append(self.table(element) if element.tag == TABLE else self.paragraph(element))
            ends = under(element, w("pPr"), SECTION) if element.tag == PARAGRAPH else None
            if ends is not None:
                yield _section(ends, blocks[:-1] if not blocks[-1].text.strip() else blocks)  # type: ignore[union-attr]
                blocks = []
        yield Section(tuple(blocks))

    def paragraph(self, element: Any) -> Paragraph:
        own = under(element, w("pPr"))
        look = self.look(own)
        first = next(_run_elements(element), None)
        shown = under(first, w("rPr")) if first is not None else under(own, w("rPr"))
        return replace(look.shape, runs=tuple(_runs(element, look)), size=look.size(shown))

    def look(self, own: Any) -> Look:
        """A list's thousands of cells have few looks, and each is worked out once."""
        key = b"" if own is None else etree.tostring(own)
        if key not in self.known:
            self.known[key] = self.looks.of(own)
        return self.known[key]

    def table(self, element: Any) -> Table:
        grid = [number(each.get(w("w")), 1) for each in element.iter(w("gridCol"))]
        rows = list(element.iterchildren(ROW))
        heads = 0
        while heads < len(rows) and switched(rows[heads], w("trPr"), w("tblHeader")):
            heads += 1
        return Table(
            tuple(tuple(self.cells(row)) for row in rows),
            widths=tuple(map(float, grid)),
            heads=heads,
            lines=has_lines(element),
        )

    def cells(self, row: Any) -> Iterator[Cell]:
        for cell in row.iterchildren(CELL):
            span = number(value(cell, w("tcPr"), w("gridSpan")), 1)
            middle = value(cell, w("tcPr"), w("vAlign")) == "center"
            shading = under(cell, w("tcPr"), w("shd"))
            colour = shading.get(w("fill"), "") if shading is not None else ""
            filled = colour if COLOUR.fullmatch(colour) else ""
            yield Cell(tuple(map(self.paragraph, cell.iter(PARAGRAPH))), span, middle, filled)


def _blocks(holder: Any) -> Iterator[Any]:
    """Paragraphs, tables and the last section's properties, seen through content controls and insertions."""
    for child in holder:
        if child.tag in (PARAGRAPH, TABLE, SECTION):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("moveTo"), w("customXml")):
            yield from _blocks(child)


def _section(element: Any, blocks: list[Block]) -> Section:
    size, margin = under(element, w("pgSz")), under(element, w("pgMar"))
    said = {
        name: number(found.get(w(key)), 0) * MM
        for found, keys in (
            (size, {"width": "w", "height": "h"}),
            (margin, {"top": "top", "bottom": "bottom", "left": "left", "right": "right"}),
        )
        if found is not None
        for name, key in keys.items()
    }
    return Section(tuple(blocks), **said)


def _run_elements(paragraph: Any) -> Iterator[Any]:
    """Those that are shown, seen through links and insertions, without what was deleted or floats."""
    for child in paragraph:
        if child.tag == RUN:
            yield child
        elif child.tag not in _GONE and child.tag != w("pPr"):
            yield from _run_elements(child)


def _runs(paragraph: Any, look: Look) -> Iterator[Run]:
    """Neighbours of one look are one run: Word cuts a line where somebody once corrected it."""
    last: Run | None = None
    for element in _run_elements(paragraph):
        text = "".join(_STANDS_FOR.get(each.tag, each.text or "") for each in element if _shows(each))
        run = Run(text, *look.run(under(element, w("rPr"))))
        if last is not None and last[1:] == run[1:]:
            last = last._replace(text=last.text + text)
            continue
        if last is not None and last.text:
            yield last
        last = run
    if last is not None and last.text:
        yield last


def _shows(element: Any) -> bool:
    return element.tag == w("t") or element.tag in _STANDS_FOR


def has_lines(table: Any) -> bool:
    """A table without a word on its borders has those of its style, which lists have."""
    borders = under(table, w("tblPr"), w("tblBorders"))
    if borders is None:
        return value(table, w("tblPr"), w("tblStyle")) is not None
    return any(cast(str, each.get(w("val"), "single")) not in PLAIN_BORDERS for each in borders)
