"""Several schedulers on one database, as real processes: every due row fires exactly once.

TDKT_DUE_ROWS asks for more rows than every run has.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date

from tests.acceptance.deadlines import cancel_plan, due, fired, local, told, typed, with_tasks
from tests.acceptance.office import SWEPT, Office
from tests.processes import ended
from tests.waiting import LIMIT

DUE_ROWS = int(os.environ.get("TDKT_DUE_ROWS", "2000"))
ROWS_OF_A_TASK = 10
SCHEDULERS = 4
AFTER_ALL = local("2027-02-01T09:00")
PATIENCE = LIMIT + DUE_ROWS
"""Seconds: a row takes a hundredth of one on a quiet machine."""


def test_four_schedulers_fire_every_due_row_exactly_once(office: Office) -> None:
    refs = with_tasks(office, [date(2026, 12, 31)] * (DUE_ROWS // ROWS_OF_A_TASK))
    cancel_plan(office)
    before = due(office, AFTER_ALL)
    assert len(before) == len(refs) * ROWS_OF_A_TASK == DUE_ROWS

    ticks = [office.start("tick", "--now", typed(AFTER_ALL), "--json") for _ in range(SCHEDULERS)]
    said = [ended(tick, seconds=PATIENCE) for tick in ticks]

    assert [(each.code, each.err) for each in said] == [(0, "")] * SCHEDULERS
    assert sum(each.json["rows"] for each in said) == DUE_ROWS
    assert fired(office).keys() == before.keys()
    entries = [entry for entry in office.entries() if entry["event"] in SWEPT]
    logged = Counter((entry["item"], entry["input.row"], entry["input.occurrence"]) for entry in entries)
    assert logged == dict.fromkeys((id[2:] for id in before), 1)
    assert sum(each.json["notices"] for each in said) == len(told(office))
    assert due(office, AFTER_ALL) == {}
    assert office.faults() == ()
