"""When notices are sent, which go in one message, and when a failed message is tried again.

`runtime.serve.dispatch` asks and sends. Nothing here knows a server or the clock; the words of a digest are
made in `workflow.notices.digest`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from workflow.model.calendar import WorkCalendar, at_local, local_date
from workflow.model.days import WEEKDAYS

if TYPE_CHECKING:  # building its classes costs looking commands a tenth of their start
    from workflow.model.definition import DeadlinePolicy, Office, Quiet

INBOX, EMAIL = "inbox", "email"
DIGEST, URGENT = "digest", "urgent"
"""The parts of a day's messages: the digest, and messages with notices that cannot wait for the next one."""

CANNOT_WAIT = frozenset({"returned", "invitation", "substitution"})
"""Kinds of notice that go out after the day's digest too: with the next one they would come too late."""
CANNOT_WAIT_A_DAY = frozenset({*CANNOT_WAIT, "due_today"})
"""The same for readers of daily digests. Readers of weekly ones hear of due dates once a week only."""
URGENT_PARTS = 3
"""One account gets at most so many further messages over one channel on one day; the rest waits."""

SETTLED_AFTER = timedelta(minutes=15)
"""A digest waits so long for a due row that has not fired yet, because a sweep is under way."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
LEAST_SHARE, SPREAD = 0.8, 0.4
"""A wait lasts 0.8 to 1.2 times as long, so that many messages are not tried again at one instant."""
FARTHEST_WAIT = timedelta(hours=2)
"""No try is put off further. A later time in the database was written while the clock was wrong."""

Trouble = Literal["recipient", "later", "server", "setup"]
"""Why a message could not be sent: its recipient is refused for good; it is refused for now; the server
cannot be reached; or it does not accept the settings (login, certificate, sender)."""

_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL_PART})@(?P<domain>{_LABEL}(?:\.{_LABEL})+)")
LONGEST_LOCAL_PART, LONGEST_ADDRESS = 64, 254


def is_mail_address(text: str) -> bool:
    """Whether `text` is one plain mail address that every server takes: no name, no letters with marks."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and len(found["local"]) <= LONGEST_LOCAL_PART and len(text) <= LONGEST_ADDRESS


# When


@dataclass(frozen=True, slots=True)
class Times:
    """The office's policy, calendar and time zone, by which sending times are computed."""

    policy: DeadlinePolicy
    calendar: WorkCalendar
    zone: str

    def local(self, now: datetime) -> datetime:
        return now.astimezone(ZoneInfo(self.zone))


def in_quiet_hours(at: time, quiet: Quiet) -> bool:
    """Whether the local time `at` lies in the quiet hours, which may pass midnight; their end does not."""
    if quiet.start <= quiet.end:
        return quiet.start <= at < quiet.end
    return at >= quiet.start or at < quiet.end


def may_send(now: datetime, times: Times) -> bool:
    """Whether anything may be sent at `now`: not in quiet hours and, if the policy says so, on no day off."""
    quiet, local = times.policy.quiet, times.local(now)
    if quiet.days_off and not times.calendar.is_working(local.date()):
        return False
    return not in_quiet_hours(local.time(), quiet)


def is_weekly(account: str, *, office: Office, policy: DeadlinePolicy) -> bool:
    """Whether the account's notices wait for the digest of the week."""
    found = office.account(account)
    return found is not None and any(role in policy.digest.weekly_for for role in found.roles)


def digest_of(now: datetime, times: Times, *, weekly: bool) -> tuple[date, datetime]:
    """The day that names the newest digest, and the instant from which it may be sent.

    A daily one is today's, even before its hour. A weekly one is the last whose time has come: where Monday
    is a day off it is sent on the next working day, and named by the Monday.
    """
    today, digest = local_date(now, times.zone), times.policy.digest
    if not weekly:
        return today, at_local(today, digest.daily, times.zone)
    day = today - timedelta(days=(today.weekday() - WEEKDAYS.index(digest.weekday)) % 7)
    while True:
        goes = times.calendar.next_working(day) if times.policy.quiet.days_off else day
        opens = at_local(goes, digest.weekly, times.zone)
        if opens <= now:
            return day, opens
        day -= timedelta(days=7)


# What goes together


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that waits to be sent over one channel. `since` is when it should have been made.

    `subject` and `text` are its words in the inbox, None once they are erased. `due_on` is the due date of
    its deadline row, `term` the term's name where it is not the task's own date. `instead_of` is the absent
    account that it was meant for, where its reader is the stand-in.
    """

    id: str
    kind: str
    since: datetime
    year: int
    ref: str | None
    subject: str | None
    text: str | None
    due_on: date | None = None
    term: str | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """The notices that become one message, which is named by a local day and a part of it."""

    day: date
    part: str
    notices: tuple[Waiting, ...]


def bundle(
    waiting: Sequence[Waiting],
    *,
    frozen: Collection[tuple[date, str]],
    weekly: bool,
    settled: bool,
    times: Times,
    now: datetime,
) -> Bundle | None:
    """The message that one account gets over one channel now; None where it gets none yet.

    `frozen` are the days and parts for which its messages over this channel were made. While due rows are
    still firing (not `settled`) no digest is made. A weekly digest takes the notices that were due when its
    time came, so that one made late has the same contents.
    """
    if not waiting or not may_send(now, times):
        return None
    urgent = CANNOT_WAIT if weekly else CANNOT_WAIT_A_DAY
    cannot_wait = [notice for notice in waiting if notice.kind in urgent]
    day, opens = digest_of(now, times, weekly=weekly)
    if (day, DIGEST) not in frozen:
        ripe = [notice for notice in waiting if not weekly or notice.since <= opens or notice in cannot_wait]
        # A week in which nothing but urgent notices came has no digest: they go below, each day.
        if ripe and opens <= now and settled and (not weekly or len(ripe) > len(cannot_wait)):
            return Bundle(day, DIGEST, tuple(ripe))
        # Before today's digest everything waits for it; a week is too long for that.
        if not weekly:
            return None
    return _further(cannot_wait, frozen=frozen, today=local_date(now, times.zone))


def _further(
    cannot_wait: Sequence[Waiting], *, frozen: Collection[tuple[date, str]], today: date
) -> Bundle | None:
    number = 1 + sum(day == today and part.startswith(URGENT) for day, part in frozen)
    if not cannot_wait or number > URGENT_PARTS:
        return None
    return Bundle(today, f"{URGENT}-{number}", tuple(cannot_wait))


def has_settled(newest_due: datetime | None, now: datetime) -> bool:
    """Whether the digest need not wait for the sweep any longer.

    `newest_due` is the due row that fell due last among those that have not fired. One that is due for longer
    is stuck, and must not hold up the mail.
    """
    return newest_due is None or newest_due <= now - SETTLED_AFTER


def message_id(office: str, account: str, channel: str, day: date, part: str) -> str:
    """The message's id, 40 hexadecimal digits; the same whoever makes the message."""
    named = "\0".join((office, account, channel, day.isoformat(), part))
    return sha256(named.encode()).hexdigest()[:40]


# What follows a try that failed


@dataclass(frozen=True, slots=True)
class FailedTry:
    """What follows a try that failed: a `failed` message is tried again at `next_at`, a `dead` one never."""

    status: Literal["failed", "dead"]
    next_at: datetime


def wait_after(attempts: int, *, share: float) -> timedelta:
    """A minute after the first try, doubled after each further one, up to an hour.

    `share`, a random number from 0 to 1, spreads it.
    """
    doubled = FIRST_WAIT * (1 << min(max(attempts, 1) - 1, 12))
    return min(doubled, LONGEST_WAIT) * (LEAST_SHARE + SPREAD * share)


def gives_up_at(begun_at: datetime, times: Times) -> datetime:
    """When a message is given up: a day after its tries began, not counting days off without sending."""
    if not times.policy.quiet.days_off:
        return begun_at + timedelta(days=1)
    local = times.local(begun_at)
    following = times.calendar.next_working(local.date() + timedelta(days=1))
    return max(at_local(following, local.time(), times.zone), begun_at + timedelta(days=1))


def after_failure(
    trouble: Trouble, *, attempts: int, begun_at: datetime, share: float, times: Times, now: datetime
) -> FailedTry:
    """What follows from the try number `attempts`, which failed with `trouble`, the first one at `begun_at`.

    Wrong settings are tried again every hour: a person must correct them first.
    """
    if trouble == "recipient" or now >= gives_up_at(begun_at, times):
        return FailedTry("dead", now)
    if trouble == "setup":
        return FailedTry("failed", now + LONGEST_WAIT * (LEAST_SHARE + SPREAD * share))
    return FailedTry("failed", now + wait_after(attempts, share=share))
