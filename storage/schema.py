"""The schema of a database: brought to the newest revision by alembic, and checked before anything acts.

Nothing here is configured by a file: the migrations lie beside this module and run on the database's own
connection, in one transaction.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage import revision as revisions
from storage.database import Database
from storage.errors import DatabaseMissing, translated
from storage.log.baseline import append_baseline
from storage.revision import HEAD, TABLES, VERSION, found_version

MIGRATIONS = Path(__file__).with_name("migrations")
BOUND = "0004"
"""The revision since which entries say what rows were written."""
_LOCK = 0x74646B74  # "tdkt": what two commands that make one PostgreSQL schema at a time wait for


def create(database: Database) -> None:
    """Makes the schema, all or nothing; nothing happens where it stands already. Raises what `make` does."""
    with database.transaction():
        make(database)
        database.commit()


def make(database: Database) -> None:
    """Makes the schema within a transaction of the caller's, unless it stands already.

    Raises NewerSchema, OlderSchema, DatabaseNotOurs, VersionLost.
    """
    with translated(database.where):
        found = _held(database)
        if found is None:
            _migrate(database)
        else:
            revisions.current(found, where=database.where)


def upgrade(database: Database, *, now: datetime) -> str:
    """Brings an older schema to this version's, all or nothing; answers with the revision that it had.

    From one whose log was not bound to its rows, the log is bound to them as they stand. Raises
    DatabaseMissing, NewerSchema.
    """
    with database.transaction(), translated(database.where):
        found = _held(database)
        if found is None:
            raise DatabaseMissing(where=database.where)
        if found != HEAD:
            _migrate(database)
            if found < BOUND <= HEAD:
                append_baseline(database, now=now)
            database.commit()
        return found


def standing(database: Database) -> str:
    """The revision of the schema, this version's or an older one. Raises what `storage.revision` does."""
    with translated(database.where):
        version = found_version(lambda: database.driver.execute(VERSION).fetchone())
        return revisions.standing(version, lambda: _tables(database), where=database.where)


def check(database: Database) -> None:
    """Raises OlderSchema, and what `standing` does, unless the schema is this version's own."""
    revisions.current(standing(database), where=database.where)


def _held(database: Database) -> str | None:
    """The revision, while nobody else makes or renews the schema; None where there is none yet."""
    if database.dialect == "postgresql":
        database.driver.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
    tables = _tables(database)
    # Asked for a table that is not there, PostgreSQL would end the transaction.
    told = any(name == "alembic_version" and visible for name, visible in tables)
    version = found_version(lambda: database.driver.execute(VERSION).fetchone()) if told else None
    try:
        return revisions.standing(version, lambda: tables, where=database.where)
    except DatabaseMissing:
        return None


def _tables(database: Database) -> list[tuple[str, bool]]:
    tables: list[tuple[str, bool]] = database.driver.execute(TABLES[database.dialect]).fetchall()
    return tables


def _migrate(database: Database) -> None:
    command.upgrade(_configuration(database), HEAD)


def _configuration(database: Database) -> Config:
    configuration = Config(attributes={"connection": database.connection})
    # The parser of options would read a per cent sign in a path as a reference.
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    return configuration
