"""Tables of plans as communes, wards, districts, schools and unions issue them: each row comes out right.

Every `annexes/NAME.txt` is a plan as it is copied out of Word, `NAME.yaml` its reading by hand. Each is read
as that text, and as a Word file with the same rows.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from exchange.plan.reading import read_plan
from tests.exchange.plan.plan_files import saved, word_plan
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import PlanReading

GROUP = re.compile(r"[IVX]+\. ")
ANNEXES = sorted((Path(__file__).parent / "annexes").glob("*.txt"))


def test_there_are_annexes_of_ten_kinds() -> None:
    assert len(ANNEXES) == 10


@pytest.mark.parametrize("path", ANNEXES, ids=lambda path: path.stem)
def test_every_row_of_an_annex_comes_out_right(path: Path, office: Office, calendar: WorkCalendar) -> None:
    by_hand = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))

    text = read_plan(path, office=office, calendar=calendar)
    word = read_plan(as_word(path), office=office, calendar=calendar)

    assert rows_of(text) == by_hand
    assert rows_of(word) == by_hand
    assert (text.importable, word.importable) == (True, True)


def rows_of(read: PlanReading) -> list[Any]:
    return [
        [task.content, task.lead, list(task.cooperating), "derived" if "due" in task.derived else task.due]
        for task in read.tasks
    ]


def as_word(path: Path) -> bytes:
    """The same plan as a Word file: a row of the text with its further lines is a row of the table."""
    title, table = path.read_text(encoding="utf-8").rstrip().split("\n\n")[-2:]
    lines = [line.split("\t") for line in table.split("\n")]
    width = max(len(line) for line in lines)
    rows: list[list[str]] = []
    for line in lines:
        if rows and 1 < len(rows[-1]) < width and not GROUP.match(line[0]):
            rows[-1] = [*rows[-1][:-1], f"{rows[-1][-1]}\n{line[0]}", *line[1:]]
        else:
            rows.append(line)
    return saved(word_plan([[*row, *[""] * (width - len(row))] for row in rows], title=title))
