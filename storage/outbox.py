"""The outbox: contacts, notices that wait to be sent, frozen messages, their leases and what became of them.

Everything is written within a unit of work; sending itself happens outside. A message is leased to one
sender at a time and bears the same id at every try, so that a repeat after a crash is recognisable.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, tuple_, update

from storage.database import Database
from storage.errors import translated
from storage.tables import contact, deadline, message, notice, office
from storage.unit import UnitOfWork
from workflow.notices.delivery import FARTHEST_WAIT, Fate, Waiting

OPEN = ("pending", "failed")
CLOCKS_DIFFER = timedelta(hours=1)
"""Two dispatchers' clocks are this far apart at most; a lease that ends farther off is of a wrong one."""
INBOX_ID = 36
"""Characters of a notice's id that its rows of all channels share: the entry's id and its number."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where an account is reached: a mail address, or the name of a channel that the settings know."""

    account: str
    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message as it is frozen: what is sent never changes, but for the address."""

    id: str
    account: str
    channel: str
    day: date
    part: str
    address: str
    subject: str
    body: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leased:
    """A message in the hands of one sender. `attempts` counts the try that begins."""

    id: str
    account: str
    channel: str
    address: str
    subject: str
    body: str
    attempts: int
    made_at: datetime
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class DeadMessage:
    """A message that nobody tries any more, for the operator who may let it be tried again."""

    id: str
    account: str
    channel: str
    day: date
    part: str
    subject: str | None
    attempts: int
    error: str | None
    made_at: datetime


# Contacts


def contacts(database: Database, name: str) -> tuple[Contact, ...]:
    """All of an office's, by account and channel."""
    columns = (contact.c.account, contact.c.channel, contact.c.address)
    found = select(*columns).where(contact.c.office == name).order_by(*columns[:2])
    return tuple(Contact(*row) for row in _rows(database, found))


def set_contact(unit: UnitOfWork, kept: Contact) -> None:
    """Keeps a contact; what was not delivered yet goes to the new address."""
    same = _contact(unit, kept.account, kept.channel)
    changed = unit.execute(update(contact).where(*same).values(address=kept.address))
    if not changed.rowcount:
        values = {"account": kept.account, "channel": kept.channel, "address": kept.address}
        unit.execute(insert(contact), {"office": unit.office, **values})
    undelivered = [*_channel(unit, kept.account, kept.channel), message.c.status != "sent"]
    unit.execute(update(message).where(*undelivered).values(address=kept.address))


def remove_contact(unit: UnitOfWork, account: str, channel: str) -> bool:
    """Forgets a contact and ends what waits to be sent there; False where there is none."""
    removed = unit.execute(delete(contact).where(*_contact(unit, account, channel)))
    if not removed.rowcount:
        return False
    waiting = [*_channel(unit, account, channel), message.c.status.in_(OPEN)]
    unit.execute(update(message).where(*waiting).values(status="cancelled"))
    _mark_notices(unit, account, channel, status="cancelled", of=("pending", "failed"))
    return True


def _contact(unit: UnitOfWork, account: str, channel: str) -> list[ColumnElement[bool]]:
    columns = contact.c
    return [columns.office == unit.office, columns.account == account, columns.channel == channel]


def _channel(unit: UnitOfWork, account: str, channel: str) -> list[ColumnElement[bool]]:
    columns = message.c
    return [columns.office == unit.office, columns.account == account, columns.channel == channel]


def _mark_notices(
    unit: UnitOfWork,
    account: str,
    channel: str,
    *,
    status: str,
    of: Collection[str],
    message_id: str | None = None,
) -> None:
    here = [
        notice.c.office == unit.office,
        notice.c.to_account == account,
        notice.c.channel == channel,
        notice.c.status.in_(of),
    ]
    if message_id is not None:
        here.append(notice.c.message == message_id)
    unit.execute(update(notice).where(*here).values(status=status))


# What waits


Readers = Mapping[tuple[str, str], Sequence[Waiting]]
"""Waiting notices by account and channel, in the order in which they were made."""


def waiting(database: Database, name: str, *, channels: Collection[str]) -> Readers:
    """The notices that no message has taken up, over the channels that can send."""
    kept = notice.alias("kept")
    here = [notice.c.office == name, notice.c.status == "pending", notice.c.message.is_(None)]
    columns = (notice.c.to_account, notice.c.channel, notice.c.id, notice.c.kind, notice.c.at)
    found = (
        select(
            *columns,
            deadline.c.at,
            notice.c.year,
            notice.c.ref,
            kept.c.subject,
            kept.c.text,
            deadline.c.due_date,
            deadline.c.name,
            notice.c.instead_of,
        )
        .select_from(
            notice.outerjoin(
                kept,
                and_(kept.c.office == notice.c.office, kept.c.id == func.substr(notice.c.id, 1, INBOX_ID)),
            ).outerjoin(
                deadline,
                and_(
                    deadline.c.office == notice.c.office,
                    deadline.c.year == notice.c.year,
                    deadline.c.ref == notice.c.ref,
                    deadline.c.name == notice.c.deadline,
                    deadline.c.occurrence == notice.c.occurrence,
                ),
            )
        )
        .where(*here, notice.c.channel.in_(channels))
        .order_by(notice.c.at, deadline.c.at, notice.c.ref, notice.c.id)
    )
    readers: dict[tuple[str, str], list[Waiting]] = {}
    for account, channel, *row in _rows(database, found):
        readers.setdefault((account, channel), []).append(_waiting(*row))
    return readers


def _waiting(
    id: str,
    kind: str,
    at: datetime,
    due_at: datetime | None,
    year: int,
    ref: str | None,
    subject: str | None,
    text: str | None,
    due_on: date | None,
    row: str | None,
    instead_of: str | None,
) -> Waiting:
    since = at if due_at is None else min(at, due_at)
    term = row.partition(".")[0] if row and "." in row else None
    return Waiting(id, kind, since, year, ref, subject, text, due_on, term, instead_of)


def frozen_since(
    database: Database, name: str, account: str, channel: str, *, day: date
) -> frozenset[tuple[date, str]]:
    """The days and parts of the messages that one person has from `day` on over one channel."""
    here = [message.c.office == name, message.c.account == account, message.c.channel == channel]
    found = select(message.c.day, message.c.part).where(*here, message.c.day >= day)
    return frozenset((row[0], row[1]) for row in _rows(database, found))


def newest_due(database: Database, name: str, *, now: datetime) -> datetime | None:
    """The instant of the youngest deadline row that is due and has not fired."""
    here = [
        deadline.c.office == name,
        deadline.c.status == "pending",
        deadline.c.paused_on.is_(None),
        deadline.c.at <= now,
    ]
    at: datetime | None = _rows(database, select(func.max(deadline.c.at)).where(*here))[0][0]
    return at


def hold_freezing(unit: UnitOfWork) -> None:
    """Lets nobody else freeze messages of the office until this transaction ends."""
    found = select(office.c.office).where(office.c.office == unit.office)
    unit.execute(found.with_for_update(key_share=True)).all()


def freeze(unit: UnitOfWork, made: NewMessage, *, now: datetime) -> None:
    """Writes a message and ties its notices to it."""
    values = {
        "id": made.id,
        "account": made.account,
        "channel": made.channel,
        "day": made.day,
        "part": made.part,
        "address": made.address,
        "subject": made.subject,
        "body": made.body,
        "status": "pending",
        "attempts": 0,
        "next_at": now,
        "leased_until": None,
        "leased_by": None,
        "error": None,
        "made_at": now,
        "begun_at": now,
        "sent_at": None,
    }
    unit.execute(insert(message), {"office": unit.office, **values})
    here = [notice.c.office == unit.office, notice.c.id.in_(made.notices)]
    unit.execute(update(notice).where(*here).values(message=made.id))


def cancel_notices(unit: UnitOfWork, ids: Collection[str]) -> None:
    """Ends notices that nobody can be sent any more: erased, or without a contact."""
    here = [notice.c.office == unit.office, notice.c.id.in_(ids)]
    unit.execute(update(notice).where(*here).values(status="cancelled"))


# Sending


def lease(unit: UnitOfWork, channel: str, *, by: str, now: datetime, lasting: timedelta) -> Leased | None:
    """Takes the next message of a channel that may be tried, for `lasting`; None where there is none.

    Of one person's messages over one channel only the oldest undelivered one may be tried; an erased one is
    none. A lease or a wait
    that ends farther off than any is made was written while the clock was wrong, and holds nothing.
    """
    earlier = message.alias("earlier")
    before = (
        select(earlier.c.id)
        .where(
            earlier.c.office == message.c.office,
            earlier.c.account == message.c.account,
            earlier.c.channel == message.c.channel,
            earlier.c.status.in_(OPEN),
            earlier.c.body.is_not(None),
            tuple_(earlier.c.made_at, earlier.c.day, earlier.c.part)
            < tuple_(message.c.made_at, message.c.day, message.c.part),
        )
        .exists()
    )
    free = or_(
        message.c.leased_until.is_(None),
        message.c.leased_until <= now,
        message.c.leased_until > now + lasting + CLOCKS_DIFFER,
    )
    next_one = (
        select(message.c.id)
        .where(
            message.c.office == unit.office,
            message.c.channel == channel,
            message.c.status.in_(OPEN),
            message.c.body.is_not(None),
            or_(message.c.next_at <= now, message.c.next_at > now + FARTHEST_WAIT),
            free,
            ~before,
        )
        .order_by(message.c.next_at, message.c.made_at, message.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = unit.execute(next_one).first()
    if found is None:
        return None
    taken = (
        update(message)
        .where(message.c.office == unit.office, message.c.id == found[0])
        .values(attempts=message.c.attempts + 1, leased_until=now + lasting, leased_by=by)
        .returning(*(message.c[name] for name in Leased.__dataclass_fields__))
    )
    return Leased(*unit.execute(taken).one())


def record_sent(unit: UnitOfWork, sent: Leased, *, now: datetime) -> bool:
    """The message is out, and its notices with it. False where that is recorded already."""
    return _record(unit, sent, status="sent", notices="sent", values={"sent_at": now, "error": None}, by=None)


def record_failed(unit: UnitOfWork, tried: Leased, fate: Fate, *, error: str, by: str) -> bool:
    """What became of a try that failed; False where somebody else has the message by now."""
    values = {"next_at": fate.next_at, "error": error}
    return _record(unit, tried, status=fate.status, notices=fate.status, values=values, by=by)


def _record(
    unit: UnitOfWork,
    done: Leased,
    *,
    status: str,
    notices: str,
    values: Mapping[str, Any],
    by: str | None,
) -> bool:
    here = [message.c.office == unit.office, message.c.id == done.id, message.c.status != "sent"]
    here += [message.c.leased_by == by] if by is not None else []
    given_back = {"status": status, "leased_until": None, "leased_by": None}
    changed = unit.execute(update(message).where(*here).values({**values, **given_back}))
    if not changed.rowcount:
        return False
    open_or_ended = ("pending", "failed", "dead", "cancelled") if by is None else ("pending", "failed")
    _mark_notices(unit, done.account, done.channel, status=notices, of=open_or_ended, message_id=done.id)
    return True


def dead(database: Database, name: str) -> tuple[DeadMessage, ...]:
    """The dead letters, the oldest first."""
    columns = [message.c[field] for field in DeadMessage.__dataclass_fields__]
    here = [message.c.office == name, message.c.status == "dead"]
    order = (message.c.made_at, message.c.account, message.c.channel, message.c.part)
    return tuple(DeadMessage(*row) for row in _rows(database, select(*columns).where(*here).order_by(*order)))


def revive(unit: UnitOfWork, ids: Collection[str], *, now: datetime) -> int:
    """Dead letters may be tried again, from now on for a day; answers with how many were dead."""
    revived = 0
    for id in ids:
        here = [message.c.office == unit.office, message.c.id == id, message.c.status == "dead"]
        again = {"status": "pending", "attempts": 0, "next_at": now, "begun_at": now}
        row = unit.execute(
            update(message).where(*here).values(again).returning(message.c.account, message.c.channel)
        ).first()
        if row is not None:
            revived += 1
            _mark_notices(unit, row[0], row[1], status="pending", of=("dead",), message_id=id)
    return revived


def _rows(database: Database, statement: Any) -> Sequence[Any]:
    with translated(database.where):
        found: Sequence[Any] = database.connection.execute(statement).all()
    return found
