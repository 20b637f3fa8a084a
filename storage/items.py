"""Items as they stand, read without locks: for explaining and previewing, never for deciding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storage.database import Database
from storage.errors import translated
from storage.rows import item_of, nominee_of, open_task_of, place
from storage.statements import STATEMENTS, items
from storage.tables import item
from workflow.model.facts import DossierState, Item, Key, OpenTask


def item_at(database: Database, key: Key) -> Item | None:
    """The item with its details and nominees; None where there is none."""
    here = [item.c.office == key.office, item.c.year == key.year, item.c.ref == key.ref]
    with translated(database.where):
        rows = [tuple(row) for row in database.connection.execute(items().where(*here))]
    if not rows:
        return None
    found = item_of(key, rows)
    if found.dossier is None:
        return found
    nominees = tuple(nominee_of(each) for each in _rows(database, "nominees", place(key, prefix="b_")))
    return item_of(key, rows, nominees)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What guards and warnings may need beside an item of the office (`workflow.engine.ports.Reads`)."""

    database: Database
    office: str

    def dossiers_of(self, task: Key) -> tuple[DossierState, ...]:
        where = {"b_office": task.office, "b_year": task.year, "b_parent": task.ref}
        return tuple(DossierState(*row) for row in _rows(self.database, "dossiers_of", where))

    def open_tasks(self, year: int, quarter: str) -> tuple[OpenTask, ...]:
        where = {"b_office": self.office, "b_year": year, "b_quarter": quarter}
        return tuple(open_task_of(row) for row in _rows(self.database, "open_tasks", where))


def _rows(database: Database, name: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    hot = database.hot(name, STATEMENTS[name])
    with translated(database.where):
        rows = database.driver.execute(hot.sql, hot.bound(params)).fetchall()
    return [hot.row(row) for row in rows]
