"""Nothing that counts is falsified unseen: every column of every table, rows removed and added."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Column, PrimaryKeyConstraint, Table, UniqueConstraint

from storage.database import Database
from storage.log.audit import Fault
from storage.log.bound import UNBOUND, WHOLE, bound_table, is_bound
from storage.log.definitions import definitions_at_odds
from storage.log.replay import replay
from storage.tables import metadata
from tests.papers import read
from tests.storage.log.falsifying import (
    Row,
    disarm,
    falsified,
    found,
    inserted,
    make_lively,
    other,
    rows_of,
)
from tests.storage.office import OFFICE
from tests.storage.old_office import write_postgresql, write_sqlite

FALSIFICATIONS = int(os.environ.get("TDKT_FALSIFICATIONS", "20"))
UNIQUE = ("digest", "last_entry", "number", "subject", "code")
"""Columns beside the keys in which no value may stand twice."""
LOG = ("entry", "log_head")
"""Of which entries say nothing: the log's own check finds what is changed there."""
BOUND = [name for name, table in metadata.tables.items() if bound_table(table) is not None]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lively(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An office in June, its guards taken away; a test leaves it as it was."""
    folder = tmp_path_factory.mktemp("lively")
    if request.param == "sqlite":
        url = write_sqlite(folder / "tdkt.db", "0003")
    else:
        cluster = request.getfixturevalue("postgres_cluster")
        url = write_postgresql(cluster.url(cluster.create_database()), folder, "0003")
    make_lively(url)
    with Database(url) as database:
        disarm(database)
        yield database


def test_a_lively_office_is_sound_and_has_rows_of_every_kind(lively: Database) -> None:
    assert found(lively) == ()
    assert [name for name in (*BOUND, *LOG) if not rows_of(lively, metadata.tables[name])] == []


@pytest.mark.parametrize("name", [*BOUND, *LOG])
def test_a_changed_column_is_found_or_has_its_reason(lively: Database, name: str) -> None:
    table = metadata.tables[name]
    rows = rows_of(lively, table)[::-1]
    free = [column for column in table.columns if name not in LOG and not is_bound(name, column.name)]
    bound = [column for column in table.columns if column not in free]
    alone = [
        each for each in bound if name in LOG or each.primary_key or each.name == "year" or len(rows) == 1
    ]
    together = [column for column in bound if column not in alone]

    assert [column.name for column in alone if not faults_of(lively, table, rows[:1], [column])] == []
    # Each in a row of its own, all of which must be named: a look at the whole log for each takes long.
    for start in range(0, len(together), len(rows)):
        columns = together[start : start + len(rows)]
        faults = faults_of(lively, table, rows, columns)
        assert len({fault.row for fault in faults if fault.table == name}) == len(columns)
    assert faults_of(lively, table, rows[:1] * len(free), free) == ()
    assert found(lively) == ()


def faults_of(
    database: Database, table: Table, rows: Sequence[Row], columns: Sequence[Column[Any]]
) -> tuple[Fault, ...]:
    """What is found while each column is changed, in the row at its place."""
    with ExitStack() as changes:
        for row, column in zip(rows, columns, strict=False):
            changes.enter_context(
                falsified(database, table, row, {column.name: other(column, row[column.name])})
            )
        return found(database)


@pytest.mark.parametrize("name", [*BOUND, *LOG])
def test_a_removed_row_is_found(lively: Database, name: str) -> None:
    table = metadata.tables[name]
    with falsified(lively, table, rows_of(lively, table)[-1], None):
        faults = found(lively)

    assert faults
    assert name in LOG or any((fault.code, fault.table) == ("row_missing", name) for fault in faults)


@pytest.mark.parametrize("name", [name for name in BOUND if name != "office"])
def test_an_added_row_is_found(lively: Database, name: str) -> None:
    table = metadata.tables[name]
    row = rows_of(lively, table)[-1]
    with inserted(lively, table, another(table, row)):
        assert any((fault.code, fault.table) == ("row_surplus", name) for fault in found(lively))


def another(table: Table, row: Row) -> Row:
    """A row like this one under keys that no row has."""
    unique = {
        column.name
        for constraint in table.constraints
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint)
        for column in constraint.columns
    }
    unique -= {"office", "year"} if len(unique) > 2 else {"office"}
    values = {name: other(table.c[name], other(table.c[name], row[name])) for name in unique}
    return {**row, **values}


@pytest.mark.parametrize("number", range(FALSIFICATIONS))
def test_a_chance_falsification_is_found_with_its_table(lively: Database, number: int) -> None:
    chance = Random(number)
    table = metadata.tables[chance.choice([name for name in BOUND if name != "office"])]
    rows = rows_of(lively, table)
    row = chance.choice(rows)
    columns = [column for column in table.columns if is_bound(table.name, column.name)]
    change = {
        column.name: chance.choice([other(column, row[column.name]), chance.choice(rows)[column.name]])
        for column in chance.sample(columns, chance.randint(1, min(3, len(columns))))
        if not column.primary_key and column.name not in UNIQUE
    }
    unlike = any(row[name] != value for name, value in change.items())
    with falsified(lively, table, row, change if unlike else None):  # else the row goes
        assert any(fault.table == table.name for fault in found(lively)), (table.name, change)


def test_a_changed_date_is_named_with_what_the_log_says(lively: Database) -> None:
    table = metadata.tables["deadline"]
    row = next(row for row in rows_of(lively, table) if row["status"] == "pending")
    with falsified(lively, table, row, {"due_date": row["due_date"] + timedelta(days=9)}):
        (fault,) = replay(lively, OFFICE).faults

    assert (fault.code, fault.column, fault.ref) == ("column", "due_date", row["ref"])
    assert fault.said == row["due_date"].isoformat()


def test_a_state_put_back_with_an_older_entry_of_the_item_is_found(lively: Database) -> None:
    table = metadata.tables["item"]
    row = next(row for row in rows_of(lively, table) if row["ref"] == "T08")
    entries = metadata.tables["entry"]
    older = next(each for each in rows_of(lively, entries) if each["ref"] == "T08" and each["to_state"])
    change = {"state": older["to_state"], "last_entry": older["id"]}
    with falsified(lively, table, row, change):
        assert [(fault.table, fault.ref) for fault in replay(lively, OFFICE).faults] == [("item", "T08")]


def test_a_definition_that_was_compiled_otherwise_is_named(lively: Database) -> None:
    table = metadata.tables["definition"]
    row = next(row for row in rows_of(lively, table) if row["name"] == "nomination_dossier")
    with falsified(lively, table, row, {"compiled": row["compiled"].replace("officer", "chair")}):
        (fault,) = definitions_at_odds(lively, OFFICE, log=2026)

    assert (fault.code, fault.column) == ("definition", "compiled")


def test_the_concepts_list_what_is_unbound_and_why() -> None:
    listed = read("docs/concepts.md").partition("<!-- unbound -->\n")[2].partition("<!-- /unbound -->")[0]
    table = [
        f"| `{name}` | {'all' if column == WHOLE else f'`{column}`'} | {reason} |"
        for name, columns in UNBOUND.items()
        for column, reason in columns.items()
    ]

    assert listed.splitlines() == ["| table | column | because |", "|---|---|---|", *table]


def test_what_is_unbound_is_there_and_has_a_reason() -> None:
    known = {table.name: {WHOLE, *table.columns.keys()} for table in metadata.tables.values()}

    assert [name for name, columns in UNBOUND.items() if columns.keys() - known[name]] == []
    assert all(reason for columns in UNBOUND.values() for reason in columns.values())
