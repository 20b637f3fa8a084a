"""How the definitions' frozen values become plain JSON values and are made from them, by their types.

An object's keys are the fields, all of them, absent values null; a list of values with an `id` (inputs: a
`name`) is an object from ids to the rest, in order; dates and times are ISO texts. Knows no kind of
definition, so that whoever reads one kind loads no other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from workflow.model.text import Param, Span, span_of

Made = TypeVar("Made")


class Codec(NamedTuple):
    """How values of one type become plain JSON values, and how they are made from them."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def read_as(made: type[Made], text: str) -> Made:
    """The definition of that kind as `workflow.files.compiled` wrote it."""
    found: Made = codec_of(cast(Any, made)).read(json.loads(text))
    return found


@cache
def codec_of(wanted: Any) -> Codec:
    """The codec of a type, built once for each that the model uses, because reading type hints is slow."""
    if wanted == Param:
        return Codec(_as_it_is, lambda plain: tuple(plain) if isinstance(plain, list) else plain)
    if wanted is Span:  # a bare number is of a policy kept before there were working days in it
        return Codec(str, lambda plain: Span(plain, "cd") if isinstance(plain, int) else span_of(plain))
    if wanted in (date, time):
        return Codec(wanted.isoformat, wanted.fromisoformat)
    if _fields(wanted):
        return _record(wanted)
    return _generic(get_origin(wanted), get_args(wanted))


def _generic(origin: Any, args: tuple[Any, ...]) -> Codec:
    if origin is tuple:
        return _tuple(args)
    if origin in (Union, UnionType):
        return _optional(args)
    if origin is None or origin is Literal:
        return Codec(_as_it_is, _as_it_is)
    return _mapping(codec_of(args[0]), codec_of(args[1]), on_demand=args[0] is str and bool(_fields(args[1])))


class Decoded(Mapping[str, Any]):
    """A mapping of the stored JSON whose values are made when they are asked for: of a catalogue's thousand
    wordings a command needs a few. Two threads may make the same value twice, which is the same value."""

    __slots__ = ("_made", "_plain", "_read")

    def __init__(self, plain: Mapping[str, Any], read: Callable[[Any], Any]) -> None:
        self._plain = plain
        self._read = read
        self._made: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._read(self._plain[key])
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._plain

    def __iter__(self) -> Iterator[str]:
        return iter(self._plain)

    def __len__(self) -> int:
        return len(self._plain)

    def __repr__(self) -> str:
        return repr(MappingProxyType(dict(self)))


def _as_it_is(value: Any) -> Any:
    return value


def _fields(made: Any) -> tuple[str, ...]:
    """The names of a record's fields, be it a named tuple or a dataclass; none of what is no record."""
    named: tuple[str, ...] = getattr(made, "_fields", ())
    return named or tuple(getattr(made, "__dataclass_fields__", ()))


def _record(made: type) -> Codec:
    hints = get_type_hints(made)
    codecs = {name: codec_of(hints[name]) for name in _fields(made)}
    readers = tuple((name, codec.read) for name, codec in codecs.items())

    def write(value: Any) -> dict[str, Any]:
        return {name: codec.write(getattr(value, name)) for name, codec in codecs.items()}

    def read(plain: Mapping[str, Any]) -> Any:
        return made(**{name: read_field(plain[name]) for name, read_field in readers if name in plain})

    return Codec(write, read)


def _key_of(made: Any) -> str | None:
    """The field by which a list of such values becomes an object: `id`, of an input its `name`.

    None for what may stand in a list twice, such as a call.
    """
    names = set(_fields(made))
    if "id" in names:
        return "id"
    return "name" if {"name", "label"} <= names else None


def _tuple(args: tuple[Any, ...]) -> Codec:
    if args[-1] is not Ellipsis or (key := _key_of(args[0])) is None:
        item = codec_of(args[0])
        return Codec(
            lambda values: [item.write(value) for value in values],
            lambda plain: tuple(map(item.read, plain)),
        )
    return _keyed(codec_of(args[0]), key)


def _keyed(item: Codec, key: str) -> Codec:
    def write(values: tuple[Any, ...]) -> dict[str, Any]:
        rows = [item.write(value) for value in values]
        keyed = {row.pop(key): row for row in rows}
        if len(keyed) < len(rows):
            raise ValueError(f"an {key} stands twice among {[getattr(value, key) for value in values]}")
        return keyed

    def read(plain: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(item.read({key: id, **rest}) for id, rest in plain.items())

    return Codec(write, read)


def _optional(args: tuple[Any, ...]) -> Codec:
    (wanted,) = (arg for arg in args if arg is not NoneType)
    codec = codec_of(wanted)
    return Codec(
        lambda value: None if value is None else codec.write(value),
        lambda plain: None if plain is None else codec.read(plain),
    )


def _mapping(key: Codec, item: Codec, *, on_demand: bool) -> Codec:
    def write(values: Mapping[Any, Any]) -> dict[str, Any]:
        return {key.write(name): item.write(value) for name, value in values.items()}

    def read(plain: Mapping[str, Any]) -> Mapping[Any, Any]:
        if on_demand:
            return Decoded(plain, item.read)
        return MappingProxyType({key.read(name): item.read(value) for name, value in plain.items()})

    return Codec(write, read)
