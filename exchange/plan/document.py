"""A document as rows of tables and paragraphs, in reading order, whatever format it had.

`exchange.plan.text`, `exchange.plan.word` and `exchange.plan.workbook` make it; `exchange.plan.rows` and
`exchange.plan.table` read a plan in it. Nothing here knows what a plan is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from workflow.model.signs import composed, readable

AUTOMATIC = "#"
"""The text of a cell whose number Word makes itself, so that it does not stand in the file."""

MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
"""Diacritics that stand behind their letter once it is taken apart."""

MOST_PARTS, MOST_LETTERS, LONGEST = 5_000, 1_000_000, 20_000
"""Rows and paragraphs of a document, its letters in all, those of one cell. A plan of 500 rows has 150,000
letters.
"""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table. Paragraphs of a cell are separated by line feeds.

    `merged` are the columns whose cell is merged with the one above, of which it repeats the text. `gap`: a
    blank line, a page break or the end of a table stands before the row.
    """

    line: int
    cells: tuple[str, ...]
    merged: frozenset[int] = frozenset()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside of tables; `line` is None where the format counts rows only."""

    line: int | None
    text: str
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What was left out or decided while a document was taken apart; `key` is one of `file_messages`."""

    line: int | None
    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that was read of a document, from its beginning to its end.

    `floating` are texts that stand over the page and in no row or paragraph. `pictures`: it holds some, in
    which text may stand that nobody can read here.
    """

    parts: tuple[TableRow | Paragraph, ...]
    floating: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    pictures: bool = False


class Beyond(ValueError):
    """More than a plan ever holds; `key` is one of `file_messages`, `line` where it is known."""

    def __init__(self, key: str, line: int | None, limit: int) -> None:
        super().__init__(f"{key}: more than {limit}")
        self.key = key
        self.line = line
        self.limit = limit


def bounded(parts: Iterable[TableRow | Paragraph]) -> tuple[TableRow | Paragraph, ...]:
    """The parts, asked for one by one, so that nothing beyond the bounds is taken apart. Raises Beyond."""
    found: list[TableRow | Paragraph] = []
    letters = 0
    for part in parts:
        texts = part.cells if isinstance(part, TableRow) else (part.text,)
        letters += sum(map(len, texts)) + len(texts)
        if max(map(len, texts), default=0) > LONGEST:
            raise Beyond("too_long", part.line, LONGEST)
        if len(found) == MOST_PARTS:
            raise Beyond("too_many_lines", None, MOST_PARTS)
        if letters > MOST_LETTERS:
            raise Beyond("too_many_letters", None, MOST_LETTERS)
        found.append(part)
    return tuple(found)


SOFT_BREAK = re.compile(r"[\v\x85\u2028\u2029]")
JOINER = re.compile(r"[\u200c\u200d]")
"""What joins or parts letters of other scripts; between Vietnamese letters nobody sees it."""


def _seen(text: str) -> str:
    return readable(JOINER.sub("", SOFT_BREAK.sub("\n", text))).strip()


def readable_parts(document: Document) -> Document:
    """The document without the signs that nobody reads; a paragraph of nothing else is left out."""
    return replace(
        document,
        parts=tuple(_readable(document.parts)),
        floating=tuple(map(_seen, document.floating)),
        remarks=tuple(replace(remark, text=_seen(remark.text)) for remark in document.remarks),
    )


def _readable(parts: Iterable[TableRow | Paragraph]) -> Iterator[TableRow | Paragraph]:
    gap = False
    for part in parts:
        gap = gap or part.gap
        if isinstance(part, TableRow):
            yield replace(part, cells=tuple(map(_seen, part.cells)), gap=gap)
        elif text := one_line(_seen(part.text)):
            yield replace(part, text=text, gap=gap)
        else:
            continue
        gap = False


@lru_cache(1024)
def plain(text: str) -> str:
    """`text` in lower-case ASCII letters without diacritics, white space folded: `QUÝ I` is `quy i`.

    For words that no other word resembles without its marks. Names of bodies are compared with their marks.
    """
    bare = MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", bare).replace("đ", "d").replace("ð", "d").split())


def one_line(text: str) -> str:
    """`text` NFC with every run of white space as one space."""
    return " ".join(composed(text).split())
