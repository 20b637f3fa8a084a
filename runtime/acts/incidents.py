"""What an item that cannot be swept suffers from, in an id and a few technical words without personal data.

The sweep notes it as an incident (`storage.incidents`) and goes on with the others. What speaks of the
database as a whole, or of another program that was faster, is no incident of an item.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import NamedTuple

from runtime.office.opened import OpenedOffice
from storage import items
from storage.errors import DatabaseUnusable, Deadlock, Locked
from workflow.model.errors import TdktError
from workflow.model.facts import Key

OF_NO_ITEM = (DatabaseUnusable, Deadlock, Locked, MemoryError)
"""Errors that the whole sweep ends with, to be taken again at the next turn."""
ROOT = Path(__file__).resolve().parents[1]


class Diagnosis(NamedTuple):
    """`code` has its words in the catalogue (`incident.<code>`)."""

    code: str
    detail: str | None = None


def diagnosis(opened: OpenedOffice, key: Key, error: Exception) -> Diagnosis:
    """What of the item is to blame, tried in the order in which a sweep comes upon it.

    Raises what OF_NO_ITEM names.
    """
    try:
        item = items.item_at(opened.database, key)
    except OF_NO_ITEM:
        raise
    except Exception as unreadable:
        return Diagnosis("item_unreadable", where(unreadable))
    if item is None:
        return Diagnosis("sweep_failed", where(error))
    try:
        machine = opened.machine(item.digest)
    except OF_NO_ITEM:
        raise
    except Exception as unreadable:
        return Diagnosis("definition_unreadable", f"{item.machine} ({where(unreadable)})")
    if item.state not in machine.states:
        return Diagnosis("state_unknown", item.state)
    return Diagnosis("sweep_failed", where(error))


def where(error: BaseException) -> str:
    """The error's kind and the place of ours that it came from; its text may hold anything."""
    kind = f"{type(error).__name__} {error.code}" if isinstance(error, TdktError) else type(error).__name__
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    return f"{kind}, {_short(ours[-1])}" if ours else kind


def _is_ours(file: str) -> bool:
    path = Path(file)
    return path.is_relative_to(ROOT) and "site-packages" not in path.relative_to(ROOT).parts


def _short(frame: traceback.FrameSummary) -> str:
    return f"{Path(frame.filename).relative_to(ROOT).as_posix()}:{frame.lineno}"
