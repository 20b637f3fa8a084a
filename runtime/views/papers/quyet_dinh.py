"""The decision by which the chair awards: with its list, or with the names in its first article where
there are three or fewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.award_rows import AwardRow, awards_of
from runtime.views.papers.facts import Facts, Signature, Source, counted, day_text, numbered
from runtime.views.papers.heads import CHAIR, FOR_CHAIR, VICE, basis, commune, head, name_on
from runtime.views.papers.lines import award_phrase, said_period
from runtime.views.papers.parts import Given, Part
from workflow.model.award_decisions import AwardDecision
from workflow.model.facts import Item

KIND = "quyet_dinh"
NAMED_WITHIN = 3
"""Up to so many are named in the decision itself (papers.md §9)."""


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


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One, as soon as it has lines; the draft is what is put before the signer."""
    decision = AwardDecision.of(item)
    if decision.kind not in ("award", "implicit") or not decision.standing:
        return
    on = decision.issued_on or looking.today
    awards, words = awards_of(looking, item), looking.directory.papers
    facts = AwardPaper(
        **head(
            looking,
            KIND,
            signed_by(looking, decision, decision.signed_on or on),
            number=decision.number,
            on=decision.issued_on,
        ),
        authority=f"CHỦ TỊCH ỦY BAN NHÂN DÂN {commune(looking).upper()}",
        award=" và ".join(award_phrase(looking.pack(item.rules), title) for title in decision.titles),
        period=said_period(decision.period),
        grounds=basis(looking, KIND, on, decision.title),
        proposal=Source(
            numbered(decision.to_trinh_no, words.of("to_trinh_hoi_dong").symbol),
            day_text(decision.to_trinh_on, year=on.year),
        ),
        counted=counted([row.kind for row in awards.rows]),
        rows=awards.rows,
        total=awards.total,
        total_in_words=awards.total_in_words,
        fund=words.fund.format(nam=on.year),
        executors=words.of(KIND).executors,
    )
    yield Part("", facts, decision.number is not None, on, decision.number)


def signed_by(looking: Looking, decision: AwardDecision, on: date) -> Signature:
    """The signer of the decision, in the capacity in which it is signed."""
    capacity = (CHAIR,) if decision.signature == CHAIR else (FOR_CHAIR, VICE)
    return Signature(capacity, name_on(looking, decision.signer, on))
