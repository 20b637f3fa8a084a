"""Real `tdkt` processes for the tests of serving, and what their database holds afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

from storage.views import Reading
from tests import processes
from tests.ledger import read


def start(*words: str, url: str, patience: int | None = None) -> subprocess.Popen[str]:
    """`tdkt` in a process of its own, its output piped; `serve` with the seconds of patience that are given.

    The shortest patience that it can be told is a minute, which no test has.
    """
    program = "import commands.serve as serve; serve.SILENT_TURNS = 1; serve.LEAST_PATIENCE = {}; {}"
    door = "import cli; cli.main()"
    code = door if patience is None else program.format(patience, door)
    environment = {**os.environ, "TDKT_DB": url, "TDKT_LANG": "en"}
    return processes.start(sys.executable, "-c", code, *words, env=environment)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows that fired, the rows that are logged as fired, and the notices, each as (ref, row, …)."""

    fired: list[tuple[str, str, int]]
    logged: list[tuple[str, str, int]]
    notices: list[tuple[str, str, int, str]]


def ledger(url: str) -> Ledger:
    import json

    with Reading(url) as reading:
        rows = reading.deadlines("diem-he", 2026)
        entries = [json.loads(entry.data) for entry in reading.entries("diem-he", 2026, actor="system")]
    notices = read(url, "SELECT ref, deadline, occurrence, to_account FROM notice")
    return Ledger(
        sorted((row.ref, row.name, row.occurrence) for row in rows if row.status == "fired"),
        sorted(
            (said["item"], said["input.row"], said["input.occurrence"])
            for said in entries
            if "input.row" in said
        ),
        sorted(tuple(row) for row in notices if row[1] is not None),
    )


def due(url: str) -> int:
    """Rows that a sweep at the sandbox's own time would fire."""
    with Reading(url) as reading:
        clock = reading.offices()[0].clock
        assert clock is not None
        rows = reading.deadlines("diem-he", 2026, pending=True)
    return sum(row.at <= clock for row in rows)
