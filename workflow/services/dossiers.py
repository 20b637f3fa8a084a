"""Opens a dossier under a task."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.context import Setting
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference, UnknownValue
from workflow.model.facts import Key
from workflow.model.tasks import Task
from workflow.services.advance import Tried
from workflow.services.create import Creation, create


@dataclass(frozen=True, slots=True)
class NewDossier:
    """A command to open a dossier under a task."""

    task: Key
    body: str
    title: str
    type: str
    note: str | None = None


def open_dossier(
    unit: Unit, command: NewDossier, case: Case, *, machine: RunnableMachine
) -> Decision | Tried:
    """Makes a dossier under its task, whose row it locks first. Raises UnknownReference, UnknownValue."""
    check_known(command, case.setting)
    task = unit.lock(command.task)
    if task is None or not isinstance(task.details, Task):
        raise UnknownReference(ref=case.setting.ref(command.task))
    details = Dossier(command.body, command.type, command.title)
    office, year, _ref = command.task
    return create(unit, Creation(machine, details, office, year, task, note=command.note), case)


def check_known(command: NewDossier, setting: Setting) -> None:
    """Raises UnknownValue for a body, title or type that the office does not have."""
    for what, value, known in (
        ("body", command.body, [body.id for body in setting.office.bodies]),
        ("title", command.title, [title.id for title in setting.rules.titles]),
        ("type", command.type, [type.id for type in setting.rules.types]),
    ):
        if value not in known:
            raise UnknownValue(what=what, value=value, known=", ".join(known))
