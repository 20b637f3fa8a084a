"""What people do about delivery: where an account is reached, another try for dead letters, a channel's test.

Contacts are erasable and stand outside the log, whose entries name the account and the channel alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from runtime.acts.acting import Acting, Done
from runtime.mail.settings import CHANNEL, DeliverySettings, delivery_settings
from storage import outbox
from storage.records import Contact, DeadMessage
from storage.unit import UnitOfWork
from workflow.model.errors import UsageMistake
from workflow.model.facts import Plain
from workflow.notices.addresses import mail_address
from workflow.notices.delivery import EMAIL

LEAST_ID = 6
"""Digits of a message's id that are enough to name it."""


class BadAddress(UsageMistake):
    """'{gia_tri}' is no mail address; write one like van.thu@diemhe.gov.vn, no name, no marks before @."""

    code = "bad_address"


class UnknownChannel(UsageMistake):
    """There is no channel '{ten}'; set are: {danh_sach}. See the mail settings in docs/operations.md."""

    code = "unknown_channel"


class NoContact(UsageMistake):
    """{tai_khoan} has no contact over '{ten}'; see tdkt office contacts."""

    code = "no_contact"


class UnknownMessage(UsageMistake):
    """There is no dead letter '{gia_tri}'; see tdkt notice list --dead."""

    code = "unknown_message"


def set_mail(acting: Acting, account: str, address: str, *, role: str | None) -> Contact:
    """Sets the account's mail address. Raises BadAddress, UnknownActor."""
    plain = mail_address(address)
    if plain is None:
        raise BadAddress(gia_tri=address)
    return _set(acting, Contact(acting.known_account(account), EMAIL, plain), role=role)


def set_channel(acting: Acting, account: str, name: str, *, role: str | None) -> Contact:
    """Sets that the account is reached through this channel of the settings.

    Raises UnknownChannel, UnknownActor.
    """
    delivery = delivery_settings(acting.environment)
    if name not in delivery.targets or not CHANNEL.fullmatch(name):
        raise unknown_channel(delivery, name)
    return _set(acting, Contact(acting.known_account(account), name, name), role=role)


def unknown_channel(delivery: DeliverySettings, name: str) -> UnknownChannel:
    return UnknownChannel(ten=name, danh_sach=", ".join(delivery.channels) or "—")


def _set(acting: Acting, kept: Contact, *, role: str | None) -> Contact:
    def work(unit: UnitOfWork) -> Done[Contact]:
        outbox.set_contact(unit, kept)
        acting.record(unit, "contact", {"account": kept.account, "channel": kept.channel}, role=role)
        return Done(kept)

    return acting.act(work)


def remove_contact(acting: Acting, account: str, channel: str, *, role: str | None) -> None:
    """Deletes a contact and cancels what waits to be sent there. Raises NoContact, UnknownActor."""
    account = acting.known_account(account)

    def work(unit: UnitOfWork) -> Done[None]:
        if not outbox.remove_contact(unit, account, channel):
            raise NoContact(tai_khoan=account, ten=channel)
        acting.record(unit, "remove_contact", {"account": account, "channel": channel}, role=role)
        return Done(None)

    acting.act(work)


def dead_letters(acting: Acting, ids: Sequence[str] | None) -> tuple[DeadMessage, ...]:
    """The messages that were given up: those whose ids begin so, or all. Raises UnknownMessage."""
    found = outbox.dead(acting.database, acting.office)
    if ids is None:
        return found
    chosen = [_named(id, found) for id in ids]
    return tuple(letter for letter in found if letter in chosen)


def _named(id: str, found: Sequence[DeadMessage]) -> DeadMessage:
    fitting = [letter for letter in found if len(id) >= LEAST_ID and letter.id.startswith(id.lower())]
    if len(fitting) != 1:
        raise UnknownMessage(gia_tri=id)
    return fitting[0]


def retry(acting: Acting, letters: Sequence[DeadMessage], *, role: str | None) -> int:
    """Lets given-up messages be tried again, with an entry that names them; answers with their number."""

    def work(unit: UnitOfWork) -> Done[int]:
        revived = outbox.revive(unit, [letter.id for letter in letters], now=acting.now)
        if revived:
            ids: list[Plain] = [letter.id for letter in letters]
            acting.record(unit, "retry_notices", {"messages": ids}, role=role)
        return Done(revived, written=bool(revived))

    return acting.act(work)
