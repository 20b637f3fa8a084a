"""The papers of a whole year, which are of no item: the reports, and the plan of the next year. They are made
anew each time, without number and date; the records clerk gives both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.blocks import Blocks
from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts, day_text
from runtime.views.papers.heads import CHAIR, Head, by_role, head

FOR_COMMITTEE = "TM. ỦY BAN NHÂN DÂN"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPaper(Facts):
    """A report of figures alone: what it is `about`, `opening` with its days, and its `annexes`."""

    about: str
    opening: Blocks
    figures: Blocks
    annexes: Blocks

    def held(self) -> Held:
        return Held((*Facts.held(self).texts, self.about), tuple(self.figures.rows()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPaper(Facts):
    """A report in its outline; what only the office knows is the template's. `awards` are its figures."""

    about: str
    year: int
    next_year: int
    opening: Blocks
    direction: Blocks
    movements: Blocks
    awards: Blocks
    council: Blocks
    shortfalls: Blocks
    annexes: Blocks

    def held(self) -> Held:
        return Held((*Facts.held(self).texts, self.about), tuple(self.awards.rows()))


class PlannedBody(NamedTuple):
    """A body that carries a task out, and whether it `leads` by what people chose."""

    name: str
    leads: bool


class PlannedTask(NamedTuple):
    """A task of the plan; `due` is empty where the plan gives no date."""

    no: int
    content: str
    bodies: tuple[PlannedBody, ...]
    due: str


class PlannedQuarter(NamedTuple):
    """The tasks under the heading of a quarter."""

    name: str
    rows: tuple[PlannedTask, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPaper(Facts):
    """The plan of `year`; `dated` where one of its tasks has a date."""

    about: str
    year: int
    province: str
    division: str
    council: str
    quarters: tuple[PlannedQuarter, ...]

    @property
    def dated(self) -> bool:
        return any(row.due for quarter in self.quarters for row in quarter.rows)

    def held(self) -> Held:
        rows = tuple(
            (str(row.no), row.content, *(body.name for body in row.bodies), row.due)
            for quarter in self.quarters
            for row in quarter.rows
        )
        return Held((*Facts.held(self).texts, self.about), rows)


def year_head(looking: Looking, kind: str, year: int) -> Head:
    """The chair signs for the committee, in the year that is foreseen."""
    signature = by_role(looking, "chair", (FOR_COMMITTEE, CHAIR), looking.today)
    day = day_text(None, year=year)
    place_date = f"{looking.directory.title}, {day}"
    return Head({**head(looking, kind, signature), "day": day, "place_date": place_date})
