"""Who holds positions, as it is kept: written within a unit of work under the office's lock.

The names are among the office's erasable words, each with the entry that gave it.
"""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from storage.tables import holder
from storage.unit import UnitOfWork
from workflow.model.holding import Holder

_COLUMNS = tuple(holder.c[name] for name in ("number", "account", "from_day", "until_day"))


def locked(unit: UnitOfWork) -> tuple[Holder, ...]:
    """All that ever stood, by number and without names, under the office's row: of two at a time the later
    one sees the earlier."""
    unit.lock_office()
    found = select(*_COLUMNS).where(holder.c.office == unit.office).order_by(holder.c.number)
    return tuple(Holder(*row) for row in unit.execute(found))


def store(unit: UnitOfWork, new: Holder, *, entry: str) -> None:
    """Keeps a holder with the id of the entry that has the name."""
    values = {column.name: getattr(new, column.name) for column in _COLUMNS}
    unit.execute(insert(holder), {"office": unit.office, "entry": entry, **values})


def end(unit: UnitOfWork, held: Holder) -> None:
    """Writes the last day."""
    here = [holder.c.office == unit.office, holder.c.number == held.number]
    unit.execute(update(holder).where(*here).values(until_day=held.until_day))


def remove(unit: UnitOfWork, held: Holder) -> None:
    unit.execute(delete(holder).where(holder.c.office == unit.office, holder.c.number == held.number))
