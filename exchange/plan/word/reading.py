"""A plan in a Word document, taken apart into rows and paragraphs as its printed page shows them.

All tracked changes count as accepted, hidden text as absent, and the numbers that Word makes stand where it
shows them. What floats over the page is no part of the text below it, but a table in it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exchange.plan.archive import Archive, Broken
from exchange.plan.document import AUTOMATIC, Document, Paragraph, Remark, TableRow, bounded, one_line
from exchange.plan.page import PageReader
from exchange.plan.word.names import number, switched, under, value, w
from exchange.plan.word.numbering import BULLET, Numbering
from exchange.plan.word.runs import TEXT, Passage, chosen, passage
from exchange.plan.word.styles import Styles
from workflow.model.body_tokens import BULLETS
from workflow.model.signs import composed

MOST_COLUMNS = 64
OLD_FONTS = (".Vn", "VNI-")

PARAGRAPH, TABLE, ROW, CELL = w("p"), w("tbl"), w("tr"), w("tc")
WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")))
FOREIGN = frozenset({w("altChunk"), w("subDoc")})


def read_word(archive: Archive) -> Document:
    """Rows are counted over all tables of the document, from 1. Raises Broken, TooLarge or Beyond."""
    body = under(archive.root, w("body"))
    if body is None:
        raise Broken("a document without a body")
    styles = Styles(archive.part(archive.related(archive.main, "styles")))
    numbering = Numbering(archive.part(archive.related(archive.main, "numbering")), styles)
    return _Reader(styles, numbering).document(body)


class _Reader(PageReader):
    """A Word document under reading. `framed`: most of its text stands in frames, which then are its text."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        super().__init__()
        self.styles = styles
        self.numbering = numbering
        self.framed = False

    def document(self, body: Any) -> Document:
        frames = [_frame(each) is not None for each in body.iterchildren(PARAGRAPH)]
        # A document made of a PDF stands in frames altogether; they are its text.
        self.framed = sum(frames) * 2 > len(frames)
        _empty_what_nobody_filled(body)
        for _ in body.iter(*FOREIGN):
            self.remarks.append(Remark(None, "part_elsewhere"))
        if next(body.iter(w("ins"), w("del"), w("moveFrom"), w("cellDel")), None) is not None:
            self.remarks.append(Remark(None, "changes_accepted"))
        if any(map(_is_in_old_font, body.iter(w("rFonts")))):
            self.remarks.append(Remark(None, "old_font"))
        parts = bounded(self.parts(body))
        pictures = next(body.iter(w("drawing"), w("pict"), w("object")), None) is not None
        return Document(parts, tuple(self.floating), tuple(self.remarks), pictures)

    def blocks(self, holder: Any) -> Iterator[Any]:
        return self._blocks(holder, prose=True, labelled=True)

    def _blocks(self, holder: Any, *, prose: bool = False, labelled: bool = False) -> Iterator[Any]:
        """A paragraph whose end is hidden or deleted runs on into the next, as a large first letter does."""
        begun = ""
        for block in _children(holder, PARAGRAPH, TABLE):
            if block.tag == TABLE:
                if begun:
                    yield begun.strip()
                begun = ""
                yield block
                continue
            style = self.styles.of_paragraph(block)
            text, begun = begun + self._text(block, style), ""
            frame = _frame(block)
            if self._runs_on(block, style) or frame == "initial":
                begun = text
            elif prose and frame is not None and not self.framed:
                self.floating += [one_line(text)] if text.strip() else []
            else:
                yield self._numbered(block, style, composed(text).strip(), labelled=labelled)
        if begun:
            yield begun.strip()

    # Tables

    def table(self, table: Any) -> Iterator[TableRow | Paragraph]:
        above: tuple[str, ...] = ()
        gap = True
        rows = list(_children(table, ROW))
        for row in rows:
            # Rows left out count all the same, so that a problem's line is the row's place in the file.
            self.rows += 1
            if not self._is_shown(row):
                continue
            cells = [cell for cell in _children(row, CELL) if under(cell, w("tcPr"), w("cellDel")) is None]
            if min(len(cells), len(rows)) == 1 and any(map(_is_around_table, cells)):
                # The row is a frame around another table, such as the plan.
                for cell in cells:
                    yield from self.parts(cell)
                gap = True
                continue
            texts, merged = self._texts(row, cells, above)
            above = texts
            self.tell_hidden(self.rows)
            yield TableRow(self.rows, texts, merged, gap=gap)
            gap = False

    def _is_shown(self, row: Any) -> bool:
        if under(row, w("trPr"), w("del")) is not None:
            return False
        if switched(row, w("trPr"), w("hidden")):
            self.tell_hidden_row("".join(cell.itertext(TEXT, with_tail=False)) for cell in row.iter(CELL))
            return False
        return True

    def _texts(
        self, row: Any, cells: Iterable[Any], above: tuple[str, ...]
    ) -> tuple[tuple[str, ...], frozenset[int]]:
        """A cell over several columns stands in the first of them; the others are empty."""
        texts = [""] * min(number(value(row, w("trPr"), w("gridBefore")), 0), MOST_COLUMNS)
        merged: set[int] = set()
        for cell in cells:
            at = len(texts)
            # A cell may claim to be millions of columns wide.
            if at >= MOST_COLUMNS:
                break
            if _continues(cell):
                merged.add(at)
                texts.append(above[at] if at < len(above) else "")
            elif _continues(cell, "hMerge"):
                texts.append("")
            else:
                # What leads its row is numbered as the row is; further on numbers only list what a cell has.
                texts.append("\n".join(self.lines(cell, labelled=not any(texts))))
            texts.extend([""] * min(number(value(cell, w("tcPr"), w("gridSpan")), 1) - 1, MOST_COLUMNS))
        return tuple(texts), frozenset(merged)

    def lines(self, holder: Any, *, labelled: bool = False) -> Iterator[str]:
        for block in self._blocks(holder, labelled=labelled):
            if isinstance(block, str):
                yield from [block] if block else []
                continue
            for row in _children(block, ROW):
                if self._is_shown(row):
                    for inner in _children(row, CELL):
                        yield from self.lines(inner)

    # Paragraphs

    def _text(self, paragraph: Any, style: str | None) -> str:
        found: Passage = passage(paragraph, lambda properties: self.styles.hide(style, properties))
        self.boxes += found.boxes
        self.hidden += found.hidden
        return found.text

    def _runs_on(self, paragraph: Any, style: str | None) -> bool:
        mark = under(paragraph, w("pPr"), w("rPr"))
        if under(mark, w("del")) is not None or under(mark, w("moveFrom")) is not None:
            return True
        return self.styles.hide(style, mark) or bool(switched(mark, w("specVanish")))

    def _numbered(self, paragraph: Any, style: str | None, text: str, *, labelled: bool) -> str:
        """The text behind the number that Word makes or a bullet; a number alone in its cell is the row's."""
        mark = self.numbering.mark(paragraph, style)
        if not mark:
            return text
        if not text:
            return AUTOMATIC if mark == BULLET else mark
        if labelled and mark not in (BULLET, AUTOMATIC):
            return f"{mark} {text}"
        return text if text[0] in BULLETS else f"{BULLET} {text}"

    def holds_table(self, box: Any) -> bool:
        return next(box.iter(TABLE), None) is not None


def _is_in_old_font(fonts: Any) -> bool:
    """Whether a run is in a font of the time before Unicode, which shows other letters than it has."""
    written = "".join(fonts.getparent().getparent().itertext(TEXT, with_tail=False))
    return fonts.get(w("ascii"), "").startswith(OLD_FONTS) and not written.isascii()


def _empty_what_nobody_filled(body: Any) -> None:
    """Takes their text from content controls that only say what belongs into them."""
    for mark in body.iter(w("showingPlcHdr")):
        for text in mark.getparent().getparent().iter(TEXT):
            text.text = ""


def _children(element: Any, *tags: str) -> Iterator[Any]:
    """The children with one of `tags`, seen through content controls and inserted passages."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            waiting.extend(reversed(child))
        else:
            waiting.extend(reversed(chosen(child)))


def _is_around_table(cell: Any) -> bool:
    return next(_children(cell, TABLE), None) is not None


def _frame(paragraph: Any) -> str | None:
    """`frame` or `initial` (a large first letter); None for a paragraph that stands in no frame."""
    frame = under(paragraph, w("pPr"), w("framePr"))
    if frame is None:
        return None
    return "initial" if frame.get(w("dropCap"), "none") != "none" else "frame"


def _continues(cell: Any, way: str = "vMerge") -> bool:
    """Whether a cell is merged with the one above it, or by `hMerge` with the one before."""
    properties = under(cell, w("tcPr"))
    changed = under(properties, w("cellMerge"))
    if changed is not None and way == "vMerge":
        return bool(changed.get(w("vMerge")) == "cont")
    return under(properties, w(way)) is not None and value(properties, w(way)) in (None, "continue")
