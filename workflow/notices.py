"""Notices as drafts: the catalogue's Vietnamese texts filled with what an item stands at.

Chooses the wording; who is addressed is decided in `workflow.sweep` and `workflow.deadlines`.
"""

from __future__ import annotations

from datetime import datetime

from workflow.calendar import local_date
from workflow.context import Setting
from workflow.deadlines import days_late, late_seconds
from workflow.decision import DeadlineRow, NoticeDraft
from workflow.definition import Catalogue
from workflow.effects import count_in_memory
from workflow.facts import Item
from workflow.machine import RunnableMachine
from workflow.wording import Value, date_with_weekday_vi, render_notice

SUPERIORS = ("chair", "vice_chair")
SECONDS_OF_A_DAY = 86_400


def draft_notice(
    item: Item,
    row: DeadlineRow,
    to: str,
    *,
    machine: RunnableMachine,
    setting: Setting,
    catalogue: Catalogue,
    now: datetime,
) -> NoticeDraft:
    """The notice that `row` sends to the account `to` at `now`."""
    office = setting.office
    account = office.account(to)
    superior = account is not None and any(role in SUPERIORS for role in account.roles)
    level = _level(row, superior=superior, setting=setting, to=to)
    subject, text = render_notice(
        catalogue,
        f"escalation.{level}" if row.kind == "escalation" else row.kind,
        values=_values(item, row, to, machine=machine, setting=setting, now=now),
        office_title=office.title,
        contact=office.contact,
        sandbox=setting.sandbox,
        derived=item.due_mark == "derived" and row.kind != "ask",
        superior=superior,
        late_days=late_seconds(row.at, now) // SECONDS_OF_A_DAY,
    )
    return NoticeDraft(row.kind, level, to, subject, text, row.name, row.occurrence)


def _level(row: DeadlineRow, *, superior: bool, setting: Setting, to: str) -> str | None:
    """The level of an escalation as its reader holds it: a head who is the standing member reads as head."""
    if row.kind != "escalation":
        return None
    roles = account.roles if (account := setting.office.account(to)) else ()
    if superior:
        return "chair" if "chair" in roles else "vice"
    return "head" if "head" in roles else "standing"


def _values(
    item: Item, row: DeadlineRow, to: str, *, machine: RunnableMachine, setting: Setting, now: datetime
) -> dict[str, Value]:
    office = setting.office
    today = local_date(now, office.zone)
    due = item.due_on or row.due_date
    lead = office.body(item.task.lead) if item.task else None
    account = office.account(to)
    return {
        "ref": item.key.ref,
        "so_tt": item.task.number if item.task else "",
        "noi_dung": item.task.content if item.task else "",
        "han": date_with_weekday_vi(due),
        "con_lai": max(0, setting.calendar.working_days_between(today, due)),
        "tre": days_late(due, now, office.zone),
        "chuc_vu_nhan": account.label.vi if account else to,
        "chu_tri": lead.name if lead else (item.task.lead if item.task else ""),
        "don_vi": lead.name if lead else "",
        "trang_thai": machine.label(item.state, item.kind).vi,
        "viec_can_lam": machine.states[item.state].todo or "cập nhật kết quả",
        "lenh": f"tdkt deadline set {item.key.ref} NGÀY --source NGUỒN",
        "da_nhac_lan": count_in_memory(item, "reminded"),
        "nam": item.key.year,
        "nguyen_nhan": None,
    }
