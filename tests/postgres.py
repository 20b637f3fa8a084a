"""A throw-away PostgreSQL cluster for tests and benchmarks: made by initdb, on a socket, then removed.

It keeps production's durability (fsync and synchronous commit) unless told otherwise, and runs as an ordinary
user, because the server refuses to run as root.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from tests.processes import die_with_parent
from tests.waiting import LIMIT, until

if TYPE_CHECKING:
    from pwd import struct_passwd

OLDEST_MAJOR = 15
SUPERUSER = "tdkt"
_DEBIAN_LIBRARY = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Server:
    """An installed PostgreSQL: its version as (major, minor) and the folder of its programs."""

    version: tuple[int, int]
    programs: Path


def newest_server() -> Server | None:
    """The newest PostgreSQL of version 15 or later in PATH or in Debian's library folder."""
    on_path = shutil.which("postgres")
    folders = {Path(on_path).resolve().parent} if on_path else set()
    folders |= {program.parent for program in _DEBIAN_LIBRARY.glob("*/bin/postgres")}
    servers = [Server(_version_of(folder), folder) for folder in folders if (folder / "initdb").exists()]
    fitting = [server for server in servers if server.version[0] >= OLDEST_MAJOR]
    return max(fitting, key=lambda server: server.version, default=None)


def _version_of(folder: Path) -> tuple[int, int]:
    said = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True)
    found = re.search(r"(\d+)(?:\.(\d+))?", said.stdout)
    return (int(found[1]), int(found[2] or 0)) if found else (0, 0)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster, known by the folder of its socket."""

    server: Server
    sockets: Path
    durable: bool
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def log(self) -> Path:
        """Where the server and its programs write what they have to say."""
        return self.sockets / "programs.log"

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of a database; psycopg itself takes the keywords of `conninfo`."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.sockets}"

    def conninfo(self, database: str = "postgres") -> str:
        return f"host={self.sockets} user={SUPERUSER} dbname={database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        """A connection that commits each statement; close it by leaving its `with` block."""
        return psycopg.connect(self.conninfo(database), autocommit=True)

    def kill(self) -> None:
        """The server and all its processes, by SIGKILL: as when the machine goes."""
        os.killpg(int((self.sockets / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def create_database(self, *, template: str = "template1", name: str | None = None) -> str:
        """Copy `template` (nobody may be connected to it) to a new database and return its name."""
        name = name or f"test_{next(self._numbers)}"
        # Copying files takes half the time of writing all through the log, unless it must wait for the disk.
        strategy = sql.SQL("WAL_LOG" if self.durable else "FILE_COPY")
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY {}").format(
            sql.Identifier(name), sql.Identifier(template), strategy
        )

        def created() -> bool:
            # The server itself waits five seconds for those who have just left the template.
            with self.connect() as connection, suppress(psycopg.errors.ObjectInUse):
                connection.execute(statement)
                return True
            return False

        until(created, f"nobody is connected to {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Remove the database and throw out whoever is still connected to it."""
        with self.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


INITDB = ("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


@contextmanager
def running_cluster(
    server: Server,
    *,
    durable: bool = True,
    folder: Path | None = None,
    made: Sequence[str] = INITDB,
    mortal: bool = False,
) -> Iterator[Cluster]:
    """A cluster that lives as long as the block, and no longer than this process; it lies in `folder`.

    `durable=False` turns off every wait for the disk. `made` is the program that makes it; a `mortal` one may
    be killed by the test.
    """
    # A socket's path holds at most 107 bytes, which a deep TMPDIR would exceed.
    short = "/tmp" if os.name == "posix" and os.access("/tmp", os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="tdkt-pg-", dir=folder or short))
    cluster = Cluster(server, home, durable)
    with _removed_afterwards(home), cluster.log.open("ab") as log:
        server_process = _started(cluster, log, made)
        try:
            until(partial(_answers, cluster, server_process), "the PostgreSQL server answers")
            yield cluster
            if server_process.poll() is not None and not mortal:
                raise _ended_by_itself(cluster, "postgres", server_process.returncode)
        finally:
            server_process.send_signal(signal.SIGQUIT)
            server_process.wait(LIMIT)


def standing_by(primary: Cluster, *, folder: Path | None = None) -> AbstractContextManager[Cluster]:
    """A hot standby of the cluster, made by pg_basebackup and fed through its socket."""
    copied = (
        "pg_basebackup",
        "--write-recovery-conf",
        "--checkpoint=fast",
        "--no-sync",
        f"--host={primary.sockets}",
    )
    return running_cluster(primary.server, durable=primary.durable, folder=folder, made=copied)


@contextmanager
def _removed_afterwards(folder: Path) -> Iterator[None]:
    """Removes the folder at the end of the block, or of this process: it may lie in memory, which is dear.

    Another process does it, which waits for the end of its input; that comes even if this one is killed.
    """
    code = 'read _; until rm -rf "$0"; do sleep 1; done'
    remover = subprocess.Popen(["sh", "-c", code, folder], stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield
    finally:
        remover.communicate(timeout=LIMIT)


def _started(cluster: Cluster, log: IO[bytes], made: Sequence[str]) -> subprocess.Popen[bytes]:
    """The server of a cluster that a program makes for it; it ends with this process, however that ends."""
    home, programs = cluster.sockets, cluster.server.programs
    data = home / "data"
    settings = {**owner_settings(home), "stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
    done = subprocess.run(
        [programs / made[0], *made[1:], f"--username={SUPERUSER}", "--pgdata", data],
        timeout=LIMIT,
        check=False,
        **settings,
    )
    if done.returncode:
        raise _ended_by_itself(cluster, made[0], done.returncode)
    with (data / "postgresql.conf").open("a", encoding="utf-8") as written:
        written.write(_settings(home, durable=cluster.durable))
    # A session of its own: Ctrl-C is for the tests, which then stop it. SIGQUIT ends all of its processes.
    return subprocess.Popen(
        [programs / "postgres", "-D", data],
        start_new_session=True,
        preexec_fn=partial(die_with_parent, signal.SIGQUIT),  # noqa: PLW1509  # it takes no lock
        **settings,
    )


def _answers(cluster: Cluster, server_process: subprocess.Popen[bytes]) -> bool:
    if server_process.poll() is not None:
        raise _ended_by_itself(cluster, "postgres", server_process.returncode)
    try:
        cluster.connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _ended_by_itself(cluster: Cluster, program: str, code: int) -> RuntimeError:
    log = (cluster.sockets / "programs.log").read_text(errors="replace")
    return RuntimeError(f"{program} ended with {code}:\n{log}")


def _settings(sockets: Path, *, durable: bool) -> str:
    # Of the one that lives as long as the tests each database is gone before there is anything to clean.
    wait = "on" if durable else "off"
    return f"""
listen_addresses = ''
unix_socket_directories = '{sockets}'
fsync = {wait}
full_page_writes = {wait}
synchronous_commit = {wait}
autovacuum = {wait}
max_connections = 100
log_min_messages = warning
"""


def owner_settings(home: Path) -> dict[str, Any]:
    """With what a program starts that refuses to run as root, in a folder that becomes its user's."""
    settings: dict[str, Any] = {"cwd": home}
    if owner := _owner():
        shutil.chown(home, owner.pw_name)
        settings |= {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    return settings


def _owner() -> struct_passwd | None:
    """Whom the server runs as when we are root; None where we may run it ourselves."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]
