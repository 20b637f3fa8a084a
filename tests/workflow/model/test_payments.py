"""What lines of issued decisions come to, with what was paid and recovered for them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workflow.model.award_decisions import AwardDecision, DecisionLine
from workflow.model.facts import Item, Key
from workflow.model.payments import (
    CARRIED,
    PAID,
    RECOVERED,
    Account,
    Outlay,
    Payment,
    accounts,
    outlay,
)

OLD, NEW = date(2026, 6, 30), date(2026, 7, 1)


def item(ref: str, details: AwardDecision, *, state: str = "issued") -> Item:
    return Item(Key("diem-he", 2026, ref), "award_decision/1", "0" * 64, state, 1, details)


def decided(title: str, issued: date, *lines: DecisionLine) -> AwardDecision:
    return AwardDecision("award", title, "2025-2026", "chu-tich", issued_on=issued, lines=lines)


def line(no: int, place: str, title: str, full: int, amount: int, **more: str) -> DecisionLine:
    dossier, _, number = place.partition("/")
    said = DecisionLine(no, dossier, int(number), title, "person", full=full, amount=amount)
    return said._replace(**more)  # type: ignore[arg-type]


INSTEAD = {"note_title": "cstdcs"}
LDTT = decided(
    "ldtt",
    OLD,
    line(1, "D0001/1", "ldtt", 710_000, 0, higher="D0001/2", **INSTEAD),
    line(2, "D0001/3", "ldtt", 710_000, 710_000),
    line(3, "D0001/5", "ldtt", 710_000, 710_000),
    line(4, "D0002/1", "ldtt", 710_000, 0, higher="D0002/2", **INSTEAD),
    line(5, "D0002/3", "ldtt", 710_000, 710_000),
)
CSTDCS = decided(
    "cstdcs",
    NEW,
    line(1, "D0001/2", "cstdcs", 2_530_000, 2_530_000),
    line(2, "D0002/2", "cstdcs", 2_530_000, 2_530_000),
)
REVOKED_ONE = decided("cstdcs", NEW, CSTDCS.lines[0], CSTDCS.lines[1]._replace(state="revoked"))
"""Two decisions of a school year on both sides of the change of the base salary; of the later one a line is
annulled."""


def paid(found: tuple[Account, ...], *, since: int = 1, on: date = NEW) -> list[Payment]:
    """Everything that is still to be paid, or to be recovered."""
    return [
        Payment(
            number,
            each.key.year,
            each.key.ref,
            each.line.dossier,
            each.line.line,
            PAID if each.open > 0 else RECOVERED,
            abs(each.open),
            on,
            each.fund,
        )
        for number, each in enumerate((each for each in found if each.open), since)
    ]


def test_issued_decisions_are_committed_and_what_is_not_paid_is_open() -> None:
    found = accounts([item("Q01", LDTT), item("Q02", CSTDCS)], [])

    assert [each.open for each in found] == [0, 710_000, 710_000, 0, 710_000, 2_530_000, 2_530_000]
    assert outlay(found, 2026) == Outlay(committed=7_190_000, unpaid=7_190_000, claimed=7_190_000)


def test_an_annulled_line_is_recovered_and_the_lower_title_becomes_payable_as_two_movements() -> None:
    issued = accounts([item("Q01", LDTT), item("Q02", CSTDCS)], [])
    first = paid(issued)
    after = [item("Q01", LDTT), item("Q02", REVOKED_ONE)]

    annulled = accounts(after, first)
    settled = accounts(after, [*first, *paid(annulled, since=9)])

    assert {each.line.ref: each.open for each in annulled if each.open} == {
        "D0002/1": 710_000,
        "D0002/2": -2_530_000,
    }
    assert outlay(annulled, 2026) == Outlay(
        committed=5_370_000,
        paid=7_190_000,
        recovered=0,
        unpaid=710_000,
        to_recover=2_530_000,
        claimed=7_900_000,
    )
    assert outlay(settled, 2026) == Outlay(
        committed=5_370_000, paid=7_900_000, recovered=2_530_000, claimed=5_370_000
    )


def test_the_difference_to_a_lower_title_that_is_annulled_becomes_the_whole_sum() -> None:
    lower = decided("ldtt", OLD, line(1, "D0001/1", "ldtt", 710_000, 710_000))
    before = {"note_title": "ldtt", "higher": "D0001/1"}
    higher = decided("cstdcs", NEW, line(1, "D0001/2", "cstdcs", 2_530_000, 1_820_000, **before))
    annulled = decided("ldtt", OLD, lower.lines[0]._replace(state="revoked"))
    first = paid(accounts([item("Q01", lower), item("Q02", higher)], []))

    found = accounts([item("Q01", annulled), item("Q02", higher)], first)

    assert {each.line.ref: (each.due, each.open) for each in found} == {
        "D0001/1": (0, -710_000),
        "D0001/2": (2_530_000, 710_000),
    }


def test_a_line_that_a_later_decision_restates_is_paid_once() -> None:
    old = decided("ldtt", OLD, line(1, "D0001/1", "ldtt", 710_000, 710_000, state="replaced"))
    new = decided("ldtt", NEW, line(1, "D0001/1", "ldtt", 710_000, 710_000))
    first = paid(accounts([item("Q01", decided("ldtt", OLD, old.lines[0]._replace(state="in")))], []))

    (found,) = accounts([item("Q01", old), item("Q02", new)], first)

    assert (found.key.ref, found.due, found.open) == ("Q02", 710_000, 0)


def test_the_higher_title_of_another_plan_years_line_of_that_number_is_no_reason_to_pay_nothing() -> None:
    elsewhere = item("Q02", CSTDCS)
    elsewhere = elsewhere._replace(key=elsewhere.key._replace(year=2025))

    found = accounts([item("Q01", LDTT), elsewhere], [])

    assert [each.due for each in found if each.key.ref == "Q01"] == [710_000] * 5


def test_what_was_not_issued_and_what_was_dropped_is_no_account() -> None:
    dropped = decided("ldtt", OLD, line(1, "D0001/1", "ldtt", 710_000, 710_000, state="dropped"))

    states = ("drafted", "submitted", "signed", "dropped")
    assert accounts([item(f"Q0{no}", LDTT, state=state) for no, state in enumerate(states)], []) == ()
    assert accounts([item("Q01", dropped)], []) == ()


def test_a_payment_that_was_taken_back_is_open_again() -> None:
    decisions = [item("Q01", LDTT), item("Q02", CSTDCS, state="drafted")]
    first = paid(accounts(decisions, []))
    back = first[0]._replace(number=9, amount=-first[0].amount, undoes=first[0].number)

    found = accounts(decisions, [*first, back])

    assert [each.line.ref for each in found if each.open] == ["D0001/3"]
    assert [each.paid_on for each in found if each.line.ref == "D0001/3"] == [None]


def test_the_fund_of_a_year_pays_until_the_end_of_january_and_the_next_one_what_is_carried_over() -> None:
    decisions = [item("Q01", LDTT), item("Q02", CSTDCS, state="drafted")]
    (_, first, *_) = accounts(decisions, [])
    carried = Payment(1, 2026, "Q01", "D0001", 3, CARRIED, 0, date(2027, 2, 1), 2027)

    (_, second, *_) = found = accounts(decisions, [carried])

    assert (first.fund, first.until) == (2026, date(2027, 1, 31))
    assert (second.fund, second.until) == (2027, date(2028, 1, 31))
    assert [outlay(found, year).committed for year in (2026, 2027)] == [1_420_000, 710_000]


movements = st.lists(
    st.tuples(st.sampled_from(LDTT.lines), st.sampled_from([PAID, RECOVERED]), st.integers(1, 10**7)),
    max_size=12,
)


@given(movements)
def test_what_awards_claim_is_what_was_paid_and_not_recovered_and_what_is_still_due(
    drawn: list[tuple[DecisionLine, str, int]],
) -> None:
    moved = [
        Payment(number, 2026, "Q01", line.dossier, line.line, kind, amount, NEW, 2026)
        for number, (line, kind, amount) in enumerate(drawn, 1)
    ]

    sums = outlay(accounts([item("Q01", LDTT)], moved), 2026)

    assert sums.paid == sum(each.amount for each in moved if each.kind == PAID)
    assert sums.recovered == sum(each.amount for each in moved if each.kind == RECOVERED)
    assert sums.claimed == sums.committed + sums.to_recover
    assert sums.claimed == sums.paid - sums.recovered + sums.unpaid
