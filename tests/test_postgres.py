"""The throw-away PostgreSQL cluster: new enough, durable, closed to the network, and gone at the end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tests.postgres import OLDEST_MAJOR, Cluster, running_cluster


def shown(url: str, setting: str) -> str:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return str(connection.execute(text(f"SHOW {setting}")).scalar_one())


SETTINGS = ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "server_encoding")


def test_a_cluster_is_new_enough_durable_and_unicode(durable_cluster: Cluster) -> None:
    url = durable_cluster.url()

    assert int(shown(url, "server_version_num")) >= OLDEST_MAJOR * 10_000
    assert [shown(url, setting) for setting in SETTINGS] == ["on", "on", "on", "", "UTF8"]


def test_the_cluster_of_the_tests_differs_in_waiting_for_no_disk(postgres_url: str) -> None:
    assert [shown(postgres_url, setting) for setting in SETTINGS] == ["off", "off", "off", "", "UTF8"]


def test_a_socket_path_fits_into_its_address(postgres_cluster: Cluster) -> None:
    (socket,) = postgres_cluster.sockets.glob(".s.PGSQL.*[0-9]")

    assert len(str(socket)) < 107


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_an_empty_database(postgres_database: str, turn: int) -> None:
    with create_engine(postgres_database, poolclass=NullPool).begin() as connection:
        connection.execute(text("CREATE TABLE task (turn integer)"))
        connection.execute(text("INSERT INTO task VALUES (:turn)"), {"turn": turn})

        assert connection.execute(text("SELECT turn FROM task")).scalars().all() == [turn]


def test_a_database_can_be_copied_from_a_prepared_one(postgres_cluster: Cluster) -> None:
    prepared = postgres_cluster.create_database()
    with postgres_cluster.connect(prepared) as connection:
        connection.execute("CREATE TABLE task AS SELECT 'T07' AS ref")

    copy = postgres_cluster.create_database(template=prepared)

    with postgres_cluster.connect(copy) as connection:
        assert connection.execute("SELECT ref FROM task").fetchall() == [("T07",)]
    for name in (copy, prepared):
        postgres_cluster.drop_database(name)


def test_dropping_a_database_throws_out_whoever_is_connected(postgres_cluster: Cluster) -> None:
    name = postgres_cluster.create_database()

    with postgres_cluster.connect(name):
        postgres_cluster.drop_database(name)

    with postgres_cluster.connect() as connection:
        left = connection.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name]).fetchone()
    assert left == (0,)


def test_a_cluster_is_stopped_and_removed_when_its_block_fails(postgres_cluster: Cluster) -> None:
    seen: list[Path] = []

    def fail_inside() -> None:
        with running_cluster(postgres_cluster.server, durable=False) as cluster:
            seen.append(cluster.sockets)
            assert shown(cluster.url(), "fsync") == "off"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()

    assert [folder.exists() for folder in seen] == [False]


@pytest.mark.parametrize(("ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_without_a_server_tests_are_skipped_but_fail_in_ci(tmp_path: Path, ci: str, outcome: str) -> None:
    (tmp_path / "test_wanting.py").write_text(
        "from tests import conftest\n"
        "from tests.conftest import postgres_cluster, postgres_server\n"
        "conftest.newest_server = lambda: None\n"
        "def test_one(postgres_cluster): pass\n"
    )
    root = Path(__file__).resolve().parents[1]

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, tmp_path],
        cwd=root,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome in run.stdout.splitlines()[-1]
    assert "no PostgreSQL server of version 15" in run.stdout or not ci


def test_an_address_is_read_by_sqlalchemy_as_it_is_meant(postgres_cluster: Cluster) -> None:
    url = make_url(postgres_cluster.url("office"))

    assert (url.drivername, url.database, url.host) == ("postgresql+psycopg", "office", None)
    assert url.query == {"host": str(postgres_cluster.sockets)}
