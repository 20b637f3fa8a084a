"""The ledger of deadline rows, held after every test that has a database: nothing fired twice, nothing lost.

It reads with the drivers alone, so that nothing of the engine vouches for itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from storage.revision import HEAD
from tests.waiting import LIMIT

Id = tuple[str, int, str, str, int]
"""Office, year, reference, name and occurrence of a row."""


LEFT_OUT: Mapping[str, Any] = {
    **dict.fromkeys(("item", "acting_for", "role", "from", "to")),
    "refused": False,
    "rules": [],
}


def entry_said(data: bytes) -> dict[str, Any]:
    """What an entry says, with the members that it leaves out where they are empty."""
    return {**LEFT_OUT, **json.loads(data)}


class Row(NamedTuple):
    """What became of a deadline row; instants as `datetime`, on both databases."""

    office: str
    year: int
    ref: str
    name: str
    occurrence: int
    kind: str
    at: datetime
    status: str
    reason: str | None
    paused_on: date | str | None
    fired_at: datetime | None
    late_s: int | None

    @property
    def id(self) -> Id:
        return self[:5]

    def is_due(self, at: datetime) -> bool:
        """Whether a sweep at this instant has to fire it."""
        return self.status == "pending" and self.paused_on is None and self.at <= at


Ask = Callable[[str], list[tuple[Any, ...]]]
"""Answers a query with its rows."""


def read(url: str, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query; none where the database is not there."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        if not path.exists():
            return []
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=LIMIT)) as connection:
            return connection.execute(sql).fetchall()
    with psycopg.connect(url.replace("+psycopg", "")) as server:
        return server.execute(sql.encode()).fetchall()


def deadline_rows(ask: Ask) -> list[Row]:
    """Every row, by item, name and occurrence."""
    columns = ", ".join(Row._fields)
    found = ask(f"SELECT {columns} FROM deadline ORDER BY office, year, ref, name, occurrence")
    made = (Row._make(row) for row in found)
    return [row._replace(at=instant(row.at), fired_at=row.fired_at and instant(row.fired_at)) for row in made]


def instant(value: Any) -> datetime:
    """What either driver gives for an instant."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def ledger_faults(url: str) -> list[str]:
    """What does not add up in a database; nothing where there is no office, or none of this version."""
    tables = "sqlite_master WHERE type = 'table' AND name = 'deadline'"
    if not url.startswith("sqlite:///"):
        tables = "information_schema.tables WHERE table_name = 'deadline'"
    if not read(url, f"SELECT 1 FROM {tables}"):
        return []
    ((revision,),) = read(url, "SELECT version_num FROM alembic_version")
    return faults_of(partial(read, url)) if revision == HEAD else []


def faults_of(ask: Ask) -> list[str]:
    """What does not add up, in words.

    Created rows are fired, cancelled or pending, one of them; every fired row has one entry of the sweep,
    with its instant and its lateness, and every such entry its row; nobody is told of one row twice.
    """
    rows = deadline_rows(ask)
    return [*_status_faults(rows), *_entry_faults(rows, ask), *_notice_faults(rows, ask)]


def _status_faults(rows: list[Row]) -> Iterator[str]:
    status = Counter(row.status for row in rows)
    if len(rows) != status["fired"] + status["cancelled"] + status["pending"]:
        yield f"{len(rows)} rows were made, but {dict(status)}"
    yield from (
        f"{row} has a reason if and only if it is cancelled"
        for row in rows
        if (row.reason is not None) != (row.status == "cancelled")
    )


def _entry_faults(rows: list[Row], ask: Ask) -> Iterator[str]:
    stored: dict[object, list[object]] = {
        row.id: [(row.fired_at, row.late_s)] for row in rows if row.status == "fired"
    }
    logged: dict[object, list[object]] = {}
    for (data,) in ask("SELECT bytes FROM entry WHERE actor = 'system' ORDER BY office, log, seq"):
        entry = json.loads(bytes(data))
        if "input.row" in entry:
            names = ("office", "log", "item", "input.row", "input.occurrence")
            said = logged.setdefault(tuple(entry[name] for name in names), [])
            said.append((instant(entry["at"]), entry["input.late_s"]))
    yield from (
        f"{id} fired as {stored.get(id, [])}, but the log says {logged.get(id, [])}"
        for id in sorted(stored.keys() | logged.keys(), key=repr)
        if stored.get(id) != logged.get(id)
    )


def _notice_faults(rows: list[Row], ask: Ask) -> Iterator[str]:
    columns = "office, year, ref, deadline, occurrence"
    told = ask(f"SELECT {columns}, to_account, channel FROM notice WHERE deadline IS NOT NULL")
    yield from (f"{notice} was made {times} times" for notice, times in Counter(told).items() if times > 1)
    fired = {row.id for row in rows if row.status == "fired"}
    yield from (f"{notice} tells of a row that did not fire" for notice in told if notice[:5] not in fired)


def balanced(request: pytest.FixtureRequest, url: str) -> None:
    """Fails the test whose database does not add up, unless it breaks it on purpose (`broken_database`)."""
    if request.node.get_closest_marker("broken_database") is None:
        assert ledger_faults(url) == []
