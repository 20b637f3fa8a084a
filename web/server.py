"""The console's server: uvicorn on a socket of ours, the threads, an orderly end."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from runtime.office.connections import is_file
from web.app import application
from web.desk import Console
from web.threads import Threads

if TYPE_CHECKING:
    from uvicorn import Server

PORT = 8010
LAST_REQUEST = 5
"""Seconds that a request under way may still take when the console ends."""
AT_ONCE = 400
"""Requests that are taken at once; of more, each is told that the console is busy."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The files of a certificate and its key."""

    certificate: Path
    key: Path


def serve(
    console: Console,
    listener: socket.socket,
    *,
    keys: Keys | None = None,
    proxy: str | None = None,
    started: Callable[[Server], None] = lambda _server: None,
) -> None:
    """Serves until the process is asked to end. `proxy` is the address whose forwarded headers are believed;
    `started` is called with the server before it begins."""
    from uvicorn import Config, Server

    threads = Threads(console.connect, one_writer=is_file(console.options, console.environment))
    config = Config(
        application(console, threads),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        lifespan="off",
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=LAST_REQUEST,
        h11_max_incomplete_event_size=32 * 1024,
        http="h11",
        ws="none",
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
        ssl_certfile=keys.certificate if keys else None,
        ssl_keyfile=keys.key if keys else None,
    )
    server = Server(config)
    started(server)
    try:
        server.run(sockets=[listener])
    finally:
        threads.close()
        listener.close()
