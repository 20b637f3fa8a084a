"""What the record of one item says of a paper that is made of it: what was done, by which papers, with which
words; as it stands after corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.conditions import SIGNS
from runtime.views.facts import Recorded, as_corrected, recorded_of
from runtime.views.papers.facts import NO_SOURCE, Source, day_text
from workflow.model.facts import Item
from workflow.model.wording import date_vi

IN_PRINT = {SIGNS["met"]: "", SIGNS["not_met"]: "chưa đạt: ", SIGNS["no_info"]: "chưa đủ thông tin: "}


class Count(NamedTuple):
    """How many of what: `05`, `02 tập thể, 05 cá nhân`."""

    what: str
    n: str


def two_digits(n: int) -> str:
    """`05`, `12`; nought alone is `0`, as minutes have it."""
    return f"{n:02}" if n else "0"


def paper_in_row(number: str, on: date | None) -> str:
    """`112/QĐ-UBND ngày 30/06/2026`, as a table has it."""
    return f"{number} ngày {date_vi(on)}" if on else number


class Record:
    """Lives as long as one paper is made."""

    def __init__(self, looking: Looking, item: Item) -> None:
        self.changes: Sequence[Recorded] = as_corrected(recorded_of(looking, item.key))
        self._of_lines = {(each.entry.event, no): each for each in self.changes for no in each.lines}

    def last(self, *events: str) -> Recorded | None:
        """The newest of these events."""
        return next((each for each in reversed(self.changes) if each.entry.event in events), None)

    def last_of_line(self, event: str, no: int) -> Recorded | None:
        """The newest of the events that names the line."""
        return self._of_lines.get((event, no))

    def all(self, *events: str) -> tuple[Recorded, ...]:
        return tuple(each for each in self.changes if each.entry.event in events)


def text_in(each: Recorded | None, name: str) -> str:
    """The free text of that name, empty where it was not typed or is erased."""
    return (each.texts.get(name) or "") if each else ""


def basis_in(each: Recorded | None) -> str:
    """What a verdict rests on, with words for the signs that screens have and fonts of print lack."""
    said = text_in(each, "basis")
    for sign, words in IN_PRINT.items():
        said = re.sub(rf"(\A|; ){re.escape(sign)} ", rf"\g<1>{words}", said)
    return said


def number_in(each: Recorded | None, name: str = "paper_number") -> str | None:
    value = each.inputs.get(name) if each else None
    return str(value) if value else None


def day_in(each: Recorded | None, name: str = "paper_date") -> date | None:
    value = each.inputs.get(name) if each else None
    return date.fromisoformat(str(value)) if value else None


def paper_in(each: Recorded | None) -> Source:
    """The paper that an event names by number and day; NO_SOURCE where it names none."""
    number, on = number_in(each), day_in(each)
    return Source(number, day_text(on)) if number and on else NO_SOURCE


def lines_in(each: Recorded, names: Iterable[str]) -> frozenset[int]:
    """The lines that an event names under these inputs."""
    values = (each.inputs.get(name) for name in names)
    return frozenset(no for value in values if isinstance(value, list) for no in value if isinstance(no, int))
