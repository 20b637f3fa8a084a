"""Decisions, their papers and their money over HTTP: drafted, signed, issued and paid as by commands."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.commands.at_work import typed
from tests.people import ACCOUNTANT, OFFICER, RECORDS_CLERK
from tests.web.conftest import Browser, Serving

DRAFT = "/items/2026/Q06"
AUDITOR, CHAIR, VILLAGE = "giam-sat", "chu-tich", "thon-1"
TO_DRAFT = {"title": "gk", "signer_0": CHAIR, "period_0": "2026", "type_0": "phong_trao"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def entries(database: Path, ref: str) -> list[Any]:
    """What the log says of an item, but when it was, and what chance gives."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT bytes FROM entry WHERE ref = ? ORDER BY log, seq", (ref,))
        found = [json.loads(bytes(row[0])) for row in rows]
    own = ("at", "key", "mac", "nonce")
    return [{name: value for name, value in each.items() if name not in own} for each in found]


def by_commands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TDKT_DB", "co-quan.db")
    paper = ("--paper", "06/TTr-HĐTĐKT", "--paper-date", "02/03/2026")
    typed(("decision", "new", "--title", "gk", "--all", "--yes", "--as", OFFICER))
    typed(("decision", "funds", "Q06", "--as", ACCOUNTANT))
    typed(("decision", "submit", "Q06", *paper, "--as", OFFICER))
    typed(("decision", "sign", "Q06", "--on", "02/03/2026", "--way", "paper", "--as", RECORDS_CLERK))
    issued = ("--number", "114/QĐ-UBND", "--date", "02/03/2026")
    typed(("decision", "issue", "Q06", *issued, "--as", RECORDS_CLERK))
    typed(("payment", "record", "Q06", "D0016/5", "--way", "cash", "--yes", "--as", ACCOUNTANT))
    typed(("certificate", "number", "Q06", "D0016/5", "--first", "15", "--as", OFFICER))


def advance(web: Browser, account: str, event: str, **words: str) -> Any:
    """Does an event of the draft through its form."""
    web.take(account)
    done = web.post(f"{DRAFT}/do/{event}", **web.hidden(f"{DRAFT}/do/{event}"), **words)
    assert done.status_code == 200, done.text
    return done


def drafted(web: Browser) -> Any:
    web.sign_in(OFFICER)
    form = web.hidden("/decisions/new?title=gk")
    return web.post("/decisions/new", **form, lines_0=["D0016/5"])


def issued(web: Browser) -> None:
    drafted(web)
    advance(web, ACCOUNTANT, "confirm_funds")
    advance(web, OFFICER, "submit", paper_number="06/TTr-HĐTĐKT", paper_date="02/03/2026")
    advance(web, RECORDS_CLERK, "sign", signed_on="02/03/2026", way="paper")
    advance(web, RECORDS_CLERK, "issue", decision_number="114/QĐ-UBND", decision_date="02/03/2026")


def test_a_decision_goes_its_way_through_the_console_as_by_commands(
    office_at_work: Path, tmp_path: Path, serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing, clicking = tmp_path / "typing", tmp_path / "clicking"
    shutil.copytree(office_at_work, typing)
    shutil.copytree(office_at_work, clicking)
    web = serving(f"sqlite:///{clicking / 'co-quan.db'}")

    issued(web)
    web.take(ACCOUNTANT)
    money = {"lines": ["D0016/5"], "way": "cash", "act": "pay"}
    paid = web.post("/money/2026/Q06", key=web.hidden("/money/2026/Q06")["key"], **money)
    web.take(OFFICER)
    form = {"key": web.hidden("/money/2026/Q06")["key"], "lines": ["D0016/5"], "first": "15"}
    numbered = web.post("/money/2026/Q06", **form, act="number_certificates")
    by_commands(typing, monkeypatch)

    assert "đã ghi chi 710.000 đồng cho 1 trường hợp" in paid.text
    assert "đã ghi số sổ cho 1 trường hợp" in numbered.text
    done, expected = entries(clicking / "co-quan.db", "Q06"), entries(typing / "co-quan.db", "Q06")
    assert [each["event"] for each in done] == [
        *("new", "add", "confirm_funds", "submit", "sign", "issue", "pay", "number_certificates")
    ]
    assert done == expected


def test_lines_are_all_chosen_and_a_draft_is_previewed_before_it_is_made(web: Browser, work: Path) -> None:
    web.sign_in(OFFICER)
    before = entries(work / "co-quan.db", "Q06")

    page = web.get("/decisions/new?title=gk").text
    seen = web.post("/decisions/new", **web.hidden("/decisions/new?title=gk"), **LINES, preview="yes")

    assert re.search(r'value="D0016/5"[^>]* checked', page)
    assert seen.status_code == 200
    assert "Nếu thực hiện" in seen.text
    assert entries(work / "co-quan.db", "Q06") == before == []


LINES = {"lines_0": ["D0016/5"]}


def test_a_form_that_is_sent_twice_drafts_once(web: Browser) -> None:
    web.sign_in(OFFICER)
    form = web.hidden("/decisions/new?title=gk")

    first = web.post("/decisions/new", **form, **LINES)
    again = web.post("/decisions/new", **form, **LINES)

    assert first.url.path == again.url.path == DRAFT
    assert "Q07" not in web.get("/decisions").text


def test_what_may_not_be_drafted_is_refused_with_its_reason(web: Browser) -> None:
    web.sign_in(OFFICER)

    none = web.post("/decisions/new", **TO_DRAFT, key="a")
    taken = web.post("/decisions/new", **TO_DRAFT, lines_0=["D0016/1"], key="b")
    unvoted = web.post("/decisions/new", **TO_DRAFT, lines_0=["D0008/1"], key="c")

    assert [each.status_code for each in (none, taken, unvoted)] == [422, 422, 422]
    assert "Chưa chọn trường hợp nào" in none.text
    assert "Q02" in taken.text
    assert "Q06" not in web.get("/decisions").text


@pytest.mark.parametrize("account", [AUDITOR, VILLAGE, CHAIR, ACCOUNTANT])
def test_who_may_not_draft_drafts_by_no_crafted_form(account: str, web: Browser) -> None:
    web.sign_in(account)

    answer = web.post("/decisions/new", **TO_DRAFT, **LINES, key="crafted")

    assert answer.status_code in (403, 422)
    web.take(OFFICER)
    assert "Q06" not in web.get("/decisions").text


@pytest.mark.parametrize("account", [AUDITOR, VILLAGE, CHAIR, OFFICER])
def test_who_may_not_pay_pays_by_no_crafted_form(account: str, web: Browser, work: Path) -> None:
    web.sign_in(account)
    before = entries(work / "co-quan.db", "Q01")

    answer = web.post("/money/2026/Q01", key="crafted", act="pay", lines=["D0006/1"])
    fund = web.post("/money", key="crafted-too", year="2026", allocated="60.000.000")

    assert answer.status_code == 403
    assert fund.status_code == 403
    assert [each["event"] for each in entries(work / "co-quan.db", "Q01")] == [e["event"] for e in before]
    assert "60.000.000" not in web.get("/money").text


def test_what_is_paid_twice_by_one_form_is_paid_once(web: Browser, work: Path) -> None:
    web.sign_in(ACCOUNTANT)
    form = {"key": web.hidden("/money/2026/Q01")["key"], "act": "pay", "lines": ["D0006/1"]}

    first = web.post("/money/2026/Q01", **form)
    again = web.post("/money/2026/Q01", **form)

    assert "đã ghi chi 710.000 đồng" in first.text
    assert again.status_code == 200
    assert "không thực hiện lại" in again.text
    assert [each["event"] for each in entries(work / "co-quan.db", "Q01")].count("pay") == 2  # one before


def test_money_is_tried_taken_back_and_never_paid_before_the_issue(web: Browser, work: Path) -> None:
    web.sign_in(ACCOUNTANT)
    pay = {"act": "pay", "lines": ["D0006/1"]}

    tried = web.post("/money/2026/Q01", key="tried", **pay, preview="yes")
    early = web.post("/money/2026/Q01", key="early", **pay, on="01/03/2026")
    wrong = web.post("/money/2026/Q01", key="wrong", **pay, on="31/02/2026", receiver="Lò Văn Nhận")
    web.post("/money/2026/Q01", key="done", **pay)
    number = re.search(r'name="movements" value="(\d+)"', web.get("/money/2026/Q01").text)
    assert number is not None
    undone = web.post(
        "/money/2026/Q01", key="undo", act="undo_payment", movements=[number[1]], reason="Ghi nhầm"
    )

    assert "Bảy trăm mười nghìn đồng" in tried.text
    assert early.status_code == wrong.status_code == 422
    assert "31/02/2026" in wrong.text
    assert "Lò Văn Nhận" in wrong.text
    assert "đã bỏ 1 khoản" in undone.text
    events = [each["event"] for each in entries(work / "co-quan.db", "Q01")]
    assert events[-2:] == ["pay", "undo_payment"]


def test_the_fund_is_set_by_the_accountant_and_a_short_one_is_told_on_drafts(web: Browser) -> None:
    web.sign_in(ACCOUNTANT)

    kept = web.post("/money", key="fund", year="2026", allocated="3.000.000", paper="15/QĐ-UBND")
    wrong = web.post("/money", key="wrong", year="2026", other="nhiều")

    assert "có 3.000.000 đồng cho tiền thưởng" in kept.text
    assert wrong.status_code == 422
    assert 'value="nhiều"' in wrong.text
    assert "Quỹ năm 2026 thiếu" in web.get("/items/2026/Q02").text


def test_papers_of_a_decision_open_and_name_its_lines(web: Browser) -> None:
    from docx import Document
    from pypdfium2 import PdfDocument

    web.sign_in(OFFICER)

    word = web.get("/items/2026/Q04/papers/quyet_dinh.docx")
    print_ = web.get("/items/2026/Q04/papers/quyet_dinh.pdf")

    assert word.headers["content-type"] == WORD
    assert word.headers["content-disposition"] == "attachment; filename*=UTF-8''Q04-quyet_dinh.docx"
    assert print_.headers["content-type"] == "application/pdf"
    assert print_.headers["content-disposition"] == "inline; filename*=UTF-8''Q04-quyet_dinh.pdf"
    document = Document(BytesIO(word.content))
    texts = [each.text for each in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Trường hợp D0016-3" in _plain(" ".join(texts))
    with closing(PdfDocument(print_.content)) as pdf:
        pages = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert "Trường hợp D0016-3" in _plain(pages)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def test_an_issued_paper_is_kept_once_and_then_downloaded_as_kept(web: Browser, work: Path) -> None:
    web.sign_in(OFFICER)
    path = "/items/2026/Q01/papers"

    first = web.get(f"{path}/quyet_dinh.pdf")
    form = {"key": web.hidden(path)["key"], "kind": "quyet_dinh", "part": ""}
    kept = web.post(path, **form)
    again = web.post(path, **form)
    copies = [web.get(f"{path}/quyet_dinh.pdf").content for _ in range(2)]

    assert first.url.path == path, "nothing is handed over before it is kept"
    assert "Đã lưu: Quyết định khen thưởng" in kept.text
    assert again.status_code == 200
    assert copies[0] == copies[1]
    assert copies[0].startswith(b"%PDF")
    events = [each["event"] for each in entries(work / "co-quan.db", "Q01")]
    assert events.count("keep_paper") == 1
    history = web.get("/items/2026/Q01").text
    assert "issued_on" not in history
    assert "<dt>Số, ngày</dt><dd>112/QĐ-UBND 02/03/2026</dd>" in history


def test_a_number_of_the_records_clerk_makes_a_paper_an_issued_one(web: Browser, work: Path) -> None:
    web.sign_in(RECORDS_CLERK)
    path = "/items/2026/D0007/papers"
    slip = {"kind": "phieu_bo_sung", "part": ""}

    draft = web.get(f"{path}/phieu_bo_sung.docx")
    half = web.post(path, **slip, key="half", number="07/PYC-VHXH")
    done = web.post(path, **slip, key="whole", number="07/PYC-VHXH", on="02/03/2026")

    assert draft.content.startswith(b"PK")
    assert half.status_code == 422
    assert 'value="07/PYC-VHXH"' in half.text
    assert "Đã lưu" in done.text
    assert [each["event"] for each in entries(work / "co-quan.db", "D0007")][-1] == "keep_paper"


def test_certificates_come_as_pdf(web: Browser) -> None:
    from pypdfium2 import PdfDocument

    web.sign_in(OFFICER)

    made = web.get("/items/2026/Q01/papers/giay_khen.pdf")
    early = web.get("/items/2026/Q04/papers/giay_khen.pdf")

    assert made.headers["content-type"] == "application/pdf"
    with closing(PdfDocument(made.content)) as pdf:
        assert len(pdf) == 2
        assert "Trường hợp D0006-1" in _plain(pdf[0].get_textpage().get_text_range())
    assert early.status_code == 422


def test_registers_are_tables_and_workbooks(web: Browser) -> None:
    from openpyxl import load_workbook

    web.sign_in(OFFICER)

    page = web.get("/registers/decisions?find=d0006")
    book = web.get("/registers/awards.xlsx")

    assert "112/QĐ-UBND" in page.text
    assert "113/QĐ-UBND" not in page.text
    assert book.headers["content-disposition"] == "attachment; filename*=UTF-8''so-awards.xlsx"
    said = [cell.value for row in load_workbook(BytesIO(book.content)).active.iter_rows() for cell in row]
    assert "Trường hợp D0017-1" in said
    assert web.get("/registers/secrets").status_code == 404


def test_the_auditor_sees_what_is_issued_and_totals_and_no_payment(web: Browser) -> None:
    web.sign_in(AUDITOR)

    listed, decision, money = (web.get(path) for path in ("/decisions", "/items/2026/Q01", "/money"))

    assert "Q01" in listed.text
    assert "Q02" not in listed.text
    assert "chờ quyết định" not in listed.text
    assert "Đã ghi chi tiền thưởng" not in decision.text
    assert "/items/2026/D0006" not in decision.text
    assert "Còn lại" in money.text
    assert "/money/2026/Q01" not in money.text
    paths = ("/items/2026/Q02", "/items/2026/Q04/papers/quyet_dinh.pdf", "/money/2026/Q01", "/decisions/new")
    answers = [web.get(path).status_code for path in (*paths, "/papers", "/registers/awards")]
    assert answers == [404, 403, 403, 403, 403, 403]


def test_the_chair_sees_the_to_trinh_with_its_dossiers_and_two_buttons(web: Browser) -> None:
    web.sign_in(CHAIR)

    page = web.get("/items/2026/Q04").text

    assert "Hồ sơ theo tờ trình (05/TTr-HĐTĐKT ngày 02/03/2026)" in page
    assert 'href="/items/2026/D0016"' in page
    can = re.findall(r'<a class="button[^"]*" href="[^"]*/do/(\w+)">([^<]+)</a>', page)
    assert ("sign", "Ghi nhận đã ký") in can
    assert ("return", "Trả lại dự thảo") in can


def test_lines_of_a_draft_are_added_and_removed_by_boxes(web: Browser, work: Path) -> None:
    web.sign_in(OFFICER)
    add, remove = (f"/items/2026/Q02/do/{event}" for event in ("add", "remove"))

    offered = re.findall(r'type="checkbox" name="lines" value="([^"]+)"', web.get(add).text)
    web.post(add, **web.hidden(add), lines=["D0016/5"])
    standing = re.findall(r'type="checkbox" name="lines" value="([^"]+)"', web.get(remove).text)
    web.post(remove, **web.hidden(remove), lines=["D0016/1", "D0016/5"])

    assert offered == ["D0016/5"]
    assert standing == ["D0016/1", "D0016/5"]
    last = entries(work / "co-quan.db", "Q02")[-1]
    assert (last["event"], last["input.lines"]) == ("remove", ["D0016/1", "D0016/5"])


CHANGE = f"{DRAFT}/change"


WRONG = {"name": "Nông Văn Ém", "reason": "In sai tên"}
CONCLUDED = {"conclusion": "05/KL-UBND", "conclusion_on": "02/03/2026", "received_on": "02/03/2026"}
DAYS = ("--conclusion-date", "02/03/2026", "--received", "02/03/2026")


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [
        ("amend", WRONG, ("D0016/5", "--name", "Nông Văn Ém", "--reason", "In sai tên")),
        ("replace", {"reason": "In sai tên"}, ("--reason", "In sai tên")),
        (
            "revoke",
            {**CONCLUDED, "reason": "Sao chép", "ground": "a"},
            ("--ground", "a", "--conclusion", "05/KL-UBND", *DAYS, "--reason", "Sao chép"),
        ),
    ],
)
def test_what_changes_an_issued_decision_is_drafted_as_by_a_command(
    kind: str,
    form: dict[str, str],
    words: tuple[str, ...],
    office_at_work: Path,
    tmp_path: Path,
    serving: Serving,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    typing, clicking = tmp_path / "typing", tmp_path / "clicking"
    shutil.copytree(office_at_work, typing)
    shutil.copytree(office_at_work, clicking)
    web = serving(f"sqlite:///{clicking / 'co-quan.db'}")
    by_commands(typing, monkeypatch)
    issued(web)
    web.post("/position", account=OFFICER)

    offered = web.get(DRAFT).text
    made = web.post(f"{CHANGE}/{kind}", **web.hidden(f"{CHANGE}/{kind}"), **form, lines=["D0016/5"])
    typed(("decision", kind, "Q06", *words, "--as", OFFICER))

    assert f'href="{CHANGE}/{kind}"' in offered
    assert made.url.path == "/items/2026/Q07"
    done, expected = entries(clicking / "co-quan.db", "Q07"), entries(typing / "co-quan.db", "Q07")
    assert {name for each in done for name in each if name.startswith("text.")}
    assert [unsalted(each) for each in done] == [unsalted(each) for each in expected]


def unsalted(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry but for the digests of its texts, into which chance goes."""
    return {name: "text" if name.startswith("text.") else value for name, value in entry.items()}


def test_a_change_is_previewed_and_its_mistakes_stand_where_they_were_made(web: Browser, work: Path) -> None:
    issued(web)
    web.post("/position", account=OFFICER)
    form = web.hidden(f"{CHANGE}/revoke")

    seen = web.post(f"{CHANGE}/amend", **form, lines=["D0016/5"], unit="Thôn 2", reason="Sai", preview="yes")
    lacking = web.post(f"{CHANGE}/revoke", **form, lines=["D0016/5"], ground="a", reason="Sao chép")
    nobody = web.post(f"{CHANGE}/amend", **form, reason="Sai")
    other = web.post(f"{CHANGE}/revoke", **form, **FULL, lines=["D0016/5"], ground="other_fault")

    assert seen.status_code == 200
    assert "Nếu thực hiện" in seen.text
    assert [each.status_code for each in (lacking, nobody, other)] == [422, 422, 422]
    assert re.search(r'id="f-conclusion-said"', lacking.text)
    assert ">Sao chép</textarea>" in lacking.text
    assert "Chưa chọn trường hợp nào" in nobody.text
    assert "sửa đổi" in other.text
    assert entries(work / "co-quan.db", "Q07") == []


FULL = {"conclusion": "5/KL", "conclusion_on": "02/03/2026", "received_on": "02/03/2026", "reason": "Khác"}


@pytest.mark.parametrize("account", [AUDITOR, VILLAGE, CHAIR, ACCOUNTANT])
def test_who_may_not_change_a_decision_does_so_by_no_crafted_form(
    account: str, web: Browser, work: Path
) -> None:
    issued(web)
    web.post("/position", account=account)

    page = web.get(DRAFT).text
    answer = web.post(f"{CHANGE}/replace", key="crafted", version="6", reason="Đổi")

    assert f"{CHANGE}/" not in page
    assert answer.status_code in (403, 404, 422)
    assert not [each for each in entries(work / "co-quan.db", "Q07") if each["event"] == "new_replace"]
