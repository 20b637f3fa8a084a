"""Writes a plan that was read into the year's tasks: makes new ones, changes those that differ, removes none.

A row that is missing from a new document is told. Only the chair's `cancel` ends its task.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import cast

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine, with_owners
from workflow.engine.ports import Unit
from workflow.model.context import Setting
from workflow.model.decision import DeadlineRow, Decision, EntryDraft
from workflow.model.facts import DueMark, Item, Key, Plain
from workflow.model.lateness import days_late, waits_until_set
from workflow.model.plan import Part, PlanTask, Quarter
from workflow.model.subjects import TASK
from workflow.model.tasks import Planned, Task
from workflow.time.deadlines import (
    MOVED,
    first_ask,
    first_round,
    kept_target,
    next_round,
)
from workflow.time.terms import with_terms


@dataclass(frozen=True, slots=True)
class Imported:
    """How many tasks were made and changed, and how many stay as they are."""

    added: int
    changed: int
    kept: int


def task_key(office: str, year: int, number: int) -> Key:
    return Key(office, year, TASK.ref(number))


def task_of(row: PlanTask) -> Task:
    """The task that a plan's row describes."""
    return Task(
        number=row.number,
        quarter=row.quarter,
        content=row.content,
        kind=row.kind,
        part=row.part,
        period=row.period,
        lead=row.lead,
        bodies=row.bodies,
        derived=tuple(name for name in row.derived if name != "due"),
        planned=Planned(row.due, row.lead, row.bodies, row.derived, row.kind, row.part, row.number),
    )


def row_of(item: Item) -> PlanTask | None:
    """The plan's row as it was last imported, to be compared with a new reading.

    The lead body and the date are those of the document, whatever people have changed since.
    """
    task = Task.of(item)
    if task.planned is None:
        return None
    planned = task.planned
    return PlanTask(
        number=planned.number,
        quarter=cast("Quarter", task.quarter),
        content=task.content,
        bodies=planned.bodies,
        lead=planned.lead,
        cooperating=tuple(body for body in planned.bodies if body != planned.lead),
        kind=planned.kind,
        part=cast("Part | None", planned.part),
        period=task.period,
        due=planned.due,
        derived=planned.derived,
        lines=(),
    )


def new_task(
    row: PlanTask, *, key: Key, machine: RunnableMachine, setting: Setting
) -> tuple[Item, tuple[DeadlineRow, ...]]:
    """The task item of a plan's row with its first round of deadlines."""
    task = task_of(row).numbered(int(key.ref[1:]))
    derived = "due" in row.derived
    mark: DueMark = "derived" if derived else "plan"
    item = Item(
        key=key,
        machine=machine.name,
        digest=machine.digest,
        state=machine.definition.initial,
        version=1,
        details=task,
        due_on=row.due,
        due_mark=mark,
        waiting=derived and waits_until_set(machine.definition.kind(task.variant)),
    )
    item = with_owners(machine, item, setting=setting)
    return first_round(item, machine.definition.kind(task.variant), setting=setting)


def import_tasks(
    unit: Unit,
    rows: tuple[PlanTask, ...],
    case: Case,
    *,
    year: int,
    role: str,
    machine: RunnableMachine,
    refs: Mapping[int, str] = MappingProxyType({}),
) -> Imported:
    """Writes a reading into the year: one entry for each task that is made or changed.

    `refs` are those of the rows that were imported before, by their numbers in the document. A number that a
    task beside the plan has taken since leaves the row the next free one.
    """
    setting = case.setting
    added = changed = 0
    for row in rows:
        key = Key(case.office.name, year, refs.get(row.number) or TASK.ref(row.number))
        standing = unit.lock(key)
        if standing is not None and Task.of(standing).planned is None:
            key, standing = task_key(case.office.name, year, unit.next_number(TASK.id, year)), None
        entry = _entry(case.actor.account, role, machine, standing, row)
        if standing is None:
            item, deadlines = new_task(row, key=key, machine=machine, setting=setting)
            made = with_terms(Decision(item, entry, deadlines=deadlines), setting=setting)
            unit.write(made, open=True, new=True)
            added += 1
        elif differs(standing, row):
            decision = _changed(standing, row, entry, machine=machine, setting=setting)
            decision = with_terms(decision, setting=setting)
            unit.write(decision, open=machine.states[standing.state].open)
            changed += 1
    return Imported(added, changed, len(rows) - added - changed)


def differs(standing: Item, row: PlanTask) -> bool:
    """Whether the document says something else than it said when the task was last imported."""
    before = row_of(standing)
    return before is None or before != replace(row, lines=())


def _changed(
    standing: Item, row: PlanTask, entry: EntryDraft, *, machine: RunnableMachine, setting: Setting
) -> Decision:
    """The task as the new document has it; its date moves only where nobody has set another one since.

    Where the kind changes, the task may begin or stop waiting for others, so its rows are made anew too.
    """
    kept = Task.of(standing)
    task = replace(task_of(row), number=kept.number, name=kept.name, forwarded=kept.forwarded)
    if kept.planned and row.lead == kept.planned.lead:
        task = replace(task, lead=kept.lead, derived=kept.derived)
        task = replace(task, bodies=row.bodies if kept.lead in row.bodies else (kept.lead, *row.bodies))
    if kept.planned and (row.kind, row.part) == (kept.planned.kind, kept.planned.part):
        derived = tuple(name for name in task.derived if name != "part" or name in kept.derived)
        task = replace(task, kind=kept.kind, part=kept.part, derived=derived)
    item = standing._replace(details=task, version=standing.version + 1)
    moved = _moved(standing, row, item, machine=machine, today=setting.today)
    if moved is None:
        return Decision(with_owners(machine, item, setting=setting), entry)
    if moved.waiting:
        moved, ask = first_ask(moved, since=setting.today, setting=setting)
        rows: tuple[DeadlineRow, ...] = (ask,)
    else:
        kind = machine.definition.kind(moved.kind)
        moved, rows = next_round(moved, kind, setting=setting)
    return Decision(
        with_owners(machine, moved, setting=setting), entry, cancel_deadlines=MOVED, deadlines=rows
    )


def _moved(
    standing: Item, row: PlanTask, item: Item, *, machine: RunnableMachine, today: date
) -> Item | None:
    """`item` with the document's date, or None where its rows stay as they are."""
    if standing.due_mark not in ("derived", "plan") or not machine.states[standing.state].open:
        return None
    mark: DueMark = "derived" if "due" in row.derived else "plan"
    before, kind = machine.definition.kind(standing.kind), machine.definition.kind(item.kind)
    moved = item._replace(due_on=row.due, due_mark=mark)
    as_before = (standing.due_on, standing.due_mark) == (row.due, mark) and (
        before.waits if before else None
    ) == (kind.waits if kind else None)
    if as_before:
        return None
    waiting = mark == "derived" and waits_until_set(kind)
    marked = kept_target(moved._replace(waiting=waiting), moved_on=today)
    return marked._replace(overdue=days_late(marked, kind, today) > 0)


def _entry(
    actor: str, role: str, machine: RunnableMachine, standing: Item | None, row: PlanTask
) -> EntryDraft:
    inputs: dict[str, Plain] = {"due": row.due.isoformat(), "lead": row.lead, "kind": row.kind}
    return EntryDraft(
        event="import",
        actor=actor,
        role=role,
        from_state=standing.state if standing else None,
        to_state=standing.state if standing else machine.definition.initial,
        machine=machine.name,
        inputs=inputs,
    )
