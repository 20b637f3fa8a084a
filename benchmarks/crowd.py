"""The office that is swept: a thousand tasks, each with one row due in every turn, beside many pending rows.

Its tasks are imported through the real door. The other items are copies of them in years of their own, each
with a whole round of pending rows; their logs are there to be passed by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, bindparam, text

from benchmarks.house import OFFICE, YEAR
from benchmarks.measuring import timed
from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.founding import found
from runtime.acts.import_plan import import_plan
from runtime.acts.sweep import sweep
from runtime.office.settings import Options
from storage import offices, tables
from storage.types import Instant
from storage.unit import unit_of_work
from workflow.model.context import Actor
from workflow.model.plan import PlanReading
from workflow.services.import_plan import row_of

DUE = 1_000
NOW = "2026-01-05T08:00"
FIRST_COPY = 19
COPIED = (14, 15, 16, 17)
"""Tasks of the shipped plan that are due with the year."""
FIRST_YEAR = 2040
"""The other items lie in years from here on."""
MODEL = "reminder-30"
_HERE = "WHERE office = :office AND year = :of"
_OPEN = f"(SELECT * FROM item {_HERE} AND open) AS item"


class UnequalSweep(RuntimeError):
    """The sweep did not fire what was made due, so its time says nothing."""

    def __init__(self, swept: object, due: int) -> None:
        super().__init__(f"{self.__doc__} {swept} instead of {due} rows of {due} items.")


def instant_of(turn: int) -> datetime:
    """When the rows of a turn are due: before any other row."""
    return datetime(2026, 1, 6, 1, tzinfo=UTC) + timedelta(hours=turn)


@dataclass(frozen=True, slots=True)
class Crowd:
    """The office on one database, open for acting; `due` tasks have a row due in every turn."""

    acting: Acting
    due: int = DUE

    def make_due(self, turn: int) -> None:
        """Gives each task one more reminder, at the turn's instant."""
        columns, values = _copied(tables.deadline, {"occurrence": ":occurrence", "at": ":at"})
        made = text(
            f"INSERT INTO deadline ({columns}) SELECT {values} FROM deadline {_HERE}"
            " AND name = :name AND occurrence = 1 AND status = 'pending'"
        ).bindparams(bindparam("at", type_=Instant()))
        where = {"office": OFFICE, "of": YEAR, "name": MODEL}
        with self.acting.database.transaction():
            self._run(made, {**where, "occurrence": turn + 2, "at": instant_of(turn)})
            self.acting.database.commit()

    def sweep(self, turn: int) -> float:
        """The production sweep at the turn's instant, one item and one transaction after the other."""
        self.acting.now = instant_of(turn)

        def work() -> None:
            swept = sweep(self.acting)
            if (swept.rows, swept.items) != (self.due, self.due):
                raise UnequalSweep(swept, self.due)

        return timed(work)

    def claim(self, turn: int) -> float:
        """Finds, locks and reads what the sweep would fire, and lets go of it."""
        now, database = instant_of(turn), self.acting.database

        def work() -> None:
            for key in offices.due_items(database, OFFICE, now=now, limit=self.due):
                with unit_of_work(
                    database, office=OFFICE, zone=self.acting.zone, command="claim", now=now
                ) as unit:
                    if unit.lock(key, skip_locked=True) is None or len(unit.due_rows(key, now=now)) != 1:
                        raise UnequalSweep(key, self.due)

        return timed(work)

    def dates(self) -> list[tuple[datetime, int]]:
        """The instants of all pending rows, with how many have each."""
        pending = text("SELECT at, count(*) FROM deadline WHERE status = 'pending' GROUP BY at ORDER BY at")
        found = self.acting.database.connection.execute(pending.columns(tables.deadline.c.at))
        return [(row[0], row[1]) for row in found]

    # -- filling ---------------------------------------------------------------------------------------

    def fill(self, pending: int) -> None:
        """Adds items of other years until so many rows are pending."""
        named = text(
            "SELECT name, min(at) FROM deadline WHERE office = :office AND status = 'pending' GROUP BY name"
        ).columns(tables.deadline.c.name, tables.deadline.c.at)
        found = self.acting.database.connection.execute(named, {"office": OFFICE})
        instants = {row[0]: row[1] for row in found}
        of_a_year = len(instants) * self.due
        for number in range((pending - of_a_year) // of_a_year):
            self._copy_year(FIRST_YEAR + number, instants)
        if self.acting.database.dialect == "postgresql":
            # What the server's autovacuum does in time; nobody does it on SQLite.
            self.acting.database.driver.execute("ANALYZE")

    def _copy_year(self, year: int, instants: Mapping[str, datetime]) -> None:
        other = {"year": ":year"}
        id = "'y' || CAST(:year AS VARCHAR) || ref"
        copies = (
            _insert(tables.plan, f"plan {_HERE}", other),
            _insert(tables.log_head, "log_head WHERE office = :office AND log = :of", {"log": ":year"}),
            _insert(tables.item, _OPEN, {**other, "last_entry": id}),
            _insert(tables.task, f"task {_HERE} AND ref IN (SELECT ref FROM {_OPEN})", other),
            _insert(
                tables.entry,
                f"entry WHERE office = :office AND id IN (SELECT last_entry FROM {_OPEN})",
                {"log": ":year", "id": id, "seq": "row_number() OVER (ORDER BY seq) - 1"},
            ),
        )
        where = {"office": OFFICE, "of": YEAR, "year": year}
        rows = _insert(
            tables.deadline,
            f"deadline {_HERE} AND name = :name AND occurrence = 1 AND status = 'pending'",
            {**other, "at": ":at"},
        )
        with self.acting.database.transaction():
            for copy in copies:
                self._run(text(copy), where)
            for name, at in instants.items():
                later = at.replace(year=at.year + year - YEAR)
                typed = text(rows).bindparams(bindparam("at", type_=Instant()))
                self._run(typed, {**where, "name": name, "at": later})
            self.acting.database.commit()

    def _run(self, statement: Any, params: Mapping[str, Any]) -> None:
        used = {name: params[name] for name in statement.compile().params}
        self.acting.database.connection.execute(statement, used)


def _copied(table: Table, changed: Mapping[str, str]) -> tuple[str, str]:
    """The table's columns, and what a copied row has in them."""
    names = [column.name for column in table.columns]
    return ", ".join(names), ", ".join(changed.get(name, name) for name in names)


def _insert(table: Table, source: str, changed: Mapping[str, str]) -> str:
    columns, values = _copied(table, changed)
    return f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {source}"


def open_crowd(url: str, due: int = DUE) -> Crowd:
    """A new sandbox at the URL with so many tasks due with the year, and none of the shipped plan's."""
    found(Options(db=url, now=NOW), {}, sandbox=True)
    acting = Acting(Options(db=url), {})
    rows = [row for item in acting.tasks(YEAR) if (row := row_of(item)) is not None]
    models = [row for row in rows if row.number in COPIED]
    copies = [replace(models[n % len(models)], number=FIRST_COPY + n) for n in range(due)]
    reading = PlanReading(year=YEAR, title="", tasks=(*rows, *copies), problems=(), unknown_bodies=())
    import_plan(acting, reading, document="0" * 64, role=None)
    acting.actor = Actor("chu-tich")
    results = advance(
        acting, [f"T{row.number:02}" for row in rows], EventRequest("cancel", {"reason": "Không làm"})
    )
    if not all(result.done for result in results):
        raise RuntimeError(f"the shipped plan could not be cancelled: {results}")
    return Crowd(acting, due)
