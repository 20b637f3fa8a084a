"""What a changed calendar does to an item's deadlines: pure rows, and the service that writes them.

A derived date moves with its month's last working day while it is still to come; a date that people set
stays. Rows that would fall on other instants end, and the rest of their round is made anew under the new
calendar. What has fired in the round never fires again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from workflow.advancing import Machines
from workflow.calendar import at_local, local_date
from workflow.context import Setting
from workflow.deadlines import as_of, round_rows, waits_for_basis
from workflow.decision import DeadlineRow, Decision, EntryDraft
from workflow.definition import Catalogue, DeadlinePolicy, TaskKind
from workflow.effects import count_in_memory, remember
from workflow.facts import Item, Key, Plain
from workflow.ports import Unit
from workflow.sweep import sweep_item

CALENDAR = "calendar"
"""The event of an item's entry, and the reason for which its rows end."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One row on its way to another instant. None: there was or will be no such row."""

    name: str
    kind: str
    level: str | None
    old: datetime | None
    new: datetime | None


@dataclass(frozen=True, slots=True)
class Recalendared:
    """An item under the new calendar: as it will stand, its rows anew, and what that changes."""

    item: Item
    due_before: date
    rows: tuple[DeadlineRow, ...]
    moved: tuple[Moved, ...]

    @property
    def due(self) -> date:
        assert self.item.due_on is not None
        return self.item.due_on


def recalendared(
    item: Item,
    kind: TaskKind | None,
    rows: Sequence[DeadlineRow],
    *,
    before: Setting,
    after: Setting,
    policies: Sequence[DeadlinePolicy] = (),
    now: datetime,
) -> Recalendared | None:
    """The item and its rows from `before`'s calendar to `after`'s; None where no instant differs.

    `rows` are all that the item ever had, with what became of them; those due by `now` have fired already.
    `policies` are those that its round may have been made by, besides the one of `before`: a calendar
    brings no new policy to a running round. Under the new calendar a row whose time has passed does not
    fire; only the due instant still marks the item, and the overdue notice goes out on the next working
    morning.
    """
    pending = [row for row in rows if row.status == "pending"]
    if item.due_on is None or not pending:
        return None
    asks = [row for row in pending if row.kind == "ask"]
    made: list[DeadlineRow] = []
    changed = _due_moved(item, kind, pending, before=before, after=after, now=now)
    if len(asks) < len(pending):
        policy = _policy_of(item, kind, pending, before=before, policies=policies)
        changed, made = _round_anew(
            changed,
            rows,
            under_old={row.name: row.at for row in round_rows(item, kind, setting=_by(before, policy))},
            kind=kind,
            setting=_by(after, policy),
            now=now,
        )
    for ask in asks:
        changed, anew = _ask_anew(changed, ask, setting=after, now=now)
        made.append(anew)
    coming = [row for row in made if row.status == "pending"]
    moved = _differences(pending, coming)
    if not moved and changed.due_on == item.due_on:
        return None
    changed = replace(changed, version=item.version + 1)
    return Recalendared(changed, item.due_on, tuple(made), moved)


def _by(setting: Setting, policy: DeadlinePolicy) -> Setting:
    return replace(setting, policy=policy)


def _due_moved(
    item: Item,
    kind: TaskKind | None,
    pending: Sequence[DeadlineRow],
    *,
    before: Setting,
    after: Setting,
    now: datetime,
) -> Item:
    """The item with its derived date under the new calendar; one that is over, or was set, stays."""
    due, today = item.due_on, local_date(now, after.office.zone)
    assert due is not None
    to_come = any(row.kind == "due" for row in pending) or (item.waiting and due >= today)
    if item.due_mark != "derived" or not to_come:
        return item
    if due != before.calendar.last_working_day_of_month(due.year, due.month):
        return item
    new = after.calendar.last_working_day_of_month(due.year, due.month)
    if item.memory.get("planned_due") == due.isoformat():
        item = remember(item, planned_due=new.isoformat())
    overdue = not item.waiting and not waits_for_basis(item, kind) and new < today
    return replace(item, due_on=new, overdue=overdue)


def _policy_of(
    item: Item,
    kind: TaskKind | None,
    pending: Sequence[DeadlineRow],
    *,
    before: Setting,
    policies: Sequence[DeadlinePolicy],
) -> DeadlinePolicy:
    """The policy by which the round was made: the first whose round has the rows that are to come."""
    names = {(row.name, row.level) for row in pending if row.kind != "ask"}
    clock = ZoneInfo(before.office.zone)
    hours = {row.at.astimezone(clock).time() for row in pending if row.kind not in ("ask", "due")}
    for policy in (before.policy, *policies):
        fresh = round_rows(item, kind, setting=_by(before, policy))
        if names <= {(row.name, row.level) for row in fresh} and hours <= {policy.fire_at}:
            return policy
    return before.policy


def _round_anew(
    item: Item,
    rows: Sequence[DeadlineRow],
    *,
    under_old: Mapping[str, datetime],
    kind: TaskKind | None,
    setting: Setting,
    now: datetime,
) -> tuple[Item, list[DeadlineRow]]:
    """What is left of the round, under the next occurrence. A row that both calendars put on one instant
    keeps the instant that it had."""
    this = max(1, count_in_memory(item, "round"))
    standing = {row.name: row for row in rows if row.status == "pending" and row.occurrence == this}
    fired = _fired_in(rows, this)
    gone = max(now, at_local(setting.started_on, time(0), setting.office.zone))
    item = remember(item, round=this + 1)
    made = []
    for row in round_rows(item, kind, setting=setting):
        if row.name in fired:
            continue
        stood = standing.get(row.name)
        if stood is not None and under_old.get(row.name) == row.at:
            made.append(replace(row, at=stood.at))
        elif row.at > gone:
            made.append(row)
        elif stood is not None:
            made.append(as_of(row, now=now, setting=setting))
    return item, made


def _fired_in(rows: Iterable[DeadlineRow], this: int) -> set[str]:
    """Names that fired in the round, which a changed calendar may have carried over several occurrences."""
    by_round: dict[int, list[DeadlineRow]] = {}
    for row in rows:
        if row.kind != "ask":
            by_round.setdefault(row.occurrence, []).append(row)
    first = this
    while any(row.reason == CALENDAR for row in by_round.get(first - 1, ())):
        first -= 1
    return {
        row.name
        for occurrence in range(first, this + 1)
        for row in by_round.get(occurrence, ())
        if row.status == "fired"
    }


def _ask_anew(item: Item, ask: DeadlineRow, *, setting: Setting, now: datetime) -> tuple[Item, DeadlineRow]:
    """The month's question on its first working day; where that is over, on the day that it had."""
    zone = setting.office.zone
    local = ask.at.astimezone(ZoneInfo(zone))
    day = setting.calendar.first_working_day_of_month(local.year, local.month)
    at = at_local(day, local.time(), zone)
    asked = count_in_memory(item, "asked") + 1
    assert item.due_on is not None
    anew = replace(
        ask,
        occurrence=asked,
        at=at if at > now else ask.at,
        due_date=item.due_on,
        calendar=setting.calendar.version,
    )
    return remember(item, asked=asked), anew


def _differences(pending: Sequence[DeadlineRow], coming: Sequence[DeadlineRow]) -> tuple[Moved, ...]:
    """The rows whose instants differ, in order of time."""
    old, new = {row.name: row for row in pending}, {row.name: row for row in coming}
    moved = []
    for name in dict.fromkeys((*old, *new)):
        was, will = old.get(name), new.get(name)
        if was is None or will is None or was.at != will.at:
            row = was or will
            assert row is not None
            old_at, new_at = was.at if was else None, will.at if will else None
            moved.append(Moved(name, row.kind, row.level, old_at, new_at))
    return tuple(sorted(moved, key=_when))


def _when(moved: Moved) -> tuple[datetime, str]:
    at = moved.old or moved.new
    assert at is not None
    return at, moved.name


def recalendar_item(
    unit: Unit,
    key: Key,
    *,
    machines: Machines,
    before: Setting,
    after: Setting,
    policies: Sequence[DeadlinePolicy],
    catalogue: Catalogue,
    actor: str,
    role: str | None,
    now: datetime,
) -> Recalendared | None:
    """Moves one item's deadlines, with its entry; None where it keeps them.

    What is due by now fires first, under the calendar that it was made by: nothing is dropped.
    """
    item = unit.lock(key)
    if item is not None and unit.due_rows(key, now=now):
        sweep_item(unit, key, machines=machines, setting=before, catalogue=catalogue, now=now)
        item = unit.lock(key)
    if item is None:
        return None
    machine = machines(item.digest)
    found = recalendared(
        item,
        machine.definition.kind(item.kind),
        unit.deadline_rows(key),
        before=before,
        after=after,
        policies=policies,
        now=now,
    )
    if found is not None:
        entry = _entry(found, actor=actor, role=role, calendar=after.calendar.version)
        decision = Decision(found.item, entry, cancel_deadlines=CALENDAR, deadlines=found.rows)
        unit.write(decision, open=machine.states[item.state].open)
    return found


def _entry(found: Recalendared, *, actor: str, role: str | None, calendar: str) -> EntryDraft:
    inputs: dict[str, Plain] = {
        "old": found.due_before.isoformat(),
        "new": found.due.isoformat(),
        "rows": len(found.moved),
        "calendar": calendar,
    }
    state = found.item.state
    return EntryDraft(event=CALENDAR, actor=actor, role=role, from_state=state, to_state=state, inputs=inputs)
