"""A plan document that was read, in words: what was derived, what differs from the imported plan, what is
unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from runtime.acts.acting import Acting
from runtime.acts.planning import Comparison, derived_tasks
from runtime.office.words import Words
from workflow.model.definition import Machine, Office
from workflow.model.plan import PlanChange, PlanTask, PlanValue


@dataclass(frozen=True, slots=True)
class PlanWording:
    """By what words and names a reading is told."""

    words: Words
    office: Office
    machine: Machine | None = None

    @classmethod
    def of(cls, acting: Acting) -> PlanWording:
        return cls(acting.words, acting.directory, acting.newest_machine("task").definition)

    def body(self, id: str) -> str:
        found = self.office.body(id)
        return found.short if found else id


def derived_told(compared: Comparison, reader: PlanWording) -> tuple[tuple[str, str], ...]:
    """What the document does not say: each field with its derived values."""
    return tuple(
        (reader.words(f"column.{name}"), _values(name, tasks, reader))
        for name, tasks in derived_tasks(compared.reading).items()
    )


def _values(name: str, tasks: Sequence[PlanTask], reader: PlanWording) -> str:
    """Each value that was derived with its tasks: `31/03/2026 (T01–T06); …`; of bodies only the tasks."""
    if name == "cooperating":
        return _refs(task.number for task in tasks)
    found: dict[str, list[int]] = {}
    for task in tasks:
        found.setdefault(_said(name, getattr(task, name), reader), []).append(task.number)
    return "; ".join(f"{value} ({_refs(numbers)})" for value, numbers in found.items())


def _refs(numbers: Iterable[int]) -> str:
    """References with runs as ranges: `T01–T06, T08`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"T{run[0]:02}" + (f"–T{run[-1]:02}" if len(run) > 1 else "") for run in runs)


def changes_told(compared: Comparison, reader: PlanWording) -> tuple[str, ...]:
    return tuple(_change(change, reader) for change in compared.changes)


def vanished_told(compared: Comparison, reader: PlanWording) -> str:
    """The tasks that are no longer in the document and stay all the same; empty where there is none."""
    gone = [change.number for change in compared.changes if change.change == "removed"]
    if not gone:
        return ""
    chair = next((f"--as {id} " for id in reader.office.holding("chair")), "")
    cure = f"tdkt {chair}advance T{gone[0]:02} cancel --set reason=…"
    return reader.words("message.plan_vanished", danh_sach=_refs(gone), lenh=cure)


def unknown_told(compared: Comparison, reader: PlanWording) -> str:
    """The bodies that the directory does not have; empty where it has all."""
    unknown, office = compared.reading.unknown_bodies, reader.office
    if not unknown:
        return ""
    cure = f"tdkt definition export office/{office.name}; tdkt definition adopt …/{office.version + 1}.yaml"
    named = "; ".join(f"“{name}”" for name in unknown)
    return reader.words("message.plan_unknown_bodies", danh_sach=named, lenh=cure)


def _change(change: PlanChange, reader: PlanWording) -> str:
    ref, words = f"T{change.number:02}", reader.words
    if change.field is None:
        return f"{ref}  {words(f'change.{change.change}')}: {change.new or change.old}"
    old, new = (_said(change.field, value, reader) for value in (change.old, change.new))
    label = words(f"column.{change.field}")
    return f"{ref}  {label}: {old} → {new}"


def _said(field: str, value: PlanValue, reader: PlanWording) -> str:
    """A field's value in the words of the office."""
    words = reader.words
    if value is None or value == ():
        return words("change.nothing")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, tuple):
        word: Callable[[str], str] = (
            (lambda name: words(f"column.{name}")) if field == "derived" else reader.body
        )
        return "; ".join(word(name) for name in value)
    return _word(field, value, reader)


def _word(field: str, value: str, reader: PlanWording) -> str:
    match field:
        case "lead":
            return reader.body(value)
        case "part":
            return reader.words(f"part.{value}")
        case "quarter":
            return reader.words(f"quarter.{value.lower()}")
        case "kind":
            return _kind(value, reader)
    return value


def _kind(value: str, reader: PlanWording) -> str:
    kinds = reader.machine.kinds if reader.machine else ()
    found = next((kind for kind in kinds if kind.id in (value, f"{value}_host")), None)
    return reader.words.of(found.label) if found else value
