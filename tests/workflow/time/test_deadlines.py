"""Deadline rows of DESIGN §7: their instants for the real plan's dates, waiting rows, and the ladder."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR
from tests.workflow.plan_2026 import PLAN, WAITING
from tests.workflow.shipped import at, calendar, machine, office, policy, setting, with_roles
from tests.workflow.world import World
from workflow.model.calendar import due_instant, local_date
from workflow.model.context import Setting
from workflow.model.decision import DeadlineRow
from workflow.model.definition import Office, Rung
from workflow.model.facts import Item
from workflow.model.lateness import days_past
from workflow.services.import_plan import new_task, task_key
from workflow.time.deadlines import first_round, informed, late_seconds, next_ask, next_round


def made(number: int, *, started_on: date = date(2026, 1, 1)) -> tuple[Item, tuple[DeadlineRow, ...]]:
    """The plan's task with its first rows."""
    return new_task(
        PLAN[number - 1],
        key=task_key("diem-he", 2026, number),
        machine=machine("plan_task"),
        setting=setting(started_on=started_on),
    )


def dated(due: date, *, number: int = 1) -> Item:
    """The plan's task with a date that the office has set."""
    item, _rows = made(number)
    return item._replace(due_on=due, due_mark="set", waiting=False)


def instants(rows: tuple[DeadlineRow, ...]) -> list[tuple[str, str]]:
    return [(row.name, row.at.strftime("%Y-%m-%dT%H:%MZ")) for row in rows]


ROUNDS = {
    1: [
        ("reminder-30", "2026-02-27T01:00Z"),
        ("reminder-14", "2026-03-17T01:00Z"),
        ("reminder-7", "2026-03-24T01:00Z"),
        ("reminder-1", "2026-03-30T01:00Z"),
        ("due_today", "2026-03-31T01:00Z"),
        ("due", "2026-03-31T17:00Z"),
        ("overdue", "2026-04-01T01:00Z"),
        ("escalation-1", "2026-04-01T01:00Z"),
        ("escalation-5", "2026-04-07T01:00Z"),
        ("escalation-10", "2026-04-14T01:00Z"),
    ],
    8: [
        ("reminder-30", "2026-05-29T01:00Z"),
        ("reminder-14", "2026-06-16T01:00Z"),
        ("reminder-7", "2026-06-23T01:00Z"),
        ("reminder-1", "2026-06-29T01:00Z"),
        ("due_today", "2026-06-30T01:00Z"),
        ("due", "2026-06-30T17:00Z"),
        ("overdue", "2026-07-01T01:00Z"),
        ("escalation-1", "2026-07-01T01:00Z"),
        ("escalation-5", "2026-07-07T01:00Z"),
        ("escalation-10", "2026-07-14T01:00Z"),
    ],
    13: [
        ("reminder-30", "2026-08-28T01:00Z"),
        ("reminder-14", "2026-09-16T01:00Z"),
        ("reminder-7", "2026-09-23T01:00Z"),
        ("reminder-1", "2026-09-29T01:00Z"),
        ("due_today", "2026-09-30T01:00Z"),
        ("due", "2026-09-30T17:00Z"),
        ("overdue", "2026-10-01T01:00Z"),
        ("escalation-1", "2026-10-01T01:00Z"),
        ("escalation-5", "2026-10-07T01:00Z"),
        ("escalation-10", "2026-10-14T01:00Z"),
    ],
    17: [
        ("reminder-30", "2026-12-01T01:00Z"),
        ("reminder-14", "2026-12-17T01:00Z"),
        ("reminder-7", "2026-12-24T01:00Z"),
        ("reminder-1", "2026-12-30T01:00Z"),
        ("due_today", "2026-12-31T01:00Z"),
        ("due", "2026-12-31T17:00Z"),
        ("overdue", "2027-01-04T01:00Z"),
        ("escalation-1", "2027-01-04T01:00Z"),
        ("escalation-5", "2027-01-08T01:00Z"),
        ("escalation-10", "2027-01-15T01:00Z"),
    ],
}
"""One row of the plan for each quarter: 31/03, 30/06, 30/09 and 31/12/2026."""


@pytest.mark.parametrize("number", ROUNDS)
def test_a_quarters_round_falls_on_these_instants(number: int) -> None:
    _item, rows = made(number)

    assert instants(rows) == ROUNDS[number]
    assert {row.occurrence for row in rows} == {1}
    assert {row.derived for row in rows} == {True}
    assert {row.due_date for row in rows} == {PLAN[number - 1].due}
    assert {row.calendar for row in rows} == {"vn-2026/1+vn-2027/1"}
    assert [row.level for row in rows if row.kind == "escalation"] == ["head", "vice", "chair"]


def test_rows_fall_before_holidays_and_on_saturdays_that_are_made_up() -> None:
    def days(due: date) -> dict[str, date]:
        _item, rows = next_round(dated(due), None, setting=setting().at(at("2026-01-01")))
        return {row.name: local_date(row.at, office().zone) for row in rows}

    assert days(date(2026, 11, 25))["reminder-1"] == date(2026, 11, 23)
    assert days(date(2026, 8, 24))["reminder-1"] == date(2026, 8, 22)
    assert days(date(2026, 8, 28))["escalation-1"] == date(2026, 9, 3)
    assert days(date(2026, 11, 20))["escalation-10"] == date(2026, 12, 7)


def test_reminders_that_a_long_holiday_moves_onto_one_morning_are_sent_once() -> None:
    _item, rows = next_round(dated(date(2026, 2, 23)), None, setting=setting().at(at("2026-01-01")))

    reminders = [(row.name, local_date(row.at, office().zone)) for row in rows if row.kind == "reminder"]
    assert reminders == [
        ("reminder-30", date(2026, 1, 23)),
        ("reminder-14", date(2026, 2, 9)),
        ("reminder-1", date(2026, 2, 13)),
    ]


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31)))
def test_a_round_keeps_the_rules_of_counting_for_any_date(due: date) -> None:
    _item, rows = next_round(dated(due), None, setting=setting().at(at("2000-01-01")))
    zone, days = office().zone, calendar()

    assert len({row.name for row in rows}) == len(rows)
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    for row in rows:
        local = row.at.astimezone(at("2026-01-01").tzinfo)
        day = local_date(row.at, zone)
        assert local.tzinfo == UTC
        if row.kind == "due":
            assert row.at == due_instant(due, zone) == at(f"{due + timedelta(days=1)}")
            continue
        assert row.at == at(f"{day}T08:00")
        if row.kind == "reminder":
            wanted = due - timedelta(days=int(row.name.removeprefix("reminder-")))
            assert day == days.previous_working(wanted)
        elif row.kind == "due_today":
            assert day == due
        else:
            after = 1 if row.kind == "overdue" else int(row.name.removeprefix("escalation-"))
            assert days.working_days_between(due, day) == after
            assert days.is_working(day)


# Waiting rows


@pytest.mark.parametrize(
    ("number", "first"), [(4, "2026-01-05"), (5, "2026-01-05"), (7, "2026-04-01"), (12, "2026-04-01")]
)
def test_an_outside_row_asks_from_its_quarter_on_and_nothing_else(number: int, first: str) -> None:
    item, rows = made(number)

    assert (item.waiting, item.overdue, item.due_mark) == (True, False, "derived")
    assert [(row.name, row.occurrence, row.kind, row.at) for row in rows] == [
        ("ask", 1, "ask", at(f"{first}T08:00"))
    ]


def test_the_other_rows_do_not_wait() -> None:
    waiting = tuple(number for number in range(1, 19) if made(number)[0].waiting)

    assert waiting == WAITING


def test_the_question_comes_on_the_first_working_day_of_each_month() -> None:
    item, row = made(4)[0], made(4)[1][0]
    days = []
    for _ in range(13):
        days.append(local_date(row.at, office().zone))
        item, row = next_ask(item, after=days[-1], setting=setting())

    assert days == [
        date(2026, 1, 5),
        date(2026, 2, 2),
        date(2026, 3, 2),
        date(2026, 4, 1),
        date(2026, 5, 4),
        date(2026, 6, 1),
        date(2026, 7, 1),
        date(2026, 8, 3),
        date(2026, 9, 3),
        date(2026, 10, 1),
        date(2026, 11, 2),
        date(2026, 12, 1),
        date(2027, 1, 4),
    ]
    assert row.occurrence == 14


def test_row_18_keeps_its_reminders_and_has_no_alarm() -> None:
    item, rows = made(18)

    assert instants(rows) == ROUNDS[17][:6]
    assert (item.waiting, item.overdue) == (False, False)


def test_row_18_waits_past_the_quarter_until_its_date_is_set() -> None:
    world = World.planned(now="2026-12-31T10:00")
    world.tick("2027-01-01T00:00")
    waiting = world.item("T18")

    world.tick("2027-02-02T09:00")
    world.do("T18", "set_deadline", OFFICER, {"date": "2027-02-26", "source": "Kế hoạch của tỉnh"})

    asked = [
        (row.row.occurrence, row.row.at, row.status) for row in world.rows("T18") if row.row.name == "ask"
    ]
    assert (waiting.waiting, waiting.overdue) == (True, False)
    assert asked == [
        (1, at("2027-01-04T08:00"), "fired"),
        (2, at("2027-03-01T08:00"), "cancelled"),
    ]
    second = [row for row in world.rows("T18") if row.row.occurrence == 2 and row.row.name != "ask"]
    assert (world.item("T18").waiting, len(second)) == (False, 10)


# The start of the office


def test_rows_before_the_office_began_are_made_cancelled() -> None:
    item, rows = made(1, started_on=date(2026, 3, 20))

    assert [(row.name, row.status, row.reason) for row in rows[:4]] == [
        ("reminder-30", "cancelled", "before_start"),
        ("reminder-14", "cancelled", "before_start"),
        ("reminder-7", "pending", None),
        ("reminder-1", "pending", None),
    ]
    assert not item.overdue


@pytest.mark.parametrize("started_on", [date(2026, 4, 1), date(2026, 4, 2), date(2026, 11, 22)])
def test_of_a_task_due_before_the_office_began_only_the_overdue_mark_stays(started_on: date) -> None:
    item, rows = made(1, started_on=started_on)

    assert item.overdue
    assert {(row.status, row.reason) for row in rows} == {("cancelled", "before_start")}
    assert len(rows) == 10


def test_a_task_due_on_the_day_on_which_the_office_began_is_still_reminded() -> None:
    item, rows = made(1, started_on=date(2026, 3, 31))

    assert not item.overdue
    assert [row.name for row in rows if row.status == "pending"] == [
        "due_today",
        "due",
        "overdue",
        "escalation-1",
        "escalation-5",
        "escalation-10",
    ]


def test_an_outside_row_of_the_past_is_asked_about_from_the_start_and_is_not_overdue() -> None:
    item, rows = made(4, started_on=date(2026, 11, 22))

    assert (item.waiting, item.overdue) == (True, False)
    assert [(row.name, row.at) for row in rows] == [("ask", at("2026-12-01T08:00"))]


def test_row_18_waits_where_the_office_began_after_its_quarter() -> None:
    item, rows = made(18, started_on=date(2027, 1, 10))

    assert (item.waiting, item.overdue) == (True, False)
    assert [(row.name, row.status) for row in rows if row.status == "pending"] == [("ask", "pending")]


def test_an_item_without_a_date_has_no_rows() -> None:
    item = made(1)[0]._replace(due_on=None)

    assert first_round(item, None, setting=setting()) == (item, ())


# Moved dates


def test_a_moved_date_ends_the_round_and_makes_the_next() -> None:
    world = World.planned()
    world.tick("2026-03-25T09:00")

    world.do("T01", "extend", CHAIR, {"until": "2026-04-29", "reason": "Chờ số liệu"})

    rows = [(kept.row.name, kept.row.occurrence, kept.status, kept.row.reason) for kept in world.rows("T01")]
    assert Counter((status, reason) for _name, _occurrence, status, reason in rows) == {
        ("fired", None): 3,
        ("cancelled", "moved"): 7,
        ("pending", None): 10,
    }
    assert {occurrence for _name, occurrence, status, _reason in rows if status == "pending"} == {2}
    assert not world.item("T01").waiting


def test_what_has_passed_already_when_a_date_is_set_is_not_sent() -> None:
    world = World.planned(now="2026-03-17T10:00")

    world.do("T01", "set_deadline", OFFICER, {"date": "2026-03-20", "source": "Công văn 12"})

    second = [kept.row for kept in world.rows("T01") if kept.row.occurrence == 2]
    assert [(row.name, row.status, row.reason) for row in second] == [
        ("reminder-30", "cancelled", "past"),
        ("reminder-14", "cancelled", "past"),
        ("reminder-7", "cancelled", "past"),
        ("reminder-1", "pending", None),
        ("due_today", "pending", None),
        ("due", "pending", None),
        ("escalation-1", "pending", None),
        ("overdue", "pending", None),
        ("escalation-5", "pending", None),
        ("escalation-10", "pending", None),
    ]


def test_a_date_set_in_the_past_is_overdue_at_once_and_told_on_the_next_working_morning() -> None:
    world = World.planned(now="2026-03-20T10:00")

    item = world.do("T01", "set_deadline", OFFICER, {"date": "2026-03-16", "source": "Công văn 12"})
    told = world.tick("2026-03-23T08:00")

    assert item.overdue
    assert [(kept.draft.kind, kept.draft.level, kept.draft.to) for kept in told if kept.key.ref == "T01"] == [
        ("overdue", None, OFFICER),
        ("escalation", "vice", VICE_CHAIR),
    ]
    assert "gửi chậm" not in told[0].draft.text


def test_the_same_date_again_leaves_the_rows_as_they_are() -> None:
    world = World.planned()
    words = {"date": "2026-02-10", "source": "Giấy mời"}
    world.do("T04", "set_deadline", OFFICER, words)
    before = world.rows("T04")

    item = world.do("T04", "set_deadline", OFFICER, words)

    assert world.rows("T04") == before
    assert item.due_first == date(2026, 3, 31)


def test_lateness_is_measured_in_whole_seconds_and_calendar_days() -> None:
    row = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)

    assert late_seconds(row, row + timedelta(seconds=90, milliseconds=900)) == 90
    assert late_seconds(row, row - timedelta(seconds=5)) == 0
    assert days_past(date(2026, 3, 31), local_date(at("2026-03-31T23:59"), office().zone)) == 0
    assert days_past(date(2026, 3, 31), local_date(at("2026-04-01T00:00"), office().zone)) == 1


# The ladder


HEAD_RUNG, VICE_RUNG, CHAIR_RUNG = policy().ladder


def climb(owners: tuple[str, ...], *, directory: Office | None = None) -> list[tuple[str, ...]]:
    """Who is told on each rung in turn, by an item that the same accounts must act on all the while."""
    item = made(1)[0]._replace(owners=owners)
    office_setting: Setting = setting(directory=directory)
    told: list[tuple[str, ...]] = []
    for rung in policy().ladder:
        addressed = frozenset(id for group in told for id in group)
        told.append(informed(item, rung, setting=office_setting, addressed=addressed).to)
    return told


def test_the_ladder_is_head_and_standing_member_then_vice_chair_then_chair() -> None:
    assert policy().ladder == (
        Rung(1, "head", ("head", "standing_member")),
        Rung(5, "vice", ("vice_chair",)),
        Rung(10, "chair", ("chair",)),
    )
    assert policy().fire_at == time(8)


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        # drafted and approved: the officer acts; head and standing member are one account, told once.
        (OFFICER, [(STANDING_MEMBER,), (VICE_CHAIR,), (CHAIR,)]),
        # submitted: the standing member acts and is not informed of it besides.
        (STANDING_MEMBER, [(), (VICE_CHAIR,), (CHAIR,)]),
        (SECRETARY, [(STANDING_MEMBER,), (VICE_CHAIR,), (CHAIR,)]),
        # reviewed: the chair acts; the standing member is informed once and nobody further.
        (CHAIR, [(STANDING_MEMBER,), (), ()]),
        (VICE_CHAIR, [(STANDING_MEMBER,), (), (CHAIR,)]),
    ],
)
def test_who_is_informed_on_each_rung(owner: str, told: list[tuple[str, ...]]) -> None:
    assert climb((owner,)) == told


def test_head_and_standing_member_are_both_told_where_they_are_two() -> None:
    two = with_roles(thuong_truc=("head",), thu_ky=("secretary", "standing_member"))

    assert climb((OFFICER,), directory=two) == [(STANDING_MEMBER, SECRETARY), (VICE_CHAIR,), (CHAIR,)]


def test_a_role_that_nobody_holds_passes_up() -> None:
    no_vice = with_roles(pho_chu_tich=("council_member",))
    no_head = with_roles(thuong_truc=("council_member",))
    no_superior = with_roles(chu_tich=(), pho_chu_tich=())

    assert climb((OFFICER,), directory=no_vice) == [(STANDING_MEMBER,), (CHAIR,), ()]
    assert climb((OFFICER,), directory=no_head) == [(VICE_CHAIR,), (), (CHAIR,)]
    assert climb((OFFICER,), directory=no_superior) == [(STANDING_MEMBER,), (), ()]


@given(
    st.lists(
        st.sampled_from([OFFICER, STANDING_MEMBER, SECRETARY, VICE_CHAIR, CHAIR]), min_size=3, max_size=3
    ),
)
def test_nobody_is_informed_twice_nor_of_what_they_must_do(owners: list[str]) -> None:
    told: list[str] = []
    for owner, rung in zip(owners, policy().ladder, strict=True):
        item = made(1)[0]._replace(owners=(owner,))
        to = informed(item, rung, setting=setting(), addressed=frozenset(told)).to
        assert owner not in to
        told += to

    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("drafted", [("2026-04-01", STANDING_MEMBER), ("2026-04-07", VICE_CHAIR), ("2026-04-14", CHAIR)]),
        ("submitted", [("2026-04-07", VICE_CHAIR), ("2026-04-14", CHAIR)]),
        ("reviewed", [("2026-04-01", STANDING_MEMBER)]),
        ("approved", [("2026-04-01", STANDING_MEMBER), ("2026-04-07", VICE_CHAIR), ("2026-04-14", CHAIR)]),
    ],
)
def test_a_late_task_climbs_the_ladder_as_its_state_says(state: str, told: list[tuple[str, str]]) -> None:
    world = World.planned()
    world.task_in(state)
    notices = [kept for day in range(1, 21) for kept in world.tick(f"2026-04-{day:02}T08:30")]

    escalations = [
        (local_date(kept.at, office().zone).isoformat(), kept.draft.to)
        for kept in notices
        if kept.key.ref == "T01" and kept.draft.kind == "escalation"
    ]
    assert escalations == told


# Histories


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 60)),
        st.tuples(st.just("extend"), st.integers(1, 90)),
        st.tuples(st.just("set_deadline"), st.integers(-20, 90)),
        st.tuples(st.just("set_target"), st.integers(0, 60)),
        st.tuples(st.just("drop_target"), st.just(0)),
        st.tuples(st.just("submit"), st.just(0)),
        st.tuples(st.just("return"), st.just(0)),
        st.tuples(st.just("review"), st.just(0)),
        st.tuples(st.just("cancel"), st.just(0)),
    ),
    max_size=12,
)


@given(st.sampled_from([1, 4, 5, 17, 18]), STEPS)
def test_over_any_history_every_row_is_one_of_fired_cancelled_or_pending(
    number: int, steps: list[tuple[str, int]]
) -> None:
    world, ref = World.planned(now="2026-03-01T09:00"), f"T{number:02}"
    actors = {
        "extend": CHAIR,
        "set_deadline": STANDING_MEMBER,
        "set_target": STANDING_MEMBER,
        "drop_target": STANDING_MEMBER,
        "submit": OFFICER,
        "return": CHAIR,
        "review": STANDING_MEMBER,
        "cancel": CHAIR,
    }
    for event, days in steps:
        day = local_date(world.now, office().zone) + timedelta(days=days)
        if event == "wait":
            world.tick(f"{day}T09:00")
            continue
        words = {
            "extend": {"until": day.isoformat(), "reason": "r"},
            "set_deadline": {"date": day.isoformat(), "source": "s"},
            "set_target": {"date": day.isoformat(), "source": "s"},
        }
        world.attempt(ref, event, actors[event], words.get(event, world.words(ref, event)))

    for key, item in world.store.items.items():
        rows = world.store.rows_of(key)
        status = Counter(kept.status for kept in rows)
        assert status["fired"] + status["cancelled"] + status["pending"] == len(rows)
        assert all((kept.fired_at is not None) == (kept.status == "fired") for kept in rows)
        assert all((kept.row.reason is not None) == (kept.status == "cancelled") for kept in rows)
        if not world.store.open[key]:
            assert status["pending"] == 0
        assert sum(kept.status == "pending" and kept.row.name == "ask" for kept in rows) <= 1
        assert not (item.waiting and item.overdue)
        assert item.target_on is None or (item.due_on is not None and item.target_on <= item.due_on)
