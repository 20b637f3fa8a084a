"""The problems of a plan document, gathered while it is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from exchange.plan import file_messages, messages
from workflow.model.definition import Language
from workflow.model.plan import Problem, Severity

SENTENCES = {**file_messages.SENTENCES, **messages.SENTENCES}


class Problems:
    """The problems of one document, gathered while it is read, in the reader's language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._problems: list[Problem] = []

    def error(self, line: int | None, key: str, **operands: object) -> None:
        self._add(line, "error", key, operands)

    def warn(self, line: int | None, key: str, **operands: object) -> None:
        self._add(line, "warning", key, operands)

    def _add(self, line: int | None, severity: Severity, key: str, operands: Mapping[str, object]) -> None:
        text: str = getattr(SENTENCES[key], self.language)
        said = {name: _said(value, self.language) for name, value in operands.items()}
        self._problems.append(Problem(line, severity, text.format(**said)))

    def by_line(self) -> tuple[Problem, ...]:
        """The problems of the whole file first, then by line; within a line in the order of finding."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))


def _said(value: object, language: Language) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) and language == "vi" else value
