"""The bare loops that the engine is measured against: DB-API, stdlib json, sha256, the same rows, no engine.

A bare loop decides nothing and checks nothing. In one transaction it reads the item (locked on PostgreSQL)
and the head, canonicalises, hashes, and writes the item, the words, the deadline rows, the notices, the entry
and the head as the engine does. Deadline rows, notices and the digests of what was written are given to it
ready: it computes no dates and words nothing.
"""

from __future__ import annotations

import json
import os
import sqlite3
from base64 import b32encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from benchmarks.house import OFFICE, YEAR, Step, until, words_of

AT, TODAY = "2026-01-04T17:00:00.000000Z", "2026-01-05"


@dataclass(frozen=True, slots=True)
class Ready:
    """What a round of one item brings besides, by event: full deadline rows, notices from `year` on, and what
    the entry says of the rows that were written."""

    deadlines: Mapping[str, Sequence[tuple[Any, ...]]]
    notices: Mapping[str, Sequence[tuple[Any, ...]]]
    rows: Mapping[str, Sequence[str]]


DEADLINE = (
    "office, year, ref, name, occurrence, kind, level, at, due_date, calendar, derived, status, reason,"
    " fired_at, late_s, paused_on, policy, term, rung, unit"
)
OCCURRENCE, DUE_DATE, POLICY, TERM = 4, 8, 16, 17
"""Places in a deadline row."""
NOTICE = "year, ref, at, kind, level, to_account, channel, status, subject, text, deadline, occurrence"
_HERE = "office = ? AND year = ? AND ref = ?"
_READ = f"SELECT version, due_on, due_mark, due_first, returns, round FROM item WHERE {_HERE}"
_ITEM = (
    "UPDATE item SET state = ?, version = ?, open = ?, owners = ?, due_on = ?, due_mark = ?, due_first = ?,"
    " waiting = ?, overdue = ?, closed_on = ?, submitted_by = coalesce(?, submitted_by),"
    " reviewed_by = coalesce(?, reviewed_by), returns = ?,"
    f" round = ?, last_entry = ? WHERE {_HERE}"
)
_TERM = (
    "INSERT INTO term (office, year, ref, term, due, since, occurrence, policy, used, reminded, addressed)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '[]') ON CONFLICT (office, year, ref, term) DO UPDATE"
    " SET due = excluded.due, since = excluded.since, occurrence = excluded.occurrence, used = 0,"
    " paused_on = NULL, reminded = 0, addressed = '[]'"
)
_TERM_ENDS = f"UPDATE term SET due = NULL, paused_on = NULL WHERE {_HERE} AND term = ?"
_TERM_PAUSES = f"UPDATE term SET paused_on = ? WHERE {_HERE} AND term = ?"
_DOSSIER = f"UPDATE dossier SET complete_on = ? WHERE {_HERE}"
_TEXT = (
    "INSERT INTO free_text (office, year, ref, line, entry, input, salt, value)"
    " VALUES (?, ?, ?, 0, ?, ?, ?, ?)"
)
_WAITS = f"{_HERE} AND status = 'pending' AND term"
_CANCEL = f"UPDATE deadline SET status = 'cancelled', reason = 'moved' WHERE {_WAITS} IS NULL"
_END_TERM = f"UPDATE deadline SET status = 'cancelled', reason = ? WHERE {_WAITS} = ?"
_PAUSE_TERM = f"UPDATE deadline SET paused_on = ? WHERE {_WAITS} = ?"
_DEADLINE = f"INSERT INTO deadline ({DEADLINE}) VALUES ({', '.join('?' * 20)})"
_NOTICE = f"INSERT INTO notice (office, id, {NOTICE}) VALUES ({', '.join('?' * 14)})"
_ENTRY = (
    "INSERT INTO entry (office, log, seq, id, at, ref, actor, acting_for, role, event, from_state, to_state,"
    f" refused, rules, bytes, leaf) VALUES ({', '.join('?' * 16)})"
)
_HEAD = "SELECT size, range FROM log_head WHERE office = ? AND log = ?"
_NEW_HEAD = "UPDATE log_head SET size = ?, root = ?, range = ? WHERE office = ? AND log = ?"


def new_id() -> str:
    return os.urandom(16).hex()


def new_key() -> str:
    return b32encode(os.urandom(10)).decode().lower()


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def bare_sqlite(path: str, *, journal_mode: str) -> Bare:
    """On the engine's settings: the journal named, `synchronous=EXTRA`, foreign keys and secure delete on."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (
        f"journal_mode={journal_mode}",
        "synchronous=EXTRA",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return Bare(connection, lock="", begin="BEGIN IMMEDIATE", holds="?")


def bare_postgresql(conninfo: str) -> Bare:
    """On psycopg, which prepares a statement after five runs; rows are locked as they are read."""
    import psycopg

    connection = psycopg.connect(conninfo, autocommit=True)
    return Bare(connection, lock=" FOR UPDATE", begin="BEGIN", holds="%s")


class Bare:
    """One connection that writes steps without an engine."""

    def __init__(self, connection: Any, *, lock: str, begin: str, holds: str) -> None:
        self.connection = connection
        self._begin = begin

        def spoken(sql: str) -> str:
            return sql if holds == "?" else sql.replace("%", "%%").replace("?", holds)

        self._item, self._text = spoken(_ITEM), spoken(_TEXT)
        self._dossier = spoken(_DOSSIER)
        self._read, self._head = spoken(_READ + lock), spoken(_HEAD + lock)
        self._cancel, self._deadline, self._notice = spoken(_CANCEL), spoken(_DEADLINE), spoken(_NOTICE)
        self._end_term, self._pause_term = spoken(_END_TERM), spoken(_PAUSE_TERM)
        self._term, self._term_ends = spoken(_TERM), spoken(_TERM_ENDS)
        self._term_pauses = spoken(_TERM_PAUSES)
        self._entry, self._new_head = spoken(_ENTRY), spoken(_NEW_HEAD)

    def close(self) -> None:
        self.connection.close()

    def advance(self, refs: Sequence[str], step: Step, round: int, ready: Mapping[str, Ready]) -> None:
        """Writes a step of every item in one transaction and commits it."""
        run = self.connection.cursor()
        key = new_key()
        run.execute(self._begin)
        try:
            self._write(run, key, refs, step, round, ready)
        except BaseException:
            with suppress(Exception):
                run.execute("ROLLBACK")
            raise
        run.execute("COMMIT")

    def _write(
        self,
        run: Any,
        key: str,
        refs: Sequence[str],
        step: Step,
        round: int,
        ready: Mapping[str, Ready],
    ) -> None:
        words = words_of(step, round)
        read = [run.execute(self._read, (OFFICE, YEAR, ref)).fetchone() for ref in refs]
        ids = [new_id() for _ref in refs]
        items = [
            _item(ref, step, row, round, id, ready[ref].deadlines.get(step.event, ()))
            for ref, row, id in zip(refs, read, ids, strict=True)
        ]
        _many(run, self._item, items)
        salts = [[os.urandom(16) for _text in step.texts] for _ref in refs]
        if step.texts:
            texts = [
                (OFFICE, YEAR, ref, id, name, salt, value)
                for ref, id, own in zip(refs, ids, salts, strict=True)
                for (name, value), salt in zip(step.texts, own, strict=True)
            ]
            _many(run, self._text, texts)
        if step.machine.startswith("nomination"):
            # Nobody found it complete yet.
            _many(run, self._dossier, [(None, OFFICE, YEAR, ref) for ref in refs])
        if step.event == "extend":
            _many(run, self._cancel, [(OFFICE, YEAR, ref) for ref in refs])
        for term, reason in step.ends:
            _many(run, self._end_term, [(reason, OFFICE, YEAR, ref, term) for ref in refs])
            if reason == "ended":
                _many(run, self._term_ends, [(OFFICE, YEAR, ref, term) for ref in refs])
        for term in step.pauses:
            _many(run, self._pause_term, [(TODAY, OFFICE, YEAR, ref, term) for ref in refs])
            _many(run, self._term_pauses, [(TODAY, OFFICE, YEAR, ref, term) for ref in refs])
        deadlines = [row for ref in refs for row in ready[ref].deadlines.get(step.event, ())]
        if deadlines:
            _many(run, self._deadline, deadlines)
        if begun := _begun(deadlines):
            _many(run, self._term, begun)
        notices = [
            (OFFICE, f"{id}-{number:03}", *notice)
            for ref, id in zip(refs, ids, strict=True)
            for number, notice in enumerate(ready[ref].notices.get(step.event, ()))
        ]
        if notices:
            _many(run, self._notice, notices)
        said = [ready[ref].rows[step.event] for ref in refs]
        self._append(run, key, refs, step, words, ids, salts, said)

    def _append(
        self,
        run: Any,
        key: str,
        refs: Sequence[str],
        step: Step,
        words: Mapping[str, str],
        ids: Sequence[str],
        salts: Sequence[Sequence[bytes]],
        said: Sequence[Sequence[str]],
    ) -> None:
        size, data = run.execute(self._head, (OFFICE, YEAR)).fetchone()
        peaks = [data[at : at + 32] for at in range(8, len(data), 32)]
        entries = []
        for ref, id, own, rows in zip(refs, ids, salts, said, strict=True):
            record = {**_record(key, ref, step, words, id, own), "mac": rows}
            stored = canonical(record).encode()
            leaf = sha256(b"\x00" + stored).digest()
            entries.append(
                (
                    OFFICE,
                    YEAR,
                    size,
                    id,
                    AT,
                    ref,
                    step.actor,
                    None,
                    step.role,
                    step.event,
                    step.source,
                    step.target,
                    False,
                    canonical([*step.rules]),
                    stored,
                    leaf,
                )
            )
            full, node = size, leaf
            while full & 1:
                node = sha256(b"\x01" + peaks.pop() + node).digest()
                full >>= 1
            peaks.append(node)
            size += 1
        _many(run, self._entry, entries)
        root = peaks[-1]
        for peak in peaks[-2::-1]:
            root = sha256(b"\x01" + peak + root).digest()
        encoded = size.to_bytes(8, "big") + b"".join(peaks)
        run.execute(self._new_head, (size, root, encoded, OFFICE, YEAR))


def _many(run: Any, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if len(rows) == 1:
        run.execute(sql, rows[0])
    else:
        run.executemany(sql, rows)


def _item(
    ref: str, step: Step, row: tuple[Any, ...], round: int, id: str, deadlines: Sequence[tuple[Any, ...]]
) -> tuple[Any, ...]:
    """The parameters of the item's update. A dossier bears the nearest date of the terms that begin."""
    version, due_on, due_mark, due_first, returns, rounds = row
    if step.event == "return":
        returns += 1
    elif step.event == "extend":
        rounds += 1
        due_on, due_mark, due_first = until(round).isoformat(), "extended", due_first or due_on
    if step.machine.startswith("nomination"):
        due_on = min((str(deadline[DUE_DATE]) for deadline in deadlines), default=None)
        due_mark = "term" if deadlines else None
    submitter, reviewer = (step.actor if step.event == event else None for event in ("submit", "review"))
    owners = canonical([step.owner])
    changed = (step.target, version + 1, True, owners, due_on, due_mark, due_first, False, False, None)
    return (*changed, submitter, reviewer, returns, rounds, id, OFFICE, YEAR, ref)


def _begun(deadlines: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The terms that begin with these rows; rows of a task's own date have none."""
    begun = {(row[2], row[TERM]): row for row in deadlines if row[TERM] is not None}
    return [
        (OFFICE, YEAR, ref, term, str(row[DUE_DATE]), TODAY, row[OCCURRENCE], row[POLICY])
        for (ref, term), row in begun.items()
    ]


def _record(
    key: str, ref: str, step: Step, words: Mapping[str, str], id: str, salts: Sequence[bytes]
) -> dict[str, Any]:
    record: dict[str, Any] = {
        "nonce": id,
        "office": OFFICE,
        "log": YEAR,
        "item": ref,
        "actor": step.actor,
        "role": step.role,
        "event": step.event,
        "from": step.source,
        "to": step.target,
        "key": key,
        "at": AT,
        "machine": step.machine,
    }
    for (name, value), salt in zip(step.texts, salts, strict=True):
        record[f"text.{name}"] = sha256(salt + value.encode()).hexdigest()
    if "until" in words:
        record["input.until"] = words["until"]
    if step.rules:
        record["rules"] = [*step.rules]
    return record
