"""Movements as they are kept: read and written within a unit of work under the office's lock.

Their words are among the office's erasable ones, each with the entry that said it last.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Table, delete, insert, select, update

from storage.tables import dossier, movement, movement_body, movement_review, office, office_text
from storage.unit import UnitOfWork
from workflow.model.movements import LISTS, READ, WORDS, Movement, Registration, Review


def locked(unit: UnitOfWork) -> tuple[Movement, ...]:
    """All that there are, by number and without words, under the office's row: of two acts at a time the
    later one sees the earlier."""
    unit.lock_office()
    return unit.movements()


def words_of(unit: UnitOfWork, found: Movement) -> dict[str, str]:
    """The words that stand of it."""
    entry = select(movement.c.entry).where(*_here(unit, movement, found.number)).scalar_subquery()
    said = select(office_text.c.input, office_text.c.value).where(
        office_text.c.office == unit.office, office_text.c.entry == entry, office_text.c.input.in_(WORDS)
    )
    return {str(name): str(value) for name, value in unit.execute(said)}


def _columns(said: Movement) -> dict[str, Any]:
    """Lists as words between blanks; None of an empty one."""
    values: dict[str, Any] = {name: getattr(said, name) for name in READ}
    return {**values, **{name: " ".join(values[name]) or None for name in LISTS}}


def store(unit: UnitOfWork, new: Movement, *, entry: str) -> None:
    """Keeps a movement with the id of the entry that has its words."""
    unit.execute(insert(movement), {"office": unit.office, "entry": entry, **_columns(new)})


def change(unit: UnitOfWork, changed: Movement, *, entry: str | None = None, **beside: str | None) -> None:
    """Writes it as it stands now; with an `entry` its words are those of that."""
    said = {**_columns(changed), **beside, **({"entry": entry} if entry else {})}
    unit.execute(update(movement).where(*_here(unit, movement, changed.number)).values(said))


def next_number(unit: UnitOfWork) -> int:
    """One more than any movement has or had, under the office's lock."""
    standing = max((each.number for each in locked(unit)), default=0)
    removed = unit.execute(select(office.c.last_movement).where(office.c.office == unit.office)).scalar()
    return max(standing, removed or 0) + 1


def remove(unit: UnitOfWork, number: int) -> None:
    """Removes a movement with who registered for it and how it was reviewed; no other gets its number."""
    unit.given_away("last_movement", number)
    for table in (movement_body, movement_review, movement):
        unit.execute(delete(table).where(*_here(unit, table, number)))


def is_linked(unit: UnitOfWork, found: Movement) -> bool:
    """Whether a dossier is about it."""
    linked = select(dossier.c.ref).where(dossier.c.office == unit.office, dossier.c.movement == found.ref)
    return unit.execute(linked.limit(1)).first() is not None


def bodies(unit: UnitOfWork, number: int) -> dict[str, date]:
    """Who is registered, with the day."""
    found = select(movement_body.c.body, movement_body.c.registered_on)
    rows = unit.execute(found.where(*_here(unit, movement_body, number)))
    return {str(body): day for body, day in rows}


def register(unit: UnitOfWork, said: Registration, *, entry: str) -> None:
    """Registers a body; of one that is registered already the day is changed."""
    here = [*_here(unit, movement_body, said.number), movement_body.c.body == said.body]
    values = {"registered_on": said.registered_on, "entry": entry}
    if not unit.execute(update(movement_body).where(*here).values(values)).rowcount:
        unit.execute(insert(movement_body), {"office": unit.office, **said._asdict(), "entry": entry})


def unregister(unit: UnitOfWork, number: int, body: str) -> None:
    here = [*_here(unit, movement_body, number), movement_body.c.body == body]
    unit.execute(delete(movement_body).where(*here))


def reviews(unit: UnitOfWork, number: int) -> tuple[int, ...]:
    """The numbers of its reviews, in order."""
    found = select(movement_review.c.no).where(*_here(unit, movement_review, number))
    return tuple(unit.execute(found.order_by(movement_review.c.no)).scalars())


def review(unit: UnitOfWork, said: Review, *, entry: str) -> None:
    values = {name: getattr(said, name) for name in ("number", "no", "held_on", "paper")}
    unit.execute(insert(movement_review), {"office": unit.office, "entry": entry, **values})


def drop_review(unit: UnitOfWork, number: int, no: int) -> None:
    here = [*_here(unit, movement_review, number), movement_review.c.no == no]
    unit.execute(delete(movement_review).where(*here))


def _here(unit: UnitOfWork, table: Table, number: int) -> list[Any]:
    return [table.c.office == unit.office, table.c.number == number]
