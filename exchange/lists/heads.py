"""The heading of a list: its rows, and its columns in whatever order they stand.

A heading may take two or three rows, of which the upper ones name groups of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from exchange.lists.columns import (
    LONGEST,
    Column,
    Field,
    column_of,
    field_of,
    with_papers,
    with_weak_name,
    without_earlier,
)
from exchange.lists.grid import Cells, Grid
from exchange.lists.titles import Titles
from workflow.model.wording import fold

MOST_HEADING_ROWS = 3
NUMBER_WORDS = re.compile(r"s?\s*tt\.?|số\s+(?:tt|thứ tự)", re.IGNORECASE)
TITLE = 40
"""Signs of most columns' titles."""
ROMAN = re.compile(r"[IVX]+\.?")
DIGITS = re.compile(r"\d{1,6}\.?")
FARTHEST = 60
"""Rows with content above a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The rows of a heading and its columns by what they are for, from left to right."""

    rows: tuple[int, ...]
    columns: Mapping[Field, tuple[Column, ...]]
    texts: tuple[Mapping[int, str], ...]
    """What each row says by column, for knowing the heading when it is repeated."""

    def all(self, *fields: Field) -> tuple[Column, ...]:
        if len(fields) == 1:
            return self.columns.get(fields[0], ())
        return tuple(column for field in fields for column in self.columns.get(field, ()))

    def first(self, *fields: Field) -> Column | None:
        return next(iter(self.all(*fields)), None)

    @property
    def in_order(self) -> tuple[Column, ...]:
        return tuple(
            sorted((c for each in self.columns.values() for c in each), key=lambda column: column.at)
        )

    @property
    def names(self) -> frozenset[int]:
        return frozenset(column.at for column in self.all("name"))

    def of_this_year(self) -> Heading:
        """The heading as a list of nominees has it, where columns of earlier years propose nothing."""
        return replace(self, columns=_grouped(without_earlier(self.in_order)))

    def moved_to(self, row: int) -> Heading:
        """The same heading again, further down."""
        return replace(self, rows=tuple(each - self.rows[0] + row for each in self.rows))

    def repeated_in(self, cells: Cells) -> bool:
        """Whether a row says again what one of the heading's rows says, in more than half of its cells."""
        return any(
            2 * sum(at in texts and texts[at] == _seen(cell.text) for at, cell in cells.items()) > len(cells)
            for texts in self.texts
            if len(cells) > 1 or len(texts) == 1
        )

    def fits(self, other: Heading) -> bool:
        """Whether the other has the same columns, whatever stands between them."""
        return {(c.field, c.title) for c in self.in_order} == {(c.field, c.title) for c in other.in_order}


def _seen(text: str) -> str:
    return " ".join(text.casefold().split())


def find_headings(grid: Grid, titles: Titles) -> Iterator[Heading]:
    """The first row that names a column of nominees and another, with the rows below that belong to it; and
    further ones of other columns, where a sheet holds several tables."""
    rows = grid.rows
    found = next((each for number in rows[:FARTHEST] if (each := _heading(grid, number, titles))), None)
    while found is not None:
        yield found
        found = _next_heading(grid, found, titles)


def _next_heading(grid: Grid, before: Heading, titles: Titles) -> Heading | None:
    for number in grid.rows:
        own = grid.own[number]
        if number > before.rows[-1] and _counts(own) and not before.repeated_in(own):
            found = _heading(grid, number, titles)
            if found is not None:
                return found
    return None


def _counts(own: Cells) -> bool:
    """Whether the row calls a column STT: no nominee does."""
    return len(own) > 2 and any(NUMBER_WORDS.fullmatch(cell.text.strip()) for cell in own.values())


def _heading(grid: Grid, top: int, titles: Titles) -> Heading | None:
    if len(grid.own[top]) < 2 or not any(
        field_of(fold(c.text)) in ("name", "unit", "initiative")
        for c in grid.own[top].values()
        if len(c.text) <= LONGEST
    ):
        return None
    said = [cell.text.strip() for cell in grid.own[top].values()]
    if ROMAN.fullmatch(said[0]) or any(DIGITS.fullmatch(text) or _is_sentence(text) for text in said):
        return None
    rows = [top, *_further(grid, top)]
    columns = tuple(with_papers(tuple(_columns(grid, rows, titles))))
    fields = {column.field for column in columns}
    # `THÔN MẪU SỐ 2` over the issuer's name is no column: a list of villages counts them.
    if not fields & {"name", "authors"} and "number" in fields:
        columns = tuple(with_weak_name(columns))
    fields = {column.field for column in columns}
    if not fields & {"name", "authors"} or len(fields - {"unused"}) < 2:
        return None
    texts = tuple({at: _seen(cell.text) for at, cell in grid.own[row].items()} for row in rows)
    return Heading(tuple(rows), _grouped(columns), texts)


def _is_sentence(text: str) -> bool:
    """Whether it is prose, as remarks that somebody sent back are."""
    return len(text) > TITLE and text.endswith(".")


def _grouped(columns: Iterable[Column]) -> Mapping[Field, tuple[Column, ...]]:
    found: dict[Field, tuple[Column, ...]] = {}
    for column in columns:
        found[column.field] = (*found.get(column.field, ()), column)
    return found


def _further(grid: Grid, top: int) -> Iterator[int]:
    """The rows below that go on with a heading: they say nothing in its columns of numbers and names."""
    taken = {
        at for at, cell in grid.own[top].items() if field_of(fold(cell.text)) in ("number", "name", "born")
    }
    # A title over several columns is no column of its own: `Chủ hộ` above `Họ tên` and `Năm sinh`.
    taken = {at for at in taken if grid.breadth(grid.own[top][at]) == at}
    free = [at for at in grid.own[top] if at not in taken]
    for number in range(top + 1, top + MOST_HEADING_ROWS):
        cells = grid.own.get(number)
        if not cells or any(at in cells for at in taken if field_of(fold(grid.own[top][at].text)) != "born"):
            return
        if not free or not all(cell.kind == "text" and _is_title(cell.text) for cell in cells.values()):
            return
        yield number


def _is_title(text: str) -> bool:
    """Whether a cell may name a column: it has a word, and is neither a cross nor a number."""
    return (len(text) <= LONGEST and len(re.sub(r"[\W\d_]", "", text)) > 1) or text.strip() == "%"


def _columns(grid: Grid, rows: list[int], titles: Titles) -> Iterator[Column]:
    """The columns with their headings; a title over several reaches as far as it is merged, or to the
    next."""
    last = max(max(grid.own[row]) for row in rows)
    reach: dict[int, dict[int, str]] = {}
    begun: set[int] = set()
    for row in rows:
        begun |= grid.own[row].keys()
        reach[row] = _reach(grid, row, last, sorted(begun) if row != rows[-1] else None)
    for at in range(1, last + 1):
        parts = [reach[row][at] for row in rows if at in reach[row]]
        own = grid.own[rows[-1]].get(at) or next(
            (grid.own[row][at] for row in reversed(rows) if at in grid.own[row]), None
        )
        if own is None:
            # A title of names over two columns is for both: the family's name and the given one.
            if parts and field_of(fold(parts[-1])) == "name":
                yield column_of(at, list(dict.fromkeys(parts)), titles)
            continue
        texts = list(dict.fromkeys(parts))
        yield column_of(at, texts, titles)


def _reach(grid: Grid, row: int, last: int, begun: list[int] | None) -> dict[int, str]:
    """What a row of the heading says over each column: as far as it is merged, else to the next column that
    has `begun` in this row or above; in the lowest row only over the cell's own."""
    found: dict[int, str] = {}
    for at, cell in grid.own[row].items():
        right = grid.breadth(cell)
        if right == at and begun is not None:
            right = next((other for other in begun if other > at), last + 1) - 1
        for column in range(at, min(right, last) + 1):
            found[column] = cell.text
    return found
