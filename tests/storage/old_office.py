"""Databases as earlier versions left them, of every older schema: one office in 2026, and its people.

`office_….sql.gz` are the dumps of their SQLite files; on PostgreSQL the older migrations make the tables and
the same rows are written into them.

0001, to March: T01 to T03 were submitted, one approval was refused, T04 has a date, D0001 a nominee; the
reminders of February went out. 0002, to 10 April: D0001 was returned and came back, D0002 is returned and its
terms stand still, those of D0003 run; T01 and T03 came back to be drafted, T07 was submitted by a stand-in;
T02 is claimed and T03 passed on; an extension of T04 is proposed, T05 has a date, T06 a list of expected
dossiers; reminders, questions and escalations went out. 0003, to 1 June: D0001 was awarded, D0003 is
approved, T01 completed and T02 adopted; an extension was granted, a contact given, a substitution ordered.
0004, to 6 April: D0001 was awarded, its number corrected, another correction dropped and a third waits; D0002
was opened again and reviewed, D0003 is returned, D0004 approved by a stand-in, D0005 withdrawn, copied as
D0006 and its words erased; T03 was recorded from its paper, T04 and T08 wait for agreement, and a correction
of T09's date; T19 came up beside the plan, T20 is proposed; an office definition is proposed. 0005, to 2
March: D0001 is a draft, D0002 handed in, D0003 complete, D0004 appraised and D0007 split off it, D0005
withdrawn, D0006 awarded; T06 has a list of expected dossiers, T16 a target; a definition waits for agreement.
0006, to 6 March: D0001 is a draft with a paper, D0002 handed in, D0003 complete, D0004 appraised and D0008
split off it, D0005 withdrawn, D0006 awarded, D0007 came in as a list; of D0009, which is about a movement,
two of three lines were voted on, D0010 is reviewed, D0011 approved; M01 is reviewed, M02 closed; there are
old awards, ratings and initiatives, and two definitions wait for agreement. 0007, to 2 March: what
`tests.commands.at_work` prepares: sessions S01 to S07 in every state but the last, decisions Q01 to Q05 from
draft to issue, a line that was paid and handed over.
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

OLDER = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
LOOSE = ("0001", "0002")
"""Those whose names and memories were strings."""
LEFT_OUT = frozenset({"alembic_version"})
GONE = frozenset({("item", "memory"), ("free_text", "field"), ("office_text", "field"), ("deadline", "zone")})
"""Columns that a later schema does not have; what was in them is held against what came of it, but for the
zone, which nothing ever read."""


def _dump(revision: str) -> str:
    packed = Path(__file__).with_name(f"office_{revision}.sql.gz").read_bytes()
    return gzip.decompress(packed).decode()


def write_sqlite(path: Path, revision: str = "0001") -> str:
    """The old database as a file; answers with its address."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_dump(revision))
    return f"sqlite:///{path}"


def write_postgresql(url: str, folder: Path, revision: str = "0001") -> str:
    """The same rows in an empty PostgreSQL database."""
    source = Database(write_sqlite(folder / f"source-{revision}.db", revision))
    with source, Database(url) as target, target.transaction():
        command.upgrade(schema._configuration(target), revision)
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
    rows.sort(key=lambda row: row.get("parent") is not None)
    marks = ", ".join(f"CAST(:{name} AS {kind})" for name, kind in columns.items())
    if rows:
        target.execute(text(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"), rows)


def _as_postgresql(kind: str, value: Any) -> Any:
    return bool(value) if kind == "BOOLEAN" and value is not None else value


def rows_of(database: Database, revision: str) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of the tables that the revision has, in its columns but for those that went, as the driver
    gives them."""
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.executescript(_dump(revision))
        names = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            name: [
                row[1] for row in plain.execute(f"PRAGMA table_info({name})") if (name, row[1]) not in GONE
            ]
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


def fields(revision: str) -> Mapping[str, list[tuple[str, str]]]:
    """The fields and the entries of the erasable words in the dump, by their table."""
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.executescript(_dump(revision))
        known = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: sorted(plain.execute(f"SELECT field, entry FROM {table}"))
            for table in ("free_text", "office_text")
            if table in known
        }


def memories(revision: str) -> Mapping[str, str]:
    """What every item of the dump remembers, as JSON, by its reference."""
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.executescript(_dump(revision))
        return dict(plain.execute("SELECT ref, memory FROM item"))
