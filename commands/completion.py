"""`tdkt completion SHELL`: click's completion script; the words come from `commands.offering`."""

from __future__ import annotations

import sys

import click

from commands.session import Command, Session, pick

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
    example="completion bash",
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
