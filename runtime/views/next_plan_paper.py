"""The next plan as the paper that is put to the chair: Vietnamese, and read back before it is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from exchange.papers.remarks import with_remarks
from runtime.office.looking import Looking, local_text
from runtime.views.deadline_sheet import work_calendar
from runtime.views.next_plan import NextPlan, NextRow, Remark, with_numbers
from runtime.views.papers.making import made_of_year
from runtime.views.papers.of_year import PlannedBody, PlannedQuarter, PlannedTask, PlanPaper, year_head
from workflow.model.definition import Language
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.office import Office
from workflow.model.plan import PlanReading, PlanTask

KIND = "ke_hoach_nam"


class NextPlanUnread(TdktError):
    """Row {so} ({ref}) would not be read back as it is meant ({truong}). Leave it out with --drop {ref} and
    write it into the file by hand, or correct the office's own template; nothing was written."""

    code = "next_plan_unread"


class TitleWithoutYear(UsageMistake):
    """The title names no year {nam}, by which the plan is imported; put it into --title."""

    code = "next_plan_title"


def remark_text(looking: Looking, remark: Remark) -> str:
    """What a person should look at, in a sentence."""
    words = looking.words
    said = {
        "tu": remark.about or "",
        "n": remark.days,
        "ngay": words.day(remark.due),
        "xong": words.day(remark.done),
    }
    return words(f"next_plan.what.{remark.what}", **said)


def proposal_text(looking: Looking, remark: Remark) -> str:
    """What may be done about it; the option is to be typed."""
    said = {"ref": remark.ref, "quy": remark.quarter or "", "ngay": looking.words.day(remark.next_due)}
    return looking.words(f"next_plan.do.{remark.proposal}", **said)


def plan_file(looking: Looking, plan: NextPlan) -> bytes:
    """The plan as a Word file, with what a person should look at beside its rows as comments. Raises
    PaperNotMade; NextPlanUnread, TitleWithoutYear where `plan import` would read it otherwise."""
    speaking = looking.speaking("vi")
    file = with_remarks(
        made_of_year(speaking, KIND, plan_facts(speaking, plan)).word,
        {str(number): _said(speaking, remarks) for number, remarks in with_numbers(plan).items()},
        author=looking.directory.contact,
        made=datetime.fromisoformat(local_text(looking.now, looking.zone)),
    )
    _check(looking, plan, read_back(looking, plan, file))
    return file


def _said(looking: Looking, remarks: Sequence[Remark]) -> str:
    said = (text(looking, each) for each in remarks for text in (remark_text, proposal_text))
    return " ".join(filter(None, said))


def read_back(looking: Looking, plan: NextPlan, file: bytes) -> PlanReading:
    """The file as `plan import` reads it."""
    from exchange.plan.reading import read_plan

    spoken: Language = "vi" if looking.words.language == "vi" else "en"
    return read_plan(file, office=looking.directory, calendar=work_calendar(looking), language=spoken)


def _check(looking: Looking, plan: NextPlan, read: PlanReading) -> None:
    if read.year != plan.year:
        raise TitleWithoutYear(nam=plan.year)
    found = {task.number: task for task in read.tasks}
    for row in plan.rows:
        task = found.pop(row.number, None)
        other = _differs(row, task) if task else "content"
        if other:
            raise NextPlanUnread(so=row.number, ref=row.of, truong=looking.words(f"column.{other}"))
    for number in found:
        raise NextPlanUnread(so=number, ref="", truong=looking.words("column.number"))


def _differs(row: NextRow, task: PlanTask) -> str | None:
    """The first field that is read otherwise than it is meant."""
    pairs = {
        "quarter": (row.quarter, task.quarter),
        "content": (row.content, task.content),
        "body": (row.bodies, task.bodies),
        "lead": (row.lead, None if "lead" in task.derived else task.lead),
        "due": (row.due, None if "due" in task.derived else task.due),
    }
    return next((name for name, (meant, found) in pairs.items() if meant != found), None)


def plan_facts(looking: Looking, plan: NextPlan) -> PlanPaper:
    """What the plan's template may ask for; `looking` speaks Vietnamese."""
    office = looking.directory
    return PlanPaper(
        **year_head(looking, KIND, plan.year),
        about=plan.about,
        year=plan.year,
        province=office.province,
        division=_name(office, office.division),
        council=_name(office, office.council),
        quarters=tuple(
            PlannedQuarter(
                looking.words(f"quarter.{quarter.lower()}").upper(),
                tuple(_planned(looking, row) for row in rows),
            )
            for quarter, rows in groupby(plan.rows, key=lambda row: row.quarter)
        ),
    )


def _planned(looking: Looking, row: NextRow) -> PlannedTask:
    names = (_name(looking.directory, body) for body in row.bodies)
    bodies = (PlannedBody(name, row.lead is not None and not at) for at, name in enumerate(names))
    return PlannedTask(row.number, row.content, tuple(bodies), looking.words.day(row.due))


def _name(office: Office, id: str) -> str:
    body = office.body(id)
    return body.name if body else id
