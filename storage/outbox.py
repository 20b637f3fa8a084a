"""The outbox: where accounts are reached, notices that wait, the messages made of them, leases and results.

A message is *frozen*: its words are written once and every try sends the same bytes. It is *leased* to one
sender at a time, and bears the same id at every try, so that its receiver recognises a repeat after a crash.
Everything is written within a unit of work; sending happens outside, between lease and result.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, tuple_, update

from storage.columns import INBOX_ID
from storage.database import Database
from storage.errors import translated
from storage.log.entries import SALT_SIZE
from storage.records import Contact, DeadMessage
from storage.tables import contact, deadline, message, notice, office
from storage.unit import UnitOfWork
from workflow.notices.delivery import FARTHEST_WAIT, FailedTry, Waiting

OPEN = ("pending", "failed")
CLOCKS_DIFFER = timedelta(hours=1)
"""Two dispatchers' clocks differ by no more; a lease that ends later than that was taken by a wrong clock."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be frozen; afterwards only its address may change, when its reader's contact does.

    Where several accounts read at one address it is the message of one of them, and has the notices of all.
    """

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
class LeasedMessage:
    """A message that one sender has taken to be tried. `attempts` counts this try too.

    The tries began at `begun_at`: a day later the message is given up.
    """

    id: str
    account: str
    channel: str
    address: str
    subject: str
    body: str
    attempts: int
    made_at: datetime
    begun_at: datetime


# Contacts


def contacts(database: Database, name: str) -> tuple[Contact, ...]:
    """The office's contacts, by account and channel."""
    columns = (contact.c.account, contact.c.channel, contact.c.address)
    found = select(*columns).where(contact.c.office == name).order_by(*columns[:2])
    return tuple(Contact(*row) for row in _rows(database, found))


def set_contact(unit: UnitOfWork, kept: Contact) -> None:
    """Writes a contact, a new one or the account's other address; undelivered messages go there too, but for
    those that others read along."""
    same = _contact(unit, kept.account, kept.channel)
    where = {"address": kept.address, "salt": os.urandom(SALT_SIZE)}
    changed = unit.execute(update(contact).where(*same).values(where))
    if not changed.rowcount:
        values = {"account": kept.account, "channel": kept.channel, **where}
        unit.execute(insert(contact), {"office": unit.office, **values})
    undelivered = [*_own(unit, kept.account, kept.channel), message.c.status != "sent"]
    unit.execute(update(message).where(*undelivered).values(address=kept.address))


def remove_contact(unit: UnitOfWork, account: str, channel: str) -> bool:
    """Deletes a contact and cancels what waits to be sent there to nobody else; False where there is no such
    contact."""
    removed = unit.execute(delete(contact).where(*_contact(unit, account, channel)))
    if not removed.rowcount:
        return False
    waiting = [*_own(unit, account, channel), message.c.status.in_(OPEN)]
    unit.execute(update(message).where(*waiting).values(status="cancelled"))
    theirs = [notice.c.to_account == account, notice.c.channel == channel]
    _mark_notices(unit, theirs, status="cancelled", of=OPEN)
    return True


def _contact(unit: UnitOfWork, account: str, channel: str) -> list[ColumnElement[bool]]:
    columns = contact.c
    return [columns.office == unit.office, columns.account == account, columns.channel == channel]


def _own(unit: UnitOfWork, account: str, channel: str) -> list[ColumnElement[bool]]:
    """The account's messages over the channel that nobody else reads."""
    columns = message.c
    others = (
        select(notice.c.id)
        .where(
            notice.c.office == columns.office,
            notice.c.message == columns.id,
            notice.c.to_account != account,
        )
        .exists()
    )
    return [columns.office == unit.office, columns.account == account, columns.channel == channel, ~others]


def _mark_notices(
    unit: UnitOfWork, which: Sequence[ColumnElement[bool]], *, status: str, of: Collection[str]
) -> None:
    here = [notice.c.office == unit.office, *which, notice.c.status.in_(of)]
    unit.execute(update(notice).where(*here).values(status=status))


# Notices that wait


WaitingNotices = Mapping[tuple[str, str], Sequence[Waiting]]
"""The notices that no message has taken up, by account and channel, in the order in which they were made."""


def waiting(database: Database, name: str, *, channels: Collection[str]) -> WaitingNotices:
    """The notices that wait to be sent over the channels that are set."""
    # Subject and text stand once, in the notice's row of the channel `inbox`.
    in_inbox = notice.alias("in_inbox")
    here = [notice.c.office == name, notice.c.status == "pending", notice.c.message.is_(None)]
    columns = (notice.c.to_account, notice.c.channel, notice.c.id, notice.c.kind, notice.c.at)
    found = (
        select(
            *columns,
            deadline.c.at,
            notice.c.year,
            notice.c.ref,
            in_inbox.c.subject,
            in_inbox.c.text,
            deadline.c.due_date,
            deadline.c.term,
            notice.c.instead_of,
        )
        .select_from(
            notice.outerjoin(
                in_inbox,
                and_(
                    in_inbox.c.office == notice.c.office,
                    in_inbox.c.id == func.substr(notice.c.id, 1, INBOX_ID),
                ),
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
    notices: dict[tuple[str, str], list[Waiting]] = {}
    for account, channel, id, kind, at, due_at, *told in _rows(database, found):
        since = at if due_at is None else min(at, due_at)
        notices.setdefault((account, channel), []).append(Waiting(id, kind, since, *told))
    return notices


def frozen_since(
    database: Database, name: str, accounts: Collection[str], channel: str, *, day: date
) -> frozenset[tuple[date, str]]:
    """The days and parts of the messages that were made for the accounts, over one channel, from `day` on."""
    here = [message.c.office == name, message.c.account.in_(accounts), message.c.channel == channel]
    found = select(message.c.day, message.c.part).where(*here, message.c.day >= day)
    return frozenset((row[0], row[1]) for row in _rows(database, found))


def newest_due(database: Database, name: str, *, now: datetime) -> datetime | None:
    """The instant of the deadline row that fell due last among those that have not fired."""
    here = [
        deadline.c.office == name,
        deadline.c.status == "pending",
        deadline.c.paused_on.is_(None),
        deadline.c.at <= now,
    ]
    at: datetime | None = _rows(database, select(func.max(deadline.c.at)).where(*here))[0][0]
    return at


def hold_freezing(unit: UnitOfWork) -> None:
    """Locks the freezing of the office's messages until this transaction ends.

    Else two dispatchers would make two messages of the same notices.
    """
    found = select(office.c.office).where(office.c.office == unit.office)
    unit.execute(found.with_for_update(key_share=True)).all()


def freeze(unit: UnitOfWork, made: NewMessage, *, now: datetime) -> None:
    """Writes a message, and in its notices that this message takes them up."""
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
    """Ends notices that cannot be sent any more: their words are erased, or their reader has no contact."""
    here = [notice.c.office == unit.office, notice.c.id.in_(ids)]
    unit.execute(update(notice).where(*here).values(status="cancelled"))


# Sending


def lease(
    unit: UnitOfWork, channel: str, *, by: str, now: datetime, lasting: timedelta
) -> LeasedMessage | None:
    """Leases the next message of a channel that may be tried, for `lasting`; None where there is none.

    Of the messages to one address over one channel only the oldest that is not delivered may be tried, so
    that they arrive in order; a message whose words were erased does not hold up the later ones.
    """
    earlier = message.alias("earlier")
    before = (
        select(earlier.c.id)
        .where(
            earlier.c.office == message.c.office,
            or_(earlier.c.account == message.c.account, earlier.c.address == message.c.address),
            earlier.c.channel == message.c.channel,
            earlier.c.status.in_(OPEN),
            earlier.c.body.is_not(None),
            tuple_(earlier.c.made_at, earlier.c.day, earlier.c.part)
            < tuple_(message.c.made_at, message.c.day, message.c.part),
        )
        .exists()
    )
    # A lease or a wait that ends later than any is made for was written while a clock was wrong. It is
    # ignored, else the message would lie there for years.
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
        .returning(*(message.c[name] for name in LeasedMessage.__dataclass_fields__))
    )
    return LeasedMessage(*unit.execute(taken).one())


def record_sent(unit: UnitOfWork, sent: LeasedMessage, *, now: datetime) -> bool:
    """Marks the message and its notices as sent; False where that is recorded already.

    Whoever holds the lease by now: a mail that went out went out.
    """
    return _record(unit, sent, "sent", {"sent_at": now, "error": None}, by=None)


def record_failed(unit: UnitOfWork, tried: LeasedMessage, outcome: FailedTry, *, error: str, by: str) -> bool:
    """Writes what follows from a failed try; False where another sender has leased the message by now."""
    values = {"next_at": outcome.next_at, "error": error}
    return _record(unit, tried, outcome.status, values, by=by)


def _record(
    unit: UnitOfWork, tried: LeasedMessage, status: str, values: Mapping[str, Any], *, by: str | None
) -> bool:
    """Gives the lease back with a result: of whoever has it (`by` None), else only of the sender `by`."""
    here = [message.c.office == unit.office, message.c.id == tried.id, message.c.status != "sent"]
    here += [message.c.leased_by == by] if by is not None else []
    given_back = {"status": status, "leased_until": None, "leased_by": None}
    changed = unit.execute(update(message).where(*here).values({**values, **given_back}))
    if not changed.rowcount:
        return False
    # A notice may have been cancelled while its mail was under way: what was sent is told as sent.
    unfinished = (*OPEN, "dead", "cancelled") if by is None else OPEN
    _mark_notices(unit, [notice.c.message == tried.id], status=status, of=unfinished)
    return True


def dead(database: Database, name: str) -> tuple[DeadMessage, ...]:
    """The messages that were given up, the oldest first."""
    columns = [message.c[field] for field in DeadMessage._fields]
    here = [message.c.office == name, message.c.status == "dead"]
    order = (message.c.made_at, message.c.account, message.c.channel, message.c.part)
    return tuple(DeadMessage(*row) for row in _rows(database, select(*columns).where(*here).order_by(*order)))


def revive(unit: UnitOfWork, ids: Collection[str], *, now: datetime) -> int:
    """Lets given-up messages be tried for another day; answers with how many of `ids` were given up."""
    revived = 0
    for id in ids:
        here = [message.c.office == unit.office, message.c.id == id, message.c.status == "dead"]
        again = {"status": "pending", "attempts": 0, "next_at": now, "begun_at": now}
        if unit.execute(update(message).where(*here).values(again)).rowcount:
            revived += 1
            _mark_notices(unit, [notice.c.message == id], status="pending", of=("dead",))
    return revived


def _rows(database: Database, statement: Any) -> Sequence[Any]:
    with translated(database.where):
        found: Sequence[Any] = database.connection.execute(statement).all()
    return found
