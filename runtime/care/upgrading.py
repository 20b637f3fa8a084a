"""Wiring of `tdkt upgrade`: an older database is looked at, backed up where it is a file, and brought up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from runtime.care.upkeep import UnwritableFile
from runtime.office.settings import Options, database_url, lock_timeout
from storage import schema
from storage.backup import Backup, back_up
from storage.database import Database
from storage.offices import languages
from storage.revision import HEAD


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an upgrade would do. `backup` is None where none would be made; `language` the office's own."""

    where: str
    found: str
    postgresql: bool
    backup: Path | None
    language: str | None
    head: str = HEAD

    @property
    def needed(self) -> bool:
        return self.found != self.head


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which revision the database came, and the copy that was made of it before."""

    found: str
    backup: Backup | None


def foresee(
    options: Options, environment: Mapping[str, str], *, today: date, with_backup: bool = True
) -> Foreseen:
    """Looks only. Raises DatabaseMissing, NewerSchema."""
    with _opened(options, environment) as database:
        found = schema.standing(database)
        beside = None
        if with_backup and database.path is not None and found != HEAD:
            beside = _free_name(database.path, found, today)
        spoken = next(iter(languages(database)), None)
        return Foreseen(database.where, found, database.dialect == "postgresql", beside, spoken)


def upgrade(options: Options, environment: Mapping[str, str], *, backup: Path | None) -> Upgraded:
    """Backs up to `backup`, then upgrades; all or nothing. Raises UnwritableFile and what `back_up` does."""
    with _opened(options, environment) as database:
        try:
            copy = back_up(database, backup) if backup is not None else None
        except OSError as error:
            raise UnwritableFile(tep=str(backup), ly_do=error.strerror or str(error)) from error
        return Upgraded(schema.upgrade(database), copy)


def _opened(options: Options, environment: Mapping[str, str]) -> Database:
    return Database(database_url(options, environment), lock_timeout=lock_timeout(environment))


def _free_name(path: Path, found: str, today: date) -> Path:
    """`tdkt-0001-2026-03-31.db` beside `tdkt.db`, with a number where that stands already."""
    name = f"{path.stem}-{found}-{today.isoformat()}"
    names = (f"{name}{'' if number == 1 else f'-{number}'}{path.suffix}" for number in count(1))
    return next(place for each in names if not (place := path.absolute().with_name(each)).exists())
