"""The page of `tdkt deadline sheet` for a plan's tasks as they stand: rows, headings and words. Looking only.

Loaded when a page is written or read, not with the noun.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from exchange.sheets.deadline_sheet import WIDTHS, DeadlinePage, Field, PageRow
from runtime.office.looking import Looking
from runtime.office.words import Words
from storage.views import Row
from workflow.model.facts import Key
from workflow.model.wording import date_vi
from workflow.services.deadline_sheet import first_day, last_day, may_be_set, stamp_of


def row_json(row: Row, looking: Looking) -> dict[str, Any]:
    return {
        "ref": row["ref"],
        "number": row["number"],
        "content": row["content"],
        "lead": row["lead"],
        "due": row["due_on"],
        "mark": row["due_mark"],
        "waiting": row["waiting"],
        "version": row["version"],
        "to_fill": _to_fill(row, looking),
    }


def page_of(looking: Looking, rows: Sequence[Row]) -> DeadlinePage:
    """The year's tasks; `looking` speaks Vietnamese."""
    words, year = looking.words, looking.year
    first, last = first_day(year), last_day(year)
    span = {"tu": date_vi(first), "den": date_vi(last)}
    return DeadlinePage(
        name=words("sheet.name"),
        mark=words("marker.sandbox") if looking.office_row["sandbox"] else None,
        titles=(
            words("sheet.title"),
            words("sheet.plan", nam=year, ten_xa=looking.office_row["title"]),
        ),
        remark=words("sheet.remark", ngay=date_vi(looking.today)),
        headings=headings(words),
        rows=tuple(_page_row(row, looking) for row in rows),
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


def _page_row(row: Row, looking: Looking) -> PageRow:
    due = date.fromisoformat(row["due_on"]) if row["due_on"] else None
    key = Key(looking.office, looking.year, row["ref"])
    stamp = stamp_of(key, version=row["version"], due=due, mark=row["due_mark"], waiting=bool(row["waiting"]))
    return PageRow(
        number=row["number"],
        content=row["content"],
        lead=_full_name(row["lead"], looking),
        due=due,
        standing=_standing(row, looking),
        stamp=str(stamp),
        open=_to_fill(row, looking),
    )


def _full_name(body: str, looking: Looking) -> str:
    """Papers write a body's name out."""
    found = looking.directory.get("bodies", {}).get(body)
    return str(found["name"]) if found else body


def _to_fill(row: Row, looking: Looking) -> bool:
    kind = looking.machine(row["digest"])["kinds"].get(looking.kind(row))
    return may_be_set(row["due_mark"], open=bool(row["open"]), waits=str(kind["waits"]) if kind else "never")


def _standing(row: Row, looking: Looking) -> str:
    """Where a row's date comes from, or how the task ended."""
    words = looking.words
    if not row["open"]:
        return looking.state(row)
    if row["waiting"]:
        return words("sheet.standing.waiting")
    if row["due_mark"] is None:
        return ""
    said = words(f"sheet.standing.{row['due_mark']}")
    return said if _to_fill(row, looking) else words("sheet.standing.firm", tinh_trang=said)
