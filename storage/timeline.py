"""How a year went, for simulations: fired deadlines, notices, items' states; read in bulk, without locks."""

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
    """A deadline row that fired. It was due `at`; a sweep fired it at `fired_at`, `late_s` seconds later."""

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
    term: str | None = None
    rung: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class SentNotice:
    """A notice in the inbox of account `to`.

    `deadline` and `occurrence` name the deadline row that caused it; None where an event did.
    """

    id: str
    key: Key
    at: datetime
    kind: str
    level: str | None
    to: str
    deadline: str | None
    occurrence: int | None


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it stands now: its state, whose turn it is, its due date and internal target."""

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
    target_on: date | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many deadline rows were made and what became of them.

    Every row is pending, fired or cancelled, so `balanced` is always true; else one was lost or fired twice.
    """

    created: int
    fired: int
    cancelled: int
    pending: int

    @property
    def balanced(self) -> bool:
        return self.created == self.fired + self.cancelled + self.pending


def next_due(database: Database, office: str) -> datetime | None:
    """The instant of the earliest pending row that can fire.

    A paused row cannot, nor one of an item with an open incident, which sweeps leave alone.
    """
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
    names = [name for name in FiredDeadline.__dataclass_fields__ if name != "key"]
    table = deadline.c
    found = (
        select(table.year, table.ref, *(table[name] for name in names))
        .where(table.office == office, table.status == "fired")
        .order_by(table.fired_at, table.at, table.year, table.ref, table.name, table.occurrence)
    )
    return tuple(FiredDeadline(Key(office, row[0], row[1]), *row[2:]) for row in _rows(database, found))


def joined_rows(database: Database, office: str) -> Mapping[tuple[Key, str, int], str]:
    """The rows that fired without a notice of their own, each with the row whose notice names it too.

    After an outage several rows of one item fire in one sweep and share one notice; the log keeps, in the
    entry of each row, by which row's notice it was told.
    """
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
    """Every notice that was ever made about an item, by time, item, kind, deadline row and reader."""
    names = ("at", "kind", "level", "to_account", "deadline", "occurrence")
    table = notice.c
    found = (
        select(table.id, table.year, table.ref, *(table[name] for name in names))
        .where(table.office == office, table.channel == "inbox", table.ref.is_not(None))
        .order_by(table.at, table.year, table.ref, table.kind, table.deadline, table.to_account)
    )
    return tuple(SentNotice(row[0], Key(office, row[1], row[2]), *row[3:]) for row in _rows(database, found))


def item_states(database: Database, office: str) -> tuple[ItemState, ...]:
    """Every item as it stands, by year and reference."""
    names = [name for name in ItemState.__dataclass_fields__ if name != "key"]
    table = item.c
    found = (
        select(table.year, table.ref, *(table[name] for name in names))
        .where(table.office == office)
        .order_by(table.year, table.ref)
    )
    return tuple(ItemState(Key(office, row[0], row[1]), *row[2:]) for row in _rows(database, found))


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
