"""The command line as docs/reference.md gives it: every command with its arguments and options, from click.

`python -m tests.reference` prints the generated part, for whoever changes a command and mends the paper.
"""

import os
from collections.abc import Iterator
from functools import cache

import click

from cli import door
from commands.session import Command, shared_options

SHARED = frozenset(option.name for option in shared_options())


@cache
def top() -> click.Group:
    return door()


def context(command: click.Command, name: str | None = None) -> click.Context:
    """A context as click makes one. With other names of the help option than the command's own, the command
    would keep these: it makes that option once."""
    return click.Context(command, info_name=name, **command.context_settings)


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its full name, in the order of the help."""
    yield from _under(top(), "tdkt")


def _under(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    within = context(group, path)
    for name in group.list_commands(within):
        command = group.get_command(within, name)
        assert command is not None, f"{path} {name} is listed and cannot be loaded"
        if isinstance(command, click.Group):
            yield from _under(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def markdown() -> str:
    """The generated part of docs/reference.md, in English where TDKT_LANG says so."""
    return "\n".join(
        [*_table(shared_options()), "", *(line for each in commands() for line in _section(*each))]
    )


def _section(name: str, command: click.Command) -> Iterator[str]:
    own = [
        option
        for option in command.params
        if isinstance(option, click.Option) and option.name not in SHARED and not option.hidden
    ]
    yield f"### {name}"
    yield ""
    yield f"`{' '.join([name, *_arguments(command)])}`"
    yield ""
    yield _help(command)
    yield ""
    if isinstance(command, Command):
        yield f"Example: `tdkt {command.example}`"
        yield ""
    if own:
        yield from _table(own)
        yield ""


def _arguments(command: click.Command) -> Iterator[str]:
    within = context(command)
    yield from (each.make_metavar(within) for each in command.params if isinstance(each, click.Argument))


def _help(command: click.Command) -> str:
    """The command's help as one line; a cell or a paragraph takes no line breaks."""
    formatter = click.HelpFormatter(width=10_000)
    command.format_help_text(context(command), formatter)
    return " ".join(formatter.getvalue().split())


def _table(options: list[click.Option]) -> Iterator[str]:
    yield "| option | |"
    yield "|---|---|"
    for option in options:
        record = option.get_help_record(click.Context(click.Command("tdkt")))
        assert record is not None
        names, words = record
        yield f"| `{names.replace('|', chr(92) + '|')}` | {words.replace('|', chr(92) + '|')} |"


if __name__ == "__main__":
    os.environ["TDKT_LANG"] = "en"
    print(markdown(), end="")
