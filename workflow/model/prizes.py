"""What issued decisions pay by titles and forms: what a year's fund has to give. Whole đồng; pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from workflow.model.award_decisions import IN
from workflow.model.payments import Account


class Prize(NamedTuple):
    """A title or form: how many lines are paid for it, and what they get together."""

    title: str
    lines: int
    amount: int


def prizes(found: Iterable[Account], fund: int, upto: date) -> tuple[Prize, ...]:
    """By titles, in the order of the decisions' days and numbers, what those pay out of the `fund` of a year
    that were issued up to a day and stand."""
    sums: dict[str, list[int]] = {}
    for each in sorted(found, key=_issued):
        issued = each.decision.issued_on
        if each.fund == fund and issued is not None and issued <= upto and _stands(each):
            sums.setdefault(each.line.title, []).append(each.due)
    return tuple(Prize(title, len(paid), sum(paid)) for title, paid in sums.items())


def _stands(account: Account) -> bool:
    """Whether the line is in force; what is not paid beside a higher title stands with nothing due."""
    return account.line.state == IN and (account.due > 0 or not account.line.amount)


def _issued(account: Account) -> tuple[str, str]:
    return str(account.decision.issued_on or ""), account.decision.number or ""
