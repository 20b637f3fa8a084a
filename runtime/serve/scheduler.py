"""The tick's clock for `tdkt serve`: APScheduler runs one job every few seconds, a watchdog looks at it.

APScheduler is only the tick: one interval job in a memory store, run in the scheduler's own thread, so that
two never overlap and a thread that hangs holds up nobody's exit. What a tick does is passed in; deadlines
live in the database.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
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
    """What the ticking thread and its watchdog know of each other; plain attributes, safe in a signal.

    `turns` counts the ticks that ended, `failures` those of them that failed, `failing` the last ones in a
    row; `fired` is for the tick to count in. `ended_at` is the host's time at the end of the last whole tick.
    """

    def __init__(self) -> None:
        self.stopping = False
        self.busy = False
        self.turns = self.failures = self.failing = self.fired = 0
        self.ended_at: float | None = None
        self._ended: float | None = None
        self._last = time.monotonic()

    def beat(self, *_: object) -> None:
        """A life sign: an item or a whole tick is done."""
        self._last = time.monotonic()

    def succeed(self) -> None:
        """A whole tick is done."""
        self.turns += 1
        self.failing = 0
        self.ended_at, self._ended = time.time(), time.monotonic()

    def fail(self) -> None:
        """A tick has failed."""
        self.turns += 1
        self.failures += 1
        self.failing += 1

    def excuse(self, seconds: float) -> None:
        """Time that the tick could not use."""
        self._last += seconds

    def stop(self, *_: object) -> None:
        """Asks the tick to end after the item under way."""
        self.stopping = True

    @property
    def since(self) -> float | None:
        """Seconds since the last whole tick; None before the first."""
        return None if self._ended is None else time.monotonic() - self._ended

    @property
    def silent(self) -> float:
        """Seconds since the last life sign."""
        return time.monotonic() - self._last


Tick = Callable[[Pulse], None]
Failed = Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class Beside:
    """Other work in a thread of its own, in turns like the tick's, which neither waits for the other."""

    name: str
    work: Tick
    patience: float
    pulse: Pulse
    failed: Failed


def watch(
    tick: Tick,
    *,
    every: float,
    patience: float,
    pulse: Pulse,
    failed: Failed,
    beside: Sequence[Beside] = (),
) -> Ending:
    """Ticks at once and every `every` seconds until `pulse.stop()`.

    A tick that raises is told to `failed` and repeated at its next turn. After `patience` seconds without a
    life sign the answer is STUCK; the hanging thread is left behind and ends with the process. Time during
    which the whole process stood still does not count. Work `beside` it is watched likewise and stopped
    with it.
    """
    watched = [_Watched(each, every) for each in (Beside("tick", tick, patience, pulse, failed), *beside)]
    glance = min(GLANCE, every)
    looked = time.monotonic()
    while not pulse.stopping:
        held_up = (now := time.monotonic()) - looked - glance
        for each in watched:
            if (ending := each.look(held_up)) is not None:
                for other in watched:
                    other.pulse.stop()
                return ending
        looked = now
        time.sleep(glance)
    for each in watched:
        each.pulse.stop()
    end = time.monotonic() + LAST_ITEM
    for each in watched:
        _end(each.scheduler, each.thread, each.pulse, by=end)
    return Ending.STOPPED


class _Watched:
    """One work with its scheduler and its thread, begun."""

    def __init__(self, what: Beside, every: float) -> None:
        self.pulse = what.pulse
        self._patience = what.patience
        self._every = every
        self.scheduler = _scheduler(what.work, every=every, pulse=what.pulse, failed=what.failed)
        self.thread = threading.Thread(target=self.scheduler.start, name=what.name, daemon=True)
        self.thread.start()

    def look(self, held_up: float) -> Ending | None:
        """Why all must end, if this work is not well. `held_up` seconds the whole process stood still."""
        if not self.thread.is_alive():
            return Ending.DIED
        if held_up > STOOD_STILL:
            self.pulse.excuse(held_up)
        if self.pulse.silent > self._patience:
            return Ending.STUCK
        if self.pulse.silent > 2 * self._every and self.scheduler.running:
            # It may wait for a time that is years away since the clock was set back during the last tick.
            self.scheduler.wakeup()
        return None


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
            pulse.succeed()
        except BaseException as error:  # APScheduler would keep even a SystemExit to itself
            pulse.fail()
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


def _end(scheduler: BlockingScheduler, thread: threading.Thread, pulse: Pulse, *, by: float) -> None:
    """Waits for the item under way, then for the thread. One that waits for a lock has changed nothing."""
    while thread.is_alive() and time.monotonic() < by:
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
