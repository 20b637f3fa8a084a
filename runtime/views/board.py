"""The year's board: its tasks by quarter, each with how it stands, as a page in words and as a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Literal, NamedTuple

from exchange.pages.board import Board, BoardCount, BoardQuarter, BoardTask, Tone
from runtime.office.looking import Looking
from runtime.views.expected import lists_of, tasks_of
from runtime.views.items import (
    DERIVED,
    DUE_SOON_DAYS,
    QUARTERS,
    TaskRecord,
    cooperating_text,
    next_day,
    progress,
    task_record,
)
from workflow.model.facts import Item, Key
from workflow.model.tasks import OFF_PLAN, Task

EXTENDED = "+"
"""Stands after a date that was moved."""

COUNTED: tuple[tuple[str, tuple[Tone, ...], Tone], ...] = (
    ("done", ("done",), "done"),
    ("in_progress", ("open", "soon"), "open"),
    ("late", ("late",), "late"),
    ("waiting", ("waiting",), "waiting"),
    ("cancelled", ("cancelled",), "cancelled"),
)
"""What the foot counts: a label of the catalogue, the tones that it gathers, and its own."""


class QuarterRecord(NamedTuple):
    quarter: str
    tasks: tuple[TaskRecord, ...]


class BoardRecord(NamedTuple):
    """The board for scripts: each task as `task list` gives it. `earlier` are those of earlier plans that are
    open, in their order."""

    year: int
    title: str
    office: str
    quarters: tuple[QuarterRecord, ...]
    earlier: tuple[TaskRecord, ...]


def board_record(looking: Looking) -> BoardRecord:
    earlier, items = _tasks_of(looking)
    records = [task_record(looking, item) for item in items]
    quarters = tuple(
        QuarterRecord(quarter, tuple(record for record in records if record.quarter == quarter))
        for quarter in QUARTERS
    )
    rest = tuple(task_record(looking, item) for item in earlier)
    return BoardRecord(looking.year, _plan_title(looking), looking.office, quarters, rest)


def _tasks_of(looking: Looking) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What is open of earlier plans, and the plan's tasks."""
    items = tasks_of(looking)
    ours = sum(item.key.year == looking.year for item in items)
    return items[: len(items) - ours], items[len(items) - ours :]


def board_of(looking: Looking) -> Board:
    """The year's board in words. What is open of earlier plans stands first, and is counted for itself."""
    words = looking.words
    earlier, items = _tasks_of(looking)
    years = [(year, tuple(those)) for year, those in groupby(earlier, key=lambda item: item.key.year)]
    language: Literal["vi", "en"] = "vi" if words.language == "vi" else "en"
    answered = {
        listed.key: words("expect.answered", n=listed.answered, m=listed.asked)
        for listed in lists_of(looking)
    }
    return Board(
        office=looking.row.title,
        title=_plan_title(looking),
        day=looking.day(looking.today),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        language=language,
        headings=(
            words("column.task"),
            words("column.lead"),
            words("column.state"),
            words("column.due"),
            words("column.late"),
        ),
        quarters=(
            *(
                BoardQuarter(words("board.rest", nam=year), _tasks(looking, those, answered))
                for year, those in years
            ),
            *(
                BoardQuarter(
                    words(f"quarter.{quarter.lower()}"),
                    _tasks(looking, (item for item in items if Task.of(item).quarter == quarter), answered),
                )
                for quarter in QUARTERS
            ),
        ),
        counts=_counts(looking, items),
        rest=tuple(words("board.left", n=len(those), nam=year) for year, those in years),
        notes=_notes(looking, (*earlier, *items)),
    )


def _plan_title(looking: Looking) -> str:
    plans = looking.reading.plans(looking.office)
    return next((plan.title for plan in plans if plan.year == looking.year), "")


def _tasks(looking: Looking, items: Iterable[Item], answered: Mapping[Key, str]) -> tuple[BoardTask, ...]:
    return tuple(_task(looking, item, answered.get(item.key, "")) for item in items)


def _task(looking: Looking, item: Item, answered: str) -> BoardTask:
    """`answered` says how many of the bodies that owe a dossier have answered; empty where none owes."""
    task = Task.of(item)
    asked = answered if item.closed_on is None else ""
    return BoardTask(
        ref=looking.ref(item.key),
        content=task.titled,
        lead=looking.body(task.lead),
        cooperating=cooperating_text(looking, item),
        state=looking.state(item),
        due=looking.day(item.due_on),
        short_due=_short_due(looking, item),
        due_marks=_due_mark(item),
        progress="; ".join(said for said in (_progress(looking, item), asked) if said),
        brief=_brief(looking, item) or asked,
        tone=tone_of(looking, item),
    )


def tone_of(looking: Looking, item: Item) -> Tone:
    """How a task stands, as the board counts and colours it: each task has exactly one."""
    if item.state in ("cancelled", "declined"):
        return "cancelled"
    if item.state == "proposed":
        return "waiting"
    if item.closed_on is not None:
        return "done"
    if looking.waits(item):
        return "waiting"
    if looking.days_late(item):
        return "late"
    day = next_day(looking, item)
    soon = day is not None and (day - looking.today).days <= DUE_SOON_DAYS
    return "soon" if soon else "open"


def _returned(item: Item) -> bool:
    return item.state == "drafted" and item.returns > 0


def _progress(looking: Looking, item: Item) -> str:
    """The task's marker; that it came back says more than that it is in time."""
    if _returned(item) and tone_of(looking, item) == "open":
        return looking.words("marker.returned")
    return progress(looking, item)


def _brief(looking: Looking, item: Item) -> str:
    """The marker where it tells more than the state does."""
    tone = tone_of(looking, item)
    if tone == "waiting":
        return looking.words("board.waiting_short")
    if tone == "open":
        return looking.words("marker.returned") if _returned(item) else ""
    return progress(looking, item)


def _short_due(looking: Looking, item: Item) -> str:
    """Day and month; the year too where it is not the board's."""
    if item.due_on is None:
        return ""
    short, long = ("%d/%m", "%d/%m/%y") if looking.words.language == "vi" else ("%d %b", "%d %b %y")
    return item.due_on.strftime(short if item.due_on.year == looking.year else long)


def _due_mark(item: Item) -> str:
    if item.closed_on is not None:
        return ""
    return {"derived": DERIVED, "extended": EXTENDED}.get(item.due_mark or "", "")


def _counts(looking: Looking, items: tuple[Item, ...]) -> tuple[BoardCount, ...]:
    """All tasks, then those that stand alike; nobody is told that nothing was cancelled."""
    words = looking.words
    tones = [tone_of(looking, item) for item in items]
    counts = [
        BoardCount(words(f"board.{name}"), sum(tone in gathered for tone in tones), own)
        for name, gathered, own in COUNTED
    ]
    shown = [count for count in counts if count.number or count.tone != "cancelled"]
    return (BoardCount(words("board.total"), len(items)), *shown)


def _notes(looking: Looking, items: tuple[Item, ...]) -> tuple[tuple[str, str], ...]:
    """What the signs mean, and how many dossiers there are that belong to no row."""
    marks = {_due_mark(item) for item in items}
    said = ((DERIVED, "marker.derived"), (EXTENDED, "board.extended"))
    signs = tuple((sign, looking.words(key)) for sign, key in said if sign in marks)
    beside = looking.reading.dossiers(looking.office, looking.year, task=OFF_PLAN)
    if not beside:
        return signs
    closed = sum(not looking.machine(item.digest).state(item.state).open for item in beside)
    return (*signs, (OFF_PLAN, looking.words("board.off_plan", n=len(beside), m=closed)))
