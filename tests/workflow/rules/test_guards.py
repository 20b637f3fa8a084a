"""The conditions of DESIGN §4 beside who and from where, each refused with its rule and lifted as it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.people import (
    CHAIR,
    OFFICER,
    SCHOOL,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import at, machine, setting, with_roles
from tests.workflow.world import COUNTS, DOSSIER_WORDS, PROOFS, World
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier, Nominee, Votes
from workflow.model.errors import InputMistakes, UnknownValue
from workflow.model.facts import Proposal
from workflow.model.tasks import Task
from workflow.services.advance import Tried

PERSON = {"kind": "person", "name": "Nguyễn Thị A"}
OF_EIGHT = {"for": "7", "against": "1", "invalid": "0", "present": "8", "total": "8"}
"""A vote from which one nominee of the council abstained by being one."""


def refused(answer: Decision | Tried) -> list[Reason]:
    """The reasons of an answer that must be a refusal."""
    assert isinstance(answer, Tried), answer
    return list(answer.refused.reasons)


def rules(answer: Decision | Tried) -> list[str]:
    return [reason.rule for reason in refused(answer)]


def lines(world: World, ref: str) -> tuple[Nominee, ...]:
    dossier = Dossier.of(world.item(ref))
    assert dossier is not None
    return dossier.nominees


def with_nominee(world: World, *, title: str, **words: str) -> str:
    """A submitted dossier of one person, described by `words`."""
    ref = world.opened(title=title)
    world.do(ref, "add", VILLAGE, {**PERSON, **words})
    world.do(ref, "submit", VILLAGE, {})
    return ref


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


@pytest.mark.parametrize("state", ["drafted", "submitted", "returned", "reviewed", "approved"])
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


# Dossiers


@pytest.mark.parametrize("state", ["completed", "awarded", "cancelled"])
def test_a_closed_task_takes_no_dossier_and_no_change_of_one(state: str) -> None:
    world = World.planned()
    world.task_in(state, 17)

    answer = world.new_dossier("T17")

    (reason,) = refused(answer)
    assert (reason.rule, reason.operands["ref"]) == ("task_closed", "T17")


def test_a_body_that_does_not_nominate_opens_no_dossier() -> None:
    world = World.planned()

    answer = world.new_dossier(body="hoi_dong_tdkt", by=OFFICER)

    assert refused(answer) == [Reason("body_nominates", {"don_vi": "Hội đồng Thi đua - Khen thưởng xã"})]


def test_a_body_outside_the_row_may_nominate_with_a_warning() -> None:
    world = World.planned()

    listed = world.new_dossier("T06", body=SECOND_VILLAGE, by=SECOND_VILLAGE)
    school = world.new_dossier("T17", body=SCHOOL, by=SCHOOL)
    outside = world.new_dossier("T17", body=SECOND_VILLAGE, by=SECOND_VILLAGE)

    assert isinstance(listed, Decision)
    assert isinstance(school, Decision)
    assert isinstance(outside, Decision)
    assert (listed.warnings, school.warnings) == ((), ())
    assert [(warning.rule, warning.operands["ref"]) for warning in outside.warnings] == [
        ("body_not_listed", "T17")
    ]


@pytest.mark.parametrize("wrong", [{"body": "thon-9"}, {"title": "gold"}, {"type": "luck"}])
def test_an_unknown_body_title_or_type_makes_no_dossier(wrong: dict[str, str]) -> None:
    world = World.planned()
    values = {"body": VILLAGE, "title": "gk", "type": "cong_trang", **wrong}

    with pytest.raises(UnknownValue):
        world.new_dossier(body=values["body"], title=values["title"], type=values["type"], by=OFFICER)

    assert world.store.numbers == {}


def test_a_dossier_is_submitted_with_a_nominee_and_keeps_its_day_of_receipt() -> None:
    world = World.planned()
    ref = world.opened()

    empty = world.attempt(ref, "submit", VILLAGE)
    world.do(ref, "add", VILLAGE, PERSON)
    first = Dossier.of(world.do(ref, "submit", VILLAGE))
    returned = Dossier.of(world.do(ref, "return", SECRETARY))
    world.tick("2026-02-03T09:00")
    second = Dossier.of(world.do(ref, "submit", OFFICER))

    assert rules(empty) == ["has_nominees"]
    assert first is not None
    assert returned is not None
    assert second is not None
    assert (first.received_on, first.complete_on) == (date(2026, 1, 20), date(2026, 1, 20))
    assert (returned.received_on, returned.complete_on) == (date(2026, 1, 20), None)
    assert (second.received_on, second.complete_on) == (date(2026, 1, 20), date(2026, 2, 3))


def test_a_day_of_completeness_lies_between_receipt_and_today() -> None:
    world = World.planned()
    ref = world.dossier_in("returned")
    world.tick("2026-02-03T09:00")

    early = world.attempt(ref, "submit", VILLAGE, {"complete_on": "2026-01-19"})
    late = world.attempt(ref, "submit", VILLAGE, {"complete_on": "2026-02-04"})
    dossier = Dossier.of(world.do(ref, "submit", VILLAGE, {"complete_on": "2026-02-02"}))

    assert (rules(early), rules(late)) == (["complete_on"], ["complete_on"])
    assert dossier is not None
    assert dossier.complete_on == date(2026, 2, 2)


def test_a_supplement_is_asked_for_once_and_again_with_a_reason() -> None:
    world = World.planned()
    ref = world.dossier_in("returned")
    world.do(ref, "submit", VILLAGE)

    answer = world.attempt(ref, "return", OFFICER, {"missing": "Báo cáo thành tích"})

    assert refused(answer) == [Reason("supplement_once")]
    words = {"missing": "Báo cáo thành tích", "reason": "Bản trước thiếu trang"}
    assert world.do(ref, "return", OFFICER, words).state == "returned"


def test_titles_of_two_levels_are_split() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")

    added = world.attempt(ref, "add", VILLAGE, {**PERSON, "title": "bkt"})
    world.do(ref, "add", VILLAGE, {**PERSON, "title": "ldtt"})
    edited = world.attempt(ref, "edit", VILLAGE, {"nominee": "2", "title": "bkttg"})

    level = Text("Chủ tịch UBND xã", "the commune's chair")
    assert [(reason.rule, reason.operands) for reason in refused(added)] == [("one_level", {"cap": level})]
    assert refused(added)[0].cite is not None
    assert rules(edited) == ["one_level"]


def test_titles_with_and_without_a_vote_are_split() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    family = Text("Gia đình văn hóa", "Cultured family")

    answer = world.attempt(ref, "add", VILLAGE, {"kind": "household", "name": "Hộ B", "title": "gdvh"})

    assert [(reason.rule, reason.operands) for reason in refused(answer)] == [
        ("one_path", {"danh_hieu": family})
    ]


def test_a_title_is_for_certain_nominees() -> None:
    world = World.planned()
    ref = world.opened(title="ldtt")

    answer = world.attempt(ref, "add", VILLAGE, {"kind": "collective", "name": "Thôn 1"})

    (reason,) = refused(answer)
    assert (reason.rule, reason.cite) == ("title_fits_kind", world.setting.rules.titles[0].cite)


def test_a_line_that_is_not_there_is_neither_edited_removed_nor_voted_on() -> None:
    world = World.planned()
    drafted, submitted = world.dossier_in("drafted"), world.dossier_in("submitted")

    assert refused(world.attempt(drafted, "edit", VILLAGE, {"nominee": "7"})) == [
        Reason("unknown_nominee", {"so": "7"})
    ]
    assert refused(world.attempt(drafted, "remove", VILLAGE, {"nominee": "1,7"})) == [
        Reason("unknown_nominee", {"so": "1, 7"})
    ]
    assert rules(world.attempt(submitted, "result", SECRETARY, {"nominee": "2", **COUNTS})) == [
        "unknown_nominee"
    ]


def test_a_removed_line_leaves_its_number_unused() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)

    world.do(ref, "remove", VILLAGE, {"nominee": "2"})
    world.do(ref, "add", VILLAGE, PERSON)

    assert [line.no for line in lines(world, ref)] == [1, 3]


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ({"for": "9", "against": "1"}, "counts"),
        ({"present": "10", "total": "10", "for": "9"}, "counts"),
        ({"present": "9", "total": "8"}, "counts"),
        ({"present": "5", "for": "4", "against": "1"}, "quorum"),
    ],
)
def test_a_vote_that_cannot_be_true_or_had_no_quorum_is_not_recorded(
    counts: dict[str, str], rule: str
) -> None:
    world = World.planned()
    ref = world.dossier_in("submitted")

    answer = world.attempt(ref, "result", SECRETARY, {"nominee": "1", **COUNTS, **counts})

    assert rules(answer) == [rule]
    assert [line.votes for line in lines(world, ref)] == [None]


def test_a_refused_quorum_says_how_many_are_needed_and_whence() -> None:
    world = World.planned()
    ref = world.dossier_in("submitted")
    few = {"nominee": "1", **COUNTS, "present": "5", "for": "5", "against": "0"}

    assert refused(world.attempt(ref, "result", SECRETARY, few)) == [
        Reason("quorum", {"k": 5, "m": 9, "n": 6}, cite=world.setting.rules.quorum_cite)
    ]


@pytest.mark.parametrize(
    ("title", "counts", "result"),
    [
        ("gk", {"for": "4", "against": "3", "present": "7"}, "pass"),
        ("gk", {"for": "4", "against": "4", "present": "8"}, "fail"),
        ("cstdcs", {"for": "8", "against": "0", "present": "8"}, "pass"),
        ("cstdcs", {"for": "7", "against": "0", "present": "7"}, "fail"),
    ],
)
def test_a_result_follows_from_the_counts_and_the_titles_threshold(
    title: str, counts: dict[str, str], result: str
) -> None:
    world = World.planned()
    ref = world.dossier_in("submitted", title=title)

    world.do(ref, "result", SECRETARY, {"nominee": "1", **COUNTS, **counts})

    (line,) = lines(world, ref)
    assert line.result == result
    assert line.votes == Votes(int(counts["for"]), int(counts["against"]), 0, int(counts["present"]), 9)


def test_a_title_without_a_vote_takes_no_counts() -> None:
    world = World.planned()
    ref = world.opened(title="gdvh")
    world.do(ref, "add", VILLAGE, {"kind": "household", "name": "Hộ B"})
    world.do(ref, "submit", VILLAGE)

    answer = world.attempt(ref, "result", SECRETARY, {"nominee": "1", **COUNTS})

    (reason,) = refused(answer)
    assert (reason.rule, reason.who_can) == ("council_decides", (STANDING_MEMBER,))
    with pytest.raises(InputMistakes):
        world.attempt(ref, "review", STANDING_MEMBER)


def test_the_review_waits_for_every_nominees_result() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.do(ref, "add", VILLAGE, PERSON)
    world.do(ref, "submit", VILLAGE)
    world.do(ref, "result", SECRETARY, {"nominee": "2", **COUNTS})

    answer = world.attempt(ref, "review", SECRETARY)

    assert refused(answer) == [Reason("missing_result", {"so": "1, 3"}, who_can=(SECRETARY,))]


def failed(world: World) -> str:
    """A reviewed dossier whose nominees all failed."""
    ref = world.dossier_in("drafted", title="cstdcs")
    world.do(ref, "add", VILLAGE, PERSON)
    world.do(ref, "submit", VILLAGE)
    for no, votes in (("1", "5"), ("2", "7")):
        counts = {**COUNTS, "for": votes, "against": str(9 - int(votes))}
        world.do(ref, "result", SECRETARY, {"nominee": no, **counts})
    world.do(ref, "review", SECRETARY)
    return ref


def test_where_every_nominee_failed_rejecting_is_the_only_way_out() -> None:
    world = World.planned()
    ref = failed(world)
    cite = world.setting.rules.title("cstdcs")

    answer = world.attempt(ref, "approve", CHAIR)

    assert cite is not None
    assert refused(answer) == [
        Reason("threshold", {"k": 7, "m": 9, "n": 8}, cite=cite.cite, who_can=(CHAIR,))
    ]
    left = [
        event
        for event in ("submit", "return", "review", "approve", "award", "forward", "withdraw")
        for account in (CHAIR, VICE_CHAIR, SECRETARY, OFFICER, VILLAGE)
        if isinstance(world.attempt(ref, event, account, complete(event)), Decision)
    ]
    assert left == []
    assert world.do(ref, "reject", CHAIR).state == "rejected"
    assert [line.outcome for line in lines(world, ref)] == ["not_awarded", "not_awarded"]


def complete(event: str) -> dict[str, str]:
    return DOSSIER_WORDS.get(event, {})


# Conflicts


@pytest.mark.parametrize(
    "position",
    [
        "Chủ tịch UBND xã",
        "Chủ tịch Ủy ban nhân dân xã Điềm He",
        "Phó Bí thư Đảng ủy, Chủ tịch UBND xã",
        "chủ tịch hội đồng",
        CHAIR,
    ],
)
def test_a_line_naming_the_chair_goes_to_the_vice_chair(position: str) -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position=position)
    world.do(ref, "result", SECRETARY, {"nominee": "1", **OF_EIGHT})
    world.do(ref, "review", SECRETARY)
    chair = world.setting.office.account(CHAIR)

    answer = world.attempt(ref, "approve", CHAIR)

    assert chair is not None
    assert world.item(ref).owners == (VICE_CHAIR,)
    assert [(reason.rule, reason.who_can) for reason in refused(answer)] == [
        ("role", (VICE_CHAIR,)),
        ("conflict", (VICE_CHAIR,)),
    ]
    assert refused(answer)[1].operands == {"chuc_vu": chair.label}
    assert world.do(ref, "approve", VICE_CHAIR).state == "approved"


def test_the_position_may_stand_beside_its_unit() -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position="Chủ tịch", unit="UBND xã Điềm He")

    assert [line.account for line in lines(world, ref)] == [CHAIR]


@pytest.mark.parametrize("position", ["Trưởng thôn", "Phó Chủ tịch Hội ND", "Chủ tịch Hội đồng trường"])
def test_another_position_names_no_account_of_the_council(position: str) -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position=position)

    assert [line.account for line in lines(world, ref)] == [None]


def test_the_chair_neither_rejects_nor_signs_nor_annuls_the_own_award() -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position="Chủ tịch UBND xã")
    rejected = world.attempt(ref, "reject", CHAIR, {"reason": "Không đạt"})
    world.do(ref, "result", SECRETARY, {"nominee": "1", **OF_EIGHT})
    world.do(ref, "review", SECRETARY)
    world.do(ref, "approve", VICE_CHAIR)
    signed = world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"])
    world.do(ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"signer": VICE_CHAIR})

    annulled = world.attempt(ref, "revoke", CHAIR, DOSSIER_WORDS["revoke"])

    assert rules(rejected) == ["role", "conflict"]
    assert [(reason.rule, reason.who_can) for reason in refused(signed)] == [("signer", (VICE_CHAIR,))]
    assert rules(annulled) == ["role", "conflict"]
    assert world.do(ref, "revoke", VICE_CHAIR).state == "revoked"


def test_where_chair_and_vice_chair_are_both_named_nobody_is_left_and_it_stays() -> None:
    world = World.planned()
    ref = world.opened()
    world.do(ref, "add", VILLAGE, {**PERSON, "position": "Chủ tịch UBND xã"})
    world.do(ref, "add", VILLAGE, {**PERSON, "position": "Phó Chủ tịch UBND xã"})
    world.do(ref, "submit", VILLAGE)
    for no in ("1", "2"):
        world.do(ref, "result", SECRETARY, {"nominee": no, **OF_EIGHT})
    world.do(ref, "review", SECRETARY)

    answer = world.attempt(ref, "approve", VICE_CHAIR)

    assert [(reason.rule, reason.who_can) for reason in refused(answer)] == [("conflict", ())]
    assert world.item(ref).state == "reviewed"


def test_a_nominee_of_the_council_leaves_the_denominator_of_the_own_line() -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position="Thư ký Hội đồng")

    answer = world.attempt(ref, "result", SECRETARY, {"nominee": "1", **COUNTS})

    (reason,) = refused(answer)
    assert reason.operands["chi_tiet"] == Text(
        "Hội đồng có 9 thành viên, 1 người có tên ở dòng này không biểu quyết,"
        " nên tổng số là 8, không phải 9",
        "of the council's 9 members 1 is named in this line and does not vote, so the total is 8, not 9",
    )
    world.do(ref, "result", SECRETARY, {"nominee": "1", **OF_EIGHT})
    assert [line.result for line in lines(world, ref)] == ["pass"]


def test_a_head_who_is_nominated_does_not_appraise() -> None:
    world = World.planned()
    ref = world.opened(title="gdvh")
    words = {"kind": "household", "name": "Hộ B", "position": "Ủy viên thường trực Hội đồng"}
    world.do(ref, "add", VILLAGE, words)
    world.do(ref, "submit", VILLAGE)

    answer = world.attempt(ref, "review", STANDING_MEMBER, {"appraisal": "Đủ"})

    assert [(reason.rule, reason.who_can) for reason in refused(answer)] == [
        ("role", (VICE_CHAIR,)),
        ("conflict", (VICE_CHAIR,)),
    ]
    assert world.do(ref, "review", VICE_CHAIR, {"appraisal": "Đủ"}).state == "reviewed"


# Awards


def test_titles_above_the_commune_leave_by_forward_alone() -> None:
    world = World.planned()
    own, higher = world.dossier_in("approved"), world.dossier_in("approved", title="bkt")
    province = Text("Chủ tịch UBND tỉnh", "the province's chair")

    awarded = world.attempt(higher, "award", OFFICER, DOSSIER_WORDS["award"])
    forwarded = world.attempt(own, "forward", CHAIR)

    assert refused(awarded) == [Reason("authority", {"cap": province})]
    assert refused(forwarded) == [Reason("higher_level")]
    assert world.do(higher, "forward", VICE_CHAIR).state == "forwarded"


def approved_pair(world: World, *, title: str = "gk") -> str:
    """An approved dossier of three lines, of which the second failed."""
    ref = world.opened(title=title)
    for _ in range(3):
        world.do(ref, "add", VILLAGE, PERSON)
    world.do(ref, "submit", VILLAGE)
    for no, votes in (("1", "9"), ("2", "2"), ("3", "9")):
        counts = {**COUNTS, "for": votes, "against": str(9 - int(votes))}
        world.do(ref, "result", SECRETARY, {"nominee": no, **counts})
    world.do(ref, "review", SECRETARY)
    world.do(ref, "approve", CHAIR)
    return ref


def test_each_nominee_is_awarded_here_or_not() -> None:
    world = World.planned()
    ref = approved_pair(world)

    nobody = world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"not_awarded": "1,3"})
    world.do(ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"not_awarded": "3"})

    assert rules(nobody) == ["nobody_awarded"]
    assert [line.outcome for line in lines(world, ref)] == ["awarded_here", "not_awarded", "not_awarded"]
    world.do(ref, "revoke", CHAIR)
    assert [line.outcome for line in lines(world, ref)] == ["revoked", "not_awarded", "not_awarded"]


def test_the_superior_decides_only_on_what_was_sent() -> None:
    world = World.planned()
    ref = approved_pair(world, title="bkt")
    world.do(ref, "forward", CHAIR)
    words = DOSSIER_WORDS["record_result"]

    wrong = world.attempt(ref, "record_result", OFFICER, words | {"awarded": "1,2,9"})
    world.do(ref, "record_result", OFFICER, words | {"awarded": "3"})

    assert refused(wrong) == [Reason("awarded_not_sent", {"so": "2, 9"})]
    assert [line.outcome for line in lines(world, ref)] == ["not_awarded", "not_awarded", "awarded_higher"]


def test_an_edited_line_loses_its_vote() -> None:
    world = World.planned()
    ref = world.dossier_in("submitted")
    world.do(ref, "result", SECRETARY)
    world.do(ref, "return", SECRETARY)

    world.do(ref, "edit", VILLAGE, {"nominee": "1", "title": "ldtt"})

    assert [(line.title, line.votes, line.result) for line in lines(world, ref)] == [("ldtt", None, None)]
