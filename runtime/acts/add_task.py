"""A task that came up in the year, beside the plan: one account proposes it, another person agrees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from runtime.acts.acting import Acting, Attempt, Done
from runtime.office.results import Result, result_of
from storage.unit import UnitOfWork
from workflow.model import naming
from workflow.model.errors import UnknownValue
from workflow.model.plan import QUARTERS
from workflow.model.tasks import TAKES_PART, Arisen, Task, plan_kind_of
from workflow.model.text import Text
from workflow.rules.inputs import parse_code, parse_date, parse_text
from workflow.services.advance import Tried
from workflow.services.create import Creation, create

CONFERENCE = naming.Candidate("conference", Text("Hội nghị", "Conference"), ("Hội nghị", "Conference"))
"""The plan's kind that a machine has in two, hosted and attended."""


class NewTask(NamedTuple):
    """What is typed of the task; without `due` its date is derived from the quarter."""

    content: str
    paper: str
    on: str
    quarter: str | None
    due: str | None
    kind: str
    part: str | None
    lead: str | None


def add_task(acting: Acting, new: NewTask, *, dry_run: bool = False) -> Result:
    """Proposes the task. Raises UnknownName, NotAnInput, NoPlan."""
    due = parse_date(new.due) if new.due else None
    quarter = new.quarter or QUARTERS[((due or acting.today).month - 1) // 3]
    details = _details(acting, new, quarter, derived=due is None)
    if due is None:
        due = acting.setting.calendar.last_working_day_of_quarter(acting.year, QUARTERS.index(quarter) + 1)
    words: Mapping[str, str] = {"paper": new.paper, "date": new.on, "due": due.isoformat()}
    machine = acting.newest_machine("task")
    if "new" not in machine.events:
        raise UnknownValue(what="event", value="new", known=", ".join(machine.events))

    def work(unit: UnitOfWork) -> Done[Result]:
        command = Creation(machine, details, acting.office, acting.year, words=words)
        answer = create(unit, command, acting.case)
        if isinstance(answer, Tried):
            return Done(result_of(answer), written=False, refused=[Attempt.of(answer)])
        return Done(result_of(answer))

    return acting.act(work, dry_run=dry_run)


def kind_meant(acting: Acting, typed: str) -> tuple[str, str | None]:
    """The plan's kind that is typed, by its id or as the machine calls it; that name also says whether the
    office hosts or attends, `Dự hội nghị`. Raises UnknownName."""
    if typed in TAKES_PART:
        return typed, None
    machine = acting.newest_machine("task").definition
    variant = naming.meant("kind", typed, (*naming.labelled(machine.kinds), CONFERENCE))
    kind = plan_kind_of(variant)
    if kind not in TAKES_PART or variant == CONFERENCE.id:
        return kind, None
    return kind, "host" if variant.endswith("_host") else "attend"


def _details(acting: Acting, new: NewTask, quarter: str, *, derived: bool) -> Task:
    office, (kind, part) = acting.directory, kind_meant(acting, new.kind)
    lead = acting.known_body(new.lead) if new.lead else office.division
    leading = [body for body in office.bodies if not (body.group or body.external)]
    if lead not in {body.id for body in leading}:
        raise naming.UnknownName("body", naming.NotNamed(lead, "unknown", naming.bodies(leading)))
    return Task(
        number=0,
        quarter=quarter,
        content=" ".join(parse_text(new.content).split()),
        kind=kind,
        part=(new.part or part or "host") if kind in TAKES_PART else None,
        period=None,
        lead=lead,
        bodies=(lead,),
        derived=("due",) if derived else (),
        arisen=Arisen(parse_code(new.paper), parse_date(new.on)),
    )
