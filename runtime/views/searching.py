"""A search through all years: lines of dossiers by parts of names, decisions by their numbers. Whom records
name is `runtime.views.achievements.searched`'s."""

from __future__ import annotations

from typing import NamedTuple

from runtime.office.looking import Looking
from storage import search_views
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
    are more."""
    parts = [name_key(word) for word in text.split()]
    places: dict[tuple[Key, int], None] = {}
    if not parts:
        return (), False
    for key, no, name in search_views.line_names(looking.reading, looking.office):
        if _holds(name, parts):
            places[key, no] = None
        if len(places) > MOST_LINES:
            break
    found = (line for place in [*places][:MOST_LINES] if (line := _line(looking, *place, parts)))
    return tuple(found), len(places) > MOST_LINES


def _holds(name: str, parts: list[str]) -> bool:
    key = name_key(name)
    return all(part in key for part in parts)


def _line(looking: Looking, key: Key, no: int, parts: list[str]) -> LineFound | None:
    """The line as it stands; None where it was removed, or is called otherwise by now."""
    line = next((each for each in looking.reading.lines(key) if each.nominee.no == no), None)
    item = looking.reading.item(key)
    if line is None or item is None or line.name is None or not _holds(line.name, parts):
        return None
    return LineFound(
        key,
        no,
        f"{looking.ref(key)}/{no}",
        line.name,
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
