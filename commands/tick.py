"""`tdkt tick`: fires once what is due now, in every office of the database. Acts as the program itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.session import Command, Session, print_json
from runtime.words import Words

if TYPE_CHECKING:
    from runtime.sweeping import Sweep


@click.command(
    cls=Command,
    name="tick",
    words=(
        "Fire once what is due now: reminders, overdue marks, escalations. For a task scheduler; "
        "`tdkt serve` does it again and again.",
        "Thực hiện một lần các mốc đã đến hạn: nhắc việc, báo quá hạn, báo cáo lãnh đạo. Dùng với bộ lập "
        "lịch của máy; lệnh tdkt serve thực hiện liên tục.",
    ),
)
def command(session: Session) -> None:
    from runtime.sweeping import Sweeping

    sweeping = Sweeping(session.options, session.environment)
    names = sweeping.check()
    swept = list(sweeping.sweep())
    if session.json:
        print_json(totals(swept))
        return
    words = words_of(session, names[0])
    for each in swept:
        head = f"{each.office}: " if len(names) > 1 else ""
        click.echo(head + told(each, words))
        if each.done.failed:
            click.echo(head + failing(each, words), err=True)


def words_of(session: Session, office: str) -> Words:
    """The words of the first office that is swept."""
    from runtime.looking import Looking

    options = session.options
    with Looking(options.__class__(db=options.db, office=office), session.environment) as looking:
        return looking.words


def told(swept: Sweep, words: Words) -> str:
    """A sweep in one sentence."""
    if not swept.done.rows:
        return words("message.nothing_due")
    return words("message.tick_done", n=swept.done.rows, m=swept.done.notices)


def failing(swept: Sweep, words: Words) -> str:
    """What of a sweep became an incident, in one sentence."""
    return words("message.tick_failing", danh_sach=", ".join(swept.done.failed))


def totals(swept: Sequence[Sweep]) -> dict[str, Any]:
    """Sweeps as one sum; references bear their office where there are several."""
    several = len(swept) > 1

    def named(refs_of: Callable[[Sweep], tuple[str, ...]]) -> list[str]:
        refs = (f"{each.office}/{ref}" if several else ref for each in swept for ref in refs_of(each))
        return list(dict.fromkeys(refs))

    return {
        "rows": sum(each.done.rows for each in swept),
        "notices": sum(each.done.notices for each in swept),
        "items": sum(each.done.items for each in swept),
        "refs": named(lambda each: each.done.refs),
        "failed": named(lambda each: each.done.failed),
    }
