"""Items as they stand, read without locks: for explaining and previewing, never for deciding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from storage.achievement_rows import achievement_of
from storage.database import Database
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
    rows = database.rows(f"read_{kept.table}", here) if kept else ()
    if kept is None or not rows:
        return None
    lines = kept.lines
    found = lines.values(database.rows(f"lines_of_{lines.table}", here)) if lines else ()
    return item_of(key, rows, kept, found)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What guards and warnings may need beside an item of the office (`workflow.engine.ports.Reads`)."""

    database: Database
    office: str

    def dossiers_of(self, task: Key) -> tuple[DossierState, ...]:
        where = {"b_office": task.office, "b_year": task.year, "b_parent": task.ref}
        return tuple(DossierState(*row) for row in self.database.rows("dossiers_of", where))

    def seen(self, key: Key) -> Item | None:
        return item_at(self.database, key)

    def decisions(self, year: int) -> tuple[Item, ...]:
        where = {"b_office": self.office, "b_first": year - 1, "b_last": year + 1}
        places = [Key(self.office, *row) for row in self.database.rows("decisions", where)]
        return tuple(item for key in places if (item := item_at(self.database, key)))

    def open_tasks(self, year: int, quarter: str) -> tuple[OpenTask, ...]:
        where = {"b_office": self.office, "b_year": year, "b_quarter": quarter}
        return tuple(open_task_of(row) for row in self.database.rows("open_tasks", where))

    def recorded(self, item: Key) -> tuple[Recorded, ...]:
        return tuple(recorded_of(*row) for row in self.database.rows("recorded", entries_of(item)))

    def done_rows(self, year: int, kind: str) -> tuple[DoneRow, ...]:
        where = {"b_office": self.office, "b_year": year, "b_kind": plan_kind_of(kind)}
        return done_rows_of(self.database.rows("done_rows", where), kind)

    def words(self, item: Key) -> tuple[Words, ...]:
        return tuple(Words(*row) for row in self.database.rows("words", place(item, prefix="b_")))

    def holders(self) -> tuple[Holder, ...]:
        return holders_of(self.database.rows("holders", {"b_office": self.office}))

    def file_size(self, digest: str) -> int | None:
        files = self.database.files
        return files.size(digest) if files else None

    def movements(self) -> tuple[Movement, ...]:
        return tuple(map(movement_of, self.database.rows("movements", {"b_office": self.office})))

    def described_lines(self, period: str, title: str) -> tuple[DescribedLine, ...]:
        where = {"b_office": self.office, "b_period": period, "b_title": title}
        return described_lines(self.database.rows("described_lines", where))

    def records_of(self, names: Iterable[str]) -> Mapping[str, tuple[Achievement, ...]]:
        keys = listed(self.database.dialect, sorted(set(map(name_key, names))))
        rows = self.database.rows("achievements_named", {"b_office": self.office, "b_keys": keys})
        return by_name(map(achievement_of, rows))
