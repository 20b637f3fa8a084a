"""Wiring of `audit verify`, `audit export` and `backup`, which act on a database and need no actor."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, TextIO
from uuid import uuid4

from runtime.office.looking import chosen_office
from runtime.office.settings import Options, database_url
from runtime.serve.sweeping import offices_to_sweep
from storage import schema
from storage.address import read_address
from storage.backup import Backup, back_up, source_of
from storage.database import Database
from storage.log.audit import Fault, export, verify
from storage.log.definitions import definitions_at_odds
from storage.log.replay import Replayed, replay
from storage.views import Reading
from workflow.model.causes import cause_of
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.text import Phrase


class UnwritableFile(TdktError):
    """{tep} cannot be written: {ly_do}. Choose another place, then repeat."""

    code = "unwritable_file"


class NoLog(UsageMistake):
    """There is no log of {nam}; without --year all of them are taken."""

    code = "no_log"


class FaultRecord(NamedTuple):
    """What is wrong with a log: `seq` for an entry, `ref` for an item, and of a row that does not agree its
    `table`, its `row`, and as far as it can be told the column, what it holds and what the log says;
    `message` in English."""

    code: str
    seq: int | None
    ref: str | None
    message: str
    table: str | None
    row: str | None
    column: str | None
    stored: str | None
    said: str | None


class LogVerified(NamedTuple):
    """A log for scripts. One that faults name and that has no head has neither `entries` nor `root`.

    `bound_since` is the instant since which it vouches for what stands, where that was not its beginning.
    """

    office: str
    log: int
    sound: bool
    entries: int | None
    root: str | None
    faults: tuple[FaultRecord, ...]
    bound_since: str | None


class OfficeVerified(NamedTuple):
    """What verifying the logs of one office found; `rows` were held against them."""

    office: str
    logs: tuple[LogVerified, ...]
    rows: int

    @property
    def sound(self) -> bool:
        return all(log.sound for log in self.logs)


def verify_logs(
    options: Options,
    environment: Mapping[str, str],
    *,
    log: int | None = None,
    begun: Callable[[int], None] = lambda _entries: None,
    read: Callable[[int], None] = lambda _entries: None,
) -> list[OfficeVerified]:
    """Verifies every log, or the one of a year, of the chosen office, else of all, and what stands against
    it. Raises NoLog.

    `begun` is called once, with the number of entries, before they are read; each is read twice, and `read`
    is told of every page how many it had.
    """
    names = offices_to_sweep(options, environment)
    with Reading(database_url(options, environment)) as reading:
        heads = [head for name in names for head in reading.heads(name) if log in (None, head.log)]
    begun(sum(head.size for head in heads))
    with _opened(options, environment) as database:
        found = [_office_verified(database, name, log, read) for name in names]
    if log is not None and not any(office.logs for office in found):
        raise NoLog(nam=log)
    return found


def _office_verified(
    database: Database, office: str, log: int | None, read: Callable[[int], None]
) -> OfficeVerified:
    """The logs by year; faults that belong to no readable log make one of the year that they name."""
    found = verify(database, office, log, read=read)
    rows = rows_verified(database, office, log, read=read)
    wrong = (*found.faults, *rows.faults)
    heads = {head.log: head for head in found.logs}
    logs = tuple(
        LogVerified(
            office,
            year,
            not faults,
            heads[year].size if year in heads else None,
            heads[year].root if year in heads else None,
            faults,
            rows.since.get(year),
        )
        for year in sorted({*heads, *(fault.log for fault in wrong)})
        for faults in [tuple(_record(fault) for fault in wrong if fault.log == year)]
    )
    return OfficeVerified(office, logs, rows.rows)


def _record(fault: Fault) -> FaultRecord:
    return FaultRecord(
        fault.code,
        fault.seq,
        fault.ref,
        str(fault),
        fault.table,
        fault.row,
        fault.column,
        fault.stored,
        fault.said,
    )


def rows_verified(
    database: Database,
    office: str,
    log: int | None = None,
    *,
    read: Callable[[int], None] = lambda _entries: None,
) -> Replayed:
    """Every row held against the logs, or those of a year; without one also definitions against their
    sources."""
    found = replay(database, office, log, read=read)
    if log is not None or not found.rows:
        return found
    return found._replace(faults=(*found.faults, *definitions_at_odds(database, office, log=found.newest)))


def export_log(
    options: Options, environment: Mapping[str, str], *, log: int | None, file: str, stdout: TextIO
) -> int:
    """Writes the office's log of a year, else its newest, to `file` (`-` is stdout); answers with its length.

    The file appears whole or not at all. Raises NoLog, UnwritableFile.
    """
    with Reading(database_url(options, environment)) as reading:
        names = tuple(row.office for row in reading.offices())
        office = chosen_office(options, environment, names)
        logs = reading.logs(office)
    if not logs or (log is not None and log not in logs):
        raise NoLog(nam=log if log is not None else "…")
    with _opened(options, environment) as database:
        if file == "-":
            return export(database, office, log if log is not None else logs[-1], stdout)
        with _written(Path(file)) as stream:
            return export(database, office, log if log is not None else logs[-1], stream)


NO_FOLDER = Phrase("chưa có thư mục chứa tệp này", "its folder does not exist")


def may_back_up(options: Options, environment: Mapping[str, str], *, file: str) -> None:
    """Raises BackupNeedsSqlite, BackupOwnPath or UnwritableFile before anybody is asked to confirm."""
    target = Path(file)
    with _opened(options, environment) as database:
        source_of(database, target)
    if target.is_dir():
        raise UnwritableFile(tep=file, ly_do=Phrase("đây là thư mục, không phải tệp", "it is a folder"))
    if target.exists() and not target.is_file():
        # A copy is put in the place of what stands there: a device would be gone.
        raise UnwritableFile(tep=file, ly_do=Phrase("đây không phải là tệp", "it is no file"))
    if not target.absolute().parent.is_dir():
        raise UnwritableFile(
            tep=file, ly_do=Phrase("chưa có thư mục chứa tệp này", "its folder does not exist")
        )


def back_up_to(options: Options, environment: Mapping[str, str], *, file: str) -> Backup:
    """Backs the database up to `file`, over an older copy. Raises UnwritableFile and what `back_up` does."""
    target = Path(file)
    with _opened(options, environment) as database:
        try:
            return back_up(database, target)
        except OSError as error:
            raise UnwritableFile(tep=file, ly_do=cause_of(error)) from error


BACKUPS = "sao-luu"
"""The folder beside a database in which copies are kept that nobody chose a place for."""


class BackupFound(NamedTuple):
    """A copy that is kept beside the database."""

    path: Path
    size: int
    at: datetime


def backups_beside(options: Options, environment: Mapping[str, str]) -> tuple[BackupFound, ...]:
    """The copies beside an SQLite database, the newest first; none where they cannot be read."""
    place = read_address(database_url(options, environment)).path
    if place is None:
        return ()
    with suppress(OSError):
        found = [
            BackupFound(path, path.stat().st_size, datetime.fromtimestamp(path.stat().st_mtime, UTC))
            for path in Path(place).absolute().parent.joinpath(BACKUPS).glob(f"{Path(place).stem}-*.db")
        ]
        return tuple(sorted(found, key=lambda each: each.at, reverse=True))
    return ()


def back_up_beside(options: Options, environment: Mapping[str, str], *, day: date) -> Backup:
    """Backs an SQLite database up into the folder beside it, over the copy of the same day.

    Raises UnwritableFile and what `back_up` does.
    """
    with _opened(options, environment) as database:
        source = source_of(database, Path())
    target = source.absolute().parent / BACKUPS / f"{source.stem}-{day.isoformat()}.db"
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UnwritableFile(tep=str(target.parent), ly_do=cause_of(error)) from error
    may_back_up(options, environment, file=str(target))
    return back_up_to(options, environment, file=str(target))


@contextmanager
def _opened(options: Options, environment: Mapping[str, str]) -> Iterator[Database]:
    """The database with its schema checked. No office is opened, which a broken log might not allow."""
    with Database(database_url(options, environment)) as database:
        schema.check(database)
        yield database


@contextmanager
def _written(target: Path) -> Iterator[TextIO]:
    """A text file that gets its name when the block ends well. Raises UnwritableFile."""
    temporary = target.with_name(f".{target.name}.{uuid4().hex[:12]}.part")
    try:
        with temporary.open("x", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        raise UnwritableFile(tep=str(target), ly_do=cause_of(error)) from error
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
