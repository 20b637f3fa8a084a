"""Due dates as an iCalendar file (RFC 5545), for the calendar that somebody uses anyway.

A small part of the standard: all-day events and display alarms. Words come ready from the caller; this module
knows no catalogue and no item, and reads no calendars.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

FOLD = 75
"""Octets of a content line without its line break (RFC 5545, 3.1)."""
PRODUCT = "-//tdkt//deadline ics//VI"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class DueDay:
    """One all-day event. `uid` and `sequence` make a second import change the event instead of adding one.

    `alarms` are counted from the day's first moment: 30 days before at eight is -30 days + 8 hours.
    """

    uid: str
    sequence: int
    day: date
    summary: str
    description: str
    status: Status
    alarms: tuple[timedelta, ...] = ()


def calendar(name: str, days: tuple[DueDay, ...], *, stamp: datetime) -> str:
    """The file's text, its lines folded and ended as the standard wants, to be written in UTF-8.

    `stamp` is when it was made, aware.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for day in days for line in _event(day, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(day: DueDay, stamp: datetime) -> Iterator[str]:
    """A deadline takes nobody's time, so the day stays free (TRANSPARENT)."""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(day.uid)}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{day.sequence}"
    yield f"DTSTART;VALUE=DATE:{day.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(day.summary)}"
    yield f"DESCRIPTION:{_text(day.description)}"
    yield f"STATUS:{day.status}"
    yield "TRANSP:TRANSPARENT"
    for alarm in day.alarms:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:{_duration(alarm)}"
        yield f"DESCRIPTION:{_text(day.summary)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(words: str) -> str:
    """A value of type TEXT; control characters, which the standard bars, become spaces."""
    plain = "".join(sign if sign.isprintable() or sign in "\n\r" else " " for sign in words)
    return plain.translate(_ESCAPED)


def _duration(length: timedelta) -> str:
    """A value of type DURATION in days, hours, minutes and seconds: `-P29DT16H`, `PT8H`."""
    sign, left = ("-", -length) if length < timedelta() else ("", length)
    hours, rest = divmod(left.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    days = f"{left.days}D" if left.days else ""
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{days}" + (f"T{clock}" if clock else "")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most `FOLD` octets, no letter cut; those after the first begin with a space."""
    part, octets = "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > FOLD:
            yield part
            part, octets = " ", 1
        part, octets = part + sign, octets + size
    yield part
