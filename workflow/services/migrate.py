"""Moves one running item to another version of its machine: its state, who must act, its deadlines.

What is due by now fires first, by the machine that it was made under. Nothing of what was done is done anew;
what the other version asks for and the item does not have yet is told, and asked for by its events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from workflow.engine.case import Case
from workflow.engine.explaining import ANYBODY, explain
from workflow.engine.machine import RunnableMachine, with_owners
from workflow.engine.ports import Unit
from workflow.model.decision import DeadlineRow, Decision, EntryDraft, Reason, Refused
from workflow.model.definition import DeadlinePolicy
from workflow.model.facts import Facts, Item, ItemTerm, Key
from workflow.model.machine import Event
from workflow.model.text import Text
from workflow.services.advance import known_events, read_facts
from workflow.services.recalendar import Moved, differences
from workflow.services.sweep import sweep_item
from workflow.time.deadlines import MOVED, next_round
from workflow.time.terms import with_terms

MIGRATED = "migrated"
"""The event of an item's entry."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What an event of the other version asks for that the item's own does not: inputs by their labels, and
    reasons that speak against it."""

    event: str
    label: Text
    inputs: tuple[Text, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Migrated:
    """An item under the other version, and what that changes."""

    before: Item
    item: Item
    moved: tuple[Moved, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def due_before(self) -> date | None:
        return self.before.due_on

    @property
    def due(self) -> date | None:
        return self.item.due_on


def migrate_item(
    unit: Unit, key: Key, to: RunnableMachine, case: Case, *, states: Mapping[str, str], role: str | None
) -> Migrated | Refused | None:
    """Moves the item with its entry; None where it runs on that version already. `states` says which state of
    the other version stands for one of the item's; without a word it is that of the same id."""
    item = unit.lock(key)
    if item is not None and unit.due_rows(key, now=case.now):
        sweep_item(unit, key, case)
        item = unit.lock(key)
    if item is None or item.digest == to.digest:
        return None
    of = case.machine(item)
    state = states.get(item.state, item.state)
    reasons = tuple(_against(item, state, of, to))
    if reasons:
        return Refused(MIGRATED, reasons)
    decision = _decided(unit, item, state, of, to, case, role=role)
    rows = unit.deadline_rows(key)
    missing = _missing(unit, item, decision.item, of, to, case)
    unit.write(decision, open=to.states[state].open)
    return Migrated(item, decision.item, _moved(rows, decision), missing)


def _against(item: Item, state: str, of: RunnableMachine, to: RunnableMachine) -> list[Reason]:
    """Why the item cannot stand in that state of the other version."""
    if to.definition.subject != of.definition.subject or to.definition.name != of.definition.name:
        return [Reason("other_machine", {"ten": to.name, "gia_tri": of.name})]
    told: dict[str, Text | str | int] = {"ten": to.name, "trang_thai": of.label(item.state, item.kind)}
    if state not in to.states:
        return [Reason("no_such_state", told)]
    if of.definition.kind(item.kind) is not None and to.definition.kind(item.kind) is None:
        return [Reason("no_such_kind", {"ten": to.name, "gia_tri": item.kind})]
    if to.states[state].open != of.states[item.state].open:
        return [Reason("state_opens", told)]
    return []


def _decided(
    unit: Unit,
    item: Item,
    state: str,
    of: RunnableMachine,
    to: RunnableMachine,
    case: Case,
    *,
    role: str | None,
) -> Decision:
    """The item under the other version: what it lacks there is given it, a kind that waits in another way has
    its round made anew, and terms run by the new state and by the policy in force."""
    setting = case.setting.of(item)
    after = item._replace(machine=to.name, digest=to.digest, state=state, version=item.version + 1)
    after = to.procedure.carried(after, of, to, unit.recorded(item.key), setting.rules)
    after = after._replace(terms=tuple(_by_policy(term, setting.policy) for term in after.terms))
    after = with_owners(to, after, setting=setting)
    was, kind = of.definition.kind(item.kind), to.definition.kind(item.kind)
    rows: tuple[DeadlineRow, ...] = ()
    anew = item.due_on is not None and to.states[state].open and item.details.own_date
    anew = anew and was is not None and kind is not None and was.waits != kind.waits
    if anew:
        after, rows = next_round(after, kind, setting=setting)
    actor = case.actor
    entry = EntryDraft(
        event=MIGRATED,
        actor=actor.account,
        acting_for=actor.acting_for,
        role=role,
        from_state=item.state,
        to_state=state,
        machine=to.name,
        inputs={"from": of.name, "to": to.name, "digest": to.digest},
    )
    decision = Decision(after, entry, cancel_deadlines=MOVED if anew else None, deadlines=rows)
    return with_terms(decision, setting=setting) if to.states[state].open else decision


def _by_policy(term: ItemTerm, policy: DeadlinePolicy) -> ItemTerm:
    """A running term goes on by the policy in force, whose states are the other version's; what that policy
    does not have ends by its own."""
    return term._replace(policy=policy.label) if term.due and policy.term(term.id) else term


def _moved(rows: tuple[DeadlineRow, ...], decision: Decision) -> tuple[Moved, ...]:
    pending = [row for row in rows if row.status == "pending"]
    ended = {term for term, _reason in decision.ended_terms}
    stay = [
        row
        for row in pending
        if row.term not in ended and not (decision.cancel_deadlines is not None and row.term is None)
    ]
    made = [row for row in decision.deadlines if row.status == "pending"]
    return differences(pending, [*stay, *made])


def _missing(
    unit: Unit, item: Item, after: Item, of: RunnableMachine, to: RunnableMachine, case: Case
) -> tuple[Missing, ...]:
    """What stands against the events that the new state has, beyond what stood against the old one's."""
    asking, found = case.by(ANYBODY), []
    for id in known_events(to):
        event = to.events[id]
        if not any(after.state in transition.sources for transition in event.transitions):
            continue
        reasons = _reasons(unit, after, to, id, asking)
        old = of.events.get(id)
        if old is not None:
            stood = {reason.rule for reason in _reasons(unit, item, of, id, asking)}
            reasons = tuple(reason for reason in reasons if reason.rule not in stood)
        inputs = _needed(event) - (_needed(old) if old else frozenset())
        labels = tuple(input.label for input in event.inputs if input.name in inputs)
        if reasons or (labels and old is not None):
            found.append(Missing(id, event.label, labels, reasons))
    return tuple(found)


def _needed(event: Event) -> frozenset[str]:
    return frozenset(input.name for input in event.inputs if input.required)


def _reasons(unit: Unit, item: Item, machine: RunnableMachine, event: str, case: Case) -> tuple[Reason, ...]:
    facts: Facts = read_facts(unit, item, machine, event, words={})
    return explain(machine, event, facts=facts, case=case).reasons
