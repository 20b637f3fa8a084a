"""Opens a dossier under a task, empty or with the lines of one that came to nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.context import Setting
from workflow.model.decision import Decision, Reason
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference, UnknownValue
from workflow.model.facts import Item, Key
from workflow.model.tasks import Task
from workflow.services.advance import Advance, Tried, advance
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


@dataclass(frozen=True, slots=True)
class CopiedDossier:
    """A command to open a dossier with the lines of `source`, under a task of any open year."""

    source: Key
    task: Key
    reason: str
    note: str | None = None


WORDS = ("name", "position", "unit", "achievement")
"""The words of a line that are copied, each with a salt of its own, like words that are typed again."""


def copy_dossier(
    unit: Unit, command: CopiedDossier, case: Case, *, machine: RunnableMachine
) -> Decision | Tried:
    """Makes the dossier, then adds each line as a command would; a refusal of one is one of all. Lines whose
    names were erased are left out, with a warning. Raises UnknownReference, UnknownEvent, InputMistakes."""
    locked = {key: unit.lock(key) for key in sorted((command.source, command.task))}
    source, task = locked[command.source], locked[command.task]
    if source is None or not isinstance(source.details, Dossier):
        raise UnknownReference(ref=command.source.ref)
    if task is None or not isinstance(task.details, Task):
        raise UnknownReference(ref=command.task.ref)
    copied = source.details
    made = create(
        unit,
        Creation(
            machine,
            Dossier(copied.body, copied.type, copied.title),
            *command.task[:2],
            task,
            words={"of": f"{source.key.year}/{source.key.ref}", "reason": command.reason},
            note=command.note,
            event="copy",
            beside={"source": (source,)},
        ),
        case,
    )
    if isinstance(made, Tried):
        return made
    return _with_lines(unit, made, source, case)


def _with_lines(unit: Unit, made: Decision, source: Item, case: Case) -> Decision | Tried:
    words = {(word.line, word.field): word.value for word in unit.words(source.key) if word.line}
    left_out: list[str] = []
    item = made.item
    for line in Dossier.of(source).nominees:
        said = {field: words[line.no, field] for field in WORDS if (line.no, field) in words}
        if "name" not in said:
            left_out.append(str(line.no))
            continue
        asked = {"kind": line.kind, "title": line.title, **said}
        added = advance(unit, Advance(made.item.key, "add", asked), case)
        if isinstance(added, Tried):
            return replace(added, item=source)
        item = added.item
    told = (Reason("lines_left_out", {"so": ", ".join(left_out)}),) if left_out else ()
    return replace(made, item=item, warnings=(*made.warnings, *told))


def check_known(command: NewDossier, setting: Setting) -> None:
    """Raises UnknownValue for a body, title or type that the office does not have."""
    for what, value, known in (
        ("body", command.body, [body.id for body in setting.office.bodies]),
        ("title", command.title, [title.id for title in setting.rules.titles]),
        ("type", command.type, [type.id for type in setting.rules.types]),
    ):
        if value not in known:
            raise UnknownValue(what=what, value=value, known=", ".join(known))
