"""The year's due dates as days of a calendar file, for `tdkt deadline ics`.

A date that nobody has set, or that waits for others, is tentative and says so; what is finished keeps its day
without alarms, so that a calendar that had it before is put right. No nominee's name is in it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from commands.items import content_text, day_text, owners_text
from exchange.ics import DueDay, Status
from runtime.looking import Looking
from runtime.work import work_of
from storage.reading import Row
from workflow.calendar import at_local
from workflow.wording import shorten

SUMMARY = 120
"""Characters of what an event is about; the description has the rest."""
ALARMED = frozenset({"reminder", "due_today"})


def calendar_name(looking: Looking) -> str:
    """What the calendar is called; a sandbox says that it is one."""
    name = looking.words("ics.name", ten_xa=looking.office_row["title"], nam=looking.year)
    return f"[{looking.words('marker.sandbox')}] {name}" if looking.office_row["sandbox"] else name


def due_days(looking: Looking, *, account: str | None) -> tuple[DueDay, ...]:
    """Tasks and dossiers that have a date, nearest first; with an account those that wait for it."""
    reading, office, year = looking.reading, looking.office, looking.year
    rows = [*reading.tasks(office, year), *reading.dossiers(office, year)]
    alarms = _alarms(looking)
    return tuple(
        _due_day(row, looking, alarms.get(row["ref"], ()))
        for row in sorted(rows, key=lambda row: (row["due_on"] or "", row["ref"]))
        if row["due_on"] and (account is None or work_of(row, account, looking) is not None)
    )


def _alarms(looking: Looking) -> dict[str, tuple[timedelta, ...]]:
    """The reminders still to come, by item, from the first moment of the day that they lead up to."""
    found: dict[str, tuple[timedelta, ...]] = {}
    for row in looking.reading.deadlines(looking.office, looking.year, pending=True):
        at = datetime.fromisoformat(row["at"])
        if row["kind"] in ALARMED and at > looking.now:
            first = at_local(date.fromisoformat(row["due_date"]), time(0), looking.zone)
            found[row["ref"]] = (*found.get(row["ref"], ()), at - first)
    return found


def _due_day(row: Row, looking: Looking, alarms: tuple[timedelta, ...]) -> DueDay:
    place = f"{looking.office}-{looking.year}-{row['ref']}@tdkt"
    return DueDay(
        uid=f"sandbox-{place}" if looking.office_row["sandbox"] else place,
        sequence=row["version"],
        day=date.fromisoformat(row["due_on"]),
        summary=_summary(row, looking),
        description=_description(row, looking),
        status=_status(row),
        alarms=alarms if row["open"] and not row["waiting"] else (),
    )


def _status(row: Row) -> Status:
    if row["state"] in ("cancelled", "withdrawn"):
        return "CANCELLED"
    uncertain = row["open"] and (row["waiting"] or row["due_mark"] == "derived")
    return "TENTATIVE" if uncertain else "CONFIRMED"


def _summary(row: Row, looking: Looking) -> str:
    """What it is, and in brackets what is to be known of its date: finished, waiting, derived."""
    words = looking.words
    said = f"{row['ref']} {shorten(content_text(row, looking), SUMMARY)}"
    if looking.office_row["sandbox"]:
        said = f"[{words('marker.sandbox')}] {said}"
    if not row["open"]:
        return f"{said} ({words.inside(looking.state(row))})"
    if row["waiting"]:
        return f"{said} ({words('ics.waiting')})"
    return f"{said} ({words('ics.derived')})" if row["due_mark"] == "derived" else said


def _description(row: Row, looking: Looking) -> str:
    words = looking.words
    derived = f" ({words.inside(words('marker.derived'))})" if row["due_mark"] == "derived" else ""
    said = (
        ("column.content", content_text(row, looking)),
        ("column.due", day_text(looking, row["due_on"]) + derived),
        ("column.state", looking.state(row)),
        ("column.owner", owners_text(row, looking)),
    )
    return "\n".join(f"{words(key)}: {value}" for key, value in said if value)
