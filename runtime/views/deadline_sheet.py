"""The page of `tdkt deadline sheet` for a plan's tasks as they stand: in words and as records.

Loads the sheet's rules, so only where a page is written or read.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from exchange.sheets.deadline_sheet import DeadlinePage, PageRow
from runtime.office.deadline_words import sheet_headings
from runtime.office.looking import Looking
from runtime.office.words import Words
from runtime.views.items import DERIVED
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import CalendarYear, UsualDays
from workflow.model.facts import DueMark, Item
from workflow.model.tasks import Task
from workflow.model.wording import date_vi
from workflow.services.deadline_sheet import (
    Change,
    Remark,
    first_day,
    last_day,
    may_be_aimed,
    may_be_set,
    offered,
    stamp_of,
    usual_span,
)


class SheetRecord(NamedTuple):
    """A row of the page for scripts; `to_fill` where a date may be written into it. `target` is the internal
    target in force, `usual` from which to which day such a row is usually done, `offered` what the page
    offers of that."""

    ref: str
    year: int
    number: int
    content: str
    lead: str
    due: date | None
    mark: DueMark | None
    waiting: bool
    version: int
    to_fill: bool
    target: date | None
    usual: UsualRecord | None
    offered: date | None


class UsualRecord(NamedTuple):
    """The usual days of a row as the policy has them: how sure they are, and from where."""

    first: date
    last: date
    source: str
    conf: str


def sheet_records(looking: Looking) -> tuple[SheetRecord, ...]:
    items = looking.reading.tasks(looking.office, looking.year)
    return tuple(_record(looking, item) for item in items)


def _record(looking: Looking, item: Item) -> SheetRecord:
    task, usual = Task.of(item), _usual(looking, item)
    return SheetRecord(
        ref=item.key.ref,
        year=item.key.year,
        number=task.number,
        content=task.content,
        lead=task.lead,
        due=item.due_on,
        mark=item.due_mark,
        waiting=looking.waits(item),
        version=item.version,
        to_fill=_to_fill(looking, item),
        target=item.target_on,
        usual=UsualRecord(*usual_span(usual, item.key.year), usual.source, usual.conf) if usual else None,
        offered=_offered(looking, item),
    )


def _usual(looking: Looking, item: Item) -> UsualDays | None:
    policy = looking.policy()
    return policy.usual_days(item.kind, Task.of(item).quarter) if policy else None


def _offered(looking: Looking, item: Item) -> date | None:
    """The internal target that the page offers; none to a task that takes none."""
    if not may_be_aimed(item, looking.machine(item.digest)):
        return None
    return offered(item, _usual(looking, item), today=looking.today, calendar=work_calendar(looking))


def work_calendar(looking: Looking) -> WorkCalendar:
    """The days off and the made-up days of all years that the office has a calendar of."""
    found = (looking.defined("calendar", CalendarYear, name) for name in looking.directory.calendars)
    return WorkCalendar.of(year for year in found if year is not None)


def sheet_page(looking: Looking) -> DeadlinePage:
    """The year's tasks; `looking` speaks Vietnamese."""
    words, year = looking.words, looking.year
    first, last = first_day(year), last_day(year)
    span = {"tu": date_vi(first), "den": date_vi(last)}
    return DeadlinePage(
        name=words("sheet.name"),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        titles=(
            words("sheet.title"),
            words("sheet.plan", nam=year, ten_xa=looking.row.title),
        ),
        remark=words("sheet.remark", ngay=date_vi(looking.today)),
        headings=sheet_headings(words),
        rows=tuple(page_row(looking, item) for item in looking.reading.tasks(looking.office, year)),
        first=first,
        last=last,
        hint=(words("sheet.hint_title"), words("sheet.hint", **span)),
        stop=(words("sheet.stop_title"), words("sheet.stop", **span)),
        target_hint=(words("sheet.heading.target"), words("sheet.target_hint")),
        signing=(words("sheet.made_by"), words("sheet.approved")),
        signed=words("sheet.signed"),
        page=words("chase.page"),
        made=looking.now.astimezone(ZoneInfo(looking.zone)).replace(tzinfo=None),
    )


def page_row(looking: Looking, item: Item) -> PageRow:
    """The row of a task as the page has it."""
    task = Task.of(item)
    stamp = stamp_of(
        item.key, version=item.version, due=item.due_on, mark=item.due_mark, waiting=item.waiting
    )
    return PageRow(
        number=task.number,
        content=task.content,
        lead=_full_name(looking, task.lead),
        due=item.due_on,
        standing=_standing(looking, item),
        stamp=str(stamp),
        open=_to_fill(looking, item),
        usual=_usual_text(looking, item),
        offered=_offered(looking, item),
        aimed=may_be_aimed(item, looking.machine(item.digest)),
    )


def _usual_text(looking: Looking, item: Item) -> str:
    """When such a row is usually done, and from where that is known; empty where it is closed."""
    usual = _usual(looking, item)
    if usual is None or item.closed_on is not None:
        return ""
    first, last = usual_span(usual, item.key.year)
    return looking.words("sheet.usual", tu=date_vi(first), den=date_vi(last), nguon=usual.source)


def _full_name(looking: Looking, body: str) -> str:
    """Papers write a body's name out."""
    found = looking.directory.body(body)
    return found.name if found else body


def _to_fill(looking: Looking, item: Item) -> bool:
    kind = looking.kind(item)
    return may_be_set(item.due_mark, open=item.closed_on is None, waits=kind.waits if kind else "never")


def _standing(looking: Looking, item: Item) -> str:
    """Where a row's date comes from and the internal target before it, or how the task ended."""
    if item.closed_on is not None:
        return looking.state(item)
    target = looking.words("marker.target", ngay=date_vi(item.target_on)) if item.target_on else ""
    return "; ".join(filter(None, (_due_standing(looking, item), target)))


def _due_standing(looking: Looking, item: Item) -> str:
    words = looking.words
    if looking.waits(item):
        return words("sheet.standing.waiting")
    if item.due_mark is None:
        return ""
    said = words(f"sheet.standing.{item.due_mark}")
    return said if _to_fill(looking, item) else words("sheet.standing.firm", tinh_trang=said)


# -- what came back ----------------------------------------------------------------------------------------


def remark_text(words: Words, remark: Remark, kind: Literal["fault", "doubt"]) -> str:
    operands = {
        name: words.day_with_weekday(value) if isinstance(value, date) else value
        for name, value in remark.operands.items()
    }
    return words(f"sheet.{kind}.{remark.rule}", **operands)


def old_text(words: Words, change: Change) -> str:
    if change.old is None:
        return ""
    return words.day(change.old) + (DERIVED if change.mark == "derived" else "")


def new_text(words: Words, change: Change) -> str:
    if change.of_target:
        return words("marker.target", ngay=words.day(change.new))
    return words.day_with_weekday(change.new)
