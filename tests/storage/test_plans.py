"""How both databases find deadline rows before anything was counted: never by passing over all that pend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.statements import listed
from storage.views import _of as of_years
from tests.storage.office import NOW, OFFICE, ROWS, House, import_rows, key

PENDING, PLACE = (
    "ix_deadline_office_at_pending",
    {"sqlite": "PRIMARY KEY (office=? AND year=? AND ref=?", "postgresql": "pk_deadline"},
)
HERE: Mapping[str, Any] = {"b_office": OFFICE, "b_year": 2026, "b_ref": key("T01").ref}
AT_AN_ITEM: Mapping[str, Mapping[str, Any]] = {
    "due_rows": {**HERE, "b_at": NOW},
    "rows_of": HERE,
    "fire_deadline": {**HERE, "b_name": "due", "b_occurrence": 1, "fired_at": NOW, "late_s": 0},
    "cancel_deadlines": {**HERE, "reason": "closed"},
    "cancel_own_deadlines": {**HERE, "reason": "moved"},
    "cancel_term": {**HERE, "b_term": "review", "reason": "moved"},
    "pause_term": {**HERE, "b_term": "review", "paused_on": date(2026, 3, 2)},
}


@pytest.fixture
def crowded(database: Database, house: House) -> Database:
    """An office of three hundred tasks more, of which nobody has made statistics."""
    if database.dialect == "postgresql":
        for table in ("deadline", "item"):
            database.connection.execute(text(f"ALTER TABLE {table} SET (autovacuum_enabled = false)"))
    import_rows(database, house, tuple(replace(ROWS[3], number=number) for number in range(11, 311)))
    return database


def plan(database: Database, name: str, params: Mapping[str, Any]) -> str:
    """How the database says that it would run a statement of the engine."""
    hot = database.hot(name)
    explain = "EXPLAIN QUERY PLAN" if database.dialect == "sqlite" else "EXPLAIN"
    found = database.driver.execute(f"{explain} {hot.sql}", hot.bound(params)).fetchall()
    return "\n".join(str(row[-1]) for row in found)


def test_what_is_due_is_found_by_the_index_over_what_pends(crowded: Database) -> None:
    said = plan(crowded, "due_items", {"b_office": OFFICE, "b_at": NOW, "b_limit": 100})

    assert PENDING in said
    assert "at" in said.partition(PENDING)[2]


def test_papers_are_looked_for_among_the_entries_that_number_one(crowded: Database) -> None:
    numbers = listed(crowded.dialect, ['"05/QĐ-UBND"'])

    said = plan(
        crowded, "papers", {"b_office": OFFICE, "b_first": 2025, "b_last": 2027, "b_numbers": numbers}
    )

    assert "ix_entry_office_log_numbers" in said


@pytest.mark.parametrize("name", AT_AN_ITEM)
def test_the_rows_of_one_item_are_found_by_its_key(crowded: Database, name: str) -> None:
    said = plan(crowded, name, AT_AN_ITEM[name])

    assert PLACE[crowded.dialect] in said
    assert PENDING not in said


@pytest.mark.parametrize("table", ["item", "deadline", "notice", "expectation", "entry"])
def test_what_is_open_of_earlier_years_is_found_without_what_was_closed_there(
    crowded: Database, table: str
) -> None:
    """A server has statistics to go by; SQLite has not, and is told."""
    if crowded.dialect != "sqlite":
        pytest.skip("SQLite only")
    rows = of_years(table, True, year="log" if table == "entry" else "year")

    found = crowded.driver.execute(
        f"EXPLAIN QUERY PLAN SELECT * FROM {rows} AS found", {"office": OFFICE, "year": 2027}
    ).fetchall()

    said = "\n".join(str(row[-1]) for row in found)
    assert "COVERING INDEX ix_item_office_open_year (office=? AND open=?)" in said
    assert "<?" not in said
    assert "SCAN" not in said
