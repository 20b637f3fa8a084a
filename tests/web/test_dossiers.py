"""Dossiers in the console: the list, an Excel list in two steps, papers, appraisal line by line."""

from __future__ import annotations

import io
import re
import shutil
import sys
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.conftest import Tdkt
from tests.sample_list import SAMPLE
from tests.sample_papers import pdf
from tests.web.conftest import Browser, Serving
from web.held import MOST_FILES, FileGone, HeldFiles
from web.replies import Sent

IMPORT = "/dossiers/import"
SCHOOL = {"task": "2026/T17", "body": "truong-hoc"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form(page: str, button: str) -> dict[str, str]:
    """The hidden fields of the form that has the button."""
    (found,) = (each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if button in each)
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found)
    return {name: unescape(value) for name, value in pairs}


def looked(web: Browser, content: bytes, name: str = "ds.xlsx", **given: str) -> Any:
    return web.post(IMPORT, files={"file": (name, content, XLSX)}, **given)


def taken(web: Browser, page: Any) -> Any:
    return web.post(IMPORT, **form(page.text, 'value="take"'), do="take", confirmed="yes")


def size(web: Browser) -> int:
    """Of the log."""
    return int(web.get("/log-size").json()["size"])


def book(*rows: tuple[Any, ...]) -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


# -- the list ----------------------------------------------------------------------------------------------


def refs(page: str) -> list[str]:
    return re.findall(r'<td><a href="/items/2026/(D\d+)">', page)


def test_dossiers_are_searched_without_marks_and_narrowed(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    assert len(refs(web.get("/dossiers").text)) > 15
    assert refs(web.get("/dossiers?q=thon+3").text) == ["D0006"]
    assert refs(web.get("/dossiers?q=BANG+khen+tinh").text) == ["D0010", "D0011", "D0014"]
    assert refs(web.get("/dossiers?state=returned").text) == ["D0007"]
    assert refs(web.get("/dossiers?task=2026/T11&body=truong-hoc&title=bkt").text) == [
        "D0010",
        "D0011",
        "D0014",
    ]
    assert "Không có hồ sơ nào" in web.get("/dossiers?q=khong-co").text
    assert web.get("/dossiers?from=99999999999999999999&state=<x>").status_code == 200


def test_a_body_finds_its_own_dossiers_alone(web: Browser) -> None:
    web.sign_in("thon-2")

    page = web.get("/dossiers").text

    assert refs(page) == ["D0002", "D0007", "D0016", "D0017"]
    assert "Thôn 1" not in page[page.index("<main") :]
    assert refs(web.get("/dossiers?body=thon-1").text) == []


def test_the_auditor_has_no_dossiers(web: Browser) -> None:
    web.sign_in("giam-sat")

    for path in ("/dossiers", "/dossiers/new", IMPORT, "/dossiers/template"):
        assert web.get(path).status_code == 403


# -- a new one ---------------------------------------------------------------------------------------------


def test_a_dossier_is_opened_once_from_the_inbox_link(web: Browser) -> None:
    web.sign_in("truong-hoc")
    link = re.search(r'href="(/dossiers/new\?[^"]*body=truong-hoc[^"]*)"', web.get("/inbox").text)
    assert link is not None
    path = unescape(link[1])
    page = web.get(path).text
    assert 'value="2026/T06" selected' in page

    key, before = form(page, "Lập hồ sơ")["key"], size(web)
    given = {"key": key, "task": "2026/T06", "body": "truong-hoc", "title": "gk", "type": "phong_trao"}
    made = web.post("/dossiers/new", **given)
    again = web.post("/dossiers/new", **given)

    assert made.status_code == 200
    assert made.url.path.startswith("/items/2026/D")
    assert again.url.path == made.url.path
    assert size(web) == before + 1


def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(web: Browser) -> None:
    web.sign_in("thon-3")
    before = size(web)

    empty = web.post("/dossiers/new", note="Giữ lại")
    other = web.post("/dossiers/new", task="2026/T06", body="thon-1", title="gk", type="phong_trao")
    unknown = web.post("/dossiers/new", task="2026/T06", body="thon-3", title="<b>x</b>")

    assert [each.status_code for each in (empty, other, unknown)] == [422] * 3
    assert "Giữ lại" in empty.text
    assert "không gửi hồ sơ thay đơn vị này" in other.text
    assert "<b>x</b>" not in unknown.text
    assert size(web) == before


# -- an Excel list -----------------------------------------------------------------------------------------


def test_the_sample_list_is_read_shown_and_taken_in_by_one_confirmation(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    before = size(web)

    page = looked(web, SAMPLE.read_bytes(), **SCHOOL)

    assert page.status_code == 200
    assert "Đề nghị!C19" in page.text
    assert "“31/4/1990” không phải là ngày" in page.text
    assert "Ghi 2 hồ sơ" in page.text
    assert size(web) == before
    done = taken(web, page)
    assert done.status_code == 200
    assert "đã ghi" in done.text
    assert size(web) > before
    assert len(refs(web.get("/dossiers?task=2026/T17").text)) == 2


def test_a_confirmation_that_is_sent_twice_takes_in_once(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    sent = form(looked(web, SAMPLE.read_bytes(), **SCHOOL).text, 'value="take"')

    web.post(IMPORT, **sent, do="take", confirmed="yes")
    once = size(web)
    again = web.post(IMPORT, **sent, do="take", confirmed="yes")

    assert "Việc này đã thực hiện từ trước" in again.text
    assert size(web) == once
    assert "Danh sách này đã được nhập" in looked(web, SAMPLE.read_bytes(), **SCHOOL).text


def test_the_log_has_what_the_command_would_write(
    work: Path, serving: Serving, tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    shutil.copytree(work, other)
    web = serving(f"sqlite:///{work / 'co-quan.db'}").sign_in("chuyen-vien")
    assert taken(web, looked(web, SAMPLE.read_bytes(), **SCHOOL)).status_code == 200
    monkeypatch.setenv("TDKT_DB", str(other / "co-quan.db"))
    words = ("--task", "T17", "--from", "truong-hoc", "--as", "chuyen-vien")
    assert tdkt("--yes", "dossier", "import", str(SAMPLE), *words).code == 0

    def entries() -> list[Any]:
        named = ("event", "actor", "role", "from", "to", "recorded", "ref", "acting_for")
        return [
            {name: entry.get(name) for name in named} for entry in tdkt("--json", "audit", "log").json[-60:]
        ]

    by_command = entries()
    monkeypatch.setenv("TDKT_DB", str(work / "co-quan.db"))
    assert entries() == by_command
    assert by_command[-1]["actor"] == "chuyen-vien"


def test_the_outcome_that_changed_meanwhile_is_shown_again(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    page = looked(web, SAMPLE.read_bytes(), **SCHOOL)
    taken(web, looked(web, book(*SHORT), **SCHOOL))
    before = size(web)
    sent = {**form(page.text, 'value="take"'), "seen": "0" * 64}

    late = web.post(IMPORT, **sent, do="take", confirmed="yes")

    assert late.status_code == 409
    assert "chưa ghi gì" in late.text
    assert size(web) == before


SHORT = (
    ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2026",),
    ("STT", "Họ và tên", "Chức vụ", "Mức xếp loại", "Danh hiệu đề nghị"),
    (1, "Nông Văn <script>alert(1)</script>", "Giáo viên", "HTTNV", "LĐTT"),
    (2, '"><img src=x onerror=alert(1)>', "Giáo viên", "HTTNV", "<b>Danh hiệu lạ</b>"),
)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (Path(sys.executable).resolve().read_bytes()[:200_000], "danh-sach.xlsx"),
        (SAMPLE.read_bytes()[:4000], "cut.xlsx"),
        (b"", "empty.xlsx"),
        (b"%PDF-1.7 ...", "a.xlsx"),
    ],
    ids=["program", "cut off", "empty", "pdf"],
)
def test_what_is_no_workbook_gets_one_sentence_and_writes_nothing(
    web: Browser, work: Path, content: bytes, name: str
) -> None:
    web.sign_in("chuyen-vien")
    before, files = size(web), sorted(work.rglob("*"))

    answer = looked(web, content, name, **SCHOOL)

    assert answer.status_code == 422
    assert answer.text.count('class="mistake"') == 1
    assert size(web) == before
    assert sorted(work.rglob("*")) == files


def test_without_a_file_or_a_body_it_is_said_at_the_field(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    none = web.post(IMPORT, **SCHOOL)
    nobody = looked(web, book(*SHORT), task="2026/T17")
    rows = looked(web, book(*SHORT), **SCHOOL, without="ba")

    assert [each.status_code for each in (none, nobody, rows)] == [422] * 3
    assert "Chọn tệp danh sách." in none.text
    assert "chọn đơn vị gửi" in nobody.text
    assert "Chỉ ghi số hàng" in rows.text


def test_hostile_names_are_words(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    page = looked(web, book(*SHORT), '<img src=x>"\r\n.xlsx', **SCHOOL)

    assert page.status_code == 200
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "<b>Danh" not in page.text


def test_the_annotated_file_is_its_senders_alone(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    page = looked(web, SAMPLE.read_bytes(), "Danh sách <1>.xlsx", **SCHOOL)
    link = re.search(r'href="(/dossiers/import/[\w-]{20,})"', page.text)
    assert link is not None

    given = web.get(link[1])
    web.take("thon-1")
    other = web.get(link[1])

    assert given.headers["content-disposition"].startswith("attachment; filename*=UTF-8''Danh%20s%C3%A1ch")
    assert given.headers["x-content-type-options"] == "nosniff"
    made = openpyxl.load_workbook(io.BytesIO(given.content))
    assert "31/4/1990" in made["Đề nghị"]["C19"].comment.text
    assert other.status_code == 400
    assert b"PK" not in other.content


def test_a_body_sends_no_list_for_another(web: Browser) -> None:
    web.sign_in("thon-1")
    before = size(web)

    answer = looked(web, book(*SHORT), task="2026/T06", body="thon-2", type="phong_trao")

    assert answer.status_code == 422
    assert "không gửi hồ sơ thay đơn vị này" in answer.text
    assert "Ghi 1 hồ sơ" not in answer.text
    assert size(web) == before
    assert web.get("/dossiers/template?body=thon-2").status_code == 404


def test_the_blank_list_is_read_back(web: Browser) -> None:
    web.sign_in("thon-1")

    blank = web.get("/dossiers/template?body=thon-1")

    assert blank.headers["content-disposition"].startswith("attachment;")
    assert openpyxl.load_workbook(io.BytesIO(blank.content)).worksheets


def test_held_files_are_bounded_and_their_senders_alone() -> None:
    held = HeldFiles()
    first = held.hold("a", Sent("1", b"1"))
    assert held.given("a", first).content == b"1"
    with pytest.raises(FileGone):
        held.given("b", first)
    for number in range(MOST_FILES):
        held.hold("a", Sent(str(number), b""))
    with pytest.raises(FileGone):
        held.given("a", first)


# -- papers ------------------------------------------------------------------------------------------------

DRAFT = "/items/2026/D0001"


def attached(
    web: Browser, content: bytes, name: str = "to-trinh.pdf", path: str = DRAFT, **given: str
) -> Any:
    sent = {"kind": "to_trinh", "key": f"k-{name}", **given}
    return web.post(f"{path}/attached", files=[("file", (name, content, "application/pdf"))], **sent)


def test_a_paper_is_attached_once_and_given_back_as_it_was(web: Browser) -> None:
    web.sign_in("thon-1")
    before = size(web)

    done = attached(web, pdf("1"))
    again = attached(web, pdf("1"))
    back = web.get(f"{DRAFT}/attached/1")

    assert (done.status_code, again.status_code) == (200, 200)
    assert "Đã có 1/4 giấy tờ cần nộp" in done.text
    assert size(web) == before + 1
    assert back.content == pdf("1")
    assert back.headers["content-disposition"] == "attachment; filename*=UTF-8''D0001-1-to_trinh.pdf"
    assert back.headers["x-content-type-options"] == "nosniff"


def test_what_is_no_paper_is_refused_and_leaves_no_file(web: Browser, work: Path) -> None:
    web.sign_in("thon-1")
    before, files = size(web), sorted(work.rglob("*"))

    program = attached(web, b"MZ" + bytes(100), '<img src=x onerror="a">.pdf')
    mixed = web.post(
        f"{DRAFT}/attached",
        files=[("file", ("1.pdf", pdf("1"), "")), ("file", ("2.pdf", pdf("2")[:40], ""))],
        kind="to_trinh",
    )
    neither = web.post(f"{DRAFT}/attached", kind="to_trinh")
    unknown = attached(web, pdf("1"), kind="../../x")

    assert [each.status_code for each in (program, mixed, neither, unknown)] == [422] * 4
    assert "đây là chương trình" in program.text
    assert "<img" not in program.text
    assert "Chọn tệp của giấy tờ" in neither.text
    assert size(web) == before
    assert sorted(work.rglob("*")) == files


def test_a_paper_may_be_seen_instead(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    done = web.post("/items/2026/D0002/attached", kind="bien_ban", how="seen", key="k")

    assert "Đã có 1/4" in done.text
    assert web.get("/items/2026/D0002/attached/1").status_code == 400


def test_papers_and_lists_of_other_bodies_are_not_there(web: Browser) -> None:
    web.sign_in("thon-1")
    attached(web, pdf("1"))
    assert web.get(f"{DRAFT}/list").content.startswith(b"PK")
    web.take("thon-2")
    before = size(web)

    got = [web.get(f"{DRAFT}/{path}") for path in ("attached/1", "list", "list?for=province", "appraise")]
    put = attached(web, pdf("2"), "2.pdf")

    assert [each.status_code for each in (*got, put)] == [404] * 5
    assert size(web) == before
    for path in ("2026/D0002/attached/..%2f..", "2026/D0002/attached/9", "2025/D0001/list", "x/D0001/list"):
        assert web.get(f"/items/{path}").status_code in (400, 404)


def test_attaching_asks_for_a_file_and_never_for_a_digest(web: Browser) -> None:
    web.sign_in("thon-1")

    for answer in (web.get(f"{DRAFT}/do/attach"), web.post(f"{DRAFT}/do/attach", kind="to_trinh")):
        assert answer.url.path == DRAFT
        assert 'type="file"' in answer.text
        assert "SHA-256" not in answer.text


# -- appraisal ---------------------------------------------------------------------------------------------

APPRAISE = "/items/2026/D0003/appraise"


def test_all_lines_are_appraised_by_one_form_once(web: Browser, tdkt: Tdkt, work: Path) -> None:
    web.sign_in("chuyen-vien")
    assert web.get("/items/2026/D0003/do/appraise").url.path == APPRAISE
    sent = {**web.hidden(APPRAISE), "verdict-1": "met", "verdict-2": "not_met", "basis": "Đã đối chiếu"}
    before = size(web)

    done = web.post(APPRAISE, **sent)
    again = web.post(APPRAISE, **sent)

    assert (done.status_code, again.status_code) == (200, 200)
    assert size(web) == before + 2
    page = web.get(APPRAISE).text
    assert "<b>Đủ điều kiện</b>" in page
    assert "<b>Chưa đủ điều kiện</b>" in page


def test_by_the_conditions_for_all_is_what_the_command_writes(
    work: Path, serving: Serving, tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    shutil.copytree(work, other)
    web = serving(f"sqlite:///{work / 'co-quan.db'}").sign_in("chuyen-vien")
    sent = {**web.hidden(APPRAISE), "all": "yes"}
    assert web.post(APPRAISE, **sent).status_code == 200
    assert web.post(APPRAISE, **sent).status_code == 200
    monkeypatch.setenv("TDKT_DB", str(other / "co-quan.db"))
    assert tdkt("--yes", "dossier", "appraise", "D0003", "--all", "--as", "chuyen-vien").code == 0

    def entries() -> list[Any]:
        named = ("event", "actor", "role", "from", "to", "recorded", "ref")
        log = tdkt("--json", "audit", "log", "D0003").json
        return [{name: entry.get(name) for name in named} for entry in log]

    by_command = entries()
    monkeypatch.setenv("TDKT_DB", str(work / "co-quan.db"))
    assert entries() == by_command


def test_an_appraisal_of_an_older_version_is_a_conflict_that_keeps_the_choices(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    sent = {**web.hidden(APPRAISE), "verdict-1": "not_met", "reason-1": "Thiếu <b>biên bản</b>"}
    web.post(APPRAISE, **{**web.hidden(APPRAISE), "verdict-2": "met"})
    before = size(web)

    late = web.post(APPRAISE, **sent)

    assert late.status_code == 409
    assert "Thiếu &lt;b&gt;biên bản" in late.text
    assert re.search(r'name="verdict-1" value="not_met" checked', late.text)
    assert size(web) == before


def test_nobody_appraises_without_a_choice_or_the_right(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    nothing = web.post(APPRAISE, **web.hidden(APPRAISE))
    wrong = web.post(APPRAISE, **{**web.hidden(APPRAISE), "verdict-1": "<x>"})
    web.take("thon-1")
    mine = web.post(APPRAISE, **{**web.hidden(APPRAISE), "verdict-1": "met"})

    assert [each.status_code for each in (nothing, wrong, mine)] == [422] * 3
    assert "<x>" not in wrong.text
    assert "Chưa thực hiện được" in mine.text


def test_what_a_list_may_say_itself_is_asked_for_once_it_was_read(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    without = book(("STT", "Họ tên"), (1, "Nông Văn Ém"))

    before = web.get(IMPORT).text
    page = looked(web, without).text

    fields = r'<label for="f-(task|body)">([^<]*(?:<small>[^<]*</small>)?)</label>'
    assert before.count("Để trống thì lấy theo danh sách.") == 2
    assert [name for name, label in re.findall(fields, page) if "<small>" in label] == []
    assert [name for name, _label in re.findall(fields, page)] == ["task", "body"]
    assert 'id="f-body-said"' in page
