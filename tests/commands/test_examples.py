"""Every command's help ends with an example, and each example does what it says on an office in full work."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from commands.session import Command
from runtime.views.decision_steps import VERBS
from tests import reference
from tests.commands.conftest import Tdkt

COMMANDS = {name: command for name, command in reference.commands() if isinstance(command, Command)}
ENDING = {"tdkt doctor": 1, "tdkt notice test": 2, "tdkt payment recover": 1, "tdkt serve": 2}
"""Examples that end otherwise here: an incident is open, no channel is set up, nothing was annulled, and no
time is no time."""
ADDED = {"tdkt serve": ("--every", "0")}
"""What keeps a command from running until it is stopped."""
FILES = {"tdkt audit show", "tdkt calendar propose", "tdkt definition show"}
"""What prints a file, or a record of the log, as it is."""
ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
ELSEWHERE = {"tdkt demo", "tdkt login", "tdkt web"}
"""Run by tests of their own."""


def test_every_command_has_an_example_of_its_own() -> None:
    wrong = [
        name
        for name, command in COMMANDS.items()
        if not f"tdkt {command.example} ".startswith(f"{name} ")
        or helped(name, command).splitlines()[-1] != f"  tdkt {command.example}"
    ]

    assert wrong == []


def helped(name: str, command: Command) -> str:
    """The help page, lines that go on joined as a shell does."""
    context = reference.context(command, name)
    return re.sub(r" \\\n +", " ", context.command.get_help(context))


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ELSEWHERE])
def test_an_example_does_what_it_says_with_dates_as_the_language_writes_them(
    name: str, at_work: Path, bare: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_work.exists()
    monkeypatch.setenv("TDKT_LANG", "vi")

    answer = bare(*shlex.split(COMMANDS[name].example), *ADDED.get(name, ()))

    assert answer.code == ENDING.get(name, 0), answer.err
    assert ISO_DATE.findall(answer.err) == []
    assert name in FILES or ISO_DATE.findall(answer.out) == []


@pytest.mark.parametrize("event", VERBS)
def test_the_line_of_a_decision_s_event_names_a_command_that_takes_its_inputs(event: str) -> None:
    verb = VERBS[event]
    params = COMMANDS[f"tdkt decision {verb.name}"].params

    options = {name for param in params if isinstance(param, click.Option) for name in param.opts}
    arguments = [param for param in params if isinstance(param, click.Argument)]
    assert {*verb.options.values()} - {""} <= options
    assert len(arguments) == 1 + [*verb.options.values()].count("")
