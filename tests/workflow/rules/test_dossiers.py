"""The conditions of flows.md §2 beside who and from where: each refused with its rule, lifted as it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.people import (
    ADMINISTRATOR,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SCHOOL,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.memory_unit import memory_unit
from tests.workflow.shipped import machine
from tests.workflow.world import COUNTS, DOSSIER_WORDS, World, refused
from tests.workflow.world import rules_of as rules
from workflow.engine.explaining import explain
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier, Nominee, Votes
from workflow.model.errors import InputMistakes, UnknownValue
from workflow.model.facts import Facts
from workflow.model.holding import Holder
from workflow.services.advance import Tried
from workflow.services.migrate import migrate_item

PERSON = {"kind": "person", "name": "Nguyễn Thị A"}
OF_EIGHT = {"for": "7", "against": "1", "invalid": "0"}
"""A vote from which one nominee of the council abstained by being one."""


def lines(world: World, ref: str) -> tuple[Nominee, ...]:
    dossier = Dossier.of(world.item(ref))
    assert dossier is not None
    return dossier.nominees


def with_nominee(world: World, *, title: str, **words: str) -> str:
    """An appraised dossier of one person, described by `words`."""
    ref = world.opened(title=title)
    world.do(ref, "add", VILLAGE, {**PERSON, **words})
    world.appraised(ref)
    return ref


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
    world.do(ref, "submit", OFFICER)
    second = Dossier.of(
        world.do(ref, "accept", OFFICER, {"complete_on": "2026-02-02", "original": "seen", "seen": "all"})
    )

    assert rules(empty) == ["has_nominees"]
    assert (first.received_on, first.complete_on) == (date(2026, 1, 20), None)
    assert (returned.received_on, returned.complete_on) == (date(2026, 1, 20), None)
    assert (second.received_on, second.complete_on) == (date(2026, 1, 20), date(2026, 2, 2))


def test_what_comes_on_paper_has_a_number_and_a_date_before_its_receipt() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    paper = {"paper_number": "01/TTr", "paper_date": "2026-01-21"}

    unnamed = world.attempt(ref, "submit", OFFICER)
    younger = world.attempt(ref, "submit", OFFICER, paper)

    assert rules(unnamed) == ["paper_named"]
    assert rules(younger) == ["paper_after_receipt"]
    assert world.do(ref, "submit", OFFICER, paper | {"paper_date": "2026-01-20"}).state == "submitted"


def test_a_receipt_of_the_working_day_before_is_typed_by_oneself_and_no_older_one() -> None:
    world = World.planned(now="2026-01-19T09:00")  # a Monday
    ref = world.dossier_in("drafted")

    thursday = world.attempt(ref, "submit", VILLAGE, {"received_on": "2026-01-15"})
    future = world.attempt(ref, "submit", VILLAGE, {"received_on": "2026-01-20"})
    friday = world.do(ref, "submit", VILLAGE, {"received_on": "2026-01-16"})

    assert rules(thursday) == ["backdated"]
    assert rules(future) == ["date_not_in_future"]
    assert Dossier.of(friday).received_on == date(2026, 1, 16)


def test_an_older_receipt_is_agreed_to_by_another_person() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")

    needless = world.attempt(
        ref, "propose_receipt", OFFICER, DOSSIER_WORDS["propose_receipt"] | {"received_on": "2026-01-19"}
    )
    world.do(ref, "propose_receipt", OFFICER)
    submitted = world.attempt(ref, "submit", VILLAGE)
    oneself = world.attempt(ref, "agree_receipt", OFFICER)
    agreed = world.do(ref, "agree_receipt", RECORDS_CLERK)

    assert rules(needless) == ["not_backdated"]
    assert rules(submitted) == ["nothing_proposed"]
    assert rules(oneself) == ["role", "another_person"]
    assert Dossier.of(agreed).received_on == date(2026, 1, 8)
    assert Dossier.of(agreed).intake_no == "12"
    assert (agreed.submitted_by, agreed.proposal) == (OFFICER, None)


def test_what_stands_in_the_register_is_not_taken_back() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "submit", VILLAGE, {"intake_no": "15"})

    answer = world.attempt(ref, "recall", VILLAGE, {"reason": "Nhầm"})

    assert refused(answer) == [Reason("registered", {"so": "15"})]


def test_a_day_of_completeness_lies_between_receipt_and_today() -> None:
    world = World.planned()
    ref = world.dossier_in("submitted")
    world.tick("2026-02-03T09:00")

    def accepted(day: str) -> Decision | Tried:
        return world.attempt(ref, "accept", OFFICER, {"complete_on": day, "original": "seen", "seen": "all"})

    early, late = accepted("2026-01-19"), accepted("2026-02-04")
    unseen = {"complete_on": "2026-02-02"}

    assert (rules(early), rules(late)) == (["complete_day"], ["complete_day"])
    with pytest.raises(InputMistakes):
        world.attempt(ref, "accept", OFFICER, unseen)
    assert Dossier.of(
        world.do(ref, "accept", OFFICER, unseen | {"original": "seen", "seen": "all"})
    ).complete_on == date(2026, 2, 2)
    assert rules(accepted("2026-02-02")) == ["already_complete"]


def test_an_acceptance_with_a_slip_is_taken_back_and_given_anew() -> None:
    world = World.planned()
    ref = world.dossier_in("submitted")
    world.do(ref, "accept", OFFICER)
    world.do(ref, "appraise", OFFICER)

    back = Dossier.of(world.do(ref, "unaccept", OFFICER))
    unconfirmed = world.attempt(ref, "confirm", STANDING_MEMBER)
    world.tick("2026-01-22T09:00")
    again = Dossier.of(
        world.do(ref, "accept", OFFICER, {"complete_on": "2026-01-21", "original": "seen", "seen": "all"})
    )

    assert (back.complete_on, back.full_on) == (None, None)
    assert rules(unconfirmed) == ["not_complete"]
    assert (again.full_on, again.nominees[0].verdict) == (date(2026, 1, 21), "met")


def test_a_number_of_intake_is_corrected_by_the_records_clerks_agreement() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "submit", VILLAGE, {"intake_no": "51"})

    world.do(ref, "propose_correction", OFFICER, {"intake_no": "15", "reason": "Nhập nhầm"})
    item = world.do(ref, "agree_correction", RECORDS_CLERK)

    assert Dossier.of(item).intake_no == "15"


def test_a_complete_dossier_is_returned_no_more() -> None:
    world = World.planned()
    ref = world.dossier_in("submitted")
    world.do(ref, "accept", OFFICER)

    assert rules(world.attempt(ref, "return", OFFICER, DOSSIER_WORDS["return"])) == ["already_complete"]


def test_a_supplement_is_asked_for_once_and_again_with_a_reason() -> None:
    world = World.planned()
    ref = world.dossier_in("returned")
    world.do(ref, "submit", VILLAGE)
    words = {"missing": "Báo cáo thành tích", "until": "2026-01-30"}

    answer = world.attempt(ref, "return", OFFICER, words)

    assert refused(answer) == [Reason("supplement_once")]
    assert world.do(ref, "return", OFFICER, words | {"reason": "Bản trước thiếu trang"}).state == "returned"


def test_a_supplement_that_never_comes_does_not_block_for_ever() -> None:
    world = World.planned()
    ref = world.dossier_in("returned")

    early = world.attempt(ref, "consider_as_is", OFFICER, {"reason": "Không bổ sung"})
    world.tick("2026-01-28T09:00")
    item = world.do(ref, "consider_as_is", OFFICER, {"reason": "Không bổ sung"})

    assert rules(early) == ["supplement_runs"]
    assert (item.state, Dossier.of(item).complete_on) == ("submitted", date(2026, 1, 28))


def test_titles_of_two_levels_are_split() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")

    added = world.attempt(ref, "add", VILLAGE, {**PERSON, "title": "bkt"})
    world.do(ref, "add", VILLAGE, {**PERSON, "title": "ldtt"})
    edited = world.attempt(ref, "edit", VILLAGE, {"nominee": "2", "title": "bkttg"})

    level = Text("Chủ tịch UBND xã", "the commune's chair")
    assert [(reason.rule, reason.operands) for reason in refused(added)] == [("one_level", {"cap": level})]
    assert refused(added)[0].cite is None
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
    world = World.planned(older=True)
    drafted, appraised = world.dossier_in("drafted"), world.dossier_in("appraised")

    assert refused(world.attempt(drafted, "edit", VILLAGE, {"nominee": "7"})) == [
        Reason("unknown_nominee", {"so": "7"})
    ]
    assert refused(world.attempt(drafted, "remove", VILLAGE, {"nominee": "1,7"})) == [
        Reason("unknown_nominee", {"so": "1, 7"})
    ]
    assert rules(world.attempt(appraised, "result", SECRETARY, {"nominee": "2", **COUNTS})) == [
        "unknown_nominee"
    ]


def test_a_removed_line_leaves_its_number_unused() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)

    world.do(ref, "remove", VILLAGE, {"nominee": "2"})
    world.do(ref, "add", VILLAGE, PERSON)

    assert [line.no for line in lines(world, ref)] == [1, 3]


AWAY = "uy-vien-1,uy-vien-2,uy-vien-3,uy-vien-4"
"""Four of the council's nine members."""


@pytest.mark.parametrize(
    ("counts", "rule"),
    [
        ({"for": "9", "against": "1"}, "counts"),
        ({"for": "7", "against": "1"}, "counts"),  # a show of hands counts everybody
        ({"absent": "uy-vien-1", "for": "8", "against": "1"}, "counts"),
        ({"absent": AWAY, "for": "4", "against": "1"}, "quorum"),
        ({"absent": "van-thu"}, "not_members"),
        ({"recused": "thon-1"}, "not_members"),
    ],
)
def test_a_vote_that_cannot_be_true_or_had_no_quorum_is_not_recorded(
    counts: dict[str, str], rule: str
) -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("appraised")

    answer = world.attempt(ref, "result", SECRETARY, {"nominee": "1", **COUNTS, **counts})

    assert rules(answer) == [rule]
    assert [line.votes for line in lines(world, ref)] == [None]


def test_a_refused_quorum_says_how_many_are_needed_and_whence() -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("appraised")
    few = {"nominee": "1", **COUNTS, "absent": AWAY, "for": "5", "against": "0"}

    assert refused(world.attempt(ref, "result", SECRETARY, few)) == [
        Reason("quorum", {"k": 5, "m": 9, "n": 6}, cite=world.setting.rules.quorum_cite)
    ]


@pytest.mark.parametrize(
    ("title", "counts", "result", "votes"),
    [
        ("gk", {"for": "4", "against": "3", "absent": "uy-vien-1,uy-vien-2"}, "pass", Votes(4, 3, 0, 7, 9)),
        ("gk", {"for": "4", "against": "4", "absent": "uy-vien-1"}, "fail", Votes(4, 4, 0, 8, 9)),
        ("gk", {"for": "4", "against": "4", "recused": "uy-vien-1"}, "fail", Votes(4, 4, 0, 8, 8)),
        ("cstdcs", {"for": "8", "against": "0", "absent": "uy-vien-1"}, "pass", Votes(8, 0, 0, 8, 9)),
        ("cstdcs", {"for": "7", "against": "0", "absent": "uy-vien-1"}, "fail", Votes(7, 0, 0, 8, 9)),
        ("cstdcs", {"for": "7", "against": "1", "recused": "uy-vien-1"}, "pass", Votes(7, 1, 0, 8, 8)),
    ],
)
def test_a_result_follows_from_the_counts_and_the_titles_threshold(
    title: str, counts: dict[str, str], result: str, votes: Votes
) -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("appraised", title=title)

    world.do(ref, "result", SECRETARY, {"nominee": "1", **COUNTS, **counts})

    (line,) = lines(world, ref)
    assert (line.result, line.votes) == (result, votes)


def test_a_council_of_nine_with_five_present_passes_nobody_for_four_fifths() -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("appraised", title="cstdcs")

    for most in range(10):
        words = {"nominee": "1", "for": str(most), "against": "0", "invalid": "0", "absent": AWAY}
        assert isinstance(world.attempt(ref, "result", SECRETARY, words), Tried)
    with pytest.raises(InputMistakes):
        world.attempt(ref, "result", SECRETARY, {"nominee": "1", **COUNTS, "total": "6", "present": "5"})


@pytest.mark.parametrize("path", ["appraisal", "simplified"])
def test_a_title_without_a_vote_takes_no_counts(path: str) -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("reviewed", path=path)

    answer = world.attempt(ref, "result", SECRETARY, {"nominee": "1", **COUNTS})

    assert rules(answer) == ["state", "by_council"]
    assert [line.result for line in lines(world, ref)] == ["unvoted"]


def test_the_review_waits_for_every_nominees_result() -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    world.do(ref, "result", SECRETARY, {"nominee": "2", **COUNTS})

    answer = world.attempt(ref, "review", SECRETARY)

    assert refused(answer) == [Reason("vote_missing", {"so": "1, 3", "ref": ref}, who_can=(SECRETARY,))]


def test_a_vote_that_was_begun_without_a_session_is_taken_anew_in_one() -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    world.do(ref, "result", SECRETARY, {"nominee": "2", "for": "2", "against": "7", "invalid": "0"})
    with memory_unit(world.store, now=world.now) as unit:
        shipped = machine("nomination_dossier")
        migrate_item(unit, world.key(ref), shipped, world.case(ADMINISTRATOR), states={}, role=None)
        unit.commit()

    reviewed = world.council(ref)

    assert reviewed.state == "reviewed"
    assert [(line.result, line.outcome) for line in lines(world, ref)] == [("pass", "pending")] * 2


def test_whoever_does_not_meet_the_conditions_comes_to_nothing_without_a_vote() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref, line_1="not_met")
    world.council(ref)

    assert [(line.outcome, line.why) for line in lines(world, ref)] == [
        ("not_awarded", "condition"),
        ("pending", None),
    ]
    world.do("S01", "reopen", CHAIR, {"reason": "Nhập nhầm phiếu"})
    assert [(line.outcome, line.why) for line in lines(world, ref)] == [("pending", None)] * 2


def test_the_appraisal_of_every_line_precedes_its_confirmation() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.do(ref, "submit", VILLAGE)

    early = world.attempt(ref, "appraise", OFFICER, {"nominee": "1", "verdict": "met"})
    world.do(ref, "accept", OFFICER)
    world.do(ref, "appraise", OFFICER, {"nominee": "1", "verdict": "met"})
    unexplained = world.attempt(ref, "appraise", OFFICER, {"nominee": "2", "verdict": "exception"})
    answer = world.attempt(ref, "confirm", STANDING_MEMBER)

    assert rules(early) == ["not_complete"]
    assert rules(unexplained) == ["exception_explained"]
    assert refused(answer) == [Reason("not_appraised_line", {"so": "2"}, who_can=(OFFICER,))]


def test_what_is_not_known_at_the_meeting_is_known_at_the_decision() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.appraised(ref, line_1="no_info")
    world.council(ref)
    world.do(ref, "approve", CHAIR)

    early = world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"])
    world.do(ref, "appraise", OFFICER, {"nominee": "1", "verdict": "met"})

    assert rules(early) == ["rating_unknown"]
    assert world.do(ref, "award", OFFICER).state == "awarded"


@pytest.mark.parametrize("path", ["appraisal", "simplified"])
def test_where_nobody_votes_the_appraisal_knows_or_does_not_end(path: str) -> None:
    world = World.planned()
    ref = world.dossier_in("submitted", path=path)
    world.do(ref, "accept", OFFICER)
    world.do(ref, "appraise", OFFICER, {"nominee": "1", "verdict": "no_info"})

    answer = world.attempt(ref, "confirm", STANDING_MEMBER, world.words(ref, "confirm"))

    assert rules(answer) == ["line_unknown"]


@pytest.mark.parametrize(
    ("posted", "rule"),
    [
        (("2026-01-05", "2026-01-14"), "posted_too_short"),
        (("2026-01-09", "2026-01-19"), "posted_too_late"),
    ],
)
def test_a_village_posts_its_list_ten_days_before_it_writes(posted: tuple[str, str], rule: str) -> None:
    world = World.planned()
    ref = world.dossier_in("submitted", path="appraisal")
    since, until = posted

    answer = world.attempt(
        ref,
        "accept",
        OFFICER,
        {
            "complete_on": "2026-01-20",
            "original": "seen",
            "seen": "all",
            "posted_from": since,
            "posted_until": until,
        },
    )

    assert rules(answer) == [rule]


def published(world: World) -> str:
    """A village that the council has reviewed."""
    ref = world.opened(title="tvh")
    world.do(ref, "add", VILLAGE, {"kind": "collective", "name": "Thôn mẫu số 1"})
    world.appraised(ref)
    world.council(ref)
    return ref


def test_a_village_is_published_ten_days_after_the_council_and_then_approved() -> None:
    world = World.planned()
    ref = published(world)
    assert world.item(ref).owners == (OFFICER,)
    assert Dossier.of(world.item(ref)).full_on is None

    unpublished = world.attempt(ref, "approve", CHAIR, DOSSIER_WORDS["approve"])
    world.do(ref, "publish", OFFICER, {"from": "2026-01-20", "place": "Nhà văn hóa"})
    world.tick("2026-01-30T09:00")
    early = world.attempt(ref, "publish_end", OFFICER, {"remarks": "0"})
    running = world.attempt(ref, "approve", CHAIR, DOSSIER_WORDS["approve"])
    world.tick("2026-01-31T09:00")
    unanswered = world.attempt(ref, "publish_end", OFFICER, {"remarks": "1"})
    ended = world.do(ref, "publish_end", OFFICER, {"remarks": "1", "reason": "Đã giải thích"})

    assert rules(unpublished) == ["not_published"]
    assert (rules(early), rules(running)) == (["publication_runs"], ["publication_runs"])
    assert rules(unanswered) == ["remarks_answered"]
    assert (Dossier.of(ended).full_on, ended.owners) == (date(2026, 1, 31), (CHAIR,))
    assert world.do(ref, "approve", CHAIR).state == "approved"


def test_a_publication_with_a_slip_is_recorded_anew_until_it_ends() -> None:
    world = World.planned()
    ref = published(world)
    first = world.do(ref, "publish", OFFICER, {"from": "2026-01-10", "place": "Nhà văn hóa"})
    second = world.do(ref, "publish", OFFICER, {"from": "2026-01-20", "place": "Nhà văn hóa"})
    world.tick("2026-02-02T09:00")
    world.do(ref, "publish_end", OFFICER)

    again = [
        world.attempt(ref, event, OFFICER, world.words(ref, event)) for event in ("publish", "publish_end")
    ]

    assert Dossier.of(first).published_until == date(2026, 1, 20)
    assert Dossier.of(second).published_until == date(2026, 1, 30)
    assert [rules(answer) for answer in again] == [["publication_ended"], ["publication_ended"]]


def test_only_a_village_is_published_here() -> None:
    world = World.planned()

    answer = world.attempt(
        world.dossier_in("reviewed"), "publish", OFFICER, {"from": "2026-01-20", "place": "Bảng tin"}
    )

    assert rules(answer) == ["published_here"]


def test_a_line_under_verification_is_in_no_vote_and_no_decision() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    world.do(ref, "hold", OFFICER, {"nominee": "2", "source": "Đơn thư"})

    world.council(ref)
    world.do(ref, "approve", CHAIR)
    item = world.do(ref, "award", OFFICER)

    assert [line.outcome for line in lines(world, ref)] == ["awarded_here", "postponed"]
    assert item.state == "approved", "a line held over never lets it be closed"
    ended = world.do(ref, "release", OFFICER, {"nominee": "2", "finding": "confirmed", "reason": "Vi phạm"})
    assert (ended.state, ended.closed_on) == ("awarded", date(2026, 1, 20))
    assert [line.why for line in lines(world, ref)] == [None, "condition"]


def test_an_approved_dossier_of_which_nothing_is_left_ends_without_an_award() -> None:
    world = World.planned()
    ref = world.dossier_in("approved")
    world.do(ref, "hold", OFFICER, {"nominee": "1", "source": "Đơn thư"})

    ended = world.do(ref, "release", OFFICER, {"nominee": "1", "finding": "confirmed", "reason": "Vi phạm"})

    assert (ended.state, ended.closed_on) == ("rejected", date(2026, 1, 20))
    assert world.store.notices[-1].draft.kind == "not_awarded"


def test_what_was_cleared_after_the_others_approval_is_approved_too() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    world.council(ref)
    world.do(ref, "hold", STANDING_MEMBER, {"nominee": "2", "source": "Đơn thư"})
    world.do(ref, "approve", CHAIR)

    cleared = world.do(ref, "release", OFFICER, {"nominee": "2", "finding": "cleared", "reason": "Không có"})
    approved = world.do(ref, "approve", CHAIR)

    assert (cleared.state, cleared.owners) == ("approved", (CHAIR,))
    assert (approved.state, approved.owners) == ("approved", (OFFICER,))
    assert world.do(ref, "award", OFFICER).state == "awarded"


def test_a_body_withdraws_a_line_by_a_paper_and_not_the_last_one() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)

    world.do(ref, "withdraw_line", VILLAGE)
    again = world.attempt(ref, "withdraw_line", VILLAGE, DOSSIER_WORDS["withdraw_line"])
    last = world.attempt(ref, "withdraw_line", VILLAGE, DOSSIER_WORDS["withdraw_line"] | {"nominee": "2"})

    assert [line.outcome for line in lines(world, ref)] == ["withdrawn", "pending"]
    assert rules(again) == ["line_final"]
    assert rules(last) == ["some_line_stays"]


def test_silence_is_no_consent() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted", title="bkt")
    world.appraised(ref)
    world.do(ref, "ask_opinion", OFFICER)
    world.council(ref)
    world.do(ref, "approve", CHAIR)

    silent = world.attempt(ref, "forward", OFFICER, DOSSIER_WORDS["forward"])

    assert rules(silent) == ["opinion_awaited"]
    assert (
        world.do(ref, "forward", OFFICER, DOSSIER_WORDS["forward"] | {"reason": "Hết"}).state == "forwarded"
    )


def failed(world: World) -> str:
    """A reviewed dossier whose nominees all failed."""
    ref = world.dossier_in("drafted", title="cstdcs")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    world.council(ref, {1: {"for": "5", "against": "4"}, 2: {"for": "7", "against": "2"}})
    return ref


def test_where_every_nominee_failed_rejecting_is_the_only_way_out() -> None:
    world = World.planned()
    ref = failed(world)
    statute = world.setting.rules.vote_cite

    answer = world.attempt(ref, "approve", CHAIR, DOSSIER_WORDS["approve"])

    assert refused(answer) == [Reason("threshold", {"k": 7, "m": 9, "n": 8}, cite=statute, who_can=(CHAIR,))]
    left = [
        event
        for event in ("submit", "return", "confirm", "approve", "award", "forward")
        for account in (CHAIR, VICE_CHAIR, SECRETARY, OFFICER, VILLAGE)
        if isinstance(world.attempt(ref, event, account, complete(event)), Decision)
    ]
    assert left == []
    assert world.do(ref, "reject", CHAIR).state == "rejected"
    assert [(line.outcome, line.why) for line in lines(world, ref)] == [("not_awarded", "vote")] * 2


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
    world.council(ref)
    chair = world.setting.office.account(CHAIR)

    answer = world.attempt(ref, "approve", CHAIR, DOSSIER_WORDS["approve"])

    assert chair is not None
    assert world.item(ref).owners == (VICE_CHAIR,)
    assert [(reason.rule, reason.who_can) for reason in refused(answer)] == [
        ("role", (VICE_CHAIR,)),
        ("own_line", (VICE_CHAIR,)),
    ]
    assert refused(answer)[1].operands == {"chuc_vu": chair.label, "so": "1"}
    assert world.do(ref, "approve", VICE_CHAIR).state == "approved"


def test_the_position_may_stand_beside_its_unit() -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position="Chủ tịch", unit="UBND xã Điềm He")

    assert [line.account for line in lines(world, ref)] == [CHAIR]


@pytest.mark.parametrize("position", ["Phó Trưởng thôn", "Phó Chủ tịch Hội ND", "Chủ tịch Hội đồng trường"])
def test_another_position_names_no_account_of_the_council(position: str) -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position=position)

    assert [line.account for line in lines(world, ref)] == [None]


def test_the_chair_neither_rejects_nor_signs_nor_annuls_the_own_award() -> None:
    world = World.planned()
    ref = with_nominee(world, title="gk", position="Chủ tịch UBND xã")
    rejected = world.attempt(ref, "reject", CHAIR, {"reason": "Không đạt"})
    world.council(ref)
    world.do(ref, "approve", VICE_CHAIR)
    named = DOSSIER_WORDS["award"] | {"nominee": "1"}
    signed = world.attempt(ref, "award", OFFICER, named)
    world.do(ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"signer": VICE_CHAIR})

    annulled = world.attempt(ref, "revoke", CHAIR, DOSSIER_WORDS["revoke"])

    assert rules(rejected) == ["role", "conflict"]
    assert [(reason.rule, reason.who_can) for reason in refused(signed)] == [
        ("split_decision", (VICE_CHAIR,))
    ]
    assert rules(annulled) == ["role", "conflict", "annulled_on_decision"]
    assert world.annulled(ref).state == "revoked"


def test_a_list_with_chair_and_vice_chair_comes_to_its_end() -> None:
    """Each approves and signs the other's line, one of them the rest; the dossier ends with the last line."""
    world = World.planned()
    ref = world.opened()
    world.do(ref, "add", VILLAGE, {**PERSON, "position": "Chủ tịch UBND xã"})
    world.do(ref, "add", VILLAGE, {**PERSON, "position": "Phó Chủ tịch UBND xã"})
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    world.council(ref)

    first = world.attempt(ref, "approve", CHAIR, DOSSIER_WORDS["approve"])
    waiting = world.item(ref)
    again = world.attempt(ref, "approve", CHAIR, DOSSIER_WORDS["approve"])
    world.do(ref, "approve", VICE_CHAIR)
    approvers = [line.approved for line in lines(world, ref)]
    by_chair = world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"])
    after = world.item(ref)
    done = world.do(
        ref,
        "award",
        OFFICER,
        DOSSIER_WORDS["award"] | {"decision_number": "113/QĐ-UBND", "signer": VICE_CHAIR},
    )

    assert isinstance(first, Decision)
    (left,) = first.warnings
    assert (left.rule, left.operands["so"], left.who_can) == ("lines_left", "1", (VICE_CHAIR,))
    assert left.operands["nguoi"] == Text("Phó Chủ tịch UBND xã, Phó Chủ tịch Hội đồng", "Vice chair")
    assert (waiting.state, waiting.owners) == ("reviewed", (VICE_CHAIR,))
    assert rules(again) == ["role", "own_line"]
    assert approvers == [VICE_CHAIR, CHAIR, CHAIR]
    assert isinstance(by_chair, Decision)
    assert [line.outcome for line in Dossier.of(after).nominees] == [
        "pending",
        "awarded_here",
        "awarded_here",
    ]
    assert (after.state, after.closed_on) == ("approved", None)
    assert done.state == "awarded"


def test_a_nominee_of_the_council_leaves_the_denominator_of_the_own_line() -> None:
    world = World.planned(older=True)
    ref = with_nominee(world, title="gk", position="Ủy viên thường trực Hội đồng")

    nine = world.attempt(ref, "result", SECRETARY, {"nominee": "1", **COUNTS})
    world.do(ref, "result", SECRETARY, {"nominee": "1", **OF_EIGHT})

    assert rules(nine) == ["counts"]
    assert [(line.result, line.votes) for line in lines(world, ref)] == [("pass", Votes(7, 1, 0, 8, 8))]


def test_the_secretary_records_no_vote_on_the_own_line() -> None:
    world = World.planned(older=True)
    ref = with_nominee(world, title="gk", position="Thư ký Hội đồng")

    own = world.attempt(ref, "result", SECRETARY, {"nominee": "1", **OF_EIGHT})
    world.do(ref, "result", STANDING_MEMBER, {"nominee": "1", **OF_EIGHT})

    assert [(reason.rule, reason.who_can) for reason in refused(own)] == [("own_line", (STANDING_MEMBER,))]
    assert [line.result for line in lines(world, ref)] == ["pass"]


@pytest.mark.parametrize("path", ["council", "appraisal"])
def test_a_head_who_is_nominated_does_not_confirm(path: str) -> None:
    world = World.planned()
    title, kind = ("gk", "person") if path == "council" else ("gdvh", "household")
    ref = world.opened(title=title)
    world.do(ref, "add", VILLAGE, {"kind": kind, "name": "B", "position": "Ủy viên thường trực Hội đồng"})
    world.do(ref, "submit", VILLAGE)
    world.do(ref, "accept", OFFICER)
    item = world.do(ref, "appraise", OFFICER)

    answer = world.attempt(ref, "confirm", STANDING_MEMBER)

    assert item.owners == (VICE_CHAIR,)
    assert [(reason.rule, reason.who_can) for reason in refused(answer)] == [
        ("role", (VICE_CHAIR,)),
        ("conflict", (VICE_CHAIR,)),
    ]
    assert world.do(ref, "confirm", VICE_CHAIR).state == ("appraised" if path == "council" else "reviewed")


def test_the_divisions_own_dossier_is_confirmed_by_whoever_is_over_its_head() -> None:
    world = World.planned()
    ref = world.opened(body="van_hoa_xa_hoi")
    world.do(ref, "add", OFFICER, PERSON)
    world.do(ref, "submit", OFFICER)
    world.do(ref, "accept", OFFICER)
    world.do(ref, "appraise", OFFICER)

    assert rules(world.attempt(ref, "confirm", STANDING_MEMBER)) == ["role", "own_body"]
    assert world.do(ref, "confirm", VICE_CHAIR).state == "appraised"


# Awards


def test_titles_above_the_commune_leave_by_forward_alone() -> None:
    world = World.planned()
    own, higher = world.dossier_in("approved"), world.dossier_in("approved", title="bkt")
    province = Text("Chủ tịch UBND tỉnh", "the province's chair")

    awarded = world.attempt(higher, "award", OFFICER, DOSSIER_WORDS["award"])
    forwarded = world.attempt(own, "forward", OFFICER, DOSSIER_WORDS["forward"])

    assert refused(awarded) == [Reason("authority", {"cap": province})]
    assert refused(forwarded) == [Reason("higher_level")]
    assert world.do(higher, "forward", VICE_CHAIR).state == "forwarded"


def approved_pair(world: World, *, title: str = "gk") -> str:
    """An approved dossier of three lines, of which the second failed."""
    ref = world.opened(title=title)
    for _ in range(3):
        world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    world.council(ref, {2: {"for": "2", "against": "7"}})
    world.do(ref, "approve", CHAIR)
    return ref


def test_each_nominee_is_awarded_here_or_not() -> None:
    world = World.planned()
    ref = approved_pair(world)

    nobody = world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"not_awarded": "1,3"})
    world.do(ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"not_awarded": "3"})

    assert rules(nobody) == ["nobody_awarded"]
    assert [line.outcome for line in lines(world, ref)] == ["awarded_here", "not_awarded", "not_awarded"]
    world.annulled(ref)
    assert [line.outcome for line in lines(world, ref)] == ["revoked", "not_awarded", "not_awarded"]


def test_an_award_names_approved_lines_only() -> None:
    world = World.planned()
    ref = approved_pair(world)

    answer = world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"nominee": "1,2"})

    cite = world.setting.rules.vote_cite
    assert refused(answer) == [Reason("line_failed", {"so": "2", "k": 2, "m": 9, "n": 5}, cite=cite)]


def test_the_superior_answers_in_several_papers_and_only_about_what_was_sent() -> None:
    world = World.planned()
    ref = approved_pair(world, title="bkt")
    world.do(ref, "forward", OFFICER)
    words = DOSSIER_WORDS["record_result"]

    wrong = world.attempt(ref, "record_result", OFFICER, words | {"awarded": "1,2,9"})
    both = world.attempt(ref, "record_result", OFFICER, words | {"awarded": "1", "not_awarded": "1"})
    nothing = world.attempt(
        ref, "record_result", OFFICER, {name: word for name, word in words.items() if name != "awarded"}
    )
    first = world.do(ref, "record_result", OFFICER, words | {"awarded": "3", "form": "gk"})
    last = world.do(
        ref,
        "record_result",
        OFFICER,
        {
            "authority": "Chủ tịch UBND tỉnh",
            "paper_number": "311/TB-UBND",
            "paper_date": "2026-01-20",
            "not_awarded": "1",
            "reason": "Chưa đủ điều kiện",
        },
    )

    assert refused(wrong) == [Reason("awarded_not_sent", {"so": "2, 9"})]
    assert (rules(both), rules(nothing)) == (["both_answers"], ["nobody_answered"])
    assert (first.state, last.state) == ("forwarded", "decided")
    assert [(line.outcome, line.granted) for line in lines(world, ref)] == [
        ("not_awarded_higher", None),
        ("not_awarded", None),
        ("awarded_higher", "gk"),
    ]


def test_the_superior_asks_for_a_supplement_and_gets_it() -> None:
    world = World.planned()
    ref = world.dossier_in("forwarded")

    early = world.attempt(ref, "supplied", OFFICER, DOSSIER_WORDS["supplied"])
    asked = world.do(ref, "superior_returned", OFFICER)
    sent = world.do(ref, "supplied", OFFICER)

    assert rules(early) == ["superior_asked_nothing"]
    assert Dossier.of(asked).superior_until == date(2026, 2, 5)
    assert Dossier.of(sent).superior_until is None


def test_what_is_sent_back_is_appraised_anew_by_the_officer() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    item = world.do(ref, "send_back", SECRETARY)
    world.do(ref, "appraise", OFFICER, {"nominee": "2", "verdict": "not_met"})

    assert item.owners == (OFFICER,)
    assert [(line.verdict, line.proposal) for line in lines(world, ref)] == [
        (None, None),
        ("not_met", "no"),
    ]


def test_a_village_that_is_opened_again_is_published_anew() -> None:
    world = World.planned()
    ref = published(world)
    world.do(ref, "publish", OFFICER, {"from": "2026-01-20", "place": "Nhà văn hóa"})
    world.tick("2026-02-02T09:00")
    world.do(ref, "publish_end", OFFICER)

    world.do("S01", "reopen", CHAIR, {"reason": "Nhập nhầm phiếu"})

    dossier = Dossier.of(world.item(ref))
    assert (dossier.published_until, dossier.full_on) == (None, None)


@pytest.mark.parametrize(
    ("state", "change", "rule"),
    [
        ("submitted", {}, "not_appraised_line"),
        ("appraised", {}, "missing_result"),
        ("reviewed", {}, "line_not_approved"),
        ("reviewed", {"held": True}, "line_held"),
        ("reviewed", {"result": "fail"}, "line_failed"),
        ("reviewed", {"outcome": "not_awarded", "why": "condition"}, "line_not_met"),
        ("awarded", {}, "line_final"),
    ],
)
def test_what_stops_a_line_is_told_of_the_line(state: str, change: dict[str, Any], rule: str) -> None:
    world = World.planned()
    ref = world.dossier_in(state)
    item = world.item(ref)
    changed = tuple(line._replace(**change) for line in lines(world, ref))
    facts = Facts(item._replace(details=replace(Dossier.of(item), nominees=changed)))
    runnable = machine("nomination_dossier")

    found = explain(runnable, "award", facts=facts, case=world.case(OFFICER), line=1)

    reasons = {reason.rule: reason for reason in found.reasons}
    assert rule in reasons
    assert reasons[rule].operands["so"] == "1"
    assert (rule in ("line_failed", "line_not_met")) == (reasons[rule].cite is not None)


def test_a_line_with_the_name_of_who_holds_a_position_today_is_asked_about() -> None:
    world = World.planned()
    named = (
        Holder(1, CHAIR, date(2025, 7, 1), date(2026, 1, 10), "Nguyễn Văn Cũ"),
        Holder(2, CHAIR, date(2026, 1, 11), None, "Trần Thị Hoà"),
    )
    world.store = replace(world.store, holders=named)
    ref = world.opened()

    answers = [
        world.attempt(ref, "add", VILLAGE, {"kind": kind, "name": name}, confirmed=False)
        for kind, name in (
            ("person", "Trần Thị Hòa"),
            ("person", "Trần Thị Hoá"),
            ("person", "Nguyễn Văn Cũ"),
            ("household", "Trần Thị Hòa"),
        )
    ]

    (asked,) = refused(answers[0])
    assert (asked.rule, asked.operands["tai_khoan"]) == ("link_proposed", CHAIR)
    assert all(isinstance(answer, Decision) for answer in answers[1:])
