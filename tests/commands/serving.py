"""Real `tdkt` processes for the tests of serving, and what their database holds afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.views import Reading

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30


def start(*words: str, url: str) -> subprocess.Popen[str]:
    """`tdkt` in a process of its own, its output piped."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), *words],
        env={**os.environ, "TDKT_DB": url, "TDKT_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def until(holds: Callable[[], bool]) -> None:
    """Waits for what another process does."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


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
        entries = [json.loads(entry["bytes"]) for entry in reading.entries("diem-he", 2026, actor="system")]
        notices = reading._rows("SELECT ref, deadline, occurrence, to_account FROM notice")
    return Ledger(
        sorted((row["ref"], row["name"], row["occurrence"]) for row in rows if row["status"] == "fired"),
        sorted(
            (said["item"], said["input.row"], said["input.occurrence"])
            for said in entries
            if "input.row" in said
        ),
        sorted((row["ref"], row["deadline"], row["occurrence"], row["to_account"]) for row in notices),
    )


def due(url: str) -> int:
    """Rows that a sweep at the sandbox's own time would fire."""
    with Reading(url) as reading:
        clock = reading.offices()[0].clock
        assert clock is not None
        rows = reading.deadlines("diem-he", 2026, pending=True)
    return sum(datetime.fromisoformat(row["at"]) <= clock for row in rows)
