"""How paragraphs and runs of a Word document look: what they say themselves, else their styles, else the
document's defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from exchange.papers.document import Align, Paragraph
from exchange.plan.word.names import VALUE, switched, under, value, w

TWENTIETHS = 20
"""Word counts lengths in twentieths of a point; of sizes it counts halves."""
SINGLE = 240
"""What Word calls a line's single height."""
USUAL_SIZE = 13.0
ALIGNS: Mapping[str, Align] = {"center": "center", "right": "right", "end": "right", "both": "justify"}
_PPR, _RPR = w("pPr"), w("rPr")


class Looks:
    """The styles of one document; `root` is the part of styles, None where it has none."""

    def __init__(self, root: Any) -> None:
        found = [] if root is None else list(root.iterchildren(w("style")))
        self._styles = {style.get(w("styleId"), ""): style for style in found}
        usual = [style for style in found if style.get(w("default")) in ("1", "true", "on")]
        self._usual = next(
            (style.get(w("styleId")) for style in usual if style.get(w("type")) == "paragraph"), None
        )
        self._defaults = under(root, w("docDefaults"))
        self._chains: dict[str | None, tuple[Any, ...]] = {}

    def of(self, own: Any) -> Look:
        """How paragraphs with these properties (or None) look."""
        id = value(own, w("pStyle")) if own is not None else None
        return Look(own, self.chain(id if id in self._styles else self._usual), self._defaults, self)

    def chain(self, id: str | None) -> tuple[Any, ...]:
        """The style and those that it is based on, the nearest first; a circle is gone round once."""
        if id not in self._chains:
            self._chains[id] = tuple(self._based(id))
        return self._chains[id]

    def _based(self, id: str | None) -> Iterator[Any]:
        met: set[str] = set()
        while id is not None and id not in met and id in self._styles:
            met.add(id)
            yield self._styles[id]
            id = value(self._styles[id], w("basedOn"))


class Look:
    """What one paragraph's properties come to."""

    def __init__(self, own: Any, chain: tuple[Any, ...], defaults: Any, looks: Looks) -> None:
        self._looks = looks
        self._run_chain = [under(style, _RPR) for style in chain]
        self._run_chain.append(under(defaults, w("rPrDefault"), _RPR))
        every = [own, *(under(style, _PPR) for style in chain), under(defaults, w("pPrDefault"), _PPR)]
        self._said = [each for each in every if each is not None]
        self._runs: dict[bytes, tuple[bool, bool, bool]] = {}
        self._sizes: dict[bytes, float] = {}
        self.shape = self._shape()

    def _shape(self) -> Paragraph:
        """A paragraph of this look in which nothing stands."""
        return Paragraph(
            (),
            align=ALIGNS.get(self.attribute("jc", "val") or "", "left"),
            first=self.first,
            left=self.points("ind", "left", "start"),
            right=self.points("ind", "right", "end"),
            before=self.points("spacing", "before"),
            after=self.points("spacing", "after"),
            line=self.line,
            keep=self.on("keepNext"),
            rule=self.rule,
            level=self.level,
        )

    def attribute(self, element: str, *names: str) -> str | None:
        """The first that is said of an element's attributes; of several names any."""
        for properties in self._said:
            found = under(properties, w(element))
            if found is not None:
                for name in names:
                    if (said := found.get(w(name))) is not None:
                        return str(said)
        return None

    def points(self, element: str, *names: str) -> float:
        return _number(self.attribute(element, *names)) / TWENTIETHS

    @property
    def first(self) -> float:
        hanging = self.points("ind", "hanging")
        return -hanging if hanging else self.points("ind", "firstLine")

    @property
    def line(self) -> float:
        """The height of a line, as a multiple of a single one."""
        if self.attribute("spacing", "lineRule") in ("exact", "atLeast"):
            return 1.0
        return _number(self.attribute("spacing", "line"), SINGLE) / SINGLE

    def on(self, name: str) -> bool:
        return next((said for each in self._said if (said := switched(each, w(name))) is not None), False)

    @property
    def rule(self) -> bool:
        """Whether a line stands below it."""
        borders = (under(each, w("pBdr"), w("bottom")) for each in self._said)
        found = next((each for each in borders if each is not None), None)
        return found is not None and found.get(VALUE) not in ("nil", "none")

    @property
    def level(self) -> int:
        said = self.attribute("outlineLvl", "val")
        return int(said) + 1 if said is not None and said in "012" else 0

    def run(self, properties: Any) -> tuple[bool, bool, bool]:
        """Whether a run with these properties (or None) is bold, italic, underlined."""
        key = b"" if properties is None else etree.tostring(properties)
        if key not in self._runs:
            said = self._of_run(properties)
            underline = next((each for p in said if (each := value(p, w("u"))) is not None), "none")
            self._runs[key] = self._switch(said, "b"), self._switch(said, "i"), underline != "none"
        return self._runs[key]

    def size(self, properties: Any) -> float:
        key = b"" if properties is None else etree.tostring(properties)
        if key not in self._sizes:
            said = self._of_run(properties)
            halves = next((each for p in said if (each := value(p, w("sz"))) is not None), None)
            self._sizes[key] = _number(halves) / 2 if halves else USUAL_SIZE
        return self._sizes[key]

    def _of_run(self, properties: Any) -> list[Any]:
        own = [] if properties is None else [properties]
        style = value(properties, w("rStyle")) if own else None
        by_style = [under(each, _RPR) for each in self._looks.chain(style)] if style else []
        return [each for each in (*own, *by_style, *self._run_chain) if each is not None]

    def _switch(self, said: list[Any], name: str) -> bool:
        return next((on for each in said if (on := switched(each, w(name))) is not None), False)


def _number(text: str | None, default: float = 0) -> float:
    """A length that a file claims, whole or not; what is no number is the default."""
    try:
        return float(text) if text is not None else default
    except ValueError:
        return default
