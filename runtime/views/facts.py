"""What entries recorded: each input and each free text that somebody gave, as values and in words.

This is the one place where looking reads them; the item page, the history, the log and the registers tell
what it finds. A text that does not stand any more is None: it was erased, or its line was changed later.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from runtime.office.looking import Looking
from runtime.views.items import votes_in_full
from workflow.model.corrections import AGREE, DROP, PROPOSE, Corrected, corrected
from workflow.model.dossiers import Votes
from workflow.model.facts import WHY, Item, Key, Plain
from workflow.model.money import dotted
from workflow.model.naming import choice_label
from workflow.model.printed import KEEP_PAPER
from workflow.model.proposals import decided_proposal
from workflow.model.recorded import Recorded as TakenPlace
from workflow.model.wording import birth_text, in_runs, refs_in_runs

if TYPE_CHECKING:
    from storage.records import Entry
    from storage.values import ItemWord
    from workflow.model.machine import Event, Input

INPUT, TEXT = "input.", "text."
MOVES_DUE = "move_due"
"""The effect of events that give a new due date."""
SENT_BACK = ("count_return", "ask_supplement")
"""The effects of events that send an item back."""
NOMINEE = "nominee"
COUNTS = ("for", "against", "invalid", "present", "total")
"""The inputs of a vote, in the order of `Votes`: said together."""
TYPES = {
    "absent": "account",
    "account": "account",
    "accounts": "accounts",
    "amounts": "amounts",
    "answer": "answer",
    "bodies": "body",
    "body": "body",
    "dossier": "ref",
    "due": "date",
    "from": "date",
    "ground": "ground",
    "guidance": "ref",
    "instead_of": "account",
    "kind": "kind",
    "lead": "body",
    "lines": "lines",
    "login": "login",
    "new": "date",
    "old": "date",
    "on": "date",
    "stand_in": "account",
    "started_on": "date",
    "task": "ref",
    "closed_on": "date",
    "from_day": "date",
    "held_on": "date",
    "paper_on": "date",
    "registered_on": "date",
    "scope": "choice",
    "title": "title",
    "titles": "title",
    "to": "account",
    "type": "type",
    "until": "date",
    "until_day": "date",
    "way": "choice",
    "mode": "choice",
}
"""The types of what the program's own events record, which no machine declares."""


class Recorded(NamedTuple):
    """An entry with its inputs and its free texts by name; `changed` are those texts of a line in whose place
    later ones stand, `why` what the reasons of a refused attempt spoke of, by their rules."""

    entry: Entry
    inputs: Mapping[str, Plain]
    texts: Mapping[str, str | None]
    changed: frozenset[str] = frozenset()
    why: Mapping[str, Mapping[str, Any]] = MappingProxyType({})

    @property
    def values(self) -> dict[str, Plain]:
        return {**self.inputs, **self.texts}

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of the item that the entry is about; none where it is about the item."""
        named = self.inputs.get(NOMINEE)
        return tuple(no for no in named if isinstance(no, int)) if isinstance(named, list) else ()

    @property
    def by_program(self) -> bool:
        return self.entry.role == "system" and self.entry.event != "import"


def recorded_of(looking: Looking, key: Key) -> tuple[Recorded, ...]:
    """Every entry of an item in order, refused attempts and the program's own doing among them."""
    entries = looking.reading.entries(key.office, key.year, ref=key.ref)
    return recorded(entries, looking.reading.item_words(key))


def recorded(entries: Iterable[Entry], words: Sequence[ItemWord]) -> tuple[Recorded, ...]:
    """The entries with what they recorded; `words` are the free texts that stand."""
    by_entry = {(word.entry, word.input): word.value for word in words}
    by_line = {(word.line, word.input) for word in words if word.line}
    return tuple(_recorded(entry, by_entry, by_line) for entry in entries)


def _recorded(
    entry: Entry, by_entry: Mapping[tuple[str, str], str], by_line: set[tuple[int, str]]
) -> Recorded:
    members = json.loads(entry.data)
    inputs = {name.removeprefix(INPUT): value for name, value in members.items() if name.startswith(INPUT)}
    names = [name.removeprefix(TEXT) for name in members if name.startswith(TEXT)]
    texts = {name: by_entry.get((entry.id, name)) for name in names}
    spoken = texts.pop(WHY, None)
    found = Recorded(entry, inputs, texts, why=_why(spoken) if spoken else {})
    gone = (name for name, text in found.texts.items() if text is None)
    return found._replace(
        changed=frozenset(name for name in gone if any((no, name) in by_line for no in found.lines))
    )


def _why(spoken: str) -> Mapping[str, Mapping[str, Any]]:
    """Operands by rule. What somebody falsified says nothing, and verifying tells of it."""
    try:
        return {one["rule"]: dict(one["operands"]) for one in json.loads(spoken)}
    except (ValueError, TypeError, KeyError):
        return {}


def standing(looking: Looking, item: Item, history: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Of an item's entries those whose facts stand: on the way to the state in which it is, and the last of
    each kind of event that keeps the state.

    What led to a state that was left backwards does not stand any more; why it was sent back does, until it
    goes on from there. Of an event that goes in parts, as one decision for some lines and one for the rest,
    each part stands.
    """
    events = looking.machine(item.digest).events
    in_parts = {event.id for event in events if _in_parts(event)}
    backwards = {event.id for event in events if any(call.name in SENT_BACK for call in event.effects)}
    path: list[Recorded] = []
    beside: dict[str, Recorded] = {}
    history = tuple(history)
    for each in history:
        entry = each.entry
        if entry.refused or each.by_program or entry.event in (PROPOSE, AGREE, DROP):
            continue
        if each.lines and entry.event not in in_parts:
            continue
        if entry.from_state == entry.to_state:
            beside[entry.id if entry.event in in_parts else entry.event] = each
            continue
        passed = [one.entry.to_state for one in path]
        path = path[: passed.index(entry.to_state)] if entry.to_state in passed else path
        path = [*(one for one in path if one.entry.event not in backwards), each]
    stands = {each.entry.id: each for each in as_corrected(history)}
    found = (stands[each.entry.id] for each in (*path, *beside.values()))
    return tuple(sorted(found, key=lambda one: one.entry.seq))


def _in_parts(event: Event) -> bool:
    """Whether the event keeps the state until all is done, and leaves it with the last part."""
    return {transition.target is None for transition in event.transitions} == {True, False}


def as_corrected(history: Sequence[Recorded]) -> tuple[Recorded, ...]:
    """An item's entries without refused ones, each with the values that stand now in the place of its own."""
    done = [each for each in history if not each.entry.refused]
    now = corrected([taken_place_of(each) for each in done])
    texts = {each.entry.id: each.texts for each in done}
    return tuple(_as_corrected(each, now, texts) for each in done)


def _as_corrected(each: Recorded, now: Corrected, texts: Mapping[str, Mapping[str, str | None]]) -> Recorded:
    """The entry with the values that were agreed to in the place of its own."""
    inputs, words = dict(each.inputs), dict(each.texts)
    for fact in now.of_entry(each.entry.id):
        if fact.name in inputs:
            inputs[fact.name] = fact.standing.value
        if fact.name in words:
            words[fact.name] = texts[fact.standing.entry].get(fact.standing.field)
    return each._replace(inputs=inputs, texts=words)


def taken_place_of(each: Recorded) -> TakenPlace:
    """The entry as the rules of the domain see it."""
    entry = each.entry
    return TakenPlace(
        entry.id,
        entry.at,
        entry.actor,
        entry.acting_for,
        entry.event,
        entry.from_state,
        entry.to_state,
        each.inputs,
        tuple(each.texts),
    )


def due_before(looking: Looking, item: Item, history: Iterable[Recorded]) -> date | None:
    """The due date before the present one: the last that somebody set, else the item's first."""
    moves = {
        event.id: str(call.params["input"])
        for event in looking.machine(item.digest).events
        for call in event.effects
        if call.name == MOVES_DUE
    }
    given = (each.inputs.get(moves.get(each.entry.event, "")) for each in history if not each.entry.refused)
    days = [date.fromisoformat(str(day)) for day in given if day is not None]
    earlier = [day for day in days if day != item.due_on]
    return earlier[-1] if earlier else item.due_first


# -- for scripts -----------------------------------------------------------------------------------------


class ChangeRecord(NamedTuple):
    """What somebody did to an item; `recorded` are its inputs and texts by name, where a text that does not
    stand any more is null."""

    seq: int
    at: datetime
    actor: str
    acting_for: str | None
    role: str | None
    event: str
    from_: str | None
    to: str | None
    recorded: Mapping[str, Plain]


class NotShown(NamedTuple):
    """How many entries of an item its history leaves out: refused attempts, and what the program did."""

    refused: int
    by_program: int


class History(NamedTuple):
    """What people did to an item, and all that was done to it, each in order."""

    changes: tuple[Recorded, ...]
    not_shown: NotShown
    done: tuple[Recorded, ...]


def history_of(found: Iterable[Recorded], line: int | None = None) -> History:
    """What people did, in order; of one line what was done to it or to the whole item."""
    about = [each for each in found if line is None or not each.lines or line in each.lines]
    done = [each for each in about if not each.entry.refused]
    shown = tuple(each for each in done if not each.by_program)
    return History(shown, NotShown(len(about) - len(done), len(done) - len(shown)), tuple(done))


def change_record(each: Recorded) -> ChangeRecord:
    entry = each.entry
    return ChangeRecord(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        acting_for=entry.acting_for,
        role=entry.role,
        event=entry.event,
        from_=entry.from_state,
        to=entry.to_state,
        recorded=each.values,
    )


def facts_by_event(standing: Iterable[Recorded]) -> dict[str, dict[str, Plain]]:
    """The facts that stand, by the event that recorded them."""
    return {each.entry.event: each.values for each in standing if each.values}


# -- in words --------------------------------------------------------------------------------------------


class FactWords:
    """What entries about one item recorded, in words: by the inputs of its machine, and by the catalogue for
    the program's own events. `item` is None for what concerns no item."""

    def __init__(self, looking: Looking, item: Item | None) -> None:
        self.looking = looking
        self.item = item
        self.machine = looking.machine(item.digest) if item else None
        self.pack = item.rules if item else None

    def pairs(
        self, each: Recorded, *, texts: bool = True, without: Collection[str] = ()
    ) -> tuple[tuple[str, str], ...]:
        """Labels with what was recorded under them; a vote's counts are one of them. Without `texts` no free
        word is said."""
        values = each.values if texts else dict(each.inputs)
        if each.entry.event == KEEP_PAPER:
            return self._of_paper(values)
        votes = votes_among(values)
        said = [(self.looking.words("column.votes"), votes_in_full(self.looking, votes))] if votes else []
        left_out = {*without, *(COUNTS if votes else ()), *((NOMINEE,) if each.lines else ())}
        for name in self._in_order(each.entry.event, values):
            if name not in left_out:
                declared, value = self._declared(each.entry.event, name), values[name]
                said.append((self._label(declared, name), self._value(declared, each, name, value)))
        return tuple((label, value) for label, value in said if value)

    def _of_paper(self, values: Mapping[str, Plain]) -> tuple[tuple[str, str], ...]:
        """Which paper was kept, under which number, with the digests of its files."""
        words, said = self.looking.words, {name: str(value) for name, value in values.items() if value}
        day = self.looking.day(date.fromisoformat(said["issued_on"])) if "issued_on" in said else ""
        shown = {
            "name": words(f"paper_kind.{said.get('kind', '')}"),
            "part": said.get("part", ""),
            "number": " ".join(filter(None, (said.get("number"), day))),
            "digest": ", ".join(said[name] for name in ("word", "pdf") if name in said),
        }
        return tuple((words(f"paper.column.{name}"), value) for name, value in shown.items() if value)

    def lines(self, each: Recorded) -> str:
        """The lines that an entry is about, by their references."""
        return self._refs(each.lines)

    def _in_order(self, event: str, values: Mapping[str, Plain]) -> list[str]:
        """The names as the event declares them, then the others; an entry has them by the alphabet."""
        found = self.looking.event(event, self.machine) if self.machine else None
        declared = [input.name for input in found.inputs if input.name in values] if found else []
        return [*declared, *(name for name in values if name not in declared)]

    def _declared(self, event: str, name: str) -> Input | None:
        """The input as the event asks for it, or the one whose proposal it decides about."""
        found = self.looking.event(event, self.machine) if self.machine else None
        made = decided_proposal(found) if found else None
        asked = (found, self.looking.event(made, self.machine) if made and self.machine else None)
        inputs = (input for each in asked if each for input in each.inputs)
        return next((input for input in inputs if input.name == name), None)

    def _label(self, declared: Input | None, name: str) -> str:
        if declared is not None:
            return self.looking.words.of(declared.label)
        key = f"recorded.{name}"
        return self.looking.words(key) if self.looking.words.has(key) else name

    def _value(self, declared: Input | None, each: Recorded, name: str, value: Plain) -> str:
        if value is None and name in each.texts:
            return self.looking.words(f"text.{'changed' if name in each.changed else 'erased'}")
        if value is None:
            return ""
        type = declared.type if declared else TYPES.get(name, "")
        parts = value if isinstance(value, list) else [value]
        if type == "nominees":
            return self._refs(no for no in parts if isinstance(no, int))
        if type == "lines":
            return refs_in_runs(map(str, parts))
        return "; ".join(self._one(type, part) for part in parts)

    def _one(self, type: str, value: Plain) -> str:
        looking, text = self.looking, str(value)
        if isinstance(value, bool):
            return looking.words("text.yes" if value else "text.no")
        if type == "date":
            return looking.day(date.fromisoformat(text))
        if type == "birth":
            return birth_text(text)
        if type == "type":
            found = looking.pack(self.pack).type(text)
            return looking.words.of(found.label) if found else text
        if type == "ground":
            ground = looking.pack(self.pack).ground(text)
            return looking.words.of(ground.label) if ground else text
        if type in ("paper", "papers"):
            kinds = looking.pack(self.pack).papers
            return next((looking.words.of(kind.label) for kind in kinds if kind.id == text), text)
        if type == "choice":
            return self._choice(text)
        if type == "kind" and self.machine and self.item:
            kind = self.machine.kind(text) or self.machine.kind(self.item.kind)
            return looking.words.of(kind.label) if kind else text
        if type == "answer":
            return looking.words(f"expect.status.{text}")
        if type == "counts":
            return self._counted(text)
        if type == "amounts":
            line, _is, money = text.partition("=")
            return f"{line}: {dotted(int(money))}"
        if type == "money":
            return looking.words("money.dong", so=dotted(int(text)))
        if type == "title":
            return looking.title(text, pack=self.pack)
        if type == "login":
            return looking.login_name(text)
        named = {"account": looking.position, "accounts": looking.position, "body": looking.body}
        return named[type](text) if type in named else text

    def _counted(self, value: str) -> str:
        line, _colon, said = value.partition(":")
        counts = (each.partition("=") for each in said.split(","))
        words = self.looking.words
        return f"{line}: " + ", ".join(f"{words(f'count.{name}')} {count}" for name, _is, count in counts)

    def _choice(self, value: str) -> str:
        words, kind = self.looking.words, self.item.kind if self.item else ""
        return words.of(choice_label(value, self.machine, words.found, kind=kind))

    def _refs(self, lines: Iterable[int]) -> str:
        ref, named = self.looking.ref(self.item.key) if self.item else "", in_runs(lines)
        return ", ".join(f"{ref}/{run}" for run in named.split(", ")) if named else ""


def votes_among(values: Mapping[str, Plain]) -> Votes | None:
    """The counts of a vote where an entry recorded them."""
    counts = [values.get(name) for name in COUNTS]
    numbers = [count for count in counts if isinstance(count, int)]
    return Votes(*numbers) if len(numbers) == len(COUNTS) else None
