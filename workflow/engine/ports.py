"""What the services ask of a transaction, as a protocol that storage fulfils (`storage.unit`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from workflow.model.achievements import Achievement
from workflow.model.decision import DeadlineRow, Decision, EntryDraft, NoticeDraft
from workflow.model.dossiers import DescribedLine, DossierState, ReceivedDossier
from workflow.model.expecting import Expectation
from workflow.model.facts import Item, Key
from workflow.model.holding import Holder
from workflow.model.movements import Movement
from workflow.model.papers import NumberedPaper
from workflow.model.recorded import Recorded, Words
from workflow.model.tasks import DoneRow, OpenTask, PlannedTask


class StoredAnswer(NamedTuple):
    """The answer kept under a command's key; `same` tells whether it was the same command."""

    answer: str
    same: bool


class FiredRow(NamedTuple):
    """A deadline row that fires: its name, occurrence, and lateness in seconds against its own instant."""

    name: str
    occurrence: int
    late_s: int


class Told(NamedTuple):
    """A notice that an entry caused: its kind, its reader, and for whom where that was another. `left`:
    somebody may have read it; else its `rows` can be kept from being sent."""

    kind: str
    to: str
    instead_of: str | None
    left: bool
    rows: tuple[str, ...] = ()


class Reads(Protocol):
    """What guards and warnings may need of an item's surroundings. A task's dossiers are protected by its
    lock; `open_tasks`, the unfinished tasks of a quarter in order of number, ground warnings only. `recorded`
    is what took place on an item, oldest first, without what was refused. Words that stand, as `words`,
    `described_lines` and the office's `holders` have them, ground doubts only: they may be erased."""

    def dossiers_of(self, task: Key) -> tuple[DossierState, ...]: ...

    def open_tasks(self, year: int, quarter: str) -> tuple[OpenTask, ...]: ...

    def seen(self, key: Key) -> Item | None:
        """The item without a lock, to know which ones an act is about; another may change it meanwhile."""
        ...

    def decisions(self, year: int) -> tuple[Item, ...]:
        """The award decisions of the year's plan and of those around it, whose numbers may be of one series,
        in order and without locks."""
        ...

    def recorded(self, item: Key) -> tuple[Recorded, ...]: ...

    def done_rows(self, year: int, kind: str) -> tuple[DoneRow, ...]:
        """The year's completed tasks of the machine's kind, in order of number; a completed one stays so."""
        ...

    def words(self, item: Key) -> tuple[Words, ...]: ...

    def holders(self) -> tuple[Holder, ...]: ...

    def file_size(self, digest: str) -> int | None:
        """The size of the file of a paper; None where no such file is kept."""
        ...

    def movements(self) -> tuple[Movement, ...]:
        """The office's movements, by number and without their words."""
        ...

    def described_lines(self, period: str, title: str) -> tuple[DescribedLine, ...]:
        """The lines that propose the title for the period and came or may come to it, in all dossiers of the
        office, by reference and number; what an erased name described is missing."""
        ...

    def records_of(self, names: Iterable[str]) -> Mapping[str, tuple[Achievement, ...]]:
        """The achievements of everybody who is called by one of these names, by `name_key`, without locks."""
        ...


class Unit(Reads, Protocol):
    """One transaction. Nothing is kept unless `commit` is reached.

    Reads lock their rows, except for `seen` and `decisions`, for `open_tasks` and for `planned_tasks`: the
    year's of one kind, in the same order. `deadline_rows` are all that the item ever had, with what became of
    them, in order of time. `papers` are some of those of the year and the ones around it that bear a number,
    however spelled. `next_number` takes the number of a new item of the subject in the year. `nominee_names`
    are the words that a notice must not say, by number; they ground nothing. `told` are the notices about it
    that an entry of its own caused. A task's `expectations` (by body) and `received_dossiers` are protected
    by its lock; `expect` keeps rows of its list, new or changed, and logs `entry` with the notices that it
    causes. `achievements_of` are the records that came of a dossier by itself, protected by its lock;
    `achieve` keeps new ones (number 0) and changed ones, for which the entry made last speaks, and answers
    with them as they are kept; `forget` removes some.
    """

    @property
    def exclusive(self) -> bool:
        """Whether no other transaction may write meanwhile: then no row needs a lock of its own."""
        ...

    def lock(self, key: Key, *, skip_locked: bool = False) -> Item | None: ...

    def planned_tasks(self, year: int, kind: str) -> tuple[PlannedTask, ...]: ...

    def received_dossiers(self, task: Key) -> tuple[ReceivedDossier, ...]: ...

    def expectations(self, task: Key) -> tuple[Expectation, ...]: ...

    def papers(self, year: int, number: str) -> tuple[NumberedPaper, ...]: ...

    def nominee_names(self, dossier: Key) -> Mapping[int, str]: ...

    def told(self, item: Key, entry: str) -> tuple[Told, ...]: ...

    def due_rows(self, key: Key, *, now: datetime) -> tuple[DeadlineRow, ...]: ...

    def deadline_rows(self, key: Key) -> tuple[DeadlineRow, ...]: ...

    def fund_left(self, year: int) -> int | None:
        """What is left of the fund of a year, without locks; None where nothing is entered of it."""
        ...

    def next_number(self, subject: str, year: int) -> int: ...

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

    def expect(
        self,
        task: Key,
        rows: tuple[Expectation, ...],
        *,
        entry: EntryDraft | None = None,
        notices: tuple[NoticeDraft, ...] = (),
    ) -> None: ...

    def achievements_of(self, dossier: Key) -> tuple[Achievement, ...]: ...

    def achievements(self, numbers: Iterable[int]) -> tuple[Achievement, ...]: ...

    def achieve(self, records: Iterable[Achievement]) -> tuple[Achievement, ...]: ...

    def forget(self, records: Iterable[Achievement]) -> None: ...

    def record(self, entry: EntryDraft, *, log: int, key: Key | None = None) -> None: ...

    def commit(self) -> None: ...
