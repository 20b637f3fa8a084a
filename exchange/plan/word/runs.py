"""The text of a paragraph as it is shown: without what is deleted, hidden, a field's code or in a floating
box.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from exchange.plan.word.names import MATH, MC, under, w

TEXT = w("t")
RUN, SYMBOL, FIELD, BOX = w("r"), w("sym"), w("fldChar"), w("txbxContent")
ALTERNATIVES = f"{{{MC}}}AlternateContent"
CHOICES = (f"{{{MC}}}Choice", f"{{{MC}}}Fallback")
TEXTS = frozenset({TEXT, f"{{{MATH}}}t"})
STAND_FOR = {w("br"): "\n", w("cr"): "\n", w("tab"): " ", w("ptab"): " ", w("noBreakHyphen"): "-"}
# `rt` are the small signs above a word, of which the word itself stands beside them.
LEFT_OUT = frozenset(map(w, ("pPr", "rPr", "sdtPr", "del", "moveFrom", "rt")))
SPACES = str.maketrans("\n\r\t", "   ")
PRIVATE = range(0xE000, 0xF900)
"""Signs of a font of pictures, which mean nothing outside of it."""


@dataclass(slots=True)
class Passage:
    """A paragraph's shown text, its hidden texts, and the text boxes that hang on it."""

    text: str
    hidden: list[str]
    boxes: list[Any]


def passage(paragraph: Any, hides: Callable[[Any], bool]) -> Passage:
    """`hides` tells of the properties of a run (or None) whether the run is hidden."""
    shown: list[str] = []
    found = Passage("", [], [])
    fields: list[bool] = []
    """Of each open field, whether its result has begun: what stands before that is its code."""
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        tag = node.tag
        if tag in TEXTS:
            if all(fields):
                shown.append((node.text or "").translate(SPACES))
        elif tag == RUN:
            if hides(under(node, w("rPr"))):
                found.hidden.append("".join(node.itertext(TEXT, with_tail=False)))
            else:
                waiting.extend(reversed(node))
        elif tag in STAND_FOR:
            shown.append(STAND_FOR[tag])
        elif tag == SYMBOL:
            shown.append(_symbol(node.get(w("char"), "")))
        elif tag == FIELD:
            _follow(fields, node.get(w("fldCharType")))
        elif tag == BOX:
            found.boxes.append(node)
        elif tag == ALTERNATIVES:
            waiting.extend(reversed(chosen(node)))
        elif tag not in LEFT_OUT:
            waiting.extend(reversed(node))
    found.text = "".join(shown)
    return found


def chosen(element: Any) -> Sequence[Any]:
    """What counts of several ways in which one thing is written: the newest of them. Of anything else
    nothing.
    """
    if element.tag != ALTERNATIVES:
        return ()
    branch = next((each for name in CHOICES if (each := element.find(name)) is not None), None)
    return () if branch is None else list(branch)


def _follow(fields: list[bool], step: str | None) -> None:
    if step == "begin":
        fields.append(False)
    elif fields and step == "separate":
        fields[-1] = True
    elif fields and step == "end":
        fields.pop()


def _symbol(code: str) -> str:
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    return chr(at) if 0x20 <= at < 0xD800 and at not in PRIVATE else " "
