"""The one door for every change of an item: read under the lock, decide, write.

Services take a transaction (`workflow.ports.Unit`) and leave committing to their caller. Refused is
returned, nothing of it written; `refusal_entry` is what the caller records in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from workflow.context import Actor, Context, Setting
from workflow.decision import Decision, EntryDraft, Reason, Refused
from workflow.definition import Text
from workflow.errors import Conflict, UnknownEvent, UnknownReference, UnknownValue
from workflow.facts import Dossier, Facts, Item, Key
from workflow.inputs import read_inputs, read_note
from workflow.machine import NOWHERE, RunnableMachine, decide, split_inputs
from workflow.ports import Unit

Machines = Callable[[str], RunnableMachine]
"""From a definition's digest to its runnable machine."""


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


def advance(
    unit: Unit, command: Advance, *, actor: Actor, machines: Machines, setting: Setting, now: datetime
) -> Decision | Tried:
    """Moves one item, or tells why not. Locks the item, then what its guards need.

    Raises UnknownReference, Conflict (before any guard), UnknownEvent, InputMistakes.
    """
    item = unit.lock(command.key)
    if item is None:
        raise UnknownReference(ref=command.key.ref)
    if command.version is not None and command.version != item.version:
        raise Conflict(ref=command.key.ref, expected=command.version, found=item.version)
    machine = machines(item.digest)
    facts = read_facts(unit, item, machine, command.event)
    answer, entry = judge(machine, command, facts=facts, actor=actor, setting=setting, now=now)
    if isinstance(answer, Refused):
        return Tried(item, answer, entry)
    unit.write(answer, open=machine.states[answer.item.state].open)
    return answer


def read_facts(unit: Unit, item: Item, machine: RunnableMachine, event: str) -> Facts:
    """The item with what the event's guards need beside it. Raises UnknownEvent."""
    if event not in machine.events or event_creates(machine, event):
        raise UnknownEvent(ref=item.key.ref, event=event, known=", ".join(known_events(machine)))
    needs = machine.needs(event)
    parent = None
    if "parent" in needs and item.parent is not None:
        parent = unit.lock(item.key._replace(ref=item.parent))
    dossiers = unit.dossiers_of(item.key) if "dossiers" in needs else ()
    return Facts(item, parent, dossiers)


def event_creates(machine: RunnableMachine, event: str) -> bool:
    """Whether the event makes an item instead of moving one."""
    return all(transition.sources == (NOWHERE,) for transition in machine.events[event].transitions)


def known_events(machine: RunnableMachine) -> tuple[str, ...]:
    """The events that can be asked of an item."""
    return tuple(id for id in machine.events if not event_creates(machine, id))


def judge(
    machine: RunnableMachine,
    command: Advance,
    *,
    facts: Facts,
    actor: Actor,
    setting: Setting,
    now: datetime,
) -> tuple[Decision | Refused, EntryDraft]:
    """Reads the inputs and decides; with the entry that records the attempt if it is refused."""
    event = machine.events[command.event]
    context = Context(
        machine=machine.definition,
        event=command.event,
        facts=facts,
        actor=actor,
        inputs={},
        setting=setting,
        now=now,
    )
    inputs = read_inputs(event, command.words, context=context)
    answer = decide(
        machine,
        command.event,
        facts=facts,
        actor=actor,
        inputs=inputs,
        setting=setting,
        now=now,
        note=read_note(command.note, event=command.event),
    )
    if isinstance(answer, Decision):
        return answer, answer.entry
    plain, _texts = split_inputs(event, inputs)
    return answer, EntryDraft(
        event=command.event,
        actor=actor.account,
        acting_for=actor.acting_for,
        role=None,
        from_state=None if facts.item.state == NOWHERE else facts.item.state,
        to_state=None,
        rules=tuple(reason.rule for reason in answer.reasons),
        refused=True,
        machine=machine.name,
        inputs=plain,
    )


def open_dossier(
    unit: Unit,
    command: NewDossier,
    *,
    actor: Actor,
    machine: RunnableMachine,
    setting: Setting,
    now: datetime,
) -> Decision | Tried:
    """Makes a dossier under its task, whose row it locks first. Raises UnknownReference, UnknownValue."""
    _check_known(command, setting)
    task = unit.lock(command.task)
    if task is None or task.task is None:
        raise UnknownReference(ref=command.task.ref)
    draft = Item(
        key=command.task._replace(ref="D0000"),
        machine=machine.name,
        digest=machine.digest,
        state=NOWHERE,
        version=0,
        dossier=Dossier(command.body, command.type, command.title),
        parent=command.task.ref,
    )
    answer, entry = judge(
        machine,
        Advance(draft.key, "new", note=command.note),
        facts=Facts(draft, parent=task),
        actor=actor,
        setting=setting,
        now=now,
    )
    if isinstance(answer, Refused):
        return Tried(task, answer, entry)
    number = unit.next_dossier_number(command.task.year)
    key = command.task._replace(ref=f"D{number:04}")
    about = {"task": command.task.ref, "body": command.body, "title": command.title, "type": command.type}
    made = Decision(
        item=replace(answer.item, key=key),
        entry=replace(answer.entry, inputs={**about, **answer.entry.inputs}),
        warnings=_not_listed(command, task, setting),
    )
    unit.write(made, open=True, new=True)
    return made


def _check_known(command: NewDossier, setting: Setting) -> None:
    for what, value, known in (
        ("body", command.body, [body.id for body in setting.office.bodies]),
        ("title", command.title, [title.id for title in setting.rules.titles]),
        ("type", command.type, [type.id for type in setting.rules.types]),
    ):
        if value not in known:
            raise UnknownValue(what=what, value=value, known=", ".join(known))


def _not_listed(command: NewDossier, task: Item, setting: Setting) -> tuple[Reason, ...]:
    """A body that the row does not name may nominate all the same: a warning, not a lock."""
    named = set(task.task.bodies) if task.task else set()
    groups = (body for id in named if (body := setting.office.body(id)))
    listed = named | {member for body in groups for member in body.members}
    if command.body in listed:
        return ()
    body = setting.office.body(command.body)
    name = body.name if body else command.body
    return (Reason("body_not_listed", {"don_vi": Text(name, name), "ref": task.key.ref}),)
