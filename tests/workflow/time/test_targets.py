"""Internal targets: reminders and the ladder follow one, the plan's date and what is late by it stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import policy
from tests.workflow.world import World, refused
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Rung, Text
from workflow.model.facts import Item
from workflow.model.lateness import days_late
from workflow.services.advance import Tried
from workflow.time.deadlines import capped, kept_target

TARGET = "2026-02-27"


@pytest.fixture
def aimed() -> World:
    """The office whose first task has an internal target of 27 February before its quarter's end."""
    world = World.planned()
    world.do("T01", "set_target", OFFICER, {"date": TARGET, "source": "Mốc hằng năm"})
    return world


def days(world: World, ref: str = "T01") -> dict[str, tuple[str, str]]:
    """The rows to come: the local day of each, and the date that it is about."""
    return {
        kept.row.name: (kept.row.at.astimezone().date().isoformat(), kept.row.due_date.isoformat())
        for kept in world.rows(ref)
        if kept.status == "pending"
    }


def moved(world: World, target: str, by: str = OFFICER, *, ref: str = "T01") -> Decision | Tried:
    return world.attempt(ref, "set_target", by, {"date": target, "source": "Công văn"})


def day(text: str) -> Text:
    return Text(date.fromisoformat(text).strftime("%d/%m/%Y"), text)


# -- rows ------------------------------------------------------------------------------------------------


def test_reminders_and_the_ladder_follow_the_target_and_the_due_instant_stays(aimed: World) -> None:
    item = aimed.item("T01")
    due = {kept.row.name: kept.row.due_date for kept in aimed.rows("T01") if kept.status == "pending"}

    assert (item.due_on, item.due_mark, item.target_on) == (date(2026, 3, 31), "derived", date(2026, 2, 27))
    assert due == {
        **dict.fromkeys(
            (
                *("reminder-30", "reminder-7", "reminder-1", "due_today"),
                *("overdue", "escalation-1", "escalation-5", "escalation-10"),
            ),
            date(2026, 2, 27),
        ),
        **dict.fromkeys(("due", "reminder"), date(2026, 3, 31)),
    }
    pending = [kept.row for kept in aimed.rows("T01") if kept.status == "pending"]
    assert [row.name for row in pending][-2:] == ["due", "reminder"]
    assert [row.name for row in pending if row.derived] == ["due", "reminder"]


def test_a_task_past_its_target_climbs_the_ladder_and_is_late_by_the_plan_only_later(aimed: World) -> None:
    notices = [kept for number in range(2, 17) for kept in aimed.tick(f"2026-03-{number:02}T08:30")]

    told = [(kept.draft.kind, kept.draft.to) for kept in notices if kept.key.ref == "T01"]
    assert told == [
        ("overdue", OFFICER),
        ("escalation", STANDING_MEMBER),
        ("escalation", VICE_CHAIR),
        ("escalation", CHAIR),
    ]
    item, kind = aimed.item("T01"), None
    assert (item.overdue, days_late(item, kind, date(2026, 3, 16))) == (False, 0)

    aimed.tick("2026-04-01T08:30")

    assert aimed.item("T01").overdue
    assert days_late(aimed.item("T01"), kind, date(2026, 4, 1)) == 1


def test_notices_of_a_target_name_it_and_say_that_the_plans_date_stays(aimed: World) -> None:
    (reminder,) = [kept for kept in aimed.tick("2026-02-26T08:30") if kept.key.ref == "T01"]
    notices = aimed.tick("2026-03-06T08:30")
    late = next(kept for kept in notices if kept.key.ref == "T01" and kept.draft.kind == "overdue")

    assert "mốc nội bộ là 27/02/2026 (thứ Sáu)" in reminder.draft.text
    assert "(thời hạn theo kế hoạch vẫn là 31/03/2026)" in reminder.draft.text
    assert "mốc nội bộ là 27/02/2026 (thứ Sáu), đến nay đã quá hạn 7 ngày" in late.draft.text
    assert "(thời hạn suy theo kế hoạch" not in late.draft.text + reminder.draft.text


def test_once_the_plans_date_is_past_its_own_lateness_is_told(aimed: World) -> None:
    aimed.tick("2026-03-31T08:30")

    (told,) = [kept.draft for kept in aimed.tick("2026-04-01T08:30") if kept.key.ref == "T01"]

    assert (told.to, told.deadline) == (OFFICER, "reminder")
    assert "31/03/2026" in told.text
    assert "quá hạn 1 ngày" in told.text
    assert "mốc nội bộ" not in told.text


def test_a_target_lifts_the_cap_of_dates_that_nobody_has_set(aimed: World) -> None:
    capping = replace(policy(), cap_unconfirmed="head")
    rung: Rung = capping.ladder[-1]

    assert not capped(aimed.item("T01"), rung, capping)
    assert capped(aimed.item("T02"), rung, capping)


# -- what may be a target --------------------------------------------------------------------------------


def test_a_target_is_no_later_than_the_plans_date_and_not_past(aimed: World) -> None:
    assert refused(moved(aimed, "2026-04-01", STANDING_MEMBER)) == [
        Reason("target_after_due", {"ngay": day("2026-03-31")})
    ]
    assert refused(moved(aimed, "2026-01-19")) == [Reason("target_past", {"ngay": day("2026-01-20")})]
    assert isinstance(moved(aimed, "2026-03-31", STANDING_MEMBER), Decision)


def test_what_waits_for_others_has_no_target() -> None:
    world = World.planned()

    assert refused(moved(world, "2026-02-27", ref="T04")) == [Reason("target_needs_date")]
    world.do("T04", "set_deadline", OFFICER, {"date": "2026-03-10", "source": "Giấy mời"})
    assert isinstance(moved(world, "2026-02-27", ref="T04"), Decision)


def test_whoever_the_ladder_would_report_brings_a_target_forward_and_never_puts_it_off(aimed: World) -> None:
    stands = Reason("target_stands", {"ngay": day(TARGET)}, who_can=(STANDING_MEMBER,))

    assert refused(moved(aimed, "2026-03-06")) == [stands]
    assert isinstance(moved(aimed, "2026-02-20"), Decision)
    assert isinstance(moved(aimed, "2026-03-06", STANDING_MEMBER), Decision)
    assert aimed.item("T01").target_on == date(2026, 3, 6)


def test_the_standing_member_alone_removes_a_target_and_reminders_follow_the_date_again(
    aimed: World,
) -> None:
    by_officer = aimed.attempt("T01", "drop_target", OFFICER, {"reason": "Không cần"})

    item = aimed.do("T01", "drop_target", STANDING_MEMBER, {"reason": "Tỉnh hoãn"})

    assert isinstance(by_officer, Tried)
    assert [reason.rule for reason in by_officer.refused.reasons] == ["role"]
    assert item.target_on is None
    assert {about for _at, about in days(aimed).values()} == {"2026-03-31"}
    again = aimed.attempt("T01", "drop_target", STANDING_MEMBER, {"reason": "Tỉnh hoãn"})
    assert [reason.rule for reason in refused(again)] == ["no_target"]


def test_the_same_target_again_leaves_the_rows_as_they_are(aimed: World) -> None:
    before = aimed.rows("T01")

    assert isinstance(moved(aimed, TARGET), Decision)

    assert aimed.rows("T01") == before


# -- when the date moves ---------------------------------------------------------------------------------


def test_an_extension_keeps_a_target_that_is_still_to_come(aimed: World) -> None:
    item = aimed.do("T01", "extend", CHAIR, {"until": "2026-04-29", "reason": "Chờ số liệu"})

    assert (item.due_on, item.target_on) == (date(2026, 4, 29), date(2026, 2, 27))
    assert {about for _at, about in days(aimed).values()} == {TARGET, "2026-04-29"}


def test_an_extension_ends_a_target_that_has_passed_and_says_so(aimed: World) -> None:
    aimed.tick("2026-03-03T09:00")

    answer = aimed.attempt("T01", "extend", CHAIR, {"until": "2026-04-29", "reason": "Chờ số liệu"})

    assert isinstance(answer, Decision)
    assert answer.item.target_on is None
    assert answer.warnings == (Reason("target_lapsed", {"ngay": day(TARGET)}),)
    assert {about for _at, about in days(aimed).values()} == {"2026-04-29"}


def test_a_date_set_before_the_target_ends_it(aimed: World) -> None:
    item = aimed.do("T01", "set_deadline", OFFICER, {"date": "2026-02-20", "source": "Công văn 12"})

    assert (item.due_on, item.target_on) == (date(2026, 2, 20), None)


def test_a_new_plan_keeps_a_target_that_still_leads_up_to_its_date(aimed: World) -> None:
    aimed.import_plan((replace(PLAN[0], due=date(2026, 3, 20), derived=()), *PLAN[1:]))
    assert aimed.item("T01").target_on == date(2026, 2, 27)

    aimed.import_plan((replace(PLAN[0], due=date(2026, 2, 26), derived=()), *PLAN[1:]))
    assert (aimed.item("T01").due_on, aimed.item("T01").target_on) == (date(2026, 2, 26), None)


def test_another_step_leaves_target_and_rows_as_they_are(aimed: World) -> None:
    before = days(aimed)

    aimed.do("T01", "submit", OFFICER, {})

    assert (aimed.item("T01").target_on, days(aimed)) == (date(2026, 2, 27), before)


def test_a_finished_task_keeps_its_target_on_record(aimed: World) -> None:
    aimed.task_in("completed")

    assert (aimed.item("T01").target_on, days(aimed)) == (date(2026, 2, 27), {})


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.booleans(),
)
def test_no_target_is_kept_that_leads_up_to_nothing(
    target: date, due: date | None, moved_on: date | None, waiting: bool
) -> None:
    item: Item = World.planned().item("T01")._replace(target_on=target, due_on=due, waiting=waiting)

    kept = kept_target(item, moved_on=moved_on)

    holds = due is not None and not waiting and target <= due and (moved_on is None or target >= moved_on)
    assert kept == (item if holds else item._replace(target_on=None))
