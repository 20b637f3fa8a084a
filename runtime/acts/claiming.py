"""Claiming an item and passing it on: locked, decided by `workflow.engine.claiming`, written with an entry.

The item's state and version stay, like under the sweep: who does the work grounds no decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from runtime.acts.acting import Acting
from runtime.office.results import new_key
from storage.unit import UnitOfWork
from workflow.engine import claiming
from workflow.engine.claiming import Asking, Handed
from workflow.model.decision import Refused
from workflow.model.errors import UnknownReference, UnknownValue
from workflow.model.facts import Item, Key
from workflow.notices.people import delegation_notices

Decide = Callable[[Asking], Handed | Refused]


def claim(acting: Acting, ref: str) -> Handed | Refused:
    """Raises BadReference, NotAnItem, UnknownReference."""
    return _decided(acting, acting.key(ref), claiming.claim)


def release(acting: Acting, ref: str) -> Handed | Refused:
    """Raises BadReference, NotAnItem, UnknownReference."""
    return _decided(acting, acting.key(ref), claiming.release)


def delegate(acting: Acting, ref: str, *, to: str, reason: str | None = None) -> Handed | Refused:
    """Raises BadReference, NotAnItem, UnknownReference, UnknownValue."""
    if acting.directory.account(to) is None:
        known = ", ".join(each.id for each in acting.directory.accounts)
        raise UnknownValue(what="account", value=to, known=known)
    return _decided(acting, acting.key(ref), lambda asking: claiming.delegate(asking, to=to, reason=reason))


def take_back(acting: Acting, ref: str) -> Handed | Refused:
    """Raises BadReference, NotAnItem, UnknownReference."""
    return _decided(acting, acting.key(ref), claiming.take_back)


def _decided(acting: Acting, key: Key, decide: Decide) -> Handed | Refused:
    command, case = new_key(), acting.case
    tried: list[Asking] = []

    def work(unit: UnitOfWork) -> Handed | Refused:
        tried.clear()
        item = unit.lock(key)
        if item is None:
            raise UnknownReference(ref=key.ref)
        asking = Asking(item, case)
        answer = decide(asking)
        if isinstance(answer, Refused):
            tried.append(asking)
        elif not answer.unchanged:
            _write(acting, unit, item, answer, asking)
        return answer

    answer = acting.in_transaction(command, work)
    if isinstance(answer, Refused):
        _record_refusal(acting, command, key, tried[0], answer)
    return answer


def _write(acting: Acting, unit: UnitOfWork, item: Item, handed: Handed, asking: Asking) -> None:
    names: Mapping[int, str] = unit.nominee_names(item.key) if handed.to and item.dossier else {}
    notices = delegation_notices(handed, names=names, case=asking.case)
    unit.mark(handed.item)
    unit.record_act(handed.entry, log=item.key.year, key=item.key, notices=notices)
    acting.commit(unit)


def _record_refusal(acting: Acting, command: str, key: Key, asking: Asking, refused: Refused) -> None:
    entry = claiming.refused_entry(asking, refused)

    def work(unit: UnitOfWork) -> None:
        unit.record(entry, log=key.year, key=key)
        acting.commit(unit)

    acting.in_transaction(command, work)
