"""Wiring of `tdkt upgrade`: looks at an older database, backs it up where it is a file, and upgrades it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from runtime.acts.acting import Acting
from runtime.acts.off_plan import keep_places
from runtime.acts.providing import provide_machines
from runtime.care.upkeep import UnwritableFile
from runtime.office.settings import Options, database_url, lock_timeout
from storage import offices, schema
from storage.backup import Backup, back_up
from storage.database import Database
from storage.offices import languages
from storage.revision import HEAD
from workflow.model.causes import cause_of


@dataclass(frozen=True, slots=True)
class UpgradePreview:
    """What an upgrade would do, from revision `found` to `head`.

    `backup` is the copy's path, None where none would be made; `language` is an office's, to ask in.
    """

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


def preview(
    options: Options, environment: Mapping[str, str], *, today: date, with_backup: bool = True
) -> UpgradePreview:
    """What `upgrade` would do now; changes nothing. Raises DatabaseMissing, NewerSchema."""
    with _opened(options, environment) as database:
        found = schema.standing(database)
        backup = None
        if with_backup and database.path is not None and found != HEAD:
            backup = _free_name(database.path, found, today)
        language = next(iter(languages(database)), None)
        return UpgradePreview(database.where, found, database.dialect == "postgresql", backup, language)


def upgrade(options: Options, environment: Mapping[str, str], *, backup: Path | None) -> Upgraded:
    """Backs up to `backup`, then upgrades; all or nothing. Raises UnwritableFile and what `back_up` does."""
    with _opened(options, environment) as database:
        try:
            copy = back_up(database, backup) if backup is not None else None
        except OSError as error:
            raise UnwritableFile(tep=str(backup), ly_do=cause_of(error)) from error
        found, names = schema.upgrade(database, now=datetime.now(UTC)), offices.offices(database)
    for name in names:
        with Acting(options._replace(office=name, year=None), environment) as acting:
            keep_places(acting)
            provide_machines(acting)
    return Upgraded(found, copy)


def _opened(options: Options, environment: Mapping[str, str]) -> Database:
    return Database(database_url(options, environment), lock_timeout=lock_timeout(environment))


def _free_name(path: Path, found: str, today: date) -> Path:
    """`tdkt-0001-2026-03-31.db` beside `tdkt.db`, with a number where that stands already."""
    name = f"{path.stem}-{found}-{today.isoformat()}"
    names = (f"{name}{'' if number == 1 else f'-{number}'}{path.suffix}" for number in count(1))
    places = (path.absolute().with_name(free) for free in names)
    return next(place for place in places if not place.exists())
