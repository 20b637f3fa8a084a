"""The fund of a year as the accountant looks at it: what came in, what went out, what is left; each movement.

Sums are whole đồng.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from storage import fund_views
from workflow.model.funds import KINDS, OUTLAY, FundEntry, sums_of
from workflow.model.money import dotted


class FundMovement(NamedTuple):
    """A movement of the fund: `amount` more of the `kind`, below zero less."""

    number: int
    dated: date
    kind: str
    amount: int
    paper: str | None
    note: str | None


class FundRecord(NamedTuple):
    """The fund of a year; `available` is what there is for awards."""

    year: int
    allocated: int
    contributed: int
    carried_over: int
    spent_before: int
    printing: int
    other: int
    available: int
    movements: tuple[FundMovement, ...]


def fund_of(looking: Looking, year: int) -> FundRecord:
    found = fund_views.movements(looking.reading, looking.office, year)
    sums = sums_of(found)
    return FundRecord(year, *sums, available=sums.available, movements=tuple(map(_movement, found)))


def _movement(entry: FundEntry) -> FundMovement:
    return FundMovement(entry.number, entry.dated, entry.kind, entry.amount, entry.paper, entry.note)


# -- in words --------------------------------------------------------------------------------------------

COLUMNS = ("number", "dated", "fund_kind", "amount", "paper_number", "note")


def fund_facts(looking: Looking, fund: FundRecord) -> tuple[tuple[str, str], ...]:
    """Labels with sums; kinds of which there is nothing are left out, but what was allocated."""
    words = looking.words
    said = {kind: getattr(fund, kind) for kind in KINDS}
    rows = [
        (words(f"recorded.{kind}"), f"{'−' if kind in OUTLAY else ''}{dotted(sum)}")
        for kind, sum in said.items()
        if sum or kind == KINDS[0]
    ]
    return (*rows, (words("fund.available"), dotted(fund.available)))


def movement_cells(looking: Looking, each: FundMovement) -> tuple[str, ...]:
    """The cells of COLUMNS."""
    sign = "+" if each.amount > 0 else ""
    kind = looking.words(f"recorded.{each.kind}")
    amount = f"{sign}{dotted(each.amount)}"
    return (str(each.number), looking.day(each.dated), kind, amount, each.paper or "", each.note or "")
