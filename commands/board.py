"""The year's board for `tdkt plan show`, drawn in 100 columns.

Loads nothing heavy, and colours with plain escape codes on a terminal only.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from commands.printing import terminal_width
from exchange.pages.board import Board, BoardCount, BoardTask, Tone
from workflow.model.wording import shorten

WIDTH = 100
"""Columns of the board when piped; a wider terminal gives its room to the contents of tasks."""
LEAST_WIDTH = 72
WIDEST = 140
STATE_WIDTH = 27
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
    return [*shown, *board.rest, *(shorten(f"{sign} {said}", width) for sign, said in board.notes)]


def _counted(count: BoardCount) -> str:
    return f"{count.label}: {count.number}"


def _colour(count: BoardCount) -> dict[str, Any]:
    return COLOURS[count.tone] if count.tone and count.number else {}


def _styled(text: str, style: dict[str, Any], coloured: bool) -> str:
    return click.style(text, **style) if coloured and style else text
