"""Fixtures that every test may use: PostgreSQL clusters and databases, and Hypothesis without a stopwatch."""

import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.ledger import balanced
from tests.postgres import OLDEST_MAJOR, Cluster, newest_server, running_cluster

# Shared and slow machines make single examples slow; what is measured is measured in benchmarks/.
settings.register_profile("tdkt", deadline=None)
settings.load_profile("tdkt")


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """One cluster for the whole run. Without a server its tests are skipped, but fail where CI is set."""
    server = newest_server()
    if server is None:
        missing = f"no PostgreSQL server of version {OLDEST_MAJOR} or later is installed"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    with running_cluster(server) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_url(postgres_cluster: Cluster) -> str:
    """The SQLAlchemy address of the cluster's maintenance database."""
    return postgres_cluster.url()


@pytest.fixture
def postgres_database(request: pytest.FixtureRequest, postgres_cluster: Cluster) -> Iterator[str]:
    """The SQLAlchemy address of a database that is empty and this test's own."""
    name = postgres_cluster.create_database()
    yield postgres_cluster.url(name)
    balanced(request, postgres_cluster.url(name))
    postgres_cluster.drop_database(name)


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A run in the background has Ctrl-C ignored, and with it every process that the tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
