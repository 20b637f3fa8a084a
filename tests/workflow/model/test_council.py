"""Who sits in the council on a day, and its arithmetic in whole numbers (rules.md §4)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import CHAIR, MEMBER, OFFICER, SECRETARY, VICE_CHAIR
from tests.workflow.shipped import office, rules
from workflow.model.council import base_of, council_on, counts_mistake, least_votes, passes, quorum_of
from workflow.model.definition import Vote
from workflow.model.dossiers import Votes
from workflow.model.office import Membership, Seat

MAJORITY = Vote("present", 50, strict=True, secret=False)
FOUR_FIFTHS = Vote("total", 80, strict=False, secret=True)

members = st.integers(1, 60)
percents = st.integers(1, 100)
votes = st.builds(Votes, *(st.integers(0, 60) for _ in range(5)))
a_vote = st.builds(
    Vote, st.sampled_from(["total", "present"]), percents, strict=st.booleans(), secret=st.booleans()
)


MAY = date(2026, 5, 1)
SEATS = (
    Seat(SECRETARY),
    Seat(VICE_CHAIR, until=date(2026, 4, 30)),
    Seat(MEMBER, since=MAY),
    Seat(CHAIR, since=date(2026, 4, 1), until=date(2026, 12, 31)),
    Seat(OFFICER),
)
"""The officer is no council member, whatever the seat says."""


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2026, 3, 31), (VICE_CHAIR, SECRETARY)),
        (date(2026, 4, 30), (CHAIR, VICE_CHAIR, SECRETARY)),
        (MAY, (CHAIR, SECRETARY, MEMBER)),
        (date(2026, 12, 31), (CHAIR, SECRETARY, MEMBER)),
        (date(2027, 1, 1), (SECRETARY, MEMBER)),
    ],
)
def test_the_members_of_a_day_are_those_whose_seats_cover_it(day: date, members: tuple[str, ...]) -> None:
    seated = office()._replace(membership=Membership(members=SEATS))

    assert council_on(seated, day) == members


def test_without_seats_all_who_have_the_role_are_members_always() -> None:
    unbounded = office()._replace(membership=Membership())

    assert council_on(unbounded, date(2020, 1, 1)) == office().holding("council_member")


@pytest.mark.parametrize(
    ("council", "least"), [(1, 1), (2, 2), (3, 2), (7, 5), (8, 6), (9, 6), (10, 7), (11, 8), (13, 9)]
)
def test_the_quorum_is_two_thirds_rounded_up(council: int, least: int) -> None:
    assert quorum_of(council, rules().quorum) == least


@given(members)
def test_the_quorum_is_the_exact_fraction_rounded_up(n: int) -> None:
    assert quorum_of(n, (2, 3)) == ceil(Fraction(2 * n, 3))


@pytest.mark.parametrize(
    ("present", "for_", "passed"), [(9, 5, True), (9, 4, False), (8, 4, False), (8, 5, True), (1, 1, True)]
)
def test_more_than_half_of_those_present_pass_and_a_tie_does_not(
    present: int, for_: int, passed: bool
) -> None:
    assert passes(Votes(for_, 0, 0, present, 9), MAJORITY) == passed


@pytest.mark.parametrize(
    ("total", "for_", "passed"), [(9, 8, True), (9, 7, False), (10, 8, True), (5, 4, True), (7, 5, False)]
)
def test_four_fifths_of_all_members_pass(total: int, for_: int, passed: bool) -> None:
    assert passes(Votes(for_, 0, 0, for_, total), FOUR_FIFTHS) == passed


@given(votes, a_vote)
def test_passing_is_reaching_the_least_number_of_votes(counts: Votes, vote: Vote) -> None:
    assert passes(counts, vote) == (counts.for_ >= least_votes(counts, vote))


@given(votes, a_vote)
def test_the_share_is_compared_exactly(counts: Votes, vote: Vote) -> None:
    share, asked = Fraction(counts.for_), Fraction(vote.percent, 100) * base_of(counts, vote)

    assert passes(counts, vote) == (share > asked if vote.strict else share >= asked)


@given(votes, a_vote)
def test_one_more_vote_in_favour_never_turns_a_pass_into_a_fail(counts: Votes, vote: Vote) -> None:
    more = Votes(counts.for_ + 1, counts.against, counts.invalid, counts.present, counts.total)

    assert passes(more, vote) or not passes(counts, vote)


@given(votes, members)
def test_counts_are_true_when_nobody_votes_twice_and_no_stranger_votes(counts: Votes, council: int) -> None:
    cast = counts.for_ + counts.against + counts.invalid

    fits = cast <= counts.present <= counts.total <= council and counts.total > 0

    assert (counts_mistake(counts, members=council) is None) == fits


def test_a_mistake_in_counts_is_said_in_both_languages() -> None:
    said = [
        counts_mistake(Votes(*counts), members=9)
        for counts in ((-1, 0, 0, 9, 9), (0, 0, 0, 0, 0), (1, 0, 0, 9, 8), (9, 1, 0, 9, 9), (9, 0, 0, 9, 10))
    ]

    assert [text.en for text in said if text] == [
        "a count cannot be negative",
        "the council has no members",
        "9 present of 8 in total",
        "10 votes of 9 present",
        "the council has 9 members, not 10",
    ]
    assert [text.vi for text in said if text] == [
        "số phiếu không thể âm",
        "tổng số thành viên bằng 0",
        "có mặt 9 nhiều hơn tổng số 8",
        "10 phiếu nhiều hơn 9 người có mặt",
        "Hội đồng chỉ có 9 thành viên, không phải 10",
    ]


def test_a_total_that_counts_the_nominee_is_told_why_it_is_too_large() -> None:
    mistake = counts_mistake(Votes(9, 0, 0, 9, 9), members=8, nominated=1)

    assert mistake is not None
    assert mistake.en == (
        "of the council's 9 members 1 is named in this line and does not vote, so the total is 8, not 9"
    )
    assert counts_mistake(Votes(8, 0, 0, 8, 8), members=8, nominated=1) is None
