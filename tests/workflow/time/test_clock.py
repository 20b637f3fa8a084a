"""A clock is doubted where no office lives through what it says: before the log, or years after the plan."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.workflow.shipped import at
from workflow.time.clock import Accepted, is_ahead, is_behind

LAST = at("2026-05-04T09:00")
ZONE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("now", "behind"),
    [
        (LAST + timedelta(days=150), False),
        (LAST - timedelta(minutes=60), False),
        (LAST - timedelta(minutes=61), True),
    ],
)
def test_an_hour_before_the_last_entry_is_doubted_and_an_outage_is_not(now: datetime, behind: bool) -> None:
    assert is_behind(now, (LAST - timedelta(days=90), LAST)) is behind


def test_an_office_without_a_log_or_a_plan_is_not_doubted() -> None:
    assert not is_behind(LAST, ())
    assert not is_ahead(at("2062-01-01"), None, ZONE)


def test_the_year_after_the_newest_plan_ends_before_the_clock_is_doubted() -> None:
    assert not is_ahead(at("2027-12-31T23:59"), 2026, ZONE)
    assert is_ahead(at("2028-01-01T00:00"), 2026, ZONE)


def test_what_was_written_under_a_wrong_clock_counts_no_more_once_the_right_one_is_accepted() -> None:
    wrong, right = at("2062-01-01"), at("2026-05-05T09:00")
    said = (Accepted(right, wrong),)

    assert is_behind(right, (LAST, wrong))
    assert not is_behind(right + timedelta(days=1), (LAST, wrong), said)
    assert is_behind(right - timedelta(hours=2), (LAST, wrong), said)
    assert is_behind(right, (LAST, wrong + timedelta(seconds=1)), said)


def test_a_clock_ahead_is_accepted_for_its_year() -> None:
    said = (Accepted(at("2028-02-01"), None),)

    assert not is_ahead(at("2028-12-31"), 2026, ZONE, said)
    assert is_ahead(at("2029-01-01"), 2026, ZONE, said)
