"""Notices of who does the work: a substitution that was ordered or ended, an item that was passed on.

Pure. Each goes to the people whom it is about, and says what they are to do; no nominee's name is in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from workflow.engine.case import Case
from workflow.engine.claiming import DELEGATE, Handed
from workflow.model.decision import NoticeDraft
from workflow.model.definition import Catalogue, Office
from workflow.model.facts import Item
from workflow.model.substitution import Substitution
from workflow.model.wording import (
    Value,
    date_vi,
    date_with_weekday_vi,
    fill,
    position,
    render_notice,
    without_names,
)
from workflow.notices.deadline import SUPERIORS, passed_on

SUBSTITUTION, DELEGATION = "substitution", "delegation"


def substitution_notices(
    substitution: Substitution,
    *,
    reason: str | None,
    basis: str | None,
    case: Case,
) -> tuple[NoticeDraft, ...]:
    """To both: from which day to which day one acts for the other, why and by which paper."""
    values = {
        "tu": date_vi(substitution.from_day),
        "den": date_vi(substitution.last_day),
        "ly_do": _inside(reason) if reason else None,
        "van_ban": basis,
    }
    return _to_both(SUBSTITUTION, substitution, values, case)


def ended_notices(substitution: Substitution, case: Case) -> tuple[NoticeDraft, ...]:
    """To both: that the substitution ends today, before its time."""
    values = {"ngay": date_vi(case.today)}
    return _to_both("substitution_ended", substitution, values, case)


def _to_both(
    kind: str, substitution: Substitution, values: Mapping[str, Value], case: Case
) -> tuple[NoticeDraft, ...]:
    office = case.office
    people = {
        "chuc_vu_thay": _position(office, substitution.stand_in),
        "chuc_vu_vang": _position(office, substitution.absent),
    }
    subject, text = _rendered(kind, {**people, **values}, case)
    return tuple(
        NoticeDraft(SUBSTITUTION, None, account, subject, text)
        for account in (substitution.stand_in, substitution.absent)
    )


def delegation_notices(handed: Handed, *, names: Mapping[int, str], case: Case) -> tuple[NoticeDraft, ...]:
    """To the other one: that the item was passed on, or that this is over; `names` are the nominees' and are
    said by number."""
    office, item = case.office, handed.item
    machine = case.machine(item)
    given = handed.entry.event == DELEGATE
    reason = next((text.value for text in handed.entry.texts if text.field == "reason"), None)
    drafts = []
    for to in handed.to:
        meant = to.instead_of or to.account
        account = office.account(meant)
        values: dict[str, Value] = {
            "ref": item.key.ref,
            "noi_dung": _content(item, case),
            "han": date_with_weekday_vi(item.due_on) if item.due_on else None,
            "trang_thai": machine.label(item.state, item.kind).vi,
            "viec_can_lam": machine.states[item.state].todo or "cập nhật kết quả",
            "chuc_vu_nhan": _position(office, meant),
            "chuc_vu_vang": _position(office, str(handed.giver)),
            "chuc_vu_thay": _position(office, handed.taker),
            "ly_do": _numbered(reason, names, case.catalogue),
        }
        subject, text = _rendered(
            DELEGATION if given else "delegation_ended",
            values,
            case,
            superior=account is not None and any(role in SUPERIORS for role in account.roles),
        )
        draft = NoticeDraft(DELEGATION, None, meant, subject, text)
        drafts.append(passed_on(draft, to, case))
    return tuple(drafts)


def _numbered(reason: str | None, names: Mapping[int, str], catalogue: Catalogue) -> str | None:
    """The reason as it stands within a sentence, with "nominee 3" where a nominee is named."""
    if reason is None:
        return None
    nominee = catalogue.words["notice.nominee"].vi
    instead = {name: fill(nominee, so=no) for no, name in names.items()}
    return without_names(_inside(reason), instead)


def _inside(reason: str) -> str:
    return " ".join(reason.split()).rstrip(" .;")


def _content(item: Item, case: Case) -> str:
    """What the item is about: a task's content, a dossier's body and title."""
    if item.task is not None:
        return item.task.content
    if item.dossier is None:
        return ""
    body, title = case.office.body(item.dossier.body), case.setting.rules.title(item.dossier.title)
    return fill(
        case.catalogue.words["notice.dossier_content"].vi,
        don_vi=body.name if body else item.dossier.body,
        danh_hieu=title.label.vi if title else item.dossier.title,
    )


def _position(office: Office, account: str) -> str:
    found = office.account(account)
    return position(found.label.vi) if found else account


def _rendered(
    kind: str, values: Mapping[str, Value], case: Case, *, superior: bool = False
) -> tuple[str, str]:
    return render_notice(
        case.catalogue,
        kind,
        values=values,
        office_title=case.office.title,
        contact=case.office.contact,
        sandbox=case.setting.sandbox,
        derived=False,
        superior=superior,
    )
