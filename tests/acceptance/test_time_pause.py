"""A service that stands still (SIGSTOP) and goes on: nothing fires twice, nothing is lost, nobody is held up.

TDKT_PAUSE_SECONDS asks for a longer pause than every run has.
"""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import date

import pytest

from tests.acceptance.deadlines import cancel_plan, due, fired, local, typed, with_tasks
from tests.acceptance.office import Office
from tests.processes import WATCHING, ended, says
from tests.waiting import until

PAUSE = float(os.environ.get("TDKT_PAUSE_SECONDS", "3"))
EVE = local("2026-03-31T07:59:58")
MORNING = local("2026-03-31T08:00:00")
AFTER_ALL = local("2027-02-01T09:00")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="stops by POSIX signals")


def test_what_fell_due_while_a_service_stood_still_fires_once_when_it_goes_on(office: Office) -> None:
    assert office.tdkt("tick", "--now", "2026-03-31T07:59").code == 0
    late = due(office, MORNING)
    assert {row.kind for row in late.values()} == {"due_today"}
    process = office.start("serve", "--every", "0.1", "--now", typed(EVE))
    says(process, WATCHING)

    process.send_signal(signal.SIGSTOP)
    time.sleep(PAUSE)
    stopped = due(office, MORNING)
    process.send_signal(signal.SIGCONT)
    until(lambda: not due(office, MORNING), "what fell due in the meantime has fired")
    process.terminate()

    assert ended(process).code == 0
    assert (stopped.keys(), due(office, MORNING)) == (late.keys(), {})
    assert late.keys() <= fired(office).keys()
    assert office.faults() == ()


def test_of_two_schedulers_one_stands_still_again_and_again_and_each_row_fires_once(office: Office) -> None:
    with_tasks(office, [date(2026, 12, 31)] * 40)
    cancel_plan(office)
    rows = due(office, AFTER_ALL)
    chance = random.Random(20261231)

    steady, halting = (office.start("tick", "--now", typed(AFTER_ALL), "--json") for _ in range(2))
    while halting.poll() is None and steady.poll() is None:
        time.sleep(chance.random() / 5)
        halting.send_signal(signal.SIGSTOP)
        time.sleep(chance.random() / 5)
        halting.send_signal(signal.SIGCONT)
    said = [ended(steady), ended(halting)]

    assert [(each.code, each.err) for each in said] == [(0, "")] * 2
    assert sum(each.json["rows"] for each in said) == len(rows)
    assert fired(office).keys() == rows.keys()
    assert office.faults() == ()
