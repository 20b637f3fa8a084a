"""Old lists as offices have them: what each row gives, by whatever headings, and what is found wrong."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from exchange.history.authors import authors
from exchange.history.reading import read_history
from exchange.history.values import ReadHistory
from exchange.sheets.faults import Unreadable
from tests.workflow.shipped import office, rules
from workflow.model.achievements import Achievement

TODAY = date(2026, 3, 2)
SCHOOL = "truong-hoc"


def read(*lines: str, kind: str | None = None) -> ReadHistory:
    content = "\n".join(lines).encode()
    return read_history(content, office=office(), rules=rules(), today=TODAY, kind=kind)


def said(read: ReadHistory) -> list[dict[str, Any]]:
    """What each record says, without what it leaves open."""
    empty = Achievement(0, "", "", "")
    return [
        {name: value for name, value in each.record._asdict().items() if value != getattr(empty, name)}
        for each in read.records
    ]


def found(read: ReadHistory) -> list[tuple[str, str]]:
    return [(each.cell, each.code) for each in read.findings]


def test_a_row_gives_its_awards_and_its_rating_with_their_paper() -> None:
    listed = read(
        "DANH SÁCH KHEN THƯỞNG CÁC NĂM",
        "STT;Họ và tên;Ngày sinh;Chức vụ, đơn vị;Năm;Danh hiệu;Số QĐ;Ngày QĐ;Cơ quan khen;Xếp loại;Tính chất",
        "1;Ông Vi Văn Tòng;2/3/1974;Hiệu trưởng Trường học;2023 – 2024;LĐTT, CSTĐCS;15/QĐ-UBND;20/6/2024;"
        "Chủ tịch UBND huyện Văn Quan;HTXSNV;",
        "2;Lương Thị Mỷ;;nt;nt;Chiến sĩ tiên tiến;nt;nt;nt;;Truy tặng",
        "Tổng cộng: 2",
    )

    about = {"subject": "person", "body": SCHOOL, "unit": "Trường học", "period": "2023-2024"}
    given = {
        **about,
        "kind": "award",
        "decision": "15/QĐ-UBND",
        "dated": date(2024, 6, 20),
        "authority": "Chủ tịch UBND huyện Văn Quan",
    }
    tong = {"name": "Vi Văn Tòng", "born": "1974-03-02"}
    assert said(listed) == [
        {**given, **tong, "value": "ldtt", "words": "LĐTT"},
        {**given, **tong, "value": "cstdcs", "words": "CSTĐCS"},
        {**about, **tong, "kind": "rating", "value": "htxsnv", "words": "HTXSNV"},
        {**given, "name": "Lương Thị Mỷ", "words": "Chiến sĩ tiên tiến", "nature": "posthumous"},
    ]
    assert found(listed) == []


def test_columns_of_several_years_go_with_their_own_papers() -> None:
    listed = read(
        "Họ và tên;Đơn vị;Danh hiệu năm 2023;Số QĐ năm 2023;Danh hiệu năm 2024;Số QĐ năm 2024",
        "Nông Thị Hạnh;Trường học;LĐTT;5/QĐ-UBND ngày 3/1/2024;LĐTT;9/QĐ-UBND ngày 4/1/2025",
    )

    assert [(each["period"], each["decision"], each["dated"]) for each in said(listed)] == [
        ("2023", "5/QĐ-UBND", date(2024, 1, 3)),
        ("2024", "9/QĐ-UBND", date(2025, 1, 4)),
    ]


def test_authors_of_an_initiative_have_shares_which_make_a_whole() -> None:
    listed = read(
        "TỔNG HỢP SÁNG KIẾN NĂM 2025",
        "STT;Tên sáng kiến;Ngày công nhận;Số QĐ;Đơn vị công nhận;Tác giả (tỷ lệ đóng góp);Phạm vi",
        "1;Thư viện xanh;20/5/2025;21/QĐ-UBND;UBND xã;Đinh Thị Ngát (60%), Vi Văn Tòng (30%);tỉnh",
        "2;Số hóa hồ sơ;20/5/2025;21/QĐ-UBND;UBND xã;Nông Thị Hạnh;",
    )

    assert [(each["name"], each["words"], each["value"], each["share"]) for each in said(listed)] == [
        ("Đinh Thị Ngát", "Thư viện xanh", "province", 60),
        ("Vi Văn Tòng", "Thư viện xanh", "province", 30),
        ("Nông Thị Hạnh", "Số hóa hồ sơ", "commune", 100),
    ]
    assert found(listed) == [("F3", "shares")]


def test_the_only_author_of_a_row_has_the_birth_and_the_unit_beside() -> None:
    listed = read(
        "DANH SÁCH SÁNG KIẾN NĂM 2025",
        "STT;Tên sáng kiến;Tác giả;Ngày sinh;Đơn vị;Số QĐ;Ngày công nhận",
        "1;Thư viện xanh;Đinh Thị Ngát;3/2/1984;Trường mẫu;21/QĐ-UBND;20/5/2025",
        "2;Số hóa hồ sơ;Vi Văn Tòng, Nông Thị Hạnh;4/2/1984;Trường mẫu;21/QĐ-UBND;20/5/2025",
    )

    assert [(each["name"], each.get("born"), each["unit"]) for each in said(listed)] == [
        ("Đinh Thị Ngát", "1984-02-03", "Trường mẫu"),
        ("Vi Văn Tòng", None, "Trường mẫu"),
        ("Nông Thị Hạnh", None, "Trường mẫu"),
    ]


def test_a_row_that_names_no_single_year_does_not_get_the_lists() -> None:
    header = "STT;Họ và tên;Danh hiệu;Năm;Số quyết định"
    rows = ("1;Vi Văn Tòng;Lao động tiên tiến;hai nghìn;9/QĐ-UBND", "2;Vi Văn Tố;Giấy khen;;9/QĐ-UBND")
    year = read("TỔNG HỢP KHEN THƯỞNG NĂM 2025", header, *rows)
    years = read("TỔNG HỢP KHEN THƯỞNG NĂM 2023-2025", header, *rows)

    assert [each.get("period") for each in said(year)] == [None, "2025"]
    assert found(year) == [("B3", "no_period")]
    assert found(years) == [("B3", "no_period"), ("B4", "no_period")]


def test_ratings_may_be_foreseen_and_too_many_excellent_ones_are_told() -> None:
    listed = read(
        "KẾT QUẢ XẾP LOẠI CÔNG CHỨC NĂM 2025 (dự kiến)",
        "STT;Họ và tên;Đơn vị;Mức xếp loại",
        "1;Nông Thị Hạnh;Phòng Văn hóa - Xã hội;HTXSNV",
        "2;Hà Văn Bê;Phòng Văn hóa - Xã hội;Hoàn thành tốt nhiệm vụ",
        "3;Hà Văn Bê;Phòng Văn hóa - Xã hội;Tốt",
    )

    assert [(each["value"], each["period"], each["expected"]) for each in said(listed)] == [
        ("htxsnv", "2025", True),
        ("httnv", "2025", True),
    ]
    assert found(listed) == [("B5", "said_twice"), ("B3", "many_excellent")]


def test_a_row_with_an_impossible_day_is_left_out_with_its_cell_and_the_rest_is_read() -> None:
    listed = read(
        "Họ và tên;Ngày sinh;Năm;Danh hiệu;Số QĐ",
        "Nông Thị Hạnh;31/4/1990;2024;LĐTT;5/QĐ-UBND",
        "Vi Văn Tòng;1974;;LĐTT;5/QĐ-UBND",
    )

    assert [each["name"] for each in said(listed)] == ["Vi Văn Tòng"]
    assert [each for each in found(listed) if each[1] != "year_only"] == [
        ("B2", "no_such_day"),
        ("A3", "no_period"),
    ]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("Danh sách gì đó", "không có bảng"), "no_table"),
        (("Họ và tên;Đơn vị", "Vi Văn Tòng;Trường học"), "nothing"),
        (("DANH SÁCH ĐỀ NGHỊ", "Họ và tên;Danh hiệu đề nghị", "Vi Văn Tòng;LĐTT"), "proposals"),
    ],
)
def test_a_file_without_records_says_why(lines: tuple[str, ...], code: str) -> None:
    listed = read(*lines)

    assert (listed.records, [each.code for each in listed.findings]) == ((), [code])


def test_of_what_is_proposed_the_ratings_are_read_where_they_are_asked_for() -> None:
    proposals = (
        "DANH SÁCH ĐỀ NGHỊ NĂM 2025",
        "Họ và tên;Đơn vị;Xếp loại;Danh hiệu đề nghị",
        "Vi Văn Tòng;Trường học;HTTNV;LĐTT",
    )

    assert read(*proposals).records == ()
    assert [each["value"] for each in said(read(*proposals, kind="rating"))] == ["httnv"]


def test_last_years_sheet_of_a_nominee_list_gives_its_awards_to_who_sent_it() -> None:
    book = Workbook()
    proposals = book.active
    proposals.title = "Đề nghị"
    for row in (
        ("UBND XÃ ĐIỀM HE",),
        ("TRƯỜNG HỌC",),
        ("DANH SÁCH ĐỀ NGHỊ NĂM HỌC 2025 - 2026",),
        ("STT", "Họ và tên", "Xếp loại", "Danh hiệu đề nghị"),
        (1, "Vi Văn Tòng", "HTTNV", "LĐTT"),
    ):
        proposals.append(row)
    earlier = book.create_sheet("2024-2025")
    earlier.append(("Họ và tên", "Danh hiệu", "Số QĐ"))
    earlier.append(("Lương Thị Mỷ", "CSTĐCS", "45/QĐ-UBND ngày 25/7/2025"))
    saved = BytesIO()
    book.save(saved)

    listed = read_history(saved.getvalue(), office=office(), rules=rules(), today=TODAY)

    (record,) = said(listed)
    assert (record["name"], record["value"], record["period"], record["body"]) == (
        "Lương Thị Mỷ",
        "cstdcs",
        "2024-2025",
        SCHOOL,
    )
    assert (listed.left, found(listed)) == (("Đề nghị",), [("D4", "proposals")])


def test_what_cannot_be_opened_is_said_in_a_sentence() -> None:
    with pytest.raises(Unreadable):
        read_history(b"%PDF-1.4", office=office(), rules=rules(), today=TODAY)


@pytest.mark.parametrize(
    ("text", "shares", "told"),
    [
        ("Nguyễn Thị A (60%), Trần Văn B: 40 %", "", [("Nguyễn Thị A", 60), ("Trần Văn B", 40)]),
        ("- Nguyễn Thị A\n- Trần Văn B", "60% 40%", [("Nguyễn Thị A", 60), ("Trần Văn B", 40)]),
        ("1. Nguyễn Thị A 50% 2. Trần Văn B 50%", "", [("Nguyễn Thị A", 50), ("Trần Văn B", 50)]),
        ("Nguyễn Thị A và Trần Văn B", "", [("Nguyễn Thị A", None), ("Trần Văn B", None)]),
        ("Nguyễn Thị A", "", [("Nguyễn Thị A", None)]),
    ],
)
def test_authors_are_parted_however_a_cell_lists_them(
    text: str, shares: str, told: list[tuple[str, int | None]]
) -> None:
    assert authors(text, shares) == told
