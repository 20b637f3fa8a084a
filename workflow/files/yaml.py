"""YAML text as a tree of nodes that know their lines: the first step of `workflow.files.parsing`.

Only what definitions need is read: mappings, lists, texts, whole numbers, `true` and `false`. Tags, anchors
and aliases are refused, and so are keys given twice. Which keys belong where is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import yaml

from workflow.files.telling import told
from workflow.model.signs import unreadable_sign

DEEPEST = 32
"""Levels of nesting; definitions need ten, and the walks over a tree are recursive."""

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_NOTHING = ("", "~", "null")
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One mistake on one line (the first is 1)."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """`text` as it is written, without quotes; `value` what it means."""

    line: int
    text: str
    value: str | int | bool | None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping; each key stands once."""

    line: int
    entries: tuple[tuple[Scalar, Node], ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A node that is refused (an alias, a tag); its flaw is gathered, and no shape adds another."""

    line: int


Node = Scalar | Items | Entries | Unread


@dataclass(frozen=True, slots=True)
class Composed:
    """`root` is None when the text is no YAML at all; `flaws` are in the order of reading."""

    root: Node | None
    flaws: tuple[Flaw, ...]


def fastest_loader() -> type:
    """The loader over libyaml where PyYAML was built with it, else the one in Python."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text: str, *, loader: type | None = None) -> Composed:
    """The tree of the one document in `text`. Broken YAML is one flaw, with nothing read.

    That flaw is always in the words of the loader in Python, which are the clearer ones.
    """
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        line = text.count("\n", 0, unreadable.start()) + 1
        return Composed(
            None, (Flaw(line, told("unreadable character U+{code}", code=f"{ord(unreadable.group()):04X}")),)
        )
    composed = _compose(text, loader or fastest_loader())
    # libyaml words its errors otherwise: the same flaw would read differently on another machine.
    if composed.root is None and loader is None:
        retold = _compose(text, yaml.SafeLoader)
        return composed if retold.root else retold
    return composed


def _compose(text: str, loader: type) -> Composed:
    composer = _Composer(yaml.parse(text, Loader=loader))
    try:
        root = composer.document()
    except yaml.MarkedYAMLError as error:
        return Composed(None, (_broken(error),))
    except _TooDeep as error:
        return Composed(None, (Flaw(error.line, told("nested more than {most} levels deep", most=DEEPEST)),))
    return Composed(root, tuple(composer.flaws))


def _broken(error: yaml.MarkedYAMLError) -> Flaw:
    mark = error.problem_mark or error.context_mark
    words = ", ".join(part for part in (error.context, error.problem) if part)
    return Flaw(mark.line + 1 if mark else 1, told("not readable as YAML: {words}", words=words))


class _TooDeep(Exception):
    def __init__(self, line: int) -> None:
        self.line = line


@dataclass(slots=True)
class _Composer:
    """Builds nodes from PyYAML's events: its own composer forgets which tags and anchors were written."""

    events: Iterator[Any]
    flaws: list[Flaw] = field(default_factory=list)

    def document(self) -> Node | None:
        next(self.events)  # the stream's start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            self.flaws.append(Flaw(1, told("the file is empty")))
            return None
        root = self.node(next(self.events), depth=1)
        next(self.events)  # the document's end
        # Only the next event: whatever a second document holds, that it begins is flaw enough.
        for event in islice(self.events, 1):
            if isinstance(event, yaml.DocumentStartEvent):
                self.flaws.append(
                    Flaw(_line(event), told("a file holds one definition, a second begins here"))
                )
        return root

    def node(self, event: Any, *, depth: int) -> Node:
        if depth > DEEPEST:
            raise _TooDeep(_line(event))
        refusal = _refusal(event)
        if refusal:
            self.flaws.append(Flaw(_line(event), refusal))
        read = self._content(event, depth=depth)
        return Unread(read.line) if refusal else read

    def _content(self, event: Any, *, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(_line(event), event.value, _value(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(_line(event), tuple(self._items(depth=depth + 1)))
        if isinstance(event, yaml.MappingStartEvent):
            return Entries(_line(event), tuple(self._entries(depth=depth + 1)))
        return Unread(_line(event))  # an alias

    def _items(self, *, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            yield self.node(event, depth=depth)

    def _entries(self, *, depth: int) -> Iterator[tuple[Scalar, Node]]:
        first_lines: dict[str, int] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth=depth)
            value = self.node(next(self.events), depth=depth)
            if not isinstance(key, Scalar):
                if not isinstance(key, Unread):  # an alias has its flaw already
                    self.flaws.append(Flaw(key.line, told("a key must be a single word or text")))
            elif key.text in first_lines:
                first = first_lines[key.text]
                self.flaws.append(
                    Flaw(
                        key.line,
                        told(
                            "key '{text}' is given twice, first on line {first}", text=key.text, first=first
                        ),
                    )
                )
            else:
                first_lines[key.text] = key.line
                yield key, value


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _refusal(event: Any) -> str:
    if isinstance(event, yaml.AliasEvent):
        return told("alias '*{anchor}' is not allowed: write the value out", anchor=event.anchor)
    if event.anchor is not None:
        return told(
            "anchor '&{anchor}' is not allowed: write each value where it belongs", anchor=event.anchor
        )
    if event.tag is not None:
        written = event.tag.replace("tag:yaml.org,2002:", "!!")
        return told("tag '{written}' is not allowed", written=written)
    # The text itself was looked through, but "\x1b" in quotes means what it may not hold.
    if isinstance(event, yaml.ScalarEvent) and (sign := unreadable_sign(event.value)):
        return told("it holds the invisible character {sign}: take it out", sign=sign)
    return ""


def _value(event: Any) -> str | int | bool | None:
    text: str = event.value
    plain = event.implicit[0]
    if not plain:
        return text
    if text in _NOTHING:
        return None
    if text in ("true", "false"):
        return text == "true"
    return int(text) if _WHOLE.fullmatch(text) else text
