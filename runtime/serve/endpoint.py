"""Pages for a monitor over HTTP, on the loopback address alone, in threads of their own.

The pages are made by the caller. Nobody is asked who they are: a page must hold nothing that is not for every
account of the machine.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from types import TracebackType
from typing import Any, NamedTuple

from runtime.serve.ports import PortUnusable
from workflow.model.causes import cause_of

LOOPBACK = "127.0.0.1"
SLOWEST = 10.0
"""Seconds after which a client that says nothing is let go."""


class Response(NamedTuple):
    """What is answered to one request: HTTP status, content type, body."""

    status: int
    kind: str
    body: bytes


Responder = Callable[[str], Response | None]
"""From the path of a request to its response; None for a path that is not found."""


class Endpoint:
    """A server that answers from its making to the end of its `with`. Raises PortUnusable."""

    def __init__(self, port: int, respond: Responder) -> None:
        try:
            self._server = _Server(port, respond)
        except OSError as error:
            raise PortUnusable(so=port, ly_do=cause_of(error), lenh="--health") from error
        self._thread = threading.Thread(target=self._server.serve_forever, name="health", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """The address without a path, with the port that was given or found."""
        return f"http://{LOOPBACK}:{self._server.server_address[1]}"

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A page that hangs on a server far away must not hold up the end of serving.
    block_on_close = False
    # On Windows this would let two programs have one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, port: int, respond: Responder) -> None:
        self.respond = respond
        super().__init__((LOOPBACK, port), _Handler)

    def server_bind(self) -> None:
        """Binds without looking up the machine's name, which may wait for a name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: the client went away while it was answered."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = SLOWEST

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        response = self._response(self.path.partition("?")[0])
        with suppress(OSError):
            self.send_response(response.status)
            self.send_header("Content-Type", response.kind)
            self.send_header("Content-Length", str(len(response.body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if with_body:
                self.wfile.write(response.body)

    def _response(self, path: str) -> Response:
        try:
            found = self.server.respond(path)
        except Exception:  # its words may hold what is not for every account
            return Response(500, "text/plain; charset=utf-8", b"internal error\n")
        return found or Response(404, "text/plain; charset=utf-8", b"not found\n")

    def version_string(self) -> str:
        """The name alone: versions of Python and of the server would tell what can be attacked."""
        return "tdkt"

    def log_message(self, format: str, *args: Any) -> None:
        """Writes no line: a monitor asks every few seconds."""
