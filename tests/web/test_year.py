"""The year's pages: the plan and its picture, deadlines, the bodies that owe, reports."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import docx
import openpyxl
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
    kept = {
        name: "" if name.startswith("text.") else value
        for name, value in entry.items()
        if name not in ("at", "key", "nonce")
    }
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
    web.take("giam-sat")
    seen = web.post("/plan/import", files={"file": ("ke-hoach.txt", changed)})
    held = re.findall(r'name="held" value="([^"]*)"', seen.text)

    assert held == []
    assert 'href="/plan/import"' not in main(web.get("/plan"))
    refused = web.post("/plan/import/confirmed", held="x", key="k1")
    assert refused.status_code == 422
    assert "Chưa thực hiện được" in refused.text
    own = [entry for entry in entries(work / "co-quan.db") if entry["actor"] == "giam-sat"]
    assert [(entry["event"], entry["refused"]) for entry in own] == [("import", True)]


# -- who owes a dossier ----------------------------------------------------------------------------------


def fields(page: Any) -> dict[str, list[str]]:
    """The hidden fields of the page's form, as the browser sends them back."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main(page)):
        found.setdefault(name, []).append(value)
    return found


def test_bodies_are_written_to_after_a_preview_as_by_the_command(
    web: Browser, work: Path, tmp_path: Path, typed: Typed
) -> None:
    console, command = work / "co-quan.db", tmp_path / "command.db"
    shutil.copyfile(console, command)
    web.sign_in("chuyen-vien")
    before = entries(console)
    boxes = ["2026/T06/tram_y_te", "2026/T06/truong-hoc"]
    assert all(f'value="{box}"' in main(web.get("/chase")) for box in boxes)

    seen = web.post("/chase", body=boxes)
    assert "Gửi 1 thông báo" in seen.text or "Gửi 2 thông báo" in seen.text
    assert entries(console) == before
    done = web.post("/chase", **fields(seen))
    again = web.post("/chase", **fields(seen))
    words = ("expect", "chase", "T06", "--bodies", "tram_y_te,truong-hoc")
    typed("--as", "chuyen-vien", "--yes", *words, db=command)

    assert "Đã đôn đốc 2 đơn vị" in done.text
    assert again.status_code == 200
    assert entries(console) == entries(command)
    assert len(entries(console)) == len(before) + 1
    assert entries(console)[-1]["input.bodies"] == ["tram_y_te", "truong-hoc"]
    today = web.post("/chase", body=boxes)
    assert "Hôm nay đã nhắc" in today.text


def test_what_would_be_sent_is_what_is_sent(web: Browser, typed: Typed) -> None:
    web.sign_in("chuyen-vien")
    seen = web.post("/chase", body=["2026/T06/truong-hoc"])
    letters = [
        unescape(text) for text in re.findall(r'<pre class="letter">(.*?)</pre>', seen.text, re.DOTALL)
    ]
    web.post("/chase", **fields(seen))

    sent = [each["text"] for each in json.loads(typed("notice", "list", "--json")) if each["kind"] == "chase"]
    assert letters
    assert letters == sent


def test_an_answer_is_recorded_and_taken_back_as_by_the_command(
    web: Browser, work: Path, tmp_path: Path, typed: Typed
) -> None:
    console, command = work / "co-quan.db", tmp_path / "command.db"
    shutil.copyfile(console, command)
    web.sign_in("chuyen-vien")
    where = "/chase/answer?body=2026/T06/tram_y_te"

    wrong = web.post("/chase/answer", **fields(web.get(where)), on="30/02/2026")
    assert wrong.status_code == 422
    assert 'value="30/02/2026"' in wrong.text
    said = web.post("/chase/answer", **fields(web.get(where)), on="02/03/2026")
    assert "không có đề nghị" in said.text
    web.post("/chase/answer", **fields(web.get(where)))
    words = ("--as", "chuyen-vien", "expect", "answer", "T06", "tram_y_te")
    typed(*words, "--nothing", "--on", "02/03/2026", db=command)
    typed(*words, "--silent", db=command)

    assert entries(console) == entries(command)


def test_a_body_answers_for_itself_alone_and_sees_no_list(web: Browser) -> None:
    web.sign_in("truong-hoc")

    assert web.get("/chase").status_code == 403
    assert web.post("/chase", body="2026/T06/tram_y_te", key="k1", confirmed="yes").status_code == 403
    assert web.get("/chase/answer?body=2026/T06/tram_y_te").status_code == 404
    assert web.get("/chase/answer?body=2026/T06/truong-hoc").status_code == 200


# -- deadlines -------------------------------------------------------------------------------------------


def filled(content: bytes, ref: str, day: str, source: str) -> bytes:
    """The sheet with a date set in the row of a task."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    heads = next(row for row in sheet.iter_rows() if any(cell.value == "Ngày ấn định" for cell in row))
    place = {cell.value: cell.column for cell in heads}
    for row in sheet.iter_rows(min_row=heads[0].row + 1):
        if f"/{ref}@" in str(sheet.cell(row[0].row, place["Mã hàng (không sửa)"]).value):
            sheet.cell(row[0].row, place["Ngày ấn định"]).value = day
            head = next(name for name in place if str(name).startswith("Nguồn"))
            sheet.cell(row[0].row, place[head]).value = source
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_filled_sheet_sets_dates_as_by_the_command(
    web: Browser, work: Path, tmp_path: Path, typed: Typed
) -> None:
    console, command = work / "co-quan.db", tmp_path / "command.db"
    shutil.copyfile(console, command)
    web.sign_in("chuyen-vien")
    before = entries(console)
    sheet = web.get("/deadlines/sheet.xlsx").content
    content = filled(sheet, "T07", "20/05/2026", "Giấy mời 15/GM-SNV")
    file = tmp_path / "thoi-han.xlsx"
    file.write_bytes(content)

    seen = web.post("/deadlines/import", files={"file": ("thoi-han.xlsx", content)})
    assert "20/05/2026" in seen.text
    assert "Giấy mời 15/GM-SNV" in seen.text
    assert entries(console) == before
    done = web.post("/deadlines/import/confirmed", **fields(seen), approved_by="05/TB-UBND")
    again = web.post("/deadlines/import/confirmed", **fields(seen), approved_by="05/TB-UBND")
    words = ("deadline", "sheet", str(file), "--apply", "--approved-by", "05/TB-UBND")
    typed("--as", "chuyen-vien", "--yes", *words, db=command)

    assert "Đã ấn định cùng lúc 1 thời hạn." in done.text
    assert again.status_code == 200
    assert entries(console) == entries(command)


def test_a_sheet_with_mistakes_is_told_by_its_cells_and_sets_nothing(web: Browser, work: Path) -> None:
    web.sign_in("chuyen-vien")
    before = entries(work / "co-quan.db")
    sheet = web.get("/deadlines/sheet.xlsx").content

    wrong = web.post("/deadlines/import", files={"file": ("a.xlsx", filled(sheet, "T07", "31/02/2026", "x"))})
    assert wrong.status_code == 422
    assert re.search(r"<b>Ô [A-Z]+\d+:</b>", wrong.text)
    for spoilt in (b"PK\x03\x04", b"", b"<html>"):
        answer = web.post("/deadlines/import", files={"file": ("a.xlsx", spoilt)})
        assert answer.status_code == 422
        assert 'id="first-mistake"' in answer.text
    assert entries(work / "co-quan.db") == before


def test_the_calendar_has_the_dates_of_the_command(web: Browser, tmp_path: Path, typed: Typed) -> None:
    file = tmp_path / "a.ics"
    typed("deadline", "ics", str(file))
    web.sign_in("chuyen-vien")

    got = web.get("/deadlines/calendar.ics")
    assert got.headers["content-type"].startswith("text/calendar")
    days = re.compile(rb"DTSTART;VALUE=DATE:\d+")
    assert sorted(days.findall(got.content)) == sorted(days.findall(file.read_bytes()))
    web.take("thon-1")
    assert len(days.findall(web.get("/deadlines/calendar.ics").content)) < len(days.findall(got.content))


# -- reports ---------------------------------------------------------------------------------------------


def test_reports_are_shown_and_open_as_files(web: Browser, typed: Typed) -> None:
    web.sign_in("giam-sat")
    for kind in ("year", "half", "statistics", "fund", "coverage"):
        page = web.get(f"/reports/{kind}")
        assert page.status_code == 200
        assert "style=" not in main(page)
        book = web.get(f"/reports/{kind}/file.xlsx")
        assert "attachment" in book.headers["content-disposition"]
        assert openpyxl.load_workbook(io.BytesIO(book.content)).sheetnames
    report = json.loads(typed("report", "year", "--json"))
    bars = [int(each) for each in re.findall(r'font-size="15">(\d+)</text>', main(web.get("/reports/year")))]
    assert bars[:4] == [each["lines"] for each in report["quarters"]]


def test_the_years_report_opens_in_word_and_as_pdf(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    word = web.get("/reports/year/file.docx")
    assert any("2026" in each.text for each in docx.Document(io.BytesIO(word.content)).paragraphs)
    pdf = web.get("/reports/half/file.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-disposition"].startswith("inline")
    plan = web.get("/reports/next-plan.docx")
    assert docx.Document(io.BytesIO(plan.content)).tables
    week = web.get("/reports/week.html")
    assert week.headers["content-disposition"].startswith("attachment")
    assert openpyxl.load_workbook(io.BytesIO(web.get("/reports/chase.xlsx").content)).sheetnames
    assert web.get("/reports/year?as_of=31/02/2026").status_code == 422
    assert web.get("/reports/nothing").status_code == 404


def test_the_auditor_reads_and_cannot_act(web: Browser, work: Path) -> None:
    web.sign_in("giam-sat")
    before = entries(work / "co-quan.db")
    sheet = web.get("/deadlines/sheet.xlsx").content

    for path in ("/plan", "/deadlines", "/reports"):
        page = web.get(path)
        assert page.status_code == 200
        assert 'type="file"' not in page.text
    assert web.get("/chase").status_code == 403
    assert web.post("/chase/open", ref="2026/T09", body="thon-1", key="k2").status_code == 403
    content = filled(sheet, "T07", "20/05/2026", "Giấy mời")
    seen = web.post("/deadlines/import", files={"file": ("a.xlsx", content)})
    told = web.post("/deadlines/import/confirmed", **fields(seen))
    assert told.status_code == 422
    after = entries(work / "co-quan.db")
    assert all(entry["refused"] for entry in after[len(before) :])
