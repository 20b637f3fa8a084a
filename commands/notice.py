"""`tdkt notice`: the notices that deadlines and events made, what became of them, and what was not delivered.

`list` looks; `retry` lets dead letters be tried again, `test` sends one notice now.
"""

from __future__ import annotations

import click

from commands.failures import Exit
from commands.printing import GAP, aligned, hanging, print_by_day, print_table, say
from commands.readers import item_of
from commands.session import ACCOUNT, DATABASE, REFUSED, Noun, Session, completes, print_json, with_option
from runtime.views.notices import NoticeLine, notice_line, notices_of
from workflow.model.errors import UsageMistake

"""Characters of a recipient's name in a list."""
SHORT_ID = 12
UNDER = 6
"""Where stands what a notice says."""
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
    example="notice list --to chuyen-vien",
    paged=True,
)
@with_option(
    "--to",
    **ACCOUNT,
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
        _list_dead(session, to=to)
        return
    own = item_of(session, ref).key if ref is not None else None
    notices = notices_of(looking, to=to, of=own)
    if session.json:
        print_json(notices)
        return
    lines = [notice_line(looking, notice) for notice in notices]
    heads = aligned([_head(line, full=full) for line in lines], indent=GAP)
    shown = [f"{head}{_text(line)}" if full else head for head, line in zip(heads, lines, strict=True)]
    days = (line.day for line in lines)
    if not print_by_day(zip(days, shown, strict=True), heading=looking.day_with_weekday):
        say(looking.words("message.empty_list"))


def _head(line: NoticeLine, *, full: bool) -> tuple[str, ...]:
    """One notice; other channels are told where they did not deliver, with `full` in any case."""
    told = "".join(f"[{said}]" for said in (line.delivery if full else line.undelivered))
    return (line.clock, line.ref, line.kind, line.to, *([] if full else [line.about]), told)


def _text(line: NoticeLine) -> str:
    """What the notice says, below its head, with a blank line after it."""
    parts = [*([line.subject] if line.subject else []), *line.text.splitlines(), *([""] if line.text else [])]
    return "".join(f"\n{hanging(' ' * UNDER, part)}".rstrip(" ") for part in parts)


# What was not delivered


def _list_dead(session: Session, *, to: str | None) -> None:
    looking = session.looking
    words, letters = looking.words, looking.reading.dead_messages(looking.office)
    chosen = [letter for letter in letters if to in (None, letter.account)]
    if session.json:
        print_json(chosen)
    elif not chosen:
        say(words("message.empty_list"))
    else:
        names = ("id", "day", "account", "channel", "attempts", "error")
        print_table(
            [words(f"column.{name}") for name in names],
            [
                (one.id[:SHORT_ID], one.day, one.account, one.channel, one.attempts, one.error)
                for one in chosen
            ],
        )


@command.command(
    "retry",
    words=(
        "Let messages that were given up be tried again.",
        "Cho gửi lại các thư không gửi được.",
    ),
    example="notice retry --all --dry-run",
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@with_option("--all", "all_", is_flag=True, words=("All of them.", "Tất cả."))
@with_option("--dry-run", is_flag=True, words=("Show them, change nothing.", "Xem trước, không thay đổi."))
def retry(session: Session, ids: tuple[str, ...], all_: bool, dry_run: bool) -> None:
    if bool(ids) == all_:
        raise WhichLetters()
    from commands.reasons import permitted
    from runtime.acts.contacts import dead_letters
    from runtime.acts.contacts import retry as try_again

    acting = session.acting
    words = acting.words
    letters = dead_letters(acting, None if all_ else ids)
    role = None if dry_run else permitted(session, "retry_notices", what=words("message.dead_letters"))

    def show() -> None:
        for letter in letters:
            click.echo(f"{letter.id[:SHORT_ID]}  {letter.day}  {letter.account}  {letter.channel}", err=True)

    tried = session.ask_and_do(
        0,
        lambda: try_again(acting, letters, role=role),
        show=show,
        question=words("message.retry_question", n=len(letters)),
        dry_run=dry_run or not letters,
    )
    if session.json:
        print_json({"found": len(letters), "tried": tried})
        return
    said = "empty_list" if not letters else "retry_would" if dry_run else "retry_done"
    say(words(f"message.{said}", n=tried or len(letters)))


@command.command(
    "test",
    words=(
        "Send one notice now and say what the server answers.",
        "Gửi ngay một thông báo thử và cho biết máy chủ trả lời gì.",
    ),
    example="notice test email --to chuyen-vien --as quan-tri",
)
@click.argument("channel", metavar="CHANNEL")
@with_option(
    "--to",
    **ACCOUNT,
    words=("To this account (else the one that acts).", "Gửi tài khoản này (mặc định: người thực hiện)."),
)
def test(session: Session, channel: str, to: str | None) -> None:
    from commands.reasons import permitted
    from commands.tick import tell_faults
    from runtime.mail.channels import Undelivered
    from runtime.mail.settings import delivery_settings
    from runtime.serve.dispatch import send_test

    acting = session.acting
    account = to if to is not None else acting.actor.account
    if account != acting.actor.account:
        permitted(session, "contact", what=acting.words("message.contact_of", tai_khoan=account))
    tell_faults(delivery_settings(session.environment), acting.words)
    try:
        answer = send_test(acting, channel, account)
    except Undelivered as trouble:
        said = trouble.said.rstrip(".")
        say(acting.words("message.test_failed", ten=channel, ly_do=said), err=True)
        raise Exit(REFUSED if trouble.trouble in ("recipient", "later") else DATABASE) from None
    if session.json:
        print_json({"channel": channel, "to": account, "answer": answer})
    else:
        say(acting.words("message.test_sent", ten=channel, tai_khoan=account, ly_do=answer))
