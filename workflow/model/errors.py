"""Errors of the command language and of concurrency. Each docstring is its default English sentence.

A refusal is no error but a value (`workflow.model.decision.Refused`); mistakes in files are values too.
"""

from __future__ import annotations

REFUSED, USAGE, CONFLICT, UNUSABLE = 1, 2, 3, 4
"""What a command's exit code says (DESIGN §10)."""


class TdktError(Exception):
    """Something went wrong."""

    code = "error"
    exit_code = REFUSED
    words: object = None
    """In what the open office tells it (`runtime.office.words`); None where none was open."""

    def __init__(self, **operands: object) -> None:
        self.operands = operands
        super().__init__((self.__doc__ or "").split("\n")[0].format(**operands))


class UsageMistake(TdktError):
    """The command cannot be understood; see its help."""

    code = "usage"
    exit_code = USAGE


class UnknownReference(UsageMistake):
    """There is no {ref} here; `tdkt task list` and `tdkt dossier list` show what there is."""

    code = "unknown_ref"


class UnknownEvent(UsageMistake):
    """{ref} knows no event '{event}'; it knows: {known}."""

    code = "unknown_event"


class UnknownActor(UsageMistake):
    """There is no account '{actor}' in this office; its accounts are: {known}."""

    code = "unknown_actor"


class InputMistakes(UsageMistake):
    """The inputs of '{event}' are not right: {mistakes}. It expects: {expected}."""

    code = "inputs"


class UnknownValue(UsageMistake):
    """There is no {what} '{value}'; known are: {known}."""

    code = "unknown_value"


class Conflict(TdktError):
    """{ref} has version {found}, not {expected}: somebody was faster. Look again, then repeat."""

    code = "conflict"
    exit_code = CONFLICT
