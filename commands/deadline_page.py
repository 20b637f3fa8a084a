"""The page of `tdkt deadline sheet` for a plan's tasks as they stand: rows, headings and words. Looking only.

Loaded when a page is written or read, not with the noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from exchange.sheets.deadline_sheet import WIDTHS, DeadlinePage, Field, PageRow
from runtime.office.looking import Looking
from runtime.office.words import Words
from workflow.model.facts import Item
from workflow.model.wording import date_vi
from workflow.services.deadline_sheet import first_day, last_day, may_be_set, stamp_of


def row_json(looking: Looking, item: Item) -> dict[str, Any]:
    task = item.task
    assert task is not None
    return {
        "ref": item.key.ref,
        "number": task.number,
        "content": task.content,
        "lead": task.lead,
        "due": item.due_on,
        "mark": item.due_mark,
        "waiting": looking.waits(item),
        "version": item.version,
        "to_fill": _to_fill(looking, item),
    }


def page_of(looking: Looking, items: Sequence[Item]) -> DeadlinePage:
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
        rows=tuple(_page_row(looking, item) for item in items),
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
    assert item.task is not None
    stamp = stamp_of(
        item.key, version=item.version, due=item.due_on, mark=item.due_mark, waiting=item.waiting
    )
    return PageRow(
        number=item.task.number,
        content=item.task.content,
        lead=_full_name(item.task.lead, looking),
        due=item.due_on,
        standing=_standing(looking, item),
        stamp=str(stamp),
        open=_to_fill(looking, item),
    )


def _full_name(body: str, looking: Looking) -> str:
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
