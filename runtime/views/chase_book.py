"""The chase record in words as a workbook's sheets: by task, by body, what is expected, each notice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from exchange.sheets.chase import Book, Cell, SheetColumn, TableSheet
from runtime.office.looking import Looking, local_text
from runtime.views.chasing import KINDS, Chase, Chased, RecordedNotice, Tally, answer_event, told_text
from runtime.views.expected import chased_on

SECONDS_OF_A_DAY = 86_400


def chase_book(record: Chase, looking: Looking) -> Book:
    """The record in words as three sheets: by task, by body, each notice."""
    words = looking.words
    today = looking.day(looking.today)
    named = ", ".join(words(f"quarter.{quarter.lower()}") for quarter in record.quarters)
    return Book(
        titles=(words("chase.annex"), words("chase.title", nam=record.year).upper()),
        remark=words("chase.remark_quarters", danh_sach=named, ngay=today)
        if named
        else words("chase.remark", ngay=today),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        sheets=(
            _items_sheet(record, looking),
            _bodies_sheet(record, looking),
            *([_expected_sheet(record, looking)] if record.expected else []),
            _each_sheet(record, looking),
        ),
        page=words("chase.page"),
        made=_local(looking.now, looking),
    )


def _columns(looking: Looking, *columns: tuple[Any, ...]) -> tuple[SheetColumn, ...]:
    """Columns from (key, width) or (key, width, kind)."""
    return tuple(SheetColumn(looking.words(key), *rest) for key, *rest in columns)


COUNTS = tuple((f"chase.count.{kind}", 5, "number") for kind in KINDS)
ANSWERS = (("chase.answered", 5, "number"), ("chase.longest", 5, "number"))


def _tally_cells(tally: Tally) -> tuple[Cell, ...]:
    return (*(tally.counts[kind] for kind in KINDS), tally.notices, tally.answered, tally.longest_days)


def _items_sheet(record: Chase, looking: Looking) -> TableSheet:
    words = looking.words
    columns = _columns(
        looking,
        ("column.number", 5, "number"),
        ("column.ref", 10),
        ("column.content", 38),
        ("column.body", 14),
        ("column.quarter", 5, "number"),
        ("column.due", 11, "date"),
        ("column.state", 17),
        *COUNTS,
        ("chase.times", 5, "number"),
        *ANSWERS,
        ("chase.closed_on", 11, "date"),
        ("chase.days_late", 5, "number"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            looking.ref(item.item.key),
            looking.content(item.item),
            looking.body(item.body),
            item.quarter,
            item.item.due_on,
            looking.state(item.item),
            *_tally_cells(item.tally),
            item.item.closed_on,
            item.days_late,
        )
        for number, item in enumerate(record.items, 1)
    ]
    total = (
        None,
        None,
        words("chase.total"),
        None,
        None,
        None,
        None,
        *_tally_cells(record.total),
        None,
        None,
    )
    return TableSheet(words("chase.by_task"), columns, tuple(rows), total)


def _bodies_sheet(record: Chase, looking: Looking) -> TableSheet:
    words = looking.words
    columns = _columns(
        looking,
        ("column.body", 40),
        ("chase.items", 6, "number"),
        *COUNTS,
        ("chase.times", 5, "number"),
        *ANSWERS,
    )
    rows: list[tuple[Cell, ...]] = [
        (looking.body(body), tally.items, *_tally_cells(tally)) for body, tally in record.bodies.items()
    ]
    total = (words("chase.total"), record.total.items, *_tally_cells(record.total))
    return TableSheet(words("chase.by_body"), columns, tuple(rows), total)


def _expected_sheet(record: Chase, looking: Looking) -> TableSheet:
    words = looking.words
    columns = _columns(
        looking,
        ("column.number", 5, "number"),
        ("column.ref", 10),
        ("column.content", 38),
        ("column.body", 24),
        ("column.due", 11, "date"),
        ("column.status", 17),
        ("chase.answered_on", 11, "date"),
        ("column.dossier", 8),
        ("chase.days_late", 6, "number"),
        ("chase.chased", 6, "number"),
        ("chase.chased_at", 11, "date"),
    )
    each = [(listed, owed) for listed in record.expected for owed in listed.owed]
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            looking.ref(listed.key),
            listed.content,
            looking.body(owed.body),
            owed.due,
            words(f"expect.status.{owed.status}"),
            owed.expectation.answered_on,
            owed.expectation.dossier,
            owed.late,
            owed.expectation.chased,
            chased_on(looking, owed),
        )
        for number, (listed, owed) in enumerate(each, 1)
    ]
    return TableSheet(words("chase.expected"), columns, tuple(rows))


def _each_sheet(record: Chase, looking: Looking) -> TableSheet:
    words = looking.words
    columns = _columns(
        looking,
        ("column.number", 5, "number"),
        ("column.ref", 10),
        ("column.at", 17, "moment"),
        ("chase.told", 18),
        ("column.recipient", 24),
        ("column.due", 11, "date"),
        ("chase.days_late_then", 6, "number"),
        ("chase.sent_late", 6, "number"),
        ("column.status", 11),
        ("chase.answered_at", 17, "moment"),
        ("chase.answer", 18),
        ("column.actor", 24),
        ("chase.answer_days", 6, "number"),
    )
    each = [(item, told) for item in record.items for told in item.told]
    rows = [(number, *_told_cells(item, told, looking)) for number, (item, told) in enumerate(each, 1)]
    return TableSheet(words("chase.one_by_one"), columns, tuple(rows))


def _told_cells(item: Chased, told: RecordedNotice, looking: Looking) -> tuple[Cell, ...]:
    answer = told.answer
    return (
        looking.ref(item.item.key),
        _local(told.at, looking),
        told_text(told, looking),
        looking.account(told.to),
        told.due,
        told.days_late,
        told.late_s // SECONDS_OF_A_DAY,
        looking.words(f"notice_status.{told.status}"),
        _local(answer.at, looking) if answer else None,
        answer_event(answer, looking, item) if answer else None,
        looking.account(answer.actor) if answer else None,
        answer.days if answer else None,
    )


def _local(at: datetime, looking: Looking) -> datetime:
    """The office's clock to the minute, as a sheet keeps it: without a zone."""
    return datetime.fromisoformat(local_text(at, looking.zone))
