"""How a serving process and its database are: figures, the verdict on them, and both as pages for a monitor.

Nothing here names a person, an item or a place of the machine. `runtime.serve.endpoint` shows it,
`commands.serve` wires it; only `stock_of` reads the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from runtime.office.settings import Options, database_url
from storage.views import Reading

STUCK_TURNS, LEAST_STUCK = 3, 30.0
"""Without a life sign for three turns, but at least so many seconds, a tick counts as stuck."""
BEHIND_TURNS, LEAST_BEHIND = 10, 60.0
"""A row that is due for ten turns, but at least so many seconds: nobody fires what is due."""
FAILING = 3
"""So many ticks that failed in a row are no passing trouble."""
READING_WAITS = 2.0
"""Seconds that a question of a monitor waits for a locked database."""


@dataclass(frozen=True, slots=True)
class Ticking:
    """How the ticks of this process went. `silent` and `since` (the last whole tick) are in seconds."""

    silent: float
    turns: int
    failures: int
    failing: int
    fired: int
    since: float | None
    ended_at: float | None


@dataclass(frozen=True, slots=True)
class Stock:
    """What waits in the database, over all offices that are served; ages in seconds, 0 where nothing waits.

    Rows of an item with an open incident count there and not as due.
    """

    oldest_due: float = 0.0
    outbox_oldest: float = 0.0
    dead_letters: int = 0
    incidents: int = 0


def stock_of(options: Options, environment: Mapping[str, str], *, now: datetime) -> Stock:
    """The stock of the chosen office, else of all; a sandbox's age is by its own clock."""
    with Reading(database_url(options, environment), lock_timeout=READING_WAITS) as reading:
        chosen = options.office or environment.get("TDKT_OFFICE")
        found = [row for row in reading.offices() if chosen in (None, "", row["office"])]
        return together(
            [
                _stock(reading.waiting(row["office"], now=utc_text(at)), at)
                for row in found
                for at in [_now(row, now)]
            ]
        )


def _now(row: Mapping[str, Any], now: datetime) -> datetime:
    return datetime.fromisoformat(row["clock"]) if row["sandbox"] and row["clock"] else now


def utc_text(at: datetime) -> str:
    """An instant as the database compares it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _stock(row: Mapping[str, Any], now: datetime) -> Stock:
    return Stock(_age(row["due"], now), _age(row["outbox"], now), row["dead"], row["incidents"])


def _age(since: str | None, now: datetime) -> float:
    """A clock that was set back makes nothing younger than new."""
    return 0.0 if since is None else max(0.0, (now - datetime.fromisoformat(since)).total_seconds())


def together(stocks: list[Stock]) -> Stock:
    """The oldest of the ages and the sum of the counts."""
    return Stock(
        max((each.oldest_due for each in stocks), default=0.0),
        max((each.outbox_oldest for each in stocks), default=0.0),
        sum(each.dead_letters for each in stocks),
        sum(each.incidents for each in stocks),
    )


def troubles(ticking: Ticking, stock: Stock | None, *, every: float) -> tuple[str, ...]:
    """What makes the service unhealthy; no stock means that the database cannot be read."""
    return tuple(
        trouble
        for trouble, holds in (
            ("tick_stuck", ticking.silent > max(STUCK_TURNS * every, LEAST_STUCK)),
            ("tick_failing", ticking.failing >= FAILING),
            (
                "rows_waiting",
                stock is not None and stock.oldest_due > max(BEHIND_TURNS * every, LEAST_BEHIND),
            ),
            ("database", stock is None),
        )
        if holds
    )


def health_page(ticking: Ticking, stock: Stock | None, *, every: float) -> tuple[bool, bytes]:
    """Whether all is well, and the figures as one JSON object; what cannot be known is null."""
    found = troubles(ticking, stock, every=every)
    page = {
        "healthy": not found,
        "troubles": found,
        "oldest_due_seconds": _rounded(stock.oldest_due if stock else None),
        "outbox_oldest_seconds": _rounded(stock.outbox_oldest if stock else None),
        "dead_letters": stock.dead_letters if stock else None,
        "incidents_open": stock.incidents if stock else None,
        "last_tick_seconds": _rounded(ticking.since),
        "ticks": ticking.turns,
        "failing_ticks": ticking.failing,
    }
    return not found, (json.dumps(page) + "\n").encode()


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def metrics_page(ticking: Ticking, stock: Stock | None) -> bytes:
    """The figures in Prometheus's text format; those of a database that cannot be read are left out."""
    return "".join(_metrics(ticking, stock)).encode()


def _metrics(ticking: Ticking, stock: Stock | None) -> Iterator[str]:
    yield _metric("tdkt_up", "gauge", "Whether the database can be read.", int(stock is not None))
    yield _metric("tdkt_ticks_total", "counter", "Ticks that ended, failed ones among them.", ticking.turns)
    yield _metric("tdkt_tick_failures_total", "counter", "Ticks that failed.", ticking.failures)
    yield _metric("tdkt_rows_fired_total", "counter", "Deadline rows that this process fired.", ticking.fired)
    if ticking.ended_at is not None:
        yield _metric(
            "tdkt_last_tick_timestamp_seconds", "gauge", "When a whole tick last ended.", ticking.ended_at
        )
    if stock is None:
        return
    yield _metric(
        "tdkt_oldest_due_seconds",
        "gauge",
        "Age of the oldest row that is due and not fired.",
        stock.oldest_due,
    )
    yield _metric(
        "tdkt_outbox_oldest_seconds", "gauge", "Age of the oldest message not sent.", stock.outbox_oldest
    )
    yield _metric("tdkt_dead_letters", "gauge", "Messages that are given up.", stock.dead_letters)
    yield _metric("tdkt_incidents_open", "gauge", "Incidents that nobody has cleared.", stock.incidents)


def _metric(name: str, kind: str, said: str, value: float) -> str:
    return f"# HELP {name} {said}\n# TYPE {name} {kind}\n{name} {value}\n"
