"""The table in which a vote's counts are filled in, a row for each line of its title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exchange.sheets.chase import Book, Cell, SheetColumn, TableSheet
from runtime.office.looking import Looking, local_time
from runtime.views.session_votes import VoteLine
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

HANDS = {
    "nominee_ref": 12,
    "nominee_name": 26,
    "position_unit": 30,
    "voting": 10,
    "for": 10,
    "against": 10,
    "other": 10,
}
SLIPS = {
    "slip": 8,
    "nominee_ref": 12,
    "nominee_name": 26,
    "position_unit": 30,
    "issued": 9,
    "collected": 9,
    "valid": 9,
    "invalid": 9,
    "for": 9,
    "against": 9,
}
"""The columns in their order, with their widths in characters."""
COUNTS = frozenset({"issued", "collected", "valid", "invalid", "for", "against", "other"})


def count_sheet(looking: Looking, item: Item, lines: Sequence[VoteLine]) -> Book:
    """A row for each line, with what the opening of the vote fixed; `looking` speaks Vietnamese."""
    words, session = looking.words, CouncilSession.of(item)
    columns = SLIPS if lines[0].line.group is not None else HANDS
    held = looking.day(session.held_on or session.planned_on)
    return Book(
        titles=(words("count_sheet.title"), looking.title(lines[0].line.title)),
        remark=words("count_sheet.remark", ref=looking.ref(item.key), ngay=held),
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        sheets=(
            TableSheet(
                words("count_sheet.name"),
                tuple(_column(looking, name, columns) for name in columns),
                tuple(tuple(_cell(each, name) for name in columns) for each in lines),
            ),
        ),
        page=words("chase.page"),
        made=local_time(looking.now, looking.zone).replace(tzinfo=None),
    )


def _column(looking: Looking, name: str, columns: Mapping[str, int]) -> SheetColumn:
    width = columns[name]
    key = heading_of(name, slips="issued" in columns) if name in COUNTS else f"column.{name}"
    return SheetColumn(looking.words(key), width, "number" if name in COUNTS or name == "voting" else "text")


def heading_of(name: str, *, slips: bool) -> str:
    """The catalogue's key of a count's heading."""
    return f"counted.{name}" if slips else f"counted.hands_{name}"


def _cell(each: VoteLine, name: str) -> Cell:
    values: dict[str, Cell] = {
        "slip": each.line.group,
        "nominee_ref": each.line.ref,
        "nominee_name": each.name,
        "position_unit": ", ".join(filter(None, (each.position, each.unit))),
        "issued": each.line.issued,
        "voting": each.voting,
    }
    return values.get(name)
