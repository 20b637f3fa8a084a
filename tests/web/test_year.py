"""The year's pages: the plan and its picture, deadlines, the bodies that owe, reports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli import door
from commands.failures import run
from runtime.acts.founding import found
from runtime.office.looking import Looking
from runtime.office.settings import Options
from tests.web.conftest import Browser, Serving

ROOT = Path(__file__).parents[2]
PLAN = ROOT / "definitions" / "offices" / "diem-he" / "ke-hoach-2026.txt"
Typed = Callable[..., str]


@pytest.fixture
def typed(work: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """The command line on the office that the console serves; on a copy with `db`."""

    def tdkt(*words: str, db: Path = work / "co-quan.db") -> str:
        capsys.readouterr()
        code = run(door(), ("--db", f"sqlite:///{db}", *words))
        out, err = capsys.readouterr()
        assert code == 0, err
        return out

    return tdkt


def entries(db: Path) -> list[dict[str, Any]]:
    """What the logs say, without what differs in every command: hours, keys, random words, digests."""
    looking = Looking(Options(db=f"sqlite:///{db}"), {})
    with looking:
        return [
            _plain(json.loads(entry.data))
            for log in looking.reading.logs(looking.office)
            for entry in looking.reading.entries(looking.office, log)
        ]


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    rows = [row.rsplit(" ", 1)[0] for row in entry.pop("mac", [])]
    kept = {name: value for name, value in entry.items() if name not in ("at", "key", "nonce")}
    return {**kept, "rows": rows}


def main(page: Any) -> str:
    text: str = page.text
    return text[text.index("<main") : text.index("</main>")]


# -- the plan --------------------------------------------------------------------------------------------


def test_the_board_counts_what_the_command_says(web: Browser, typed: Typed) -> None:
    board = json.loads(typed("plan", "show", "--json"))
    page = main(web.sign_in("chuyen-vien").get("/plan"))

    tasks = [task for quarter in board["quarters"] for task in quarter["tasks"]]
    assert f"Số nhiệm vụ: <b>{len(tasks)}</b>" in page
    for task in tasks:
        assert f'href="/items/{task["year"]}/{task["ref"]}"' in page
    sums = dict(re.findall(r'<span class="(\w+)">[^<]*<b>(\d+)</b></span>', page))
    assert sum(map(int, sums.values())) == len(tasks)
    waiting = sum(task["waiting"] and task["closed_on"] is None for task in tasks)
    assert int(sums["waiting"]) == waiting > 0


def test_the_picture_has_the_figures_of_its_table_and_no_style(web: Browser) -> None:
    page = main(web.sign_in("chuyen-vien").get("/plan"))
    drawing = page[page.index("<svg") : page.index("</svg>")]
    table = page[page.index("</svg>") : page.index('<tr class="sum">')]

    figures = [re.findall(r'"number">(\d+)<', row) for row in table.split('<th scope="row">')[1:]]
    rows = [[int(each) for each in row] for row in figures]
    drawn = [int(each) for each in re.findall(r'text-anchor="middle">(\d+)<', drawing)]
    totals = [int(each) for each in re.findall(r'font-weight="700">(\d+)<', drawing)]
    assert len(rows) == 4
    assert drawn == [number for row in rows for number in row[:-1] if number]
    assert totals == [row[-1] for row in rows] == [sum(row[:-1]) for row in rows]
    assert sum(totals) == 18
    assert "<title" in drawing
    assert "<desc" in drawing
    assert "style=" not in page


def test_the_shipped_plan_is_taken_in_as_by_the_command(
    tmp_path: Path, serving: Serving, typed: Typed
) -> None:
    console, command = tmp_path / "console.db", tmp_path / "command.db"
    for db in (console, command):
        found(Options(db=f"sqlite:///{db}"), {})
    web = serving(f"sqlite:///{console}").sign_in("chuyen-vien")
    before = entries(console)

    assert "Nạp kế hoạch năm để bắt đầu" in web.get("/plan").text
    seen = web.post("/plan/import", files={"file": ("ke-hoach-2026.txt", PLAN.read_bytes())})
    assert "đọc được 18 nhiệm vụ" in seen.text
    assert entries(console) == before
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main(seen)))
    done = web.post("/plan/import/confirmed", **form)
    again = web.post("/plan/import/confirmed", **form)
    typed("--as", "chuyen-vien", "--yes", "plan", "import", str(PLAN), db=command)

    assert "Đã nạp kế hoạch năm 2026: 18 nhiệm vụ." in done.text
    assert "Số nhiệm vụ: <b>18</b>" in again.text
    assert entries(console) == entries(command)


def test_a_spoilt_plan_is_told_and_writes_nothing(web: Browser, work: Path) -> None:
    web.sign_in("chuyen-vien")
    before = entries(work / "co-quan.db")

    for content in (b"PK\x03\x04 no archive", b"hom nay troi dep\n", b""):
        answer = web.post("/plan/import", files={"file": ("ke-hoach.docx", content)})
        assert answer.status_code == 422
        assert 'id="first-mistake"' in answer.text
    assert web.post("/plan/import").status_code == 400
    assert entries(work / "co-quan.db") == before


def test_who_may_not_import_is_refused(web: Browser, work: Path) -> None:
    web.sign_in("chuyen-vien")
    changed = PLAN.read_text("utf-8").replace("Ban hành Kế hoạch", "Xây dựng Kế hoạch", 1).encode()
    assert changed != PLAN.read_bytes()
    web.post("/position", account="giam-sat")
    seen = web.post("/plan/import", files={"file": ("ke-hoach.txt", changed)})
    held = re.findall(r'name="held" value="([^"]*)"', seen.text)

    assert held == []
    assert 'href="/plan/import"' not in main(web.get("/plan"))
    refused = web.post("/plan/import/confirmed", held="x", key="k1")
    assert refused.status_code == 422
    assert "Chưa thực hiện được" in refused.text
    own = [entry for entry in entries(work / "co-quan.db") if entry["actor"] == "giam-sat"]
    assert [(entry["event"], entry["refused"]) for entry in own] == [("import", True)]
