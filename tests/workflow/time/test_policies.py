"""What a policy may say beside its offsets: repeats, a cap on derived dates, positions that nobody holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR
from tests.workflow.memory_unit import KeptNotice
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import at, bare_policy, policy, setting, with_roles
from tests.workflow.world import World
from workflow.model.definition import DeadlinePolicy, Office, Rung, Span

FIRST, SECOND = bare_policy(), policy(2)


def world_of(under: DeadlinePolicy, *, directory: Office | None = None) -> World:
    world = World(at("2026-01-20T09:00"))
    world.setting = replace(setting(directory=directory), policy=under, policies=(under,))
    world.import_plan(PLAN)
    return world


def days(world: World, ref: str, first: str, count: int) -> list[tuple[str, KeptNotice]]:
    """The notices of one task, each with its day, swept every morning."""
    told = []
    for number in range(count):
        day = date.fromisoformat(first) + timedelta(days=number)
        told += [(day.isoformat(), kept) for kept in world.tick(f"{day}T08:00") if kept.key.ref == ref]
    return told


# Told again and again


def test_who_is_late_is_told_again_every_fifteen_working_days() -> None:
    world = world_of(SECOND)
    told = days(world, "T01", "2026-03-31", 60)

    again = [(day, kept.draft.kind, kept.draft.to) for day, kept in told if kept.draft.kind == "repeat"]

    assert again == [("2026-04-22", "repeat", OFFICER), ("2026-05-18", "repeat", OFFICER)]
    (first, *_rest) = [kept for _day, kept in told if kept.draft.kind == "repeat"]
    assert first.draft.subject.startswith("[TĐKT Điềm He] Quá hạn 22 ngày: ")


def test_it_stops_when_the_task_is_done() -> None:
    world = world_of(SECOND)
    days(world, "T01", "2026-03-31", 10)

    world.do("T01", "cancel", CHAIR)

    assert days(world, "T01", "2026-04-10", 60) == []


def test_it_stops_when_the_date_is_moved_and_begins_anew_when_that_is_over() -> None:
    world = world_of(SECOND)
    days(world, "T01", "2026-03-31", 10)
    world.do("T01", "extend", CHAIR, {"until": "2026-05-29", "reason": "Chờ số liệu"})

    told = [(day, kept.draft.kind) for day, kept in days(world, "T01", "2026-04-10", 75)]

    assert [day for day, kind in told if kind == "repeat"] == ["2026-06-22"]


def test_after_months_without_the_service_it_is_said_once() -> None:
    world = world_of(SECOND)
    days(world, "T01", "2026-03-31", 2)

    told = [kept for kept in world.tick("2026-09-01T08:00") if kept.key.ref == "T01"]

    assert [(kept.draft.kind, kept.draft.to) for kept in told if kept.draft.to == OFFICER] == [
        ("repeat", OFFICER)
    ]
    pending = [kept.row for kept in world.rows("T01") if kept.status == "pending"]
    assert [(row.name, row.at > at("2026-09-01")) for row in pending] == [("repeat-2", True)]


def test_calendar_days_of_repeating_move_on_from_a_day_off() -> None:
    world = world_of(replace(SECOND, repeat=Span(10, "cd")))
    told = days(world, "T01", "2026-03-31", 30)

    # 11/04 is a Saturday, and 23/04 is ten days after Monday the 13th.
    assert [day for day, kept in told if kept.draft.kind == "repeat"] == ["2026-04-13", "2026-04-23"]


# Dates that nobody has set


def test_a_derived_date_climbs_no_higher_than_the_cap_and_a_set_one_does() -> None:
    capped = replace(FIRST, cap_unconfirmed="head")
    derived, confirmed = world_of(capped), world_of(capped)
    confirmed.do("T01", "set_deadline", OFFICER, {"date": "2026-03-31", "source": "CV 5"})

    def climbed(world: World) -> list[str]:
        return [kept.draft.to for _day, kept in days(world, "T01", "2026-03-31", 30) if kept.draft.level]

    assert climbed(derived) == [STANDING_MEMBER]
    assert climbed(confirmed) == [STANDING_MEMBER, VICE_CHAIR, CHAIR]
    assert {kept.status for kept in derived.rows("T01") if kept.row.kind == "escalation"} == {"fired"}


def test_rungs_may_count_calendar_days() -> None:
    world = world_of(
        replace(FIRST, ladder=(Rung(3, "head", ("head",), "cd"), Rung(11, "chair", ("chair",), "cd")))
    )

    told = [(day, kept.draft.to) for day, kept in days(world, "T01", "2026-03-31", 30) if kept.draft.level]

    # Friday 3 April; 11 April is a Saturday.
    assert told == [("2026-04-03", STANDING_MEMBER), ("2026-04-13", CHAIR)]


# Positions that nobody holds


def test_a_reminder_for_a_position_that_nobody_holds_goes_one_step_up_and_says_why() -> None:
    nobody = with_roles(chuyen_vien=("council_member",), thu_ky=("council_member",))
    world = world_of(FIRST, directory=nobody)

    ((_day, kept),) = days(world, "T01", "2026-03-24", 1)

    assert (kept.draft.kind, kept.draft.to) == ("reminder", STANDING_MEMBER)
    assert (
        "(chức danh Chuyên viên Phòng Văn hóa - Xã hội; Thư ký Hội đồng hiện chưa có người đảm nhiệm nên "
        "thông báo được gửi lên cấp tiếp theo)"
    ) in kept.draft.text
    entry = world.store.entries[-1].entry
    assert entry.event == "remind"


def test_a_rung_that_nobody_holds_passes_up_and_says_why() -> None:
    world = world_of(FIRST, directory=with_roles(pho_chu_tich=("council_member",)))

    told = [kept for _day, kept in days(world, "T01", "2026-03-31", 10) if kept.draft.level]

    assert [kept.draft.to for kept in told] == [STANDING_MEMBER, CHAIR]
    assert "chức danh Phó Chủ tịch UBND xã, Phó Chủ tịch Hội đồng hiện chưa có" in told[1].draft.text
    (entry,) = [
        kept.entry
        for kept in world.store.entries
        if kept.key == world.key("T01") and kept.entry.inputs.get("row") == "escalation-5"
    ]
    assert entry.inputs["vacant"] == ["vice_chair"]
