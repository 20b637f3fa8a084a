"""A copy of an SQLite database and its papers made while others write, checked before it takes its name.

Restoring is copying the file and its folder back. PostgreSQL has its own tools and is refused here.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage import offices
from storage.database import NETWORK_FILE_SYSTEMS, Database, file_system_of
from storage.errors import Locked, translated
from storage.log.audit import verify
from storage.named_files import Wrong, named_files
from storage.paper_files import (
    ENDING,
    PaperFileChanged,
    PaperFileMissing,
    PaperFiles,
    PaperFileUnreadable,
)
from storage.wholefile import ENDINGS, give_name, temporary_file
from workflow.model.errors import TdktError

PATIENCE = 60.0
"""Seconds that the copy waits for writers that never pause."""


class BackupNeedsSqlite(TdktError):
    """This command backs up SQLite only. For PostgreSQL, use pg_dump."""

    code = "backup_needs_sqlite"


class BackupOwnPath(TdktError):
    """{tep} is the database itself. Choose another place for the backup."""

    code = "backup_own_path"


class BackupBad(TdktError):
    """The copy did not pass its check: {ly_do}. It was not kept; see tdkt doctor."""

    code = "backup_bad"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: `size` in bytes, `entries` of all its logs together. `files` of papers were copied
    beside it or were there; the `lacking` ones are gone or not as they were attached."""

    source: Path
    path: Path
    size: int
    entries: int
    files: int = 0
    lacking: tuple[Wrong, ...] = ()


def back_up(database: Database, target: Path) -> Backup:
    """Copies the database to `target`, over an older copy; the file appears whole and checked, or not at all.

    The copy is the database at one instant. It is made and checked in the target's folder; where that is a
    network share, on which SQLite does not work safely, in the database's own folder first. Raises
    BackupNeedsSqlite, BackupOwnPath, BackupBad, Locked, and OSError where the target cannot be written.
    """
    source = source_of(database, target)
    shared = file_system_of(target.parent) in NETWORK_FILE_SYSTEMS
    with temporary_file(source.parent if shared else target.parent, target.name) as copy:
        shutil.copymode(source, copy)
        _copy(database, copy)
        entries = _check(copy)
        size = copy.stat().st_size
        with Database(str(copy)) as copied:
            named = named_files(copied)
        # The files first: once the copy has its name, all that it names is there.
        lacking = _copy_files(database, named, beside(target))
        if shared:
            with temporary_file(target.parent, target.name) as carried:
                shutil.copyfile(copy, carried)
                give_name(carried, target)
        else:
            give_name(copy, target)
    _forget(beside(target), named)
    return Backup(source, target, size, entries, len(named) - len(lacking), lacking)


def beside(target: Path) -> PaperFiles:
    """The files of a backup, `sao-luu.db.files`."""
    return PaperFiles(target.with_name(target.name + ENDING))


def _copy_files(
    database: Database, named: Mapping[str, tuple[str, ...]], copies: PaperFiles
) -> tuple[Wrong, ...]:
    """Copies every named file; answers with those that cannot be."""
    files, lacking = database.files, []
    assert files is not None, "an SQLite file has its papers beside it"
    for digest, refs in named.items():
        try:
            files.copy_to(copies, digest)
        except (PaperFileMissing, PaperFileChanged, PaperFileUnreadable) as error:
            lacking.append(Wrong(digest, refs, error))
    return tuple(lacking)


def _forget(copies: PaperFiles, named: Mapping[str, tuple[str, ...]]) -> None:
    """What an older copy of this name named and this one does not: an erased person's papers, for one."""
    for each in copies.kept():
        if each.digest not in named:
            copies.drop(each.digest)


def source_of(database: Database, target: Path) -> Path:
    """The file that would be copied. Raises BackupNeedsSqlite, BackupOwnPath."""
    if database.path is None:
        raise BackupNeedsSqlite()
    if _belongs_to(database.path, target):
        raise BackupOwnPath(tep=str(target))
    return database.path


def _belongs_to(source: Path, target: Path) -> bool:
    """Whether writing `target` would write the database or a file that SQLite or the lock keeps beside it."""
    place = target.resolve()
    own = source.resolve()
    if place in {own.with_name(own.name + ending) for ending in ENDINGS}:
        return True
    return target.exists() and target.samefile(source)


def _copy(database: Database, copy: Path) -> None:
    """Copies in one step (`pages=-1`), so that no commit comes in between; waits for commits under way."""
    end = time.monotonic() + PATIENCE

    def waited(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > end:
            raise Locked(where=database.where)

    with translated(str(copy)), closing(sqlite3.connect(copy, isolation_level=None)) as into:
        database.driver.backup(into, pages=-1, progress=waited, sleep=0.05)


def _check(copy: Path) -> int:
    """The number of entries in the copy's logs. Raises BackupBad."""
    with Database(str(copy)) as database, translated(str(copy)):
        faults = [row[0] for row in database.driver.execute("PRAGMA integrity_check(3)").fetchall()]
        if faults != ["ok"]:
            raise BackupBad(ly_do="; ".join(faults))
        verified = [verify(database, office) for office in offices.offices(database)]
    for verification in verified:
        if verification.faults:
            raise BackupBad(ly_do=str(verification.faults[0]).rstrip("."))
    return sum(log.size for verification in verified for log in verification.logs)
