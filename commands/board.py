"""The year's board for `tdkt plan show`, drawn to a page's width.

Loads nothing heavy, and colours with plain escape codes on a terminal only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from commands.printing import broken, on_terminal, page_width, row_lines, widths_within
from exchange.pages.board import Board, BoardCount, BoardTask, Tone

WIDTH = 100
"""Columns of the board when piped; a wider terminal gives its room to the contents of tasks."""
LEAST_WIDTH = 72
WIDEST = 140
GAP = "  "
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


def print_board(board: Board, *, plain: bool) -> None:
    """Head, quarters and foot; `plain` bars colours."""
    coloured = on_terminal() and not plain
    for line in drawn(board, width=max(LEAST_WIDTH, min(page_width(), WIDEST)), coloured=coloured):
        click.echo(line, color=coloured)


def drawn(board: Board, *, width: int = WIDTH, coloured: bool = False) -> list[str]:
    """The board's lines, none of them wider than `width`."""
    headings = ("", *(board.headings[at] for at in (0, 2, 3, 4)))
    tasks = [task for quarter in board.quarters for task in quarter.tasks]
    widths = widths_within([headings, *(_cells(task) for task in tasks)], width)
    assert widths is not None, "a board is never narrower than its longest words"
    lines = _head(board, width, coloured)
    lines += [_styled(line, DIM, coloured) for line in row_lines(headings, widths)]
    for quarter in board.quarters:
        lines.append(_styled(f"── {quarter.label} ".ljust(width, "─"), BOLD, coloured))
        lines += [line for task in quarter.tasks for line in _task(task, widths, coloured)]
    lines.append("─" * width)
    return [line.rstrip() for line in [*lines, *_foot(board, width, coloured)]]


def _cells(task: BoardTask) -> tuple[str, ...]:
    return (task.ref, task.content, task.state, task.short_due + task.due_marks, task.brief)


def _task(task: BoardTask, widths: Sequence[int], coloured: bool) -> Iterator[str]:
    """The task's lines, its last column in its colour."""
    last = sum(widths[:-1]) + len(GAP) * (len(widths) - 1)
    for line in row_lines(_cells(task), widths):
        yield line[:last] + (_styled(line[last:], COLOURS[task.tone], coloured) if line[last:] else "")


def _head(board: Board, width: int, coloured: bool) -> list[str]:
    """Whose plan it is on the left, the day and a sandbox's mark on the right."""
    mark = "" if board.mark is None else f"{GAP}[{board.mark}]"
    room = width - len(board.day) - len(mark)
    left, *rest = broken(f"{board.office}: {board.title}", room - len(GAP))
    pad = " " * (room - len(left))
    first = _styled(left, BOLD, coloured) + pad + board.day + (_styled(mark, MARK, coloured) if mark else "")
    return [first, *(_styled(line, BOLD, coloured) for line in rest)]


def _foot(board: Board, width: int, coloured: bool) -> list[str]:
    """The counts, in as many lines as they need, what earlier plans left, what the signs at dates mean."""
    lines: list[list[BoardCount]] = [[]]
    for count in board.counts:
        if lines[-1] and len(GAP.join(_counted(shown_count) for shown_count in [*lines[-1], count])) > width:
            lines.append([])
        lines[-1].append(count)
    shown = [
        GAP.join(_styled(_counted(shown_count), _colour(shown_count), coloured) for shown_count in line)
        for line in lines
    ]
    notes = (broken(f"{sign} {said}", width) for sign, said in board.notes)
    return [*shown, *board.rest, *(line for note in notes for line in note)]


def _counted(count: BoardCount) -> str:
    return f"{count.label}: {count.number}"


def _colour(count: BoardCount) -> dict[str, Any]:
    return COLOURS[count.tone] if count.tone and count.number else {}


def _styled(text: str, style: dict[str, Any], coloured: bool) -> str:
    return click.style(text, **style) if coloured and style else text
