"""Coming in and going out: the one-time link, name and password, invitations, the position, the language."""

from __future__ import annotations

from runtime.acts import logins
from runtime.office.sentences import bounded, sentence
from runtime.views.logins import invitation_of
from web.desk import Desk
from web.gates import OwnDesk
from web.guide import guide_values
from web.pages.problem import NoSuchPage
from web.replies import Data, Download, Page, Redirect, Reply, Shown
from web.security import inside
from workflow.model.errors import TdktError
from workflow.model.naming import account_meant

KEPT = "kept."
"""Before the names of what was typed into a form whose sender was no longer signed in."""


def ask_to_sign_in(desk: Desk, wrong: str = "", status: int = 401) -> Reply:
    """What whoever is not signed in sees; what they had typed travels on in the page."""
    values = {
        "kept": _kept(desk),
        "to": inside(desk.asked.one("to") or desk.asked.path),
        "name": desk.asked.one("name") if desk.asked.path == "/login" else "",
        "wrong": wrong,
        "issuer": desk.console.issuer.host if desk.console.issuer else "",
    }
    return Shown("entering", values, status)


def _kept(desk: Desk) -> list[tuple[str, str]]:
    """What was typed, by name, without what belongs to the form itself."""
    typed = desk.asked.typed
    if desk.asked.path == "/login":
        return [
            (name.removeprefix(KEPT), each) for name in typed if name.startswith(KEPT) for each in typed[name]
        ]
    own = ("key", "version", "preview", "password", "old", "again")
    return [(name, word) for name, words in typed.items() if name not in own for word in words]


def enter(desk: Desk) -> Reply:
    """Uses the link of a PC of one's own."""
    gate = desk.console.gate
    token = gate.enter(desk.asked.place["secret"]) if isinstance(gate, OwnDesk) else None
    if token is None:
        return ask_to_sign_in(desk)
    return Redirect("/", token=token)


def login(desk: Desk) -> Reply:
    """Lets somebody in by name and password; what was typed before that is handed back."""
    asked = desk.asked
    if not desk.console.gate.passwords:
        return ask_to_sign_in(desk)
    try:
        token = logins.sign_in(
            desk.acting,
            asked.one("name"),
            asked.words("password"),
            address=asked.address,
            label=asked.browser,
        )
    except TdktError as error:
        return ask_to_sign_in(desk, bounded(sentence(error, desk.words)), status=401)
    to, kept = inside(asked.one("to", "/")), _kept(desk)
    if not kept:
        return Redirect(to, token=token)
    return Shown("kept", {"to": to, "kept": kept, "form": "/do/" in to}, token=token)


def invited(desk: Desk) -> Reply:
    """The page of an invitation: whom it is for, and a password to be set."""
    return _invitation(desk)


def _invitation(desk: Desk, wrong: str = "", status: int = 200) -> Reply:
    found = invitation_of(desk.looking, desk.asked.place["secret"])
    if found is None:
        raise logins.InvitationGone()
    positions = [desk.looking.account(each) for each in found.accounts]
    values = {
        "name": found.name or "",
        "holds": positions,
        "wrong": wrong,
        "issuer": desk.console.issuer.host if desk.console.issuer else "",
        "secret": desk.asked.place["secret"],
    }
    return Shown("invited", values, status)


def accept(desk: Desk) -> Reply:
    """Sets the password of an invitation and signs in."""
    asked, secret = desk.asked, desk.asked.place["secret"]
    if asked.words("password") != asked.words("again"):
        return _invitation(desk, desk.words("web.entering.not_alike"), 422)
    try:
        id = logins.accept(desk.acting, secret, password=asked.words("password"), language=desk.language)
    except logins.InvitationGone:
        raise
    except TdktError as error:
        return _invitation(desk, bounded(sentence(error, desk.words)), 422)
    return Redirect("/", token=logins.begin_session(desk.acting, id, label=asked.browser))


def choose(desk: Desk) -> Reply:
    """Changes the position from which one acts."""
    assert desk.signed is not None
    account = account_meant(desk.asked.one("account"), desk.looking.directory)
    if account in desk.accounts:
        desk.console.gate.choose(desk, desk.signed, account)
    return Redirect(inside(desk.asked.one("to", "/")))


def speak(desk: Desk) -> Reply:
    assert desk.signed is not None
    language = desk.asked.one("language")
    if language in ("vi", "en"):
        desk.console.gate.speak(desk, desk.signed, language)
    return Redirect(inside(desk.asked.one("to", "/")))


def leave(desk: Desk) -> Reply:
    assert desk.signed is not None
    everywhere = desk.asked.one("everywhere") == "yes"
    desk.console.gate.sign_out(desk, desk.signed, everywhere=everywhere)
    return Redirect("/", token="")


def log_size(desk: Desk) -> Reply:
    """How many entries there are: pages ask whether something happened since they were made."""
    return Data({"size": desk.looking.reading.logged(desk.looking.office)})


def guide(desk: Desk) -> Reply:
    """How another PC comes to trust this console; open to whoever is not let in yet."""
    made = desk.console.certificates
    if made is None:
        raise NoSuchPage()
    address = f"https://{desk.asked.host}/"
    return Shown("guide", guide_values(made, address=address, words=desk.words))


def certificate(desk: Desk) -> Reply:
    made = desk.console.certificates
    if made is None:
        raise NoSuchPage()
    return Download(made.cer.name, "application/x-x509-ca-cert", made.cer.read_bytes())


PAGES = (
    Page("GET", "/guide", guide, free=True),
    Page("GET", "/tdkt.cer", certificate, free=True),
    Page("GET", "/log-size", log_size),
    Page("GET", "/enter/{secret}", enter, free=True),
    Page("GET", "/login", ask_to_sign_in, free=True),
    Page("POST", "/login", login, free=True, acts=True),
    Page("GET", "/i/{secret}", invited, free=True),
    Page("POST", "/i/{secret}", accept, free=True, acts=True),
    Page("POST", "/position", choose, acts=True),
    Page("POST", "/language", speak, acts=True),
    Page("POST", "/leave", leave, acts=True),
)
