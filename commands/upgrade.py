"""`tdkt upgrade`: brings a database of an older version to this one's schema, with a backup before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from commands.failures import shipped_words
from commands.printing import say
from commands.session import Command, Session, print_json, with_option
from runtime.office.words import Words

if TYPE_CHECKING:
    from runtime.care.upgrading import Upgraded, UpgradePreview


@click.command(
    cls=Command,
    name="upgrade",
    words=(
        "Bring the database of an older version up to this one. An SQLite file is backed up beside itself "
        "first. Stop tdkt serve before.",
        "Nâng cấp cơ sở dữ liệu của bản cũ lên bản này. Tệp SQLite được sao lưu bên cạnh trước khi nâng "
        "cấp. Dừng tdkt serve trước.",
    ),
    example="upgrade --dry-run",
)
@with_option("--dry-run", is_flag=True, words=("Tell, change nothing.", "Chỉ xem, không thay đổi."))
@with_option("--no-backup", is_flag=True, words=("Make no backup before.", "Không sao lưu trước."))
def command(session: Session, dry_run: bool, no_backup: bool) -> None:
    from runtime.care.upgrading import preview, upgrade

    # A backup is named by the day on which it is made, whatever time a sandbox has.
    today = datetime.now().astimezone().date()
    found = preview(session.options, session.environment, today=today, with_backup=not no_backup)
    words = shipped_words(found.language)
    if not found.needed or dry_run:
        _tell(session, words, found)
        return
    done = session.ask_and_do(
        None,
        lambda: upgrade(session.options, session.environment, backup=found.backup),
        show=lambda: None if session.options.yes else _print_preview(words, found, err=True),
        question=words("message.upgrade_question"),
    )
    assert done is not None
    if session.json:
        print_json(_as_json(found, done))
        return
    _print_done(words, found, done)


def _tell(session: Session, words: Words, found: UpgradePreview) -> None:
    """What would be done, or that there is nothing to do."""
    if session.json:
        print_json(_as_json(found, None))
    elif found.needed:
        _print_preview(words, found)
        say(words("message.dry_run"), err=True)
    else:
        say(words("message.upgrade_nothing", noi=found.where, so=found.head))


def _print_preview(words: Words, found: UpgradePreview, *, err: bool = False) -> None:
    revisions = {"so": found.found, "gia_tri": found.head}
    say(words("message.upgrade_foreseen", noi=found.where, **revisions), err=err)
    if found.postgresql:
        say(words("message.upgrade_no_backup_postgresql"), err=err)
    elif found.backup is not None:
        say(words("message.upgrade_backup", tep=found.backup), err=err)
    else:
        say(words("message.upgrade_no_backup"), err=err)


def _print_done(words: Words, found: UpgradePreview, done: Upgraded) -> None:
    say(words("message.upgrade_done", so=done.found, gia_tri=found.head))
    if done.backup is not None:
        operands = {"tep": done.backup.path, "n": done.backup.entries}
        say(words("message.upgrade_backed_up", **operands))
    else:
        say(words("message.upgrade_unsaved"))
    if found.postgresql:
        say(words("message.upgrade_grant"))


def _as_json(found: UpgradePreview, done: Upgraded | None) -> dict[str, Any]:
    """`backup` is the file that was made, in a dry run the one that would be; null where there is none."""
    copy = done.backup.path if done is not None and done.backup is not None else found.backup
    return {
        "database": found.where,
        "from": found.found,
        "to": found.head,
        "upgraded": done is not None and found.needed,
        "backup": None if copy is None else str(copy),
    }
