"""Coming in and going out: the one-time link, the position, the language."""

from __future__ import annotations

from web.desk import Desk
from web.gates import OwnDesk
from web.replies import Data, Page, Redirect, Reply, Shown
from web.security import inside
from workflow.model.naming import account_meant


def ask_to_sign_in(desk: Desk) -> Reply:
    """What whoever is not signed in sees; what they had typed is kept in the page (`kept`)."""
    return Shown("entering", {"kept": _kept(desk), "to": desk.asked.path}, 401)


def _kept(desk: Desk) -> list[tuple[str, str]]:
    own = ("key", "version")
    return [(name, word) for name, words in desk.asked.typed.items() if name not in own for word in words]


def enter(desk: Desk) -> Reply:
    """Uses the link of a PC of one's own."""
    gate = desk.console.gate
    token = gate.enter(desk.asked.place["secret"]) if isinstance(gate, OwnDesk) else None
    if token is None:
        return ask_to_sign_in(desk)
    return Redirect("/", token=token)


def choose(desk: Desk) -> Reply:
    """Changes the position from which one acts."""
    assert desk.signed is not None
    account = account_meant(desk.asked.one("account"), desk.looking.directory)
    if account in desk.accounts:
        desk.console.gate.choose(desk.connections, desk.signed, account)
    return Redirect(inside(desk.asked.one("to", "/")))


def speak(desk: Desk) -> Reply:
    assert desk.signed is not None
    language = desk.asked.one("language")
    if language in ("vi", "en"):
        desk.console.gate.speak(desk.connections, desk.signed, language)
    return Redirect(inside(desk.asked.one("to", "/")))


def leave(desk: Desk) -> Reply:
    assert desk.signed is not None
    everywhere = desk.asked.one("everywhere") == "yes"
    desk.console.gate.sign_out(desk.connections, desk.signed, everywhere=everywhere)
    return Redirect("/", token="")


def log_size(desk: Desk) -> Reply:
    """How many entries there are: pages ask whether something happened since they were made."""
    heads = desk.looking.reading.heads(desk.looking.office)
    return Data({"size": sum(head.size for head in heads)})


PAGES = (
    Page("GET", "/log-size", log_size),
    Page("GET", "/enter/{secret}", enter, free=True),
    Page("POST", "/position", choose, acts=True),
    Page("POST", "/language", speak, acts=True),
    Page("POST", "/leave", leave, acts=True),
)
