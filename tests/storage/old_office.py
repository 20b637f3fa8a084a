"""An office as the version with schema 0001 wrote it: a sandbox from January to March 2026, and its people.

`office_0001.sql.gz` is the dump of its SQLite file; on PostgreSQL the migration 0001 makes the tables and the
same rows are written into them. T01 to T03 were submitted, one approval was refused, T04 has a date, D0001 a
nominee; the reminders of February went out.
"""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, Table, text

from storage import schema
from storage.database import Database

DUMP = Path(__file__).with_name("office_0001.sql.gz")
LEFT_OUT = frozenset({"alembic_version"})


def write_sqlite(path: Path) -> str:
    """The old database as a file; answers with its address."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress(DUMP.read_bytes()).decode())
    return f"sqlite:///{path}"


def write_postgresql(url: str, folder: Path) -> str:
    """The same rows in an empty PostgreSQL database."""
    source = Database(write_sqlite(folder / "source.db"))
    with source, Database(url) as target, target.transaction():
        command.upgrade(schema._configuration(target), "0001")
        known = MetaData()
        known.reflect(target.connection)
        tables = [table for table in known.sorted_tables if table.name not in LEFT_OUT]
        # Entries last: the triggers take an item only before the entry that moved it.
        for table in sorted(tables, key=lambda table: table.name == "entry"):
            _copy(source.connection, target.connection, table)
        target.commit()
    return url


def _copy(source: Connection, target: Connection, table: Table) -> None:
    columns = {column.name: str(column.type) for column in table.columns}
    found = source.execute(text(f"SELECT {', '.join(columns)} FROM {table.name}")).mappings()
    rows = [{name: _as_postgresql(kind, row[name]) for name, kind in columns.items()} for row in found]
    marks = ", ".join(f"CAST(:{name} AS {kind})" for name, kind in columns.items())
    if rows:
        target.execute(text(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"), rows)


def _as_postgresql(kind: str, value: Any) -> Any:
    return bool(value) if kind == "BOOLEAN" and value is not None else value


def rows_of_0001(database: Database) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of the tables that 0001 has, in its columns, as the driver gives them."""
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.executescript(gzip.decompress(DUMP.read_bytes()).decode())
        names = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            name: [row[1] for row in plain.execute(f"PRAGMA table_info({name})")]
            for name in names
            if name not in LEFT_OUT
        }
    return {
        name: [
            tuple(row)
            for row in database.connection.execute(
                text(f"SELECT {', '.join(own)} FROM {name} ORDER BY {', '.join(own[:5])}")
            )
        ]
        for name, own in columns.items()
    }
