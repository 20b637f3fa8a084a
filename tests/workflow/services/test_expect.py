"""The services of a list of expected dossiers: who may, what is refused, what is written and logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.people import (
    ADMINISTRATOR,
    AGENCIES,
    ASKED,
    AUDITOR,
    CHAIR,
    FIFTH_MEMBER,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    REPRESENTATIVES,
    SCHOOLS,
    SECOND_MEMBER,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    THIRD_VILLAGE,
    VILLAGE,
)
from tests.workflow.memory_unit import MemoryUnit, memory_unit
from tests.workflow.shipped import at
from tests.workflow.world import World
from workflow.model.errors import UnknownReference, UnknownValue
from workflow.model.expecting import Expectation
from workflow.services.advance import Tried
from workflow.services.expect import (
    Answer,
    Listed,
    NoList,
    NotATask,
    NotExpected,
    Opening,
    answer,
    chase,
    open_list,
)

TODAY = date(2026, 1, 20)
EVERYBODY = tuple(sorted(ASKED))


def committed(world: World, service: Callable[[MemoryUnit], Listed | Tried]) -> Listed | Tried:
    with memory_unit(world.store, now=world.now) as unit:
        outcome = service(unit)
        if isinstance(outcome, Listed):
            unit.commit()
    return outcome


def opening(
    world: World,
    ref: str = "T17",
    *bodies: str,
    due: date | None = None,
    by: str = OFFICER,
    acting_for: str | None = None,
) -> Listed | Tried:
    return committed(
        world,
        lambda unit: open_list(unit, Opening(world.key(ref), bodies, due), world.case(by, acting_for)),
    )


def saying(world: World, command: Answer, *, by: str) -> Listed | Tried:
    return committed(
        world,
        lambda unit: answer(unit, command, world.case(by)),
    )


def nothing_from(world: World, body: str, *, by: str, on: date | None = None) -> Listed | Tried:
    return saying(world, Answer(world.key("T17"), body, "nothing", on), by=by)


def chasing(world: World, ref: str = "T17", *, again: bool = False, by: str = OFFICER) -> Listed | Tried:
    return committed(
        world,
        lambda unit: chase(
            unit,
            world.key(ref),
            world.case(by),
            again=again,
        ),
    )


def done(outcome: Listed | Tried) -> Listed:
    assert isinstance(outcome, Listed), outcome
    return outcome


def rules(outcome: Listed | Tried) -> tuple[str, ...]:
    assert isinstance(outcome, Tried), outcome
    assert (outcome.entry.refused, outcome.entry.role) == (True, None)
    assert outcome.entry.rules == tuple(reason.rule for reason in outcome.refused.reasons)
    return outcome.entry.rules


@pytest.fixture
def listed(world: World) -> World:
    """The office with a list for the award row of the year, due on 20 March."""
    done(opening(world, due=date(2026, 3, 20)))
    return world


# -- open ------------------------------------------------------------------------------------------------


def test_an_award_row_with_a_guidance_to_come_asks_every_nominating_body(world: World) -> None:
    rows = done(opening(world)).rows

    assert {row.body for row in rows} == set(EVERYBODY)
    assert set(world.store.expected.values()) == {Expectation(id, TODAY) for id in EVERYBODY}


def test_a_guidance_that_was_issued_is_the_ground_of_a_list_that_is_opened_later(world: World) -> None:
    world.task_in("completed", 15)
    world.store.expected.clear()

    assert {row.guidance for row in done(opening(world)).rows} == {"T15"}


def test_an_award_row_without_a_guidance_asks_the_bodies_that_it_names(world: World) -> None:
    asked = [row.body for row in done(opening(world, "T11")).rows]

    assert asked == ["van_hoa_xa_hoi", *AGENCIES, *SCHOOLS]


def test_named_bodies_are_asked_alone_and_until_their_own_day(listed: World) -> None:
    rows = done(opening(listed, "T17", SECOND_VILLAGE, due=date(2026, 3, 27))).rows

    assert rows == (Expectation(SECOND_VILLAGE, TODAY, date(2026, 3, 27)),)
    assert listed.store.expected[listed.key("T17"), VILLAGE].due_on == date(2026, 3, 20)


def test_opening_what_stands_writes_nothing(listed: World) -> None:
    entries = len(listed.store.entries)

    outcome = done(opening(listed, due=date(2026, 3, 20)))

    assert (outcome.rows, len(outcome.before), len(listed.store.entries)) == ((), len(ASKED), entries)


def test_the_entry_names_the_bodies_and_the_day(listed: World) -> None:
    kept = listed.store.entries[-1]

    assert (kept.key, kept.entry.event, kept.entry.actor, kept.entry.role) == (
        listed.key("T17"),
        "expect_open",
        OFFICER,
        "officer",
    )
    assert (kept.entry.from_state, kept.entry.to_state) == ("drafted", "drafted")
    assert kept.entry.inputs["due"] == "2026-03-20"
    assert listed.item("T17").version == 1


@pytest.mark.parametrize("by", [OFFICER, SECRETARY, STANDING_MEMBER])
def test_officer_secretary_and_standing_member_collect(world: World, by: str) -> None:
    assert len(done(opening(world, by=by)).rows) == len(ASKED)
    assert len(done(chasing(world, by=by)).notices) == len(ASKED)


@pytest.mark.parametrize("by", [VILLAGE, CHAIR, AUDITOR, ADMINISTRATOR])
def test_nobody_else_collects(listed: World, by: str) -> None:
    assert rules(opening(listed, due=TODAY, by=by)) == ("role",)
    assert rules(chasing(listed, by=by)) == ("role",)


def test_who_stands_in_collects_by_the_others_right(world: World) -> None:
    done(opening(world, by=MEMBER, acting_for=SECRETARY))

    entry = world.store.entries[-1].entry
    assert (entry.actor, entry.acting_for, entry.role) == (MEMBER, SECRETARY, "secretary")


def test_every_reason_against_a_list_is_told_at_once(world: World) -> None:
    world.task_in("completed", 1)

    refused = opening(world, "T01", "hoi_dong_tdkt", VILLAGE, by=VILLAGE)

    assert rules(refused) == ("role", "gives_awards", "task_closed", "body_nominates")


def test_unknown_bodies_and_tasks_are_usage_mistakes(world: World) -> None:
    with pytest.raises(UnknownValue):
        opening(world, "T17", "thon-9")
    with pytest.raises(UnknownReference):
        opening(world, "T99")
    with pytest.raises(NotATask):
        opening(world, world.opened())


# -- answer ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "role"), [(VILLAGE, "representative"), (OFFICER, "officer"), (SECRETARY, "secretary")]
)
def test_the_body_the_officer_and_the_secretary_say_that_there_is_nothing(
    listed: World, by: str, role: str
) -> None:
    (row,) = done(nothing_from(listed, VILLAGE, by=by)).rows

    assert row == Expectation(VILLAGE, TODAY, date(2026, 3, 20), status="nothing", answered_on=TODAY)
    entry = listed.store.entries[-1].entry
    assert (entry.event, entry.actor, entry.role) == ("expect_answer", by, role)
    assert entry.inputs == {"body": VILLAGE, "answer": "nothing", "on": "2026-01-20"}


@pytest.mark.parametrize("by", [SECOND_VILLAGE, CHAIR, STANDING_MEMBER, AUDITOR])
def test_nobody_else_answers_for_a_body(listed: World, by: str) -> None:
    assert rules(nothing_from(listed, VILLAGE, by=by)) == ("role",)


def test_a_body_of_the_house_is_answered_for_by_its_own(listed: World) -> None:
    assert done(nothing_from(listed, "van_hoa_xa_hoi", by=STANDING_MEMBER)).rows[0].status == "nothing"


def test_an_answer_may_have_come_before_and_not_later_than_today(listed: World) -> None:
    assert rules(nothing_from(listed, VILLAGE, by=VILLAGE, on=date(2026, 1, 21))) == ("date_not_in_future",)
    assert done(nothing_from(listed, VILLAGE, by=VILLAGE, on=date(2026, 1, 15))).rows[0].answered_on == date(
        2026, 1, 15
    )


def test_the_same_word_again_is_not_written_again_and_another_day_is(listed: World) -> None:
    done(nothing_from(listed, VILLAGE, by=VILLAGE, on=date(2026, 1, 15)))
    entries = len(listed.store.entries)

    assert done(nothing_from(listed, VILLAGE, by=VILLAGE)).rows == ()
    assert len(listed.store.entries) == entries
    assert done(nothing_from(listed, VILLAGE, by=VILLAGE, on=date(2026, 1, 16))).rows != ()


def test_an_answer_can_be_taken_back(listed: World) -> None:
    before = listed.store.expected[listed.key("T17"), VILLAGE]
    done(nothing_from(listed, VILLAGE, by=VILLAGE))

    (row,) = done(saying(listed, Answer(listed.key("T17"), VILLAGE, "silent"), by=SECRETARY)).rows

    assert row == before
    assert listed.store.entries[-1].entry.inputs == {"body": VILLAGE, "answer": "silent"}


def test_a_dossier_that_was_received_is_not_answered_away(listed: World) -> None:
    ref = listed.dossier_in("submitted")

    refused = nothing_from(listed, VILLAGE, by=VILLAGE)

    assert rules(refused) == ("dossier_received",)
    assert isinstance(refused, Tried)
    assert refused.refused.reasons[0].operands == {"don_vi": "Thôn mẫu số 1", "ref": ref}


def test_a_closed_task_takes_no_answers(listed: World) -> None:
    listed.do("T17", "cancel", CHAIR)

    assert rules(nothing_from(listed, VILLAGE, by=VILLAGE)) == ("task_closed",)
    assert rules(chasing(listed)) == ("task_closed",)


def test_who_is_not_asked_cannot_answer(listed: World) -> None:
    with pytest.raises(NotExpected) as caught:
        nothing_from(listed, "hoi_dong_tdkt", by=SECRETARY)
    assert caught.value.operands["known"] == ", ".join(EVERYBODY)
    with pytest.raises(NoList):
        saying(listed, Answer(listed.key("T11"), VILLAGE, "nothing"), by=VILLAGE)


# -- chase -----------------------------------------------------------------------------------------------


def test_every_silent_body_is_written_to_at_once(listed: World) -> None:
    done(nothing_from(listed, VILLAGE, by=VILLAGE))

    outcome = done(chasing(listed))

    assert {notice.kind for notice in outcome.notices} == {"chase"}
    assert {notice.to for notice in outcome.notices} == {
        *(SECOND_VILLAGE, THIRD_VILLAGE, *SCHOOLS, *REPRESENTATIVES),
        *(MEMBER, SECOND_MEMBER, THIRD_MEMBER, FOURTH_MEMBER, FIFTH_MEMBER),
        OFFICER,
    }
    assert len(outcome.notices) == len(ASKED) - 1
    assert [kept.draft for kept in listed.store.notices] == list(outcome.notices)
    assert {row.chased for row in outcome.rows} == {1}
    assert {row.chased_at for row in outcome.rows} == {listed.now}
    entry = listed.store.entries[-1].entry
    assert (entry.event, entry.inputs) == (
        "expect_chase",
        {"bodies": [body for body in EVERYBODY if body != VILLAGE]},
    )


def test_nobody_is_written_to_twice_on_one_local_day_unless_asked_for(listed: World) -> None:
    listed.now = at("2026-01-20T22:00")
    done(chasing(listed))
    listed.now = at("2026-01-20T23:59")
    entries = len(listed.store.entries)

    kept = done(chasing(listed))
    assert (kept.rows, kept.skipped, len(listed.store.entries)) == ((), EVERYBODY, entries)

    assert len(done(chasing(listed, again=True)).rows) == len(ASKED)
    listed.now = at("2026-01-21T00:00")
    assert {row.chased for row in done(chasing(listed)).rows} == {3}


def test_where_everybody_has_answered_nothing_is_written(world: World) -> None:
    done(opening(world, "T17", VILLAGE))
    done(nothing_from(world, VILLAGE, by=VILLAGE))

    outcome = done(chasing(world))

    assert (outcome.rows, outcome.notices, outcome.skipped) == ((), (), ())


def test_the_text_before_the_day_names_the_guidance_and_the_day(world: World) -> None:
    world.task_in("completed", 15)
    done(opening(world, "T17", THIRD_VILLAGE, due=date(2026, 3, 20)))

    notice = next(each for each in done(chasing(world)).notices if each.to == THIRD_VILLAGE)

    assert notice.subject.endswith(
        "Đề nghị gửi hồ sơ đề nghị khen thưởng chậm nhất ngày 20/03/2026 (thứ Sáu)"
    )
    assert (
        "Kính gửi: Thôn mẫu số 3.\n"
        "Thực hiện Hướng dẫn tổng kết công tác TĐKT năm 2026 (số 05/HD-HĐTĐKT ngày 15/01/2026), thời hạn gửi "
        "hồ sơ về Hội đồng Thi đua - Khen thưởng xã (qua Phòng Văn hóa - Xã hội) là ngày 20/03/2026 (thứ"
        " Sáu). Đến nay chưa nhận được hồ sơ của đơn vị (T17).\n"
    ) in notice.text
    assert "trường hợp không có đề nghị khen thưởng, đề nghị báo lại để tổng hợp.\n" in notice.text
    assert "suy theo kế hoạch" not in notice.text


def test_the_text_after_the_day_says_how_late_it_is(listed: World) -> None:
    listed.now = at("2026-03-25T08:00")

    notice = done(chasing(listed)).notices[0]

    assert notice.subject.endswith("quá hạn 5 ngày")
    assert "đến nay đã quá hạn 5 ngày mà chưa nhận được hồ sơ" in notice.text


def test_without_a_guidance_the_row_of_the_plan_is_the_ground_and_a_derived_date_says_so(
    world: World,
) -> None:
    world.task_in("approved", 6)
    done(opening(world, "T06"))

    text = done(chasing(world, "T06")).notices[0].text

    assert "Thực hiện nhiệm vụ số 6 “Phát động, sơ kết thực hiện công tác khen thưởng" in text
    assert "trong Kế hoạch công tác thi đua, khen thưởng năm 2026, thời hạn" in text
    assert "(thời hạn suy theo kế hoạch, chưa được ấn định ngày cụ thể)" in text


def test_each_of_several_representatives_is_written_to(world: World) -> None:
    office = world.setting.office
    second = next(account for account in office.accounts if account.id == VILLAGE)._replace(id="thon-1-pho")
    world.setting = replace(world.setting, office=office._replace(accounts=(*office.accounts, second)))
    done(opening(world, "T17", VILLAGE))

    outcome = done(chasing(world))

    assert [notice.to for notice in outcome.notices] == [VILLAGE, "thon-1-pho"]
    assert [row.chased for row in outcome.rows] == [1]


def test_a_task_without_a_list_cannot_be_chased(world: World) -> None:
    with pytest.raises(NoList):
        chasing(world)
