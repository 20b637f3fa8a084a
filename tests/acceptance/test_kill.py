"""`kill -9` in the middle of advances: nothing acknowledged is lost, looking works at once, the log verifies.

TDKT_KILL_ROUNDS asks for more rounds than the few that every run makes.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO

import pytest

from runtime.acts.advance import EventRequest, advance
from tests import processes
from tests.acceptance.office import Office, replayed
from tests.people import OFFICER, STANDING_MEMBER, VILLAGE
from tests.processes import ended
from tests.waiting import LIMIT

ADVANCES = 200
ROUNDS = int(os.environ.get("TDKT_KILL_ROUNDS", "5"))
REFS = ("T01", "T04", "T07", "T12")
"""Tasks that the head of the lead body reviews, so that the head may return them."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by POSIX signals")


def start(office: Office, way: str, count: int) -> subprocess.Popen[str]:
    """The program that advances, as a process group of its own."""
    line = (sys.executable, "-m", "tests.acceptance.advancing", office.url, way, str(count), *REFS)
    return processes.start(*line, env=office.environment({}), stderr=None, start_new_session=True)


def killed_after(process: subprocess.Popen[str], acknowledged: int, *, delay: float) -> dict[str, int]:
    """Kills the group a moment after so many acknowledgements; the newest version that each item was told."""
    assert process.stdout is not None
    lines = list(islice(process.stdout, acknowledged))
    time.sleep(delay)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    lines += _rest(process.stdout)
    assert process.wait(LIMIT) == -signal.SIGKILL
    return {ref: int(version) for ref, version in (line.split() for line in lines)}


def _rest(stream: IO[str]) -> list[str]:
    """Whole lines only: one cut short was not acknowledged."""
    return [line for line in stream if line.endswith("\n")]


def holds(office: Office, acknowledged: dict[str, int]) -> None:
    """What must be true at once after the kill, looked at by a process that knows nothing of it."""
    said = office.process("task", "list", "--json")

    assert (said.code, said.err) == (0, "")
    versions = {task["ref"]: task["version"] for task in said.json}
    beyond = {ref: versions[ref] - version for ref, version in acknowledged.items()}
    assert min(beyond.values()) >= 0, "an acknowledged advance is lost"
    assert sum(beyond.values()) <= 1, "at most the one under way may be there unacknowledged"
    assert office.faults() == ()
    assert office.stored() == replayed(office.entries())


def test_no_acknowledged_advance_of_a_killed_program_is_lost(office: Office) -> None:
    chance = random.Random(20260105)

    for _round in range(ROUNDS):
        process = start(office, "loop", ADVANCES)
        acknowledged = killed_after(
            process, chance.randrange(len(REFS), ADVANCES - 40), delay=chance.random() / 100
        )
        holds(office, acknowledged)
        put_back(office)


def put_back(office: Office) -> None:
    """Returns what is submitted, so that the next program finds what it expects."""
    submitted = [ref for ref, (state, _version) in office.stored().items() if state == "submitted"]
    with office.acting(STANDING_MEMBER) as acting:
        if submitted:
            results = advance(acting, submitted, EventRequest("return", {"reason": "Làm lại"}))
            assert all(result.done for result in results)


def test_no_acknowledged_command_of_a_killed_row_of_commands_is_lost(sqlite_office: Office) -> None:
    chance = random.Random(20260106)
    count = max(len(REFS) + 1, ROUNDS)

    process = start(sqlite_office, "commands", ADVANCES)
    acknowledged = killed_after(process, count, delay=chance.random())

    holds(sqlite_office, acknowledged)


def test_a_killed_command_over_many_leaves_whole_hundreds(
    many_dossiers: Office, many_dossiers_sqlite: Path
) -> None:
    chance = random.Random(20260107)
    journal = Path(f"{many_dossiers.path}-journal")
    before = many_dossiers.stored()

    for _round in range(ROUNDS):
        shutil.copyfile(many_dossiers_sqlite, many_dossiers.path)
        process = many_dossiers.start("--as", VILLAGE, "advance", "D0001..D0120", "submit", "--yes")
        while not journal.exists() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.random() / 10)
        process.kill()
        ended(process)

        looked = many_dossiers.process("dossier", "list", "--json")
        assert (looked.code, looked.err) == (0, "")
        after = many_dossiers.stored()
        moved = {ref for ref, stood in after.items() if before[ref] != stood}
        assert len(moved) in (0, 99, 118)
        assert many_dossiers.faults() == ()
        assert after == replayed(many_dossiers.entries())


def test_a_looking_command_opens_a_database_with_a_hot_journal(sqlite_office: Office) -> None:
    before = sqlite_office.dump()
    tasks = sqlite_office.tdkt("task", "list", "--json").json
    leave_a_hot_journal(sqlite_office.path)

    said = sqlite_office.process("task", "list", "--json")

    assert (said.code, said.err, said.json) == (0, "", tasks)
    assert sqlite_office.dump() == before
    assert not Path(f"{sqlite_office.path}-journal").exists()


def test_an_acting_command_rolls_a_hot_journal_back_and_goes_on(sqlite_office: Office) -> None:
    leave_a_hot_journal(sqlite_office.path)

    said = sqlite_office.process("--as", OFFICER, "advance", "T01", "submit", "--json")

    assert (said.code, said.json["to"]) == (0, "submitted")
    assert sqlite_office.faults() == ()


SPILLING = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE task SET content = content || zeroblob(5000)")
connection.execute("UPDATE definition SET source = 'x'")
os.kill(os.getpid(), 9)
"""
"""A writer that dies after its changes have reached the file: its cache holds one page."""


def leave_a_hot_journal(path: Path) -> None:
    died = subprocess.run([sys.executable, "-c", SPILLING, str(path)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert Path(f"{path}-journal").stat().st_size > 0
    with pytest.raises(sqlite3.OperationalError):
        sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("SELECT count(*) FROM task")
