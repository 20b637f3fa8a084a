"""What a list says of a line beside its name and title, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from runtime.office.looking import Looking
from storage.values import NomineeLine
from workflow.model.dossiers import LINE_WORDS, LineFacts
from workflow.model.facts import Item
from workflow.model.machine import Input
from workflow.model.wording import birth_text

SHOWN = frozenset((*LineFacts._fields, *LINE_WORDS)) - {"name"}


def known_of_line(looking: Looking, item: Item, line: NomineeLine) -> Iterator[tuple[str, str]]:
    """Each with the label under which it is typed, in that order."""
    event = looking.event("add", looking.machine(item.digest))
    said: dict[str, Any] = {**line._asdict(), **line.nominee.facts._asdict()}
    for input in event.inputs if event else ():
        value = said.get(input.name)
        if input.name in SHOWN and value:
            yield looking.words.of(input.label), _text(looking, input, value)


def _text(looking: Looking, input: Input, value: Any) -> str:
    if value is True:
        return looking.words("text.yes")
    if input.type == "choice":
        return looking.words(f"choice.{value}")
    if isinstance(value, date):
        return looking.day(value)
    return birth_text(value) if input.type == "birth" else str(value)
