"""What single cells of nominee lists say, as offices write them."""

from __future__ import annotations

from datetime import date

import pytest

from exchange.lists.amounts import in_words, money, percentage
from exchange.lists.births import day_in, read_birth
from exchange.lists.columns import field_of
from exchange.lists.initiatives import initiative, initiative_in_note
from exchange.lists.names import is_body, read_name, spelling_key
from exchange.lists.persons import category, rating
from exchange.lists.posts import position, position_and_unit
from exchange.lists.preamble import Preamble, period_in, read_preamble
from exchange.lists.titles import Titles
from exchange.sheets.workbook import Cell, Sheet
from tests.exchange.lists.own_lists import DAY
from workflow.model.definition import Office, RulePack

SHEET = Sheet("DS", ())


def cell(text: str, number: float | None = None) -> Cell:
    return Cell(1, 1, "text" if number is None else "number", text, number, written=text)


@pytest.mark.parametrize(
    ("written", "name", "kind", "female"),
    [
        ("Ô.Vi Văn Mẫu", "Vi Văn Mẫu", None, False),
        ("Ông (Bà) Vi Văn Mẫu", "Vi Văn Mẫu", None, None),
        ("Hộ GĐ bà: Vi Thị Mẫu", "Vi Thị Mẫu", "household", True),
        ("đ/c VI VĂN MẪU", "Vi Văn Mẫu", None, None),
        ("Em Vi Thị Mẫu;", "Vi Thị Mẫu", None, None),
        ("1. Vi Văn Mẫu", "Vi Văn Mẫu", None, None),
        ("Tập thể Tổ Một", "Tổ Một", "collective", None),
        ("Tập thể cán bộ Trạm Y tế", "Tập thể cán bộ Trạm Y tế", "collective", None),
        ("Vi Văn Nam (A)", "Vi Văn Nam (A)", None, None),
        ("Vi Thị Mẫu (vợ ông Páo)", "Vi Thị Mẫu", None, None),
        ("CHI HỘI PHỤ NỮ", "CHI HỘI PHỤ NỮ", None, None),
        ("Vi Thị\u200bMẫu", "Vi Thị Mẫu", None, None),
        ("Lƣơng Văn Mẫu", "Lương Văn Mẫu", None, None),
    ],
)
def test_a_name_is_kept_without_what_stands_around_it(
    written: str, name: str, kind: str | None, female: bool | None
) -> None:
    read = read_name(written, written)

    assert (read.name, read.kind, read.female) == (name, kind, female)


def test_names_are_one_whatever_the_place_of_the_mark_and_two_whatever_the_tone() -> None:
    assert spelling_key("HOÀNG  Văn Thuỷ") == spelling_key("Hòang văn thủy") == "hòang văn thủy"
    assert spelling_key("Hoá") != spelling_key("Hoà")


def test_a_prize_is_no_contribution() -> None:
    headings = ("so tien thuong", "tien thuong (dong)", "so tien ung ho", "gia tri dong gop")

    assert [field_of(heading) for heading in headings] == ["unused", "unused", "amount", "amount"]


def test_a_surname_that_bodies_bear_is_a_persons() -> None:
    assert [is_body(name) for name in ("Đoàn Văn Mẫu", "Đoàn Thanh niên", "Tổ Văn phòng")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("text", "born", "how"),
    [
        ("15.8.85", "1985-08-15", "date_text"),
        ("02/3/1974", "1974-03-02", ""),
        ("1988-09-01", "1988-09-01", ""),
        ("ngày 5 tháng 6 năm 1990", "1990-06-05", ""),
        ("7/1994", "1994-07", "month_only"),
        ("1985-03", "1985-03", "month_only"),
        ("1990.0", "1990", "year_only"),
        ("31/4/1990", None, "no_such_day"),
        ("Páo", None, "no_such_day"),
    ],
)
def test_a_birth_is_read_as_people_write_days(text: str, born: str | None, how: str) -> None:
    birth = read_birth(cell(text), SHEET, year_column=False, today=DAY)

    assert (birth.born, birth.how) == (born, how)


@pytest.mark.parametrize(
    ("text", "born", "how"),
    [("12/5/1978", "1978", "date_for_year"), ("x (1980)", "1980", ""), ("7/1994", "1994", "month_only")],
)
def test_a_column_of_years_takes_the_year_alone(text: str, born: str, how: str) -> None:
    birth = read_birth(cell(text), SHEET, year_column=True, today=DAY)

    assert (birth.born, birth.how) == (born, how)


def test_two_digits_of_a_papers_year_are_of_this_century() -> None:
    assert day_in("Tờ trình số 5/TTr-X ngày 2/11/26", DAY) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        *[
            (text, "htxsnv")
            for text in ("HTXSNV", "Xuất sắc", "HTXS nhiệm vụ", "HT xuất sắc NV", "HTXSNV (dự kiến)")
        ],
        *[(text, "httnv") for text in ("HTT", "Tốt", "Hoàn thành tốt NV", "Loại Tốt", "HT tốt nhiệm vụ")],
        *[(text, "htnv") for text in ("HTNV", "Hoàn thành nhiệm vụ", "Hoàn thành NV")],
        *[(text, "khtnv") for text in ("KHTNV", "Không hoàn thành nhiệm vụ")],
        *[(text, None) for text in ("Khá", "A", "92")],
    ],
)
def test_a_rating_is_known_by_its_words_and_its_letters(text: str, id: str | None) -> None:
    assert rating(text) == id


@pytest.mark.parametrize(
    ("text", "post", "unit"),
    [
        ("GV Trường Tiểu học mẫu", "Giáo viên", "Trường Tiểu học mẫu"),
        ("Trưởng thôn mẫu số 3", "Trưởng thôn", "Thôn mẫu số 3"),
        ("Chi hội trưởng thôn mẫu số 2", "Chi hội trưởng", "thôn mẫu số 2"),
        ("Bí thư Chi bộ, Trưởng thôn mẫu số 1", "Bí thư Chi bộ, Trưởng thôn", "Thôn mẫu số 1"),
        ("Chánh Văn phòng HĐND và UBND xã", "Chánh Văn phòng HĐND và UBND xã", None),
        ("Đại úy, Phó Trưởng Công an xã", "Đại úy, Phó Trưởng Công an xã", None),
        ("Thôn mẫu số 1", None, "Thôn mẫu số 1"),
    ],
)
def test_a_post_is_never_cut_within_itself(text: str, post: str | None, unit: str | None) -> None:
    assert position_and_unit(text) == (post, unit)


def test_abbreviated_positions_are_written_out() -> None:
    assert position("Phó HT") == "Phó Hiệu trưởng"


@pytest.mark.parametrize(
    ("name", "paper", "read"),
    [
        ("Thư viện xanh", "QĐ số 21/QĐ-UBND", ("Thư viện xanh", "21/QĐ-UBND", None)),
        (
            "Thư viện xanh (QĐ 21/QĐ-UBND ngày 20/5/2026)",
            "",
            ("Thư viện xanh", "21/QĐ-UBND", date(2026, 5, 20)),
        ),
        ("", "Thư viện xanh; số 21/QĐ-UBND, 20.5.2026", ("Thư viện xanh", "21/QĐ-UBND", date(2026, 5, 20))),
        ("Không", "", None),
    ],
)
def test_an_initiative_is_read_from_one_column_or_two(
    name: str, paper: str, read: tuple[str | None, str | None, date | None] | None
) -> None:
    assert initiative(name, paper, None, DAY) == read


def test_remarks_may_hold_the_decision_on_an_initiative() -> None:
    assert initiative_in_note("SK: QĐ 21/QĐ-UBND 20/5/2026", DAY) == (None, "21/QĐ-UBND", date(2026, 5, 20))
    assert initiative_in_note("SK số 31/QĐ-UBND ngày 5/1/2026: Số hóa", DAY) == (
        "Số hóa",
        "31/QĐ-UBND",
        date(2026, 1, 5),
    )
    assert initiative_in_note("chuyển đến từ 9/2025", DAY) is None


def test_money_takes_the_unit_of_its_cell_before_that_of_its_column() -> None:
    read = [
        money(cell(text), 1000) for text in ("2.000.000 đồng", "1,5 triệu", "25.000", "500k", "hai triệu")
    ]

    assert read == [2_000_000_000, 1_500_000, 25_000_000, 500_000, None]


def test_numbers_are_read_from_words_and_percentages() -> None:
    assert [in_words(text) for text in ("Mười lăm hộ", "hai trăm linh ba", "hộ")] == [15, 203, None]
    assert [percentage(text) for text in ("97,5%", "58 %", "41/41")] == [97.5, 58.0, None]


def test_the_kind_of_statistics_is_known_by_its_words() -> None:
    said = ("Các cấp lãnh đạo khác từ phó phòng trở lên", "Người trực tiếp công tác", "Doanh nhân", "khác")

    assert [category(text) for text in said] == ["lanh_dao", "truc_tiep", "doanh_nhan", None]


@pytest.mark.parametrize(
    ("text", "title", "respelt"),
    [
        ("LĐTT", "ldtt", False),
        ("Lao động TT", "ldtt", False),
        ("LĐTT năm 2026", "ldtt", False),
        ("TT lao động tiên tiến", "ttldtt", False),
        ("Chiến sỹ TĐ cấp cơ sở", "cstdcs", True),
        ("CSTĐ cấp tỉnh", "cstdt", True),
        ("Giấy khen CT UBND xã", "gk", False),
        ("Bằng khen Chủ tịch UBND tỉnh Lạng Sơn", "bkt", False),
        ("BK Thủ tướng", "bkttg", False),
    ],
)
def test_a_title_is_known_by_its_name_and_its_abbreviations(
    text: str, title: str, respelt: bool, office: Office, packs: tuple[RulePack, ...]
) -> None:
    meant = Titles(packs[0], (office.title, office.province)).exactly(text)

    assert meant is not None
    assert (meant.title, meant.respelt) == (title, respelt)


@pytest.mark.parametrize("text", ["Lao động xuất sắc", "Bằng khen", "Cờ thi đua", "Chiến sĩ thi đua", "x"])
def test_what_means_no_title_or_several_means_none(text: str, packs: tuple[RulePack, ...]) -> None:
    assert Titles(packs[0]).exactly(text) is None


def test_the_titles_of_a_cell_are_parted_where_one_of_them_is_known(packs: tuple[RulePack, ...]) -> None:
    titles = Titles(packs[0])

    assert [titles.parts(text) for text in ("LĐTT, CSTĐCS", "LĐTT CSTĐCS", "Bằng khen của Bộ GD&ĐT")] == [
        ("LĐTT", "CSTĐCS"),
        ("LĐTT", "CSTĐCS"),
        ("Bằng khen của Bộ GD&ĐT",),
    ]


def head_of(*rows: str, office: Office, packs: tuple[RulePack, ...]) -> Preamble:
    return read_preamble([row.split("|") for row in rows], Titles(packs[0]), office, DAY)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("(Kèm theo Tờ trình số 05/TTr-TYT ngày 02/11/2026)", "05/TTr-TYT"),
        ("Đính kèm Tờ trình 05/2026/TTr-TYT, ngày 2-11-2026", "05/2026/TTr-TYT"),
        ("(Gửi kèm Công văn số 41-CV/ĐTN ngày 2.11.26)", "41-CV/ĐTN"),
        ("(kèm theo tờ trình số 5 ngày 2 tháng 11 năm 2026)", "5"),
    ],
)
def test_the_paper_is_read_however_it_is_numbered(
    line: str, number: str, office: Office, packs: tuple[RulePack, ...]
) -> None:
    assert head_of(line, office=office, packs=packs).paper == (number, date(2026, 11, 2))


def test_the_sender_is_the_lowest_line_of_the_issuer(office: Office, packs: tuple[RulePack, ...]) -> None:
    heads = (
        ("UBND XÃ ĐIỀM HE|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "THÔN MẪU SỐ 02|Độc lập - Tự do - Hạnh phúc"),
        ("UBND XÃ ĐIỀM HE\nTRẠM Y TẾ XÃ|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",),
        ("TỈNH LẠNG SƠN|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN XÃ ĐIỀM HE|Độc lập"),
        ("UBND XÃ ĐIỀM HE", "CÂU LẠC BỘ NÀO ĐÓ"),
    )

    found = [head_of(*rows, "DANH SÁCH", office=office, packs=packs).body for rows in heads]

    assert found == ["thon-2", "tram_y_te", "ubnd", None]


def test_a_span_of_posting_gives_its_month_once(office: Office, packs: tuple[RulePack, ...]) -> None:
    line = "niêm yết tại nhà văn hóa từ ngày 20 đến hết ngày 30 tháng 10 năm 2026"

    assert head_of(line, office=office, packs=packs).posted == (date(2026, 10, 20), date(2026, 10, 30))


def test_a_year_is_told_from_a_date() -> None:
    texts = ("năm học 2025 – 2026", "năm học: 2025 - 26", "NĂM 2026", "ngày 02/11/2026")

    assert [period_in(text) for text in texts] == ["2025-2026", "2025-2026", "2026", None]
