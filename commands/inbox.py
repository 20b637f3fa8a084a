"""`tdkt inbox`: what the actor must act on, nearest due first. Looking only."""

from __future__ import annotations

from typing import Any

import click

from commands.items import day_text, progress_short, title_text
from commands.printing import print_table
from commands.session import Command, Session, print_json
from runtime.looking import Looking
from storage.reading import Row
from workflow.errors import UnknownActor
from workflow.wording import shorten

CONTENT_WIDTH = 44


class NobodyAsked(UnknownActor):
    """It is not clear whose inbox is meant; choose an account with --as: {danh_sach}."""

    code = "no_actor"


@click.command(
    cls=Command,
    name="inbox",
    words=("What I must act on, nearest due first.", "Việc chờ tôi xử lý, gần hạn nhất trước."),
)
def command(session: Session) -> None:
    looking = session.looking
    account = _account(session, looking)
    rows = [
        row for row in looking.reading.open_items(looking.office, looking.year) if account in row["owners"]
    ]
    if session.json:
        print_json([_json(row, looking) for row in rows])
        return
    words = looking.words
    if not rows:
        click.echo(words("message.inbox_empty"))
        return
    print_table(
        [words(f"column.{name}") for name in ("ref", "content", "state", "due", "late")],
        [
            (
                row["ref"],
                shorten(_content(row, looking), CONTENT_WIDTH),
                looking.state(row),
                day_text(looking, row["due_on"]),
                progress_short(row, looking),
            )
            for row in rows
        ],
        wide=(1, 2),
    )


def _account(session: Session, looking: Looking) -> str:
    """The account whose inbox it is: --as, TDKT_ACTOR, or the stored one."""
    accounts = looking.directory.get("accounts", {})
    known = ", ".join(accounts)
    named = session.options.actor or session.environment.get("TDKT_ACTOR") or looking.office_row["actor"]
    if not named:
        raise NobodyAsked(danh_sach=known)
    if named not in accounts:
        raise UnknownActor(actor=named, known=known)
    return str(named)


def _content(row: Row, looking: Looking) -> str:
    if row["subject"] == "task":
        return str(row["content"])
    return f"{looking.body(row['body'])}: {title_text(looking, row['title'])}"


def _json(row: Row, looking: Looking) -> dict[str, Any]:
    machine = looking.machine(row["digest"])
    return {
        "ref": row["ref"],
        "subject": row["subject"],
        "content": _content(row, looking),
        "state": row["state"],
        "due": row["due_on"],
        "derived": row["due_mark"] == "derived",
        "late": looking.days_late(row) > 0,
        "waiting": row["waiting"],
        "todo": machine["states"][row["state"]]["todo"],
        "version": row["version"],
    }
