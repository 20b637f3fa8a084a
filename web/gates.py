"""Who is signed in: on one PC whoever has the one-time link, in an office whoever has a login."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol

from runtime.acts import logins
from runtime.views.logins import login_needed, session_of
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from web.desk import Desk


class Signed(NamedTuple):
    """Somebody who is signed in: the positions that they may act from, and the one that they act from now.
    `login` is None on a PC of one's own, where nobody has a password. `language` is their choice, if any."""

    token: str
    accounts: tuple[str, ...]
    account: str | None
    language: str | None = None
    login: str | None = None
    name: str = ""


class Gate(Protocol):
    """Where tokens are known. `desk` is the request's, at which nobody is signed in yet."""

    passwords: bool

    def signed(self, desk: Desk, token: str) -> Signed | None: ...
    def choose(self, desk: Desk, signed: Signed, account: str) -> None: ...
    def speak(self, desk: Desk, signed: Signed, language: str) -> None: ...
    def sign_out(self, desk: Desk, signed: Signed, *, everywhere: bool) -> None: ...


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class OwnDesk:
    """One person at one PC: a link that is used once makes the browser known for as long as the console runs.

    Every position of the office may be acted from, as on the command line with `--as`.
    """

    passwords = False

    def __init__(self, account: str | None) -> None:
        self._links: set[str] = set()
        self._signed: dict[str, Signed] = {}
        self._account = account
        self._lock = Lock()

    def link(self) -> str:
        """The secret of a new link, to be used once."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            self._links.add(hashed(secret))
        return secret

    def enter(self, secret: str) -> str | None:
        """The token of whoever has the link; None where it is not one, or was used."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            if hashed(secret) not in self._links:
                return None
            self._links.discard(hashed(secret))
            self._signed[hashed(token)] = Signed(token, (), self._account)
        return token

    def signed(self, desk: Desk, token: str) -> Signed | None:
        with self._lock:
            found = self._signed.get(hashed(token))
        # Once somebody has a password, a link is none: whoever has it would look as any position.
        return None if found is None or login_needed(desk.looking) else found

    def choose(self, desk: Desk, signed: Signed, account: str) -> None:
        self._account = account  # the next window begins with it
        self._change(signed._replace(account=account))

    def speak(self, desk: Desk, signed: Signed, language: str) -> None:
        self._change(signed._replace(language=language))

    def _change(self, signed: Signed) -> None:
        with self._lock:
            if hashed(signed.token) in self._signed:
                self._signed[hashed(signed.token)] = signed

    def sign_out(self, desk: Desk, signed: Signed, *, everywhere: bool) -> None:
        with self._lock:
            if everywhere:
                self._signed.clear()
            self._signed.pop(hashed(signed.token), None)


class LoginGate:
    """People with a name and a password, or an issuer that vouches for them: what is known of them stands in
    the database (`runtime.acts.logins`)."""

    passwords = True

    def signed(self, desk: Desk, token: str) -> Signed | None:
        found = session_of(desk.looking, token)
        if found is None:
            return None
        # Who looks waits for no writer: that the session is used is written with what is done.
        if found.due and desk.asked.method == "POST":
            with suppress(TdktError):  # it is written next time
                logins.touch(desk.acting, token)
        return Signed(token, found.accounts, found.account, found.language, found.login, found.name or "")

    def choose(self, desk: Desk, signed: Signed, account: str) -> None:
        logins.switch(desk.acting, signed.token, account)

    def speak(self, desk: Desk, signed: Signed, language: str) -> None:
        assert signed.login is not None
        logins.set_language(desk.acting, signed.login, language)

    def sign_out(self, desk: Desk, signed: Signed, *, everywhere: bool) -> None:
        assert signed.login is not None
        if everywhere:
            logins.sign_out_everywhere(desk.acting, signed.login)
        else:
            logins.sign_out(desk.acting, signed.token)
