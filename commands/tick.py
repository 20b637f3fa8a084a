"""`tdkt tick`: fires once what is due now, in every office of the database, and sends what waits to go out.

Acts as the program itself. What cannot be sent is told and waits; it is no failure of the tick.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.failures import sentence, shipped_words
from commands.printing import say
from commands.session import Command, Session, print_json, with_option
from runtime.office.words import Words
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from runtime.mail.settings import DeliverySettings
    from runtime.serve.dispatch import Dispatched
    from runtime.serve.sweeping import Sweep, Sweeping


with_accept_clock = with_option(
    "--accept-clock",
    is_flag=True,
    words=(
        "Record that this machine's clock is right, although it is before the last entry or long after the "
        "newest plan.",
        "Ghi nhận đồng hồ của máy là đúng, dù chậm hơn nhật ký hoặc đi trước kế hoạch mới nhất quá xa.",
    ),
)


def tell_accepted(sweeping: Sweeping, words: Words) -> None:
    for office, at in sweeping.accept_clocks().items():
        say(words("message.clock_accepted", ten=office, gio=at), err=True)


@click.command(
    cls=Command,
    name="tick",
    words=(
        "Fire once what is due now: reminders, overdue marks, escalations; send what waits to go out. For a "
        "task scheduler; `tdkt serve` does it again and again.",
        "Thực hiện một lần các mốc đã đến hạn: nhắc việc, báo quá hạn, báo cáo lãnh đạo; gửi thông báo đang "
        "chờ gửi. Dùng với bộ lập lịch của máy; lệnh tdkt serve thực hiện liên tục.",
    ),
    example="tick --now 2026-03-09T08:00",
)
@with_accept_clock
def command(session: Session, accept_clock: bool) -> None:
    from runtime.serve.sweeping import Sweeping

    sweeping = Sweeping(session.options, session.environment)
    names = sweeping.check()
    if accept_clock:
        tell_accepted(sweeping, words_of(session, names[0]))
    swept: list[Sweep] = []
    words = words_of(session, names[0])
    try:
        for each in sweeping.sweep():
            swept.append(each)
    except TdktError as error:
        _tell_stopped(session, swept, error, words, several=len(names) > 1)
        raise
    if not session.json:
        _tell_swept(swept, words, several=len(names) > 1)
    sent = _dispatched(session, words)
    if session.json:
        print_json({**totals(swept), **sent_totals(sent)})
        return
    for done in sent:
        for line in sent_told(done, words):
            click.echo((f"{done.office}: " if len(names) > 1 else "") + line)


def _tell_stopped(
    session: Session, swept: Sequence[Sweep], error: TdktError, words: Words, *, several: bool
) -> None:
    """What was done before an error, which is told after it."""
    if session.json and swept:
        print_json(totals(swept))
    if session.json:
        return
    _tell_swept(swept, words, several=several)
    if any(each.done.stopped is error for each in swept):
        click.echo(words("message.sweep_stopped"), err=True)


def _tell_swept(swept: Sequence[Sweep], words: Words, *, several: bool) -> None:
    for sweep in swept:
        head = f"{sweep.office}: " if several else ""
        click.echo(head + told(sweep, words))
        if sweep.done.failed:
            click.echo(head + failing(sweep, words), err=True)


def _dispatched(session: Session, words: Words) -> list[Dispatched]:
    """Sends what waits; answers with what each office's pass did. Trouble is told on stderr."""
    from runtime.serve.dispatch import Dispatching

    dispatching = Dispatching(session.options, session.environment)
    tell_faults(dispatching.delivery, words)
    done: list[Dispatched] = []
    try:
        for dispatched in dispatching.dispatch():
            done.append(dispatched)
    except Exception as error:
        tell_retry(error, words)
    return done


def tell_faults(delivery: DeliverySettings, words: Words) -> None:
    """What is wrong with the settings of delivery, one line each on stderr."""
    if delivery.faults:
        spoken = shipped_words(words.language)
        for fault in delivery.faults:
            click.echo(spoken(f"message.delivery.{fault.says}", **fault.operands), err=True)


def tell_retry(error: BaseException, words: Words) -> None:
    """Prints one line for a pass that failed. An error of the program is told by its type, because its words
    may hold what is secret."""
    said = sentence(error).rstrip(".") if isinstance(error, TdktError) else type(error).__name__
    say(words("message.dispatch_retries", ly_do=" ".join(said.split())), err=True)


def words_of(session: Session, office: str) -> Words:
    """The words of the first office that is swept."""
    from runtime.office.looking import Looking

    options = session.options
    with Looking(options.__class__(db=options.db, office=office), session.environment) as looking:
        return looking.words.complete()


def told(swept: Sweep, words: Words) -> str:
    """A sweep in one sentence."""
    if not swept.done.rows:
        return words("message.nothing_due")
    return words("message.tick_done", n=swept.done.rows, m=swept.done.notices)


def failing(swept: Sweep, words: Words) -> str:
    """A sentence on the items of a sweep that could not be swept."""
    return words("message.tick_failing", danh_sach=", ".join(swept.done.failed))


def sent_told(done: Dispatched, words: Words) -> list[str]:
    """Sentences on what a pass of the dispatcher did; none where nothing was sent."""
    counts = (("dispatch_sent", done.sent), ("dispatch_failed", done.failed), ("dispatch_dead", done.dead))
    return [words(f"message.{key}", n=count) for key, count in counts if count]


def sent_totals(done: Iterable[Dispatched]) -> dict[str, Any]:
    """Passes of the dispatcher as one sum."""
    passes = list(done)
    return {
        "messages": {
            "sent": sum(dispatched.sent for dispatched in passes),
            "failed": sum(dispatched.failed for dispatched in passes),
            "dead": sum(dispatched.dead for dispatched in passes),
        }
    }


def totals(swept: Sequence[Sweep]) -> dict[str, Any]:
    """The sums over all sweeps; references have their office before them where there are several."""
    several = len(swept) > 1

    def named(refs_of: Callable[[Sweep], tuple[str, ...]]) -> list[str]:
        refs = (f"{sweep.office}/{ref}" if several else ref for sweep in swept for ref in refs_of(sweep))
        return list(dict.fromkeys(refs))

    return {
        "rows": sum(sweep.done.rows for sweep in swept),
        "notices": sum(sweep.done.notices for sweep in swept),
        "items": sum(sweep.done.items for sweep in swept),
        "refs": named(lambda sweep: sweep.done.refs),
        "failed": named(lambda sweep: sweep.done.failed),
    }
