"""Due dates as an iCalendar file (RFC 5545), for the calendar that somebody uses anyway.

All-day events and display alarms. Words come ready from the caller; this module knows no catalogue and no
item, and reads no calendars.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from icalendar import Event
    from icalendar.prop import vText

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]

PRODUCT = "-//tdkt//deadline ics//VI"


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
    from icalendar import Calendar

    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", PRODUCT)
    made.add("CALSCALE", "GREGORIAN")
    # The library knows this name not yet (RFC 7986) and would not escape a plain string under it.
    made.add("NAME", _text(name))
    made.add("X-WR-CALNAME", _text(name))
    for day in days:
        made.add_component(_event(day, stamp))
    text: str = made.to_ical(sorted=False).decode()
    return text


def _event(day: DueDay, stamp: datetime) -> Event:
    """A deadline takes nobody's time, so the day stays free (TRANSPARENT)."""
    from icalendar import Alarm, Event
    from icalendar.prop import vInline

    event = Event()
    event.add("UID", _text(day.uid))
    event.add("DTSTAMP", stamp.astimezone(UTC))
    event.add("SEQUENCE", day.sequence)
    event.add("DTSTART", day.day)
    event.add("DTEND", day.day + timedelta(days=1))
    event.add("SUMMARY", _text(day.summary))
    event.add("DESCRIPTION", _text(day.description))
    event.add("STATUS", day.status)
    event.add("TRANSP", "TRANSPARENT")
    for before in day.alarms:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        # Nothing is written as a time of the clock; the library would write it in days (P0D).
        alarm.add("TRIGGER", before if before else vInline("PT0S"))
        alarm.add("DESCRIPTION", _text(day.summary))
        event.add_component(alarm)
    return event


def _text(words: str) -> vText:
    """A value of type TEXT; control characters, which the standard bars, become spaces."""
    from icalendar.prop import vText

    plain = words.replace("\r", "")
    return vText("".join(sign if sign.isprintable() or sign == "\n" else " " for sign in plain))
