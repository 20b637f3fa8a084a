"""What is kept of an office's log, deadlines, notices and incidents, as looking finds it: frozen values.

Apart from `storage.values`, because a look at items needs none of these, and each class costs a start 0.2 ms.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from workflow.model.facts import Key
from workflow.model.substitution import Substitution


class Entry(NamedTuple):
    """An entry of a log: what its columns say, its exact bytes (`data`) and their leaf hash."""

    log: int
    seq: int
    id: str
    at: datetime
    ref: str | None
    actor: str
    acting_for: str | None
    role: str | None
    event: str
    from_state: str | None
    to_state: str | None
    refused: bool
    rules: tuple[str, ...]
    login: str | None
    data: bytes
    leaf: bytes


class EntryText(NamedTuple):
    """Erasable words that an entry put down, with the salt of the digest that its bytes give."""

    input: str
    salt: bytes
    value: str


class LogHead(NamedTuple):
    """A log with the size and the root that its head says, and the number of entries that are there."""

    log: int
    size: int
    root: bytes
    entries: int


class Deadline(NamedTuple):
    """A deadline row as it stands: what `workflow.model.decision.DeadlineRow` says, and what became of it.

    `late_s` is by how much it fired after its own instant; `paused_on` the day since which it stands still.
    """

    ref: str
    year: int
    name: str
    kind: str
    at: datetime
    due_date: date
    derived: bool
    status: str
    fired_at: datetime | None
    late_s: int | None
    occurrence: int
    level: str | None
    reason: str | None
    policy: str | None
    paused_on: date | None
    term: str | None
    calendar: str
    rung: int | None
    unit: str | None


class Change(NamedTuple):
    """What somebody did to an item: the entry of the log, as far as the chase record and the week need it."""

    seq: int
    at: datetime
    log: int
    ref: str
    actor: str
    event: str
    from_state: str | None
    to_state: str | None

    def on(self, office: str) -> Key:
        """The item: its year is that of the log."""
        return Key(office, self.log, self.ref)


class DeadlineNotice(NamedTuple):
    """A notice that a deadline made: what it was, then `name`, `policy` and `term` of its row; `late_s` is by
    how much the row fired late, `seq` the entry that caused it."""

    at: datetime
    year: int
    ref: str
    kind: str
    level: str | None
    to: str
    status: str
    name: str
    due_date: date
    derived: bool
    late_s: int | None
    policy: str | None
    term: str | None
    seq: int


class SubstitutionOrder(NamedTuple):
    """A substitution with what ordered it: when, by whom, why (None once that is erased), by which paper."""

    substitution: Substitution
    at: datetime
    actor: str
    reason: str | None
    basis: str | None


class Delivery(NamedTuple):
    """What became of a notice over a channel beside the inbox."""

    channel: str
    status: str
    message: str | None


class Notice(NamedTuple):
    """A notice in its reader's inbox; subject and text are None once they are erased."""

    at: datetime
    ref: str | None
    year: int
    kind: str
    level: str | None
    to: str
    channel: str
    status: str
    text: str | None
    subject: str | None
    delivery: tuple[Delivery, ...]
    instead_of: str | None


class Contact(NamedTuple):
    """Where an account is reached: a mail address, or the name of a channel that the settings know."""

    account: str
    channel: str
    address: str


class DeadMessage(NamedTuple):
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


class Incident(NamedTuple):
    """A failure that was met `seen` times, first `at`, last at `last_at`; open until `cleared_at`.

    `ref` is None for one of the whole office.
    """

    id: str
    at: datetime
    last_at: datetime
    year: int | None
    ref: str | None
    code: str
    detail: str | None
    seen: int
    cleared_at: datetime | None
    cleared_by: str | None


# -- figures ---------------------------------------------------------------------------------------------


class OutboxFigures(NamedTuple):
    """How many messages wait, fail and are dead, and what the latest trouble was."""

    pending: int
    failed: int
    dead: int
    error: str | None


class LedgerFigures(NamedTuple):
    """Deadline rows by their status; `logged` are the entries of fired rows."""

    created: int
    fired: int
    cancelled: int
    pending: int
    logged: int


class WaitingFigures(NamedTuple):
    """What waits for the program: since when the oldest row is due, when the oldest message not sent was
    made, dead letters, open incidents. Rows of an item with an open incident do not count as due."""

    due_since: datetime | None
    unsent_since: datetime | None
    dead: int
    incidents: int
