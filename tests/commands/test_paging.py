"""Long pages on a terminal: through a pager, as far as one is wanted."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import termios
from pathlib import Path

import pytest

from tests.processes import ended, start

ROWS, COLUMNS = 24, 80


def on_terminal(*words: str, **environment: str) -> tuple[int, list[str]]:
    """The exit code and the lines of a command on a terminal of 24 lines."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "PAGER")}
    process = start(sys.executable, "cli.py", *words, stdin=its, stdout=its, env=env | environment)
    os.close(its)
    said = b""
    try:
        while read := os.read(ours, 65536):
            said += read
    except OSError:  # what Linux answers once the other end is closed
        pass
    os.close(ours)
    left = ended(process)
    assert left.err == ""
    return left.code, said.decode().splitlines()


def test_a_long_list_goes_through_the_pager_that_is_named_and_a_short_one_does_not(database: Path) -> None:
    assert database.exists()
    leaving = {"TDKT_PAGER": "head -n 2", "PAGER": "cat"}

    code, left = on_terminal("task", "list", **leaving)
    whole = on_terminal("task", "list", "--no-pager", **leaving)
    off = on_terminal("task", "list", **leaving | {"TDKT_PAGER": ""})
    short = on_terminal("show", "T01", **leaving)

    assert (whole[0], len(whole[1]) > ROWS) == (0, True)
    assert (code, left) == (0, whole[1][:2])
    assert left[0].startswith("\x1b[1m")
    assert off == whole
    assert (short[0], len(short[1]) > 2) == (0, True)


@pytest.mark.parametrize("words", [("task", "list"), ("task", "list", "--json")])
def test_what_is_piped_meets_no_pager(words: tuple[str, ...], database: Path) -> None:
    said = ended(start(sys.executable, "cli.py", *words, env={**os.environ, "TDKT_PAGER": "head -n 1"}))

    assert (said.code, said.err, len(said.out.splitlines()) >= 19) == (0, "", True)
