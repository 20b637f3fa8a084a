"""Whether what went wrong unexpectedly is the database's fault: a damaged file must not look like a bug.

Asked only once a command has failed, for it reads the whole database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from runtime.acts.incidents import where
from runtime.office.settings import Options, database_url
from storage import offices, schema
from storage.database import Database
from storage.errors import DatabaseCorrupt
from storage.log.audit import verify
from storage.log.replay import replay
from storage.views import Reading
from workflow.model.errors import TdktError


def damage_of(options: Options, environment: Mapping[str, str]) -> TdktError | None:
    """What is found damaged; None where the database is sound, and the failure the program's own."""
    url = database_url(options, environment)
    try:
        with Reading(url) as reading:
            place, faults = reading.where, reading.faults()
        why = faults[0] if faults else next(_unsound(url), None)
    except TdktError as error:
        return error
    except Exception as error:  # what stands where numbers and dates should may break the check itself
        return DatabaseCorrupt(where=place, why=where(error))
    return None if why is None else DatabaseCorrupt(where=place, why=why)


def _unsound(url: str) -> Iterator[str]:
    with Database(url) as database:
        schema.check(database)
        for office in offices.offices(database):
            yield from (str(fault).rstrip(".") for fault in verify(database, office).faults)
            yield from (str(fault).rstrip(".") for fault in replay(database, office).faults)
