"""What deadlines are still to fire and what fired, with the notices that went out: read in bulk, no locks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, select

from storage.database import Database
from storage.errors import translated
from storage.tables import deadline, entry, incident, item, notice
from workflow.model.facts import Key


@dataclass(frozen=True, slots=True)
class FiredDeadline:
    """A row that fired: `at` is its own instant, `fired_at` the sweep's."""

    key: Key
    name: str
    occurrence: int
    kind: str
    level: str | None
    at: datetime
    due_date: date
    fired_at: datetime
    late_s: int
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class SentNotice:
    """Who was told; `deadline` and `occurrence` name the row that caused it, None where an event did."""

    id: str
    key: Key
    at: datetime
    kind: str
    level: str | None
    to: str
    deadline: str | None
    occurrence: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands."""

    key: Key
    subject: str
    state: str
    open: bool
    parent: str | None
    owners: str
    due_on: date | None
    waiting: bool
    overdue: bool
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows that were ever made and what became of them; `balanced` must always be true."""

    created: int
    fired: int
    cancelled: int
    pending: int

    @property
    def balanced(self) -> bool:
        return self.created == self.fired + self.cancelled + self.pending


def next_due(database: Database, office: str) -> datetime | None:
    """The instant of the earliest pending row that does not stand still, but for items with an open
    incident."""
    sick = exists().where(
        incident.c.office == deadline.c.office,
        incident.c.year == deadline.c.year,
        incident.c.ref == deadline.c.ref,
        incident.c.cleared_at.is_(None),
    )
    waits = [deadline.c.status == "pending", deadline.c.paused_on.is_(None)]
    here = [deadline.c.office == office, *waits, ~sick]
    found = select(func.min(deadline.c.at)).where(*here)
    with translated(database.where):
        at: datetime | None = database.connection.execute(found).scalar()
    return at


def fired_deadlines(database: Database, office: str) -> tuple[FiredDeadline, ...]:
    """Every row that ever fired, in the order in which they did."""
    names = ("name", "occurrence", "kind", "level", "at", "due_date", "fired_at", "late_s", "policy")
    table = deadline.c
    found = (
        select(table.year, table.ref, *(table[name] for name in names))
        .where(table.office == office, table.status == "fired")
        .order_by(table.fired_at, table.at, table.year, table.ref, table.name, table.occurrence)
    )
    return tuple(FiredDeadline(Key(office, row[0], row[1]), *row[2:]) for row in _rows(database, found))


def spoken_for(database: Database, office: str) -> Mapping[tuple[Key, str, int], str]:
    """The rows that came so late that another row's notice speaks for them, with that row's name: from what
    the log says of them."""
    table = entry.c
    found = (
        select(table.log, table.ref, table.bytes)
        .where(table.office == office, table.role == "system", table.ref.is_not(None))
        .order_by(table.log, table.seq)
    )
    records = ((log, ref, json.loads(bytes(data))) for log, ref, data in _rows(database, found))
    return {
        (Key(office, log, ref), record["input.row"], record["input.occurrence"]): record["input.with"]
        for log, ref, record in records
        if "input.with" in record
    }


def sent_notices(database: Database, office: str) -> tuple[SentNotice, ...]:
    """Every notice that was ever made about an item, in order of time, item, cause and reader."""
    names = ("at", "kind", "level", "to_account", "deadline", "occurrence")
    table = notice.c
    found = (
        select(table.id, table.year, table.ref, *(table[name] for name in names))
        .where(table.office == office, table.channel == "inbox", table.ref.is_not(None))
        .order_by(table.at, table.year, table.ref, table.kind, table.deadline, table.to_account)
    )
    return tuple(SentNotice(row[0], Key(office, row[1], row[2]), *row[3:]) for row in _rows(database, found))


def standings(database: Database, office: str) -> tuple[Standing, ...]:
    """Every item as it stands, by year and reference."""
    names = [name for name in Standing.__dataclass_fields__ if name != "key"]
    table = item.c
    found = (
        select(table.year, table.ref, *(table[name] for name in names))
        .where(table.office == office)
        .order_by(table.year, table.ref)
    )
    return tuple(Standing(Key(office, row[0], row[1]), *row[2:]) for row in _rows(database, found))


def ledger(database: Database, office: str) -> Ledger:
    """The office's deadline rows by what became of them."""
    found = select(deadline.c.status, func.count()).where(deadline.c.office == office)
    counts = {row[0]: row[1] for row in _rows(database, found.group_by(deadline.c.status))}
    whole = select(func.count()).select_from(deadline).where(deadline.c.office == office)
    created = _rows(database, whole)[0][0]
    return Ledger(created, *(counts.get(status, 0) for status in ("fired", "cancelled", "pending")))


def _rows(database: Database, statement: Any) -> Any:
    with translated(database.where):
        return database.connection.execute(statement).all()
