"""The notices about an item, as drafts: those of its deadline rows, and those that an event causes.

Whom a deadline row addresses is decided in `workflow.services.sweep` and `workflow.time.deadlines`. The kinds
of notice that an event may name are those of its subject's procedure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from workflow.engine.procedure import CausedNotice, ItemEvent
from workflow.model.calendar import local_date
from workflow.model.context import Setting
from workflow.model.decision import DeadlineRow, NoticeDraft
from workflow.model.definition import Catalogue, Office
from workflow.model.facts import Item
from workflow.model.lateness import days_past
from workflow.model.roles import able, is_superior, owners
from workflow.model.substitution import Addressee, addressees
from workflow.model.wording import (
    Remarks,
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
    of_target = tells_of_target(item, row, case.today)
    subject, text = rendered(
        _text_of(row, level, of_target=of_target, today=case.today),
        _values(item, row, meant, case, of_target=of_target),
        case,
        reader=meant,
        remarks=Remarks(
            derived=row.derived and item.due_mark == "derived" and row.kind != "ask",
            late_days=late_seconds(row.at, case.now) // SECONDS_OF_A_DAY,
            missed="; ".join(_mark(late_row, setting=setting, catalogue=catalogue) for late_row in missed),
            vacant="; ".join(catalogue.words[f"role.{role}"].vi for role in dict.fromkeys(vacant)),
            plan_due=date_vi(item.due_on) if of_target and item.due_on else "",
        ),
    )
    draft = NoticeDraft(row.kind, level, meant, subject, text, row.name, row.occurrence)
    return passed_on(draft, to, case)


def tells_of_target(item: Item, row: DeadlineRow, today: date) -> bool:
    """Whether the row is of the item's internal target; once the plan's date is past that one is told."""
    return (
        row.term is None
        and row.due_date == item.target_on
        and item.due_on is not None
        and item.due_on >= max(today, row.due_date + timedelta(days=1))
    )


def _text_of(row: DeadlineRow, level: str | None, *, of_target: bool, today: date) -> str:
    """The catalogue's key of the text. A reminder that goes out after the due date is worded as overdue, and
    what is of an internal target like what is of a term."""
    kind = f"escalation.{level}" if row.kind == "escalation" else row.kind
    if row.kind == "repeat" or (row.kind in ("reminder", "due_today") and today > row.due_date):
        kind = "overdue"
    return kind if row.term is None and not of_target else f"term.{kind}"


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


def _values(item: Item, row: DeadlineRow, to: str, case: Case, *, of_target: bool) -> dict[str, Value]:
    setting, office, machine = case.setting, case.office, case.machine(item)
    due = row.due_date if row.term or of_target else item.due_on or row.due_date
    values = {
        **NOT_TOLD,
        **item.details.told(setting.of(item), case.catalogue),
        "ref": setting.ref(item.key),
        "han": date_with_weekday_vi(due),
        "con_lai": max(0, setting.calendar.working_days_between(case.today, due)),
        "tre": days_past(due, case.today),
        "chuc_vu_nhan": _label(office, to),
        "trang_thai": machine.label_of(item).vi,
        "viec_can_lam": machine.states[item.state].todo or "cập nhật kết quả",
        # No text that ships asks for a command; an office's older one may.
        "lenh": f"tdkt deadline set {setting.ref(item.key)} NGÀY --source NGUỒN",
        "da_nhac_lan": item.alerts_of(row.term).reminded,
        "nam": item.key.year,
    }
    return {**values, **_about_term(item, row, values, case, of_target=of_target)}


NOT_TOLD: Mapping[str, Value] = MappingProxyType(
    dict.fromkeys(("so_tt", "noi_dung", "chu_tri", "don_vi"), "")
)
"""What a notice says of a task, where the item is of a subject that has nothing of the kind."""


def _about_term(
    item: Item, row: DeadlineRow, values: Mapping[str, Value], case: Case, *, of_target: bool
) -> dict[str, Value]:
    """The values that only notices of a term or a target have: its name, and what its item is."""
    if row.term is not None:
        name = _term_name(row.term, row, setting=case.setting)
    elif of_target:
        name = mid_sentence(case.catalogue.words["column.target"].vi)
    else:
        return {}
    about = case.catalogue.words[f"notice.about_{item.subject}"].vi
    return {"viec": fill(about, **values), "ten_han": name}


ALWAYS_GIVEN = ("ref", "don_vi", "trang_thai", "ten_xa", "lien_he", "viec", "viec_can_lam", "chuc_vu_nhan")
"""The values that every caused notice has besides those that its kind gives."""


def caused_notices(kinds: Sequence[str], happened: ItemEvent, case: Case) -> tuple[NoticeDraft, ...]:
    """The notices of one event, each to the accounts that its kind is for, who pass the words on where they
    speak for others.

    Who is absent today is replaced by the stand-in. No notice says a nominee's name.
    """
    setting, item, catalogue = case.setting, happened.after, case.catalogue
    machine = case.machine(item)
    told = {**item.details.told(setting.of(item), catalogue), "ref": setting.ref(item.key)}
    about = catalogue.words.get(f"notice.about_{item.subject}")
    shared = {
        **told,
        "trang_thai": machine.label_of(item).vi,
        "viec": fill(about.vi, **told) if about else told["ref"],
        "viec_can_lam": machine.states[item.state].todo or "cập nhật kết quả",
    }
    drafts: list[NoticeDraft] = []
    for kind in kinds:
        caused = machine.procedure.caused[kind]
        values = caused.values(happened)
        if values is None:
            continue
        typed = {name: with_numbers(str(values[name]), happened.names, catalogue) for name in caused.typed}
        for to in _readers(caused, happened, case):
            meant = to.instead_of or to.account
            own = {"chuc_vu_nhan": _label(case.office, meant)}
            subject, text = rendered(kind, {**shared, **values, **typed, **own}, case, reader=meant)
            drafts.append(passed_on(NoticeDraft(kind, None, meant, subject, text), to, case))
    return tuple(drafts)


def _readers(caused: CausedNotice, happened: ItemEvent, case: Case) -> Iterator[Addressee]:
    """Who gets a caused notice today. Whoever acted knows of it, under whichever of the own accounts."""
    for_them = _meant(caused, happened.after, case)
    if caused.only is not None:
        only = caused.only(happened)
        for_them = tuple(id for id in for_them if id in only)
    acted = case.office.person(case.actor.account)
    for to in addressees(for_them, case.setting.substitutions, case.today):
        if caused.receipt or case.office.person(to.account) != acted:
            yield to


def _meant(caused: CausedNotice, item: Item, case: Case) -> tuple[str, ...]:
    if caused.to is None:
        return item.asked
    standing = case.standing(item)
    if not caused.everybody:
        return owners(caused.to, standing)
    return tuple(dict.fromkeys(id for held in able(caused.to, standing) for id in held.accounts))


def _label(office: Office, account: str) -> str:
    found = office.account(account)
    return found.label.vi if found else account
