"""`tdkt serve --health` as a real process that is asked over HTTP, and paused, and starved."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli import door
from commands.failures import run
from runtime.office.settings import Options
from runtime.serve.vitals import backlog_of
from tests.commands.conftest import Tdkt
from tests.commands.serving import ROOT, due, ledger, start, until
from tests.runtime.serve.test_vitals import figures


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


@contextmanager
def served(*words: str, url: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that serves with a monitor's pages at a free port, and their address."""
    process = start("serve", "--health", "0", *words, url=url)
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        assert process.stderr.readline() == "Watching deadlines. Stop with Ctrl-C.\n"
        found = re.fullmatch(r"Health for a monitor: (http://127\.0\.0\.1:\d+)/healthz\n", told)
        assert found is not None, told
        yield process, found[1]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        process.communicate(timeout=20)


def asked(address: str, path: str = "/healthz") -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address + path, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def health(address: str) -> tuple[int, dict[str, Any]]:
    status, body = asked(address)
    return status, json.loads(body)


def test_a_service_that_fires_what_is_due_is_healthy(url: str) -> None:
    with served("--every", "0.2", "--now", "2026-04-20T09:00", url=url) as (process, address):
        until(lambda: len(ledger(url).fired) > 20 and due(url) == 0)
        until(lambda: health(address)[0] == 200)
        status, found = health(address)
        measured = figures(asked(address, "/metrics")[1])
        fired = len(ledger(url).fired)
        process.terminate()
        process.wait(20)

    assert (status, found["healthy"], found["troubles"], found["failing_ticks"]) == (200, True, [], 0)
    assert (found["oldest_due_seconds"], found["dead_letters"], found["incidents_open"]) == (0.0, 0, 0)
    assert found["last_tick_seconds"] < 20
    assert measured["tdkt_rows_fired_total"] == fired
    assert measured["tdkt_ticks_total"] >= found["ticks"] >= 1
    assert abs(measured["tdkt_last_tick_timestamp_seconds"] - time.time()) < 60
    assert process.returncode == 0


def test_its_pages_name_nobody_and_no_place(sqlite_url: str, database: Path) -> None:
    with served("--every", "0.2", url=sqlite_url) as (_process, address):
        until(lambda: ledger(sqlite_url).fired != [])
        said = b"".join(asked(address, path)[1] for path in ("/healthz", "/metrics", "/", "/../tdkt.db"))

    for secret in ("diem-he", "T04", "chuyen-vien", str(database), "sqlite", str(os.getpid())):
        assert secret.encode() not in said


def test_a_database_that_is_gone_is_unhealthy_until_it_is_back(sqlite_url: str, database: Path) -> None:
    with served("--every", "0.2", url=sqlite_url) as (process, address):
        until(lambda: ledger(sqlite_url).fired != [])
        away = database.with_suffix(".away")
        database.rename(away)
        until(lambda: health(address)[1]["failing_ticks"] >= 3)
        status, found = health(address)
        up = figures(asked(address, "/metrics")[1])["tdkt_up"]
        away.rename(database)
        until(lambda: health(address)[0] == 200)
        process.terminate()
        _out, err = process.communicate(timeout=20)

    assert (status, found["troubles"], up) == (503, ["tick_failing", "database"], 0)
    lines = err.splitlines()
    assert lines[0].startswith("This look could not be taken: ")
    assert lines[1].startswith("2 looks in a row could not be taken: ")
    assert "There is no database at " in lines[2]
    assert re.fullmatch(r"Looks are taken again; before, \d+ in a row could not be\.", lines[-2])
    assert lines[-1] == "Stopped watching deadlines."


def test_due_rows_that_wait_are_unhealthy_and_those_of_an_incident_do_not_count(
    sqlite_url: str, database: Path, tdkt: Tdkt
) -> None:
    now = datetime(2026, 2, 27, 2, 0, tzinfo=UTC)
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE item SET addressed = '{' WHERE ref = 'T04'")
        connection.execute("UPDATE office SET clock = '2026-02-27T02:00:00.000000Z'")
    before = backlog_of(Options(db=sqlite_url), {}, now=now)
    assert tdkt("tick", "--json").json["failed"] == ["T04"]
    after = backlog_of(Options(db=sqlite_url), {}, now=datetime(1999, 1, 1, tzinfo=UTC))

    assert (before.oldest_due > 40 * 86_400, before.incidents) == (True, 0)
    assert (after.oldest_due, after.incidents) == (0.0, 1)


def test_a_port_in_use_or_out_of_range_ends_it_at_once_with_2(sqlite_url: str, tdkt: Tdkt) -> None:
    with served("--every", "60", url=sqlite_url) as (_process, address):
        said = tdkt("serve", "--health", address.rpartition(":")[2])

    assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)
    assert "cannot be used" in said.err
    assert [tdkt("serve", "--health", port).code for port in ("-1", "65536", "x")] == [2, 2, 2]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="pauses by POSIX signals")
def test_a_process_that_was_paused_goes_on_and_fires_every_row_once(url: str) -> None:
    # The shortest patience is a minute, which no test has: here it is shorter than the pause.
    code = "import commands.serve as s; s.LEAST_PATIENCE = s.SILENT_TURNS = 1; import cli; cli.main()"
    line = [sys.executable, "-c", code, "serve", "--every", "0.2", "--now", "2026-03-31T23:59:57"]
    environment = {**os.environ, "TDKT_DB": url, "TDKT_LANG": "en"}
    process = subprocess.Popen(
        line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until(lambda: len(ledger(url).fired) > 10)
    process.send_signal(signal.SIGSTOP)
    time.sleep(3)
    process.send_signal(signal.SIGCONT)
    until(lambda: ("T01", "due", 1) in ledger(url).fired and due(url) == 0)
    process.terminate()
    _out, err = process.communicate(timeout=20)

    found = ledger(url)
    assert (process.returncode, "No sign of life" in err) == (0, False)
    assert len(found.fired) == len(set(found.fired))
    assert found.fired == found.logged
