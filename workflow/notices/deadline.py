"""The notices about an item, as drafts: those of its deadline rows, and those that an event causes.

Whom a deadline row addresses is decided in `workflow.services.sweep` and `workflow.time.deadlines`. `CAUSED`
is the closed registry of the kinds of notice that an event in a definition may name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from workflow.model.calendar import local_date
from workflow.model.context import InputValue, Setting
from workflow.model.decision import DeadlineRow, NoticeDraft
from workflow.model.definition import Catalogue
from workflow.model.facts import Item
from workflow.model.lateness import days_past
from workflow.model.roles import is_superior, owners
from workflow.model.substitution import Addressee, addressees
from workflow.model.wording import (
    Value,
    date_vi,
    date_with_weekday_vi,
    fill,
    mid_sentence,
)
from workflow.notices.rendering import passed_on, rendered, with_numbers
from workflow.time.deadlines import late_seconds

if TYPE_CHECKING:  # reading definitions needs the registry below and no `transitions`
    from workflow.engine.case import Case

SECONDS_OF_A_DAY = 86_400


def draft_notice(
    item: Item,
    row: DeadlineRow,
    to: Addressee,
    case: Case,
    *,
    missed: Sequence[DeadlineRow] = (),
    vacant: Sequence[str] = (),
) -> NoticeDraft:
    """The notice that `row` sends to one account now.

    `missed` are earlier rows that are late too: this notice names them, and they send none. `vacant` are
    roles that nobody holds, in whose place the reader is told.
    """
    setting, catalogue = case.setting, case.catalogue
    meant = to.instead_of or to.account
    level = _level(row, meant, setting=setting)
    subject, text = rendered(
        _text_of(row, level, today=case.today),
        _values(item, row, meant, case),
        case,
        reader=meant,
        derived=row.derived and item.due_mark == "derived" and row.kind != "ask",
        late_days=late_seconds(row.at, case.now) // SECONDS_OF_A_DAY,
        missed="; ".join(_mark(late_row, setting=setting, catalogue=catalogue) for late_row in missed),
        vacant="; ".join(catalogue.words[f"role.{role}"].vi for role in dict.fromkeys(vacant)),
    )
    draft = NoticeDraft(row.kind, level, meant, subject, text, row.name, row.occurrence)
    return passed_on(draft, to, case)


def _text_of(row: DeadlineRow, level: str | None, *, today: date) -> str:
    """The catalogue's key of the text. A reminder that goes out after the due date is worded as overdue."""
    kind = f"escalation.{level}" if row.kind == "escalation" else row.kind
    if row.kind == "repeat" or (row.kind in ("reminder", "due_today") and today > row.due_date):
        kind = "overdue"
    return kind if row.term is None else f"term.{kind}"


def _mark(row: DeadlineRow, *, setting: Setting, catalogue: Catalogue) -> str:
    """A row in a few words: its kind and its day."""
    said = mid_sentence(catalogue.words[f"notice_kind.{row.kind}"].vi)
    return f"{said} ({date_vi(local_date(row.at, setting.office.zone))})"


def _term_name(term: str, row: DeadlineRow, *, setting: Setting) -> str:
    declared = setting.policy_named(row.policy).term(term)
    return mid_sentence(declared.label.vi) if declared else term


def _level(row: DeadlineRow, reader: str, *, setting: Setting) -> str | None:
    """The level of an escalation by the reader's own position; a head who is standing member is a head."""
    if row.kind != "escalation":
        return None
    roles = account.roles if (account := setting.office.account(reader)) else ()
    if is_superior(setting.office, reader):
        return "chair" if "chair" in roles else "vice"
    return "head" if "head" in roles else "standing"


def _values(item: Item, row: DeadlineRow, to: str, case: Case) -> dict[str, Value]:
    setting, office, machine = case.setting, case.office, case.machine(item)
    due = row.due_date if row.term else item.due_on or row.due_date
    lead = office.body(item.task.lead) if item.task else None
    account = office.account(to)
    return {
        "ref": item.key.ref,
        "so_tt": item.task.number if item.task else "",
        "noi_dung": item.task.content if item.task else "",
        "han": date_with_weekday_vi(due),
        "con_lai": max(0, setting.calendar.working_days_between(case.today, due)),
        "tre": days_past(due, case.today),
        "chuc_vu_nhan": account.label.vi if account else to,
        "chu_tri": lead.name if lead else (item.task.lead if item.task else ""),
        "don_vi": lead.name if lead else "",
        "trang_thai": machine.label(item.state, item.kind).vi,
        "viec_can_lam": machine.states[item.state].todo or "cập nhật kết quả",
        "lenh": f"tdkt deadline set {item.key.ref} NGÀY --source NGUỒN",
        "da_nhac_lan": item.alerts_of(row.term).reminded,
        "nam": item.key.year,
        "nguyen_nhan": None,
        **_about(item, row, setting=setting, catalogue=case.catalogue),
    }


def _about(item: Item, row: DeadlineRow, *, setting: Setting, catalogue: Catalogue) -> dict[str, Value]:
    """The values that only notices of a term have: its name, and what its task or dossier is."""
    if row.term is None:
        return {}
    dossier = item.dossier
    if dossier is not None:
        body = setting.office.body(dossier.body)
        told: dict[str, Value] = {
            "don_vi": body.name if body else dossier.body,
            "n_nguoi": len(dossier.nominees),
            "ref": item.key.ref,
        }
        about = fill(catalogue.words["notice.about_dossier"].vi, **told)
    else:
        task = item.task
        told = {"so_tt": task.number, "noi_dung": task.content, "ref": item.key.ref} if task else {}
        about = fill(catalogue.words["notice.about_task"].vi, **told)
    return {**told, "viec": about, "ten_han": _term_name(row.term, row, setting=setting)}


class DossierEvent(NamedTuple):
    """An event of a dossier that took place: the item before and after it, and the event's inputs.

    `names` are the nominees' by number; no notice may say one.
    """

    before: Item
    after: Item
    inputs: Mapping[str, InputValue]
    names: Mapping[int, str]


NoticeValues = Mapping[str, Value]
"""The values that a kind of notice has besides those that every caused notice has."""


def _received(happened: DossierEvent) -> NoticeValues | None:
    """For the first receipt only. The number of arrival is not known here, nor is the term's date always."""
    before, dossier = happened.before.dossier, happened.after.dossier
    if dossier is None or dossier.received_on is None or (before and before.received_on):
        return None
    until = _dates(happened.after)
    return {
        "ngay_den": date_vi(dossier.received_on),
        "n_nguoi": len(dossier.nominees),
        "han": date_with_weekday_vi(max(until)) if until else None,
    }


def _returned(happened: DossierEvent) -> NoticeValues | None:
    missing = happened.inputs.get("missing")
    if not isinstance(missing, str):
        return None
    until = _dates(happened.after)
    return {
        "giay_to_thieu": mid_sentence(" ".join(missing.split()).rstrip(" .")),
        "han_bo_sung": date_with_weekday_vi(min(until)) if until else None,
    }


def _dates(item: Item) -> list[date]:
    """The due dates of the item's terms that are running."""
    return [term.due for term in item.terms if term.runs and term.due is not None]


def _decision_issued(happened: DossierEvent) -> NoticeValues | None:
    number, day = happened.inputs.get("decision_number"), happened.inputs.get("decision_date")
    awarded = _count(happened.after, "awarded_here")
    if not isinstance(number, str) or not isinstance(day, date) or not awarded:
        return None
    return {"so_qd": number, "ngay_qd": date_vi(day), "n_nguoi": awarded}


def _not_awarded(happened: DossierEvent) -> NoticeValues | None:
    failed = _count(happened.after, "not_awarded")
    if not failed:
        return None
    return {"n_dat": _count(happened.after, "awarded_here"), "n_khong_dat": failed}


def _count(item: Item, outcome: str) -> int:
    nominees = item.dossier.nominees if item.dossier else ()
    return sum(nominee.outcome == outcome for nominee in nominees)


class CausedNotice(NamedTuple):
    """A kind of notice that an event may cause.

    `values` makes what the notice says of an event; None where nothing is to be said. `gives` are the names
    of these values, `may_give` of those that may be None, `inputs` of the inputs that the event must ask for.
    `typed` are values in somebody's own words, in which nominees are numbered instead of named.
    """

    values: Callable[[DossierEvent], NoticeValues | None]
    gives: tuple[str, ...]
    may_give: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()


CAUSED: Mapping[str, CausedNotice] = MappingProxyType(
    {
        "received": CausedNotice(_received, gives=("ngay_den", "n_nguoi"), may_give=("han",)),
        "returned": CausedNotice(
            _returned,
            gives=("giay_to_thieu",),
            may_give=("han_bo_sung",),
            inputs=("missing",),
            typed=("giay_to_thieu",),
        ),
        "decision_issued": CausedNotice(
            _decision_issued,
            gives=("so_qd", "ngay_qd", "n_nguoi"),
            inputs=("decision_number", "decision_date"),
        ),
        "not_awarded": CausedNotice(_not_awarded, gives=("n_dat", "n_khong_dat")),
    }
)

ALWAYS_GIVEN = ("ref", "don_vi", "trang_thai", "ten_xa", "lien_he")
"""The values that every caused notice has besides those that its kind gives."""


def names_needed(kinds: tuple[str, ...]) -> bool:
    """Whether the nominees' names must be known to draft one of the kinds, in order to leave them out."""
    return any(CAUSED[kind].typed for kind in kinds)


def caused_notices(kinds: tuple[str, ...], happened: DossierEvent, case: Case) -> tuple[NoticeDraft, ...]:
    """The notices of one event, to whoever speaks for the nominating body: its representatives, else the
    officer, who passes the words on.

    Who is absent today is replaced by the stand-in. No notice says a nominee's name.
    """
    setting, office, item = case.setting, case.office, happened.after
    body = office.body(item.dossier.body) if item.dossier else None
    speakers = owners("nominating_body", case.standing(item))
    to = addressees(speakers, setting.substitutions, case.today)
    shared: NoticeValues = {
        "ref": item.key.ref,
        "don_vi": body.name if body else "",
        "trang_thai": case.machine(item).label(item.state, item.kind).vi,
    }
    drafts: list[NoticeDraft] = []
    for kind in kinds:
        values = CAUSED[kind].values(happened)
        if values is None:
            continue
        typed = {
            name: with_numbers(str(values[name]), happened.names, case.catalogue)
            for name in CAUSED[kind].typed
        }
        subject, text = rendered(kind, {**shared, **values, **typed}, case)
        drafts.extend(
            passed_on(NoticeDraft(kind, None, reader.account, subject, text), reader, case) for reader in to
        )
    return tuple(drafts)
