"""Days and terms are the office's own, whatever zone the machine is set to: in processes of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.workflow.shipped import calendar

ROOT = Path(__file__).resolve().parents[2]
HOSTS = (
    "UTC",
    "Asia/Ho_Chi_Minh",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Pacific/Kiritimati",
    "Pacific/Niue",
)


def tdkt(database: Path, host: str, *words: str) -> str:
    """What a process under the host's zone prints."""
    environment = {**os.environ, "TZ": host, "TDKT_LANG": "en", "TDKT_DB": f"sqlite:///{database}"}
    done = subprocess.run(
        [sys.executable, "cli.py", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zones") / "office.db"
    tdkt(path, "UTC", "init", "--sandbox", "--now", "2026-03-30T08:00")
    return path


@pytest.mark.parametrize("host", HOSTS)
def test_a_date_of_31_march_is_overdue_from_midnight_in_the_office_on_any_host(
    founded: Path, tmp_path: Path, host: str
) -> None:
    database = tmp_path / "office.db"
    shutil.copy(founded, database)
    overdue = []
    for now in ("2026-03-31T23:59:59", "2026-04-01T00:00:00"):
        tdkt(database, host, "tick", "--now", now)
        listed = tdkt(database, host, "deadline", "list", "T01", "--json")
        overdue.append(
            '"status": "fired"' in next(row for row in listed.split("},") if '"name": "due"' in row)
        )

    assert overdue == [False, True]


@pytest.mark.parametrize("host", HOSTS[:3])
def test_ten_working_days_from_20_november_end_on_7_december_on_any_host(host: str) -> None:
    program = (
        "from datetime import date; from tests.workflow.shipped import calendar;"
        "c = calendar(); print(c.add_working_days(date(2026, 11, 20), 10), c.is_working(date(2026, 11, 24)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "TZ": host},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout == "2026-12-07 False\n"


RULES_6 = {
    **dict.fromkeys(
        ("2026-01-01", "2026-01-02", "2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31"), False
    ),
    **dict.fromkeys((f"2026-02-{day}" for day in range(16, 21)), False),
    **dict.fromkeys(("2026-09-01", "2026-09-02", "2026-11-24", "2027-01-01"), False),
    **dict.fromkeys(("2026-01-10", "2026-08-22"), True),
    **dict.fromkeys(("2026-01-03", "2026-01-17", "2026-08-29", "2026-11-22"), False),
    **dict.fromkeys(
        ("2026-01-05", "2026-02-13", "2026-02-23", "2026-09-03", "2026-11-23", "2026-11-25"), True
    ),
}
"""rules.md §6: the days off, the two Saturdays that are worked, and days beside them."""


def test_the_days_of_the_rules_are_off_and_worked_as_they_say() -> None:
    assert {day: calendar().is_working(date.fromisoformat(day)) for day in RULES_6} == RULES_6
