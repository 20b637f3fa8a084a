"""What people type for a body, an account, a title or a state: the id of the one that they mean.

Ids are what is stored and what scripts read; people may type any name that the thing bears, in either
language, without case and without tone marks. Where several bear the name none of them is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Literal, NamedTuple, Protocol

from workflow.model.errors import UnknownValue
from workflow.model.machine import Event, Machine
from workflow.model.office import Account, Body, Office
from workflow.model.signs import composed
from workflow.model.text import Phrase, Text
from workflow.model.wording import as_name, fold, shorten

FEW = 8
"""So many candidates are all listed; of more only those that are near to what was typed."""
NEAR = 5
ALIKE = 0.7
"""How alike two names are that differ by a slip of the finger, as `difflib` counts it."""
LONGEST = 200
"""Signs that are read of what is typed: no name is as long, and comparing a book would take long."""
LONGEST_SHOWN = 60
STOPS = re.compile(r"[\W_]+")


class Candidate(NamedTuple):
    """A thing that may be meant: `label` is how a list shows it, `names` what it is called beside its id."""

    id: str
    label: Text
    names: tuple[str, ...]

    def shown_in(self, language: str) -> str:
        label = getattr(self.label, language)
        return self.id if label == self.id else f"{self.id} ({label})"


class NotNamed(NamedTuple):
    """A word that means none of the things, or `several`. `near`: the candidates are those alike to it, of
    more than are listed."""

    typed: str
    code: Literal["unknown", "near", "several"]
    candidates: tuple[Candidate, ...]

    @property
    def unlisted(self) -> bool:
        """Whether there are more than are listed, or than are listed with their labels."""
        return self.code == "near" or len(self.candidates) > FEW

    @property
    def listed(self) -> Text:
        """The candidates as they are typed, with their labels: `gk (Giấy khen của Chủ tịch UBND xã)`."""
        if self.code == "unknown" and len(self.candidates) > FEW:
            ids = ", ".join(one.id for one in self.candidates)
            return Text(ids, ids)
        return all_of(self.candidates)


def all_of(candidates: Iterable[Candidate]) -> Phrase:
    """Each as it is typed, with its label."""
    candidates = tuple(candidates)
    both = ("; ".join(one.shown_in(language) for one in candidates) for language in ("vi", "en"))
    return Phrase(*(shown or "—" for shown in both))


class UnknownName(UnknownValue):
    """There is no {what} '{value}'; candidates are: {known}."""

    def __init__(self, what: str, told: NotNamed, **operands: object) -> None:
        super().__init__(what=what, value=told.typed, known=told.listed.en, **operands)
        self.what, self.told = what, told


class UnknownActor(UnknownName):
    """There is no {what} '{value}' in this office; candidates are: {known}."""

    code = "unknown_actor"


class UnknownEvent(UnknownName):
    """{ref} knows no {what} '{value}'; candidates are: {known}."""

    code = "unknown_event"


def called(typed: str, candidates: Sequence[Candidate]) -> str | NotNamed:
    """The id of the one candidate that `typed` means: by its id, then by a name as written, then without
    case, then without marks, dashes and stops."""
    text = " ".join(composed(typed[:LONGEST]).split())
    if any(one.id == text for one in candidates):
        return text
    alike: tuple[Callable[[str], str], ...] = (str, as_name, bare)
    for same in alike:
        wanted = same(text)
        found = [one for one in candidates if wanted and wanted in map(same, (one.id, *one.names))]
        if len({one.id for one in found}) == 1:
            return found[0].id
        if found:
            return NotNamed(text, "several", tuple(found))
    return _not_named(text, candidates)


def bare(name: str) -> str:
    """A name without case, marks, dashes and stops: `p vh xh` of `P. VH-XH`, `chu tich` of `chu-tich`."""
    return STOPS.sub(" ", fold(name)).strip()


def _not_named(text: str, candidates: Sequence[Candidate]) -> NotNamed:
    typed = shorten(text, LONGEST_SHOWN)
    if len(candidates) > FEW and (near := _nearest(bare(text), candidates)):
        return NotNamed(typed, "near", near)
    return NotNamed(typed, "unknown", tuple(candidates))


def _nearest(wanted: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of which a name begins with what was typed, holds its words, or differs by a slip."""
    names = {one.id: [bare(name) for name in (one.id, *one.names)] for one in candidates}
    words = set(wanted.split())
    close = get_close_matches(wanted, {name for each in names.values() for name in each}, NEAR, ALIKE)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name.startswith(wanted),
        lambda name: words <= set(name.split()),
        lambda name: name in close,
    )
    found = [one for test in tests for one in candidates if wanted and any(map(test, names[one.id]))]
    return tuple({one.id: one for one in found}.values())[:NEAR]


def meant(what: str, typed: str, candidates: Sequence[Candidate]) -> str:
    """The id of the one that `typed` means; `what` says what it is, `body`. Raises UnknownName."""
    found = called(typed, candidates)
    if isinstance(found, NotNamed):
        raise UnknownName(what, found)
    return found


def account_meant(typed: str, office: Office) -> str:
    """The office's account that `typed` means. Raises UnknownActor."""
    found = called(typed, accounts(office.accounts))
    if isinstance(found, NotNamed):
        raise UnknownActor("account", found)
    return found


class Labelled(Protocol):
    """A thing of a definition that has an id and a label in both languages."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> Text: ...


def labelled(things: Iterable[Labelled]) -> tuple[Candidate, ...]:
    """Types, grounds, events and what else is called by its label alone."""
    return tuple(Candidate(thing.id, thing.label, thing.label) for thing in things)


def choice_label(
    choice: str, machine: Machine | None, word: Callable[[str], Text | None], *, kind: str
) -> Text:
    """A value of a choice in words: of a state, event or kind of the machine, of a kind of nominee, else the
    catalogue's, which `word` looks up by key. `kind` is that of the item, by which a state may be called."""
    if machine is not None:
        state = next((one for one in machine.states if one.id == choice), None)
        if state is not None:
            return state.label_for(kind)
        named = machine.event(choice) or machine.kind(choice)
        if named is not None:
            return named.label
    keys = (f"nominee_kind.{choice}", f"part.{choice}", f"choice.{choice}")
    return next(filter(None, map(word, keys)), Text(choice, choice))


def choices(labels: Mapping[str, Text]) -> tuple[Candidate, ...]:
    """Values of a choice by their labels, and by how these begin: `Đã xem` of `Đã xem bản ký`, two words at
    least."""
    return tuple(
        Candidate(id, label, (*label, *(begun for said in label for begun in _beginnings(said))))
        for id, label in labels.items()
    )


def _beginnings(label: str) -> list[str]:
    words = label.split()
    return [" ".join(words[:n]) for n in range(2, len(words))]


def titles(things: Iterable[Labelled]) -> tuple[Candidate, ...]:
    """Titles by their label, forms also without whose they are: `Giấy khen` of `Giấy khen của Chủ tịch …`."""
    return tuple(
        Candidate(
            thing.id,
            thing.label,
            (*thing.label, thing.label.vi.partition(" của ")[0], thing.label.en.partition(" of ")[0]),
        )
        for thing in things
    )


def accounts(accounts: Iterable[Account]) -> tuple[Candidate, ...]:
    """Accounts by their label, and by each of the positions that it lists."""
    return tuple(
        Candidate(account.id, account.label, (*account.label, *_positions(account.label)))
        for account in accounts
    )


def _positions(label: Text) -> list[str]:
    return [position.strip() for said in label for position in said.split(",")]


def bodies(bodies: Iterable[Body]) -> tuple[Candidate, ...]:
    """Bodies by their full and short names and the ways in which documents write them."""
    return tuple(
        Candidate(body.id, Text(body.short, body.short), (body.name, body.short, *body.spellings))
        for body in bodies
    )


def events(events: Iterable[Event]) -> tuple[Candidate, ...]:
    """What can be done, by the verb and by the word for what was done; each once, of whatever machine."""
    found: dict[str, Candidate] = {}
    for event in events:
        before = found[event.id].names if event.id in found else ()
        found[event.id] = Candidate(event.id, event.label, (*before, *event.label, *event.past))
    return tuple(found.values())


def states(machines: Iterable[Machine]) -> tuple[Candidate, ...]:
    """The states of machines by every label that they have; a state of several machines is one."""
    found: dict[str, Candidate] = {}
    for state in (state for machine in machines for state in machine.states):
        said = (state.label, *state.label_by_kind.values(), *state.label_by_stage.values())
        before = found[state.id].names if state.id in found else ()
        names = (*before, *(name for label in said for name in label))
        found[state.id] = Candidate(state.id, state.label, names)
    return tuple(found.values())


QUARTERS = tuple(
    Candidate(roman, Text(f"Quý {roman}", f"Quarter {roman}"), names)
    for number, roman in enumerate(("I", "II", "III", "IV"), 1)
    for names in [
        tuple(f"{word}{each}" for word in ("", "Q", "Quý ", "Quarter ") for each in (number, roman))
    ]
)
