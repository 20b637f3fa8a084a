"""Databases that cannot be used: each fault has its own error, and nothing is half-written."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text

from storage import database as database_module
from storage import schema
from storage.database import Database, file_system_of
from storage.errors import (
    DatabaseCorrupt,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnusable,
    DiskFull,
    Locked,
    NetworkPath,
    NewerSchema,
    NoDatabaseFile,
    NoFolder,
    Standby,
    Unreachable,
)
from storage.filelock import locked
from storage.log.audit import verify
from tests.people import ADMINISTRATOR, OFFICER
from tests.processes import ended, says, start
from tests.storage.office import OFFICE, YEAR, House, act, begin, everything, key, stored
from workflow.model.decision import EntryDraft

resource = pytest.importorskip("resource", reason="limits, owners and alarms are POSIX")
BACKUP = EntryDraft(event="backup", actor=ADMINISTRATOR, role="administrator", from_state=None, to_state=None)


def path_of(house: House) -> Path:
    return Path(house.url.removeprefix("sqlite:///"))


def content(house: House) -> dict[str, list[tuple[object, ...]]]:
    with house.open() as database:
        return dict(everything(database))


def submit(house: House, *, lock_timeout: float = 30.0) -> None:
    with house.open(lock_timeout=lock_timeout) as database:
        schema.check(database)
        act(database, house, "T01", "submit", actor=OFFICER)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everything; so the block runs as an ordinary user."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def reachable_house(sqlite_house: House) -> Iterator[House]:
    """The office in a folder that every user of the machine may read and write."""
    folder = Path(tempfile.mkdtemp(prefix="tdkt-"))
    folder.chmod(0o777)
    path = folder / "office.db"
    shutil.copyfile(path_of(sqlite_house), path)
    path.chmod(0o666)
    yield House(f"sqlite:///{path}", sqlite_house.setting, sqlite_house.shipped)
    folder.chmod(0o777)
    shutil.rmtree(folder)


# -- what cannot be opened or written ----------------------------------------------------------------


def test_a_missing_database_is_said_to_be_missing_and_none_is_made(tmp_path: Path) -> None:
    with Database(f"sqlite:///{tmp_path}/none.db") as database, pytest.raises(DatabaseMissing):
        schema.check(database)

    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_has_no_database_in_it(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()

    with Database(f"sqlite:///{tmp_path}/empty.db") as database, pytest.raises(DatabaseMissing):
        schema.check(database)


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with (
        Database(f"sqlite:///{tmp_path}/no/such/office.db", create=True) as database,
        pytest.raises(NoFolder),
    ):
        schema.create(database)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(NoDatabaseFile):
        Database(url)


def test_a_read_only_file_is_told_and_nothing_is_written(reachable_house: House) -> None:
    before = content(reachable_house)
    path_of(reachable_house).chmod(0o444)

    with as_nobody(), pytest.raises(DatabaseReadOnly):
        submit(reachable_house)

    assert content(reachable_house) == before


def test_a_folder_where_no_lock_file_can_be_made_is_told(reachable_house: House) -> None:
    before = content(reachable_house)
    path = path_of(reachable_house)
    path.with_name("office.db.lock").unlink(missing_ok=True)
    path.parent.chmod(0o555)

    with as_nobody(), pytest.raises(DatabaseReadOnly, match="allow writing to the file and its folder"):
        submit(reachable_house)

    assert content(reachable_house) == before


def test_a_folder_where_no_journal_can_be_made_is_told(reachable_house: House) -> None:
    before = content(reachable_house)
    path = path_of(reachable_house)
    path.with_name("office.db.lock").touch(0o666)
    path.with_name("office.db.lock").chmod(0o666)
    path.parent.chmod(0o555)

    with as_nobody(), pytest.raises(DatabaseReadOnly):
        submit(reachable_house)

    assert content(reachable_house) == before


def test_a_file_that_may_not_be_read_is_told(reachable_house: House) -> None:
    path_of(reachable_house).chmod(0o000)

    with as_nobody(), pytest.raises(DatabaseReadOnly):
        submit(reachable_house)


def test_a_network_share_is_refused(sqlite_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "file_system_of", lambda _path: "nfs4")

    with pytest.raises(NetworkPath):
        submit(sqlite_house)


def test_a_paths_file_system_is_that_of_the_deepest_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared folder"
    shared.mkdir()
    (tmp_path / "link").symlink_to(shared)
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda / ext4 rw 0 0\nserver:/x {str(shared).replace(' ', chr(92) + '040')} nfs4 rw 0 0\n"
    )
    monkeypatch.setattr(database_module, "MOUNTS", mounts)

    assert [
        file_system_of(path) for path in (shared / "a.db", tmp_path / "link" / "a.db", tmp_path / "a.db")
    ] == [
        "nfs4",
        "nfs4",
        "ext4",
    ]
    assert file_system_of(Path("//server/share/a.db")) == "smbfs"


# -- what is damaged ---------------------------------------------------------------------------------


def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Kính gửi: Ủy ban nhân dân xã\n" * 100, encoding="utf-8")
    before = path.read_bytes()

    for create in (False, True):
        with (
            Database(f"sqlite:///{path}", create=create) as database,
            pytest.raises(DatabaseCorrupt, match="or damaged"),
        ):
            schema.create(database)

    assert path.read_bytes() == before


@pytest.mark.broken_database
def test_a_damaged_header_is_told(sqlite_house: House) -> None:
    with path_of(sqlite_house).open("r+b") as file:
        file.write(b"\x00" * 16)

    with pytest.raises(DatabaseCorrupt):
        submit(sqlite_house)


@pytest.mark.broken_database
def test_a_damaged_page_is_told_and_nothing_more_is_written(sqlite_house: House) -> None:
    path = path_of(sqlite_house)
    with sqlite3.connect(path) as plain:
        page, size = (plain.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    with path.open("r+b") as file:
        for number in range(2, page + 1):
            file.seek((number - 1) * size)
            file.write(b"\xff" * 100)
    before = path.read_bytes()

    with pytest.raises(DatabaseCorrupt, match="is damaged; restore"):
        submit(sqlite_house)

    assert path.read_bytes() == before


def test_a_newer_schema_is_told(sqlite_house: House) -> None:
    with sqlite3.connect(path_of(sqlite_house)) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '0999'")
    plain.close()

    with pytest.raises(NewerSchema, match=r"schema 0999"):
        submit(sqlite_house)


# -- no room -----------------------------------------------------------------------------------------


def record(database: Database, count: int) -> None:
    """Makes the database larger by `count` entries."""
    with begin(database) as unit:
        for _ in range(count):
            unit.record(BACKUP, log=YEAR)
        unit.commit()


def test_a_full_database_is_told_and_nothing_is_written(sqlite_house: House) -> None:
    before = content(sqlite_house)

    with sqlite_house.open() as database:
        pages = database.driver.execute("PRAGMA page_count").fetchone()[0]
        database.driver.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        with pytest.raises(DiskFull):
            record(database, 2000)

    assert content(sqlite_house) == before


def test_a_disk_that_takes_no_more_is_told_and_nothing_is_written(sqlite_house: House) -> None:
    before = content(sqlite_house)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path_of(sqlite_house).stat().st_size, limits[1]))
    try:
        with sqlite_house.open() as database, pytest.raises(DatabaseUnusable) as caught:
            record(database, 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)

    assert caught.value.code in ("disk_fault", "disk_full")
    assert content(sqlite_house) == before


# -- somebody else has it ----------------------------------------------------------------------------


def test_a_database_that_another_program_locks_is_told_as_locked(sqlite_house: House) -> None:
    before = content(sqlite_house)
    with in_a_process(sqlite_house, "database.driver.execute('BEGIN EXCLUSIVE')"), pytest.raises(Locked):
        submit(sqlite_house, lock_timeout=0.2)

    assert content(sqlite_house) == before


def test_a_command_waits_for_another_process_and_then_goes_on(sqlite_house: House) -> None:
    hold = "transaction = database.transaction(); transaction.__enter__()"
    with in_a_process(sqlite_house, hold) as process:
        with pytest.raises(Locked):
            submit(sqlite_house, lock_timeout=0.2)
        threading.Timer(0.3, process.kill).start()

        submit(sqlite_house)

    with sqlite_house.open() as database:
        assert verify(database, OFFICE).ok


def test_a_commit_waits_for_an_open_reader(sqlite_house: House) -> None:
    reader = sqlite3.connect(path_of(sqlite_house), isolation_level=None, check_same_thread=False)
    cursor = reader.execute("SELECT * FROM deadline")
    cursor.fetchone()
    threading.Timer(0.3, cursor.close).start()

    submit(sqlite_house)

    reader.close()
    with sqlite_house.open() as database:
        assert verify(database, OFFICE).ok


def test_a_commit_that_finds_the_file_busy_is_tried_again(sqlite_house: House) -> None:
    reader = sqlite3.connect(path_of(sqlite_house), isolation_level=None)
    cursor = reader.execute("SELECT * FROM deadline")
    cursor.fetchone()
    tries: list[str] = []

    def told(statement: str) -> None:
        if statement == "COMMIT":
            tries.append(statement)
            if len(tries) == 3:
                cursor.close()

    with sqlite_house.open() as database:
        # SQLite itself waits for nobody: it answers at once that the file is busy.
        database.driver.execute("PRAGMA busy_timeout = 0").fetchall()
        database.driver.set_trace_callback(told)
        act(database, sqlite_house, "T01", "submit", actor=OFFICER)
        database.driver.set_trace_callback(None)

        assert len(tries) == 3
        assert stored(database, "T01").state == "submitted"
        assert verify(database, OFFICE).ok
    reader.close()


def test_a_commit_that_finds_the_file_busy_for_too_long_changes_nothing(sqlite_house: House) -> None:
    reader = sqlite3.connect(path_of(sqlite_house), isolation_level=None)
    cursor = reader.execute("SELECT * FROM deadline")
    cursor.fetchone()

    with sqlite_house.open(lock_timeout=0.05) as database:
        database.driver.execute("PRAGMA busy_timeout = 0").fetchall()
        with pytest.raises(Locked):
            act(database, sqlite_house, "T01", "submit", actor=OFFICER)

        cursor.close()
        reader.close()
        assert stored(database, "T01").state == "drafted"


# -- killed in the middle ----------------------------------------------------------------------------

CHILD = """
import sys, time
from storage.database import Database
database = Database(sys.argv[1])
database.driver.execute("PRAGMA cache_size = 2").fetchall()
{work}
print("there", flush=True)
time.sleep(3600)
"""
HALF_WRITTEN = """
transaction = database.transaction(); transaction.__enter__()
database.driver.execute("UPDATE task SET content = content || hex(zeroblob(20000))")
database.driver.execute("UPDATE notice SET text = 'x'")
database.driver.execute("UPDATE item SET addressed = hex(zeroblob(20000))")
"""


@contextmanager
def in_a_process(house: House, work: str) -> Iterator[subprocess.Popen[str]]:
    """A child process that has done `work` on its own connection and sleeps; killed at the end."""
    process = start(sys.executable, "-c", CHILD.format(work=work), house.url, stderr=None)
    try:
        says(process, "there\n", on="stdout")
        yield process
    finally:
        process.kill()
        ended(process)


def leave_a_hot_journal(house: House) -> Path:
    """Kills a writer after pages of its transaction reached the file."""
    path = path_of(house)
    before = path.read_bytes()
    with in_a_process(house, HALF_WRITTEN) as process:
        os.kill(process.pid, signal.SIGKILL)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 0
    assert path.read_bytes() != before
    return journal


def test_a_killed_writer_leaves_nothing_at_the_next_command(sqlite_house: House) -> None:
    before = content(sqlite_house)
    journal = leave_a_hot_journal(sqlite_house)

    assert content(sqlite_house) == before
    assert not journal.exists()
    submit(sqlite_house)
    with sqlite_house.open() as database:
        assert verify(database, OFFICE).ok


def test_a_killed_writer_leaves_nothing_for_a_looking_connection(sqlite_house: House) -> None:
    before = content(sqlite_house)
    journal = leave_a_hot_journal(sqlite_house)

    looking = sqlite3.connect(
        f"file:{quote(str(path_of(sqlite_house)))}?mode=rw", uri=True, isolation_level=None
    )
    looking.execute("PRAGMA query_only=1")
    contents = [row[0] for row in looking.execute("SELECT content FROM task ORDER BY ref").fetchall()]
    looking.close()

    assert contents == [row[5] for row in before["task"]]
    assert not journal.exists()
    assert content(sqlite_house) == before


# -- PostgreSQL --------------------------------------------------------------------------------------


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_ends_the_connection_is_told_as_unusable(database: Database, house: House) -> None:
    with begin(database) as unit, house.open() as other:
        unit.lock(key("T01"))
        pid = database.driver.info.backend_pid
        other.connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

        with pytest.raises(DatabaseUnusable):
            unit.lock(key("T02"))


def test_a_server_that_is_not_there_is_told_as_unusable(tmp_path: Path) -> None:
    with (
        Database(f"postgresql://nobody@/none?host={tmp_path}") as database,
        pytest.raises(Unreachable),
    ):
        schema.check(database)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_only_reads_is_told(database: Database, house: House) -> None:
    database.driver.execute("SET default_transaction_read_only = on")

    with pytest.raises(Standby):
        act(database, house, "T01", "submit", actor=OFFICER)


def test_an_empty_postgresql_database_is_said_to_be_missing(postgres_database: str) -> None:
    with Database(postgres_database) as database, pytest.raises(DatabaseMissing):
        schema.check(database)


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    with Database(f"sqlite:///{path}", create=True) as database:
        schema.create(database)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o600, 0o660])
def test_who_may_write_the_file_may_lock_it_and_nobody_else(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.db"
    path.touch(mode=mode)
    path.chmod(mode)
    umask = os.umask(0)
    try:
        with locked(path, timeout=1.0):
            pass
    finally:
        os.umask(umask)

    assert stat.S_IMODE((tmp_path / "a.db.lock").stat().st_mode) == mode
