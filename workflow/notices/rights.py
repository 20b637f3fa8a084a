"""The notices about changed rights: that somebody is asked to agree to them, and that they are in force."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workflow.engine.case import Case
from workflow.model.decision import NoticeDraft
from workflow.model.wording import date_vi
from workflow.notices.rendering import position_of, told_to

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
    return told_to(RIGHTS_PROPOSED, to, values, case)


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
    return told_to(RIGHTS_CHANGED, case.office.holding("council_member"), values, case)


def _summary(said: Sequence[str]) -> str:
    more = f"; và {len(said) - SAID} thay đổi khác" if len(said) > SAID else ""
    return "; ".join(said[:SAID]) + more
