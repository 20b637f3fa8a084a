"""What a change of state does to lists of expected dossiers, in its transaction, after it is written.

A dossier that is handed in answers for its body, one that is withdrawn or recalled no longer does. A
finished guidance asks every nominating body for the award row of its period. An approved movement asks nobody
by itself: whom it would ask is told, and `workflow.services.expect` opens the list.
No event is refused because of a list: what is wrong is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workflow.engine.case import Case
from workflow.model.context import Actor, Setting
from workflow.model.decision import Decision, EntryDraft, Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier
from workflow.model.expecting import (
    Basis,
    Expectation,
    basis_of,
    ended,
    guided_by,
    guided_kinds,
    opened,
    owing,
    proposes_list,
    received,
    withdrawn,
)
from workflow.model.facts import Facts, Item
from workflow.model.tasks import PlannedTask, Task

if TYPE_CHECKING:  # the names of what may follow are read with the definitions, without `transitions`
    from workflow.engine.machine import RunnableMachine
    from workflow.engine.ports import Unit

CANCELLED, WITHDRAWN = "cancelled", "withdrawn"


def task_moved(unit: Unit, decision: Decision, facts: Facts, case: Case) -> tuple[Reason, ...]:
    """Opens the lists that the task's new state asks for; a finished award row tells who stayed silent."""
    if decision.item.state == facts.item.state:
        return ()
    after, machine = decision.item, case.machine(decision.item)
    kind = machine.definition.kind(after.kind)
    closed = not machine.states[after.state].open and after.state != CANCELLED
    if proposes_list(after, kind):
        return _proposed(unit, after, case)
    if closed and (kinds := guided_kinds(kind, machine.definition)):
        basis = basis_of(after.key.ref, decision.entry.inputs)
        asked = tuple(_guided(unit, after, machine, kinds))
        return tuple(told for task in asked for told in _open(unit, task, basis, decision, case))
    if closed and kind is not None and kind.gives_awards:
        return unanswered(unit.expectations(after.key), case.setting)
    return ()


def dossier_moved(unit: Unit, decision: Decision, facts: Facts, _case: Case) -> tuple[Reason, ...]:
    """The first receipt of a dossier answers for its body; a withdrawal or a recall takes that back."""
    after = decision.item
    was, dossier = Dossier.of(facts.item), Dossier.of(after)
    assert after.parent is not None
    came = was.received_on is None and dossier.received_on is not None
    gone = was.received_on is not None and (after.state == WITHDRAWN or dossier.received_on is None)
    if not (came or gone):
        return ()
    task = after.key._replace(ref=after.parent)
    if facts.parent is None:  # else its lock is held already
        unit.lock(task)
    row = next((expected for expected in unit.expectations(task) if expected.body == dossier.body), None)
    if row is None:  # nobody asked this body
        return ()
    if came and dossier.received_on is not None:
        now = received(row, dossier=after.key.ref, on=dossier.received_on)
    else:
        now = withdrawn(row, dossier=after.key.ref, others=unit.received_dossiers(task))
    if now != row:
        unit.expect(task, (now,))
    return ()


def _guided(unit: Unit, guidance: Item, machine: RunnableMachine, kinds: tuple[str, ...]) -> Iterator[Item]:
    """The open award rows that rest on the guidance, each under its lock."""
    own = planned(guidance)
    # In the order of their references: two guidances that lock the same rows would else deadlock.
    for task in sorted(planned_of(unit, guidance.key.year, kinds)):
        if task.open and guided_by(own, task, machine.definition):
            found = unit.lock(guidance.key._replace(ref=task.ref))
            if found is not None and found.closed_on is None:
                yield found


def planned_of(unit: Unit, year: int, kinds: tuple[str, ...]) -> tuple[PlannedTask, ...]:
    """The year's tasks of these kinds, kind by kind in the plan's order."""
    return tuple(task for kind in kinds for task in unit.planned_tasks(year, kind))


def planned(item: Item) -> PlannedTask:
    """A task as the tasks that rest on it see it."""
    task = Task.of(item)
    return PlannedTask(
        item.key.ref, task.variant, task.quarter, task.period, task.content, item.closed_on is None
    )


def _proposed(unit: Unit, task: Item, case: Case) -> tuple[Reason, ...]:
    """A warning that whom the movement asks is to be confirmed; none where bodies were asked already."""
    if unit.expectations(task.key):
        return ()
    owed = owing(Task.of(task), case.office, guided=False, today=case.today)
    return (Reason("list_proposed", {"n": len(owed), "ref": case.setting.ref(task.key)}),)


def _open(unit: Unit, task: Item, basis: Basis, decision: Decision, case: Case) -> tuple[Reason, ...]:
    """Asks the bodies that owe a dossier; a warning tells of those that were not asked before."""
    standing = unit.expectations(task.key)
    rows = opened(
        standing,
        owing(Task.of(task), case.office, guided=True, today=case.today),
        unit.received_dossiers(task.key),
        asked_on=decision.item.closed_on or case.today,
        basis=basis,
    )
    if not rows:
        return ()
    unit.expect(task.key, rows, entry=opening_entry(task, rows, actor=case.actor, role=decision.entry.role))
    new = {row.body for row in rows} - {row.body for row in standing}
    return (Reason("list_opened", {"n": len(new), "ref": case.setting.ref(task.key)}),) if new else ()


def opening_entry(task: Item, rows: tuple[Expectation, ...], *, actor: Actor, role: str | None) -> EntryDraft:
    """The entry of a list that was opened or changed: whom it asks now, until when, on what ground."""
    return EntryDraft(
        event="expect_open",
        actor=actor.account,
        acting_for=actor.acting_for,
        role=role,
        from_state=task.state,
        to_state=task.state,
        inputs={
            "bodies": [row.body for row in rows],
            "due": rows[0].due_on.isoformat() if rows[0].due_on else None,
            "guidance": rows[0].guidance,
        },
    )


def unanswered(rows: tuple[Expectation, ...], setting: Setting) -> tuple[Reason, ...]:
    """A warning where bodies have not answered."""
    names = [
        body.short if (body := setting.office.body(row.body)) else row.body
        for row in rows
        if row.status == "silent" and not ended(row, setting.office, setting.today)
    ]
    if not names:
        return ()
    named = "; ".join(names)
    return (Reason("silent_bodies", {"n": len(names), "don_vi": Text(named, named)}),)
