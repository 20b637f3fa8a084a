"""The decision that amends an award decision or comes in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.award_rows import AwardRow, awards_of
from runtime.views.papers.facts import Facts, Source, counted, day_text, numbered
from runtime.views.papers.heads import basis, commune, head
from runtime.views.papers.lines import award_phrase, said_period
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.quyet_dinh import signed_by
from runtime.views.papers.said_words import said_with
from workflow.model.award_decisions import AwardDecision
from workflow.model.facts import Item

KIND = "quyet_dinh_sua_doi"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentPaper(Facts):
    """`of` is the decision that is amended, or `replaced`; `reason` says what was wrong in it, `rows` are
    the lines as they are from now on."""

    authority: str
    grounds: tuple[str, ...]
    of: Source
    award: str
    period: str
    replaced: bool
    reason: str
    counted: str
    rows: tuple[AwardRow, ...]
    total: str
    total_in_words: str
    executors: str

    def held(self) -> Held:
        rows = tuple((row.name, row.amount) for row in self.rows)
        texts = (*Facts.held(self).texts, self.of.number, self.award, self.total)
        return Held(texts, rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return (*(row.name for row in self.rows if row.kind == "person"), self.signature.name)


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One of a decision that changes another, as soon as it has lines."""
    decision = AwardDecision.of(item)
    if decision.kind not in ("amend", "replace") or decision.changes is None or not decision.standing:
        return
    old = looking.reading.item(item.key._replace(ref=decision.changes))
    assert old is not None, "what is amended stands"
    on, before, words = decision.issued_on or looking.today, AwardDecision.of(old), looking.directory.papers
    awards = awards_of(looking, item)
    facts = AmendmentPaper(
        **head(
            looking,
            KIND,
            signed_by(looking, decision, decision.signed_on or on),
            number=decision.number,
            on=decision.issued_on,
        ),
        authority=f"CHỦ TỊCH ỦY BAN NHÂN DÂN {commune(looking).upper()}",
        grounds=basis(looking, KIND, on),
        of=Source(numbered(before.number, words.of("quyet_dinh").symbol), day_text(before.issued_on)),
        award=" và ".join(award_phrase(looking.pack(old.rules), title) for title in before.titles),
        period=said_period(before.period),
        replaced=decision.kind == "replace",
        reason=said_with(looking, item, f"new_{decision.kind}", "reason").rstrip(". "),
        counted=counted([row.kind for row in awards.rows]),
        rows=awards.rows,
        total=awards.total,
        total_in_words=awards.total_in_words,
        executors=words.of(KIND).executors or words.of("quyet_dinh").executors,
    )
    yield Part("", facts, decision.number is not None, on, decision.number)
