"""The numbers that Word makes itself, counted as Word counts them, since they do not stand in the text.

`1`, `1.1`, `a)` and `II.` come out as though they had been typed. The count goes on through the document, so
every numbered paragraph that is shown must be asked for once, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exchange.plan.document import AUTOMATIC
from exchange.plan.word.names import number, switched, under, value, w
from exchange.plan.word.styles import Styles

BULLET = "-"
"""Stands for any sign that Word sets before the items of a list."""

DEEPEST = 9
PLACE = re.compile(r"%(\d)")
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
LAST_ROMAN, LAST_LETTER = 3999, 26 * 30


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `text` has the levels' numbers as `%1.%2`; `after` is `w:lvlRestart`.

    `arabic`: the numbers of all levels are shown in digits (`w:isLgl`). `style` is the paragraph style that
    has this level.
    """

    start: int
    form: str
    text: str
    after: int | None
    arabic: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A list (`w:num`): the definition that it counts in, its levels, and the starts that are its own."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """The lists of one document and how far each is counted; `root` is the part of numberings, or None."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, Any] = {}
        self._nums: dict[str, Any] = {}
        if root is not None:
            self._definitions = {
                each.get(w("abstractNumId"), ""): each for each in root.iterchildren(w("abstractNum"))
            }
            self._nums = {each.get(w("numId"), ""): each for each in root.iterchildren(w("num"))}
        self._lists: dict[str, Counted | None] = {}
        # By definition and level: several lists may count on in one definition.
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def mark(self, paragraph: Any, style: str | None) -> str:
        """The number or `BULLET` before a paragraph of this style, counting it; "" where it has none.

        `AUTOMATIC` stands for a number that cannot be told.
        """
        own = under(paragraph, w("pPr"), w("numPr"))
        id = value(own, w("numId")) or self._list_of(style)
        if id is None or number(id, 0) == 0:
            return ""
        counted = self._list(id)
        if counted is None:
            return AUTOMATIC
        level = value(own, w("ilvl"))
        at = self._level_of(style, counted) if level is None else number(level, 0)
        return self._next(id, counted, at) if at in counted.levels else AUTOMATIC

    def _list_of(self, style: str | None) -> str | None:
        return next((each.list_id for _, each in self._styles.chain(style) if each.list_id), None)

    def _level_of(self, style: str | None, counted: Counted) -> int:
        """The level that names the style; without one the level that the style names."""
        for id, each in self._styles.chain(style):
            for at, level in counted.levels.items():
                if level.style == id:
                    return at
            if each.level is not None:
                return each.level
        return 0

    def _list(self, id: str) -> Counted | None:
        if id not in self._lists:
            self._lists[id] = self._read(id)
        return self._lists[id]

    def _read(self, id: str) -> Counted | None:
        name = value(self._nums.get(id), w("abstractNumId"))
        link = value(self._definitions.get(name or ""), w("numStyleLink"))
        if link is not None:
            # The levels stand in the definition of the list that the style names.
            name = value(self._nums.get(self._list_of(link) or ""), w("abstractNumId"))
        definition = self._definitions.get(name or "")
        if name is None or definition is None:
            return None
        levels, starts = _levels(definition), {}
        for change in self._nums[id].iterchildren(w("lvlOverride")):
            levels |= _levels(change)
            if (start := value(change, w("startOverride"))) is not None:
                starts[number(change.get(w("ilvl")), 0)] = number(start, 1)
        return Counted(name, levels, starts)

    def _next(self, id: str, counted: Counted, at: int) -> str:
        level = counted.levels[at]
        count = self._counts.setdefault(counted.definition, {})
        begins = at in counted.starts and (id, at) not in self._begun
        self._begun.add((id, at))
        if begins or at not in count:
            count[at] = counted.starts.get(at, level.start)
        else:
            count[at] += 1
        for deeper in [deeper for deeper in count if deeper > at]:
            after = counted.levels[deeper].after if deeper in counted.levels else None
            if after is None or at < after:
                del count[deeper]
        return _label(level, counted, count)


def _levels(holder: Any) -> dict[int, Level]:
    levels = {number(each.get(w("ilvl")), 0): _level(each) for each in holder.iterchildren(w("lvl"))}
    return {at: level for at, level in levels.items() if at < DEEPEST}


def _level(level: Any) -> Level:
    after = value(level, w("lvlRestart"))
    return Level(
        start=number(value(level, w("start")), 0),
        form=value(level, w("numFmt")) or "decimal",
        text=value(level, w("lvlText")) or "",
        after=None if after is None else number(after, 0),
        arabic=switched(level, w("isLgl")) or False,
        style=value(level, w("pStyle")),
    )


def _label(level: Level, counted: Counted, count: Mapping[int, int]) -> str:
    if level.form == "bullet":
        return BULLET
    label = level.text
    for place in set(PLACE.findall(label)):
        shown = counted.levels.get(int(place) - 1)
        if shown is None:
            return AUTOMATIC
        written = _written(count.get(int(place) - 1, shown.start), "decimal" if level.arabic else shown.form)
        if written is None:
            return AUTOMATIC
        label = label.replace(f"%{place}", written)
    label = " ".join(label.split())
    return label if not label or any(sign.isalnum() for sign in label) else BULLET


def _written(count: int, form: str) -> str | None:
    """A number in one of Word's forms; None for a form that is not known, such as words of a language."""
    match form:
        case "decimal":
            return str(count)
        case "decimalZero":
            return f"{count:02}"
        case "upperRoman" | "lowerRoman" if 0 < count <= LAST_ROMAN:
            return _in_case(_roman(count), form)
        case "upperLetter" | "lowerLetter" if 0 < count <= LAST_LETTER:
            # Word goes on after z with aa, bb, cc.
            return _in_case(chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1), form)
        case "none":
            return ""
    return None


def _in_case(letters: str, form: str) -> str:
    return letters.upper() if form.startswith("upper") else letters


def _roman(count: int) -> str:
    written = ""
    for worth, letters in ROMAN:
        written += letters * (count // worth)
        count %= worth
    return written
