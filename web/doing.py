"""Acts of a form that are no event of an item: by whose right, once for a form, and told mistakes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from runtime.acts.acting import Acting
from runtime.views.answers import refusal_told
from web.desk import Desk
from web.failures import failed, told
from web.replies import Redirect, Reply
from workflow.model.decision import Refused
from workflow.model.errors import TdktError
from workflow.model.wording import mid_sentence


class NotPermitted(TdktError):
    """{ly_do}"""

    code = "not_permitted"


def permitted(acting: Acting, event: str, *, what: str) -> str:
    """The role by which the position may do what concerns the whole office; a refusal is logged. `what` names
    in words what it would be done to. Raises NotPermitted."""
    role = acting.entitled(event)
    if isinstance(role, str):
        return role
    raise NotPermitted(ly_do=why_not(acting, role, what=mid_sentence(what), stand_ins=False))


def why_not(acting: Acting, refused: Refused, *, what: str, stand_ins: bool = True) -> str:
    """A refusal of what `what` names in words, in one paragraph: why, the way out, and who could take it."""
    told = refusal_told(acting, refused, what=what, stand_ins=stand_ins)
    reasons = " ".join(f"{each.text}. {each.cure}. {each.able}" for each in told.reasons)
    return f"{told.head.rstrip('.:')}. {reasons}"


def once(
    desk: Desk, act: Callable[[Acting], Sequence[str]], to: str, *, again: Callable[[str], Reply]
) -> Reply:
    """Acts under the key of the form, then leads to the page `to` with what `act` says. What is sent twice is
    done once; of a mistake that can be put right `again` makes the form's page anew."""
    try:
        said = act(desk.acting_by(desk.asked.one("key")))
    except TdktError as error:
        if error.code == "done_before":
            return Redirect(to, said=(desk.words("web.done_before"),))
        if failed(error) not in CURABLE:
            raise
        return again(told(error, desk.words))
    return Redirect(to, said=said)


CURABLE = (400, 422)
"""The statuses of mistakes in what was typed, and of refusals by the record."""
