"""The one door for every change of an item: read under the lock, decide, write.

Services take a transaction (`workflow.engine.ports.Unit`) and leave committing to their caller. Refused is
returned, nothing of it written; `refusal_entry` is what the caller records in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.context import Actor, InputValue
from workflow.model.decision import Decision, Reason, Refused, refused_entry
from workflow.model.errors import Conflict, UnknownReference, UsageMistake
from workflow.model.facts import Facts, Item, Key
from workflow.model.roles import SYSTEM
from workflow.model.subjects import SUBJECTS
from workflow.model.tasks import Task
from workflow.rules.decided import RECORDED
from workflow.rules.inputs import named_inputs
from workflow.rules.splitting import APART
from workflow.services.correct import told_again, with_words
from workflow.services.judging import (
    Advance,
    Judged,
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
from workflow.services.recording import keep_recorded
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
    item, touched = locked(unit, command, case)
    if command.version is not None and command.version != item.version:
        raise Conflict(ref=case.setting.ref(command.key), expected=command.version, found=item.version)
    machine = case.machine(item)
    command = _meant(machine, command, case)
    target = _target(unit, item, machine, command)
    facts = read_facts(unit, item, machine, command.event, words=command.words)
    if touched:
        facts = facts._replace(beside={**facts.beside, TOUCHED: touched})
    if target is not None:
        command = replace(command, words={**command.words, TARGET_INPUT: target.key.ref})
        facts = facts._replace(parent=target, beside={**facts.beside, TARGET: (target,)})
    judged = judge(machine, command, facts, case)
    if isinstance(judged.answer, Refused):
        return Tried(item, judged.answer, judged.entry)
    apart = APART in machine.needs(command.event)
    brought = split_off(unit, judged.answer, facts, case) if apart else judged.answer
    if isinstance(brought, Refused):
        return _tried(item, brought, judged, machine)
    caused = _caused(unit, brought, facts, case)
    if isinstance(caused, Refused):
        return _tried(item, caused, judged, machine)
    decision = _written(unit, brought, facts, judged.inputs, case)
    if RECORDED in machine.needs(command.event):
        keep_recorded(unit, decision, facts, case)
    came = tuple(_written(unit, *each, case.by(Actor(SYSTEM))) for each in caused)
    return replace(decision, caused=came) if came else decision


def _meant(machine: RunnableMachine, command: Advance, case: Case) -> Advance:
    """The command with its event and its inputs by their own names."""
    event = event_meant(machine, command.event, ref=case.setting.ref(command.key))
    return replace(command, event=event, words=named_inputs(machine.events[event], command.words))


def _tried(item: Item, refused: Refused, judged: Judged, machine: RunnableMachine) -> Tried:
    """What was decided and then refused by what was to come with it."""
    actor, inputs = Actor(judged.entry.actor, judged.entry.acting_for), judged.entry.inputs
    entry = refused_entry(refused, actor, state=item.state, machine=machine.name, inputs=inputs)
    return Tried(item, refused, entry)


def _written(
    unit: Unit, decision: Decision, facts: Facts, inputs: Mapping[str, InputValue], case: Case
) -> Decision:
    """The decision with its notices and words, written with what follows from it."""
    machine = case.machine(decision.item)
    decision = with_notices(unit, decision, facts=facts, inputs=inputs, case=case)
    decision = told_again(unit, with_words(unit, decision), facts, case)
    beside = machine.procedure.tells(unit, decision, facts, case)
    if beside:
        decision = replace(decision, notices=(*decision.notices, *beside))
    unit.write(decision, open=machine.states[decision.item.state].open)
    told = machine.procedure.follows(unit, decision, facts, case)
    return replace(decision, warnings=(*decision.warnings, *told)) if told else decision


TOUCHED = "touched"
"""Under this name facts have the other items that an event looks at or changes."""
CAUSE = "cause"
"""Under this name the entry of an event that came with another item's says the reference of that."""


def hold(unit: Unit, commands: Sequence[Advance], case: Case) -> None:
    """Locks what several commands of one transaction are about before the first is carried out, in the order
    of the keys: else two of them, each over many, would wait for each other."""
    if unit.exclusive:
        return
    keys: set[Key] = set()
    for command in commands:
        seen = unit.seen(command.key)
        with suppress(UsageMistake):  # what is asked wrong is told when its turn comes
            around = (seen, *_around(unit, seen, command, case)) if seen else ()
            keys |= {*(each.key for each in around), *_above(around)}
    for key in sorted(keys):
        unit.lock(key)


def locked(unit: Unit, command: Advance, case: Case) -> tuple[Item, tuple[Item, ...]]:
    """The item, and the others that the event is about, each under its lock.

    All of them and their parents are locked in the order of their keys, as everybody locks them; what they
    are is known from a look before. Raises UnknownReference; Conflict where the look was overtaken.
    """
    subject = SUBJECTS.of(command.key.ref)
    reaches = subject is not None and subject.reaches
    seen = unit.seen(command.key) if reaches else unit.lock(command.key)
    if seen is None:
        raise UnknownReference(ref=case.setting.ref(command.key))
    if not reaches:
        return seen, ()
    around = _around(unit, seen, command, case)
    keys = {seen.key, *(each.key for each in around), *_above(around)}
    held = {key: unit.lock(key) for key in sorted(keys)}
    item = held[seen.key]
    if item is None or item.version != seen.version:
        now = item.version if item else 0
        raise Conflict(ref=case.setting.ref(command.key), expected=seen.version, found=now)
    return item, tuple(found for each in around if (found := held[each.key]) is not None)


def _around(unit: Unit, seen: Item, command: Advance, case: Case) -> tuple[Item, ...]:
    """The other items that the command is about, as they are seen before they are locked."""
    machine = case.machine(seen)
    meant = _meant(machine, command, case)
    keys = dict.fromkeys(machine.procedure.touches(unit, seen, meant.event, meant.words))
    return tuple(each for key in keys if (each := unit.seen(key)) is not None)


def _above(items: Iterable[Item]) -> set[Key]:
    """The items' parents."""
    return {item.key._replace(ref=item.parent) for item in items if item.parent}


Came = tuple[Decision, Facts, Mapping[str, InputValue]]
"""An event that comes with another's: what was decided of which facts, with its inputs."""


def _caused(unit: Unit, decision: Decision, facts: Facts, case: Case) -> list[Came] | Refused:
    """What comes to other items with the decision, none of it written yet; refused where one of them is."""
    standing = {each.key: each for each in facts.beside.get(TOUCHED, ())}
    by_system, came = case.by(Actor(SYSTEM)), list[Came]()
    for each in case.machine(decision.item).procedure.causes(unit, decision, facts, case):
        item = standing[each.key]
        machine, ref = case.machine(item), case.setting.ref(each.key)
        if each.event not in machine.events:
            return Refused(decision.entry.event, (Reason("older_machine", {"ref": ref}),))
        about = read_facts(unit, item, machine, each.event, words=each.words)
        about = about._replace(beside={**about.beside, **each.beside})
        asked = Advance(each.key, each.event, each.words, confirmed=True)
        judged = judge(machine, asked, about, by_system)
        if isinstance(judged.answer, Refused):
            because = tuple(_in(ref, reason) for reason in judged.answer.reasons)
            return Refused(decision.entry.event, because)
        answer = judged.answer
        entry = replace(answer.entry, inputs={**answer.entry.inputs, CAUSE: decision.item.key.ref})
        standing[each.key] = answer.item
        came.append((replace(answer, entry=entry), about, judged.inputs))
    return came


def _in(ref: str, reason: Reason) -> Reason:
    """The reason as it is said of another item than the one that was asked."""
    return replace(reason, operands={**reason.operands, "cua": ref})


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
