"""`tdkt report`: tables for the reports that the office owes. Looking only.

`chase` is the chase record, the annex of the half-year and year reports: on the terminal in the reader's
language, as JSON, or as a workbook, which is always Vietnamese.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from commands.items import day_text
from commands.printing import WIDTH, print_table
from commands.session import Noun, Session, print_json, with_option
from runtime.office.looking import Looking, local_text
from runtime.views.chasing import (
    KINDS,
    LEVELS,
    Chase,
    Chased,
    FirstChange,
    RecordedNotice,
    Tally,
    chase_of,
)
from runtime.views.expected import Owed, owed_record
from runtime.views.items import due_text
from workflow.model.calendar import local_date
from workflow.model.days import utc_text
from workflow.model.roles import is_superior
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from exchange.sheets.chase import Book, Cell, SheetColumn, TableSheet

QUARTERS = ("I", "II", "III", "IV")
SECONDS_OF_A_DAY = 86_400
DERIVED = "*"

command = Noun(
    name="report",
    words=("Tables for the office's reports.", "Các biểu kèm theo báo cáo của cơ quan."),
)


@command.command(
    "chase",
    words=(
        "The chase record: who was told of which deadline, when, how often, and what came of it.",
        "Tổng hợp đôn đốc: đã thông báo thời hạn cho ai, lúc nào, bao nhiêu lần, kết quả ra sao.",
    ),
)
@with_option(
    "--quarter",
    "quarters",
    multiple=True,
    type=click.Choice(QUARTERS, case_sensitive=False),
    words=(
        "Only tasks of this quarter of the plan; may be repeated.",
        "Chỉ nhiệm vụ của quý này trong kế hoạch; dùng được nhiều lần.",
    ),
)
@with_option("--full", is_flag=True, words=("With every single notice.", "Kèm từng lần thông báo."))
@with_option("--xlsx", metavar="FILE", words=("Write a workbook.", "Ghi thành bảng tính."))
def chase(session: Session, quarters: tuple[str, ...], full: bool, xlsx: str | None) -> None:
    looking = session.looking
    record = chase_of(looking, quarters)
    if xlsx is not None:
        _write_workbook(session, record, xlsx)
    if session.json:
        print_json(chase_json(record, looking))
    elif xlsx is not None:
        click.echo(looking.words("message.page_written", tep=xlsx))
    else:
        _print(record, looking, full=full)


def _write_workbook(session: Session, record: Chase, name: str) -> None:
    from pathlib import Path

    from commands.files import write_bytes
    from exchange.sheets.chase import tables_workbook

    book = chase_book(record, session.looking.speaking("vi"))
    write_bytes(Path(name), tables_workbook(book), overwrite=session.options.yes)


# -- for scripts -----------------------------------------------------------------------------------------


def chase_json(record: Chase, looking: Looking) -> dict[str, Any]:
    """The record with ids; days are calendar days, instants in UTC."""
    return {
        "office": looking.office,
        "year": record.year,
        "quarters": list(record.quarters or QUARTERS),
        "as_of": utc_text(looking.now),
        "items": [_item_json(item) for item in record.items],
        "bodies": [{"body": body, **_tally_json(tally)} for body, tally in record.bodies.items()],
        "total": _tally_json(record.total),
        "expected": [owed_record(owed) for listed in record.expected for owed in listed.owed],
    }


def _item_json(chased: Chased) -> dict[str, Any]:
    item = chased.item
    return {
        "ref": item.key.ref,
        "quarter": chased.quarter,
        "body": chased.body,
        "state": item.state,
        "due": item.due_on,
        "derived": item.due_mark == "derived",
        "due_first": item.due_first,
        "closed_on": item.closed_on,
        "days_late": chased.days_late,
        **_tally_json(chased.tally),
        "told": [_told_json(told) for told in chased.told],
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "items": tally.items,
        "notices": tally.notices,
        "counts": tally.counts,
        "answered": tally.answered,
        "longest_days": tally.longest,
    }


def _told_json(told: RecordedNotice) -> dict[str, Any]:
    answer = told.answer
    return {
        "at": utc_text(told.at),
        "kind": told.kind,
        "level": told.level,
        "to": told.to,
        "status": told.status,
        "row": told.name,
        "due": told.due_on.isoformat(),
        "derived": told.derived,
        "days_late": told.late,
        "late_s": told.late_s,
        "answer": answer
        and {
            "at": utc_text(answer.at),
            "actor": answer.actor,
            "event": answer.event,
            "days": answer.days,
        },
    }


# -- in words --------------------------------------------------------------------------------------------


def _print(record: Chase, looking: Looking, *, full: bool) -> None:
    """Items, then bodies, then the sum; with `full` each item's notices below."""
    words = looking.words
    today = day_text(looking, looking.today.isoformat())
    if not record.items:
        click.echo(words("chase.none"))
        _print_expected(record, looking)
        return
    click.echo(f"{words('chase.by_task')} ({words.inside(words('chase.as_of', ngay=today))})")
    counts = [
        words(f"chase.short.{name}") for name in ("reminder", "due_today", "overdue", "escalation", "ask")
    ]
    answers = [words("chase.answered_short"), words("chase.longest_short")]
    print_table(
        [
            words("column.ref"),
            words("column.content"),
            words("column.due"),
            *counts,
            *answers,
            words("chase.late_short"),
        ],
        [
            (
                item.item.key.ref,
                looking.content(item.item),
                _due_text(item, looking),
                *_short_counts(item.tally),
                *_answers(item.tally, looking),
                words("chase.days", n=item.days_late) if item.days_late else "",
            )
            for item in record.items
        ],
        wide=1,
    )
    click.echo(f"\n{words('chase.by_body')}")
    _print_bodies(record, looking, [*counts, *answers])
    _print_expected(record, looking)
    if full:
        _print_each(record, looking)
    if any(item.item.due_mark == "derived" for item in record.items) or any(
        owed.derived for listed in record.expected for owed in listed.owed
    ):
        click.echo(f"\n{DERIVED} {words('marker.derived')}")


def _print_bodies(record: Chase, looking: Looking, headings: Sequence[str]) -> None:
    words = looking.words
    lines = [(looking.body(body), tally) for body, tally in record.bodies.items()]
    print_table(
        [words("column.body"), words("chase.items"), words("chase.times"), *headings],
        [
            (name, tally.items, tally.notices, *_short_counts(tally), *_answers(tally, looking))
            for name, tally in [*lines, (words("chase.total"), record.total)]
        ],
        wide=0,
    )


def _print_expected(record: Chase, looking: Looking) -> None:
    """The dossiers that bodies owe: answered or not, how late, how often they were written to."""
    words = looking.words
    if not record.expected:
        return
    click.echo(f"\n{words('chase.expected')}")
    print_table(
        [
            words("column.ref"),
            words("column.body"),
            words("column.due"),
            words("column.status"),
            words("chase.answered_on"),
            words("chase.late_short"),
            words("chase.chased_short"),
            words("chase.chased_at_short"),
        ],
        [
            (
                listed.ref,
                looking.body(owed.body),
                looking.day(owed.due) + (DERIVED if owed.derived else ""),
                words(f"expect.status.{owed.status}"),
                looking.day(owed.expectation.answered_on),
                words("chase.days", n=owed.late) if owed.late else "",
                owed.expectation.chased,
                looking.day(_chased_on(owed, looking)),
            )
            for listed in record.expected
            for owed in listed.owed
        ],
        wide=1,
    )


def _chased_on(owed: Owed, looking: Looking) -> date | None:
    at = owed.expectation.chased_at
    return None if at is None else local_date(at, looking.zone)


def _print_each(record: Chase, looking: Looking) -> None:
    words = looking.words
    for item in record.items:
        click.echo("\n" + shorten(f"{item.item.key.ref}  {looking.content(item.item)}", WIDTH))
        print_table(
            [words(f"column.{name}") for name in ("at", "kind", "recipient", "result")],
            [
                (
                    local_text(told.at, looking.zone),
                    told_text(told, looking),
                    looking.account(told.to),
                    _answer_text(told, looking, item),
                )
                for told in item.told
            ],
            wide=(1, 2, 3),
        )


def _due_text(item: Chased, looking: Looking) -> str:
    return due_text(looking, item.item)


def _short_counts(tally: Tally) -> tuple[int, ...]:
    counts = tally.counts
    up = sum(counts[level] for level in LEVELS)
    after = counts["overdue"] + counts["repeat"]
    return counts["reminder"], counts["due_today"], after, up, counts["ask"]


def _answers(tally: Tally, looking: Looking) -> tuple[str, str]:
    longest = "" if tally.longest is None else looking.words("chase.days", n=tally.longest)
    return f"{tally.answered}/{tally.notices}", longest


def told_text(told: RecordedNotice, looking: Looking) -> str:
    """A notice's kind in words, with the term that it is about; what goes to the chair or vice chair is
    presented, never a reminder."""
    term = looking.term_label(told.term, told.policy)
    return f"{_kind_text(told, looking)}: {looking.words.inside(term)}" if term else _kind_text(told, looking)


def _kind_text(told: RecordedNotice, looking: Looking) -> str:
    if told.kind == "escalation" and told.level:
        return looking.words(f"level.{told.level}")
    if is_superior(looking.directory, told.to) and looking.words.has(f"chase.to_superior.{told.kind}"):
        return looking.words(f"chase.to_superior.{told.kind}")
    return looking.words(f"notice_kind.{told.kind}")


def _done(answer: FirstChange, looking: Looking, item: Chased) -> str:
    return looking.event_text(answer.event, looking.machine(item.item.digest), past=True)


def _answer_text(told: RecordedNotice, looking: Looking, item: Chased) -> str:
    answer, words = told.answer, looking.words
    if answer is None:
        return "" if item.item.closed_on else words("chase.unanswered")
    said = _done(answer, looking, item)
    return (
        words("chase.after", su_kien=said, n=answer.days)
        if answer.days
        else words("chase.same_day", su_kien=said)
    )


# -- as a workbook ---------------------------------------------------------------------------------------


def chase_book(record: Chase, looking: Looking) -> Book:
    """The record in words as three sheets: by task, by body, each notice."""
    from exchange.sheets.chase import Book

    words = looking.words
    today = day_text(looking, looking.today.isoformat())
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
    from exchange.sheets.chase import SheetColumn

    return tuple(SheetColumn(looking.words(key), *rest) for key, *rest in columns)


COUNTS = tuple((f"chase.count.{kind}", 5, "number") for kind in KINDS)
ANSWERS = (("chase.answered", 5, "number"), ("chase.longest", 5, "number"))


def _tally_cells(tally: Tally) -> tuple[Cell, ...]:
    return (*(tally.counts[kind] for kind in KINDS), tally.notices, tally.answered, tally.longest)


def _items_sheet(record: Chase, looking: Looking) -> TableSheet:
    from exchange.sheets.chase import TableSheet

    words = looking.words
    columns = _columns(
        looking,
        ("column.number", 5, "number"),
        ("column.ref", 6),
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
            item.item.key.ref,
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
    from exchange.sheets.chase import TableSheet

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
    from exchange.sheets.chase import TableSheet

    words = looking.words
    columns = _columns(
        looking,
        ("column.number", 5, "number"),
        ("column.ref", 6),
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
            listed.ref,
            listed.content,
            looking.body(owed.body),
            owed.due,
            words(f"expect.status.{owed.status}"),
            owed.expectation.answered_on,
            owed.expectation.dossier,
            owed.late,
            owed.expectation.chased,
            _chased_on(owed, looking),
        )
        for number, (listed, owed) in enumerate(each, 1)
    ]
    return TableSheet(words("chase.expected"), columns, tuple(rows))


def _each_sheet(record: Chase, looking: Looking) -> TableSheet:
    from exchange.sheets.chase import TableSheet

    words = looking.words
    columns = _columns(
        looking,
        ("column.number", 5, "number"),
        ("column.ref", 6),
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
        item.item.key.ref,
        _local(told.at, looking),
        told_text(told, looking),
        looking.account(told.to),
        told.due_on,
        told.late,
        told.late_s // SECONDS_OF_A_DAY,
        looking.words(f"notice_status.{told.status}"),
        _local(answer.at, looking) if answer else None,
        _done(answer, looking, item) if answer else None,
        looking.account(answer.actor) if answer else None,
        answer.days if answer else None,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _local(at: datetime, looking: Looking) -> datetime:
    """The office's clock to the minute, as a sheet keeps it: without a zone."""
    return datetime.fromisoformat(local_text(at, looking.zone))
