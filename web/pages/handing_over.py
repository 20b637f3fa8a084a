"""Who does what several may do: claiming an item, letting go of it, passing it on, taking it back."""

from __future__ import annotations

from runtime.acts import claiming
from runtime.acts.acting import Acting
from runtime.views.answers import handover_told
from runtime.views.fields import Option
from web.desk import Desk
from web.doing import once, why_not
from web.links import item_path
from web.pages.item import item_meant
from web.replies import Page, Reply, Shown
from workflow.engine.claiming import CLAIM, DELEGATE, RELEASE, TAKE_BACK
from workflow.engine.substituting import has_business
from workflow.model.decision import Refused
from workflow.model.errors import TdktError, UnknownReference
from workflow.model.facts import Item
from workflow.rules.inputs import read_note

DOING = {CLAIM: claiming.claim, RELEASE: claiming.release, TAKE_BACK: claiming.take_back}


class NotPassedOn(TdktError):
    """{ly_do}"""

    code = "not_passed_on"


def show(desk: Desk, mistake: str = "") -> Reply:
    item, looking = item_meant(desk), desk.looking
    office, asked = looking.directory, desk.asked
    takers = [
        Option(account.id, looking.account(account.id))
        for account in office.accounts
        if has_business(office, account.id) and account.id != desk.account
    ]
    values = {
        "ref": looking.ref(item.key),
        "about": looking.content(item),
        "path": item_path(item.key),
        "acts": _acts(item),
        "owners": [looking.position(id) for id in item.owners],
        "claimed_by": looking.position(item.claimed_by) if item.claimed_by else "",
        "given_by": looking.position(item.delegated_by) if item.delegated_by else "",
        "takers": takers,
        "taker": asked.one("to"),
        "reason": asked.one("reason"),
        "mistake": mistake,
    }
    return Shown("handing_over", values, 422 if mistake else 200)


def _acts(item: Item) -> tuple[str, ...]:
    """What can become of it as it stands; who may is said by the act itself."""
    if not item.owners:
        return ()
    if item.delegated_by is not None:
        return (TAKE_BACK,)
    return (CLAIM, DELEGATE) if item.claimed_by is None else (RELEASE, DELEGATE)


def do(desk: Desk) -> Reply:
    item, asked = item_meant(desk), desk.asked

    def act(acting: Acting) -> tuple[str, ...]:
        ref, chosen = item.key.in_year, asked.one("act")
        if chosen == DELEGATE:
            reason = read_note(asked.one("reason") or None, event=DELEGATE)
            answer = claiming.delegate(acting, ref, to=asked.one("to"), reason=reason)
        elif (doing := DOING.get(chosen)) is not None:
            answer = doing(acting, ref)
        else:
            raise UnknownReference(ref=chosen)
        if isinstance(answer, Refused):
            raise NotPassedOn(ly_do=why_not(acting, answer, what=acting.ref(item.key)))
        return (handover_told(acting, answer),)

    return once(desk, act, item_path(item.key), again=lambda mistake: show(desk, mistake))


PAGES = (
    Page("GET", "/items/{year}/{ref}/hand", show),
    Page("POST", "/items/{year}/{ref}/hand", do, acts=True),
)
