"""Words that an event's inputs take, for tests that ask any event."""

from __future__ import annotations

from collections.abc import Iterable

from runtime.office.looking import Looking
from runtime.views.fields import fields_of
from workflow.model.facts import Item
from workflow.model.machine import Input

WORDS = {
    "birth": "03/1974",
    "code": "17/QĐ-UBND",
    "counts": "D0010/1:for=8,against=0",
    "date": "02/03/2026",
    "hour": "08:40",
    "integer": "1",
    "lines": "D0016/5",
    "refs": "D0004",
    "text": "Nội dung mẫu",
    "until": "30/11/2026",
}
"""A word for an input of that name, else of that type; of others the first that may be chosen is taken."""


def usual_words(looking: Looking, item: Item, event: str, inputs: Iterable[Input]) -> dict[str, str]:
    """A word for each input that has one, by its name."""
    found = {}
    for input, field in zip(inputs, fields_of(looking, item, inputs, event=event), strict=True):
        word = field.options[0].value if field.options else WORDS.get(input.name, WORDS.get(input.type, ""))
        if word:
            found[input.name] = word
    return found
