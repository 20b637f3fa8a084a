"""The inputs of an appraisal that rest on the conditions: of all lines that are met at once, or of all that
wait, and the basis of a verdict whose author gives none. The act itself is the event `appraise`.

Papers are Vietnamese, and so is a basis.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from runtime.office.looking import Looking
from runtime.views.conditions import (
    assessed,
    basis_of,
    basis_of_all,
    clear_lines,
    line_conditions,
)
from workflow.model.context import Actor
from workflow.model.dossiers import Dossier
from workflow.model.errors import TdktError
from workflow.model.facts import Item


class NoneClear(TdktError):
    """No nominee of {ref} that waits to be appraised meets all conditions by what is known; see what each
    lacks with `tdkt dossier appraise {ref}`."""

    code = "none_clear"


class NoneWaits(TdktError):
    """No nominee of {ref} waits for what its conditions say; see them with `tdkt dossier appraise {ref}`."""

    code = "none_waits"


def met_at_once(looking: Looking, item: Item, actor: Actor) -> Sequence[Mapping[str, str]]:
    """What appraises as met all lines that are clear, but for whoever acts."""
    numbers = clear_lines(item, assessed(looking, item), without=_own(looking, actor))
    return [_verdict(looking, item, numbers, "met")] if numbers else []


def by_conditions(
    looking: Looking, item: Item, actor: Actor, *, reason: str | None
) -> Sequence[Mapping[str, str]]:
    """What gives every line that waits the verdict of its conditions, but for whoever acts: one act for each
    verdict. What is warned of is left where there is no reason to accept it."""
    own, of = _own(looking, actor), assessed(looking, item)
    groups: dict[tuple[str, bool], list[int]] = {}
    for line in Dossier.of(item).standing:
        found = of.lines[line.no]
        news = line.verdict is None or (line.verdict == "no_info" and found.verdict != "no_info")
        warned = found.verdict == "met" and bool(found.warnings)
        if news and not line.held and line.account not in own and (reason or not warned):
            groups.setdefault((found.verdict, warned), []).append(line.no)
    return [
        {**_verdict(looking, item, numbers, verdict), **({"reason": reason} if warned and reason else {})}
        for (verdict, warned), numbers in sorted(groups.items())
    ]


def _own(looking: Looking, actor: Actor) -> frozenset[str]:
    """The accounts of the person who acts, and of the one in whose name."""
    office = looking.directory
    people = office.people((actor.account, actor.capacity))
    return frozenset(account.id for account in office.accounts if office.person(account.id) in people)


def _verdict(looking: Looking, item: Item, numbers: Collection[int], verdict: str) -> Mapping[str, str]:
    basis = basis_for(looking, item, numbers)
    named = {"nominee": ",".join(map(str, numbers)), "verdict": verdict}
    return {**named, "basis": basis} if basis else named


def basis_for(looking: Looking, item: Item, numbers: Collection[int]) -> str:
    """What was looked at of a line, of several what was asked; empty where their titles ask nothing."""
    papers = looking.speaking("vi")
    of = assessed(papers, item)
    lines = [line_conditions(papers, item, of.lines[no], of) for no in numbers if no in of.lines]
    return basis_of(lines[0]) if len(lines) == 1 else basis_of_all(papers, lines)
