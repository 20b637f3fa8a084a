"""From the plan as read to the year's tasks: made once, changed where the document changed, never lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from exchange.plan.reading import read_plan
from tests.people import CHAIR, OFFICER, STANDING_MEMBER
from tests.workflow.plan_2026 import ENDS, LEADS, PLAN, WAITING
from tests.workflow.shipped import DEFINITIONS, at, calendar, office
from tests.workflow.world import World
from workflow.model.facts import Alerts
from workflow.model.plan import PlanTask, diff
from workflow.model.tasks import Task
from workflow.services.import_plan import Imported, differs, row_of

DOCUMENT = DEFINITIONS / "offices" / "diem-he" / "ke-hoach-2026.txt"


def changed(number: int, **fields: object) -> tuple[PlanTask, ...]:
    """The plan with one row written otherwise."""
    return tuple(
        replace(row, **fields) if row.number == number else row  # type: ignore[arg-type]
        for row in PLAN
    )


def moved(number: int, due: date) -> tuple[PlanTask, ...]:
    """The plan with a date written beside one row."""
    derived = tuple(name for name in PLAN[number - 1].derived if name != "due")
    return changed(number, due=due, derived=derived)


def imports(world: World, ref: str) -> int:
    return sum(kept.entry.event == "import" for kept in world.store.entries if kept.key == world.key(ref))


@pytest.fixture(scope="module")
def shipped_plan() -> tuple[PlanTask, ...]:
    reading = read_plan(DOCUMENT, office=office(), calendar=calendar())
    assert reading.importable
    return reading.tasks


def test_the_shipped_document_makes_eighteen_tasks(shipped_plan: tuple[PlanTask, ...]) -> None:
    world = World(now=at("2026-01-20T09:00"))

    done = world.import_plan(shipped_plan)

    items = [world.item(f"T{number:02}") for number in range(1, 19)]
    assert done == Imported(added=18, changed=0, kept=0)
    assert len(world.store.items) == 18
    assert {
        Task.of(item).number: Task.of(item).lead for item in items if isinstance(item.details, Task)
    } == LEADS
    assert [item.due_on for item in items] == [ENDS[row.quarter] for row in PLAN]
    assert {item.due_mark for item in items} == {"derived"}
    assert (
        tuple(Task.of(item).number for item in items if isinstance(item.details, Task) and item.waiting)
        == WAITING
    )
    assert {item.state for item in items} == {"drafted"}
    assert {item.owners for item in items} == {(OFFICER,)}
    assert {item.version for item in items} == {1}


def test_the_shipped_document_is_the_plan_that_was_written_out_by_hand(
    shipped_plan: tuple[PlanTask, ...],
) -> None:
    def bare(row: PlanTask) -> PlanTask:
        return replace(row, period=None, derived=tuple(sorted(row.derived)), lines=())

    assert [bare(row) for row in shipped_plan] == [bare(row) for row in PLAN]


def test_the_shipped_document_twice_changes_nothing(shipped_plan: tuple[PlanTask, ...]) -> None:
    world = World(now=at("2026-01-20T09:00"))
    world.import_plan(shipped_plan)
    before = world.store.copy()

    done = world.import_plan(shipped_plan)

    assert done == Imported(added=0, changed=0, kept=18)
    assert world.store == before
    assert diff([row for item in world.store.items.values() if (row := row_of(item))], shipped_plan) == ()


def test_each_task_is_made_with_one_entry_without_free_text() -> None:
    world = World.planned()

    entries = [kept.entry for kept in world.store.entries]
    assert Counter(entry.event for entry in entries) == {"import": 18}
    assert {(entry.from_state, entry.to_state, entry.actor, entry.role) for entry in entries} == {
        (None, "drafted", OFFICER, "officer")
    }
    assert entries[4].inputs == {"due": "2026-03-31", "lead": "hoi_dong_tdkt", "kind": "conference"}
    assert all(entry.texts == () for entry in entries)


def test_a_plan_makes_as_many_rows_as_its_deadlines_need() -> None:
    world = World.planned()

    rows = Counter(key.ref for key, _name, _occurrence in world.store.rows)
    waiting = {f"T{number:02}" for number in WAITING}
    assert {ref: rows[ref] for ref in waiting} == dict.fromkeys(waiting, 1)
    assert rows["T18"] == 6
    assert {count for ref, count in rows.items() if ref not in waiting | {"T18"}} == {10}


def test_the_same_plan_leaves_what_people_changed_since() -> None:
    world = World.planned()
    world.do("T01", "lead", STANDING_MEMBER, {"body": "hoi_dong_tdkt"})
    world.do("T05", "lead", STANDING_MEMBER, {"body": "ubnd"})
    world.do("T04", "set_deadline", OFFICER, {"date": "2026-02-10", "source": "Giấy mời"})
    world.do("T02", "extend", CHAIR, {"until": "2026-04-29", "reason": "Chờ số liệu"})
    world.do("T03", "submit", OFFICER)
    before = world.store.copy()

    done = world.import_plan(PLAN)

    assert done == Imported(added=0, changed=0, kept=18)
    assert world.store == before


def test_changed_words_change_the_words_only() -> None:
    world = World.planned()
    world.task_in("reviewed")
    before, rows = world.item("T01"), world.rows("T01")

    done = world.import_plan(changed(1, content="Báo cáo năm"))

    item = world.item("T01")
    assert done == Imported(added=0, changed=1, kept=17)
    assert item == before._replace(
        details=replace(Task.of(before), content="Báo cáo năm"), version=before.version + 1
    )
    assert world.rows("T01") == rows
    assert imports(world, "T01") == 2
    assert world.import_plan(changed(1, content="Báo cáo năm")) == Imported(0, 0, 18)


def test_a_changed_date_makes_a_new_round_and_keeps_the_state() -> None:
    world = World.planned()
    world.task_in("submitted")
    world.tick("2026-03-17T09:00")

    world.import_plan(moved(1, date(2026, 4, 29)))

    item = world.item("T01")
    assert (item.state, item.due_on, item.due_mark, item.due_first) == (
        "submitted",
        date(2026, 4, 29),
        "plan",
        None,
    )
    assert Counter((kept.row.occurrence, kept.status) for kept in world.rows("T01")) == {
        (1, "fired"): 2,
        (1, "cancelled"): 8,
        (2, "pending"): 10,
    }
    assert item.alerts == Alerts()


def test_a_date_in_the_past_is_overdue_at_once() -> None:
    world = World.planned(now="2026-03-20T09:00")

    world.import_plan(moved(1, date(2026, 3, 13)))

    assert world.item("T01").overdue


def test_a_date_for_an_outside_row_ends_the_waiting_and_its_loss_begins_it_again() -> None:
    world = World.planned()

    world.import_plan(moved(4, date(2026, 2, 12)))
    dated = world.item("T04")
    world.import_plan(PLAN)
    again = world.item("T04")

    assert (dated.waiting, dated.due_mark) == (False, "plan")
    assert (again.waiting, again.due_mark, again.due_on) == (True, "derived", date(2026, 3, 31))
    pending = [
        (kept.row.name, kept.row.occurrence, kept.row.at)
        for kept in world.rows("T04")
        if kept.status == "pending"
    ]
    assert pending == [("ask", 2, at("2026-02-02T08:00"))]


def test_a_date_that_somebody_set_is_theirs_whatever_the_document_says() -> None:
    world = World.planned()
    world.do("T01", "set_deadline", OFFICER, {"date": "2026-03-20", "source": "Công văn 12"})
    rows = world.rows("T01")

    world.import_plan(moved(1, date(2026, 4, 29)))

    assert (world.item("T01").due_on, world.item("T01").due_mark) == (date(2026, 3, 20), "set")
    assert world.rows("T01") == rows


def test_a_lead_that_somebody_chose_stays_until_the_document_names_another() -> None:
    world = World.planned()
    world.do("T01", "lead", STANDING_MEMBER, {"body": "hoi_dong_tdkt"})

    world.import_plan(changed(1, content="Báo cáo năm"))
    kept = Task.of(world.item("T01"))
    world.import_plan(changed(1, content="Báo cáo năm", lead="ubnd", cooperating=PLAN[0].bodies[1:]))
    named = Task.of(world.item("T01"))

    assert kept is not None
    assert named is not None
    assert (kept.lead, named.lead) == ("hoi_dong_tdkt", "ubnd")


def test_another_kind_may_begin_to_wait_or_end_it() -> None:
    world = World.planned()

    world.import_plan(changed(4, kind="report", part=None))
    report = world.item("T04")
    world.import_plan(PLAN)

    assert (report.waiting, report.due_on) == (False, date(2026, 3, 31))
    assert Counter(kept.status for kept in world.rows("T04")) == {"cancelled": 11, "pending": 1}
    assert world.item("T04").waiting


def test_a_closed_task_takes_new_words_and_no_new_rows() -> None:
    world = World.planned()
    world.task_in("completed")

    world.import_plan(moved(1, date(2026, 4, 29)))

    assert world.item("T01").state == "completed"
    assert {kept.status for kept in world.rows("T01")} == {"cancelled"}


def test_a_row_that_vanished_stays_and_a_new_one_comes() -> None:
    world = World.planned()
    new = replace(PLAN[0], number=19, content="Báo cáo chuyên đề")

    done = world.import_plan((*PLAN[1:], new))

    assert done == Imported(added=1, changed=0, kept=17)
    assert world.item("T01").state == "drafted"
    assert world.item("T19").due_on == date(2026, 3, 31)


def test_what_was_imported_is_compared_not_what_people_made_of_it() -> None:
    world = World.planned()
    world.do("T05", "lead", STANDING_MEMBER, {"body": "ubnd"})
    item = world.item("T05")

    assert row_of(item) == PLAN[4]
    assert not differs(item, PLAN[4])
    assert differs(item, replace(PLAN[4], bodies=("hoi_dong_tdkt",), cooperating=()))
    assert not differs(item, replace(PLAN[4], lines=(31, 32)))


@pytest.mark.parametrize("started_on", [date(2026, 4, 15), date(2026, 11, 22)])
def test_an_office_that_begins_in_mid_year_gets_no_flood(started_on: date) -> None:
    world = World.planned(now=f"{started_on}T09:00", started_on=started_on)

    notices = world.tick(f"{started_on}T09:05")

    past = {f"T{row.number:02}" for row in PLAN if row.due < started_on} - {f"T{n:02}" for n in WAITING}
    assert notices == []
    assert {key.ref for key, item in world.store.items.items() if item.overdue} == past
    assert {kept.row.reason for ref in past for kept in world.rows(ref)} == {"before_start"}


def test_what_was_done_before_is_adopted_with_a_paper_and_a_day() -> None:
    world = World.planned(now="2026-11-22T09:00", started_on=date(2026, 11, 22))

    for number in (1, 2, 3):
        world.do(f"T{number:02}", "adopt", STANDING_MEMBER, {"date": "2026-03-30", "paper": "05/BC-UBND"})

    assert [world.item(f"T{number:02}").state for number in (1, 2, 3)] == ["completed"] * 3
    assert world.tick("2026-11-30T09:00") == []
