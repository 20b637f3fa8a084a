"""`tdkt report`: tables for the reports that the office owes. Looking only.

`chase` is the chase record, the annex of the half-year and year reports; the others are these reports, the
statistics and the coverage (`commands.reports`). On the terminal they speak the reader's language; files are
Vietnamese.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from commands.printing import hanging, print_table, say
from commands.session import Noun, Session, print_json, with_option
from commands.typed import QUARTER
from runtime.office.looking import Looking
from runtime.views.chasing import (
    LEVELS,
    Chase,
    Tally,
    answer_text,
    chase_of,
    chase_record,
    told_text,
)
from runtime.views.expected import chased_on
from runtime.views.items import DERIVED, due_text

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
    example="report chase --quarter I",
    paged=True,
)
@with_option(
    "--quarter",
    "quarters",
    multiple=True,
    type=QUARTER,
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
        print_json(chase_record(looking, record))
    elif xlsx is not None:
        say(looking.words("message.page_written", tep=xlsx))
    else:
        _print(record, looking, full=full)


def _report(name: str, words: tuple[str, str], *, example: str) -> None:
    """Adds the command of one report."""

    def look(
        session: Session,
        as_of: str | None,
        xlsx: str | None,
        docx: str | None,
        pdf: str | None,
        html: str | None,
    ) -> None:
        from commands.reports import Files, show_report

        show_report(session, name, as_of, Files(xlsx=xlsx, docx=docx, html=html, pdf=pdf))

    decorated: Callable[..., Any] = look
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    command.command(name, words=words, example=example, paged=True)(decorated)


OPTIONS = (
    with_option(
        "--as-of",
        metavar="DATE",
        words=("As it was known on this day (else today).", "Theo số liệu đến ngày này (mặc định: hôm nay)."),
    ),
    with_option("--xlsx", metavar="FILE", words=("Write a workbook.", "Ghi thành bảng tính.")),
    with_option("--docx", metavar="FILE", words=("Write it as a Word file.", "Ghi thành tệp Word.")),
    with_option(
        "--pdf", metavar="FILE", words=("Write it as a PDF, to print.", "Ghi thành tệp PDF để in, lưu trữ.")
    ),
    with_option(
        "--html",
        metavar="FILE",
        words=("Write it as a page with pictures.", "Ghi thành trang có biểu đồ."),
    ),
)

_report(
    "year",
    (
        "The year's report: awards by the day of their decisions, tasks, movements, annexes.",
        "Báo cáo tổng kết năm: khen thưởng theo ngày quyết định, nhiệm vụ, phong trào, phụ lục.",
    ),
    example="report year --docx bao-cao-nam.docx",
)
_report(
    "half",
    (
        "The half-year's report, with data to 31/05.",
        "Báo cáo sơ kết 6 tháng, số liệu đến hết ngày 31/5.",
    ),
    example="report half --html so-ket.html",
)
_report(
    "statistics",
    (
        "The figures for the statistics, from 16/12 of the year before to 15/12.",
        "Số liệu thống kê, từ ngày 16/12 năm trước đến hết ngày 15/12.",
    ),
    example="report statistics --xlsx thong-ke.xlsx",
)
_report(
    "fund",
    (
        "The fund of the year: what came in, what went out beside awards, each movement.",
        "Tình hình quỹ trong năm: thu, chi ngoài tiền thưởng, từng khoản.",
    ),
    example="report fund --xlsx quy.xlsx",
)
_report(
    "coverage",
    (
        "Who nominated and who did not, and what came of it, by body.",
        "Đơn vị nào đã đề nghị, đơn vị nào chưa, kết quả của từng đơn vị.",
    ),
    example="report coverage --as-of 01/03/2026",
)


def _write_workbook(session: Session, record: Chase, name: str) -> None:
    from pathlib import Path

    from commands.files import write_bytes
    from exchange.sheets.chase import tables_workbook
    from runtime.views.chase_book import chase_book

    book = chase_book(record, session.looking.speaking("vi"))
    write_bytes(Path(name), tables_workbook(book), overwrite=session.options.yes)


# -- in words --------------------------------------------------------------------------------------------


def _print(record: Chase, looking: Looking, *, full: bool) -> None:
    """Items, then bodies, then the sum; with `full` each item's notices below."""
    words = looking.words
    today = looking.day(looking.today)
    if not record.items:
        say(words("chase.none"))
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
                looking.ref(item.item.key),
                looking.content(item.item),
                due_text(looking, item.item),
                *_short_counts(item.tally),
                *_answers(item.tally, looking),
                words("chase.days", n=item.days_late) if item.days_late else "",
            )
            for item in record.items
        ],
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
                looking.ref(listed.key),
                looking.body(owed.body),
                looking.day(owed.due) + (DERIVED if owed.derived else ""),
                words(f"expect.status.{owed.status}"),
                looking.day(owed.expectation.answered_on),
                words("chase.days", n=owed.late) if owed.late else "",
                owed.expectation.chased,
                looking.day(chased_on(looking, owed)),
            )
            for listed in record.expected
            for owed in listed.owed
        ],
    )


def _print_each(record: Chase, looking: Looking) -> None:
    words = looking.words
    for item in record.items:
        click.echo("\n" + hanging(f"{looking.ref(item.item.key)}  ", looking.content(item.item)))
        print_table(
            [words(name) for name in ("column.at", "chase.told", "column.recipient", "column.result")],
            [
                (
                    looking.moment(told.at),
                    told_text(told, looking),
                    looking.account(told.to),
                    answer_text(told, looking, item),
                )
                for told in item.told
            ],
        )


def _short_counts(tally: Tally) -> tuple[int, ...]:
    counts = tally.counts
    up = sum(counts[level] for level in LEVELS)
    after = counts["overdue"] + counts["repeat"]
    return counts["reminder"], counts["due_today"], after, up, counts["ask"]


def _answers(tally: Tally, looking: Looking) -> tuple[str, str]:
    longest = "" if tally.longest_days is None else looking.words("chase.days", n=tally.longest_days)
    return f"{tally.answered}/{tally.notices}", longest
