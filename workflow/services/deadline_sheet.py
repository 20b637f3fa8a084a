"""The page *ấn định thời hạn* as values: what the page said, what was filled in, what is to be changed. Pure.

`exchange.sheets.deadline_sheet` makes the workbook and reads it, `runtime.acts.deadline_sheet` sets the
dates. A mistake is a value with its cell and a rule, for which the catalogue has the words (`sheet.fault.*`,
`sheet.doubt.*`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from workflow.model.calendar import NoWorkingDay, WorkCalendar
from workflow.model.facts import DueMark, Item, Key
from workflow.model.tasks import Task
from workflow.model.wording import fold
from workflow.rules.inputs import LONGEST_TEXT, NotAnInput, parse_date, parse_text

DIGITS = 12
STAMP = re.compile(
    r"(?P<office>[a-z][a-z0-9_-]*)/(?P<year>\d{4})/(?P<ref>T\d{2,6})@(?P<version>\d{1,9})-(?P<digest>[0-9a-f]{12})"
)
CHANGED = "row_changed"


class Stamp(NamedTuple):
    """Which row this is, and in which version when the page was made: `diem-he/2026/T07@3-90b1c2d3e4f5`."""

    key: Key
    version: int
    digest: str

    def __str__(self) -> str:
        return f"{self.key}@{self.version}-{self.digest}"


def stamp_of(key: Key, *, version: int, due: date | None, mark: str | None, waiting: bool) -> Stamp:
    """The stamp of a row. Its digest covers the date too, so that a damaged stamp is recognised as none."""
    stood = f"{key}|{version}|{due.isoformat() if due else ''}|{mark or ''}|{waiting}"
    return Stamp(key, version, hashlib.sha256(stood.encode()).hexdigest()[:DIGITS])


def read_stamp(text: str) -> Stamp | None:
    """None where the text is no stamp."""
    match = STAMP.fullmatch("".join(text.split()))
    if match is None:
        return None
    key = Key(match["office"], int(match["year"]), match["ref"])
    return Stamp(key, int(match["version"]), match["digest"])


def first_day(year: int) -> date:
    """The first day that the page takes for a plan of `year`."""
    return date(year, 1, 1)


def last_day(year: int) -> date:
    """The last day that it takes: work of quarter IV ends in the next year's first quarter at the latest."""
    return date(year + 1, 3, 31)


def may_be_set(mark: str | None, *, open: bool, waits: str) -> bool:
    """Whether the page is for this row's date. The engine's guards decide in the end."""
    return open and (mark in (None, "derived") or waits != "never")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row as it came back. `day` is a date, or words that are yet to be read; empty fields are "".

    `due` is the date that the page gave as standing; `cells` says where a field is (`{"date": "F7"}`).
    """

    cells: Mapping[str, str]
    stamp: str = ""
    number: int | None = None
    content: str = ""
    due: date | None = None
    day: date | str | None = None
    source: str = ""
    note: str = ""

    @property
    def says_something(self) -> bool:
        """Whether the row was filled in. A line below the table, without number and date, is no row."""
        return self.day is not None or (
            bool(self.source or self.note) and (bool(self.stamp) or self.number is not None)
        )

    @property
    def place(self) -> str | None:
        """The cell that a remark on the whole row names."""
        return self.cells.get("date")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong, or doubtful, and in which cell; None is the page as a whole."""

    rule: str
    cell: str | None = None
    operands: Mapping[str, date | str | int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Change:
    """One date to be set: what stands with its mark, and what was filled in beside it.

    `version` is the item's at which this was checked.
    """

    key: Key
    cell: str | None
    old: date | None
    mark: DueMark | None
    new: date
    source: str
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of checking a page: its changes in the plan's order, none while there is a fault.

    `unchanged` are the rows that already have the date that was filled in.
    """

    changes: tuple[Change, ...] = ()
    unchanged: tuple[Key, ...] = ()
    faults: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()

    @property
    def only_overtaken(self) -> bool:
        """Whether nothing is wrong but that rows were changed since the page was made."""
        return bool(self.faults) and all(fault.rule == CHANGED for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan that a page is compared with: its tasks as they stand, today, and the working days."""

    office: str
    year: int
    tasks: Sequence[Item]
    today: date
    calendar: WorkCalendar


def check(rows: Iterable[FilledRow], plan: Plan, *, unread: Sequence[Remark] = ()) -> Checked:
    """Compares every row that was filled in with the plan; all mistakes at once, in the page's order.

    `unread` are the cells that could not be read at all; no other mistake is told of such a cell.
    """
    filled = [row for row in rows if row.says_something]
    other = _other_plan(filled, plan)
    if other is not None:
        return Checked(faults=(other, *unread))
    found = [(row, *_task_of(row, plan)) for row in filled]
    twice = _twice([(row, item) for row, item, _fault in found if item is not None])
    judged = [
        _judged(row, item, plan) if item is not None else _Judged(faults=(fault,) if fault else ())
        for row, item, fault in found
    ]
    faults = _in_order([*unread, *(fault for judgement in judged for fault in judgement.faults), *twice])
    changes = sorted(
        (judgement.change for judgement in judged if judgement.change), key=lambda change: change.key
    )
    return Checked(
        changes=() if faults else tuple(changes),
        unchanged=tuple(judgement.unchanged for judgement in judged if judgement.unchanged),
        faults=faults,
        doubts=tuple(doubt for judgement in judged for doubt in judgement.doubts),
    )


def _in_order(faults: Sequence[Remark]) -> tuple[Remark, ...]:
    """Remarks on the whole page first, then row by row; of several on one cell only the first."""
    first: dict[str, Remark] = {}
    for fault in faults:
        first.setdefault(fault.cell or fault.rule, fault)
    return tuple(sorted(first.values(), key=_cell_order))


def _cell_order(remark: Remark) -> tuple[int, str]:
    letters = (remark.cell or "").rstrip("0123456789")
    return int((remark.cell or "0")[len(letters) :]), letters


# -- which task a row is of ------------------------------------------------------------------------------


def _other_plan(rows: Iterable[FilledRow], plan: Plan) -> Remark | None:
    """A page of another office or year is not compared row by row."""
    for row in rows:
        stamp = read_stamp(row.stamp)
        if stamp is not None and stamp.key.office != plan.office:
            return Remark("other_office", operands={"ten": stamp.key.office})
        if stamp is not None and stamp.key.year != plan.year:
            return Remark("other_year", operands={"nam": stamp.key.year, "n": plan.year})
    return None


def _task_of(row: FilledRow, plan: Plan) -> tuple[Item | None, Remark | None]:
    """The task of a row, found by its stamp; without a stamp by number and content together."""
    stamp = read_stamp(row.stamp)
    if stamp is not None:
        item = next((task for task in plan.tasks if task.key == stamp.key), None)
        if item is not None and not _is_of(row, item):
            return None, Remark("mixed_row", row.place, {"ref": item.key.ref})
    else:
        same = [task for task in plan.tasks if _number(task) == row.number and _same_content(row, task)]
        item = same[0] if len(same) == 1 else None
    return item, Remark("unknown_row", row.place) if item is None else None


def _is_of(row: FilledRow, item: Item) -> bool:
    """Whether the visible cells are of the same task as the hidden stamp: whoever sorts only some columns
    separates them. A corrected content is no fault while the number is the task's."""
    if row.number is not None:
        return row.number == _number(item)
    return not row.content or _same_content(row, item)


def _number(item: Item) -> int | None:
    return item.details.number if isinstance(item.details, Task) else None


def _same_content(row: FilledRow, item: Item) -> bool:
    return isinstance(item.details, Task) and fold(row.content) == fold(item.details.content)


def _twice(found: Sequence[tuple[FilledRow, Item]]) -> Iterator[Remark]:
    first: dict[Key, FilledRow] = {}
    for row, item in found:
        before = first.setdefault(item.key, row)
        if before is not row:
            yield Remark("row_twice", row.place, {"ref": item.key.ref, "noi": before.place or ""})


# -- what a row comes to ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Judged:
    change: Change | None = None
    unchanged: Key | None = None
    faults: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()


def _judged(row: FilledRow, item: Item, plan: Plan) -> _Judged:
    if row.day is None:
        return _without_date(row)
    try:
        day = row.day if isinstance(row.day, date) else parse_date(_closed_up(row.day))
    except NotAnInput:
        return _Judged(faults=(Remark("not_a_date", row.place, {"gia_tri": str(row.day)}),))
    if day == item.due_on and item.due_mark not in (None, "derived"):
        return _Judged(unchanged=item.key)
    faults = (*_overtaken(row, item), *_day_faults(row, day, item, plan), *_text_faults(row))
    if faults:
        return _Judged(faults=faults)
    return _Judged(_change(row, day, item), doubts=tuple(_day_doubts(row, day, plan)))


def _without_date(row: FilledRow) -> _Judged:
    if row.source:
        return _Judged(faults=(Remark("no_date", row.place),))
    return _Judged(doubts=(Remark("note_alone", row.cells.get("note")),))


def _closed_up(text: str) -> str:
    """A typed date without blanks and invisible characters: ` 5 / 3 / 2026` is `5/3/2026`."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf")


def _overtaken(row: FilledRow, item: Item) -> Iterator[Remark]:
    """A fault where the task was changed after the page was made; without a stamp its date tells."""
    stamp = read_stamp(row.stamp)
    now = stamp_of(item.key, version=item.version, due=item.due_on, mark=item.due_mark, waiting=item.waiting)
    if (stamp != now) if stamp is not None else (row.due != item.due_on):
        yield Remark(CHANGED, row.place, {"ref": item.key.ref})


def _day_faults(row: FilledRow, day: date, item: Item, plan: Plan) -> Iterator[Remark]:
    """A day in the past cannot be set; one that the task already has may be confirmed."""
    if day == item.due_on and not item.waiting:
        return
    first, last = first_day(plan.year), last_day(plan.year)
    if not first <= day <= last:
        yield Remark("outside", row.place, {"ngay": day, "tu": first, "den": last})
    elif day < plan.today:
        yield Remark("past", row.place, {"ngay": day, "hom_nay": plan.today})


def _text_faults(row: FilledRow) -> Iterator[Remark]:
    if not row.source:
        yield Remark("no_source", row.cells.get("source"))
    for name, text in (("source", row.source), ("note", row.note)):
        if text and not _fit(text):
            yield Remark("unfit_text", row.cells.get(name), {"n": LONGEST_TEXT})


def _fit(text: str) -> bool:
    try:
        parse_text(text)
    except NotAnInput:
        return False
    return True


def _day_doubts(row: FilledRow, day: date, plan: Plan) -> Iterator[Remark]:
    if plan.calendar.is_working(day):
        return
    with suppress(NoWorkingDay):  # then there is no better day to name
        yield Remark("day_off", row.place, {"ngay": day, "ngay_sau": plan.calendar.next_working(day)})


def _change(row: FilledRow, day: date, item: Item) -> Change:
    return Change(
        key=item.key,
        cell=row.place,
        old=item.due_on,
        mark=item.due_mark,
        new=day,
        source=row.source,
        note=row.note,
        version=item.version,
    )
