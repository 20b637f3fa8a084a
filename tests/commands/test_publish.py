"""`tdkt publish`: what everybody may read of decisions, plan and log, and nothing else of anybody."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.commands.at_work import typed
from tests.commands.conftest import SHIPPED, Tdkt
from tests.commands.test_definition import OFFICE, SECOND
from tests.conftest import Sandbox
from tests.dossiers import NO_VOTE, Typed, annulment, way
from tests.people import ACCOUNTANT, ADMINISTRATOR, CHAIR, OFFICER, RECORDS_CLERK, VILLAGE

ON = "05/01/2026"
HOSTILE = "<script>alert()</script> \"Hai\" & 'Ba'"
NAMES = ("Nguyễn Văn Mẫu", HOSTILE, "Lê Văn Sáu (sinh 02/03/1974)", "Trần Thị Bảy")
PERSONAL = {
    "--unit": "Số 12, đường Trần Phú, Thôn Trong",
    "--position": "Tổ trưởng tổ hợp tác",
    "--born": "02/03/1974",
    "--achievement": "Cứu người trong lũ",
    "--sex": "Nữ",
}
GIVEN_FORM = "Giấy khen của Chủ tịch Ủy ban nhân dân xã"
PAGE = "quyet-dinh-2026-q01.html"
SECOND_PAGE = "quyet-dinh-2026-q02.html"
HEADS = {"head.json", "nhat-ky.html"}
"""What differs between two offices of the same acts: ids of entries are drawn."""


def acts(file: Path) -> Iterator[Typed]:
    """An office whose page names people for thirty days, and a decision on four lines."""
    text = (SHIPPED / OFFICE).read_text("utf-8").replace(*SECOND, 1)
    file.write_text(text.replace("\nplan: ", "\npublish: {days: 30, unnamed: [gdvh]}\nplan: ", 1), "utf-8")
    yield ("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--yes")
    yield ("definition", "agree", "office/diem-he", "--as", CHAIR, "--yes")
    new = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat")
    yield (*new, "--as", VILLAGE)
    personal = tuple(word for pair in PERSONAL.items() for word in pair)
    for name in NAMES:
        who = ("--kind", "person", "--name", name)
        yield ("dossier", "add", "D0001", *who, *personal, "--as", VILLAGE, "--yes")
    yield from way("awarded", lines=(1, 2, 3, 4), votes=NO_VOTE)


def amendment() -> Iterator[Typed]:
    """Q02 states the first line anew, with the right name."""
    said = ("--name", "Nguyễn Văn Mậu", "--reason", "In sai tên", "--signer", CHAIR)
    yield ("decision", "amend", "Q01", "D0001/1", *said, "--as", OFFICER)
    paper = ("--paper", "18/TTr-VHXH", "--paper-date", ON, "--as", OFFICER)
    yield ("decision", "submit", "Q02", *paper, "--yes")
    yield ("decision", "sign", "Q02", "--on", ON, "--way", "paper", "--as", RECORDS_CLERK)
    issued = ("--number", "120/QĐ-UBND", "--date", ON, "--as", RECORDS_CLERK)
    yield ("decision", "issue", "Q02", *issued, "--yes")


@pytest.fixture(scope="session")
def issuing_file(tmp_path_factory: pytest.TempPathFactory, prepared_sandbox: Path) -> Path:
    """The SQLite file of that office; to be copied."""
    folder = tmp_path_factory.mktemp("issuing")
    shutil.copyfile(prepared_sandbox, folder / "office.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TDKT_DB", f"sqlite:///{folder / 'office.db'}")
        for words in acts(folder / "co-quan.yaml"):
            typed(words)
    return folder / "office.db"


@pytest.fixture
def issuing(issuing_file: Path, database: Path, bare: Tdkt, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    """The command line on a copy of it, in a folder of its own."""
    shutil.copyfile(issuing_file, database)
    monkeypatch.chdir(database.parent)
    monkeypatch.setenv("TDKT_LANG", "vi")
    return bare


def pages(folder: str = "out") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def text_of(files: dict[str, bytes]) -> str:
    return unescape("\n".join(content.decode() for content in files.values()))


class Table(HTMLParser):
    """The rows of a page's tables, cell by cell, and the elements that it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[str] = []
        self.within = False
        self.feed(Path("out", page).read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.within = True

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.within:
            self.rows[-1][-1] += data if not self.rows[-1][-1] else f"|{data}"


def free_texts(database: Path) -> list[tuple[str, str]]:
    """Every erasable word of the office with the name of its input."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT input, value FROM free_text").fetchall()


def done(tdkt: Tdkt, *commands: Typed) -> None:
    for words in commands:
        answer = tdkt(*words)
        assert answer.code == 0, (words, answer.err)


def test_a_decision_names_its_lines_with_unit_and_title_and_nothing_else_of_anybody(
    issuing: Tdkt, database: Path
) -> None:
    answer = issuing("publish", "out")

    assert (answer.code, answer.out) == (
        0,
        "Đã ghi trang công khai vào out: 1 quyết định, nêu tên 4 trường hợp.\n",
    )
    page, index = Table(PAGE), Table("index.html")
    body = "Thôn mẫu số 1"
    assert page.rows == [
        ["TT", "Họ và tên, tên tập thể, hộ gia đình", "Đơn vị, thôn", "Danh hiệu, hình thức"],
        ["1", "Nguyễn Văn Mẫu", body, GIVEN_FORM],
        ["2", HOSTILE, body, GIVEN_FORM],
        ["3", "Lê Văn Sáu", body, GIVEN_FORM],
        ["4", "Trần Thị Bảy", body, GIVEN_FORM],
    ]
    assert index.rows[1] == ["112/QĐ-UBND|05/01/2026", f"{GIVEN_FORM}|04 cá nhân", "Đã ban hành"]
    assert "script" not in page.tags + index.tags
    said = text_of(pages())
    personal = [*PERSONAL.values(), "1974", "Trần Phú", "Thôn Trong", VILLAGE, OFFICER, ACCOUNTANT, "07/TTr"]
    assert [value for value in personal if value in said] == []
    kept = [value for name, value in free_texts(database) if name != "name"]
    assert len(kept) >= len(NAMES) * len(PERSONAL)
    assert [value for value in kept if value in said] == []
    assert 'lang="vi"' in said
    assert 'lang="en"' in (issuing("publish", "en", "--language", "en").out + text_of(pages("en")))


def test_the_same_record_makes_the_same_bytes_whenever_and_where_they_are_made(
    issuing: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = issuing("publish", "out", "--json").json
    again = issuing("publish", "out", "--json").json
    issuing("publish", "other", "--now", "2026-01-20T08:00")

    assert pages() == pages("other")
    assert (again["written"], again["removed"]) == ([], [])
    assert sorted(again["unchanged"]) == sorted(first["written"]) == sorted({*pages()} - {"manifest.json"})

    monkeypatch.setenv("TDKT_DB", sandbox("postgresql", "2026-01-05T08:00"))
    done(issuing, *acts(Path("co-quan.yaml")), ("publish", "server"), ("publish", "server"))
    on_server, here = pages("server"), pages()
    assert {*on_server} == {*here}
    assert [name for name in here if here[name] != on_server[name]] == sorted(
        HEADS & {*here}, key=[*here].index
    )


def test_names_go_when_their_days_are_over_and_the_counts_stay(issuing: Tdkt) -> None:
    done(issuing, ("publish", "out"), ("publish", "out", "--now", "2026-02-04T23:59"))
    assert PAGE in pages()

    answer = issuing("publish", "out", "--now", "2026-02-05T00:00")

    assert f"Đã gỡ: {PAGE}." in answer.out
    said = text_of(pages())
    assert [
        name for name in ("Nguyễn Văn Mẫu", "Hai", "Lê Văn Sáu", "Trần Thị Bảy", "q01") if name in said
    ] == []
    assert Table("index.html").rows[1][1] == f"{GIVEN_FORM}|04 cá nhân"


def test_an_office_that_says_nothing_names_nobody(issuing: Tdkt) -> None:
    file = Path("im-lang.yaml")
    text = (SHIPPED / OFFICE).read_text("utf-8")
    file.write_text(text.replace("version: 1\n", "version: 3\n", 1), "utf-8")
    done(issuing, ("publish", "out"), ("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--yes"))

    answer = issuing("publish", "out")

    assert "Chưa nêu tên ai" in answer.out
    assert PAGE not in pages()
    assert "Nguyễn Văn Mẫu" not in text_of(pages())


def test_what_was_amended_or_annulled_is_told_and_its_old_name_goes(issuing: Tdkt) -> None:
    done(issuing, ("publish", "out"), *amendment())
    done(issuing, *annulment("Q01", "Q03", number="130/QĐ-UBND", on=ON, lines="D0001/4"))
    rectified = ("--paper", "15/UBND-VHXH", "--paper-date", ON, "--signer", CHAIR, "--what", "Sai dấu")
    done(issuing, ("decision", "rectify", "Q01", *rectified, "--as", OFFICER, "--yes"), ("publish", "out"))

    said = text_of(pages())
    state = (
        "Đã sửa đổi, bổ sung (120/QĐ-UBND ngày 05/01/2026); "
        "Đã hủy bỏ một phần (130/QĐ-UBND ngày 05/01/2026); "
        "Đã đính chính (15/UBND-VHXH ngày 05/01/2026)"
    )
    assert [row[1] for row in Table(PAGE).rows[1:]] == [HOSTILE, "Lê Văn Sáu"]
    assert [row[1] for row in Table(SECOND_PAGE).rows[1:]] == ["Nguyễn Văn Mậu"]
    assert [name for name in ("Trần Thị Bảy", "Nguyễn Văn Mẫu") if name in said] == []
    assert "Có 1 trường hợp nay theo quyết định sửa đổi, bổ sung." in said
    assert "Có 1 trường hợp đã bị hủy bỏ khen thưởng, không nêu tên." in said
    about = "Hủy bỏ khen thưởng theo Quyết định số 112/QĐ-UBND ngày 05/01/2026"
    assert Table("index.html").rows[1:] == [
        ["130/QĐ-UBND|05/01/2026", f"{GIVEN_FORM}|{about}|01 cá nhân", "Đã ban hành"],
        [
            "120/QĐ-UBND|05/01/2026",
            f"{GIVEN_FORM}|Sửa đổi, bổ sung Quyết định số 112/QĐ-UBND ngày 05/01/2026|01 cá nhân",
            "Đã ban hành",
        ],
        ["112/QĐ-UBND|05/01/2026", f"{GIVEN_FORM}|02 cá nhân", state],
    ]


def test_a_decision_that_was_annulled_names_nobody(issuing: Tdkt) -> None:
    done(issuing, ("publish", "out"))
    done(issuing, *annulment("Q01", "Q02", number="130/QĐ-UBND", on=ON), ("publish", "out"))

    said = text_of(pages())
    assert PAGE not in pages()
    assert [name for name in ("Nguyễn Văn Mẫu", "Lê Văn Sáu", "Trần Thị Bảy") if name in said] == []
    assert Table("index.html").rows[2][2] == "Đã hủy bỏ (130/QĐ-UBND ngày 05/01/2026)"


def test_an_erased_name_is_in_no_file(issuing: Tdkt) -> None:
    done(issuing, ("publish", "out"))
    before = text_of(pages())
    done(issuing, ("audit", "erase", "D0001/4", "--as", ADMINISTRATOR, "--yes"), ("publish", "out"))

    assert ("Trần Thị Bảy" in before, "Trần Thị Bảy" in text_of(pages())) == (True, False)
    assert "Có 1 trường hợp không nêu tên." in text_of(pages())


def test_a_number_typed_into_a_name_keeps_its_line_back(issuing: Tdkt) -> None:
    telling = ("--line", "D0001/4", "--name", "Trần Thị Bảy, ĐT 0912 345 678", "--reason", "Sai")
    done(issuing, ("decision", "correct", "Q01", *telling, "--as", OFFICER, "--yes"))
    waiting = ("advance", "Q01", "agree_correction", "--as", RECORDS_CLERK)
    if issuing("show", "D0001/4", "--json").json["name"] == "Trần Thị Bảy":
        issuing(*waiting)
        issuing("advance", "D0001", "agree_correction", "--as", "thuong-truc")
    assert issuing("show", "D0001/4", "--json").json["name"] == "Trần Thị Bảy, ĐT 0912 345 678"

    done(issuing, ("publish", "out"))

    assert "Trần Thị Bảy" not in text_of(pages())


def test_the_plan_goes_by_quarter_without_what_came_up_beside_it(issuing: Tdkt) -> None:
    asked = ("--content", "Khen thưởng đột xuất ông Hoàng Văn Tám", "--paper", "15/SNV", "--on", ON)
    done(
        issuing,
        ("advance", "T01", "submit", "--as", OFFICER),
        ("task", "add", *asked, "--quarter", "I", "--as", OFFICER, "--yes"),
        ("publish", "out"),
    )

    assert "Hoàng Văn Tám" not in text_of(pages())
    rows = Table("ke-hoach-2026.html").rows
    assert rows[:3] == [
        ["", "Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm"],
        ["Số nhiệm vụ", "6", "6", "1", "5", "18"],
        ["Hoàn thành", "0", "0", "0", "0", "0"],
    ]
    assert rows[8][0] == "1"
    assert rows[8][2:] == ["Đã trình lãnh đạo phòng", "31/03/2026 *"]


def test_an_outsider_checks_a_later_export_against_the_published_head(issuing: Tdkt, tmp_path: Path) -> None:
    done(issuing, ("publish", "out"))
    done(issuing, *amendment(), ("audit", "export", "nhat-ky.jsonl"))
    page = Path("out/nhat-ky.html").read_text("utf-8")
    shown = re.search(r"<pre[^>]*><code>(.*)</code></pre>", page, re.DOTALL)
    assert shown is not None
    Path("check_log.py").write_text(unescape(shown[1]), "utf-8")

    def checked() -> tuple[int, str]:
        run = [sys.executable, "check_log.py", "nhat-ky.jsonl", "out/head.json"]
        ended = subprocess.run(run, capture_output=True, text=True, check=False, cwd=tmp_path)
        return ended.returncode, ended.stdout

    (head,) = json.loads(Path("out/head.json").read_text("utf-8"))["logs"]
    assert checked() == (0, f"2026 {head['size']} {head['root']}\n")
    assert (head["root"] in page, f"<td>{head['size']}</td>" in page) == (True, True)
    lines = Path("nhat-ky.jsonl").read_text("utf-8").split("\n")
    Path("nhat-ky.jsonl").write_text("\n".join([lines[1], lines[0], *lines[2:]]), "utf-8")
    assert checked() == (1, "")


def test_a_folder_with_anything_else_is_refused_and_what_others_add_later_stays(issuing: Tdkt) -> None:
    Path("out").mkdir()
    Path("out/khac.txt").write_text("của người khác", "utf-8")
    refused = issuing("publish", "out")
    assert (refused.code, "khac.txt" in refused.err, [*pages()]) == (1, True, ["khac.txt"])
    Path("out/khac.txt").unlink()
    done(issuing, ("publish", "out"))

    Path("out/robots.txt").write_text("User-agent: *", "utf-8")
    answer = issuing("publish", "out")
    assert (answer.code, "robots.txt" in answer.out, "robots.txt" in pages()) == (0, True, True)

    Path("out", PAGE).unlink()
    Path("out", PAGE).symlink_to("/etc/hostname")
    linked = issuing("publish", "out")
    assert (linked.code, PAGE in linked.err, Path("out", PAGE).is_symlink()) == (1, True, True)


@pytest.mark.parametrize("manifest", ["{", "[]", '{"files": 3}', '{"office": "khac", "files": []}'])
def test_a_folder_of_another_office_is_refused(issuing: Tdkt, manifest: str) -> None:
    Path("out").mkdir()
    Path("out/manifest.json").write_text(manifest, "utf-8")

    refused = issuing("publish", "out", "--json")

    assert (refused.code, refused.refusal["error"]) == (1, "other_pages")
    assert pages() == {"manifest.json": manifest.encode()}


def test_what_a_killed_run_leaves_is_taken_away_by_the_next(
    issuing: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(issuing, ("publish", "whole"))
    whole = pages("whole")
    for killed_at in range(len(whole) - 1):
        _killed(issuing, killed_at, monkeypatch)
        done(issuing, ("publish", "out"))
        assert pages() == whole, killed_at
        shutil.rmtree("out")


def _killed(tdkt: Tdkt, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that writes no more than `at` files, and half of the next."""
    from commands import published_folder
    from commands.files import write_bytes

    left = [at]

    def write(file: Path, content: bytes, *, overwrite: bool) -> None:
        if not left[0]:
            file.with_name(f".{file.name}.123").write_bytes(content[:9])
            raise KeyboardInterrupt
        left[0] -= 1
        write_bytes(file, content, overwrite=overwrite)

    with monkeypatch.context() as patch:
        patch.setattr(published_folder, "write_bytes", write)
        assert tdkt("publish", "out").code != 0
