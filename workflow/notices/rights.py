"""The notices about changed rights: that somebody is asked to agree to them, and that they are in force."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from workflow.engine.case import Case
from workflow.model.decision import NoticeDraft
from workflow.model.substitution import addressees
from workflow.model.wording import Value, date_vi
from workflow.notices.rendering import passed_on, position_of, rendered

RIGHTS_PROPOSED, RIGHTS_CHANGED = "rights_proposed", "rights_changed"
SAID = 8
"""Changes that a notice says; of more it says how many."""


def proposed_notices(
    said: Sequence[str], *, to: Collection[str], title: str, case: Case
) -> tuple[NoticeDraft, ...]:
    """To everybody who may agree: what the acting account proposes, and what it would change."""
    values = {
        "nguoi": position_of(case.office, case.actor.account),
        "ten_dinh_nghia": title,
        "tom_tat": _summary(said) if said else None,
    }
    return _told(RIGHTS_PROPOSED, to, values, case)


def rights_notices(said: Sequence[str], *, proposed_by: str, case: Case) -> tuple[NoticeDraft, ...]:
    """To every member of the council: the changes, who proposed them, who agreed; none without a change."""
    if not said:
        return ()
    values = {
        "nguoi": position_of(case.office, proposed_by),
        "nguoi_dong_y": position_of(case.office, case.actor.account),
        "ngay": date_vi(case.today),
        "tom_tat": _summary(said),
    }
    return _told(RIGHTS_CHANGED, case.office.holding("council_member"), values, case)


def _summary(said: Sequence[str]) -> str:
    more = f"; và {len(said) - SAID} thay đổi khác" if len(said) > SAID else ""
    return "; ".join(said[:SAID]) + more


def _told(
    kind: str, accounts: Collection[str], values: Mapping[str, Value], case: Case
) -> tuple[NoticeDraft, ...]:
    drafts = []
    for to in addressees(accounts, case.setting.substitutions, case.today):
        meant = to.instead_of or to.account
        named = {**values, "chuc_vu_nhan": position_of(case.office, meant)}
        subject, text = rendered(kind, named, case, reader=meant)
        drafts.append(passed_on(NoticeDraft(kind, None, meant, subject, text), to, case))
    return tuple(drafts)
