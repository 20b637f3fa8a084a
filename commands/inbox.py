"""`tdkt inbox`: what the actor must act on, nearest due first; with --week the Monday briefing.

Looking only.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from commands.printing import print_table, print_wrapped, say
from commands.readers import account_of, known_account
from commands.session import Command, Session, print_json, with_option
from runtime.views.inbox import InboxLine, approved_together, inbox_of
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from exchange.pages.week import WeekPage

CONTENT_WIDTH = 48


class OnlyWithWeek(UsageMistake):
    """--all and --html belong to the week's page; add --week."""

    code = "only_with_week"


@click.command(
    cls=Command,
    name="inbox",
    words=(
        "What I must act on, nearest due first; with --week the page for the Monday briefing.",
        "Việc chờ tôi xử lý, gần hạn nhất trước; kèm --week: trang giao ban đầu tuần.",
    ),
    example="inbox --as chuyen-vien",
    paged=True,
)
@with_option(
    "--week",
    is_flag=True,
    words=(
        "The Monday briefing: late, due, waiting, finished last week.",
        "Giao ban đầu tuần: quá hạn, đến hạn, đang chờ, đã xong tuần trước.",
    ),
)
@with_option(
    "--all",
    "whole",
    is_flag=True,
    words=("With --week: the whole office's.", "Kèm --week: của toàn cơ quan."),
)
@with_option(
    "--html",
    metavar="FILE",
    words=("With --week: write one page to print (A4).", "Kèm --week: ghi thành một trang in khổ A4."),
)
def command(session: Session, week: bool, whole: bool, html: str | None) -> None:
    if week:
        _brief(session, whole=whole, html=html)
        return
    if whole or html is not None:
        raise OnlyWithWeek()
    _list(session)


def _brief(session: Session, *, whole: bool, html: str | None) -> None:
    """The week: of the whole office for those who lead it or with --all, else of the account."""
    from runtime.views.week import sees_whole_office, week_page, week_record

    looking = session.looking
    reader = known_account(session) if whole else account_of(session)
    account = None if whole or (reader and sees_whole_office(looking, reader)) else reader
    page = week_page(looking, account, reader=reader)
    if html is not None:
        _write_page(session, page, html)
    if session.json:
        print_json(week_record(looking, account))
    elif html is not None:
        say(looking.words("message.page_written", tep=html))
    else:
        _print_week(page)


def _print_week(week: WeekPage) -> None:
    """Every line of every section; an empty section says so."""
    mark = f"  [{week.mark}]" if week.mark else ""
    click.echo(f"{week.office}: {week.title}{mark}")
    click.echo(week.subtitle)
    for section in week.sections:
        click.echo(f"\n{section.title} ({len(section.lines)})")
        if not section.lines:
            click.echo(week.none)
            continue
        item, day, said, who = section.headings
        print_table(
            ["", item, day, said, who],
            [(line.ref, line.content, line.day, line.said, line.who) for line in section.lines],
        )
    for at, note in enumerate(week.notes):
        click.echo(note if at else f"\n{note}")


def _write_page(session: Session, week: WeekPage, name: str) -> None:
    from pathlib import Path

    from commands.files import write_text
    from exchange.pages.week import page

    write_text(Path(name), page(week), overwrite=session.options.yes)


def _list(session: Session) -> None:
    """The account's work; everybody's, with who must act, where nobody is named."""
    account, words = known_account(session), session.looking.words
    lines = inbox_of(session.looking, account)
    if session.json:
        print_json([line.record for line in lines])
    elif not lines:
        say(words("message.inbox_empty"))
    else:
        columns = ("ref", "content", "state" if account else "owner", "due", "late")
        print_table(
            [words(f"column.{name}") for name in columns],
            [(line.ref, line.record.content, line.said, line.due, line.progress) for line in lines],
            typed=[line.record.next for line in lines],
        )
        _print_remarks(lines)
        if together := approved_together(session.looking, account, lines):
            click.echo()
            print_wrapped(together)


def _print_remarks(lines: Sequence[InboxLine]) -> None:
    """Below the table, where they have room: each remark with the items that it is about."""
    told = sorted((line.remark, line.ref) for line in lines if line.remark)
    for number, (remark, those) in enumerate(groupby(told, key=lambda pair: pair[0])):
        text = f"{remark}: {', '.join(ref for _remark, ref in those)}"
        if not number:
            click.echo()
        print_wrapped(text)
