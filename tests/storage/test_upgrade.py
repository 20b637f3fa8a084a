"""An older database brought up: it keeps what it held and its guards, and it is brought up whole or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage import schema
from storage.database import Database
from storage.errors import DatabaseMissing, NewerSchema, OlderSchema
from storage.log.audit import verify
from storage.revision import HEAD
from storage.views import Reading
from tests.storage.office import OFFICE, ROOT
from tests.storage.old_office import rows_of_0001, write_postgresql, write_sqlite


@pytest.fixture(params=["sqlite", "postgresql"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with schema 0001 and an office in it."""
    if request.param == "sqlite":
        return write_sqlite(tmp_path / "tdkt.db")
    return write_postgresql(request.getfixturevalue("postgres_database"), tmp_path)


@pytest.fixture
def old(old_url: str) -> Iterator[Database]:
    with Database(old_url) as database:
        yield database


def test_an_older_database_is_refused_until_it_is_upgraded(old: Database, old_url: str) -> None:
    for refused in (lambda: schema.check(old), lambda: schema.create(old), lambda: Reading(old_url)):
        with pytest.raises(OlderSchema):
            refused()

    assert schema.upgrade(old) == "0001"
    schema.check(old)
    with Reading(old_url) as reading:
        assert [row.office for row in reading.offices()] == [OFFICE]


def test_an_upgrade_keeps_every_row_and_the_log_verifies(old: Database) -> None:
    before = rows_of_0001(old)
    log = verify(old, OFFICE)

    schema.upgrade(old)

    assert rows_of_0001(old) == before
    assert verify(old, OFFICE) == log
    assert (log.ok, log.logs[0].size) == (True, 34)


def test_the_schema_is_then_the_one_that_a_new_database_has(
    old: Database, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    from tests.storage.test_schema import facts

    schema.upgrade(old)

    url = f"sqlite:///{tmp_path}/new.db"
    if old.dialect == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create_database())
    with Database(url, create=True) as new:
        schema.create(new)
        assert facts(old) == facts(new)


RAW = (
    "UPDATE item SET state = 'approved' WHERE ref = 'T01'",
    "UPDATE entry SET actor = 'nobody' WHERE seq = 3",
    "DELETE FROM entry WHERE seq = 3",
)


@pytest.mark.parametrize("statement", RAW)
def test_the_triggers_refuse_what_they_refused(statement: str, old: Database) -> None:
    schema.upgrade(old)

    with pytest.raises(IntegrityError), old.transaction():
        old.connection.execute(text(statement))


def test_upgrading_again_does_nothing(old: Database) -> None:
    schema.upgrade(old)
    before = rows_of_0001(old)

    assert schema.upgrade(old) == HEAD
    assert rows_of_0001(old) == before


def test_a_missing_and_a_newer_schema_are_no_upgrades(old: Database, tmp_path: Path) -> None:
    with old.transaction():
        old.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        old.commit()
    (tmp_path / "empty.db").touch()

    with pytest.raises(NewerSchema):
        schema.upgrade(old)
    with Database(f"sqlite:///{tmp_path}/empty.db") as empty, pytest.raises(DatabaseMissing):
        schema.upgrade(empty)


DYING = """
import os, sys
from storage import schema
from storage.database import Database

def die(self):
    os.kill(os.getpid(), 9)

Database.commit = die
with Database(sys.argv[1]) as database:
    if database.dialect == "sqlite":
        database.driver.execute("PRAGMA cache_size = 1")
    schema.upgrade(database)
"""
"""Dies when all is done but the commit; on SQLite with a cache of one page, so that the file is half new."""


@pytest.mark.skipif(os.name != "posix", reason="kills by POSIX signals")
def test_a_kill_in_the_middle_leaves_the_old_database(old: Database, old_url: str) -> None:
    before = rows_of_0001(old)
    old.close()

    died = subprocess.run([sys.executable, "-c", DYING, old_url], cwd=ROOT, check=False)

    with Database(old_url) as database:
        assert (died.returncode, schema.revision(database)) == (-signal.SIGKILL, "0001")
        assert rows_of_0001(database) == before
        assert schema.upgrade(database) == "0001"
        assert rows_of_0001(database) == before
