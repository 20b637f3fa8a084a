"""Repeats the work of `tdkt serve` every few seconds with APScheduler, and watches that it goes on.

APScheduler only gives the beat: one interval job in a memory store, run in the scheduler's own thread, so
that two turns never overlap and a thread that hangs does not hold up the end of the process. What is done in
a turn is passed in; deadlines live in the database.
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
"""Where a look of the watchdog comes so many seconds late, the whole process was held up."""
LAST_ITEM = 10.0
"""Seconds that the item under way may still take when serving ends."""


class Ending(Enum):
    """Why serving ended: it was asked to; a work gave no life sign; a work's thread is gone."""

    STOPPED = "stopped"
    STUCK = "stuck"
    DIED = "died"


class Pulse:
    """What a working thread and the watchdog tell each other; it lives as long as the thread.

    Plain attributes, because a signal handler sets them too. `turns` counts the turns that ended, `failures`
    those of them that failed, `failing` how many failed in a row just now; in `fired` the work counts its
    rows. `ended_at` is the host's time at the end of the last turn that did not fail.
    """

    def __init__(self) -> None:
        self.stopping = False
        self.busy = False
        self.turns = self.failures = self.failing = self.fired = 0
        self.ended_at: float | None = None
        self._ended: float | None = None
        self._last = time.monotonic()

    def beat(self, *_: object) -> None:
        """A life sign: an item or a whole turn is done."""
        self._last = time.monotonic()

    def succeed(self) -> None:
        """A turn ended well."""
        self.turns += 1
        self.failing = 0
        self.ended_at, self._ended = time.time(), time.monotonic()

    def fail(self) -> None:
        """A turn failed."""
        self.turns += 1
        self.failures += 1
        self.failing += 1

    def excuse(self, seconds: float) -> None:
        """Does not count so many seconds as silence: the whole process stood still."""
        self._last += seconds

    def stop(self, *_: object) -> None:
        """Asks the work to end after the item under way."""
        self.stopping = True

    @property
    def since(self) -> float | None:
        """Seconds since the last turn that ended well; None before the first."""
        return None if self._ended is None else time.monotonic() - self._ended

    @property
    def silent(self) -> float:
        """Seconds since the last life sign."""
        return time.monotonic() - self._last


Turn = Callable[[Pulse], None]
Failed = Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class RepeatedWork:
    """RepeatedWork that is repeated in a thread of its own: the sweeps, the sending of messages.

    `patience` is in seconds without a life sign; `failed` is told each error.
    """

    name: str
    turn: Turn
    patience: float
    pulse: Pulse
    failed: Failed


def watch(
    tick: Turn,
    *,
    every: float,
    patience: float,
    pulse: Pulse,
    failed: Failed,
    others: Sequence[RepeatedWork] = (),
) -> Ending:
    """Does `tick` at once and every `every` seconds, until `pulse.stop()`; works `others` in the same way.

    A turn that raises is told to `failed` and followed by the next one. Where a work gives no life sign for
    its `patience`, in seconds, all are stopped and the answer is STUCK; the hanging thread is left behind and
    ends with the process. Time during which the whole process stood still does not count.
    """
    watched = [
        _Watched(work, every) for work in (RepeatedWork("tick", tick, patience, pulse, failed), *others)
    ]
    glance = min(GLANCE, every)
    looked = time.monotonic()
    while not pulse.stopping:
        held_up = (now := time.monotonic()) - looked - glance
        for work in watched:
            if (ending := work.look(held_up)) is not None:
                for other in watched:
                    other.pulse.stop()
                return ending
        looked = now
        time.sleep(glance)
    for work in watched:
        work.pulse.stop()
    end = time.monotonic() + LAST_ITEM
    for work in watched:
        _end(work.scheduler, work.thread, work.pulse, by=end)
    return Ending.STOPPED


class _Watched:
    """A work with its scheduler and its thread, which begins when this is made."""

    def __init__(self, work: RepeatedWork, every: float) -> None:
        self.pulse = work.pulse
        self._patience = work.patience
        self._every = every
        self.scheduler = _scheduler(work.turn, every=every, pulse=work.pulse, failed=work.failed)
        self.thread = threading.Thread(target=self.scheduler.start, name=work.name, daemon=True)
        self.thread.start()

    def look(self, held_up: float) -> Ending | None:
        """Why serving must end; None while the work goes on. The process stood still `held_up` seconds."""
        if not self.thread.is_alive():
            return Ending.DIED
        if held_up > STOOD_STILL:
            self.pulse.excuse(held_up)
        if self.pulse.silent > self._patience:
            return Ending.STUCK
        if self.pulse.silent > 2 * self._every and self.scheduler.running:
            # Where the clock was set back during the last turn, the scheduler waits for a time years away.
            self.scheduler.wakeup()
        return None


class EachTurn(BaseTrigger):  # type: ignore[misc]  # APScheduler ships no types
    """A trigger for the next turn `every` seconds after the one that is taken.

    APScheduler's interval trigger walks through every turn that was missed: a clock that is set ten years
    ahead would keep it busy for minutes and fill the memory.
    """

    def __init__(self, every: float) -> None:
        self._every = timedelta(seconds=every)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self._every


class Turns(MemoryJobStore):  # type: ignore[misc]
    """A memory store in which a job that is more than one turn away is due: the clock was set back."""

    def __init__(self, every: float) -> None:
        super().__init__()
        self._every = timedelta(seconds=every)

    def get_due_jobs(self, now: datetime) -> list[Any]:
        for job in self.get_all_jobs():
            if job.next_run_time > now + self._every:
                job.modify(next_run_time=now)
        return list(super().get_due_jobs(now))


def _scheduler(turn: Turn, *, every: float, pulse: Pulse, failed: Failed) -> BlockingScheduler:
    def job() -> None:
        if pulse.stopping:
            return
        pulse.busy = True
        try:
            turn(pulse)
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
    """Waits for the item under way, then for the thread, until `by`.

    A thread that still waits for a lock then has changed nothing and is left behind.
    """
    while thread.is_alive() and time.monotonic() < by:
        if not pulse.busy:
            # A thread that has only just begun has no running scheduler yet: asked again.
            with suppress(SchedulerNotRunningError):
                scheduler.shutdown(wait=False)
        thread.join(0.05)


@contextmanager
def stopped_by_signals(pulse: Pulse) -> Iterator[None]:
    """Makes SIGTERM and Ctrl-C stop the pulse; a second one meets the handlers that were set before."""
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
