"""What an office has beside its running items: its row, its definitions, its plans, and lists of items.

Written within a unit of work, read on the held connection without locks. What an event reads and writes is
in `storage.unit`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Executable, insert, or_, select, update

from storage.columns import DEFINITION_READ, OFFICE_READ
from storage.database import Database
from storage.errors import ReleasedDefinition, translated
from storage.intact import checksum, intact
from storage.rows import item_of
from storage.statements import items, listed
from storage.subjects.task import TASK
from storage.tables import deadline, definition, dossier, expectation, item, office, plan, task, term
from storage.unit import UnitOfWork
from workflow.model.facts import Item, Key


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """`clock` is the time that a sandbox has reached; `actor` acts where none is named.

    `digest_key` keys the digests of commands, so that they tell nothing of what was typed. `channels` are
    those over which accounts are reached beside their inbox, by account; the contacts themselves are a table.
    `signs_in`: somebody can sign in, so that acting needs a login.
    """

    office: str
    title: str
    started_on: date
    sandbox: bool
    clock: datetime | None
    language: str | None
    actor: str | None
    digest_key: bytes
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signs_in: bool = False


@dataclass(frozen=True, slots=True)
class StoredDefinition:
    """A definition as it runs: `compiled` is the JSON of `workflow.files.compiled`, `source` the file's
    text. `checksum` is kept with the compiled text and made when it is stored."""

    kind: str
    name: str
    version: int
    digest: str
    compiled: str
    source: str
    checksum: str | None = field(default=None, compare=False)

    @property
    def intact(self) -> str:
        """The compiled text as it was written. Raises DefinitionDamaged."""
        return intact(self.kind, self.name, self.version, self.compiled, self.checksum)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`document` is the SHA-256 of the document in hex; `last_dossier` the last number given out."""

    year: int
    title: str
    document: str
    imported_at: datetime
    last_dossier: int


_PLAN = tuple(PlanRow.__dataclass_fields__)


# -- writing -----------------------------------------------------------------------------------------


def store_office(unit: UnitOfWork, row: OfficeRow) -> None:
    """Makes the unit's office. An office that stands already is an IntegrityError."""
    unit.execute(insert(office), {name: getattr(row, name) for name in OFFICE_READ})


def count_tasks(unit: UnitOfWork, *, year: int, last: int) -> None:
    """Numbers of tasks that come up go on after `last`, and after those that came up before."""
    here = [plan.c.office == unit.office, plan.c.year == year]
    later = plan.c.last_task.is_(None) | (plan.c.last_task < last)
    unit.execute(update(plan).where(*here, later).values(last_task=last))


def set_actor(unit: UnitOfWork, actor: str | None) -> None:
    unit.execute(update(office).where(office.c.office == unit.office).values(actor=actor))


def set_title(unit: UnitOfWork, title: str) -> None:
    unit.execute(update(office).where(office.c.office == unit.office).values(title=title))


def set_clock(unit: UnitOfWork, clock: datetime) -> None:
    """Moves a sandbox's clock on; one that stands later already stays."""
    later = office.c.clock.is_(None) | (office.c.clock < clock)
    unit.execute(update(office).where(office.c.office == unit.office, later).values(clock=clock))


def store_definition(unit: UnitOfWork, new: StoredDefinition) -> bool:
    """Keeps a definition; False where the very same stands. Raises ReleasedDefinition for another digest."""
    values = {name: getattr(new, name) for name in DEFINITION_READ} | {"checksum": checksum(new.compiled)}
    same_name = [definition.c[name] == values[name] for name in ("kind", "name", "version")]
    found = unit.execute(
        select(definition.c.digest).where(definition.c.office == unit.office, *same_name)
    ).scalar()
    if found is not None and found != new.digest:
        raise ReleasedDefinition(kind=new.kind, name=new.name, version=new.version)
    if found is None:
        unit.execute(insert(definition), {"office": unit.office, "adopted_at": unit.now, **values})
    return found is None


def store_plan(unit: UnitOfWork, *, year: int, title: str, document: str) -> None:
    """Makes the year's plan, or names the document that it was last imported from."""
    values = {"title": title, "document": document, "imported_at": unit.now}
    changed = unit.execute(
        update(plan).where(plan.c.office == unit.office, plan.c.year == year).values(values)
    )
    if not changed.rowcount:
        unit.execute(insert(plan), {"office": unit.office, "year": year, "last_dossier": 0, **values})


# -- reading -----------------------------------------------------------------------------------------


def offices(database: Database) -> tuple[str, ...]:
    return tuple(row[0] for row in _rows(database, select(office.c.office).order_by(office.c.office)))


def languages(database: Database) -> tuple[str | None, ...]:
    """What the offices speak, as far as that is stored: of every schema that there ever was."""
    return tuple(row[0] for row in _rows(database, select(office.c.language).order_by(office.c.office)))


def office_rows(database: Database) -> Mapping[str, OfficeRow]:
    """Every office by its name, in order."""
    return {
        row[0]: replace(OfficeRow(*row[:-2]), channels=_channels(row[-2]), signs_in=bool(row[-1]))
        for row in database.rows("offices", {})
    }


def _channels(told: str | None) -> Mapping[str, tuple[str, ...]]:
    """The channels by account, each account's in order."""
    pairs = sorted(pair.split(" ") for pair in told.split(",")) if told else []
    return {
        account: tuple(channel for _account, channel in those)
        for account, those in groupby(pairs, key=lambda pair: pair[0])
    }


def definitions(database: Database, name: str) -> tuple[StoredDefinition, ...]:
    """All that the office has stored, by kind, name and version."""
    found = database.rows("definitions", {"b_office": name})
    return tuple(StoredDefinition(*row) for row in found)


def definition_by_digest(database: Database, name: str, digest: str) -> StoredDefinition | None:
    columns = [definition.c[column] for column in DEFINITION_READ]
    row = _first(database, select(*columns).where(definition.c.office == name, definition.c.digest == digest))
    return None if row is None else StoredDefinition(*row)


def plan_years(database: Database, name: str) -> tuple[int, ...]:
    """The years that have a plan, the newest last."""
    return tuple(row[0] for row in database.rows("plan_years", {"b_office": name}))


def plan_row(database: Database, name: str, year: int) -> PlanRow | None:
    columns = [plan.c[column] for column in _PLAN]
    row = _first(database, select(*columns).where(plan.c.office == name, plan.c.year == year))
    return None if row is None else PlanRow(*row)


def tasks_of(database: Database, name: str, year: int) -> list[Item]:
    """The year's tasks in the plan's order, as they stand, without the standing place, which is no row;
    nothing is locked."""
    here = [item.c.office == name, item.c.year == year, task.c.quarter != ""]
    tasks = items(TASK, task).add_columns(item.c.ref).where(*here)
    found = _rows(database, tasks.order_by(None).order_by(task.c.number, term.c.term))
    return [
        item_of(Key(name, year, ref), list(rows), TASK)
        for ref, rows in groupby(found, key=lambda row: row[-1])
    ]


def items_in(database: Database, name: str, *, digest: str, states: Collection[str]) -> list[Key]:
    """The items that run on the machine of this digest and stand in one of the states."""
    here = [item.c.office == name, item.c.digest == digest, item.c.state.in_(states)]
    found = _rows(database, select(item.c.year, item.c.ref).where(*here))
    return [Key(name, year, ref) for year, ref in found]


def items_taken_by(database: Database, name: str, accounts: Collection[str]) -> list[Key]:
    """The items that one of the accounts has claimed, was passed on or passed on, in lock order."""
    taken = item.c.claimed_by.in_(accounts) | item.c.delegated_by.in_(accounts)
    found = _rows(database, select(item.c.year, item.c.ref).where(item.c.office == name, taken))
    return sorted(Key(name, year, ref) for year, ref in found)


def dossiers_left_with(
    database: Database, name: str, bodies: Collection[str], accounts: Collection[str]
) -> list[Key]:
    """The open dossiers of these bodies on which one of the accounts must act, in lock order."""
    same = (dossier.c.office == item.c.office) & (dossier.c.year == item.c.year)
    joined = dossier.join(item, same & (dossier.c.ref == item.c.ref))
    theirs = or_(*(item.c.owners.contains(f'"{account}"', autoescape=True) for account in accounts))
    here = [item.c.office == name, item.c.open.is_(True), dossier.c.body.in_(bodies), theirs]
    found = select(item.c.year, item.c.ref).select_from(joined).where(*here)
    return sorted(Key(name, year, ref) for year, ref in _rows(database, found))


def items_with_pending(database: Database, name: str) -> list[Key]:
    """The items that have a row to come, in the order in which they are locked."""
    here = [deadline.c.office == name, deadline.c.status == "pending"]
    found = select(deadline.c.year, deadline.c.ref).where(*here).distinct()
    return sorted(Key(name, year, ref) for year, ref in _rows(database, found))


def tasks_expecting(database: Database, name: str, year: int | None) -> list[Key]:
    """The open tasks, of one year or of all, that have a list of expected dossiers, in the order in which
    they are locked."""
    same = (expectation.c.office == item.c.office) & (expectation.c.year == item.c.year)
    joined = expectation.join(item, same & (expectation.c.ref == item.c.ref))
    here = [item.c.office == name, item.c.open, *([item.c.year == year] if year is not None else [])]
    found = select(item.c.year, item.c.ref).select_from(joined).where(*here).distinct()
    return sorted(Key(name, year, ref) for year, ref in _rows(database, found))


def open_items(database: Database, name: str) -> list[Key]:
    """The items in an open state, in the order in which they are locked."""
    found = select(item.c.year, item.c.ref).where(item.c.office == name, item.c.open)
    return sorted(Key(name, year, ref) for year, ref in _rows(database, found))


def due_items(database: Database, name: str, *, now: datetime, limit: int) -> list[Key]:
    """Items with a pending row whose time has come, the longest overdue first."""
    rows = database.rows("due_items", {"b_office": name, "b_at": now, "b_limit": limit})
    return [Key(name, year, ref) for year, ref, _at in rows]


class Version(NamedTuple):
    """Which version of an item stands, and whether in an open state."""

    number: int
    open: bool


def versions(database: Database, name: str, refs: Sequence[str]) -> Mapping[int, Mapping[str, Version]]:
    """Every year that has a plan, the newest last, with the versions of those items of these references that
    stand in it."""
    found: dict[int, dict[str, Version]] = {}
    for year, ref, version, is_open in database.rows(
        "versions", {"b_office": name, "b_refs": listed(database.dialect, refs)}
    ):
        standing = found.setdefault(year, {})
        if ref is not None:
            standing[ref] = Version(version, is_open)
    return found


def _rows(database: Database, statement: Executable) -> Sequence[Any]:
    with translated(database.where):
        return database.connection.execute(statement).all()


def _first(database: Database, statement: Executable) -> Any:
    with translated(database.where):
        return database.connection.execute(statement).first()
