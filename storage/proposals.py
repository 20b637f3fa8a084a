"""Definitions that somebody proposed and that wait for another person's agreement, written within a unit of
work under the office's lock.

Who may agree is `workflow.model.rights`'; a reason is among the office's erasable words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, insert, select, update

from storage.offices import StoredDefinition
from storage.tables import proposed_definition
from storage.unit import UnitOfWork

Fate = Literal["agreed", "declined", "withdrawn"]

# What waits has no checksum yet: it is made when a definition is stored.
_DEFINITION = tuple(name for name in StoredDefinition.__dataclass_fields__ if name != "checksum")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A definition that waits, with the account that proposed it."""

    number: int
    by: str
    definition: StoredDefinition

    @property
    def title(self) -> str:
        return f"{self.definition.kind}/{self.definition.name}/{self.definition.version}"


def waiting(unit: UnitOfWork) -> tuple[Proposed, ...]:
    """All that waits, by number, under the office's row: of two answers at a time one finds it decided."""
    table = proposed_definition
    unit.lock_office()
    found = (
        select(table.c.number, table.c.proposed_by, *(table.c[name] for name in _DEFINITION))
        .where(table.c.office == unit.office, table.c.status == "waiting")
        .order_by(table.c.number)
    )
    return tuple(
        Proposed(number, by, StoredDefinition(*columns)) for number, by, *columns in unit.execute(found)
    )


def propose(unit: UnitOfWork, new: StoredDefinition, *, by: str, entry: str) -> int:
    """Keeps what `by` proposes, with the id of the entry that says so; answers with its number."""
    table = proposed_definition
    last = unit.execute(select(func.max(table.c.number)).where(table.c.office == unit.office)).scalar()
    number = int(last or 0) + 1
    values = {name: getattr(new, name) for name in _DEFINITION}
    here = {
        "office": unit.office,
        "number": number,
        "proposed_by": by,
        "proposed_at": unit.now,
        "entry": entry,
    }
    unit.execute(insert(table), {**here, **values, "status": "waiting"})
    return number


def end(unit: UnitOfWork, number: int, fate: Fate, *, by: str, entry: str) -> None:
    """What became of a proposal, who decided so, and the entry that says it."""
    table = proposed_definition
    here = [table.c.office == unit.office, table.c.number == number]
    ended = {"status": fate, "ended_by": by, "ended_at": unit.now, "ended_entry": entry}
    unit.execute(update(table).where(*here).values(ended))
