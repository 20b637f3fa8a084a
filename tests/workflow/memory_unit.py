"""A transaction kept in memory: the protocol `workflow.engine.ports.Unit` fulfilled for real, on which
services run.

It is as strict as the tables of storage: nothing is kept without a commit, a row is unique by name and
occurrence and fires once, an item is written only under its lock and its version grows by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from workflow.engine.ports import FiredRow, Told
from workflow.model.achievements import Achievement, by_name, name_key
from workflow.model.award_decisions import AwardDecision
from workflow.model.calendar import local_date
from workflow.model.decision import DeadlineRow, Decision, EntryDraft, NoticeDraft
from workflow.model.dossiers import (
    ENDED_WITHOUT,
    DescribedLine,
    Dossier,
    DossierState,
    ReceivedDossier,
    described_lines,
    period_of,
)
from workflow.model.expecting import Expectation
from workflow.model.facts import Item, Key
from workflow.model.holding import Holder
from workflow.model.movements import Movement
from workflow.model.papers import NUMBERING, NumberedPaper, identity, paper_in
from workflow.model.recorded import Recorded, Words
from workflow.model.tasks import DoneRow, OpenTask, PlannedTask, Task

ZONE = "Asia/Ho_Chi_Minh"
REMOVED = ("removed record", 0)
"""Where the greatest number of a removed record is remembered."""


class Broken(AssertionError):
    """A service asked for what the tables of storage would refuse."""


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as it was appended: when, for which item, and the item's version after it."""

    at: datetime
    key: Key | None
    entry: EntryDraft
    version: int | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A deadline row with what became of it."""

    row: DeadlineRow
    fired_at: datetime | None = None
    late_s: int | None = None

    @property
    def status(self) -> str:
        return self.row.status


@dataclass(frozen=True, slots=True)
class KeptNotice:
    """A notice with the item that it speaks of and the moment it was made."""

    at: datetime
    key: Key
    draft: NoticeDraft
    entry: str = ""


@dataclass(slots=True)
class Store:
    """What is committed."""

    items: dict[Key, Item] = field(default_factory=dict)
    open: dict[Key, bool] = field(default_factory=dict)
    rows: dict[tuple[Key, str, int], KeptRow] = field(default_factory=dict)
    entries: list[KeptEntry] = field(default_factory=list)
    notices: list[KeptNotice] = field(default_factory=list)
    numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    expected: dict[tuple[Key, str], Expectation] = field(default_factory=dict)
    holders: tuple[Holder, ...] = ()
    movements: tuple[Movement, ...] = ()
    achievements: dict[int, Achievement] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    funds: dict[int, int] = field(default_factory=dict)

    def copy(self) -> Store:
        return Store(
            dict(self.items),
            dict(self.open),
            dict(self.rows),
            list(self.entries),
            list(self.notices),
            dict(self.numbers),
            dict(self.expected),
            self.holders,
            self.movements,
            dict(self.achievements),
            self.files,
            self.funds,
        )

    def rows_of(self, key: Key) -> list[KeptRow]:
        """The item's rows in order of time."""
        found = [kept for (place, _name, _occurrence), kept in self.rows.items() if place == key]
        return sorted(found, key=lambda kept: (kept.row.at, kept.row.name, kept.row.occurrence))


class MemoryUnit:
    """One transaction on a store. Made by `memory_unit`."""

    def __init__(self, store: Store, *, now: datetime) -> None:
        self._store = store
        self._work = store.copy()
        self._now = now
        self._locked: set[Key] = set()

    @property
    def exclusive(self) -> bool:
        return True

    def seen(self, key: Key) -> Item | None:
        return self._work.items.get(key)

    def lock(self, key: Key, *, skip_locked: bool = False) -> Item | None:
        self._locked.add(key)
        return self._work.items.get(key)

    def dossiers_of(self, task: Key) -> tuple[DossierState, ...]:
        if task not in self._locked:
            raise Broken(f"the dossiers of {task} are protected by its lock")
        return tuple(
            DossierState(key.ref, item.state, item.closed_on)
            for key, item in sorted(self._work.items.items())
            if item.parent == task.ref and (key.office, key.year) == (task.office, task.year)
        )

    def decisions(self, year: int) -> tuple[Item, ...]:
        return tuple(
            item
            for key, item in sorted(self._work.items.items())
            if isinstance(item.details, AwardDecision) and abs(key.year - year) <= 1
        )

    def fund_left(self, year: int) -> int | None:
        return self._store.funds.get(year)

    def open_tasks(self, year: int, quarter: str) -> tuple[OpenTask, ...]:
        tasks = [
            (Task.of(item).number, OpenTask(key.ref, item.kind, Task.of(item).content))
            for key, item in self._work.items.items()
            if isinstance(item.details, Task)
            and (key.year, Task.of(item).quarter) == (year, quarter)
            and self._work.open[key]
        ]
        return tuple(task for _number, task in sorted(tasks))

    def recorded(self, item: Key) -> tuple[Recorded, ...]:
        return tuple(
            Recorded(
                str(number),
                kept.at,
                kept.entry.actor,
                kept.entry.acting_for,
                kept.entry.event,
                kept.entry.from_state,
                kept.entry.to_state,
                kept.entry.inputs,
                tuple(text.field for text in kept.entry.texts),
            )
            for number, kept in enumerate(self._store.entries)  # as far as it is committed
            if kept.key == item and not kept.entry.refused
        )

    def done_rows(self, year: int, kind: str) -> tuple[DoneRow, ...]:
        return ()

    def planned_tasks(self, year: int, kind: str) -> tuple[PlannedTask, ...]:
        tasks = [
            (
                Task.of(item).number,
                PlannedTask(
                    key.ref,
                    item.kind,
                    Task.of(item).quarter,
                    Task.of(item).period,
                    Task.of(item).content,
                    self._work.open[key],
                ),
            )
            for key, item in self._work.items.items()
            if isinstance(item.details, Task) and (key.year, item.kind) == (year, kind)
        ]
        return tuple(task for _number, task in sorted(tasks))

    def received_dossiers(self, task: Key) -> tuple[ReceivedDossier, ...]:
        if task not in self._locked:
            raise Broken(f"the dossiers of {task} are protected by its lock")
        return tuple(
            ReceivedDossier(key.ref, item.details.body, item.details.received_on)
            for key, item in sorted(self._work.items.items())
            if isinstance(item.details, Dossier) and item.details.received_on and item.state != "withdrawn"
            if item.parent == task.ref and (key.office, key.year) == (task.office, task.year)
        )

    def expectations(self, task: Key) -> tuple[Expectation, ...]:
        if task not in self._locked:
            raise Broken(f"the expected dossiers of {task} are protected by its lock")
        return tuple(row for (place, _body), row in sorted(self._work.expected.items()) if place == task)

    def expect(
        self,
        task: Key,
        rows: tuple[Expectation, ...],
        *,
        entry: EntryDraft | None = None,
        notices: tuple[NoticeDraft, ...] = (),
    ) -> None:
        if task not in self._locked or task not in self._work.items:
            raise Broken(f"the expected dossiers of {task} are written without its lock")
        self._work.expected.update({(task, row.body): row for row in rows})
        if entry is not None:
            self._append(entry, task, self._work.items[task].version)
        elif notices:
            raise Broken(f"{task}: a notice needs the entry that causes it")
        self._tell(task, notices)

    def papers(self, year: int, number: str) -> tuple[NumberedPaper, ...]:
        found = (
            paper_in(kept.key.year, kept.key.ref, kept.entry.event, kept.entry.inputs)
            for kept in self._work.entries
            if kept.key is not None and not kept.entry.refused and kept.entry.event in NUMBERING
            if abs(kept.key.year - year) <= 1
        )
        return tuple(
            paper for paper in found if paper is not None and identity(paper.number) == identity(number)
        )

    def nominee_names(self, dossier: Key) -> Mapping[int, str]:
        item = self._work.items[dossier]
        standing = (
            {nominee.no for nominee in Dossier.of(item).nominees}
            if isinstance(item.details, Dossier)
            else set()
        )
        texts = [text for kept in self._work.entries if kept.key == dossier for text in kept.entry.texts]
        return {
            text.nominee: text.value for text in texts if text.field == "name" and text.nominee in standing
        }

    def words(self, item: Key) -> tuple[Words, ...]:
        """Like the tables: of a line the words given last, and those that stand beside them."""
        found: dict[tuple[int, str, str], str] = {}
        for number, kept in enumerate(self._work.entries):
            for text in kept.entry.texts if kept.key == item else ():
                line = text.nominee or 0
                if line and not text.beside:
                    found = {at: value for at, value in found.items() if (at[0], at[2]) != (line, text.field)}
                found[line, str(number), text.field] = text.value
        return tuple(Words(*at, value) for at, value in sorted(found.items()))

    def holders(self) -> tuple[Holder, ...]:
        return self._work.holders

    def file_size(self, digest: str) -> int | None:
        return self._work.files.get(digest)

    def movements(self) -> tuple[Movement, ...]:
        return self._work.movements

    def described_lines(self, period: str, title: str) -> tuple[DescribedLine, ...]:
        standing = (
            (key, line)
            for key, item in sorted(self._work.items.items())
            if isinstance(item.details, Dossier)
            and period_of(item) == period
            and item.state not in ENDED_WITHOUT
            for line in item.details.nominees
            if line.title == title and not line.came_to_nothing
        )
        return described_lines(
            (key.year, key.ref, line.no, line.kind, word.field, word.value)
            for key, line in standing
            for word in self.words(key)
            if word.line == line.no
        )

    def records_of(self, names: Iterable[str]) -> Mapping[str, tuple[Achievement, ...]]:
        keys = set(map(name_key, names))
        return by_name(record for record in self._records if name_key(record.name) in keys)

    def achievements_of(self, dossier: Key) -> tuple[Achievement, ...]:
        if dossier not in self._locked:
            raise Broken(f"the achievements of {dossier} are protected by its lock")
        place = (dossier.year, dossier.ref)
        return tuple(record for record in self._records if record.source and record.source[:2] == place)

    def achievements(self, numbers: Iterable[int]) -> tuple[Achievement, ...]:
        wanted = set(numbers)
        return tuple(record for record in self._records if record.number in wanted)

    def achieve(self, records: Iterable[Achievement]) -> tuple[Achievement, ...]:
        if not self._work.entries:
            raise Broken("an achievement needs the entry that speaks for it")
        last = max(self._work.numbers.get(REMOVED, 0), *self._work.achievements, 0)
        numbers = count(last + 1)
        kept = tuple(each if each.number else each._replace(number=next(numbers)) for each in records)
        self._work.achievements.update({record.number: record for record in kept})
        return kept

    def forget(self, records: Iterable[Achievement]) -> None:
        for record in records:
            self._work.numbers[REMOVED] = max(self._work.numbers.get(REMOVED, 0), record.number)
            del self._work.achievements[record.number]

    @property
    def _records(self) -> list[Achievement]:
        return [record for _number, record in sorted(self._work.achievements.items())]

    def told(self, item: Key, entry: str) -> tuple[Told, ...]:
        return tuple(
            Told(kept.draft.kind, kept.draft.to, kept.draft.instead_of, left=True)
            for kept in self._work.notices
            if kept.key == item and kept.entry == entry
        )

    def due_rows(self, key: Key, *, now: datetime) -> tuple[DeadlineRow, ...]:
        rows = (kept.row for kept in self._work.rows_of(key))
        return tuple(
            row for row in rows if row.status == "pending" and row.paused_on is None and row.at <= now
        )

    def deadline_rows(self, key: Key) -> tuple[DeadlineRow, ...]:
        return tuple(kept.row for kept in self._work.rows_of(key))

    def next_number(self, subject: str, year: int) -> int:
        self._work.numbers[subject, year] = self._work.numbers.get((subject, year), 0) + 1
        return self._work.numbers[subject, year]

    def write(self, decision: Decision, *, open: bool, new: bool = False) -> None:
        item = decision.item
        standing = self._work.items.get(item.key)
        if new != (standing is None):
            raise Broken(f"{item.key} is {'there already' if new else 'not there'}")
        if standing is not None and item.key not in self._locked:
            raise Broken(f"{item.key} is written without its lock")
        if item.version != (standing.version if standing else 0) + 1:
            raise Broken(f"{item.key}: version {item.version} does not follow")
        self._work.items[item.key] = item
        self._work.open[item.key] = open
        for entry in (*decision.earlier, decision.entry):
            self._append(entry, item.key, item.version)
        if decision.cancel_deadlines is not None:
            own = decision.only_own
            self._cancel(item.key, decision.cancel_deadlines, lambda row: not own or row.term is None)
        for term, reason in decision.ended_terms:
            self._cancel(item.key, reason, lambda row, term=term: row.term == term)  # type: ignore[misc]
        self._pause(item, decision.paused_terms)
        self._add_rows(item.key, decision.deadlines)
        self._tell(item.key, decision.notices)

    def write_fired(
        self,
        item: Item,
        *,
        entry: EntryDraft,
        fired: FiredRow,
        rows: tuple[DeadlineRow, ...],
        notices: tuple[NoticeDraft, ...],
    ) -> None:
        standing = self._work.items[item.key]
        if item.key not in self._locked:
            raise Broken(f"{item.key} is marked without its lock")
        if (item.state, item.version) != (standing.state, standing.version):
            raise Broken(f"{item.key}: a fired row moves no state and no version")
        place = (item.key, fired.name, fired.occurrence)
        kept = self._work.rows[place]
        if kept.status != "pending":
            raise Broken(f"{place} is {kept.status} and cannot fire")
        self._work.items[item.key] = item
        self._work.rows[place] = KeptRow(replace(kept.row, status="fired"), self._now, fired.late_s)
        self._append(entry, item.key, item.version)
        self._add_rows(item.key, rows)
        self._tell(item.key, notices)

    def record(self, entry: EntryDraft, *, log: int, key: Key | None = None) -> None:
        version = self._work.items[key].version if key and key in self._work.items else None
        self._append(entry, key, version)

    def commit(self) -> None:
        for name in ("items", "open", "rows", "entries", "notices", "numbers", "expected", "achievements"):
            setattr(self._store, name, getattr(self._work, name))
        self._work = self._store.copy()

    def _tell(self, key: Key, notices: tuple[NoticeDraft, ...]) -> None:
        cause = str(len(self._work.entries) - 1)  # the entry that was appended last
        self._work.notices.extend(KeptNotice(self._now, key, draft, cause) for draft in notices)

    def _append(self, entry: EntryDraft, key: Key | None, version: int | None) -> None:
        self._work.entries.append(KeptEntry(self._now, key, entry, version))

    def _add_rows(self, key: Key, rows: tuple[DeadlineRow, ...]) -> None:
        for row in rows:
            place = (key, row.name, row.occurrence)
            if place in self._work.rows:
                raise Broken(f"{place} is there already")
            self._work.rows[place] = KeptRow(row)

    def _cancel(self, key: Key, reason: str, ends: Callable[[DeadlineRow], bool]) -> None:
        for place, kept in self._work.rows.items():
            if place[0] == key and kept.status == "pending" and ends(kept.row):
                self._work.rows[place] = KeptRow(replace(kept.row, status="cancelled", reason=reason))

    def _pause(self, item: Item, terms: tuple[str, ...]) -> None:
        since = {term.id: term.paused_on for term in item.terms}
        for place, kept in self._work.rows.items():
            term = kept.row.term
            if place[0] == item.key and kept.status == "pending" and term in terms:
                paused_on = since.get(term) or local_date(self._now, ZONE)
                self._work.rows[place] = KeptRow(replace(kept.row, paused_on=paused_on))


@contextmanager
def memory_unit(store: Store, *, now: datetime) -> Iterator[MemoryUnit]:
    """A transaction on `store`; what is not committed is forgotten."""
    yield MemoryUnit(store, now=now)
