"""Freezes the notices of an office for which it is time into messages, one a reader and channel.

A frozen message never changes: every try sends the same bytes. Sending is `runtime.serve.dispatch`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from runtime.acts.acting import Acting
from runtime.office.results import new_key
from storage import items, outbox
from storage.records import Contact
from storage.unit import UnitOfWork
from workflow.model.context import Actor
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM
from workflow.notices import delivery, digest, turn


class Freezing:
    """The freezing of one pass for one office, over the channels that are set."""

    def __init__(self, acting: Acting, times: delivery.Times, *, channels: Collection[str]) -> None:
        self._acting = acting
        self._times = times
        self._channels = tuple(channels)

    def freeze(self) -> int:
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
        return outbox.waiting(acting.database, acting.office, channels=self._channels)

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
