"""A plan in an OpenDocument text (.odt), taken apart into rows and paragraphs as its printed page shows them.

What is deleted stands outside of the text there, so that what is left counts as accepted. Numbers that the
program makes itself are not computed: one alone in its cell is `AUTOMATIC`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exchange.plan.archive import Archive, Broken, Locked
from exchange.plan.document import AUTOMATIC, Document, Paragraph, Remark, TableRow, bounded
from exchange.plan.page import PageReader
from workflow.model.body_tokens import BULLETS
from workflow.model.signs import composed

NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
MOST_COLUMNS, MOST_TIMES = 64, 1_000


def _text(name: str) -> str:
    return NAMES % ("text", name)


def _table(name: str) -> str:
    return NAMES % ("table", name)


PARAGRAPHS = frozenset({_text("p"), _text("h")})
TABLE, ROW, CELL, COVERED = map(_table, ("table", "table-row", "table-cell", "covered-table-cell"))
LIST, BOX = _text("list"), NAMES % ("drawing", "text-box")
STYLE, DISPLAY = NAMES % ("style", "style"), _text("display")
STAND_FOR = {_text("tab"): " ", _text("line-break"): "\n", _text("s"): " "}
# Notes and annotations stand elsewhere on the page, the rest on none.
LEFT_OUT = frozenset(
    {
        *map(
            _text, ("note", "ruby-text", "hidden-text", "hidden-paragraph", "tracked-changes", "list-header")
        ),
        NAMES % ("office", "annotation"),
    }
)
SPACES = str.maketrans("\n\r\t", "   ")


def read_open_text(archive: Archive) -> Document:
    """Rows are counted over all tables of the document, from 1. Raises Broken, Locked, TooLarge or Beyond."""
    if archive.encrypted:
        raise Locked
    content = archive.part("content.xml")
    body = None if content is None else next(content.iter(NAMES % ("office", "text")), None)
    if body is None:
        raise Broken("a document without a text")
    named = archive.part("styles.xml")
    return _Reader([content] if named is None else [named, content]).document(body)


class _Reader(PageReader):
    """An OpenDocument text under reading, with its styles by their names."""

    def __init__(self, roots: Sequence[Any]) -> None:
        super().__init__()
        self.styles: Mapping[str, Any] = {
            style.get(NAMES % ("style", "name"), ""): style for root in roots for style in root.iter(STYLE)
        }

    def document(self, body: Any) -> Document:
        if next(body.iter(_text("changed-region")), None) is not None:
            self.remarks.append(Remark(None, "changes_accepted"))
        parts = bounded(self.parts(body))
        pictures = next(body.iter(NAMES % ("drawing", "image")), None) is not None
        return Document(parts, tuple(self.floating), tuple(self.remarks), pictures)

    def blocks(self, holder: Any, *, listed: bool = False) -> Iterator[Any]:
        for block in holder:
            if block.tag in PARAGRAPHS:
                text = composed("".join(self._shown(block))).strip()
                yield _item(text) if listed else text
            elif block.tag == TABLE:
                yield block
            elif block.tag not in LEFT_OUT and block.get(DISPLAY) != "none":
                yield from self.blocks(block, listed=listed or block.tag == LIST)

    # Tables

    def table(self, table: Any) -> Iterator[TableRow | Paragraph]:
        above: dict[int, tuple[int, str]] = {}
        gap = True
        for row in _within(table, ROW):
            cells = list(row.iterchildren(CELL, COVERED))
            for _ in range(_times(row, "number-rows-repeated")):
                self.rows += 1
                if row.get(_table("visibility"), "visible") != "visible":
                    self.tell_hidden_row(row.itertext())
                    continue
                if len(cells) == 1 and next(_within(cells[0], TABLE), None) is not None:
                    # The row is a frame around another table, such as the plan.
                    yield from self.parts(cells[0])
                    gap = True
                    continue
                texts, merged = self._texts(cells, above)
                self.tell_hidden(self.rows)
                yield TableRow(self.rows, texts, merged, gap=gap)
                gap = False

    def _texts(
        self, cells: Sequence[Any], above: dict[int, tuple[int, str]]
    ) -> tuple[tuple[str, ...], frozenset[int]]:
        """`above` has by column how many rows a cell reaches further down, and its text."""
        texts: list[str] = []
        merged: set[int] = set()
        for cell in cells:
            text = "" if cell.tag == COVERED else "\n".join(self.lines(cell))
            for _ in range(min(_times(cell, "number-columns-repeated"), MOST_COLUMNS - len(texts))):
                at = len(texts)
                left, standing = above.pop(at, (0, ""))
                if cell.tag == COVERED and left:
                    merged.add(at)
                    text = standing
                else:
                    left = _times(cell, "number-rows-spanned")
                if left > 1:
                    above[at] = (left - 1, text)
                texts.append(text)
        return tuple(texts), frozenset(merged)

    def lines(self, holder: Any) -> Iterator[str]:
        for block in self.blocks(holder):
            if isinstance(block, str):
                yield from [block] if block else []
            else:
                for inner in _within(block, CELL):
                    yield from self.lines(inner)

    # Paragraphs

    def _shown(self, element: Any) -> Iterator[str]:
        """The text of an element: what stands in it, and behind each of its children."""
        hidden = self._is_hidden(element)
        if hidden:
            self.hidden.append("".join(element.itertext()))
            return
        yield (element.text or "").translate(SPACES)
        for child in element:
            if child.tag == BOX:
                self.boxes.append(child)
            elif child.tag in STAND_FOR:
                yield STAND_FOR[child.tag]
            elif child.tag not in LEFT_OUT:
                yield from self._shown(child)
            yield (child.tail or "").translate(SPACES)

    def _is_hidden(self, element: Any) -> bool:
        name, met = element.get(_text("style-name")), set()
        while name is not None and name not in met and (style := self.styles.get(name)) is not None:
            met.add(name)
            for properties in style.iterchildren(NAMES % ("style", "text-properties")):
                if (display := properties.get(DISPLAY)) is not None:
                    return bool(display == "none")
            name = style.get(NAMES % ("style", "parent-style-name"))
        return False

    def holds_table(self, box: Any) -> bool:
        return next(box.iter(TABLE), None) is not None


def _item(text: str) -> str:
    if not text:
        return AUTOMATIC
    return text if text[0] in BULLETS else f"- {text}"


def _within(element: Any, tag: str) -> Iterator[Any]:
    """The nearest elements of this tag below an element: none of a table within."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != TABLE:
            yield from _within(child, tag)


def _times(element: Any, name: str) -> int:
    """How often or how far an element counts: a file may claim millions."""
    claimed = element.get(_table(name), "1")
    return (
        min(int(claimed), MOST_TIMES) if claimed.isascii() and claimed.isdigit() and len(claimed) < 10 else 1
    )
