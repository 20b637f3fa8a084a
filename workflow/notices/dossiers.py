"""The notices that events of a dossier cause: to whoever speaks for the nominating body or must act next.

No notice says a nominee's name. A definition's event names the kinds that it causes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from workflow.engine.procedure import CausedNotice, ItemEvent
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.wording import Value, date_vi, date_with_weekday_vi, mid_sentence
from workflow.notices import turn

NoticeValues = Mapping[str, Value]
"""The values that a kind of notice has besides those that every caused notice has."""


def _received(happened: ItemEvent) -> NoticeValues | None:
    """For the first receipt only. The number of arrival is not known here, nor is the term's date always."""
    before, dossier = Dossier.of(happened.before), Dossier.of(happened.after)
    if dossier.received_on is None or before.received_on:
        return None
    until = _dates(happened.after)
    return {
        "ngay_den": date_vi(dossier.received_on),
        "n_nguoi": len(dossier.nominees),
        "han": date_with_weekday_vi(max(until)) if until else None,
    }


def _returned(happened: ItemEvent) -> NoticeValues | None:
    missing = happened.inputs.get("missing")
    if not isinstance(missing, str):
        return None
    until, reason = _dates(happened.after), happened.inputs.get("reason")
    said = [missing, reason] if isinstance(reason, str) else [missing]
    return {
        "giay_to_thieu": "; ".join(mid_sentence(" ".join(words.split()).rstrip(" .;")) for words in said),
        "han_bo_sung": date_with_weekday_vi(min(until)) if until else None,
    }


def _dates(item: Item) -> list[date]:
    """The due dates of the item's terms that are running."""
    return [term.due for term in item.terms if term.runs and term.due is not None]


def _decision_issued(happened: ItemEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("decision_number"), happened.inputs.get("decision_date")
    awarded = _count(happened.after, "awarded_here")
    if not isinstance(number, str) or not isinstance(day, date) or not awarded:
        return None
    return {"so_qd": number, "ngay_qd": date_vi(day), "n_nguoi": awarded}


def _not_awarded(happened: ItemEvent) -> NoticeValues | None:
    failed = _count(happened.after, "not_awarded")
    if not failed:
        return None
    return {"n_dat": _count(happened.after, "awarded_here"), "n_khong_dat": failed}


def _forwarded(happened: ItemEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("paper_number"), happened.inputs.get("paper_date")
    return {
        "n_nguoi": _count(happened.after, "sent_higher"),
        "so": number if isinstance(number, str) else None,
        "ngay": date_vi(day) if isinstance(day, date) else None,
    }


def _superior_result(happened: ItemEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("paper_number"), happened.inputs.get("paper_date")
    if not isinstance(number, str) or not isinstance(day, date):
        return None
    sent = _count(happened.before, "sent_higher")
    awarded = _count(happened.after, "awarded_higher")
    return {"so": number, "ngay": date_vi(day), "n_dat": awarded, "n_khong_dat": sent - awarded}


def _revoked(happened: ItemEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("decision_number"), happened.inputs.get("decision_date")
    revoked = _count(happened.after, "revoked")
    if not isinstance(number, str) or not isinstance(day, date):
        return None
    return {"so_qd": number, "ngay_qd": date_vi(day), "n_nguoi": revoked}


def _count(item: Item, outcome: str) -> int:
    return sum(nominee.outcome == outcome for nominee in Dossier.of(item).nominees)


SPEAKERS = "nominating_body"
"""Its representatives, else the officer, who passes the words on."""

CAUSED: Mapping[str, CausedNotice] = MappingProxyType(
    {
        **turn.CAUSED,
        "received": CausedNotice(
            SPEAKERS, _received, gives=("ngay_den", "n_nguoi"), may_give=("han",), receipt=True
        ),
        "returned": CausedNotice(
            SPEAKERS,
            _returned,
            gives=("giay_to_thieu",),
            may_give=("han_bo_sung",),
            inputs=("missing",),
            typed=("giay_to_thieu",),
        ),
        "decision_issued": CausedNotice(
            SPEAKERS,
            _decision_issued,
            gives=("so_qd", "ngay_qd", "n_nguoi"),
            inputs=("decision_number", "decision_date"),
        ),
        "not_awarded": CausedNotice(SPEAKERS, _not_awarded, gives=("n_dat", "n_khong_dat")),
        "forwarded": CausedNotice(SPEAKERS, _forwarded, gives=("n_nguoi",), may_give=("so", "ngay")),
        "superior_result": CausedNotice(
            SPEAKERS,
            _superior_result,
            gives=("so", "ngay", "n_dat", "n_khong_dat"),
            inputs=("paper_number", "paper_date"),
        ),
        "revoked": CausedNotice(
            SPEAKERS,
            _revoked,
            gives=("so_qd", "ngay_qd", "n_nguoi"),
            inputs=("decision_number", "decision_date"),
        ),
    }
)
