"""Which column of a row was changed, and what it held: found by trying until the log's digest comes out.

A digest says only that a row is not what it was. What an office keeps comes from few values: those that the
item's entries name, those that stand elsewhere in the column, numbers and days near the one that stands now.
Where one of them gives the digest, it is proven to be what the log says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from storage.log.bound import BoundTable

NUMBERS, DAYS = 60, 400
"""How far from a number or a day another one is tried."""


class Told(NamedTuple):
    """A column, what is stored in it, and what the log says, as texts."""

    column: str
    stored: str
    said: str


def told_apart(
    row: Mapping[str, Any],
    digest: str,
    table: BoundTable,
    key: bytes,
    records: Sequence[Mapping[str, Any]],
    standing: Mapping[str, Sequence[Any]],
) -> list[Told] | None:
    """The columns of `row` that the digest does not have so; None where it cannot be told.

    `records` are the entries of its item, first the one that bears the digest. One column is told, or all
    that this entry's own inputs name and one more.
    """
    for begun in (row, _as_entered(row, records[0] if records else {})):
        if begun is not row and table.digest(begun, key) == digest:
            return _differences(row, begun)
        digests = table.digests(begun, key)
        for name in table.columns:
            digest_with = digests(name)
            for value in _candidates(name, begun[name], records, standing):
                if digest_with(value) == digest:
                    return _differences(row, {**begun, name: value})
    return None


def _differences(row: Mapping[str, Any], other: Mapping[str, Any]) -> list[Told]:
    return [
        Told(name, _text(value), _text(other[name]))
        for name, value in row.items()
        if _text(value) != _text(other[name])
    ]


def _text(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value.isoformat() if isinstance(value, date) else str(value)


def _as_entered(row: Mapping[str, Any], record: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row with what the entry's inputs name: `for` is what `votes_for` holds."""
    inputs = {name[6:]: value for name, value in record.items() if name.startswith("input.")}
    inputs |= {"state": record["to"]} if "to" in record else {}
    entered = {
        column: value
        for column in row
        for name, value in inputs.items()
        if column == name or column.endswith(f"_{name}")
    }
    return {**row, **entered} if entered else row


def _candidates(
    name: str,
    stored: Any,
    records: Sequence[Mapping[str, Any]],
    standing: Mapping[str, Sequence[Any]],
) -> Iterator[Any]:
    yield from (None, True, False, "[]")
    yield from standing[name]
    for record in records:
        for member, value in record.items():
            if member != "mac":
                yield from _said(value)
    yield from _near(stored)


def _said(value: Any) -> Iterator[Any]:
    """A value as a column holds it, and as an element of one that holds a list."""
    for each in value if isinstance(value, list) else (value,):
        yield each
        yield json.dumps([each], ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, list):
        yield json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _near(stored: Any) -> Iterator[Any]:
    if type(stored) is int:
        yield from range(stored - NUMBERS, stored + NUMBERS + 1)
    day: date | None = stored if isinstance(stored, date) else None
    if isinstance(stored, str) and len(stored) in (10, 27):
        with suppress(ValueError):
            day = datetime.fromisoformat(stored) if len(stored) == 27 else date.fromisoformat(stored)
    if day is not None:
        yield from (day + timedelta(days=days) for days in range(-DAYS, DAYS + 1))
