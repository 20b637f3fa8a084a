"""Sandboxes at the command of each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from runtime.acts.advance import EventRequest, advance
from runtime.acts.open_dossier import open_dossier
from tests.acceptance.chamber import Chamber
from tests.acceptance.desk import Desk
from tests.acceptance.office import START, Office, replayed
from tests.conftest import Sandbox
from tests.ledger import balanced
from tests.people import VILLAGE
from tests.postgres import Cluster

DOSSIERS = 120
"""More than go into one transaction."""


@pytest.fixture(scope="session")
def founded_sqlite(founded_file: Callable[[str], Path]) -> Path:
    return founded_file(START)


@pytest.fixture(scope="session")
def many_dossiers_sqlite(founded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sandbox with 120 dossiers, each with a nominee but D0007 and D0113, which are empty."""
    home = tmp_path_factory.mktemp("many")
    office = Office(f"sqlite:///{home / 'office.db'}", home)
    shutil.copyfile(founded_sqlite, office.path)
    with office.acting(VILLAGE) as acting:
        for number in range(1, DOSSIERS + 1):
            made = open_dossier(acting, "T17", body=VILLAGE, title="ldtt")
            if number not in (7, 113):
                advance(
                    acting,
                    [made.ref],
                    EventRequest("add", {"kind": "person", "name": f"Nguyễn Văn {number}"}),
                )
    return office.path


@pytest.fixture
def sqlite_office(sandbox: Sandbox, tmp_path: Path) -> Office:
    return Office(sandbox("sqlite", START), tmp_path)


@pytest.fixture
def many_dossiers(
    request: pytest.FixtureRequest, many_dossiers_sqlite: Path, tmp_path: Path
) -> Iterator[Office]:
    path = tmp_path / "office.db"
    shutil.copyfile(many_dossiers_sqlite, path)
    yield Office(f"sqlite:///{path}", tmp_path)
    balanced(request, f"sqlite:///{path}")


@pytest.fixture
def postgres_office(sandbox: Sandbox, tmp_path: Path) -> Office:
    return Office(sandbox("postgresql", START), tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, sandbox: Sandbox, tmp_path: Path) -> Office:
    """A sandbox of this test's own."""
    return Office(sandbox(request.param, START), tmp_path)


@pytest.fixture
def chamber(office: Office) -> Iterator[Chamber]:
    """The council's room in a sandbox of the test's own, whose log must say at the end what is stored."""
    with Chamber(office) as opened:
        yield opened
    assert office.faults() == ()
    assert replayed(office.entries()) == office.stored()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office of a whole module's on each database: many dossiers, one after another."""
    home = tmp_path_factory.mktemp("desk")
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("founded_sqlite"), home / "office.db")
        with Desk(Office(f"sqlite:///{home / 'office.db'}", home)) as opened:
            yield opened
        balanced(request, opened.office.url)
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    name = cluster.create_database(template=request.getfixturevalue("founded_database")(START))
    with Desk(Office(cluster.url(name), home)) as opened:
        yield opened
    balanced(request, opened.office.url)
    cluster.drop_database(name)


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
