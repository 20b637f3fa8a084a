"""`tdkt dossier template` and `export`: the workbooks as another program opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Tdkt
from tests.people import OFFICER

SCHOOL = "truong-hoc"
PRINCIPAL = (
    *("--kind", "person", "--name", "Vi Văn Tòng", "--position", "Hiệu trưởng", "--born", "02/03/1974"),
    *("--sex", "Nam", "--rating", "htxsnv", "--category", "lanh_dao", "--remark", "nghỉ ốm dài ngày"),
)
TEACHER = ("--kind", "person", "--name", "=1+1", "--position", "- Giáo viên", "--achievement", "@x")
GROUP = (
    *("--kind", "collective", "--name", "Tổ chuyên môn 1", "--title", "ttldtt", "--people", "12"),
    *("--ldtt", "10", "--disciplined", "1"),
)


@pytest.fixture
def listed(tdkt: Tdkt) -> Tdkt:
    """A school's dossier with a principal for two titles, a teacher, and a collective."""
    what = ("--task", "T17", "--from", SCHOOL, "--title", "ldtt")
    assert tdkt("dossier", "new", *what, "--as", SCHOOL).code == 0
    for line in (PRINCIPAL, (*PRINCIPAL, "--title", "cstdcs"), TEACHER, GROUP):
        assert tdkt("dossier", "add", "D0001", *line, "--as", SCHOOL, "--yes").code == 0
    return tdkt


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """What its rows say, without the empty ones."""
    found = (tuple(row) for row in sheet.iter_rows(values_only=True))
    return [row for row in found if any(cell is not None for cell in row)]


def below(sheet: Any, heading: str) -> list[dict[str, Any]]:
    """The rows below the one that begins with a heading, by the headings, without what is empty."""
    found = rows(sheet)
    top = next(at for at, row in enumerate(found) if row[0] == heading)
    said = (zip(found[top], row, strict=True) for row in found[top + 1 :])
    return [{name: cell for name, cell in row if name and cell is not None} for row in said]


def test_a_list_goes_out_with_one_row_a_nominee_and_without_remarks_and_discipline(
    listed: Tdkt, tmp_path: Path
) -> None:
    file = tmp_path / "danh-sach.xlsx"

    answer = listed("dossier", "export", "D0001", str(file), "--json")

    assert answer.json == {"ref": "D0001", "file": str(file), "lines": [1, 2, 3, 4], "left_out": []}
    sheet = load_workbook(file).worksheets[0]
    assert below(sheet, "STT") == [
        {"STT": "I. TẬP THỂ"},
        {
            "STT": 1,
            "Tên tập thể/Họ và tên": "Tổ chuyên môn 1",
            "Tổng số người": 12,
            "Số LĐTT": 10,
            "Danh hiệu, hình thức đề nghị": "Tập thể lao động tiên tiến",
        },
        {"STT": "II. CÁ NHÂN"},
        {
            "STT": 1,
            "Ông/Bà": "Ông",
            "Tên tập thể/Họ và tên": "Vi Văn Tòng",
            "Ngày, tháng, năm sinh": "02/03/1974",
            "Chức vụ": "Hiệu trưởng",
            "Phân loại đối tượng": "Lãnh đạo từ phó phòng trở lên",
            "Mức xếp loại năm": "Hoàn thành xuất sắc nhiệm vụ",
            "Danh hiệu, hình thức đề nghị": "Lao động tiên tiến; Chiến sĩ thi đua cơ sở",
        },
        {
            "STT": 2,
            "Tên tập thể/Họ và tên": "=1+1",
            "Chức vụ": "- Giáo viên",
            "Danh hiệu, hình thức đề nghị": "Lao động tiên tiến",
            "Tóm tắt thành tích": "@x",
        },
        {"STT": "Ấn định danh sách có 01 tập thể, 02 cá nhân./."},
        {"STT": "NGƯỜI LẬP", "Tên sáng kiến": "HIỆU TRƯỞNG"},
        {"STT": "(Ký, ghi rõ họ tên)", "Tên sáng kiến": "(Ký, ghi rõ họ tên)"},
    ]
    assert [row[0] for row in rows(sheet)[:3]] == [
        "BẢN THỬ",
        "UBND XÃ ĐIỀM HE",
        "TRƯỜNG TRUNG HỌC CƠ SỞ MẪU",
    ]


@pytest.mark.parametrize("how", [(), ("--province",)])
def test_no_cell_that_goes_out_is_a_formula_or_becomes_one(
    listed: Tdkt, tmp_path: Path, how: tuple[str, ...]
) -> None:
    file = tmp_path / "danh-sach.xlsx"
    listed("dossier", "export", "D0001", str(file), *how)

    cells = [cell for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row]
    hostile = [cell for cell in cells if str(cell.value).startswith(("=", "-", "@"))]

    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {cell.value for cell in hostile} >= {"=1+1", "- Giáo viên"}
    assert all(cell.number_format == "@" or cell.quotePrefix for cell in hostile)


def test_the_province_gets_one_row_a_title_with_codes_and_what_they_stand_for(
    listed: Tdkt, tmp_path: Path
) -> None:
    file = tmp_path / "tinh.xlsx"

    listed("dossier", "export", "D0001", str(file), "--province")

    book = load_workbook(file)
    assert book.sheetnames == ["Tổng hợp", "Cá nhân", "Tập thể, hộ gia đình", "Danh mục mã"]
    persons = below(book["Cá nhân"], "STT")
    assert [row["Mã danh hiệu"] for row in persons] == ["ldtt", "cstdcs", "ldtt"]
    assert persons[0] == {
        "STT": 1,
        "Tên tập thể/cá nhân/hộ gia đình": "Vi Văn Tòng",
        "Giới tính": "Nam",
        "Ngày sinh": "02/03/1974",
        "Chức vụ": "Hiệu trưởng",
        "Đơn vị công tác": "Trường Trung học cơ sở mẫu",
        "Mã phân loại cán bộ": "lanh_dao",
        "Mã danh hiệu": "ldtt",
    }
    assert below(book["Tập thể, hộ gia đình"], "STT") == [
        {
            "STT": 1,
            "Tên tập thể/cá nhân/hộ gia đình": "Tổ chuyên môn 1",
            "Phân loại khen thưởng": "Tập thể",
            "Mã danh hiệu": "ttldtt",
        }
    ]
    assert [tuple(row.values()) for row in below(book["Danh mục mã"], "Mã")] == [
        ("ldtt", "Lao động tiên tiến", "Mã danh hiệu"),
        ("cstdcs", "Chiến sĩ thi đua cơ sở", "Mã danh hiệu"),
        ("ttldtt", "Tập thể lao động tiên tiến", "Mã danh hiệu"),
        ("lanh_dao", "Lãnh đạo từ phó phòng trở lên", "Mã phân loại cán bộ"),
    ]
    said = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert not {"nghỉ ốm dài ngày", "@x", "htxsnv", "Hoàn thành xuất sắc nhiệm vụ"} & said


def test_who_was_withdrawn_stays_out_and_a_list_of_nobody_is_not_written(
    listed: Tdkt, tmp_path: Path
) -> None:
    file = tmp_path / "danh-sach.xlsx"
    listed("dossier", "remove", "D0001/4", "--as", SCHOOL)
    listed("advance", "D0001", "submit", "--as", SCHOOL, "--yes")
    paper = ("--set", "paper_number=07/CV-THCS", "--set", "paper_date=2026-01-05", "--set", "reason=Nhầm")
    withdrawn = listed("advance", "D0001", "withdraw_line", "--set", "nominee=1", *paper, "--as", SCHOOL)
    assert withdrawn.code == 0, withdrawn.err

    answer = listed("dossier", "export", "D0001", str(file))

    assert (answer.code, answer.out) == (0, f"Wrote 2 nominees to {file}.\n")
    assert answer.err == "Left out: 1 (withdrawn, came to nothing, being verified, or erased).\n"
    held = listed("advance", "D0001", "hold", "--set", "nominee=2", "--set", "source=Đơn", "--as", OFFICER)
    assert held.code == 0, held.err
    higher = listed("dossier", "export", "D0001", str(tmp_path / "tinh.xlsx"), "--province", "--json")
    assert (higher.json["lines"], higher.json["left_out"]) == ([3], [1, 2])
    listed("dossier", "new", "--task", "T17", "--from", "thon-1", "--title", "gdvh", "--as", "thon-1")
    refused = listed("dossier", "export", "D0002", str(tmp_path / "x.xlsx"), "--json")
    assert (refused.code, refused.refusal["error"]) == (1, "nobody_on_list")


def test_a_list_says_with_which_paper_it_was_handed_in_and_years_of_birth_as_years(
    tdkt: Tdkt, tmp_path: Path
) -> None:
    tdkt("dossier", "new", "--task", "T17", "--from", "thon-1", "--title", "gdvh", "--as", "thon-1")
    for name, born in (("Nông Văn Páo", "1968"), ("Vi Thị Sẹc", "1972")):
        line = ("--kind", "household", "--name", name, "--born", born, "--as", "thon-1")
        tdkt("dossier", "add", "D0001", *line)
    paper = ("--set", "paper_number=04/ĐN-T1", "--set", "paper_date=2026-01-05")
    assert tdkt("advance", "D0001", "submit", *paper, "--as", "thon-1", "--yes").code == 0
    file = tmp_path / "danh-sach.xlsx"

    tdkt("dossier", "export", "D0001", str(file))

    sheet = load_workbook(file).worksheets[0]
    assert "(Kèm theo Văn bản số 04/ĐN-T1 ngày 05/01/2026)" in [row[0] for row in rows(sheet)]
    assert [row.get("Năm sinh") for row in below(sheet, "STT")][1:3] == ["1968", "1972"]


# The blank list


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ((), ["ldtt", "cstdcs", "ttldtt"]),
        (("--from", "Thôn 2"), ["gdvh"]),
        (("--from", "cong_an_xa"), ["gk"]),
        (("--title", "Giấy khen", "--title", "ldtt"), ["ldtt", "gk"]),
    ],
)
def test_a_blank_list_is_for_the_titles_that_are_typed_or_usual(
    tdkt: Tdkt, tmp_path: Path, typed: tuple[str, ...], titles: list[str]
) -> None:
    answer = tdkt("dossier", "template", str(tmp_path / "trong.xlsx"), *typed, "--json")

    assert answer.json["titles"] == titles


def test_a_blank_list_offers_the_pack_s_words_from_a_hidden_sheet(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "trong.xlsx"
    tdkt("dossier", "template", str(file), "--from", SCHOOL)

    book = load_workbook(file)
    sheet = book.worksheets[0]
    offered = {
        sheet.cell(10, next(iter(each.sqref.ranges)).min_col).value: str(each.formula1)
        for each in sheet.data_validations.dataValidation
    }
    assert offered == {
        "Ông/Bà": "'Danh mục'!$A$2:$A$3",
        "Phân loại đối tượng": "'Danh mục'!$B$2:$B$6",
        "Mức xếp loại năm": "'Danh mục'!$C$2:$C$5",
        "Danh hiệu, hình thức đề nghị": "'Danh mục'!$D$2:$D$4",
    }
    assert {each.errorStyle for each in sheet.data_validations.dataValidation} == {"warning"}
    assert book["Danh mục"].sheet_state == "hidden"
    assert [row[0] for row in rows(sheet) if row[0]] == [
        "BẢN THỬ",
        "UBND XÃ ĐIỀM HE",
        "TRƯỜNG TRUNG HỌC CƠ SỞ MẪU",
        "DANH SÁCH",
        "Đề nghị tặng danh hiệu thi đua, hình thức khen thưởng năm học ………… - …………",
        "(Kèm theo Tờ trình số ………… ngày ……/……/…………)",
        "STT",
        "I. TẬP THỂ",
        "II. CÁ NHÂN",
        "Ấn định danh sách có …… tập thể, …… cá nhân./.",
        "NGƯỜI LẬP",
        "(Ký, ghi rõ họ tên)",
    ]


def test_a_blank_list_prints_on_a4_across_and_keeps_what_is_typed(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "trong.xlsx"
    tdkt("dossier", "template", str(file), "--from", "thon-2")

    sheet = load_workbook(file).worksheets[0]
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), sheet.print_title_rows) == ("landscape", 9, "$10:$10")
    assert sheet["B11"].font.name == "Times New Roman"
    formats = {sheet.cell(10, at).value: sheet.cell(11, at).number_format for at in range(1, 8)}
    assert formats == {
        "STT": "General",
        "Họ và tên chủ hộ": "@",
        "Nơi ở": "@",
        "Số nhân khẩu": "General",
        "Điểm": "General",
        "Ý kiến người dân (đồng ý/tổng số)": "@",
        "Ghi chú": "@",
    }


def test_a_body_that_proposes_nothing_needs_titles(tdkt: Tdkt, tmp_path: Path) -> None:
    answer = tdkt("dossier", "template", str(tmp_path / "x.xlsx"), "--from", "ubnd", "--json")

    assert (answer.code, answer.refusal["error"]) == (1, "nothing_usual")
