"""Stored definitions held against their own source: what runs is what the file says that somebody adopted."""

from __future__ import annotations

from collections.abc import Iterator

from storage import offices
from storage.database import Database
from storage.log.audit import Fault
from storage.offices import StoredDefinition
from workflow.files.compiled import from_json
from workflow.files.parsing import parse


def definitions_at_odds(database: Database, office: str, *, log: int) -> Iterator[Fault]:
    """A fault for each definition that does not belong together, in the name of the log of a year."""
    for stored in offices.definitions(database, office):
        if (column := _column_at_odds(stored)) is not None:
            name = f"{stored.kind}/{stored.name}/{stored.version}"
            yield Fault("definition", log, table="definition", row=name, column=column)


def _column_at_odds(stored: StoredDefinition) -> str | None:
    """The first column that does not belong to the source."""
    read = parse(stored.source, path=stored.name)
    if read.digest != stored.digest:
        return "digest"
    if read.definition is None:  # of an older form; its digest is the source's all the same
        return None
    try:
        compiled = from_json(stored.compiled)
    except (KeyError, TypeError, ValueError):
        return "compiled"
    # Compared as values: the text of an older version lacks the fields that came since.
    if compiled != read.definition:
        return "compiled"
    if compiled.name != stored.name:
        return "name"
    return "version" if compiled.version != stored.version else None
