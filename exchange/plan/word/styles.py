"""What the styles of a Word document say of a passage: whether it is hidden, how its paragraph is numbered.

A style takes what it does not say from the one that it is based on. Between a paragraph's and a character's
style "hidden" is a toggle: said by both it is shown again (ISO/IEC 29500-1, 17.7.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from exchange.plan.word.names import number, switched, under, value, w

VANISH = w("vanish")


@dataclass(frozen=True, slots=True)
class Style:
    """One style. `hidden` is None where it leaves that open; `list_id` "0" takes numbers away."""

    based_on: str | None
    hidden: bool | None
    list_id: str | None
    level: int | None


class Styles:
    """All styles of one document; `root` is the part of styles, None where it has none."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Style] = {}
        self._usual: str | None = None
        self._answers: dict[tuple[str | None, str | None], bool] = {}
        self._all_hidden = switched(root, w("docDefaults"), w("rPrDefault"), w("rPr"), VANISH) or False
        for style in [] if root is None else root.iterchildren(w("style")):
            id = style.get(w("styleId"), "")
            self._styles[id] = _style(style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self._usual = id

    def chain(self, id: str | None) -> Iterator[tuple[str, Style]]:
        """The style and those that it is based on, the nearest first; a circle is gone round once."""
        met: set[str] = set()
        while id is not None and id not in met and (style := self._styles.get(id)) is not None:
            met.add(id)
            yield id, style
            id = style.based_on

    def of_paragraph(self, paragraph: Any) -> str | None:
        id = value(paragraph, w("pPr"), w("pStyle"))
        return id if id in self._styles else self._usual

    def hide(self, paragraph_style: str | None, properties: Any) -> bool:
        """Whether a passage with these run properties is hidden; what they say themselves decides."""
        if properties is None:
            return self._hide(paragraph_style, None)
        own = switched(properties, VANISH)
        return self._hide(paragraph_style, value(properties, w("rStyle"))) if own is None else own

    def _hide(self, *ids: str | None) -> bool:
        key = (ids[0], ids[1])
        if key not in self._answers:
            said = [hidden for id in ids if (hidden := self._hidden(id)) is not None]
            self._answers[key] = sum(said) % 2 == 1 if said else self._all_hidden
        return self._answers[key]

    def _hidden(self, id: str | None) -> bool | None:
        return next((style.hidden for _, style in self.chain(id) if style.hidden is not None), None)


def _style(style: Any) -> Style:
    level = value(style, w("pPr"), w("numPr"), w("ilvl"))
    return Style(
        based_on=value(style, w("basedOn")),
        hidden=switched(under(style, w("rPr")), VANISH),
        list_id=value(style, w("pPr"), w("numPr"), w("numId")),
        level=None if level is None else number(level, 0),
    )
