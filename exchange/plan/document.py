"""A plan document taken apart: the rows of its tables and the paragraphs around them, in reading order.

`exchange.plan.text` and `exchange.plan.docx` make it, `exchange.plan.table` reads it. Nothing here knows
what a plan is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

AUTOMATIC = "#"
"""Stands in a cell whose number Word makes itself and does not write into the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. Paragraphs of a cell are separated by line feeds.

    `merged` are the columns whose cell only continues the one above (its text is repeated here); `gap`
    says that a blank line, a page break or the end of a table lies before it.
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
class Document:
    parts: tuple[Row | Paragraph, ...]


def plain(text: str) -> str:
    """`text` in lower-case ASCII letters without diacritics, white space folded: `QUÝ I` is `quy i`.

    For words that cannot be mistaken without their marks; names of bodies are compared with them.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\u2010-\u2015\u2212]", "-", bare).replace("đ", "d").replace("ð", "d").split())


def one_line(text: str) -> str:
    """`text` NFC with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())
