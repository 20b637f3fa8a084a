"""One durable advance, and a hundred in one command, through the whole engine against the bare loops."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from benchmarks.bare import DEADLINE, NOTICE, TERM, Bare, Ready, bare_postgresql, bare_sqlite
from benchmarks.house import (
    DOSSIER_ROUND,
    EVENTS,
    OFFICE,
    REFS,
    ROUND,
    YEAR,
    Step,
    advance_dossier,
    advance_round,
    open_house,
    turn_of,
    work_folder,
)
from benchmarks.measuring import Figure, in_turns, timed
from runtime.acts.acting import Acting

TABLES = (
    "command",
    "deadline",
    "dossier",
    "entry",
    "free_text",
    "item",
    "log_head",
    "nominee",
    "notice",
    "task",
    "term",
)


class UnequalRows(RuntimeError):
    """The engine and the bare loop did not write the same rows, so their times say nothing."""

    def __init__(self, engine: object, bare: object) -> None:
        super().__init__(f"{self.__doc__} {engine} against {bare}.")


@dataclass(frozen=True, slots=True)
class Pair:
    """The engine and a bare loop, each on a database of its own that began as the other's equal."""

    acting: Acting
    bare: Bare

    def engine_turn(self, turn: int) -> float:
        """A round of one task and one dossier, a transaction for each event."""
        ref, round, dossier = turn_of(turn)

        def work() -> None:
            advance_round(self.acting, (ref,), round)
            advance_dossier(self.acting, dossier)

        return timed(work)

    def bare_turn(self, turn: int) -> float:
        ref, round, dossier = turn_of(turn)
        task = self._bare_round((ref,), round)
        notices, rows = self._notices(dossier, DOSSIER_ROUND), self._rows(dossier, DOSSIER_ROUND)
        ready = {dossier: Ready(self._terms(dossier), notices, rows)}

        def work() -> None:
            for step in DOSSIER_ROUND:
                self.bare.advance((dossier,), step, 0, ready)

        return task + timed(work)

    def engine_batch(self, turn: int) -> float:
        """A round of a hundred tasks, a command and a transaction for each of its events."""
        return timed(lambda: advance_round(self.acting, REFS, turn))

    def bare_batch(self, turn: int) -> float:
        return self._bare_round(REFS, turn)

    def _bare_round(self, refs: tuple[str, ...], round: int) -> float:
        ready = {
            ref: Ready(
                {"extend": self._deadlines(ref, round)}, self._notices(ref, ROUND), self._rows(ref, ROUND)
            )
            for ref in refs
        }

        def work() -> None:
            for step in ROUND:
                self.bare.advance(refs, step, round, ready)

        return timed(work)

    def _deadlines(self, ref: str, round: int) -> list[tuple[Any, ...]]:
        """The rows that the engine's round has just made, as they were made."""
        return self._asked(
            f"SELECT {DEADLINE} FROM deadline WHERE office = ? AND year = ? AND ref = ? AND occurrence = ?"
            " ORDER BY at, name",
            (OFFICE, YEAR, ref, round + 2),
        )

    def _terms(self, ref: str) -> dict[str, list[tuple[Any, ...]]]:
        """The rows of the terms that the events of the engine's round have just begun, as they were made."""
        columns = DEADLINE.replace("paused_on", "NULL").replace("status, reason", "'pending', NULL")
        found = self._asked(
            f"SELECT {columns} FROM deadline WHERE office = ? AND year = ? AND ref = ?"
            " AND occurrence = (SELECT max(last.occurrence) FROM deadline AS last WHERE last.office ="
            " deadline.office AND last.year = deadline.year AND last.ref = deadline.ref"
            " AND last.term = deadline.term) ORDER BY at, name",
            (OFFICE, YEAR, ref),
        )
        return {step.event: [row for row in found if row[TERM] in step.begins] for step in DOSSIER_ROUND}

    def _notices(self, ref: str, steps: tuple[Step, ...]) -> dict[str, list[tuple[Any, ...]]]:
        """The notices that the events of the engine's round have just caused."""
        columns = ", ".join(f"notice.{name}" for name in NOTICE.split(", "))
        found = self._asked(
            f"SELECT last.event, {columns} FROM (SELECT id, event, seq FROM entry"
            f" WHERE office = ? AND log = ? AND ref = ? ORDER BY seq DESC LIMIT {len(steps)}) AS last"
            " JOIN notice ON notice.office = ? AND notice.id > last.id || '-' AND notice.id < last.id || '.'"
            " ORDER BY last.seq, notice.id",
            (OFFICE, YEAR, ref, OFFICE),
        )
        return {step.event: [row[1:] for row in found if row[0] == step.event] for step in steps}

    def _rows(self, ref: str, steps: tuple[Step, ...]) -> dict[str, list[str]]:
        """What the entries of the engine's round have just said of the rows that were written."""
        found = self._asked(
            "SELECT event, bytes FROM entry WHERE office = ? AND log = ? AND ref = ? ORDER BY seq DESC"
            f" LIMIT {len(steps)}",
            (OFFICE, YEAR, ref),
        )
        return {event: json.loads(bytes(data))["mac"] for event, data in found}

    def _asked(self, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if self.acting.database.dialect == "postgresql":
            sql = sql.replace("%", "%%").replace("?", "%s")
        return [tuple(row) for row in self.acting.database.driver.execute(sql, values).fetchall()]

    def check_rows(self) -> None:
        """Holds the tables' counts and the bytes of the entries against each other. Raises UnequalRows."""
        engine, bare = _sizes(self.acting.database.driver), _sizes(self.bare.connection)
        if engine != bare:
            raise UnequalRows(engine, bare)


def _sizes(connection: Any) -> dict[str, tuple[int, ...]]:
    """Rows by table, with the length of the entries' bytes and sums of what events count."""
    lengths = {
        "entry": ", sum(length(bytes))",
        "item": ", sum(returns), sum(round), count(submitted_by)",
        "term": ", sum(occurrence), count(due), count(paused_on)",
    }
    return {
        table: tuple(connection.execute(f"SELECT count(*){lengths.get(table, '')} FROM {table}").fetchone())
        for table in TABLES
    }


@contextmanager
def sqlite_pair(*, journal_mode: str = "DELETE") -> Iterator[Pair]:
    """Both sides on a file of their own in one folder."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder, ExitStack() as open:
        acting = open.enter_context(
            open_house(f"sqlite:///{Path(folder) / 'engine.db'}", journal_mode=journal_mode)
        )
        path = Path(folder) / "bare.db"
        open_house(f"sqlite:///{path}").__exit__()
        bare = bare_sqlite(str(path), journal_mode=journal_mode)
        open.callback(bare.close)
        yield Pair(acting, bare)


@contextmanager
def postgresql_pair() -> Iterator[Pair]:
    """Both sides on a database of their own in one throw-away cluster, with its durability on."""
    from tests.postgres import newest_server, running_cluster

    server = newest_server()
    if server is None:
        raise RuntimeError("no PostgreSQL server is installed")
    with running_cluster(server) as cluster, ExitStack() as open:
        engine, other = cluster.create_database(), cluster.create_database()
        acting = open.enter_context(open_house(cluster.url(engine)))
        open_house(cluster.url(other)).__exit__()
        bare = bare_postgresql(cluster.conninfo(other))
        open.callback(bare.close)
        yield Pair(acting, bare)


def _one_by_one(name: str, pair: Pair, against: str, *, runs: int) -> Figure:
    turns = in_turns(pair.engine_turn, pair.bare_turn, runs=runs, warm_up=max(2, runs // 10))
    pair.check_rows()
    return Figure(name, turns.speed, turns.median / EVENTS * 1000, "ms per advance", runs, against)


def advance_sqlite(runs: int = 200) -> Figure:
    with sqlite_pair() as pair:
        return _one_by_one("advance-sqlite", pair, "bare sqlite3 loop on journal DELETE", runs=runs)


def advance_sqlite_wal(runs: int = 200) -> Figure:
    with sqlite_pair(journal_mode="WAL") as pair:
        return _one_by_one("advance-sqlite-wal", pair, "bare sqlite3 loop on journal WAL", runs=runs)


def advance_postgresql(runs: int = 200) -> Figure:
    with postgresql_pair() as pair:
        return _one_by_one("advance-postgresql", pair, "bare psycopg loop", runs=runs)


def advance_batch(runs: int = 12) -> Figure:
    with sqlite_pair() as pair:
        turns = in_turns(pair.engine_batch, pair.bare_batch, runs=runs, warm_up=1)
        pair.check_rows()
    each = turns.median / len(ROUND) / len(REFS) * 1000
    against = "bare sqlite3 loop with 100 in one transaction"
    return Figure("advance-batch", turns.speed, each, "ms per advance", runs, against)


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {
        "advance-sqlite": advance_sqlite,
        "advance-sqlite-wal": advance_sqlite_wal,
        "advance-postgresql": advance_postgresql,
        "advance-batch": advance_batch,
    }
)
