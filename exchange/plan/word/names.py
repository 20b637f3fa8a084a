"""Names of WordprocessingML, as lxml writes them, and the few ways in which its properties are asked.

Properties stand in children of their own element (`w:tcPr` in `w:tc`). A search at any depth would also find
those of a nested table, and the earlier ones that a tracked change keeps (`w:tcPrChange`).
"""

from __future__ import annotations

from functools import cache
from typing import Any

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STRICT_MATH = "http://purl.oclc.org/ooxml/officeDocument/math"


@cache
def w(name: str) -> str:
    return f"{{{W}}}{name}"


VALUE = w("val")
OFF = frozenset({"0", "false", "off"})


def under(element: Any, *names: str) -> Any:
    """The element at the end of a path of children, each the first of its name; None where one is missing."""
    for name in names:
        if element is None:
            return None
        # `find` would walk in Python; asked of every paragraph this is half of the time of reading.
        element = next(element.iterchildren(name), None)
    return element


def value(element: Any, *names: str) -> str | None:
    """The `w:val` at the end of such a path."""
    found = under(element, *names)
    return None if found is None else found.get(VALUE)


def switched(element: Any, *names: str) -> bool | None:
    """Whether a property is on or off; None where it is not set."""
    found = under(element, *names)
    return None if found is None else found.get(VALUE, "1") not in OFF


def number(text: str | None, default: int) -> int:
    """A count that a file claims: what is no short number is the default."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
