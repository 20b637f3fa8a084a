"""The decision by which the chair awards: with its list, or with the names in its first article where
there are three or fewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.views.papers.facts import Facts, Source

NAMED_WITHIN = 3
"""Up to so many are named in the decision itself (papers.md §9)."""


class AwardRow(NamedTuple):
    """A line of the decision. `called` is the name as a sentence has it (`Bà Lộc Thị An`), `position`
    with unit or address, `factor`, `salary` and `amount` as they are printed, without `đồng`."""

    no: int
    name: str
    called: str
    kind: str
    position: str
    achievement: str
    factor: str
    salary: str
    amount: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardPaper(Facts):
    """`award` is what is given (`danh hiệu “Lao động tiên tiến”`, `Giấy khen`), `period` for when,
    `authority` the line over the grounds, `total` all sums of the rows."""

    authority: str
    award: str
    period: str
    grounds: tuple[str, ...]
    proposal: Source
    counted: str
    rows: tuple[AwardRow, ...]
    total: str
    total_in_words: str
    fund: str
    executors: str

    @property
    def annexed(self) -> bool:
        """Whether there is a list."""
        return len(self.rows) > NAMED_WITHIN

    @property
    def paid(self) -> bool:
        """Whether money goes with it."""
        return self.total not in ("", "0")

    def held(self) -> Held:
        own = Facts.held(self).texts
        sums = (self.total, self.total_in_words) if self.paid else ()
        listed = self.annexed
        rows = tuple((row.name, row.amount) if listed else (row.name,) for row in self.rows)
        names = tuple(row.name for row in self.rows) if listed else ()
        return Held((*own, self.award, self.counted, *sums), rows, names)

    def persons(self) -> tuple[str, ...]:
        people = [row.name for row in self.rows if row.kind == "person"]
        return (*people, *(row.called for row in self.rows if row.kind == "person"), self.signature.name)
