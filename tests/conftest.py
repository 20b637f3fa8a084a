"""Fixtures for every test: PostgreSQL, sandboxes that are copied, and Hypothesis without a stopwatch."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache, partial
from pathlib import Path

import pytest
from hypothesis import settings

from runtime.acts.founding import found
from runtime.care import checking
from runtime.office import looking, opened, seeds
from runtime.office.kept import OfficeCache
from runtime.office.settings import Options
from storage import schema
from storage.database import Database
from storage.hot import Hot
from storage.log import definitions as stored
from tests.ledger import balanced
from tests.postgres import OLDEST_MAJOR, Cluster, Server, newest_server, running_cluster
from tests.storage.office import NOW
from tests.storage.old_office import write_postgresql, write_sqlite
from workflow.files.codec import read_as
from workflow.files.parsing import Parsed, Vocabulary, parse
from workflow.lint.registries import vocabulary as registries

# Shared and slow machines make single examples slow; what is measured is measured in benchmarks/.
settings.register_profile("tdkt", deadline=None)
settings.load_profile("tdkt")

Sandbox = Callable[[str, str], str]
"""Makes a sandbox on a kind of database, founded at an instant; answers its address."""
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
"""Bytes; the files of two workers take a tenth of it."""
TEXTS = 64
"""Definitions' texts that are kept read: all shipped ones, and those of a test."""


def memory() -> Path | None:
    """A folder in memory with room for the tests' files: every commit of theirs would wait for a disk."""
    if os.environ.get("TMPDIR") or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return MEMORY


def pytest_configure(config: pytest.Config) -> None:
    if folder := memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))
    os.environ.pop("COLUMNS", None)  # a worker is given the terminal's, by which pages would break
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        # Else each of the hundreds of processes would compile the program anew: half of what it takes.
        kept = tempfile.TemporaryDirectory(prefix="tdkt-bytecode-", dir=folder)
        config.add_cleanup(kept.cleanup)
        os.environ["PYTHONPYCACHEPREFIX"] = kept.name


@pytest.fixture(scope="session")
def postgres_server() -> Server:
    """The installed PostgreSQL. Without one its tests are skipped, but fail where CI is set."""
    server = newest_server()
    if server is None:
        missing = f"no PostgreSQL server of version {OLDEST_MAJOR} or later is installed"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    return server


@pytest.fixture(scope="session")
def postgres_cluster(postgres_server: Server) -> Iterator[Cluster]:
    """One cluster for each worker, which does not wait for the disk."""
    with running_cluster(postgres_server, durable=False, folder=memory()) as cluster:
        yield cluster


@pytest.fixture
def durable_cluster(postgres_server: Server) -> Iterator[Cluster]:
    """A cluster that keeps what it acknowledges, like a real one."""
    with running_cluster(postgres_server) as cluster:
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


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The SQLite file of the sandbox that was founded at an instant; to be copied, not to be opened."""
    folder = tmp_path_factory.mktemp("founded")

    @cache
    def file(moment: str) -> Path:
        path = folder / f"{file.cache_info().misses}.db"
        found(Options(db=f"sqlite:///{path}", now=moment), {}, sandbox=True)
        return path

    return file


@pytest.fixture(scope="session")
def founded_database(postgres_cluster: Cluster) -> Callable[[str], str]:
    """The name of the database with the sandbox that was founded at an instant; a template for others."""

    @cache
    def database(moment: str) -> str:
        name = postgres_cluster.create_database()
        found(Options(db=postgres_cluster.url(name), now=moment), {}, sandbox=True)
        return name

    return database


@pytest.fixture(scope="session")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Path]:
    """The SQLite file of an office of an older schema, as it was or brought up; to be copied."""
    folder = tmp_path_factory.mktemp("old")

    @cache
    def file(revision: str, upgraded: bool) -> Path:
        path = folder / f"{revision}-{'upgraded' if upgraded else 'old'}.db"
        brought_up(write_sqlite(path, revision), upgraded)
        return path

    return file


@pytest.fixture(scope="session")
def old_database(
    postgres_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, bool], str]:
    """The name of such a database on the server; a template for others."""

    @cache
    def database(revision: str, upgraded: bool) -> str:
        name = postgres_cluster.create_database()
        folder = tmp_path_factory.mktemp("source")
        brought_up(write_postgresql(postgres_cluster.url(name), folder, revision), upgraded)
        return name

    return database


def brought_up(url: str, upgraded: bool) -> None:
    if upgraded:
        with Database(url) as database:
            schema.upgrade(database, now=NOW)


OldOffice = Callable[[str, str, bool], str]
"""Copies the office of an older schema on a kind of database, as it was or brought up; answers where."""


@pytest.fixture
def old_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OldOffice]:
    """Makes offices of older schemas of this test's own."""
    urls: list[str] = []
    drops: list[Callable[[], None]] = []

    def copied(kind: str, revision: str, upgraded: bool) -> str:
        if kind == "sqlite":
            path = tmp_path / "tdkt.db"
            shutil.copyfile(request.getfixturevalue("old_file")(revision, upgraded), path)
            return f"sqlite:///{path}"
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        name = cluster.create_database(template=request.getfixturevalue("old_database")(revision, upgraded))
        drops.append(partial(cluster.drop_database, name))
        urls.append(cluster.url(name))
        return urls[-1]

    yield copied
    for url in urls:
        balanced(request, url)
    for drop in drops:
        drop()


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Sandbox]:
    """Makes sandboxes of this test's own, on `sqlite` or on `postgresql`."""
    urls: list[str] = []
    drops: list[Callable[[], None]] = []

    def copied(kind: str, moment: str) -> str:
        if kind == "sqlite":
            path = tmp_path / "office.db"
            shutil.copyfile(request.getfixturevalue("founded_file")(moment), path)
            urls.append(f"sqlite:///{path}")
        else:
            cluster: Cluster = request.getfixturevalue("postgres_cluster")
            template = request.getfixturevalue("founded_database")(moment)
            name = cluster.create_database(template=template)
            drops.append(partial(cluster.drop_database, name))
            urls.append(cluster.url(name))
        return urls[-1]

    yield copied
    for url in urls:
        balanced(request, url)
    for drop in drops:
        drop()


@pytest.fixture(scope="session", autouse=True)
def read_once() -> Iterator[None]:
    """What a service keeps from one opening of an office to the next, all tests of a process keep: a command
    read and compiled the same definitions and statements half of its time. So does each that reads a
    definition's text: what comes of a text is always the same."""
    kept = OfficeCache()
    statements: dict[tuple[object, str], Hot] = {}

    def hot(database: Database, name: str) -> Hot:
        build = database._statements[name]
        if (build, database.dialect) not in statements:
            statements[build, database.dialect] = Hot(build(database.dialect), database.engine.dialect)
        return statements[build, database.dialect]

    def parsed(source: str, *, path: str, vocabulary: Vocabulary | None = None) -> Parsed:
        read = read_text(source, vocabulary is not None)
        return replace(read, mistakes=tuple(replace(each, path=path) for each in read.mistakes))

    @lru_cache(maxsize=TEXTS)
    def read_text(source: str, known: bool) -> Parsed:
        return parse(source, path="", vocabulary=registries() if known else None)

    with pytest.MonkeyPatch.context() as patch:
        for module in (seeds, checking, stored):
            patch.setattr(module, "parse", parsed)
        patch.setattr(opened, "OfficeCache", lambda: replace(kept, hot={}))
        patch.setattr(looking, "read_as", cache(read_as))
        patch.setattr(Database, "hot", hot)
        yield


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A run in the background has Ctrl-C ignored, and with it every process that the tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
