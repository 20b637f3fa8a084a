"""What is said on the page that follows an act."""

from __future__ import annotations

from collections.abc import Sequence

from runtime.views.answers import Answer


def said_of(answer: Answer) -> Sequence[str]:
    """What was done, what is remarkable of it, and how it is taken back; a line each."""
    lines = (answer.head, answer.into, *answer.warnings, *answer.confirmed, answer.undone)
    return tuple(line for line in lines if line)
