"""The verdict on a serving process: when it is unhealthy, and what its two pages say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from runtime.serve.vitals import Backlog, Ticking, health_page, metrics_page, summed, troubles

WELL = Ticking(silent=1.0, turns=12, failures=2, failing=0, fired=40, since=1.5, ended_at=1_780_000_000.25)
EMPTY = Backlog()


@pytest.mark.parametrize(
    ("ticking", "backlog", "every", "found"),
    [
        (WELL, EMPTY, 30, ()),
        (replace(WELL, silent=90.0), EMPTY, 30, ()),
        (replace(WELL, silent=90.1), EMPTY, 30, ("tick_stuck",)),
        (replace(WELL, silent=30.0), EMPTY, 0.1, ()),
        (replace(WELL, silent=30.1), EMPTY, 0.1, ("tick_stuck",)),
        (replace(WELL, failing=2), EMPTY, 30, ()),
        (replace(WELL, failing=3), EMPTY, 30, ("tick_failing",)),
        (WELL, Backlog(oldest_due=300.0), 30, ()),
        (WELL, Backlog(oldest_due=300.1), 30, ("rows_waiting",)),
        (WELL, Backlog(oldest_due=60.1), 0.1, ("rows_waiting",)),
        (WELL, Backlog(outbox_oldest=1e6, dead_letters=9, incidents=9), 30, ()),
        (WELL, None, 30, ("database",)),
        (replace(WELL, silent=1e5, failing=9), None, 30, ("tick_stuck", "tick_failing", "database")),
    ],
)
def test_a_service_is_unhealthy_when_it_stands_still_fails_falls_behind_or_cannot_read(
    ticking: Ticking, backlog: Backlog | None, every: float, found: tuple[str, ...]
) -> None:
    assert troubles(ticking, backlog, every=every) == found


def test_the_health_page_is_one_object_with_every_figure() -> None:
    well, body = health_page(WELL, Backlog(12.3456, 3.0, 1, 2), every=30)

    assert (well, json.loads(body)) == (
        True,
        {
            "healthy": True,
            "troubles": [],
            "oldest_due_seconds": 12.346,
            "outbox_oldest_seconds": 3.0,
            "dead_letters": 1,
            "incidents_open": 2,
            "last_tick_seconds": 1.5,
            "ticks": 12,
            "failing_ticks": 0,
        },
    )


def test_what_cannot_be_known_is_null() -> None:
    well, body = health_page(replace(WELL, since=None, ended_at=None), None, every=30)

    found = json.loads(body)
    assert (well, found["troubles"]) == (False, ["database"])
    assert [name for name, value in found.items() if value is None] == [
        "oldest_due_seconds",
        "outbox_oldest_seconds",
        "dead_letters",
        "incidents_open",
        "last_tick_seconds",
    ]


def figures(body: bytes) -> dict[str, float]:
    lines = (line for line in body.decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.partition(" ") for line in lines)}


def test_the_metrics_have_a_type_a_help_and_a_value_each() -> None:
    body = metrics_page(WELL, Backlog(12.5, 3.0, 1, 2))

    assert figures(body) == {
        "tdkt_up": 1,
        "tdkt_ticks_total": 12,
        "tdkt_tick_failures_total": 2,
        "tdkt_rows_fired_total": 40,
        "tdkt_last_tick_timestamp_seconds": 1_780_000_000.25,
        "tdkt_oldest_due_seconds": 12.5,
        "tdkt_outbox_oldest_seconds": 3,
        "tdkt_dead_letters": 1,
        "tdkt_incidents_open": 2,
    }
    lines = body.decode().splitlines()
    for help_, kind, value in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        name = value.split()[0]
        assert help_.startswith(f"# HELP {name} ")
        assert kind == f"# TYPE {name} {'counter' if name.endswith('_total') else 'gauge'}"


def test_a_database_that_cannot_be_read_leaves_its_figures_out() -> None:
    assert figures(metrics_page(replace(WELL, ended_at=None), None)) == {
        "tdkt_up": 0,
        "tdkt_ticks_total": 12,
        "tdkt_tick_failures_total": 2,
        "tdkt_rows_fired_total": 40,
    }


def test_of_several_offices_the_oldest_ages_and_the_sums_count() -> None:
    assert summed([Backlog(1.0, 9.0, 1, 0), Backlog(5.0, 2.0, 2, 3)]) == Backlog(5.0, 9.0, 3, 3)
    assert summed([]) == EMPTY
