"""Long looks, as the verification of the logs: one of each kind at a time, on a thread of its own, with how
far it is for the page that is asked again meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import Any

from workflow.model.errors import TdktError

log = logging.getLogger("tdkt.web")


@dataclass(slots=True)
class Job:
    """A look under way or over: `done` of `total` steps; then its `value`, or the `error` that ended it.
    Where it `failed` without one, nobody expected that."""

    begun: datetime
    done: int = 0
    total: int = 0
    # Set last and copied before what it speaks of: a job that is over has its value.
    over: bool = False
    failed: bool = False
    value: Any = None
    error: TdktError | None = None

    @property
    def percent(self) -> int:
        return min(99, 100 * self.done // self.total) if self.total else 0

    def begin(self, total: int) -> None:
        self.total = total

    def step(self, number: int) -> None:
        self.done += number


class Jobs:
    """The newest job of each kind, kept until the next one begins."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: dict[str, Job] = {}

    def newest(self, kind: str) -> Job | None:
        """How the job stands at this moment: a page that asks of it twice is told the same."""
        job = self._newest.get(kind)
        return job and replace(job)

    def start(self, kind: str, work: Callable[[Job], Any]) -> bool:
        """Begins the work, unless work of this kind is under way; answers whether it did."""
        with self._lock:
            under_way = self._newest.get(kind)
            if under_way is not None and not under_way.over:
                return False
            job = self._newest[kind] = Job(datetime.now(UTC))
        Thread(target=_carry_out, args=(kind, job, work), name=f"job-{kind}", daemon=True).start()
        return True


def _carry_out(kind: str, job: Job, work: Callable[[Job], Any]) -> None:
    try:
        job.value = work(job)
    except TdktError as error:
        job.failed, job.error = True, error
    except Exception:
        log.exception("%s", kind)
        job.failed = True
    finally:
        job.over = True
