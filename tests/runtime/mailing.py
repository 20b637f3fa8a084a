"""Real servers on loopback for the tests of delivery: an SMTP server that can be told to misbehave, a
certificate for it, and an HTTP receiver; and a sandbox whose people are reached through them."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.waiting import LIMIT
from workflow.notices.addresses import NamedAddress

NEVER = ""
"""The answer of a server that looks a recipient up and does not come back."""
USER, PASSWORD = "tdkt-gui-thu", "mat-khau-rat-bi-mat-7391"
SENDER = NamedAddress("", "tdkt@diemhe.example.vn")


@contextmanager
def dead_port() -> Iterator[int]:
    """A port at which nobody listens as long as the block lasts, whatever other tests do meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])


def _answering() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass(slots=True)
class Mailbox:
    """What an SMTP server took, and how it behaves: answers by recipient, and whether it answers at all.

    While `answering` is cleared, it keeps who sent a mail waiting for what becomes of it.
    """

    port: int
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 2.0.0 OK"
    answering: threading.Event = field(default_factory=_answering)
    arrived: threading.Event = field(default_factory=threading.Event)
    tries: int = 0

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(data, policy=email.policy.default) for _to, data in self.taken]

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    @property
    def to(self) -> list[str]:
        return [to for to, _data in self.taken]

    # What aiosmtpd calls.

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        self.tries += 1
        answer = self.answers.get(address, "250 2.1.5 OK")
        if answer == NEVER:
            await asyncio.sleep(LIMIT)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.data_answer.startswith("2"):
            self.taken.append((envelope.rcpt_tos[0], bytes(envelope.original_content)))
        self.arrived.set()
        self.answering.wait(LIMIT)
        return self.data_answer


class _Server(Controller):
    """Listens at a port that was bound for it, so that no other test can take it meanwhile."""

    def __init__(self, bound: socket.socket, box: Mailbox, **settings: Any) -> None:
        host, port = bound.getsockname()
        super().__init__(box, hostname=host, port=port, ready_timeout=LIMIT, **settings)
        self.bound = bound

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.bound, ssl=self.ssl_context)


@contextmanager
def mail_server(*, trust: tuple[Path, Path] | None = None, login: bool = False) -> Iterator[Mailbox]:
    """An SMTP server; with `trust` (certificate, key) it wants STARTTLS, with `login` our user besides."""
    bound = socket.create_server(("127.0.0.1", 0))
    box = Mailbox(bound.getsockname()[1])
    context = None
    if trust is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*map(str, trust))

    def let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=known, handled=False)

    controller = _Server(
        bound,
        box,
        tls_context=context,
        require_starttls=context is not None,
        auth_required=login,
        authenticator=let_in if login else None,
    )
    controller.start()
    try:
        yield box
    finally:
        box.answering.set()
        controller.stop()


def certificate(folder: Path, *, host: str = "IP:127.0.0.1") -> tuple[Path, Path]:
    """A certificate that signs itself, and its key."""
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mail",
         "-addext", f"subjectAltName={host}", "-keyout", str(key), "-out", str(cert)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return cert, key


@dataclass(slots=True)
class Receiver:
    """What an HTTP receiver was sent, and the status that it answers with."""

    port: int
    taken: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.port}/notify"


@contextmanager
def http_receiver() -> Iterator[Receiver]:
    box = Receiver(0)

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if box.status < 300:
                box.taken.append(body)
            self.send_response(box.status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    box.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def plain_settings(box: Mailbox, **more: str) -> dict[str, str]:
    """Settings for a server that asks for nothing."""
    return {
        "TDKT_SMTP_HOST": "127.0.0.1",
        "TDKT_SMTP_PORT": str(box.port),
        "TDKT_SMTP_SECURITY": "none",
        "TDKT_SMTP_FROM": SENDER.address,
        **more,
    }


def address_of(account: str) -> str:
    return f"{account}@diemhe.example.vn"
