"""A database that one thread keeps for weeks, while others back it up, bring it up, replace and remove it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from runtime.office.sentences import sentence
from storage import schema
from storage.backup import back_up
from storage.database import Database
from storage.errors import DatabaseMissing, DatabaseReplaced, NewerSchema
from storage.log.audit import verify
from storage.revision import HEAD
from storage.unit import UnitOfWork
from tests.people import ADMINISTRATOR, OFFICER
from tests.storage.office import OFFICE, YEAR, House, act, begin, count_rows, stored
from workflow.model.decision import EntryDraft

BACKUP = EntryDraft(event="backup", actor=ADMINISTRATOR, role="administrator", from_state=None, to_state=None)

Work = Callable[[Database], object]


class Kept:
    """One thread with the one database that it keeps."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._pool = ThreadPoolExecutor(1)
        self.database: Database = self._pool.submit(house.open).result()

    def does(self, work: Work) -> object:
        """What the work answers or raises, done by the thread."""
        future: Future[object] = self._pool.submit(work, self.database)
        return future.result()

    def close(self) -> None:
        self.does(Database.close)
        self._pool.shutdown()


@pytest.fixture
def kept(house: House) -> Iterator[Kept]:
    thread = Kept(house)
    yield thread
    thread.close()


def write(database: Database) -> None:
    with begin(database) as unit:
        record(unit)


def record(unit: UnitOfWork) -> None:
    unit.record(BACKUP, log=YEAR)
    unit.commit()


def entries(database: Database) -> int:
    return count_rows(database, "entry")


def file_of(house: House) -> Path:
    return Path(house.url.removeprefix("sqlite:///"))


def copied(house: House, name: str) -> Path:
    """A copy of the database beside it, as a backup leaves one."""
    with house.open() as database:
        return back_up(database, file_of(house).with_name(name)).path


def test_a_kept_database_serves_many_transactions_between_those_of_others(
    kept: Kept, house: House, database: Database
) -> None:
    before = entries(database)

    for _ in range(50):
        kept.does(write)
        write(database)
        assert kept.does(entries) == entries(database)

    assert entries(database) == before + 100
    assert verify(database, OFFICE).ok


def test_a_kept_database_is_one_connection_and_one_lock_file(sqlite_house: House) -> None:
    kept = Kept(sqlite_house)
    kept.does(write)
    held = open_files(file_of(sqlite_house))

    for _ in range(20):
        kept.does(write)

    assert open_files(file_of(sqlite_house)) == held == 2
    kept.close()
    assert open_files(file_of(sqlite_house)) == 0


def open_files(database: Path) -> int:
    """How many descriptors this process has of the database and what lies beside it."""
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("where open files can be seen")
    return sum(
        str(each.readlink()).startswith(str(database)) for each in folder.iterdir() if each.is_symlink()
    )


def test_a_thread_that_is_not_its_own_may_not_use_it(sqlite_house: House) -> None:
    kept = Kept(sqlite_house)
    kept.does(write)

    with pytest.raises(sqlite3.ProgrammingError, match="thread"):
        write(kept.database)

    kept.close()


# -- what happens to the file beside it -----------------------------------------------------------------


def test_it_goes_on_while_backups_are_made(sqlite_house: House) -> None:
    kept = Kept(sqlite_house)

    for _ in range(3):
        kept.does(write)
        copy = copied(sqlite_house, "sao-luu.db")
        kept.does(write)

    with Database(str(copy)) as of_the_copy:
        assert kept.does(entries) == entries(of_the_copy) + 1
    kept.close()


def test_a_file_put_in_its_place_is_opened_after_a_close(sqlite_house: House) -> None:
    older = copied(sqlite_house, "older.db")
    kept = Kept(sqlite_house)
    kept.does(lambda own: act(own, sqlite_house, "T01", "submit", actor=OFFICER))

    older.replace(file_of(sqlite_house))
    kept.does(Database.close)

    assert kept.does(lambda own: stored(own, "T01").state) == "drafted"
    kept.does(lambda own: act(own, sqlite_house, "T01", "submit", actor=OFFICER))
    with sqlite_house.open() as other:
        assert stored(other, "T01").state == "submitted"
        assert verify(other, OFFICE).ok
    kept.close()


def test_what_was_begun_on_the_old_file_is_written_into_neither(sqlite_house: House) -> None:
    older = copied(sqlite_house, "older.db")
    aside = file_of(sqlite_house).with_name("aside.db")
    kept = Kept(sqlite_house)
    before = kept.does(entries)

    file_of(sqlite_house).rename(aside)
    older.rename(file_of(sqlite_house))

    with pytest.raises(DatabaseReplaced) as caught:
        kept.does(write)
    assert "vừa được thay bằng tệp khác; chưa có gì thay đổi" in sentence(caught.value, "vi")
    for path in (aside, file_of(sqlite_house)):
        with Database(str(path)) as either:
            assert entries(either) == before
    kept.close()


def test_a_file_that_went_is_missed_until_it_is_back(sqlite_house: House) -> None:
    kept, aside = Kept(sqlite_house), file_of(sqlite_house).with_name("aside.db")
    kept.does(write)
    before = kept.does(entries)

    file_of(sqlite_house).rename(aside)
    for _ in range(2):
        with pytest.raises(DatabaseMissing):
            kept.does(write)
        kept.does(Database.close)
    shutil.copyfile(aside, file_of(sqlite_house))
    kept.does(write)

    assert kept.does(entries) == int(str(before)) + 1
    kept.close()


def test_a_link_that_leads_elsewhere_is_followed_with_its_lock(sqlite_house: House, tmp_path: Path) -> None:
    link, other = tmp_path / "link.db", copied(sqlite_house, "other.db")
    link.symlink_to(file_of(sqlite_house))
    kept = Kept(House(f"sqlite:///{link}", sqlite_house.setting, sqlite_house.shipped))
    kept.does(write)

    link.unlink()
    link.symlink_to(other)
    with pytest.raises(DatabaseReplaced):
        kept.does(write)
    kept.does(Database.close)
    kept.does(write)

    with sqlite_house.open() as first, Database(str(other)) as second:
        assert entries(first) == entries(second)
    assert other.with_name("other.db.lock").exists()
    kept.close()


def test_an_upgrade_beside_it_is_told_by_the_check_of_the_schema(kept: Kept, database: Database) -> None:
    kept.does(schema.check)

    with database.transaction():
        database.driver.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    with pytest.raises(NewerSchema):
        kept.does(schema.check)
    with database.transaction():
        database.driver.execute(f"UPDATE alembic_version SET version_num = '{HEAD}'")
        database.commit()
    kept.does(schema.check)
