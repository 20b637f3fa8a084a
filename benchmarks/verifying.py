"""Verifying a log against the least that any verifier does: read the entries' bytes and hash them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from benchmarks.house import OFFICE, REFS, ROUND, YEAR, advance_round, open_house, work_folder
from benchmarks.measuring import Figure, in_turns, timed
from storage.log.audit import verify

ENTRIES = 20_000


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


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType({"verify": verifying})
