"""What an account leaves that the office's new edition does not have: nothing runs on in its name.

Its substitutions, claims and contacts end in the transaction of the edition, each with an entry; whoever else
is concerned is told.
"""

from __future__ import annotations

from dataclasses import replace

from runtime.acts.acting import Acting
from storage import offices, outbox, substitutions
from storage.unit import UnitOfWork
from workflow.engine.claiming import RELEASE, TAKE_BACK, Handover
from workflow.model.context import Actor, Setting
from workflow.model.decision import EntryDraft
from workflow.model.facts import Item, Plain, unclaimed
from workflow.model.substitution import addressees
from workflow.notices.people import delegation_notices, ended_notices
from workflow.services.advance import nominee_names


def end_of_accounts(
    acting: Acting, unit: UnitOfWork, *, before: Setting, actor: Actor, role: str | None
) -> None:
    """Ends what the accounts that are gone since `before` have; nothing where nobody is gone."""
    there = {account.id for account in acting.directory.accounts}
    gone = frozenset(account.id for account in before.office.accounts if account.id not in there)
    if not gone:
        return
    entry = EntryDraft("", actor.account, role, None, None, acting_for=actor.acting_for)
    _end_substitutions(acting, unit, gone, before, entry)
    acting.forget_setting()  # it holds the substitutions as they stood before
    for key in offices.items_taken_by(acting.database, acting.office, gone):
        item = unit.lock(key)
        assert item is not None
        _end_claim(acting, unit, item, gone, before, entry)
    for contact in outbox.contacts(acting.database, acting.office):
        if contact.account in gone:
            outbox.remove_contact(unit, contact.account, contact.channel)
            named: dict[str, Plain] = {"account": contact.account, "channel": contact.channel}
            unit.record(replace(entry, event="remove_contact", inputs=named), log=acting.today.year)
    if acting.row.actor in gone:
        offices.set_actor(unit, None)


def _end_substitutions(
    acting: Acting, unit: UnitOfWork, gone: frozenset[str], before: Setting, entry: EntryDraft
) -> None:
    """Those that run or are to come; the other of the two is told, in the words of the office before."""
    case = acting.case_of(Actor(entry.actor)).under(before)
    for order in substitutions.locked(unit):
        if gone.isdisjoint((order.absent, order.stand_in)) or order.until <= acting.today:
            continue
        said: dict[str, Plain] = {"absent": order.absent, "stand_in": order.stand_in, "number": order.number}
        told = tuple(notice for notice in ended_notices(order, case) if notice.to not in gone)
        made = replace(entry, event="end_substitution", inputs=said)
        unit.record_act(made, log=acting.today.year, notices=told)
        substitutions.end(unit, order.number, on=acting.today)


def _end_claim(
    acting: Acting,
    unit: UnitOfWork,
    item: Item,
    gone: frozenset[str],
    before: Setting,
    entry: EntryDraft,
) -> None:
    """The item is nobody's in particular again; the other one of a passing on is told."""
    taker, giver = item.claimed_by, item.delegated_by
    assert taker is not None
    made = replace(
        entry,
        event=RELEASE if giver is None else TAKE_BACK,
        from_state=item.state,
        to_state=item.state,
        machine=item.machine,
    )
    other = tuple(id for id in (taker, giver) if id and id not in gone and giver is not None)
    to = addressees(other, acting.setting.substitutions, acting.today)
    handed = Handover(unclaimed(item), made, taker, giver, to=to)
    names = nominee_names(unit, item) if to else {}
    case = acting.case_of(Actor(entry.actor)).under(before)
    unit.mark(handed.item)
    unit.record_act(
        made, log=item.key.year, key=item.key, notices=delegation_notices(handed, names=names, case=case)
    )
