"""The two papers that change no decision: the letter that rectifies its form (công văn đính chính), and
the notice that recalls copies sent to a wrong place (thông báo thu hồi). Each is of one record of that
act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts, Source, day_text
from runtime.views.papers.heads import head
from runtime.views.papers.lines import award_phrase, said_period
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.quyet_dinh import signed_by
from runtime.views.papers.said_words import all_said_with
from workflow.model.award_decisions import AwardDecision
from workflow.model.facts import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterPaper(Facts):
    """`of` is the decision, which gave `award` for `period`; `what` is rectified, or to whom it was sent
    by mistake."""

    of: Source
    award: str
    period: str
    what: str

    def held(self) -> Held:
        return Held((*Facts.held(self).texts, self.of.number, self.what))


def _parts(
    looking: Looking, item: Item, _given: Given, *, kind: str, mark: str, event: str, input: str
) -> Iterator[Part]:
    decision = AwardDecision.of(item)
    marks = [each for each in decision.marks if each.kind == mark]
    said = all_said_with(looking, item, event, input)
    if decision.number is None:
        return
    for no, (each, what) in enumerate(zip(marks, said, strict=False), 1):
        if not what:
            continue
        facts = AfterPaper(
            **head(looking, kind, signed_by(looking, decision, each.on), number=each.paper, on=each.on),
            of=Source(decision.number, day_text(decision.issued_on)),
            award=" và ".join(award_phrase(looking.pack(item.rules), title) for title in decision.titles),
            period=said_period(decision.period),
            what=what.rstrip(". "),
        )
        yield Part(str(no) if no > 1 else "", facts, True, each.on, each.paper)


rectifying = partial(_parts, kind="cong_van_dinh_chinh", mark="rectified", event="rectify", input="what")
recalling = partial(_parts, kind="thong_bao_thu_hoi", mark="recalled", event="recall_copies", input="to_whom")
