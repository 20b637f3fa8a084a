"""The notices that events of an award decision cause: to whoever must act next, and to the bodies and the
accountant where something comes after it. Bodies are told of the award itself by their dossiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from workflow.engine.procedure import CausedNotice, ItemEvent
from workflow.model.award_decisions import AwardDecision
from workflow.model.wording import Value, date_vi
from workflow.notices import turn

Values = Mapping[str, Value]


def _to_funds(happened: ItemEvent) -> Values | None:
    """Once, when the accountant's turn comes."""
    if happened.before.owners == happened.after.owners:
        return None
    return {"con_lai_quy": happened.beside.get("con_lai_quy")}


def _to_sign(happened: ItemEvent) -> Values | None:
    return {"so_ttr": AwardDecision.of(happened.after).to_trinh_no, "han": happened.beside.get("han")}


def _to_number(happened: ItemEvent) -> Values | None:
    signed = AwardDecision.of(happened.after).signed_on
    return {"ngay_ky": date_vi(signed)} if signed else None


def _by_paper(word: str, *, number: str, on: str) -> Callable[[ItemEvent], Values | None]:
    """What is said of a paper that came after the decision, by the inputs that number and date it."""

    def values(happened: ItemEvent) -> Values | None:
        details = AwardDecision.of(happened.after)
        given, day = happened.inputs.get(number), happened.inputs.get(on)
        if not isinstance(given, str) or not isinstance(day, date) or details.issued_on is None:
            return None
        return {
            "van_ban": f"{word} số {given} ngày {date_vi(day)}",
            "so_qd": str(details.number),
            "ngay_qd": date_vi(details.issued_on),
        }

    return values


_LETTER = _by_paper("Công văn", number="paper_number", on="paper_date")
_DECISION = _by_paper("Quyết định", number="decision_number", on="decision_date")
_PAPER = ("van_ban", "so_qd", "ngay_qd")

CAUSED: Mapping[str, CausedNotice] = MappingProxyType(
    {
        **turn.CAUSED,
        "to_funds": CausedNotice(None, _to_funds, gives=(), may_give=("con_lai_quy",)),
        "to_sign": CausedNotice("decision_signer", _to_sign, gives=("so_ttr",), may_give=("han",)),
        "to_number": CausedNotice("records_clerk", _to_number, gives=("ngay_ky",)),
        "rectified": CausedNotice(
            "decision_told", _LETTER, gives=_PAPER, inputs=("paper_number", "paper_date"), everybody=True
        ),
        "amended": CausedNotice(
            "decision_told",
            _DECISION,
            gives=_PAPER,
            inputs=("decision_number", "decision_date"),
            everybody=True,
        ),
        "decision_revoked": CausedNotice(
            "accountant", _DECISION, gives=_PAPER, inputs=("decision_number", "decision_date")
        ),
    }
)
