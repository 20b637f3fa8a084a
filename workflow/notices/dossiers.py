"""The notices that events of a dossier cause: to whoever speaks for the nominating body or must act next.

No notice says a nominee's name. A definition's event names the kinds that it causes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    """For the first receipt only; the day of the result is told once the dossier is complete."""
    before, dossier = Dossier.of(happened.before), Dossier.of(happened.after)
    if dossier.received_on is None or before.received_on:
        return None
    return {
        "ngay_den": date_vi(dossier.received_on),
        "n_nguoi": len(dossier.nominees),
        "so_den": dossier.intake_no,
    }


def _accepted(happened: ItemEvent) -> NoticeValues | None:
    """The day of the result is told where the commune decides."""
    complete, term = Dossier.of(happened.after).complete_on, happened.after.term("decision")
    if complete is None:
        return None
    until = term.due if term and term.runs else None
    return {"ngay_du": date_vi(complete), "han": date_with_weekday_vi(until) if until else None}


def _as_is(happened: ItemEvent) -> NoticeValues | None:
    until = Dossier.of(happened.before).supplement_until
    return {"han_bo_sung": date_vi(until)} if until else None


def _returned(happened: ItemEvent) -> NoticeValues | None:
    missing = happened.inputs.get("missing")
    if not isinstance(missing, str):
        return None
    asked, dues = Dossier.of(happened.after).supplement_until, _dates(happened.after)
    until = asked or min(dues, default=None)
    reason = happened.inputs.get("reason")
    said = [missing, reason] if isinstance(reason, str) else [missing]
    return {
        "giay_to_thieu": "; ".join(mid_sentence(" ".join(words.split()).rstrip(" .;")) for words in said),
        "han_bo_sung": date_with_weekday_vi(until) if until else None,
    }


def _dates(item: Item) -> list[date]:
    """The due dates of the item's terms that are running."""
    return [term.due for term in item.terms if term.runs and term.due is not None]


def _to_confirm(happened: ItemEvent) -> NoticeValues | None:
    """Once the last line is appraised."""
    before, after = Dossier.of(happened.before).standing, Dossier.of(happened.after).standing
    if any(line.verdict is None and not line.held for line in after):
        return None
    if all(line.verdict is not None or line.held for line in before):
        return None
    verdicts = [line.verdict for line in after if not line.held]
    return {
        "n_nguoi": len(verdicts),
        "n_du": verdicts.count("met") + verdicts.count("exception"),
        "n_chua": verdicts.count("not_met"),
        "n_thieu_tt": verdicts.count("no_info"),
    }


def _to_propose(happened: ItemEvent) -> NoticeValues | None:
    lines, until = Dossier.of(happened.after).standing, _dates(happened.after)
    return {
        "n_dat": sum(line.passed and line.outcome == "pending" for line in lines),
        "n_khong_dat": _count(happened.after, "not_awarded"),
        "n_de_lai": _count(happened.after, "postponed"),
        "han": date_with_weekday_vi(min(until)) if until else None,
    }


def _line_withdrawn(happened: ItemEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("paper_number"), happened.inputs.get("paper_date")
    gone = _new(happened, "withdrawn")
    if not gone or not isinstance(number, str) or not isinstance(day, date):
        return None
    return {"n": gone, "so": number, "ngay": date_vi(day)}


def _decision_issued(happened: ItemEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("decision_number"), happened.inputs.get("decision_date")
    awarded = _new(happened, "awarded_here", named="nominee")
    if not isinstance(number, str) or not isinstance(day, date) or not awarded:
        return None
    return {"so_qd": number, "ngay_qd": date_vi(day), "n_nguoi": awarded}


def _not_awarded(happened: ItemEvent) -> NoticeValues | None:
    """Once it is known of every line."""
    failed = _count(happened.after, "not_awarded")
    if not failed or happened.after.closed_on is None:
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
    sent, waiting = _count(happened.before, "sent_higher"), _count(happened.after, "sent_higher")
    awarded = _new(happened, "awarded_higher", named="awarded")
    return {
        "so": number,
        "ngay": date_vi(day),
        "n_dat": awarded,
        "n_khong_dat": max(sent - waiting - awarded, len(_named(happened, "not_awarded"))),
        "n_cho": waiting,
    }


def _superior_returned(happened: ItemEvent) -> NoticeValues | None:
    who, missing, until = (happened.inputs.get(name) for name in ("authority", "missing", "until"))
    if not isinstance(who, str) or not isinstance(missing, str) or not isinstance(until, date):
        return None
    return {
        "co_quan": " ".join(who.split()),
        "noi_dung": mid_sentence(" ".join(missing.split()).rstrip(" .;")),
        "han": date_with_weekday_vi(until),
    }


def _revoked(happened: ItemEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("decision_number"), happened.inputs.get("decision_date")
    revoked = _count(happened.after, "revoked")
    if not isinstance(number, str) or not isinstance(day, date):
        return None
    return {"so_qd": number, "ngay_qd": date_vi(day), "n_nguoi": revoked}


def _count(item: Item, outcome: str) -> int:
    return sum(nominee.outcome == outcome for nominee in Dossier.of(item).nominees)


def _new(happened: ItemEvent, outcome: str, *, named: str = "") -> int:
    """How many lines came to the outcome by this event. What is told anew after a correction changes none:
    there the event's input `named` has them, or it was about all."""
    if happened.before is happened.after:
        return len(_named(happened, named)) or _count(happened.after, outcome)
    return _count(happened.after, outcome) - _count(happened.before, outcome)


def _named(happened: ItemEvent, name: str) -> tuple[object, ...]:
    value = happened.inputs.get(name)
    return value if isinstance(value, tuple) else ()


SPEAKERS = "nominating_body"
"""Its representatives, else the officer, who passes the words on."""


def _turn(state: str, path: str = "") -> Callable[[ItemEvent], NoticeValues | None]:
    """The values of a turn that has words of its own: to act in the state, on the path."""

    def values(happened: ItemEvent) -> NoticeValues | None:
        after = happened.after
        if (
            after.state != state
            or path not in ("", after.kind)
            or (state == "submitted" and after.details.stage)
        ):
            return None
        return {"n_nguoi": len(Dossier.of(after).nominees), **(turn.to_act(happened) or {})}

    return values


_TURNS = {
    turn.TO_CHECK: _turn("submitted"),
    turn.TO_SESSION: _turn("appraised", "council"),
    turn.TO_OPINION: _turn("appraised", "simplified"),
}


def _other_turn(happened: ItemEvent) -> NoticeValues | None:
    told = any(values(happened) is not None for values in _TURNS.values())
    return None if told else turn.to_act(happened)


CAUSED: Mapping[str, CausedNotice] = MappingProxyType(
    {
        **turn.CAUSED,
        turn.TO_ACT: CausedNotice(None, _other_turn, gives=(), may_give=("han",)),
        **{
            kind: CausedNotice(None, values, gives=("n_nguoi",), may_give=("han",))
            for kind, values in _TURNS.items()
        },
        "received": CausedNotice(
            SPEAKERS, _received, gives=("ngay_den", "n_nguoi"), may_give=("so_den",), receipt=True
        ),
        "accepted": CausedNotice(SPEAKERS, _accepted, gives=("ngay_du",), may_give=("han",)),
        "as_is": CausedNotice(SPEAKERS, _as_is, gives=("han_bo_sung",)),
        "to_confirm": CausedNotice(
            "dossier_confirmer", _to_confirm, gives=("n_nguoi", "n_du", "n_chua", "n_thieu_tt")
        ),
        "to_propose": CausedNotice(
            "officer", _to_propose, gives=("n_dat", "n_khong_dat", "n_de_lai"), may_give=("han",)
        ),
        "line_withdrawn": CausedNotice(
            "office_side",
            _line_withdrawn,
            gives=("n", "so", "ngay"),
            everybody=True,
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
            gives=("so", "ngay", "n_dat", "n_khong_dat", "n_cho"),
            inputs=("paper_number", "paper_date"),
        ),
        "superior_returned": CausedNotice(
            SPEAKERS,
            _superior_returned,
            gives=("co_quan", "noi_dung", "han"),
            inputs=("authority", "missing", "until"),
            typed=("co_quan", "noi_dung"),
        ),
        "revoked": CausedNotice(
            SPEAKERS,
            _revoked,
            gives=("so_qd", "ngay_qd", "n_nguoi"),
            inputs=("decision_number", "decision_date"),
        ),
    }
)
