"""Refusals of what concerns the whole office: told like an item's, and logged."""

from __future__ import annotations

from commands.reasons import refuse
from commands.session import Session
from workflow.model.decision import Refused
from workflow.model.rights import refusal, role_for
from workflow.model.wording import mid_sentence


def permitted(session: Session, event: str, *, what: str) -> str:
    """The role by which the acting account may; without one it says who can, logs it and exits with 1.

    `what` names in words what the event would be done to.
    """
    acting = session.acting
    role = role_for(acting.directory, acting.actor.account, event)
    if role is not None:
        return role
    reason = refusal(acting.directory, event)
    acting.record_refusal(event, reason)
    refuse(session, Refused(event, (reason,)), what=mid_sentence(what), stand_ins=False)
