"""A cell that lists bodies as tokens: words, and the signs that may part one name from the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.model.body_names import DASHES, Word, words

MARKS = "+*•·∙▪▫◦●○■□►➢✓✔→»\uf0b7\uf0a7\uf0d8"
"""Bullets that are no dashes; the last three are Word's own in its symbol fonts."""
BULLETS = DASHES + MARKS
DASH = re.escape(DASHES)

TOKEN = re.compile(
    rf"(?P<break>\s*[\n\v]\s*)|(?P<space>\s+)|(?P<semicolon>;|…|\.{{2,}}|(?<!\w)v\.\s?v(?!\w)\.*)"
    rf"|(?P<word>(?<!\w)\w/\w(?!\w))|(?P<comma>[,/])|(?P<and>&|(?<!\w)và(?!\w))"
    rf"|(?P<stop>\.(?=[\s;,{re.escape(BULLETS)}]|$))|(?P<mark>[{re.escape(MARKS)}])"
    rf"|(?P<dash>(?<![^\s.;])[{DASH}](?=[\s\w])|[{DASH}](?=\s))|(?P<remark>\([^()\n]*\))"
    rf"|(?P<name>(?:\.(?=\w)|(?![{DASH}]\s)[^\s.;,/&…])+|.)",
    re.IGNORECASE,
)
LINE_ENUMERATOR = re.compile(
    r"^[ \t]*(?:(?:\(?\d{1,2}[.)/]|\(?[a-zđ][)/])[ \t]+(?=\w)|\d{1,2}-[ \t]*(?=[^\W\d]))", re.MULTILINE
)
LISTED = re.compile(r"\s*\(?1[.)/-]")
ENUMERATOR = re.compile(r"(?<=[.;,])[ \t]+\(?\d{1,2}[.)/][ \t]+(?=\w)")
GLUED_STOP = re.compile(r"(?<=[^\W\d_]{2})\.(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a cell; `sort` is the name of its group in `TOKEN`, `words` its folded words."""

    sort: str
    start: int
    end: int
    text: str
    heard: tuple[Word, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.heard)

    @property
    def capitalised(self) -> bool:
        return self.text[:1].isupper()


def parted(text: str) -> str:
    """The text with its enumerators as dashes, and a space after a full stop in `xã.Phòng`."""
    numbered = LINE_ENUMERATOR.sub("- ", text)
    if LISTED.match(text):
        numbered = ENUMERATOR.sub(" - ", numbered)
    return GLUED_STOP.sub(_spaced, numbered)


def _spaced(stop: re.Match[str]) -> str:
    before, after = stop.string[stop.start() - 2 : stop.start()], stop.string[stop.end()]
    return ". " if before.islower() and after.isupper() else "."


def tokens(text: str) -> Iterator[Token]:
    for match in TOKEN.finditer(text):
        sort = "word" if match.lastgroup == "name" else match.lastgroup or "word"
        if sort != "space":
            heard = tuple(words(match[0])) if sort in ("word", "remark") else ()
            yield Token(sort, match.start(), match.end(), match[0], heard)
