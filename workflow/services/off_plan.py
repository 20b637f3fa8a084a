"""Each year's standing place for the dossiers that the plan does not name: it only holds them."""

from __future__ import annotations

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.decision import Decision, EntryDraft
from workflow.model.facts import Item, Key
from workflow.model.tasks import OFF_PLAN, Task

KIND = "off_plan"
CONTENT = "Ngoài kế hoạch"


def keep_place(unit: Unit, case: Case, *, year: int, role: str, machine: RunnableMachine) -> bool:
    """Makes the year's place where it has none; whether it did."""
    key = Key(case.office.name, year, OFF_PLAN)
    if unit.lock(key) is not None:
        return False
    division = case.office.division
    details = Task(0, "", CONTENT, KIND, None, None, division, (division,))
    state = machine.definition.initial
    entry = EntryDraft("import", case.actor.account, role, None, state, machine=machine.name)
    item = Item(key, machine.name, machine.digest, state, 1, details)
    unit.write(Decision(item, entry), open=machine.states[state].open, new=True)
    return True
