"""The one door for every change of an item: read under the lock, decide, write.

Services take a transaction (`workflow.engine.ports.Unit`) and leave committing to their caller. Refused is
returned, nothing of it written; `refusal_entry` is what the caller records in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from workflow.engine.case import Case
from workflow.engine.machine import NOWHERE, RunnableMachine, decide, in_capacity, split_inputs
from workflow.engine.ports import Unit
from workflow.model.context import InputValue, Setting
from workflow.model.decision import Decision, EntryDraft, Refused, refused_entry
from workflow.model.errors import Conflict, UnknownEvent, UnknownReference, UnknownValue
from workflow.model.facts import Dossier, Facts, Item, Key
from workflow.notices.deadline import DossierEvent, caused_notices, names_needed
from workflow.rules.inputs import read_inputs, read_note
from workflow.services.follow import follow


@dataclass(frozen=True, slots=True)
class Advance:
    """A command to one item. `version` is the one that its author saw; None means whatever stands."""

    key: Key
    event: str
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    version: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NewDossier:
    """A command to open a dossier under a task."""

    task: Key
    body: str
    title: str
    type: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A refused attempt with the item it was tried on (as it stands) and the words for the log."""

    item: Item
    refused: Refused
    entry: EntryDraft


class Judged(NamedTuple):
    """An answer with the typed inputs it was given for, and the entry that records it, refused or not."""

    answer: Decision | Refused
    entry: EntryDraft
    inputs: Mapping[str, InputValue]


def advance(unit: Unit, command: Advance, case: Case) -> Decision | Tried:
    """Moves one item, or tells why not. Locks the item, then what its guards need.

    Raises UnknownReference, Conflict (before any guard), UnknownEvent, InputMistakes.
    """
    item = unit.lock(command.key)
    if item is None:
        raise UnknownReference(ref=command.key.ref)
    if command.version is not None and command.version != item.version:
        raise Conflict(ref=command.key.ref, expected=command.version, found=item.version)
    machine = case.machine(item)
    facts = read_facts(unit, item, machine, command.event)
    judged = judge(machine, command, facts, case)
    if isinstance(judged.answer, Refused):
        return Tried(item, judged.answer, judged.entry)
    decision = _with_notices(unit, judged.answer, before=item, inputs=judged.inputs, case=case)
    unit.write(decision, open=machine.states[decision.item.state].open)
    told = follow(unit, decision, facts, case)
    return replace(decision, warnings=(*decision.warnings, *told)) if told else decision


def read_facts(unit: Unit, item: Item, machine: RunnableMachine, event: str) -> Facts:
    """The item with what the event's guards and warnings need beside it. Raises UnknownEvent."""
    if event not in machine.events or event_creates(machine, event):
        raise UnknownEvent(ref=item.key.ref, event=event, known=", ".join(known_events(machine)))
    needs = machine.needs(event)
    parent = None
    if "parent" in needs and item.parent is not None:
        parent = unit.lock(item.key._replace(ref=item.parent))
    dossiers = unit.dossiers_of(item.key) if "dossiers" in needs else ()
    kind = machine.definition.kind(item.kind) if "quarter" in needs else None
    follows = item.task is not None and kind is not None and kind.after
    quarter = unit.open_tasks(item.key.year, item.task.quarter) if item.task and follows else ()
    return Facts(item, parent, dossiers, quarter)


def event_creates(machine: RunnableMachine, event: str) -> bool:
    """Whether the event makes an item instead of moving one."""
    return all(transition.sources == (NOWHERE,) for transition in machine.events[event].transitions)


def known_events(machine: RunnableMachine) -> tuple[str, ...]:
    """The events that can be asked of an item."""
    return tuple(id for id in machine.events if not event_creates(machine, id))


def judge(machine: RunnableMachine, command: Advance, facts: Facts, case: Case) -> Judged:
    """Reads the inputs, finds in whose name the actor may act, and decides."""
    event = machine.events[command.event]
    context = in_capacity(machine, case.context(machine, command.event, facts))
    actor = context.actor
    inputs = read_inputs(event, command.words, context=context)
    answer = decide(machine, context.given(inputs), note=read_note(command.note, event=command.event))
    if isinstance(answer, Decision):
        return Judged(answer, answer.entry, inputs)
    plain, _texts = split_inputs(event, inputs)
    state = None if facts.item.state == NOWHERE else facts.item.state
    entry = refused_entry(answer, actor, state=state, machine=machine.name, inputs=plain)
    return Judged(answer, entry, inputs)


def _with_notices(
    unit: Unit, decision: Decision, *, before: Item, inputs: Mapping[str, InputValue], case: Case
) -> Decision:
    """The decision with the notices that its event causes."""
    kinds = case.machine(decision.item).events[decision.entry.event].notices
    if not kinds:
        return decision
    names = unit.nominee_names(before.key) if names_needed(kinds) else {}
    happened = DossierEvent(before, decision.item, inputs, names)
    return replace(decision, notices=caused_notices(kinds, happened, case))


def open_dossier(
    unit: Unit, command: NewDossier, case: Case, *, machine: RunnableMachine
) -> Decision | Tried:
    """Makes a dossier under its task, whose row it locks first. Raises UnknownReference, UnknownValue."""
    check_known(command, case.setting)
    task = unit.lock(command.task)
    if task is None or task.task is None:
        raise UnknownReference(ref=command.task.ref)
    draft = Item(
        key=command.task._replace(ref="D0000"),
        machine=machine.name,
        digest=machine.digest,
        state=NOWHERE,
        version=0,
        details=Dossier(command.body, command.type, command.title),
        parent=command.task.ref,
    )
    created = Advance(draft.key, "new", note=command.note)
    answer, entry, inputs = judge(machine, created, Facts(draft, parent=task), case)
    if isinstance(answer, Refused):
        return Tried(task, answer, entry)
    number = unit.next_dossier_number(command.task.year)
    key = command.task._replace(ref=f"D{number:04}")
    about = {"task": command.task.ref, "body": command.body, "title": command.title, "type": command.type}
    made = _with_notices(
        unit,
        replace(
            answer,
            item=replace(answer.item, key=key),
            entry=replace(entry, inputs={**about, **entry.inputs}),
        ),
        before=draft,
        inputs=inputs,
        case=case,
    )
    unit.write(made, open=True, new=True)
    return made


def check_known(command: NewDossier, setting: Setting) -> None:
    """Raises UnknownValue for a body, title or type that the office does not have."""
    for what, value, known in (
        ("body", command.body, [body.id for body in setting.office.bodies]),
        ("title", command.title, [title.id for title in setting.rules.titles]),
        ("type", command.type, [type.id for type in setting.rules.types]),
    ):
        if value not in known:
            raise UnknownValue(what=what, value=value, known=", ".join(known))
