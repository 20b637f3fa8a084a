"""Pages of an office that grows: the more items there are, the more lines a list pages through, but a page
asks the database no more often."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.large import large_office
from storage.views import Reading
from tests.web.conftest import Browser, Serving

PAGES = (
    "/dossiers",
    "/deadlines",
    "/inbox",
    "/inbox?others=yes",
    "/money",
    "/papers",
    "/papers?of=dossiers",
    "/plan",
    "/registers/awards",
    "/registers/decisions",
    "/search?q=a",
    "/sessions",
)
ITEMS = (900, 1800)
A_FEW = 12
"""Statements by which a page may differ: dossiers of one page rest on other sessions and decisions than those
of another, and a long list is read some hundreds at a time."""


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What looking asks, as it asks it."""
    asked: list[str] = []
    before = Reading._fetched

    def counted(self: Reading, sql: str, params: Any) -> Any:
        asked.append(sql)
        return before(self, sql, params)

    monkeypatch.setattr(Reading, "_fetched", counted)
    return asked


@pytest.fixture
def offices(work: Path, tmp_path: Path, serving: Serving) -> tuple[Browser, Browser]:
    """The console of an office, and that of one with twice as many items."""
    found = []
    for items in ITEMS:
        folder = tmp_path / str(items)
        folder.mkdir()
        path = large_office(folder, work / "co-quan.db", items=items, lines=20)
        found.append(serving(f"sqlite:///{path}").sign_in("chuyen-vien"))
    smaller, larger = found
    return smaller, larger


def test_a_page_asks_no_more_often_of_a_larger_office(
    offices: tuple[Browser, Browser], statements: list[str]
) -> None:
    asked: list[dict[str, int]] = []
    for web in offices:
        counts = {}
        for path in PAGES:
            web.get(path)  # what is asked once in a program's life
            statements.clear()
            assert web.get(path).status_code == 200
            counts[path] = len(statements)
        asked.append(counts)

    smaller, larger = asked
    assert {path for path in PAGES if larger[path] > smaller[path] + A_FEW} == set()
