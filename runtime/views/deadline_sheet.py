"""The page of `tdkt deadline sheet` for a plan's tasks as they stand: in words and as records.

Loads the sheet's rules, so only where a page is written or read.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from exchange.sheets.deadline_sheet import WIDTHS, DeadlinePage, Field, PageRow
from runtime.office.looking import Looking
from runtime.office.words import Words
from workflow.model.facts import DueMark, Item
from workflow.model.tasks import Task
from workflow.model.wording import date_vi
from workflow.services.deadline_sheet import first_day, last_day, may_be_set, stamp_of


class SheetRecord(NamedTuple):
    """A row of the page for scripts; `to_fill` where a date may be written into it."""

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


def sheet_records(looking: Looking) -> tuple[SheetRecord, ...]:
    items = looking.reading.tasks(looking.office, looking.year)
    return tuple(_record(looking, item) for item in items)


def _record(looking: Looking, item: Item) -> SheetRecord:
    task = Task.of(item)
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
    )


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
        headings=headings(words),
        rows=tuple(_page_row(looking, item) for item in looking.reading.tasks(looking.office, year)),
        first=first,
        last=last,
        hint=(words("sheet.hint_title"), words("sheet.hint", **span)),
        stop=(words("sheet.stop_title"), words("sheet.stop", **span)),
        signing=(words("sheet.made_by"), words("sheet.approved")),
        signed=words("sheet.signed"),
        page=words("chase.page"),
        made=looking.now.astimezone(ZoneInfo(looking.zone)).replace(tzinfo=None),
    )


def headings(words: Words) -> dict[Field, str]:
    """The columns' headings, by which they are found again; `words` speak Vietnamese."""
    return {name: words(f"sheet.heading.{name}") for name in WIDTHS}


def _page_row(looking: Looking, item: Item) -> PageRow:
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
    )


def _full_name(looking: Looking, body: str) -> str:
    """Papers write a body's name out."""
    found = looking.directory.body(body)
    return found.name if found else body


def _to_fill(looking: Looking, item: Item) -> bool:
    kind = looking.kind(item)
    return may_be_set(item.due_mark, open=item.closed_on is None, waits=kind.waits if kind else "never")


def _standing(looking: Looking, item: Item) -> str:
    """Where a row's date comes from, or how the task ended."""
    words = looking.words
    if item.closed_on is not None:
        return looking.state(item)
    if looking.waits(item):
        return words("sheet.standing.waiting")
    if item.due_mark is None:
        return ""
    said = words(f"sheet.standing.{item.due_mark}")
    return said if _to_fill(looking, item) else words("sheet.standing.firm", tinh_trang=said)
