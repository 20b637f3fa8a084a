"""What is said on the page that follows an act, or of one that was refused."""

from __future__ import annotations

from collections.abc import Sequence

from runtime.views.answers import Answer, refusal_told
from web.desk import Desk
from web.replies import Shown
from workflow.model.decision import Refused


def said_of(answer: Answer) -> Sequence[str]:
    """What was done, what is remarkable of it, and how it is taken back; a line each."""
    lines = (answer.head, answer.into, *answer.warnings, *answer.confirmed, answer.undone)
    return tuple(line for line in lines if line)


def refusal_page(desk: Desk, refused: Refused, *, what: str, back: str) -> Shown:
    """Why what concerns the whole office was refused, with the way `back`; `what` names in words what it
    would have been done to."""
    told = refusal_told(desk.looking, refused, what=desk.words.inside(what), stand_ins=False)
    return Shown("refusal", {"answer": told, "back": back}, 422)
