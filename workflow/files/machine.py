"""The shape of a `machine` file and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from workflow.files import shapes
from workflow.files.telling import told
from workflow.model.definition import INPUT_TYPES, Event, Input, Machine, State, TaskKind, Transition

NOWHERE: Final = "none"
"""The source of an event that creates an item."""

SAME: Final = "same"
"""The target of an event that keeps the state."""


def _choices_fit_type(input: Input) -> Iterator[tuple[str, str]]:
    if input.type == "choice" and not input.choices:
        yield "type", told("an input of type choice needs 'choices'")
    if input.type != "choice" and input.choices:
        yield "choices", told("'choices' fit type choice only, not {type}", type=input.type)


def _creation_has_a_state(transition: Transition) -> Iterator[tuple[str, str]]:
    if NOWHERE in transition.sources and transition.target is None:
        yield "to", told("from '{source}' there is no state to keep: name the first one", source=NOWHERE)


def _transition(*, to: str, **fields: Any) -> Transition:
    return Transition(sources=fields["from"], target=None if to == SAME else to, when=fields.get("when", ()))


_WHEN = shapes.Maybe(shapes.ListOf(shapes.Called("predicate")))

_INPUT = shapes.Record(
    {
        "type": shapes.Choice(INPUT_TYPES),
        "label": shapes.TEXT,
        "required": shapes.Maybe(shapes.Flag()),
        "choices": shapes.Maybe(shapes.ListOf(shapes.AnyText(), least=1, distinct=True)),
        "when": _WHEN,
    },
    Input,
    rules=(_choices_fit_type,),
)

_TRANSITION = shapes.Record(
    {
        "from": shapes.names("state", least=1, also=(NOWHERE,)),
        "to": shapes.Name(of=("state",), also=(SAME,)),
        "when": _WHEN,
    },
    _transition,
    rules=(_creation_has_a_state,),
)

_EVENT = shapes.Record(
    {
        "label": shapes.TEXT,
        "past": shapes.TEXT,
        "by": shapes.names("relation", least=1),
        "transitions": shapes.ListOf(_TRANSITION, least=1),
        "inputs": shapes.Maybe(shapes.Keyed(_INPUT, into="name")),
        "guards": shapes.Maybe(shapes.ListOf(shapes.Called("guard"))),
        "doubts": shapes.Maybe(shapes.ListOf(shapes.Called("doubt"))),
        "effects": shapes.Maybe(shapes.ListOf(shapes.Called("effect"))),
        "warnings": shapes.Maybe(shapes.ListOf(shapes.Called("warning"))),
        "notices": shapes.Maybe(shapes.names("notice", least=1)),
        "undoes": shapes.Maybe(shapes.ListOf(shapes.Name(), least=1, distinct=True)),
    },
    Event,
)

_STATE = shapes.Record(
    {
        "label": shapes.TEXT,
        "label_by_kind": shapes.Maybe(shapes.Keyed(shapes.TEXT, key=shapes.Name(of=("kind",)))),
        "owner": shapes.Maybe(shapes.Name(of=("relation",))),
        "todo": shapes.Maybe(shapes.AnyText()),
        "open": shapes.Maybe(shapes.Flag()),
        "label_forwarded": shapes.Maybe(shapes.TEXT),
        "label_by_stage": shapes.Maybe(shapes.Keyed(shapes.TEXT, key=shapes.Name())),
    },
    State,
)

_KIND = shapes.Record(
    {
        "label": shapes.TEXT,
        "proof": shapes.Choice(("paper", "held", "attended", "any", "none")),
        "gives_awards": shapes.Maybe(shapes.Flag()),
        "waits": shapes.Maybe(shapes.Choice(("never", "until_set", "after_due"))),
        "after": shapes.Maybe(shapes.names("kind", least=1)),
        "carries_over": shapes.Maybe(shapes.Flag()),
    },
    TaskKind,
)

MACHINE = shapes.document(
    "machine",
    {
        "subject": shapes.Name(of=("subject",)),
        "label": shapes.TEXT,
        "initial": shapes.Name(of=("state",)),
        "kinds": shapes.Maybe(shapes.Keyed(_KIND, into="id", defines="kind")),
        "states": shapes.Keyed(
            _STATE, key=shapes.Name(reserved=(NOWHERE, SAME)), into="id", defines="state", least=1
        ),
        "events": shapes.Keyed(_EVENT, into="id"),
    },
    Machine,
)
