"""A list as it was sent becomes dossiers by one command; what it says is shown first, and once is enough."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from commands.session import Session
from tests.commands.conftest import Tdkt
from tests.people import OFFICER, VILLAGE

HEAD = (
    ("ỦY BAN NHÂN DÂN XÃ ĐIỀM HE",),
    ("TRƯỜNG THCS MẪU",),
    ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2025",),
    ("(Kèm theo Tờ trình số 01/TTr-THM ngày 05/01/2026)",),
    (),
    ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Mức xếp loại", "Danh hiệu đề nghị", "Sáng kiến"),
)
LINES = (
    (1, "Nông Văn Páo", "2/3/1974", "Giáo viên", "HTXSNV", "LĐTT", None),
    (2, "Hoàng Thị Sẹc", "1968", "Giáo viên", "HTTNV", "LĐTT", None),
    (3, "Lý Văn Tảo", "31/4/1990", "Giáo viên", "HTTNV", "LĐTT, CSTĐCS", None),
    (4, "Vi Văn Lượng", None, "Giáo viên", "HTTNV", "Bằng khen UBND tỉnh", None),
)
FROM_SCHOOL = ("--task", "T06", "--from", "truong-hoc", "--type", "cong_trang", "--as", OFFICER)


def written(folder: Path, *lines: tuple[Any, ...], name: str = "ds.xlsx") -> str:
    book = openpyxl.Workbook()
    for row in (*HEAD, *lines):
        book.active.append(row)
    book.save(folder / name)
    return str(folder / name)


@pytest.fixture
def file(tmp_path: Path) -> str:
    return written(tmp_path, *LINES)


def test_a_list_is_split_by_level_in_one_confirmation(tdkt: Tdkt, file: str) -> None:
    done = tdkt("--json", "--yes", "dossier", "import", file, *FROM_SCHOOL).json

    assert done["written"]
    assert [(each["ref"], each["title"], each["lines"], each["added"]) for each in done["taken"]] == [
        ("D0001", "ldtt", 4, 4),
        ("D0002", "bkt", 1, 1),
    ]
    shown = tdkt("--json", "show", "D0001/1").json
    assert (shown["name"], shown["born"], shown["position"]) == ("Nông Văn Páo", "1974-03-02", "Giáo viên")
    assert shown["facts"]["rating"] == "htxsnv"
    assert tdkt("--json", "dossier", "show", "D0001").json["period"] == "2025"


def test_every_fault_is_shown_with_its_cell_before_anything_is_written(tdkt: Tdkt, file: str) -> None:
    answer = tdkt("dossier", "import", file, *FROM_SCHOOL)

    assert answer.code == 1  # nobody is there to confirm
    assert "Sheet!C9: " in answer.err
    assert "31/4/1990" in answer.err
    assert tdkt("--json", "dossier", "list").json == []


def test_the_same_file_changes_nothing_and_a_corrected_one_shows_what_differs(
    tdkt: Tdkt, file: str, tmp_path: Path
) -> None:
    tdkt("--yes", "dossier", "import", file, *FROM_SCHOOL)

    again = tdkt("--json", "--yes", "dossier", "import", file, *FROM_SCHOOL).json
    better = (*LINES[0][:2], "12/3/1974", "Phó Hiệu trưởng", "HTTNV", *LINES[0][5:])
    corrected = written(tmp_path, better, *LINES[2:], name="ds2.xlsx")
    changed = tdkt("--yes", "dossier", "import", corrected, *FROM_SCHOOL)

    assert not again["written"]
    assert changed.code == 0
    assert (
        "D0001 changes: 0 added, 1 edited, 1 taken out:\n"
        "  D0001/1: Position: Phó Hiệu trưởng; Born on: 12/03/1974; Rating: Tasks completed well\n"
    ) in changed.out
    names = [line["name"] for line in tdkt("--json", "dossier", "show", "D0001").json["nominees"]]
    assert names == ["Nông Văn Páo", "Lý Văn Tảo", "Lý Văn Tảo"]


def test_a_dry_run_and_the_real_one_find_the_same(tdkt: Tdkt, file: str) -> None:
    dry = tdkt("--json", "dossier", "import", file, *FROM_SCHOOL, "--dry-run").json
    real = tdkt("--json", "--yes", "dossier", "import", file, *FROM_SCHOOL).json

    assert (dry.pop("written"), real.pop("written")) == (False, True)
    assert dry == real


def test_the_senders_own_file_comes_back_with_the_findings_in_its_cells(
    tdkt: Tdkt, file: str, tmp_path: Path
) -> None:
    out = tmp_path / "gui-lai.xlsx"

    answer = tdkt("dossier", "import", file, *FROM_SCHOOL, "--dry-run", "--annotate", str(out))

    assert answer.code == 0
    book = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))
    assert "31/4/1990" in book["Sheet"]["C9"].comment.text


@pytest.mark.parametrize("name", ["danh-sach.xlsx", "chu-thich.xlsm", "chu-thich.xls"])
def test_the_annotated_file_is_no_name_under_which_excel_or_the_sender_would_miss_it(
    tdkt: Tdkt, file: str, name: str
) -> None:
    out = Path(file).with_name(Path(file).name if name == "danh-sach.xlsx" else name)
    before = Path(file).read_bytes()

    answer = tdkt("--yes", "--json", "dossier", "import", file, *FROM_SCHOOL, "--annotate", str(out))

    assert (answer.code, answer.refusal["error"]) == (2, "annotated_name")
    assert Path(file).read_bytes() == before


def test_what_somebody_else_did_before_the_answer_is_not_told_as_done(
    tdkt: Tdkt, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def done_meanwhile(*_: object) -> bool:
        return tdkt("--yes", "dossier", "import", file, *FROM_SCHOOL).code == 0

    monkeypatch.setattr(Session, "confirmed", done_meanwhile)
    answer = tdkt("--json", "dossier", "import", file, *FROM_SCHOOL)

    assert (answer.code, answer.json["written"]) == (0, False)
    assert [each["added"] for each in answer.json["taken"]] == [0, 0]


def test_one_refused_dossier_leaves_all_out_and_says_why(tdkt: Tdkt, file: str) -> None:
    police = ("--task", "T06", "--from", "cong_an", *FROM_SCHOOL[4:])

    answer = tdkt("--yes", "dossier", "import", file, *police)

    assert answer.code == 1
    assert "Refused: Advanced worker 3, Emulation fighter of the unit 1, because:" in answer.err
    assert tdkt("--json", "dossier", "list").json == []


@pytest.mark.parametrize(("left_out", "code"), [("--task", "no_task_given"), ("--from", "no_body_read")])
def test_what_the_head_does_not_say_is_asked_for(
    tdkt: Tdkt, tmp_path: Path, left_out: str, code: str
) -> None:
    book = openpyxl.Workbook()
    for row in (HEAD[-1], *LINES):
        book.active.append(row)
    book.save(tmp_path / "bare.xlsx")
    at = FROM_SCHOOL.index(left_out)
    words = (*FROM_SCHOOL[:at], *FROM_SCHOOL[at + 2 :])

    answer = tdkt("--json", "dossier", "import", str(tmp_path / "bare.xlsx"), *words)

    assert (answer.code, answer.refusal["error"]) == (2, code)


@pytest.mark.parametrize("left_out", ["--task", "--from"])
def test_a_dry_run_shows_what_was_read_before_it_is_known_whose_it_is(
    tdkt: Tdkt, tmp_path: Path, left_out: str
) -> None:
    book = openpyxl.Workbook()
    for row in (HEAD[-1], *LINES):
        book.active.append(row)
    book.save(tmp_path / "bare.xlsx")
    at = FROM_SCHOOL.index(left_out)
    words = (*FROM_SCHOOL[:at], *FROM_SCHOOL[at + 2 :], "--dry-run")

    answer = tdkt("--json", "dossier", "import", str(tmp_path / "bare.xlsx"), *words)
    shown = tdkt("dossier", "import", str(tmp_path / "bare.xlsx"), *words)

    assert (answer.code, shown.code) == (0, 0)
    assert (answer.json["taken"], answer.json["written"]) == ([], False)
    assert len(answer.json["rows"]) > 1
    assert left_out in shown.err


def test_whoever_speaks_for_the_body_may_send_it_and_others_may_not(tdkt: Tdkt, file: str) -> None:
    words = FROM_SCHOOL[:-1]

    assert tdkt("--yes", "dossier", "import", file, *words, VILLAGE).code == 1
    assert tdkt("--yes", "dossier", "import", file, *words, "truong-hoc").code == 0


def test_a_file_that_is_no_list_is_said_in_one_sentence(tdkt: Tdkt, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7 nothing")

    answer = tdkt("--json", "dossier", "import", str(tmp_path / "x.xlsx"), *FROM_SCHOOL)

    assert (answer.code, answer.refusal["error"]) == (1, "not_a_workbook")


def test_what_is_found_in_no_cell_is_told_of_the_file(tdkt: Tdkt, tmp_path: Path) -> None:
    (tmp_path / "la.csv").write_text("hi\n", "utf-8")

    answer = tdkt("dossier", "import", str(tmp_path / "la.csv"), *FROM_SCHOOL)

    assert (answer.code, answer.err.partition(": ")[0]) == (1, "la.csv")


def test_the_record_of_the_log_gives_every_line(tdkt: Tdkt, file: str) -> None:
    tdkt("--yes", "dossier", "import", file, *FROM_SCHOOL)

    assert [each["event"] for each in tdkt("--json", "dossier", "show", "D0001").json["history"]] == [
        "new",
        *["add"] * 4,
    ]
    assert json.loads(tdkt("--json", "audit", "verify").out)[0]["sound"]


def test_earlier_awards_in_the_file_are_offered_to_the_records(tdkt: Tdkt, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (*HEAD, *LINES[:2]):
        book.active.append(row)
    earlier = book.create_sheet("2024")
    rows: tuple[tuple[Any, ...], ...] = (
        ("KẾT QUẢ KHEN THƯỞNG NĂM 2024",),
        ("STT", "Họ và tên", "Danh hiệu", "Số quyết định"),
        (1, "Nông Văn Páo", "LĐTT", "44/QĐ-UBND"),
    )
    for each in rows:
        earlier.append(each)
    book.save(tmp_path / "hai-trang.xlsx")

    answer = tdkt("--yes", "dossier", "import", str(tmp_path / "hai-trang.xlsx"), *FROM_SCHOOL)

    assert f"tdkt history import {tmp_path / 'hai-trang.xlsx'} --as {OFFICER}" in answer.out


def test_a_list_may_be_looked_at_by_whoever_has_no_account(tdkt: Tdkt, file: str) -> None:
    answer = tdkt("--json", "dossier", "import", file, "--dry-run")

    assert answer.code == 0
    assert [line["name"] for line in answer.json["rows"]][:2] == ["Nông Văn Páo", "Hoàng Thị Sẹc"]
