"""Due dates as iCalendar: what another program reads from the file, and the standard's form of its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from exchange.ics import DueDay, calendar

STAMP = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
DAY = DueDay(
    uid="diem-he-2026-T01@tdkt",
    sequence=3,
    day=date(2026, 3, 31),
    summary="T01 Báo cáo tổng kết; phương hướng, nhiệm vụ",
    description="Nội dung: Báo cáo\nThời hạn: 31/03/2026 \\ hạn dự kiến",
    status="TENTATIVE",
    alarms=(timedelta(days=-30, hours=8), timedelta(hours=8)),
)
FOLD = 75
"""Octets of a content line without its line break (RFC 5545, 3.1)."""
WORDS = st.text(max_size=300)


def read(text: str) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(text)


def test_another_program_reads_every_field_of_an_event() -> None:
    found = read(calendar("Điềm He", (DAY,), stamp=STAMP))
    (event,) = found.walk("VEVENT")

    assert [str(found[key]) for key in ("NAME", "X-WR-CALNAME", "VERSION")] == ["Điềm He", "Điềm He", "2.0"]
    assert {
        "uid": str(event["UID"]),
        "sequence": str(event["SEQUENCE"]),
        "stamp": event.decoded("DTSTAMP"),
        "days": (event.decoded("DTSTART"), event.decoded("DTEND")),
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "status": str(event["STATUS"]),
        "free": str(event["TRANSP"]),
        "alarms": [(alarm.decoded("TRIGGER"), str(alarm["ACTION"])) for alarm in event.walk("VALARM")],
        "errors": [*found.errors, *event.errors],
    } == {
        "uid": DAY.uid,
        "sequence": "3",
        "stamp": STAMP,
        "days": (date(2026, 3, 31), date(2026, 4, 1)),
        "summary": DAY.summary,
        "description": DAY.description,
        "status": "TENTATIVE",
        "free": "TRANSPARENT",
        "alarms": [(timedelta(days=-30, hours=8), "DISPLAY"), (timedelta(hours=8), "DISPLAY")],
        "errors": [],
    }


def test_an_alarm_is_written_as_the_standard_writes_a_duration() -> None:
    alarms = (timedelta(days=-1, hours=8), timedelta(days=-7), timedelta(0), timedelta(minutes=30, seconds=5))
    text = calendar("", (replace(DAY, alarms=alarms),), stamp=STAMP)

    assert [line for line in text.split("\r\n") if line.startswith("TRIGGER")] == [
        "TRIGGER:-PT16H",
        "TRIGGER:-P7D",
        "TRIGGER:PT0S",
        "TRIGGER:PT30M5S",
    ]


@given(WORDS)
def test_no_words_break_the_form_of_the_file(words: str) -> None:
    text = calendar(words, (replace(DAY, summary=words, description=words),), stamp=STAMP)

    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert [line for line in lines if len(line.encode()) > FOLD or "\n" in line or "\r" in line] == []
    (event,) = read(text).walk("VEVENT")
    plain = "".join(sign if sign.isprintable() or sign in "\n\r" else " " for sign in words)
    assert str(event["SUMMARY"]) == plain.replace("\r", "")


@given(
    st.timedeltas(timedelta(days=-400), timedelta(days=400)).map(
        lambda each: each - each % timedelta(seconds=1)
    )
)
def test_an_alarm_comes_back_as_it_was(alarm: timedelta) -> None:
    text = calendar("", (replace(DAY, alarms=(alarm,)),), stamp=STAMP)

    (found,) = read(text).walk("VALARM")

    assert found.decoded("TRIGGER") == alarm
