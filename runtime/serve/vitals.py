"""The state of a serving process and its database: figures, whether they are healthy, both as pages.

Nothing here names a person, an item or a path. `commands.serve` puts the pages on `runtime.serve.endpoint`;
only `backlog_of` reads the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from runtime.office.settings import Options, database_url
from storage.records import WaitingFigures
from storage.values import OfficeRecord
from storage.views import Reading

STUCK_TURNS, LEAST_STUCK = 3, 30.0
"""A tick without a life sign for three turns, and for at least so many seconds, counts as stuck."""
BEHIND_TURNS, LEAST_BEHIND = 10, 60.0
"""Where a row is due for ten turns, and for at least so many seconds, nobody fires what is due."""
FAILING = 3
"""Where so many ticks failed in a row, the trouble is not passing."""
READING_WAITS = 2.0
"""Seconds that a monitor's request waits for a locked database."""


@dataclass(frozen=True, slots=True)
class Ticking:
    """How the ticks of this process went, as `Pulse` counts them.

    `silent` and `since` are the seconds since the last life sign and since the last tick that ended well.
    """

    silent: float
    turns: int
    failures: int
    failing: int
    fired: int
    since: float | None
    ended_at: float | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in the database, over all offices that are served; ages in seconds, 0 where nothing waits.

    A due row of an item with an open incident counts under `incidents` and not under `oldest_due`.
    """

    oldest_due: float = 0.0
    outbox_oldest: float = 0.0
    dead_letters: int = 0
    incidents: int = 0


def backlog_of(options: Options, environment: Mapping[str, str], *, now: datetime) -> Backlog:
    """The backlog of the chosen office, else of all; ages in a sandbox are by its own clock."""
    with Reading(database_url(options, environment), lock_timeout=READING_WAITS) as reading:
        chosen = options.office or environment.get("TDKT_OFFICE")
        found = [row for row in reading.offices() if chosen in (None, "", row.office)]
        return summed(
            [_backlog(reading.waiting(row.office, now=at), at) for row in found for at in [_now(row, now)]]
        )


def _now(row: OfficeRecord, now: datetime) -> datetime:
    return row.clock if row.sandbox and row.clock else now


def _backlog(waiting: WaitingFigures, now: datetime) -> Backlog:
    ages = _age(waiting.due_since, now), _age(waiting.unsent_since, now)
    return Backlog(*ages, waiting.dead, waiting.incidents)


def _age(since: datetime | None, now: datetime) -> float:
    """Seconds since then; 0 where a clock that was set back would give less."""
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())


def summed(backlogs: list[Backlog]) -> Backlog:
    """The oldest of the ages and the sum of the counts."""
    return Backlog(
        max((backlog.oldest_due for backlog in backlogs), default=0.0),
        max((backlog.outbox_oldest for backlog in backlogs), default=0.0),
        sum(backlog.dead_letters for backlog in backlogs),
        sum(backlog.incidents for backlog in backlogs),
    )


def troubles(ticking: Ticking, backlog: Backlog | None, *, every: float) -> tuple[str, ...]:
    """What makes the service unhealthy; no backlog means that the database cannot be read."""
    return tuple(
        trouble
        for trouble, holds in (
            ("tick_stuck", ticking.silent > max(STUCK_TURNS * every, LEAST_STUCK)),
            ("tick_failing", ticking.failing >= FAILING),
            (
                "rows_waiting",
                backlog is not None and backlog.oldest_due > max(BEHIND_TURNS * every, LEAST_BEHIND),
            ),
            ("database", backlog is None),
        )
        if holds
    )


def health_page(ticking: Ticking, backlog: Backlog | None, *, every: float) -> tuple[bool, bytes]:
    """Whether all is well, and the figures as one JSON object; what cannot be known is null."""
    found = troubles(ticking, backlog, every=every)
    page = {
        "healthy": not found,
        "troubles": found,
        "oldest_due_seconds": _rounded(backlog.oldest_due if backlog else None),
        "outbox_oldest_seconds": _rounded(backlog.outbox_oldest if backlog else None),
        "dead_letters": backlog.dead_letters if backlog else None,
        "incidents_open": backlog.incidents if backlog else None,
        "last_tick_seconds": _rounded(ticking.since),
        "ticks": ticking.turns,
        "failing_ticks": ticking.failing,
    }
    return not found, (json.dumps(page) + "\n").encode()


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def metrics_page(ticking: Ticking, backlog: Backlog | None) -> bytes:
    """The figures in Prometheus's text format; those of a database that cannot be read are left out."""
    return "".join(_metrics(ticking, backlog)).encode()


def _metrics(ticking: Ticking, backlog: Backlog | None) -> Iterator[str]:
    yield _metric("tdkt_up", "gauge", "Whether the database can be read.", int(backlog is not None))
    yield _metric("tdkt_ticks_total", "counter", "Ticks that ended, failed ones among them.", ticking.turns)
    yield _metric("tdkt_tick_failures_total", "counter", "Ticks that failed.", ticking.failures)
    yield _metric("tdkt_rows_fired_total", "counter", "Deadline rows that this process fired.", ticking.fired)
    if ticking.ended_at is not None:
        yield _metric(
            "tdkt_last_tick_timestamp_seconds", "gauge", "When a whole tick last ended.", ticking.ended_at
        )
    if backlog is None:
        return
    yield _metric(
        "tdkt_oldest_due_seconds",
        "gauge",
        "Age of the oldest row that is due and not fired.",
        backlog.oldest_due,
    )
    yield _metric(
        "tdkt_outbox_oldest_seconds", "gauge", "Age of the oldest message not sent.", backlog.outbox_oldest
    )
    yield _metric("tdkt_dead_letters", "gauge", "Messages that are given up.", backlog.dead_letters)
    yield _metric("tdkt_incidents_open", "gauge", "Incidents that nobody has cleared.", backlog.incidents)


def _metric(name: str, kind: str, said: str, value: float) -> str:
    return f"# HELP {name} {said}\n# TYPE {name} {kind}\n{name} {value}\n"
