"""Plans spoilt by chance are read or refused: no traceback, no hang, no more memory than a small machine has.

TDKT_SPOILT_PLANS asks for more than the few that every run reads.
"""

from __future__ import annotations

import os
from functools import partial
from itertools import count

import pytest

from exchange.plan.reading import read_plan
from tests.exchange.bounds import MEMORY, PEAK, SECONDS, TooSlow, at_most, taken
from tests.exchange.plan.mutations import spoilt
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office

SPOILT = int(os.environ.get("TDKT_SPOILT_PLANS", "500"))
FIRST = int(os.environ.get("TDKT_SPOILT_FIRST", "0"))


def test_spoilt_plans_are_read_or_refused(office: Office, calendar: WorkCalendar) -> None:
    failed: dict[int, str] = {}
    for number in range(FIRST, FIRST + SPOILT):
        data = spoilt(number)
        try:
            with at_most(SECONDS):
                most = taken(partial(read_plan, data, office=office, calendar=calendar))
        except Exception as error:
            failed[number] = repr(error)
            continue
        if most > MEMORY:
            failed[number] = f"{most // 1024} MB"

    assert failed == {}


def test_the_fuzz_fails_for_what_hangs_or_takes_too_much() -> None:
    with pytest.raises(TooSlow), at_most(0.05):
        all(at >= 0 for at in count())
    if PEAK.exists():
        # Above 32 MB the allocator asks the system each time, and reuses nothing that was given back.
        assert taken(lambda: b"x" * (64 * 1024 * 1024)) > 60 * 1024
