"""The next plan as the paper that is put to the chair: Vietnamese, and read back before it is handed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby

from exchange.decree_paper import (
    Block,
    DecreePaper,
    Heading,
    PaperColumn,
    PaperRow,
    PaperTable,
    Prose,
    word_file,
)
from runtime.office.looking import Looking, local_text
from runtime.views.deadline_sheet import work_calendar
from runtime.views.decree import chair_name
from runtime.views.next_plan import NextPlan, NextRow, Remark, with_numbers
from runtime.views.notice_list import issuer_lines
from workflow.model.definition import Language
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.office import Office
from workflow.model.plan import PlanReading, PlanTask

NUMBER, CONTENT, BODIES, TIME = 10, 80, 55, 25
"""The breadths of the columns, in their relation."""


class NextPlanUnread(TdktError):
    """Row {so} ({ref}) would not be read back as it is meant ({truong}). Leave it out with --drop {ref} and
    write it into the file by hand; nothing was written."""

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
    """The plan as a Word file. Raises NextPlanUnread, TitleWithoutYear where `plan import` would read it
    otherwise."""
    file = word_file(next_plan_paper(looking, plan))
    _check(looking, plan, read_back(looking, plan, file))
    return file


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


def next_plan_paper(looking: Looking, plan: NextPlan) -> DecreePaper:
    """The plan in the decree's layout; what a person should look at stands beside its row as a comment."""
    looking = looking.speaking("vi")
    words, office = looking.words, looking.directory
    committee = office.body(office.committee)
    issuer = committee.name if committee else looking.row.title
    names = {
        "nam": plan.year,
        "ubnd": issuer,
        "ten_xa": looking.row.title,
        "tinh": office.province,
        "phong": _name(office, office.division),
        "hoi_dong": _name(office, office.council),
    }
    return DecreePaper(
        issuer=issuer_lines(issuer),
        country=(words("list.country"), words("list.motto")),
        number=words("next_plan.paper.number"),
        dated=words("next_plan.paper.dated", **names),
        title=words("next_plan.paper.title"),
        about=plan.about,
        blocks=tuple(_blocks(looking, plan, names)),
        receivers=tuple(words("next_plan.paper.receivers").split("\n")),
        signature=tuple(words("next_plan.paper.signature").split("\n")),
        signer=chair_name(looking),
        made=datetime.fromisoformat(local_text(looking.now, looking.zone)),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
    )


def _name(office: Office, id: str) -> str:
    body = office.body(id)
    return body.name if body else id


PARTS = ("aim", "demands", "work", "money", "execution")


def _blocks(looking: Looking, plan: NextPlan, names: Mapping[str, object]) -> Iterator[Block]:
    words = looking.words
    yield Prose(words("next_plan.paper.preamble", **names))
    for part in PARTS:
        for line in words(f"next_plan.paper.{part}", **names).split("\n"):
            heading = line.removeprefix("# ")
            yield Heading(heading) if heading != line else Prose(line)
        if part == "work":
            yield _table(looking, plan)


def _table(looking: Looking, plan: NextPlan) -> PaperTable:
    """Quarters as headings; the column of time is there where the plan gives a date."""
    words = looking.words
    dated = any(row.due for row in plan.rows)
    columns = [
        PaperColumn(words("next_plan.paper.number_column"), NUMBER, "center"),
        PaperColumn(words("next_plan.paper.content_column"), CONTENT, "both"),
        PaperColumn(words("next_plan.paper.bodies_column"), BODIES),
    ]
    if dated:
        columns.append(PaperColumn(words("next_plan.paper.time_column"), TIME, "center"))
    remarks = with_numbers(plan)
    lines: list[PaperRow] = []
    for quarter, rows in groupby(plan.rows, key=lambda row: row.quarter):
        lines.append(PaperRow((words(f"quarter.{quarter.lower()}").upper(),)))
        lines += (_row(looking, row, remarks[row.number], dated=dated) for row in rows)
    return PaperTable(tuple(columns), tuple(lines))


def _row(looking: Looking, row: NextRow, remarks: tuple[Remark, ...], *, dated: bool) -> PaperRow:
    words, names = looking.words, [_name(looking.directory, body) for body in row.bodies]
    if row.lead is not None:
        names[0] = words("next_plan.paper.leads", ten=names[0])
    bodies = "\n".join(f"- {name}{';' if name is not names[-1] else '.'}" for name in names)
    time = words("next_plan.paper.before", ngay=words.day(row.due)) if row.due else ""
    said = " ".join(
        " ".join(filter(None, (remark_text(looking, remark), proposal_text(looking, remark))))
        for remark in remarks
    )
    return PaperRow((str(row.number), row.content, bodies, *((time,) if dated else ())), remark=said)
