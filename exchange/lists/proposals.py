"""Which titles a row proposes: by its column, by crosses under titles, by the headings above, in this
order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from exchange.lists.amounts import whole
from exchange.lists.columns import Column
from exchange.lists.heads import Heading
from exchange.lists.rows import Entry
from exchange.lists.sentences import filled
from exchange.lists.titles import Meant, Titles
from exchange.lists.values import Kind
from exchange.sheets.workbook import Cell
from workflow.model.definition import Text
from workflow.model.wording import fold, shorten

CROSSES = frozenset(
    {
        "x",
        "xx",
        "✓",
        "✔",
        "√",
        "v",
        "1",
        "+",
        "co",
        "*",
        "true",
        "☑",
        "☒",
        "×",
        "✗",
        "●",
        "•",
        "■",
        "dat",
        "u",
        "p",
        "þ",
    }
)
"""Folded, without brackets and stops; the last ones are ticks in a font of signs."""
NO_CROSSES = frozenset({"", "0", "-", "–", "khong", "false", "o", "☐", "k", "ko"})
DECLINED = frozenset({"khong", "khong de nghi", "-", "–", "ko"})
SHOWN = 60
KIND_NAMES = {
    "person": Text("cá nhân", "person"),
    "collective": Text("tập thể", "collective"),
    "household": Text("hộ gia đình", "household"),
}

Tell = Callable[..., None]
"""Tells a finding: its code, its cell, the sentence's operands."""


class Proposed(NamedTuple):
    """A title that is proposed, and the cell that says so, None where a heading does. Without a title `text`
    is what nobody understands, or empty, and `ask` what to ask."""

    title: str | None
    cell: Cell | None = None
    text: str = ""
    ask: Text | None = None


@dataclass(frozen=True, slots=True)
class Proposals:
    """Finds the titles of the rows of one table. `default` are those that the list's own heading names."""

    heading: Heading
    titles: Titles
    default: tuple[str, ...]

    def of(self, entry: Entry, kind: Kind, tell: Tell) -> tuple[Proposed, ...]:
        """At least one, each title once, in the order of the columns."""
        found = [*self._in_columns(entry, kind, tell)]
        if not found and not self._declined(entry):
            found = [*self._above(entry, kind)]
        once = {proposed.title or proposed.text: proposed for proposed in reversed(found)}
        return tuple(proposed for proposed in found if once[proposed.title or proposed.text] is proposed)

    def _declined(self, entry: Entry) -> bool:
        """Whether the column of titles says that none is proposed: what stands above does not hold then."""
        return any(fold(entry.text(column.at)) in DECLINED for column in self.heading.all("title"))

    def _in_columns(self, entry: Entry, kind: Kind, tell: Tell) -> Iterator[Proposed]:
        columns = sorted(self.heading.all("title", "mark", "other_title"), key=lambda column: column.at)
        for column in columns:
            cell = entry.cell(column.at)
            if cell is None or cell.blank:
                continue
            if column.field == "mark":
                if not self.counts(column, cell, kind):
                    yield from self._marked(column, cell, kind, tell, entry.group.titles)
            elif fold(cell.text).strip("().,") in CROSSES:
                yield from self._above(entry, kind)
            elif fold(cell.text) not in NO_CROSSES:
                yield from self._written(column, cell, kind, tell, entry.group.titles)

    def counts(self, column: Column, cell: Cell, kind: Kind) -> bool:
        """Whether a collective's number in a column of crosses counts its members with that title."""
        number = whole(cell) if kind == "collective" else None
        if number is None or column.title is None:
            return False
        own = self._is_for(self.titles.for_kind(column.title, kind), kind)
        return number > 1 or not own or bool(self.heading.all("title"))

    def _marked(
        self, column: Column, cell: Cell, kind: Kind, tell: Tell, above: tuple[str, ...]
    ) -> Iterator[Proposed]:
        mark = fold(cell.text).strip("().,")
        if mark in CROSSES and column.title:
            yield Proposed(self.titles.for_kind(column.title, kind), cell)
        elif mark not in NO_CROSSES:
            if all(self.titles.exactly(part) for part in self.titles.parts(cell.text)):
                yield from self._written(column, cell, kind, tell, above)
            else:
                tell("unclear_mark", cell, text=shorten(cell.text, SHOWN), column=column.heading)

    def _written(
        self, column: Column, cell: Cell, kind: Kind, tell: Tell, above: tuple[str, ...]
    ) -> Iterator[Proposed]:
        for text in self.titles.parts(cell.text) if self.titles.exactly(cell.text) is None else (cell.text,):
            yield self._meant(column, cell, " ".join(text.split()), kind, tell, above)

    def _meant(
        self, column: Column, cell: Cell, text: str, kind: Kind, tell: Tell, above: tuple[str, ...]
    ) -> Proposed:
        meant, shown = self._known(text, above), shorten(text, SHOWN)
        if meant is None or (meant.title is None and meant.other is None):
            tell("title_unknown", cell, text=shown)
            return Proposed(None, cell, text, filled(ASKED, text=shown))
        if meant.other is not None:
            tell("title_other_chain", cell, text=shown, reason=meant.other.refused)
            return Proposed(None, cell, text, meant.other.refused)
        title = self.titles.for_kind(meant.title or "", kind)
        label = self.titles.label(title)
        if meant.respelt:
            tell("title_spelling", cell, text=shown, title=label)
        elif column.field == "other_title" and self._has_column(title):
            tell("title_in_other_column", cell, text=shown, title=label, column=column.heading)
        return Proposed(title, cell, text)

    def _known(self, text: str, above: tuple[str, ...]) -> Meant | None:
        """By the whole name, else as the beginning of the one that a heading above names: `BK`."""
        meant = self.titles.exactly(text)
        begun = self.titles.begun(text, (*above, *self.default)) if meant is None else None
        return Meant(begun, None, True) if begun else meant

    def _has_column(self, title: str) -> bool:
        return any(column.title == title for column in self.heading.all("mark"))

    def _above(self, entry: Entry, kind: Kind) -> Iterator[Proposed]:
        """The one title that the group's heading, else the list's, names for this kind of nominee."""
        for named in (entry.group.titles, self.default):
            meant = {self.titles.for_kind(title, kind) for title in named}
            fitting = [title for title in meant if self._is_for(title, kind)]
            if len(fitting) == 1 or len(meant) == 1:
                yield Proposed((fitting or list(meant))[0])
                return

    def _is_for(self, title: str, kind: Kind) -> bool:
        known = self.titles.by_id.get(title)
        return known is None or kind in known.nominees


ASKED = Text("không rõ danh hiệu “{text}”", "“{text}” is no known title")
