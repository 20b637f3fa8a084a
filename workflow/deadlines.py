"""Which instants a due date brings with it, and who hears of each: pure, over calendar and policy.

A due date makes a round of rows: reminders, the day itself, the due instant, the overdue notice and the
escalations. A row that waits for an outside organiser makes a monthly question instead. Moving the date
ends the round and makes the next (`occurrence`). Firing is decided in `workflow.sweep`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from workflow.calendar import at_local, due_instant, local_date
from workflow.context import Setting
from workflow.decision import DeadlineRow
from workflow.definition import Rung, TaskKind
from workflow.effects import count_in_memory, remember
from workflow.facts import Item
from workflow.roles import heads

BEFORE_START = "before_start"
PAST = "past"
CLOSED = "closed"
MOVED = "moved"


def waits_until_set(kind: TaskKind | None) -> bool:
    return kind is not None and kind.waits == "until_set"


def waits_for_basis(item: Item, kind: TaskKind | None) -> bool:
    """Whether the item, past its derived date, waits for an outside basis instead of being overdue."""
    return kind is not None and kind.waits == "after_due" and item.due_mark == "derived"


def first_round(
    item: Item, kind: TaskKind | None, *, setting: Setting
) -> tuple[Item, tuple[DeadlineRow, ...]]:
    """The rows of a new task, and the task with its marks.

    Rows of the time before the office began are made cancelled; of a task that was due before, all of
    them, and only the overdue mark stays. A waiting row is asked from its quarter on.
    """
    due = item.due_on
    if due is None:
        return item, ()
    if item.waiting:
        item, ask = first_ask(item, since=setting.started_on, setting=setting)
        return item, (ask,)
    start = at_local(setting.started_on, time(0), setting.office.zone)
    past = due < setting.started_on
    rows = tuple(
        replace(row, status="cancelled", reason=BEFORE_START) if past or row.at < start else row
        for row in round_rows(item, kind, setting=setting)
    )
    item = remember(item, round=1)
    if not past or not waits_for_basis(item, kind):
        return replace(item, overdue=past), rows
    item, ask = first_ask(replace(item, waiting=True), since=setting.started_on, setting=setting)
    return item, (*rows, ask)


def next_round(
    item: Item, kind: TaskKind | None, *, setting: Setting, now: datetime
) -> tuple[Item, tuple[DeadlineRow, ...]]:
    """The rows of a moved due date; those whose time has passed already are made cancelled.

    A date set in the past is overdue at once: its due instant stands, and the overdue notice goes out on
    the next working morning.
    """
    item = remember(item, round=count_in_memory(item, "round") + 1, addressed=[], reminded=0)
    rows = (
        as_of(row, now=now, setting=setting) if row.at <= now else row
        for row in round_rows(item, kind, setting=setting)
    )
    return item, tuple(rows)


def as_of(row: DeadlineRow, *, now: datetime, setting: Setting) -> DeadlineRow:
    """A row whose time had passed when its date was set."""
    if row.kind == "due":
        return row
    if row.kind == "overdue":
        morning = setting.calendar.add_working_days(local_date(now, setting.office.zone), 1)
        return replace(row, at=at_local(morning, setting.policy.fire_at, setting.office.zone))
    return replace(row, status="cancelled", reason=PAST)


def round_rows(item: Item, kind: TaskKind | None, *, setting: Setting) -> Iterator[DeadlineRow]:
    """Every row of one due date in order of time. Of reminders that long holidays move onto one morning
    the nearest to the date is made."""
    due, calendar, policy = item.due_on, setting.calendar, setting.policy
    assert due is not None
    zone = setting.office.zone

    def row(name: str, kind: str, at: datetime, level: str | None = None) -> DeadlineRow:
        return DeadlineRow(
            name,
            max(1, count_in_memory(item, "round")),
            kind,
            at,
            due,
            calendar.version,
            item.due_mark == "derived",
            level,
        )

    mornings = {calendar.previous_working(due - timedelta(days=days)): days for days in policy.reminders}
    for day, days in mornings.items():
        yield row(f"reminder-{days}", "reminder", at_local(day, policy.fire_at, zone))
    yield row("due_today", "due_today", at_local(due, policy.fire_at, zone))
    yield row("due", "due", due_instant(due, zone))
    if waits_for_basis(item, kind):
        return
    overdue = calendar.add_working_days(due, 1)
    yield row("overdue", "overdue", at_local(overdue, policy.fire_at, zone))
    for rung in policy.ladder:
        day = calendar.add_working_days(due, rung.after)
        yield row(f"escalation-{rung.after}", "escalation", at_local(day, policy.fire_at, zone), rung.level)


def first_ask(item: Item, *, since: date, setting: Setting) -> tuple[Item, DeadlineRow]:
    """The first question about a waiting row: not before its quarter and not before `since`."""
    due = item.due_on or since
    quarter = date(due.year, (due.month - 1) // 3 * 3 + 1, 1)
    return next_ask(item, after=max(since, quarter) - timedelta(days=1), setting=setting)


def next_ask(item: Item, *, after: date, setting: Setting) -> tuple[Item, DeadlineRow]:
    """The next monthly question to the officer: the first working day of a month, later than `after`."""
    calendar, zone = setting.calendar, setting.office.zone
    day = calendar.first_working_day_of_month(after.year, after.month)
    if day <= after:
        following = (after.replace(day=1) + timedelta(days=32)).replace(day=1)
        day = calendar.first_working_day_of_month(following.year, following.month)
    occurrence = count_in_memory(item, "asked") + 1
    assert item.due_on is not None
    row = DeadlineRow(
        "ask",
        occurrence,
        "ask",
        at_local(day, setting.policy.fire_at, zone),
        item.due_on,
        calendar.version,
        True,
    )
    return remember(item, asked=occurrence), row


def late_seconds(row_at: datetime, fired_at: datetime) -> int:
    """How late a row fired, in whole seconds against its own instant."""
    return max(0, int((fired_at - row_at).total_seconds()))


def days_late(due: date, now: datetime, zone: str) -> int:
    """Calendar days past the due date, 0 while it is not over."""
    return max(0, (local_date(now, zone) - due).days)


def informed(item: Item, rung: Rung, *, setting: Setting, addressed: frozenset[str]) -> tuple[str, ...]:
    """Who is told on this rung: its roles' holders, without whoever must act and whoever was told already.

    A role that nobody holds passes its part up to the next rung. When the chair must act, the roles of
    `chair_must_act` are told once and nobody further.
    """
    office, policy = setting.office, setting.policy
    skipped = addressed | set(item.owners)
    chairs = set(office.holding("chair"))
    if item.owners and set(item.owners) <= chairs:
        roles: tuple[str, ...] = policy.chair_must_act
        return tuple(dict.fromkeys(id for role in roles for id in office.holding(role) if id not in skipped))
    lead = item.task.lead if item.task else office.division
    for step in policy.ladder[policy.ladder.index(rung) :]:
        holders = [
            id for role in step.to for id in (heads(office, lead) if role == "head" else office.holding(role))
        ]
        if holders:
            return tuple(dict.fromkeys(id for id in holders if id not in skipped))
    return ()
