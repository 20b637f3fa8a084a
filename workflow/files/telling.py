"""What the parser and the linter say of a definition file, in English and in Vietnamese.

The English sentence stands where it is said and is the key of its Vietnamese in `workflow.files.vietnamese`,
so that a rule can be read in one place. Names, keys and values of a file stay as they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any, Self

from workflow.files.vietnamese import VIETNAMESE
from workflow.model.wording import date_vi


class Told(str):
    """An English sentence, as text, that has its Vietnamese with it: `Words.of` takes the reader's."""

    __slots__ = ("_operands", "_sentence")

    _sentence: str
    _operands: Mapping[str, Any]

    def __new__(cls, sentence: str, operands: Mapping[str, Any]) -> Self:
        told = super().__new__(cls, sentence.format_map(operands))
        told._sentence, told._operands = sentence, operands
        return told

    @property
    def vi(self) -> str:
        said = {name: _in_vietnamese(value) for name, value in self._operands.items()}
        return VIETNAMESE.get(self._sentence, self._sentence).format_map(said)


def told(sentence: str, /, **operands: Any) -> Told:
    return Told(sentence, operands)


def alternatives(names: Sequence[str]) -> str:
    """`a or b or c`; empty for no names."""
    return reduce(lambda one, other: told("{one} or {other}", one=one, other=other), names) if names else ""


def listed(said: Sequence[str]) -> str:
    """Sentences in a row, each in the reader's language."""
    return reduce(lambda one, other: told("{one}; {other}", one=one, other=other), said)


def _in_vietnamese(value: Any) -> Any:
    if isinstance(value, Told):
        return value.vi
    return date_vi(value) if isinstance(value, date) else value
