"""The one door for every change of an item: read under the lock, decide, write.

Services take a transaction (`workflow.engine.ports.Unit`) and leave committing to their caller. Refused is
returned, nothing of it written; `refusal_entry` is what the caller records in a transaction of its own.
"""

from __future__ import annotations

from dataclasses import replace

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.context import Actor
from workflow.model.decision import Decision, Refused, refused_entry
from workflow.model.errors import Conflict, UnknownReference
from workflow.model.facts import Item
from workflow.model.tasks import Task
from workflow.rules.inputs import named_inputs
from workflow.rules.splitting import APART
from workflow.services.correct import told_again, with_words
from workflow.services.judging import (
    Advance,
    Tried,
    event_called,
    event_creates,
    event_meant,
    judge,
    known_events,
    nominee_names,
    read_facts,
    with_notices,
)
from workflow.services.splitting import split_off

__all__ = [
    "Advance",
    "Tried",
    "advance",
    "event_called",
    "event_creates",
    "event_meant",
    "known_events",
    "nominee_names",
    "read_facts",
]


def advance(unit: Unit, command: Advance, case: Case) -> Decision | Tried:
    """Moves one item, or tells why not. Locks the item, then what its guards need.

    Raises UnknownReference, Conflict (before any guard), UnknownEvent, InputMistakes.
    """
    item = unit.lock(command.key)
    if item is None:
        raise UnknownReference(ref=case.setting.ref(command.key))
    if command.version is not None and command.version != item.version:
        raise Conflict(ref=case.setting.ref(command.key), expected=command.version, found=item.version)
    machine = case.machine(item)
    event = event_meant(machine, command.event, ref=case.setting.ref(command.key))
    command = replace(command, event=event, words=named_inputs(machine.events[event], command.words))
    target = _target(unit, item, machine, command)
    facts = read_facts(unit, item, machine, command.event, words=command.words)
    if target is not None:
        command = replace(command, words={**command.words, TARGET_INPUT: target.key.ref})
        facts = facts._replace(parent=target, beside={**facts.beside, TARGET: (target,)})
    judged = judge(machine, command, facts, case)
    if isinstance(judged.answer, Refused):
        return Tried(item, judged.answer, judged.entry)
    apart = APART in machine.needs(command.event)
    brought = split_off(unit, judged.answer, facts, case) if apart else judged.answer
    if isinstance(brought, Refused):
        actor = Actor(judged.entry.actor, judged.entry.acting_for)
        inputs = judged.entry.inputs
        entry = refused_entry(brought, actor, state=item.state, machine=machine.name, inputs=inputs)
        return Tried(item, brought, entry)
    decision = with_notices(unit, brought, before=item, inputs=judged.inputs, case=case)
    decision = told_again(unit, with_words(unit, decision), facts, case)
    unit.write(decision, open=machine.states[decision.item.state].open)
    told = machine.procedure.follows(unit, decision, facts, case)
    return replace(decision, warnings=(*decision.warnings, *told)) if told else decision


TARGET, TARGET_INPUT = "target", "task"
"""What the events need that put an item under another parent, and their input that names it."""


def _target(unit: Unit, item: Item, machine: RunnableMachine, command: Advance) -> Item | None:
    """The task to which the event moves the item, locked together with the one it leaves, in the order of
    their keys; None where it moves it to none, or to one that is not there."""
    if TARGET not in machine.needs(command.event):
        return None
    named = command.words.get(TARGET_INPUT, "").strip().upper().removeprefix(f"{item.key.year}/")
    keys = {item.key._replace(ref=ref) for ref in (named, item.parent) if ref}
    locked = {key.ref: unit.lock(key) for key in sorted(keys)}
    found = locked.get(named)
    return found if found is not None and isinstance(found.details, Task) else None
