"""What a changed calendar, or a move to another policy, does to an item's deadlines: pure rows, and the
service that writes them.

A derived date moves with its month's last working day while it is still to come; a date that people set
stays; a term in working days ends on another day. Rows that would fall on other instants end, and the rest
of their round is made anew. What has fired in the round never fires again. A calendar brings no new policy
to what runs; only `to` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from workflow.engine.case import Case
from workflow.engine.ports import Unit
from workflow.model.calendar import at_local, local_date
from workflow.model.context import Setting
from workflow.model.decision import DeadlineRow, Decision, EntryDraft
from workflow.model.definition import DeadlinePolicy, TaskKind
from workflow.model.facts import Item, Key, Plain, with_term
from workflow.model.lateness import days_late
from workflow.model.tasks import Task
from workflow.services.sweep import sweep_item
from workflow.time.deadlines import as_of, kept_target, next_repeat, round_rows
from workflow.time.terms import dated, term_anew, term_rows, terms_after

CALENDAR = "calendar"
POLICY = "policy"
"""The event of an item's entry, and the reason for which its rows end."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A row that moves from one instant to another; None where there was no such row or will be none."""

    row: DeadlineRow
    old: datetime | None
    new: datetime | None


@dataclass(frozen=True, slots=True)
class Recalendared:
    """An item under the new calendar: as it will stand, its rows anew, and what that changes."""

    item: Item
    due_before: date | None
    rows: tuple[DeadlineRow, ...]
    moved: tuple[Moved, ...]

    @property
    def due(self) -> date | None:
        return self.item.due_on


def recalendared(
    item: Item,
    kind: TaskKind | None,
    rows: Sequence[DeadlineRow],
    *,
    before: Setting,
    after: Setting,
    to: DeadlinePolicy | None = None,
) -> Recalendared | None:
    """The item and its rows from `before`'s calendar to `after`'s, and with `to` to that policy; None where
    no instant differs and nothing is of another policy.

    `rows` are all that the item ever had, with what became of them; those due by now have fired already.
    Under the new calendar a row whose time has passed does not fire; only the due instant still
    marks the item, and the overdue notice goes out on the next working morning.
    """
    pending = [row for row in rows if row.status == "pending"]
    if not pending and to is None:
        return None
    own = [row for row in pending if row.term is None]
    changed: Item = item
    made: list[DeadlineRow] = []
    if item.details.own_date and item.due_on is not None and (own or (to and _alarmed(item, rows))):
        changed, made = _own_anew(item, kind, rows, own, before=before, after=after, to=to)
    changed, of_terms = _terms_anew(changed, rows, before=before, after=after, to=to)
    made += of_terms
    if to is not None:
        begun = terms_after(changed, setting=after.under(to))
        changed, made = begun.item, [*made, *begun.rows]
    coming = [row for row in made if row.status == "pending"]
    moved = differences(pending, coming)
    other_policy = to is not None and any(row.policy != to.label for row in pending)
    if not moved and changed.due_on == item.due_on and not (other_policy and pending):
        return None
    changed = changed._replace(version=item.version + 1)
    return Recalendared(changed, item.due_on, tuple(made), moved)


def _own_anew(
    item: Item,
    kind: TaskKind | None,
    rows: Sequence[DeadlineRow],
    pending: Sequence[DeadlineRow],
    *,
    before: Setting,
    after: Setting,
    to: DeadlinePolicy | None,
) -> tuple[Item, list[DeadlineRow]]:
    """A task's own date, its questions and its repeated notices."""
    asks = [row for row in pending if row.kind == "ask"]
    made: list[DeadlineRow] = []
    spread = len(asks) < len(pending) or (to is not None and _alarmed(item, rows))
    changed = _due_moved(item, kind, pending, before=before, after=after)
    if spread:
        policy = _policy_of(item, kind, pending, before=before)
        this = max(1, item.round)
        changed = changed._replace(round=this + 1)
        own = [row for row in rows if row.term is None]
        setting = after.under(to or policy)
        made = _round_anew(
            own,
            this,
            under_old={row.name: row.at for row in round_rows(item, kind, setting=before.under(policy))},
            fresh=list(round_rows(changed, kind, setting=setting)),
            setting=setting,
        )
    for ask in asks:
        changed, anew = _ask_anew(changed, ask, setting=after.under(to or after.policy_named(ask.policy)))
        made.append(anew)
    return changed, made


def _alarmed(item: Item, rows: Sequence[DeadlineRow]) -> bool:
    """Whether the item's own date is one of which people were told already: then a policy that tells more
    goes on from there."""
    this = max(1, item.round)
    return not item.waiting and "overdue" in _fired_in([row for row in rows if row.term is None], this)


def _terms_anew(
    item: Item,
    rows: Sequence[DeadlineRow],
    *,
    before: Setting,
    after: Setting,
    to: DeadlinePolicy | None,
) -> tuple[Item, list[DeadlineRow]]:
    """The item's terms under the new calendar or policy; one that the policy does not have ends."""
    made: list[DeadlineRow] = []
    changed = item
    for begun in item.terms:
        if begun.due is None or item.closed_on is not None:
            continue
        course = term_anew(changed, begun, after=after, to=to)
        if course is None:
            changed = with_term(changed, begun._replace(due=None, paused_on=None))
            continue
        term, will = course
        changed = with_term(changed, will)
        old = before.policy_named(begun.policy).term(begun.id)
        fresh = [replace(row, paused_on=will.paused_on) for row in term_rows(term, will, setting=after)]
        made += _round_anew(
            [row for row in rows if row.term == begun.id],
            begun.occurrence,
            under_old={row.name: row.at for row in term_rows(old, begun, setting=before)} if old else {},
            fresh=fresh,
            setting=after.under(after.policy_named(will.policy)),
        )
    return dated(changed, before=item, setting=after), made


def _due_moved(
    item: Item,
    kind: TaskKind | None,
    pending: Sequence[DeadlineRow],
    *,
    before: Setting,
    after: Setting,
) -> Item:
    """The item with its derived date under the new calendar; one that is over, or was set, stays."""
    due, today = item.due_on, after.today
    assert due is not None
    to_come = any(row.kind == "due" for row in pending) or (item.waiting and due >= today)
    if item.due_mark != "derived" or not to_come:
        return item
    if due != before.calendar.last_working_day_of_month(due.year, due.month):
        return item
    new = after.calendar.last_working_day_of_month(due.year, due.month)
    task = item.details
    moved = kept_target(item._replace(due_on=new))
    if isinstance(task, Task) and task.planned and task.planned.due == due:
        # What the document says moves along: read again, it is no other date.
        moved = moved._replace(details=replace(task, planned=task.planned._replace(due=new)))
    return moved._replace(overdue=days_late(moved, kind, today) > 0)


def _policy_of(
    item: Item,
    kind: TaskKind | None,
    pending: Sequence[DeadlineRow],
    *,
    before: Setting,
) -> DeadlinePolicy:
    """The policy by which the round was made: the first whose round has the rows that are to come."""
    said = {row.policy for row in pending if row.kind != "ask" and row.policy is not None}
    for label in said:
        return before.policy_named(label)
    names = {(row.name, row.level) for row in pending if row.kind != "ask"}
    clock = ZoneInfo(before.office.zone)
    hours = {row.at.astimezone(clock).time() for row in pending if row.kind not in ("ask", "due")}
    for policy in (before.policy, *before.policies):
        fresh = round_rows(item, kind, setting=before.under(policy))
        if names <= {(row.name, row.level) for row in fresh} and hours <= {policy.fire_at}:
            return policy
    return before.policy


def _round_anew(
    rows: Sequence[DeadlineRow],
    this: int,
    *,
    under_old: Mapping[str, datetime],
    fresh: Sequence[DeadlineRow],
    setting: Setting,
) -> list[DeadlineRow]:
    """What is left of the round `this`, under the next occurrence; `rows` are those of one date or term. A
    row that both calendars put on one instant keeps the instant that it had."""
    standing = {row.name: row for row in rows if row.status == "pending" and row.occurrence == this}
    fired = _fired_in(rows, this)
    gone = max(setting.now, at_local(setting.started_on, time(0), setting.office.zone))
    made = []
    for row in fresh:
        if row.name in fired:
            continue
        stood = standing.get(row.name)
        if stood is not None and under_old.get(row.name) == row.at:
            made.append(replace(row, at=stood.at))
        elif row.at > gone:
            made.append(row)
        elif stood is not None:
            made.append(as_of(row, setting=setting))
    return [*made, *_repeats_anew(standing, fired, fresh, setting=setting)]


def _repeats_anew(
    standing: Mapping[str, DeadlineRow],
    fired: set[str],
    fresh: Sequence[DeadlineRow],
    *,
    setting: Setting,
) -> list[DeadlineRow]:
    """The repeated notices: moved to a working day, or begun where the new policy asks for them."""
    overdue = next((row for row in fresh if row.kind == "overdue"), None)
    if setting.policy.repeat is None or overdue is None:
        return []
    zone = setting.office.zone
    repeats = [row for row in standing.values() if row.kind == "repeat"]
    if not repeats and overdue.name in fired:
        begun = next_repeat(overdue, setting=setting)
        return [begun] if begun else []
    return [
        replace(
            row,
            occurrence=overdue.occurrence,
            at=at_local(
                setting.calendar.next_working(local_date(row.at, zone)),
                row.at.astimezone(ZoneInfo(zone)).time(),
                zone,
            ),
            due_date=overdue.due_date,
            calendar=setting.calendar.version,
            policy=setting.policy.label,
        )
        for row in repeats
    ]


def _fired_in(rows: Iterable[DeadlineRow], this: int) -> set[str]:
    """Names that fired in the round, which a changed calendar may have carried over several occurrences."""
    by_round: dict[int, list[DeadlineRow]] = {}
    for row in rows:
        if row.kind != "ask":
            by_round.setdefault(row.occurrence, []).append(row)
    first = this
    while any(row.reason in (CALENDAR, POLICY) for row in by_round.get(first - 1, ())):
        first -= 1
    return {
        row.name
        for occurrence in range(first, this + 1)
        for row in by_round.get(occurrence, ())
        if row.status == "fired"
    }


def _ask_anew(item: Item, ask: DeadlineRow, *, setting: Setting) -> tuple[Item, DeadlineRow]:
    """The monthly question on the month's first working day; one whose day is over keeps its day."""
    zone = setting.office.zone
    local = ask.at.astimezone(ZoneInfo(zone))
    day = setting.calendar.first_working_day_of_month(local.year, local.month)
    at = at_local(day, local.time(), zone)
    asked = item.asks + 1
    assert item.due_on is not None
    anew = replace(
        ask,
        occurrence=asked,
        at=at if at > setting.now else ask.at,
        due_date=item.due_on,
        calendar=setting.calendar.version,
        policy=setting.policy.label,
    )
    return item._replace(asks=asked), anew


def differences(pending: Sequence[DeadlineRow], coming: Sequence[DeadlineRow]) -> tuple[Moved, ...]:
    """The rows whose instants differ, in order of time."""
    old, new = {row.name: row for row in pending}, {row.name: row for row in coming}
    moved = []
    for name in dict.fromkeys((*old, *new)):
        was, will = old.get(name), new.get(name)
        if was is None or will is None or was.at != will.at:
            row = was or will
            assert row is not None
            old_at, new_at = was.at if was else None, will.at if will else None
            moved.append(Moved(row, old_at, new_at))
    return tuple(sorted(moved, key=_when))


def _when(moved: Moved) -> tuple[datetime, str]:
    at = moved.old or moved.new
    assert at is not None
    return at, moved.row.name


def recalendar_item(
    unit: Unit,
    key: Key,
    case: Case,
    *,
    before: Setting,
    role: str | None,
    to: DeadlinePolicy | None = None,
) -> Recalendared | None:
    """Moves one item's deadlines from `before` to the case's setting, with its entry; None where it keeps
    them.

    What is due by now fires first, under the calendar that it was made by: nothing is dropped.
    """
    item = unit.lock(key)
    if item is not None and unit.due_rows(key, now=case.now):
        sweep_item(unit, key, case.under(before))
        item = unit.lock(key)
    if item is None:
        return None
    machine, after = case.machine(item), case.setting
    found = recalendared(
        item,
        machine.definition.kind(item.kind),
        unit.deadline_rows(key),
        before=before.of(item),
        after=after.of(item),
        to=to,
    )
    if found is not None:
        entry = _entry(found, actor=case.actor.account, role=role, calendar=after.calendar.version, to=to)
        reason = CALENDAR if to is None else POLICY
        decision = Decision(found.item, entry, cancel_deadlines=reason, deadlines=found.rows)
        unit.write(decision, open=machine.states[item.state].open)
    return found


def _entry(
    found: Recalendared, *, actor: str, role: str | None, calendar: str, to: DeadlinePolicy | None
) -> EntryDraft:
    inputs: dict[str, Plain] = {
        "old": found.due_before.isoformat() if found.due_before else None,
        "new": found.due.isoformat() if found.due else None,
        "rows": len(found.moved),
    }
    inputs |= {"calendar": calendar} if to is None else {"policy": to.label}
    state = found.item.state
    event = CALENDAR if to is None else POLICY
    return EntryDraft(event=event, actor=actor, role=role, from_state=state, to_state=state, inputs=inputs)
