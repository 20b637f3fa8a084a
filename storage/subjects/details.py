"""How the details of one subject are kept, as one value: `storage.subjects.kept` has those that there are.

Read by both sides, so nothing heavy is loaded here: tables stand in `storage.tables`, statements are made of
what is said here, for acting in `storage.statements`, for looking in `storage.views`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from workflow.model.subjects import Subject

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_KEPT = 4096
"""Lists of names that are kept as text and as tuples: owners and bodies are the same again and again."""


@lru_cache(maxsize=_KEPT)
def names_json(names: tuple[str, ...]) -> str:
    """Names as compact JSON for a text column."""
    return _encode(names)


@lru_cache(maxsize=_KEPT)
def names_of(text: str) -> tuple[str, ...]:
    """The names that `names_json` wrote."""
    return tuple(json.loads(text))


class KeptLines(NamedTuple):
    """The numbered lines of an item, in a `table` of their own under the item's key and `no`.

    A line has its number as `no`, and the erasable words of line 3 stand under it.
    `value_of` takes a row as its columns' values by name, `no` among them; `lines_of` gives the lines that
    some details have.
    """

    table: str
    columns: tuple[str, ...]
    value_of: Callable[[dict[str, Any]], Any]
    columns_of: Callable[[Any], dict[str, Any]]
    lines_of: Callable[[Any], tuple[Any, ...]]

    @property
    def read(self) -> tuple[str, ...]:
        return ("no", *self.columns)

    def values(self, rows: Iterable[Sequence[Any]]) -> tuple[Any, ...]:
        """The lines of rows with the columns `read`."""
        columns = self.read
        return tuple(self.value_of(dict(zip(columns, row, strict=True))) for row in rows)

    def of(self, details: Any) -> Mapping[int, Any]:
        """The lines of some details by number; none of what did not exist yet."""
        return {} if details is None else {line.no: line for line in self.lines_of(details)}


class KeptDetails(NamedTuple):
    """The `table` of a subject's details: `fixed` columns are written once, `changes` may change.

    `value_of` makes details of a row's values by name and of its lines, `columns_of` gives all columns of
    details. `days` are the columns that hold days. `counter` is the table and the column, by office and
    year, that count the subject's items where their numbers are drawn from the database.
    """

    subject: Subject
    table: str
    fixed: tuple[str, ...]
    changes: tuple[str, ...]
    value_of: Callable[[dict[str, Any], tuple[Any, ...]], Any]
    columns_of: Callable[[Any], dict[str, Any]]
    days: frozenset[str] = frozenset()
    lines: KeptLines | None = None
    counter: tuple[str, str] | None = None

    @property
    def read(self) -> tuple[str, ...]:
        return (*self.fixed, *self.changes)


class Kept:
    """The kept details of every subject there is; found by an item's reference. Immutable."""

    __slots__ = ("_by_letter", "_by_place")

    def __init__(self, *details: KeptDetails) -> None:
        self._by_letter = {each.subject.letter: each for each in details}
        self._by_place = {place: each for each in details for place in each.subject.places}

    def __iter__(self) -> Iterator[KeptDetails]:
        return iter(self._by_letter.values())

    def of(self, ref: str) -> KeptDetails | None:
        """How the item of the reference keeps its details; None where no subject has its letter."""
        return self._by_place.get(ref) or self._by_letter.get(ref[:1])
