"""Who stands in for whom: half-open days, chains, rounds, overlaps; who gets what is meant for another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import ADMINISTRATOR, AUDITOR, CHAIR, SECRETARY, STANDING_MEMBER, VICE_CHAIR
from workflow.engine.substituting import (
    NoDays,
    OwnSubstitute,
    PastSubstitution,
    first_round,
    has_business,
    insist_on_days,
    objections,
)
from workflow.model.context import Setting
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.substitution import Addressee, Substitution, addressees, chain, stand_in_of, stood_in_for

FIRST = date(2026, 3, 2)
PEOPLE = ("a", "b", "c", "d")
SPAN = 8
"""Days over which arbitrary substitutions lie."""


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def order(absent: str, stand_in: str, first: int, until: int, *, number: int = 1) -> Substitution:
    return Substitution(number, absent, stand_in, day(first), day(until))


@st.composite
def orders(draw: st.DrawFn) -> Substitution:
    absent, stand_in = draw(st.permutations(PEOPLE))[:2]
    first = draw(st.integers(0, SPAN - 1))
    until = draw(st.integers(first + 1, SPAN))
    ended = draw(st.none() | st.integers(0, SPAN).map(day))
    return Substitution(0, absent, stand_in, day(first), day(until), ended)


def allowed(new: Substitution, standing: tuple[Substitution, ...]) -> bool:
    """What the rules say, without words."""
    overlaps = any(each.absent == new.absent and each.meets(new) for each in standing)
    return not overlaps and not first_round(new, standing)


@st.composite
def offices(draw: st.DrawFn) -> tuple[Substitution, ...]:
    """The substitutions of an office in which only what is allowed was ever ordered, and some were ended."""
    standing: tuple[Substitution, ...] = ()
    for new in draw(st.lists(orders(), max_size=8)):
        ordered = new._replace(number=len(standing) + 1, ended_on=None)
        if allowed(ordered, standing):
            standing = (*standing, ordered)
    ends = draw(st.lists(st.none() | st.integers(0, SPAN), min_size=len(standing), max_size=len(standing)))
    return tuple(
        each._replace(ended_on=None if end is None else day(end))
        for each, end in zip(standing, ends, strict=True)
    )


def every_day() -> Iterator[date]:
    return (day(number) for number in range(SPAN + 1))


# -- days and chains ---------------------------------------------------------------------------------


def test_a_substitution_begins_on_its_first_day_and_ends_before_the_day_of_return() -> None:
    week = order("a", "b", 0, 5)

    assert [week.covers(day(number)) for number in (-1, 0, 4, 5)] == [False, True, True, False]
    assert week.last_day == day(4)


def test_one_that_is_ended_early_no_longer_covers_that_day() -> None:
    ended = order("a", "b", 0, 5)._replace(ended_on=day(2))

    assert [stand_in_of("a", (ended,), day(number)) for number in range(4)] == ["b", "b", "a", "a"]


def test_one_that_is_ended_before_it_begins_covers_nothing() -> None:
    ended = order("a", "b", 3, 5)._replace(ended_on=day(1))

    assert [each for each in every_day() if ended.covers(each)] == []


def test_a_chain_leads_to_the_one_who_is_there() -> None:
    standing = (order("a", "b", 0, 4), order("b", "c", 2, 6, number=2))

    assert [chain("a", standing, day(number)) for number in (0, 2, 4)] == [
        ("a", "b"),
        ("a", "b", "c"),
        ("a",),
    ]
    assert [stood_in_for("c", standing, day(number)) for number in (0, 2, 4)] == [(), ("a", "b"), ("b",)]
    assert stood_in_for("b", standing, day(2)) == ()


@given(offices(), st.sampled_from(PEOPLE))
def test_whoever_stands_in_is_there(standing: tuple[Substitution, ...], account: str) -> None:
    for today in every_day():
        there = stand_in_of(account, standing, today)
        assert not any(each.absent == there and each.covers(today) for each in standing)


@given(offices())
def test_standing_in_and_being_stood_in_for_are_the_same_from_both_sides(
    standing: tuple[Substitution, ...],
) -> None:
    for today in every_day():
        seen = {(one, other) for one in PEOPLE for other in stood_in_for(one, standing, today)}
        assert seen == {(there, one) for one in PEOPLE if (there := stand_in_of(one, standing, today)) != one}


@given(offices(), st.sampled_from(PEOPLE))
def test_every_step_of_a_chain_is_an_order_of_that_day(
    standing: tuple[Substitution, ...], account: str
) -> None:
    for today in every_day():
        ordered = {(each.absent, each.stand_in) for each in standing if each.covers(today)}
        assert set(pairwise(chain(account, standing, today))) <= ordered


# -- what may be ordered -----------------------------------------------------------------------------


def rounds_on(standing: tuple[Substitution, ...], today: date) -> bool:
    """Whether somebody comes back to itself by following that day's orders, found the long way."""
    steps = {each.absent: each.stand_in for each in standing if each.covers(today)}
    for start in steps:
        here: str | None = start
        for _ in PEOPLE:
            here = steps.get(here) if here is not None else None
            if here == start:
                return True
    return False


@given(offices(), orders())
def test_an_order_is_refused_exactly_where_some_day_would_go_round_or_have_two_stand_ins(
    standing: tuple[Substitution, ...], new: Substitution
) -> None:
    new = new._replace(number=99, ended_on=None)
    twice = any(
        each.absent == new.absent and each.covers(today) and new.covers(today)
        for each in standing
        for today in every_day()
    )
    around = any(rounds_on((*standing, new), today) for today in every_day() if new.covers(today))

    if not twice:
        assert bool(first_round(new, standing)) == around
    assert allowed(new, standing) == (not twice and not around)


def test_a_round_is_named_from_the_absent_one_back_to_itself() -> None:
    standing = (order("b", "c", 0, 8), order("c", "a", 4, 6, number=2))

    assert first_round(order("a", "b", 0, 4, number=3), standing) == ()
    assert first_round(order("a", "b", 0, 5, number=3), standing) == ("a", "b", "c", "a")


def test_neighbouring_days_do_not_overlap() -> None:
    assert not order("a", "b", 0, 4).meets(order("a", "c", 4, 6))
    assert order("a", "b", 0, 5).meets(order("a", "c", 4, 6))


def test_every_objection_is_told_at_once_and_names_the_people(diem_he: Setting) -> None:
    standing = (
        order(CHAIR, VICE_CHAIR, 0, 12),
        order(SECRETARY, CHAIR, 0, 12, number=2),
    )

    new = order(CHAIR, SECRETARY, 5, 7, number=3)
    assert objections(new, standing, by=STANDING_MEMBER, office=diem_he.office) == (
        Reason(
            "substitution_overlap",
            {
                "chuc_vu_vang": Text("Chủ tịch UBND xã", "Chair"),
                "chuc_vu_thay": Text("Phó Chủ tịch UBND xã", "Vice chair"),
                "tu": Text("02/03/2026", "2026-03-02"),
                "den": Text("13/03/2026", "2026-03-13"),
            },
        ),
        Reason(
            "substitution_round",
            {
                "danh_sach": Text(
                    "Chủ tịch UBND xã → Thư ký Hội đồng → Chủ tịch UBND xã",
                    "Chair → Council secretary → Chair",
                )
            },
        ),
    )


@pytest.mark.parametrize("account", [AUDITOR, ADMINISTRATOR])
def test_nobody_without_rights_in_the_work_stands_in_or_is_stood_in_for(
    diem_he: Setting, account: str
) -> None:
    for absent, stand_in in ((CHAIR, account), (account, CHAIR)):
        reasons = objections(order(absent, stand_in, 0, 2), (), by=STANDING_MEMBER, office=diem_he.office)
        assert [reason.rule for reason in reasons] == ["may_not_stand_in"]


def test_an_administrator_with_a_position_of_its_own_has_business(diem_he: Setting) -> None:
    office = diem_he.office
    both = tuple(
        each._replace(roles=(*each.roles, "officer")) if each.id == ADMINISTRATOR else each
        for each in office.accounts
    )

    assert not has_business(office, ADMINISTRATOR)
    assert has_business(office._replace(accounts=both), ADMINISTRATOR)
    assert not has_business(office, "nobody")


@pytest.mark.parametrize(
    ("new", "mistake"),
    [
        (order("a", "a", 0, 2), OwnSubstitute),
        (order("a", "b", 2, 2), NoDays),
        (order("a", "b", 3, 2), NoDays),
        (order("a", "b", -3, 1), PastSubstitution),
    ],
)
def test_what_makes_no_sense_is_a_usage_mistake(new: Substitution, mistake: type[Exception]) -> None:
    with pytest.raises(mistake):
        insist_on_days(new, today=day(1))


def test_one_that_began_before_may_still_be_ordered_for_the_days_that_are_left() -> None:
    insist_on_days(order("a", "b", -3, 2), today=day(1))


# -- who is told -------------------------------------------------------------------------------------


def test_what_is_meant_for_an_absent_account_goes_to_whoever_is_there() -> None:
    standing = (order("a", "b", 0, 4), order("b", "c", 0, 4, number=2))

    assert addressees(("a", "d"), standing, day(0)) == (Addressee("c", "a"), Addressee("d"))
    assert addressees(("a", "d"), standing, day(4)) == (Addressee("a"), Addressee("d"))


@pytest.mark.parametrize("accounts", [("a", "b"), ("b", "a")])
def test_what_one_gets_in_person_is_not_got_for_another_as_well(accounts: tuple[str, ...]) -> None:
    assert addressees(accounts, (order("a", "b", 0, 4),), day(0)) == (Addressee("b"),)


def test_nobody_is_told_of_its_own_delay_and_the_notice_is_not_lost() -> None:
    standing = (order("a", "b", 0, 4),)

    assert addressees(("a",), standing, day(0), must_act=("b",)) == (Addressee("a"),)
    assert addressees(("b",), standing, day(0), must_act=("a",)) == ()


@given(offices(), st.lists(st.sampled_from(PEOPLE), unique=True), st.lists(st.sampled_from(PEOPLE)))
def test_everybody_who_is_meant_is_reached_once_unless_it_must_act_itself(
    standing: tuple[Substitution, ...], meant: list[str], must_act: list[str]
) -> None:
    for today in every_day():
        told = addressees(meant, standing, today, must_act=must_act)

        assert len({each.account for each in told}) == len(told)
        busy = {id for one in must_act for id in (one, stand_in_of(one, standing, today))}
        for one in meant:
            there = stand_in_of(one, standing, today)
            reached = {each.account for each in told} & {one, there}
            assert reached or (one == there and one in busy)
