"""Signs that a terminal obeys come from wherever they may, and reach no terminal, page or calendar."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from commands.session import DONE, USAGE
from commands.streams import guarded
from storage.database import Database
from tests.commands.conftest import Tdkt
from tests.people import ADMINISTRATOR
from workflow.model.signs import UNREADABLE, unreadable_sign

HOSTILE = "Báo cáo\x1b]0;x\x07 \x9b31m\u202etổng kết"
PLAN = "\n".join(
    (
        "Kế hoạch năm 2026",
        "TT\tNội dung\tCơ quan thực hiện\tThời gian",
        "1\t{}\tPhòng Văn hóa - Xã hội\t30/6/2026",
    )
)


def test_a_sign_that_a_terminal_obeys_is_refused_where_it_is_typed(tdkt: Tdkt) -> None:
    answer = tdkt("office", "holder", "chu-tich", "Trần\x1b[31m Văn A", "--as", ADMINISTRATOR)

    assert (answer.code, answer.out) == (USAGE, "")
    assert answer.err == (
        "“Trần\ufffd[31m Văn A” holds the invisible character U+001B. Please take it out and type it anew.\n"
    )


def test_a_plan_brings_no_such_sign_in(bare: Tdkt, tmp_path: Path) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(PLAN.format(HOSTILE), encoding="utf-8")

    bare("init", "--sandbox", "--now", "2026-01-05")
    answer = bare("plan", "import", str(plan), "--dry-run", "--json")

    assert [task["content"] for task in answer.json["tasks"]] == ["Báo cáo]0;x 31mtổng kết"]


@pytest.mark.parametrize("name", ["ke\u0302 hoa\u0323ch.txt", "k\udcea ho\udce1ch.txt"])
def test_a_plan_is_found_under_the_very_name_that_its_file_has(bare: Tdkt, tmp_path: Path, name: str) -> None:
    plan = tmp_path / name
    plan.write_text(PLAN.format("Báo cáo"), encoding="utf-8")
    bare("init", "--sandbox", "--now", "2026-01-05")

    answer = bare("plan", "import", str(plan), "--dry-run", "--json")

    assert [task["content"] for task in answer.json["tasks"]] == ["Báo cáo"]


@pytest.fixture
def older(tdkt: Tdkt, database: Path) -> Tdkt:
    """A database that was written before there was a border."""
    with Database(f"sqlite:///{database}") as opened, opened.transaction():
        opened.connection.execute(text("UPDATE task SET content = :c"), {"c": HOSTILE})
        opened.commit()
    return tdkt


def test_an_older_database_shows_none_on_a_terminal_a_page_or_a_calendar(older: Tdkt, tmp_path: Path) -> None:
    page, week, ics = (tmp_path / name for name in ("year.html", "week.html", "due.ics"))
    said = [
        older("plan", "show", "--html", str(page)),
        older("inbox", "--all", "--week", "--html", str(week)),
        older("deadline", "ics", str(ics)),
        older("show", "T01"),
        older("show", "T01", "--json"),
        older("task", "list"),
    ]

    assert [answer.code for answer in said] == [DONE] * len(said), [answer.err for answer in said]
    written = [file.read_text("utf-8") for file in (page, week, ics)]
    assert ["tổng kết" in words for words in written] == [True] * 3
    shown = [answer.out + answer.err for answer in said] + written
    assert [words for words in shown if unreadable_sign(words)] == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "shown"),
    [
        (Terminal, "\x1b[1mđậm\x1b[0m\ufffd[2J\ufffd\n"),
        (io.StringIO, "\ufffd[1mđậm\ufffd[0m\ufffd[2J\ufffd\n"),
    ],
)
def test_bold_and_colours_reach_a_terminal_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], shown: str
) -> None:
    out = stream()
    monkeypatch.setattr(sys, "stdout", out)

    with guarded():
        print("\x1b[1mđậm\x1b[0m\x1b[2J\r")

    assert out.getvalue() == shown
    assert UNREADABLE.search("\r\n") is not None
