"""What is typed of a line of a dossier, as people read it: by the labels of its event, dates and choices in
words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from runtime.office.looking import Looking
from workflow.model.facts import Item
from workflow.model.machine import Input
from workflow.model.naming import choice_label
from workflow.model.wording import birth_text


def typed_words(looking: Looking, item: Item, event: str, typed: Mapping[str, str]) -> list[str]:
    """`Ngày sinh: 28/02/1985` of `{"born": "1985-02-28"}`, in the order typed; what is emptied has a dash."""
    declared = looking.machine(item.digest).event(event)
    inputs = {input.name: input for input in declared.inputs} if declared else {}
    return [
        f"{_label(looking, inputs.get(name), name)}: {_value(looking, item, inputs.get(name), text)}"
        for name, text in typed.items()
    ]


def _label(looking: Looking, input: Input | None, name: str) -> str:
    return looking.words.of(input.label) if input else name


def _value(looking: Looking, item: Item, input: Input | None, text: str) -> str:
    match input.type if text and input else "":
        case "birth":
            return birth_text(text)
        case "date":
            return looking.day(date.fromisoformat(text))
        case "title":
            return looking.title(text, pack=item.rules)
        case "choice":
            machine = looking.machine(item.digest)
            return looking.words.of(choice_label(text, machine, looking.words.found, kind=item.kind))
    return text or "–"
