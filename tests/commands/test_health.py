"""`tdkt serve --health` as a real process that is asked over HTTP, and paused, and starved."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from runtime.office.settings import Options
from runtime.serve.vitals import backlog_of
from tests.commands.conftest import Tdkt
from tests.commands.serving import due, ledger, start
from tests.conftest import Sandbox
from tests.people import OFFICER
from tests.processes import WATCHING, ended, next_line, says
from tests.runtime.serve.test_vitals import figures
from tests.waiting import LIMIT, until


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sandbox: Sandbox) -> str:
    """A sandbox of January on either database."""
    return sandbox(request.param, "2026-01-05T08:00")


@pytest.fixture
def sqlite_url(database: Path) -> str:
    return f"sqlite:///{database}"


@contextmanager
def served(*words: str, url: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that serves with a monitor's pages at a free port, and their address."""
    process = start("serve", "--health", "0", *words, url=url)
    try:
        told = next_line(process)
        says(process, WATCHING)
        found = re.fullmatch(r"Health for a monitor: (http://127\.0\.0\.1:\d+)/healthz\n", told)
        assert found is not None, told
        yield process, found[1]
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
        ended(process)


def asked(address: str, path: str = "/healthz") -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address + path, timeout=LIMIT) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def health(address: str) -> tuple[int, dict[str, Any]]:
    status, body = asked(address)
    return status, json.loads(body)


def test_a_service_that_fires_what_is_due_is_healthy(url: str) -> None:
    with served("--every", "0.2", "--now", "2026-04-20T09:00", url=url) as (process, address):
        until(lambda: len(ledger(url).fired) > 20 and due(url) == 0, "everything due has fired")
        until(lambda: health(address)[0] == 200, "the service is healthy")
        status, found = health(address)
        measured = figures(asked(address, "/metrics")[1])
        fired = len(ledger(url).fired)
        process.terminate()
        process.wait(LIMIT)

    assert (status, found["healthy"], found["troubles"], found["failing_ticks"]) == (200, True, [], 0)
    assert (found["oldest_due_seconds"], found["dead_letters"], found["incidents_open"]) == (0.0, 0, 0)
    assert found["last_tick_seconds"] < 20
    assert measured["tdkt_rows_fired_total"] == fired
    assert measured["tdkt_ticks_total"] >= found["ticks"] >= 1
    assert abs(measured["tdkt_last_tick_timestamp_seconds"] - time.time()) < 60
    assert process.returncode == 0


def test_its_pages_name_nobody_and_no_place(sqlite_url: str, database: Path) -> None:
    with served("--every", "0.2", url=sqlite_url) as (_process, address):
        until(lambda: ledger(sqlite_url).fired != [], "a row has fired")
        said = b"".join(asked(address, path)[1] for path in ("/healthz", "/metrics", "/", "/../tdkt.db"))

    for secret in ("diem-he", "T04", OFFICER, str(database), "sqlite", str(os.getpid())):
        assert secret.encode() not in said


def test_a_database_that_is_gone_is_unhealthy_until_it_is_back(sqlite_url: str, database: Path) -> None:
    with served("--every", "0.2", url=sqlite_url) as (process, address):
        until(lambda: ledger(sqlite_url).fired != [], "a row has fired")
        away = database.with_suffix(".away")
        database.rename(away)
        until(lambda: health(address)[1]["failing_ticks"] >= 3, "three ticks have failed")
        status, found = health(address)
        up = figures(asked(address, "/metrics")[1])["tdkt_up"]
        away.rename(database)
        until(lambda: health(address)[0] == 200, "the service is healthy again")
        process.terminate()
        err = ended(process).err

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
    # The patience is shorter than the pause, and longer than a busy machine lets a turn stand.
    process = start("serve", "--every", "0.2", "--now", "2026-03-31T23:59:57", url=url, patience=5)
    until(lambda: len(ledger(url).fired) > 10, "ten rows have fired")
    process.send_signal(signal.SIGSTOP)
    time.sleep(6)
    process.send_signal(signal.SIGCONT)
    until(lambda: ("T01", "due", 1) in ledger(url).fired and due(url) == 0, "T01 is overdue")
    process.terminate()
    said = ended(process)

    found = ledger(url)
    assert (said.code, "No sign of life" in said.err) == (0, False)
    assert len(found.fired) == len(set(found.fired))
    assert found.fired == found.logged
