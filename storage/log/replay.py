"""Every row held against the last thing that the log says of it, every erasable word against its digest.

Looks only, in pages: what entries say and what stands is gathered in two tables of a temporary file, so
memory stays what it is for a small office. Writers are not held up. Where something does not agree, entries
may have come meanwhile: the tables in question are read once more, at one moment.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Table

from storage.database import Database
from storage.errors import translated
from storage.log.audit import Fault
from storage.log.baseline import BASELINE
from storage.log.bound import GONE, BoundTable, bound_table, said_rows
from storage.log.canonical import text_digest
from storage.log.column import told_apart

PAGE = 1000
EXPLAINED = 200
"""Rows of which the column is looked for; of more the rows alone are named."""
WORDS = ("free_text", "office_text")

_LEDGER = """
CREATE TABLE said (name TEXT, key TEXT, log INT, seq INT, digest TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID;
CREATE TABLE stands (name TEXT, key TEXT, digest TEXT, PRIMARY KEY (name, key)) WITHOUT ROWID;
CREATE TABLE word (entry TEXT, input TEXT, digest TEXT, seq INT, PRIMARY KEY (entry, input)) WITHOUT ROWID;
CREATE TABLE spoken (entry TEXT, input TEXT, digest TEXT, name TEXT, key TEXT);
"""
_AT_ODDS = """
SELECT name, key, stands.digest, said.digest, said.log, said.seq FROM stands LEFT JOIN said USING (name, key)
 WHERE said.digest IS NOT stands.digest
UNION ALL SELECT name, key, NULL, said.digest, said.log, said.seq FROM said LEFT JOIN stands USING (name, key)
 WHERE stands.name IS NULL AND said.digest <> '-'
ORDER BY 1, 2
"""
_WORDS_AT_ODDS = """
SELECT spoken.name, spoken.key, word.seq FROM spoken JOIN word USING (entry, input)
 WHERE spoken.digest <> word.digest ORDER BY 1, 2
"""


class Replayed(NamedTuple):
    """How many rows stand, since when the log binds them where that was not from its beginning (the instant,
    by log), what does not agree, and the newest log that was read."""

    rows: int
    since: Mapping[int, str]
    faults: tuple[Fault, ...]
    newest: int = 0


class _AtOdds(NamedTuple):
    """A row that does not agree; `stored` or `said` is None where it does not stand, or no entry says it."""

    name: str
    key: str
    stored: str | None
    said: str | None
    log: int | None
    seq: int | None


def replay(
    database: Database,
    office: str,
    log: int | None = None,
    *,
    explained: int = EXPLAINED,
    read: Callable[[int], None] = lambda _entries: None,
) -> Replayed:
    """Holds all rows of the office against the log; with `log` those of a year. Of so many rows that do not
    agree it is looked for the column. `read` is told of each page how many entries it had."""
    with translated(database.where), closing(_Replay(database, office, log, explained, read)) as made:
        return made.run()


class _Replay:
    def __init__(
        self,
        database: Database,
        office: str,
        log: int | None,
        explained: int,
        read: Callable[[int], None],
    ) -> None:
        self._database, self._explained, self._read = database, explained, read
        self._office, self._log = office, log
        self._holds = "?" if database.dialect == "sqlite" else "%s"
        known = (table for name, table in sorted(database.tables.items()))
        # Rows of no year may be said in any log: a look at one year alone leaves them out.
        self._tables = {
            table.name: (table, bound)
            for table in known
            if (bound := bound_table(table)) and (log is None or "year" in table.c)
        }
        self._by_year = frozenset(
            name
            for name, (table, bound) in self._tables.items()
            if "year" in table.c and "year" not in bound.key
        )
        self._ledger = sqlite3.connect("", isolation_level=None)
        self._ledger.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _LEDGER)
        self._ledger.execute("BEGIN")
        self._seen = (-1, -1)
        self._since: dict[int, str] = {}
        self._states: dict[tuple[int, str], str] = {}
        self._chain: list[Fault] = []
        self._key = b""

    def close(self) -> None:
        self._ledger.close()

    def run(self) -> Replayed:
        key = self._ask(f"SELECT digest_key FROM office WHERE office = {self._holds}", (self._office,))
        if not key:
            newest = self._ask(f"SELECT max(log) FROM log_head WHERE office = {self._holds}", (self._office,))
            if newest[0][0] is None:  # there never was such an office
                return Replayed(0, {}, ())
            return Replayed(0, {}, (Fault("row_missing", newest[0][0], seq=0, table="office", row=""),))
        self._key = bytes(key[0][0])
        self._read_entries()
        for name in self._tables:
            for _row in self._read_rows(name):
                pass
        suspects = self._at_odds()
        faults = list(self._looked_at_again(suspects)) if suspects else []
        ((rows,),) = self._ledger.execute("SELECT count(*) FROM stands")
        words = {
            (name, key): Fault("words", self._log_of(key), seq, self._ref_of(name, key), name, key)
            for name, key, seq in self._ledger.execute(_WORDS_AT_ODDS)
        }
        # Words that are not the ones of their entry say more than that their row was changed.
        faults = [fault for fault in faults if fault.code != "row" or (fault.table, fault.row) not in words]
        return Replayed(rows, self._since, (*self._chain, *faults, *words.values()), max(self._seen[0], 0))

    def _at_odds(self) -> list[_AtOdds]:
        return [_AtOdds(*row) for row in self._ledger.execute(_AT_ODDS)]

    # -- what entries say ----------------------------------------------------------------------------

    def _read_entries(self) -> None:
        """Those that came since they were last read; of what is said twice the last stays."""
        columns = "log, seq, id, ref, at, event, from_state, to_state, refused, bytes"
        holds = self._holds
        year = "" if self._log is None else f" AND log = {int(self._log)}"
        sql = (
            f"SELECT {columns} FROM entry WHERE office = {holds}{year} AND (log, seq) > ({holds}, {holds})"
            f" ORDER BY log, seq LIMIT {PAGE}"
        )
        while page := self._ask(sql, (self._office, *self._seen)):
            said: list[tuple[Any, ...]] = []
            words: list[tuple[Any, ...]] = []
            for log, seq, id, ref, at, event, before, after, refused, data in page:
                self._follow(log, seq, ref, before, after, bool(refused))
                if event == BASELINE:
                    self._since.setdefault(log, at if isinstance(at, str) else at.isoformat())
                if (record := _record(bytes(data))) is None:
                    continue
                for name, key, digest in said_rows({**record, "nonce": id}):
                    if name in self._tables:
                        said.append((name, self._full(name, key, log), log, seq, digest))
                for member, digest in record.items():
                    if member.startswith("text."):
                        words.append((id, member[5:], digest, seq))
            self._ledger.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?)", said)
            self._ledger.executemany("INSERT OR REPLACE INTO word VALUES (?, ?, ?, ?)", words)
            self._seen = (page[-1][0], page[-1][1])
            self._read(len(page))

    def _follow(
        self, log: int, seq: int, ref: str | None, before: str | None, after: str | None, refused: bool
    ) -> None:
        """An entry on an item begins where the one before it ended: also a row that was changed and written
        again since by an act is found by that."""
        if ref is None or after is None or refused:
            return
        place = (log, ref)
        stood = self._states.get(place)
        if stood is not None and before is not None and before != stood:
            self._chain.append(Fault("chain", log, seq=seq, ref=ref, stored=before, said=stood))
        self._states[place] = after

    # -- what stands ---------------------------------------------------------------------------------

    def _read_rows(self, name: str) -> Iterator[tuple[str, Mapping[str, Any], str]]:
        """Every row of a table with its key and its digest, which are kept."""
        table, bound = self._tables[name]
        order = [column.name for column in table.primary_key if column.name != "office"]
        if self._log is not None:
            order = [name for name in order if name != "year"]
        for page in self._pages(table, bound, order):
            stands: list[tuple[str, str, str]] = []
            spoken: list[tuple[Any, ...]] = []
            for values in page:
                row = bound.read(values)
                key = self._full(name, bound.key_of(row), row.get("year"))
                digest = bound.digest(row, self._key)
                stands.append((name, key, digest))
                if name in WORDS:
                    said = text_digest(bytes(row["salt"]), str(row["value"]))
                    spoken.append((row["entry"], row["input"], said, name, key))
                yield key, row, digest
            self._ledger.executemany("INSERT OR REPLACE INTO stands VALUES (?, ?, ?)", stands)
            self._ledger.executemany("INSERT INTO spoken VALUES (?, ?, ?, ?, ?)", spoken)

    def _pages(self, table: Table, bound: BoundTable, order: Sequence[str]) -> Iterator[list[Any]]:
        holds, keys = self._holds, ", ".join(order)
        where, own = f"office = {holds}", (self._office,)
        if self._log is not None:
            where += f" AND year = {int(self._log)}"
        sql = f"SELECT {', '.join(bound.columns)} FROM {table.name} WHERE {where}"
        if not order:  # an office has one row of it
            yield self._ask(sql, own)
            return
        end = f" ORDER BY {keys} LIMIT {PAGE}"
        places = [bound.columns.index(name) for name in order]
        page = self._ask(sql + end, own)
        marks = ", ".join([holds] * len(order))
        while page:
            yield page
            last = [page[-1][place] for place in places]
            page = self._ask(f"{sql} AND ({keys}) > ({marks}){end}", (*own, *last))

    def _full(self, name: str, key: str, log: int | None) -> str:
        """A row's key within the office: an entry leaves out the year, which is its log's."""
        return f"{log}/{key}" if name in self._by_year else key

    def _log_of(self, key: str) -> int:
        year = key.partition("/")[0]
        return int(year) if year.isdigit() and len(year) == 4 else self._seen[0]

    def _ref_of(self, name: str, key: str) -> str | None:
        return key.split("/")[1] if self._tables[name][1].key[:1] == ("ref",) else None

    # -- what does not agree -------------------------------------------------------------------------

    def _looked_at_again(self, suspects: Sequence[_AtOdds]) -> Iterator[Fault]:
        """The rows that do not agree at one moment either."""
        rows: dict[tuple[str, str], Mapping[str, Any]] = {}
        with self._at_one_moment():
            self._read_entries()
            for name in sorted({suspect.name for suspect in suspects}):
                self._ledger.execute("DELETE FROM stands WHERE name = ?", (name,))
                self._ledger.execute("DELETE FROM spoken WHERE name = ?", (name,))
                wanted = {suspect.key for suspect in suspects if suspect.name == name}
                for key, row, _digest in self._read_rows(name):
                    if key in wanted and len(rows) < self._explained:
                        rows[name, key] = row
            found = self._at_odds()
            ((agreed,),) = self._ledger.execute(
                "SELECT count(*) FROM stands JOIN said USING (name, key) WHERE said.digest = stands.digest"
            )
            if not agreed and len(found) > 1:
                yield Fault("digest_key", self._seen[0])
                return
            for odd in found:
                yield self._fault(odd, rows.get((odd.name, odd.key)))

    def _fault(self, odd: _AtOdds, row: Mapping[str, Any] | None) -> Fault:
        log = odd.log if odd.log is not None else self._log_of(odd.key)
        place: dict[str, Any] = {
            "ref": self._ref_of(odd.name, odd.key),
            "table": odd.name,
            "row": odd.key,
        }
        if odd.stored is None:
            return Fault("row_missing", log, seq=odd.seq, **place)
        if odd.said is None:
            return Fault("row_surplus", log, **place)
        if odd.said == GONE:
            return Fault("row_removed", log, seq=odd.seq, **place)
        if row is not None:
            table, bound = self._tables[odd.name]
            records = self._records(odd)
            told = told_apart(row, odd.said, bound, self._key, records, self._standing(table, bound))
            if told is not None:
                columns = ", ".join(each.column for each in told)
                stored, said = (", ".join(texts) for texts in zip(*(each[1:] for each in told), strict=True))
                return Fault("column", log, seq=odd.seq, **place, column=columns, stored=stored, said=said)
        return Fault("row", log, seq=odd.seq, **place)

    def _records(self, odd: _AtOdds) -> list[Mapping[str, Any]]:
        """The entry that spoke last of a row, first, and the others of its item."""
        holds, ref = self._holds, self._ref_of(odd.name, odd.key)
        where = f"office = {holds} AND log = {holds} AND"
        own = self._ask(
            f"SELECT bytes FROM entry WHERE {where} seq = {holds}", (self._office, odd.log, odd.seq)
        )
        others = self._ask(
            f"SELECT bytes FROM entry WHERE {where} ref = {holds} ORDER BY seq", (self._office, odd.log, ref)
        )
        return [record for (data,) in [*own, *others] if (record := _record(bytes(data))) is not None]

    def _standing(self, table: Table, bound: BoundTable) -> dict[str, list[Any]]:
        """What the table's columns hold elsewhere: what a changed one held before is often among it."""
        values = {}
        for name in bound.columns:
            sql = f"SELECT DISTINCT {name} FROM {table.name} WHERE office = {self._holds} LIMIT 100"
            values[name] = [row[0] for row in self._ask(sql, (self._office,))]
        return values

    # -- asking --------------------------------------------------------------------------------------

    @contextmanager
    def _at_one_moment(self) -> Iterator[None]:
        """One snapshot; on SQLite whoever writes waits for its end."""
        driver = self._database.driver
        sqlite = self._database.dialect == "sqlite"
        driver.execute("BEGIN" if sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            driver.execute("ROLLBACK")

    def _ask(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """Rows in full. A text that is damaged beyond UTF-8 is read as the bytes that it is."""
        driver = self._database.driver
        try:
            found: list[Any] = driver.execute(sql, values).fetchall()
        except sqlite3.OperationalError as error:
            if "UTF-8" not in str(error):
                raise
            driver.text_factory = lambda data: data.decode(errors="surrogateescape")
            try:
                found = driver.execute(sql, values).fetchall()
            finally:
                driver.text_factory = str
        return found


def _record(data: bytes) -> dict[str, Any] | None:
    """What an entry says; None of one that says nothing of rows or words, or cannot be read any more."""
    if b'"mac":' not in data and b'"text.' not in data:
        return None
    try:
        record = json.loads(data)
    except ValueError:  # the log's own check names it
        return None
    return record if isinstance(record, dict) else None
