"""A copy of an office in memory, on which a simulation runs; it is thrown away afterwards.

It has every row of every table, the log's bytes too, so that it verifies like the original. Only incidents
are not copied: what is still broken makes new ones.
"""

from __future__ import annotations

import sqlite3

from storage import schema
from storage.database import Database
from storage.errors import translated
from storage.tables import entry, incident, metadata
from storage.views import Reading


class InMemory(Database):
    """An SQLite database that lives as long as its one connection. No file, no lock, nothing to sync."""

    def __init__(self) -> None:
        super().__init__("memory")
        self.path, self._lock = None, None

    def _open_sqlite(self) -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.execute("PRAGMA foreign_keys=ON")
        return connection


def thrown_away(reading: Reading, office: str) -> InMemory:
    """A copy of the office as it stands at one moment, open; the original is only read."""
    database = InMemory()
    schema.create(database)
    # Entries last: the triggers take an item only before the entry that moved it.
    left_out = (entry, incident)
    tables = [table.name for table in metadata.sorted_tables if table not in left_out] + [entry.name]
    with database.transaction(), translated(database.where):
        database.driver.execute("PRAGMA defer_foreign_keys=ON")
        for table, columns, rows in reading.everything(office, tables):
            names, marks = ", ".join(columns), ", ".join("?" for _ in columns)
            database.driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        database.commit()
    return database
