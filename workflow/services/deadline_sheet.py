"""The page *ấn định thời hạn* as values: what the page said, what was filled in, what is to be changed. Pure.

A row sets the task's date, an internal target that leads up to it, or both.

`exchange.sheets.deadline_sheet` makes the workbook, `runtime.acts.deadline_sheet` sets the
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
from workflow.model.definition import UsualDays
from workflow.model.facts import DueMark, Item, Key
from workflow.model.machine import Machine
from workflow.model.tasks import Task
from workflow.model.wording import fold
from workflow.rules.inputs import LONGEST_TEXT, parse_date, parse_text
from workflow.rules.not_an_input import NotAnInput

DIGITS = 12
STAMP = re.compile(
    r"(?P<office>[a-z][a-z0-9_-]*)/(?P<year>\d{4})/(?P<ref>T\d{2,6})@(?P<version>\d{1,9})-(?P<digest>[0-9a-f]{12})"
)
CHANGED = "row_changed"
AS_OFFERED = "x"
"""In a target's cell: the day that the page offers beside it."""
SET_TARGET = "set_target"
"""The event that sets an internal target; a machine of before has none."""


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


def may_be_aimed(item: Item, machine: Machine) -> bool:
    """Whether the page is for this row's internal target."""
    return item.closed_on is None and item.due_on is not None and machine.event(SET_TARGET) is not None


def usual_span(usual: UsualDays, year: int) -> tuple[date, date]:
    return date(year, *usual.first), date(year, *usual.last)


def offered(item: Item, usual: UsualDays | None, *, today: date, calendar: WorkCalendar) -> date | None:
    """The working day that the page offers as an internal target: the last usual one, where that is still to
    come and earlier than the plan's date. None where a target is in force or the row waits for others."""
    if usual is None or item.due_on is None or item.waiting or item.target_on is not None:
        return None
    day = calendar.previous_working(usual_span(usual, item.key.year)[1])
    return day if today <= day < item.due_on else None


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row as it came back. `day` and `target` are dates, or words that are yet to be read; empty fields
    are "".

    `due` is the date that the page gave as standing, `offered` the target that it offers and `usual` from
    where that comes; `cells` says where a field is (`{"date": "F7"}`).
    """

    cells: Mapping[str, str]
    stamp: str = ""
    number: int | None = None
    content: str = ""
    due: date | None = None
    day: date | str | None = None
    source: str = ""
    note: str = ""
    target: date | str | None = None
    offered: date | None = None
    usual: str = ""

    @property
    def says_something(self) -> bool:
        """Whether the row was filled in. A line below the table, without number and date, is no row."""
        return self.sets or (bool(self.source or self.note) and (bool(self.stamp) or self.number is not None))

    @property
    def sets(self) -> bool:
        """Whether a date or a target was filled in."""
        return self.day is not None or self.target is not None

    @property
    def place(self) -> str | None:
        """The cell that a remark on the whole row names."""
        return self.cells.get("date" if self.target is None or self.day is not None else "target")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong, or doubtful, and in which cell; None is the page as a whole."""

    rule: str
    cell: str | None = None
    operands: Mapping[str, date | str | int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Change:
    """One date to be set: what stands with its mark, and what was filled in beside it.

    `version` is the item's at which this is set: the one that was checked, or the next where a date of the
    same row is set before. `of_target`: it is the internal target, not the date.
    """

    key: Key
    cell: str | None
    old: date | None
    mark: DueMark | None
    new: date
    source: str
    note: str
    version: int
    of_target: bool = False


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
    """The plan that a page is compared with: its tasks as they stand, today, and the working days; `aims` are
    the tasks that take an internal target."""

    office: str
    year: int
    tasks: Sequence[Item]
    today: date
    calendar: WorkCalendar
    aims: frozenset[Key] = frozenset()


def check(
    rows: Iterable[FilledRow], plan: Plan, *, unread: Sequence[Remark] = (), noted: Sequence[Remark] = ()
) -> Checked:
    """Compares every row that was filled in with the plan; all mistakes at once, in the page's order.

    `unread` are the cells that could not be read at all; no other mistake is told of such a cell. `noted` is
    what was doubtful already when the page was read.
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
    # A row's date stands before its target, which may lead up to that.
    changes = sorted(
        (change for judgement in judged for change in judgement.changes), key=lambda change: change.key
    )
    return Checked(
        changes=() if faults else tuple(changes),
        unchanged=tuple(dict.fromkeys(key for judgement in judged for key in judgement.unchanged)),
        faults=faults,
        doubts=(*noted, *(doubt for judgement in judged for doubt in judgement.doubts)),
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
    changes: tuple[Change, ...] = ()
    unchanged: tuple[Key, ...] = ()
    faults: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()


def _judged(row: FilledRow, item: Item, plan: Plan) -> _Judged:
    """The row's date first, then its target, which leads up to the date as it will be."""
    if not row.sets:
        return _without_date(row)
    dated = _Judged() if row.day is None else _judged_date(row, row.day, item, plan)
    if row.target is None or dated.faults:
        return dated
    change = dated.changes[0] if dated.changes else None
    aimed = _judged_target(row, row.target, item, plan, moved=change)
    return _Judged(
        changes=() if aimed.faults else (*dated.changes, *aimed.changes),
        unchanged=(*dated.unchanged, *aimed.unchanged),
        faults=aimed.faults,
        doubts=(*dated.doubts, *aimed.doubts),
    )


def _judged_date(row: FilledRow, typed: date | str, item: Item, plan: Plan) -> _Judged:
    place = row.cells.get("date")
    day = _day_of(typed)
    if day is None:
        return _Judged(faults=(Remark("not_a_date", place, {"gia_tri": str(typed)}),))
    if day == item.due_on and item.due_mark not in (None, "derived"):
        return _Judged(unchanged=(item.key,))
    no_source = () if row.source else (Remark("no_source", row.cells.get("source")),)
    faults = (*_overtaken(row, item), *_day_faults(row, day, item, plan), *no_source, *_text_faults(row))
    if faults:
        return _Judged(faults=faults)
    return _Judged((_change(row, day, item),), doubts=tuple(_day_doubts(place, day, plan)))


def _judged_target(
    row: FilledRow, typed: date | str, item: Item, plan: Plan, *, moved: Change | None
) -> _Judged:
    place = row.cells.get("target")
    day = row.offered if isinstance(typed, str) and fold(typed) == AS_OFFERED else _day_of(typed)
    if day is None:
        rule = "nothing_offered" if isinstance(typed, str) and fold(typed) == AS_OFFERED else "not_a_date"
        return _Judged(faults=(Remark(rule, place, {"gia_tri": str(typed)}),))
    if day == item.target_on and moved is None:
        return _Judged(unchanged=(item.key,))
    source = row.source or (row.usual if day == row.offered else "")
    no_source = () if source else (Remark("no_source", row.cells.get("source")),)
    due = moved.new if moved else item.due_on
    faults = (
        *_overtaken(row, item),
        *_target_faults(place, day, item, plan, due=due, waits=item.waiting and moved is None),
        *no_source,
        *_text_faults(row),
    )
    if faults:
        return _Judged(faults=faults)
    change = Change(
        key=item.key,
        cell=place,
        old=item.target_on,
        mark=None,
        new=day,
        source=source,
        note=row.note,
        version=item.version + (moved is not None),
        of_target=True,
    )
    return _Judged((change,), doubts=tuple(_day_doubts(place, day, plan)))


def _target_faults(
    place: str | None, day: date, item: Item, plan: Plan, *, due: date | None, waits: bool
) -> Iterator[Remark]:
    """What the engine would refuse, told by its cell."""
    if item.key not in plan.aims or due is None or waits:
        yield Remark("no_target", place)
    elif day > due:
        yield Remark("target_after_due", place, {"ngay": day, "den": due})
    elif day < plan.today:
        yield Remark("past", place, {"ngay": day, "hom_nay": plan.today})


def _day_of(typed: date | str) -> date | None:
    """None where it is no date."""
    try:
        return typed if isinstance(typed, date) else parse_date(_closed_up(typed))
    except NotAnInput:
        return None


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
    for name, text in (("source", row.source), ("note", row.note)):
        if text and not _fit(text):
            yield Remark("unfit_text", row.cells.get(name), {"n": LONGEST_TEXT})


def _fit(text: str) -> bool:
    try:
        parse_text(text)
    except NotAnInput:
        return False
    return True


def _day_doubts(place: str | None, day: date, plan: Plan) -> Iterator[Remark]:
    if plan.calendar.is_working(day):
        return
    with suppress(NoWorkingDay):  # then there is no better day to name
        yield Remark("day_off", place, {"ngay": day, "ngay_sau": plan.calendar.next_working(day)})


def _change(row: FilledRow, day: date, item: Item) -> Change:
    return Change(
        key=item.key,
        cell=row.cells.get("date"),
        old=item.due_on,
        mark=item.due_mark,
        new=day,
        source=row.source,
        note=row.note,
        version=item.version,
    )
