"""Opens a dossier under a task, empty or with the lines of one that came to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.engine.ports import Unit
from workflow.model.body_names import body_meant
from workflow.model.context import Setting
from workflow.model.decision import Decision, Reason, Refused
from workflow.model.definition import RulePack
from workflow.model.dossiers import LINE_WORDS, Dossier, opened
from workflow.model.errors import UnknownReference, UnknownValue
from workflow.model.facts import Item, Key
from workflow.model.movements import Movement, found_by
from workflow.model.naming import NotNamed, UnknownName, labelled, meant
from workflow.model.positions import could_be
from workflow.model.tasks import Task
from workflow.rules.inputs import title_called
from workflow.rules.nominees import DESCRIBING, NOBODY
from workflow.services.advance import Advance, Tried, advance
from workflow.services.create import Creation, create


@dataclass(frozen=True, slots=True)
class NewDossier:
    """A command to open a dossier under a task."""

    task: Key
    body: str
    title: str
    type: str | None = None
    ground: str | None = None
    period: str | None = None
    note: str | None = None
    movement: str | None = None

    def details(self, rules: RulePack) -> Dossier:
        """The dossier that is to be made, about its plan's year where it does not say otherwise."""
        period = self.period or str(self.task.year)
        made = opened(self.body, self.title, rules, type=self.type, ground=self.ground, period=period)
        return replace(made, movement=self.movement)


def open_dossier(
    unit: Unit, command: NewDossier, case: Case, *, machine: RunnableMachine
) -> Decision | Tried:
    """Makes a dossier under its task, whose row it locks first. Raises UnknownReference, UnknownName,
    UnknownValue."""
    movements = unit.movements() if command.movement else ()
    command = of_movement(with_ids(command, case.setting), movements, case.setting.rules)
    task = unit.lock(command.task)
    if task is None or not isinstance(task.details, Task):
        raise UnknownReference(ref=case.setting.ref(command.task))
    office, year, _ref = command.task
    details = command.details(case.setting.rules)
    beside = {"movements": movements}
    return create(
        unit, Creation(machine, details, office, year, task, note=command.note, beside=beside), case
    )


OF_A_MOVEMENT = "phong_trao"
"""The type of commendation of what a movement gives."""


def of_movement(command: NewDossier, movements: Iterable[Movement], rules: RulePack) -> NewDossier:
    """The command as it follows from the movement that it names: by its reference, for its period and, for a
    form, of the type of movements, where nothing else is said."""
    found = found_by(command.movement, movements) if command.movement else None
    if found is None:
        return command
    title = rules.title(command.title)
    type = command.type or (OF_A_MOVEMENT if title and title.form else None)
    return replace(command, movement=found.ref, type=type, period=command.period or found.period)


@dataclass(frozen=True, slots=True)
class CopiedDossier:
    """A command to open a dossier with the lines of `source`, under a task of any open year; of another
    type, on another ground or for another period where these are given."""

    source: Key
    task: Key
    reason: str
    note: str | None = None
    type: str | None = None
    ground: str | None = None
    period: str | None = None
    confirmed: bool = False


def copy_dossier(
    unit: Unit, command: CopiedDossier, case: Case, *, machine: RunnableMachine
) -> Decision | Tried:
    """Makes the dossier, then adds each line as a command would; a refusal of one is one of all, and what is
    doubtful about them is asked together, by the numbers that they have in the source. Lines whose
    names were erased are left out, with a warning. Whoever a line was linked to, the copy's is too; what may
    be several accounts' is nobody's in it, with a warning. Raises UnknownReference, UnknownEvent,
    InputMistakes."""
    locked = {key: unit.lock(key) for key in sorted((command.source, command.task))}
    source, task = locked[command.source], locked[command.task]
    if source is None or not isinstance(source.details, Dossier):
        raise UnknownReference(ref=command.source.ref)
    if task is None or not isinstance(task.details, Task):
        raise UnknownReference(ref=command.task.ref)
    named = with_ids(_named(command, source, case.setting.rules), case.setting)
    made = create(
        unit,
        Creation(
            machine,
            named.details(case.setting.rules),
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
    return _with_lines(unit, command, made, source, case)


def _named(command: CopiedDossier, item: Item, rules: RulePack) -> NewDossier:
    """What the copy is to be. A title bore a type once, and a ground goes with the type that it was for; what
    was about its plan's year is about that of the new task."""
    source = Dossier.of(item)
    title = rules.title(source.title)
    type = command.type or (source.type if title is None or title.form or not title.ways else None)
    ground = command.ground or (None if command.type else source.ground)
    period = source.period if source.period != str(item.key.year) else None
    period = command.period or period
    named = NewDossier(command.task, source.body, source.title, type or None, ground, period)
    return replace(named, movement=source.movement)


def _with_lines(
    unit: Unit, command: CopiedDossier, made: Decision, source: Item, case: Case
) -> Decision | Tried:
    words = {(word.line, word.field): word.value for word in unit.words(source.key) if word.line}
    left_out: list[str] = []
    unlinked: list[str] = []
    doubts: list[Reason] = []
    item = made.item
    inputs = {input.name for input in case.machine(item).events["add"].inputs}
    asks = "linked" in inputs  # a machine that was stored before asks nothing
    for line in Dossier.of(source).nominees:
        said = {field: words[line.no, field] for field in LINE_WORDS if (line.no, field) in words}
        if "name" not in said:
            left_out.append(str(line.no))
            continue
        said |= line.facts.typed
        asked = {"kind": line.kind, "title": line.title} | {
            name: said[name] for name in said if name in inputs
        }
        if asks and line.account and case.office.account(line.account):
            asked["account"] = line.account
        elif asks and len(could_be(case.office, Dossier.of(source).body, **_describing(said))) > 1:
            asked["linked"] = NOBODY
            unlinked.append(str(Dossier.of(item).last_no + 1))
        added = advance(unit, Advance(made.item.key, "add", asked, confirmed=True), case)
        if isinstance(added, Tried):
            return replace(added, item=source)
        doubts += (replace(doubt, operands={**doubt.operands, "so": line.no}) for doubt in added.confirmed)
        item = added.item
    if doubts and not command.confirmed:
        return Tried(source, Refused(made.entry.event, tuple(doubts), asked=True), made.entry)
    told: tuple[Reason, ...] = ()
    told += (Reason("lines_left_out", {"so": ", ".join(left_out)}),) if left_out else ()
    told += (Reason("lines_unlinked", {"so": ", ".join(unlinked)}),) if unlinked else ()
    return replace(made, item=item, warnings=(*made.warnings, *told), confirmed=(*made.confirmed, *doubts))


def _describing(words: Mapping[str, str]) -> Mapping[str, str]:
    return {name: words[name] for name in DESCRIBING if name in words}


def with_ids(command: NewDossier, setting: Setting) -> NewDossier:
    """The command by the ids of what it names. Raises UnknownName for a body, title, type or ground that the
    office does not have, UnknownValue for what is no period. What another chain gives and what is refused
    entry are known: guards say why."""
    rules = setting.rules
    title = title_called(command.title, rules)
    if isinstance(title, NotNamed):
        raise UnknownName("title", title)
    if command.period is not None and not _is_period(command.period):
        raise UnknownValue(what="period", value=command.period, known="2026, 2025-2026")
    return replace(
        command,
        body=body_meant(command.body, setting.office),
        title=title,
        type=None if command.type is None else meant("type", command.type, labelled(rules.types)),
        ground=None if command.ground is None else meant("ground", command.ground, labelled(rules.grounds)),
    )


def _is_period(text: str) -> bool:
    """A year, or a school year by the two in which it lies."""
    found = re.fullmatch(r"(20\d\d)(?:-(20\d\d))?", text)
    return found is not None and (found[2] is None or int(found[2]) == int(found[1]) + 1)
