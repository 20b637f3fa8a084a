"""The notices that lines stand otherwise to their conditions since records came, or since an award on which
they rest was annulled."""

from __future__ import annotations

from collections.abc import Sequence

from workflow.engine.case import Case
from workflow.model.decision import NoticeDraft
from workflow.notices.rendering import told_to

LINES_REASSESSED = "lines_reassessed"


def reassessed_notices(lines: Sequence[str], case: Case) -> tuple[NoticeDraft, ...]:
    """To the division's officers but the one who acts: which lines, by reference and number."""
    office = case.office
    own = office.person(case.actor.account)
    officers = office.holding("officer", body=office.division) if lines else ()
    to = [account for account in officers if office.person(account) != own]
    return told_to(LINES_REASSESSED, to, {"danh_sach": ", ".join(lines), "n": len(lines)}, case)


LINES_RESTING = "lines_resting"


def resting_notices(lines: Sequence[str], case: Case) -> tuple[NoticeDraft, ...]:
    """To the standing member: which lines rest on an award that is annulled, by reference and number."""
    to = case.office.holding("standing_member") if lines else ()
    return told_to(LINES_RESTING, to, {"danh_sach": ", ".join(lines), "n": len(lines)}, case)
