"""The notices that events of a council session cause: invitations, changes, what waits for a signature.

None says a nominee's name or a vote; how many lines there are is all that is told of the agenda.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflow.engine.procedure import CausedNotice, ItemEvent
from workflow.model.sessions import CouncilSession
from workflow.model.wording import Value, date_vi, date_with_weekday_vi

NoticeValues = Mapping[str, Value]
INVITED = ("called", "opened")
"""The states of a session of which its members have been told."""


def _when(session: CouncilSession) -> dict[str, Value]:
    day = session.planned_on
    return {
        "gio": session.planned_at,
        "han": date_with_weekday_vi(day) if day else None,
        "dia_diem": session.place,
    }


def _size(session: CouncilSession) -> dict[str, Value]:
    return {"n_ho_so": len(session.agenda), "n_nguoi": len(session.lines)}


def _invitation(happened: ItemEvent) -> NoticeValues | None:
    session = CouncilSession.of(happened.after)
    return None if session.by_writing else {**_when(session), **_size(session)}


def _in_writing(happened: ItemEvent) -> NoticeValues | None:
    """A session that goes by writing alone, once its papers are out."""
    session = CouncilSession.of(happened.after)
    return {**_when(session), **_size(session)} if session.by_writing else None


def _changed(happened: ItemEvent) -> NoticeValues | None:
    reason, before = happened.inputs.get("reason"), CouncilSession.of(happened.before)
    if happened.before.state not in INVITED or not isinstance(reason, str):
        return None
    return {
        **_when(CouncilSession.of(happened.after)),
        "ngay_cu": date_vi(before.planned_on) if before.planned_on else None,
        "noi_dung_thay_doi": _line(reason),
    }


def _off(happened: ItemEvent) -> NoticeValues | None:
    reason, day = happened.inputs.get("reason"), CouncilSession.of(happened.before).planned_on
    if happened.before.state not in INVITED or not isinstance(reason, str):
        return None  # nobody was told of what was only being prepared
    return {"ngay": date_vi(day) if day else None, "ly_do": _line(reason)}


def _newly_asked(happened: ItemEvent) -> frozenset[str]:
    """Whom this asks, or asks about something else than before: the others have their letter."""
    before, after = (CouncilSession.of(item).written for item in (happened.before, happened.after))
    return frozenset(each.member for each in after if each not in before)


def _written(happened: ItemEvent) -> NoticeValues | None:
    session = CouncilSession.of(happened.after)
    asked = next((each for each in reversed(session.written)), None)
    if asked is None or session.day is None:
        return None
    until = asked.until or session.day
    return {
        "ngay": date_vi(session.day),
        "gio": asked.hour or session.planned_at,
        "han": date_with_weekday_vi(until),
    }


def _minutes(happened: ItemEvent) -> NoticeValues | None:
    held = CouncilSession.of(happened.after).held_on
    return {"ngay": date_vi(held) if held else None}


def _line(words: str) -> str:
    return " ".join(words.split()).rstrip(" .;")


CAUSED: Mapping[str, CausedNotice] = MappingProxyType(
    {
        "invitation": CausedNotice(
            "members",
            _invitation,
            gives=("n_ho_so", "n_nguoi"),
            may_give=("gio", "han", "dia_diem"),
            everybody=True,
        ),
        "in_writing": CausedNotice(
            "members",
            _in_writing,
            gives=("n_ho_so", "n_nguoi"),
            may_give=("gio", "han", "dia_diem"),
            everybody=True,
        ),
        "session_changed": CausedNotice(
            "members",
            _changed,
            gives=("noi_dung_thay_doi",),
            may_give=("gio", "han", "dia_diem", "ngay_cu"),
            typed=("noi_dung_thay_doi",),
            everybody=True,
        ),
        "session_off": CausedNotice(
            "members", _off, gives=("ly_do",), may_give=("ngay",), typed=("ly_do",), everybody=True
        ),
        "written": CausedNotice(
            "asked_in_writing",
            _written,
            gives=("ngay", "han"),
            may_give=("gio",),
            everybody=True,
            only=_newly_asked,
        ),
        "minutes": CausedNotice("minutes_signers", _minutes, gives=(), may_give=("ngay",), everybody=True),
    }
)
