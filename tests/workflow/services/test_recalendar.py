"""A changed calendar moves what depends on working days, once, and leaves what has fired or was set."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import ADMINISTRATOR, OFFICER
from tests.workflow.memory_unit import memory_unit
from tests.workflow.shipped import at, calendar, machine, policy, shipped
from tests.workflow.world import World
from workflow.model.calendar import NoWorkingDay, WorkCalendar, local_date
from workflow.model.context import Setting
from workflow.model.definition import CalendarYear, Rung, Span
from workflow.model.tasks import Task
from workflow.services.recalendar import Recalendared, recalendar_item
from workflow.time.deadlines import round_rows

REFS = tuple(f"T{number:02}" for number in range(1, 19))


def year_file(year: int = 2026) -> CalendarYear:
    file = shipped(f"calendars/vn-{year}/1").definition
    assert isinstance(file, CalendarYear)
    return file


def calendar_with(*off: str, work: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> WorkCalendar:
    """The shipped calendar's next version with days off and made-up days added or taken away."""
    file = year_file()
    days = {day: name for day, name in file.days_off.items() if day.isoformat() not in without}
    changed = replace(
        file,
        version=2,
        days_off={**days, **{date.fromisoformat(day): "thêm" for day in off}},
        work_days={**file.work_days, **{date.fromisoformat(day): "bù" for day in work}},
    )
    return WorkCalendar.of([changed, year_file(2027)])


def recalendar(
    world: World, new: WorkCalendar, ref: str, *, before: Setting | None = None
) -> Recalendared | None:
    """The item under the new calendar; the world goes on with the new one once every item is done."""
    case = world.case(ADMINISTRATOR)
    with memory_unit(world.store, now=world.now) as unit:
        found = recalendar_item(
            unit,
            world.key(ref),
            case.under(replace(case.setting, calendar=new)),
            before=(before or world.setting).at(world.now),
            role="administrator",
        )
        unit.commit()
    return found


def recalendar_all(world: World, new: WorkCalendar) -> dict[str, Recalendared]:
    before = world.setting
    found = {ref: recalendar(world, new, ref, before=before) for ref in REFS}
    world.setting = replace(before, calendar=new)
    return {ref: each for ref, each in found.items() if each is not None}


def coming(world: World, ref: str) -> dict[str, datetime]:
    return {kept.row.name: kept.row.at for kept in world.rows(ref) if kept.status == "pending"}


def fresh(world: World, ref: str, setting: Setting | None = None) -> dict[str, datetime]:
    """The rows of a round made now for the item's date, whatever became of them."""
    item = world.item(ref)
    kind = machine("plan_task").definition.kind(item.kind)
    return {row.name: row.at for row in round_rows(item, kind, setting=setting or world.setting)}


def fired(world: World, ref: str) -> Counter[str]:
    return Counter(kept.row.name for kept in world.rows(ref) if kept.status == "fired")


def test_a_quarter_whose_last_day_becomes_a_holiday_ends_a_working_day_earlier() -> None:
    world = World.planned()
    before = world.rows("T02")

    found = recalendar(world, calendar_with("2026-03-31"), "T02")

    assert found is not None
    assert (found.due_before, found.due) == (date(2026, 3, 31), date(2026, 3, 30))
    assert {moved.row.name: (moved.old, moved.new) for moved in found.moved} == {
        "reminder-14": (at("2026-03-17T08:00"), at("2026-03-16T08:00")),
        "reminder-7": (at("2026-03-24T08:00"), at("2026-03-23T08:00")),
        "reminder-1": (at("2026-03-30T08:00"), at("2026-03-27T08:00")),
        "due_today": (at("2026-03-31T08:00"), at("2026-03-30T08:00")),
        "due": (at("2026-04-01"), at("2026-03-31")),
    }
    item = world.item("T02")
    assert (item.due_on, item.due_mark, item.due_first, item.version) == (
        date(2026, 3, 30),
        "derived",
        None,
        2,
    )
    cancelled = [kept.row for kept in world.rows("T02") if kept.row.reason == "calendar"]
    assert cancelled == [
        replace(kept.row, status="cancelled", reason="calendar")
        for kept in before
        if kept.status == "pending"
    ]
    anew = [kept.row for kept in world.rows("T02") if kept.row.occurrence == 2]
    assert {(row.due_date, row.calendar, row.status) for row in anew} == {
        (date(2026, 3, 30), "vn-2026/2+vn-2027/1", "pending")
    }


def test_each_item_that_changed_has_one_entry_by_whoever_adopted() -> None:
    world = World.planned()
    world.tick("2026-01-20T10:00")
    entries = len(world.store.entries)

    found = recalendar_all(world, calendar_with("2026-03-31"))

    made = world.store.entries[entries:]
    assert [kept.key for kept in made] == [world.key(ref) for ref in found]
    assert {(kept.entry.event, kept.entry.actor, kept.entry.role) for kept in made} == {
        ("calendar", ADMINISTRATOR, "administrator")
    }
    assert dict(made[0].entry.inputs) == {
        "old": "2026-03-31",
        "new": "2026-03-30",
        "rows": len(next(iter(found.values())).moved),
        "calendar": "vn-2026/2+vn-2027/1",
    }


def test_a_calendar_that_moves_nothing_leaves_every_row_and_the_log() -> None:
    world = World.planned()
    world.tick("2026-01-20T10:00")
    rows, entries = dict(world.store.rows), list(world.store.entries)

    assert recalendar_all(world, calendar_with("2026-08-17")) == {}
    assert (world.store.rows, world.store.entries) == (rows, entries)


def test_a_date_that_people_set_keeps_its_day_and_its_reminders_move_back() -> None:
    world = World.planned()
    world.do("T02", "set_deadline", OFFICER, {"date": "2026-06-10", "source": "Công văn 12"})

    found = recalendar(world, calendar_with("2026-06-09"), "T02")

    assert found is not None
    assert (found.due_before, found.due) == (date(2026, 6, 10), date(2026, 6, 10))
    assert [
        (moved.row.name, moved.row.kind, moved.row.level, moved.old, moved.new) for moved in found.moved
    ] == [("reminder-1", "reminder", None, at("2026-06-09T08:00"), at("2026-06-08T08:00"))]
    assert coming(world, "T02")["reminder-1"] == at("2026-06-08T08:00")


def test_a_day_off_after_the_date_moves_the_overdue_notice_and_the_escalations() -> None:
    world = World.planned()

    found = recalendar(world, calendar_with("2026-04-01"), "T02")

    assert found is not None
    assert {moved.row.name: (moved.old, moved.new) for moved in found.moved} == {
        "overdue": (at("2026-04-01T08:00"), at("2026-04-02T08:00")),
        "escalation-1": (at("2026-04-01T08:00"), at("2026-04-02T08:00")),
        "escalation-5": (at("2026-04-07T08:00"), at("2026-04-08T08:00")),
        "escalation-10": (at("2026-04-14T08:00"), at("2026-04-15T08:00")),
    }


def test_a_reminder_that_fired_is_not_made_again_however_often_the_calendar_changes() -> None:
    world = World.planned()
    world.tick("2026-02-27T09:00")
    assert fired(world, "T02") == {"reminder-30": 1}

    recalendar_all(world, calendar_with("2026-03-31"))
    recalendar_all(world, calendar_with())
    recalendar_all(world, calendar_with("2026-03-31", "2026-03-30"))
    world.tick("2026-05-15T09:00")

    assert set(fired(world, "T02").values()) == {1}
    assert fired(world, "T02")["reminder-30"] == 1


def test_a_reminder_that_fired_does_not_fire_again_when_the_quarter_becomes_longer() -> None:
    world = World.planned()
    recalendar_all(world, calendar_with("2026-03-27", "2026-03-30", "2026-03-31"))
    world.tick("2026-02-24T09:00")
    assert fired(world, "T02") == {"reminder-30": 1}

    # To the 31st, and then to the 30th, the thirty days before begin on 27 February, which is still to come.
    for longer in (calendar_with(), calendar_with("2026-03-31")):
        recalendar_all(world, longer)
        assert fresh(world, "T02")["reminder-30"] == at("2026-02-27T08:00")
        assert "reminder-30" not in coming(world, "T02")
    world.tick("2026-04-01T09:00")

    assert world.item("T02").due_on == date(2026, 3, 30)
    assert fired(world, "T02")["reminder-30"] == 1
    assert set(fired(world, "T02").values()) == {1}


def test_a_date_moved_by_people_after_a_changed_calendar_begins_a_round_of_its_own() -> None:
    world = World.planned()
    world.tick("2026-02-27T09:00")
    recalendar_all(world, calendar_with("2026-03-31"))
    world.do("T02", "set_deadline", OFFICER, {"date": "2026-06-10", "source": "Công văn 12"})

    recalendar_all(world, calendar_with("2026-03-31", "2026-06-09"))

    assert "reminder-30" in coming(world, "T02")


def test_what_is_due_by_now_fires_before_the_calendar_changes() -> None:
    world = World.planned()
    world.now = at("2026-03-18T09:00")

    recalendar_all(world, calendar_with("2026-03-31"))

    assert fired(world, "T02") == {"reminder-30": 1, "reminder-14": 1}


def test_a_derived_date_that_is_over_stays_and_only_its_escalations_move() -> None:
    world = World.planned()
    world.tick("2026-04-01T09:00")

    found = recalendar(world, calendar_with("2026-03-31", "2026-04-03"), "T02")

    assert found is not None
    assert (found.due_before, found.due) == (date(2026, 3, 31), date(2026, 3, 31))
    assert world.item("T02").overdue
    assert coming(world, "T02") == {
        "escalation-5": at("2026-04-08T08:00"),
        "escalation-10": at("2026-04-15T08:00"),
    }


def test_a_derived_date_that_falls_into_the_past_is_overdue_at_once() -> None:
    world = World.planned()
    world.tick("2026-03-31T09:00")

    recalendar_all(world, calendar_with("2026-03-31"))

    assert world.item("T02").overdue
    assert coming(world, "T02")["due"] == at("2026-03-31")
    assert coming(world, "T02")["overdue"] == at("2026-04-01T08:00")


def test_a_question_moves_to_the_first_working_day_of_its_month_under_the_next_occurrence() -> None:
    world = World.planned()
    world.tick("2026-01-20T10:00")
    asked = next(ref for ref in REFS if world.item(ref).waiting)
    old = coming(world, asked)["ask"]
    day = local_date(old, "Asia/Ho_Chi_Minh")

    found = recalendar(world, calendar_with(day.isoformat()), asked)

    assert found is not None
    assert [(moved.row.name, moved.old) for moved in found.moved] == [("ask", old)]
    assert local_date(coming(world, asked)["ask"], "Asia/Ho_Chi_Minh") > day
    occurrences = [kept.row.occurrence for kept in world.rows(asked) if kept.row.kind == "ask"]
    assert occurrences == [1, 2, 3]


def test_importing_the_same_plan_again_changes_nothing_after_a_changed_calendar() -> None:
    world = World.planned()
    recalendar_all(world, calendar_with("2026-03-31"))
    planned = Task.of(world.item("T02")).planned
    assert planned is not None
    assert planned.due == date(2026, 3, 30)


def test_a_newer_policy_does_not_come_in_with_a_calendar() -> None:
    world = World.planned()
    older = policy()
    newer = replace(older, version=2, reminders=(Span(20, "cd"),), ladder=(Rung(3, "head", ("head",)),))
    world.setting = replace(world.setting, policy=newer, policies=(newer, older))

    recalendar(world, calendar_with("2026-03-31"), "T02")

    expected = fresh(world, "T02", replace(world.setting, policy=older, calendar=calendar_with("2026-03-31")))
    assert coming(world, "T02") == expected


def test_a_calendar_without_any_working_day_writes_nothing() -> None:
    world = World.planned()
    rows = dict(world.store.rows)
    every = [(date(2025, 1, 1) + timedelta(days=n)).isoformat() for n in range(365 * 4)]

    with pytest.raises(NoWorkingDay):
        recalendar(world, calendar_with(*every), "T02")

    assert world.store.rows == rows


weekdays = st.dates(date(2026, 1, 5), date(2027, 2, 26)).map(date.isoformat)
changes = st.builds(
    lambda off, work, without: calendar_with(*off, work=tuple(work), without=tuple(without)),
    st.sets(weekdays, max_size=20),
    st.sets(weekdays, max_size=6),
    st.sets(st.sampled_from([day.isoformat() for day in year_file().days_off])),
)
moments = st.integers(3, 365 * 24).map(lambda hours: at("2026-01-20T09:00") + timedelta(hours=hours))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REFS), st.lists(st.tuples(moments, changes), min_size=1, max_size=3))
def test_what_is_to_come_is_a_fresh_round_without_what_fired_or_is_past(
    ref: str, steps: list[tuple[datetime, WorkCalendar]]
) -> None:
    world = World.planned()
    for moment, new in sorted(steps, key=lambda step: step[0]):
        world.tick(_local(moment))
        recalendar_all(world, new)

        item, rows = world.item(ref), coming(world, ref)
        later = {name: when for name, when in rows.items() if name != "ask" and when > world.now}
        expected = {
            name: when
            for name, when in fresh(world, ref).items()
            if when > world.now and name not in fired(world, ref)
        }
        if not item.waiting:
            put_off = {"overdue"} if item.due_on and item.due_on < local_date(world.now, "UTC") else set()
            assert {name: when for name, when in later.items() if name not in put_off} == {
                name: when for name, when in expected.items() if name not in put_off
            }
        assert {name for name, when in rows.items() if when <= world.now} <= {"due"}
        assert {name for name, times in fired(world, ref).items() if times > 1} <= {"ask"}


def _local(moment: datetime) -> str:
    return (moment + timedelta(hours=7)).replace(tzinfo=None).isoformat()


@settings(max_examples=40, deadline=None)
@given(moments, changes)
def test_changing_a_calendar_and_back_before_anything_fires_restores_every_instant(
    moment: datetime, new: WorkCalendar
) -> None:
    world = World.planned()
    world.tick(_local(moment))
    before = {ref: coming(world, ref) for ref in REFS if not world.item(ref).waiting}
    items = {ref: world.item(ref).due_on for ref in before}

    there = recalendar_all(world, new)
    passed = {
        ref
        for ref, done in there.items()
        if any(row.new is None or row.new <= world.now for row in done.moved)
        or any(row.old is None for row in done.moved)
    }
    recalendar_all(world, calendar())

    for ref, rows in before.items():
        if ref not in passed:
            assert coming(world, ref) == rows
            assert world.item(ref).due_on == items[ref]
