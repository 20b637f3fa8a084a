"""The list on which money is signed for (bảng ký nhận), one for each decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.award_rows import AwardRow, awards_of
from runtime.views.papers.facts import NOBODY, Facts, Signature, day_text, numbered
from runtime.views.papers.heads import by_role, head
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.quyet_dinh import signed_by
from workflow.model.award_decisions import AwardDecision
from workflow.model.facts import Item

KIND = "bang_ky_nhan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPaper(Facts):
    """`decision` and `decision_day` are the decision's number and day; the accountant signs in the
    middle, whoever made it at the left, the chair at the right."""

    decision: str
    decision_day: str
    rows: tuple[AwardRow, ...]
    total: str
    total_in_words: str
    fund: str
    maker: Signature
    accountant: Signature
    chair: Signature

    def held(self) -> Held:
        rows = tuple((row.name, row.amount) for row in self.rows)
        texts = (self.decision, self.total, self.total_in_words)
        return Held(texts, rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows if row.kind == "person")


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One, as soon as the decision has lines; before it is issued its sums are foreseen."""
    decision = AwardDecision.of(item)
    if not decision.standing or decision.kind == "revoke":
        return
    on = decision.issued_on or looking.today
    awards = awards_of(looking, item)
    facts = PaymentPaper(
        **head(looking, KIND, NOBODY, on=decision.issued_on),
        decision=numbered(decision.number, looking.directory.papers.of("quyet_dinh").symbol),
        decision_day=day_text(decision.issued_on, year=looking.today.year),
        rows=awards.rows,
        total=awards.total,
        total_in_words=awards.total_in_words,
        fund=looking.directory.papers.fund.format(nam=on.year),
        maker=Signature(("NGƯỜI LẬP",), ""),
        accountant=by_role(looking, "accountant", ("KẾ TOÁN",), on),
        chair=signed_by(looking, decision, on),
    )
    # It is signed by hand and stays with the vouchers: each print is made anew.
    yield Part("", facts, False, on, working=decision.number is not None)
