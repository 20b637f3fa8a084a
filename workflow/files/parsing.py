"""From the text of a definition file to its frozen value, or to every mistake in it.

`workflow.files.yaml` makes nodes of the text, `workflow.files.reading` reads them by the shape of their kind
and compares the names with those that the file and the registries define. What is well-formed but unwise,
and what needs more than one file, is for `workflow.lint`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType

from workflow.files.calendar import CALENDAR
from workflow.files.machine import MACHINE
from workflow.files.messages import MESSAGES
from workflow.files.office import OFFICE
from workflow.files.paper import PAPER
from workflow.files.policy import POLICY
from workflow.files.reading import FAILED, Where, lines_of, read, unknown_names
from workflow.files.rules import RULES
from workflow.files.shapes import Record
from workflow.files.telling import told
from workflow.files.yaml import Entries, Flaw, Node, Scalar, Unread, compose
from workflow.model.definition import Definition

SHAPES: Mapping[str, Record] = MappingProxyType(
    {
        "machine": MACHINE,
        "office": OFFICE,
        "calendar": CALENDAR,
        "policy": POLICY,
        "rules": RULES,
        "messages": MESSAGES,
        "paper": PAPER,
    }
)
"""The shape of a file by its `definition:` key; the keys are those of `workflow.model.definition.KINDS`."""

LINE_ENDS = str.maketrans(dict.fromkeys("\r\x85\u2028\u2029", "\n"))


@dataclass(frozen=True, slots=True)
class CallableNames:
    """The names of one subject's closed registry: what its machines may call upon."""

    relations: frozenset[str]
    guards: frozenset[str]
    effects: frozenset[str]
    predicates: frozenset[str]
    warnings: frozenset[str]
    doubts: frozenset[str]
    notices: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of the closed registries that definitions may call upon, those of machines by subject."""

    roles: frozenset[str]
    subjects: Mapping[str, CallableNames]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a file; prints as `file:line: message`."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file that was read: `definition` is None exactly when there are `mistakes`, which are in line order.

    `source` is the text in NFC with `\\n` line ends and no byte order mark; `digest` is the SHA-256 of its
    UTF-8 in hex. `lines` knows the line of every place in the file.
    """

    definition: Definition | None
    mistakes: tuple[Mistake, ...]
    source: str
    digest: str
    lines: Mapping[Where, int] = field(repr=False, compare=False)

    def line(self, where: Where) -> int:
        """The line of `where`, a linter's place; of a key that the file leaves out, that of its mapping."""
        place = where
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)


def parse(source: str, *, path: str, vocabulary: Vocabulary | None = None) -> Parsed:
    """Read one definition; `path` only names the file in mistakes.

    Without a vocabulary the names that the registries define (guards, effects, roles …) are not checked.
    """
    text = normalised(source)
    composed = compose(text)
    flaws, definition = list(composed.flaws), None
    if composed.root is not None:
        found, definition = _read_definition(composed.root, vocabulary=vocabulary)
        flaws += found
    return Parsed(
        definition=None if flaws else definition,
        mistakes=tuple(Mistake(path, flaw.line, flaw.message) for flaw in _in_order(flaws)),
        source=text,
        digest=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        lines=MappingProxyType({}) if composed.root is None else lines_of(composed.root),
    )


def normalised(source: str) -> str:
    """The text as it is stored and digested: NFC, no byte order mark, every line end of YAML 1.1 as `\\n`.

    So one file has one digest, whatever editor saved it, and a flaw's line is the one that editors count.
    """
    text = source.removeprefix("\ufeff").replace("\r\n", "\n").translate(LINE_ENDS)
    return unicodedata.normalize("NFC", text)


def stated_kind(root: Node) -> tuple[str | None, tuple[Flaw, ...]]:
    """The kind that a file states under `definition:`, or the flaw for which it states none."""
    kinds = ", ".join(SHAPES)
    if isinstance(root, Unread):
        return None, ()
    if not isinstance(root, Entries):
        return None, (Flaw(root.line, told("a definition is a mapping of keys to values")),)
    said = next((value for key, value in root.entries if key.text == "definition"), None)
    if said is None:
        return None, (
            Flaw(root.line, told("key 'definition' is missing; it is one of: {kinds}", kinds=kinds)),
        )
    if not isinstance(said, Scalar) or said.value not in SHAPES:
        return None, (Flaw(said.line, told("definition: the kind is one of: {kinds}", kinds=kinds)),)
    return said.text, ()


def _read_definition(root: Node, *, vocabulary: Vocabulary | None) -> tuple[list[Flaw], Definition | None]:
    kind, flaws = stated_kind(root)
    # Without a kind there is no shape, and nothing more can be said of the file.
    if kind is None:
        return list(flaws), None
    reading = read(SHAPES[kind], root)
    found = [
        *reading.structure,
        *reading.flaws,
        *unknown_names(reading, _by_kind(vocabulary, _subject(root)) if vocabulary else {}),
    ]
    return found, None if reading.value is FAILED else reading.value


def _subject(root: Node) -> str | None:
    """What a machine's file states as its subject."""
    entries = root.entries if isinstance(root, Entries) else ()
    said = (value for key, value in entries if key.text == "subject")
    return next((value.text for value in said if isinstance(value, Scalar)), None)


def _by_kind(vocabulary: Vocabulary, subject: str | None) -> Mapping[str, Iterable[str]]:
    """The known names by what they name. Under an unknown subject those of every one are known, so that one
    slip is told once."""
    known = vocabulary.subjects
    called = [known[subject]] if subject is not None and subject in known else [*known.values()]
    return {
        "subject": known,
        "role": vocabulary.roles,
        "relation": [name for names in called for name in names.relations],
        "guard": [name for names in called for name in names.guards],
        "effect": [name for names in called for name in names.effects],
        "predicate": [name for names in called for name in names.predicates],
        "warning": [name for names in called for name in names.warnings],
        "doubt": [name for names in called for name in names.doubts],
        "notice": [name for names in called for name in names.notices],
    }


def _in_order(flaws: Iterable[Flaw]) -> list[Flaw]:
    return sorted(flaws, key=lambda flaw: flaw.line)
