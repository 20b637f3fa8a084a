"""Databases of both kinds with the schema made fast, and an office with the shipped definitions on them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage import schema
from storage.database import Database
from tests.ledger import balanced
from tests.postgres import Cluster
from tests.storage.office import STARTED_ON, House, Shipped, found_office, shipped_definitions

Make = Callable[[], str]


@pytest.fixture(scope="session")
def shipped() -> Shipped:
    return shipped_definitions()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the schema and nothing else."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    with Database(f"sqlite:///{path}", create=True) as database:
        schema.create(database)
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_cluster: Cluster) -> str:
    """The name of a database with the schema and nothing else."""
    name = postgres_cluster.create_database(name="schema_template")
    with Database(postgres_cluster.url(name)) as database:
        schema.create(database)
    return name


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, sqlite_template: Path, tmp_path: Path) -> Iterator[str]:
    path = tmp_path / "office.db"
    shutil.copyfile(sqlite_template, path)
    yield f"sqlite:///{path}"
    balanced(request, f"sqlite:///{path}")


@pytest.fixture
def made_postgres_url(
    request: pytest.FixtureRequest, postgres_cluster: Cluster, postgres_template: str
) -> Iterator[str]:
    name = postgres_cluster.create_database(template=postgres_template)
    yield postgres_cluster.url(name)
    balanced(request, postgres_cluster.url(name))
    postgres_cluster.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database of this test's own, with the schema."""
    fixture = "sqlite_url" if request.param == "sqlite" else "made_postgres_url"
    return str(request.getfixturevalue(fixture))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with Database(database_url) as opened:
        yield opened


@pytest.fixture
def house(database: Database, database_url: str, shipped: Shipped) -> House:
    """The sample office with its definitions, its plan of 2026 and four tasks on `database`."""
    made = House(database_url, replace(shipped.setting, started_on=STARTED_ON), shipped)
    found_office(database, shipped, made)
    return made


@pytest.fixture
def sqlite_house(sqlite_url: str, shipped: Shipped) -> House:
    """The same on SQLite only, closed."""
    made = House(sqlite_url, shipped.setting, shipped)
    with Database(sqlite_url) as opened:
        found_office(opened, shipped, made)
    return made
