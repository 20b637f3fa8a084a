"""Errors of the command language and of concurrency. Each docstring is its default English sentence.

A refusal is no error but a value (`workflow.model.decision.Refused`); mistakes in files are values too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # commands that only look load the errors and no definition
    from workflow.model.machine import Input
    from workflow.model.text import Text

REFUSED, USAGE, CONFLICT, UNUSABLE = 1, 2, 3, 4
"""What a command's exit code says (DESIGN §10)."""


class TdktError(Exception):
    """Something went wrong."""

    code = "error"
    exit_code = REFUSED
    words: object = None
    """In what the open office tells it (`runtime.office.words`); None where none was open."""
    language: str | None = None
    """In what it is told then."""

    def __init__(self, **operands: object) -> None:
        self.operands = operands
        super().__init__((self.__doc__ or "").split("\n")[0].format(**operands))


class UsageMistake(TdktError):
    """The command cannot be understood; see its help."""

    code = "usage"
    exit_code = USAGE


class UnknownReference(UsageMistake):
    """There is no {ref} here; tdkt task, dossier, council or decision list shows what there is."""

    code = "unknown_ref"


class InputMistake(NamedTuple):
    """What is wrong with one input: `code` names its sentence in the catalogue, `input.no_date`.

    `said` is the same in English. `label` is what people call the input; None where no event knows it.
    """

    name: str
    label: Text | None
    code: str
    operands: Mapping[str, object]
    said: str

    def __str__(self) -> str:
        return f"{self.code}: {self.name}" if self.code in (MISSING, UNKNOWN) else f"{self.name}: {self.said}"


MISSING, UNKNOWN = "missing", "unknown"
"""The codes of an input that was not given, and of one that the event does not have."""


class InputMistakes(UsageMistake):
    """The inputs of '{event}' are not right: {mistakes}. It expects: {expected}."""

    code = "inputs"

    def __init__(
        self,
        *,
        event: str,
        told: Sequence[InputMistake],
        expected: str,
        label: Text | None = None,
        inputs: Sequence[Input] = (),
    ) -> None:
        """`label` is what people call the event, `inputs` are those that `expected` shows."""
        super().__init__(event=event, mistakes="; ".join(map(str, told)), expected=expected)
        self.told, self.label, self.inputs = tuple(told), label, tuple(inputs)


class UnknownValue(UsageMistake):
    """There is no {what} '{value}'; known are: {known}."""

    code = "unknown_value"


class Conflict(TdktError):
    """{ref} has version {found}, not {expected}: somebody was faster. Look again, then repeat."""

    code = "conflict"
    exit_code = CONFLICT
