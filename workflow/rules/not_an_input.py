"""That a typed value does not fit what is asked for: raised by whatever reads one."""

from __future__ import annotations

from workflow.model.signs import shown
from workflow.model.wording import shorten

LONGEST_SHOWN = 60


class NotAnInput(ValueError):
    """A value does not fit its type; the text says what would. `code` names its sentence in the catalogue."""

    def __init__(self, code: str, said: str, **operands: object) -> None:
        super().__init__(said.format(**operands))
        self.code, self.operands = code, operands


def quoted(text: str) -> str:
    """A word as a mistake quotes it: short, on one line, without what a terminal would obey."""
    return shorten(shown(text), LONGEST_SHOWN)
