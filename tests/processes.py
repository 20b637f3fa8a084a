"""Processes that the tests start: they die with whoever started them, and are waited for with a limit."""

from __future__ import annotations

import ctypes
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from tests.waiting import LIMIT, until

ROOT = Path(__file__).resolve().parents[1]
WATCHING = "Watching deadlines. Stop with Ctrl-C.\n"
"""What `tdkt serve` says in English once it watches: from then on a signal ends it cleanly."""
_PRCTL = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def refusal(self) -> Any:
        return json.loads(self.err)


def die_with_parent(number: int = 9) -> None:
    """What a child does first, so that a killed run leaves no service behind. Linux alone can do it."""
    if _PRCTL is not None:
        _PRCTL(_PR_SET_PDEATHSIG, int(number))


def start(*command: str | Path, **settings: Any) -> subprocess.Popen[str]:
    """The command in a process of its own, in the root of the tree, both its outputs piped."""
    streams = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE) | {"stdin": subprocess.DEVNULL}
    child = {"cwd": ROOT, "encoding": "utf-8", "preexec_fn": die_with_parent if _PRCTL else None}
    process: subprocess.Popen[str] = subprocess.Popen(command, **{**streams, **child, **settings})
    return process


def ended(process: subprocess.Popen[str], *, seconds: float = LIMIT) -> Said:
    """What a started command said, once it has ended; one that does not end in time is killed and named."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        raise AssertionError(f"{_named(process)} did not end, and said {out!r}, {err!r}") from None
    return Said(process.returncode, out or "", err or "")


def says(process: subprocess.Popen[str], line: str, *, on: str = "stderr") -> None:
    """Waits for the next line of the process, which must be this one."""
    assert (said := next_line(process, on=on)) == line, f"{_named(process)} said {said!r}"


def next_line(process: subprocess.Popen[str], *, on: str = "stderr") -> str:
    """The next line of the process; empty where it ends without one, or says none and is killed."""
    # A read has no limit of its own; the end of the process ends it.
    impatience = Timer(LIMIT, process.kill)
    impatience.start()
    try:
        line: str = getattr(process, on).readline()
        return line
    finally:
        impatience.cancel()


def until_at_rest(process: subprocess.Popen[str]) -> None:
    """Waits until a process has begun and waits for something; where that cannot be seen, three seconds.

    A process that a busy machine lets stand is ready to run: it is no more at rest than one that runs.
    """
    stat = Path(f"/proc/{process.pid}/stat")
    if not stat.exists():
        time.sleep(3)
        return

    def rests() -> bool:
        looks = []
        for _ in range(10):
            state, *figures = stat.read_text().rpartition(")")[2].split()
            looks.append((state, *figures[10:12]))
            time.sleep(0.05)
        ((state, in_python, _in_kernel), *others) = set(looks)
        return process.poll() is not None or (not others and state == "S" and int(in_python) >= 5)

    until(rests, f"{_named(process)} waits for something")


def _named(process: subprocess.Popen[str]) -> str:
    return " ".join(map(str, process.args)) if isinstance(process.args, Sequence) else str(process.args)
