"""Running deadlines under another version of the policy: what moves, what fired stays, what begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import ADMINISTRATOR, OFFICER, SECRETARY, VILLAGE
from tests.workflow.memory_unit import memory_unit
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import at, bare_policy, pausing, policy, rules, setting
from tests.workflow.world import World
from workflow.model.definition import DeadlinePolicy, Rung, Span
from workflow.model.dossiers import Dossier
from workflow.services.recalendar import Recalendared, recalendar_item

FIRST, SECOND = bare_policy(), policy(2)
SHORT = replace(
    SECOND,
    version=3,
    reminders=(Span(20, "cd"), Span(2, "wd")),
    ladder=(Rung(2, "head", ("head",)), Rung(9, "chair", ("chair",), "cd")),
    terms=tuple(
        replace(term, within=Span(8, "wd")) if term.id == "decision" else term
        for term in SECOND.terms
        if term.id != "review"
    ),
)


PAUSING, PAUSING_SHORT = pausing(SECOND, 4), pausing(SHORT, 5)
POLICIES = (PAUSING_SHORT, PAUSING, SHORT, SECOND, FIRST)
RETURN = {"missing": "Biên bản họp xét", "until": "2026-12-11"}


def world_at(now: str, *, under: DeadlinePolicy) -> World:
    world = World(at("2026-01-20T09:00"))
    world.setting = replace(setting(), policy=under, policies=POLICIES, rules=rules())
    world.import_plan(PLAN)
    world.tick(now)
    return world


def migrated(world: World, to: DeadlinePolicy) -> dict[str, Recalendared]:
    """Every item that moves."""
    case = world.case(ADMINISTRATOR)
    found = {}
    for key in sorted(world.store.items):
        if not world.store.open[key]:
            continue
        with memory_unit(world.store, now=world.now) as unit:
            done = recalendar_item(
                unit,
                key,
                case,
                before=case.setting,
                to=to,
                role="administrator",
            )
            unit.commit()
        if done is not None:
            found[key.ref] = done
    world.setting = replace(world.setting, policy=to)
    return found


def coming(world: World, ref: str) -> dict[str, tuple[object, ...]]:
    return {
        kept.row.name: (kept.row.at, kept.row.policy) for kept in world.rows(ref) if kept.status == "pending"
    }


def submitted(world: World) -> str:
    ref = world.opened()
    world.do(ref, "add", VILLAGE)
    world.do(ref, "submit", VILLAGE)
    return ref


def accepted(world: World) -> str:
    """A dossier handed in and found complete today."""
    ref = submitted(world)
    today = world.setting.at(world.now).today
    world.do(ref, "accept", OFFICER, {"complete_on": str(today), "original": "seen", "seen": "all"})
    return ref


def test_a_tasks_round_is_spread_by_the_other_policy_and_its_date_stays() -> None:
    world = world_at("2026-03-25T09:00", under=SECOND)

    found = migrated(world, SHORT)

    assert found["T01"].due == found["T01"].due_before == date(2026, 3, 31)
    assert coming(world, "T01") == {
        "reminder-2wd": (at("2026-03-27T08:00"), "deadlines/3"),
        "due_today": (at("2026-03-31T08:00"), "deadlines/3"),
        "due": (at("2026-04-01"), "deadlines/3"),
        "overdue": (at("2026-04-01T08:00"), "deadlines/3"),
        "escalation-2": (at("2026-04-02T08:00"), "deadlines/3"),
        "escalation-9cd": (at("2026-04-09T08:00"), "deadlines/3"),
    }
    entry = world.store.entries[-1].entry
    assert (entry.event, entry.inputs["policy"]) == ("policy", "deadlines/3")


def test_a_running_term_gets_the_other_length_from_the_day_that_it_began() -> None:
    world = world_at("2026-11-20T10:00", under=SECOND)
    ref = accepted(world)
    world.tick("2026-11-23T10:00")

    migrated(world, SHORT)

    terms = {term.id: term for term in world.item(ref).terms}
    assert (terms["decision"].due, terms["decision"].policy) == (date(2026, 12, 3), "deadlines/3")
    assert terms["review"].due is None
    assert {kept.row.term for kept in world.rows(ref) if kept.status == "pending"} == {"decision"}
    assert world.item(ref).due_on == date(2026, 12, 3)


def test_a_term_that_the_other_policy_adds_begins() -> None:
    world = world_at("2026-11-20T10:00", under=FIRST)
    ref = accepted(world)
    assert world.item(ref).terms == ()
    world.tick("2026-11-25T10:00")

    migrated(world, SECOND)

    assert {term.id: term.due for term in world.item(ref).terms} == {
        "decision": date(2026, 12, 7),
        "review": date(2026, 12, 2),
    }


def test_a_term_that_stands_still_is_resumed_by_the_other_policy() -> None:
    world = world_at("2026-11-20T10:00", under=PAUSING)
    ref = submitted(world)
    world.do(ref, "return", SECRETARY, RETURN)

    migrated(world, PAUSING_SHORT)
    standing = {
        kept.row.paused_on
        for kept in world.rows(ref)
        if kept.status == "pending" and "decision" in kept.row.name
    }
    world.do(ref, "submit", VILLAGE, {})

    assert standing == {date(2026, 11, 20)}
    decision = world.item(ref).term("decision")
    assert decision is not None
    assert (decision.due, decision.policy) == (date(2026, 12, 3), "deadlines/5")


def test_a_supplement_of_so_many_days_ends_on_the_given_day_under_the_other_policy() -> None:
    world = world_at("2026-11-20T10:00", under=PAUSING)
    ref = submitted(world)
    world.do(ref, "return", SECRETARY, RETURN)
    before = world.item(ref).term("supplement")
    world.tick("2026-11-23T10:00")

    migrated(world, SHORT)
    there = world.item(ref).term("supplement")
    world.do(ref, "edit", VILLAGE)

    assert before is not None
    assert there is not None
    assert (before.due, there.due) == (date(2026, 11, 30), date(2026, 12, 11))
    assert world.item(ref).term("supplement") == there


def test_it_keeps_its_end_where_an_older_machine_gave_no_day() -> None:
    world = world_at("2026-11-20T10:00", under=PAUSING)
    ref = submitted(world)
    world.do(ref, "return", SECRETARY, RETURN)
    key, item = world.key(ref), world.item(ref)
    world.store.items[key] = item._replace(details=replace(Dossier.of(item), supplement_until=None))

    migrated(world, SHORT)
    world.do(ref, "edit", VILLAGE)

    supplement = world.item(ref).term("supplement")
    assert supplement is not None
    assert (supplement.due, supplement.policy) == (date(2026, 11, 30), "deadlines/3")


def test_a_supplement_goes_back_to_its_days_from_the_return() -> None:
    world = world_at("2026-11-20T10:00", under=SECOND)
    ref = submitted(world)
    world.do(ref, "return", SECRETARY, RETURN)
    world.tick("2026-11-23T10:00")

    migrated(world, PAUSING_SHORT)

    supplement = world.item(ref).term("supplement")
    assert supplement is not None
    assert supplement.due == date(2026, 11, 30)


def test_who_is_late_already_is_told_again_from_now_on() -> None:
    world = world_at("2026-05-04T10:00", under=FIRST)
    assert "repeat-1" not in coming(world, "T01")

    migrated(world, SECOND)

    assert coming(world, "T01") == {"repeat-1": (at("2026-05-25T08:00"), "deadlines/2")}


def test_moving_there_again_moves_nothing() -> None:
    world = world_at("2026-03-25T09:00", under=SECOND)
    accepted(world)
    migrated(world, SHORT)

    assert migrated(world, SHORT) == {}


def test_a_calendar_leaves_what_a_policy_repeats() -> None:
    world = world_at("2026-05-04T10:00", under=SECOND)
    before = coming(world, "T01")
    assert list(before) == ["repeat-1"]

    migrated(world, replace(SECOND, version=6))

    assert {name: at for name, (at, _policy) in coming(world, "T01").items()} == {
        name: at for name, (at, _policy) in before.items()
    }


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from([FIRST, SECOND, SHORT])), min_size=1, max_size=5
    )
)
def test_however_often_policies_change_nothing_fires_twice_and_every_row_is_accounted_for(
    steps: list[tuple[int, DeadlinePolicy]],
) -> None:
    world = world_at("2026-01-20T09:00", under=SECOND)
    ref = accepted(world)
    day = date(2026, 1, 20)
    for days, to in steps:
        day += timedelta(days=days)
        world.tick(f"{day}T09:00")
        migrated(world, to)
        assert {kept.row.policy for kept in world.rows("T01") if kept.status == "pending"} <= {to.label}
    world.tick("2027-01-20T09:00")

    for each in ("T01", "T02", "T06", "T16", ref):
        rows = world.rows(each)
        assert {kept.status for kept in rows} <= {"pending", "fired", "cancelled"}
        # A term that one policy ended begins anew under the next that has it.
        once = [
            kept.row.name
            for kept in rows
            if kept.status == "fired" and kept.row.kind not in ("ask", "repeat") and each != ref
        ]
        assert len(once) == len(set(once))
