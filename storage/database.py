"""One database, opened for acting: engine, held driver connection, SQLite's settings and its file lock.

Both drivers run in autocommit; BEGIN (IMMEDIATE), COMMIT and ROLLBACK are sent here, for `storage.unit`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Engine, Table, create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from storage.address import existing, file_uri, read_address
from storage.errors import (
    ConnectionLost,
    DatabaseReplaced,
    HardLinked,
    NetworkPath,
    NoDriver,
    NoFolder,
    translated,
    unwritable,
)
from storage.filelock import FileLock
from storage.hot import Hot
from storage.paper_files import PaperFiles, files_of
from storage.server import connect
from storage.statements import STATEMENTS, statements_of
from storage.subjects.details import Kept
from storage.subjects.kept import KEPT
from storage.tables import metadata

LOCK_TIMEOUT = 30.0
"""Seconds that a command waits for another one's transaction before it gives up as locked."""
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ncpfs"})
MOUNTS = Path("/proc/self/mounts")


class Database:
    """A database at an address (`office.db`, `postgresql://…`). Nothing is opened before first use.

    It belongs to one thread and lives as long as a command, one sweep of an office, or a thread of the
    console; closed, it opens anew at its next use. `hot` keeps the compiled statements: who opens many
    databases of one kind, one after the other, passes the same mapping.
    `kept` are the subjects whose items it keeps, in `tables` by name. `files` is the folder of a server's
    papers; those of an SQLite file lie beside it.
    """

    def __init__(
        self,
        url: str,
        *,
        create: bool = False,
        lock_timeout: float = LOCK_TIMEOUT,
        journal_mode: str = "DELETE",
        hot: dict[str, Hot] | None = None,
        kept: Kept = KEPT,
        tables: Mapping[str, Table] = metadata.tables,
        files: str | None = None,
    ) -> None:
        self.address = read_address(url)
        self.where = self.address.where
        self.dialect = self.address.dialect
        self.path = None if self.address.path is None else Path(self.address.path)
        self._files = files
        self._create = create
        self.lock_timeout = lock_timeout
        self._journal_mode = journal_mode
        self._connection: Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._hot: dict[str, Hot] = {} if hot is None else hot
        self.kept = kept
        self.tables = tables
        self._statements = STATEMENTS if kept is KEPT else statements_of(kept, tables)
        self._lock = FileLock(self.path, timeout=lock_timeout) if self.path else None
        # On a server the wait for locks is set for this transaction alone, and in the same trip.
        milliseconds = max(1, int(lock_timeout * 1000))
        self._begin = _BEGIN[self.dialect].format(milliseconds=milliseconds)
        self.engine = self._engine()

    def _engine(self) -> Engine:
        opened = self._open_sqlite if self.dialect == "sqlite" else self._open_postgresql
        # Asked for `hstore`, which no table has, a new connection would take three statements more.
        own = {} if self.dialect == "sqlite" else {"use_native_hstore": False}
        try:
            return create_engine(
                _DIALECTS[self.dialect], creator=opened, poolclass=NullPool, **own, **_OUR_OWN_TRANSACTIONS
            )
        except ModuleNotFoundError as error:
            raise NoDriver(where=self.where) from error

    def _open_postgresql(self) -> Any:
        return connect(self.address, patience=self.lock_timeout)

    def _open_sqlite(self) -> sqlite3.Connection:
        assert self.path is not None
        refuse_network(self.path)
        if self._create and not self.path.is_dir():
            self._make_private(self.path)
        path = existing(self.address)
        file = Path(path).stat()
        if file.st_nlink > 1:  # SQLite would look for a dead writer's journal under one name only
            raise HardLinked(where=self.where)
        connection = sqlite3.connect(
            file_uri(path),
            uri=True,
            isolation_level=None,
            timeout=min(self.lock_timeout, 10.0),
        )
        try:
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute(f"PRAGMA journal_mode={self._journal_mode}").fetchall()
            connection.execute("PRAGMA synchronous=EXTRA")
            connection.execute("PRAGMA secure_delete=ON").fetchall()
        except sqlite3.Error:
            connection.close()
            raise
        self._opened = (file.st_dev, file.st_ino)
        return connection

    def _make_private(self, path: Path) -> None:
        """Makes the file where there is none, readable by its owner alone: it will hold people's names."""
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            if not path.absolute().parent.is_dir():
                raise NoFolder(where=self.where) from error
            raise unwritable(error, where=self.where) from error

    @property
    def files(self) -> PaperFiles | None:
        """The files of dossiers' papers; None of a server for which no folder is named."""
        return files_of(self.path, self._files)

    @property
    def connection(self) -> Connection:
        """The held connection, for statements that are not hot."""
        if self._connection is None:
            with translated(self.where):
                self._connection = self.engine.connect()
        return self._connection

    @property
    def driver(self) -> Any:
        """The driver's own connection under the held one."""
        return self.connection.connection.driver_connection

    def hot(self, name: str) -> Hot:
        """The statement of this name, compiled for this database's driver at its first use."""
        compiled = self._hot.get(name)
        if compiled is None:
            compiled = self._hot[name] = Hot(self._statements[name](self.dialect), self.engine.dialect)
        return compiled

    def rows(self, name: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What the statement of this name reads."""
        hot = self.hot(name)
        with translated(self.where):
            rows = self.driver.execute(hot.sql, hot.bound(params)).fetchall()
        return [hot.row(row) for row in rows]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction: file lock, BEGIN IMMEDIATE (PostgreSQL: BEGIN), at the end ROLLBACK.

        After `commit()` there is nothing left to roll back. Raises DatabaseReplaced, DatabaseMissing.
        """
        driver = self.driver
        if self._lock is not None:
            self._lock.acquire()
        try:
            if self._replaced():
                raise DatabaseReplaced(where=self.where)
            with translated(self.where):
                driver.execute(self._begin)
            yield
        finally:
            try:
                self._roll_back(driver)
            finally:
                if self._lock is not None:
                    self._lock.release()

    def commit(self) -> None:
        """COMMIT, retried while an open reader holds SQLite's file."""
        end = time.monotonic() + self.lock_timeout
        with translated(self.where):
            while True:
                try:
                    self.driver.execute("COMMIT")
                    return
                except sqlite3.OperationalError as error:
                    if "locked" not in str(error) or time.monotonic() > end:
                        raise
                    time.sleep(0.01)

    def _roll_back(self, driver: Any) -> None:
        """Ends a transaction that was not committed; a broken connection has none to end."""
        if self.dialect == "sqlite":
            if driver.in_transaction:
                driver.execute("ROLLBACK")
        elif not driver.closed and driver.info.transaction_status != _IDLE:
            try:
                with translated(self.where):
                    driver.execute("ROLLBACK")
            except ConnectionLost:  # in the middle of a pipeline, which then stays open for good
                driver.close()

    def _replaced(self) -> bool:
        """Whether another file than the open one bears the name. Raises DatabaseMissing where none does.

        SQLite goes on reading the old one, and says of writing only that it is not allowed.
        """
        if self._opened is None:
            return False
        file = Path(existing(self.address)).stat()
        return (file.st_dev, file.st_ino) != self._opened

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._opened = None
        if self._lock is not None:
            self._lock.close()
        self.engine.dispose()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# Without the last two, closing a connection that the server has ended would raise once more.
_OUR_OWN_TRANSACTIONS: Mapping[str, Any] = MappingProxyType(
    {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True, "pool_reset_on_return": None}
)
_DIALECTS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
"""What SQLAlchemy must know of an address: the connections it is given."""
_BEGIN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN; SET LOCAL lock_timeout = {milliseconds}"}
_IDLE = 0
"""libpq's transaction status outside any transaction."""


def refuse_network(path: Path) -> None:
    """Raises NetworkPath for a path on a network share, where file locks do not hold."""
    if (system := file_system_of(path)) in NETWORK_FILE_SYSTEMS:
        raise NetworkPath(where=str(path), why=system)


def file_system_of(path: Path) -> str:
    """The kind of file system that holds the path, where the system tells (Linux), else an empty string."""
    if str(path).startswith(("\\\\", "//")):
        return "smbfs"
    if not MOUNTS.exists():
        return ""
    # Mounts lie in one another: the longest mount point above the path is the one that holds it.
    target = path.resolve()
    best, kind = "", ""
    for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        _device, mount, system, *_rest = line.split()
        point = mount.replace("\\040", " ")
        if (target == Path(point) or Path(point) in target.parents) and len(point) >= len(best):
            best, kind = point, system
    return kind
