"""Saying who holds a position, from when to when, and taking that back.

A person's name stands in no definition and in no entry, which has its digest: it can be erased.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from runtime.acts.acting import Acting, Done
from storage import holders
from storage.unit import UnitOfWork
from workflow.model.decision import EntryDraft, FreeText
from workflow.model.errors import UsageMistake
from workflow.model.facts import Plain
from workflow.model.holding import Holder, giving_way, holder_on

HOLDER, REMOVE = "holder", "remove_holder"


class HolderDays(UsageMistake):
    """The last day {den} is before the first one {tu}; write --to after --from."""

    code = "holder_days"


class NoHolder(UsageMistake):
    """Nobody is said to hold {tai_khoan} on {ngay}; see tdkt office people --full."""

    code = "no_holder"


def name_holder(
    acting: Acting, account: str, name: str, *, from_day: date, until_day: date | None, role: str | None
) -> Holder:
    """Says who holds the position. Whoever held it till then ends the day before; what was said for days from
    then on gives way. Raises UnknownActor, HolderDays."""
    account = acting.known_account(account)
    if until_day is not None and until_day < from_day:
        raise HolderDays(tu=from_day, den=until_day)

    def work(unit: UnitOfWork) -> Done[Holder]:
        standing = holders.locked(unit)
        number = max((held.number for held in standing), default=0) + 1
        new = Holder(number, account, from_day, until_day, name)
        inputs: dict[str, Plain] = {
            "account": account,
            "from": from_day.isoformat(),
            **({"until": until_day.isoformat()} if until_day else {}),
        }
        entry = replace(_entry(acting, HOLDER, inputs, role), texts=(FreeText("name", name),))
        made = unit.record_act(entry, log=acting.today.year)
        ending, gone = giving_way(standing, new)
        for held in ending:
            holders.end(unit, held)
        for held in gone:
            holders.remove(unit, held)
        holders.store(unit, new, entry=made)
        return Done(new)

    return acting.act(work)


def remove_holder(acting: Acting, account: str, *, on: date, role: str | None) -> Holder:
    """Takes back who is said to hold the position on that day. Raises UnknownActor, NoHolder."""
    account = acting.known_account(account)

    def work(unit: UnitOfWork) -> Done[Holder]:
        held = holder_on(holders.locked(unit), account, on)
        if held is None:
            raise NoHolder(tai_khoan=account, ngay=on)
        inputs: dict[str, Plain] = {"account": account, "from": held.from_day.isoformat()}
        unit.record(_entry(acting, REMOVE, inputs, role), log=acting.today.year)
        holders.remove(unit, held)
        return Done(held)

    return acting.act(work)


def _entry(acting: Acting, event: str, inputs: dict[str, Plain], role: str | None) -> EntryDraft:
    actor = acting.actor
    return EntryDraft(event, actor.account, role, None, None, acting_for=actor.acting_for, inputs=inputs)
