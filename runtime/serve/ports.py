"""The port at which a program waits for requests."""

from __future__ import annotations

import os
import socket

from workflow.model.causes import cause_of
from workflow.model.errors import UsageMistake

WAITING = 128
"""Connections that wait until they are taken."""


class PortUnusable(UsageMistake):
    """Port {so} cannot be used: {ly_do}. Give {lenh} another one; 0 takes a free one."""

    code = "port_unusable"


def listening(host: str, port: int, *, option: str) -> socket.socket:
    """A socket that takes requests at the port of this address; 0 takes a free one.

    `option` is where another port can be named. Raises PortUnusable.
    """
    made = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows this would let two programs have one port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(WAITING)
    except OSError as error:
        made.close()
        raise PortUnusable(so=port, ly_do=cause_of(error), lenh=option) from error
    return made
