"""The numbers of a plan's tasks: its own, or counted from 1 where they do not number the tasks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from exchange.plan.document import AUTOMATIC
from exchange.plan.problems import Problems
from exchange.plan.rows import Table
from exchange.plan.task_row import TaskRow
from workflow.model.body_tokens import BULLETS


def numbers(rows: Table, problems: Problems) -> tuple[int, ...]:
    """The plan's own numbers; counted from 1 where it has none, or where they do not number the tasks."""
    written = [row.number for row in rows.rows]
    counted = tuple(range(1, len(written) + 1))
    if all(row.label in ("", AUTOMATIC, *BULLETS) for row in rows.rows):
        problems.warn(rows.header_line, "numbered")
        return counted
    if any(number is None for number in written) or _begins_anew(rows.rows):
        problems.warn(rows.header_line, "numbered_through")
        return counted
    _check_numbers(rows.rows, problems)
    return tuple(number for number in written if number is not None)


def _begins_anew(rows: Sequence[TaskRow]) -> bool:
    """Whether the rows are counted from 1 anew below a heading, in a table of their own or for each month."""
    return any(
        row.number == 1 and ((row.stretch, row.page) != (above.stretch, above.page) or _leads_in_time(row))
        for above, row in pairwise(rows)
    )


def _leads_in_time(row: TaskRow) -> bool:
    """Whether a time stands before the row's number."""
    at = row.columns.at
    return row.says("time") and at["time"] < at["number"]


def _check_numbers(rows: Sequence[TaskRow], problems: Problems) -> None:
    lines: dict[int, int] = {}
    before = 0
    for row in rows:
        number = row.number or 0
        if number in lines:
            problems.error(row.line, "number_twice", number=number, first=lines[number])
        elif number != before + 1:
            problems.warn(row.line, "number_gap", before=before, number=number)
        lines.setdefault(number, row.line)
        before = number
