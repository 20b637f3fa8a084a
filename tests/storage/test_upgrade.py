"""An older database brought up: it keeps what it held and its guards, and it is brought up whole or not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import schema
from storage.database import Database
from storage.errors import DatabaseMissing, NewerSchema, OlderSchema
from storage.items import item_at
from storage.log.audit import Fault, verify
from storage.revision import HEAD
from storage.views import Reading
from tests.conftest import OldOffice
from tests.storage.office import NOW, OFFICE, ROOT
from tests.storage.old_office import LOOSE, OLDER, fields, memories, rows_of
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.tasks import Task
from workflow.time.deadlines import row_name

ENTRIES = {"0001": 34, "0002": 111, "0003": 166, "0004": 130, "0005": 65, "0006": 110, "0007": 213}
"""In the log of each."""
LOG = ("entry", "log_head")
"""The tables to which an upgrade adds entries; of all others it keeps every row as it was."""


@pytest.fixture(params=OLDER)
def revision(request: pytest.FixtureRequest) -> str:
    """An older schema."""
    return str(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old_url(old_office: OldOffice, kind: str, revision: str) -> str:
    """A database with that schema and an office in it."""
    return old_office(kind, revision, False)


@pytest.fixture
def old(old_url: str) -> Iterator[Database]:
    with Database(old_url) as database:
        yield database


@pytest.fixture
def upgraded(old_office: OldOffice, kind: str, revision: str) -> Iterator[Database]:
    """The same brought up."""
    with Database(old_office(kind, revision, True)) as database:
        yield database


def test_an_older_database_is_refused_until_it_is_upgraded(
    old: Database, old_url: str, revision: str
) -> None:
    for refused in (lambda: schema.check(old), lambda: schema.create(old), lambda: Reading(old_url)):
        with pytest.raises(OlderSchema):
            refused()

    assert schema.upgrade(old, now=NOW) == revision
    schema.check(old)
    with Reading(old_url) as reading:
        assert [row.office for row in reading.offices()] == [OFFICE]


def test_an_upgrade_keeps_every_row_and_the_log_verifies(old: Database, revision: str) -> None:
    before = rows_of(old, revision)
    assert verify(old, OFFICE).ok

    schema.upgrade(old, now=NOW)

    after = rows_of(old, revision)
    entries, standing = after["entry"], before["entry"]
    assert all(after[name] == rows for name, rows in before.items() if name not in LOG)
    assert (entries[: len(standing)], len(standing)) == (standing, ENTRIES[revision])
    assert verify(old, OFFICE).ok


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("acting_for", "'chu-tich'"),
        ("login", "'0123456789abcdef0123456789abcdef'"),
        ("role", "NULL"),
        ("from_state", "'drafted'"),
        ("to_state", "NULL"),
        ("ref", "NULL"),
        ("refused", "TRUE"),
        ("rules", "'[\"role\"]'"),
    ],
)
def test_a_changed_column_of_an_older_entry_is_found(upgraded: Database, column: str, value: str) -> None:
    """Older entries say `null` where newer ones leave a member out."""
    if upgraded.dialect == "postgresql":
        upgraded.driver.execute("SET session_replication_role = replica")
    else:
        upgraded.driver.execute("DROP TRIGGER entry_never_updated")

    upgraded.connection.execute(text(f"UPDATE entry SET {column} = {value} WHERE seq = 5"))

    assert verify(upgraded, OFFICE).faults[0] == Fault("columns", 2026, 5)


def test_the_schema_is_then_the_one_that_a_new_database_has(
    upgraded: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    from tests.storage.test_schema import facts

    url = f"sqlite:///{tmp_path}/new.db"
    if upgraded.dialect == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create_database())
    with Database(url, create=True) as new:
        schema.create(new)
        assert facts(upgraded) == facts(new)


@pytest.mark.parametrize("revision", LOOSE, indirect=True)
def test_what_items_remembered_stands_in_columns_of_its_own(upgraded: Database, revision: str) -> None:
    remembered = {ref: json.loads(memory) for ref, memory in memories(revision).items()}

    kept = {ref: as_memory(item_at(upgraded, Key(OFFICE, 2026, ref))) for ref in remembered}
    assert kept == {ref: without_empty(memory) for ref, memory in remembered.items()}


@pytest.mark.parametrize("revision", LOOSE, indirect=True)
def test_erasable_words_are_told_apart_by_line_entry_and_input(upgraded: Database, revision: str) -> None:
    before = fields(revision)

    found = upgraded.connection.execute(text("SELECT line, entry, input FROM free_text")).all()
    assert before["free_text"] == sorted(
        (f"nominee/{no}/{name}" if no else f"{entry}/{name}", entry) for no, entry, name in found
    )
    of_office = upgraded.connection.execute(text("SELECT entry, input FROM office_text")).all()
    assert before.get("office_text", []) == sorted((f"{entry}/{name}", entry) for entry, name in of_office)


def as_memory(item: Item | None) -> dict[str, Any]:
    """The item's fields under the loose keys that they had, without those that are empty."""
    assert item is not None
    details = item.details
    said: dict[str, Any] = {
        "claimed_at": item.claimed_at and item.claimed_at.isoformat(timespec="seconds"),
        "submitted_by": item.submitted_by,
        "submitted_for": item.submitted_for,
        "returns": item.returns,
        "proposed_until": item.proposed_until and item.proposed_until.isoformat(),
        "round": item.round,
        "asked": item.asks,
        "reminded": item.alerts.reminded,
        "addressed": list(item.alerts.addressed),
        "kind": details.path if isinstance(details, Dossier) else None,
    }
    if isinstance(details, Task) and details.planned is not None:
        planned = details.planned
        said |= {"planned_due": planned.due.isoformat(), "planned_lead": planned.lead}
        said |= {"planned_bodies": list(planned.bodies), "planned_derived": list(planned.derived)}
    for term in item.terms:
        days = [day and day.isoformat() for day in (term.due, term.since, term.paused_on)]
        said[f"term.{term.id}"] = [*days[:2], term.occurrence, term.policy, term.used, days[2]]
        said[f"reminded.{term.id}"] = term.alerts.reminded
        said[f"addressed.{term.id}"] = list(term.alerts.addressed)
    return without_empty(said)


def without_empty(memory: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in memory.items() if value}


ACTED_BEFORE = {
    "0001": (),
    "0002": (("T04", None, "chuyen-vien"),),
    "0003": (("D0003", "thu-ky", None),),
    "0004": (
        ("D0001", "thu-ky", None),
        ("D0002", "thu-ky", None),
        ("D0004", "thuong-truc", None),
        ("T01", "thuong-truc", None),
        ("T10", None, "chuyen-vien"),
    ),
    "0005": (("D0004", "thuong-truc", None), ("D0006", "thu-ky", None)),
    "0006": (
        ("D0004", "thuong-truc", None),
        ("D0006", "thu-ky", None),
        ("D0009", "thuong-truc", None),
        ("D0010", "thu-ky", None),
        ("D0011", "thu-ky", None),
    ),
    "0007": tuple(
        (f"D{number:04}", "thuong-truc", None) for number in (4, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)
    ),
}
"""Items of which somebody reviewed one, or asked for an extension; before the fourth schema the open ones."""


def test_whoever_reviewed_or_asked_is_known_from_the_log(upgraded: Database, revision: str) -> None:
    found = text(
        "SELECT ref, reviewed_by, proposed_by FROM item WHERE reviewed_by <> '' OR proposed_by <> ''"
        " ORDER BY ref"
    )
    assert tuple(map(tuple, upgraded.connection.execute(found))) == ACTED_BEFORE[revision]


def test_the_names_of_rows_are_told_apart_once(upgraded: Database) -> None:
    rows = upgraded.connection.execute(
        text("SELECT DISTINCT name, kind, term, rung, unit FROM deadline")
    ).all()
    assert [row.name for row in rows] == [
        row_name(row.kind, term=row.term, rung=row.rung, unit=row.unit) for row in rows
    ]
    assert {(row.rung, row.unit) for row in rows if row.kind == "reminder"} >= {(30, "cd"), (1, "cd")}
    assert all((row.rung is None) == (row.kind not in RUNGS) for row in rows if row.name != OF_A_TARGET)


OF_A_TARGET = "reminder"
"""The one reminder before an internal target."""
RUNGS = ("reminder", "escalation", "repeat")
"""The kinds of rows of which a date has several."""


RAW = (
    "UPDATE item SET state = 'approved' WHERE ref = 'T01'",
    "UPDATE entry SET actor = 'nobody' WHERE seq = 3",
    "DELETE FROM entry WHERE seq = 3",
)


@pytest.mark.parametrize("statement", RAW)
def test_the_triggers_refuse_what_they_refused(statement: str, upgraded: Database) -> None:
    with pytest.raises(IntegrityError), upgraded.transaction():
        upgraded.connection.execute(text(statement))


def test_upgrading_again_does_nothing(upgraded: Database, revision: str) -> None:
    before = rows_of(upgraded, revision)

    assert schema.upgrade(upgraded, now=NOW) == HEAD
    assert rows_of(upgraded, revision) == before


def test_a_missing_and_a_newer_schema_are_no_upgrades(old: Database, tmp_path: Path) -> None:
    with old.transaction():
        old.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        old.commit()
    (tmp_path / "empty.db").touch()

    with pytest.raises(NewerSchema):
        schema.upgrade(old, now=NOW)
    with Database(f"sqlite:///{tmp_path}/empty.db") as empty, pytest.raises(DatabaseMissing):
        schema.upgrade(empty, now=NOW)


DYING = """
import os, sys
from datetime import UTC, datetime
from storage import schema
from storage.database import Database

def die(self):
    os.kill(os.getpid(), 9)

Database.commit = die
with Database(sys.argv[1]) as database:
    if database.dialect == "sqlite":
        database.driver.execute("PRAGMA cache_size = 1")
    schema.upgrade(database, now=datetime.now(UTC))
"""
"""Dies when all is done but the commit; on SQLite with a cache of one page, so that the file is half new."""


@pytest.mark.skipif(os.name != "posix", reason="kills by POSIX signals")
def test_a_kill_in_the_middle_leaves_the_old_database(old: Database, old_url: str, revision: str) -> None:
    before = rows_of(old, revision)
    old.close()

    died = subprocess.run([sys.executable, "-c", DYING, old_url], cwd=ROOT, check=False)

    with Database(old_url) as database:
        assert (died.returncode, schema.standing(database)) == (-signal.SIGKILL, revision)
        assert rows_of(database, revision) == before
        assert schema.upgrade(database, now=NOW) == revision
        after = rows_of(database, revision)
    assert {name: rows for name, rows in after.items() if name not in LOG} == {
        name: rows for name, rows in before.items() if name not in LOG
    }
