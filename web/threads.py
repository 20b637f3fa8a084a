"""The console's own threads: each keeps its own connections, and lives as long as the console.

The framework's pool ends idle threads and starts others: databases and lock files would stay open behind it.
On SQLite one thread acts, since one may write at a time: others would only wait for its lock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import Full, Queue
from threading import Thread
from typing import Any, TypeVar

from runtime.office.connections import Connections
from workflow.model.errors import TdktError

Answered = TypeVar("Answered")
Job = tuple[Callable[[Connections], Any], "Future[Any]"]

READERS, WRITERS = 4, 4
LONGEST_QUEUE = 200
"""Requests that wait at most; of more, each is told at once that the console is busy."""
LONGEST_WAIT = 45.0
"""Seconds that a request waits for a thread, behind a long act; then it is told the same."""


class Busy(TdktError):
    """Too many ask at once; wait a minute and repeat."""

    code = "console_busy"
    exit_code = 3


class Crew:
    """Threads that take work in its order."""

    def __init__(
        self, name: str, number: int, connect: Callable[[], Connections], *, patience: float
    ) -> None:
        self._patience = patience
        self._queue: Queue[Job | None] = Queue(LONGEST_QUEUE)
        self._connect = connect
        named = (f"{name}-{at}" for at in range(number))
        self._threads = [Thread(target=self._serve, name=each, daemon=True) for each in named]
        for thread in self._threads:
            thread.start()

    async def do(self, work: Callable[[Connections], Answered]) -> Answered:
        """What the work comes to in one of the threads. Raises Busy, and whatever the work raises."""
        done: Future[Answered] = Future()
        try:
            self._queue.put_nowait((work, done))
        except Full:
            raise Busy() from None
        answer = asyncio.wrap_future(done)
        finished, _ = await asyncio.wait({answer}, timeout=self._patience)
        if not finished and done.cancel():  # not begun: nothing of it was done, and nothing will be
            raise Busy()
        return await answer

    def _serve(self) -> None:
        kept = self._connect()
        try:
            while (job := self._queue.get()) is not None:
                work, done = job
                if not done.set_running_or_notify_cancel():
                    continue
                try:
                    kept.renew()
                    done.set_result(work(kept))
                except BaseException as error:
                    done.set_exception(error)
                    with suppress(Exception):  # a thread that ended would answer nobody any more
                        kept.close()  # what could not be used is opened anew
                del job, work, done
        finally:
            kept.close()

    def close(self, *, patience: float) -> None:
        """Ends the threads after the work under way, waiting so many seconds at most."""
        for _thread in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join(patience)


class Threads:
    """`reading` and `acting` are crews of their own, so that whoever looks never waits behind who acts."""

    def __init__(
        self, connect: Callable[[], Connections], *, one_writer: bool, patience: float = LONGEST_WAIT
    ) -> None:
        self.reading = Crew("looks", READERS, connect, patience=patience)
        self.acting = Crew("acts", 1 if one_writer else WRITERS, connect, patience=patience)

    def close(self, *, patience: float = 10.0) -> None:
        self.reading.close(patience=patience)
        self.acting.close(patience=patience)
