"""What could be done to an item and what speaks against it, found without trying.

Guards that look at an event's inputs say nothing here: the inputs are not given yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflow.engine.case import Case
from workflow.engine.machine import (
    RunnableMachine,
    doubts_beside,
    in_capacity,
    reasons_against,
    warnings_beside,
)
from workflow.model.context import Actor, InputValue
from workflow.model.decision import Reason
from workflow.model.definition import Event, Input, Text
from workflow.model.facts import Facts, Key
from workflow.model.undoing import undone_by
from workflow.rules.inputs import declared, expected, proposed_inputs

ANYBODY = Actor("—")
"""The actor of a question that nobody in particular asks; it may do nothing itself."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One event for one item: its label, the inputs that it asks for, and every reason against it.

    `warnings` would be told beside the event and do not stop it, `doubts` would be asked. `acting_for` is the
    account in whose name the actor would do it, `undone_by` are the events that would take it back. `who_can`
    are the accounts that could, where nobody in particular asks.
    """

    key: Key
    event: str
    label: Text
    inputs: tuple[Input, ...]
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...] = ()
    acting_for: str | None = None
    undone_by: tuple[str, ...] | None = None
    who_can: tuple[str, ...] = ()
    doubts: tuple[Reason, ...] = ()

    @property
    def expects(self) -> str:
        """The inputs by name and type: `paper_number=<code>`."""
        return expected(self.inputs)

    @property
    def allowed(self) -> bool:
        return not self.reasons


def explain(
    machine: RunnableMachine, event: str, *, facts: Facts, case: Case, line: int | None = None
) -> Explanation:
    """The event for the case's actor. ANYBODY asks whether somebody could: then `role` is no reason. With
    a `line` it is asked as if its input of lines named that one."""
    definition = machine.events[event]
    context = in_capacity(machine, case.context(machine, event, facts))
    context = context.given({**proposed_inputs(definition, context), **_naming(definition, line)})
    reasons = reasons_against(machine, context)
    who_can: tuple[str, ...] = ()
    if case.actor == ANYBODY:
        who_can = next((reason.who_can for reason in reasons if reason.rule == "role"), ())
        reasons = tuple(reason for reason in reasons if reason.rule != "role")
    return Explanation(
        facts.item.key,
        event,
        definition.label,
        declared(definition, context),
        tuple(reason for reason in reasons if reason.rule not in OF_INPUTS),
        warnings_beside(machine, context),
        context.actor.acting_for,
        undone_by(machine.definition, event, _state_after(definition, facts.item.state)),
        who_can,
        doubts_beside(machine, context),
    )


def _naming(event: Event, line: int | None) -> dict[str, InputValue]:
    named = line_input(event)
    return {} if line is None or named is None else {named: (line,)}


def line_input(event: Event) -> str | None:
    """The input by which the event names lines of an item; None where it is about all of it."""
    return next((input.name for input in event.inputs if input.type == "nominees"), None)


def _state_after(event: Event, state: str) -> str:
    """Where the event most likely leaves an item of that state; what its inputs decide is not known yet."""
    targets = (transition.target for transition in event.transitions if state in transition.sources)
    return next(targets, None) or state


OF_INPUTS = frozenset(
    {
        *("no_number", "nothing_to_correct", "nobody_answered", "paper_named", "papers_there"),
        *("nothing_changed", "nothing_restated", "one_line_at_a_time", "whose_answer", "no_slip"),
        "signers_lacking",
    }
)
"""Rules that fail only because no inputs are given yet."""
