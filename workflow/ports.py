"""What the services ask of a transaction, as a protocol that storage fulfils (`storage.unit`)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

from workflow.decision import DeadlineRow, Decision, EntryDraft, NoticeDraft
from workflow.facts import DossierState, Item, Key


class StoredAnswer(NamedTuple):
    """The answer kept under a command's key; `same` tells whether it was the same command."""

    answer: str
    same: bool


class FiredRow(NamedTuple):
    """A deadline row that fires: its name, occurrence, and lateness in seconds against its own instant."""

    name: str
    occurrence: int
    late_s: int


class Unit(Protocol):
    """One transaction. Reads lock their rows; nothing is kept unless `commit` is reached."""

    def lock(self, key: Key, *, skip_locked: bool = False) -> Item | None: ...

    def dossiers_of(self, task: Key) -> tuple[DossierState, ...]: ...

    def due_rows(self, key: Key, *, now: datetime) -> tuple[DeadlineRow, ...]: ...

    def next_dossier_number(self, year: int) -> int: ...

    def write(self, decision: Decision, *, open: bool, new: bool = False) -> None: ...

    def write_fired(
        self,
        item: Item,
        *,
        entry: EntryDraft,
        fired: FiredRow,
        rows: tuple[DeadlineRow, ...],
        notices: tuple[NoticeDraft, ...],
    ) -> None: ...

    def record(self, entry: EntryDraft, *, log: int, key: Key | None = None) -> None: ...

    def commit(self) -> None: ...
