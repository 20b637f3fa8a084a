"""Tasks, the rows of a plan: what one is, what others see of it, and how accounts stand to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from workflow.model.facts import Details, Named, Plain
from workflow.model.roles import COMMON, Holding, Relation, Standing, heads, leading
from workflow.model.wording import fold

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.context import Setting
    from workflow.model.facts import TitlesNamed
    from workflow.model.messages import Catalogue
    from workflow.model.wording import Value


OFF_PLAN = "NKH"
"""The reference of the year's standing place for what the plan does not name (Ngoài kế hoạch)."""


ARISEN = "Nhiệm vụ phát sinh"
"""How a task that came up beside the plan is marked wherever it is named."""
HOSTED_TRAINING = "training_host"
TAKES_PART = frozenset({"conference", "training"})
"""The plan's kinds that the office hosts or attends."""


def variant_of(kind: str, part: str | None) -> str:
    """The machine's kind id of a plan's kind: conferences and trainings are told apart by host or attend."""
    if kind == "conference":
        return f"{kind}_{part or 'host'}"
    return HOSTED_TRAINING if kind == "training" and part == "host" else kind


def plan_kind_of(variant: str) -> str:
    """The plan's kind of a machine's kind id."""
    if variant == HOSTED_TRAINING:
        return "training"
    return "conference" if variant.startswith("conference_") else variant


class Planned(NamedTuple):
    """What the plan's document says of those things of a task that people may change afterwards, and under
    which number it has the row."""

    due: date
    lead: str
    bodies: tuple[str, ...]
    derived: tuple[str, ...]
    kind: str
    part: str | None
    number: int


class Arisen(NamedTuple):
    """The paper that asks for a task which came up in the year, beside the plan."""

    paper: str
    on: date


@dataclass(frozen=True, slots=True)
class Task(Details):
    """One row of the plan. `kind` and `part` as the plan reads them; bodies in the plan's order. `planned` is
    the row as it was last imported; a task that came up beside the plan has `arisen` instead. `name` is a
    short one of its own, that tells rows of equal words apart. `forwarded` counts the dossiers that had gone
    to a superior when it was closed."""

    subject: ClassVar[str] = "task"
    own_date: ClassVar[bool] = True

    number: int
    quarter: str
    content: str
    kind: str
    part: str | None
    period: str | None
    lead: str
    bodies: tuple[str, ...]
    derived: tuple[str, ...] = ()
    planned: Planned | None = None
    arisen: Arisen | None = None
    name: str | None = None
    forwarded: int = 0

    @property
    def variant(self) -> str:
        return variant_of(self.kind, self.part)

    @property
    def responsible(self) -> str:
        return self.lead

    @property
    def led_by(self) -> str:
        return self.lead

    def summary(self, _body: Named, _titles: TitlesNamed) -> str:
        return self.titled

    @property
    def titled(self) -> str:
        """The content, after the short name where it has one: rows may have equal words. What came up beside
        the plan says so first."""
        marks = (ARISEN if self.arisen else "", self.name or "", self.content)
        return ": ".join(filter(None, marks))

    def numbered(self, number: int) -> Task:
        return replace(self, number=number)

    @property
    def entered(self) -> Mapping[str, Plain]:
        return {"kind": self.kind, "lead": self.lead, "quarter": self.quarter}

    def told(self, setting: Setting, _catalogue: Catalogue) -> Mapping[str, Value]:
        lead = setting.office.body(self.lead)
        return {
            "so_tt": self.number,
            "noi_dung": self.titled,
            "chu_tri": lead.name if lead else self.lead,
            "don_vi": lead.name if lead else "",
        }

    @property
    def standing(self) -> bool:
        """Whether it is no row but the year's place for dossiers that the plan does not name: it has no date
        and counts nowhere."""
        return not self.quarter

    @property
    def cooperating(self) -> tuple[str, ...]:
        return tuple(body for body in self.bodies if body != self.lead)


class PlannedTask(NamedTuple):
    """A task of the year, as far as other tasks rest on it. `kind` is the machine's kind id."""

    ref: str
    kind: str
    quarter: str
    period: str | None
    content: str
    open: bool


class DoneRow(NamedTuple):
    """A completed task of another year, with the paper that proves it and its date."""

    ref: str
    period: str | None
    paper: str
    on: date


def done_before(task: Task, rows: Sequence[DoneRow]) -> tuple[DoneRow, ...]:
    """Those of the rows that are the same work as the task: of the same period."""
    return tuple(row for row in rows if task.period and row.period and fold(row.period) == fold(task.period))


class OpenTask(NamedTuple):
    """A task of the quarter that is not finished yet, as far as warnings speak of it."""

    ref: str
    kind: str
    content: str


def _reviewer(standing: Standing) -> tuple[Holding, ...]:
    """The council, through its standing member or secretary, where the row names it; else the head."""
    office = standing.office
    if office.council in Task.of(standing.item).bodies:
        return (
            Holding("standing_member", office.holding("standing_member")),
            Holding("secretary", office.holding("secretary")),
        )
    return (Holding("head", heads(office, leading(standing))),)


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {**COMMON, "reviewer": Relation(_reviewer, ("standing_member", "secretary", "head"))}
)
