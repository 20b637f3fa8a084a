"""What a row's digest is, with another value in one of its columns as well."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from storage.log.bound import BoundTable

TABLE = BoundTable("plan", ("year", "title", "day", "open"), ("year",), frozenset({"open"}))
KEY = b"an office's own"
VALUES = (
    st.none()
    | st.integers()
    | st.booleans()
    | st.text()
    | st.binary()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
)


@given(st.fixed_dictionaries(dict.fromkeys(TABLE.columns, VALUES)), st.sampled_from(TABLE.columns), VALUES)
def test_a_value_that_is_tried_gives_the_digest_that_the_row_would_have_with_it(
    row: dict[str, object], column: str, value: object
) -> None:
    tried = TABLE.digests(row, KEY)(column)

    assert tried(value) == TABLE.digest({**row, column: value}, KEY)
    assert tried(row[column]) == TABLE.digest(row, KEY)


def test_another_value_gives_another_digest() -> None:
    row = {"year": 2026, "title": "Kế hoạch", "day": date(2026, 1, 5), "open": None}
    tried = TABLE.digests(row, KEY)

    given = {
        tried("year")(2027),
        tried("title")(None),
        tried("day")(datetime(2026, 1, 5, tzinfo=UTC)),
        tried("open")(False),
        TABLE.digest(row, KEY),
    }
    assert len(given) == 5
