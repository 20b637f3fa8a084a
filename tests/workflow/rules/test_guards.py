"""The conditions of DESIGN §4 beside who and from where, each refused with its rule and lifted as it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.people import (
    CHAIR,
    OFFICER,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import at, machine, setting, with_roles
from tests.workflow.world import PROOFS, World, refused
from tests.workflow.world import rules_of as rules
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Text
from workflow.model.errors import InputMistakes
from workflow.model.facts import Proposal
from workflow.model.tasks import Task

# Tasks


def test_whoever_submitted_does_not_approve_and_is_told_who_can() -> None:
    world = World.planned()
    world.setting = setting(directory=with_roles(pho_chu_tich=("vice_chair", "officer")))
    directory = world.setting.office
    accounts = tuple(
        account._replace(body="van_hoa_xa_hoi") if account.id == VICE_CHAIR else account
        for account in directory.accounts
    )
    world.setting = setting(directory=directory._replace(accounts=accounts))
    world.do("T01", "submit", VICE_CHAIR)
    world.do("T01", "review", STANDING_MEMBER)

    answer = world.attempt("T01", "approve", VICE_CHAIR)

    assert refused(answer) == [Reason("four_eyes", who_can=(CHAIR,))]
    assert world.do("T01", "approve", CHAIR).state == "approved"


def test_four_eyes_see_through_acting_for_another() -> None:
    world = World.planned()
    world.task_in("submitted")
    world.do("T01", "review", STANDING_MEMBER)

    answer = world.attempt("T01", "approve", OFFICER, acting_for=CHAIR)

    assert refused(answer) == [Reason("four_eyes", who_can=(CHAIR, VICE_CHAIR))]


def test_a_new_submit_makes_a_new_submitter() -> None:
    world = World.planned()
    world.do("T05", "submit", SECRETARY)
    world.do("T05", "return", STANDING_MEMBER)

    world.do("T05", "submit", OFFICER)

    assert world.item("T05").submitted_by == OFFICER


@pytest.mark.parametrize("number", [6, 9, 11, 13, 14, 17])
def test_an_award_needs_an_awarded_dossier_and_none_open(number: int) -> None:
    world = World.planned()
    ref = world.task_in("approved", number)

    without = world.attempt(ref, "award", OFFICER)
    world.dossier_in("awarded", task=ref)
    world.dossier_in("returned", task=ref)
    with_open = world.attempt(ref, "award", OFFICER)

    assert refused(without) == [Reason("some_dossier_awarded")]
    assert refused(with_open) == [Reason("open_dossier", {"n": 1, "refs": "D0002"})]
    world.do("D0002", "withdraw", VILLAGE)
    assert world.do(ref, "award", OFFICER, {}).state == "awarded"


def test_a_forwarded_dossier_is_closed_for_its_task_but_awards_nothing() -> None:
    world = World.planned()
    world.task_in("approved", 17)
    world.dossier_in("forwarded")

    assert rules(world.attempt("T17", "award", OFFICER)) == ["some_dossier_awarded"]
    world.dossier_in("awarded")
    assert world.do("T17", "award", OFFICER, {}).state == "awarded"


OPEN = [state.id for state in machine("nomination_dossier").definition.states if state.open]


@pytest.mark.parametrize("state", OPEN)
def test_a_task_with_an_open_dossier_is_neither_completed_cancelled_nor_awarded(state: str) -> None:
    world = World.planned()
    world.task_in("approved", 17)
    world.dossier_in("awarded")
    world.dossier_in(state)
    reason = Reason("open_dossier", {"n": 1, "refs": "D0002"})

    assert refused(world.attempt("T17", "complete", OFFICER, PROOFS["award_review"])) == [reason]
    assert refused(world.attempt("T17", "cancel", CHAIR, {"reason": "Hoãn"})) == [reason]
    assert refused(world.attempt("T17", "award", OFFICER)) == [reason]


@pytest.mark.parametrize("state", ["awarded", "forwarded", "decided", "rejected", "withdrawn", "revoked"])
def test_a_closed_dossier_keeps_nobody_from_cancelling_its_task(state: str) -> None:
    world = World.planned()
    world.dossier_in(state)

    assert world.do("T17", "cancel", CHAIR).state == "cancelled"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (1, "report"),
        (2, "conference_host"),
        (3, "movement_launch"),
        (4, "conference_attend"),
        (6, "movement_launch_and_preliminary_review"),
        (7, "training"),
        (15, "guidance"),
        (17, "award_review"),
        (18, "plan_issue"),
    ],
)
def test_each_kind_is_completed_by_its_own_proof(number: int, kind: str) -> None:
    world = World.planned()
    ref = world.task_in("approved", number)
    assert world.item(ref).kind == kind

    with pytest.raises(InputMistakes) as mistake:
        world.attempt(ref, "complete", OFFICER)

    missing = [f"missing: {name}" for name in PROOFS[kind]]
    assert mistake.value.operands["mistakes"] == "; ".join(missing)
    assert world.do(ref, "complete", OFFICER).state == "completed"


def test_a_task_of_no_known_kind_is_proved_by_a_paper_or_a_day() -> None:
    world = World.planned()
    key = world.key("T01")
    task = Task.of(world.item("T01"))
    assert task is not None
    world.store.items[key] = world.item("T01")._replace(details=replace(task, kind="other"))
    world.task_in("approved")

    neither = world.attempt("T01", "complete", OFFICER, {})

    assert rules(neither) == ["no_number"]
    assert world.do("T01", "complete", OFFICER, {"paper": "07/BC-UBND"}).state == "completed"


def test_nothing_is_proved_by_a_day_to_come() -> None:
    world = World.planned()
    world.task_in("approved")

    answer = world.attempt(
        "T01", "complete", OFFICER, {"paper_number": "05/BC-UBND", "paper_date": "2026-01-21"}
    )

    assert refused(answer) == [Reason("date_not_in_future", {"ngay": Text("21/01/2026", "2026-01-21")})]


def test_an_extension_is_later_and_keeps_the_first_date() -> None:
    world = World.planned()

    same = world.attempt("T01", "extend", VICE_CHAIR, {"until": "2026-03-31", "reason": "Chờ số liệu"})
    world.do("T01", "extend", VICE_CHAIR, {"until": "2026-04-29", "reason": "Chờ số liệu"})
    world.do("T01", "extend", CHAIR, {"until": "2026-05-29", "reason": "Chờ số liệu"})

    item = world.item("T01")
    assert refused(same) == [Reason("later_date", {"ngay": Text("31/03/2026", "2026-03-31")})]
    assert (item.due_on, item.due_mark, item.due_first) == (date(2026, 5, 29), "extended", date(2026, 3, 31))
    assert item.state == "drafted"


def test_the_officer_proposes_an_extension_and_does_not_decide_it() -> None:
    world = World.planned()
    words = {"until": "2026-04-29", "reason": "Chờ số liệu"}

    item = world.do("T01", "propose_extension", OFFICER, words)
    answer = world.attempt("T01", "extend", OFFICER, words)

    assert item.due_on == date(2026, 3, 31)
    assert item.proposed_until == date(2026, 4, 29)
    assert rules(answer) == ["role", "own_proposal"]
    assert world.do("T01", "extend", CHAIR, words).proposed_until is None


def test_a_set_date_replaces_a_derived_one_once_and_is_extended_after() -> None:
    world = World.planned()
    words = {"date": "2026-03-20", "source": "Công văn 12"}

    item = world.do("T01", "set_deadline", OFFICER, words)
    again = world.attempt("T01", "set_deadline", OFFICER, words | {"date": "2026-03-27"})

    assert (item.due_on, item.due_mark, item.due_first) == (date(2026, 3, 20), "set", date(2026, 3, 31))
    assert refused(again) == [
        Reason("due_is_derived", {"ngay": Text("20/03/2026", "2026-03-20")}, who_can=(CHAIR,))
    ]


def test_an_outside_organiser_may_name_another_date() -> None:
    world = World.planned()
    world.do("T04", "set_deadline", OFFICER, {"date": "2026-02-10", "source": "Giấy mời"})

    item = world.do("T04", "set_deadline", STANDING_MEMBER, {"date": "2026-02-12", "source": "Giấy mời mới"})

    assert (item.due_on, item.waiting) == (date(2026, 2, 12), False)


def test_adopting_is_an_opening_balance_with_day_and_paper() -> None:
    world = World.planned()
    words = {"date": "2025-12-30", "paper": "01/BC-UBND"}

    completed = world.do("T01", "adopt", STANDING_MEMBER, words)
    awarded = world.do("T06", "adopt", STANDING_MEMBER, words | {"outcome": "awarded"})
    unfit = world.attempt("T02", "adopt", STANDING_MEMBER, words | {"outcome": "awarded"})
    early = world.attempt("T02", "adopt", STANDING_MEMBER, words | {"date": "2026-01-21"})
    since = world.attempt("T06", "adopt", STANDING_MEMBER, words | {"date": "2026-01-01"})

    assert (completed.state, completed.closed_on) == ("completed", date(2025, 12, 30))
    assert (awarded.state, awarded.closed_on) == ("awarded", date(2025, 12, 30))
    assert rules(unfit) == ["adopt_outcome"]
    assert rules(early) == ["date_not_in_future", "done_before_start"]
    assert "done_before_start" in rules(since)


@pytest.mark.parametrize("state", ["forwarded", "decided"])
def test_a_task_that_only_forwarded_dossiers_ends_as_sent_higher_with_their_count(state: str) -> None:
    world = World.planned()
    for _ in range(2):
        world.dossier_in(state, task="T17")
    world.dossier_in("rejected", task="T17")
    world.task_in("approved", 17)

    with pytest.raises(InputMistakes):
        world.attempt("T17", "complete", OFFICER, {"no_award_reason": "Không có"})
    item = world.do("T17", "complete", OFFICER, {})

    assert (item.state, Task.of(item).forwarded) == ("completed", 2)
    label = machine("plan_task").label_of(item)
    assert label.vi == "Đã hoàn thành (đã trình cấp trên): 2 hồ sơ"


def test_confirming_ends_or_begins_the_waiting_and_is_correctable_again() -> None:
    world = World.planned()
    asks = {kept.row.kind for kept in world.rows("T07") if kept.row.status == "pending"}

    hosted = world.do("T07", "confirm", OFFICER, {"part": "host"})
    kinds = {kept.row.kind for kept in world.rows("T07") if kept.row.status == "pending"}
    attended = world.do("T07", "confirm", STANDING_MEMBER, {"part": "attend"})
    again = {kept.row.kind for kept in world.rows("T07") if kept.row.status == "pending"}

    assert (hosted.kind, hosted.waiting) == ("training_host", False)
    assert (attended.kind, attended.waiting) == ("training", True)
    assert (asks, again) == ({"ask"}, {"ask"})
    assert {"reminder", "due", "overdue"} <= kinds


def test_what_is_confirmed_is_derived_no_more_and_outlasts_the_same_plan() -> None:
    world = World.planned()

    part = Task.of(world.do("T05", "confirm", OFFICER, {"part": "host"}))
    all_of_it = Task.of(world.do("T06", "confirm", OFFICER, {}))
    named = Task.of(world.do("T06", "confirm", OFFICER, {"name": "Thi đua quý I"}))
    done = world.import_plan(PLAN)

    assert ("part" in part.derived, "lead" in part.derived) == (False, True)
    assert (all_of_it.derived, named.titled[:14]) == ((), "Thi đua quý I:")
    assert done.changed == 0
    assert Task.of(world.item("T05")).part == "host"


def test_a_kind_is_corrected_with_what_follows_and_never_from_under_dossiers() -> None:
    world = World.planned()
    world.dossier_in("drafted", task="T17")

    answer = world.attempt("T07", "confirm", OFFICER, {"kind": "report"})
    dossiers = world.attempt("T17", "confirm", OFFICER, {"kind": "report"})
    part = world.attempt("T01", "confirm", OFFICER, {"part": "host"})

    assert isinstance(answer, Decision)
    assert [reason.rule for reason in answer.warnings] == ["kind_is_now", "waits_no_more"]
    assert rules(dossiers) == ["kind_fits_dossiers"]
    assert rules(part) == ["part_fits_kind"]


def test_what_was_done_on_paper_is_proposed_by_one_and_agreed_to_by_another() -> None:
    world = World.planned(now="2026-02-02T09:00")
    words = {"date": "2026-01-30", "paper": "02/BC-UBND"}

    proposed = world.do("T01", "propose_record", OFFICER, words)
    again = world.attempt("T01", "propose_record", SECRETARY, words)
    agreed = world.do("T01", "agree_record", STANDING_MEMBER)

    assert proposed.state == "drafted"
    assert proposed.proposal == Proposal("propose_record", OFFICER, None, words)
    assert "nothing_proposed" in rules(again)
    assert (agreed.state, agreed.closed_on, agreed.proposal) == ("completed", date(2026, 1, 30), None)
    entry = world.store.entries[-1].entry
    assert (entry.event, entry.actor, entry.inputs) == ("agree_record", STANDING_MEMBER, words)


def test_whoever_proposed_it_does_not_agree_to_it_in_whatever_name() -> None:
    directory = with_roles(thuong_truc=("standing_member", "officer", "head", "council_member"))
    world = World(now=at("2026-02-02T09:00"), setting=setting(directory=directory))
    world.import_plan(PLAN)
    words = {"date": "2026-01-30", "paper": "02/BC-UBND"}
    world.do("T01", "propose_record", STANDING_MEMBER, words)
    world.do("T02", "propose_record", OFFICER, words)

    itself = world.attempt("T01", "agree_record", STANDING_MEMBER)
    as_stand_in = world.attempt("T02", "agree_record", OFFICER, acting_for=STANDING_MEMBER)

    assert rules(itself) == ["another_person"]
    assert rules(as_stand_in) == ["another_person"]


def test_a_record_is_of_the_offices_time_and_never_of_awards() -> None:
    world = World.planned(now="2026-02-02T09:00")

    before = world.attempt("T01", "propose_record", OFFICER, {"date": "2025-12-31", "paper": "1/BC"})
    awards = world.attempt("T17", "propose_record", OFFICER, {"date": "2026-01-31", "paper": "1/QĐ-UBND"})
    nothing = world.attempt("T01", "agree_record", STANDING_MEMBER)

    assert rules(before) == ["done_since_start"]
    assert rules(awards) == ["gives_no_awards"]
    assert rules(nothing) == ["proposed"]


@pytest.mark.parametrize(
    ("event", "account", "words"),
    [
        ("decline_record", STANDING_MEMBER, {"reason": "Chưa có văn bản"}),
        ("withdraw_record", OFFICER, {}),
        ("cancel", CHAIR, {"reason": "Không tổ chức"}),
    ],
)
def test_a_proposal_ends_where_it_is_declined_withdrawn_or_its_item_closed(
    event: str, account: str, words: dict[str, str]
) -> None:
    world = World.planned(now="2026-02-02T09:00")
    world.do("T01", "propose_record", OFFICER, {"date": "2026-01-30", "paper": "02/BC-UBND"})

    item = world.do("T01", event, account, words)

    assert item.proposal is None
    assert "proposed" in rules(world.attempt("T01", "agree_record", STANDING_MEMBER))


def test_the_lead_passes_to_a_body_of_the_house_only() -> None:
    world = World.planned()

    group = world.attempt("T01", "lead", STANDING_MEMBER, {"body": "cac_thon"})
    item = world.do("T01", "lead", STANDING_MEMBER, {"body": "hoi_dong_tdkt"})

    assert refused(group) == [Reason("lead_body", {"don_vi": "Các thôn"})]
    assert (Task.of(item).lead, "lead" in Task.of(item).derived) == ("hoi_dong_tdkt", False)
