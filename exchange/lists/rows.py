"""The rows below a heading: which are nominees, which are headings, totals, repeated headings, signatures.

Names below a signature's words are signers and never nominees. A row without number and name goes on with the
row above; a cell that says *như trên* has what the cell above has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from exchange.lists.columns import Field
from exchange.lists.grid import Cells, Grid
from exchange.lists.groups import Group, Groups, is_counted, kind_said
from exchange.lists.heads import Heading
from exchange.lists.posts import POSTS
from exchange.lists.row_words import (
    CALLED,
    DOTS,
    NUMBER,
    PART,
    ROMAN,
    STATEMENT,
    TITLED,
    TOTAL,
    counts_columns,
    in_capitals,
    repeats,
    signs,
)
from exchange.sheets.workbook import Cell
from workflow.model.wording import fold

PERSON: tuple[Field, ...] = (
    *("born", "birth_year", "male_born", "female_born", "sex", "female", "male", "salutation"),
    *("position", "post", "unit"),
)
"""What a nominee's further rows do not say again, where the name is merged over them."""
TELLING: tuple[Field, ...] = (
    *("born", "birth_year", "male_born", "female_born", "unit", "achievement", "rating", "score", "opinion"),
    *("mark", "title", "position", "post"),
)
"""What is said of nominees; who signs fills two such columns only by chance of place."""
FEW = 2
"""Cells behind a Roman number and a name from which on they are no heading of a group."""
MOST_OF_A_HEADING = 2
"""Cells of a heading between lines that is counted as nominees are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that proposes somebody. `cells` are those of its row by column, with what merged cells, *như
    trên* and continued rows add; `stt` is its number and `numbered` whether it has one at all."""

    row: int
    cells: Cells
    group: Group
    stt: int | None = None
    numbered: bool = False
    hidden: bool = False

    def cell(self, at: int) -> Cell | None:
        return self.cells.get(at)

    def text(self, at: int) -> str:
        cell = self.cells.get(at)
        return cell.text if cell else ""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of totals or a closing statement. It counts the entries from `since` on, before `until`; `names`
    are the columns of names. A `partial` one (*Cộng*) may be of a group."""

    row: int
    cells: Cells
    statement: bool
    since: int
    until: int
    names: frozenset[int] = frozenset()
    partial: bool = False


@dataclass(slots=True)
class Rows:
    """What was found below a heading; `skipped` and `repeated` are rows that say the heading again, whole or
    in part, `groups` the headings between lines, each with the entry that comes next. `nameless` have a
    number and no name; `trailing` is everything from the signatures on."""

    entries: list[Entry] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    trailing: list[int] = field(default_factory=list)
    groups: list[tuple[int, Group, int]] = field(default_factory=list)


def read_rows(grid: Grid, heading: Heading, groups: Groups, until: int | None = None) -> Rows:
    """Everything below the heading, before the row `until`, where another table begins. `groups` are the
    headings that hold, and goes on to hold those that are met."""
    return _Reading(grid, heading, groups, until).rows()


class _Reading:
    """The rows of one table while they are gone through."""

    def __init__(self, grid: Grid, heading: Heading, groups: Groups, until: int | None) -> None:
        self.grid = grid
        self.heading = heading
        self.groups = groups
        self.below = [row for row in grid.rows if heading.rows[-1] < row and (until is None or row < until)]
        self.found = Rows()
        number = heading.first("number")
        self.number = number.at if number else None
        self.names = heading.names
        self.spoken = frozenset(
            column.at for column in heading.all("position", "post", "unit", "note", "achievement")
        )
        self.person = [column.at for column in heading.all(*PERSON)]
        self.data = frozenset(
            column.at
            for column in heading.in_order
            if column.at not in self.names and column.at != self.number
        )
        self.telling = frozenset(column.at for column in heading.all(*TELLING))
        self.hidden = frozenset(row.number for row in grid.sheet.rows if row.hidden)
        self.last_numbered = max(
            (row for row in self.below if self._is_numbered(grid.own[row])),
            default=0,
        )
        self.counted_from = 0

    def rows(self) -> Rows:
        for place, number in enumerate(self.below):
            if self._ends(number):
                self.found.trailing = self.below[place:]
                break
            self._read(number, self.grid.own[number])
        return self.found

    def _ends(self, number: int) -> bool:
        """Whether signatures begin here. A title in the column of positions, in small letters, is a
        nominee's; `Kế toán` alone may also be the heading of those who follow."""
        own = self.grid.own[number]
        if self._number(own) is not None or self._is_total(own) or self._is_full(own):
            return False
        last = number > self.last_numbered
        if last and self.found.totals and not self.found.totals[-1].partial:
            return True
        # Behind the last number stands who signs, whatever the post is called.
        if last and self.last_numbered and self._stands_alone(number, own):
            return True
        said = [
            cell for at, cell in own.items() if signs(cell) and (at not in self.spoken or cell.text.isupper())
        ]
        return any(cell.text.isupper() for cell in said) or (bool(said) and last)

    def _is_full(self, own: Cells) -> bool:
        """Whether a row says of a name what only nominees have, whatever the post is called."""
        named = [own[at] for at in self.names if at in own]
        return bool(named) and not signs(named[0]) and len(self.telling & own.keys()) > 1

    def _stands_alone(self, number: int, own: Cells) -> bool:
        """Whether a row goes on with nothing: it is in capitals, or a blank row parts it from the list, and
        no title is proposed in it."""
        if in_capitals(own):
            return True
        if is_counted(next(iter(own.values())).text):
            return False
        return number - 1 not in self.grid.own and not (self.names & own.keys() and self._has_title(own))

    def _read(self, number: int, own: Cells) -> None:
        found = self.found
        if self._is_numbered(own) and len(own) > MOST_OF_A_HEADING and not counts_columns(own):
            self._entry(number, own)
        elif self.heading.repeated_in(own):
            found.repeated.append(number)
        elif counts_columns(own):
            found.skipped.append(number)
        elif self._is_total(own):
            self._total(number, own)
        elif (title := self._group(own)) is not None:
            found.groups.append((number, self.groups.enter(title), len(found.entries)))
        else:
            self._entry(number, own)

    def _number(self, own: Cells) -> int | None:
        cell = own.get(self.number) if self.number is not None else None
        match = NUMBER.fullmatch(cell.text.strip()) if cell else None
        return int(match[1]) if match else None

    def _is_numbered(self, own: Cells) -> bool:
        return self._number(own) is not None and bool(self.names & own.keys())

    def _is_total(self, own: Cells) -> bool:
        first = next(iter(own.values())).text.strip()
        # Somebody may be called Tổng, or Cộng.
        if self._number(own) is not None or (self._is_full(own) and CALLED.match(first)):
            return False
        # `Tổng cộng` may stand in the column of names, behind an empty number.
        return bool(TOTAL.match(first) or STATEMENT.match(first))

    def _total(self, number: int, own: Cells) -> None:
        found, first = self.found, next(iter(own.values())).text.strip()
        statement = bool(STATEMENT.match(first))
        partial = not statement and PART.match(first) is not None
        found.totals.append(
            TotalRow(
                number,
                own,
                statement,
                self.counted_from if partial else 0,
                len(found.entries),
                self.names,
                partial,
            )
        )
        self.counted_from = len(found.entries)

    def _group(self, own: Cells) -> str | None:
        """The text of a heading between lines: it stands alone in its row, or behind its own letter."""
        if self._number(own) is not None:
            return self._numbered_group(own)
        said = {at: cell for at, cell in own.items() if at in self.names or at == self.number}
        rest = [cell for at, cell in own.items() if at not in said]
        letter = own.get(self.number) if self.number is not None else None
        if letter is not None and ROMAN.fullmatch(letter.text.strip()) and len(said) > 1:
            text = " ".join(cell.text for cell in said.values())
            # Villages may be counted in Roman numbers, with what is said of each.
            if len(rest) < FEW or kind_said(text) or TITLED.match(fold(text)):
                return text
            return None
        if len(own) == 1 and (letter is not None or self.grid.breadth(next(iter(own.values()))) > max(own)):
            return next(iter(own.values())).text
        if rest or not said:
            return None
        # A name alone is a nominee where a list has no other columns, else a heading of those below.
        text = " ".join(cell.text for cell in said.values())
        return text if self.data or is_counted(text) else None

    def _numbered_group(self, own: Cells) -> str | None:
        """`1 | Danh hiệu “Lao động tiên tiến” (03 cá nhân)`: a heading that is counted as nominees are."""
        cells = list(own.values())
        if len(cells) != 2 or cells[1].column not in self.names:
            return None
        text = cells[1].text
        if (
            TITLED.match(fold(text))
            or (POSTS.match(text) and not text.istitle())
            or (self.grid.breadth(cells[1]) > cells[1].column and kind_said(text))
        ):
            return f"{cells[0].text.strip().rstrip('.)')}. {text}"
        return None

    def _entry(self, number: int, own: Cells) -> None:
        found, cells = self.found, self.grid.row(number)
        named = any(at in own for at in self.names)
        stt = self._number(own)
        numbered = stt is not None or (self.number in own if self.number is not None else False)
        if not named and not any(at in cells for at in self.names):
            if not numbered:
                self._continue(own)
            elif len(own) > 1:
                found.nameless.append(number)
            return
        if named and all(DOTS.fullmatch(own[at].text) for at in self.names if at in own):
            # Dots keep a row free for somebody.
            return
        if not named and not self._has_title(own):
            # A name merged over several rows of which the further ones only go on with other cells.
            self._continue(own)
            return
        above = found.entries[-1].cells if found.entries else {}
        repeated = {at: self._repeated(at, cell, above) for at, cell in cells.items()}
        values = {at: cell for at, cell in repeated.items() if cell is not None}
        if not named and found.entries:
            # A name merged over several rows, each with a title of its own, is one nominee's.
            values = {**{at: above[at] for at in self.person if at in above}, **values}
            stt, numbered = (found.entries[-1].stt if stt is None else stt), True
        found.entries.append(
            Entry(number, values, self.groups.now, stt, numbered, hidden=number in self.hidden)
        )

    def _has_title(self, own: Cells) -> bool:
        return any(column.at in own for column in self.heading.all("mark", "title", "other_title"))

    def _repeated(self, at: int, cell: Cell, above: Cells) -> Cell | None:
        """The cell above for one that only points to it; None where nothing stands there."""
        if at in self.names or at == self.number or not repeats(cell):
            return cell
        known = above.get(at)
        return replace(known, row=cell.row, column=cell.column) if known else None

    def _continue(self, own: Cells) -> None:
        """Adds a row without number and name to the one above: its texts go on there."""
        if not self.found.entries:
            return
        last = self.found.entries[-1]
        cells = dict(last.cells)
        for at, cell in own.items():
            before = cells.get(at)
            if before is None:
                cells[at] = cell
            else:
                text = f"{before.text} {cell.text}"
                cells[at] = replace(before, kind="text", text=text, number=None, day=None, written=text)
        self.found.entries[-1] = replace(last, cells=cells)


def runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs without a gap: 1, 2, 3, 7 as (1, 3) and (7, 7)."""
    first = last = None
    for number in numbers:
        if first is None or last is None or number != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
