"""Substitutions as they are kept: written within a unit of work under the office's lock, read without one.

What may be ordered is decided in `workflow.engine.substituting`; the reason is among the office's erasable
words.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert, select, update

from storage.database import Database
from storage.tables import substitution
from storage.unit import UnitOfWork
from workflow.model.substitution import Substitution

_COLUMNS = tuple(substitution.c[name] for name in Substitution._fields)


def ordered(database: Database, name: str) -> tuple[Substitution, ...]:
    """All that the office ever ordered, by number; nothing is locked."""
    return tuple(Substitution(*row) for row in database.rows("substitutions", {"b_office": name}))


def locked(unit: UnitOfWork) -> tuple[Substitution, ...]:
    """The same under the office's row: of two orders at a time the later one sees the earlier."""
    unit.lock_office()
    found = select(*_COLUMNS).where(substitution.c.office == unit.office).order_by(substitution.c.number)
    return tuple(Substitution(*row) for row in unit.execute(found))


def store(unit: UnitOfWork, new: Substitution, *, entry: str) -> None:
    """Keeps an order with the id of the entry that says so."""
    values = {name: getattr(new, name) for name in Substitution._fields}
    unit.execute(insert(substitution), {"office": unit.office, "entry": entry, **values})


def end(unit: UnitOfWork, number: int, *, on: date) -> None:
    """Ends an order: `on` is the first day without it."""
    here = [substitution.c.office == unit.office, substitution.c.number == number]
    unit.execute(update(substitution).where(*here).values(ended_on=on))
