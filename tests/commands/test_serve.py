"""`tdkt serve` as a real process: it fires each row once, however many serve, and stops cleanly."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli import door
from commands.failures import run
from storage.filelock import FileLock
from tests.commands.conftest import Tdkt
from tests.commands.serving import ROOT, due, ledger, start, until


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A sandbox of January on either database."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'served.db'}"
    else:
        address = str(request.getfixturevalue("postgres_database"))
    assert run(door(), ["--db", address, "init", "--sandbox", "--now", "2026-01-05T08:00"]) == 0
    return address


@pytest.fixture
def sqlite_url(database: Path) -> str:
    return f"sqlite:///{database}"


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str, str, float]:
    """Code, output, messages, and the seconds from the signal to the end."""
    began = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err, time.monotonic() - began


def watching(process: subprocess.Popen[str]) -> bool:
    """Waits until the process says that it watches: from then on a signal ends it cleanly."""
    assert process.stderr is not None
    return process.stderr.readline() == "Watching deadlines. Stop with Ctrl-C.\n"


def test_several_processes_fire_each_row_exactly_once(url: str) -> None:
    """By 20 July eight tasks are late and four wait: of a late one its officer is told and three others."""
    serving = ("serve", "--every", "0.1", "--now", "2026-07-20T09:00")
    processes = [start(*serving, url=url) for _ in range(2)]
    assert [watching(process) for process in processes] == [True, True]
    until(lambda: len(ledger(url).fired) > 40 and due(url) == 0)
    endings = [stop(process)[0] for process in processes]

    found = ledger(url)
    assert endings == [0, 0]
    assert found.fired == found.logged
    assert len(found.fired) == len(set(found.fired)) > 40
    assert len(found.notices) == len(set(found.notices)) == 8 * 4 + 4
    assert run(door(), ["--db", url, "audit", "verify"]) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_serving_within_a_moment_and_cleanly(sqlite_url: str, number: int) -> None:
    process = start("serve", "--every", "60", url=sqlite_url)
    assert process.stderr is not None
    assert process.stderr.readline() == "Watching deadlines. Stop with Ctrl-C.\n"
    until(lambda: ledger(sqlite_url).fired != [])

    code, _out, err, seconds = stop(process, number)

    assert (code, err) == (0, "Stopped watching deadlines.\n")
    assert seconds < 3


def test_a_served_sandboxs_time_runs_on_and_is_stored(sqlite_url: str, tdkt: Tdkt) -> None:
    process = start("serve", "--every", "0.2", "--now", "2026-02-27T07:59:58", "--json", url=sqlite_url)
    until(lambda: ("T01", "reminder-30", 1) in ledger(sqlite_url).fired)
    code, out, _err, _seconds = stop(process)

    assert code == 0
    assert '"at": "2026-02-27T01:00:0' in out
    assert tdkt("tick", "--now", "2026-02-27T08:00").code == 2


def test_dates_that_move_while_it_serves_are_seen(sqlite_url: str, tdkt: Tdkt) -> None:
    process = start("serve", "--every", "0.2", "--now", "2026-04-30T09:00", url=sqlite_url)
    until(lambda: due(sqlite_url) == 0 and ledger(sqlite_url).fired != [])
    moved = ("deadline", "set", "T05", "2026-05-07", "--source", "GM", "--as", "chuyen-vien")
    assert tdkt(*moved).code == 0
    assert tdkt("advance", "T01", "submit", "--as", "chuyen-vien", "--now", "2026-05-06T08:00").code == 0
    until(lambda: ("T05", "reminder-1", 1) in ledger(sqlite_url).fired)

    assert stop(process)[0] == 0


def test_a_look_that_cannot_be_taken_is_told_in_one_line_and_repeated(
    sqlite_url: str, database: Path
) -> None:
    process = start("serve", "--every", "0.2", url=sqlite_url)
    until(lambda: ledger(sqlite_url).fired != [])
    away = database.with_suffix(".away")
    database.rename(away)
    assert process.stderr is not None
    process.stderr.readline()
    told = process.stderr.readline()
    away.rename(database)

    code, _out, err, _seconds = stop(process)

    assert told.startswith("This look could not be taken: There is no database at ")
    assert code == 0
    assert "Traceback" not in err


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
    # The shortest patience is a minute, which no test has.
    code = "import commands.serve as s; s.LEAST_PATIENCE = s.SILENT_TURNS = 1; import cli; cli.main()"
    process = subprocess.run(
        [sys.executable, "-c", code, "serve", "--every", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    lock.close()

    assert (process.returncode, process.stdout) == (4, "")
    assert process.stderr.splitlines()[-1].startswith(
        "No sign of life for 1 seconds; watching deadlines ends."
    )
    assert ledger(sqlite_url).fired == []
