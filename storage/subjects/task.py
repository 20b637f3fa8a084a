"""How a task is kept: one row with its lists as JSON."""

from __future__ import annotations

from typing import Any

from storage.subjects.details import KeptDetails, names_json, names_of
from workflow.model import subjects
from workflow.model.tasks import Arisen, Planned, Task

_PLANNED = (
    "planned_due",
    "planned_lead",
    "planned_bodies",
    "planned_derived",
    "planned_kind",
    "planned_part",
    "planned_number",
)
_ARISEN = ("arisen_paper", "arisen_on")


def _value(row: dict[str, Any], _lines: tuple[Any, ...]) -> Task:
    row["bodies"] = names_of(row["bodies"])
    row["derived"] = names_of(row["derived"])
    due, lead, bodies, derived, *own = (row.pop(name) for name in _PLANNED)
    planned = None if due is None else Planned(due, lead, names_of(bodies), names_of(derived), *own)
    paper, on = (row.pop(name) for name in _ARISEN)
    return Task(**row, planned=planned, arisen=None if paper is None else Arisen(paper, on))


def _columns(task: Task) -> dict[str, Any]:
    planned = task.planned
    return {
        "number": task.number,
        "content": task.content,
        "quarter": task.quarter,
        "kind": task.kind,
        "part": task.part,
        "period": task.period,
        "lead": task.lead,
        "bodies": names_json(task.bodies),
        "derived": names_json(task.derived),
        "planned_due": planned.due if planned else None,
        "planned_lead": planned.lead if planned else None,
        "planned_bodies": names_json(planned.bodies) if planned else None,
        "planned_derived": names_json(planned.derived) if planned else None,
        "planned_kind": planned.kind if planned else None,
        "planned_part": planned.part if planned else None,
        "planned_number": planned.number if planned else None,
        "arisen_paper": task.arisen.paper if task.arisen else None,
        "arisen_on": task.arisen.on if task.arisen else None,
        "name": task.name,
        "forwarded": task.forwarded,
    }


TASK = KeptDetails(
    subjects.TASK,
    table="task",
    fixed=("number",),
    changes=(
        *("content", "quarter", "kind", "part", "period", "lead", "bodies", "derived"),
        *_PLANNED,
        *_ARISEN,
        *("name", "forwarded"),
    ),
    days=frozenset({"planned_due", "arisen_on"}),
    value_of=_value,
    columns_of=_columns,
    counter=("plan", "last_task"),
)
