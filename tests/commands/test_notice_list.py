"""`tdkt dossier notice-list`: what is posted for everybody to remark on, as a page and as a Word file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import given
from tests.people import OFFICER, SECOND_VILLAGE, VILLAGE

BORN, STREET = "12/03/1974", "Số 12, đường Trần Phú, Thôn 1"


@pytest.fixture
def listed(tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    """Two dossiers of giấy khen, with a person whose birth and street were typed, a household and a body."""
    monkeypatch.chdir(tmp_path)
    for ref, body in (("D0001", VILLAGE), ("D0002", SECOND_VILLAGE)):
        new = ("dossier", "new", "--task", "T06", "--from", body, "--title", "gk", "--type", "phong_trao")
        assert tdkt(*new, "--as", body).code == 0
        lines = (("person", f"Người {ref}"), ("household", f"Hộ {ref}"), ("collective", f"Chi hội {ref}"))
        for kind, name in lines[: 3 if ref == "D0001" else 1]:
            personal = ("--unit", STREET, "--born", BORN) if kind == "person" else ()
            said = ("--kind", kind, "--name", name, *personal)
            assert tdkt("dossier", "add", ref, *said, "--as", body).code == 0
    return tdkt


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_list_names_everybody_by_kind_and_nobodys_birth_or_street(listed: Tdkt) -> None:
    answer = listed("dossier", "notice-list", "D0001", "D0002", "--html", "a.html", "--docx", "a.docx")

    page, document = Path("a.html").read_text("utf-8"), docx.Document(str(Path("a.docx")))
    head, table = document.tables
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert answer.code == 0, answer.err
    assert cells(head) == [
        [
            "ỦY BAN NHÂN DÂN\nXÃ ĐIỀM HE\n―――――――",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n―――――――",
        ]
    ]
    award = "Giấy khen của Chủ tịch Ủy ban nhân dân xã"
    assert cells(table) == [
        ["TT", "Họ và tên, tên tập thể, hộ gia đình", "Đơn vị, thôn", "Danh hiệu, hình thức"],
        ["I. TẬP THỂ"] * 4,
        ["1", "Chi hội D0001", "Thôn mẫu số 1", award],
        ["II. HỘ GIA ĐÌNH"] * 4,
        ["1", "Hộ D0001", "Thôn mẫu số 1", award],
        ["III. CÁ NHÂN"] * 4,
        ["1", "Người D0001", "Thôn 1", award],
        ["2", "Người D0002", "Thôn 1", award],
    ]
    assert f"Đề nghị tặng {award} năm 2026" in text
    assert "10 ngày, kể cả thứ Bảy, Chủ nhật và ngày nghỉ, từ ngày 05/01/2026" in text
    assert "Ấn định danh sách có 01 tập thể, 01 hộ gia đình, 02 cá nhân./." in text
    for written in (page, text, str(cells(table))):
        assert [said for said in ("1974", "Trần Phú", "Số 12") if said in written] == []
    assert "Người D0002" in page


def test_the_word_file_is_an_a4_sheet_in_the_font_of_papers(listed: Tdkt) -> None:
    listed("dossier", "notice-list", "D0001", "--docx", "a.docx")

    document: Any = docx.Document(BytesIO(Path("a.docx").read_bytes()))

    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(each.mm) for each in margins] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    rows = [row._tr.xml for row in document.tables[1].rows]
    assert [("tblHeader" in row, "cantSplit" in row) for row in rows[:2]] == [(True, True), (False, True)]


def test_its_days_are_those_of_the_publication_or_those_that_are_named(listed: Tdkt) -> None:
    words = ("dossier", "notice-list", "D0001", "--json")

    own, named = listed(*words).json, listed(*words, "--from", "2026-02-02", "--to", "Nhà văn hóa").json

    assert (own["from"], own["until"], own["days"]) == ("2026-01-05", "2026-01-15", 10)
    assert (named["from"], named["until"], named["remarks_to"]) == ("2026-02-02", "2026-02-12", "Nhà văn hóa")
    assert [(line["ref"], line["no"], line["unit"]) for line in own["lines"]] == [
        ("D0001", 1, "Thôn 1"),
        ("D0001", 2, "Thôn mẫu số 1"),
        ("D0001", 3, "Thôn mẫu số 1"),
    ]


def test_what_is_held_is_not_posted_and_nobody_at_all_is_refused(listed: Tdkt) -> None:
    hold = given("nominee=1,2", "source=Đơn")
    assert listed("advance", "D0001", "hold", *hold, "--as", OFFICER).code == 0
    left = listed("dossier", "notice-list", "D0001", "--json").json["lines"]
    assert listed("advance", "D0001", "hold", *given("nominee=3", "source=Đơn"), "--as", OFFICER).code == 0

    refused = listed("dossier", "notice-list", "D0001", "--docx", "a.docx")

    assert [line["no"] for line in left] == [3]
    said = "D0001 has nobody whom a public list may name."
    assert (refused.code, refused.err.startswith(said)) == (1, True)
    assert not Path("a.docx").exists()


def test_a_file_that_is_there_is_kept(listed: Tdkt) -> None:
    Path("a.docx").write_text("mine", "utf-8")

    refused = listed("dossier", "notice-list", "D0001", "--docx", "a.docx")

    assert (refused.code, Path("a.docx").read_text("utf-8")) == (1, "mine")
    assert listed("dossier", "notice-list", "D0001", "--docx", "a.docx", "--yes").code == 0
