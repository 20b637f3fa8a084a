"""The inputs of an event as a form asks for them: each with its label, how it is typed, what may be chosen.

What is typed goes, joined by `typed_word`, to the same reader as the words of `--set`
(`workflow.rules.inputs`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

from runtime.office.looking import Looking
from runtime.views.decisions import named_lines, proposed, proposed_cells
from workflow.model.award_decisions import AwardDecision
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.machine import Input
from workflow.model.naming import choice_label
from workflow.model.paper_kinds import lacking
from workflow.model.subjects import AWARD_DECISION, DOSSIER

Shape = Literal["line", "prose", "day", "number", "one", "many"]


class Option(NamedTuple):
    """A value that may be chosen, and how it is called."""

    value: str
    label: str


class Field(NamedTuple):
    """An input of a form. `shape`: words on one line, on several, a day, a number, one of the options, any of
    them. `hint` says how it is written."""

    name: str
    label: str
    shape: Shape
    required: bool
    options: tuple[Option, ...] = ()
    hint: str = ""


SHORT = frozenset({"file_name", "name", "place", "position", "sex", "unit", "slip"})
"""Inputs of words that take one line; others take as many as are needed."""
SEPARATORS: Mapping[str, str] = MappingProxyType({"accounts": ";"})
"""What stands between several values in one word; else a comma."""


def fields_of(looking: Looking, item: Item, inputs: Iterable[Input], *, event: str = "") -> tuple[Field, ...]:
    """The fields of the event's inputs, in their order."""
    return tuple(_field(looking, item, input, event) for input in inputs)


def typed_word(input: Input, words: Sequence[str]) -> str:
    """What was typed or chosen for the input as one word; empty where nothing was."""
    return SEPARATORS.get(input.type, ",").join(word for word in words if word.strip())


def _field(looking: Looking, item: Item, input: Input, event: str) -> Field:
    options = tuple(OPTIONS[input.type](looking, item, input)) if input.type in OPTIONS else ()
    shape: Shape = SHAPES.get(input.type, "line")
    if input.type == "lines" and item.subject == AWARD_DECISION.id:
        options, shape = tuple(_lines_of_decision(looking, item, event)), "many"
    if input.type == "text":
        shape = "line" if input.name in SHORT else "prose"
    if shape in ("one", "many") and not options:
        shape = "line"
    key = f"web.hint.{input.type}"
    hint = looking.words(key) if input.type in HINTED and not options else ""
    return Field(input.name, looking.words.of(input.label), shape, input.required, options, hint)


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "date": "day",
        "integer": "number",
        "money": "number",
        "choice": "one",
        "body": "one",
        "account": "one",
        "title": "one",
        "type": "one",
        "ground": "one",
        "paper": "one",
        "accounts": "many",
        "papers": "many",
        "nominees": "many",
    }
)
HINTED = frozenset(
    {"birth", "code", "counts", "date", "decimal", "hour", "lines", "money", "nominees", "portion", "refs"}
)
"""Types of which a hint says how they are written."""


def _choices(looking: Looking, item: Item, input: Input) -> Iterable[Option]:
    machine, words = looking.machine(item.digest), looking.words
    for id in input.choices:
        yield Option(id, words.of(choice_label(id, machine, words.found, kind=item.kind)))


def _accounts(looking: Looking, _item: Item, _input: Input) -> Iterable[Option]:
    return (Option(account.id, looking.account(account.id)) for account in looking.directory.accounts)


def _bodies(looking: Looking, _item: Item, _input: Input) -> Iterable[Option]:
    return (Option(body.id, body.short) for body in looking.directory.bodies)


def _titles(looking: Looking, item: Item, _input: Input) -> Iterable[Option]:
    pack = looking.pack(item.rules)
    return (Option(title.id, looking.words.of(title.label)) for title in pack.titles)


def _types(looking: Looking, item: Item, _input: Input) -> Iterable[Option]:
    return (Option(each.id, looking.words.of(each.label)) for each in looking.pack(item.rules).types)


def _grounds(looking: Looking, item: Item, _input: Input) -> Iterable[Option]:
    return (Option(each.id, looking.words.of(each.label)) for each in looking.pack(item.rules).grounds)


def _paper_kinds(looking: Looking, item: Item, _input: Input) -> Iterable[Option]:
    return (Option(each.id, looking.words.of(each.label)) for each in looking.pack(item.rules).papers)


def _lacking(looking: Looking, item: Item, _input: Input) -> Iterable[Option]:
    if item.subject != DOSSIER.id:
        return ()
    found = lacking(Dossier.of(item), looking.pack(item.rules))
    return (Option(each.id, looking.words.of(each.label)) for each in found)


def _lines(looking: Looking, item: Item, _input: Input) -> Iterable[Option]:
    """The lines of a dossier that are still on it, by number and name."""
    if item.subject != DOSSIER.id:
        return ()
    standing = {line.no for line in Dossier.of(item).standing}
    return (
        Option(str(line.nominee.no), f"{line.nominee.no}. {line.name or '—'}")
        for line in looking.reading.lines(item.key)
        if line.nominee.no in standing
    )


def _lines_of_decision(looking: Looking, item: Item, event: str) -> Iterable[Option]:
    """The lines that stand in a decision, by reference and name; those that may be added to a draft are
    what waits for one of its kind."""
    details = AwardDecision.of(item)
    if event != "add":
        for line, named in named_lines(looking, item):
            if line in details.standing:
                yield Option(line.ref, f"{line.ref} {(named.name if named else None) or '—'}")
        return
    own = (details.type, details.period, details.signer)
    for each in proposed(looking, details.title):
        if (each.type, each.period, each.signer) == own:
            for ref, name, *_rest in proposed_cells(looking, each):
                yield Option(ref, f"{ref} {name}")


OPTIONS: Mapping[str, Callable[[Looking, Item, Input], Iterable[Option]]] = MappingProxyType(
    {
        "choice": _choices,
        "account": _accounts,
        "accounts": _accounts,
        "body": _bodies,
        "title": _titles,
        "type": _types,
        "ground": _grounds,
        "paper": _paper_kinds,
        "papers": _lacking,
        "nominees": _lines,
    }
)
