"""The fund of a year (quỹ thi đua, khen thưởng): what came into it, what goes out of it beside awards, and
what awards leave of it. Whole đồng; pure, and light.

It is kept as movements that are never changed: what was typed wrongly is set right by another movement, and
the history stays as it was. A decision belongs to the fund of the year of its issue (flows.md §4, M5).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from workflow.model.errors import TdktError
from workflow.model.money import dotted

INCOME = ("allocated", "contributed", "carried_over")
"""What comes in: from the budget, from others, from the year before."""
OUTLAY = ("spent_before", "printing", "other")
"""What goes out beside the awards of decisions: before the office began with tdkt, for certificates and their
frames, for anything else."""
KINDS = (*INCOME, *OUTLAY)


class FundBelowZero(TdktError):
    """The fund of {nam} would sink to {so_tien} đồng; set first what came in (tdkt fund set --allocated)."""

    code = "fund_below_zero"


class FundEntry(NamedTuple):
    """A movement: `amount` more, or below zero less, of a `kind` in the fund of a `year`, on the day `dated`,
    by the `paper`. `note` says why; None where nothing was said, or it is erased."""

    number: int
    year: int
    kind: str
    amount: int
    dated: date
    paper: str | None = None
    note: str | None = None


READ = ("number", "year", "kind", "amount", "dated", "paper")
"""The fields that a movement's row has under their own names."""


def entry_of(row: Sequence[Any]) -> FundEntry:
    """The movement of a row with the columns READ. A day may come as SQLite has it, as text."""
    number, year, kind, amount, dated, paper = row
    day = date.fromisoformat(dated) if isinstance(dated, str) else dated
    return FundEntry(number, year, kind, amount, day, paper)


class Sums(NamedTuple):
    """What the movements of a year come to, by their kinds."""

    allocated: int = 0
    contributed: int = 0
    carried_over: int = 0
    spent_before: int = 0
    printing: int = 0
    other: int = 0

    @property
    def available(self) -> int:
        """What there is for awards."""
        income = self.allocated + self.contributed + self.carried_over
        return income - self.spent_before - self.printing - self.other


def sums_of(entries: Iterable[FundEntry]) -> Sums:
    found = dict.fromkeys(KINDS, 0)
    for entry in entries:
        found[entry.kind] += entry.amount
    return Sums(**found)


class Wanted(NamedTuple):
    """What somebody types of a kind: what it is to come to, or with a `sign` what comes to it or off it."""

    sign: str
    amount: int

    def after(self, before: int) -> int:
        return {"": self.amount, "+": before + self.amount, "-": before - self.amount}[self.sign]


def changed(before: Sums, wanted: Mapping[str, Wanted]) -> Sums:
    """What the sums come to then."""
    return before._replace(**{kind: each.after(getattr(before, kind)) for kind, each in wanted.items()})


def check(year: int, before: Sums, after: Sums, *, claimed: int) -> None:
    """Raises FundBelowZero where a sum, or what is left beside what awards have `claimed`, sinks below zero.
    What came late is taken in although it does not suffice yet."""
    left = after.available - claimed
    sinks = left < 0 and after.available < before.available
    if min(after) < 0 or sinks:
        raise FundBelowZero(nam=year, so_tien=dotted(min(*after, left)))
