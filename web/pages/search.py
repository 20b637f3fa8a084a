"""Tra cứu: persons, collectives and households by parts of their names, decisions by their numbers; what one
of them received."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from runtime.office.looking import Looking
from runtime.office.typed import whole
from runtime.views import achievements
from runtime.views.decisions import COLUMNS, decision_cells
from runtime.views.searching import decisions_numbered, lines_called
from web.desk import Desk
from web.links import item_path
from web.replies import Page, Reply, Shown
from workflow.model.achievements import Achievement, Somebody
from workflow.model.errors import UnknownReference
from workflow.model.facts import Key

MOST_RECORDS = 200


class Hit(NamedTuple):
    """Something that was found, and where it is seen."""

    to: str
    name: str
    cells: tuple[str, ...]


def search(desk: Desk) -> Reply:
    looking, text = desk.looking, " ".join(desk.asked.one("q").split())
    values: dict[str, Any] = {"q": text, "people": (), "lines": (), "decisions": (), "more": False}
    if text:
        found, more = achievements.searched(looking, text.split())
        lines, more_lines = lines_called(looking, text)
        values |= {
            "people": [_person(looking, one) for one in found.people],
            "lines": [
                Hit(item_path(line.key, line.no), line.ref, (line.name, line.unit, line.title, line.state))
                for line in lines
            ],
            "decisions": [
                Hit(item_path(item.key), ref, tuple(cells))
                for item in decisions_numbered(looking, text)
                for ref, *cells in [decision_cells(looking, item)]
            ],
            "more": more or more_lines,
        }
    return Shown("search", {**values, "decision_columns": COLUMNS})


def _person(looking: Looking, one: Somebody) -> Hit:
    last = one.records[-1]
    return Hit(
        f"/search/{one.number}",
        one.whom.name,
        (
            achievements.born(one.whom.born),
            next((place for each in one.records if (place := achievements.place(looking, each))), ""),
            str(len(one.records)),
            ": ".join(filter(None, (last.period, achievements.what(looking, last)))),
        ),
    )


def person(desk: Desk) -> Reply:
    """What is recorded of one, chosen by the number of a record."""
    looking, number = desk.looking, desk.asked.place["number"]
    if whole(number) is None:
        raise UnknownReference(ref=number)
    found = achievements.looked_up(looking, number)
    if not found.people:
        raise UnknownReference(ref=number)
    (one,) = found.people[:1]
    places = dict.fromkeys(filter(None, (achievements.place(looking, each) for each in one.records)))
    return Shown(
        "person",
        {
            "name": one.whom.name,
            "facts": (
                (looking.words("column.nominee_kind"), looking.words(f"nominee_kind.{one.whom.subject}")),
                (looking.words("history_column.born"), achievements.born(one.whom.born)),
                (looking.words("history_column.unit"), "; ".join(places)),
            ),
            "records": _records(looking, one.records),
            "asked": _records(looking, found.asked),
        },
    )


def _records(looking: Looking, records: Sequence[Achievement]) -> list[Hit]:
    """Each with where the dossier's line is that it came from, if any."""
    return [
        Hit(
            _source(looking, record),
            str(record.number),
            (
                record.period or "",
                achievements.what(looking, record),
                achievements.paper(looking, record),
                record.authority or "",
                achievements.remarks(looking, record),
            ),
        )
        for record in records[:MOST_RECORDS]
    ]


def _source(looking: Looking, record: Achievement) -> str:
    if record.source is None:
        return ""
    return item_path(Key(looking.office, record.source.year, record.source.ref), record.source.line)


PAGES = (
    Page("GET", "/search", search, part="search"),
    Page("GET", "/search/{number}", person, part="search"),
)
