"""Every parameter of every command, given what nobody means: a sentence and a right code.

The commands come from the click tree itself, so a new one is tried without being named here. A hundred of the
command lines are tried each time, all of them where TDKT_LONG is set.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import door
from commands.session import DATABASE
from tests.commands.conftest import Tdkt, alone, bare, database, prepared_sandbox, tdkt
from tests.people import ADMINISTRATOR
from workflow.model.signs import unreadable_sign

__all__ = ["alone", "bare", "database", "prepared_sandbox", "tdkt"]

LEFT_OUT = frozenset({"serve", "demo", "init", "completion"})
"""What runs until it is stopped, or makes offices of its own."""
HOSTILE = (
    "\udce9",
    "x" * 10_000,
    "1" * 23,
    "0001-01-01",
    "9999-12-31",
    "31/02/2026",
    "2026-12-31T23:59",
    "-1",
    "\x1b[31m",
    "a\nb",
    "\u202e",
    "",
    " ",
    "../../x",
    "/",
    "T01/1/1",
    "{0}",
    "%s",
    "nul",
)
MEANT = {"FILE": "file.txt", "ACCOUNT": ADMINISTRATOR, "EVENT": "submit", "DATE": "2026-03-01"}
"""What stands in the place of the other parameters that a command cannot do without; else a reference."""
FOREIGN = re.compile(
    r"Traceback|sqlalchemy|sqlite3|psycopg|NoneType|\w+Error\b|Errno|codec|object at 0x", re.IGNORECASE
)
SOME, LONGEST = 100, 1400
Words = tuple[str, ...]


def leaves(command: click.Command, path: Words = ()) -> Iterator[tuple[Words, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        if path or name not in LEFT_OUT:
            yield from leaves(found, (*path, name))


def tries() -> list[Words]:
    """Every command line: one parameter hostile, the others that must be there as they are meant."""
    return [
        (*path, *_typed(command, param, value))
        for path, command in leaves(door())
        for param in command.params
        # What every command takes is tried at one of them.
        if not str(param.name).startswith("shared_") or path == ("show",)
        if not (isinstance(param, click.Option) and param.is_flag)
        for value in HOSTILE
    ]


def _typed(command: click.Command, hostile: click.Parameter, value: str) -> Iterator[str]:
    given = [(each, value if each is hostile else _meant(each)) for each in command.params]
    wanted = [(each, word) for each, word in given if each is hostile or each.required]
    for each, word in wanted:
        if isinstance(each, click.Option):
            yield from [f"{each.opts[0]}={word}"] if each.nargs == 1 else [each.opts[0], *[word] * each.nargs]
    yield "--"
    yield from [word for each, word in wanted if isinstance(each, click.Argument)]


def _meant(param: click.Parameter) -> str:
    return MEANT.get(param.metavar or param.human_readable_name.upper(), "T01")


def test_whatever_a_parameter_is_given_the_answer_is_a_sentence(
    tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tries()
    chosen = whole if os.environ.get("TDKT_LONG") else random.Random(20).sample(whole, SOME)
    # Deep enough that what climbs stays within the test's own folder.
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    monkeypatch.setenv("TDKT_ACTOR", ADMINISTRATOR)

    wrong = [([word[:60] for word in typed], said) for typed in chosen if (said := _unfit(tdkt, typed))]

    assert wrong == []


def _unfit(tdkt: Tdkt, typed: Words) -> str:
    """What is wrong with the answer; nothing where it is a sentence with a right code."""
    try:
        answer = tdkt(*typed)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    said = answer.out + answer.err
    if answer.code not in range(DATABASE + 1) or FOREIGN.search(said) or unreadable_sign(said):
        return said
    return answer.err if answer.code and len(answer.err) > LONGEST else ""
