"""What waits for others is asked about once a month and never told to be late, whenever the service runs."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.shipped import at
from tests.workflow.world import World
from workflow.model.lateness import waits, waits_for_basis, waits_until_set

LATE = re.compile("quá hạn|chậm|khẩn trương|đôn đốc", re.IGNORECASE)
OF_THE_SERVICE = "do phần mềm tạm ngừng hoạt động"
FIRST, LAST = at("2026-01-20T00:00"), at("2027-03-31T00:00")
"""From where the world stands into the spring after its plan."""


def local_text(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%Y-%m-%dT%H:%M")


moments = st.lists(
    st.integers(0, int((LAST - FIRST) / timedelta(hours=1))).map(
        lambda hour: local_text(FIRST + timedelta(hours=hour))
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def waiting() -> list[str]:
    """The tasks of the plan that wait for others, at once or once their date has passed."""
    world = World.planned()
    plan = [world.item(f"T{number:02}") for number in range(1, 19)]
    machine = world.case("system").machine(plan[0]).definition
    kinds = {item.key.ref: machine.kind(item.kind) for item in plan}
    return [
        item.key.ref
        for item in plan
        if waits_until_set(kinds[item.key.ref]) or waits_for_basis(item, kinds[item.key.ref])
    ]


def test_the_plan_has_tasks_that_wait_at_once_and_one_that_waits_in_the_end(waiting: list[str]) -> None:
    assert waiting == ["T04", "T05", "T07", "T12", "T18"]


@given(looks=moments)
@settings(max_examples=15, deadline=None)
def test_nobody_is_told_that_what_waits_is_late(waiting: list[str], looks: list[str]) -> None:
    """Looks at any moments of a year, hours or months apart, and one at its end."""
    world = World.planned()
    told = []
    for now in [*sorted(looks), local_text(LAST)]:
        for kept in world.tick(now):
            item = world.item(kept.key.ref)
            kind = world.case("system").machine(item).definition.kind(item.kind)
            if item.key.ref in waiting and waits(item, kind, world.case("system").today):
                told.append(kept)

    assert not [kept for kept in world.store.notices if "tdkt" in kept.draft.subject + kept.draft.text]
    assert told
    for kept in told:
        said = [line for line in kept.draft.text.splitlines() if OF_THE_SERVICE not in line]
        assert kept.draft.kind == "ask"
        assert not LATE.search("\n".join([kept.draft.subject, *said])), kept.draft.text


def test_after_an_outage_over_its_date_row_18_is_only_asked_about() -> None:
    world = World.planned()
    world.tick("2026-11-20T08:00")

    kinds = [kept.draft.kind for kept in world.tick("2027-01-15T08:00") if kept.key.ref == "T18"]

    assert kinds in ([], ["ask"])
    assert world.item("T18").waiting
    assert at("2027-01-15T08:00") == world.now
