"""What every contender does: report tasks are submitted, reviewed, approved, completed; a transaction a step.

All write to an SQLite file of their own in one folder, on WAL with `synchronous=FULL` or what is as durable
there. A step begins at what the file holds, as a request to a server does, and ends with its COMMIT.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROUNDS, PER_ROUND = 20, 25


@dataclass(frozen=True, slots=True)
class Step:
    """An event with the account that acts and what it types."""

    event: str
    actor: str
    source: str
    target: str
    words: tuple[tuple[str, str], ...] = ()


STEPS = (
    Step("submit", "chuyen-vien", "drafted", "submitted"),
    Step("review", "thuong-truc", "submitted", "reviewed", (("opinion", "Nhất trí với nội dung."),)),
    Step("approve", "chu-tich", "reviewed", "approved"),
    Step(
        "complete",
        "chuyen-vien",
        "approved",
        "completed",
        (("paper_date", "2026-01-05"), ("paper_number", "12/BC-UBND")),
    ),
)


class Contender(Protocol):
    """One way to move report tasks, numbered from 0; all of them stand in the file as drafted."""

    def step(self, task: int, step: Step) -> None:
        """Moves the task and keeps it, durably."""

    def states(self) -> list[str]:
        """The states that the file holds, of every task."""

    def close(self) -> None: ...


def durable(connection: sqlite3.Connection) -> None:
    """The settings that a contender's own connection has; `tdkt` sets EXTRA, which on WAL is FULL."""
    connection.execute("PRAGMA journal_mode=WAL").fetchall()
    connection.execute("PRAGMA synchronous=FULL")


def bytes_of(path: Path) -> int:
    """The size of the file with everything in it that its journal held."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return path.stat().st_size
