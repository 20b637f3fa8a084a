"""Items as they stand, read without locks: for explaining and previewing, never for deciding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from storage.achievement_rows import achievement_of
from storage.database import Database
from storage.errors import translated
from storage.log.recorded import entries_of, recorded_of
from storage.rows import done_rows_of, item_of, open_task_of, place
from storage.statements import listed
from workflow.model.achievements import Achievement, by_name, name_key
from workflow.model.dossiers import DescribedLine, DossierState, described_lines
from workflow.model.facts import Item, Key
from workflow.model.holding import Holder, holders_of
from workflow.model.movements import Movement, movement_of
from workflow.model.recorded import Recorded, Words
from workflow.model.tasks import DoneRow, OpenTask, plan_kind_of


def item_at(database: Database, key: Key) -> Item | None:
    """The item with its details and their lines; None where there is none."""
    kept, here = database.kept.of(key.ref), place(key, prefix="b_")
    rows = _rows(database, f"read_{kept.table}", here) if kept else ()
    if kept is None or not rows:
        return None
    lines = kept.lines
    found = lines.values(_rows(database, f"lines_of_{lines.table}", here)) if lines else ()
    return item_of(key, rows, kept, found)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What guards and warnings may need beside an item of the office (`workflow.engine.ports.Reads`)."""

    database: Database
    office: str

    def dossiers_of(self, task: Key) -> tuple[DossierState, ...]:
        where = {"b_office": task.office, "b_year": task.year, "b_parent": task.ref}
        return tuple(DossierState(*row) for row in _rows(self.database, "dossiers_of", where))

    def seen(self, key: Key) -> Item | None:
        return item_at(self.database, key)

    def decisions(self, year: int) -> tuple[Item, ...]:
        where = {"b_office": self.office, "b_first": year - 1, "b_last": year + 1}
        places = [Key(self.office, *row) for row in _rows(self.database, "decisions", where)]
        return tuple(item for key in places if (item := item_at(self.database, key)))

    def open_tasks(self, year: int, quarter: str) -> tuple[OpenTask, ...]:
        where = {"b_office": self.office, "b_year": year, "b_quarter": quarter}
        return tuple(open_task_of(row) for row in _rows(self.database, "open_tasks", where))

    def recorded(self, item: Key) -> tuple[Recorded, ...]:
        return tuple(recorded_of(*row) for row in _rows(self.database, "recorded", entries_of(item)))

    def done_rows(self, year: int, kind: str) -> tuple[DoneRow, ...]:
        where = {"b_office": self.office, "b_year": year, "b_kind": plan_kind_of(kind)}
        return done_rows_of(_rows(self.database, "done_rows", where), kind)

    def words(self, item: Key) -> tuple[Words, ...]:
        return tuple(Words(*row) for row in _rows(self.database, "words", place(item, prefix="b_")))

    def holders(self) -> tuple[Holder, ...]:
        return holders_of(_rows(self.database, "holders", {"b_office": self.office}))

    def file_size(self, digest: str) -> int | None:
        files = self.database.files
        return files.size(digest) if files else None

    def movements(self) -> tuple[Movement, ...]:
        return tuple(map(movement_of, _rows(self.database, "movements", {"b_office": self.office})))

    def described_lines(self, period: str, title: str) -> tuple[DescribedLine, ...]:
        where = {"b_office": self.office, "b_period": period, "b_title": title}
        return described_lines(_rows(self.database, "described_lines", where))

    def records_of(self, names: Iterable[str]) -> Mapping[str, tuple[Achievement, ...]]:
        keys = listed(self.database.dialect, sorted(set(map(name_key, names))))
        rows = _rows(self.database, "achievements_named", {"b_office": self.office, "b_keys": keys})
        return by_name(map(achievement_of, rows))


def _rows(database: Database, name: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    hot = database.hot(name)
    with translated(database.where):
        rows = database.driver.execute(hot.sql, hot.bound(params)).fetchall()
    return [hot.row(row) for row in rows]
