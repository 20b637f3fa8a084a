"""Claiming an item and passing it on: locked, decided by `workflow.engine.claiming`, written with an entry.

The item's state and version stay, like under the sweep: who does the work grounds no decision.
"""

from __future__ import annotations

from collections.abc import Callable

from runtime.acts.acting import Acting, Attempt, Done
from storage.unit import UnitOfWork
from workflow.engine import claiming
from workflow.engine.case import Case
from workflow.engine.claiming import Asking, Handover
from workflow.model.decision import Refused, refused_entry
from workflow.model.errors import UnknownReference
from workflow.model.facts import Item, Key
from workflow.notices.people import delegation_notices
from workflow.services.advance import nominee_names

Decide = Callable[[Asking], Handover | Refused]


def claim(acting: Acting, ref: str) -> Handover | Refused:
    """Raises BadReference, NotAnItem, UnknownReference."""
    return _decided(acting, acting.key(ref), claiming.claim)


def release(acting: Acting, ref: str) -> Handover | Refused:
    """Raises BadReference, NotAnItem, UnknownReference."""
    return _decided(acting, acting.key(ref), claiming.release)


def delegate(acting: Acting, ref: str, *, to: str, reason: str | None = None) -> Handover | Refused:
    """Raises BadReference, NotAnItem, UnknownReference, UnknownActor."""
    taker = acting.known_account(to)
    return _decided(
        acting, acting.key(ref), lambda asking: claiming.delegate(asking, to=taker, reason=reason)
    )


def take_back(acting: Acting, ref: str) -> Handover | Refused:
    """Raises BadReference, NotAnItem, UnknownReference."""
    return _decided(acting, acting.key(ref), claiming.take_back)


def _decided(acting: Acting, key: Key, decide: Decide) -> Handover | Refused:
    case = acting.case

    def work(unit: UnitOfWork) -> Done[Handover | Refused]:
        item = unit.lock(key)
        if item is None:
            raise UnknownReference(ref=acting.ref(key))
        answer = decide(Asking(item, case))
        if isinstance(answer, Refused):
            entry = refused_entry(answer, case.actor, state=item.state, machine=item.machine)
            return Done(answer, written=False, refused=[Attempt(entry, key)])
        if not answer.unchanged:
            _write(unit, item, answer, case)
        return Done(answer, written=not answer.unchanged)

    return acting.act(work)


def _write(unit: UnitOfWork, item: Item, handed: Handover, case: Case) -> None:
    names = nominee_names(unit, item) if handed.to else {}
    notices = delegation_notices(handed, names=names, case=case)
    unit.mark(handed.item)
    unit.record_act(handed.entry, log=item.key.year, key=item.key, notices=notices)
