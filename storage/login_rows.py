"""What both sides read of logins, sessions and invitations, and how a row becomes a value. Loads nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from workflow.model.logins import Invitation, KeptLogin, Session

_NAMED = (
    "LEFT JOIN office_text t ON t.office = l.office AND t.entry = l.entry AND t.input = 'name'"
    " WHERE l.office = :office"
)
SESSION = (
    "SELECT s.login, s.account, s.kind, s.label, s.made_at, s.seen_at, s.expires_at, s.revoked_at,"
    " l.disabled_at, l.language, t.value"
    f" FROM login_session s JOIN login l ON l.office = s.office AND l.id = s.login {_NAMED}"
    " AND s.digest = :digest"
)
SESSIONS = SESSION.replace(" AND s.digest = :digest", " AND s.revoked_at IS NULL ORDER BY s.seen_at")
ACCOUNTS = "SELECT login, account FROM login_account WHERE office = :office ORDER BY login, account"
LOGINS = (
    "SELECT l.id, l.entry, t.value, l.language, l.made_at, l.disabled_at,"
    " l.password IS NOT NULL, l.subject IS NOT NULL"
    f" FROM login l {_NAMED} ORDER BY l.made_at, l.id"
)
INVITATIONS = (
    "SELECT l.digest, l.entry, t.value, l.accounts, l.login, l.made_at, l.expires_at, l.used_at, l.revoked_at"
    f" FROM invitation l {_NAMED} ORDER BY l.made_at, l.entry"
)


def digest_of(secret: str) -> str:
    """What is kept of a random secret. It is as long as its digest, so no salt is needed."""
    return sha256(secret.encode()).hexdigest()


def session_of(row: Sequence[Any]) -> Session:
    """A row of SESSION."""
    login, account, kind, label, *times, language, name = row
    made, seen, expires = map(_instant, times[:3])
    revoked, disabled = map(_perhaps, times[3:])
    return Session(login, account, kind, label, made, seen, expires, revoked, disabled, language, name)


def login_of(row: Sequence[Any], accounts: Mapping[str, tuple[str, ...]]) -> KeptLogin:
    """A row of LOGINS."""
    id, entry, name, language, made_at, disabled_at, password, subject = row
    return KeptLogin(
        id,
        entry,
        name,
        accounts.get(id, ()),
        language,
        _instant(made_at),
        _perhaps(disabled_at),
        bool(password),
        bool(subject),
    )


def accounts_by_login(rows: Iterable[Sequence[Any]]) -> Mapping[str, tuple[str, ...]]:
    """Rows of ACCOUNTS by their login."""
    held: dict[str, tuple[str, ...]] = {}
    for login, account in rows:
        held[login] = (*held.get(login, ()), account)
    return held


def invitation_of(row: Sequence[Any]) -> Invitation:
    """A row of INVITATIONS without its digest."""
    entry, name, accounts, login, made, expires, used, revoked = row
    times = (_instant(made), _instant(expires), _perhaps(used), _perhaps(revoked))
    return Invitation(entry, name, tuple(json.loads(accounts)), login, *times)


def _instant(value: datetime | str) -> datetime:
    """As the drivers give it: SQLite keeps text."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def _perhaps(value: datetime | str | None) -> datetime | None:
    return None if value is None else _instant(value)
