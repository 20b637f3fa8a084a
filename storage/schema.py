"""The schema of a database: brought to the newest revision by alembic, and checked before anything acts.

Nothing here is configured by a file: the migrations lie beside this module and run on the database's own
connection, in one transaction.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from storage.database import Database
from storage.errors import DatabaseMissing, DatabaseUnusable, NewerSchema, translated
from storage.revision import HEAD, KNOWN

MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x74646B74  # "tdkt": what two commands that make one PostgreSQL schema at a time wait for


def create(database: Database) -> None:
    """Makes or renews the schema, all or nothing; nothing happens where it is the newest already.

    Raises NewerSchema for a revision that this version does not know.
    """
    with database.transaction(), translated(database.where):
        if database.dialect == "postgresql":
            database.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = revision(database)
        if found == HEAD:
            return
        if found is not None and found not in KNOWN:
            raise NewerSchema(where=database.where, found=found)
        command.upgrade(_configuration(database), HEAD)
        database.commit()


def check(database: Database) -> None:
    """Raises DatabaseMissing, NewerSchema or DatabaseUnusable unless the schema is this version's own."""
    with translated(database.where):
        found = revision(database)
    if found is None:
        raise DatabaseMissing(where=database.where)
    if found not in KNOWN:
        raise NewerSchema(where=database.where, found=found)
    if found != HEAD:
        why = f"its schema {found} is older than this version's {HEAD}; run `tdkt upgrade` to renew it"
        raise DatabaseUnusable(where=database.where, why=why)


def revision(database: Database) -> str | None:
    """The revision that the database says it has; None where no schema was made."""
    if not inspect(database.connection).has_table("alembic_version"):
        return None
    found = database.connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _configuration(database: Database) -> Config:
    configuration = Config(attributes={"connection": database.connection})
    # The parser of options would read a per cent sign in a path as a reference.
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    return configuration
