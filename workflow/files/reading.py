"""Reads a file's nodes by the shapes of its kind: a value comes out, or every flaw that was met.

`read` checks the form. Names are only noted on the way, because a file may use a name above the line that
defines it; `unknown_names` compares them afterwards with what the file and the registries define.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Any, Final

from workflow.files import shapes
from workflow.files.telling import alternatives, told
from workflow.files.yaml import Entries, Flaw, Items, Node, Scalar, Unread
from workflow.model.definition import Call, Span, span_of

FAILED: Final = object()
"""Stands for a value that could not be read and whose flaw is gathered; None may be a value."""

Where = tuple[str, ...]
"""A place in a file: the keys (in lists the numbers from 0) that lead to it, as in ("states", "drafted")."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that must be known as one of the kinds `of`, or stand in `also`."""

    where: Where
    line: int
    name: str
    of: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class FileReading:
    """What reading one file comes to; filled while its tree is walked.

    `structure` are the flaws that the JSON Schema finds too, `flaws` those that it cannot express (30/02, a
    rule of a record). `references` are the names that the file uses, `defined` those that it defines, by
    kind; `lost` are the kinds whose definitions could not be read, so that no name of them can be called
    unknown.
    """

    lines: Mapping[Where, int]
    value: Any = FAILED
    structure: list[Flaw] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    defined: dict[str, list[str]] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)

    def refuse(self, line: int, where: Where, message: str) -> Any:
        self.structure.append(Flaw(line, at_place(where, message)))
        return FAILED


def read(shape: shapes.Shape, root: Node) -> FileReading:
    """The value of the tree, or FAILED, and everything that was met on the way."""
    reading = FileReading(lines_of(root))
    reading.value = _read(reading, shape, root, ())
    return reading


def lines_of(root: Node) -> Mapping[Where, int]:
    """The line of every place in the tree; a value in a mapping has the line of its key."""
    lines: dict[Where, int] = {(): root.line}

    def walk(node: Node, where: Where) -> None:
        if isinstance(node, Items):
            for number, item in enumerate(node.items):
                lines[(*where, str(number))] = item.line
                walk(item, (*where, str(number)))
        elif isinstance(node, Entries):
            for key, value in node.entries:
                lines[(*where, key.text)] = key.line
                walk(value, (*where, key.text))

    walk(root, ())
    return MappingProxyType(lines)


def unknown_names(reading: FileReading, vocabulary: Mapping[str, Iterable[str]]) -> list[Flaw]:
    """A flaw for each name that neither the file nor `vocabulary` (kind of name to names) defines.

    A kind of which neither of them defines anything is left unchecked.
    """
    known: dict[str, list[str]] = {kind: sorted(names) for kind, names in vocabulary.items()}
    known.update(reading.defined)
    return [
        flaw
        for reference in reading.references
        if all(kind in known and kind not in reading.lost for kind in reference.of)
        for flaw in _unknown(reference, [name for kind in reference.of for name in known[kind]])
    ]


def _unknown(reference: Reference, known: list[str]) -> list[Flaw]:
    if reference.name in known or reference.name in reference.also:
        return []
    what = alternatives([told(kind) for kind in reference.of])
    there_are = ", ".join(dict.fromkeys((*reference.also, *known))) or told("none")
    message = told(
        "unknown {what} '{name}'; known: {there_are}", what=what, name=reference.name, there_are=there_are
    )
    return [Flaw(reference.line, at_place(reference.where, message))]


def at_place(where: Where, message: str) -> str:
    """The message with its place before it: `states.drafted.label: key 'vi' is missing`."""
    return told("{place}: {message}", place=".".join(where), message=message) if where else message


def _read(reading: FileReading, shape: shapes.Shape, node: Node, where: Where) -> Any:
    match node:
        case Unread():  # its flaw is gathered already
            return FAILED
        case Scalar():
            return _read_scalar(reading, shape, node, where)
        case Items():
            return _read_items(reading, shape, node, where)
        case Entries():
            return _read_entries(reading, shape, node, where)


def _read_scalar(reading: FileReading, shape: shapes.Shape, node: Scalar, where: Where) -> Any:
    match shape:
        case shapes.Flag() if isinstance(node.value, bool):
            return node.value
        case shapes.Whole() if type(node.value) is int:
            if node.value >= shape.least:
                return node.value
            return reading.refuse(
                node.line, where, told("a number from {least} up is wanted", least=shape.least)
            )
        case shapes.Parameter() if node.value is not None:
            return node.value
        case shapes.Days(bare=unit) if unit is not None and type(node.value) is int:
            if node.value >= 1:
                return Span(node.value, unit)
            return reading.refuse(node.line, where, told("a number of days from 1 up is wanted"))
    if isinstance(shape, shapes.TextShape) and isinstance(node.value, str):
        return _read_text(reading, shape, node, where)
    return _misfit(reading, shape, node, where)


def _read_text(reading: FileReading, shape: shapes.TextShape, node: Scalar, where: Where) -> Any:
    match shape:
        case shapes.AnyText():
            if re.search(r"\S", node.text):
                return node.text
            return reading.refuse(node.line, where, told("an empty text is no text"))
        case shapes.Name():
            return _read_name(reading, shape, node, where)
        case shapes.Choice():
            if node.text in shape.options:
                return node.text
            return reading.refuse(
                node.line,
                where,
                told("'{text}' is none of: {names}", text=node.text, names=", ".join(shape.options)),
            )
        case shapes.IsoDate():
            if not re.fullmatch(shapes.DAY, node.text):
                return reading.refuse(
                    node.line, where, told("'{text}' is no date, YYYY-MM-DD", text=node.text)
                )
            return _existing_day(reading, node.text, node, where)
        case shapes.Clock():
            if re.fullmatch(shapes.CLOCK, node.text):
                return time.fromisoformat(node.text)
            return reading.refuse(node.line, where, told("'{text}' is no time of day, HH:MM", text=node.text))
        case shapes.Days():
            if re.fullmatch(shapes.SPAN, node.text):
                return span_of(node.text)
            return reading.refuse(
                node.line, where, told("'{text}' is no span of days: write 10 wd or 10 cd", text=node.text)
            )
        case shapes.DayOfYear():
            if not re.fullmatch(shapes.DAY_OF_YEAR, node.text):
                return reading.refuse(
                    node.line, where, told("'{text}' is no day of the year, MM-DD", text=node.text)
                )
            # In a leap year, so that 02-29 can be written; other years take their own last of February.
            day = _existing_day(reading, f"2024-{node.text}", node, where)
            return day if day is FAILED else (day.month, day.day)
        case shapes.Decimal():
            if re.fullmatch(shapes.DECIMAL, node.text):
                whole, _, part = node.text.partition(".")
                return int(whole + part.ljust(3, "0"))
            return reading.refuse(
                node.line, where, told("'{text}' is no decimal with a point, as in \"0.45\"", text=node.text)
            )
        case shapes.Called():
            name = _read_name(reading, shapes.Name(of=(shape.of,)), node, where)
            return name if name is FAILED else Call(name)


def _existing_day(reading: FileReading, written: str, node: Scalar, where: Where) -> Any:
    try:
        return date.fromisoformat(written)
    except ValueError:
        reading.flaws.append(Flaw(node.line, at_place(where, told("there is no day {text}", text=node.text))))
        return FAILED


def _read_name(reading: FileReading, shape: shapes.Name, node: Scalar, where: Where) -> Any:
    if not re.fullmatch(shape.pattern, node.text):
        return reading.refuse(
            node.line,
            where,
            told(
                "'{text}' is no name: it has {letters}", text=node.text, letters=shapes.LETTERS[shape.pattern]
            ),
        )
    if node.text in shape.reserved:
        return reading.refuse(node.line, where, told("the name '{text}' is reserved", text=node.text))
    if shape.of:
        reading.references.append(Reference(where, node.line, node.text, shape.of, shape.also))
    return node.text


def _read_items(reading: FileReading, shape: shapes.Shape, node: Items, where: Where) -> Any:
    match shape:
        case shapes.ListOf():
            return _read_list(reading, shape, node, where)
        case shapes.Parameter():
            return _read_list(reading, shapes.ListOf(shapes.AnyText()), node, where)
    return _misfit(reading, shape, node, where)


def _read_list(reading: FileReading, shape: shapes.ListOf, node: Items, where: Where) -> Any:
    if len(node.items) < shape.least or (shape.most is not None and len(node.items) > shape.most):
        wanted = (
            str(shape.least) if shape.most == shape.least else told("at least {least}", least=shape.least)
        )
        return reading.refuse(
            node.line,
            where,
            told("{wanted} wanted in this list, there are {n}", wanted=wanted, n=len(node.items)),
        )
    values = [
        _read(reading, shape.item, item, (*where, str(number))) for number, item in enumerate(node.items)
    ]
    if shape.distinct:
        _refuse_repeated(reading, node, where)
    return FAILED if any(value is FAILED for value in values) else tuple(values)


def _refuse_repeated(reading: FileReading, node: Items, where: Where) -> None:
    seen: set[str] = set()
    for number, item in enumerate(node.items):
        if not isinstance(item, Scalar) or not isinstance(item.value, str):
            continue  # in a list of names this has a flaw of its own
        if item.text in seen:
            reading.refuse(
                item.line, (*where, str(number)), told("'{text}' stands here twice", text=item.text)
            )
        seen.add(item.text)


def _read_entries(reading: FileReading, shape: shapes.Shape, node: Entries, where: Where) -> Any:
    match shape:
        case shapes.Record():
            return _read_record(reading, shape, node, where)
        case shapes.Keyed():
            return _read_keyed(reading, shape, node, where)
        case shapes.Tree():
            return _read_tree(reading, shape, node, where)
        case shapes.Called():
            return _read_call(reading, shape, node, where)
    return _misfit(reading, shape, node, where)


def _read_record(
    reading: FileReading,
    shape: shapes.Record,
    node: Entries,
    where: Where,
    *,
    given: Mapping[str, Any] | None = None,
) -> Any:
    values: dict[str, Any] = dict(given or {})
    complete = _complete(reading, shape, {key.text for key, _ in node.entries}, where)
    for key, value in node.entries:
        field_shape = shape.fields.get(key.text)
        if field_shape is None:
            message = told(
                "unknown key '{text}'; allowed: {names}", text=key.text, names=", ".join(shape.fields)
            )
            values[key.text] = reading.refuse(key.line, where, message)
        else:
            values[key.text] = _read(reading, _inner(field_shape), value, (*where, key.text))
    if not complete or any(value is FAILED for value in values.values()):
        return FAILED
    return _made(reading, shape, values, where)


def _inner(shape: shapes.Shape | shapes.Maybe) -> shapes.Shape:
    return shape.shape if isinstance(shape, shapes.Maybe) else shape


def _complete(reading: FileReading, shape: shapes.Record, present: set[str], where: Where) -> bool:
    """Whether no key is missing that must be there.

    An absent mapping that would define names defines none; where it is missing, its names are lost.
    """
    absent = {key: field for key, field in shape.fields.items() if key not in present}
    missing = [key for key, field in absent.items() if not isinstance(field, shapes.Maybe)]
    for key, field_shape in absent.items():
        inner = _inner(field_shape)
        if isinstance(inner, shapes.Keyed) and inner.defines:
            reading.defined.setdefault(inner.defines, [])
            reading.lost.update({inner.defines} if key in missing else ())
    for key in missing:
        reading.refuse(reading.lines[where], where, told("key '{key}' is missing", key=key))
    return not missing


def _made(reading: FileReading, shape: shapes.Record, values: Mapping[str, Any], where: Where) -> Any:
    """The record's value, where its rules hold; a flaw stands at the key that a rule names."""
    made = shape.make(**values)
    broken = [(key, message) for rule in shape.rules for key, message in rule(made)]
    for key, message in broken:
        place = (*where, key)
        line = reading.lines.get(place, reading.lines[where])
        reading.flaws.append(Flaw(line, at_place(place, message)))
    return FAILED if broken else made


def _read_keyed(reading: FileReading, shape: shapes.Keyed, node: Entries, where: Where) -> Any:
    if len(node.entries) < shape.least:
        reading.refuse(node.line, where, told("nothing stands here"))
    read_entries: list[tuple[Any, Any]] = []
    names = reading.defined.setdefault(shape.defines, []) if shape.defines else []
    for key, value in node.entries:
        place = (*where, key.text)
        name = _read_text(reading, shape.key, key, place)
        # A misspelt key defines its name all the same: else each use of the name would be a flaw too.
        names.append(key.text)
        # The key goes into the record as a field; any other node goes the common way, to be refused there.
        if shape.into and isinstance(shape.value, shapes.Record) and isinstance(value, Entries):
            made = _read_record(reading, shape.value, value, place, given={shape.into: name})
        else:
            made = _read(reading, shape.value, value, place)
        read_entries.append((name, made))
    if any(name is FAILED or made is FAILED for name, made in read_entries):
        return FAILED
    if shape.into:
        return tuple(made for _, made in read_entries)
    return MappingProxyType(dict(read_entries))


def _read_tree(reading: FileReading, shape: shapes.Tree, node: Entries, where: Where) -> Any:
    leaves: dict[str, Any] = {}

    def branch(entries: Entries, path: Where) -> None:
        if not entries.entries:
            reading.refuse(entries.line, (*where, *path), told("nothing stands here"))
        for key, value in entries.entries:
            place = (*path, key.text)
            _read_name(reading, shape.key, key, (*where, *place))
            if isinstance(value, Entries) and not any(k.text in shape.leaf.fields for k, _ in value.entries):
                branch(value, place)
            else:
                leaf(value, place, key.line)

    def leaf(value: Node, path: Where, line: int) -> None:
        name = ".".join(path)
        if name in leaves:
            reading.flaws.append(
                Flaw(line, at_place((*where, *path), told("is given twice, with other dots")))
            )
        leaves[name] = _read(reading, shape.leaf, value, (*where, *path))

    branch(node, ())
    return FAILED if any(leaf is FAILED for leaf in leaves.values()) else MappingProxyType(leaves)


def _read_call(reading: FileReading, shape: shapes.Called, node: Entries, where: Where) -> Any:
    if len(node.entries) != 1:
        return _misfit(reading, shape, node, where)
    ((key, value),) = node.entries
    name = _read_name(reading, shapes.Name(of=(shape.of,)), key, where)
    params = _read(
        reading, shapes.Keyed(shapes.Parameter(), key=shapes.Name(shapes.WORD)), value, (*where, key.text)
    )
    return FAILED if name is FAILED or params is FAILED else Call(name, params)


_WANTED: Final[Mapping[type, str]] = MappingProxyType(
    {
        shapes.AnyText: told("a text"),
        shapes.Name: told("a name"),
        shapes.Choice: told("one of the fixed words"),
        shapes.Whole: told("a whole number"),
        shapes.Flag: told("true or false"),
        shapes.IsoDate: told("a date, YYYY-MM-DD"),
        shapes.Clock: told("a time of day, HH:MM"),
        shapes.Days: told("a span of days, such as 10 wd or 10 cd"),
        shapes.DayOfYear: told("a day of the year, MM-DD"),
        shapes.Decimal: told('a decimal between quotes, as in "0.45"'),
        shapes.Parameter: told("a text, a number, true, false or a list of texts"),
        shapes.Called: told("a name or one {{name: {{parameter: value}}}}"),
        shapes.ListOf: told("a list"),
        shapes.Keyed: told("a mapping"),
        shapes.Tree: told("a mapping"),
        shapes.Record: told("a mapping"),
    }
)


def _misfit(reading: FileReading, shape: shapes.Shape, node: Node, where: Where) -> Any:
    """Refuses a node of another kind than the shape wants: a list where a text belongs."""
    if isinstance(shape, shapes.Keyed) and shape.defines:
        reading.lost.add(shape.defines)
        reading.defined.setdefault(shape.defines, [])
    wanted = _WANTED[type(shape)]
    if isinstance(shape, shapes.Choice):
        wanted = told("one of: {names}", names=", ".join(shape.options))
    found = _found(node)
    cure = told("; put it between quotes") if isinstance(shape, shapes.AnyText) and _is_unquoted(node) else ""
    return reading.refuse(
        node.line,
        where,
        told("{wanted} is wanted, found {found}{cure}", wanted=wanted, found=found, cure=cure),
    )


def _is_unquoted(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is not None


def _found(node: Node) -> str:
    match node:
        case Items():
            return told("a list")
        case Entries():
            return told("a mapping")
        case Scalar(value=None):
            return told("nothing")
        case Scalar(value=bool()):
            return node.text
        case Scalar(value=int()):
            return told("the number {text}", text=node.text)
        case Scalar():
            return told("the text '{text}'", text=_cut(node.text))
    return told("nothing readable")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
