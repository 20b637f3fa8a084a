"""`kill -9` of the service at random instants of a simulated quarter: told once, and nothing is lost.

TDKT_SERVICE_KILLS asks for more kills than every run makes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from tests.acceptance.deadlines import ZONE, Told, due, fired, local, rows, told, typed, with_tasks
from tests.acceptance.office import SWEPT, Office
from tests.ledger import Id, Row, ledger_faults
from tests.processes import WATCHING, ended, says
from tests.waiting import until

KILLS = int(os.environ.get("TDKT_SERVICE_KILLS", "20"))
LONGEST_LIFE = 0.6
"""Seconds of sweeping, before which most services are killed."""
QUARTERS_END = local("2026-04-14T09:00")
JUMPS = tuple(
    local(moment)
    for moment in ("2026-02-27T08:00", "2026-03-17T08:00", "2026-03-31T08:00", "2026-04-01T09:00")
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by POSIX signals")
Copy = Callable[[Office], Office]


def busy_quarter(office: Office) -> list[datetime]:
    """Gives the office further tasks through the quarter; the instants at which rows are due."""
    first = date(2026, 2, 2)
    with_tasks(office, [first + timedelta(days=8 * number) for number in range(8)], like=1)
    return sorted({row.at for row in due(office, QUARTERS_END).values()})


def service(office: Office, moments: list[datetime]) -> subprocess.Popen[str]:
    """Sweeps the moments that are still to come; it has begun when this returns."""
    process = office.start_python("-m", "tests.acceptance.ticking", office.url, *map(typed, moments))
    says(process, "begins\n", on="stdout")
    return process


def killed(process: subprocess.Popen[str], *, after: float) -> bool:
    """Whether the process was still at work when it was killed."""
    time.sleep(after)
    process.kill()
    ended(process)
    return process.returncode == -signal.SIGKILL


def found(office: Office) -> tuple[list[Row], list[Told]]:
    return rows(office), told(office)


def test_a_quarter_of_killed_services_is_what_an_undisturbed_one_is(office: Office, copy_of: Copy) -> None:
    moments = busy_quarter(office)
    undisturbed = copy_of(office)
    assert ended(service(undisturbed, moments)).code == 0
    expected = found(undisturbed)
    assert len(fired(undisturbed)) > 100
    chance, kills = random.Random(20260331), 0

    while kills < KILLS:
        disturbed = copy_of(office)
        while kills < KILLS and killed(service(disturbed, moments), after=chance.random() * LONGEST_LIFE):
            kills += 1
        assert ended(service(disturbed, moments)).code == 0

        assert found(disturbed) == expected
        assert (disturbed.faults(), ledger_faults(disturbed.url)) == ((), [])


def test_a_killed_tdkt_serve_loses_nothing_and_tells_nobody_twice_of_a_row(
    office: Office, copy_of: Copy
) -> None:
    undisturbed = copy_of(office)
    for moment in JUMPS:
        assert undisturbed.tdkt("tick", "--now", typed(moment)).code == 0
    chance = random.Random(20260401)

    for moment in JUMPS:
        for _again in range(max(1, KILLS // 20)):
            killed(watching(office, moment), after=chance.random() / 2)
    last = watching(office, JUMPS[-1])
    until(lambda: not due(office, JUMPS[-1]), "everything that is due has fired")
    last.terminate()

    assert ended(last).code == 0
    assert dated(office) == dated(undisturbed)
    assert nobody_left_out(office) == set()
    assert office.faults() == ()


def dated(office: Office) -> set[Id]:
    """What fired; without the monthly questions, of which one that comes late takes the next one's place."""
    return {id for id, row in fired(office).items() if row.kind != "ask"}


def watching(office: Office, moment: datetime) -> subprocess.Popen[str]:
    """`tdkt serve` that has begun to watch, its sandbox's clock at the moment or a little later."""
    process = office.start("serve", "--every", "0.1", "--now", moment.astimezone(ZONE).isoformat())
    says(process, WATCHING)
    return process


def nobody_left_out(office: Office) -> set[tuple[str, str]]:
    """Item and account where a fired row addressed somebody who has no notice of the item."""
    addressed = {
        (entry["item"], to)
        for entry in office.entries()
        if entry["event"] in SWEPT
        for to in entry["input.to"]
    }
    return addressed - {(notice.ref, notice.to) for notice in told(office)}
