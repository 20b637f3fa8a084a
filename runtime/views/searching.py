"""A search through all years: lines of dossiers by parts of names, decisions by their numbers. Whom records
name is `runtime.views.achievements.searched`'s."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from runtime.office.looking import Looking
from storage import search_views
from storage.values import NomineeLine
from workflow.model.achievements import name_key
from workflow.model.facts import Item, Key
from workflow.model.papers import number_key

MOST_LINES = 50


class LineFound(NamedTuple):
    """A line of a dossier, in words."""

    key: Key
    no: int
    ref: str
    name: str
    unit: str
    title: str
    state: str


def lines_called(looking: Looking, text: str) -> tuple[tuple[LineFound, ...], bool]:
    """The lines whose name holds all of the words or parts of words, tone marks left out; and whether there
    are more. A line that was removed, or is called otherwise by now, is none of them."""
    parts = [name_key(word) for word in text.split()]
    if not parts:
        return (), False
    places: dict[tuple[Key, int], None] = {}
    for key, no, name in _names(looking):
        if _holds(name, parts):
            places[key, no] = None
        if len(places) > MOST_LINES:
            break
    wanted = [*places][:MOST_LINES]
    items = looking.reading.items({key for key, _no in wanted})
    lines = {key: {each.nominee.no: each for each in looking.reading.lines(key)} for key in items}
    found = (
        _found(looking, items[key], line)
        for key, no in wanted
        if (line := lines[key].get(no)) is not None and _holds(line.name or "", parts)
    )
    return tuple(found), len(places) > MOST_LINES


def _names(looking: Looking) -> Iterator[tuple[Key, int, str]]:
    """Every name of a line, the newest dossiers' first, a year at a time: most searches end in one."""
    for year in looking.plan_years:
        for ref, no, name in search_views.line_names(looking.reading, looking.office, year):
            yield Key(looking.office, year, ref), no, name


def _holds(name: str, parts: list[str]) -> bool:
    key = name_key(name)
    return all(part in key for part in parts)


def _found(looking: Looking, item: Item, line: NomineeLine) -> LineFound:
    return LineFound(
        item.key,
        line.nominee.no,
        f"{looking.ref(item.key)}/{line.nominee.no}",
        line.name or "",
        line.unit or "",
        looking.title(line.nominee.title),
        looking.state(item),
    )


def decisions_numbered(looking: Looking, text: str) -> tuple[Item, ...]:
    """The issued decisions of this number, all of it or the part before the stroke."""
    wanted = number_key(text)
    if not any(sign.isdecimal() for sign in wanted):
        return ()
    keys = (
        key
        for key, number in search_views.decision_numbers(looking.reading, looking.office)
        if number_key(number) == wanted or number_key(number).startswith(f"{wanted}/")
    )
    return tuple(item for key in keys if (item := looking.reading.item(key)))
