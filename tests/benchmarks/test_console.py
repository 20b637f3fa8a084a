"""The console's benchmark: its office holds together, its users read and record, an error is no figure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.console import Answer, Seen, figures, worked
from benchmarks.large import BEFORE, YEAR, large_office
from storage.views import Reading
from tests.commands.conftest import alone, bare, database, office_at_work, prepared_sandbox

__all__ = ["alone", "bare", "database", "office_at_work", "prepared_sandbox"]
"""Fixtures of the commands' tests that these take too."""
ITEMS, LINES = 600, 12
PAGES = ("inbox", "board", "dossier", "form", "act")


@pytest.fixture(scope="module")
def office(office_at_work: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    return large_office(folder, office_at_work / "co-quan.db", items=ITEMS, lines=LINES)


def test_the_large_office_holds_together(office: Path) -> None:
    with closing(sqlite3.connect(office)) as connection:
        years = dict(connection.execute("SELECT year, count(*) FROM item GROUP BY year").fetchall())
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert years.keys() == {*BEFORE, YEAR}
    assert sum(years.values()) == pytest.approx(ITEMS, rel=0.05)


def test_its_users_read_and_record(office: Path) -> None:
    seen = worked(office, users=2, seconds=4.0, pause=0.1)

    assert {each.page for each in seen.answers} == set(PAGES)
    assert [figure.name for figure in figures(seen, 2)] == [
        *(f"console-{page}" for page in PAGES),
        "console-p99",
        "console-page",
        "console-memory",
    ]
    with Reading(f"sqlite:///{office}") as reading:
        recorded = reading.entries_of_events("diem-he", YEAR, {"set_target"})
        assert all(entry.login for entry in recorded[-2:])


def test_an_error_is_no_figure() -> None:
    answers = [Answer(page, 303 if page == "act" else 200, 0.1, 0.1, 1024) for page in PAGES]
    wrong = Answer("board", 500, 0.1, 0.1, 10)

    assert figures(Seen(answers, 1.0, (1.0, 2.0, 2.0)), 1)[0].ratio == pytest.approx(0.1)
    with pytest.raises(RuntimeError, match="1 of 6"):
        figures(Seen([*answers, wrong], 1.0, (1.0, 2.0, 2.0)), 1)
