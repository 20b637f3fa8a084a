"""A throw-away PostgreSQL cluster for tests and benchmarks: made by initdb, on a socket, then removed.

It keeps production's durability (fsync and synchronous commit) unless told otherwise, and runs as an ordinary
user, because the server refuses to run as root.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

OLDEST_MAJOR = 15
SUPERUSER = "tdkt"
_DEBIAN_LIBRARY = Path("/usr/lib/postgresql")
_SECONDS = 120


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
    servers = [
        Server(_version_of(folder), folder)
        for folder in folders
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists()
    ]
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
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str = "postgres") -> str:
        """The SQLAlchemy address of a database; psycopg itself takes the keywords of `conninfo`."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.sockets}"

    def conninfo(self, database: str = "postgres") -> str:
        return f"host={self.sockets} user={SUPERUSER} dbname={database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        """A connection that commits each statement; close it by leaving its `with` block."""
        return psycopg.connect(self.conninfo(database), autocommit=True)

    def create_database(self, *, template: str = "template1", name: str | None = None) -> str:
        """Copy `template` (nobody may be connected to it) to a new database and return its name."""
        name = name or f"test_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self.connect() as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Remove the database and throw out whoever is still connected to it."""
        with self.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


@contextmanager
def running_cluster(server: Server, *, durable: bool = True) -> Iterator[Cluster]:
    """A cluster that lives as long as the block; `durable=False` turns off every wait for the disk."""
    # A socket's path holds at most 107 bytes, which a deep TMPDIR would exceed.
    short = "/tmp" if os.name == "posix" and os.access("/tmp", os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="tdkt-pg-", dir=short))
    data = home / "data"
    owner = _owner()
    if owner:
        shutil.chown(home, owner)

    def run(program: str, *arguments: str | Path) -> None:
        prefix = ["runuser", "-u", owner, "--"] if owner else []
        command = [*prefix, server.programs / program, "--pgdata", data, *arguments]
        # The server inherits these descriptors and keeps them open: a pipe here would never end.
        with (home / "programs.log").open("ab") as log:
            done = subprocess.run(
                command,
                cwd=home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                timeout=_SECONDS,
                check=False,
            )
        if done.returncode:
            logs = [path.read_text(errors="replace") for path in sorted(home.glob("*.log"))]
            raise RuntimeError(f"{program} ended with {done.returncode}:\n" + "\n".join(logs))

    try:
        run(
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            f"--username={SUPERUSER}",
            "--no-sync",
        )
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_settings(home, durable=durable))
        try:
            run("pg_ctl", "start", "--wait", f"--timeout={_SECONDS // 2}", "--log", home / "server.log")
            yield Cluster(server, home)
        finally:
            if (data / "postmaster.pid").exists():
                run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _settings(sockets: Path, *, durable: bool) -> str:
    wait = "on" if durable else "off"
    return f"""
listen_addresses = ''
unix_socket_directories = '{sockets}'
fsync = {wait}
full_page_writes = {wait}
synchronous_commit = {wait}
max_connections = 100
log_min_messages = warning
"""


def _owner() -> str | None:
    """Whom the server runs as when we are root; None where we may run it ourselves."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    return "postgres" if any(entry.pw_name == "postgres" for entry in pwd.getpwall()) else "nobody"
