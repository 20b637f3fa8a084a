"""Refusals of what concerns the whole office: told like an item's."""

from __future__ import annotations

from commands.reasons import refuse
from commands.session import Session
from workflow.model.wording import mid_sentence


def permitted(session: Session, event: str, *, what: str) -> str:
    """The role by which the acting account may; without one it says who can and exits with 1.

    `what` names in words what the event would be done to.
    """
    role = session.acting.entitled(event)
    if isinstance(role, str):
        return role
    refuse(session, role, what=mid_sentence(what), stand_ins=False)
