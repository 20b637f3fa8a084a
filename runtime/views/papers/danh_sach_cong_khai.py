"""The list of a decision that everybody may read: names, units and titles, neither births nor addresses
of persons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.award_rows import awards_of
from runtime.views.papers.facts import NOBODY, Facts, counted, day_text, numbered
from runtime.views.papers.heads import head
from runtime.views.papers.lines import said_period
from runtime.views.papers.parts import Given, Part
from workflow.model.award_decisions import AwardDecision
from workflow.model.facts import Item

KIND = "danh_sach_cong_khai"
MARKED = {
    "rectified": "đã đính chính",
    "amended": "đã sửa đổi, bổ sung",
    "partly_revoked": "đã hủy bỏ một phần",
    "recalled": "đã thu hồi bản gửi nhầm",
}


class PublicRow(NamedTuple):
    """A line as everybody may read it; `unit` is the nominating body."""

    no: int
    name: str
    unit: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPaper(Facts):
    """`marks` say what came after the decision."""

    decision: str
    decision_day: str
    period: str
    rows: tuple[PublicRow, ...]
    counted: str
    marks: tuple[str, ...]

    def held(self) -> Held:
        rows = tuple((row.name, row.unit, row.title) for row in self.rows)
        return Held((self.decision, self.counted), rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows)


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One of an issued decision, made anew whenever something comes after it."""
    decision = AwardDecision.of(item)
    if decision.number is None or decision.issued_on is None or decision.kind == "revoke":
        return
    rows = awards_of(looking, item).rows
    facts = PublicPaper(
        **head(looking, KIND, NOBODY, on=decision.issued_on),
        decision=numbered(decision.number, ""),
        decision_day=day_text(decision.issued_on),
        period=said_period(decision.period),
        rows=tuple(PublicRow(row.no, row.name, row.body, row.title) for row in rows),
        counted=counted([row.kind for row in rows]),
        marks=tuple(
            f"{MARKED.get(mark.kind, mark.kind)} ({mark.paper} {day_text(mark.on)})"
            for mark in decision.marks
        ),
    )
    yield Part("", facts, False, decision.issued_on, working=True)
