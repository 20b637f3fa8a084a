"""The shape of a `machine` file and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from workflow.files.shapes import (
    TEXT,
    AnyText,
    Called,
    Choice,
    Flag,
    Keyed,
    ListOf,
    Maybe,
    Name,
    Record,
    document,
    names,
)
from workflow.model.definition import INPUT_TYPES, Event, Input, Machine, State, TaskKind, Transition

NOWHERE: Final = "none"
"""The source of an event that creates an item."""

SAME: Final = "same"
"""The target of an event that keeps the state."""


def _choices_fit_type(input: Input) -> Iterator[tuple[str, str]]:
    if input.type == "choice" and not input.choices:
        yield "type", "an input of type choice needs 'choices'"
    if input.type != "choice" and input.choices:
        yield "choices", f"'choices' fit type choice only, not {input.type}"


def _creation_has_a_state(transition: Transition) -> Iterator[tuple[str, str]]:
    if NOWHERE in transition.sources and transition.target is None:
        yield "to", f"from '{NOWHERE}' there is no state to keep: name the first one"


def _transition(*, to: str, **fields: Any) -> Transition:
    return Transition(sources=fields["from"], target=None if to == SAME else to, when=fields.get("when", ()))


_WHEN = Maybe(ListOf(Called("predicate")))

_INPUT = Record(
    {
        "type": Choice(INPUT_TYPES),
        "label": TEXT,
        "required": Maybe(Flag()),
        "choices": Maybe(ListOf(AnyText(), least=1, distinct=True)),
        "when": _WHEN,
    },
    Input,
    rules=(_choices_fit_type,),
)

_TRANSITION = Record(
    {
        "from": names("state", least=1, also=(NOWHERE,)),
        "to": Name(of=("state",), also=(SAME,)),
        "when": _WHEN,
    },
    _transition,
    rules=(_creation_has_a_state,),
)

_EVENT = Record(
    {
        "label": TEXT,
        "past": TEXT,
        "by": names("relation", least=1),
        "transitions": ListOf(_TRANSITION, least=1),
        "inputs": Maybe(Keyed(_INPUT, into="name")),
        "guards": Maybe(ListOf(Called("guard"))),
        "effects": Maybe(ListOf(Called("effect"))),
        "warnings": Maybe(ListOf(Called("warning"))),
        "notices": Maybe(names("notice", least=1)),
    },
    Event,
)

_STATE = Record(
    {
        "label": TEXT,
        "label_by_kind": Maybe(Keyed(TEXT, key=Name(of=("kind",)))),
        "owner": Maybe(Name(of=("relation",))),
        "todo": Maybe(AnyText()),
        "open": Maybe(Flag()),
    },
    State,
)

_KIND = Record(
    {
        "label": TEXT,
        "proof": Choice(("paper", "held", "attended", "any", "none")),
        "gives_awards": Maybe(Flag()),
        "waits": Maybe(Choice(("never", "until_set", "after_due"))),
        "after": Maybe(names("kind", least=1)),
    },
    TaskKind,
)

MACHINE = document(
    "machine",
    {
        "subject": Choice(("task", "dossier")),
        "label": TEXT,
        "initial": Name(of=("state",)),
        "kinds": Maybe(Keyed(_KIND, into="id", defines="kind")),
        "states": Keyed(_STATE, key=Name(reserved=(NOWHERE, SAME)), into="id", defines="state", least=1),
        "events": Keyed(_EVENT, into="id", least=1),
    },
    Machine,
)
