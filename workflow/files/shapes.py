"""The shapes of which definition files are made: the one table for the parser and for the JSON Schema.

Shapes are data. `workflow.files.machine`, `workflow.files.office` and so on put them together for each kind
of file, `workflow.files.reading` reads nodes by them, `workflow.files.schema` writes them as JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from workflow.files.telling import told
from workflow.model.definition import Text

WORD = "[a-z][a-z0-9_]*"
"""Names inside a definition: states, events, inputs, guards, titles."""

SLUG = "[a-z][a-z0-9_-]*"
"""Names of definitions, bodies and accounts, which stand in commands and file names."""

DOTTED = r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*"
"""Keys of a message catalogue."""

ITEM = "(?:[0-9]{4}/)?[A-Za-z][A-Za-z0-9]*"
"""References of items, of another year with it before: `T07`, `2026/T07`."""

TERM_NAME = "[a-z][a-z0-9_]{0,14}"
"""Names of terms, which are part of their rows' names; those have 32 letters."""

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        WORD: told("a-z, 0-9 and _ only, a letter first"),
        TERM_NAME: told("at most 15 of a-z, 0-9 and _, a letter first"),
        SLUG: told("a-z, 0-9, _ and - only, a letter first"),
        ITEM: told("a reference, like T07 or 2026/T07"),
        DOTTED: told("A-Z, a-z, 0-9, _ and single dots between them only"),
    }
)
"""Each pattern of names in words."""

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
SPAN = "[1-9][0-9]{0,3} (?:wd|cd)"
DECIMAL = "[0-9]{1,3}(?:[.][0-9]{1,3})?"
DAY_OF_YEAR = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"

Rule = Callable[[Any], Iterable[tuple[str, str]]]
"""A check of one made value, for what several of its fields must be to each other: `end` not before `start`.

It answers with (key, message) for each field that is wrong."""


@dataclass(frozen=True, slots=True)
class AnyText:
    """Any text that is not blank."""


@dataclass(frozen=True, slots=True)
class Name:
    """An identifier of the letters of `pattern`.

    Where `of` is given, the name must be known as one of these kinds (`state`, `role` …) or stand in `also`.
    A `reserved` word means something else in the file and cannot be given as a name.
    """

    pattern: str = WORD
    of: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few fixed words."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, `least` or greater."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class IsoDate:
    """A date, YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, HH:MM."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days, `10 wd` (working) or `10 cd` (calendar); a bare number is of the unit `bare`, if any."""

    bare: Literal["wd", "cd"] | None = None


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day of any year, MM-DD."""


@dataclass(frozen=True, slots=True)
class Decimal:
    """A decimal with a point and at most three places, as a text: "0.45"; it becomes whole thousandths."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a call: a text, a whole number, true, false or a list of texts."""


@dataclass(frozen=True, slots=True)
class Called:
    """A call of a registry's function: `has_bodies`, or `{paper_named: {field: number}}`.

    `of` is the kind of name that the registry defines: `guard`, `effect`, `predicate`, `warning`.
    """

    of: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of `least` to `most` values of one shape; a `distinct` one refuses the same text twice."""

    item: Shape
    least: int = 0
    most: int | None = None
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping whose keys are the file's own, in its order: the states of a machine, the days of a calendar.

    With `into` each value is a record that takes its key as this field (`id`), and all together become a
    tuple; without it they become a mapping. `defines` is the kind of name that the keys make known.
    """

    value: Shape
    key: Name | IsoDate = Name()
    into: str | None = None
    defines: str | None = None
    least: int = 0


@dataclass(frozen=True, slots=True)
class Tree:
    """Nested mappings down to `leaf`, read flat: `digest: {see: {vi: …}}` becomes the key `digest.see`.

    A mapping that has any key of a leaf (`vi`) is a leaf, so no branch can bear that key. A key may have dots
    itself: `digest.see.short` is how to write what belongs under the name of a leaf.
    """

    leaf: Record
    key: Name = Name(DOTTED)


@dataclass(frozen=True, slots=True)
class Maybe:
    """Around the shape of a record's field: the field may be left out, and the value's own default holds."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with these keys and no others.

    `make` is called with what was read, by key, and gives the value, which every one of `rules` then checks.
    """

    fields: Mapping[str, Shape | Maybe]
    make: Callable[..., Any]
    rules: tuple[Rule, ...] = ()


TextShape = AnyText | Name | Choice | IsoDate | Clock | Days | DayOfYear | Decimal | Called
"""What is written as a text; a call and a span of days may be written otherwise too."""

Shape = TextShape | Whole | Flag | Parameter | ListOf | Keyed | Tree | Record

TEXT = Record({"vi": AnyText(), "en": AnyText()}, Text)


def names(of: str, *, least: int = 0, pattern: str = WORD, also: tuple[str, ...] = ()) -> ListOf:
    """A list of different known names."""
    return ListOf(Name(pattern, of=(of,), also=also), least=least, distinct=True)


def document(
    kind: str, fields: Mapping[str, Shape | Maybe], make: Callable[..., Any], *, rules: tuple[Rule, ...] = ()
) -> Record:
    """The top level of a file: its kind, its name and version, and the fields of that kind."""

    def made(*, definition: str, **values: Any) -> Any:
        del definition  # the kind is the value's class, and no field of it
        return make(**values)

    head: dict[str, Shape | Maybe] = {
        "definition": Choice((kind,)),
        "name": Name(SLUG),
        "version": Whole(least=1),
    }
    return Record({**head, **fields}, made, rules)
