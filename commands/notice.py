"""`tdkt notice`: the notices that deadlines and events made, what became of them, and what was not delivered.

`list` looks; `retry` lets dead letters be tried again, `test` sends one notice now.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import click

from commands.deadline import day_with_weekday
from commands.failures import Exit
from commands.printing import WIDTH, print_table
from commands.session import DATABASE, REFUSED, Noun, Session, completes, print_json, with_option
from runtime.office.looking import Looking, local_text
from storage.views import Row
from workflow.model.errors import UnknownActor, UsageMistake
from workflow.model.wording import shorten

HEAD = re.compile(r"^(\[[^\]]*\]\s*)+")
"""The marks before a subject that tell a mail reader who writes; in a list they are the same on each line."""
TO = 26
"""Characters of a recipient's name in a list."""
SHORT_ID = 12
"""Digits of a message's id that a list shows."""


class DeadAlone(UsageMistake):
    """--dead lists messages, not notices: leave out --ref and --full."""

    code = "dead_alone"


class WhichLetters(UsageMistake):
    """Name dead letters by their ids, or give --all. See tdkt notice list --dead."""

    code = "which_letters"


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
@with_option(
    "--dead",
    is_flag=True,
    words=("Messages that were given up, instead.", "Các thư không gửi được."),
)
def list_(session: Session, to: str | None, ref: str | None, full: bool, dead: bool) -> None:
    looking = session.looking
    if dead:
        if ref is not None or full:
            raise DeadAlone()
        _list_dead(session, looking, to=to)
        return
    own = looking.item(ref).key.ref if ref is not None else None
    rows = looking.reading.notices(looking.office, looking.year, to=to, ref=own)
    if not rows and to is not None and looking.directory.account(to) is None:
        raise UnknownActor(actor=to, known=", ".join(account.id for account in looking.directory.accounts))
    deliveries: dict[str, list[Row]] = {}
    for each in looking.reading.deliveries(looking.office, looking.year):
        deliveries.setdefault(each["notice"], []).append(each)
    if session.json:
        print_json([notice_json(row, deliveries.get(row["id"], [])) for row in rows])
    elif not rows:
        click.echo(looking.words("message.empty_list"))
    else:
        _print(looking, rows, deliveries, full=full)


def notice_json(row: Row, deliveries: Sequence[Row]) -> dict[str, Any]:
    """A notice for scripts; subject and text are null once they are erased. `delivery` is what became of it
    over channels beside the inbox."""
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
        "delivery": [{name: each[name] for name in ("channel", "status", "message")} for each in deliveries],
        "instead_of": row["instead_of"],
    }


def _print(
    looking: Looking, rows: Sequence[Row], deliveries: Mapping[str, Sequence[Row]], *, full: bool
) -> None:
    first = True
    width = max(len(kind_text(looking, row)) for row in rows)
    for day, those in groupby(rows, key=lambda row: local_text(row["at"], looking.zone)[:10]):
        click.echo(("" if first else "\n") + day_with_weekday(looking, day))
        first = False
        for row in those:
            click.echo(_line(looking, row, deliveries.get(row["id"], []), width=width, full=full))
            if full and row["text"]:
                click.echo("\n".join(f"      {line}" for line in row["text"].splitlines()) + "\n")


def kind_text(looking: Looking, row: Row) -> str:
    """A notice's kind in words; an escalation's by its level."""
    key = f"level.{row['level']}" if row["level"] else f"notice_kind.{row['kind']}"
    return looking.words(key)


def _line(looking: Looking, row: Row, deliveries: Sequence[Row], *, width: int, full: bool) -> str:
    """One notice; other channels are told where they did not deliver, with `full` in any case."""
    words = looking.words
    clock = local_text(row["at"], looking.zone)[11:]
    to = shorten(looking.account(row["to_account"]), TO)
    head = f"  {clock}  {row['ref'] or '':<5}  {kind_text(looking, row):<{width}}  {to:<{TO}}"
    told = [each for each in deliveries if full or each["status"] != "sent"]
    head += "".join(
        f"  [{each['channel']}: {words.inside(words('notice_status.' + each['status']))}]" for each in told
    )
    if row["subject"] is None:
        return head.rstrip()
    if full:
        return f"{head.rstrip()}\n      {row['subject']}"
    subject = HEAD.sub("", row["subject"])
    return f"{head}  {shorten(subject, max(WIDTH - len(head) - 2, 20))}"


# What was not delivered


def _list_dead(session: Session, looking: Looking, *, to: str | None) -> None:
    rows = looking.reading.dead_messages(looking.office)
    chosen = [row for row in rows if to in (None, row["account"])]
    if session.json:
        print_json([_dead_json(row) for row in chosen])
    elif not chosen:
        click.echo(looking.words("message.empty_list"))
    else:
        _print_dead(looking, chosen)


def _dead_json(row: Row) -> dict[str, Any]:
    names = ("id", "account", "channel", "day", "part", "subject", "attempts", "error", "made_at")
    return {name: row[name] for name in names}


def _print_dead(looking: Looking, rows: Sequence[Row]) -> None:
    words = looking.words
    print_table(
        [words(f"column.{name}") for name in ("id", "day", "account", "channel", "attempts", "error")],
        [
            (
                row["id"][:SHORT_ID],
                row["day"],
                row["account"],
                row["channel"],
                row["attempts"],
                row["error"],
            )
            for row in rows
        ],
        wide=5,
    )


@command.command(
    "retry",
    words=(
        "Let messages that were given up be tried again.",
        "Cho gửi lại các thư không gửi được.",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@with_option("--all", "all_", is_flag=True, words=("All of them.", "Tất cả."))
@with_option("--dry-run", is_flag=True, words=("Show them, change nothing.", "Xem trước, không thay đổi."))
def retry(session: Session, ids: tuple[str, ...], all_: bool, dry_run: bool) -> None:
    if bool(ids) == all_:
        raise WhichLetters()
    from commands.importing import NotConfirmed
    from commands.permission import permitted
    from runtime.acts.contacts import dead_letters
    from runtime.acts.contacts import retry as try_again

    acting = session.acting
    words = acting.words
    letters = dead_letters(acting, None if all_ else ids)
    role = None if dry_run else permitted(session, "retry_notices", what=words("message.dead_letters"))
    if not session.json:
        for letter in letters:
            click.echo(f"{letter.id[:SHORT_ID]}  {letter.day}  {letter.account}  {letter.channel}", err=True)
    if role is None or not letters:
        _tell_retried(session, "retry_would" if letters else "empty_list", len(letters), tried=0)
        return
    if not session.confirmed(words("message.retry_question", n=len(letters))):
        raise NotConfirmed()
    _tell_retried(session, "retry_done", len(letters), tried=try_again(acting, letters, role=role))


def _tell_retried(session: Session, said: str, found: int, *, tried: int) -> None:
    if session.json:
        print_json({"found": found, "tried": tried})
    else:
        click.echo(session.acting.words(f"message.{said}", n=tried or found))


@command.command(
    "test",
    words=(
        "Send one notice now and say what the server answers.",
        "Gửi ngay một thông báo thử và cho biết máy chủ trả lời gì.",
    ),
)
@click.argument("channel", metavar="CHANNEL")
@with_option(
    "--to",
    metavar="ACCOUNT",
    shell_complete=completes("accounts"),
    words=("To this account (else the one that acts).", "Gửi tài khoản này (mặc định: người thực hiện)."),
)
def test(session: Session, channel: str, to: str | None) -> None:
    from commands.permission import permitted
    from runtime.mail.channels import Undelivered
    from runtime.serve.dispatch import send_test

    acting = session.acting
    account = to if to is not None else acting.actor.account
    if account != acting.actor.account:
        permitted(session, "contact", what=acting.words("message.contact_of", tai_khoan=account))
    tell_faults(session)
    try:
        answer = send_test(acting, channel, account)
    except Undelivered as trouble:
        said = trouble.said.rstrip(".")
        click.echo(acting.words("message.test_failed", ten=channel, ly_do=said), err=True)
        raise Exit(REFUSED if trouble.trouble in ("recipient", "later") else DATABASE) from None
    if session.json:
        print_json({"channel": channel, "to": account, "answer": answer})
    else:
        click.echo(acting.words("message.test_sent", ten=channel, tai_khoan=account, ly_do=answer))


def tell_faults(session: Session) -> None:
    """What is wrong with the settings, one line each on stderr."""
    from commands.failures import shipped_words
    from runtime.mail.settings import delivery_settings

    faults = delivery_settings(session.environment).faults
    if faults:
        words = shipped_words(session.words.language)
        for fault in faults:
            click.echo(words(f"message.delivery.{fault.says}", **fault.operands), err=True)
