"""`tdkt inbox`: what the actor must act on, nearest due first; with --week the Monday briefing.

Looking only.
"""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from commands.items import (
    account_of,
    content_text,
    day_text,
    known_account,
    progress_short,
    taken_text,
)
from commands.printing import WIDTH, print_table
from commands.session import Command, Session, print_json, with_option
from runtime.office.looking import Looking
from runtime.views.expected import Owed, owed_by
from runtime.views.work import doers, work_of
from storage.views import Row
from workflow.model.errors import UsageMistake
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from exchange.pages.week import WeekPage

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
    from runtime.views.briefing import sees_whole_office

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
    from exchange.pages.week import page

    write_text(Path(name), page(week), overwrite=session.options.yes)


def _list(session: Session) -> None:
    """The account's work; everybody's, with who must act, where nobody is named."""
    looking = session.looking
    account = known_account(session)
    rows = [
        row
        for row in looking.reading.open_items(looking.office, looking.year)
        if account is None
        or work_of(row, account, looking) is not None
        or _decides_extension(row, account, looking)
    ]
    owed = owed_by(looking, account)
    if session.json:
        shown = [
            *(_json(row, looking, account) for row in rows),
            *(_owed_json(each, looking) for each in owed),
        ]
        print_json(sorted(shown, key=lambda one: (one["due"] or "9999", one["ref"])))
        return
    words = looking.words
    if not rows and not owed:
        click.echo(words("message.inbox_empty"))
        return
    columns = ("ref", "content", "state" if account else "owner", "due", "late")
    lines = [
        *((row["due_on"], row["ref"], *_line(row, looking, account)) for row in rows),
        *((each.due, each.row["ref"], *_owed_line(each, looking, account)) for each in owed),
    ]
    print_table(
        [words(f"column.{name}") for name in columns],
        [
            (ref, shorten(content, CONTENT_WIDTH), said, day_text(looking, due), late)
            for due, ref, content, said, late in sorted(lines, key=lambda line: (line[0] or "9999", line[1]))
        ],
        wide=(1, 2),
    )
    _print_remarks({row["ref"]: _remark(row, looking, account) for row in rows})


def _print_remarks(remarks: dict[str, str]) -> None:
    """Below the table, where they have room: each remark with the items that it is about."""
    told = sorted((remark, ref) for ref, remark in remarks.items() if remark)
    for number, (remark, those) in enumerate(groupby(told, key=lambda each: each[0])):
        line = f"{remark}: {', '.join(ref for _remark, ref in those)}"
        click.echo(("" if number else "\n") + "\n".join(wrap(line, WIDTH, subsequent_indent="  ")))


def _owners(row: Row, looking: Looking) -> str:
    return "; ".join(looking.account(id) for id in row["owners"])


def _remark(row: Row, looking: Looking, account: str | None) -> str:
    """How the work came to the account or went from it; without one, who does it in an owner's place."""
    if account is None:
        return "; ".join(filter(None, (taken_text(looking, by, how) for _, by, how in doers(row, looking))))
    work = work_of(row, account, looking)
    if work is None:
        return ""
    said = [taken_text(looking, work.taken_by, work.how)]
    if work.acting_for is not None:
        said.insert(0, looking.words("marker.as_stand_in", chuc_vu_vang=looking.position(work.acting_for)))
    return "; ".join(filter(None, said))


def _line(row: Row, looking: Looking, account: str | None) -> tuple[str, str, str]:
    """What it is, how it stands or who must act, how late it is."""
    said = _what(row, looking, account) if account else _owners(row, looking)
    return content_text(row, looking), said, progress_short(row, looking)


def _owed_line(owed: Owed, looking: Looking, account: str | None) -> tuple[str, str, str]:
    """The same of a dossier that a body owes to a task."""
    speakers = "; ".join(looking.account(id) for id in owed.speakers)
    open_row = {"due_on": owed.due, "closed_on": None, "waiting": False, "state": owed.status}
    said = looking.words("expect.todo") if account else speakers
    return _owed_content(owed, looking), said, progress_short(open_row, looking)


def _owed_content(owed: Owed, looking: Looking) -> str:
    return f"{looking.body(owed.body)}: {owed.row['content']}"


def _decides_extension(row: Row, account: str, looking: Looking) -> bool:
    """Whether an extension of the item is proposed and the account is one of those who decide it."""
    roles = looking.directory["accounts"][account]["roles"]
    return bool(row["memory"].get("proposed_until")) and bool({"chair", "vice_chair"} & set(roles))


def _what(row: Row, looking: Looking, account: str) -> str:
    """The state, or what is asked of somebody who is not the one to act on it."""
    if work_of(row, account, looking) is not None:
        return looking.state(row)
    proposed = day_text(looking, row["memory"].get("proposed_until"))
    return looking.words("marker.extension_proposed", ngay=proposed)


def _json(row: Row, looking: Looking, account: str | None) -> dict[str, Any]:
    machine = looking.machine(row["digest"])
    work = work_of(row, account, looking) if account is not None else None
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
        "body": row["body"],
        "acting_for": work.acting_for if work else None,
        "taken_by": work.taken_by if work else None,
        "claimed_by": row["claimed_by"],
        "delegated_by": row["delegated_by"],
    }


def _owed_json(owed: Owed, looking: Looking) -> dict[str, Any]:
    """A dossier that a body owes: `ref` is the task's, `subject` tells it apart from the task itself."""
    return {
        "ref": owed.row["ref"],
        "subject": "expectation",
        "content": _owed_content(owed, looking),
        "state": owed.status,
        "due": owed.due,
        "derived": owed.derived,
        "late": owed.late > 0,
        "waiting": False,
        "todo": looking.words.speaking("vi")("expect.todo"),
        "version": owed.row["version"],
        "owners": list(owed.speakers),
        "proposed_until": None,
        "body": owed.body,
        "acting_for": None,
        "taken_by": None,
        "claimed_by": None,
        "delegated_by": None,
    }
