"""What happens when a deadline row's time has come: pure decisions, and the service that applies them.

The sweep acts as `system`: it reminds, informs and sets the overdue mark; it never moves a state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from workflow.advancing import Machines
from workflow.calendar import local_date
from workflow.context import Setting
from workflow.deadlines import informed, late_seconds, next_ask, waits_for_basis
from workflow.decision import DeadlineRow, EntryDraft, NoticeDraft
from workflow.definition import Catalogue
from workflow.effects import count_in_memory, remember
from workflow.facts import Item, Key, Plain
from workflow.machine import RunnableMachine, with_owners
from workflow.notices import draft_notice
from workflow.ports import FiredRow, Unit
from workflow.roles import SYSTEM, Standing, owners


@dataclass(frozen=True, slots=True)
class Fired:
    """What one row comes to: the item's marks, whom it addresses, the rows that follow."""

    item: Item
    event: str
    to: tuple[str, ...] = ()
    rows: tuple[DeadlineRow, ...] = ()


def _remind(
    item: Item, _row: DeadlineRow, _machine: RunnableMachine, _setting: Setting, _now: datetime
) -> Fired:
    reminded = remember(item, reminded=count_in_memory(item, "reminded") + 1)
    return Fired(reminded, "remind", item.owners)


def _due_today(
    item: Item, _row: DeadlineRow, _machine: RunnableMachine, _setting: Setting, _now: datetime
) -> Fired:
    reminded = remember(item, reminded=count_in_memory(item, "reminded") + 1)
    return Fired(reminded, "due_today", item.owners)


def _pass_due(
    item: Item, _row: DeadlineRow, machine: RunnableMachine, setting: Setting, now: datetime
) -> Fired:
    """The due instant: overdue from now on, or waiting for an outside basis with a monthly question."""
    if waits_for_basis(item, machine.definition.kind(item.kind)):
        after = local_date(now, setting.office.zone)
        waiting, ask = next_ask(replace(item, waiting=True), after=after, setting=setting)
        return Fired(waiting, "wait", (), (ask,))
    return Fired(replace(item, overdue=True), "overdue")


def _escalate(
    item: Item, row: DeadlineRow, _machine: RunnableMachine, setting: Setting, _now: datetime
) -> Fired:
    told = item.memory.get("addressed")
    addressed = [str(id) for id in told] if isinstance(told, list) else []
    rung = next((rung for rung in setting.policy.ladder if row.name == f"escalation-{rung.after}"), None)
    to = informed(item, rung, setting=setting, addressed=frozenset(addressed)) if rung else ()
    return Fired(remember(item, addressed=[*addressed, *to]), "escalate", to)


def _ask(item: Item, _row: DeadlineRow, _machine: RunnableMachine, setting: Setting, now: datetime) -> Fired:
    """The question goes to the officer, whoever must act at this step: the officer hears of the date."""
    asked, following = next_ask(item, after=local_date(now, setting.office.zone), setting=setting)
    officers = owners("lead_officer", Standing(item, setting.office, setting.rules))
    return Fired(asked, "ask", officers, (following,))


Firing = Callable[[Item, DeadlineRow, RunnableMachine, Setting, datetime], Fired]
FIRINGS: Mapping[str, Firing] = MappingProxyType(
    {
        "reminder": _remind,
        "due_today": _due_today,
        "due": _pass_due,
        "overdue": _remind,
        "escalation": _escalate,
        "ask": _ask,
    }
)


def fire(item: Item, row: DeadlineRow, *, machine: RunnableMachine, setting: Setting, now: datetime) -> Fired:
    """What `row` comes to at `now`."""
    return FIRINGS[row.kind](item, row, machine, setting, now)


@dataclass(frozen=True, slots=True)
class Swept:
    """How many rows of an item fired and how many notices they made."""

    rows: int = 0
    notices: int = 0


def sweep_item(
    unit: Unit, key: Key, *, machines: Machines, setting: Setting, catalogue: Catalogue, now: datetime
) -> Swept:
    """Fires every due row of one item, each with its own entry; nothing if somebody else has the item."""
    item = unit.lock(key, skip_locked=True)
    if item is None:
        return Swept()
    machine = machines(item.digest)
    item = with_owners(machine, item, setting=setting)
    rows = sorted(unit.due_rows(key, now=now), key=_turn)
    sent = 0
    for row in rows:
        fired = fire(item, row, machine=machine, setting=setting, now=now)
        item = fired.item
        notices = tuple(
            draft_notice(item, row, to, machine=machine, setting=setting, catalogue=catalogue, now=now)
            for to in fired.to
        )
        _write(unit, row, fired, notices, now=now)
        sent += len(notices)
    return Swept(len(rows), sent)


def _turn(row: DeadlineRow) -> tuple[datetime, int, str]:
    """Rows fire in order of time; whoever must act hears of a late task before others are informed."""
    return row.at, tuple(FIRINGS).index(row.kind), row.name


def _write(
    unit: Unit, row: DeadlineRow, fired: Fired, notices: tuple[NoticeDraft, ...], *, now: datetime
) -> None:
    late = late_seconds(row.at, now)
    inputs: dict[str, Plain] = {
        "row": row.name,
        "occurrence": row.occurrence,
        "late_s": late,
        "to": list(fired.to),
    }
    entry = EntryDraft(
        event=fired.event,
        actor=SYSTEM,
        role=SYSTEM,
        from_state=fired.item.state,
        to_state=fired.item.state,
        inputs=inputs,
    )
    unit.write_fired(
        fired.item,
        entry=entry,
        fired=FiredRow(row.name, row.occurrence, late),
        rows=fired.rows,
        notices=notices,
    )
