"""The hot statements, compiled for each database: nothing is left to be bound that nobody gives."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Database
from storage.hot import Hot
from storage.statements import STATEMENTS
from storage.tables import item
from tests.storage.office import NOW, OFFICE, House

DIALECTS = {
    "sqlite": sqlite.dialect(),
    "postgresql": postgresql.dialect(),  # type: ignore[no-untyped-call]
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_hot_statement_compiles_without_constants_to_bind(dialect: str) -> None:
    compiled = {name: Hot(build(dialect), DIALECTS[dialect]).sql for name, build in STATEMENTS.items()}

    assert set(compiled) == set(STATEMENTS)
    assert all(compiled.values())


def test_a_constant_in_a_hot_statement_is_refused_when_it_is_compiled() -> None:
    with pytest.raises(ValueError, match="belong in its text"):
        Hot(select(item.c.ref).where(item.c.state == "drafted"), DIALECTS["sqlite"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_due_is_found_by_the_index_over_pending_rows(database: Database, house: House) -> None:
    hot = database.hot("due_items")
    params = hot.bound({"b_office": OFFICE, "b_at": NOW, "b_limit": 10})

    steps = database.driver.execute(f"EXPLAIN QUERY PLAN {hot.sql}", params).fetchall()

    assert "USING INDEX ix_deadline_office_at_pending" in steps[0][3]
