"""The sample office of the storage tests: shipped definitions, four plan tasks, and commands to them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from storage import offices
from storage.database import Database
from storage.offices import OfficeRow, StoredDefinition
from storage.tables import metadata
from storage.unit import UnitOfWork, unit_of_work
from tests.ledger import entry_said
from tests.people import OFFICER, VILLAGE
from workflow.engine.case import Case
from workflow.engine.machine import RunnableMachine
from workflow.files.compiled import to_json
from workflow.files.parsing import parse
from workflow.model.calendar import WorkCalendar
from workflow.model.context import Actor, Setting
from workflow.model.decision import Decision
from workflow.model.definition import (
    CalendarYear,
    Catalogue,
    DeadlinePolicy,
    Definition,
    Machine,
    Office,
    RulePack,
)
from workflow.model.facts import Item, Key
from workflow.model.plan import PlanTask
from workflow.services.advance import Advance, Tried, advance
from workflow.services.dossiers import NewDossier, open_dossier
from workflow.services.import_plan import import_tasks
from workflow.services.procedures import PROCEDURES

ROOT = Path(__file__).resolve().parents[2]
OFFICE, YEAR, ZONE = "diem-he", 2026, "Asia/Ho_Chi_Minh"
DIGEST_KEY = b"k" * 32
STARTED_ON = date(2026, 1, 1)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

ROWS = tuple(
    PlanTask(
        number=number,
        quarter="I",
        content=content,
        bodies=bodies,
        lead=bodies[0],
        cooperating=bodies[1:],
        kind=kind,
        part=None,
        period=None,
        due=due,
        derived=("due", "lead"),
        lines=(number,),
    )
    for number, content, bodies, kind, due in (
        (1, "Báo cáo kết quả năm 2025", ("van_hoa_xa_hoi",), "report", date(2026, 3, 31)),
        (2, "Xét khen thưởng đợt 1", ("van_hoa_xa_hoi", "cac_thon"), "award_review", date(2026, 3, 31)),
        (3, "Hướng dẫn bình xét", ("hoi_dong_tdkt", "cac_thon"), "guidance", date(2026, 6, 30)),
        (4, "Ban hành kế hoạch năm 2027", ("ubnd",), "plan_issue", date(2026, 12, 31)),
    )
)


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """A shipped definition with what a database keeps of it."""

    kind: str
    definition: Definition
    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class Shipped:
    """Everything the package ships, ready for use."""

    files: tuple[ShippedFile, ...]
    machines: Mapping[str, RunnableMachine]
    setting: Setting
    catalogue: Catalogue

    def machine(self, name: str) -> RunnableMachine:
        return next(made for made in self.machines.values() if made.definition.name == name)


def shipped_definitions() -> Shipped:
    files = tuple(_file(path) for path in sorted((ROOT / "definitions").glob("*/*/*.yaml")))
    values = [file.definition for file in files]
    machines = {
        file.digest: RunnableMachine(file.definition, digest=file.digest, procedures=PROCEDURES)
        for file in files
        if isinstance(file.definition, Machine)
    }
    setting = Setting(
        office=next(value for value in values if isinstance(value, Office)),
        rules=next(value for value in values if isinstance(value, RulePack)),
        calendar=WorkCalendar.of([value for value in values if isinstance(value, CalendarYear)]),
        policy=next(value for value in values if isinstance(value, DeadlinePolicy)),
        started_on=STARTED_ON,
        now=NOW,
        sandbox=True,
    )
    catalogue = next(value for value in values if isinstance(value, Catalogue))
    return Shipped(files, MappingProxyType(machines), setting, catalogue)


def _file(path: Path) -> ShippedFile:
    parsed = parse(path.read_text(encoding="utf-8"), path=path.name)
    assert parsed.definition is not None, parsed.mistakes
    kind = parsed.source.partition("definition: ")[2].partition("\n")[0]
    return ShippedFile(kind, parsed.definition, parsed.digest, parsed.source)


@dataclass(frozen=True, slots=True)
class House:
    """The office on one database: its address, and what a command needs beside it."""

    url: str
    setting: Setting
    shipped: Shipped

    def open(self, *, lock_timeout: float = 30.0) -> Database:
        return Database(self.url, lock_timeout=lock_timeout)

    def machines(self, digest: str) -> RunnableMachine:
        return self.shipped.machines[digest]

    def case(self, account: str, *, now: datetime = NOW) -> Case:
        """What the wiring gives a service for a command of `account`."""
        return Case(self.setting.at(now), Actor(account), self.machines, lambda: self.shipped.catalogue)


def found_office(database: Database, shipped: Shipped, house: House | None = None) -> None:
    """Writes the office's row, the shipped definitions and the plan of 2026, with the tasks of a house.

    In one transaction: the entries of the tasks then speak for all of it, and the log begins with them.
    """
    with begin(database, command="init") as unit:
        row = OfficeRow(OFFICE, "Điềm He", STARTED_ON, True, None, None, None, DIGEST_KEY)
        offices.store_office(unit, row)
        for file in shipped.files:
            offices.store_definition(
                unit,
                StoredDefinition(
                    file.kind,
                    file.definition.name,
                    file.definition.version,
                    file.digest,
                    compiled=to_json(file.definition),
                    source=file.source,
                ),
            )
        offices.store_plan(unit, year=YEAR, title="Kế hoạch 2026", document="0" * 64)
        if house is not None:
            _import(unit, house, ROWS)
        unit.commit()


def import_rows(database: Database, house: House, rows: tuple[PlanTask, ...]) -> None:
    with begin(database, command="import") as unit:
        _import(unit, house, rows)
        unit.commit()


def _import(unit: UnitOfWork, house: House, rows: tuple[PlanTask, ...]) -> None:
    machine = house.shipped.machine("plan_task")
    import_tasks(unit, rows, house.case(OFFICER), year=YEAR, role="officer", machine=machine)


def act(
    database: Database,
    house: House,
    ref: str,
    event: str,
    *,
    actor: str,
    words: Mapping[str, str] | None = None,
    version: int | None = None,
    note: str | None = None,
    now: datetime = NOW,
) -> Decision | Tried:
    """One command in one transaction, committed unless it was refused."""
    command = Advance(key(ref), event, words or {}, version, note, confirmed=True)
    with begin(database, command=uuid4().hex, now=now) as unit:
        answer = advance(
            unit,
            command,
            house.case(actor, now=now),
        )
        if isinstance(answer, Decision):
            unit.commit()
    return answer


def new_dossier(database: Database, house: House, *, task: str = "T02", note: str | None = None) -> Decision:
    """A drafted dossier of the first village under `task`."""
    command = NewDossier(key(task), VILLAGE, "ldtt", note=note)
    with begin(database, command=uuid4().hex) as unit:
        made = open_dossier(
            unit,
            command,
            house.case(VILLAGE),
            machine=house.shipped.machine("nomination_dossier"),
        )
        assert isinstance(made, Decision), made
        unit.commit()
    return made


def key(ref: str) -> Key:
    return Key(OFFICE, YEAR, ref)


def begin(
    database: Database, *, command: str = "command", now: datetime = NOW
) -> AbstractContextManager[UnitOfWork]:
    return unit_of_work(database, office=OFFICE, zone=ZONE, command=command, now=now)


def stored(database: Database, ref: str) -> Item:
    """The item as a transaction of its own finds it."""
    with begin(database) as unit:
        found = unit.lock(key(ref))
    assert found is not None, ref
    return found


def rows_of(database: Database, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table as the driver gives it, in the order of its primary key."""
    order = ", ".join(column.name for column in metadata.tables[table].primary_key)
    return [
        tuple(row) for row in database.connection.execute(text(f"SELECT * FROM {table} ORDER BY {order}"))
    ]


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    return {name: rows_of(database, name) for name in metadata.tables}


def count_rows(database: Database, table: str, where: str = "1 = 1") -> int:
    found = database.connection.execute(text(f"SELECT count(*) FROM {table} WHERE {where}"))
    return int(found.scalar_one())


def records(database: Database) -> list[dict[str, object]]:
    """What every entry says, in order."""
    found = database.connection.execute(text("SELECT bytes FROM entry ORDER BY log, seq"))
    return [entry_said(bytes(row[0])) for row in found]
