"""The row of a plan that is to issue the next plan: importing that one proposes to complete the row."""

from __future__ import annotations

from runtime.acts.acting import Acting
from workflow.model.facts import Item
from workflow.model.plan import Issued

ISSUING = "plan_issue"
"""The kind of the row."""


def issuing_row(acting: Acting, year: int) -> Item | None:
    """The row that is to issue the plan of `year`, while it is open and nothing is proposed for it."""
    if year - 1 not in acting.years:
        return None
    for item in acting.tasks(year - 1):
        is_open = acting.machine(item.digest).states[item.state].open
        if item.kind == ISSUING and is_open and item.proposal is None:
            return item
    return None


def completing(item: Item, issued: Issued) -> tuple[str, dict[str, str]]:
    """The event by which the issued plan completes the row, with its inputs.

    An approved row is completed; one that has not come so far is recorded as done on paper, to which another
    person agrees.
    """
    day = issued.on.isoformat()
    if item.state == "approved":
        return "complete", {"paper_number": issued.number, "paper_date": day}
    return "propose_record", {"paper": issued.number, "date": day}
