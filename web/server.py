"""The console's server: uvicorn on a socket of ours, the threads, an orderly end."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from runtime.office.connections import is_file
from web.app import application
from web.threads import Threads
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from uvicorn import Config, Server

    from web.opening import Ready

LAST_REQUEST = 5
"""Seconds that a request under way may still take when the console ends."""
AT_ONCE = 400
"""Requests that are taken at once; of more, each is told that the console is busy."""
HEADERS_LIMIT = 32 * 1024
"""Bytes of a request's line and headers."""
DAY = 86_400.0

log = logging.getLogger("tdkt.web")


def serve(
    ready: Ready,
    *,
    started: Callable[[Server], None] = lambda _server: None,
    renewed_every: float = DAY,
) -> None:
    """Serves until the process is asked to end; `started` is called with the server before it begins. Every
    so many seconds its certificate is looked at: a console that runs for a year outlives it."""
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
    config.load()  # which the server would do too late for whoever renews the certificate
    server = Server(config)
    started(server)
    try:
        with _ended_by_signals(), _renewing(config, ready, renewed_every):
            server.run(sockets=[ready.listener])
    finally:
        threads.close()
        ready.listener.close()


@contextmanager
def _renewing(config: Config, ready: Ready, seconds: float) -> Iterator[None]:
    """Within the block new connections are given the certificate as it is renewed."""
    ended, renew = threading.Event(), ready.renew
    if renew is None:
        yield
        return

    def watch() -> None:
        while not ended.wait(seconds):
            try:
                made = renew()
                if config.ssl is not None:
                    config.ssl.load_cert_chain(made.certificate, made.key)
            except (TdktError, OSError):
                log.exception("the certificate could not be renewed")  # tried again; it is good for weeks yet

    thread = threading.Thread(target=watch, name="certificate", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


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
