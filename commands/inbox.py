"""`tdkt inbox`: what the actor must act on, nearest due first; with --week the Monday briefing.

Looking only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.items import (
    account_of,
    content_text,
    day_text,
    known_account,
    owners_text,
    progress_short,
)
from commands.printing import print_table
from commands.session import Command, Session, print_json, with_option
from runtime.looking import Looking
from storage.reading import Row
from workflow.errors import UsageMistake
from workflow.wording import shorten

if TYPE_CHECKING:
    from exchange.week import WeekPage

CONTENT_WIDTH = 44


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
    from commands.briefing import print_week, week_json, week_page
    from runtime.briefing import sees_whole_office

    looking = session.looking
    reader = known_account(session) if whole else account_of(session)
    account = None if whole or (reader and sees_whole_office(looking, reader)) else reader
    page = week_page(looking, account, reader=reader)
    if html is not None:
        _write_page(session, page, html)
    if session.json:
        print_json(week_json(looking, account))
    elif html is not None:
        click.echo(looking.words("message.page_written", tep=html))
    else:
        print_week(page)


def _write_page(session: Session, week: WeekPage, name: str) -> None:
    from pathlib import Path

    from commands.files import write_text
    from exchange.week import page

    write_text(Path(name), page(week), overwrite=session.options.yes)


def _list(session: Session) -> None:
    """The account's work; everybody's, with who must act, where nobody is named."""
    looking = session.looking
    account = known_account(session)
    rows = [
        row
        for row in looking.reading.open_items(looking.office, looking.year)
        if account is None or account in row["owners"] or _decides_extension(row, account, looking)
    ]
    if session.json:
        print_json([_json(row, looking) for row in rows])
        return
    words = looking.words
    if not rows:
        click.echo(words("message.inbox_empty"))
        return
    columns = (
        ("ref", "content", "state", "due", "late") if account else ("ref", "content", "owner", "due", "late")
    )
    print_table(
        [words(f"column.{name}") for name in columns],
        [
            (
                row["ref"],
                shorten(content_text(row, looking), CONTENT_WIDTH),
                _what(row, looking, account) if account else owners_text(row, looking),
                day_text(looking, row["due_on"]),
                progress_short(row, looking),
            )
            for row in rows
        ],
        wide=(1, 2),
    )


def _decides_extension(row: Row, account: str, looking: Looking) -> bool:
    """Whether an extension of the item is proposed and the account is one of those who decide it."""
    roles = looking.directory["accounts"][account]["roles"]
    return bool(row["memory"].get("proposed_until")) and bool({"chair", "vice_chair"} & set(roles))


def _what(row: Row, looking: Looking, account: str) -> str:
    """The state, or what is asked of somebody who is not the one to act on it."""
    if account in row["owners"]:
        return looking.state(row)
    proposed = day_text(looking, row["memory"].get("proposed_until"))
    return looking.words("marker.extension_proposed", ngay=proposed)


def _json(row: Row, looking: Looking) -> dict[str, Any]:
    machine = looking.machine(row["digest"])
    return {
        "ref": row["ref"],
        "subject": row["subject"],
        "content": content_text(row, looking),
        "state": row["state"],
        "due": row["due_on"],
        "derived": row["due_mark"] == "derived",
        "late": looking.days_late(row) > 0,
        "waiting": row["waiting"],
        "todo": machine["states"][row["state"]]["todo"],
        "version": row["version"],
        "owners": row["owners"],
        "proposed_until": row["memory"].get("proposed_until"),
    }
