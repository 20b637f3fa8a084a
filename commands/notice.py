"""`tdkt notice`: the notices that deadlines and events made, and what became of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import click

from commands.deadline import day_with_weekday
from commands.printing import WIDTH
from commands.session import Noun, Session, completes, print_json, with_option
from runtime.looking import Looking, local_text
from storage.reading import Row
from workflow.errors import UnknownActor
from workflow.wording import shorten

HEAD = re.compile(r"^(\[[^\]]*\]\s*)+")
"""The marks before a subject that tell a mail reader who writes; in a list they are the same on each line."""
TO = 26
"""Characters of a recipient's name in a list."""

command = Noun(
    name="notice",
    words=("Notices that were made, and to whom.", "Các thông báo đã lập và nơi nhận."),
)


@command.command(
    "list",
    words=(
        "The notices in order, one line each; --full prints their texts.",
        "Các thông báo theo thứ tự, mỗi thông báo một dòng; --full in toàn văn.",
    ),
)
@with_option(
    "--to",
    metavar="ACCOUNT",
    shell_complete=completes("accounts"),
    words=("Only to this account.", "Chỉ gửi tài khoản này."),
)
@with_option(
    "--ref",
    metavar="REF",
    shell_complete=completes("items"),
    words=("Only of this task or dossier.", "Chỉ của mục này."),
)
@with_option("--full", is_flag=True, words=("With subjects and texts in full.", "Kèm toàn văn."))
def list_(session: Session, to: str | None, ref: str | None, full: bool) -> None:
    looking = session.looking
    own = looking.item(ref)["ref"] if ref is not None else None
    accounts = looking.directory.get("accounts", {})
    rows = looking.reading.notices(looking.office, looking.year, to=to, ref=own)
    if not rows and to is not None and to not in accounts:
        raise UnknownActor(actor=to, known=", ".join(accounts))
    if session.json:
        print_json([notice_json(row) for row in rows])
    elif not rows:
        click.echo(looking.words("message.empty_list"))
    else:
        _print(looking, rows, full=full)


def notice_json(row: Row) -> dict[str, Any]:
    """A notice for scripts; subject and text are null once they are erased."""
    return {
        "at": row["at"],
        "ref": row["ref"],
        "kind": row["kind"],
        "level": row["level"],
        "to": row["to_account"],
        "channel": row["channel"],
        "status": row["status"],
        "text": row["text"],
        "subject": row["subject"],
    }


def _print(looking: Looking, rows: Sequence[Row], *, full: bool) -> None:
    first = True
    width = max(len(kind_text(looking, row)) for row in rows)
    for day, those in groupby(rows, key=lambda row: local_text(row["at"], looking.zone)[:10]):
        click.echo(("" if first else "\n") + day_with_weekday(looking, day))
        first = False
        for row in those:
            click.echo(_line(looking, row, width=width, full=full))
            if full and row["text"]:
                click.echo("\n".join(f"      {line}" for line in row["text"].splitlines()) + "\n")


def kind_text(looking: Looking, row: Row) -> str:
    """A notice's kind in words; an escalation's by its level."""
    key = f"level.{row['level']}" if row["level"] else f"notice_kind.{row['kind']}"
    return looking.words(key)


def _line(looking: Looking, row: Row, *, width: int, full: bool) -> str:
    words = looking.words
    clock = local_text(row["at"], looking.zone)[11:]
    to = shorten(looking.account(row["to_account"]), TO)
    head = f"  {clock}  {row['ref']:<5}  {kind_text(looking, row):<{width}}  {to:<{TO}}"
    if row["status"] != "sent":
        head += f"  [{words('notice_status.' + row['status'])}]"
    if row["subject"] is None:
        return head.rstrip()
    if full:
        return f"{head.rstrip()}\n      {row['subject']}"
    subject = HEAD.sub("", row["subject"])
    return f"{head}  {shorten(subject, max(WIDTH - len(head) - 2, 20))}"
