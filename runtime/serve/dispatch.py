"""Sends what waits in the outboxes of a database: freezes notices into messages, sends, records the result.

Freezing, leasing and recording are a transaction each; between them, while a server is talked to, nothing is
locked, so that any number of dispatchers may work on one database. A dispatcher that dies between sending and
recording leaves a lease that ends, and its message goes out again under the same id: better twice than never.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from itertools import chain

from runtime.acts.acting import Acting
from runtime.acts.contacts import NoContact, unknown_channel
from runtime.mail.channels import Channel, Mail, Undelivered
from runtime.mail.settings import DeliverySettings, delivery_settings
from runtime.office.looking import chosen_office, local_time
from runtime.office.results import new_key
from runtime.office.settings import Options, database_url
from runtime.serve.conversations import Conversation, Conversations
from runtime.serve.freezing import Freezing
from runtime.serve.sweeping import Sweeping
from storage import outbox
from storage.unit import UnitOfWork
from storage.views import Reading
from workflow.model.definition import DeadlinePolicy, Quiet
from workflow.model.wording import Sender, render_notice
from workflow.notices import delivery, digest

LEASE = timedelta(minutes=30)
"""Longer than any one try takes: a conversation with a mail server has a dozen steps of a minute at most, and
ten minutes for the answer to the mail."""
PATIENCE = 5.0
"""Seconds after which the next message no longer waits for one that is not answered."""
MOST = 8
"""Messages of an office that may be under way at once; each has a connection and a thread."""


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What one pass did for an office: how many messages it froze, sent, could not send yet, gave up."""

    office: str
    at: datetime
    zone: str
    frozen: int = 0
    sent: int = 0
    failed: int = 0
    dead: int = 0


class Dispatching:
    """The passes of one command; `tdkt tick` makes one, `tdkt serve` one after the other.

    `running`: a sandbox's clock runs on from pass to pass, and what is not answered at the end of a pass is
    left to the next one. `channels` (of the settings), `share` (the random number that spreads waits) and
    `patience` are given by tests.
    """

    def __init__(
        self,
        options: Options,
        environment: Mapping[str, str],
        *,
        running: bool = False,
        channels: Mapping[str, Channel] | None = None,
        share: Callable[[], float] = random.random,
        patience: float = PATIENCE,
    ) -> None:
        self._options = options
        self._environment = environment
        self._sweeping = Sweeping(options, environment, running=running)
        self._running = running
        self.delivery: DeliverySettings = delivery_settings(environment)
        self._channels = open_channels(self.delivery) if channels is None else channels
        self._share = share
        self.patience = patience
        self.conversations = Conversations()
        self._worker = f"{os.getpid()}-{new_key()}"

    def dispatch(
        self,
        *,
        progress: Callable[[int], None] | None = None,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Iterator[Dispatched]:
        """Serves one office after the other, those that have something to send, and yields after each.

        An office that fails keeps no other waiting: the first error is raised at the end. A channel whose
        server is in trouble is not tried again in this pass, at no office.
        """
        errors: list[Exception] = []
        broken: set[str] = set()

        def passes(names: Iterable[str], take: Callable[[_OfficePass], Dispatched]) -> Iterator[Dispatched]:
            for name in names:
                if stopping():
                    break
                try:
                    with self._sweeping.opened(name) as acting:
                        yield take(_OfficePass(acting, self, broken, progress=progress, stopping=stopping))
                except Exception as error:
                    errors.append(error)

        yield from passes(self._offices(), _OfficePass.dispatch)
        if not self._running:
            yield from passes(sorted(self.conversations.offices), _OfficePass.finish)
        if errors:
            raise errors[0]

    def _offices(self) -> tuple[str, ...]:
        """The offices (of the chosen one, that one) that have something to send; none without a channel."""
        if not self._channels:
            return ()
        with Reading(database_url(self._options, self._environment)) as reading:
            names = tuple(sorted({*reading.offices_to_send(), *self.conversations.offices}))
            if self._options.office or self._environment.get("TDKT_OFFICE"):
                known = tuple(row.office for row in reading.offices())
                chosen = chosen_office(self._options, self._environment, known)
                return tuple(name for name in names if name == chosen)
        return names

    @property
    def channels(self) -> Mapping[str, Channel]:
        return self._channels

    @property
    def worker(self) -> str:
        """What a lease says of who has it."""
        return self._worker

    @property
    def running(self) -> bool:
        return self._running

    def share(self) -> float:
        """A random number from 0 to 1."""
        return self._share()


class _OfficePass:
    """One pass for one office."""

    def __init__(
        self,
        acting: Acting,
        dispatching: Dispatching,
        broken: set[str],
        *,
        progress: Callable[[int], None] | None,
        stopping: Callable[[], bool],
    ) -> None:
        self._acting = acting
        self._dispatching = dispatching
        self._conversations = dispatching.conversations
        self._broken = broken
        self._progress = progress or (lambda _done: None)
        self._stopping = stopping
        self._began = time.monotonic()
        setting, running = acting.setting, dispatching.running
        policy = hourless(setting.policy) if acting.row.sandbox and running else setting.policy
        self._times = delivery.Times(policy, setting.calendar, acting.zone)

    def dispatch(self) -> Dispatched:
        """Records what came of messages of earlier passes, freezes what is ripe, sends what waits."""
        earlier = self._ended(patience=0)
        frozen = Freezing(self._acting, self._times, channels=self._dispatching.channels).freeze()
        new = self._send() if delivery.may_send(self._now(), self._times) else ()
        return self._done(chain(earlier, new), frozen=frozen)

    def finish(self) -> Dispatched:
        """Waits for the messages that are under way, and records what came of them."""
        return self._done(self._all_ended())

    def _done(self, statuses: Iterable[str], *, frozen: int = 0) -> Dispatched:
        counts = dict.fromkeys(("sent", "failed", "dead"), 0)
        for status in statuses:
            counts[status] += 1
        self._acting.keep_clock()
        return Dispatched(self._acting.office, self._acting.now, self._acting.zone, frozen, **counts)

    def _now(self) -> datetime:
        """The office's time: goes on while servers are talked to, unless a sandbox's clock stands still."""
        acting = self._acting
        if acting.row.sandbox and not self._dispatching.running:
            return acting.now
        return acting.now + timedelta(seconds=time.monotonic() - self._began)

    def _send(self) -> Iterator[str]:
        """One message of each channel in turn, so that a slow server holds up no other channel for long.

        Each waits for the one before, but no longer than the dispatcher's patience: else one recipient whose
        server does not answer would hold up everybody. What is under way then is recorded when it ends.
        """
        channels = [name for name in self._dispatching.channels if name not in self._broken]
        while channels:
            for name in tuple(channels):
                if self._stopping():
                    return
                leased = self._lease(name)
                if leased is not None:
                    self._begin(name, leased)
                    yield from self._ended(patience=self._dispatching.patience)
                if leased is None or name in self._broken:
                    channels.remove(name)
            while len(self._conversations.of(self._acting.office)) >= MOST:
                yield from self._ended(patience=None)

    def _all_ended(self) -> Iterator[str]:
        while self._conversations.of(self._acting.office):
            yield from self._ended(patience=None)

    def _ended(self, *, patience: float | None) -> Iterator[str]:
        """What became of the messages that ended, recorded; nothing of one that another recorded already."""
        for ended in self._conversations.take_ended(self._acting.office, patience=patience):
            status = self._record(ended)
            if status is not None:
                yield status
                self._progress(1)

    def _lease(self, channel: str) -> outbox.LeasedMessage | None:
        def work(unit: UnitOfWork) -> outbox.LeasedMessage | None:
            found = outbox.lease(unit, channel, by=self._dispatching.worker, now=self._now(), lasting=LEASE)
            if found is not None:
                self._acting.commit(unit)
            return found

        return self._acting.in_transaction(f"lease/{new_key()}", work)

    def _begin(self, channel: str, leased: outbox.LeasedMessage) -> None:
        """Sends outside any transaction."""
        office = self._acting.office
        mail = Mail(leased.id, office, leased.address, leased.subject, leased.body, leased.made_at)
        send = partial(self._dispatching.channels[channel].send, mail)
        self._conversations.begin(office, channel, leased, send)

    def _record(self, ended: Conversation) -> str | None:
        """Records what came of a message; None where another dispatcher recorded it already."""
        try:
            ended.answer.result()
        except Undelivered as trouble:
            if trouble.trouble in ("server", "setup"):
                self._broken.add(ended.channel)
            return self._record_failed(ended.leased, trouble)
        except Exception as error:
            # A fault of the program in one mail must not hold up the others. Only its type is told, because
            # its words may hold what is secret.
            return self._record_failed(ended.leased, Undelivered("later", type(error).__name__))
        return self._record_sent(ended.leased)

    def _record_sent(self, leased: outbox.LeasedMessage) -> str | None:
        def work(unit: UnitOfWork) -> str | None:
            done = outbox.record_sent(unit, leased, now=self._now())
            self._acting.commit(unit)
            return "sent" if done else None

        return self._acting.in_transaction(f"sent/{new_key()}", work)

    def _record_failed(self, leased: outbox.LeasedMessage, trouble: Undelivered) -> str | None:
        outcome = delivery.after_failure(
            trouble.trouble,
            attempts=leased.attempts,
            begun_at=leased.begun_at,
            share=self._dispatching.share(),
            times=self._times,
            now=self._now(),
        )

        def work(unit: UnitOfWork) -> str | None:
            by = self._dispatching.worker
            done = outbox.record_failed(unit, leased, outcome, error=trouble.said, by=by)
            self._acting.commit(unit)
            return outcome.status if done else None

        return self._acting.in_transaction(f"failed/{new_key()}", work)


def hourless(policy: DeadlinePolicy) -> DeadlinePolicy:
    """The policy without quiet hours and digest times, for a sandbox that is served.

    It wakes nobody, and whoever tries it out should see the mail now and not next morning.
    """
    return replace(
        policy,
        quiet=Quiet(time_of_day(0), time_of_day(0), days_off=False),
        digest=replace(policy.digest, daily=time_of_day(0)),
    )


def open_channels(settings: DeliverySettings) -> Mapping[str, Channel]:
    """The channels that are set, by name."""
    made: dict[str, Channel] = {}
    if settings.smtp is not None:
        from runtime.mail.smtp import SmtpChannel

        made[delivery.EMAIL] = SmtpChannel(settings.smtp)
    if settings.targets:
        from runtime.mail.apprise import AppriseChannel

        made.update({name: AppriseChannel(name, url) for name, url in settings.targets.items()})
    return made


def send_test(acting: Acting, channel: str, to: str) -> str:
    """Sends a test notice now, without the outbox; answers with what the server said.

    Raises UnknownChannel, NoContact, UnknownActor, and Undelivered where the server does not take it.
    """
    settings = delivery_settings(acting.environment)
    account = acting.known_account(to)
    found = {
        contact.channel: contact.address
        for contact in outbox.contacts(acting.database, acting.office)
        if contact.account == account
    }
    if channel == delivery.INBOX or channel not in settings.channels:
        raise unknown_channel(settings, channel)
    if channel not in found:
        raise NoContact(tai_khoan=to, ten=channel)
    return open_channels(settings)[channel].send(_test_mail(acting, channel, to, found[channel]))


def _test_mail(acting: Acting, channel: str, to: str, address: str) -> Mail:
    reader = digest.Recipient.of(to, acting.directory)
    subject, body = render_notice(
        acting.catalogue,
        "test",
        {
            "chuc_vu_nhan": reader.label,
            "kenh": channel,
            "gio": f"{local_time(acting.now, acting.zone):%H:%M ngày %d/%m/%Y}",
        },
        Sender(acting.directory.title, acting.directory.contact, acting.row.sandbox),
        superior=reader.superior,
    )
    return Mail(new_key(), acting.office, address, subject, body, acting.now)
