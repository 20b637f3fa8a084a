"""`tdkt serve`: fires what is due and sends what waits, every few seconds until stopped.

Any number may serve one database. Sending has a thread of its own, so that a slow server delays no deadline.

SIGTERM and Ctrl-C end it after the item under way, with 0; a tick that hangs ends it with 4, so that
whatever started it can start it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from commands import tick
from commands.failures import Exit, sentence
from commands.session import DATABASE, Command, Session, with_option
from commands.web import console_beside, with_lan, with_port
from runtime.office.looking import local_time
from runtime.office.words import Words
from workflow.model.days import utc_text
from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from runtime.serve.dispatch import Dispatched, Dispatching
    from runtime.serve.scheduler import Pulse
    from runtime.serve.sweeping import Sweep, Sweeping

SLOWEST_MAIL = 1800.0
"""Seconds without a life sign after which sending counts as stuck: a server may be slow at every step."""
SILENT_TURNS = 10
LEAST_PATIENCE = 60.0
"""Without a life sign for ten turns, but at least a minute, the tick counts as stuck."""


@click.command(
    cls=Command,
    name="serve",
    words=(
        "Watch deadlines: fire what is due, every few seconds, until Ctrl-C or SIGTERM. A sandbox's time "
        "runs on meanwhile.",
        "Theo dõi thời hạn: thực hiện các mốc đến hạn cho đến khi dừng bằng Ctrl-C hoặc SIGTERM. Thời gian "
        "của bản thử chạy tiếp trong khi theo dõi.",
    ),
    example="serve --every 60 --health 127.0.0.1:8321",
)
@with_option(
    "--every",
    type=click.FloatRange(0.1, 86_400),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    words=("Seconds between two looks.", "Số giây giữa hai lần kiểm tra."),
)
@with_option(
    "--health",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    words=(
        "Answer a monitor on 127.0.0.1 at this port: /healthz and /metrics; 0 takes a free port.",
        "Trả lời phần mềm giám sát tại 127.0.0.1, cổng này: /healthz và /metrics; 0 là cổng còn trống.",
    ),
)
@with_option(
    "--web",
    "console",
    is_flag=True,
    words=(
        "Serve the console beside, as `tdkt web` does; --lan and --port say where.",
        "Chạy cả giao diện trình duyệt như lệnh tdkt web; --lan và --port chọn nơi phục vụ.",
    ),
)
@with_port
@with_lan
@tick.with_accept_clock
def command(
    session: Session,
    every: float,
    health: int | None,
    console: bool,
    port: int | None,
    lan: str | None,
    accept_clock: bool,
) -> None:
    from runtime.serve.dispatch import Dispatching
    from runtime.serve.scheduler import Ending, Pulse, RepeatedWork, stopped_by_signals, watch
    from runtime.serve.sweeping import Sweeping

    sweeping = Sweeping(session.options, session.environment, running=True)
    names = sweeping.check()
    if accept_clock:
        tick.tell_accepted(sweeping, tick.words_of(session, names[0]))
    teller = Teller(session, tick.words_of(session, names[0]), several=len(names) > 1)
    pulse = Pulse()
    patience = max(SILENT_TURNS * every, LEAST_PATIENCE)

    def sweep(pulse: Pulse) -> None:
        _sweep(sweeping, pulse, teller)

    dispatching = Dispatching(session.options, session.environment, running=True)
    slowest = max(patience, SLOWEST_MAIL)

    def send(pulse: Pulse) -> None:
        _dispatch(dispatching, pulse, teller)

    sending = RepeatedWork("send", send, slowest, Pulse(), teller.not_sent)
    with (
        stopped_by_signals(pulse),
        _monitored(session, health, pulse, teller, every=every),
        console_beside(session, port, lan) if console else nullcontext(),
    ):
        teller.say("message.serve_started")
        teller.faults(dispatching)
        ending = watch(
            sweep,
            every=every,
            patience=patience,
            pulse=pulse,
            failed=lambda error: teller.failed(error, times=pulse.failing),
            others=(sending,) if dispatching.channels else (),
        )
    if ending is not Ending.STOPPED:
        teller.say("message.serve_stuck", n=int(patience if pulse.silent > patience else slowest))
        raise Exit(DATABASE)
    teller.say("message.serve_stopped")


@contextmanager
def _monitored(
    session: Session, port: int | None, pulse: Pulse, teller: Teller, *, every: float
) -> Iterator[None]:
    """Within the block a monitor is answered, where a port is given. Raises PortUnusable."""
    if port is None:
        yield
        return
    from runtime.serve.endpoint import Endpoint, Response
    from runtime.serve.vitals import Backlog, Ticking, backlog_of, health_page, metrics_page

    def backlog() -> Backlog | None:
        with suppress(TdktError):
            return backlog_of(session.options, session.environment, now=datetime.now(UTC))
        return None

    def page(path: str) -> Response | None:
        ticking = Ticking(
            pulse.silent,
            pulse.turns,
            pulse.failures,
            pulse.failing,
            pulse.fired,
            pulse.since,
            pulse.ended_at,
        )
        if path == "/healthz":
            well, body = health_page(ticking, backlog(), every=every)
            return Response(200 if well else 503, "application/json", body)
        if path == "/metrics":
            return Response(200, "text/plain; version=0.0.4; charset=utf-8", metrics_page(ticking, backlog()))
        return None

    with Endpoint(port, page) as endpoint:
        teller.say("message.serve_health", noi=f"{endpoint.address}/healthz")
        yield


def _sweep(sweeping: Sweeping, pulse: Pulse, teller: Teller) -> None:
    for swept in sweeping.sweep(progress=pulse.beat, stopping=lambda: pulse.stopping):
        pulse.fired += swept.done.rows
        if swept.done.rows:
            teller.swept(swept)
        if swept.done.failed:
            teller.failing(swept)
    if pulse.failing:
        teller.say("message.serve_goes_on", n=pulse.failing)


def _dispatch(dispatching: Dispatching, pulse: Pulse, teller: Teller) -> None:
    for done in dispatching.dispatch(progress=pulse.beat, stopping=lambda: pulse.stopping):
        if done.sent or done.failed or done.dead:
            teller.sent(done)


class Teller:
    """Prints what serving does: sweeps that did something on stdout, everything else on stderr."""

    def __init__(self, session: Session, words: Words, *, several: bool) -> None:
        self._json = session.json
        self._words = words
        self._several = several

    def say(self, key: str, **operands: object) -> None:
        click.echo(self._words(key, **operands), err=True)

    def swept(self, swept: Sweep) -> None:
        if self._json:
            line = {"at": _utc(swept), "office": swept.office, **tick.totals([swept])}
            click.echo(json.dumps(line, ensure_ascii=False))
            return
        head = f"{swept.office}: " if self._several else ""
        at = self._words.of(local_time(swept.at, swept.zone))
        click.echo(f"{at}  {head}{tick.told(swept, self._words)}")

    def failing(self, swept: Sweep) -> None:
        head = f"{swept.office}: " if self._several else ""
        click.echo(head + tick.failing(swept, self._words), err=True)

    def sent(self, done: Dispatched) -> None:
        if self._json:
            line = {"at": _utc(done), "office": done.office, **tick.sent_totals([done])}
            click.echo(json.dumps(line, ensure_ascii=False))
            return
        head = f"{done.office}: " if self._several else ""
        at = self._words.of(local_time(done.at, done.zone))
        for said in tick.sent_told(done, self._words):
            click.echo(f"{at}  {head}{said}")

    def faults(self, dispatching: Dispatching) -> None:
        tick.tell_faults(dispatching.delivery, self._words)

    def not_sent(self, error: BaseException) -> None:
        tick.tell_retry(error, self._words)

    def failed(self, error: BaseException, *, times: int) -> None:
        """One line, with how often in a row; the next turn tries again."""
        said = sentence(error) if isinstance(error, TdktError) else f"{type(error).__name__}: {error}"
        key = "message.serve_retries" if times == 1 else "message.serve_retries_again"
        click.echo(self._words(key, ly_do=" ".join(said.split()), n=times), err=True)


def _utc(swept: Sweep | Dispatched) -> str:
    return utc_text(swept.at)
