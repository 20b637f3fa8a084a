"""How a command on an item is judged: its inputs are read, its actor's capacity found, and it is decided.

What is written of it, and what comes with it, is the matter of `workflow.services.advance` and `create`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from workflow.engine.case import Case
from workflow.engine.machine import NOWHERE, RunnableMachine, decide, in_capacity
from workflow.engine.ports import Unit
from workflow.engine.procedure import ItemEvent
from workflow.model.context import InputValue
from workflow.model.decision import Decision, EntryDraft, Refused, refused_entry
from workflow.model.facts import Facts, Item, Key
from workflow.model.naming import NotNamed, UnknownEvent, called, events
from workflow.model.papers import DATED_BY, NumberedPaper
from workflow.model.roles import SYSTEM
from workflow.notices.deadline import caused_notices
from workflow.rules.inputs import parse_code, proposed_inputs, read_inputs, read_note, split_inputs
from workflow.rules.not_an_input import NotAnInput


@dataclass(frozen=True, slots=True)
class Advance:
    """A command to one item. `version` is the one that its author saw; None means whatever stands.
    `confirmed`: its author means it, however doubtful."""

    key: Key
    event: str
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    version: int | None = None
    note: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """A refused attempt with the item it was tried on (as it stands) and the words for the log.

    The making of an item is tried on its parent; without one on the item that was not made, of version 0.
    """

    item: Item
    refused: Refused
    entry: EntryDraft


class Judged(NamedTuple):
    """An answer with the typed inputs it was given for, and the entry that records it, refused or not."""

    answer: Decision | Refused
    entry: EntryDraft
    inputs: Mapping[str, InputValue]


def read_facts(
    unit: Unit, item: Item, machine: RunnableMachine, event: str, *, words: Mapping[str, str]
) -> Facts:
    """The item with what the event's guards, doubts and warnings need beside it."""
    needs = machine.needs(event)
    parent = None
    if "parent" in needs and item.parent is not None:
        parent = unit.lock(item.key._replace(ref=item.parent))
    beside = machine.procedure.beside(unit, item, machine.definition, needs=needs, words=words)
    if "papers" in needs:
        beside = {**beside, "papers": _papers(unit, item.key.year, words)}
    return Facts(item, parent, beside)


def _papers(unit: Unit, year: int, words: Mapping[str, str]) -> tuple[NumberedPaper, ...]:
    """The papers that may bear a number which the inputs give: only those are looked for, of many."""
    numbers = [words[name] for name in DATED_BY if name in words]
    with suppress(NotAnInput):  # reading the inputs says what a number is
        return tuple(paper for number in numbers for paper in unit.papers(year, parse_code(number)))
    return ()


def event_creates(machine: RunnableMachine, event: str) -> bool:
    """Whether the event makes an item instead of moving one."""
    return all(transition.sources == (NOWHERE,) for transition in machine.events[event].transitions)


def known_events(machine: RunnableMachine) -> tuple[str, ...]:
    """The events that people can ask of an item: none that makes one, or that comes with another item's."""
    return tuple(
        id for id, event in machine.events.items() if event.by != (SYSTEM,) and not event_creates(machine, id)
    )


def event_called(machine: RunnableMachine, typed: str) -> str | NotNamed:
    """The event that can be asked of an item, by its id or by what people call it."""
    if typed in machine.events and not event_creates(machine, typed):
        return typed  # as scripts and long ranges ask for it: no name is looked at
    asked = (event for event in machine.definition.events if not event_creates(machine, event.id))
    return called(typed, events(asked))


def event_meant(machine: RunnableMachine, typed: str, *, ref: str) -> str:
    """The same where there must be one. Raises UnknownEvent."""
    found = event_called(machine, typed)
    if isinstance(found, NotNamed):
        raise UnknownEvent("event", found, ref=ref)
    return found


def judge(machine: RunnableMachine, command: Advance, facts: Facts, case: Case) -> Judged:
    """Reads the inputs, finds in whose name the actor may act, and decides."""
    event = machine.events[command.event]
    context = in_capacity(machine, case.context(machine, command.event, facts))
    actor = context.actor
    inputs = {
        **proposed_inputs(event, context),
        **read_inputs(event, command.words, context=context, catalogue=lambda: case.catalogue.words),
    }
    note = read_note(command.note, event=command.event)
    answer = decide(machine, context.given(inputs), note=note, confirmed=command.confirmed)
    if isinstance(answer, Decision):
        return Judged(answer, answer.entry, inputs)
    plain, _texts = split_inputs(event, inputs)
    state = None if facts.item.state == NOWHERE else facts.item.state
    entry = refused_entry(answer, actor, state=state, machine=machine.name, inputs=plain)
    return Judged(answer, entry, inputs)


def with_notices(
    unit: Unit, decision: Decision, *, facts: Facts, inputs: Mapping[str, InputValue], case: Case
) -> Decision:
    """The decision with the notices that its event causes."""
    machine = case.machine(decision.item)
    kinds = machine.events[decision.entry.event].notices
    if not kinds:
        return decision
    typed = any(machine.procedure.caused[kind].typed for kind in kinds)
    names = nominee_names(unit, facts.item) if typed else {}
    beside = machine.procedure.gives(unit, decision, facts, case)
    happened = ItemEvent(facts.item, decision.item, inputs, names, beside)
    return replace(decision, notices=caused_notices(kinds, happened, case))


def nominee_names(unit: Unit, item: Item) -> Mapping[str, str]:
    """The names that no notice about the item may say: its nominees' by number, and of a task those of its
    dossiers' by reference (`D0042/3`)."""
    names = {str(number): name for number, name in unit.nominee_names(item.key).items()}
    for dossier in unit.dossiers_of(item.key):
        below = unit.nominee_names(item.key._replace(ref=dossier.ref))
        names |= {f"{dossier.ref}/{number}": name for number, name in below.items()}
    return names
