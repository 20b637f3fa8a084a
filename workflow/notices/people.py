"""The notices about who does the work: of substitutions, ordered or ended, and of items handed to another.

They go to the people concerned and say what these are to do. No notice says a nominee's name.
"""

from __future__ import annotations

from collections.abc import Mapping

from workflow.engine.case import Case
from workflow.engine.claiming import DELEGATE, Handover
from workflow.model.decision import NoticeDraft
from workflow.model.substitution import Substitution
from workflow.model.wording import Value, date_vi, date_with_weekday_vi, fill
from workflow.notices.rendering import passed_on, position_of, rendered, with_numbers

SUBSTITUTION, DELEGATION = "substitution", "delegation"


def substitution_notices(
    substitution: Substitution,
    *,
    reason: str | None,
    basis: str | None,
    case: Case,
) -> tuple[NoticeDraft, ...]:
    """To the absent account and its stand-in: when one acts for the other, why, and by which paper."""
    values = {
        "tu": date_vi(substitution.from_day),
        "den": date_vi(substitution.last_day),
        "ly_do": _within_sentence(reason) if reason else None,
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
        "chuc_vu_thay": position_of(office, substitution.stand_in),
        "chuc_vu_vang": position_of(office, substitution.absent),
    }
    subject, text = rendered(kind, {**people, **values}, case)
    return tuple(
        NoticeDraft(SUBSTITUTION, None, account, subject, text)
        for account in (substitution.stand_in, substitution.absent)
    )


def delegation_notices(handed: Handover, *, names: Mapping[str, str], case: Case) -> tuple[NoticeDraft, ...]:
    """To the other account: that the item was handed to it, or that this has ended.

    `names` are the nominees' by number; a reason that says one is given with the number instead.
    """
    office, item = case.office, handed.item
    machine, about = case.machine(item), case.catalogue.words[f"notice.{item.subject}_content"].vi
    given = handed.entry.event == DELEGATE
    reason = next((text.value for text in handed.entry.texts if text.field == "reason"), None)
    drafts = []
    for to in handed.to:
        meant = to.instead_of or to.account
        values: dict[str, Value] = {
            "ref": case.setting.ref(item.key),
            "noi_dung": fill(about, **item.details.told(case.setting.of(item), case.catalogue)),
            "han": date_with_weekday_vi(item.due_on) if item.due_on else None,
            "trang_thai": machine.label_of(item).vi,
            "viec_can_lam": machine.states[item.state].todo or "cập nhật kết quả",
            "chuc_vu_nhan": position_of(office, meant),
            "chuc_vu_vang": position_of(office, str(handed.giver)),
            "chuc_vu_thay": position_of(office, handed.taker),
            "ly_do": reason and with_numbers(_within_sentence(reason), names, case.catalogue),
        }
        text_key = DELEGATION if given else "delegation_ended"
        subject, text = rendered(text_key, values, case, reader=meant)
        draft = NoticeDraft(DELEGATION, None, meant, subject, text)
        drafts.append(passed_on(draft, to, case))
    return tuple(drafts)


def _within_sentence(reason: str) -> str:
    return " ".join(reason.split()).rstrip(" .;")
