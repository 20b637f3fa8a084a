"""The notice to the council that somebody's rights, or the rules of voting, are others from now on."""

from __future__ import annotations

from collections.abc import Sequence

from workflow.engine.case import Case
from workflow.model.decision import NoticeDraft
from workflow.model.substitution import addressees
from workflow.model.wording import date_vi
from workflow.notices.rendering import passed_on, position_of, rendered

RIGHTS_CHANGED = "rights_changed"
SAID = 8
"""Changes that the notice says; of more it says how many."""


def rights_notices(said: Sequence[str], *, proposed_by: str, case: Case) -> tuple[NoticeDraft, ...]:
    """To every member of the council: the changes, who proposed them, who agreed; none without a change."""
    office, members = case.office, case.office.holding("council_member")
    if not said:
        return ()
    more = f"; và {len(said) - SAID} thay đổi khác" if len(said) > SAID else ""
    drafts = []
    for to in addressees(members, case.setting.substitutions, case.today):
        meant = to.instead_of or to.account
        values = {
            "chuc_vu_nhan": position_of(office, meant),
            "nguoi": position_of(office, proposed_by),
            "nguoi_dong_y": position_of(office, case.actor.account),
            "ngay": date_vi(case.today),
            "tom_tat": "; ".join(said[:SAID]) + more,
        }
        subject, text = rendered(RIGHTS_CHANGED, values, case, reader=meant)
        drafts.append(passed_on(NoticeDraft(RIGHTS_CHANGED, None, meant, subject, text), to, case))
    return tuple(drafts)
