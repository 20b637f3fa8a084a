"""`tdkt web`: the office's work in a browser, on this PC until Ctrl-C."""

from __future__ import annotations

import webbrowser
from functools import partial
from typing import TYPE_CHECKING, cast

import click

from commands.session import Command, Session, with_option

if TYPE_CHECKING:
    from uvicorn import Server

LOOPBACK = "127.0.0.1"


@click.command(
    cls=Command,
    name="web",
    words=(
        "Work in the browser, on this PC, until Ctrl-C. The link that it prints is good once.",
        "Làm việc trên trình duyệt, tại máy này, cho đến khi dừng bằng Ctrl-C. Đường dẫn chỉ dùng một lần.",
    ),
    example="web --port 8010 --no-browser",
)
@with_option(
    "--port",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    words=("The port; 0 takes a free one.", "Cổng; 0 là cổng còn trống."),
)
@with_option("--no-browser", is_flag=True, words=("Do not open the browser.", "Không tự mở trình duyệt."))
def command(session: Session, port: int | None, no_browser: bool) -> None:
    from commands.listing import known_commands
    from runtime.serve.ports import listening
    from web.desk import Console
    from web.gates import OwnDesk
    from web.server import PORT, serve

    looking = session.looking  # whether there is an office at all is told before anything is served
    listener = listening(LOOPBACK, PORT if port is None else port, option="--port")
    at: int = listener.getsockname()[1]
    gate = OwnDesk(session.options.actor or looking.row.actor)
    hosts = frozenset({f"{LOOPBACK}:{at}", f"localhost:{at}"})
    root = click.get_current_context().find_root().command
    commands = partial(known_commands, cast("click.Group", root))
    console = Console(session.options, session.environment, gate, at, hosts=hosts, commands=commands)
    link = f"http://{LOOPBACK}:{at}/enter/{gate.link()}"

    def started(_server: Server) -> None:
        click.echo(session.words("message.web_started", noi=link))
        if not no_browser:
            webbrowser.open(link)

    serve(console, listener, started=started)
    click.echo(session.words("message.web_stopped"), err=True)
