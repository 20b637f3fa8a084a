"""The first entries of a log that binds rows, appended when a database of an older schema is upgraded.

One `baseline` entry an item, in its year's log, speaks for all of its rows as they then stood; one in each
log speaks for what is the whole office's. Nothing before is vouched for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select, tuple_

from storage import tables
from storage.database import Database
from storage.log.bound import bound_columns, bound_table
from storage.unit import UnitOfWork
from workflow.model.calendar import local_date
from workflow.model.decision import EntryDraft
from workflow.model.facts import Key
from workflow.model.roles import SYSTEM

BASELINE = "baseline"
PAGE = 200
"""Items, and rows of the whole office, of which entries are made at a time."""


def append_baseline(database: Database, *, now: datetime) -> None:
    """Appends the entries for every office, within the transaction that is open; nothing is committed.

    They are of `now`, in a sandbox of the time that it has reached.
    """
    for name, clock in database.connection.execute(
        select(tables.office.c.office, tables.office.c.clock)
    ).all():
        zone, at = _zone(database, name), clock or now
        unit = UnitOfWork(database, office=name, zone=zone, command=BASELINE, now=at)
        for page in _pages(database, name):
            for key in page:
                unit.record(_draft(), log=key.year, key=key)
            for table in _bound(database, of_items=True):
                place = tuple_(table.c.year, table.c.ref)
                unit.speak_for(
                    table, _rows(database, table, name, place >= page[0][1:], place <= page[-1][1:])
                )
            unit.append()
        years = {key for (key,) in database.connection.execute(_years(name))}
        for year in sorted({*years, local_date(at, zone).year}):
            unit.record(_draft(), log=year)
        for table in _bound(database, of_items=False):
            here = [table.c.ref.is_(None)] if "ref" in table.c else []
            unit.speak_for(table, _rows(database, table, name, *here))
        unit.append()
        unit.flush()


def _draft() -> EntryDraft:
    return EntryDraft(BASELINE, SYSTEM, SYSTEM, from_state=None, to_state=None)


def _zone(database: Database, name: str) -> str:
    definition = tables.definition.c
    found = (
        select(definition.compiled)
        .where(definition.office == name, definition.kind == "office")
        .order_by(definition.version.desc())
        .limit(1)
    )
    return str(json.loads(database.connection.execute(found).scalar_one())["zone"])


def _years(name: str) -> Any:
    return select(tables.plan.c.year).where(tables.plan.c.office == name)


def _pages(database: Database, name: str) -> Iterator[Sequence[Key]]:
    """The office's items in order."""
    item = tables.item.c
    place = tuple_(item.year, item.ref)
    last: tuple[int, str] = (0, "")
    while True:
        found = select(item.year, item.ref).where(item.office == name, place > last)
        page = database.connection.execute(found.order_by(item.year, item.ref).limit(PAGE)).all()
        if not page:
            return
        yield [Key(name, year, ref) for year, ref in page]
        last = (page[-1][0], page[-1][1])


def _bound(database: Database, *, of_items: bool) -> Iterator[Table]:
    """The bound tables whose rows may be of an item; of notices some are not."""
    for name in sorted(database.tables):
        table = database.tables[name]
        if bound_table(table) and ("ref" in table.c if of_items else not _always_of_item(table)):
            yield table


def _always_of_item(table: Table) -> bool:
    return "ref" in table.c and not table.c.ref.nullable


def _rows(database: Database, table: Table, name: str, *where: Any) -> list[dict[str, Any]]:
    found = select(*bound_columns(table)).where(table.c.office == name, *where)
    return [dict(row) for row in database.connection.execute(found).mappings()]
