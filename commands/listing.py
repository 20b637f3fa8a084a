"""Every command with what it is for, as the console lists what stands on the command line alone."""

from __future__ import annotations

from collections.abc import Iterator

import click

from runtime.views.command_places import CommandKnown
from workflow.model.text import Text


def known_commands(root: click.Group) -> tuple[CommandKnown, ...]:
    """By their full names, in the order of the help; loads every command."""
    return tuple(_under(root, "tdkt"))


def _under(group: click.Group, path: str) -> Iterator[CommandKnown]:
    within = click.Context(group, info_name=path)
    for name in group.list_commands(within):
        command = group.get_command(within, name)
        if isinstance(command, click.Group):
            yield from _under(command, f"{path} {name}")
        elif command is not None and not command.hidden:
            english, vietnamese = getattr(command, "words", (command.help or "", command.help or ""))
            yield CommandKnown(f"{path} {name}", Text(vietnamese, english))
