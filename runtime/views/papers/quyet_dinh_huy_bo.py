"""The decision by which the chair annuls an award, whole or by line (law art. 93.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts, Source, counted, day_text, numbered
from runtime.views.papers.heads import basis, commune, head
from runtime.views.papers.lines import award_phrase, lines_of, said_period
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.quyet_dinh import signed_by
from runtime.views.papers.said_words import said_with
from workflow.model.award_decisions import AwardDecision
from workflow.model.facts import Item
from workflow.model.money import dotted, in_words

KIND = "quyet_dinh_huy_bo"


class AnnulledRow(NamedTuple):
    """A line that is annulled, with what is to be paid back."""

    no: int
    name: str
    called: str
    position: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnulmentPaper(Facts):
    """`of` is the decision that is annulled, `award` and `period` what it gave; `ground` the letter of
    law art. 93.2, `conclusion` the paper that it rests on and `reason` what that concludes. `whole`: no
    line of it stays."""

    authority: str
    grounds: tuple[str, ...]
    of: Source
    award: str
    period: str
    ground: str
    conclusion: Source
    reason: str
    whole: bool
    counted: str
    rows: tuple[AnnulledRow, ...]
    total: str
    total_in_words: str
    executors: str

    @property
    def repaid(self) -> bool:
        """Whether money comes back."""
        return self.total != "0"

    def held(self) -> Held:
        sums = (self.total,) if self.repaid else ()
        texts = (*Facts.held(self).texts, self.of.number, self.conclusion.number, *sums)
        return Held(
            texts, tuple((row.name, row.amount) for row in self.rows), tuple(row.name for row in self.rows)
        )

    def persons(self) -> tuple[str, ...]:
        return (*(row.name for row in self.rows), self.signature.name)


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One of a decision that annuls another, as soon as it has lines."""
    decision = AwardDecision.of(item)
    if decision.kind != "revoke" or decision.changes is None or not decision.lines:
        return
    old = looking.reading.item(item.key._replace(ref=decision.changes))
    assert old is not None, "an annulment is of a decision that stands"
    on, before, words = decision.issued_on or looking.today, AwardDecision.of(old), looking.directory.papers
    rows, total = _rows(looking, item, decision, before)
    facts = AnnulmentPaper(
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
        ground=decision.ground or "",
        conclusion=Source(decision.conclusion or "", day_text(decision.conclusion_on)),
        reason=said_with(looking, item, "new_revoke", "reason"),
        whole={line.ref for line in decision.lines} >= {line.ref for line in before.standing},
        counted=counted([line.kind for line in decision.lines]),
        rows=rows,
        total=dotted(total),
        total_in_words=in_words(total),
        executors=words.of(KIND).executors or words.of("quyet_dinh").executors,
    )
    yield Part("", facts, decision.number is not None, on, decision.number)


def _rows(
    looking: Looking, item: Item, decision: AwardDecision, before: AwardDecision
) -> tuple[tuple[AnnulledRow, ...], int]:
    """The lines with what each was paid, and what that comes to."""
    lines, rows, total = lines_of(looking, item.key.year), [], 0
    for no, line in enumerate(decision.lines, 1):
        shown, old = lines(line.dossier, line.line), before.line(line.ref)
        paid = (old.amount or 0) if old else 0
        rows.append(AnnulledRow(no, shown.name, shown.called, shown.position, dotted(paid)))
        total += paid
    return tuple(rows), total
