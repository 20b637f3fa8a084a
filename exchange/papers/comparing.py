"""Reading a paper back before it is handed over: what the Word file and the PDF say is held against the
facts."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exchange.papers.document import Document

_LEFT_OUT = re.compile(r"[\s\u00ad\u2010\u2011\u2043\ufeff\u200b\x02\ufffe-]+")


class Held(NamedTuple):
    """What a paper must say: each of `texts` somewhere, and each of `rows` in its order, the cells of a
    row one after the other. `listed` are the names that its lists have, each as often as it stands here."""

    texts: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    listed: tuple[str, ...] = ()


def bare(text: str) -> str:
    """A text as two papers are compared: NFKC, without blanks and hyphens, at which lines are broken."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text))


def lacking(held: Held, said: str) -> Iterator[str]:
    """What of the facts a paper does not say; `said` is bare."""
    for text in held.texts:
        if bare(text) not in said:
            yield text
    at = 0
    for row in held.rows:
        for cell in row:
            found = said.find(bare(cell), at)
            if found < 0:
                yield " · ".join(row)
                return
            at = found + len(bare(cell))


def miscounted(held: Held, document: Document) -> Iterator[str]:
    """The names that stand more or less often in the lists of a Word file than they should."""
    if not held.listed:
        return
    wanted = Counter(map(bare, held.listed))
    spelled = {bare(name): name for name in held.listed}
    found = Counter(
        text
        for table in document.tables()
        for row in table.rows
        for cell in row
        if (text := bare(cell.text)) in wanted
    )
    for name, times in wanted.items():
        if found[name] != times:
            yield spelled[name]


def text_of(document: Document) -> str:
    """All that a Word file says, bare."""
    return bare("\n".join(document.texts()))


def text_of_pdf(pages: Sequence[str], *, mark: str) -> str:
    """All that a PDF says, bare: without the words across its pages and their numbers, which come first
    on each, on a line of its own."""
    across = r"\s+".join(map(re.escape, mark.split()))
    first = re.compile(rf"\s*(?:{across})?(?:\s*\d{{1,4}}\s*(?:\n|\Z))?")
    return "".join(bare(first.sub("", page, count=1)) for page in pages)


def pages_of(pdf: bytes) -> list[str]:
    """What each page of a PDF says."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def off_the_page(pdf: bytes) -> str:
    """The first words of a PDF that reach over the edge of their page: they stand in the file and on no
    sheet. Empty where there are none."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as opened:
        for page in opened:
            width, height = page.get_size()
            text = page.get_textpage()
            for at in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(at)
                if left < 0 or bottom < 0 or right > width or top > height:
                    return str(text.get_text_bounded(left, bottom, right, top))
    return ""


def unprinted(document: Document, said: str) -> str | None:
    """The first paragraph of a Word file that its PDF does not say in its order; `said` is bare."""
    at = 0
    for text in document.texts():
        found = said.find(bare(text), at)
        if found < 0:
            return text
        at = found + len(bare(text))
    return None
