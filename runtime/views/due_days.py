"""The year's due dates as days of a calendar file, for `tdkt deadline ics`.

A date that nobody has set, or that waits for others, is tentative and says so; what is finished keeps its day
without alarms, so that a calendar that had it before is put right. No nominee's name is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from exchange.ics import DueDay, Status
from runtime.office.looking import Looking
from runtime.views.items import owners_text, target_of
from runtime.views.terms import TermRecord, terms_under_way
from workflow.model.calendar import at_local
from workflow.model.facts import Item
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from storage.records import Deadline

SUMMARY = 120
"""Characters of what an event is about; the description has the rest."""
ALARMED = frozenset({"reminder", "due_today"})


def calendar_name(looking: Looking) -> str:
    """What the calendar is called; a sandbox says that it is one."""
    name = looking.words("ics.name", ten_xa=looking.row.title, nam=looking.year)
    return f"[{looking.words('marker.sandbox')}] {name}" if looking.row.sandbox else name


def due_days(looking: Looking, *, account: str | None) -> tuple[DueDay, ...]:
    """Tasks that have a date and the terms of dossiers, of earlier years what is open, nearest first; with an
    account those that wait for it."""
    reading = looking.reading
    deadlines = reading.deadlines(*looking.span)
    alarms, last = _alarms(deadlines, looking), _last_dues(deadlines)
    found: list[DueDay] = []
    for item in (*reading.tasks(*looking.span), *reading.dossiers(*looking.span)):
        if account is not None and looking.work(item, account) is None:
            continue
        if item.due_on and item.due_mark != "term":
            place, due, target = _Place(*_of(item), ""), item.due_on, item.target_on
            found.append(_due_day(looking, item, due, alarms.get((place, due), ())))
            if target and target != due:
                found.append(_target_day(looking, item, target, alarms.get((place, target), ())))
        terms = {term.id: term for term in terms_under_way(looking, item)}
        found += [
            _term_day(looking, item, due, terms.get(place.term), alarms.get((place, due.due_date), ()))
            for place, due in last.items()
            if place[:2] == _of(item) and place.term
        ]
    return tuple(sorted(found, key=lambda day: (day.day, day.uid)))


class _Place(NamedTuple):
    """The item of a deadline row and its term, empty for the item's own date."""

    year: int
    ref: str
    term: str


def _of(item: Item) -> tuple[int, str]:
    return item.key.year, item.key.ref


def _place(row: Deadline) -> _Place:
    return _Place(row.year, row.ref, row.term or "")


def _alarms(rows: Sequence[Deadline], looking: Looking) -> dict[tuple[_Place, date], tuple[timedelta, ...]]:
    """The reminders still to come of each date, from the first moment of the day that they lead up to."""
    found: dict[tuple[_Place, date], tuple[timedelta, ...]] = {}
    for row in rows:
        waits = row.status == "pending" and row.paused_on is None
        of, first = (_place(row), row.due_date), at_local(row.due_date, time(0), looking.zone)
        leads_up = row.kind in ALARMED and looking.now < row.at < first + timedelta(days=1)
        if waits and leads_up:
            found[of] = (*found.get(of, ()), row.at - first)
    return found


def _last_dues(rows: Sequence[Deadline]) -> dict[_Place, Deadline]:
    """The due instant of every date, of one that was moved the last."""
    dues = sorted((row for row in rows if row.kind == "due"), key=lambda row: row.occurrence)
    return {_place(row): row for row in dues}


def _due_day(looking: Looking, item: Item, due: date, alarms: tuple[timedelta, ...]) -> DueDay:
    return DueDay(
        uid=_uid(item, "", looking),
        sequence=item.version,
        day=due,
        summary=_summary(looking, item),
        description=_description(looking, item),
        status=_status(looking, item),
        alarms=alarms if item.closed_on is None and not looking.waits(item) else (),
    )


def _target_day(looking: Looking, item: Item, target: date, alarms: tuple[timedelta, ...]) -> DueDay:
    """The day of the internal target, with the reminders, which are of it."""
    words = looking.words
    content = shorten(looking.content(item), SUMMARY)
    summary = f"{looking.ref(item.key)} {words('column.target')}, {content}"
    said = (
        (words("column.target"), looking.day(target)),
        *((words(key), value) for key, value in _said(looking, item)),
    )
    return DueDay(
        uid=_uid(item, "-target", looking),
        sequence=item.version,
        day=target,
        summary=_marked(summary, looking),
        description="\n".join(f"{key}: {value}" for key, value in said if value),
        status="CANCELLED" if item.state == "cancelled" else "CONFIRMED",
        alarms=alarms if target_of(looking, item) else (),
    )


def _uid(item: Item, ending: str, looking: Looking) -> str:
    place = f"{looking.office}-{item.key.year}-{item.key.ref}{ending}@tdkt"
    return f"sandbox-{place}" if looking.row.sandbox else place


def _term_day(
    looking: Looking, item: Item, due: Deadline, term: TermRecord | None, alarms: tuple[timedelta, ...]
) -> DueDay:
    """A term on the day of its last due instant `due`; `term` is None where it is over."""
    words = looking.words
    label, day = looking.term_label(due.term, due.policy), due.due_date
    stands = looking.state(item)
    if term is None:
        stands = words("deadline_reason.ended") if item.closed_on is None else stands
    elif term.paused_on:
        stands = words("marker.paused")
    known = f" ({words.inside(stands)})" if term is None or term.paused_on else ""
    content = shorten(looking.content(item), SUMMARY)
    said = (
        (words("column.content"), looking.content(item)),
        (label, looking.day(day)),
        (words("column.state"), stands),
        (words("column.owner"), owners_text(looking, item)),
    )
    return DueDay(
        uid=_uid(item, f"-{due.term}", looking),
        sequence=item.version,
        day=day,
        summary=_marked(f"{looking.ref(item.key)} {label}, {content}{known}", looking),
        description="\n".join(f"{key}: {value}" for key, value in said if value),
        status=_status(looking, item) if term is None or term.due else "TENTATIVE",
        alarms=alarms if term is not None and term.due else (),
    )


def _status(looking: Looking, item: Item) -> Status:
    if item.state in ("cancelled", "withdrawn"):
        return "CANCELLED"
    uncertain = item.closed_on is None and (looking.waits(item) or item.due_mark == "derived")
    return "TENTATIVE" if uncertain else "CONFIRMED"


def _summary(looking: Looking, item: Item) -> str:
    """What it is, and in brackets what is to be known of its date: finished, waiting, derived."""
    words = looking.words
    said = _marked(f"{looking.ref(item.key)} {shorten(looking.content(item), SUMMARY)}", looking)
    if item.closed_on is not None:
        return f"{said} ({words.inside(looking.state(item))})"
    if looking.waits(item):
        return f"{said} ({words('ics.waiting')})"
    return f"{said} ({words('ics.derived')})" if item.due_mark == "derived" else said


def _marked(said: str, looking: Looking) -> str:
    """With the mark of a sandbox before it, where it is one."""
    return f"[{looking.words('marker.sandbox')}] {said}" if looking.row.sandbox else said


def _description(looking: Looking, item: Item) -> str:
    return "\n".join(f"{looking.words(key)}: {value}" for key, value in _said(looking, item) if value)


def _said(looking: Looking, item: Item) -> tuple[tuple[str, str], ...]:
    """What the description of a day says of the item, by the words' keys."""
    words = looking.words
    derived = f" ({words.inside(words('marker.derived'))})" if item.due_mark == "derived" else ""
    return (
        ("column.content", looking.content(item)),
        ("column.due", looking.day(item.due_on) + derived),
        ("column.state", looking.state(item)),
        ("column.owner", owners_text(looking, item)),
    )
