"""Logins, their sessions and invitations as they are kept: written within a unit of work, read without locks.

The statements that read are plain SQL, for looking has them too (`storage.views`). Of secrets only digests
come here; whose the tries are that failed is a keyed digest as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, text, update

from storage.database import Database
from storage.errors import translated
from storage.login_rows import (
    ACCOUNTS,
    INVITATIONS,
    LOGINS,
    SESSION,
    accounts_by_login,
    invitation_of,
    login_of,
    session_of,
)
from storage.tables import invitation, login, login_account, login_attempt, login_session, office_text
from storage.unit import UnitOfWork
from workflow.model.logins import FORGOTTEN, Invitation, KeptLogin, Session, Tries

NAME = "name"
"""The erasable word of the entry that made a login or an invitation."""


class Credentials(NamedTuple):
    """By what a login is let in: an argon2 hash, or the subject of an OIDC issuer."""

    password: str | None = None
    issuer: str | None = None
    subject: str | None = None


# -- reading ---------------------------------------------------------------------------------------------


def _rows(database: Database, sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with translated(database.where):
        return [tuple(row) for row in database.connection.execute(text(sql), params).all()]


def logins(database: Database, office: str) -> tuple[KeptLogin, ...]:
    """All that were ever made, by when."""
    held = accounts_by_login(_rows(database, ACCOUNTS, {"office": office}))
    return tuple(login_of(row, held) for row in _rows(database, LOGINS, {"office": office}))


def session(database: Database, office: str, digest: str) -> Session | None:
    found = _rows(database, SESSION, {"office": office, "digest": digest})
    return session_of(found[0]) if found else None


def accounts_of(database: Database, office: str, id: str) -> tuple[str, ...] | None:
    """The accounts that an enabled login holds; None of a disabled or unknown one."""
    here = select(login.c.id).where(login.c.office == office, login.c.id == id, login.c.disabled_at.is_(None))
    held = select(login_account.c.account).where(
        login_account.c.office == office, login_account.c.login == id
    )
    with translated(database.where):
        if database.connection.execute(here).first() is None:
            return None
        return tuple(sorted(database.connection.execute(held).scalars()))


def invitations(database: Database, office: str) -> tuple[Invitation, ...]:
    """All that were ever made, by when."""
    return tuple(invitation_of(row[1:]) for row in _rows(database, INVITATIONS, {"office": office}))


def invitation_by(database: Database, office: str, digest: str) -> Invitation | None:
    """The invitation whose secret has the digest."""
    found = _rows(database, INVITATIONS, {"office": office})
    return next((invitation_of(row[1:]) for row in found if row[0] == digest), None)


def password_of(database: Database, office: str, id: str) -> str | None:
    found = select(login.c.password).where(login.c.office == office, login.c.id == id)
    with translated(database.where):
        return database.connection.execute(found).scalar()


def login_by_subject(database: Database, office: str, issuer: str, subject: str) -> str | None:
    """The enabled login of an OIDC subject."""
    found = select(login.c.id).where(
        login.c.office == office,
        login.c.issuer == issuer,
        login.c.subject == subject,
        login.c.disabled_at.is_(None),
    )
    with translated(database.where):
        return database.connection.execute(found).scalar()


# -- logins ----------------------------------------------------------------------------------------------


def make(unit: UnitOfWork, id: str, credentials: Credentials, *, entry: str, salt: bytes) -> None:
    """Keeps a new login with the id of the entry that has its name."""
    values = {**credentials._asdict(), "salt": salt, "entry": entry, "made_at": unit.now}
    unit.execute(insert(login), {"office": unit.office, "id": id, **values})


def hold(unit: UnitOfWork, id: str, accounts: Iterable[str]) -> None:
    """Gives the login these accounts and takes all others."""
    here = [login_account.c.office == unit.office, login_account.c.login == id]
    before = set(unit.execute(select(login_account.c.account).where(*here)).scalars())
    wanted = set(accounts)
    for account in sorted(wanted - before):
        unit.execute(insert(login_account), {"office": unit.office, "login": id, "account": account})
    for account in sorted(before - wanted):
        unit.execute(delete(login_account).where(*here, login_account.c.account == account))


def change(unit: UnitOfWork, id: str, **values: Any) -> None:
    """Writes other values into a login."""
    unit.execute(update(login).where(login.c.office == unit.office, login.c.id == id).values(**values))


def erase(unit: UnitOfWork, kept: KeptLogin) -> int:
    """Removes the name wherever it stands, the password and the subject; answers with how many words went."""
    entries = select(invitation.c.entry).where(
        invitation.c.office == unit.office, invitation.c.login == kept.id
    )
    named = [kept.entry, *unit.execute(entries).scalars()]
    words = delete(office_text).where(
        office_text.c.office == unit.office, office_text.c.entry.in_(named), office_text.c.input == NAME
    )
    erased: int = unit.execute(words).rowcount
    change(unit, kept.id, password=None, issuer=None, subject=None, salt=None)
    return erased


# -- sessions --------------------------------------------------------------------------------------------


def begin_session(
    unit: UnitOfWork,
    id: str,
    *,
    digest: str,
    account: str,
    kind: str,
    label: str | None,
    expires_at: datetime,
) -> None:
    values = {"digest": digest, "login": id, "account": account, "kind": kind, "label": label}
    times = {"made_at": unit.now, "seen_at": unit.now, "expires_at": expires_at}
    unit.execute(insert(login_session), {"office": unit.office, **values, **times})
    over = [login_session.c.office == unit.office, login_session.c.expires_at < unit.now - FORGOTTEN]
    unit.execute(delete(login_session).where(*over))


def change_session(unit: UnitOfWork, digest: str, **values: Any) -> None:
    here = [login_session.c.office == unit.office, login_session.c.digest == digest]
    unit.execute(update(login_session).where(*here).values(**values))


def end_sessions(unit: UnitOfWork, id: str, *, but: str | None = None) -> int:
    """Revokes the login's sessions, but for the one of that digest; answers with how many."""
    columns = login_session.c
    here = [columns.office == unit.office, columns.login == id, columns.revoked_at.is_(None)]
    if but is not None:
        here.append(columns.digest != but)
    ended: int = unit.execute(update(login_session).where(*here).values(revoked_at=unit.now)).rowcount
    return ended


# -- invitations -----------------------------------------------------------------------------------------


def invite(
    unit: UnitOfWork,
    *,
    entry: str,
    digest: str,
    accounts: Sequence[str],
    login: str | None,
    expires_at: datetime,
) -> None:
    values = {"entry": entry, "digest": digest, "accounts": json.dumps(list(accounts)), "login": login}
    unit.execute(
        insert(invitation),
        {"office": unit.office, **values, "made_at": unit.now, "expires_at": expires_at},
    )


def change_invitation(unit: UnitOfWork, entry: str, *, standing: bool = True, **values: Any) -> bool:
    """Writes other values into an invitation; with `standing` only where it was neither used nor revoked.
    Answers whether it was."""
    columns = invitation.c
    here = [columns.office == unit.office, columns.entry == entry]
    if standing:
        here += [columns.used_at.is_(None), columns.revoked_at.is_(None)]
    changed: int = unit.execute(update(invitation).where(*here).values(**values)).rowcount
    return changed == 1


# -- tries that failed -----------------------------------------------------------------------------------


def whose_tries(digest_key: bytes, kind: str, subject: str) -> str:
    """Under what the tries of a login, a name or an address are counted."""
    return blake2b(f"{kind}:{subject}".encode(), key=digest_key, digest_size=16).hexdigest()


def tries(unit: UnitOfWork, subject: str) -> Tries | None:
    """The count under the lock of the office's row: of two tries at a time the later one sees the earlier."""
    found = select(login_attempt.c.failures, login_attempt.c.last_at).where(
        login_attempt.c.office == unit.office, login_attempt.c.subject == subject
    )
    row = unit.execute(found).first()
    return None if row is None else Tries(*row)


def count_tries(unit: UnitOfWork, subject: str, counted: Tries | None) -> None:
    """Writes the count, or that there is none; what is forgotten goes with it."""
    here = [login_attempt.c.office == unit.office]
    gone = (login_attempt.c.subject == subject) | (login_attempt.c.last_at < unit.now - FORGOTTEN)
    unit.execute(delete(login_attempt).where(*here, gone))
    if counted is not None and counted.failures > 0:
        unit.execute(insert(login_attempt), {"office": unit.office, "subject": subject, **counted._asdict()})
