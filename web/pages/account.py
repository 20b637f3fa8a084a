"""What belongs to the login of whoever is signed in: where it is signed in, its password, a token."""

from __future__ import annotations

from runtime.acts import logins
from runtime.office.sentences import bounded, sentence
from runtime.views.logins import logins_shown
from web.desk import Desk, NotForYou
from web.replies import Page, Redirect, Reply, Shown
from workflow.model.errors import TdktError


def account(desk: Desk) -> Reply:
    return _page(desk)


def _page(desk: Desk, wrong: str = "", token: str = "", status: int = 200) -> Reply:
    if desk.signed is None or desk.signed.login is None:
        raise NotForYou(chuc_vu="—")
    looking = desk.looking
    own = next(each for each in logins_shown(looking).logins if each.login == desk.signed.login)
    sessions = [
        (
            desk.words(f"web.account.{each.kind}"),
            each.label or "",
            looking.position(each.account),
            looking.moment(each.seen_at),
            looking.moment(each.ends_at),
        )
        for each in own.sessions
    ]
    return Shown(
        "account", {"name": own.name or "", "sessions": sessions, "wrong": wrong, "shown": token}, status
    )


def change_password(desk: Desk) -> Reply:
    asked = desk.asked
    assert desk.signed is not None
    if asked.words("password") != asked.words("again"):
        return _page(desk, desk.words("web.entering.not_alike"), status=422)
    try:
        logins.change_password(
            desk.acting, desk.signed.token, asked.words("old"), asked.words("password"), address=asked.address
        )
    except TdktError as error:
        return _page(desk, bounded(sentence(error, desk.words)), status=422)
    return Redirect("/account", said=(desk.words("web.account.changed"),))


def issue_token(desk: Desk) -> Reply:
    """A token for the command line, shown once."""
    if desk.signed is None or desk.signed.login is None or desk.account is None:
        raise NotForYou(chuc_vu="—")
    token = logins.issue_terminal_token(
        desk.acting, desk.signed.login, desk.account, label=desk.asked.one("label") or None
    )
    return _page(desk, token=token)


PAGES = (
    Page("GET", "/account", account),
    Page("POST", "/account/password", change_password, acts=True),
    Page("POST", "/account/token", issue_token, acts=True),
)
