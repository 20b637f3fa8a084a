"""A proxy before a PostgreSQL cluster that cuts a connection at its COMMIT: on the way there, or back."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from tests.postgres import Cluster

COMMIT = b"COMMIT\0"
"""In the statement that asks for it as in the answer that tells of it."""


class Cutter:
    """Passes everything on until the first COMMIT. `applied`: it reaches the server, its answer nobody;
    `gone`: nobody is let in afterwards."""

    def __init__(self, cluster: Cluster, sockets: Path, *, applied: bool, gone: bool) -> None:
        self._server = str(cluster.sockets / ".s.PGSQL.5432")
        self._applied, self._gone = applied, gone
        self.cut = False
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(sockets / ".s.PGSQL.5432"))
        self._listening.listen()
        self._open: list[socket.socket] = [self._listening]
        self._start(self._accept)

    def _start(self, work: object, *words: object) -> None:
        Thread(target=work, args=words, daemon=True).start()  # type: ignore[arg-type]

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._open += [client, server]
                self._start(self._pass, client, server, not self._applied)
                self._start(self._pass, server, client, self._applied)

    def _pass(self, source: socket.socket, target: socket.socket, watched: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                if watched and not self.cut and COMMIT in data:
                    self.cut = True
                    if self._gone:
                        _close(self._listening)
                    break
                target.sendall(data)
        _close(source)
        _close(target)

    def close(self) -> None:
        for each in self._open:
            _close(each)


def _close(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def cut_at_commit(
    cluster: Cluster, folder: Path, *, applied: bool, gone: bool = False
) -> Iterator[tuple[Cluster, Cutter]]:
    """The cluster seen through such a proxy, whose socket lies in the folder."""
    cutter = Cutter(cluster, folder, applied=applied, gone=gone)
    try:
        yield Cluster(cluster.server, folder, cluster.durable), cutter
    finally:
        cutter.close()
