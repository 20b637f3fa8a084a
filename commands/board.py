"""The year's board for `tdkt plan show`: built once as values, drawn in 100 columns, or given as JSON.

A looking module: it loads nothing heavy, and colours with plain escape codes on a terminal only.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Any, Literal

import click

from commands.items import DUE_SOON_DAYS, bodies_text, day_text, progress_marker, task_json
from commands.printing import terminal_width
from exchange.pages.board import Board, BoardCount, BoardQuarter, BoardTask, Tone
from runtime.office.looking import Looking
from runtime.views.expected import lists_of
from storage.views import Row
from workflow.model.wording import shorten

WIDTH = 100
"""Columns of the board when piped; a wider terminal gives its room to the contents of tasks."""
LEAST_WIDTH = 72
WIDEST = 140
STATE_WIDTH = 27
GAP = "  "
QUARTERS = ("I", "II", "III", "IV")
DERIVED, EXTENDED = "*", "+"

COUNTED: tuple[tuple[str, tuple[Tone, ...], Tone], ...] = (
    ("done", ("done",), "done"),
    ("in_progress", ("open", "soon"), "open"),
    ("late", ("late",), "late"),
    ("waiting", ("waiting",), "waiting"),
    ("cancelled", ("cancelled",), "cancelled"),
)
"""What the foot counts: a label of the catalogue, the tones that it gathers, and its own."""

BOLD: dict[str, Any] = {"bold": True}
DIM: dict[str, Any] = {"dim": True}
MARK: dict[str, Any] = {"fg": "red", "bold": True}
COLOURS: dict[Tone, dict[str, Any]] = {
    "done": {"fg": "green"},
    "open": {},
    "soon": {"fg": "yellow"},
    "late": {"fg": "red", "bold": True},
    "waiting": {"fg": "magenta"},
    "cancelled": {"dim": True},
}


def board_json(looking: Looking) -> dict[str, Any]:
    """The year's tasks by quarter, each as `task list` gives it."""
    rows = looking.reading.tasks(looking.office, looking.year)
    return {
        "year": looking.year,
        "title": _plan_title(looking),
        "office": looking.office,
        "quarters": [
            {
                "quarter": quarter,
                "tasks": [task_json(row, looking) for row in rows if row["quarter"] == quarter],
            }
            for quarter in QUARTERS
        ],
    }


def board_of(looking: Looking) -> Board:
    """The year's board in words."""
    words = looking.words
    rows = looking.reading.tasks(looking.office, looking.year)
    language: Literal["vi", "en"] = "vi" if words.language == "vi" else "en"
    answered = {
        listed.ref: words("expect.answered", n=listed.answered, m=len(listed.owed))
        for listed in lists_of(looking)
    }
    return Board(
        office=looking.office_row["title"],
        title=_plan_title(looking),
        day=day_text(looking, looking.today.isoformat()),
        mark=words("marker.sandbox") if looking.office_row["sandbox"] else None,
        language=language,
        headings=(
            words("column.task"),
            words("column.lead"),
            words("column.state"),
            words("column.due"),
            words("column.late"),
        ),
        quarters=tuple(
            BoardQuarter(
                words(f"quarter.{quarter.lower()}"),
                tuple(
                    _task(row, looking, answered.get(row["ref"], ""))
                    for row in rows
                    if row["quarter"] == quarter
                ),
            )
            for quarter in QUARTERS
        ),
        counts=_counts(rows, looking),
        notes=tuple(_notes(rows, looking)),
    )


def _plan_title(looking: Looking) -> str:
    plans = looking.reading.plans(looking.office)
    return next((str(plan["title"]) for plan in plans if plan["year"] == looking.year), "")


def _task(row: Row, looking: Looking, answered: str) -> BoardTask:
    """`answered` says how many of the bodies that owe a dossier have answered; empty where none owes."""
    asked = answered if row["open"] else ""
    return BoardTask(
        ref=row["ref"],
        content=row["content"],
        lead=looking.body(row["lead"]),
        cooperating=bodies_text(row, looking),
        state=looking.state(row),
        due=day_text(looking, row["due_on"]),
        short_due=_short_due(row, looking),
        due_marks=_due_mark(row),
        progress="; ".join(each for each in (_progress(row, looking), asked) if each),
        brief=_brief(row, looking) or asked,
        tone=tone(row, looking),
    )


def tone(row: Row, looking: Looking) -> Tone:
    """How a task stands, as the board counts and colours it: each task has exactly one."""
    if row["state"] == "cancelled":
        return "cancelled"
    if row["closed_on"]:
        return "done"
    if row["waiting"]:
        return "waiting"
    if looking.days_late(row):
        return "late"
    left = (date.fromisoformat(row["due_on"]) - looking.today).days if row["due_on"] else None
    return "soon" if left is not None and left <= DUE_SOON_DAYS else "open"


def _returned(row: Row) -> bool:
    return row["state"] == "drafted" and bool(row["memory"].get("returns"))


def _progress(row: Row, looking: Looking) -> str:
    """The task's marker; that it came back says more than that it is in time."""
    if _returned(row) and tone(row, looking) == "open":
        return looking.words("marker.returned")
    return progress_marker(row, looking)


def _brief(row: Row, looking: Looking) -> str:
    """The marker where it tells more than the state does."""
    stands = tone(row, looking)
    if stands == "waiting":
        return looking.words("board.waiting_short")
    if stands == "open":
        return looking.words("marker.returned") if _returned(row) else ""
    return progress_marker(row, looking)


def _short_due(row: Row, looking: Looking) -> str:
    """Day and month; the year too where it is not the plan's."""
    if row["due_on"] is None:
        return ""
    due = date.fromisoformat(row["due_on"])
    short, long = ("%d/%m", "%d/%m/%y") if looking.words.language == "vi" else ("%d %b", "%d %b %y")
    return due.strftime(short if due.year == row["year"] else long)


def _due_mark(row: Row) -> str:
    if row["closed_on"]:
        return ""
    return {"derived": DERIVED, "extended": EXTENDED}.get(row["due_mark"] or "", "")


def _counts(rows: list[Row], looking: Looking) -> tuple[BoardCount, ...]:
    """All tasks, then those that stand alike; nobody is told that nothing was cancelled."""
    words = looking.words
    tones = [tone(row, looking) for row in rows]
    counts = [
        BoardCount(words(f"board.{name}"), sum(each in gathered for each in tones), own)
        for name, gathered, own in COUNTED
    ]
    shown = [count for count in counts if count.number or count.tone != "cancelled"]
    return (BoardCount(words("board.total"), len(rows)), *shown)


def _notes(rows: list[Row], looking: Looking) -> list[tuple[str, str]]:
    marks = {_due_mark(row) for row in rows}
    said = ((DERIVED, "marker.derived"), (EXTENDED, "board.extended"))
    return [(sign, looking.words(key)) for sign, key in said if sign in marks]


# The board in characters


def print_board(board: Board, *, plain: bool) -> None:
    """Head, quarters and foot; `plain` bars colours."""
    coloured = sys.stdout.isatty() and not plain
    for line in drawn(board, width=_width(), coloured=coloured):
        click.echo(line, color=coloured)


def _width() -> int:
    if not sys.stdout.isatty():
        return WIDTH
    return max(LEAST_WIDTH, min(terminal_width(), WIDEST))


def drawn(board: Board, *, width: int = WIDTH, coloured: bool = False) -> list[str]:
    """The board's lines, none of them wider than `width`."""
    headings = ("", *(board.headings[at] for at in (0, 2, 3, 4)))
    tasks = [task for quarter in board.quarters for task in quarter.tasks]
    widths = _widths([headings, *(_cells(task) for task in tasks)], width)
    lines = [*_head(board, width, coloured), _styled(GAP.join(_fitted(headings, widths)), DIM, coloured)]
    for quarter in board.quarters:
        lines.append(_styled(f"── {quarter.label} ".ljust(width, "─"), BOLD, coloured))
        lines += [_line(task, widths, coloured) for task in quarter.tasks]
    lines.append("─" * width)
    return [line.rstrip() for line in [*lines, *_foot(board, width, coloured)]]


def _cells(task: BoardTask) -> tuple[str, ...]:
    return (task.ref, task.content, task.state, task.short_due + task.due_marks, task.brief)


def _widths(rows: list[tuple[str, ...]], width: int) -> tuple[int, ...]:
    """The columns' widths: what a task is about takes what the others leave."""
    longest = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    ref, _content, state, due, brief = longest
    state = min(state, STATE_WIDTH)
    return (ref, width - ref - state - due - brief - 4 * len(GAP), state, due, brief)


def _fitted(cells: tuple[str, ...], widths: tuple[int, ...]) -> list[str]:
    """Cells cut to their columns; a slash is not left hanging before the ellipsis."""
    cut = (shorten(cell, width).replace(" /…", "…") for cell, width in zip(cells, widths, strict=True))
    return [cell.ljust(width) for cell, width in zip(cut, widths, strict=True)]


def _line(task: BoardTask, widths: tuple[int, ...], coloured: bool) -> str:
    *cells, brief = _fitted(_cells(task), widths)
    return GAP.join([*cells, _styled(brief, COLOURS[task.tone], coloured)])


def _head(board: Board, width: int, coloured: bool) -> list[str]:
    """Whose plan it is on the left, the day and a sandbox's mark on the right."""
    mark = "" if board.mark is None else f"{GAP}[{board.mark}]"
    room = width - len(board.day) - len(mark)
    left = shorten(f"{board.office}: {board.title}", room - len(GAP))
    pad = " " * (room - len(left))
    return [_styled(left, BOLD, coloured) + pad + board.day + (_styled(mark, MARK, coloured) if mark else "")]


def _foot(board: Board, width: int, coloured: bool) -> list[str]:
    """The counts, in as many lines as they need, and what the signs at dates mean."""
    lines: list[list[BoardCount]] = [[]]
    for count in board.counts:
        if lines[-1] and len(GAP.join(_counted(each) for each in [*lines[-1], count])) > width:
            lines.append([])
        lines[-1].append(count)
    shown = [GAP.join(_styled(_counted(each), _colour(each), coloured) for each in line) for line in lines]
    return shown + [shorten(f"{sign} {said}", width) for sign, said in board.notes]


def _counted(count: BoardCount) -> str:
    return f"{count.label}: {count.number}"


def _colour(count: BoardCount) -> dict[str, Any]:
    return COLOURS[count.tone] if count.tone and count.number else {}


def _styled(text: str, style: dict[str, Any], coloured: bool) -> str:
    return click.style(text, **style) if coloured and style else text
