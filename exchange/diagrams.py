"""A machine as a Mermaid state diagram, in the words that an office reads.

It gives text, which any program that shows Mermaid draws. Ids stand in it only as handles of the states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.model.definition import Language, Machine, Text

# Every sign but those that mean nothing to Mermaid anywhere in a label.
_PLAIN = re.compile(r"[^\w ,.()/!?'+=-]|_", re.ASCII)
# What would begin a list in the Markdown that Mermaid reads in labels, as in "1. Trình".
_LIST_MARK = re.compile(r"^(\d*)([-+.)])", re.ASCII)
_OUTSIDE = "[*]"
LONGEST_LABEL = 80


def mermaid(machine: Machine, *, language: Language = "vi") -> str:
    """A `stateDiagram-v2`: states under their labels, arrows with the events' labels, in the file's order.

    Events between the same two states share an arrow, as far as its label stays short. A state that no event
    leaves leads to the end mark.
    """
    lines = [
        "stateDiagram-v2",
        *(f'    state "{_label(state.label, language)}" as {_handle(state.id)}' for state in machine.states),
        *(f"    {source} --> {target}{label}" for source, target, label in _arrows(machine, language)),
    ]
    return "\n".join(lines) + "\n"


def _arrows(machine: Machine, language: Language) -> Iterator[tuple[str, str, str]]:
    """(source, target, text with its colon) of each arrow."""
    events = _events_between(machine, language)
    if not any(source == _OUTSIDE for source, _ in events):
        yield _OUTSIDE, _handle(machine.initial), ""
    for (source, target), labels in events.items():
        for label in _shared(labels):
            yield source, target, f": {label}"
    left = {source for source, target in events if source != target}
    for state in machine.states:
        if _handle(state.id) not in left:
            yield _handle(state.id), _OUTSIDE, ""


def _shared(labels: list[str]) -> Iterator[str]:
    """The labels of arrows between two states, several together up to LONGEST_LABEL characters."""
    said = labels[0]
    for label in labels[1:]:
        if len(said) + len(label) > LONGEST_LABEL:
            yield said
            said = label
        else:
            said = f"{said} / {label}"
    yield said


def _events_between(machine: Machine, language: Language) -> dict[tuple[str, str], list[str]]:
    """The labels of the events by (source, target), in the file's order, each label once."""
    known = {state.id for state in machine.states}
    between: dict[tuple[str, str], list[str]] = {}
    for event in machine.events:
        for transition in event.transitions:
            for source in transition.sources:
                begin = _handle(source) if source in known else _OUTSIDE
                end = _handle(transition.target or source)
                labels = between.setdefault((begin, end), [])
                label = _label(event.label, language)
                labels += [label] if label not in labels else []
    return between


def _handle(state: str) -> str:
    """The state's id in the diagram; its prefix keeps it from being a word of Mermaid (`end`, `note` …)."""
    return f"s_{state}"


def _label(text: Text, language: Language) -> str:
    words = " ".join((text.vi if language == "vi" else text.en).split())
    escaped = _PLAIN.sub(_as_entity, words)
    return _LIST_MARK.sub(lambda mark: f"{mark[1]}#{ord(mark[2])};", escaped)


def _as_entity(sign: re.Match[str]) -> str:
    """A sign that Mermaid would read as its own, written as `#34;`; letters beyond ASCII stay as they are."""
    letter = sign.group()
    return letter if letter.isalpha() or letter.isdigit() else f"#{ord(letter)};"
