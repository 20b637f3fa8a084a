"""Sends what waits in the outboxes of a database: freezes notices into messages, sends, records the result.

Freezing, leasing and recording are a transaction each; between them, while a server is talked to, nothing is
locked, so that any number of dispatchers may work on one database. A dispatcher that dies between sending and
recording leaves a lease that ends, and its message goes out again under the same id.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from datetime import time as time_of_day

from runtime.acts.acting import Acting
from runtime.acts.contacts import NoContact, unknown_channel
from runtime.mail.channels import Channel, Mail, Undelivered
from runtime.mail.settings import DeliverySettings, delivery_settings
from runtime.office.looking import chosen_office, local_text
from runtime.office.results import new_key
from runtime.office.settings import Options, database_url
from runtime.serve.sweeping import Sweeping
from storage import items, outbox
from storage.records import Contact
from storage.unit import UnitOfWork
from storage.views import Reading
from workflow.model.context import Actor
from workflow.model.definition import DeadlinePolicy, Quiet
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM
from workflow.model.wording import Sender, render_notice
from workflow.notices import delivery, digest, turn

LEASE = timedelta(minutes=30)
"""Longer than any one try takes: a conversation with a mail server has a dozen steps, each with a timeout."""


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

    `running`: a sandbox's clock runs on from pass to pass. `channels` (of the settings) and `share` (the
    random number that spreads waits) are given by tests.
    """

    def __init__(
        self,
        options: Options,
        environment: Mapping[str, str],
        *,
        running: bool = False,
        channels: Mapping[str, Channel] | None = None,
        share: Callable[[], float] = random.random,
    ) -> None:
        self._options = options
        self._environment = environment
        self._sweeping = Sweeping(options, environment, running=running)
        self._running = running
        self.delivery: DeliverySettings = delivery_settings(environment)
        self._channels = open_channels(self.delivery) if channels is None else channels
        self._share = share
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
        for name in self._offices():
            if stopping():
                break
            try:
                with self._sweeping.opened(name) as acting:
                    yield _OfficePass(acting, self, broken, progress=progress, stopping=stopping).dispatch()
            except Exception as error:
                errors.append(error)
        if errors:
            raise errors[0]

    def _offices(self) -> tuple[str, ...]:
        """The offices (of the chosen one, that one) that have something to send; none without a channel."""
        if not self._channels:
            return ()
        with Reading(database_url(self._options, self._environment)) as reading:
            names = reading.offices_to_send()
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
        self._broken = broken
        self._progress = progress or (lambda _done: None)
        self._stopping = stopping
        self._began = time.monotonic()
        setting, running = acting.setting, dispatching.running
        policy = hourless(setting.policy) if acting.row.sandbox and running else setting.policy
        self._times = delivery.Times(policy, setting.calendar, acting.zone)

    def dispatch(self) -> Dispatched:
        frozen = self._freeze()
        counts = dict.fromkeys(("sent", "failed", "dead"), 0)
        if delivery.may_send(self._now(), self._times):
            for status in self._send():
                counts[status] += 1
        self._acting.keep_clock()
        return Dispatched(self._acting.office, self._acting.now, self._acting.zone, frozen, **counts)

    def _now(self) -> datetime:
        """The office's time: goes on while servers are talked to, unless a sandbox's clock stands still."""
        acting = self._acting
        if acting.row.sandbox and not self._dispatching.running:
            return acting.now
        return acting.now + timedelta(seconds=time.monotonic() - self._began)

    # -- freezing ------------------------------------------------------------------------------------

    def _freeze(self) -> int:
        """Makes the messages for which it is time; answers with how many."""
        # Looked at without a lock first: most passes find nothing, and should hold up no other dispatcher.
        waiting = self._waiting()
        if not waiting:
            return 0
        contacts = self._contacts()
        unreached = waiting.keys() - {(contact.account, contact.channel) for contact in contacts}
        if not unreached and not self._bundles(waiting, contacts):
            return 0
        return self._acting.in_transaction(f"freeze/{new_key()}", self._freeze_in)

    def _waiting(self) -> outbox.WaitingNotices:
        acting = self._acting
        return outbox.waiting(acting.database, acting.office, channels=tuple(self._dispatching.channels))

    def _freeze_in(self, unit: UnitOfWork) -> int:
        acting = self._acting
        outbox.hold_freezing(unit)
        # Read again under the lock: another dispatcher may have frozen the same notices meanwhile.
        waiting = self._waiting()
        contacts = self._contacts()
        addresses = {(contact.account, contact.channel): contact.address for contact in contacts}
        gone = {
            notice.id
            for reader, notices in waiting.items()
            for notice in notices
            if notice.subject is None or reader not in addresses or self._stale(notice, reader[0])
        }
        # What can never be sent would be looked at again in every pass.
        if gone:
            outbox.cancel_notices(unit, gone)
        left = {
            reader: [notice for notice in notices if notice.id not in gone]
            for reader, notices in waiting.items()
        }
        setting = self._digest_setting()
        found = self._bundles(left, contacts)
        for channel, closed in found:
            address = addresses[closed.sections[0].account, channel]
            outbox.freeze(unit, self._message(channel, closed, address, setting), now=acting.now)
        acting.commit(unit)
        return len(found)

    def _stale(self, notice: delivery.Waiting, reader: str) -> bool:
        """Whether the notice asks for a step that was taken meanwhile."""
        if notice.kind not in turn.TURNS or notice.ref is None:
            return False
        item = items.item_at(self._acting.database, Key(self._acting.office, notice.year, notice.ref))
        return item is None or turn.stale(item, meant=notice.instead_of or reader)

    def _contacts(self) -> tuple[Contact, ...]:
        return outbox.contacts(self._acting.database, self._acting.office)

    def _bundles(
        self, waiting: outbox.WaitingNotices, contacts: Sequence[Contact]
    ) -> list[tuple[str, delivery.Bundle]]:
        """The notices that go out as one message now, each with its channel."""
        acting, found = self._acting, []
        newest = outbox.newest_due(acting.database, acting.office, now=acting.now) if waiting else None
        day, _opens = delivery.digest_of(acting.now, self._times, weekly=True)
        for channel, accounts in delivery.reading_together(contacts):
            readers = [
                delivery.Reader(account, self._weekly(account), waiting.get((account, channel), ()))
                for account in accounts
            ]
            if not any(reader.waiting for reader in readers):
                continue
            closed = delivery.bundle(
                readers,
                frozen=outbox.frozen_since(acting.database, acting.office, accounts, channel, day=day),
                settled=delivery.has_settled(newest, acting.now),
                times=self._times,
                now=acting.now,
            )
            if closed is not None:
                found.append((channel, closed))
        return found

    def _weekly(self, account: str) -> bool:
        return delivery.is_weekly(account, office=self._acting.directory, policy=self._acting.setting.policy)

    def _message(
        self, channel: str, closed: delivery.Bundle, address: str, setting: digest.DigestSetting
    ) -> outbox.NewMessage:
        """The message; of several readers it is kept as that of the first."""
        acting, account = self._acting, closed.sections[0].account
        id = delivery.message_id(acting.office, account, channel, closed.day, closed.part)
        parts = [
            digest.Part(
                digest.Recipient.of(section.account, acting.directory),
                section.weekly,
                [(notice, self._topic(notice, section.account, setting)) for notice in section.notices],
            )
            for section in closed.sections
        ]
        subject, body = digest.compose_message(parts, setting=setting, channel=channel, id=id)
        ids = tuple(notice.id for notice in closed.notices)
        return outbox.NewMessage(id, account, channel, closed.day, closed.part, address, subject, body, ids)

    def _topic(
        self, notice: delivery.Waiting, account: str, setting: digest.DigestSetting
    ) -> digest.Topic | None:
        acting = self._acting
        if notice.ref is None:
            return None
        item = items.item_at(acting.database, Key(acting.office, notice.year, notice.ref))
        if item is None:
            return None
        return digest.topic_of(
            item,
            notice,
            acting.case_of(Actor(SYSTEM)),
            reader=account,
            about=setting.catalogue.words[f"digest.{item.subject}"].vi,
        )

    def _digest_setting(self) -> digest.DigestSetting:
        acting = self._acting
        return digest.DigestSetting(
            catalogue=acting.catalogue,
            title=acting.directory.title,
            contact=acting.directory.contact,
            sandbox=acting.row.sandbox,
            calendar=acting.setting.calendar,
            today=acting.today,
            newest=acting.setting.newest,
        )

    # -- sending -------------------------------------------------------------------------------------

    def _send(self) -> Iterator[str]:
        """One message of each channel in turn, so that a slow server holds up no other channel for long."""
        channels = [name for name in self._dispatching.channels if name not in self._broken]
        while channels:
            for name in tuple(channels):
                if self._stopping():
                    return
                leased = self._lease(name)
                status = None if leased is None else self._try(name, leased)
                if status is not None:
                    yield status
                    self._progress(1)
                if leased is None or name in self._broken:
                    channels.remove(name)

    def _lease(self, channel: str) -> outbox.LeasedMessage | None:
        def work(unit: UnitOfWork) -> outbox.LeasedMessage | None:
            found = outbox.lease(unit, channel, by=self._dispatching.worker, now=self._now(), lasting=LEASE)
            if found is not None:
                self._acting.commit(unit)
            return found

        return self._acting.in_transaction(f"lease/{new_key()}", work)

    def _try(self, channel: str, leased: outbox.LeasedMessage) -> str | None:
        """Sends outside any transaction, then records; None where another dispatcher recorded it already."""
        mail = Mail(
            leased.id,
            self._acting.office,
            leased.address,
            leased.subject,
            leased.body,
            leased.made_at,
        )
        try:
            self._dispatching.channels[channel].send(mail)
        except Undelivered as trouble:
            if trouble.trouble in ("server", "setup"):
                self._broken.add(channel)
            return self._record_failed(leased, trouble)
        except Exception as error:
            # A fault of the program in one mail must not hold up the others. Only its type is told, because
            # its words may hold what is secret.
            return self._record_failed(leased, Undelivered("later", type(error).__name__))
        return self._record_sent(leased)

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
        {"chuc_vu_nhan": reader.label, "kenh": channel, "gio": local_text(acting.now, acting.zone)},
        Sender(acting.directory.title, acting.directory.contact, acting.row.sandbox),
        superior=reader.superior,
    )
    return Mail(new_key(), acting.office, address, subject, body, acting.now)
