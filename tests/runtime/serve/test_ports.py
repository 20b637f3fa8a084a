"""The port at which a program waits: what cannot be used is told with the option that names another."""

from __future__ import annotations

import errno
import socket

import pytest

from runtime.serve.ports import PortUnusable, listening


def test_a_free_port_takes_requests() -> None:
    with (
        listening("127.0.0.1", 0, option="--port") as waiting,
        socket.create_connection(waiting.getsockname(), timeout=5) as asking,
    ):
        assert asking.getpeername() == waiting.getsockname()


def test_a_port_in_use_is_told_with_the_cure() -> None:
    with listening("127.0.0.1", 0, option="--port") as first:
        port = first.getsockname()[1]
        with pytest.raises(PortUnusable) as caught:
            listening("127.0.0.1", port, option="--port")

    assert (caught.value.exit_code, caught.value.operands["so"]) == (2, port)
    assert "Give --port another one" in str(caught.value)


def test_a_port_is_free_again_at_once_after_its_program_ended() -> None:
    with listening("127.0.0.1", 0, option="--port") as first:
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            served, _ = first.accept()
            served.close()  # who closes first leaves the port waiting for what may still be on its way

    listening("127.0.0.1", port, option="--port").close()


def test_an_address_of_another_pc_is_told_in_vietnamese_too() -> None:
    with pytest.raises(PortUnusable) as caught:
        listening("192.0.2.77", 0, option="--lan")

    cause = caught.value.__cause__
    assert isinstance(cause, OSError)
    assert cause.errno == errno.EADDRNOTAVAIL
    assert getattr(caught.value.operands["ly_do"], "vi", "") == "địa chỉ không phải của máy này"
