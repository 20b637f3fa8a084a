"""Signing in through the issuer that vouches for the office's people: there and back."""

from __future__ import annotations

from runtime.acts import logins
from web.desk import Desk
from web.issuer import Issuer
from web.pages.problem import NoSuchPage
from web.replies import Page, Redirect, Reply, ToIssuer


def _issuer(desk: Desk) -> Issuer:
    if desk.console.issuer is None or not desk.console.gate.passwords:
        raise NoSuchPage()
    return desk.console.issuer


def begin(desk: Desk) -> Reply:
    """Sends the browser to the issuer, with an invitation that is to be accepted by it, if any."""
    wire = "https" if desk.console.secure else "http"
    back = f"{wire}://{desk.asked.host}/sso/back"
    address, state = _issuer(desk).begin(back, desk.asked.one("invitation"))
    return ToIssuer(address, state)


def end(desk: Desk) -> Reply:
    """Lets in whom the issuer vouches for: by the invitation that they brought, else as the login that is
    theirs."""
    asked, acting = desk.asked, desk.acting
    vouched = _issuer(desk).end(asked.one("state"), asked.issuer_state, asked.one("code"))
    subject = vouched.issuer, vouched.subject
    if vouched.invitation:
        id = logins.accept(acting, vouched.invitation, subject=subject, language=desk.language)
        return Redirect("/", token=logins.begin_session(acting, id, label=asked.browser))
    return Redirect("/", token=logins.sign_in_subject(acting, *subject, label=asked.browser))


PAGES = (
    Page("GET", "/sso", begin, free=True),
    Page("GET", "/sso/back", end, free=True),
)
