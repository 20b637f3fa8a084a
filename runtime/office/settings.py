"""Where things are and who acts, from options, environment and platform.

Every command passes here, so it stays light: `os.path`, because `pathlib` alone takes a third of a bare
start of Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from storage.address import read_address
from storage.errors import BadDatabaseUrl
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:  # only what acts loads it
    from runtime.office.kept import OfficeCache

DATABASE_NAME = "tdkt.db"
LOCK_TIMEOUT = 30.0
"""Seconds that a command waits for another program's transaction before it gives up as locked."""
LONGEST_WAIT = 3600.0


class BadLockTimeout(UsageMistake):
    """TDKT_LOCK_TIMEOUT is '{gia_tri}'; set it to seconds, like 30, at most an hour, or leave it out."""

    code = "bad_lock_timeout"


FILES = "TDKT_FILES"
"""The setting that names the folder of a server's papers; those of an SQLite file lie beside it."""
FILE_LIMIT = 20
"""Megabytes that one attached file has at most, where nothing else is set."""
LARGEST_LIMIT = 500


class NoPaperFolder(UsageMistake):
    """Set TDKT_FILES to the folder in which the papers of a PostgreSQL database are kept, then repeat."""

    code = "no_paper_folder"


class BadFileLimit(UsageMistake):
    """TDKT_FILE_LIMIT is '{gia_tri}'; set it to whole megabytes from 1 to 500, or leave it out."""

    code = "bad_file_limit"


class Options(NamedTuple):
    """The options that every command takes, as typed; None where absent. `said` is the command itself."""

    db: str | None = None
    office: str | None = None
    year: int | None = None
    actor: str | None = None
    json: bool = False
    yes: bool = False
    now: str | None = None
    key: str | None = None
    no_pager: bool = False
    said: str = ""
    login: str | None = None
    """The login by which whoever acts is signed in, which the caller has made sure of."""
    kept: OfficeCache | None = None
    """What earlier commands in this process have read and compiled; only the demo runs several."""
    console: bool = False
    """Asked in the console, whose sentences name no command."""

    def over(self, other: Options) -> Options:
        """These options where they are given, else the other's."""
        return Options(
            db=self.db or other.db,
            office=self.office or other.office,
            year=self.year if self.year is not None else other.year,
            actor=self.actor or other.actor,
            json=self.json or other.json,
            yes=self.yes or other.yes,
            now=self.now or other.now,
            key=self.key or other.key,
            no_pager=self.no_pager or other.no_pager,
            login=self.login or other.login,
            kept=self.kept or other.kept,
            console=self.console or other.console,
        )


def data_directory(environment: Mapping[str, str]) -> str:
    """Where an office's database and own definitions lie: the user's data directory of the platform."""
    home = os.path.expanduser("~")
    if named := environment.get("TDKT_HOME"):
        return named
    if sys.platform == "win32":
        return os.path.join(environment.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), "tdkt")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Application Support", "tdkt")
    return os.path.join(environment.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share"), "tdkt")


def database_url(options: Options, environment: Mapping[str, str]) -> str:
    """--db, else TDKT_DB, else the file in the data directory; to be read by `storage.address`."""
    named = options.db or environment.get("TDKT_DB")
    return named or os.path.join(data_directory(environment), DATABASE_NAME)


def definitions_directory(options: Options, environment: Mapping[str, str]) -> str:
    """Where the office's own definitions stand. Raises BadDatabaseUrl."""
    return os.path.join(_own_directory(options, environment), "definitions")


def certificates_directory(options: Options, environment: Mapping[str, str]) -> str:
    """Where the console's certificates and their keys lie. Raises BadDatabaseUrl."""
    return os.path.join(_own_directory(options, environment), "certificates")


def _own_directory(options: Options, environment: Mapping[str, str]) -> str:
    """Where the database's file lies; of a server's, the data directory."""
    path = read_address(database_url(options, environment)).path
    return data_directory(environment) if path is None else os.path.dirname(path)


def lock_timeout(environment: Mapping[str, str]) -> float:
    """TDKT_LOCK_TIMEOUT in seconds, else half a minute. Raises BadLockTimeout."""
    named = environment.get("TDKT_LOCK_TIMEOUT")
    if not named:
        return LOCK_TIMEOUT
    try:
        seconds = float(named)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST_WAIT:
        raise BadLockTimeout(gia_tri=named)
    return seconds


def file_limit(environment: Mapping[str, str]) -> int:
    """TDKT_FILE_LIMIT, the megabytes of one attached file, else twenty. Raises BadFileLimit."""
    named = environment.get("TDKT_FILE_LIMIT")
    if not named:
        return FILE_LIMIT
    if not named.isdecimal() or not 1 <= int(named) <= LARGEST_LIMIT:
        raise BadFileLimit(gia_tri=named)
    return int(named)


def language(stored: str | None, environment: Mapping[str, str]) -> str:
    """TDKT_LANG, else what the office stored, else the locale, else English."""
    for named in (
        environment.get("TDKT_LANG"),
        stored,
        *(environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")),
    ):
        if not named:
            continue
        short = named[:2].lower()
        return "vi" if short == "vi" else "en"
    return "en"


def language_at_hand(options: Options, environment: Mapping[str, str]) -> str | None:
    """What the office that is meant stored, where its database is a file; None where it cannot be told."""
    from storage.language import stored_language

    try:
        file = read_address(database_url(options, environment)).path
    except BadDatabaseUrl:
        return None
    return stored_language(file, options.office or environment.get("TDKT_OFFICE")) if file else None


def environment() -> Mapping[str, str]:
    """The process's environment: read once, at the door."""
    return dict(os.environ)
