"""What was paid for the lines of issued decisions, what is still to be paid, what is to be recovered.

Movements of money are never changed: what was recorded wrongly is taken back by a contrary one, and what is
recovered is a movement of its own, never a net sum (flows.md §4, M7). Whole đồng; pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from workflow.model.award_decisions import AWARDING, IN, REVOKED, AwardDecision, DecisionLine
from workflow.model.facts import Item, Key
from workflow.model.sums import counting, payable

PAID, RECOVERED, CARRIED = "paid", "recovered", "carried"
KINDS = (PAID, RECOVERED, CARRIED)
WAYS = ("cash", "transfer")
PUT_OUT = ("issued", "replaced", "revoked")
"""The states of a decision that was issued. What another one restates is paid by that alone."""


class Payment(NamedTuple):
    """A movement for the line `line` of the dossier `dossier` in the decision `ref` of the plan's `year`.

    `paid` and `recovered` move an `amount`, by the `way`, on the day `on_day`; `carried` moves none, and has
    the line paid by the fund of a later year. `fund` is the year in whose fund it counts. One that takes back
    the movement `undoes` has that one's amount below zero.
    """

    number: int
    year: int
    ref: str
    dossier: str
    line: int
    kind: str
    amount: int
    on_day: date
    fund: int
    way: str | None = None
    undoes: int | None = None


READ = Payment._fields
"""The columns of a movement's row."""
LineKey = tuple[int, str, int]
"""A line by its year, dossier and number, whichever decision it stands in."""


def line_key(payment: Payment) -> LineKey:
    """The line for which money was moved."""
    return (payment.year, payment.dossier, payment.line)


def payment_of(row: Sequence[Any]) -> Payment:
    """The movement of a row with the columns READ. A day may come as SQLite has it, as text."""
    said = dict(zip(READ, row, strict=True))
    if isinstance(said["on_day"], str):
        said["on_day"] = date.fromisoformat(said["on_day"])
    return Payment(**said)


class Account(NamedTuple):
    """How a line of an issued decision stands: `due` is what it comes to in the end, `paid` and `recovered`
    what was moved for it; the `fund` of that year pays it. `paid_on` is the last day of a payment that
    stands, None where there is none."""

    key: Key
    decision: AwardDecision
    line: DecisionLine
    due: int
    fund: int
    paid: int = 0
    recovered: int = 0
    paid_on: date | None = None

    @property
    def open(self) -> int:
        """What is still to be paid; below zero is what is to be recovered."""
        return self.due - self.paid + self.recovered

    @property
    def until(self) -> date:
        """The last day on which the fund of its year pays (M5)."""
        return date(self.fund + 1, 1, 31)

    @property
    def claim(self) -> int:
        """What it takes out of its fund: what was paid beyond its due is out until it is recovered."""
        return max(self.due, self.paid - self.recovered)


def accounts(decisions: Iterable[Item], payments: Iterable[Payment]) -> tuple[Account, ...]:
    """The lines of all decisions that were issued, in the order of their papers."""
    every = tuple(decisions)
    moved: dict[LineKey, list[Payment]] = {}
    for payment in payments:
        moved.setdefault(line_key(payment), []).append(payment)
    standing = {
        (year, period): [
            line for line, _type in counting((item for item in every if item.key.year == year), period)
        ]
        for year, period in {(item.key.year, AwardDecision.of(item).period) for item in every}
    }
    return tuple(
        _account(item.key, details, line, moved.get((item.key.year, line.dossier, line.line), ()), due)
        for item in every
        if item.state in PUT_OUT and (details := AwardDecision.of(item)).kind in AWARDING
        for line in details.lines
        if line.state in (IN, REVOKED)
        for beside in [standing[item.key.year, details.period]]
        for due in [payable(line, beside) if item.state == "issued" else 0]
    )


def _account(
    key: Key, decision: AwardDecision, line: DecisionLine, moved: Sequence[Payment], due: int
) -> Account:
    issued = decision.issued_on
    assert issued is not None
    taken_back = {each.undoes for each in moved if each.undoes is not None}
    standing = [each for each in moved if each.undoes is None and each.number not in taken_back]
    paid = [each for each in standing if each.kind == PAID]
    return Account(
        key,
        decision,
        line,
        due,
        fund=max((each.fund for each in standing if each.kind != RECOVERED), default=issued.year),
        paid=sum(each.amount for each in paid),
        recovered=sum(each.amount for each in standing if each.kind == RECOVERED),
        paid_on=max((each.on_day for each in paid), default=None),
    )


class Outlay(NamedTuple):
    """What awards take out of the fund of a year: `committed` by issued decisions, of which `paid` and
    `recovered` were moved and `unpaid` is still to be paid; `to_recover` was paid beyond what is due.
    `claimed` is what they leave no other use for."""

    committed: int = 0
    paid: int = 0
    recovered: int = 0
    unpaid: int = 0
    to_recover: int = 0
    claimed: int = 0


def outlay(found: Iterable[Account], fund: int) -> Outlay:
    own = [each for each in found if each.fund == fund]
    return Outlay(
        committed=sum(each.due for each in own),
        paid=sum(each.paid for each in own),
        recovered=sum(each.recovered for each in own),
        unpaid=sum(max(0, each.open) for each in own),
        to_recover=sum(max(0, -each.open) for each in own),
        claimed=sum(each.claim for each in own),
    )
