"""Plans spoilt by chance are read or refused: no traceback, no hang, no more memory than a small machine has.

TDKT_SPOILT_PLANS asks for more than the few that every run reads.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from exchange.plan.reading import read_plan
from tests.exchange.plan.mutations import spoilt
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office

SPOILT = int(os.environ.get("TDKT_SPOILT_PLANS", "500"))
FIRST = int(os.environ.get("TDKT_SPOILT_FIRST", "0"))
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


def test_spoilt_plans_are_read_or_refused(office: Office, calendar: WorkCalendar) -> None:
    failed: dict[int, str] = {}
    for number in range(FIRST, FIRST + SPOILT):
        data = spoilt(number)
        try:
            with at_most(SECONDS):
                most = taken(partial(read_plan, data, office=office, calendar=calendar))
        except Exception as error:
            failed[number] = repr(error)
            continue
        if most > MEMORY:
            failed[number] = f"{most // 1024} MB"

    assert failed == {}


def test_the_fuzz_fails_for_what_hangs_or_takes_too_much() -> None:
    with pytest.raises(TooSlow), at_most(0.05):
        all(at >= 0 for at in count())
    if PEAK.exists():
        assert taken(lambda: b"x" * (20 * 1024 * 1024)) > 15 * 1024
