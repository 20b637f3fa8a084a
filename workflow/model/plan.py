"""A yearly plan as it was read from an office's document, and the difference between two readings.

Values only: `exchange.plan.reading` makes them from files, the plan's service turns them into task items.
Nothing here knows a file format.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Quarter = Literal["I", "II", "III", "IV"]
Part = Literal["host", "attend"]
Severity = Literal["error", "warning"]
PlanValue = str | tuple[str, ...] | date | None

QUARTERS: tuple[Quarter, ...] = ("I", "II", "III", "IV")

COMPARED = (
    "quarter",
    "content",
    "bodies",
    "lead",
    "cooperating",
    "kind",
    "part",
    "period",
    "due",
    "derived",
)
"""Fields in which a changed plan differs; the lines of the document are none of them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake or a doubt in a plan document. `line` None speaks of the file as a whole.

    In a text file `line` counts lines, in a .docx the rows of all its tables, both from 1.
    """

    line: int | None
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One row of a plan.

    `bodies` are ids of the office's directory in the order of the row, lead column first, groups
    unexpanded; a body that the directory does not know stands as the document writes it. `derived` names
    the fields that the document does not say: `due`, `lead`, `cooperating`, `part`.
    """

    number: int
    quarter: Quarter
    content: str
    bodies: tuple[str, ...]
    lead: str
    cooperating: tuple[str, ...]
    kind: str
    part: Part | None
    period: str | None
    due: date
    derived: tuple[str, ...]
    lines: tuple[int, ...]


class Issued(NamedTuple):
    """The number and the day of an issued plan, as its document bears them."""

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What one document says. With an error among the problems it must not be imported.

    `unknown_bodies` are the names that the directory lacks, each once, in order of appearance.
    """

    year: int | None
    title: str | None
    tasks: tuple[PlanTask, ...]
    unknown_bodies: tuple[str, ...]
    problems: tuple[Problem, ...]
    issued: Issued | None = None

    @property
    def importable(self) -> bool:
        return all(problem.severity != "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference. An added or removed task has no `field`; its content stands in `new` or `old`."""

    change: Literal["added", "removed", "changed"]
    number: int
    field: str | None
    old: PlanValue
    new: PlanValue


def diff(old: Sequence[PlanTask], new: Sequence[PlanTask]) -> tuple[PlanChange, ...]:
    """The changes from `old` to `new`, by number and then in the order of `COMPARED`.

    Tasks are the same when their numbers are: four quarters may hold the same words.
    """
    before = {task.number: task for task in old}
    after = {task.number: task for task in new}
    changes: list[PlanChange] = []
    for number in sorted(before.keys() | after.keys()):
        changes.extend(_changes(number, before.get(number), after.get(number)))
    return tuple(changes)


def _changes(number: int, old: PlanTask | None, new: PlanTask | None) -> tuple[PlanChange, ...]:
    if old is None:
        return (PlanChange("added", number, None, None, new.content if new else None),)
    if new is None:
        return (PlanChange("removed", number, None, old.content, None),)
    return tuple(
        PlanChange("changed", number, field, getattr(old, field), getattr(new, field))
        for field in COMPARED
        if getattr(old, field) != getattr(new, field)
    )
