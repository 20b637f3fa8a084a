"""The tick's clock for `tdkt serve`: APScheduler runs one job every few seconds, a watchdog looks at it.

APScheduler is only the tick: one interval job in a memory store, run in the scheduler's own thread, so that
two never overlap and a thread that hangs holds up nobody's exit. What a tick does is passed in; deadlines
live in the database.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import Enum
from types import FrameType

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.blocking import BlockingScheduler

GLANCE = 0.2
"""Seconds between two looks of the watchdog, and so until a signal is heard."""
LAST_ITEM = 10.0
"""Seconds that the item under way is given when serving ends."""


class Ending(Enum):
    """Why serving ended: asked to; no life sign from the tick; its thread is gone."""

    STOPPED = "stopped"
    STUCK = "stuck"
    DIED = "died"


class Pulse:
    """What the ticking thread and its watchdog know of each other; plain attributes, safe in a signal."""

    def __init__(self) -> None:
        self.stopping = False
        self.busy = False
        self._last = time.monotonic()

    def beat(self, *_: object) -> None:
        """A life sign: an item or a whole tick is done."""
        self._last = time.monotonic()

    def stop(self, *_: object) -> None:
        """Asks the tick to end after the item under way."""
        self.stopping = True

    @property
    def silent(self) -> float:
        """Seconds since the last life sign."""
        return time.monotonic() - self._last


Tick = Callable[[Pulse], None]
Failed = Callable[[Exception], None]


def watch(tick: Tick, *, every: float, patience: float, pulse: Pulse, failed: Failed) -> Ending:
    """Ticks at once and every `every` seconds until `pulse.stop()`.

    A tick that raises is told to `failed` and repeated at its next turn. After `patience` seconds without a
    life sign the answer is STUCK; the hanging thread is left behind and ends with the process.
    """
    scheduler = _scheduler(tick, every=every, pulse=pulse, failed=failed)
    thread = threading.Thread(target=scheduler.start, name="tick", daemon=True)
    thread.start()
    while not pulse.stopping:
        if not thread.is_alive():
            return Ending.DIED
        if pulse.silent > patience:
            return Ending.STUCK
        time.sleep(min(GLANCE, every))
    _end(scheduler, thread, pulse)
    return Ending.STOPPED


def _scheduler(tick: Tick, *, every: float, pulse: Pulse, failed: Failed) -> BlockingScheduler:
    def job() -> None:
        if pulse.stopping:
            return
        pulse.busy = True
        try:
            tick(pulse)
        except Exception as error:
            with suppress(Exception):
                failed(error)
        finally:
            pulse.busy = False
            pulse.beat()

    scheduler = BlockingScheduler(
        jobstores={"default": MemoryJobStore()}, executors={"default": DebugExecutor()}, timezone=UTC
    )
    scheduler.add_job(
        job,
        "interval",
        seconds=every,
        id="tick",
        max_instances=1,
        coalesce=True,
        # A turn that comes late (a long sweep, a machine that slept) is taken, not skipped.
        misfire_grace_time=None,
        next_run_time=datetime.now(UTC) + timedelta(milliseconds=1),
    )
    return scheduler


def _end(scheduler: BlockingScheduler, thread: threading.Thread, pulse: Pulse) -> None:
    """Waits for the item under way, then for the thread. One that waits for a lock has changed nothing."""
    end = time.monotonic() + LAST_ITEM
    while thread.is_alive() and time.monotonic() < end:
        if not pulse.busy:
            # A thread that has only just begun has no running scheduler yet: asked again.
            with suppress(SchedulerNotRunningError):
                scheduler.shutdown(wait=False)
        thread.join(0.05)


@contextmanager
def stopped_by_signals(pulse: Pulse) -> Iterator[None]:
    """SIGTERM and Ctrl-C stop the pulse; a second one finds the handlers that stood before."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def stop(_number: int, _frame: FrameType | None) -> None:
        pulse.stop()
        restore()

    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        restore()
