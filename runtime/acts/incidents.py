"""Incidents: why an item cannot be swept. The sweep writes them, an operator clears them.

An incident is an id and a few technical words without personal data. Trouble of the whole database, or with
another program that was faster, is no incident of an item.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from runtime.acts.acting import Acting, Done
from runtime.office.results import new_key
from storage import incidents, items
from storage.errors import DatabaseUnusable, Deadlock, Locked
from storage.incidents import Place
from storage.records import Incident
from storage.unit import UnitOfWork
from workflow.model.decision import FreeText
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Key, Plain
from workflow.rules.inputs import read_note

OF_NO_ITEM = (DatabaseUnusable, Deadlock, Locked, MemoryError)
"""Errors that end the whole sweep, which is repeated at the next turn."""
ROOT = Path(__file__).resolve().parents[2]


class UnknownIncident(UsageMistake):
    """There is no open incident {so}. See tdkt incident list."""

    code = "unknown_incident"


class Diagnosis(NamedTuple):
    """`code` has its words in the catalogue (`incident.<code>`)."""

    code: str
    detail: str | None = None


def diagnosis(acting: Acting, key: Key, error: Exception) -> Diagnosis:
    """Which part of the item causes the error, tried in the order in which a sweep reads them.

    Raises what OF_NO_ITEM names.
    """
    try:
        item = items.item_at(acting.database, key)
    except OF_NO_ITEM:
        raise
    except Exception as unreadable:
        return Diagnosis("item_unreadable", where(unreadable))
    if item is None:
        return Diagnosis("sweep_failed", where(error))
    try:
        machine = acting.machine(item.digest)
    except OF_NO_ITEM:
        raise
    except Exception as unreadable:
        return Diagnosis("definition_unreadable", f"{item.machine} ({where(unreadable)})")
    if item.state not in machine.states:
        return Diagnosis("state_unknown", item.state)
    return Diagnosis("sweep_failed", where(error))


def where(error: BaseException) -> str:
    """The error's type and the line of this program that it came from. Its text may hold personal data."""
    kind = f"{type(error).__name__} {error.code}" if isinstance(error, TdktError) else type(error).__name__
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    return f"{kind}, {_short(ours[-1])}" if ours else kind


def _is_ours(file: str) -> bool:
    path = Path(file)
    return path.is_relative_to(ROOT) and "site-packages" not in path.relative_to(ROOT).parts


def _short(frame: traceback.FrameSummary) -> str:
    return f"{Path(frame.filename).relative_to(ROOT).as_posix()}:{frame.lineno}"


def note(acting: Acting, found: Diagnosis, *, place: Place = (None, None)) -> None:
    """Opens an incident, of an item or (without a place) of the whole office."""

    def work(unit: UnitOfWork) -> Done[None]:
        incidents.record(unit, found.code, place=place, detail=found.detail)
        return Done(None)

    acting.act(work, key=f"incident/{new_key()}", any_clock=True)


def clear(acting: Acting, ids: Sequence[str], *, role: str, note: str | None = None) -> tuple[Incident, ...]:
    """Ends open incidents, each with an entry in the year's log; answers with them as they were.

    Their items are tried again at the next sweep. Raises UnknownIncident, InputMistakes.
    """
    remark = read_note(note, event="clear_incident")
    texts = (FreeText("note", remark),) if remark else ()

    def work(unit: UnitOfWork) -> Done[tuple[Incident, ...]]:
        standing = {
            incident.id: incident for incident in incidents.open_incidents(acting.database, acting.office)
        }
        if unknown := [id for id in ids if id not in standing]:
            raise UnknownIncident(so=", ".join(unknown))
        ended = tuple(standing[id] for id in dict.fromkeys(ids))
        incidents.clear(unit, ids, by=acting.actor.account)
        for incident in ended:
            inputs: dict[str, Plain] = {"incident": incident.id, "code": incident.code, "seen": incident.seen}
            if incident.ref is not None:
                inputs |= {"year": incident.year, "ref": incident.ref}
            acting.record(unit, "clear_incident", inputs, role=role, texts=texts)
        return Done(ended)

    return acting.act(work)
