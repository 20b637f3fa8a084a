"""What is possible and yet unlikely: a number, a date or a due date that is rather a slip of the pen.

A doubt answers with what somebody must confirm before the event stands; what cannot be right at all is a
guard's matter. Doubts look at the event's inputs, so that they say nothing before those are given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from workflow.model.calendar import local_date
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier
from workflow.model.facts import Key
from workflow.model.papers import DATED_BY, SUPERIOR, NumberedPaper, identity, spelled
from workflow.model.recorded import Recorded, last_of
from workflow.model.registry import Guard, Params, Registry, Warned
from workflow.model.tasks import Task
from workflow.rules.common import day_text

QUARTERS = ("I", "II", "III", "IV")


def _dates(context: Context) -> Iterator[tuple[Text, date]]:
    """The dates among the event's inputs, each with its label."""
    event = context.machine.event(context.event)
    for input in event.inputs if event else ():
        value = context.inputs.get(input.name)
        if isinstance(value, date):
            yield input.label, value


def _numbers(context: Context) -> Iterator[tuple[str, date | None]]:
    """The numbers of papers among the event's inputs, each with its date."""
    for name, dates in DATED_BY.items():
        number = context.inputs.get(name)
        if isinstance(number, str):
            days = (context.inputs.get(each) for each in dates)
            yield number, next((day for day in days if isinstance(day, date)), None)


# -- dates -----------------------------------------------------------------------------------------------


def quarter_begins(year: int, quarter: str, *, later: int = 0) -> date:
    """The first day of a quarter, or of one so many quarters later."""
    months = QUARTERS.index(quarter) * 3 + later * 3
    return date(year + months // 12, months % 12 + 1, 1)


def _before_period(context: Context, _: Params) -> tuple[Reason, ...]:
    """What belongs to a quarter is rarely done before it begins."""
    if not Task.of(context.item).quarter:
        return ()
    begins = quarter_begins(context.item.key.year, Task.of(context.item).quarter)
    return tuple(
        Reason("before_period", {"truong": label, "ngay": day_text(day), "tu": day_text(begins)})
        for label, day in _dates(context)
        if day < begins
    )


def _before_receipt(context: Context, _: Params) -> tuple[Reason, ...]:
    received = Dossier.of(context.item).received_on
    return tuple(
        Reason("before_receipt", {"truong": label, "ngay": day_text(day), "tu": day_text(received)})
        for label, day in _dates(context)
        if received is not None and day < received
    )


def _before_done(context: Context, params: Params) -> tuple[Reason, ...]:
    """A decision follows what it rests on: the vote, the approval. Of what bears a date of its own that date
    counts, of the rest the day on which it was recorded."""
    recorded: tuple[Recorded, ...] = context.facts.beside.get("recorded", ())
    last = last_of(recorded, (str(params["event"]),))
    done = context.machine.event(last.event) if last else None
    if last is None or done is None:
        return ()
    given = (last.inputs.get(input.name) for input in done.inputs if input.type == "date")
    own = min((date.fromisoformat(value) for value in given if isinstance(value, str)), default=None)
    since = own or local_date(last.at, context.setting.zone)
    return tuple(
        Reason(
            "before_done",
            {"truong": label, "ngay": day_text(day), "viec": done.past, "tu": day_text(since)},
        )
        for label, day in _dates(context)
        if day < since
    )


def _day_off(context: Context, _: Params) -> tuple[Reason, ...]:
    return tuple(
        Reason("day_off", {"truong": label, "ngay": day_text(day)})
        for label, day in _dates(context)
        if not context.setting.calendar.is_working(day)
    )


# -- numbers ---------------------------------------------------------------------------------------------


def _number_spelled(context: Context, _: Params) -> tuple[Reason, ...]:
    return tuple(
        Reason("number_spelled", {"so": number, "de_xuat": spelled(number)})
        for number, _day in _numbers(context)
        if spelled(number) != number
    )


def _number_used(context: Context, _: Params) -> tuple[Reason, ...]:
    """One number is one paper: it may decide about several items, and has one date and one signer."""
    used: tuple[NumberedPaper, ...] = context.facts.beside.get("papers", ())
    signer, key = context.inputs.get("signer"), context.item.key

    def named(paper: NumberedPaper) -> str:
        return context.setting.ref(Key(key.office, paper.year, paper.ref))

    return tuple(
        Reason("number_used", {"so": paper.number, "ref": named(paper), "ngay": day_text(paper.on)})
        for number, day in _numbers(context)
        for paper in used
        if (paper.year, paper.ref) != (key.year, key.ref) and paper.superior == (context.event == SUPERIOR)
        if identity(paper.number) == identity(number)
        if paper.on is not None and day is not None and paper.on.year == day.year
        if paper.on != day or (None not in (signer, paper.signer) and signer != paper.signer)
    )


# -- due dates -------------------------------------------------------------------------------------------


def _due_in_reach(context: Context, params: Params) -> Reason | None:
    """A plan's work ends in its year or the next one."""
    due, year = context.inputs.get(str(params["input"])), context.item.key.year
    if not isinstance(due, date) or due.year in (year, year + 1):
        return None
    first, last = date(year, 1, 1), date(year + 1, 12, 31)
    return Reason("due_in_reach", {"ngay": day_text(due), "tu": day_text(first), "den": day_text(last)})


def _far_from_quarter(context: Context, params: Params) -> tuple[Reason, ...]:
    """A due date is rarely further away than the quarter before or after the task's own."""
    due, task, year = context.inputs.get(str(params["input"])), Task.of(context.item), context.item.key.year
    if not isinstance(due, date) or not task.quarter:
        return ()
    earliest, after = (quarter_begins(year, task.quarter, later=quarters) for quarters in (-1, 2))
    if earliest <= due < after:
        return ()
    return (Reason("far_from_quarter", {"ngay": day_text(due), "quy": task.quarter, "n": year}),)


_OF_PAPERS = MappingProxyType(
    {
        "number_spelled": Warned(_number_spelled),
        "number_used": Warned(_number_used, needs=("papers",)),
    }
)
OF_TASKS = Registry(
    guards=MappingProxyType({"due_in_reach": Guard(_due_in_reach)}),
    doubts=MappingProxyType(
        {
            **_OF_PAPERS,
            "before_period": Warned(_before_period),
            "far_from_quarter": Warned(_far_from_quarter),
        }
    ),
)
OF_PAPERS = Registry(doubts=_OF_PAPERS)
OF_DOSSIERS = Registry(
    doubts=MappingProxyType(
        {
            **_OF_PAPERS,
            "before_done": Warned(_before_done, needs=("recorded",)),
            "before_receipt": Warned(_before_receipt),
            "day_off": Warned(_day_off),
        }
    )
)
