"""Makes a draft of an award decision with its lines, also one that changes another decision.

It takes a transaction, leaves committing to its caller, and returns a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from workflow.model.award_decisions import AwardDecision, DecisionKind, line_refs
from workflow.model.decision import Decision
from workflow.model.facts import Key
from workflow.rules.award_decisions import CHANGED
from workflow.services.advance import Advance, Tried, advance
from workflow.services.create import Creation, create

if TYPE_CHECKING:  # the names of what may follow are read with the definitions, without `transitions`
    from workflow.engine.case import Case
    from workflow.engine.machine import RunnableMachine
    from workflow.engine.ports import Unit


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A command to draft a decision of the office's plan `year` with `lines` (`D0001/1`) in it. One of a kind
    that changes another names that as `changes`. `words` are the inputs of the event that makes it."""

    office: str
    year: int
    words: Mapping[str, str]
    lines: tuple[str, ...] = ()
    kind: DecisionKind = "award"
    changes: str | None = None
    note: str | None = None


MAKES: Mapping[DecisionKind, str] = MappingProxyType(
    {"award": "new", "amend": "new_amend", "replace": "new_replace", "revoke": "new_revoke"}
)
"""The event that makes a decision of each kind."""


def draft(unit: Unit, command: NewDecision, case: Case, *, machine: RunnableMachine) -> Decision | Tried:
    """Makes the draft, then adds its lines as a command would: a refusal of the one is one of both. What it
    is about is locked first, in the order of the keys. Raises InputMistakes."""
    place = (command.office, command.year)
    keys = {Key(*place, ref) for ref in line_refs(command.lines)}
    above = {key._replace(ref=each.parent) for key in keys if (each := unit.seen(key)) and each.parent}
    own = Key(*place, command.changes) if command.changes else None
    held = {key: unit.lock(key) for key in sorted({*keys, *above, *([own] if own else [])})}
    changed = held[own] if own else None
    details = AwardDecision(command.kind, "", "", "", changes=command.changes)
    asked = Creation(
        machine,
        details,
        *place,
        words=command.words,
        note=command.note,
        event=MAKES[command.kind],
        beside={CHANGED: (changed,) if changed else ()},
    )
    made = create(unit, asked, case)
    if isinstance(made, Tried) or not command.lines:
        return made
    added = advance(unit, Advance(made.item.key, "add", {"lines": ",".join(command.lines)}), case)
    if isinstance(added, Tried):
        return Tried(made.item._replace(version=0), added.refused, added.entry)
    return added
