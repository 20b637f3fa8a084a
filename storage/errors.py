"""Errors of the database, translated from the drivers' own; each docstring is its default sentence.

No driver is imported here, so that looking commands, which know one driver only, can use it.
"""

from __future__ import annotations

import errno
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


class AddressNotEscaped(BadDatabaseUrl):
    """A password or name in the address {where} has signs that must be escaped; write @ as %40, / as %2F."""

    code = "address_not_escaped"


class SqliteSettings(BadDatabaseUrl):
    """'{where}': an sqlite URL has no settings; leave out what follows the question mark, or write it %3F."""

    code = "sqlite_settings"


class NoDatabaseFile(BadDatabaseUrl):
    """'{where}' names no file; write sqlite:///PATH, or the file's name."""

    code = "no_database_file"


class NotAFile(DatabaseUnusable):
    """{where} is a folder; name a file in it, like {where}/tdkt.db."""

    code = "database_folder"


class NoFolder(DatabaseUnusable):
    """The folder of {where} does not exist and cannot be made; make it, or name another place."""

    code = "no_folder"


class NoDriver(DatabaseUnusable):
    """The driver for {where} is not installed; install `tdkt[pg]`."""

    code = "no_postgresql_driver"


class DatabaseMissing(DatabaseUnusable):
    """There is no database at {where}; `tdkt init` makes one, --db or TDKT_DB names another."""

    code = "database_missing"


class DatabaseReadOnly(DatabaseUnusable):
    """The database {where} cannot be written; allow writing to the file and its folder."""

    code = "database_read_only"


class DatabaseCorrupt(DatabaseUnusable):
    """The file {where} is damaged or no database: {why}. Restore it from a backup."""

    code = "database_corrupt"


class DatabaseTorn(DatabaseCorrupt):
    """The file {where} is damaged; restore it from a backup."""

    code = "database_torn"


class NotADatabase(DatabaseCorrupt):
    """The file {where} is no database, or damaged; name the right one with --db, or restore it."""

    code = "not_a_database"


class DatabaseNotOurs(DatabaseUnusable):
    """{where} is no database of tdkt; name the right one with --db or TDKT_DB."""

    code = "database_not_ours"


class VersionLost(DatabaseUnusable):
    """The database {where} does not say its version any more; restore it from a backup."""

    code = "version_lost"


class Standby(DatabaseUnusable):
    """The server {where} only reads, like a standby; nothing has changed. Name the one that writes."""

    code = "standby"


class Starting(DatabaseUnusable):
    """The server {where} is starting, or follows another one and answers nobody. Wait, then repeat."""

    code = "server_starting"


class Unreachable(DatabaseUnusable):
    """No server answers at {where}; see whether it runs and whether its address is right, then repeat."""

    code = "server_unreachable"


class ConnectionLost(DatabaseUnusable):
    """The connection to {where} broke; nothing has changed. Repeat the command."""

    code = "connection_lost"


class CommitLost(DatabaseUnusable):
    """The connection to {where} broke while the change was being kept; see whether it was, then repeat."""

    code = "commit_lost"


class OutcomeUnknown(DatabaseUnusable):
    """It is not known whether it was done: the connection to {where} broke. Repeat it with --key {key}."""

    code = "outcome_unknown"


class DoneBefore(TdktError):
    """The command of the key {key} was carried out before; nothing was done again."""

    code = "done_before"
    exit_code = 0


class KeyTaken(TdktError):
    """The key {key} was used for another command; give another one, or none."""

    code = "key_taken"


class NoSuchDatabase(DatabaseUnusable):
    """The server has no such database as {where}; make it there with createdb, or name another with --db."""

    code = "no_such_database"


class ServerFull(DatabaseUnusable):
    """The server {where} has no connection free; wait a moment and repeat, or allow it more."""

    code = "server_full"


class SettingRefused(DatabaseUnusable):
    """A pool at {where} refuses a setting of the address; leave it out, or let the pool ignore it."""

    code = "setting_refused"


class NotEncrypted(DatabaseUnusable):
    """No encrypted connection to {where} comes about; see sslmode and the certificates."""

    code = "not_encrypted"


class EntryDenied(DatabaseUnusable):
    """The server {where} does not let this role in; see its name, its password and what the server allows."""

    code = "entry_denied"


class DatabaseReplaced(DatabaseUnusable):
    """The file {where} was replaced by another meanwhile; nothing has changed. Look again, then repeat."""

    code = "database_replaced"


class HardLinked(DatabaseUnusable):
    """The file {where} has several names (hard links), and each would have its own lock; leave it one."""

    code = "hard_linked"


class NoRights(DatabaseUnusable):
    """The role has no rights for this in {where}; let the owner do it, or give it the rights."""

    code = "no_rights"


class DiskFull(DatabaseUnusable):
    """The disk of {where} is full. Make room and repeat; nothing has changed."""

    code = "disk_full"


class DiskFault(DatabaseUnusable):
    """The disk of {where} fails to read or write; nothing has changed. See to it, then repeat."""

    code = "disk_fault"


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


def unwritable(error: OSError, *, where: str) -> DatabaseUnusable:
    """Why a file of the database cannot be made or written."""
    kind = DiskFull if error.errno in _FULL else DiskFault if error.errno == errno.EIO else DatabaseReadOnly
    return kind(where=where)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_SQLITE = (
    ("database is locked", Locked),
    ("database table is locked", Locked),
    ("readonly", DatabaseReadOnly),
    ("read-only", DatabaseReadOnly),
    ("disk is full", DiskFull),
    ("disk i/o", DiskFault),
    # Whether the file exists is looked at before it is opened: what cannot be opened then is its journal.
    ("unable to open", DatabaseReadOnly),
    ("malformed", DatabaseTorn),
    ("unsupported file format", DatabaseTorn),
    ("could not decode", DatabaseTorn),
    ("not a database", NotADatabase),
    ("encrypted", NotADatabase),
    ("json cannot hold", DatabaseTorn),
    ("no such table", DatabaseTorn),
    ("no such column", DatabaseTorn),
)
_POSTGRESQL: Mapping[str, type[TdktError]] = MappingProxyType(
    {
        "25006": Standby,
        "3D000": NoSuchDatabase,
        "40001": Locked,  # on a standby, a look that was in the way of what it takes over
        "40P01": Deadlock,
        "42501": NoRights,
        "42P01": DatabaseMissing,
        "42P07": DatabaseNotOurs,
        "53100": DiskFull,
        "53300": ServerFull,
        "55P03": Locked,
        "57014": Locked,
        "57P03": Starting,
    }
)
_CONNECTING = (
    ("read-only", Standby),
    ("hot standby", Standby),
    ("recovery mode", Starting),
    ("starting up", Starting),
    ("shutting down", Starting),
    ("not accepting", Starting),
    ("not yet accepting", Starting),
    ("too many", ServerFull),
    ("connection slots", ServerFull),
    ("no more connections", ServerFull),
    ("startup parameter", SettingRefused),
    ("no such database", NoSuchDatabase),
    ('role "', EntryDenied),
    ("does not exist", NoSuchDatabase),
    ("authentication", EntryDenied),
    ("no password", EntryDenied),
    ("pg_hba", EntryDenied),
    ("no such user", EntryDenied),
    ("permission denied", EntryDenied),
    ("definition of service", BadDatabaseUrl),
    ("ssl", NotEncrypted),
    ("certificate", NotEncrypted),
)
"""In this order, since of several hosts each has its say: one that only reads is nearer than a dead one."""
_LOST = ("08", "28", "53", "57")
"""Classes of SQLSTATE that speak of the server or the way to it, not of the statement."""


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
            kind = DatabaseTorn  # neither the statement nor the machine: the file
        return kind(where=where) if kind else None
    if "psycopg.Error" in names:
        state: str | None = getattr(error, "sqlstate", None)
        if state is not None and state in _POSTGRESQL:
            return _POSTGRESQL[state](where=where)
        if "psycopg.OperationalError" in names and (state is None or state[:2] in _LOST):
            return ConnectionLost(where=where)
    return None


def not_connected(said: str, *, where: str) -> TdktError:
    """Why no connection came about, by what the server or libpq says: it has no code for that."""
    return next((ours for words, ours in _CONNECTING if words in said.lower()), Unreachable)(where=where)
