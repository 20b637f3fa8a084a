"""Sandboxes founded by the command line once and copied for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from runtime.acts.advance import EventRequest, advance
from runtime.acts.open_dossier import open_dossier
from tests.acceptance.office import START, Office
from tests.ledger import balanced
from tests.postgres import Cluster

DOSSIERS = 120
"""More than go into one transaction."""


@pytest.fixture(scope="session")
def founded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("founded")
    office = Office(f"sqlite:///{home / 'office.db'}", home)
    assert office.tdkt("init", "--sandbox", "--now", START).code == 0
    return office.path


@pytest.fixture(scope="session")
def many_dossiers_sqlite(founded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sandbox with 120 dossiers, each with a nominee but D0007 and D0113, which are empty."""
    home = tmp_path_factory.mktemp("many")
    office = Office(f"sqlite:///{home / 'office.db'}", home)
    shutil.copyfile(founded_sqlite, office.path)
    with office.acting("thon-1") as acting:
        for number in range(1, DOSSIERS + 1):
            made = open_dossier(acting, "T17", body="thon-1", title="ldtt", type="cong_trang")
            if number not in (7, 113):
                advance(
                    acting,
                    [made.ref],
                    EventRequest("add", {"kind": "person", "name": f"Nguyễn Văn {number}"}),
                )
    return office.path


@pytest.fixture(scope="session")
def founded_postgres(postgres_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the sandbox."""
    name = postgres_cluster.create_database(name="founded")
    office = Office(postgres_cluster.url(name), tmp_path_factory.mktemp("founded-pg"))
    assert office.tdkt("init", "--sandbox", "--now", START).code == 0
    return name


@pytest.fixture
def sqlite_office(request: pytest.FixtureRequest, founded_sqlite: Path, tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "office.db"
    shutil.copyfile(founded_sqlite, path)
    yield Office(f"sqlite:///{path}", tmp_path)
    balanced(request, f"sqlite:///{path}")


@pytest.fixture
def many_dossiers(
    request: pytest.FixtureRequest, many_dossiers_sqlite: Path, tmp_path: Path
) -> Iterator[Office]:
    path = tmp_path / "office.db"
    shutil.copyfile(many_dossiers_sqlite, path)
    yield Office(f"sqlite:///{path}", tmp_path)
    balanced(request, f"sqlite:///{path}")


@pytest.fixture
def postgres_office(
    request: pytest.FixtureRequest, postgres_cluster: Cluster, founded_postgres: str, tmp_path: Path
) -> Iterator[Office]:
    name = postgres_cluster.create_database(template=founded_postgres)
    yield Office(postgres_cluster.url(name), tmp_path)
    balanced(request, postgres_cluster.url(name))
    postgres_cluster.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest) -> Office:
    """A sandbox of this test's own."""
    fixture = "sqlite_office" if request.param == "sqlite" else "postgres_office"
    made: Office = request.getfixturevalue(fixture)
    return made


@pytest.fixture
def copy_of(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Office], Office]]:
    """Makes another office of the same rows, on a database of its own; nobody may be at work on the first."""
    made: list[str] = []

    def copy(office: Office) -> Office:
        name = f"copy_{len(made)}"
        if office.url.startswith("sqlite"):
            made.append(f"sqlite:///{tmp_path / name}.db")
            shutil.copyfile(office.path, tmp_path / f"{name}.db")
        else:
            cluster: Cluster = request.getfixturevalue("postgres_cluster")
            database = cluster.create_database(template=str(make_url(office.url).database))
            made.append(cluster.url(database))
        return Office(made[-1], tmp_path)

    yield copy
    for url in made:
        if not url.startswith("sqlite"):
            request.getfixturevalue("postgres_cluster").drop_database(str(make_url(url).database))
