"""The schema of a database: brought to the newest revision by alembic, and checked before anything acts.

Nothing here is configured by a file: the migrations lie beside this module and run on the database's own
connection, in one transaction.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from storage.database import Database
from storage.errors import DatabaseMissing, NewerSchema, OlderSchema, translated
from storage.log.baseline import append_baseline
from storage.revision import HEAD, KNOWN

MIGRATIONS = Path(__file__).with_name("migrations")
BOUND = "0004"
"""The revision since which entries say what rows were written."""
_LOCK = 0x74646B74  # "tdkt": what two commands that make one PostgreSQL schema at a time wait for


def create(database: Database) -> None:
    """Makes the schema, all or nothing; nothing happens where it stands already.

    Raises NewerSchema, OlderSchema.
    """
    with database.transaction(), translated(database.where):
        if _held(database) is None:
            _migrate(database)
            database.commit()
        check(database)


def upgrade(database: Database, *, now: datetime) -> str:
    """Brings an older schema to this version's, all or nothing; answers with the revision that it had.

    From one whose log was not bound to its rows, the log is bound to them as they stand. Raises
    DatabaseMissing, NewerSchema.
    """
    with database.transaction(), translated(database.where):
        found = _known(database, _held(database))
        if found != HEAD:
            _migrate(database)
            if found < BOUND <= HEAD:
                append_baseline(database, now=now)
            database.commit()
        return found


def standing(database: Database) -> str:
    """The revision of the schema, this version's or an older one. Raises DatabaseMissing, NewerSchema."""
    with translated(database.where):
        return _known(database, revision(database))


def check(database: Database) -> None:
    """Raises DatabaseMissing, NewerSchema or OlderSchema unless the schema is this version's own."""
    found = standing(database)
    if found != HEAD:
        raise OlderSchema(where=database.where, found=found, head=HEAD)


def revision(database: Database) -> str | None:
    """The revision that the database says it has; None where no schema was made. Asked in a transaction,
    PostgreSQL would end that where there is no schema."""
    try:
        found = database.connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (OperationalError, ProgrammingError) as error:
        if "alembic_version" in str(error.orig):
            return None
        raise
    return None if found is None else str(found)


def _held(database: Database) -> str | None:
    """The revision, while nobody else makes or renews the schema."""
    if database.dialect == "postgresql":
        database.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    return revision(database) if inspect(database.connection).has_table("alembic_version") else None


def _known(database: Database, found: str | None) -> str:
    if found is None:
        raise DatabaseMissing(where=database.where)
    if found not in KNOWN:
        raise NewerSchema(where=database.where, found=found)
    return found


def _migrate(database: Database) -> None:
    command.upgrade(_configuration(database), HEAD)


def _configuration(database: Database) -> Config:
    configuration = Config(attributes={"connection": database.connection})
    # The parser of options would read a per cent sign in a path as a reference.
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    return configuration
