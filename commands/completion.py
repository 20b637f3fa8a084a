"""`tdkt completion SHELL`: click's completion script; and the words that completion offers.

References, events and accounts come from the database that the command line names. Where it cannot be
opened nothing is offered and nothing is said.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from commands.session import Command, Session, pick
from runtime.settings import Options, environment
from workflow.errors import TdktError

if TYPE_CHECKING:
    from runtime.looking import Looking

PROGRAM, VARIABLE = "tdkt", "_TDKT_COMPLETE"
INSTALL = {
    "bash": ("~/.bashrc", 'eval "$(tdkt completion bash)"'),
    "zsh": ("~/.zshrc", 'eval "$(tdkt completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "tdkt completion fish | source"),
    "powershell": ("$PROFILE", "tdkt completion powershell | Out-String | Invoke-Expression"),
}
"""For each shell the file that it reads at its start, and the line to put there."""


@click.command(
    cls=Command,
    name="completion",
    words=(
        "Print the completion script of a shell; its last line says how to install it. Without SHELL, the "
        "one that you use.",
        "In đoạn lệnh gợi ý cho shell; dòng cuối cho biết cách cài. Không nêu SHELL thì dùng shell hiện tại.",
    ),
)
@click.argument("shell", type=click.Choice(list(INSTALL)), required=False)
def command(session: Session, shell: str | None) -> None:
    from click.shell_completion import get_completion_class

    chosen = shell or _own_shell(session)
    made = get_completion_class(chosen)
    assert made is not None
    # The group is asked for its words only when the script runs.
    click.echo(made(click.Group(PROGRAM), {}, PROGRAM, VARIABLE).source())
    file, line = INSTALL[chosen]
    click.echo(pick((f"# To install it, put this line into {file}:", f"# Để cài, thêm dòng này vào {file}:")))
    click.echo(f"# {line}")


def _own_shell(session: Session) -> str:
    """The shell that the user logs in to, where it is one of ours. Raises a usage mistake."""
    name = session.environment.get("SHELL", "").rpartition("/")[2]
    if name in INSTALL:
        return name
    if sys.platform == "win32":
        return "powershell"
    raise click.UsageError(
        pick((f"name a shell: {', '.join(INSTALL)}", f"hãy nêu tên shell: {', '.join(INSTALL)}"))
    )


# -- what is offered -------------------------------------------------------------------------------------


def accounts(ctx: click.Context, incomplete: str) -> list[str]:
    """The office's accounts."""
    return _fitting(ctx, incomplete, _accounts)


def items(ctx: click.Context, incomplete: str) -> list[str]:
    """References of the year."""
    return _fitting(ctx, incomplete.upper(), _items)


def items_and_events(ctx: click.Context, incomplete: str) -> list[str]:
    """References, and the events of the office's machines."""
    return [*items(ctx, incomplete), *events(ctx, incomplete)]


def events(ctx: click.Context, incomplete: str) -> list[str]:
    """The events of the office's machines."""
    return _fitting(ctx, incomplete, _events)


def _fitting(ctx: click.Context, incomplete: str, known: Callable[[Looking], list[str]]) -> list[str]:
    with suppress(TdktError):
        from runtime.looking import Looking

        with Looking(_options(ctx), environment()) as looking:
            return [word for word in known(looking) if word.startswith(incomplete)]
    return []


def _options(ctx: click.Context) -> Options:
    """The shared options of the line so far, the nearest to the cursor first."""
    found = Options()
    here: click.Context | None = ctx
    while here is not None:
        given = here.params
        found = found.over(
            Options(given.get("shared_db"), given.get("shared_office"), given.get("shared_year"))
        )
        here = here.parent
    return found


def _accounts(looking: Looking) -> list[str]:
    return list(looking.directory.get("accounts", {}))


def _items(looking: Looking) -> list[str]:
    reading, office, year = looking.reading, looking.office, looking.year
    rows = [*reading.tasks(office, year), *reading.dossiers(office, year)]
    return [row["ref"] for row in rows]


def _events(looking: Looking) -> list[str]:
    found: dict[str, None] = {}
    for name in looking.directory.get("machines", ()):
        row = looking.reading.compiled(looking.office, "machine", name)
        found.update(dict.fromkeys(row["compiled"]["events"] if row else ()))
    return list(found)
