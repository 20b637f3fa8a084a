"""What issued decisions pay by titles and forms: what a year's fund has to give. Whole đồng; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from workflow.model.award_counts import Span
from workflow.model.award_decisions import AWARDING, IN, AwardDecision, DecisionLine
from workflow.model.facts import Item
from workflow.model.sums import ENDED, payable


class Prize(NamedTuple):
    """A title or form: how many lines are paid for it, and what they get together."""

    title: str
    lines: int
    amount: int


def prizes(decisions: Iterable[Item], span: Span) -> tuple[Prize, ...]:
    """By titles, in the order of the decisions' days and numbers, what those pay that were issued in the span
    and stand. A title that was not paid beside a higher one is paid in full once that counts no more."""
    standing = [
        item for item in decisions if item.state not in ENDED and AwardDecision.of(item).kind in AWARDING
    ]
    lines = [line for item in standing for line in AwardDecision.of(item).lines if line.state == IN]
    found: dict[str, list[int]] = {}
    for details in sorted(map(AwardDecision.of, standing), key=_issued):
        if details.issued_on is not None and span.holds(details.issued_on):
            for line in details.standing:
                found.setdefault(line.title, []).append(_paid(line, lines))
    return tuple(Prize(title, len(sums), sum(sums)) for title, sums in found.items())


def _issued(details: AwardDecision) -> tuple[str, str]:
    return str(details.issued_on or ""), details.number or ""


def _paid(line: DecisionLine, lines: Iterable[DecisionLine]) -> int:
    return payable(line, lines)
