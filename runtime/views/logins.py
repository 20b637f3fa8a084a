"""Who can sign in, where people are signed in, which invitations are open; who is signed in by a token."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from runtime.office.looking import Looking
from storage.login_rows import digest_of
from workflow.model.logins import Invitation, KeptLogin, Session, SignedIn, ends_at, signed_in


class LoginRecord(NamedTuple):
    """A login for scripts and pages; `name` is null once it was erased, `seen_at` where it is signed in
    nowhere. `sessions` are those that still last."""

    login: str
    name: str | None
    accounts: tuple[str, ...]
    enabled: bool
    by: str | None
    seen_at: datetime | None
    sessions: tuple[SessionRecord, ...]


class SessionRecord(NamedTuple):
    """Where somebody is signed in: `label` is the browser or the computer."""

    kind: str
    label: str | None
    account: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


class InvitationRecord(NamedTuple):
    """An invitation that can be accepted; `login` is whose password it would change."""

    invitation: str
    name: str | None
    accounts: tuple[str, ...]
    login: str | None
    made_at: datetime
    expires_at: datetime


class LoginsShown(NamedTuple):
    logins: tuple[LoginRecord, ...]
    invitations: tuple[InvitationRecord, ...]


def logins_shown(looking: Looking) -> LoginsShown:
    """All logins, and the invitations that are open."""
    reading, office, now = looking.reading, looking.office, looking.now
    sessions = [each for each in reading.login_sessions(office) if now < ends_at(each)]
    return LoginsShown(
        tuple(
            _login(kept, [each for each in sessions if each.login == kept.id])
            for kept in reading.logins(office)
        ),
        tuple(
            InvitationRecord(each.entry, each.name, each.accounts, each.login, each.made_at, each.expires_at)
            for _digest, each in reading.invitations(office)
            if each.open(now)
        ),
    )


def _login(kept: KeptLogin, sessions: list[Session]) -> LoginRecord:
    return LoginRecord(
        login=kept.id,
        name=kept.name,
        accounts=kept.accounts,
        enabled=kept.disabled_at is None,
        by="password" if kept.has_password else "sso" if kept.has_subject else None,
        seen_at=max((each.seen_at for each in sessions), default=None),
        sessions=tuple(
            SessionRecord(
                each.kind, each.label, each.account, each.made_at, each.seen_at, ends_at=ends_at(each)
            )
            for each in sessions
        ),
    )


def login_needed(looking: Looking) -> bool:
    """Whether somebody can sign in, so that acting needs a login."""
    return any(each.disabled_at is None for each in looking.reading.logins(looking.office))


def session_of(looking: Looking, token: str) -> SignedIn | None:
    """Who is signed in by the token; None where nobody is any more. Where it is `due`, that the session was
    used is still to be written (`runtime.acts.logins.touch`)."""
    kept = looking.reading.login_session(looking.office, digest_of(token))
    if kept is None:
        return None
    held = next(
        (each.accounts for each in looking.reading.logins(looking.office) if each.id == kept.login), ()
    )
    return signed_in(kept, [each for each in held if looking.directory.account(each)], now=looking.now)


def invitation_of(looking: Looking, secret: str) -> Invitation | None:
    """The invitation of a link; None of one that was used, withdrawn, is past its date or never was."""
    digest = digest_of(secret)
    found = (each for own, each in looking.reading.invitations(looking.office) if own == digest)
    return next((each for each in found if each.open(looking.now)), None)
