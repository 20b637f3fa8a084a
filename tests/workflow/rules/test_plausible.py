"""What is doubtful is asked, what cannot be is refused, and what was confirmed stands in the entry."""

from __future__ import annotations

import pytest

from tests.people import ACCOUNTANT, CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR
from tests.workflow.world import World, rules_of
from workflow.model.decision import Decision
from workflow.services.advance import Tried

REPORT = {"paper_number": "05/BC-UBND", "paper_date": "2026-01-15"}
AWARD = {"decision_number": "112/QĐ-UBND", "decision_date": "2026-01-20", "signer": CHAIR} | {
    "funds_by": ACCOUNTANT
}


def asked(
    world: World, ref: str, event: str, account: str, words: dict[str, str]
) -> list[tuple[str, dict[str, str]]]:
    """The doubts of an event that nobody confirmed, with their operands in English; nothing else stops it."""
    answer = world.attempt(ref, event, account, words, confirmed=False)
    if isinstance(answer, Decision):
        return []
    assert answer.refused.asked, answer
    return [
        (reason.rule, {name: getattr(value, "en", str(value)) for name, value in reason.operands.items()})
        for reason in answer.refused.reasons
    ]


def refused(world: World, ref: str, event: str, account: str, words: dict[str, str]) -> list[str]:
    answer = world.attempt(ref, event, account, words)
    assert isinstance(answer, Tried)
    assert not answer.refused.asked
    return [reason.rule for reason in answer.refused.reasons]


def test_what_is_plausible_is_not_asked() -> None:
    world = World.planned()
    ref = world.task_in("approved", 1)

    assert asked(world, ref, "complete", OFFICER, REPORT) == []


def test_a_paper_before_its_quarter_is_asked_about_and_one_of_the_future_refused() -> None:
    world = World.planned()
    ref = world.task_in("approved", 1)

    before = asked(world, ref, "complete", OFFICER, {**REPORT, "paper_date": "2025-12-31"})
    after = refused(world, ref, "complete", OFFICER, {**REPORT, "paper_date": "2026-01-21"})

    assert before == [("before_period", {"truong": "Paper date", "ngay": "2025-12-31", "tu": "2026-01-01"})]
    assert after == ["date_not_in_future"]
    assert world.item(ref).state == "approved"


def test_a_question_is_no_attempt_and_what_was_confirmed_stands_in_the_entry() -> None:
    world = World.planned()
    ref, entries = world.task_in("approved", 1), len(world.store.entries)
    words = {"paper_number": "5/BC-UBND", "paper_date": "2025-12-31"}

    questions = asked(world, ref, "complete", OFFICER, words)
    assert len(world.store.entries) == entries
    answer = world.attempt(ref, "complete", OFFICER, words, confirmed=True)

    assert isinstance(answer, Decision)
    assert [rule for rule, _operands in questions] == ["before_period", "number_spelled"]
    assert [reason.rule for reason in answer.confirmed] == ["before_period", "number_spelled"]
    assert (answer.entry.rules, answer.entry.refused) == (("before_period", "number_spelled"), False)
    assert answer.entry.inputs["paper_number"] == "5/BC-UBND"


def test_what_is_refused_is_refused_however_it_is_meant() -> None:
    world = World.planned()
    ref = world.task_in("approved", 1)

    rules = refused(world, ref, "complete", OFFICER, {"paper_number": "5/BC", "paper_date": "2027-01-01"})

    assert rules == ["date_not_in_future"]


@pytest.mark.parametrize(
    ("number", "day", "questions"),
    [
        ("05/BC-UBND", "2026-01-15", []),
        ("05/BC-UBND", "2026-01-16", ["number_used"]),
        ("5/bc-ubnd", "2026-01-16", ["number_spelled", "number_used"]),
        ("06/BC-UBND", "2026-01-16", []),
        ("05/KH-UBND", "2026-01-16", []),
        ("05/BC-UBND", "2025-12-30", ["before_period"]),
    ],
)
def test_a_number_is_one_paper_of_one_day_within_its_year(
    number: str, day: str, questions: list[str]
) -> None:
    world = World.planned()
    first, second = world.task_in("approved", 1), world.task_in("approved", 3)
    world.do(first, "complete", OFFICER, REPORT)

    found = asked(world, second, "complete", OFFICER, {"paper_number": number, "paper_date": day})

    assert [rule for rule, _operands in found] == questions
    if "number_used" in questions:
        assert found[-1][1] == {"so": "05/BC-UBND", "ref": first, "ngay": "2026-01-15"}


def test_one_decision_is_of_many_dossiers_and_has_one_signer() -> None:
    world = World.planned()
    first, second = world.dossier_in("approved"), world.dossier_in("approved")
    world.do(first, "award", OFFICER, AWARD)

    same = asked(world, second, "award", OFFICER, AWARD)
    world = World.planned()
    first, second = world.dossier_in("approved"), world.dossier_in("approved")
    world.do(first, "award", OFFICER, AWARD)
    other = world.attempt(second, "award", OFFICER, {**AWARD, "signer": VICE_CHAIR})

    assert same == []
    assert rules_of(other) == ["number_taken"]


def test_a_superiors_numbers_are_another_series() -> None:
    world = World.planned()
    first = world.dossier_in("approved")
    world.do(first, "award", OFFICER, {**AWARD, "decision_number": "300/QĐ-UBND"})
    second = world.dossier_in("forwarded")

    said = asked(world, second, "record_result", OFFICER, world.words(second, "record_result"))

    assert said == []


def test_a_decision_before_the_receipt_or_on_a_day_off_is_asked_about() -> None:
    world = World.planned()
    ref = world.dossier_in("approved")

    world.tick("2026-01-26T09:00")
    early = asked(world, ref, "award", OFFICER, {**AWARD, "decision_date": "2026-01-19"})
    sunday = asked(world, ref, "award", OFFICER, {**AWARD, "decision_date": "2026-01-25"})

    assert [rule for rule, _operands in early] == ["before_receipt", "before_done", "before_done"]
    assert sunday == [("day_off", {"truong": "Decision date", "ngay": "2026-01-25"})]


def test_a_decision_before_its_vote_or_approval_is_asked_about() -> None:
    world = World.planned()
    ref = world.dossier_in("appraised")
    world.tick("2026-01-22T09:00")
    world.council(ref)
    world.tick("2026-01-23T09:00")
    world.do(ref, "approve", CHAIR, {"paper_number": "05/TTr-HĐTĐKT", "paper_date": "2026-01-23"})

    before_both = asked(world, ref, "award", OFFICER, {**AWARD, "decision_date": "2026-01-21"})
    between = asked(world, ref, "award", OFFICER, {**AWARD, "decision_date": "2026-01-22"})
    after = asked(world, ref, "award", OFFICER, {**AWARD, "decision_date": "2026-01-23"})

    assert [(rule, told["tu"]) for rule, told in before_both] == [
        ("before_done", "2026-01-22"),
        ("before_done", "2026-01-23"),
    ]
    assert [told["tu"] for _rule, told in between] == ["2026-01-23"]
    assert after == []


@pytest.mark.parametrize(
    ("event", "account", "name", "rest"),
    [
        ("set_deadline", OFFICER, "date", {"source": "Công văn 12"}),
        ("extend", CHAIR, "until", {"reason": "Chờ số liệu"}),
        ("propose_extension", OFFICER, "until", {"reason": "Chờ số liệu"}),
    ],
)
def test_a_due_date_stays_in_the_plans_year_and_the_next_and_far_from_its_quarter_is_asked(
    event: str, account: str, name: str, rest: dict[str, str]
) -> None:
    world = World.planned()

    def of(day: str) -> dict[str, str]:
        return {name: day, **rest}

    assert refused(world, "T01", event, account, of("2062-03-31")) == ["due_in_reach"]
    assert refused(world, "T01", event, account, of("2028-01-01")) == ["due_in_reach"]
    assert asked(world, "T01", event, account, of("2026-07-01")) == [
        ("far_from_quarter", {"ngay": "2026-07-01", "quy": "I", "n": "2026"})
    ]
    assert asked(world, "T01", event, account, of("2026-06-30")) == []


def test_adopting_asks_the_same() -> None:
    world = World.planned()

    found = asked(world, "T01", "adopt", STANDING_MEMBER, {"date": "2025-12-31", "paper": "1/BC-UBND"})

    assert [rule for rule, _operands in found] == ["number_spelled"]
