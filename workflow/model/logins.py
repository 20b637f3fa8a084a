"""Who is signed in and for how long, and how tries that fail are slowed: the rules, without storage.

A *login* is a person who signs in. It holds position accounts, of which one is chosen in each *session*: in a
browser (`web`) or by a token on the command line (`terminal`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from workflow.model.naming import Candidate
from workflow.model.text import Text

WEB, TERMINAL = "web", "terminal"


class Limits(NamedTuple):
    """How long a session lasts unused, and how long at all."""

    idle: timedelta
    whole: timedelta


LIMITS: Mapping[str, Limits] = MappingProxyType(
    {
        # A working day with its noon: whoever comes back the next morning signs in again, on a PC that others
        # use too.
        WEB: Limits(timedelta(hours=12), timedelta(days=30)),
        # The token lies in a file that only its user reads; a clerk may open the terminal once a month.
        TERMINAL: Limits(timedelta(days=30), timedelta(days=90)),
    }
)
SEEN_EVERY = timedelta(minutes=5)
"""A session's last use is written no more often: a look must not wait for a writer each time."""
DAYS, MOST_DAYS = 7, 30
"""For how many days an invitation is good, where nothing else is asked, and at most."""


class Session(NamedTuple):
    """A session as it is kept, with its login's state."""

    login: str
    account: str
    kind: str
    label: str | None
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    disabled_at: datetime | None
    language: str | None
    name: str | None


class SignedIn(NamedTuple):
    """Somebody who is signed in: `name` is None once it was erased, `account` the chosen one of `accounts`.
    `due`: that the session was used is to be written (`runtime.acts.logins.touch`)."""

    login: str
    name: str | None
    accounts: tuple[str, ...]
    account: str
    language: str | None
    kind: str
    made_at: datetime
    ends_at: datetime
    due: bool


class KeptLogin(NamedTuple):
    """A login as it is kept; `accounts` by id, `entry` has its name."""

    id: str
    entry: str
    name: str | None
    accounts: tuple[str, ...]
    language: str | None
    made_at: datetime
    disabled_at: datetime | None
    has_password: bool
    has_subject: bool


class Invitation(NamedTuple):
    """An invitation as it is kept: `login` is whose it is, or who came of it."""

    entry: str
    name: str | None
    accounts: tuple[str, ...]
    login: str | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None

    def open(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.used_at is None and self.revoked_at is None and now < self.expires_at


def ends_at(session: Session) -> datetime:
    """When the session ends if nobody uses it again."""
    return min(session.seen_at + LIMITS[session.kind].idle, session.expires_at)


def signed_in(session: Session, accounts: Collection[str], *, now: datetime) -> SignedIn | None:
    """Who is signed in by the session; None where it is over, revoked, its login disabled, or none of the
    `accounts` that it holds is left in the office."""
    if session.revoked_at or session.disabled_at or now >= ends_at(session) or not accounts:
        return None
    held = tuple(sorted(accounts))
    return SignedIn(
        session.login,
        session.name,
        held,
        session.account if session.account in held else held[0],
        session.language,
        session.kind,
        session.made_at,
        ends_at(session),
        due=now - session.seen_at >= SEEN_EVERY,
    )


def login_names(logins: Collection[KeptLogin]) -> tuple[Candidate, ...]:
    """The logins by what people type for them: the name, and each account that no other one holds."""
    held = [account for login in logins for account in login.accounts]
    return tuple(
        Candidate(
            login.id,
            Text(login.name or login.id, login.name or login.id),
            (
                *((login.name,) if login.name else ()),
                *(each for each in login.accounts if held.count(each) == 1),
            ),
        )
        for login in logins
    )


# -- tries that failed -----------------------------------------------------------------------------------

OF_LOGIN, OF_ADDRESS = 5, 20
"""Tries in a row that cost nothing: of one login, and from one address, behind which an office may sit."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)
"""After so long without a try the count begins anew."""


class Tries(NamedTuple):
    """How often in a row it failed, and when last."""

    failures: int
    last_at: datetime


def wait_after(failures: int, *, free: int) -> timedelta:
    """How long to wait after so many failures: nothing up to `free`, then twice as long each time, and never
    longer than LONGEST_WAIT: nobody is locked out for good."""
    over = failures - free
    if over < 0:
        return timedelta(0)
    return min(FIRST_WAIT * (1 << min(over, 16)), LONGEST_WAIT)


def free_at(tries: Tries | None, *, free: int, now: datetime) -> datetime | None:
    """When the next try is heard; None where that is now."""
    if tries is None or is_forgotten(tries, now=now):
        return None
    again = tries.last_at + wait_after(tries.failures, free=free)
    # A clock that was set back must not make anybody wait for longer than the longest wait.
    return again if now < again <= now + LONGEST_WAIT else None


def is_forgotten(tries: Tries, *, now: datetime) -> bool:
    return now - tries.last_at >= FORGOTTEN


def failed_again(tries: Tries | None, *, now: datetime) -> Tries:
    """The count with one more failure."""
    before = 0 if tries is None or is_forgotten(tries, now=now) else tries.failures
    return Tries(before + 1, now)
