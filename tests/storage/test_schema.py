"""The schema is the sum of its migrations, equal to the tables in code, and checked before anything acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import String, text

from storage import revision, schema
from storage.database import Database
from storage.errors import DatabaseMissing, NewerSchema, OlderSchema
from storage.tables import metadata
from storage.triggers import TRIGGERS
from tests.people import SECRETARY
from tests.storage.office import NOW
from tests.workflow.shipped import catalogue

Facts = set[tuple[object, ...]]

POSTGRESQL_CATALOG = (
    """SELECT table_name, column_name,
        row_number() OVER (PARTITION BY table_name ORDER BY ordinal_position), data_type,
        character_maximum_length, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public'""",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)

SQLITE_CATALOG = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master",
    """SELECT 'column', made.name, columns.* FROM sqlite_master AS made
        JOIN pragma_table_info(made.name) AS columns WHERE made.type = 'table'""",
    """SELECT 'without rowid', name, wr FROM pragma_table_list
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%'""",
)
ADDED = re.compile(r"(, \w+ (VARCHAR\(\d+\)|INTEGER|TEXT))+\)?$")
"""What stands behind the last constraint of a table that ALTER TABLE added columns to."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with nothing in it."""
    url = f"sqlite:///{tmp_path}/one.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")
    with Database(url, create=True) as database:
        yield database


@pytest.fixture
def other(empty: Database, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A second one of the same kind, with the tables as the code has them."""
    url = f"sqlite:///{tmp_path}/two.db"
    if empty.dialect == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.url(cluster.create_database())
    with Database(url, create=True) as database:
        with database.transaction():
            metadata.create_all(database.connection)
            for statement in TRIGGERS[database.dialect]:
                database.connection.execute(text(statement))
            database.commit()
        yield database


def facts(database: Database) -> Facts:
    """Everything that the database knows of its schema, but for alembic's own table."""
    statements: tuple[str, ...] = POSTGRESQL_CATALOG
    if database.dialect == "sqlite":
        statements = SQLITE_CATALOG
    rows = [tuple(row) for each in statements for row in database.connection.execute(text(each))]
    return {plain(row) for row in rows if not any("alembic_version" in str(value) for value in row)}


def plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """The row without differences of spacing; of a table's text on SQLite the set of its constraints.

    SQLite writes added columns behind the constraints; the columns are told by its own pragma.
    """
    if row[0] != "table":
        return tuple(" ".join(str(value).split()) for value in row)
    clauses = (" ".join(line.split()).rstrip(",") for line in str(row[3]).splitlines())
    constraints = (clause for clause in clauses if clause.startswith("CONSTRAINT"))
    return (*row[:3], frozenset(ADDED.sub("", clause) for clause in constraints))


def test_the_migrations_make_exactly_the_tables_and_triggers_of_the_code(
    empty: Database, other: Database
) -> None:
    schema.create(empty)

    made = facts(empty)
    assert made == facts(other)
    assert len(made) > 50 or empty.dialect == "sqlite"
    assert any("item_needs_entry" in str(fact) for fact in made)


def test_alembic_finds_no_difference_between_the_migrated_schema_and_the_tables(empty: Database) -> None:
    schema.create(empty)

    context = MigrationContext.configure(empty.connection, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []


def test_creating_twice_changes_nothing(empty: Database) -> None:
    schema.create(empty)
    made = facts(empty)

    schema.create(empty)

    assert facts(empty) == made
    schema.check(empty)


def test_a_schema_is_made_whole_or_not_at_all(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(empty, "commit", fail)
        with pytest.raises(KeyboardInterrupt):
            schema.create(empty)

    assert facts(empty) == set()
    with pytest.raises(DatabaseMissing):
        schema.check(empty)
    schema.create(empty)
    schema.check(empty)


def test_a_revision_of_a_newer_version_is_named_and_left_alone(empty: Database) -> None:
    schema.create(empty)
    with empty.transaction():
        empty.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        empty.commit()

    for refuse in (schema.check, schema.create):
        with pytest.raises(NewerSchema) as caught:
            refuse(empty)
        assert caught.value.operands == {"where": empty.where, "found": "9999"}


def test_an_older_revision_says_how_it_is_renewed(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    schema.create(empty)
    stood = revision.HEAD
    monkeypatch.setattr(revision, "KNOWN", (*revision.KNOWN, "9998"))
    monkeypatch.setattr(revision, "HEAD", "9998")

    for refuse in (schema.check, schema.create):
        with pytest.raises(OlderSchema, match=rf"\(schema {stood}, now 9998\); `tdkt upgrade`"):
            refuse(empty)


def test_notices_of_an_older_schema_are_all_there_after_their_table_was_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = ("diem-he", "e-000", 2026, "T01", "2026-01-05T01:00:00.000000Z", "reminder", None, SECRETARY)
    rest = ("inbox", "sent", "Nhắc việc", "Kính gửi", "reminder-30", 1)
    with Database(f"sqlite:///{tmp_path}/old.db", create=True) as database:
        with monkeypatch.context() as older:
            older.setattr(schema, "HEAD", "0001")
            schema.create(database)
        database.driver.execute("PRAGMA foreign_keys=OFF")
        database.driver.execute(
            "INSERT INTO item (office, year, ref, subject, machine, digest, state, version, open, owners,"
            " waiting, overdue, memory, last_entry)"
            " VALUES ('diem-he', 2026, 'T01', 'task', 'm', 'd', 'drafted', 1, 1, '[]', 0, 0, '{}', 'e')"
        )
        database.driver.execute(f"INSERT INTO notice VALUES ({', '.join('?' * 14)})", (*kept, *rest))
        database.driver.execute("PRAGMA foreign_keys=ON")

        with monkeypatch.context() as later:
            later.setattr(schema, "HEAD", "0002")
            schema.upgrade(database, now=NOW)

        rows = database.driver.execute("SELECT * FROM notice").fetchall()
    assert [tuple(row) for row in rows] == [(*kept, *rest, None, None)]


def test_every_kind_of_notice_fits_its_column() -> None:
    """SQLite takes any length, so that only PostgreSQL would refuse to tell of it."""
    room = metadata.tables["notice"].c.kind.type
    assert isinstance(room, String)
    assert room.length is not None

    assert [kind for kind in catalogue().notices if len(kind) > room.length] == []


def test_the_revisions_named_for_looking_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))

    found = tuple(reversed([script.revision for script in scripts.walk_revisions()]))

    assert found == revision.KNOWN
    assert scripts.get_heads() == [revision.HEAD]


def test_the_migrations_lie_within_what_the_wheel_takes() -> None:
    root = Path(__file__).resolve().parents[2]
    taken = re.search(r"only-include = (\[.*\])", (root / "pyproject.toml").read_text(encoding="utf-8"))

    assert taken is not None
    assert f'"{schema.MIGRATIONS.relative_to(root).parts[0]}"' in taken[1]
    assert (schema.MIGRATIONS / "env.py").is_file()
