"""A real office whose machine has a wrong clock: nothing fires until that is accepted."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.people import OFFICER
from tests.processes import ROOT, Said, ended, start

FAKETIME = shutil.which("faketime")
PLAN = ROOT / "definitions" / "offices" / "diem-he" / "ke-hoach-2026.txt"

pytestmark = pytest.mark.skipif(FAKETIME is None, reason="faketime is not installed")

At = Callable[..., Said]


@pytest.fixture
def at(tmp_path: Path) -> At:
    """The command line on a real office, at a time that the machine's clock says."""
    place = {**os.environ, "TDKT_DB": f"sqlite:///{tmp_path / 'real.db'}", "TZ": "Asia/Ho_Chi_Minh"}

    def typed(moment: str, *words: str) -> Said:
        command = (str(FAKETIME), "-f", f"@{moment}", sys.executable, str(ROOT / "cli.py"), *words)
        return ended(start(*command, env={**place, "PYTHONPATH": str(ROOT)}))

    assert typed("2026-01-05 08:00:00", "init").code == 0
    imported = typed("2026-01-05 08:05:00", "plan", "import", str(PLAN), "--as", OFFICER, "--yes")
    assert imported.code == 0, imported
    return typed


def test_a_clock_behind_the_log_fires_and_writes_nothing_until_it_is_accepted(at: At) -> None:
    assert at("2026-04-15 09:00:00", "tick").code == 0

    ticked = at("2026-03-01 09:00:00", "tick")
    acted = at("2026-03-01 09:00:00", "advance", "T01", "submit", "--as", OFFICER)
    ill = at("2026-03-01 09:00:00", "doctor")
    near = at("2026-04-15 08:10:00", "advance", "T02", "submit", "--as", OFFICER)
    accepted = at("2026-03-01 09:00:00", "tick", "--accept-clock")
    after = at("2026-03-01 09:01:00", "advance", "T01", "submit", "--as", OFFICER)

    for said in (ticked, acted):
        assert (said.code, said.out) == (1, "")
        assert "more than an hour behind the last entry" in said.err
        assert "tdkt tick --accept-clock" in said.err
    assert ill.code == 1
    assert "more than an hour behind the last entry" in ill.out
    assert near.code == 0
    assert (accepted.code, after.code) == (0, 0)
    log = at("2026-03-01 09:02:00", "audit", "log", "--json").json
    assert "accept_clock" in [entry["event"] for entry in log]
    assert at("2026-03-01 09:02:00", "audit", "verify").code == 0


def test_a_clock_years_after_the_plan_fires_nothing_and_an_outage_of_months_does(at: At) -> None:
    late = at("2026-09-20 09:00:00", "tick", "--json")
    far = at("2062-01-01 09:00:00", "tick")
    accepted = at("2028-01-03 09:00:00", "tick", "--accept-clock")

    assert late.code == 0
    assert late.json["rows"] > 0
    assert far.code == 1
    assert "past the end of the year after the newest plan" in far.err
    assert accepted.code == 0


def test_a_sandbox_never_asks(tdkt: Tdkt, database: Path) -> None:
    assert tdkt("tick", "--now", "2062-01-01").code == 0
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM incident").fetchone() == (0,)
