"""What the sweep is compared with: APScheduler 3 with its SQLAlchemy job store, holding the same dates.

Its jobs do nothing but ask for the time; taking one up, running it and removing it is what is measured.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

from apscheduler.events import EVENT_JOB_REMOVED
from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from benchmarks.measuring import timed

LATER = timedelta(days=36_525)
"""A century: its scheduler goes by the real clock, and dates of this year would be due while it is filled."""
CHUNK = 10_000
SECONDS = 600


class JobStore:
    """One scheduler on one store, paused but while it is measured; jobs run in its own thread."""

    def __init__(self, url: str) -> None:
        self._store = SQLAlchemyJobStore(url=url)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": self._store}, executors={"default": DebugExecutor()}, timezone=UTC
        )
        self._scheduler.start(paused=True)
        self._waiting = 0
        self._done = Event()
        self._scheduler.add_listener(self._removed, EVENT_JOB_REMOVED)
        self._made = 0

    def close(self) -> None:
        self._scheduler.shutdown()

    def fill(self, dates: Iterable[tuple[datetime, int]]) -> None:
        """A job for each pending row, a century later."""
        for at, count in dates:
            self._insert(at + LATER, count)

    def take_up(self, count: int) -> float:
        """Seconds in which so many jobs that are due are run and removed."""
        self._insert(datetime.now(UTC) - timedelta(seconds=1), count)
        self._waiting = count
        self._done.clear()

        def work() -> None:
            self._scheduler.resume()
            if not self._done.wait(SECONDS):
                raise RuntimeError(f"{self._waiting} of {count} jobs were not run")

        seconds = timed(work)
        self._scheduler.pause()
        return seconds

    def _removed(self, _event: object) -> None:
        self._waiting -= 1
        if not self._waiting:
            self._done.set()

    def _insert(self, at: datetime, count: int) -> None:
        """Jobs as the scheduler itself would keep them; its own way is one transaction for each."""
        model = self._scheduler.add_job(
            "time:monotonic", DateTrigger(at, UTC), id=self._id(0), misfire_grace_time=None
        )
        kept = pickle.dumps(model.__getstate__(), pickle.HIGHEST_PROTOCOL)
        model.remove()
        rows = self._rows(kept, at, count)
        with self._store.engine.begin() as connection:
            while chunk := [row for _, row in zip(range(CHUNK), rows, strict=False)]:
                connection.execute(self._store.jobs_t.insert(), chunk)

    def _rows(self, kept: bytes, at: datetime, count: int) -> Iterator[dict[str, Any]]:
        model = self._id(0).encode()
        for _ in range(count):
            self._made += 1
            id = self._id(self._made)
            yield {"id": id, "next_run_time": at.timestamp(), "job_state": kept.replace(model, id.encode())}

    @staticmethod
    def _id(number: int) -> str:
        """Of one length, as those are that the scheduler makes."""
        return f"{number:032}"
