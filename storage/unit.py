"""The unit of work: what a service may read and write within one transaction.

Reading locks; writing is queued and flushed before the next read or the commit; the log's head is locked
and moved last. Every row that is written, by whatever statement, is said by an entry of the same transaction
(`storage.log.bound`). Leaving the block without `commit` rolls everything back.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from itertools import count, groupby
from typing import Any, NamedTuple

from sqlalchemy import Delete, Table, Update, select, update
from sqlalchemy.sql.expression import UpdateBase

from storage import funds, payments
from storage.achievement_rows import achievement_columns, achievement_of
from storage.columns import INBOX_ID
from storage.database import Database
from storage.deadline_rows import deadline_columns, deadline_of
from storage.errors import CommitLost, ConnectionLost, DoneBefore, translated
from storage.expected_rows import expectation_columns, expectation_of
from storage.hot import Bound, Hot
from storage.log.bound import GONE, OWN, BoundTable, bound_table
from storage.log.entries import SALT_SIZE, NewEntry, inputs_of, new_entry, new_entry_id
from storage.log.merkle import CompactRange, empty_root
from storage.log.recorded import entries_of, recorded_of
from storage.rows import (
    done_rows_of,
    item_columns,
    item_of,
    mark_columns,
    open_task_of,
    place,
    planned_task_of,
    term_columns,
)
from storage.statements import listed
from storage.subjects.details import KeptDetails, KeptLines
from storage.tables import office
from workflow.engine.ports import FiredRow, StoredAnswer, Told
from workflow.model.achievements import Achievement, by_name, name_key
from workflow.model.calendar import local_date
from workflow.model.decision import DeadlineRow, Decision, EntryDraft, NoticeDraft
from workflow.model.dossiers import DescribedLine, DossierState, ReceivedDossier, described_lines
from workflow.model.expecting import Expectation
from workflow.model.facts import Item, Key
from workflow.model.funds import sums_of
from workflow.model.holding import Holder, holders_of
from workflow.model.movements import Movement, movement_of
from workflow.model.papers import NumberedPaper, paper_in, spellings
from workflow.model.payments import accounts, outlay
from workflow.model.recorded import Recorded, Words
from workflow.model.roles import SYSTEM
from workflow.model.tasks import DoneRow, OpenTask, PlannedTask, plan_kind_of

INBOX = "inbox"
FOLLOWED = "follow"
"""The event of an entry that speaks for rows of which no other entry of its transaction and log does."""


class Cause(NamedTuple):
    """What notices are about: an item, or without a reference an act on the whole office."""

    office: str
    year: int
    ref: str | None


class Written(NamedTuple):
    """How many rows a statement met, as `execute` answers for one that writes."""

    rowcount: int


class _Row(NamedTuple):
    """A row that the transaction wrote, or removed: then `values` are its key alone."""

    table: BoundTable
    values: Mapping[str, Any]
    removed: bool = False


class UnitOfWork:
    """One transaction on one office's items. Made by `unit_of_work`."""

    def __init__(
        self,
        database: Database,
        *,
        office: str,
        zone: str,
        command: str,
        now: datetime,
        digest_key: bytes | None = None,
        channels: Mapping[str, Sequence[str]] | None = None,
        login: str | None = None,
    ) -> None:
        self._database = database
        self._driver = database.driver
        self.office = office
        self.now = now
        self._zone = zone
        self._command = command
        self._digest_key = digest_key
        self._queue: list[tuple[Hot, list[Bound], list[Mapping[str, Any] | None]]] = []
        self._sent_rows: list[tuple[Hot, Any, list[Mapping[str, Any] | None]]] = []
        self._rows: dict[tuple[str, str], _Row] = {}
        self._entries: list[NewEntry] = []
        self._before: dict[Key, Item] = {}
        self._held: set[Key] = set()
        self._channels = channels
        self.login = login
        """By which somebody is signed in; whoever signs in within the transaction sets it."""
        self.under_way: Mapping[str, int] = {}
        """The sizes of files that get their names before this transaction is committed, by digest."""
        self.first_entry: tuple[int, str] | None = None
        """The log and the id of what was written first, by which it is known later whether all was kept."""

    # -- reading -------------------------------------------------------------------------------------

    def claim_key(self, digest_of: str, *, digest_key: bytes) -> StoredAnswer | None:
        """Takes the key that a caller gave the command, or answers with what is stored under it.

        `digest_of` is the command's body in canonical words; its keyed digest is kept, never the words.
        """
        digest = hmac.new(digest_key, digest_of.encode(), hashlib.sha256).digest()
        cursor = self._run(
            "claim_key",
            {"office": self.office, "key": self._command, "digest": digest, "answer": "", "at": self.now},
        )
        if cursor.rowcount == 1:
            # A command without a key whose outcome was not known is repeated under its first entry's id.
            if self._one("has_entry", {"b_office": self.office, "b_id": self._command}) is not None:
                raise DoneBefore(key=self._command)
            return None
        hot = self._hot("stored_answer")
        row = self._one("stored_answer", {"b_office": self.office, "b_key": self._command})
        assert row is not None, hot.sql
        return StoredAnswer(answer=row[1], same=hmac.compare_digest(bytes(row[0]), digest))

    @property
    def exclusive(self) -> bool:
        return self._database.dialect == "sqlite"

    def seen(self, key: Key) -> Item | None:
        """The item without a lock: another one may change it until it is locked."""
        kept = self._database.kept.of(key.ref)
        rows = self._all(f"read_{kept.table}", place(key, prefix="b_")) if kept else ()
        return self._item(key, kept, rows) if kept and rows else None

    def lock(self, key: Key, *, skip_locked: bool = False) -> Item | None:
        """The item under its row's lock; None where there is none or, with `skip_locked`, it is taken."""
        kept = self._database.kept.of(key.ref)
        rows = self._locked(key, kept, skip_locked=skip_locked) if kept else ()
        if kept is None or not rows:
            return None
        item = self._item(key, kept, rows)
        self._before[key] = item
        return item

    def _item(self, key: Key, kept: KeptDetails, rows: Sequence[tuple[Any, ...]]) -> Item:
        lines, here = kept.lines, place(key, prefix="b_")
        found = lines.values(self._all(f"lines_of_{lines.table}", here)) if lines else ()
        return item_of(key, rows, kept, found)

    def lock_office(self) -> None:
        """Takes the lock of the office's own row, after those of all items: of two acts on what is the whole
        office's the later one sees the earlier."""
        self._one("lock_office", {"b_office": self.office})

    def dossiers_of(self, task: Key) -> tuple[DossierState, ...]:
        rows = self._all("dossiers_of", {"b_office": task.office, "b_year": task.year, "b_parent": task.ref})
        return tuple(DossierState(*row) for row in rows)

    def decisions(self, year: int) -> tuple[Item, ...]:
        """The award decisions of the year's plan and of those around it, in order; without locks."""
        where = {"b_office": self.office, "b_first": year - 1, "b_last": year + 1}
        places = [Key(self.office, *row) for row in self._all("decisions", where)]
        return tuple(item for key in places if (item := self.seen(key)))

    def fund_left(self, year: int) -> int | None:
        """What is left of the fund of a year, without locks; None where nothing is entered of it."""
        entries, moved = funds.of_year(self, year, lock=False), payments.around(self, year, lock=False)
        if not entries:
            return None
        return sums_of(entries).available - outlay(accounts(self.decisions(year), moved), year).claimed

    def open_tasks(self, year: int, quarter: str) -> tuple[OpenTask, ...]:
        """The quarter's tasks in an open state, in the plan's order, without locks."""
        where = {"b_office": self.office, "b_year": year, "b_quarter": quarter}
        return tuple(open_task_of(row) for row in self._all("open_tasks", where))

    def recorded(self, item: Key) -> tuple[Recorded, ...]:
        """What took place on the item, oldest first, as far as it is committed."""
        return tuple(recorded_of(*row) for row in self._all("recorded", entries_of(item)))

    def planned_tasks(self, year: int, kind: str) -> tuple[PlannedTask, ...]:
        """The year's tasks of the machine's kind in the plan's order, without locks."""
        where = {"b_office": self.office, "b_year": year, "b_kind": plan_kind_of(kind)}
        tasks = (planned_task_of(row) for row in self._all("planned_tasks", where))
        return tuple(task for task in tasks if task.kind == kind)

    def done_rows(self, year: int, kind: str) -> tuple[DoneRow, ...]:
        """The year's completed tasks of the machine's kind, in order of number, without locks."""
        where = {"b_office": self.office, "b_year": year, "b_kind": plan_kind_of(kind)}
        return done_rows_of(self._all("done_rows", where), kind)

    def received_dossiers(self, task: Key) -> tuple[ReceivedDossier, ...]:
        """The task's dossiers that were handed in and not withdrawn, by reference."""
        where = {"b_office": task.office, "b_year": task.year, "b_parent": task.ref}
        return tuple(ReceivedDossier(*row) for row in self._all("received_dossiers", where))

    def expectations(self, task: Key) -> tuple[Expectation, ...]:
        """The bodies that owe the task a dossier, by id; the task's lock protects them."""
        return tuple(expectation_of(row) for row in self._all("expectations", place(task, prefix="b_")))

    def papers(self, year: int, number: str) -> tuple[NumberedPaper, ...]:
        """Some of the papers that bear the number in the logs of the year and of those around it."""
        numbers = listed(self._database.dialect, [f'"{each}"' for each in spellings(number)])
        where = {"b_office": self.office, "b_first": year - 1, "b_last": year + 1, "b_numbers": numbers}
        rows = self._all("papers", where)
        found = (paper_in(log, ref, event, inputs_of(data)) for log, ref, event, data in rows)
        return tuple(paper for paper in found if paper is not None)

    def nominee_names(self, dossier: Key) -> Mapping[int, str]:
        """The names that stand for the dossier's lines, by number; an erased one is missing."""
        return dict(self._all("nominee_names", place(dossier, prefix="b_")))

    def words(self, item: Key) -> tuple[Words, ...]:
        """The erasable words of the item that stand, in the order of their lines and entries."""
        return tuple(Words(*row) for row in self._all("words", place(item, prefix="b_")))

    def holders(self) -> tuple[Holder, ...]:
        """Who held which position when, with the names that are not erased; without locks."""
        return holders_of(self._all("holders", {"b_office": self.office}))

    def file_size(self, digest: str) -> int | None:
        """The size of a paper's file; None where it is not kept. No item's file is ever deleted."""
        files = self._database.files
        return self.under_way.get(digest) or (files.size(digest) if files else None)

    def movements(self) -> tuple[Movement, ...]:
        """The office's movements by number and without their words; without locks."""
        return tuple(map(movement_of, self._all("movements", {"b_office": self.office})))

    def described_lines(self, period: str, title: str) -> tuple[DescribedLine, ...]:
        """The lines of a title and period, in all dossiers, that came to nothing nowhere; without locks."""
        where = {"b_office": self.office, "b_period": period, "b_title": title}
        return described_lines(self._all("described_lines", where))

    def achievements_of(self, dossier: Key) -> tuple[Achievement, ...]:
        """The records that came of the dossier by itself, by number; its lock protects them."""
        where = {"b_office": self.office, "b_year": dossier.year, "b_ref": dossier.ref}
        return tuple(map(achievement_of, self._all("achievements_of", where)))

    def records_of(self, names: Iterable[str]) -> Mapping[str, tuple[Achievement, ...]]:
        """All records of these names by the key that the names have in common, without locks."""
        keys = listed(self._database.dialect, sorted(set(map(name_key, names))))
        rows = self._all("achievements_named", {"b_office": self.office, "b_keys": keys})
        return by_name(map(achievement_of, rows))

    def achievements(self, numbers: Iterable[int]) -> tuple[Achievement, ...]:
        """The records of these numbers that stand, in order."""
        keys = listed(self._database.dialect, sorted(numbers))
        rows = self._all("achievements_numbered", {"b_office": self.office, "b_keys": keys})
        return tuple(map(achievement_of, rows))

    def told(self, item: Key, entry: str) -> tuple[Told, ...]:
        """The notices that the entry caused. One has left unless it still waits for every channel that it is
        to go out by; without any it was there to be read at once."""
        where = {"b_office": item.office, "b_year": item.year, "b_ref": item.ref, "b_entry": entry}
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in self._all("told", where):
            found.setdefault(row[0][:INBOX_ID], []).append(row)
        return tuple(_told(rows) for rows in found.values())

    def due_rows(self, key: Key, *, now: datetime) -> tuple[DeadlineRow, ...]:
        """The item's pending rows whose time has come, in order of time."""
        return tuple(
            deadline_of(row) for row in self._all("due_rows", {**place(key, prefix="b_"), "b_at": now})
        )

    def deadline_rows(self, key: Key) -> tuple[DeadlineRow, ...]:
        """Every row that the item ever had, with what became of it, in order of time."""
        return tuple(deadline_of(row) for row in self._all("rows_of", place(key, prefix="b_")))

    def next_number(self, subject: str, year: int) -> int:
        """The number of the year's next item of the subject, which the database counts."""
        name = f"next_{subject}"
        row = self._one(name, {"b_office": self.office, "b_year": year})
        assert row is not None
        hot = self._hot(name)
        if hot.writes:
            self._note(_Row(hot.writes, dict(zip(hot.returns[1:], row[1:], strict=True))))
        return int(row[0])

    # -- writing -------------------------------------------------------------------------------------

    def write(self, decision: Decision, *, open: bool, new: bool = False) -> None:
        """Queues a decision: the item with its details, its words, rows, notices and entry."""
        item = decision.item
        earlier = [self._entry(draft, item.key.year, item.key) for draft in decision.earlier]
        entry = self._entry(decision.entry, item.key.year, item.key)
        columns = item_columns(item, open=open, last_entry=entry.id)
        fixed = {
            "subject": item.subject,
            "machine": item.machine,
            "digest": item.digest,
            "parent": item.parent,
        }
        whole = {**place(item.key), **fixed, **columns}
        if new:
            self._queue_up("new_item", whole)
        else:
            before, here = self._before.get(item.key), place(item.key, prefix="b_")
            if before is not None and before.parent != item.parent:
                self._queue_up("move_item", {**here, "parent": item.parent})
            if before is not None and before.digest != item.digest:
                version = {"machine": item.machine, "digest": item.digest}
                self._queue_up("migrate_item", {**here, **version}, whole)
            self._queue_up("change_item", {**here, **columns}, whole)
        self._write_details(item, new=new)
        self._write_terms(item)
        self._before[item.key] = item
        for each in (*earlier, entry):
            self._write_texts(each, item.key)
        self._end_deadlines(decision)
        self._write_deadlines(item.key, decision.deadlines)
        for row in decision.retracted:
            self._queue_up("retract_notice", {"b_office": self.office, "b_id": row})
        self._write_notices(Cause(*item.key), decision.notices, entry.id)

    def write_fired(
        self,
        item: Item,
        *,
        entry: EntryDraft,
        fired: FiredRow,
        rows: tuple[DeadlineRow, ...],
        notices: tuple[NoticeDraft, ...],
    ) -> None:
        """Queues one fired row: the item's marks and terms, no state and no new version."""
        made = self._entry(entry, item.key.year, item.key)
        self.mark(item)
        self._queue_up(
            "fire_deadline",
            {
                **place(item.key, prefix="b_"),
                "b_name": fired.name,
                "b_occurrence": fired.occurrence,
                "fired_at": self.now,
                "late_s": fired.late_s,
            },
        )
        self._write_deadlines(item.key, rows)
        self._write_notices(Cause(*item.key), notices, made.id)

    def mark(self, item: Item) -> None:
        """Queues the item's marks, owners and terms: no state, no new version and no entry of its own."""
        self._queue_up("mark_item", {**place(item.key, prefix="b_"), **mark_columns(item)})
        self._write_terms(item)
        self._before[item.key] = item

    def record(self, entry: EntryDraft, *, log: int, key: Key | None = None) -> None:
        """Queues an entry that changes no item: a refused attempt, or what concerns the whole office."""
        self.record_act(entry, log=log, key=key)

    def record_act(
        self, entry: EntryDraft, *, log: int, key: Key | None = None, notices: tuple[NoticeDraft, ...] = ()
    ) -> str:
        """Queues such an entry with its erasable words and the notices that it causes; answers with its id.

        Without a key all of it is the whole office's, of the local year `log`.
        """
        made = self._entry(entry, log, key)
        if key is None:
            self._write_office_texts(made)
        else:
            self._write_texts(made, key)
        self._write_notices(Cause(self.office, log, key.ref if key else None), notices, made.id)
        return made.id

    def expect(
        self,
        task: Key,
        rows: tuple[Expectation, ...],
        *,
        entry: EntryDraft | None = None,
        notices: tuple[NoticeDraft, ...] = (),
    ) -> None:
        """Queues rows of the task's list, new or changed, with the entry and the notices that they cause."""
        for row in rows:
            self._queue_up("keep_expectation", {**place(task), **expectation_columns(row)})
        if entry is not None:
            made = self._entry(entry, task.year, task)
            self._write_notices(Cause(*task), notices, made.id)

    def achieve(self, records: Iterable[Achievement]) -> tuple[Achievement, ...]:
        """Queues records, new ones (number 0) and changed ones, which the entry made last speaks for; answers
        with them as they are kept."""
        records, entry = tuple(records), self._entries[-1].id
        last = self._last_achievement() if any(not record.number for record in records) else 0
        numbers = count(last + 1)
        kept = tuple(record if record.number else record._replace(number=next(numbers)) for record in records)
        for before, record in zip(records, kept, strict=True):
            columns = {
                "office": self.office,
                **achievement_columns(record, entry=entry, salt=os.urandom(SALT_SIZE)),
            }
            if before.number:
                where = {"b_office": self.office, "b_number": record.number}
                self._queue_up("change_achievement", {**where, **columns}, columns)
            else:
                self._queue_up("new_achievement", columns)
        return kept

    def forget(self, records: Iterable[Achievement]) -> None:
        """Queues the removal of records, and of all words in them. Their numbers are not given again."""
        removed = [record.number for record in records]
        if removed:
            self.given_away("last_record", max(removed))
        for number in removed:
            self._queue_up("remove_achievement", {"b_office": self.office, "b_number": number})

    def given_away(self, counter: str, number: int) -> None:
        """Has the office remember the number of what is removed, in its column `counter`."""
        column = office.c[counter]
        later = column.is_(None) | (column < number)
        self.execute(update(office).where(office.c.office == self.office, later).values({column: number}))

    def _last_achievement(self) -> int:
        """The greatest number that a record has or had, under the lock of who counts them."""
        self.lock_office()
        row = self._one("last_achievement", {"b_office": self.office})
        return max(number or 0 for number in row) if row else 0

    def keep_answer(self, answer: str) -> None:
        self._queue_up("keep_answer", {"b_office": self.office, "b_key": self._command, "answer": answer})

    def execute(self, statement: Any, params: Any = None) -> Any:
        """Runs a Core statement that is not hot, in this transaction, after what is queued.

        One that writes rows which the log is bound to is answered with `Written`.
        """
        self.flush()
        table = _bound_by(statement)
        with translated(self._database.where):
            if table is None:
                return self._database.connection.execute(statement, params)
            removes = isinstance(statement, Delete)
            columns = (
                statement.table.primary_key
                if removes
                else [statement.table.c[name] for name in table.columns]
            )
            found = self._database.connection.execute(statement.returning(*columns), params).mappings().all()
        for row in found:
            self._note(_Row(table, dict(row), removes))
        return Written(len(found))

    def speak_for(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Has entries of this unit say rows that stand already; each row has every bound column."""
        bound = bound_table(table)
        assert bound is not None
        for row in rows:
            self._note(_Row(bound, row))

    def commit(self) -> None:
        """Flushes, appends the entries under the locks of their logs' heads, and commits."""
        self.append()
        try:
            with translated(self._database.where), self._pipeline():
                self._send_queue()
                self._database.commit()
        except ConnectionLost as lost:
            raise CommitLost(where=self._database.where) from lost

    def has_entry(self, log: int, id: str) -> bool:
        """Whether the entry was committed. Whoever wrote it held the lock of its log's head to the end, for
        which this waits."""
        self._head(log)
        return self._one("has_entry", {"b_office": self.office, "b_id": id}) is not None

    def append(self) -> None:
        """Writes the entries, each with the rows that it speaks for, under the locks of their logs' heads.

        What is left in the queue goes with the commit.
        """
        heads = {log: self._head(log) for log in sorted({entry.log for entry in self._entries})}
        self.flush()
        said = self._said()
        for log in sorted({entry.log for entry in self._entries}):
            head = heads.get(log) or self._head(log)
            for entry in (entry for entry in self._entries if entry.log == log):
                columns = entry.sealed(said.get(entry.id, []), head.size)
                self._queue_up("new_entry", columns)
                head = head.append(columns["leaf"])
            self._queue_up(
                "change_head",
                {
                    "b_office": self.office,
                    "b_log": log,
                    "size": head.size,
                    "root": head.root(),
                    "range": head.encode(),
                },
            )
        self._entries.clear()
        self._rows.clear()

    # -- inside --------------------------------------------------------------------------------------

    def _entry(self, draft: EntryDraft, log: int, key: Key | None) -> NewEntry:
        entry = new_entry(
            draft,
            office=self.office,
            log=log,
            key=key,
            command=self._command,
            id=new_entry_id(),
            now=self.now,
            login=self.login,
        )
        self._entries.append(entry)
        self.first_entry = self.first_entry or (log, entry.id)
        return entry

    def _head(self, log: int) -> CompactRange:
        """The log's head under its lock, made where there is none."""
        where = {"b_office": self.office, "b_log": log}
        row = self._one("lock_head", where)
        if row is None:
            empty = {"size": 0, "root": empty_root(), "range": CompactRange().encode()}
            self._run("new_head", {"office": self.office, "log": log, **empty})
            row = self._one("lock_head", where)
        assert row is not None
        return CompactRange.decode(bytes(row[1]))

    def _note(self, row: _Row) -> None:
        self._rows[row.table.name, row.table.key_of(row.values)] = row

    def _said(self) -> dict[str, list[str]]:
        """What each entry, by its id, says of the rows that were written.

        The last entry of the row's item speaks for it, else the last one of its log; where there is none
        either, one is made.
        """
        said: dict[str, list[str]] = {}
        last: dict[tuple[int, str | None] | int, NewEntry] = {}
        for standing in self._entries:
            last[standing.log] = last[standing.log, standing.ref] = standing
        today = local_date(self.now, self._zone).year
        for (name, key), row in self._rows.items():
            log, ref = row.values.get("year") or today, row.values.get("ref")
            entry = last.get((log, ref)) or last.get(log)
            if entry is None:
                draft = EntryDraft(FOLLOWED, SYSTEM, SYSTEM, from_state=None, to_state=None)
                entry = self._entry(draft, log, Key(self.office, log, ref) if ref else None)
                last[log] = last[log, entry.ref] = entry
            digest = GONE if row.removed else row.table.digest(row.values, self._key())
            said.setdefault(entry.id, []).append(f"{name} {key.replace(entry.id, OWN)} {digest}")
        return said

    def _key(self) -> bytes:
        """The office's key of digests, read where whoever made the unit did not know it."""
        if self._digest_key is None:
            found = select(office.c.digest_key).where(office.c.office == self.office)
            with translated(self._database.where):
                self._digest_key = bytes(self._database.connection.execute(found).scalar_one())
        return self._digest_key

    def _write_details(self, item: Item, *, new: bool) -> None:
        kept, before = self._database.kept.of(item.key.ref), self._before.get(item.key)
        assert kept is not None
        old = before.details if before else None
        if old == item.details:
            return
        columns = kept.columns_of(item.details)
        changes = {name: columns[name] for name in kept.changes}
        if new:
            self._queue_up(f"new_{kept.table}", {**place(item.key), **columns})
        elif old is None or changes.items() - kept.columns_of(old).items():
            where, whole = place(item.key, prefix="b_"), {**place(item.key), **columns}
            self._queue_up(f"change_{kept.table}", {**where, **changes}, whole)
        if kept.lines is not None:
            self._write_lines(item.key, kept.lines, kept.lines.of(old), kept.lines.of(item.details))

    def _write_lines(self, key: Key, kept: KeptLines, old: Mapping[int, Any], new: Mapping[int, Any]) -> None:
        for no, line in new.items():
            if no not in old:
                self._queue_up(f"new_{kept.table}", {**place(key), **kept.columns_of(line)})
            elif line != old[no]:
                where, columns = {**place(key, prefix="b_"), "b_no": no}, kept.columns_of(line)
                changes = {name: columns[name] for name in kept.columns}
                self._queue_up(f"change_{kept.table}", {**where, **changes}, {**place(key), **columns})
        for no in old.keys() - new.keys():
            self._queue_up(f"remove_{kept.table}", {**place(key, prefix="b_"), "b_no": no})
            self._queue_up("erase_line", {**place(key, prefix="b_"), "b_line": no})

    def _write_terms(self, item: Item) -> None:
        """The terms that are not as they were read or last written."""
        before = self._before.get(item.key)
        for term in item.terms:
            if before is None or before.term(term.id) != term:
                self._queue_up("keep_term", {**place(item.key), **term_columns(term)})

    def _write_office_texts(self, entry: NewEntry) -> None:
        """The words of an act on the whole office, each with its entry."""
        for salted in entry.texts:
            self._queue_up("keep_office_text", {"office": self.office, **salted.columns(entry.id)})

    def _write_texts(self, entry: NewEntry, key: Key) -> None:
        # Of a line only the words stand that were given last.
        for text in (salted.text for salted in entry.texts):
            if text.nominee is None or text.beside:
                continue
            word = {"b_line": text.nominee, "b_input": text.field}
            self._queue_up("erase_word", {**place(key, prefix="b_"), **word})
        for salted in entry.texts:
            whose = {**place(key), "line": salted.text.nominee or 0}
            self._queue_up("keep_text", {**whose, **salted.columns(entry.id)})

    def _end_deadlines(self, decision: Decision) -> None:
        """Ends and pauses what the decision says, before new rows are written."""
        where = place(decision.item.key, prefix="b_")
        if decision.cancel_deadlines is not None:
            name = "cancel_own_deadlines" if decision.only_own else "cancel_deadlines"
            self._queue_up(name, {**where, "reason": decision.cancel_deadlines})
        for term, reason in decision.ended_terms:
            self._queue_up("cancel_term", {**where, "b_term": term, "reason": reason})
        for term in decision.paused_terms:
            course = decision.item.term(term)
            since = (course.paused_on if course else None) or local_date(self.now, self._zone)
            self._queue_up("pause_term", {**where, "b_term": term, "paused_on": since})

    def _write_deadlines(self, key: Key, rows: tuple[DeadlineRow, ...]) -> None:
        for row in rows:
            self._queue_up("new_deadline", {**place(key), **deadline_columns(row)})

    def _write_notices(self, about: Cause, notices: tuple[NoticeDraft, ...], cause: str) -> None:
        """The inbox's row with the words, and one to be sent for each other channel of the reader."""
        for number, notice in enumerate(notices):
            id = f"{cause}-{number:03}"
            row = {
                "office": about.office,
                "year": about.year,
                "ref": about.ref,
                "at": self.now,
                "kind": notice.kind,
                "level": notice.level,
                "to_account": notice.to,
                "deadline": notice.deadline,
                "occurrence": notice.occurrence,
                "message": None,
                "instead_of": notice.instead_of,
            }
            words = {"subject": notice.subject, "text": notice.text}
            self._queue_up("new_notice", {**row, **words, "id": id, "channel": INBOX, "status": "sent"})
            for which, channel in enumerate(self._channels_of(notice.to), start=1):
                out = {"id": f"{id}.{which}", "channel": channel, "status": "pending"}
                self._queue_up("new_notice", {**row, "subject": None, "text": None, **out})

    def _channels_of(self, account: str) -> Sequence[str]:
        """The channels of the account beside its inbox; read once where the caller does not know them."""
        if self._channels is None:
            found = sorted(self._all("channels", {"b_office": self.office}))
            self._channels = {
                owner: [channel for _owner, channel in those]
                for owner, those in groupby(found, key=lambda row: str(row[0]))
            }
        return self._channels.get(account, ())

    def _locked(self, key: Key, kept: KeptDetails, *, skip_locked: bool) -> list[tuple[Any, ...]]:
        """The item's rows with its details. On SQLite the transaction itself is the lock.

        On PostgreSQL the lock is a statement of its own, in the same round trip: one that locks and reads
        would, after waiting, see the item's new row beside its details' old one. What is held is read alone.
        """
        where = place(key, prefix="b_")
        if self._database.dialect == "sqlite" or key in self._held:
            return self._all(f"read_{kept.table}", where)
        lock = self._hot("lock_item_or_skip" if skip_locked else "lock_item")
        read = self._hot(f"read_{kept.table}")
        with translated(self._database.where), self._pipeline():
            self._send_queue()
            locked = self._driver.execute(lock.sql, lock.bound(where))
            found = self._driver.execute(read.sql, read.bound(where))
            rows = found.fetchall() if locked.fetchone() is not None else []
        if rows:
            self._held.add(key)
        self._take_note()
        return [read.row(row) for row in rows]

    def _hot(self, name: str) -> Hot:
        return self._database.hot(name)

    def _queue_up(self, name: str, params: Mapping[str, Any], whole: Mapping[str, Any] | None = None) -> None:
        """`whole` is the row as it stands then, where the log is bound to it and the statement changes a part
        of it and gives none back; of a new row the parameters are all of it."""
        hot = self._hot(name)
        if hot.writes and not hot.returns:
            whole = whole or params
        if self._queue and self._queue[-1][0] is hot:
            self._queue[-1][1].append(hot.bound(params))
            self._queue[-1][2].append(whole)
        else:
            self._queue.append((hot, [hot.bound(params)], [whole]))

    def flush(self) -> None:
        """Runs what is queued, in its order."""
        if self._queue:
            with translated(self._database.where), self._pipeline():
                self._send_queue()
        self._take_note()

    def _send_queue(self) -> None:
        """Statements that follow each other and differ only in their values go to the driver as one."""
        for hot, rows, wholes in self._queue:
            if hot.returns:
                cursors = [self._driver.execute(hot.sql, row) for row in rows]
                self._sent_rows += [(hot, cursor, []) for cursor in cursors]
            elif len(rows) == 1:
                self._driver.execute(hot.sql, rows[0])
            else:
                self._driver.cursor().executemany(hot.sql, rows)
            if hot.writes and not hot.returns:
                self._sent_rows.append((hot, None, wholes))
        self._queue.clear()

    def _take_note(self) -> None:
        """Keeps what was sent for the log, in its order: the last word on a row counts. Never within a
        pipeline, where each answer that is fetched would be a round trip of its own."""
        for hot, cursor, wholes in self._sent_rows:
            table = hot.writes
            assert table is not None
            if cursor is None:
                rows = [_Row(table, whole) for whole in wholes if whole is not None]
            elif hot.removes:
                names = hot.returns
                rows = [_Row(table, dict(zip(names, row, strict=True)), True) for row in cursor.fetchall()]
            else:
                rows = [_Row(table, table.read(row)) for row in cursor.fetchall()]
            for row in rows:
                self._note(row)
        self._sent_rows.clear()

    def _pipeline(self) -> AbstractContextManager[object]:
        """On PostgreSQL the statements of the block travel in one round trip."""
        pipeline: AbstractContextManager[object] = (
            self._driver.pipeline() if self._database.dialect == "postgresql" else nullcontext()
        )
        return pipeline

    def _run(self, name: str, params: Mapping[str, Any]) -> Any:
        with translated(self._database.where):
            cursor = self._sent(self._hot(name), params)
        self._take_note()
        return cursor

    def _one(self, name: str, params: Mapping[str, Any]) -> tuple[Any, ...] | None:
        hot = self._hot(name)
        with translated(self._database.where):
            row = self._sent(hot, params).fetchone()
        self._take_note()
        return None if row is None else hot.row(row)

    def _all(self, name: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        hot = self._hot(name)
        with translated(self._database.where):
            rows = self._sent(hot, params).fetchall()
        self._take_note()
        return [hot.row(row) for row in rows]

    def _sent(self, hot: Hot, params: Mapping[str, Any]) -> Any:
        """The cursor of a statement, run after what is queued and in the same round trip."""
        if not self._queue:
            return self._driver.execute(hot.sql, hot.bound(params))
        with self._pipeline():
            self._send_queue()
            return self._driver.execute(hot.sql, hot.bound(params))


def _told(rows: list[tuple[Any, ...]]) -> Told:
    """A notice from its rows: the inbox's, then one for each other channel."""
    (_id, kind, to, instead_of, *_), *out = rows
    waits = bool(out) and all(status == "pending" and message is None for *_, status, message in out)
    return Told(kind, to, instead_of, not waits, tuple(row[0] for row in rows) if waits else ())


@contextmanager
def unit_of_work(
    database: Database,
    *,
    office: str,
    zone: str,
    command: str,
    now: datetime,
    digest_key: bytes | None = None,
    channels: Mapping[str, Sequence[str]] | None = None,
    login: str | None = None,
) -> Iterator[UnitOfWork]:
    """A transaction for one command: `command` is its idempotency key, `now` the instant of all in it.

    `channels` are those of the office's accounts beside their inboxes, where the caller has read them;
    `login` is the one by which the command's account is signed in, which every entry of it says.
    """
    with database.transaction():
        yield UnitOfWork(
            database,
            office=office,
            zone=zone,
            command=command,
            now=now,
            digest_key=digest_key,
            channels=channels,
            login=login,
        )


def _bound_by(statement: Any) -> BoundTable | None:
    """The bound table of which a Core statement writes what the log is bound to; None of one that only reads,
    or changes nothing but unbound columns."""
    if not isinstance(statement, UpdateBase):
        return None
    table = bound_table(statement.table)
    if table is not None and isinstance(statement, Update):
        changed = {getattr(column, "name", column) for column in statement._values or ()}
        return table if changed.intersection(table.columns) else None
    return table
