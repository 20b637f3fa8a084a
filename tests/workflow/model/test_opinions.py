"""The days on which a dossier waits for others, whoever was asked when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workflow.model.opinions import Opinion, waits

FIRST = date(2026, 10, 1)


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def asked(no: int, since: int, until: int | None = None) -> Opinion:
    return Opinion(no, day(since), answered_on=None if until is None else day(until))


def test_questions_that_lie_within_one_another_are_one_wait() -> None:
    found = waits([asked(1, 2, 5), asked(2, 0, 9), asked(3, 12, 14), asked(4, 14, 15)])

    assert found == ((day(0), day(9)), (day(12), day(15)))


def test_while_one_is_silent_the_wait_that_it_began_has_no_end() -> None:
    found = waits([asked(1, 0), asked(2, 3, 5), Opinion(3, day(0), dropped=True)])

    assert found == ((day(0), None),)
    assert waits([asked(2, 3, 5), asked(1, 8)]) == ((day(3), day(5)), (day(8), None))


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10), st.booleans()), max_size=6)


@given(SPANS)
def test_a_day_is_waited_on_exactly_where_somebody_was_asked_and_had_not_answered(
    spans: list[tuple[int, int, bool]],
) -> None:
    opinions = [
        asked(no, since, None if silent else since + length)
        for no, (since, length, silent) in enumerate(spans, 1)
    ]

    found = waits(opinions)

    for n in range(60):
        within = any(each.asked_on <= day(n) < (each.answered_on or date.max) for each in opinions)
        assert within == any(since <= day(n) < (until or date.max) for since, until in found)
    assert all(end is not None and end < since for (_, end), (since, _) in pairwise(found))
