"""Names of days and the one text of an instant. Light: what only looks loads it too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, get_args

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday()`."""


def utc_text(instant: datetime) -> str:
    """An aware instant as fixed-width UTC text, which sorts as it runs: `2026-03-31T17:00:00.000000Z`."""
    # Faster than strftime, and every row of a deadline passes here.
    return f"{instant.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"
