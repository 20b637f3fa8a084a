"""What `tdkt report year|half|statistics|coverage` do: show a report, and write it as files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from commands.printing import page_width, print_table, print_wrapped, say
from commands.session import Session, print_json
from exchange.papers.blocks import Bars, Block, Heading, PaperTable, Prose
from runtime.office.looking import Looking
from runtime.office.typed import typed_date
from runtime.views.reports.blocks import about, report_blocks
from runtime.views.reports.figures import report_of
from runtime.views.reports.records import Report

LONGEST_BAR = 40
BESIDE = 10
"""Columns for what stands beside a bar: blanks and its number."""


class Files(NamedTuple):
    """The files to write."""

    xlsx: str | None
    docx: str | None
    html: str | None
    pdf: str | None


def show_report(session: Session, kind: str, as_of: str | None, files: Files) -> None:
    looking = session.looking
    report = report_of(looking, kind, typed_date(as_of) if as_of else None)
    _write(session, looking, report, files)
    written = [name for name in files if name is not None]
    if session.json:
        print_json(report)
    elif written:
        for name in written:
            say(looking.words("message.page_written", tep=name))
    else:
        _print(looking, report)


def _write(session: Session, looking: Looking, report: Report, files: Files) -> None:
    from commands.files import write_bytes, write_text
    from runtime.views.reports import files as made

    overwrite = session.options.yes
    if files.xlsx is not None:
        write_bytes(Path(files.xlsx), made.report_workbook(looking, report), overwrite=overwrite)
    if files.docx is not None:
        write_bytes(Path(files.docx), made.report_word(looking, report), overwrite=overwrite)
    if files.pdf is not None:
        write_bytes(Path(files.pdf), made.report_pdf(looking, report), overwrite=overwrite)
    if files.html is not None:
        write_text(Path(files.html), made.report_page(looking, report), overwrite=overwrite)


def _print(looking: Looking, report: Report) -> None:
    print_wrapped(about(looking, report))
    for block in report_blocks(looking, report):
        _print_block(block)


def _print_block(block: Block) -> None:
    match block:
        case Heading(text):
            click.echo(f"\n{text}")
        case Prose(text):
            print_wrapped(text)
        case PaperTable():
            _print_table(block)
        case Bars():
            _print_bars(block)


def _print_table(table: PaperTable) -> None:
    """A heading across the table stands in the first column of a row of its own."""
    blanks = [""] * (len(table.columns) - 1)
    rows = [row.cells if len(row.cells) > 1 else (row.cells[0], *blanks) for row in table.rows]
    click.echo(f"\n{table.title}")
    print_table([column.heading for column in table.columns], rows)


def _print_bars(picture: Bars) -> None:
    longest = max((number for _label, number in picture.bars), default=0) or 1
    click.echo(f"\n{picture.title}")
    broadest = max((len(label) for label, _number in picture.bars), default=0)
    room = max(1, min(LONGEST_BAR, page_width() - broadest - BESIDE))
    for label, number in picture.bars:
        bar = "█" * -(-number * room // longest)
        click.echo("  ".join(filter(None, (label.ljust(broadest), bar, str(number)))))
    click.echo()
