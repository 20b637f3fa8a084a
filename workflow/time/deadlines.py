"""The rows that a due date makes (reminders, overdue, escalations), and who is told by each. Pure.

A due date makes a round of rows: reminders, the day itself, the due instant, the overdue notice and the
escalations. A row that waits for an outside organiser makes a monthly question instead. Moving the date
ends the round and makes the next (`occurrence`). While an internal target leads up to the date, reminders,
notices and escalations are those of the target; the due instant alone is the date's. Firing is decided in
`workflow.services.sweep`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import NamedTuple

from workflow.model.calendar import WorkCalendar, at_local, due_instant
from workflow.model.context import Setting
from workflow.model.decision import DeadlineRow
from workflow.model.definition import DayUnit, DeadlinePolicy, Rung, Span, TaskKind
from workflow.model.facts import Alerts, Item
from workflow.model.lateness import waits_for_basis
from workflow.model.roles import heads

BEFORE_START = "before_start"
PAST = "past"
CLOSED = "closed"
MOVED = "moved"


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
    item = item._replace(round=1)
    if not past or not waits_for_basis(item, kind):
        return item._replace(overdue=past), rows
    item, ask = first_ask(item._replace(waiting=True), since=setting.started_on, setting=setting)
    return item, (*rows, ask)


def next_round(
    item: Item, kind: TaskKind | None, *, setting: Setting
) -> tuple[Item, tuple[DeadlineRow, ...]]:
    """The rows of a moved due date; those whose time has passed already are made cancelled.

    A date set in the past is overdue at once: its due instant stands, and the overdue notice goes out on
    the next working morning.
    """
    item = item._replace(round=item.round + 1, alerts=Alerts())
    rows = (
        as_of(row, setting=setting) if row.at <= setting.now else row
        for row in round_rows(item, kind, setting=setting)
    )
    return item, tuple(rows)


def as_of(row: DeadlineRow, *, setting: Setting) -> DeadlineRow:
    """The row as it is made: cancelled where its time had passed when the date was set."""
    if row.kind == "due":
        return row
    if row.kind == "overdue":
        morning = setting.calendar.add_working_days(setting.today, 1)
        fire_at = setting.policy_named(row.policy).fire_at
        return replace(row, at=at_local(morning, fire_at, setting.office.zone))
    return replace(row, status="cancelled", reason=PAST)


def round_rows(item: Item, kind: TaskKind | None, *, setting: Setting) -> Iterator[DeadlineRow]:
    """Every row of a task's due date in order of time, by the policy in force."""
    assert item.due_on is not None
    rows = spread_rows(
        DueDate(item.due_on, max(1, item.round), derived=item.due_mark == "derived", target=item.target_on),
        reminders=setting.policy.reminders,
        ladder=setting.policy.ladder,
        alarms=not waits_for_basis(item, kind),
        setting=setting,
    )
    return iter(sorted(rows, key=lambda row: row.at))


def kept_target(item: Item, *, moved_on: date | None = None) -> Item:
    """The item without its internal target where this leads up to nothing any more: its date is earlier, or
    it waits for others. Of a date that was moved (`moved_on` is that day) a target that has passed ends too,
    for whoever got a new date is reminded of that; one that is still to come stays."""
    target = item.target_on
    if target is None:
        return item
    gone = item.waiting or item.due_on is None or target > item.due_on
    passed = moved_on is not None and target < moved_on
    return item._replace(target_on=None) if gone or passed else item


class DueDate(NamedTuple):
    """A date that is due for the `occurrence`th time: an item's own, `derived` or set, or that of a term.
    `target` is the internal one by which people are told, where one leads up to it."""

    on: date
    occurrence: int
    derived: bool = False
    term: str | None = None
    target: date | None = None

    @property
    def told_of(self) -> date:
        return self.target or self.on


def spread_rows(
    due: DueDate,
    *,
    reminders: tuple[Span, ...],
    ladder: tuple[Rung, ...],
    setting: Setting,
    alarms: bool = True,
) -> Iterator[DeadlineRow]:
    """Every row of one due date, those of one day in order of time, by the policy in force in `setting`. Of
    reminders that long holidays move onto one morning the nearest to the date is made. Without `alarms`
    nothing follows the due instant."""
    policy, calendar, zone = setting.policy, setting.calendar, setting.office.zone
    told_of = due.told_of

    def row(
        kind: str,
        at: datetime,
        *,
        level: str | None = None,
        rung: int | None = None,
        unit: DayUnit | None = None,
        about: date | None = None,
    ) -> DeadlineRow:
        return DeadlineRow(
            row_name(kind, term=due.term, rung=rung, unit=unit),
            due.occurrence,
            kind,
            at,
            about or told_of,
            calendar.version,
            due.derived and (about is not None or due.target is None),
            level,
            policy=policy.label,
            term=due.term,
            rung=rung,
            unit=unit,
        )

    mornings = {reminded_on(told_of, span, calendar): span for span in reminders}
    for day, span in mornings.items():
        yield row("reminder", at_local(day, policy.fire_at, zone), rung=span.days, unit=span.unit)
    yield row("due_today", at_local(told_of, policy.fire_at, zone))
    yield row("due", due_instant(due.on, zone), about=due.on)
    if not alarms:
        return
    if told_of < due.on:
        # The ladder has been climbed for the target: whoever must act hears that the date is past as well.
        morning = calendar.add_working_days(due.on, 1)
        yield row("reminder", at_local(morning, policy.fire_at, zone), about=due.on)
    overdue = calendar.add_working_days(told_of, 1)
    yield row("overdue", at_local(overdue, policy.fire_at, zone))
    for rung in ladder:
        day = escalated_on(told_of, rung, calendar)
        at = at_local(day, policy.fire_at, zone)
        yield row("escalation", at, level=rung.level, rung=rung.after, unit=rung.unit)


def reminded_on(due: date, span: Span, calendar: WorkCalendar) -> date:
    """The working day of a reminder; one in calendar days moves back from a day off."""
    if span.unit == "wd":
        return calendar.add_working_days(due, -span.days)
    return calendar.previous_working(due - timedelta(days=span.days))


def escalated_on(due: date, rung: Rung, calendar: WorkCalendar) -> date:
    """The working day on which a rung is informed; one in calendar days moves on from a day off."""
    if rung.unit == "wd":
        return calendar.add_working_days(due, rung.after)
    return calendar.next_working(due + timedelta(days=rung.after))


UNSAID = MappingProxyType({"reminder": "cd", "escalation": "wd"})
"""The unit that is left out of a row's name, by the row's kind."""


def row_name(
    kind: str, *, term: str | None = None, rung: int | None = None, unit: DayUnit | None = None
) -> str:
    """A row's name from what it is: `due`, `reminder-30`, `decision.reminder-3wd`, `repeat-2`."""
    said = "" if unit in (None, UNSAID.get(kind)) else unit
    name = kind if rung is None else f"{kind}-{rung}{said}"
    return name if term is None else f"{term}.{name}"


def next_repeat(row: DeadlineRow, *, setting: Setting) -> DeadlineRow | None:
    """The next notice that the task is late, after `row`; None where the policy repeats nothing.

    It is counted from today, so that only one goes out after an outage.
    """
    policy = setting.policy_named(row.policy)
    if policy.repeat is None:
        return None
    calendar, today = setting.calendar, setting.today
    if policy.repeat.unit == "wd":
        day = calendar.add_working_days(today, policy.repeat.days)
    else:
        day = calendar.next_working(today + timedelta(days=policy.repeat.days))
    number = row.rung + 1 if row.kind == "repeat" and row.rung is not None else 1
    at = at_local(day, policy.fire_at, setting.office.zone)
    return replace(
        row,
        name=row_name("repeat", term=row.term, rung=number),
        kind="repeat",
        rung=number,
        unit=None,
        at=at,
        calendar=calendar.version,
        policy=policy.label,
    )


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
    occurrence = item.asks + 1
    assert item.due_on is not None
    row = DeadlineRow(
        row_name("ask"),
        occurrence,
        "ask",
        at_local(day, setting.policy.fire_at, zone),
        item.due_on,
        calendar.version,
        True,
        policy=setting.policy.label,
    )
    return item._replace(asks=occurrence), row


def late_seconds(row_at: datetime, fired_at: datetime) -> int:
    """How late a row fired, in whole seconds against its own instant."""
    return max(0, int((fired_at - row_at).total_seconds()))


class Informed(NamedTuple):
    """Who is told, and the roles that nobody holds, for whom the next step was told instead."""

    to: tuple[str, ...]
    vacant: tuple[str, ...] = ()


def informed(item: Item, rung: Rung, *, setting: Setting, addressed: frozenset[str]) -> Informed:
    """Who is told on this rung: the holders of its roles, without whoever must act or was told before.

    Where nobody holds a rung's roles, the next rung is told in its place, and the notice says so. When the
    chair must act, the roles of `chair_must_act` are told once and nobody further.
    """
    office, policy = setting.office, setting.policy
    skipped = addressed | {*item.owners, *item.asked}
    chairs = set(office.holding("chair"))
    if item.owners and set(item.owners) <= chairs:
        roles: tuple[str, ...] = policy.chair_must_act
        held = (id for role in roles for id in office.holding(role) if id not in skipped)
        return Informed(tuple(dict.fromkeys(held)))
    lead = item.details.led_by or office.division
    vacant: list[str] = []
    for step in policy.ladder[policy.ladder.index(rung) :]:
        holders = [
            id for role in step.to for id in (heads(office, lead) if role == "head" else office.holding(role))
        ]
        if holders:
            return Informed(tuple(dict.fromkeys(id for id in holders if id not in skipped)), tuple(vacant))
        vacant += step.to
    return Informed((), tuple(vacant))


def capped(item: Item, rung: Rung, policy: DeadlinePolicy) -> bool:
    """Whether the policy does not tell this rung, because nobody has set the item's date, nor a target."""
    if policy.cap_unconfirmed is None or item.due_mark != "derived" or item.target_on is not None:
        return False
    levels = [each.level for each in policy.ladder]
    return levels.index(rung.level) > levels.index(policy.cap_unconfirmed)
