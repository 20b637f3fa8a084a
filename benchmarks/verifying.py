"""Verifying a log against the least that any verifier does, to read the entries' bytes and hash them; and
what it takes to hold every row against the log."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.house import (
    COPIED,
    OFFICE,
    REFS,
    ROUND,
    YEAR,
    advance_round,
    open_house,
    open_office,
    work_folder,
)
from benchmarks.measuring import Figure, in_turns, timed
from storage.log.audit import verify
from storage.log.replay import replay

ENTRIES = 20_000
ITEMS, ENOUGH = 10_000, 10
"""How many items are held against the log, and the seconds that are enough for it."""


def read_and_hash(path: Path) -> int:
    """Every entry of the log, its bytes hashed and held against its stored leaf; returns how many."""
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT bytes, leaf FROM entry WHERE office = ? AND log = ? ORDER BY seq", (OFFICE, YEAR)
    )
    count = 0
    for data, leaf in found:
        if sha256(b"\x00" + data).digest() != leaf:
            raise RuntimeError(f"entry {count} does not have its leaf")
        count += 1
    connection.close()
    return count


def verifying(runs: int = 40, entries: int = ENTRIES) -> Figure:
    """The log is made by the engine, a hundred items in a command."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        path = Path(folder) / "engine.db"
        with open_house(f"sqlite:///{path}") as acting:
            for round in range(-(-entries // (len(REFS) * len(ROUND)))):
                advance_round(acting, REFS, round)

            def checked() -> None:
                verification = verify(acting.database, OFFICE, YEAR)
                if not verification.ok:
                    raise RuntimeError(str(verification.faults[0]))

            turns = in_turns(
                lambda _turn: timed(checked),
                lambda _turn: timed(lambda: read_and_hash(path)),
                runs=runs,
                warm_up=2,
            )
        size = read_and_hash(path)
    each = turns.median / size * 1_000_000
    against = f"bare sqlite3 loop that reads and hashes {size} entries"
    return Figure("verify", turns.speed, each, "µs per entry", runs, against)


def replaying(runs: int = 5, items: int = ITEMS) -> Figure:
    """Every row of a year held against the log: tasks with their deadlines, imported by the engine."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        url = f"sqlite:///{Path(folder) / 'engine.db'}"
        with open_office(url, copied=COPIED, copies=items) as acting:

            def checked() -> None:
                found = replay(acting.database, OFFICE)
                if found.faults or found.rows < items:
                    raise RuntimeError(str(found.faults[:1] or found.rows))

            seconds = [timed(checked) for _turn in range(1 + runs)][1:]
    median = statistics.median(seconds)
    return Figure("verify-state", median / ENOUGH, median, f"s for {items} items", runs, f"{ENOUGH} seconds")


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {"verify": verifying, "verify-state": replaying}
)
