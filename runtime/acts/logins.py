"""Logins: inviting a person, setting a password, signing in and out, disabling, erasing.

A login is made by an invitation: a link that is used once and ends. That a login or an invitation was made,
changed or withdrawn stands in the log, by the login's random id: no name, no secret. Where people are signed
in, and what they failed to be, is not logged, and a clock that is doubted keeps nobody out. Who uses an
invitation has no account yet, so that is the act of the account that was invited.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from secrets import token_urlsafe
from typing import NamedTuple, TypeVar

from runtime.acts.acting import Acting, Done
from runtime.acts.passwords import STRANGER, hashed, is_it, is_older
from runtime.office.looking import local_time
from runtime.office.opened import NotHeld
from runtime.office.results import new_key
from storage import logins
from storage.log.entries import SALT_SIZE
from storage.login_rows import digest_of
from storage.logins import NAME, Credentials, whose_tries
from storage.unit import UnitOfWork
from workflow.model.context import Actor
from workflow.model.decision import FreeText
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.logins import (
    DAYS,
    LIMITS,
    MOST_DAYS,
    OF_ADDRESS,
    OF_LOGIN,
    TERMINAL,
    WEB,
    Invitation,
    KeptLogin,
    SignedIn,
    Tries,
    failed_again,
    free_at,
    login_names,
    signed_in,
)
from workflow.model.naming import NotNamed, UnknownName, bare, called
from workflow.model.passwords import LEAST, MOST, password_fault
from workflow.model.roles import SYSTEM
from workflow.model.signs import composed

Answered = TypeVar("Answered")

LEAST_ID = 6
"""Digits of an id that are enough to name it."""
SECRET = 32
"""Random bytes of a token or a link."""
LONGEST_NAME = LONGEST_LABEL = 200


class SignInRefused(TdktError):
    """The name or the password is not right; check both, then try again."""

    code = "sign_in_refused"


class TryAgainAt(TdktError):
    """That failed too often; try again at {gio}."""

    code = "try_again_at"


class InvitationGone(TdktError):
    """This invitation was used, withdrawn, or is past its date; ask the administrator for another one."""

    code = "invitation_gone"


class PasswordShort(UsageMistake):
    """The password has fewer than {n} signs; a sentence of a few words is good and easy to keep."""

    code = "password_short"


class PasswordLong(UsageMistake):
    """The password has more than {n} signs; choose a shorter one."""

    code = "password_long"


class PasswordCommon(UsageMistake):
    """The password is easily guessed: common words, names, dates, rows of keys. Choose words of your own."""

    code = "password_common"


class NoAccounts(UsageMistake):
    """Name at least one account for whom the login is."""

    code = "no_accounts"


class BadName(UsageMistake):
    """Give the person's name, of at most {n} signs."""

    code = "bad_name"


class BadDays(UsageMistake):
    """An invitation is good for 1 to {n} days."""

    code = "bad_days"


class NotForRecovery(UsageMistake):
    """Without a login only an administrator's account can be invited: {danh_sach}."""

    code = "not_for_recovery"


class StillEnabled(UsageMistake):
    """The login of {ten} is not disabled yet; disable it first, then erase its name."""

    code = "still_enabled"


class SubjectTaken(TdktError):
    """This sign-in belongs to another login already; ask the administrator."""

    code = "subject_taken"


class Invited(NamedTuple):
    """An invitation that was just made: its secret is told once, and kept nowhere."""

    secret: str
    id: str
    invitation: Invitation

    @property
    def path(self) -> str:
        """Where the console takes it."""
        return f"/i/{self.secret}"


# -- invitations -----------------------------------------------------------------------------------------


def invite(
    acting: Acting,
    accounts: Sequence[str],
    name: str,
    *,
    role: str | None,
    days: int = DAYS,
    login: str | None = None,
    recover: bool = False,
) -> Invited:
    """Makes an invitation; `login` is an existing one that gets another password by it, and keeps its name
    and accounts. To `recover` the program itself invites to an administrator's account.

    Raises NoAccounts, UnknownActor, BadName, BadDays, NotForRecovery.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadDays(n=MOST_DAYS)
    kept = next((each for each in logins.logins(acting.database, acting.office) if each.id == login), None)
    held = kept.accounts if kept else tuple(sorted({acting.known_account(each) for each in accounts}))
    named = (kept.name or "") if kept else " ".join(composed(name).split())
    if not held:
        raise NoAccounts()
    if kept is None and not 1 <= len(named) <= LONGEST_NAME:
        raise BadName(n=LONGEST_NAME)
    if recover:
        _check_recovery(acting, held)
    secret = token_urlsafe(SECRET)
    expires_at = acting.now + timedelta(days=days)

    def work(unit: UnitOfWork) -> Done[Invited]:
        entry = acting.record(
            unit,
            "invite",
            {"accounts": list(held), "days": days},
            role=role,
            actor=Actor(SYSTEM) if recover else None,
            texts=(FreeText(NAME, named),) if named else (),
        )
        logins.invite(
            unit, entry=entry, digest=digest_of(secret), accounts=held, login=login, expires_at=expires_at
        )
        made = Invitation(entry, named, held, login, unit.now, expires_at, None, None)
        return Done(Invited(secret, entry, made))

    return acting.act(work)


def _check_recovery(acting: Acting, accounts: Collection[str]) -> None:
    able = [each.id for each in acting.directory.accounts if "administrator" in each.roles]
    if not set(accounts) <= set(able):
        raise NotForRecovery(danh_sach=", ".join(able))


def accept(
    acting: Acting,
    secret: str,
    *,
    password: str | None = None,
    subject: tuple[str, str] | None = None,
    language: str | None = None,
) -> str:
    """Uses an invitation, once: makes its login, or gives the one that it is for another password; answers
    with the login's id. By a `password`, or as the (issuer, subject) that OIDC vouches for.

    Raises InvitationGone, PasswordShort, PasswordLong, PasswordCommon, SubjectTaken.
    """
    digest = digest_of(secret)
    found = logins.invitation_by(acting.database, acting.office, digest)
    if found is None or not found.open(acting.now):
        raise InvitationGone()
    accounts = [each for each in found.accounts if acting.directory.account(each)]
    if not accounts:
        raise InvitationGone()
    if subject is None:
        checked = _checked(acting, password or "", found.name)
        credentials = Credentials(password=hashed(checked))
    else:
        taken = logins.login_by_subject(acting.database, acting.office, *subject)
        if taken is not None and taken != found.login:
            raise SubjectTaken()
        credentials = Credentials(None, *subject)
    id = found.login or os.urandom(16).hex()
    texts = (FreeText(NAME, found.name),) if found.name else ()

    def work(unit: UnitOfWork) -> Done[str]:
        unit.login = id
        new = found.login is None
        entry = acting.record(
            unit,
            "accept_invitation" if new else "change_password",
            {"accounts": [*accounts]} if new else {},
            role=None,
            actor=Actor(accounts[0]),
            texts=texts if new else (),
        )
        if new:
            logins.make(unit, id, credentials, entry=entry, salt=os.urandom(SALT_SIZE))
            logins.hold(unit, id, accounts)
        else:
            kept = {name: value for name, value in credentials._asdict().items() if value is not None}
            logins.change(unit, id, **kept)
            logins.end_sessions(unit, id)
        if language is not None:
            logins.change(unit, id, language=language)
        # Of two who use one link at a time the second finds it used.
        if not logins.change_invitation(unit, found.entry, used_at=unit.now, login=id):
            raise InvitationGone()
        return Done(id)

    return acting.act(work)


def revoke_invitation(acting: Acting, id: str, *, role: str | None) -> None:
    """Withdraws an invitation by its id. Raises InvitationGone."""

    def work(unit: UnitOfWork) -> Done[None]:
        acting.record(unit, "revoke_invitation", {}, role=role)
        if not logins.change_invitation(unit, id, revoked_at=unit.now):
            raise InvitationGone()
        return Done(None)

    acting.act(work)


# -- signing in and out ----------------------------------------------------------------------------------


def sign_in(
    acting: Acting,
    name: str,
    password: str,
    *,
    address: str,
    kind: str = WEB,
    label: str | None = None,
    account: str | None = None,
) -> str:
    """Signs in by a person's name, or by an account that only one login holds; answers with the token, which
    is told once. `address` is where the try came from, `account` the one to begin with.

    A try is counted before it is looked at, so that many at a time are not heard either; a known and an
    unknown name take as long. Raises SignInRefused, TryAgainAt, NotHeld.
    """
    kept = [each for each in logins.logins(acting.database, acting.office) if each.disabled_at is None]
    meant = called(name, login_names(kept))
    id = meant if isinstance(meant, str) else None
    counted = _counted(acting, ("login", id) if id else ("name", bare(name)), address)
    stored = logins.password_of(acting.database, acting.office, id) if id else None
    right = is_it(composed(password)[: MOST + 1], stored or STRANGER)
    if id is None or stored is None or not right:
        raise SignInRefused()
    if is_older(stored):
        renewed = hashed(composed(password))
        _renew(acting, id, renewed)
    _forgive(acting, counted)
    return begin_session(acting, id, kind=kind, label=label, account=account)


def sign_in_subject(
    acting: Acting,
    issuer: str,
    subject: str,
    *,
    label: str | None = None,
    account: str | None = None,
) -> str:
    """The same for whom an OIDC issuer vouches. Raises SignInRefused, NotHeld."""
    id = logins.login_by_subject(acting.database, acting.office, issuer, subject)
    if id is None:
        raise SignInRefused()
    return begin_session(acting, id, kind=WEB, label=label, account=account)


def begin_session(
    acting: Acting, login: str, *, kind: str = WEB, label: str | None = None, account: str | None = None
) -> str:
    """Signs a login in that was let in already, as by an invitation; answers with the token.

    Raises SignInRefused, NotHeld.
    """
    held = accounts_of(acting, login)
    if not held:
        raise SignInRefused()
    chosen = held[0] if account is None else acting.known_account(account)
    _check_held(chosen, held)
    token = token_urlsafe(SECRET)

    def work(unit: UnitOfWork) -> Done[str]:
        logins.begin_session(
            unit,
            login,
            digest=digest_of(token),
            account=chosen,
            kind=kind,
            label=composed(label)[:LONGEST_LABEL] if label else None,
            expires_at=unit.now + LIMITS[kind].whole,
        )
        return Done(token)

    return _unlogged(acting, work)


def issue_terminal_token(acting: Acting, login: str, account: str, *, label: str | None = None) -> str:
    """A token for the command line, for somebody who is signed in in a browser. Raises NotHeld."""
    return begin_session(acting, login, kind=TERMINAL, label=label, account=account)


def session_of(acting: Acting, token: str) -> SignedIn | None:
    """Who is signed in by the token; None where nobody is any more. Writes nothing: `touch` does."""
    kept = logins.session(acting.database, acting.office, digest_of(token))
    if kept is None:
        return None
    return signed_in(kept, accounts_of(acting, kept.login), now=acting.now)


def accounts_of(acting: Acting, login: str) -> tuple[str, ...]:
    """The accounts that an enabled login holds, of those that the office still has."""
    held = logins.accounts_of(acting.database, acting.office, login) or ()
    return tuple(each for each in held if acting.directory.account(each))


def sign_in_by_token(acting: Acting, token: str) -> None:
    """Has the command act by the token's login, as the account that the login chose where none is named. A
    token that is not good any more signs nobody in, which acting refuses where it must."""
    now = session_of(acting, token)
    if now is None:
        return
    named = acting.options.actor or acting.environment.get("TDKT_ACTOR") or now.account
    acting.options = acting.options._replace(login=now.login, actor=named)
    if now.due:
        touch(acting, token)


def touch(acting: Acting, token: str) -> None:
    """Writes that the session is used now."""

    def work(unit: UnitOfWork) -> Done[None]:
        logins.change_session(unit, digest_of(token), seen_at=unit.now)
        return Done(None)

    _unlogged(acting, work)


def switch(acting: Acting, token: str, account: str) -> SignedIn:
    """Chooses another account of the login for the session. Raises SignInRefused, UnknownActor, NotHeld."""
    now = session_of(acting, token)
    if now is None:
        raise SignInRefused()
    account = acting.known_account(account)
    _check_held(account, now.accounts)

    def work(unit: UnitOfWork) -> Done[SignedIn]:
        logins.change_session(unit, digest_of(token), account=account, seen_at=unit.now)
        return Done(now._replace(account=account))

    return _unlogged(acting, work)


def sign_out(acting: Acting, token: str) -> None:
    """Ends the session; nothing happens where there is none."""

    def work(unit: UnitOfWork) -> Done[None]:
        logins.change_session(unit, digest_of(token), revoked_at=unit.now)
        return Done(None)

    _unlogged(acting, work)


def sign_out_everywhere(acting: Acting, login: str, *, but: str | None = None) -> int:
    """Ends all sessions of the login, but for the one with the token `but`; answers with how many."""

    def work(unit: UnitOfWork) -> Done[int]:
        return Done(logins.end_sessions(unit, login, but=digest_of(but) if but else None))

    return _unlogged(acting, work)


def change_password(acting: Acting, token: str, old: str, new: str, *, address: str) -> None:
    """Gives whoever is signed in another password and ends all other sessions.

    Raises SignInRefused, TryAgainAt, PasswordShort, PasswordLong, PasswordCommon.
    """
    now = session_of(acting, token)
    if now is None:
        raise SignInRefused()
    checked = _checked(acting, new, now.name)
    counted = _counted(acting, ("login", now.login), address)
    stored = logins.password_of(acting.database, acting.office, now.login)
    if not is_it(composed(old)[: MOST + 1], stored or STRANGER) or stored is None:
        raise SignInRefused()
    _forgive(acting, counted)
    renewed = hashed(checked)

    def work(unit: UnitOfWork) -> Done[None]:
        unit.login = now.login
        acting.record(unit, "change_password", {}, role=None, actor=Actor(now.account))
        logins.change(unit, now.login, password=renewed)
        logins.end_sessions(unit, now.login, but=digest_of(token))
        return Done(None)

    acting.act(work)


def set_language(acting: Acting, login: str, language: str) -> None:
    """In what language the console speaks to the login: `vi` or `en`."""

    def work(unit: UnitOfWork) -> Done[None]:
        logins.change(unit, login, language=language)
        return Done(None)

    _unlogged(acting, work)


# -- what an administrator does --------------------------------------------------------------------------


def login_named(acting: Acting, typed: str) -> KeptLogin:
    """The login that is meant by a name, an account or the beginning of its id. Raises UnknownName."""
    kept = logins.logins(acting.database, acting.office)
    begun = [each for each in kept if len(typed) >= LEAST_ID and each.id.startswith(typed.lower())]
    meant = begun[0].id if len(begun) == 1 else called(typed, login_names(kept))
    if isinstance(meant, NotNamed):
        raise UnknownName("login", meant)
    return next(each for each in kept if each.id == meant)


def open_invitation(acting: Acting, typed: str) -> Invitation | None:
    """The open invitation that is meant by its name or the beginning of its id; None where none is."""
    found = [each for each in logins.invitations(acting.database, acting.office) if each.open(acting.now)]
    meant = [
        each
        for each in found
        if (len(typed) >= LEAST_ID and each.entry.startswith(typed.lower()))
        or (each.name and bare(each.name) == bare(typed))
    ]
    return meant[0] if len(meant) == 1 else None


def end_sessions(acting: Acting, login: str, *, role: str | None) -> int:
    """Ends all sessions of somebody else's login, with an entry; answers with how many."""

    def work(unit: UnitOfWork) -> Done[int]:
        acting.record(unit, "end_sessions", {"login": login}, role=role)
        return Done(logins.end_sessions(unit, login))

    return acting.act(work)


def disable(acting: Acting, login: str, *, role: str | None) -> None:
    """Lets the login in no more, and ends its sessions."""

    def work(unit: UnitOfWork) -> Done[None]:
        acting.record(unit, "disable_login", {"login": login}, role=role)
        logins.change(unit, login, disabled_at=unit.now)
        logins.end_sessions(unit, login)
        return Done(None)

    acting.act(work)


def enable(acting: Acting, login: str, *, role: str | None) -> None:
    """Lets the login in again."""

    def work(unit: UnitOfWork) -> Done[None]:
        acting.record(unit, "enable_login", {"login": login}, role=role)
        logins.change(unit, login, disabled_at=None)
        return Done(None)

    acting.act(work)


def set_accounts(acting: Acting, login: str, accounts: Sequence[str], *, role: str | None) -> None:
    """Gives the login these accounts and takes all others. Raises UnknownActor, NoAccounts."""
    held = tuple(sorted({acting.known_account(each) for each in accounts}))
    if not held:
        raise NoAccounts()

    def work(unit: UnitOfWork) -> Done[None]:
        acting.record(unit, "set_accounts", {"login": login, "accounts": list(held)}, role=role)
        logins.hold(unit, login, held)
        return Done(None)

    acting.act(work)


def erase_login(acting: Acting, login: KeptLogin, *, role: str | None) -> int:
    """Erases the name of a disabled login, its password and its subject; answers with how many words went.
    Raises StillEnabled."""
    if login.disabled_at is None:
        raise StillEnabled(ten=login.name or login.id)

    def work(unit: UnitOfWork) -> Done[int]:
        acting.record(unit, "erase_login", {"login": login.id}, role=role)
        return Done(logins.erase(unit, login))

    return acting.act(work)


def _renew(acting: Acting, login: str, password: str) -> None:
    """Keeps the same password hashed anew."""

    def work(unit: UnitOfWork) -> Done[None]:
        logins.change(unit, login, password=password)
        return Done(None)

    acting.act(work)


# -- below -----------------------------------------------------------------------------------------------


def _unlogged(acting: Acting, work: Callable[[UnitOfWork], Done[Answered]]) -> Answered:
    """Carries out what is no command of the caller's: its key stays unused."""
    return acting.act(work, key=new_key(), any_clock=True)


class _Counted(NamedTuple):
    """A try that was counted before it was looked at: under what, with the count before."""

    login: str
    address: str


def _counted(acting: Acting, subject: tuple[str, str], address: str) -> _Counted:
    """Counts a try as one that failed. Raises TryAgainAt where it is not heard."""
    key = acting.row.digest_key
    counted = _Counted(whose_tries(key, *subject), whose_tries(key, "address", address))

    def work(unit: UnitOfWork) -> Done[None]:
        unit.lock_office()
        for whose, free in ((counted.login, OF_LOGIN), (counted.address, OF_ADDRESS)):
            before = logins.tries(unit, whose)
            again = free_at(before, free=free, now=unit.now)
            # A sandbox's clock that stands still would never come to that time.
            if again is not None and not (acting.row.sandbox and acting.options.now is None):
                # To the next full minute: a time on a clock's face must not be too early.
                told = local_time(again + timedelta(seconds=59), acting.zone)
                raise TryAgainAt(gio=told)
            logins.count_tries(unit, whose, failed_again(before, now=unit.now))
        return Done(None)

    _unlogged(acting, work)
    return counted


def _forgive(acting: Acting, counted: _Counted) -> None:
    """Takes back that a try was counted: the login's all, of the address this one."""

    def work(unit: UnitOfWork) -> Done[None]:
        unit.lock_office()
        logins.count_tries(unit, counted.login, None)
        before = logins.tries(unit, counted.address)
        if before is not None:
            logins.count_tries(unit, counted.address, Tries(before.failures - 1, before.last_at))
        return Done(None)

    _unlogged(acting, work)


def _checked(acting: Acting, password: str, name: str | None) -> str:
    """The password in NFC. Raises PasswordShort, PasswordLong, PasswordCommon."""
    kept = composed(password)
    fault = password_fault(kept, [each for each in (name, acting.office, acting.row.title) if each])
    if fault == "short":
        raise PasswordShort(n=LEAST)
    if fault == "long":
        raise PasswordLong(n=MOST)
    if fault == "common":
        raise PasswordCommon()
    return kept


def _check_held(account: str, held: Collection[str]) -> None:
    if account not in held:
        raise NotHeld(tai_khoan=account, danh_sach=", ".join(held))
