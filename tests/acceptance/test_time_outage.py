"""The service down for three days over a quarter's end, and rows of several kinds that are late at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from tests.acceptance.deadlines import due, fired, local, rows, told, typed
from tests.acceptance.office import SWEPT, Office
from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR

DOWN, UP = local("2026-03-30T07:00"), local("2026-04-02T09:00")
Copy = Callable[[Office], Office]


def tick(office: Office, *moments: str) -> None:
    for moment in moments:
        assert office.tdkt("tick", "--now", moment).code == 0


def kept(office: Office, until: datetime) -> None:
    """Sweeps at every instant at which a row is due."""
    while late := due(office, until):
        tick(office, typed(min(row.at for row in late.values())))


def test_after_three_days_down_each_row_fires_once_with_its_lateness_and_nothing_is_dropped(
    office: Office, copy_of: Copy
) -> None:
    kept(office, DOWN)
    undisturbed = copy_of(office)
    kept(undisturbed, UP)
    before, late = fired(office), due(office, UP)

    tick(office, typed(UP))
    tick(office, typed(UP))

    after = fired(office)
    assert {row.kind for row in late.values()} == {
        "reminder",
        "due_today",
        "due",
        "overdue",
        "escalation",
        "ask",
    }
    assert after.keys() == before.keys() | late.keys() == fired(undisturbed).keys()
    assert {id: (after[id].fired_at, after[id].late_s) for id in late} == {
        id: (UP, int((UP - row.at).total_seconds())) for id, row in late.items()
    }
    assert due(office, UP) == {}
    assert office.faults() == ()


def test_after_an_outage_everybody_is_told_of_each_item_and_of_no_row_twice(office: Office) -> None:
    kept(office, DOWN)
    before = set(told(office))

    tick(office, typed(UP))

    notices = set(told(office)) - before
    addressed = {
        (entry["item"], to)
        for entry in office.entries()
        if entry["event"] in SWEPT and entry["at"] >= "2026-04-02"
        for to in entry["input.to"]
    }
    assert {(notice.ref, notice.to) for notice in notices} == addressed
    assert set(Counter((each.ref, each.deadline, each.occurrence, each.to) for each in notices).values()) == {
        1
    }
    assert [each for each in notices if "gửi chậm" not in each.text] == []


def test_a_row_of_one_kind_never_keeps_another_from_firing(office: Office) -> None:
    """Late at once or in time, on one morning or one after the other: each has its own entry."""
    tick(office, "2026-02-20T08:00", "2026-04-14T08:00")

    entries = [
        (entry["event"], entry["input.row"], entry["input.to"])
        for entry in office.entries()
        if entry["item"] == "T01" and entry["event"] in SWEPT
    ]
    assert entries == [
        ("remind", "reminder-30", [OFFICER]),
        ("remind", "reminder-14", [OFFICER]),
        ("remind", "reminder-7", [OFFICER]),
        ("remind", "reminder-1", [OFFICER]),
        ("due_today", "due_today", [OFFICER]),
        ("overdue", "due", []),
        ("remind", "overdue", [OFFICER]),
        ("escalate", "escalation-1", [STANDING_MEMBER]),
        ("escalate", "escalation-5", [VICE_CHAIR]),
        ("escalate", "escalation-10", [CHAIR]),
    ]


def test_on_one_morning_the_officer_is_told_that_it_is_overdue_and_the_head_too(office: Office) -> None:
    tick(office, "2026-03-31T08:00", "2026-04-01T00:00")
    before = set(told(office))

    tick(office, "2026-04-01T08:00")

    assert sorted((each.deadline, each.to) for each in set(told(office)) - before if each.ref == "T01") == [
        ("escalation-1", STANDING_MEMBER),
        ("overdue", OFFICER),
    ]
    assert [row.name for row in rows(office) if row.ref == "T01" and row.status == "pending"][:2] == [
        "escalation-10",
        "escalation-5",
    ]
