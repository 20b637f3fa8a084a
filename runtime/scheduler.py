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
from typing import Any

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.base import BaseTrigger

GLANCE = 0.2
"""Seconds between two looks of the watchdog, and so until a signal is heard."""
STOOD_STILL = 0.5
"""A look of the watchdog that comes later than by so many seconds: the whole process was held up."""
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

    def excuse(self, seconds: float) -> None:
        """Time that the tick could not use."""
        self._last += seconds

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
    life sign the answer is STUCK; the hanging thread is left behind and ends with the process. Time during
    which the whole process stood still does not count.
    """
    scheduler = _scheduler(tick, every=every, pulse=pulse, failed=failed)
    thread = threading.Thread(target=scheduler.start, name="tick", daemon=True)
    thread.start()
    glance = min(GLANCE, every)
    looked = time.monotonic()
    while not pulse.stopping:
        if not thread.is_alive():
            return Ending.DIED
        held_up = (now := time.monotonic()) - looked - glance
        if held_up > STOOD_STILL:
            pulse.excuse(held_up)
        looked = now
        if pulse.silent > patience:
            return Ending.STUCK
        if pulse.silent > 2 * every and scheduler.running:
            # It may wait for a time that is years away since the clock was set back during the last tick.
            scheduler.wakeup()
        time.sleep(glance)
    _end(scheduler, thread, pulse)
    return Ending.STOPPED


class EachTurn(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """Every `every` seconds, counted from the turn that is taken.

    The interval trigger counts every turn that was missed, one by one: a clock that is set ten years ahead
    would keep it busy for minutes and fill the memory.
    """

    def __init__(self, every: float) -> None:
        self._every = timedelta(seconds=every)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self._every


class Turns(MemoryJobStore):  # type: ignore[misc]
    """In memory; a job that is farther off than a turn is due: the clock was set back meanwhile."""

    def __init__(self, every: float) -> None:
        super().__init__()
        self._every = timedelta(seconds=every)

    def get_due_jobs(self, now: datetime) -> list[Any]:
        for job in self.get_all_jobs():
            if job.next_run_time > now + self._every:
                job.modify(next_run_time=now)
        return list(super().get_due_jobs(now))


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
        jobstores={"default": Turns(every)}, executors={"default": DebugExecutor()}, timezone=UTC
    )
    scheduler.add_job(
        job,
        EachTurn(every),
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
