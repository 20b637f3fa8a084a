"""The endpoint over real HTTP: loopback only, known pages only, and no thread is left behind."""

from __future__ import annotations

import socket
import threading
import urllib.error
import urllib.request
from http.client import HTTPConnection

import pytest

from runtime.serve.endpoint import LOOPBACK, Endpoint, Response
from runtime.serve.ports import PortUnusable
from tests.waiting import LIMIT


def pages(path: str) -> Response | None:
    if path == "/broken":
        raise ValueError("a secret")
    return Response(200, "text/plain", b"well\n") if path == "/page" else None


def asked(endpoint: Endpoint, path: str, *, method: str = "GET") -> tuple[int, bytes]:
    request = urllib.request.Request(endpoint.address + path, method=method)
    try:
        with urllib.request.urlopen(request, timeout=LIMIT) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def test_a_page_is_answered_and_nothing_else() -> None:
    with Endpoint(0, pages) as endpoint:
        assert asked(endpoint, "/page") == (200, b"well\n")
        assert asked(endpoint, "/page?since=1") == (200, b"well\n")
        assert asked(endpoint, "/page", method="HEAD") == (200, b"")
        assert asked(endpoint, "/") == (404, b"not found\n")
        assert asked(endpoint, "/page", method="POST")[0] == 501


def test_what_goes_wrong_within_is_not_told() -> None:
    with Endpoint(0, pages) as endpoint:
        assert asked(endpoint, "/broken") == (500, b"internal error\n")
        assert asked(endpoint, "/page") == (200, b"well\n")


def test_it_listens_on_the_loopback_address_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    bound: list[object] = []
    bind = socket.socket.bind

    def noted(self: socket.socket, address: object) -> None:
        bound.append(address)
        bind(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "bind", noted)
    with Endpoint(0, pages) as endpoint:
        assert endpoint.address.startswith("http://127.0.0.1:")

    assert bound == [(LOOPBACK, 0)]


def test_a_port_in_use_is_told() -> None:
    with Endpoint(0, pages) as endpoint:
        port = int(endpoint.address.rpartition(":")[2])
        with pytest.raises(PortUnusable) as caught:
            Endpoint(port, pages)

    assert caught.value.operands["so"] == port


def test_a_client_that_says_nothing_holds_up_neither_others_nor_the_end() -> None:
    before = set(threading.enumerate())
    with Endpoint(0, pages) as endpoint:
        host, _, port = endpoint.address.removeprefix("http://").partition(":")
        silent = HTTPConnection(host, int(port), timeout=LIMIT)
        silent.connect()
        assert asked(endpoint, "/page") == (200, b"well\n")
    silent.close()

    left = [each for each in set(threading.enumerate()) - before if not each.daemon]
    assert left == []
