"""`tdkt serve` as a real process: it fires each row once, however many serve, and stops cleanly."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from cli import door
from commands.failures import run
from storage.filelock import FileLock
from tests.commands.conftest import Tdkt
from tests.commands.serving import due, ledger, start
from tests.conftest import Sandbox
from tests.people import OFFICER
from tests.processes import WATCHING, Said, ended, next_line, says
from tests.waiting import LIMIT, until


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sandbox: Sandbox) -> str:
    """A sandbox of January on either database."""
    return sandbox(request.param, "2026-01-05T08:00")


@pytest.fixture
def sqlite_url(database: Path) -> str:
    return f"sqlite:///{database}"


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> Said:
    process.send_signal(number)
    return ended(process)


def test_several_processes_fire_each_row_exactly_once(url: str) -> None:
    """By 20 July eight tasks are late and four wait: of a late one its officer is told and three others."""
    serving = ("serve", "--every", "0.1", "--now", "2026-07-20T09:00")
    processes = [start(*serving, url=url) for _ in range(2)]
    for process in processes:
        says(process, WATCHING)
    until(lambda: len(ledger(url).fired) > 40 and due(url) == 0, "everything due has fired")
    endings = [stop(process).code for process in processes]

    found = ledger(url)
    assert endings == [0, 0]
    assert found.fired == found.logged
    assert len(found.fired) == len(set(found.fired)) > 40
    assert len(found.notices) == len(set(found.notices)) == 8 * 4 + 4
    assert run(door(), ["--db", url, "audit", "verify"]) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_serving_within_a_moment_and_cleanly(sqlite_url: str, number: int) -> None:
    process = start("serve", "--every", str(10 * LIMIT), url=sqlite_url)
    says(process, WATCHING)
    until(lambda: ledger(sqlite_url).fired != [], "a row has fired")

    # It ends long before its next turn, or is killed for not ending.
    said = stop(process, number)

    assert (said.code, said.err) == (0, "Stopped watching deadlines.\n")


def test_a_served_sandboxs_time_runs_on_and_is_stored(sqlite_url: str, tdkt: Tdkt) -> None:
    process = start("serve", "--every", "0.2", "--now", "2026-02-27T07:59:58", "--json", url=sqlite_url)
    until(lambda: ("T01", "reminder-30", 1) in ledger(sqlite_url).fired, "T01 is reminded of")
    said = stop(process)

    assert said.code == 0
    assert '"at": "2026-02-27T01:0' in said.out
    assert tdkt("tick", "--now", "2026-02-27T08:00").code == 2


def test_dates_that_move_while_it_serves_are_seen(sqlite_url: str, tdkt: Tdkt) -> None:
    process = start("serve", "--every", "0.2", "--now", "2026-04-30T09:00", url=sqlite_url)
    until(lambda: due(sqlite_url) == 0 and ledger(sqlite_url).fired != [], "everything due has fired")
    moved = ("deadline", "set", "T05", "2026-05-07", "--source", "GM", "--as", OFFICER)
    assert tdkt(*moved).code == 0
    assert tdkt("advance", "T01", "submit", "--as", OFFICER, "--now", "2026-05-06T08:00").code == 0
    until(lambda: ("T05", "reminder-1", 1) in ledger(sqlite_url).fired, "the moved T05 is reminded of")

    assert stop(process).code == 0


def test_a_look_that_cannot_be_taken_is_told_in_one_line_and_repeated(
    sqlite_url: str, database: Path
) -> None:
    process = start("serve", "--every", "2", url=sqlite_url)
    says(process, WATCHING)
    # What a look has done it says at its end: from then on until the next one nobody is at the file.
    assert "deadlines fired" in next_line(process, on="stdout")
    away = database.with_suffix(".away")
    database.rename(away)
    told = next_line(process)
    away.rename(database)

    said = stop(process)

    assert told.startswith("This look could not be taken: There is no database at ")
    assert said.code == 0
    assert "Traceback" not in said.err


def test_what_is_wrong_from_the_start_ends_it_at_once(tdkt: Tdkt, tmp_path: Path) -> None:
    assert tdkt("serve", "--db", str(tmp_path / "none.db")).code == 4
    assert tdkt("serve", "--every", "0").code == 2
    assert tdkt("serve", "--now", "2025-01-01").code == 2
    assert tdkt("init", "--db", str(tmp_path / "real.db")).code == 0
    assert tdkt("serve", "--db", str(tmp_path / "real.db"), "--now", "2030-01-01").code == 2


def test_a_tick_that_waits_for_a_lock_without_end_ends_serving_with_4(
    sqlite_url: str, database: Path
) -> None:
    lock = FileLock(database, timeout=5)
    lock.acquire()
    said = ended(start("serve", "--every", "1", url=sqlite_url, patience=1))
    lock.close()

    assert (said.code, said.out) == (4, "")
    assert said.err.splitlines()[-1].startswith("No sign of life for 1 second; watching deadlines ends.")
    assert ledger(sqlite_url).fired == []
