"""The inputs of an appraisal that rest on the conditions: of all lines that are met at once, and the basis of
a verdict whose author gives none. The act itself is the event `appraise`, asked like any other.

Papers are Vietnamese, and so is a basis.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from runtime.office.looking import Looking
from runtime.views.conditions import (
    assessed,
    basis_of,
    basis_of_all,
    clear_lines,
    line_conditions,
)
from workflow.model.context import Actor
from workflow.model.errors import TdktError
from workflow.model.facts import Item


class NoneClear(TdktError):
    """No nominee of {ref} that waits to be appraised meets all conditions by what is known; see what each
    lacks with `tdkt dossier appraise {ref}`."""

    code = "none_clear"


def met_at_once(looking: Looking, item: Item, actor: Actor) -> Mapping[str, str]:
    """What appraises as met all lines that are clear, but for whoever acts. Raises NoneClear."""
    office, of = looking.directory, assessed(looking, item)
    people = office.people((actor.account, actor.capacity))
    own = {account.id for account in office.accounts if office.person(account.id) in people}
    numbers = clear_lines(item, of, without=own)
    if not numbers:
        raise NoneClear(ref=looking.ref(item.key))
    named = ",".join(map(str, numbers))
    return {"nominee": named, "verdict": "met", "basis": basis_for(looking, item, numbers)}


def basis_for(looking: Looking, item: Item, numbers: Collection[int]) -> str:
    """What was looked at of a line, of several what was asked; empty where their titles ask nothing."""
    papers = looking.speaking("vi")
    of = assessed(papers, item)
    lines = [line_conditions(papers, item, of.lines[no], of) for no in numbers if no in of.lines]
    return basis_of(lines[0]) if len(lines) == 1 else basis_of_all(papers, lines)
