"""Whatever the width of a terminal, a line fits into it and no reference, date or number is cut or lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Answer, Tdkt

TABLES = (
    "inbox",
    "inbox --as chuyen-vien",
    "inbox --week --all",
    "plan show",
    "plan import ke-hoach-2026.txt --dry-run",
    "task list",
    "show T06",
    "show D0004",
    "show D0006/1",
    "dossier list",
    "expect list",
    "expect chase --dry-run --as chuyen-vien",
    "deadline list",
    "deadline list --pending",
    "deadline list T16",
    "deadline migrate --to 2 --dry-run",
    "notice list",
    "notice list --full",
    "report chase --full",
    "register papers",
    "register decisions",
    "register dossiers",
    "register awards",
    "simulate --to 30/06/2026",
    "audit log --limit 12",
    "audit log D0004 --full",
    "office show",
    "office people",
    "office people --full",
    "office bodies",
    "office contacts",
    "office substitutions --all",
    "definition list",
    "definition proposals",
    "definition migrate plan_task --to 2 --dry-run",
    "calendar show 2026",
    "calendar show 2026-04",
    "calendar check 2026",
    "incident list --all",
    "why D0004 --as chuyen-vien",
)
WHOLE = re.compile(r"[\w/.,:%-]*\d[\w/.,:%-]*")
"""A reference, a date, a number, with what is written to it."""


def pieces(text: str) -> Counter[str]:
    return Counter(WHOLE.findall(text))


def too_broad(line: str, width: int) -> bool:
    """Whether it could have been broken: a digest or the name of a file cannot."""
    return len(line) > width and " " in line.strip()


def referred(value: Any) -> Iterator[str]:
    """The references of a JSON document, wherever they stand."""
    if isinstance(value, list):
        for part in value:
            yield from referred(part)
    if isinstance(value, dict):
        if isinstance(value.get("ref"), str):
            yield value["ref"]
        for part in value.values():
            yield from referred(part)


@pytest.mark.parametrize("command", TABLES)
@pytest.mark.parametrize(("language", "widths"), [("vi", (80, 160)), ("en", (100,))])
def test_a_page_fits_its_width_and_keeps_every_reference_date_and_number(
    command: str,
    language: str,
    widths: tuple[int, ...],
    at_work: Path,
    bare: Tdkt,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert at_work.exists()
    monkeypatch.setenv("TDKT_LANG", language)

    def at(width: int) -> Answer:
        monkeypatch.setenv("COLUMNS", str(width))
        return bare(*command.split())

    whole = at(100_000)
    assert whole.code == 0, whole.err
    for width in widths:
        shown = at(width)

        assert [line for line in (shown.out + shown.err).splitlines() if too_broad(line, width)] == []
        assert pieces(whole.out) - pieces(shown.out) == Counter()
        assert shown.out.count("…") == whole.out.count("…")


@pytest.mark.parametrize(
    "command", ["inbox", "task list", "dossier list", "expect list", "deadline list --pending", "notice list"]
)
def test_every_reference_of_the_data_stands_in_the_table(
    command: str, at_work: Path, bare: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_work.exists()
    data = bare(*command.split(), "--json").json
    monkeypatch.setenv("COLUMNS", "80")

    shown = bare(*command.split()).out

    assert [ref for ref in referred(data) if ref not in shown] == []


def test_what_is_piped_stays_one_line_a_row(
    at_work: Path, bare: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_work.exists()
    monkeypatch.delenv("COLUMNS", raising=False)

    lines = bare("task", "list").out.splitlines()

    assert len(lines) == 1 + len(bare("task", "list", "--json").json)
    assert max(map(len, lines)) > 160
