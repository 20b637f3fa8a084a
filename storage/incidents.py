"""Incidents: failures of sweeps and sending, which nobody watches, for an operator to see and to clear.

The same failure at the same item while its incident is open is counted, and makes no second incident.
`detail` is for whoever mends the program: ids, types and lines of code, never a person's name or words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, insert, select, update

from storage.database import Database
from storage.errors import translated
from storage.records import Incident
from storage.tables import incident
from storage.unit import UnitOfWork

FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)
"""How long after a failure the item is not tried again: a minute, doubled each time, up to an hour."""

Place = tuple[int | None, str | None]
"""Year and reference of the item that an incident is about; (None, None) for one of the whole office."""


def record(unit: UnitOfWork, code: str, *, place: Place = (None, None), detail: str | None = None) -> str:
    """Opens an incident at the unit's instant, or counts the open one once more; answers with its id.

    To be called in a transaction of its own, because the one that failed is rolled back. `code` is a short id
    (at most 32 characters) whose words stand in the catalogue under `incident.<code>`.
    """
    # Numbers are given out under this lock, so two programs that fail at once make one incident.
    unit.lock_office()
    same = [incident.c.office == unit.office, incident.c.code == code, incident.c.cleared_at.is_(None)]
    found = unit.execute(select(incident.c.id).where(*same, *_of_item(place))).scalar()
    if found is not None:
        counted = {"seen": incident.c.seen + 1, "last_at": unit.now, "detail": detail}
        unit.execute(update(incident).where(*_named(unit, [found])).values(counted))
        return str(found)
    made = _next_id(unit)
    year, ref = place
    values = {"office": unit.office, "id": made, "year": year, "ref": ref, "code": code, "detail": detail}
    unit.execute(insert(incident), {**values, "seen": 1, "at": unit.now, "last_at": unit.now})
    return made


def clear(unit: UnitOfWork, ids: Sequence[str], *, by: str) -> None:
    """Ends incidents that are open; those that are cleared already stay as they are."""
    ended = {"cleared_at": unit.now, "cleared_by": by}
    still_open = incident.c.cleared_at.is_(None)
    unit.execute(update(incident).where(*_named(unit, ids), still_open).values(ended))


def open_incidents(database: Database, name: str) -> tuple[Incident, ...]:
    """The office's open incidents, the oldest first; read without locks."""
    columns = [incident.c[column] for column in Incident._fields]
    here = [incident.c.office == name, incident.c.cleared_at.is_(None)]
    with translated(database.where):
        rows = database.connection.execute(select(*columns).where(*here).order_by(incident.c.at)).all()
    return tuple(Incident(*row) for row in rows)


def resting(found: Collection[Incident], *, now: datetime) -> frozenset[Place]:
    """The items (and, as (None, None), the office) which it is too early to try again."""
    return frozenset((met.year, met.ref) for met in found if rests(met, now))


def rests(met: Incident, now: datetime) -> bool:
    """Whether it is too early to try again."""
    rest = min(FIRST_REST * 2 ** min(met.seen - 1, 10), LONGEST_REST)
    # `last_at` after `now`: the clock was set back, and nobody knows how long to wait; so nobody does.
    return met.cleared_at is None and met.last_at <= now < met.last_at + rest


def _of_item(place: Place) -> list[ColumnElement[bool]]:
    year, ref = place
    return [incident.c.year.is_not_distinct_from(year), incident.c.ref.is_not_distinct_from(ref)]


def _named(unit: UnitOfWork, ids: Sequence[str]) -> list[ColumnElement[bool]]:
    return [incident.c.office == unit.office, incident.c.id.in_(ids)]


def _next_id(unit: UnitOfWork) -> str:
    """I01, I02 … within the office."""
    number: Any = cast(func.substr(incident.c.id, 2), Integer)
    last = unit.execute(select(func.max(number)).where(incident.c.office == unit.office)).scalar()
    return f"I{(last or 0) + 1:02}"
