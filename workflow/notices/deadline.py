"""Notices as drafts: the catalogue's Vietnamese texts filled with what an item stands at.

Deadlines cause notices (who is addressed is decided in `workflow.services.sweep` and
`workflow.time.deadlines`), and events do: `CAUSED` is the closed registry of the kinds that a definition's
event may name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from workflow.model.calendar import local_date
from workflow.model.context import InputValue, Setting
from workflow.model.decision import DeadlineRow, NoticeDraft
from workflow.model.definition import Catalogue
from workflow.model.facts import Item, count_in_memory
from workflow.model.lateness import days_past
from workflow.model.roles import owners
from workflow.model.substitution import Addressee, addressees
from workflow.model.wording import (
    Value,
    date_vi,
    date_with_weekday_vi,
    fill,
    mid_sentence,
    position,
    render_notice,
    without_names,
)
from workflow.time.deadlines import late_seconds
from workflow.time.terms import reminded_of, terms_of

if TYPE_CHECKING:  # reading definitions needs the registry below and no `transitions`
    from workflow.engine.case import Case

SUPERIORS = ("chair", "vice_chair")
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

    `missed` are late rows before it, for which it speaks too; `vacant` roles that nobody holds, for whom the
    reader is told instead.
    """
    setting, office, catalogue = case.setting, case.office, case.catalogue
    meant = to.instead_of or to.account
    account = office.account(meant)
    superior = account is not None and any(role in SUPERIORS for role in account.roles)
    level = _level(row, superior=superior, setting=setting, to=meant)
    subject, text = render_notice(
        catalogue,
        _text_of(row, level, today=case.today),
        values=_values(item, row, meant, case),
        office_title=office.title,
        contact=office.contact,
        sandbox=setting.sandbox,
        derived=row.derived and item.due_mark == "derived" and row.kind != "ask",
        superior=superior,
        late_days=late_seconds(row.at, case.now) // SECONDS_OF_A_DAY,
        missed="; ".join(_mark(each, setting=setting, catalogue=catalogue) for each in missed),
        vacant="; ".join(catalogue.words[f"role.{role}"].vi for role in dict.fromkeys(vacant)),
    )
    draft = NoticeDraft(row.kind, level, meant, subject, text, row.name, row.occurrence)
    return passed_on(draft, to, case)


def _text_of(row: DeadlineRow, level: str | None, *, today: date) -> str:
    """The catalogue's key of the text. What comes after the date is over says so, whatever it is called."""
    kind = f"escalation.{level}" if row.kind == "escalation" else row.kind
    if row.kind == "repeat" or (row.kind in ("reminder", "due_today") and today > row.due_date):
        kind = "overdue"
    return kind if row.term is None else f"term.{kind}"


def _mark(row: DeadlineRow, *, setting: Setting, catalogue: Catalogue) -> str:
    """A row in a few words: what it was and its day."""
    said = mid_sentence(catalogue.words[f"notice_kind.{row.kind}"].vi)
    return f"{said} ({date_vi(local_date(row.at, setting.office.zone))})"


def _term_name(term: str, row: DeadlineRow, *, setting: Setting) -> str:
    declared = setting.policy_named(row.policy).term(term)
    return mid_sentence(declared.label.vi) if declared else term


def passed_on(draft: NoticeDraft, to: Addressee, case: Case) -> NoticeDraft:
    """The notice as its reader gets it; one that was meant for another says so in its first line."""
    if to.instead_of is None:
        return draft
    labels = {
        name: position(found.label.vi) if (found := case.office.account(id)) else id
        for name, id in (("chuc_vu_thay", to.account), ("chuc_vu_vang", to.instead_of))
    }
    line = fill(case.catalogue.words["notice.passed_on"].vi, **labels)
    return replace(draft, to=to.account, text=f"{line}\n{draft.text}", instead_of=to.instead_of)


def _level(row: DeadlineRow, *, superior: bool, setting: Setting, to: str) -> str | None:
    """The level of an escalation as its reader holds it: a head who is the standing member reads as head."""
    if row.kind != "escalation":
        return None
    roles = account.roles if (account := setting.office.account(to)) else ()
    if superior:
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
        "da_nhac_lan": count_in_memory(item, reminded_of(row)),
        "nam": item.key.year,
        "nguyen_nhan": None,
        **_about(item, row, setting=setting, catalogue=case.catalogue),
    }


def _about(item: Item, row: DeadlineRow, *, setting: Setting, catalogue: Catalogue) -> dict[str, Value]:
    """What the notices of a term say of it and of its item."""
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


class Happened(NamedTuple):
    """An event of a dossier that took place: the item before and after it, its inputs, and the nominees'
    names by number, which no notice may say."""

    before: Item
    after: Item
    inputs: Mapping[str, InputValue]
    names: Mapping[int, str]


Told = Mapping[str, Value]
"""The values of one kind of notice, beside those that every caused notice has."""


def _received(happened: Happened) -> Told | None:
    """Sent for the first receipt only. The number of arrival and the term are known to nobody here yet."""
    before, dossier = happened.before.dossier, happened.after.dossier
    if dossier is None or dossier.received_on is None or (before and before.received_on):
        return None
    until = _dates(happened.after)
    return {
        "ngay_den": date_vi(dossier.received_on),
        "n_nguoi": len(dossier.nominees),
        "han": date_with_weekday_vi(max(until)) if until else None,
    }


def _returned(happened: Happened) -> Told | None:
    missing = happened.inputs.get("missing")
    if not isinstance(missing, str):
        return None
    until = _dates(happened.after)
    return {
        "giay_to_thieu": mid_sentence(" ".join(missing.split()).rstrip(" .")),
        "han_bo_sung": date_with_weekday_vi(min(until)) if until else None,
    }


def _dates(item: Item) -> list[date]:
    """The dates of the terms that run."""
    return [term.due for term in terms_of(item).values() if term.runs and term.due is not None]


def _decision_issued(happened: Happened) -> Told | None:
    number, day = happened.inputs.get("decision_number"), happened.inputs.get("decision_date")
    awarded = _count(happened.after, "awarded_here")
    if not isinstance(number, str) or not isinstance(day, date) or not awarded:
        return None
    return {"so_qd": number, "ngay_qd": date_vi(day), "n_nguoi": awarded}


def _not_awarded(happened: Happened) -> Told | None:
    failed = _count(happened.after, "not_awarded")
    if not failed:
        return None
    return {"n_dat": _count(happened.after, "awarded_here"), "n_khong_dat": failed}


def _count(item: Item, outcome: str) -> int:
    nominees = item.dossier.nominees if item.dossier else ()
    return sum(nominee.outcome == outcome for nominee in nominees)


class Caused(NamedTuple):
    """A kind of notice that an event may cause. `tell` answers None where there is nothing to be said;
    `gives` names the values that it answers with, `may_give` those that may be absent, `inputs` what the
    event must ask for; `typed` are values in somebody's own words, in which nominees are numbered instead of
    named."""

    tell: Callable[[Happened], Told | None]
    gives: tuple[str, ...]
    may_give: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()


CAUSED: Mapping[str, Caused] = MappingProxyType(
    {
        "received": Caused(_received, gives=("ngay_den", "n_nguoi"), may_give=("han",)),
        "returned": Caused(
            _returned,
            gives=("giay_to_thieu",),
            may_give=("han_bo_sung",),
            inputs=("missing",),
            typed=("giay_to_thieu",),
        ),
        "decision_issued": Caused(
            _decision_issued,
            gives=("so_qd", "ngay_qd", "n_nguoi"),
            inputs=("decision_number", "decision_date"),
        ),
        "not_awarded": Caused(_not_awarded, gives=("n_dat", "n_khong_dat")),
    }
)

ALWAYS_GIVEN = ("ref", "don_vi", "trang_thai", "ten_xa", "lien_he")
"""The values that every caused notice has beside those that its kind gives."""


def names_needed(kinds: tuple[str, ...]) -> bool:
    """Whether one of the kinds cannot be drafted without knowing the nominees' names."""
    return any(CAUSED[kind].typed for kind in kinds)


def caused_notices(kinds: tuple[str, ...], happened: Happened, case: Case) -> tuple[NoticeDraft, ...]:
    """The notices of one event, to whoever speaks for the nominating body: its representatives, else the
    officer, who passes the words on; stand-ins of today get them in their place. No notice says a nominee's
    name."""
    setting, office, catalogue, item = case.setting, case.office, case.catalogue, happened.after
    body = office.body(item.dossier.body) if item.dossier else None
    speakers = owners("nominating_body", case.standing(item))
    to = addressees(speakers, setting.substitutions, case.today)
    shared: Told = {
        "ref": item.key.ref,
        "don_vi": body.name if body else "",
        "trang_thai": case.machine(item).label(item.state, item.kind).vi,
    }
    drafts: list[NoticeDraft] = []
    for kind in kinds:
        told = CAUSED[kind].tell(happened)
        if told is None:
            continue
        told = {**told, **_numbered(told, CAUSED[kind].typed, happened.names, catalogue)}
        subject, text = render_notice(
            catalogue,
            kind,
            values={**shared, **told},
            office_title=office.title,
            contact=office.contact,
            sandbox=setting.sandbox,
            derived=False,
        )
        drafts.extend(
            passed_on(NoticeDraft(kind, None, each.account, subject, text), each, case) for each in to
        )
    return tuple(drafts)


def _numbered(
    told: Told, typed: tuple[str, ...], names: Mapping[int, str], catalogue: Catalogue
) -> dict[str, Value]:
    """The typed values with "nominee 3" where a nominee is named."""
    nominee = catalogue.words["notice.nominee"].vi
    instead = {name: fill(nominee, so=no) for no, name in names.items()}
    return {value: without_names(str(told[value]), instead) for value in typed}
