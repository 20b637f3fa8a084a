"""Writing a plan as read into its year."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from runtime.acts.off_plan import keep_place
from storage import offices
from storage.unit import UnitOfWork
from workflow.model.context import Actor
from workflow.model.plan import PlanReading
from workflow.model.roles import SYSTEM
from workflow.model.tasks import Task
from workflow.services.import_plan import Imported, import_tasks


def import_plan(acting: Acting, reading: PlanReading, *, document: str, role: str | None) -> Imported:
    """Writes a reading's tasks into its year. `document` is the file's digest; no role: the program."""
    return acting.act(lambda unit: Done(write_plan(acting, unit, reading, document=document, role=role)))


def write_plan(
    acting: Acting, unit: UnitOfWork, reading: PlanReading, *, document: str, role: str | None
) -> Imported:
    """The same within a transaction of the caller's."""
    year = reading.year
    assert year is not None
    offices.store_plan(unit, year=year, title=reading.title or "", document=document)
    done = import_tasks(
        unit,
        reading.tasks,
        acting.case if role else acting.case_of(Actor(SYSTEM)),
        year=year,
        role=role or SYSTEM,
        machine=acting.newest_machine("task"),
        refs={
            task.planned.number: item.key.ref
            for item in acting.tasks(year)
            if (task := Task.of(item)).planned is not None
        },
    )
    offices.count_tasks(unit, year=year, last=max((row.number for row in reading.tasks), default=0))
    keep_place(acting, unit, year)
    return done
