"""A throw-away PgBouncer before a cluster: it pools by transaction, so that no session lasts."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.postgres import SUPERUSER, Cluster, owner_settings
from tests.processes import die_with_parent
from tests.waiting import LIMIT, until

PLACES = ("/usr/sbin", "/usr/local/sbin", os.environ.get("PATH", ""))


def pgbouncer() -> str:
    """The program. Without it its tests are skipped, but fail where CI is set."""
    found = shutil.which("pgbouncer", path=os.pathsep.join(PLACES))
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no PgBouncer is installed")
    return str(found)


@contextmanager
def pooled(cluster: Cluster, *, size: int) -> Iterator[Cluster]:
    """The cluster seen through a pool of so many connections, for as long as the block lasts."""
    sockets = cluster.sockets / "pool"
    sockets.mkdir()
    settings = owner_settings(sockets)
    users, configuration = sockets / "users.txt", sockets / "pgbouncer.ini"
    users.write_text(f'"{SUPERUSER}" ""\n')
    configuration.write_text(f"""[databases]
* = host={cluster.sockets}
[pgbouncer]
listen_addr =
unix_socket_dir = {sockets}
listen_port = 5432
auth_type = trust
auth_file = {users}
pool_mode = transaction
default_pool_size = {size}
""")
    seen = Cluster(cluster.server, sockets, cluster.durable)
    log = (sockets / "pgbouncer.log").open("wb")
    process = subprocess.Popen(
        [pgbouncer(), configuration],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=partial(die_with_parent, signal.SIGTERM),  # noqa: PLW1509  # it takes no lock
        **settings,
    )
    try:
        until(partial(_answers, sockets / ".s.PGSQL.5432", process), "PgBouncer answers")
        yield seen
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(LIMIT)
        log.close()
        shutil.rmtree(sockets)


def _answers(place: Path, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, (place.parent / "pgbouncer.log").read_text()
    with socket.socket(socket.AF_UNIX) as knocking:
        return knocking.connect_ex(str(place)) == 0
