"""Sessions of the council in the console: every screen, and that it does what the command line does."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cli import door
from commands.failures import run
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, SECRETARY
from tests.web.conftest import Browser, Serving

S = "/items/2026"
KEPT = ("event", "actor", "acting_for", "role", "from", "to", "machine", "refused", "rules")


def typed(work: Path, *words: str) -> int:
    """A command line on the database of the folder."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        return run(door(), ("--db", f"sqlite:///{work / 'co-quan.db'}", *words))


def entries(work: Path, ref: str) -> list[dict[str, Any]]:
    """What the log has of the item, without what differs in every act: hours, keys, nonces and codes."""
    with closing(sqlite3.connect(work / "co-quan.db")) as connection:
        found = connection.execute("SELECT bytes FROM entry WHERE ref = ? ORDER BY seq", (ref,)).fetchall()
    return [
        {name: value for name, value in json.loads(row[0]).items() if name in KEPT or "input" in name}
        for row in found
    ]


def main_of(answer: Any) -> str:
    text: str = answer.text
    return unescape(text[text.index("<main") :])


def form(web: Browser, path: str, part: str) -> dict[str, str]:
    """The hidden fields of that part of a screen of votes."""
    text = web.get(path).text
    (found,) = [
        each for each in re.findall(r"<form.*?</form>", text, re.S) if f'name="part" value="{part}"' in each
    ]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found))


@pytest.fixture
def other(work: Path, tmp_path: Path) -> Path:
    """A second copy of the same office, for the command line."""
    folder = tmp_path / "other"
    shutil.copytree(work, folder)
    return folder


def test_the_list_says_of_each_session_its_day_its_state_and_what_is_on_it(web: Browser) -> None:
    page = main_of(web.sign_in(SECRETARY).get("/sessions"))

    assert "S01</span> 08:00 16/03/2026 – Phòng họp" in page
    assert "Đang chuẩn bị phiên họp</b> 1 trường hợp, 1 hồ sơ" in page
    assert "Lập phiên họp" in page


def test_the_auditor_sees_sessions_that_are_over_alone(web: Browser) -> None:
    web.sign_in("giam-sat")

    page = main_of(web.get("/sessions"))

    assert re.findall(r"S\d\d", page) == ["S06", "S06", "S07", "S07"]
    assert "Lập phiên họp" not in page
    assert web.get(f"{S}/S03").status_code == 404
    assert web.get(f"{S}/S03/vote/bkt").status_code == 404
    screens = ("agenda", "roll", "recusals", "conclude")
    assert {web.get(f"{S}/S07/{screen}").status_code for screen in screens} == {403}
    closed = main_of(web.get(f"{S}/S07"))
    assert "/items/2026/D0006" not in closed
    assert "Xem kết quả" in closed


def test_a_session_is_prepared_and_gets_its_agenda(web: Browser, work: Path, other: Path) -> None:
    web.sign_in(SECRETARY)
    hidden = web.hidden("/sessions/new")
    wrong = web.post("/sessions/new", **hidden, date="31/02/2026", at="8h", place="Phòng họp số 2")
    assert wrong.status_code == 422
    assert 'value="31/02/2026"' in wrong.text
    assert "Phòng họp số 2" in wrong.text

    done = web.post("/sessions/new", **hidden, date="20/03/2026", at="14:00", place="Phòng họp số 2")
    again = web.post("/sessions/new", **hidden, date="20/03/2026", at="14:00", place="Phòng họp số 2")
    path = done.url.path
    assert path == f"{S}/S08"
    assert "Việc này đã thực hiện từ trước" in again.text
    assert "S09" not in web.get("/sessions").text
    put = web.post(f"{path}/agenda", **web.hidden(f"{path}/agenda"), add=["D0004"])
    off = web.post(f"{path}/agenda", **web.hidden(f"{path}/agenda"), remove=["D0004"])
    none = web.post(f"{path}/agenda", **web.hidden(f"{path}/agenda"))

    assert "Đã đưa vào chương trình" in put.text
    assert "Đã bỏ khỏi chương trình" in off.text
    assert none.status_code == 422
    new = ("--date", "20/03/2026", "--at", "14:00", "--place", "Phòng họp số 2", "--as", SECRETARY)
    assert typed(other, "council", "new", *new) == 0
    assert typed(other, "council", "agenda", "S08", "--ready", "--as", SECRETARY) == 0
    assert typed(other, "council", "agenda", "S08", "D0004", "--remove", "--as", SECRETARY) == 0
    assert entries(work, "S08") == entries(other, "S08")


def test_the_roll_opens_the_meeting_with_who_comes_later(web: Browser, work: Path, other: Path) -> None:
    web.sign_in(SECRETARY)
    page = main_of(web.get(f"{S}/S02/roll"))
    assert "Hiện chưa thực hiện được" not in page
    members = re.findall(r'name="stands\.([\w-]+)"', page)
    stands = {f"stands.{id}": "present" for id in members}
    stands |= {"stands.uy-vien-3": "absent", "stands.uy-vien-5": "late"}

    no_hour = web.post(f"{S}/S02/roll", **web.hidden(f"{S}/S02/roll"), at="08:00", **stands)
    few = {name: "absent" if "uy-vien" in name else word for name, word in stands.items()}
    short = web.post(f"{S}/S02/roll", **web.hidden(f"{S}/S02/roll"), at="08:00", **few)
    late = {"at.uy-vien-5": "08:20"}
    seen = web.post(
        f"{S}/S02/roll", **web.hidden(f"{S}/S02/roll"), at="08:00", **stands, **late, preview="yes"
    )
    opened = web.post(f"{S}/S02/roll", **web.hidden(f"{S}/S02/roll"), at="08:00", **stands, **late)

    assert no_hour.status_code == 422
    assert "Bí thư Đoàn xã: ghi giờ đến hoặc về" in unescape(no_hour.text)
    assert short.status_code == 422
    assert "Nếu thực hiện" in seen.text
    assert opened.url.path == f"{S}/S02"
    assert "Trong phòng có 8/9 thành viên" in opened.text
    left = {"stands.uy-vien-5": "left", "at": "09:00"}
    gone = web.post(f"{S}/S02/roll", **web.hidden(f"{S}/S02/roll"), **left)
    assert "08:20 – 09:00" in gone.text
    absent = ("--absent", "uy-vien-3", "--absent", "uy-vien-5", "--at", "08:00")
    assert typed(other, "council", "open", "S02", *absent, "--as", SECRETARY) == 0
    for way, hour in (("--arrive", "08:20"), ("--leave", "09:00")):
        assert typed(other, "council", "roll", "S02", way, "uy-vien-5", "--at", hour, "--as", SECRETARY) == 0
    done = [entry for entry in entries(work, "S02") if "refused" not in entry]
    assert done == entries(other, "S02")


VOTE = f"{S}/S03/vote/gk"


def test_a_vote_by_hands_leaves_what_the_command_line_leaves(web: Browser, work: Path, other: Path) -> None:
    web.sign_in(SECRETARY)
    hidden = form(web, VOTE, "to_open")
    vote = {"at": "09:30", "line": ["D0009/1"], "all_for": "yes", "against.D0009/1": "1"}

    seen = web.post(VOTE, **hidden, **vote, preview="yes")
    done = web.post(VOTE, **hidden, **vote)
    again = web.post(VOTE, **hidden, **vote)

    assert "được 7 (87,50 %)" in main_of(seen)
    assert "Đạt" in done.text
    assert "09:30" in web.get(f"{S}/S03").text
    assert "Việc này đã thực hiện từ trước" in again.text
    line = ("--all-for", "--line", "D0009/1:against=1")
    assert typed(other, "council", "vote", "S03", "gk", "--at", "09:30", *line, "--as", SECRETARY) == 0
    assert entries(work, "S03") == entries(other, "S03")


def test_numbers_that_do_not_add_up_stay_with_the_sentence_at_their_line(web: Browser, work: Path) -> None:
    web.sign_in(SECRETARY)
    before = len(entries(work, "S03"))
    hidden = form(web, VOTE, "to_open")
    told = {"at": "09:30", "line": ["D0009/1"], "for.D0009/1": "8", "against.D0009/1": "1"}

    wrong = web.post(VOTE, **hidden, **told)
    unread = web.post(VOTE, **hidden, **{**told, "against.D0009/1": "một"})

    assert wrong.status_code == 422
    said = "tán thành 8 + không tán thành 1 + ý kiến khác 0 = 9, phải bằng 8 người biểu quyết"
    assert f'id="said-to_open-D0009/1">{said}' in wrong.text
    cell = (
        'name="for.D0009/1" value="8" inputmode="numeric" aria-label="Tán thành D0009/1" aria-invalid="true"'
    )
    assert cell in wrong.text
    assert 'value="09:30"' in wrong.text
    assert unread.status_code == 422
    assert "“một” không phải là số phiếu" in unread.text
    assert [entry["event"] for entry in entries(work, "S03")[before:] if "refused" not in entry] == []


def test_the_table_of_counts_is_for_the_keyboard(web: Browser) -> None:
    web.sign_in(SECRETARY)

    page = web.get(VOTE).text

    assert '<table class="stack" data-keys data-pass="Đạt" data-fail="Không đạt"' in page
    assert 'data-voting="8" data-least="5"' in page
    first = re.search(r"<button[^>]*>", page[page.index('name="part" value="to_open"') :])
    assert first is not None
    assert 'name="preview"' in first[0]


def test_who_may_not_vote_count_or_conclude_cannot_by_a_form_of_their_own(web: Browser, work: Path) -> None:
    web.sign_in(SECRETARY)
    hidden = form(web, VOTE, "to_open")
    roll, close = web.hidden(f"{S}/S02/roll"), web.hidden(f"{S}/S05/conclude")
    for crafted in (hidden, roll, close):
        del crafted["as"]
    for account in ("chuyen-vien", "ke-toan", "van-thu"):
        web.take(account)
        vote = web.post(VOTE, **hidden, at="09:30", line=["D0009/1"], all_for="yes")
        opened = web.post(f"{S}/S02/roll", **roll, at="08:00", **{"stands.chu-tich": "present"})
        concluded = web.post(f"{S}/S05/conclude", **close, **{"to.D0012/1": "award"})
        assert [each.status_code for each in (vote, opened, concluded)] == [422, 422, 422], account
    for account in ("thon-1", "giam-sat", "quan-tri"):
        web.take(account)
        assert web.post(VOTE, **hidden, at="09:30", line=["D0009/1"], all_for="yes").status_code == 404
        assert web.post(f"{S}/S05/conclude", **close, **{"to.D0012/1": "award"}).status_code == 404
    assert web.post("/sessions/new", **hidden, date="20/03/2026").status_code == 403

    for ref in ("S02", "S03", "S05"):
        assert [
            entry for entry in entries(work, ref) if entry["actor"] not in (SECRETARY, CHAIR, "system")
        ] == [entry for entry in entries(work, ref) if entry.get("refused")]


BALLOT = f"{S}/S03/vote/bkt"


def test_slips_are_counted_by_one_and_checked_by_another(web: Browser, work: Path, other: Path) -> None:
    web.sign_in(SECRETARY)
    counts = {"collected.D0014/1": "8", "for.D0014/1": "7", "against.D0014/1": "1"}
    many = web.post(BALLOT, **form(web, BALLOT, "to_count"), **{**counts, "for.D0014/1": "9"})
    web.post(BALLOT, **form(web, BALLOT, "to_count"), **counts)
    own = web.post(BALLOT, **form(web, BALLOT, "to_check"))
    web.take(OFFICER)
    checked = web.post(BALLOT, **form(web, BALLOT, "to_check"))

    assert many.status_code == 422
    assert 'id="said-to_count-D0014/1"' in many.text
    assert own.status_code == 422
    assert "được 7 phiếu (77,77 %)" in main_of(checked)
    line = ("--line", "D0014/1:collected=8,for=7,against=1")
    assert typed(other, "council", "count", "S03", "bkt", *line, "--as", SECRETARY) == 0
    assert typed(other, "council", "check", "S03", "bkt", "--as", OFFICER) == 0
    done = [entry for entry in entries(work, "S03") if "refused" not in entry]
    assert done == entries(other, "S03")


@pytest.fixture
def twice(work: Path, serving: Serving) -> Browser:
    """The office has counts typed twice, the second time blind."""
    agree = ("--yes", "definition", "agree", "office/diem-he", "--as", CHAIR)
    assert typed(work, *agree) == 0  # what waits already
    text = (work / "co-quan.yaml").read_text("utf-8").replace("version: 3", "version: 4", 1)
    text = text.replace("written_opinions: true", "written_opinions: true, double_entry: true", 1)
    (work / "hai-lan.yaml").write_text(text, "utf-8")
    assert typed(work, "--yes", "definition", "adopt", str(work / "hai-lan.yaml"), "--as", ADMINISTRATOR) == 0
    assert typed(work, *agree) == 0
    return serving(f"sqlite:///{work / 'co-quan.db'}")


def test_nothing_of_a_count_is_in_a_page_before_it_was_typed_twice(twice: Browser, work: Path) -> None:
    web = twice.sign_in(SECRETARY)
    counts = {f"{name}.D0014/1": word for name, word in (("collected", "8"), ("for", "5"), ("against", "3"))}
    after = web.post(BALLOT, **form(web, BALLOT, "to_count"), **counts)
    pages = [f"{S}/S03", BALLOT, f"{BALLOT}?again=yes", f"{S}/S03/conclude", f"{S}/S03/do/check_count"]
    told = re.compile(r"5/9|được 5|đồng ý 5|đồng ý: 5|5 / 3 / 0|>5<|>3<|\"[58]\" inputmode|for=5|against=3")

    seen = [after.text]
    for account in (SECRETARY, OFFICER, "uy-vien-1", CHAIR):
        web.take(account)
        seen += [web.get(page).text for page in pages]
    assert [told.findall(page[page.index("<main") :]) for page in seen] == [[] for _ in seen]
    paper = f"{S}/S03/papers/bb_kiem_phieu.docx?part=P1"
    assert web.get(paper).status_code == 422
    assert 'name="for.D0014/1" value=""' in web.get(BALLOT).text
    assert "data-keeps" not in main_of(web.get(BALLOT))

    web.take(OFFICER)
    version = form(web, BALLOT, "to_check")
    empty = web.post(BALLOT, **version)
    first = {f"{name}.D0010/1": word for name, word in (("collected", "8"), ("for", "8"))}
    peeked = web.post(BALLOT, **version, **{**counts, **first, "against.D0014/1": "2"}, preview="yes")
    trial = f"{S}/S03/do/check_count"
    other = "D0010/1:collected=8,for=8;D0014/1:collected=8,for=6,against=2"
    tried = web.post(trial, **web.hidden(trial), counts=other, preview="yes")
    checked = web.post(BALLOT, **form(web, BALLOT, "to_check"), **counts, **first)

    assert empty.status_code == 422
    assert peeked.status_code == 404
    assert "Lần đầu: không nêu khi xem trước" in tried.text
    assert told.search(empty.text + peeked.text + tried.text) is None
    assert "được 5 phiếu (55,55 %)" in main_of(checked)
    assert web.get(paper).status_code == 200
    assert [entry["event"] for entry in entries(work, "S03")][-1] == "check_count"


def test_a_count_that_differs_is_refused_in_the_log(twice: Browser, work: Path) -> None:
    web = twice.sign_in(OFFICER)
    wrong = {"collected.D0010/1": "8", "for.D0010/1": "7", "against.D0010/1": "1"}

    refused = web.post(BALLOT, **form(web, BALLOT, "to_check"), **wrong)

    assert refused.status_code == 422
    assert "Lần đầu: thu về 8, hợp lệ 8, không hợp lệ 0, đồng ý 8" in refused.text
    last = entries(work, "S03")[-1]
    assert (last["event"], last["actor"], bool(last["refused"])) == ("check_count", OFFICER, True)


def test_answers_and_recusals_are_recorded_at_once(web: Browser, work: Path, other: Path) -> None:
    reply = ("council", "reply", "S02", "attend", "--member", "uy-vien-2", "--interest", "D0008/1")
    for folder in (work, other):
        assert typed(folder, *reply, "--as", SECRETARY) == 0
    web.sign_in(SECRETARY)
    page = main_of(web.get(f"{S}/S02/recusals"))
    assert "Chủ tịch UBMTTQ xã</b>: D0008/1" in page

    hidden = {name: value for name, value in web.hidden(f"{S}/S02").items() if name in ("key", "version")}
    web.post(f"{S}/S02/others-attend", **hidden)
    none = web.post(f"{S}/S02/recusals", **web.hidden(f"{S}/S02/recusals"))
    chosen = re.findall(r'name="recusal" value="([^"]*)"', page)
    done = web.post(f"{S}/S02/recusals", **web.hidden(f"{S}/S02/recusals"), recusal=chosen)

    assert none.status_code == 422
    assert "Đã ghi nhận không tham gia biểu quyết" in done.text
    assert typed(other, "--yes", "council", "reply", "S02", "attend", "--others", "--as", SECRETARY) == 0
    assert typed(other, "--yes", "council", "recuse", "S02", "--proposed", "--as", SECRETARY) == 0
    assert entries(work, "S02") == entries(other, "S02")


def test_conclusions_are_chosen_line_by_line(web: Browser, work: Path, other: Path) -> None:
    web.sign_in(CHAIR)
    page = main_of(web.get(f"{S}/S05/conclude"))
    assert '<option value="award" selected>Khen thưởng tại xã' in page

    none = web.post(f"{S}/S05/conclude", **web.hidden(f"{S}/S05/conclude"), **{"to.D0012/1": ""})
    done = web.post(f"{S}/S05/conclude", **web.hidden(f"{S}/S05/conclude"), **{"to.D0012/1": "award"})
    left = web.post(f"{S}/S03/conclude", **web.hidden(f"{S}/S03/conclude"), **{"to.D0009/1": "later"})

    assert none.status_code == 422
    assert "Đã kết luận" in done.text
    assert "Kết thúc phiên họp" in done.text
    assert "Để lại xét sau" in left.text
    assert typed(other, "--yes", "council", "conclude", "S05", "--all", "--as", CHAIR) == 0
    assert typed(other, "council", "conclude", "S03", "D0009/1", "--to", "later", "--as", CHAIR) == 0
    for ref in ("S03", "S05"):
        assert entries(work, ref) == entries(other, ref)


def test_the_minutes_are_asked_for_with_what_is_usual(web: Browser) -> None:
    web.sign_in(SECRETARY)
    page = main_of(web.get(f"{S}/S06"))
    (to,) = re.findall(r'href="(/items/2026/S06/do/minute[^"]*)"', page)[:1]

    asked = web.get(to).text
    signed = {"signers": [SECRETARY, CHAIR], "paper_date": "02/03/2026", "paper_number": "03/BB-HĐTĐKT"}
    done = web.post(f"{S}/S06/do/minute", **web.hidden(f"{S}/S06/do/minute"), **signed)

    assert 'value="02/03/2026"' in asked
    assert re.search(r'name="signers" value="thu-ky" checked', asked)
    assert "/items/2026/S06/papers/bb_hop.docx" in page
    assert "Đã ký biên bản" in done.text


def test_a_screen_of_an_older_version_is_a_conflict_that_keeps_what_was_typed(web: Browser) -> None:
    web.sign_in(SECRETARY)
    old = form(web, VOTE, "to_open")
    first = form(web, VOTE, "to_open")
    web.post(VOTE, **first, at="09:30", line=["D0009/1"])

    late = web.post(f"{S}/S03/conclude", **old, **{"to.D0009/1": "later"})

    assert late.status_code == 409
    assert "Đã có người thay đổi" in late.text


def test_the_steps_of_a_session_lead_to_its_screens(web: Browser) -> None:
    web.sign_in(SECRETARY)

    opened, called = main_of(web.get(f"{S}/S03")), main_of(web.get(f"{S}/S02"))

    assert f'href="{S}/S02/roll">Khai mạc' in called
    assert f'href="{S}/S03/vote/gk">Bắt đầu biểu quyết' in opened
    assert f'href="{S}/S03/vote/bkt">Nhập kết quả kiểm phiếu' in opened
    assert f'href="{S}/S03/conclude">Kết luận' in opened


def test_a_waiting_count_is_veiled_in_the_log_and_the_log_not_taken_out(twice: Browser) -> None:
    web = twice.sign_in(SECRETARY)
    counts = {f"{name}.D0014/1": word for name, word in (("collected", "8"), ("for", "5"), ("against", "3"))}
    web.post(BALLOT, **form(web, BALLOT, "to_count"), **counts)
    seq = re.findall(r'<a href="/log/2026/(\d+)" class="ref"', web.get("/log?event=count").text)[0]

    for account in (SECRETARY, OFFICER, CHAIR, "giam-sat"):
        web.take(account)
        pages = [web.get("/log").text, web.get(f"/log/2026/{seq}").text]
        assert not [page for page in pages if "for=5" in page or "đồng ý 5" in page or "against=3" in page]
        assert '<pre class="bytes"' not in pages[1]
        sent = web.get("/log/export?log=2026")
        assert sent.status_code == 422
        assert "for=5" not in sent.text
