"""The console's server: uvicorn on a socket of ours, the threads, an orderly end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runtime.office.connections import is_file
from web.app import application
from web.threads import Threads

if TYPE_CHECKING:
    from uvicorn import Server

    from web.opening import Ready

LAST_REQUEST = 5
"""Seconds that a request under way may still take when the console ends."""
AT_ONCE = 400
"""Requests that are taken at once; of more, each is told that the console is busy."""
HEADERS_LIMIT = 32 * 1024
"""Bytes of a request's line and headers."""


def serve(ready: Ready, *, started: Callable[[Server], None] = lambda _server: None) -> None:
    """Serves until the process is asked to end; `started` is called with the server before it begins."""
    from uvicorn import Config, Server

    console, keys = ready.console, ready.certificates
    threads = Threads(console.connect, one_writer=is_file(console.options, console.environment))
    config = Config(
        application(console, threads),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=LAST_REQUEST,
        h11_max_incomplete_event_size=HEADERS_LIMIT,
        http="h11",
        ws="none",
        proxy_headers=ready.proxy is not None,
        forwarded_allow_ips=ready.proxy,
        ssl_certfile=keys.certificate if keys else None,
        ssl_keyfile=keys.key if keys else None,
    )
    server = Server(config)
    started(server)
    try:
        with _ended_by_signals():
            server.run(sockets=[ready.listener])
    finally:
        threads.close()
        ready.listener.close()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Within the block SIGTERM and Ctrl-C end the server alone: uvicorn raises them again in the end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
