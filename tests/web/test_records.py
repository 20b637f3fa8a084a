"""The console's log, settings, state of the program and look-up, over HTTP."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from functools import partial
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from commands.listing import known_commands
from runtime.views.command_places import PLACES
from storage.log.merkle import verify_inclusion
from tests import reference
from tests.commands.conftest import Tdkt
from tests.web.conftest import Browser, Serving, typed_command
from web.routes import PAGES

DATABASE = "co-quan.db"


@pytest.fixture
def tdkt_here(bare: Tdkt, work: Path, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    """The command line on the very database that the console serves."""
    monkeypatch.setenv("TDKT_DB", f"sqlite:///{work / DATABASE}")
    return bare


def seqs(html: str) -> list[int]:
    return [int(seq) for seq in re.findall(r'<a href="/log/\d+/(\d+)" class="ref"', html)]


def changed(work: Path, sql: str) -> None:
    with closing(sqlite3.connect(work / DATABASE)) as connection:
        connection.execute(sql)
        connection.commit()


# -- the log ---------------------------------------------------------------------------------------------


def all_seqs(web: Browser, query: str) -> list[int]:
    """The entries of every page, the newest first."""
    path: str | None = f"/log?{query}"
    found: list[int] = []
    while path:
        page = web.get(path).text
        found += seqs(page)
        older = re.search(r'<a class="button" href="(/log\?[^"]*before=\d+)"', page)
        path = unescape(older[1]) if older else None
    return found


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", ()),
        ("ref=D0003", ("D0003",)),
        ("actor=chuyen-vien", ("--actor", "chuyen-vien")),
        ("event=submit", ("--event", "submit")),
        ("refused=yes", ("--refused",)),
        ("since=02/03/2026", ("--since", "02/03/2026")),
        ("actor=chuyen-vien&event=accept&since=01/01/2026", ("--actor", "chuyen-vien", "--event", "accept")),
    ],
)
def test_the_log_is_narrowed_as_on_the_command_line(
    web: Browser, tdkt_here: Tdkt, query: str, options: tuple[str, ...]
) -> None:
    web.sign_in("chuyen-vien")

    said = [entry["seq"] for entry in tdkt_here("audit", "log", *options, "--json").json]

    assert said or query == "refused=yes"
    assert all_seqs(web, query) == said[::-1]


def test_the_last_day_is_within(web: Browser, tdkt_here: Tdkt) -> None:
    web.sign_in("chuyen-vien")

    everything = tdkt_here("audit", "log", "--json").json
    before = [entry["seq"] for entry in everything if entry["at"] < "2026-02-28T17:00"]
    until = [entry["seq"] for entry in everything if entry["at"] < "2026-03-02T17:00"]

    assert before
    assert len(before) < len(until)
    assert all_seqs(web, "until=28/02/2026") == before[::-1]
    assert all_seqs(web, "until=02/03/2026") == until[::-1]


def test_a_filter_that_cannot_be_read_is_told_with_what_was_typed(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    page = web.get("/log?since=31/02/2026&actor=chuyen-vien")

    assert page.status_code == 422
    assert 'value="31/02/2026"' in page.text
    assert 'value="chuyen-vien" selected' in page.text
    assert web.get("/log?ref=D9999").status_code == 422


def test_the_bytes_and_the_proof_that_are_shown_verify(web: Browser, tdkt_here: Tdkt) -> None:
    web.sign_in("giam-sat")
    entries = tdkt_here("audit", "log", "--json").json

    for entry in (entries[0], entries[7], entries[len(entries) // 2], entries[-1]):
        page = web.get(f"/log/2026/{entry['seq']}").text
        shown = re.search(r'<pre class="bytes"[^>]*>(.*?)</pre>', page, re.DOTALL)
        assert shown is not None
        leaf = sha256(b"\x00" + unescape(shown[1]).encode()).digest()
        path = [bytes.fromhex(hash) for hash in re.findall(r"<li><code>([0-9a-f]{64})</code>", page)]
        root = re.search(r"Mã gốc</dt><dd>([0-9a-f]{64})<", page)
        assert root is not None

        assert leaf.hex() == entry["leaf"]
        assert verify_inclusion(
            leaf, index=entry["seq"], size=len(entries), proof=path, root=bytes.fromhex(root[1])
        )
        assert "tạo thành đúng mã gốc" in page


def test_an_entry_that_is_not_there_is_told(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    assert web.get("/log/2026/99999").status_code in (400, 404)
    assert web.get("/log/1999/0").status_code in (400, 404)
    assert web.get("/log/2026/x").status_code in (400, 404)


def test_what_is_recorded_of_a_definition_has_words(web: Browser) -> None:
    page = web.sign_in("quan-tri").get("/log?event=propose_definition").text

    assert "Phiên bản" in page
    assert "Mã băm" in page
    assert re.findall(r"\b(?:digest|version)\b", page[page.index("</form>") :]) == []


def test_the_log_is_taken_out_as_the_command_does(web: Browser, tdkt_here: Tdkt, tmp_path: Path) -> None:
    web.sign_in("giam-sat")
    tdkt_here("audit", "export", str(tmp_path / "log.jsonl"))

    sent = web.get("/log/export?log=2026")

    assert sent.headers["content-disposition"].startswith("attachment")
    assert sent.text == (tmp_path / "log.jsonl").read_text("utf-8")


def found_by(web: Browser) -> str:
    """What a verification that begins now finds."""
    web.post("/log/verify")
    for _ in range(600):
        page = str(web.get("/log/verify").text)
        if "Kết quả kiểm tra" in page:
            return page
        time.sleep(0.05)
    raise AssertionError("the verification does not end")


def test_verifying_says_that_all_is_sound_and_finds_a_row_that_was_changed(web: Browser, work: Path) -> None:
    web.sign_in("giam-sat")

    sound = found_by(web)
    changed(work, "UPDATE item SET due_on = '2026-12-24' WHERE ref = 'T16'")
    unsound = found_by(web)

    assert "Có sai lệch" not in sound
    assert "Dữ liệu khớp nhật ký" in sound
    assert "Có sai lệch" in unsound
    assert "T16" in unsound


def test_who_sees_only_some_items_reads_no_names_in_the_log(web: Browser, work: Path) -> None:
    changed(work, "UPDATE office_text SET value = 'Nguyễn Thị Bí Mật' WHERE input = 'reason'")
    for account in ("giam-sat", "quan-tri"):
        web.sign_in(account)
        pages = [web.get("/log").text]
        pages += [web.get(f"/log/2026/{seq}").text for seq in range(40)]

        assert not [page for page in pages if "Trường hợp D0" in page or "Bí Mật" in page]

    web.sign_in("chuyen-vien")
    assert [seq for seq in range(40) if "Trường hợp D0" in web.get(f"/log/2026/{seq}").text]
    assert web.sign_in("thon-1").get("/log").status_code == 403
    assert web.get("/log/2026/0").status_code == 403
    assert web.get("/log/export").status_code == 403


# -- looking up ------------------------------------------------------------------------------------------


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def test_names_are_found_without_tone_marks_in_records_and_in_dossiers(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    records = main_of(web.get("/search?q=nguyen ba").text)
    lines = main_of(web.get("/search?q=truong hop d0003-2").text)

    assert "Nguyễn Văn Ba" in records
    person = re.search(r'href="(/search/\d+)"', records)
    assert person is not None
    page = main_of(web.get(person[1]).text)
    assert "Thư viện xanh" in page
    assert "Hoàn thành tốt nhiệm vụ" in page
    assert 'href="/items/2026/D0003/2"' in lines
    assert "D0003/1" not in lines


def test_a_decision_is_found_by_its_number(web: Browser) -> None:
    web.sign_in("chuyen-vien")

    for typed in ("112", "112/QĐ-UBND", "112/qđ-ubnd"):
        assert 'href="/items/2026/Q01"' in main_of(web.get(f"/search?q={typed}").text)
    assert "/items/" not in main_of(web.get("/search?q=999/QĐ-UBND").text)


def test_hostile_words_are_shown_as_words(web: Browser) -> None:
    web.sign_in("chuyen-vien")
    hostile = "<script>alert(1)</script>"

    for path in ("/search", "/log"):
        page = web.client.get(path, params={"q": hostile, "ref": hostile, "since": hostile}).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("account", ["thon-1", "giam-sat", "quan-tri"])
def test_who_may_not_look_up_persons_does_not(web: Browser, account: str) -> None:
    web.sign_in(account)

    for path in ("/search?q=truong", "/search/1"):
        answer = web.get(path)
        assert answer.status_code == 403
        assert "Nguyễn Văn Ba" not in answer.text


# -- the state of the program ----------------------------------------------------------------------------


def when_over(web: Browser, under_way: str) -> str:
    for _ in range(600):
        page = str(web.get("/status").text)
        if under_way not in page:
            return page
        time.sleep(0.05)
    raise AssertionError(f"it does not end: {under_way}")


def test_the_findings_are_those_of_doctor(
    web: Browser, tdkt_here: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.sign_in("quan-tri")
    monkeypatch.setenv("TDKT_LANG", "vi")

    found = tdkt_here("doctor", "--json").json
    page = unescape(when_over(web, "Đang kiểm tra…"))

    # What names a command is told otherwise here, and as often.
    said = {each["message"] for each in found if not typed_command(each["message"])}
    assert len(said) > 15
    assert [len(re.findall(rf'<li class="{mark}"', page)) for mark in ("ok", "warning", "problem")] == [
        [each["status"] for each in found].count(mark) for mark in ("ok", "warning", "problem")
    ]
    # Its free space and what SQLite works with differ between two looks.
    changing = ("SQLite", "Đĩa còn trống")
    assert [line for line in said if line not in page and not any(word in line for word in changing)] == []


def test_an_incident_is_cleared_once_as_by_the_command(web: Browser, tdkt_here: Tdkt) -> None:
    web.sign_in("quan-tri")
    page = web.get("/status").text
    form = re.search(r'name="key" value="([^"]+)"><input type="hidden" name="incident" value="(I01)"', page)
    assert form is not None

    for _ in range(2):
        web.post("/status/incident", key=form[1], incident=form[2], note="Đã khởi động lại")

    (entry,) = tdkt_here("audit", "log", "--event", "clear_incident", "--json", "--full").json
    assert (entry["actor"], entry["role"]) == ("quan-tri", "administrator")
    assert entry["recorded"]["incident"] == "I01"
    assert entry["recorded"]["note"] == "Đã khởi động lại"
    assert tdkt_here("incident", "list", "--json").json == []


@pytest.mark.parametrize("account", ["thon-1", "giam-sat", "thu-ky", "uy-vien-1"])
def test_who_may_not_clear_or_back_up_does_not_by_a_crafted_form(
    web: Browser, work: Path, tdkt_here: Tdkt, account: str
) -> None:
    web.sign_in(account)

    assert web.post("/status/incident", incident="I01", key="k1").status_code in (403, 422)
    assert web.post("/status/retry", key="k2").status_code in (403, 422)
    assert web.post("/status/backup").status_code == 403

    assert [each["id"] for each in tdkt_here("incident", "list", "--json").json] == ["I01"]
    assert not (work / "sao-luu").exists()


def test_a_backup_is_made_beside_the_database_and_told_where(web: Browser, work: Path) -> None:
    web.sign_in("quan-tri")

    web.post("/status/backup")
    page = when_over(web, "Đang sao lưu…")

    (copy,) = (work / "sao-luu").glob("*.db")
    assert copy.name.startswith("co-quan-20")
    assert str(copy) in page
    with closing(sqlite3.connect(copy)) as connection, closing(sqlite3.connect(work / DATABASE)) as own:
        count = "SELECT count(*) FROM entry"
        assert connection.execute(count).fetchone() == own.execute(count).fetchone()


# -- the command line ------------------------------------------------------------------------------------


def test_what_is_only_typed_is_listed_and_all_else_has_its_page() -> None:
    known = {name for name, _command in reference.commands()}
    placed = [f"tdkt {name}" for names in PLACES.values() for name in names]

    assert sorted(placed) == sorted(set(placed))
    assert set(placed) <= known
    assert [each.name for each in known_commands(reference.top())] == [
        name for name, _command in reference.commands()
    ]


def test_the_page_lists_every_command_that_no_page_does(serving: Serving, work: Path) -> None:
    web = serving(f"sqlite:///{work / DATABASE}", commands=partial(known_commands, reference.top()))
    web.sign_in("chuyen-vien")
    pages = {page.path for page in PAGES}
    done = {f"tdkt {name}" for page, names in PLACES.items() if page in pages for name in names}

    shown = set(re.findall(r"<dt><code>([^<]+)</code>", web.get("/commands").text))

    assert shown == {name for name, _command in reference.commands()} - done
    assert "tdkt upgrade" in shown
    assert "tdkt audit verify" not in shown


# -- the settings ----------------------------------------------------------------------------------------


def newest(tdkt: Tdkt, event: str) -> dict[str, object]:
    """What the last entry of the event says, without what differs from entry to entry."""
    entry = tdkt("audit", "log", "--event", event, "--json", "--full").json[-1]
    return {name: said for name, said in entry.items() if name not in ("seq", "at", "leaf")}


def test_a_substitution_of_the_console_is_the_command_s(web: Browser, work: Path, tdkt_here: Tdkt) -> None:
    web.sign_in("thuong-truc")
    typed = {"account": "thu-ky", "by": "uy-vien-1", "until": "09/03/2026", "reason": "Đi công tác"}
    form = web.hidden("/settings/substitutions")

    done = web.post("/settings/substitutions", **typed, basis="12/QĐ-UBND", key=form["key"])
    web.post("/settings/substitutions", **typed, basis="12/QĐ-UBND", key=form["key"])
    by_console = newest(tdkt_here, "substitute")
    number = len(tdkt_here("audit", "log", "--event", "substitute", "--json").json)
    web.post("/settings/substitutions", account="thu-ky", end="yes", key="k-end")
    ended = newest(tdkt_here, "end_substitution")
    words = ("--by", "uy-vien-1", "--until", "09/03/2026", "--reason", "Đi công tác", "--basis", "12/QĐ-UBND")
    tdkt_here("office", "substitute", "thu-ky", *words, "--as", "thuong-truc")

    assert "xử lý công việc thay" in done.text
    assert number == 1
    assert by_console == newest(tdkt_here, "substitute")
    assert ended["actor"] == "thuong-truc"


def test_a_mistaken_order_keeps_what_was_typed(web: Browser) -> None:
    web.sign_in("thuong-truc")

    wrong = web.post("/settings/substitutions", account="thu-ky", by="thu-ky", until="40/03/2026", key="k")

    assert wrong.status_code in (400, 422)
    assert 'value="40/03/2026"' in wrong.text
    assert 'id="first-mistake"' in wrong.text


def test_holders_and_contacts_are_recorded_as_by_the_command(web: Browser, tdkt_here: Tdkt) -> None:
    web.sign_in("quan-tri")
    hostile = '<img src=x onerror="alert(1)">'

    web.post("/settings/holder", account="ke-toan", name=hostile, **{"from": "01/02/2026"}, key="k1")
    page = web.get("/settings").text
    set_here = newest(tdkt_here, "holder")
    tdkt_here("office", "holder", "ke-toan", hostile, "--from", "01/02/2026", "--as", "quan-tri")
    web.post("/settings/contacts", account="thu-ky", email="thu.ky@example.vn", key="k2")

    assert hostile not in page
    assert "&lt;img" in page
    assert set_here == newest(tdkt_here, "holder")
    assert {each["account"]: each["address"] for each in tdkt_here("office", "contacts", "--json").json}[
        "thu-ky"
    ] == "thu.ky@example.vn"
    assert "thu.ky@example.vn" in web.get("/settings/contacts").text
    web.post("/settings/contacts", account="thu-ky", channel="email", remove="yes", key="k3")
    web.post("/settings/holder", account="ke-toan", remove="yes", **{"from": "01/02/2026"}, key="k4")
    assert "thu.ky@example.vn" not in web.get("/settings/contacts").text
    assert newest(tdkt_here, "remove_holder")["actor"] == "quan-tri"


ACTS: dict[str, dict[str, str]] = {
    "/settings/holder": {"account": "ke-toan", "name": "Kẻ Gian"},
    "/settings/substitutions": {"account": "chu-tich", "by": "uy-vien-1", "until": "09/03/2026"},
    "/settings/contacts": {"account": "chu-tich", "email": "ke.gian@example.vn"},
    "/settings/definitions/adopt": {"held": "made-up"},
    "/settings/proposals/3": {"answer": "agree"},
}
MAY: dict[str, frozenset[str]] = {
    "/settings/holder": frozenset({"quan-tri", "chuyen-vien", "thuong-truc"}),
    "/settings/substitutions": frozenset({"chu-tich", "pho-chu-tich", "thuong-truc"}),
    "/settings/contacts": frozenset({"quan-tri", "chuyen-vien", "thuong-truc", "chu-tich"}),
}


@pytest.mark.parametrize("account", ["thon-1", "giam-sat", "quan-tri", "ke-toan", "thu-ky", "uy-vien-1"])
def test_who_may_not_does_not_by_a_crafted_form(web: Browser, tdkt_here: Tdkt, account: str) -> None:
    web.sign_in(account)
    before = len(tdkt_here("audit", "log", "--json").json)

    for number, (path, typed) in enumerate(ACTS.items()):
        if account in MAY.get(path, ()):
            continue
        answer = web.post(path, **typed, key=f"crafted-{number}")
        assert answer.status_code in (400, 403, 422), path

    written = tdkt_here("audit", "log", "--json").json[before:]
    assert [entry for entry in written if not entry["refused"]] == []
    assert "Kẻ Gian" not in tdkt_here("office", "people", "--json").out
    assert "ke.gian" not in tdkt_here("office", "contacts", "--json").out


def test_an_administrator_sees_the_settings_and_no_persons_of_dossiers(web: Browser) -> None:
    web.sign_in("quan-tri")

    paths = ["", "/substitutions", "/contacts", "/bodies", "/definitions", "/proposals/3"]
    pages = [web.get(f"/settings{path}") for path in paths]

    assert [page.status_code for page in pages] == [200] * len(paths)
    assert not [page for page in pages if "Trường hợp D0" in page.text or "Macro" in page.text]
    assert web.get("/items/2026/D0003").status_code == 404
    for account in ("thon-1", "giam-sat"):
        web.sign_in(account)
        assert web.get("/settings").status_code == 403


def test_a_proposal_is_shown_with_its_difference_and_agreed_to_by_another(
    web: Browser, tdkt_here: Tdkt
) -> None:
    (waiting,) = tdkt_here("definition", "proposals", "--json").json
    path = f"/settings/proposals/{waiting['number']}"

    own = web.sign_in("quan-tri").get(path).text
    web.sign_in("chu-tich")
    other = web.get(path).text
    agreed = web.post(path, answer="agree", key="k-agree")
    web.post(path, answer="agree", key="k-agree")

    assert 'value="agree"' not in own
    assert 'value="withdraw"' in own
    assert 'value="agree"' in other
    assert '<span class="plus">+' in other
    assert '<span class="minus">-' in other
    assert agreed.status_code == 200
    assert tdkt_here("definition", "proposals", "--json").json == []
    assert newest(tdkt_here, "agree_definition")["actor"] == "chu-tich"


@pytest.mark.parametrize(
    "name", ["..", "/", "a" * 300 + ".yaml", "nul\0.yaml", "C:\\Users\\x\\han.yaml", " . "]
)
def test_a_file_of_an_odd_name_is_read_as_any_other(web: Browser, name: str) -> None:
    web.sign_in("quan-tri")

    read = web.post("/settings/definitions/preview", files={"file": (name, b"definition: policy\n")})

    assert read.status_code == 422
    assert "Lỗi phần mềm" not in read.text


def test_a_changed_file_is_looked_at_first_and_then_put_in_force(web: Browser, tdkt_here: Tdkt) -> None:
    web.sign_in("quan-tri")
    page = web.get("/settings/definitions").text
    version = re.findall(r'href="(/settings/definitions/policy/deadlines/(\d+))"', page)[-1]
    source = web.get(f"{version[0]}?file=yes").text
    newer = int(version[1]) + 1
    changed_file = re.sub(r"(?m)^version: \d+", f"version: {newer}", source)

    bad = web.post("/settings/definitions/preview", files={"file": ("han.yaml", b"definition: policy\n")})
    seen = web.post("/settings/definitions/preview", files={"file": ("han.yaml", changed_file.encode())})
    form = dict(re.findall(r'<input type="hidden" name="(key|held)" value="([^"]*)"', main_of(seen.text)))
    before = tdkt_here("audit", "log", "--event", "adopt_definition", "--json").json
    web.take("thuong-truc")
    other = web.post("/settings/definitions/adopt", **form)
    web.take("quan-tri")
    done = web.post("/settings/definitions/adopt", **form)
    after = tdkt_here("audit", "log", "--event", "adopt_definition", "--json").json

    assert bad.status_code == 422
    assert other.status_code == 400, "the file is held for who sent it"
    assert f"+version: {newer}" in seen.text
    assert f"policy/deadlines/{newer}" in done.text
    assert len(after) == len(before) + 1
    assert after[-1]["recorded"]["version"] == newer
