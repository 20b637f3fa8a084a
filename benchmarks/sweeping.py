"""A sweep of 1.000 due rows beside 10.000 and 1.000.000 that are pending, on SQLite and on PostgreSQL.

In one run and in turns: the engine beside many and beside few, a bare loop that makes the same writes in the
same transactions, and APScheduler with a job store of the same dates.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from benchmarks.advancing import UnequalRows
from benchmarks.bare import canonical, new_id, new_key
from benchmarks.crowd import DUE, MODEL, Crowd, instant_of, open_crowd
from benchmarks.house import OFFICE, YEAR, work_folder
from benchmarks.measuring import Figure, Turns, timed
from benchmarks.waiting import JobStore
from runtime.acts.acting import Acting
from runtime.acts.sweep import BATCH
from runtime.office.settings import Options
from storage import tables
from workflow.model.days import utc_text

FEW, MANY = 10_000, 1_000_000
_NOTICE = tuple(column.name for column in tables.notice.columns)
_WITHOUT_ID = tuple(name for name in _NOTICE if name != "id")
_HERE = "office = ? AND year = ? AND ref = ?"
_PENDING = "status = 'pending' AND paused_on IS NULL"
_FIND = (
    f"SELECT year, ref, min(at) FROM deadline WHERE office = ? AND {_PENDING} AND at <= ?"
    f" GROUP BY year, ref ORDER BY min(at), year, ref LIMIT {BATCH}"
)
_READ = f"SELECT state, owners, reminded FROM item WHERE {_HERE}"
_ROWS = f"SELECT name, occurrence FROM deadline WHERE {_HERE} AND {_PENDING} AND at <= ? ORDER BY at, name"
_MARK = (
    "UPDATE item SET waiting = ?, overdue = ?, reminded = ?, owners = ?, claimed_by = ?, delegated_by = ?"
    f" WHERE {_HERE}"
)
_FIRE = (
    "UPDATE deadline SET status = 'fired', fired_at = ?, late_s = ?"
    f" WHERE {_HERE} AND name = ? AND occurrence = ? AND status = 'pending'"
)
_NOTE = f"INSERT INTO notice ({', '.join(_NOTICE)}) VALUES ({', '.join('?' * len(_NOTICE))})"
_HEAD = "SELECT size, range FROM log_head WHERE office = ? AND log = ?"
_ENTRY = (
    "INSERT INTO entry (office, log, seq, id, at, ref, actor, acting_for, role, event, from_state, to_state,"
    f" refused, rules, bytes, leaf) VALUES ({', '.join('?' * 16)})"
)
_NEW_HEAD = "UPDATE log_head SET size = ?, root = ?, range = ? WHERE office = ? AND log = ?"


@dataclass(frozen=True, slots=True)
class Ready:
    """What a turn brings besides, by task: the notices without their ids, and what the entry says of the rows
    that were written. The loop words nothing."""

    notices: Mapping[str, list[tuple[Any, ...]]]
    rows: Mapping[str, list[str]]


class BareSweep:
    """One connection that fires reminders without an engine: it decides nothing and checks nothing."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self._sqlite = isinstance(connection, sqlite3.Connection)
        holds, lock = ("?", "") if self._sqlite else ("%s", " FOR UPDATE")
        texts = {
            "find": _FIND,
            "read": _READ + lock + (" SKIP LOCKED" if lock else ""),
            "rows": _ROWS,
            "mark": _MARK,
            "fire": _FIRE,
            "note": _NOTE,
            "head": _HEAD + lock,
            "entry": _ENTRY,
            "new_head": _NEW_HEAD,
        }
        self._sql = {name: sql.replace("?", holds) for name, sql in texts.items()}

    def sweep(self, at: datetime, ready: Ready) -> None:
        """Fires what is due, a transaction for each item."""
        now = utc_text(at) if self._sqlite else at
        run = self.connection.cursor()
        while found := run.execute(self._sql["find"], (OFFICE, now)).fetchall():
            for year, ref, _at in found:
                run.execute("BEGIN IMMEDIATE" if self._sqlite else "BEGIN")
                try:
                    self._fire(run, (OFFICE, year, ref), now, utc_text(at), ref, ready)
                except BaseException:
                    with suppress(Exception):
                        run.execute("ROLLBACK")
                    raise
                run.execute("COMMIT")

    def _fire(
        self, run: Any, place: tuple[str, int, str], now: Any, said: str, ref: str, ready: Ready
    ) -> None:
        state, owners, reminded = run.execute(self._sql["read"], place).fetchone()
        for name, occurrence in run.execute(self._sql["rows"], (*place, now)).fetchall():
            id, to = new_id(), json.loads(owners)
            run.execute(self._sql["mark"], (False, False, reminded + 1, canonical(to), None, None, *place))
            run.execute(self._sql["fire"], (now, 0, *place, name, occurrence))
            for number, notice in enumerate(ready.notices[ref]):
                row = dict(zip(_WITHOUT_ID, notice, strict=True), id=f"{id}-{number:03}")
                run.execute(self._sql["note"], tuple(row[column] for column in _NOTICE))
            inputs = {"row": name, "occurrence": occurrence, "to": to}
            own = {f"input.{name}": value for name, value in inputs.items()}
            self._append(run, place, id, state, now, said, {**own, "mac": ready.rows[ref]})

    def _append(
        self,
        run: Any,
        place: tuple[str, int, str],
        id: str,
        state: str,
        now: Any,
        said: str,
        own: Mapping[str, Any],
    ) -> None:
        office, log, ref = place
        size, data = run.execute(self._sql["head"], (office, log)).fetchone()
        peaks = [data[at : at + 32] for at in range(8, len(data), 32)]
        record = {
            "nonce": id,
            "office": office,
            "log": log,
            "item": ref,
            "actor": "system",
            "role": "system",
            "event": "remind",
            "from": state,
            "to": state,
            "key": f"sweep/{new_key()}",
            "at": said,
            "input.late_s": 0,
            **own,
        }
        stored = canonical(record).encode()
        leaf = sha256(b"\x00" + stored).digest()
        columns = (office, log, size, id, now, ref, "system", None, "system", "remind", state, state)
        run.execute(self._sql["entry"], (*columns, False, "[]", stored, leaf))
        full, node = size, leaf
        while full & 1:
            node = sha256(b"\x01" + peaks.pop() + node).digest()
            full >>= 1
        peaks.append(node)
        root = node
        for peak in peaks[-2::-1]:
            root = sha256(b"\x01" + peak + root).digest()
        encoded = (size + 1).to_bytes(8, "big") + b"".join(peaks)
        run.execute(self._sql["new_head"], (size + 1, root, encoded, office, log))


def made_by(crowd: Crowd, turn: int) -> Ready:
    """What the turn's sweep has just made."""
    driver = crowd.acting.database.driver
    found = driver.execute(
        f"SELECT {', '.join(_WITHOUT_ID)} FROM notice WHERE office = '{OFFICE}' AND deadline = '{MODEL}'"
        f" AND occurrence = {turn + 2} ORDER BY id"
    )
    notices: dict[str, list[tuple[Any, ...]]] = {}
    for row in found.fetchall():
        notices.setdefault(row[_WITHOUT_ID.index("ref")], []).append(tuple(row))
    entries = driver.execute(
        f"SELECT ref, bytes FROM entry WHERE office = '{OFFICE}' AND log = {YEAR} ORDER BY seq DESC"
        f" LIMIT {crowd.due}"
    )
    return Ready(notices, {ref: json.loads(bytes(data))["mac"] for ref, data in entries.fetchall()})


@dataclass(frozen=True, slots=True)
class Field:
    """Everybody who takes turns, each on a database of its own; `bare` is measured on that of `unengined`."""

    many: Crowd
    few: Crowd
    unengined: Crowd
    bare: BareSweep
    store: JobStore

    def turn(self, turn: int) -> dict[str, float]:
        """Seconds of each, in a fixed order; what makes the rows due does not count."""
        for crowd in (self.many, self.few, self.unengined):
            crowd.make_due(turn)
        seconds = {"claim many": self.many.claim(turn), "claim few": self.few.claim(turn)}
        seconds |= {"many": self.many.sweep(turn)}
        ready = made_by(self.many, turn)
        seconds |= {"bare": timed(lambda: self.bare.sweep(instant_of(turn), ready))}
        return seconds | {"few": self.few.sweep(turn), "store": self.store.take_up(self.many.due)}

    def check_rows(self) -> None:
        """Holds what both sides left against each other. Raises UnequalRows."""
        engine, bare = (_sizes(crowd.acting.database.driver) for crowd in (self.many, self.unengined))
        if engine != bare:
            raise UnequalRows(engine, bare)


def _sizes(connection: Any) -> dict[str, Any]:
    """What our own year holds: counts of rows, and lengths of what is kept in them."""
    asked = {
        "deadline": f"SELECT status, count(*), sum(late_s) FROM deadline WHERE year = {YEAR} GROUP BY status",
        "entry": f"SELECT count(*), sum(length(bytes)) FROM entry WHERE log = {YEAR}",
        "head": f"SELECT size, length(range) FROM log_head WHERE log = {YEAR}",
        "item": f"SELECT count(*), sum(reminded), sum(length(owners)) FROM item WHERE year = {YEAR}",
        "notice": "SELECT count(*), sum(length(subject)), sum(length(text)) FROM notice",
    }
    return {name: sorted(map(tuple, connection.execute(sql).fetchall())) for name, sql in asked.items()}


@contextmanager
def sqlite_field(*, few: int = FEW, many: int = MANY, due: int = DUE) -> Iterator[Field]:
    """Everybody on a file of their own in one folder; the job store with SQLAlchemy's own settings."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder, ExitStack() as open:
        paths = {name: Path(folder) / f"{name}.db" for name in ("few", "many", "bare", "store")}

        def crowd(name: str) -> Crowd:
            return Crowd(open.enter_context(Acting(Options(db=f"sqlite:///{paths[name]}"), {})), due)

        with open_crowd(f"sqlite:///{paths['few']}", due).acting:
            shutil.copyfile(paths["few"], paths["many"])
        for name, pending in (("few", few), ("many", many)):
            with Acting(Options(db=f"sqlite:///{paths[name]}"), {}) as acting:
                Crowd(acting, due).fill(pending)
        shutil.copyfile(paths["many"], paths["bare"])
        connection = sqlite3.connect(paths["bare"], isolation_level=None)
        open.callback(connection.close)
        for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        yield _field(
            open, crowd("many"), crowd("few"), crowd("bare"), connection, f"sqlite:///{paths['store']}"
        )


@contextmanager
def postgresql_field(*, few: int = FEW, many: int = MANY, due: int = DUE) -> Iterator[Field]:
    """Everybody on a database of their own in one throw-away cluster, with its durability on."""
    import psycopg

    from tests.postgres import newest_server, running_cluster

    server = newest_server()
    if server is None:
        raise RuntimeError("no PostgreSQL server is installed")
    with running_cluster(server) as cluster, ExitStack() as open:

        def crowd(name: str) -> Crowd:
            return Crowd(open.enter_context(Acting(Options(db=cluster.url(name)), {})), due)

        names = {"few": cluster.create_database(), "store": cluster.create_database()}
        open_crowd(cluster.url(names["few"]), due).acting.database.close()
        names["many"] = cluster.create_database(template=names["few"])
        for name, pending in (("few", few), ("many", many)):
            with Acting(Options(db=cluster.url(names[name])), {}) as acting:
                Crowd(acting, due).fill(pending)
        names["bare"] = cluster.create_database(template=names["many"])
        connection = psycopg.connect(cluster.conninfo(names["bare"]), autocommit=True)
        open.callback(connection.close)
        connection.execute("ANALYZE")
        yield _field(
            open,
            crowd(names["many"]),
            crowd(names["few"]),
            crowd(names["bare"]),
            connection,
            cluster.url(names["store"]),
        )


def _field(open: ExitStack, many: Crowd, few: Crowd, unengined: Crowd, connection: Any, url: str) -> Field:
    store = JobStore(url)
    open.callback(store.close)
    store.fill(many.dates())
    return Field(many, few, unengined, BareSweep(connection), store)


def _sweep(name: str, field: Callable[[], Any], bare: str, runs: int = 5) -> tuple[Figure, ...]:
    with field() as everybody:
        seconds = [everybody.turn(turn) for turn in range(1 + runs)][1:]
        everybody.check_rows()

    def turns(measured: str, baseline: str) -> Turns:
        return Turns([each[measured] for each in seconds], [each[baseline] for each in seconds])

    def figure(kind: str, ratio: float, measured: str, unit: str, against: str) -> Figure:
        each = turns(measured, measured).median / DUE * 1000
        return Figure(f"{kind}-{name}", ratio, each, unit, runs, against)

    beside = f"{FEW} pending instead of {MANY}"
    return (
        figure("sweep", turns("many", "bare").speed, "many", "ms per row", bare),
        figure("sweep-growth", turns("many", "few").cost, "many", "ms per row", beside),
        figure("claim-growth", turns("claim many", "claim few").cost, "claim many", "ms per row", beside),
        figure(
            "sweep-apscheduler", turns("many", "store").speed, "many", "ms per row", "APScheduler 3 job store"
        ),
    )


BENCHMARKS: Mapping[str, Callable[..., tuple[Figure, ...]]] = MappingProxyType(
    {
        "sweep-sqlite": partial(_sweep, "sqlite", sqlite_field, "bare sqlite3 loop on journal DELETE"),
        "sweep-postgresql": partial(_sweep, "postgresql", postgresql_field, "bare psycopg loop"),
    }
)
