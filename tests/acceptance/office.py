"""A founded sandbox to command from outside: in a process of its own, or quickly within the test's.

What it looks at behind the command line (dumps, entries, replay) it reads by itself.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from cli import door
from commands.failures import run
from runtime.acts.acting import Acting
from runtime.office.settings import Options
from storage.database import Database
from storage.log.audit import verify
from tests.ledger import entry_said
from tests.processes import Said, ended, start
from tests.storage.office import everything

COMMAND = (sys.executable, "-c", "from cli import main; main()")
OFFICE, YEAR = "diem-he", 2026
START = "2026-01-05T00:00"
"""Where the sandbox's clock stands; a test without --now lives at this instant."""
SWEPT = frozenset({"remind", "due_today", "overdue", "wait", "escalate", "ask", "line_brought"})
MONEY = frozenset({"pay", "recover", "carry_over", "undo_payment"})
BESIDE = SWEPT | MONEY
"""Events of the sweep with the words of lines beside their event, and movements of money: they leave an
item's version as it is."""
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "COVERAGE_PROCESS_START")


@dataclass(frozen=True, slots=True)
class Office:
    """A database with the sandbox office, and the environment in which it is commanded."""

    url: str
    home: Path

    @property
    def path(self) -> Path:
        """The SQLite file."""
        assert self.url.startswith("sqlite:///")
        return Path(self.url.removeprefix("sqlite:///"))

    def environment(self, given: Mapping[str, str | None]) -> dict[str, str]:
        """Nothing of the machine's own settings; `given` adds variables, or with None takes them away."""
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        own: dict[str, str | None] = {
            **kept,
            "HOME": str(self.home),
            "TDKT_HOME": str(self.home / "tdkt"),
            "TDKT_DB": self.url,
            "TDKT_LANG": "en",
            **given,
        }
        return {name: value for name, value in own.items() if value is not None}

    def tdkt(self, *words: str, **environment: str | None) -> Said:
        """One command within this process: the fast way."""
        out, err = io.StringIO(), io.StringIO()
        with _environment(self.environment(environment)), redirect_stdout(out), redirect_stderr(err):
            code = run(door(), words)
        return Said(code, out.getvalue(), err.getvalue())

    def start(self, *words: str, **environment: str | None) -> subprocess.Popen[str]:
        """One command in a process of its own, not waited for."""
        return self.start_python(*COMMAND[1:], *words, **environment)

    def start_python(self, *words: str, **environment: str | None) -> subprocess.Popen[str]:
        """A Python of its own, not waited for."""
        return start(sys.executable, *words, env=self.environment(environment))

    def process(self, *words: str, **environment: str | None) -> Said:
        """One command in a process of its own."""
        return ended(self.start(*words, **environment))

    def acting(self, actor: str, *, now: str | None = None, lock_timeout: float = 60.0) -> Acting:
        """The wiring that acting commands use, for many commands in one process."""
        return Acting(Options(db=self.url, actor=actor, now=now), {}, lock_timeout=lock_timeout)

    def open(self) -> Database:
        return Database(self.url)

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table."""
        with self.open() as database:
            return everything(database)

    def stored(self, name: str = OFFICE) -> dict[str, tuple[str, int]]:
        """State and version of every item."""
        with self.open() as database:
            rows = database.connection.execute(
                text("SELECT ref, state, version FROM item WHERE office = :office ORDER BY ref"),
                {"office": name},
            )
            return {ref: (state, version) for ref, state, version in rows}

    def entries(self, name: str = OFFICE) -> list[dict[str, Any]]:
        """What each entry of the office says, log by log, in order."""
        with self.open() as database:
            rows = database.connection.execute(
                text("SELECT bytes FROM entry WHERE office = :office ORDER BY log, seq"), {"office": name}
            )
            return [entry_said(bytes(row[0])) for row in rows]

    def faults(self, name: str = OFFICE) -> tuple[str, ...]:
        """What is wrong with the log, in words."""
        with self.open() as database:
            return tuple(str(fault) for fault in verify(database, name).faults)


def replayed(entries: list[dict[str, Any]]) -> dict[str, tuple[str, int]]:
    """State and version of every item by its entries alone, each of which must begin where the last ended."""
    items: dict[str, tuple[str, int]] = {}
    for entry in entries:
        ref = entry["item"]
        if ref is None or entry["refused"]:
            continue
        state, version = items.get(ref, (None, 0))
        assert entry["from"] == state, entry
        items[ref] = (entry["to"], version if entry["event"] in BESIDE else version + 1)
    return dict(sorted(items.items()))


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """These variables and no others, for as long as the block lasts."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
