"""How long reading a spoilt file may take, and how much memory: for the tests that spoil files by chance."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 5
"""Of processor time, so that a busy machine fails nothing."""
MEMORY = 240 * 1024
"""Kilobytes that reading may take; with what Python and the program have before it is under 300 MB."""
STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class TooSlow(Exception):
    """Raised into what hangs. No ValueError, which reading might take for a damaged file."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlow(f"more than {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def kilobytes(name: str) -> int:
    return int(STATUS.read_text().split(f"{name}:")[1].split()[0])


def taken(work: Callable[[], object]) -> int:
    """The most kilobytes that the process had over what it had before; 0 where the system does not tell."""
    if not PEAK.exists():
        work()
        return 0
    PEAK.write_text("5")
    before = kilobytes("VmRSS")
    work()
    return kilobytes("VmHWM") - before
