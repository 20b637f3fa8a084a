"""When notices are sent, which go in one message, and when a failed message is tried again.

`runtime.serve.dispatch` asks and sends. Nothing here knows a server or the clock; the words of a digest are
made in `workflow.notices.digest`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple
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
"""One address gets at most so many further messages over one channel on one day; the rest waits."""

SETTLED_AFTER = timedelta(minutes=15)
"""A digest waits so long for a due row that has not fired yet, because a sweep is under way."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
LEAST_SHARE, SPREAD = 0.8, 0.4
"""A wait lasts 0.8 to 1.2 times as long, so that many messages are not tried again at one instant."""
FARTHEST_WAIT = timedelta(hours=2)
"""No try is put off further. A later time in the database was written while the clock was wrong."""

Trouble = Literal["recipient", "later", "unanswered", "server", "setup"]
"""Why a message could not be sent: its recipient is refused for good; it is refused for now; the server had
all of it and never said whether it took it; the server cannot be reached; or it does not accept the settings
(login, certificate, sender)."""


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


def reading_together(contacts: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The accounts that get one message between them, with its channel: those of one mail address.

    `contacts` are account, channel and address. What another channel takes as an address is a name of its
    settings and no reader's own.
    """
    found: dict[tuple[str, str], list[str]] = {}
    for account, channel, address in contacts:
        place = address.casefold() if channel == EMAIL else account
        found.setdefault((channel, place), []).append(account)
    for (channel, _place), accounts in found.items():
        yield channel, tuple(accounts)


class Reader(NamedTuple):
    """An account that reads at an address, and what waits for it there; `weekly`: for the week's digest."""

    account: str
    weekly: bool
    waiting: Sequence[Waiting]


class Section(NamedTuple):
    """What one message tells one of its readers."""

    account: str
    weekly: bool
    notices: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The notices that become one message to one address, which is named by a local day and a part of it."""

    day: date
    part: str
    sections: tuple[Section, ...]

    @property
    def notices(self) -> tuple[Waiting, ...]:
        return tuple(notice for section in self.sections for notice in section.notices)


def bundle(
    readers: Sequence[Reader],
    *,
    frozen: Collection[tuple[date, str]],
    settled: bool,
    times: Times,
    now: datetime,
) -> Bundle | None:
    """The message that one address gets over one channel now; None where it gets none yet.

    `readers` are all that read there, one human in several positions or several at one desk: they get one
    digest a day between them. `frozen` are the days and parts for which their messages over this channel
    were made. While due rows are still firing (not `settled`) no digest is made. A weekly digest takes the
    notices that were due when its time came, so that one made late has the same contents.
    """
    if not any(reader.waiting for reader in readers) or not may_send(now, times):
        return None
    today = local_date(now, times.zone)
    if settled and not _another_opens(readers, today, times=times, now=now):
        found = _digest(readers, frozen=frozen, times=times, now=now)
        if found is not None:
            return found
    return _further(readers, frozen=frozen, today=today)


def _another_opens(readers: Sequence[Reader], today: date, *, times: Times, now: datetime) -> bool:
    """Whether a digest of the other sort opens later today: the two go together then."""
    if len({reader.weekly for reader in readers if reader.waiting}) < 2:
        return False
    digest = times.policy.digest
    week = today - timedelta(days=(today.weekday() - WEEKDAYS.index(digest.weekday)) % 7)
    goes = times.calendar.next_working(week) if times.policy.quiet.days_off else week
    opens = [digest.daily, *([digest.weekly] if goes == today else [])]
    return now < at_local(today, max(opens), times.zone)


def _made(frozen: Collection[tuple[date, str]], day: date) -> bool:
    """Whether the digest of the day, or of the week that begins on it, was made."""
    return any(part == DIGEST and made >= day for made, part in frozen)


def _digest(
    readers: Sequence[Reader], *, frozen: Collection[tuple[date, str]], times: Times, now: datetime
) -> Bundle | None:
    sections, worth = [], False
    for reader in readers:
        day, opens = digest_of(now, times, weekly=reader.weekly)
        if opens > now or _made(frozen, day):
            continue
        urgent = _cannot_wait(reader)
        ripe = [
            notice
            for notice in reader.waiting
            if not reader.weekly or notice.since <= opens or notice in urgent
        ]
        # A week in which nothing but urgent notices came has no digest: they go below, each day.
        worth = worth or len(ripe) > (len(urgent) if reader.weekly else 0)
        if ripe:
            sections.append(Section(reader.account, reader.weekly, tuple(ripe)))
    if not worth:
        return None
    # Whoever reads daily names it by the day, so that it is the day's one digest.
    day = max(digest_of(now, times, weekly=reader.weekly)[0] for reader in readers)
    return Bundle(day, DIGEST, tuple(sections))


def _cannot_wait(reader: Reader) -> list[Waiting]:
    urgent = CANNOT_WAIT if reader.weekly else CANNOT_WAIT_A_DAY
    return [notice for notice in reader.waiting if notice.kind in urgent]


def _further(
    readers: Sequence[Reader], *, frozen: Collection[tuple[date, str]], today: date
) -> Bundle | None:
    """Before today's digest everything waits for it; a week is too long for that."""
    number = 1 + sum(day == today and part.startswith(URGENT) for day, part in frozen)
    sections = tuple(
        Section(reader.account, reader.weekly, tuple(urgent))
        for reader in readers
        if (reader.weekly or _made(frozen, today)) and (urgent := _cannot_wait(reader))
    )
    if not sections or number > URGENT_PARTS:
        return None
    return Bundle(today, f"{URGENT}-{number}", sections)


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

    Wrong settings are tried again every hour: a person must correct them first. So is what was not answered:
    it has most likely arrived, and a slow server needs its time.
    """
    if trouble == "recipient" or now >= gives_up_at(begun_at, times):
        return FailedTry("dead", now)
    if trouble in ("setup", "unanswered"):
        return FailedTry("failed", now + LONGEST_WAIT * (LEAST_SHARE + SPREAD * share))
    return FailedTry("failed", now + wait_after(attempts, share=share))
