"""Deadlines: each row with its day in words, and the items by how they stand: late, to come, waiting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from runtime.office.looking import Looking
from runtime.office.words import Words
from runtime.views.items import DERIVED, progress
from workflow.model.calendar import due_instant
from workflow.model.facts import Item, Key

if TYPE_CHECKING:
    from storage.records import Deadline
    from storage.timeline import FiredDeadline
    from workflow.model.decision import DeadlineRow

    AnyRow = Deadline | DeadlineRow | FiredDeadline


class RowLine(NamedTuple):
    """A row in words: the local day and hour of its instant, what it is, its date and what became of it.

    `term` is empty for a row of the item's own date, and says where that is of its internal target.
    """

    day: date
    clock: str
    ref: str
    said: str
    due: str
    status: str
    term: str


class DueLine(NamedTuple):
    """An open item with its date and how it stands; `coming` is its next row with the day, where there is
    one."""

    ref: str
    due: str
    progress: str
    state: str
    coming: str


class DueGroup(NamedTuple):
    heading: str
    lines: tuple[DueLine, ...]


class DueOverview(NamedTuple):
    """Open items that have a date, in groups; `note` explains the mark of derived dates where one stands."""

    groups: tuple[DueGroup, ...]
    note: str


# -- which rows ------------------------------------------------------------------------------------------


def rows_of(
    looking: Looking, *, of: Key | None = None, until: date | None = None, pending: bool = False
) -> tuple[Deadline, ...]:
    """The rows of the year's items and of those that are open of earlier years, or of one item, in order of
    time, up to the end of a local day."""
    end = due_instant(until, looking.zone) if until is not None else None
    if of is None:
        return looking.reading.deadlines(*looking.span, until=end, pending=pending)
    return looking.reading.deadlines(of.office, of.year, ref=of.ref, until=end, pending=pending)


def _key(looking: Looking, row: Deadline) -> Key:
    return Key(looking.office, row.year, row.ref)


def overdue_rows(looking: Looking, rows: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """The due instant of each late item as it stands now: that of its date, and of one that was moved the
    last."""
    late = {item.key: item.due_on for item in _late(looking, _open_items(looking))}
    last: dict[Key, Deadline] = {}

    def rank(row: Deadline) -> tuple[bool, int]:
        return row.due_date == late[_key(looking, row)], row.occurrence

    for row in rows:
        key = _key(looking, row)
        if row.kind == "due" and key in late:
            last[key] = max(last.get(key, row), row, key=rank)
    return tuple(sorted(last.values(), key=lambda row: (row.at, row.year, row.ref)))


def _open_items(looking: Looking) -> list[Item]:
    """Open items that have a date, nearest first."""
    items = looking.reading.owned_items(*looking.span)
    return [item for item in items if item.due_on and item.closed_on is None]


def _late(looking: Looking, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if looking.days_late(item)]


# -- in words --------------------------------------------------------------------------------------------


def targets_of(looking: Looking) -> Mapping[Key, date]:
    """The internal targets in force, of open items."""
    return {item.key: item.target_on for item in _open_items(looking) if item.target_on}


def row_line(looking: Looking, row: Deadline, targets: Mapping[Key, date]) -> RowLine:
    of_target = row.term is None and row.kind != "due" and row.due_date == targets.get(_key(looking, row))
    return RowLine(
        *looking.local(row.at),
        ref=looking.ref(_key(looking, row)),
        said=row_text(looking.words, row),
        due=looking.day(row.due_date) + (DERIVED if row.derived else ""),
        status=_status(looking, row),
        term=looking.words("column.target") if of_target else looking.term_label(row.term, row.policy),
    )


def row_text(words: Words, row: AnyRow) -> str:
    """A reminder by its days before the date, an escalation by the one it goes to, else the kind."""
    if row.kind != "reminder" or row.rung is None:
        return _kind_text(words, row)
    day = "day_before" if row.rung == 1 else "days_before"
    return words(f"deadline_row.working_{day}" if row.unit == "wd" else f"deadline_row.{day}", n=row.rung)


def _kind_text(words: Words, row: AnyRow) -> str:
    if row.kind == "escalation" and row.level:
        return words(f"level.{row.level}")
    return words(f"deadline_kind.{row.kind}")


def _status(looking: Looking, row: Deadline) -> str:
    words = looking.words
    if row.status == "cancelled" and row.reason:
        return words(f"deadline_reason.{row.reason}")
    said = words(f"deadline_status.{row.status}")
    if row.fired_at and row.late_s:
        return f"{said} {looking.moment(row.fired_at)}"
    if row.status == "pending" and row.paused_on:
        return words("marker.paused")
    if row.status == "pending" and row.at <= looking.now:
        return words("message.deadline_unfired")
    return said


def overdue_lines(looking: Looking, rows: Iterable[Deadline]) -> tuple[DueLine, ...]:
    """The late items that the rows of `overdue_rows` belong to, nearest first."""
    keys = {_key(looking, row) for row in rows}
    items = (item for item in _open_items(looking) if item.key in keys)
    return tuple(_due_line(looking, item, None) for item in items)


def overview_of(looking: Looking, rows: Iterable[Deadline]) -> DueOverview:
    """Open items in three groups: late, to come, waiting for others; each with what comes next."""
    words, items = looking.words, _open_items(looking)
    coming: dict[Key, Deadline] = {}
    for row in rows:
        if row.status == "pending" and row.kind != "due" and row.paused_on is None:
            coming.setdefault(_key(looking, row), row)
    late = _late(looking, items)
    waiting = [item for item in items if looking.waits(item)]
    groups: tuple[tuple[str, Sequence[Item]], ...] = (
        ("message.deadline_overdue", late),
        ("message.deadline_coming", [item for item in items if item not in late and item not in waiting]),
        ("marker.waiting_external", waiting),
    )
    derived = any(item.due_mark == "derived" for item in items)
    return DueOverview(
        groups=tuple(
            DueGroup(words(heading), tuple(_due_line(looking, item, coming.get(item.key)) for item in group))
            for heading, group in groups
            if group
        ),
        note=f"{DERIVED} {words('marker.derived')}" if derived else "",
    )


def _due_line(looking: Looking, item: Item, coming: Deadline | None) -> DueLine:
    return DueLine(
        ref=looking.ref(item.key),
        due=looking.day_with_weekday(item.due_on) + (DERIVED if item.due_mark == "derived" else ""),
        progress="" if looking.waits(item) else progress(looking, item),
        state=looking.state(item),
        coming=f"{looking.day(looking.local(coming.at)[0])} {_kind_text(looking.words, coming)}"
        if coming
        else "",
    )
