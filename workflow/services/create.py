"""Makes an item of any subject, by its machine's event that leads out of nowhere.

It takes a transaction, leaves committing to its caller, and returns a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from workflow.engine.case import Case
from workflow.engine.machine import NOWHERE, RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.decision import Decision, Refused
from workflow.model.facts import Details, Facts, Item, Key
from workflow.model.naming import NotNamed, UnknownEvent, events
from workflow.services.judging import Advance, Tried, judge, with_notices

NEW = "new"
"""The event that makes an item."""


@dataclass(frozen=True, slots=True)
class Creation:
    """A command to make an item of the `machine`'s subject in an office's year, under `parent` where the
    subject's items stand under others: the caller holds its lock. `words` are the event's inputs,
    `beside` is what its guards need besides. `rules` is the rule pack that it goes by from its birth, where
    it continues another item."""

    machine: RunnableMachine
    details: Details
    office: str
    year: int
    parent: Item | None = None
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    note: str | None = None
    event: str = NEW
    beside: Mapping[str, tuple[Any, ...]] = field(default_factory=lambda: MappingProxyType({}))
    rules: str | None = None


def create(unit: Unit, command: Creation, case: Case) -> Decision | Tried:
    """The new item, written with the next number of its subject, or why there is none.

    Raises InputMistakes; UnknownEvent where the machine, an older one, makes none in this way.
    """
    machine, parent = command.machine, command.parent
    subject = machine.procedure.subject
    draft = Item(
        key=Key(command.office, command.year, subject.ref(0)),
        machine=machine.name,
        digest=machine.digest,
        state=NOWHERE,
        version=0,
        details=command.details,
        parent=parent.key.ref if parent else None,
        rules=command.rules,
    )
    if command.event not in machine.events:
        ref = parent.key.ref if parent else draft.key.ref
        told = NotNamed(command.event, "unknown", events(machine.definition.events))
        raise UnknownEvent("event", told, ref=ref)
    asked = Advance(draft.key, command.event, command.words, note=command.note)
    answer, entry, inputs = judge(machine, asked, Facts(draft, parent, command.beside), case)
    if isinstance(answer, Refused):
        return Tried(parent or draft, answer, entry)
    # Taken only now, since a refused attempt uses up no number.
    number = unit.next_number(subject.id, command.year)
    key = draft.key._replace(ref=subject.ref(number))
    about = {parent.subject: parent.key.ref} if parent else {}
    made = replace(
        answer,
        item=answer.item._replace(key=key, details=answer.item.details.numbered(number)),
        entry=replace(entry, inputs={**about, **command.details.entered, **entry.inputs}),
    )
    made = with_notices(unit, made, facts=Facts(draft), inputs=inputs, case=case)
    unit.write(made, open=machine.states[made.item.state].open, new=True)
    return made
