"""Founding an office: the database, its schema, the office with its definitions, a sandbox's plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from exchange.plan.reading import read_plan
from runtime.acts.acting import Acting
from runtime.acts.definitions import to_store
from runtime.acts.import_plan import write_plan
from runtime.office.looking import SandboxOnly, instant_of
from runtime.office.results import new_key
from runtime.office.seeds import FOLDERS, Seed, newest, read_definition, seeds, shipped_directory
from runtime.office.settings import Options, database_url, definitions_directory, lock_timeout
from storage import offices, schema
from storage.address import read_address
from storage.database import Database, refuse_network
from storage.errors import CommitLost, ConnectionLost, NoFolder, unwritable
from storage.filelock import locked
from storage.unit import UnitOfWork, unit_of_work
from storage.wholefile import folders_of, give_name, temporary_file
from workflow.files.parsing import Mistake, Parsed
from workflow.files.telling import told
from workflow.model.calendar import local_date
from workflow.model.decision import EntryDraft
from workflow.model.definition import Office
from workflow.model.errors import TdktError, UnknownValue
from workflow.model.plan import PlanReading
from workflow.model.roles import SYSTEM

DEFAULT_OFFICE = "diem-he"


class OfficeExists(TdktError):
    """The office '{office}' stands already in {where}; use it, or name another place with --db."""

    code = "database_exists"


class DefinitionMistakes(TdktError):
    """The definitions have mistakes; nothing was written."""

    code = "definition_mistakes"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__()
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class Founded:
    """What `init` made."""

    office: str
    title: str
    where: str
    started_on: date
    sandbox: bool
    tasks: int
    warnings: int


def found(
    options: Options,
    environment: Mapping[str, str],
    *,
    office: str | None = None,
    sandbox: bool = False,
    started_on: date | None = None,
) -> Founded:
    """Makes the database where there is none, and the office in it, all or nothing; a sandbox gets the
    shipped plan.

    `office` names a shipped or own definition, or a file. Raises DefinitionMistakes, OfficeExists.
    """
    own = Path(definitions_directory(options, environment))
    chosen, parsed, definition = office_definition(office or DEFAULT_OFFICE, seeds(own))
    named = named_definitions(definition, seeds(own))
    if options.now is not None and not sandbox:
        raise SandboxOnly()
    now = instant_of(options.now, definition.zone) if options.now is not None else datetime.now(UTC)
    document = _plan_document(chosen, definition) if sandbox else None
    reading = _read_shipped(document, definition, named) if document else None
    row = offices.OfficeRow(
        definition.name,
        definition.title,
        started_on or _default_start(reading, now, definition.zone),
        sandbox,
        clock=now if options.now is not None else None,
        language=None if sandbox else environment.get("TDKT_LANG", "vi")[:2],
        actor=None,
        digest_key=os.urandom(32),
    )

    def founded(database: Database) -> int:
        with unit_of_work(
            database, office=row.office, zone=definition.zone, command=new_key(), now=now
        ) as unit:
            schema.make(database)
            if row.office in offices.offices(database):
                raise OfficeExists(office=row.office, where=where)
            _store(unit, row, [parsed, *named], year=local_date(now, definition.zone).year)
            tasks = 0
            if reading is not None and document is not None:
                unit.flush()
                acting = Acting(_founding(options, row.office), environment, database=database)
                digest = sha256(document.read_bytes()).hexdigest()
                tasks = write_plan(acting, unit, reading, document=digest, role=None).added
            try:
                unit.commit()
            except CommitLost as lost:
                if not _stands(database, row.office):
                    raise ConnectionLost(where=where) from lost
        return tasks

    url = database_url(options, environment)
    where = read_address(url).where
    tasks = _done_in(url, founded, lock_timeout=lock_timeout(environment))
    problems = len(reading.problems) if reading else 0
    return Founded(row.office, row.title, where, row.started_on, sandbox, tasks, problems)


def _founding(options: Options, office: str) -> Options:
    return Options(db=options.db, office=office, now=options.now)


def _stands(database: Database, office: str) -> bool:
    """Whether the office was founded after all, asked anew once whoever founds anything there has ended."""
    database.close()
    with database.transaction():
        schema.make(database)  # waits for them; what it makes goes with the end of this transaction
        return office in offices.offices(database)


def _done_in(url: str, founded: Callable[[Database], int], *, lock_timeout: float) -> int:
    """Founds in the database, in one transaction; a file that is not there yet appears whole or not at all.

    Raises NetworkPath, NoFolder, DatabaseReadOnly.
    """
    with Database(url, lock_timeout=lock_timeout) as database:
        if database.path is None or database.path.exists():
            return founded(database)
        refuse_network(database.path)
        target = database.path.resolve()
    try:
        with folders_of(target), temporary_file(target.parent, target.name) as made:
            with Database(str(made), create=True) as fresh:
                tasks = founded(fresh)
            with locked(target, timeout=lock_timeout):
                if not target.exists():
                    give_name(made, target)
                    return tasks
    except (FileExistsError, NotADirectoryError) as error:
        raise NoFolder(where=str(target)) from error
    except OSError as error:
        raise unwritable(error, where=str(target)) from error
    # Another command has made the file meanwhile.
    return _done_in(url, founded, lock_timeout=lock_timeout)


def office_definition(name: str, known: tuple[Seed, ...]) -> tuple[Path, Parsed, Office]:
    """The office's file, by its name or as a path. Raises UnknownValue, DefinitionMistakes."""
    seed = newest(known, "office", name)
    path = seed.path if seed is not None else Path(name)
    if seed is None and not path.is_file():
        offices_ = ", ".join(sorted({seed.name for seed in known if seed.kind == "office"}))
        raise UnknownValue(what="office", value=name, known=f"{offices_}, or a file")
    parsed = read_definition(path)
    if not isinstance(parsed.definition, Office):
        wrong = Mistake(str(path), 1, told("this is no office definition; 'definition: office' begins one"))
        raise DefinitionMistakes(parsed.mistakes or (wrong,))
    return path, parsed, parsed.definition


def named_definitions(office: Office, known: tuple[Seed, ...]) -> list[Parsed]:
    """Everything that the office runs, in its newest version. Raises DefinitionMistakes."""
    wanted = [
        *(("machine", name) for name in office.runs),
        *(("calendar", name) for name in office.calendars),
        ("policy", office.policy),
        *(("rules", name) for name in office.packs),
        ("messages", office.messages),
    ]
    parsed: list[Parsed] = []
    mistakes: list[Mistake] = []
    for kind, name in wanted:
        seed = newest(known, kind, name)
        if seed is None:
            lacking = told("the office names {kind} '{name}', which is not there", kind=kind, name=name)
            mistakes.append(Mistake(office.name, 1, lacking))
            continue
        read = read_definition(seed.path)
        mistakes.extend(read.mistakes)
        parsed.append(read)
    if mistakes:
        raise DefinitionMistakes(tuple(mistakes))
    return parsed


def _plan_document(office_file: Path, office: Office) -> Path | None:
    """The plan that lies beside the office's definition, or beside the shipped one of its name."""
    if office.plan is None:
        return None
    folders = (office_file.parent, shipped_directory() / FOLDERS["office"] / office.name)
    return next((folder / office.plan for folder in folders if (folder / office.plan).is_file()), None)


def _read_shipped(document: Path, office: Office, named: list[Parsed]) -> PlanReading:
    from workflow.model.calendar import WorkCalendar
    from workflow.model.definition import CalendarYear

    years = [read.definition for read in named if isinstance(read.definition, CalendarYear)]
    return read_plan(document, office=office, calendar=WorkCalendar.of(years))


def _default_start(reading: PlanReading | None, now: datetime, zone: str) -> date:
    """Today for a real office, 1 January of the shipped plan's year for a sandbox."""
    if reading is not None and reading.year is not None:
        return date(reading.year, 1, 1)
    return local_date(now, zone)


def _store(unit: UnitOfWork, row: offices.OfficeRow, parsed: list[Parsed], *, year: int) -> None:
    offices.store_office(unit, row)
    for read in parsed:
        offices.store_definition(unit, to_store(read))
    entry = EntryDraft(
        event="init",
        actor=SYSTEM,
        role=SYSTEM,
        from_state=None,
        to_state=None,
        inputs={"started_on": row.started_on.isoformat(), "sandbox": row.sandbox},
    )
    unit.record(entry, log=year)
