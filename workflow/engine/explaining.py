"""What could be done to an item and what speaks against it, found without trying.

Guards that look at an event's inputs say nothing here: the inputs are not given yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.engine.machine import RunnableMachine, in_capacity, reasons_against, warnings_beside
from workflow.model.context import Actor, Context, Setting
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.facts import Facts
from workflow.rules.inputs import declared, expected

ANYBODY = "—"
"""The account of a question that nobody in particular asks; it may do nothing itself."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One event for one item: its label, its expected inputs as words, and every reason against it.

    `warnings` would be told beside the event and do not stop it. `acting_for` is the account in whose name
    the actor would do it.
    """

    ref: str
    event: str
    label: Text
    expects: str
    reasons: tuple[Reason, ...]
    warnings: tuple[Reason, ...] = ()
    acting_for: str | None = None

    @property
    def allowed(self) -> bool:
        return not self.reasons


def explain(
    machine: RunnableMachine,
    event: str,
    *,
    facts: Facts,
    actor: Actor | None,
    setting: Setting,
    now: datetime,
) -> Explanation:
    """The event's explanation. Without an actor it asks whether anybody could: `role` is no reason."""
    asking = actor or Actor(ANYBODY)
    asking = in_capacity(machine, event, facts=facts, actor=asking, setting=setting, now=now)
    context = Context(
        machine=machine.definition,
        event=event,
        facts=facts,
        actor=asking,
        inputs={},
        setting=setting,
        now=now,
    )
    definition = machine.events[event]
    reasons = reasons_against(machine, context)
    if actor is None:
        reasons = tuple(reason for reason in reasons if reason.rule != "role")
    return Explanation(
        facts.item.key.ref,
        event,
        definition.label,
        expected(declared(definition, context)),
        tuple(reason for reason in reasons if reason.rule not in OF_INPUTS),
        warnings_beside(machine, context),
        asking.acting_for,
    )


OF_INPUTS = frozenset({"no_number"})
"""Rules that fail only because no inputs are given yet."""
