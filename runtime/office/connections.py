"""What one thread keeps open of one database between the offices that it opens on it, one after the other.

A console serves for weeks while the database is backed up, upgraded or put back from a copy beside it: each
office is opened anew on the kept connections, and these are opened anew where the file is another one.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from runtime.office.kept import OfficeCache
from runtime.office.settings import FILES, Options, database_url, lock_timeout
from storage.address import read_address
from storage.database import Database
from storage.errors import ConnectionLost
from storage.views import Reading


class Connections:
    """Belongs to the thread that makes it. `kept` is shared by all threads of one database."""

    def __init__(self, options: Options, environment: Mapping[str, str], kept: OfficeCache) -> None:
        self.kept = kept
        self._url = database_url(options, environment)
        self._path = read_address(self._url).path
        self._environment = environment
        self._reading: Reading | None = None
        self._database: Database | None = None
        self._file: tuple[int, int] | None = None

    def renew(self) -> None:
        """Lets go of connections to a file that is no longer the one at its path."""
        if self._path is None:
            return
        found = None
        with suppress(OSError):
            seen = Path(self._path).stat()
            found = seen.st_dev, seen.st_ino
        if found != self._file:
            self.close()
            self._file = found

    @property
    def reading(self) -> Reading:
        """For looking; the schema is checked each time."""
        if self._reading is not None:
            try:
                self._reading.check()
            except ConnectionLost:  # ended by a server that is back, perhaps: nothing was looked at yet
                self.close()
        if self._reading is None:
            self._reading = Reading(self._url, lock_timeout=lock_timeout(self._environment))
        return self._reading

    @property
    def database(self) -> Database:
        """For acting."""
        if self._database is None:
            self._database = Database(
                self._url,
                lock_timeout=lock_timeout(self._environment),
                hot=self.kept.hot,
                files=self._environment.get(FILES),
            )
        return self._database

    def close(self) -> None:
        """Lets go of both, of a broken one too: the next use opens them anew."""
        held = [each for each in (self._reading, self._database) if each is not None]
        self._reading = self._database = None
        for each in held:
            with suppress(Exception):  # what the server ended cannot be closed, and need not be
                each.__exit__()


def is_file(options: Options, environment: Mapping[str, str]) -> bool:
    """Whether the database is an SQLite file, in which one may write at a time."""
    return read_address(database_url(options, environment)).path is not None
