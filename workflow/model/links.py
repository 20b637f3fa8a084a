"""Links by which a body without an account answers what a task expects of it, and what came by them.

What comes by a link is a file or a word, no fact of the plan: it stands as received until somebody of the
office takes it in, and is complete only with the signed original (flows.md, link_only).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from workflow.model.facts import Key

DAYS, MOST_DAYS = 30, 180
"""How long a link is good where nothing is said, and at most."""
MOST_A_DAY = 10
"""Lists that are taken by one link within 24 hours."""
FILE_LIMIT = 5
"""Megabytes of one list."""

State = Literal["received", "taken_in", "nothing", "replaced", "declined"]
ENDED: tuple[State, ...] = ("taken_in", "nothing")
"""States after which a link takes nothing more: the office has what it asked for."""


class VillageLink(NamedTuple):
    """A link of a body to a task's list; `entry` made it."""

    task: Key
    entry: str
    body: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class Submission(NamedTuple):
    """What came by the link of the entry `link`: a `file` by its SHA-256, or the word that there is nothing
    to propose. `ended_entry` says what became of it, `dossiers` in which ones it was taken in."""

    task: Key
    entry: str
    link: str | None
    body: str
    received_at: datetime
    file: str | None
    state: State
    dossiers: tuple[str, ...] = ()
    ended_entry: str | None = None


def sent_lately(sent: tuple[Submission, ...], now: datetime) -> int:
    """How many came within the last 24 hours."""
    return sum(each.received_at > now - timedelta(hours=24) for each in sent)


def takes_more(sent: tuple[Submission, ...]) -> bool:
    """Whether something may still come by the link: not once the office has taken in what it asked for."""
    return not any(each.state in ENDED for each in sent)
