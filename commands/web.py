"""`tdkt web`: the office's work in a browser, until Ctrl-C."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, cast

import click

from commands.session import Command, Session, with_option

if TYPE_CHECKING:
    from uvicorn import Server

    from web.opening import Ready

with_port = with_option(
    "--port",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    words=("The port; 0 takes a free one.", "Cổng; 0 là cổng còn trống."),
)


with_lan = with_option(
    "--lan",
    metavar="NAME",
    words=(
        "Serve the office's LAN under this PC's name, over https; people sign in by password.",
        "Phục vụ mạng nội bộ dưới tên máy này, qua https; đăng nhập bằng mật khẩu.",
    ),
)

with_no_browser = with_option(
    "--no-browser", is_flag=True, words=("Do not open the browser.", "Không tự mở trình duyệt.")
)


@click.command(
    cls=Command,
    name="web",
    words=(
        "Work in the browser, until Ctrl-C: on this PC by a link that is good once; for the office's other "
        "PCs with --lan.",
        "Làm việc trên trình duyệt cho đến khi dừng bằng Ctrl-C: tại máy này bằng đường dẫn dùng một lần; "
        "cho các máy khác của cơ quan bằng --lan.",
    ),
    example="web --port 8010 --no-browser",
)
@with_port
@with_lan
@with_option(
    "--behind-proxy",
    is_flag=True,
    words=(
        "Serve a web server on this machine that speaks https to the browsers.",
        "Chạy sau máy chủ web của máy này; máy chủ đó dùng https với trình duyệt.",
    ),
)
@with_option(
    "--insecure",
    is_flag=True,
    words=(
        "With --lan: plain http, so that anybody in the network may read along.",
        "Cùng --lan: http không mã hóa, ai trong mạng cũng có thể đọc được.",
    ),
)
@with_no_browser
def command(
    session: Session, port: int | None, lan: str | None, behind_proxy: bool, insecure: bool, no_browser: bool
) -> None:
    from web.server import serve

    if lan is not None and behind_proxy:
        raise click.UsageError("--lan, --behind-proxy")
    if insecure and lan is None:
        raise click.UsageError("--insecure, --lan")
    ready = _ready(session, port, lan, behind_proxy, insecure)
    session.let_go()

    def started(_server: Server) -> None:
        tell_started(session, ready)
        if not no_browser and lan is None and not behind_proxy:
            webbrowser.open(ready.address)

    serve(ready, started=started)
    click.echo(session.words("message.web_stopped"), err=True)


def _ready(session: Session, port: int | None, lan: str | None, behind_proxy: bool, insecure: bool) -> Ready:
    from commands.listing import known_commands
    from web import opening

    # Whether there is an office at all is told before anything is served.
    looking, options, environment = session.looking, session.options, session.environment
    if behind_proxy:
        ready = opening.behind_proxy(looking, options, environment, port=port)
    elif lan is not None:
        ready = opening.lan(looking, options, environment, lan, port=port, insecure=insecure)
    else:
        ready = opening.own_desk(looking, options, environment, port=port)
    root = cast("click.Group", click.get_current_context().find_root().command)
    return ready._replace(console=replace(ready.console, commands=partial(known_commands, root)))


@contextmanager
def console_beside(session: Session, port: int | None, lan: str | None) -> Iterator[None]:
    """Within the block the console is served from a thread of its own; its requests end before the block."""
    from web.server import serve

    ready = _ready(session, port, lan, behind_proxy=False, insecure=False)
    servers: list[Server] = []
    tell_started(session, ready)  # here: what is open for looking belongs to this thread
    thread = Thread(target=lambda: serve(ready, started=servers.append), name="console")
    thread.start()
    try:
        yield
    finally:
        for server in servers:
            server.should_exit = True
        thread.join()


def tell_started(session: Session, ready: Ready) -> None:
    """Where the console is; of a LAN also what the other PCs install."""
    words = session.words
    own = ready.console.gate.passwords is False
    click.echo(words("message.web_link" if own else "message.web_address", noi=ready.address))
    if (made := ready.certificates) is not None:
        click.echo(words("message.web_certificate", tep=str(made.cer), noi=f"{ready.address}guide"))
        if made.new_authority:
            click.echo(words("message.web_new_authority"), err=True)
    click.echo(words("message.web_until"), err=True)
