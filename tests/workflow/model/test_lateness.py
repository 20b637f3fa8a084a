"""How an item stands against its date: the one rule of sweep, lists and pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.workflow.shipped import machine
from tests.workflow.world import World
from workflow.model.facts import Item
from workflow.model.lateness import days_late, days_past, waits
from workflow.model.machine import TaskKind

DUE = date(2026, 12, 31)
AFTER = DUE + timedelta(days=4)


def standing(ref: str) -> tuple[Item, TaskKind | None]:
    item = World.planned().item(ref)
    return item, machine("plan_task").definition.kind(item.kind)


def seen(item: Item, kind: TaskKind | None, day: date) -> tuple[int, bool]:
    return days_late(item, kind, day), waits(item, kind, day)


def test_an_item_is_late_from_the_day_after_its_date() -> None:
    item, kind = standing("T16")

    assert [seen(item, kind, day) for day in (DUE, DUE + timedelta(days=1), AFTER)] == [
        (0, False),
        (1, False),
        (4, False),
    ]


def test_what_waits_for_a_basis_waits_from_the_day_after_even_before_the_sweep_has_marked_it() -> None:
    item, kind = standing("T18")
    marked = item._replace(waiting=True)

    assert (item.waiting, item.due_mark) == (False, "derived")
    assert [seen(item, kind, day) for day in (DUE, AFTER)] == [(0, False), (0, True)]
    assert seen(marked, kind, AFTER) == (0, True)


def test_with_a_date_of_its_own_it_is_late_like_any_other() -> None:
    item, kind = standing("T18")

    assert seen(item._replace(due_mark="set"), kind, AFTER) == (4, False)


def test_what_waits_until_a_date_is_set_is_never_late() -> None:
    item, kind = standing("T04")

    assert seen(item, kind, AFTER) == (0, True)


@pytest.mark.parametrize(("ref", "days"), [("T16", 4), ("T18", 0), ("T04", 0)])
def test_a_finished_item_was_as_late_as_on_the_day_it_ended(ref: str, days: int) -> None:
    item, kind = standing(ref)
    ended = item._replace(state="completed", due_on=DUE, waiting=False, closed_on=AFTER)

    assert seen(ended, kind, AFTER + timedelta(days=90)) == (days, False)


def test_nobody_is_late_with_what_was_cancelled_or_has_no_date() -> None:
    item, kind = standing("T16")

    assert days_late(item._replace(state="cancelled", closed_on=AFTER), kind, AFTER) == 0
    assert days_late(item._replace(due_on=None), kind, AFTER) == 0


def test_days_past_are_calendar_days() -> None:
    assert [days_past(DUE, day) for day in (AFTER, DUE, DUE - timedelta(days=3))] == [4, 0, 0]
