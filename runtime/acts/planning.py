"""Reads a plan document for an office and compares it with the imported plan; writes nothing.

`compare` needs an open office. `read_without_database` is for a dry run before there is one: its directory of
bodies is the office's definition file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import cast

from exchange.plan.reading import LIMIT, MEGABYTE, read_plan
from runtime.acts.acting import Acting
from runtime.acts.founding import DEFAULT_OFFICE, named_definitions, office_definition
from runtime.office.looking import NoOffice
from runtime.office.seeds import seeds
from runtime.office.settings import Options, definitions_directory
from storage import offices
from storage.errors import DatabaseMissing
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import CalendarYear, Catalogue, Language, Office
from workflow.model.errors import UsageMistake
from workflow.model.plan import PlanChange, PlanReading, PlanTask, diff
from workflow.services.import_plan import row_of

CANCELLED = "cancelled"


class OtherYear(UsageMistake):
    """The plan is of {nam}, not of {gia_tri}; leave --year out, or correct the year in its title."""

    code = "plan_other_year"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan document that was read, and how it differs from what was imported before.

    `document` is the file's SHA-256 in hex; `new` tells that its year has no plan yet; `changes` leaves
    out tasks that vanished from the document and are cancelled already.
    """

    reading: PlanReading
    document: str
    new: bool
    changes: tuple[PlanChange, ...]

    @property
    def to_write(self) -> tuple[PlanChange, ...]:
        """The changes that an import makes: a task that vanished from the document stays."""
        return tuple(change for change in self.changes if change.change != "removed")


@dataclass(frozen=True, slots=True)
class OfficeFiles:
    """An office as its definition files say it, by which a plan is read without a database."""

    office: Office
    calendar: WorkCalendar
    catalogue: Catalogue


def compare(acting: Acting, file: Path | bytes, *, language: str) -> Comparison:
    """Compares the document, a file or its content, with the office's plan of its year. Raises OtherYear."""
    setting = acting.setting
    reading, document = _read(
        file, office=setting.office, calendar=setting.calendar, language=language, year=acting.options.year
    )
    year = reading.year
    if year is None or year not in offices.plan_years(acting.database, acting.office):
        return Comparison(reading, document, new=True, changes=diff((), reading.tasks))
    kept = {task.number for task in reading.tasks}
    standing = [
        row
        for item in acting.tasks(year)
        if (row := row_of(item)) is not None and (item.state != CANCELLED or row.number in kept)
    ]
    now = [replace(task, lines=()) for task in reading.tasks]
    return Comparison(reading, document, new=False, changes=diff(standing, now))


def office_without_database(options: Options, environment: Mapping[str, str]) -> OfficeFiles:
    """The office named by --office, else the default one, from its files.

    Raises UnknownValue, DefinitionMistakes.
    """
    known = seeds(Path(definitions_directory(options, environment)))
    _path, _parsed, office = office_definition(options.office or DEFAULT_OFFICE, known)
    named = [read.definition for read in named_definitions(office, known)]
    years = [definition for definition in named if isinstance(definition, CalendarYear)]
    catalogue = next(definition for definition in named if isinstance(definition, Catalogue))
    return OfficeFiles(office, WorkCalendar.of(years), catalogue)


def read_without_database(
    directory: OfficeFiles, file: Path, *, language: str, year: int | None = None
) -> Comparison:
    """The document as a first import would take it. Raises OtherYear."""
    reading, document = _read(
        file, office=directory.office, calendar=directory.calendar, language=language, year=year
    )
    return Comparison(reading, document, new=True, changes=diff((), reading.tasks))


def opened(options: Options, environment: Mapping[str, str]) -> Acting | None:
    """The office's database, None where there is none or no office in it."""
    try:
        return Acting(options, environment)
    except (DatabaseMissing, NoOffice):
        return None


def derived_tasks(reading: PlanReading) -> Mapping[str, tuple[PlanTask, ...]]:
    """For each field that the document does not say, the tasks for which it was derived."""
    names = dict.fromkeys(name for task in reading.tasks for name in task.derived)
    return {name: tuple(task for task in reading.tasks if name in task.derived) for name in names}


def _read(
    file: Path | bytes, *, office: Office, calendar: WorkCalendar, language: str, year: int | None
) -> tuple[PlanReading, str]:
    source = file
    if isinstance(file, Path):
        try:
            with file.open("rb") as document:
                source = document.read(LIMIT * MEGABYTE + 1)
        except OSError:  # the reader tells it as the file's one problem
            source = file
    digest = sha256(source).hexdigest() if isinstance(source, bytes) else ""
    spoken = cast("Language", language)
    reading = read_plan(source, office=office, calendar=calendar, language=spoken, year=year)
    if year is not None and reading.year not in (None, year):
        raise OtherYear(nam=reading.year, gia_tri=year)
    return reading, digest
