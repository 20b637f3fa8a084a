"""Signs of text that comes from outside: what a terminal obeys, what reorders a line, what nobody sees.

Every border asks here. What a terminal obeys is refused where it is typed and counts for nothing in a
document; and whatever is shown, sent or written to a page passes `shown`, because older databases and servers
keep no border.
"""

from __future__ import annotations

import re
import unicodedata

UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Controls but line feed and tab, what makes a text read otherwise than it is, and halves of a character."""
UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Soft hyphens, blanks without width and marks of direction: they come with what is copied from Word."""
LINE_END = re.compile(r"\r\n?")


def composed(text: str) -> str:
    """The text as the house keeps it: NFC, its lines ended by line feeds, without what nobody sees."""
    if text.isascii():
        return LINE_END.sub("\n", text) if "\r" in text else text
    return unicodedata.normalize("NFC", UNSEEN.sub("", LINE_END.sub("\n", text)))


def readable(text: str) -> str:
    """The text of a document as the house keeps it: in `composed` form, without unreadable signs."""
    return composed(UNREADABLE.sub("", LINE_END.sub("\n", text)))


def unreadable_sign(text: str) -> str | None:
    """The first unreadable sign as `U+001B`; None where there is none."""
    # What is printable from end to end holds none, and most words are.
    found = None if text.isprintable() else UNREADABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def shown(text: str) -> str:
    """The text as it may be shown: a replacement character stands for each unreadable sign."""
    return UNREADABLE.sub("\ufffd", text)
