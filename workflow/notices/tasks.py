"""The notices that events of a task cause: to whoever must act next, to whoever is to agree to what was
proposed, and back to whoever proposed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from workflow.engine.procedure import CausedNotice, ItemEvent
from workflow.model.tasks import Task
from workflow.model.wording import SHORT_CONTENT, Value, date_vi, shorten
from workflow.notices import turn

ABOUT = ("so_tt", "noi_dung", "noi_dung_ngan")


def _about(happened: ItemEvent) -> Mapping[str, Value]:
    task = Task.of(happened.after)
    short = shorten(task.content, SHORT_CONTENT)
    return {"so_tt": task.number, "noi_dung": task.content, "noi_dung_ngan": short}


def _proposed(happened: ItemEvent) -> Mapping[str, Value] | None:
    paper, day = happened.inputs.get("paper"), happened.inputs.get("date")
    if not isinstance(paper, str) or not isinstance(day, date):
        return None
    return {**_about(happened), "so_vb": paper, "ngay_vb": date_vi(day)}


def _declined(happened: ItemEvent) -> Mapping[str, Value] | None:
    reason = " ".join(str(happened.inputs.get("reason", "")).split()).rstrip(" .;")
    return {**_about(happened), "ly_do": reason}


CAUSED: Mapping[str, CausedNotice] = MappingProxyType(
    {
        **turn.CAUSED,
        "record_proposed": CausedNotice(
            "standing_member", _proposed, gives=(*ABOUT, "so_vb", "ngay_vb"), inputs=("paper", "date")
        ),
        "task_proposed": CausedNotice(
            "standing_member", _proposed, gives=(*ABOUT, "so_vb", "ngay_vb"), inputs=("paper", "date")
        ),
        "task_declined": CausedNotice(
            "lead_officer", _declined, gives=(*ABOUT, "ly_do"), inputs=("reason",), typed=("ly_do",)
        ),
        "record_declined": CausedNotice(
            "lead_officer", _declined, gives=(*ABOUT, "ly_do"), inputs=("reason",), typed=("ly_do",)
        ),
    }
)
