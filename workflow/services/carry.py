"""What an item that an older machine ran lacks under the newer one, found from what was done to it.

Called when somebody migrates it (`workflow.services.migrate`). Nothing is decided anew: what the office did
under the older machine is said in the newer one's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workflow.model.dossiers import Dossier, Nominee
from workflow.model.recorded import Recorded, last_of
from workflow.model.ways import way_of

if TYPE_CHECKING:  # the procedures of the subjects are made with this
    from workflow.engine.machine import RunnableMachine
    from workflow.model.definition import RulePack
    from workflow.model.facts import Item

SETTLED = ("reviewed", "approved")
"""The states in which the votes of a dossier are concluded."""


def dossier_carried(
    item: Item, of: RunnableMachine, to: RunnableMachine, recorded: Sequence[Recorded], rules: RulePack
) -> Item:
    """The dossier, already in its state of `to`, with what `of` had no words for: its path, the day on which
    the file was full, until when it is supplemented, and per line what the review and the approval meant."""
    if "accept" in of.events or "accept" not in to.events:
        return item
    dossier = Dossier.of(item)
    if dossier.received_on is not None:
        dossier = replace(dossier, path=way_of(dossier, rules).path)
    if item.state == "returned":
        # Only what lacks something is returned: it is complete again once the officer says so.
        supplement = item.term("supplement")
        until = supplement.due if supplement else None
        dossier = replace(dossier, complete_on=None, full_on=None, supplement_until=until)
    elif item.state == "approved" or way_of(dossier, rules).published != "commune":
        dossier = replace(dossier, full_on=dossier.complete_on)
    if item.state in SETTLED:
        approved = last_of(recorded, ("approve",)) if item.state == "approved" else None
        by = (approved.acting_for or approved.actor) if approved else None
        dossier = replace(dossier, nominees=tuple(_settled(line, by) for line in dossier.nominees))
    return item._replace(details=dossier)


def _settled(line: Nominee, approved: str | None) -> Nominee:
    """A line after the review: what failed came to nothing there, the rest was approved as a whole."""
    if line.final or line.outcome != "pending":
        return line
    if line.result == "fail":
        return line._replace(outcome="not_awarded", why="vote")
    if line.result == "pass" and line.votes is None:
        line = line._replace(result="unvoted")
    return line._replace(approved=approved) if line.passed else line
