"""What the movements of a fund come to, and what it does not let sink below zero."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.model.funds import (
    KINDS,
    FundBelowZero,
    FundEntry,
    Sums,
    Wanted,
    changed,
    check,
    sums_of,
)

DAY = date(2026, 1, 5)
SUMS = st.builds(Sums, *[st.integers(0, 10**10)] * len(KINDS))


def movement(kind: str, amount: int) -> FundEntry:
    return FundEntry(0, 2026, kind, amount, DAY)


def test_what_came_in_less_what_went_out_is_available() -> None:
    sums = sums_of(
        [
            movement("allocated", 60_000_000),
            movement("carried_over", 4_500_000),
            movement("spent_before", 12_340_000),
        ]
    )

    assert sums.available == 52_160_000


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(-(10**9), 10**9))))
def test_a_movement_and_its_contrary_leave_the_fund_as_it_was(drawn: list[tuple[str, int]]) -> None:
    entries = [movement(kind, amount) for kind, amount in drawn]

    assert sums_of([*entries, *(each._replace(amount=-each.amount) for each in entries)]) == Sums()


@given(before=SUMS, wanted=st.dictionaries(st.sampled_from(KINDS), st.integers(0, 10**10)))
def test_the_movements_of_the_differences_bring_the_sums_to_what_was_typed(
    before: Sums, wanted: dict[str, int]
) -> None:
    after = changed(before, {kind: Wanted("", amount) for kind, amount in wanted.items()})

    moved = [movement(kind, getattr(after, kind) - getattr(before, kind)) for kind in KINDS]
    standing = [movement(kind, getattr(before, kind)) for kind in KINDS]

    assert sums_of([*standing, *moved]) == after
    assert {kind: getattr(after, kind) for kind in wanted} == wanted


@pytest.mark.parametrize(("sign", "amount"), [("", 5), ("+", 15), ("-", 5)])
def test_a_sign_adds_or_takes_off_and_none_sets(sign: str, amount: int) -> None:
    assert changed(Sums(allocated=10), {"allocated": Wanted(sign, 5)}).allocated == amount


@pytest.mark.parametrize(
    ("after", "claimed"),
    [
        (Sums(allocated=-1), 0),
        (Sums(allocated=10, printing=-1), 0),
        (Sums(allocated=10, other=11), 0),
        (Sums(allocated=10), 11),
    ],
    ids=["less than nothing came in", "less than nothing went out", "more goes out", "awards claim more"],
)
def test_no_fund_sinks_below_zero(after: Sums, claimed: int) -> None:
    with pytest.raises(FundBelowZero):
        check(2026, Sums(allocated=20), after, claimed=claimed)


def test_what_came_late_is_taken_in_although_it_does_not_suffice_yet() -> None:
    check(2026, Sums(), Sums(allocated=10), claimed=11)
