"""Rows that may be of one nominee: equal names, and names that differ in their tones alone.

Who has the same name, birth and place under the same title is a duplicate; whatever else might be one is
asked, and whoever is told apart by birth or place is said to be another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from exchange.lists.lines import Nominee
from exchange.lists.names import without_tones
from exchange.lists.sentences import found
from exchange.lists.values import Finding, Line
from workflow.model.definition import Text
from workflow.model.wording import as_name, fold

MOST_COMPARED = 50
"""Earlier rows of one name to which a row is held: a list that repeats one name a thousand times is no
list."""
BIRTH = Text("ngày sinh", "birth")
PLACE = Text("nơi ở, đơn vị", "place or unit")
POSITION = Text("chức vụ", "position")
SAME_NAME = Text("tên", "name")


class Likeness(NamedTuple):
    """Of two rows what is known of both: whether equal or not, None where one of them does not say it."""

    name: bool
    born: bool | None
    exact: bool
    unit: bool | None
    position: bool | None

    @property
    def equal(self) -> int:
        """How much of it is equal."""
        return sum(each is True for each in self)


@dataclass(frozen=True, slots=True)
class Twin:
    """What a later row is to an earlier one; `code` is that of the finding."""

    code: str
    other: Nominee
    like: Likeness


ORDER = ("duplicate", "suspect_duplicate", "not_duplicate", "near_name")
"""The graver first: one row is told of one other."""


def twins(nominees: Sequence[Nominee]) -> Iterator[tuple[Nominee, Twin]]:
    """Every row that is near to an earlier one, with the gravest that there is to say of it."""
    groups: dict[tuple[str, str], list[tuple[str, Nominee]]] = defaultdict(list)
    for nominee in nominees:
        first = nominee.first
        name = as_name(first.name)
        # `Nam (A)` and `Nam (B)` were told apart by whoever wrote the list.
        earlier = groups[first.kind, fold(first.name.partition(" (")[0])]
        near = [
            twin for key, other in earlier[:MOST_COMPARED] if (twin := _twin(nominee, other, key == name))
        ]
        if near:
            yield nominee, min(near, key=lambda twin: (ORDER.index(twin.code), -twin.like.equal))
        earlier.append((name, nominee))


def _twin(later: Nominee, other: Nominee, same: bool) -> Twin | None:
    like = _likeness(later.first, other.first, same)
    if same:
        code = _equal_names(like, later, other)
    elif _bare(later) == _bare(other):
        code = _near_names(like)
    else:
        # `Thân` and `Thăn` are two names; of one birth day they may be one that was typed wrongly.
        code = "suspect_duplicate" if like.exact else None
    return Twin(code, other, like) if code else None


def _bare(nominee: Nominee) -> str:
    return without_tones(as_name(nominee.first.name.partition(" (")[0]))


def _likeness(one: Line, other: Line, same: bool) -> Likeness:
    born = _same_birth(one.born, other.born)
    exact = bool(born) and min(len(one.born or ""), len(other.born or "")) == len("1974-03-02")
    return Likeness(same, born, exact, _same(one.unit, other.unit), _same(one.position, other.position))


def _same_birth(one: str | None, other: str | None) -> bool | None:
    """Held to what both say: `1974-03-02` and `1974` are one birth."""
    if not one or not other:
        return None
    return one.startswith(other) or other.startswith(one)


def _same(one: str | None, other: str | None) -> bool | None:
    return as_name(one) == as_name(other) if one and other else None


def _equal_names(like: Likeness, later: Nominee, other: Nominee) -> str | None:
    if like.born is False or (like.born is None and like.unit is False):
        return "not_duplicate" if like.unit is False else "near_name"
    titles = [{line.title for line in each.lines if line.title} for each in (later, other)]
    if all(titles) and not titles[0] & titles[1]:
        # One person on two lists of one file, each for a title of its own.
        return None
    # Of persons the name alone does not tell them apart, nor one.
    known = later.first.kind == "collective" or like.born or like.unit
    return "duplicate" if known and all(titles) and like.unit is not False else "suspect_duplicate"


def _near_names(like: Likeness) -> str:
    if like.born is False:
        return "not_duplicate" if like.unit is False else "near_name"
    if like.exact or (like.born and like.unit is not False):
        return "suspect_duplicate"
    if like.born is None and like.unit:
        return "suspect_duplicate"
    return "not_duplicate" if like.unit is False else "near_name"


def told(nominee: Nominee, twin: Twin) -> Finding:
    """The finding of the later row, at its name."""
    line, other = nominee.first, twin.other.first
    same = twin.like.name and twin.code in ("near_name", "not_duplicate")
    finding = found(
        "same_name" if same else twin.code,
        line.sheet,
        line.name_cell,
        row=_row(other, line),
        name=line.name if twin.code in ("near_name", "not_duplicate") else other.name,
        other=other.name,
        alike=_listed(twin.like, True),
        unlike=_listed(twin.like, False),
    )
    return replace(finding, code=twin.code)


def _row(other: Line, line: Line) -> Text:
    """Its number, with its sheet where that is another one."""
    if other.sheet == line.sheet:
        return Text(str(other.row), str(other.row))
    return Text(f"{other.row} trang “{other.sheet}”", f"{other.row} of sheet “{other.sheet}”")


def _listed(like: Likeness, equal: bool) -> Text:
    """What is equal, or what is not."""
    held = ((like.born, BIRTH), (like.unit, PLACE), (like.position, POSITION))
    said = [word for same, word in held if same is equal]
    if not said:
        return (
            Text("không có gì khác để phân biệt", "nothing else to tell them apart") if equal else SAME_NAME
        )
    lead = Text("cùng ", "same ") if equal else Text("", "")
    return Text(lead.vi + ", ".join(word.vi for word in said), lead.en + ", ".join(word.en for word in said))
