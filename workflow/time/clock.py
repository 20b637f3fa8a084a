"""Whether the machine's clock can be right: a wrong one would send a year's reminders in one night, or write
a log that goes backwards.

Quiet weeks and an outage of months are what they are; only what no office lives through is doubted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from workflow.model.calendar import local_date
from workflow.model.errors import TdktError

SLACK = timedelta(hours=1)
"""So much may the clocks of several machines differ, or one be set back in passing."""
ACCEPT = "accept_clock"
"""The event of whoever says that the clock is right."""


class ClockDoubted(TdktError):
    """The machine's clock cannot be right."""

    code = "clock_doubted"


class ClockBehind(ClockDoubted):
    """The machine's clock ({gio}) is more than an hour behind the last entry ({ngay}), so nothing was done.
    Set the clock; if it is right, run `tdkt tick --accept-clock`."""

    code = "clock_behind"


class ClockAhead(ClockDoubted):
    """The machine's clock ({gio}) is past the end of the year after the newest plan's ({nam}), so nothing was
    done. Set the clock; if it is right, run `tdkt tick --accept-clock`."""

    code = "clock_ahead"


class Accepted(NamedTuple):
    """That the clock at the instant `at` was said to be right, when the newest entry was of `last`."""

    at: datetime
    last: datetime | None


def is_behind(now: datetime, written: Sequence[datetime], accepted: Sequence[Accepted] = ()) -> bool:
    """Whether `now` is before what was written. `written` are the newest entries of the office's logs. What
    was accepted as written under a wrong clock counts no more; its acceptance does."""
    believed = [
        at for at in written if not any(each.last is not None and at <= each.last for each in accepted)
    ]
    last = max([*believed, *(each.at for each in accepted)], default=None)
    return last is not None and now < last - SLACK


def is_ahead(now: datetime, newest_plan: int | None, zone: str, accepted: Sequence[Accepted] = ()) -> bool:
    """Whether `now` is past the end of the year after the newest plan's; for the year in which it was
    accepted it is not asked again."""
    year = local_date(now, zone).year
    if newest_plan is None or year <= newest_plan + 1:
        return False
    return not any(local_date(each.at, zone).year == year for each in accepted)
