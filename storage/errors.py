"""Errors of the database, translated from the drivers' own; each docstring is its default sentence.

No driver is imported here, so that looking commands, which know one driver only, can use it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType, TracebackType

from workflow.model.errors import CONFLICT, UNUSABLE, TdktError


class DatabaseUnusable(TdktError):
    """The database {where} cannot be used: {why}. Nothing has changed."""

    code = "database"
    exit_code = UNUSABLE


class BadDatabaseUrl(DatabaseUnusable):
    """'{where}' is no database URL; write sqlite:///PATH or postgresql://…"""

    code = "bad_database_url"


class DatabaseMissing(DatabaseUnusable):
    """There is no database at {where}; `tdkt init` makes one, --db or TDKT_DB names another."""

    code = "database_missing"


class DatabaseReadOnly(DatabaseUnusable):
    """The database {where} cannot be written: {why}. Allow writing to the file and its folder."""

    code = "database_read_only"


class DatabaseCorrupt(DatabaseUnusable):
    """The file {where} is damaged or no database: {why}. Restore it from a backup."""

    code = "database_corrupt"


class NoRights(DatabaseUnusable):
    """The role has no rights for this in {where}: {why}. Let the owner do it, or give it the rights."""

    code = "no_rights"


class DiskFull(DatabaseUnusable):
    """The disk of {where} is full. Make room and repeat; nothing has changed."""

    code = "disk_full"


class NewerSchema(DatabaseUnusable):
    """The database {where} was made by a newer tdkt (schema {found}); install that version."""

    code = "newer_schema"


class OlderSchema(DatabaseUnusable):
    """The database {where} is of an older tdkt (schema {found}, now {head}); `tdkt upgrade` brings it up."""

    code = "older_schema"


class NetworkPath(DatabaseUnusable):
    """The database {where} lies on a network share, where locks do not hold; put it on a local disk."""

    code = "network_path"


class ReleasedDefinition(TdktError):
    """{name}/{version} ({kind}) stands with other content; a released version is followed, never edited."""

    code = "released_definition"


class Locked(TdktError):
    """The database {where} is locked by another program; nothing has changed. Wait a moment and repeat."""

    code = "locked"
    exit_code = CONFLICT


class Deadlock(TdktError):
    """Two commands waited for each other; nothing has changed. Repeat the command."""

    code = "deadlock"
    exit_code = CONFLICT


_SQLITE = (
    ("database is locked", Locked),
    ("database table is locked", Locked),
    ("readonly", DatabaseReadOnly),
    ("read-only", DatabaseReadOnly),
    ("disk is full", DiskFull),
    ("disk i/o", DatabaseUnusable),
    # Whether the file exists is looked at before it is opened: what cannot be opened then is its journal.
    ("unable to open", DatabaseReadOnly),
    ("malformed", DatabaseCorrupt),
    ("unsupported file format", DatabaseCorrupt),
    ("could not decode", DatabaseCorrupt),
    ("not a database", DatabaseCorrupt),
    ("encrypted", DatabaseCorrupt),
    ("json cannot hold", DatabaseCorrupt),
    ("no such table", DatabaseCorrupt),
    ("no such column", DatabaseCorrupt),
)
_POSTGRESQL: Mapping[str, type[TdktError]] = MappingProxyType(
    {
        "53100": DiskFull,
        "25006": DatabaseReadOnly,
        "40P01": Deadlock,
        "55P03": Locked,
        "42P01": DatabaseMissing,
        "42501": NoRights,
        "3D000": DatabaseMissing,
    }
)
_LOST = ("08", "28", "53", "57")
"""Classes of SQLSTATE that speak of the server or the way to it, not of the statement."""


def without_password(url: str) -> str:
    """A database's address as it may be shown."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


class translated:  # noqa: N801
    """Turns a driver's operational error into ours, `from` the original; integrity errors pass unchanged.

    SQLAlchemy's wrapping of a driver's error is looked through. It stands around every statement, so it is
    a class: a generator as a context manager costs three times as much.
    """

    __slots__ = ("_where",)

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, TdktError) or not isinstance(error, Exception):
            return
        ours = _translation(getattr(error, "orig", None) or error, self._where)
        if ours is not None:
            raise ours from error


def _translation(error: object, where: str) -> TdktError | None:
    names = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    why = " ".join(str(error).split())
    if "sqlite3.DatabaseError" in names and "sqlite3.IntegrityError" not in names:
        kind = next((ours for words, ours in _SQLITE if words in why.lower()), None)
        if kind is None and type(error).__name__ == "DatabaseError":
            kind = DatabaseCorrupt  # neither the statement nor the machine: the file
        if "Could not decode" in why:
            why = "a text is no UTF-8"  # the driver quotes it, and it may be a person's name
        return kind(where=where, why=why) if kind else None
    if "psycopg.Error" in names:
        state: str | None = getattr(error, "sqlstate", None)
        if state is not None and state in _POSTGRESQL:
            return _POSTGRESQL[state](where=where, why=why)
        if "psycopg.OperationalError" in names and (state is None or state[:2] in _LOST):
            return DatabaseUnusable(where=where, why=why)
    return None
