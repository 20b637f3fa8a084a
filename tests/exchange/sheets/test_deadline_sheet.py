"""The page *ấn định thời hạn* as another program writes it back: what a person does to it, what is read."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from exchange.sheets.deadline_reading import Filled, read_page
from exchange.sheets.deadline_sheet import WIDTHS, DeadlinePage, Field, PageRow, page_workbook
from tests.exchange.sheets.filling import OpenedPage, filled
from tests.exchange.sheets.old_excel import OldSheet, old_workbook
from tests.exchange.sheets.packages import KINDS, MAIN, STRICT_KINDS, STRICT_MAIN, rezipped
from workflow.services.deadline_sheet import FilledRow, Remark

moment = datetime.fromisoformat
"""A sheet's times have no zone: they are the office's own."""

HEADINGS: dict[Field, str] = {
    "number": "Số TT",
    "content": "Nhiệm vụ",
    "lead": "Cơ quan chủ trì",
    "due": "Thời hạn hiện nay",
    "standing": "Tình trạng thời hạn",
    "date": "Ngày ấn định",
    "source": "Nguồn, căn cứ (thư, giấy mời, văn bản)",
    "note": "Ghi chú",
    "usual": "Ngày thường lệ",
    "offered": "Mốc nội bộ đề nghị",
    "target": "Mốc nội bộ",
    "stamp": "Mã hàng (không sửa)",
}
USUAL = "05/01/2026 - 15/01/2026 (Thông lệ)"
LEAD = "Phòng Văn hóa - Xã hội"
ROWS = (
    PageRow(
        *(1, "Báo cáo tổng kết", LEAD, date(2026, 3, 31), "Phần mềm suy ra", "K1", True),
        usual=USUAL,
        offered=date(2026, 1, 15),
        aimed=True,
    ),
    PageRow(2, "=1+1", LEAD, date(2026, 3, 31), "Phần mềm suy ra", "K2", True),
    PageRow(3, "Phát động", "Hội đồng", date(2026, 4, 10), "Đã ấn định, đổi bằng gia hạn", "K3", False),
    PageRow(4, "Nhiệm vụ không có hạn", "Hội đồng", None, "", "K4", True),
)
PAGE = DeadlinePage(
    name="Ấn định thời hạn",
    mark=None,
    titles=("ẤN ĐỊNH THỜI HẠN", "Kế hoạch năm 2026"),
    remark="(Điền các ô màu vàng.)",
    headings=HEADINGS,
    rows=ROWS,
    first=date(2026, 1, 1),
    last=date(2027, 3, 31),
    hint=("Ngày ấn định", "Từ 01/01/2026 đến 31/03/2027."),
    stop=("Ngày chưa đúng", "Nhập ngày/tháng/năm."),
    target_hint=("Mốc nội bộ", "Nhập ngày, hoặc x."),
    signing=("NGƯỜI LẬP", "LÃNH ĐẠO PHÊ DUYỆT"),
    signed="(Ký, ghi rõ họ tên)",
    page="Trang",
    made=moment("2026-01-05T08:00"),
)
TOP = 5
"""The line of the headings; the first row stands below it."""


def opened(page: DeadlinePage = PAGE) -> OpenedPage:
    return OpenedPage(page_workbook(page))


def read(page: OpenedPage | bytes) -> Filled:
    return read_page(page if isinstance(page, bytes) else page.saved(), HEADINGS)


def row(number: int, line: int | None = None, **entered: Any) -> FilledRow:
    """What is read of a row of `PAGE` where nothing but `entered` was done to it."""
    written = ROWS[number - 1]
    at = TOP + number if line is None else line
    plain = FilledRow(
        cells={"date": f"F{at}", "source": f"G{at}", "note": f"H{at}", "target": f"K{at}"},
        stamp=written.stamp,
        number=number,
        content=written.content,
        due=written.due,
        offered=written.offered,
        usual=written.usual,
    )
    return replace(plain, **entered)


# The page as it is written


def test_the_page_has_its_titles_headings_rows_and_places_to_sign() -> None:
    sheet = opened().sheet
    cells = [tuple(line) for line in sheet.iter_rows(values_only=True)]

    assert cells[: TOP + 2] == [
        ("ẤN ĐỊNH THỜI HẠN", *[None] * 11),
        ("Kế hoạch năm 2026", *[None] * 11),
        ("(Điền các ô màu vàng.)", *[None] * 11),
        (None,) * 12,
        tuple(HEADINGS.values()),
        (
            *(1, "Báo cáo tổng kết", LEAD, moment("2026-03-31"), "Phần mềm suy ra", None, None, None),
            *(USUAL, moment("2026-01-15"), None, "K1"),
        ),
        (
            *(2, "=1+1", LEAD, moment("2026-03-31"), "Phần mềm suy ra", None, None, None),
            *("", None, None, "K2"),
        ),
    ]
    assert sheet["B7"].data_type == "s"
    assert [sheet[place].value for place in ("B11", "G11", "B12", "G12")] == [
        "NGƯỜI LẬP",
        "LÃNH ĐẠO PHÊ DUYỆT",
        "(Ký, ghi rõ họ tên)",
        "(Ký, ghi rõ họ tên)",
    ]


def test_a_sandbox_says_so_first() -> None:
    assert opened(replace(PAGE, mark="BẢN THỬ")).sheet["A1"].value == "BẢN THỬ"


def test_only_what_is_to_be_filled_in_can_be_typed_into() -> None:
    sheet = opened().sheet

    free = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}

    assert sheet.protection.sheet
    assert free == {"K6", *(f"{column}{line}" for column in "FGH" for line in (6, 7, 9))}


def test_a_row_whose_date_is_firm_takes_a_target_with_its_source() -> None:
    aimed = replace(ROWS[2], aimed=True)
    sheet = opened(replace(PAGE, rows=(aimed,))).sheet

    free = {cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked}

    assert free == {"G6", "H6", "K6"}


def test_the_key_is_hidden_and_nothing_else() -> None:
    sheet = opened().sheet

    assert [name for name in "ABCDEFGHIJKL" if sheet.column_dimensions[name].hidden] == ["L"]


def test_a_dates_cell_takes_dates_of_the_plans_year_and_a_little_more() -> None:
    rule, aims = opened().sheet.data_validations.dataValidation

    assert (str(aims.sqref), aims.promptTitle, aims.prompt) == ("K6:K9", *PAGE.target_hint)
    days = [date(1899, 12, 30).toordinal() + int(text) for text in (rule.formula1, rule.formula2)]
    assert (rule.type, str(rule.sqref)) == ("date", "F6:F9")
    assert rule.operator is None  # "between" is what stands unsaid
    assert [date.fromordinal(day) for day in days] == [PAGE.first, PAGE.last]
    assert (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error) == (*PAGE.hint, *PAGE.stop)


def test_dates_are_shown_as_an_office_writes_them_and_sources_are_text() -> None:
    sheet = opened().sheet

    assert [sheet[place].number_format for place in ("D6", "F6", "G6", "H6", "J6", "K6")] == [
        "dd/mm/yyyy",
        "dd/mm/yyyy",
        "@",
        "@",
        "dd/mm/yyyy",
        "dd/mm/yyyy",
    ]


def test_the_page_prints_on_a4_across_with_its_headings_on_each_page_and_without_the_key() -> None:
    sheet = opened().sheet
    setup = sheet.page_setup

    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (setup.fitToWidth, setup.fitToHeight) == (None, 0)  # one page broad is what stands unsaid
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$5:$5", "A6")
    assert sheet.print_area == "'Ấn định thời hạn'!$A$1:$K$13"


def test_equal_pages_give_equal_files_and_a_plan_without_tasks_gives_one_too() -> None:
    assert page_workbook(PAGE) == page_workbook(PAGE)
    assert read(page_workbook(replace(PAGE, rows=()))) == Filled()


# What comes back


def test_an_unfilled_page_says_nothing() -> None:
    assert read(page_workbook(PAGE)) == Filled()
    assert read(opened()) == Filled()


def test_what_was_typed_comes_back_with_its_cells() -> None:
    page = filled(
        page_workbook(PAGE),
        {
            1: (moment("2026-03-20"), "Giấy mời số 15/GM-SNV", "cả Phó Chủ tịch"),
            4: (date(2026, 5, 4), "CV 12"),
        },
    )

    assert read(page) == Filled(
        rows=(
            row(1, day=date(2026, 3, 20), source="Giấy mời số 15/GM-SNV", note="cả Phó Chủ tịch"),
            row(4, day=date(2026, 5, 4), source="CV 12"),
        )
    )


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (moment("2026-03-20T08:30"), date(2026, 3, 20)),
        (date(2026, 3, 20), date(2026, 3, 20)),
        (" 20/3/2026\u00a0", "20/3/2026"),
        ("2026-03-20", "2026-03-20"),
        (3, "3"),
        (time(8, 30), "8:30"),
        (True, "TRUE"),
        (" \u200b\u00a0", None),
        ("'20/3/2026", "20/3/2026"),
    ],
)
def test_a_date_comes_back_as_a_day_or_as_the_words_typed(typed: Any, day: date | str | None) -> None:
    page = opened()
    page.sheet["G6"].value = "CV"
    page.sheet["F6"].value = typed
    if isinstance(typed, (int, float)):
        page.sheet["F6"].number_format = "General"

    assert read(page).rows == (row(1, day=day, source="CV"),)


def test_a_source_that_another_program_took_for_a_date_or_number_is_text_again() -> None:
    page = filled(
        page_workbook(PAGE), {1: (date(2026, 3, 20), moment("2026-05-12")), 2: (date(2026, 3, 20), 12.0)}
    )

    assert [found.source for found in read(page).rows] == ["12/05/2026", "12"]


def test_decomposed_letters_are_composed() -> None:
    typed = unicodedata.normalize("NFD", "Giấy mời của Tỉnh ủy")

    (found,) = read(filled(page_workbook(PAGE), {1: (date(2026, 3, 20), typed)})).rows

    assert found.source == "Giấy mời của Tỉnh ủy"


def test_rows_that_were_sorted_and_moved_apart_are_read_where_they_are() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV"), 2: (date(2026, 3, 21), "CV")})
    page.sheet.move_range("A6:L6", rows=20)
    page.sheet.move_range("A7:L7", rows=-1)

    assert read(page).rows == (
        row(2, 6, day=date(2026, 3, 21), source="CV"),
        row(1, 26, day=date(2026, 3, 20), source="CV"),
    )


def test_lines_put_in_above_and_columns_put_in_or_moved_do_no_harm() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.sheet.insert_rows(1, 3)
    page.sheet.insert_cols(3)

    (found,) = read(page).rows

    assert found == row(
        1,
        day=date(2026, 3, 20),
        source="CV",
        cells={"date": "G9", "source": "H9", "note": "I9", "target": "L9"},
    )


def test_a_key_column_that_was_taken_away_leaves_number_and_content() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.sheet.delete_cols(12)

    assert read(page).rows == (row(1, day=date(2026, 3, 20), source="CV", stamp=""),)


def test_a_note_column_that_was_taken_away_is_not_missed() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.sheet.delete_cols(8)

    (found,) = read(page).rows

    assert (found.note, found.stamp) == ("", "K1")
    assert found.cells == {"date": "F6", "source": "G6", "target": "J6"}


@pytest.mark.parametrize(
    ("typed", "target"),
    [(moment("2026-01-15"), date(2026, 1, 15)), ("x", "x"), ("15/1/2026", "15/1/2026"), (" ", None)],
)
def test_a_target_comes_back_with_what_was_offered_beside_it(typed: Any, target: date | str | None) -> None:
    page = opened()
    page.sheet["K6"].value = typed

    assert read(page).rows == ((row(1, target=target),) if target else ())


def test_a_page_of_before_targets_is_read_as_it_was() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.sheet.delete_cols(9, 3)

    (found,) = read(page).rows

    assert (found.target, found.offered, found.usual, found.stamp) == (None, None, "", "K1")


@pytest.mark.parametrize(
    ("typed", "number"), [("07", 7), ("7.", 7), (7.0, 7), ("7)", 7), ("bảy", None), (None, None)]
)
def test_a_number_is_read_however_it_is_written(typed: Any, number: int | None) -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.sheet["A6"].value = typed

    assert [found.number for found in read(page).rows] == [number]


def test_rows_added_below_are_read_and_signatures_are_not() -> None:
    page = opened()
    page.sheet["G13"].value = "Nguyễn Văn A"
    page.sheet["B13"].value = "Trần Thị B"
    page.sheet["A20"].value, page.sheet["B20"].value = 9, "Nhiệm vụ thêm"
    page.sheet["F20"].value, page.sheet["G20"].value = "1/6/2026", "CV"

    (found,) = read(page).rows

    assert (found.number, found.content, found.day, found.stamp) == (9, "Nhiệm vụ thêm", "1/6/2026", "")


def test_another_sheet_beside_the_page_is_left_alone() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.book.create_sheet("Ghi chép", 0)["A1"].value = "Số TT"

    assert [found.number for found in read(page).rows] == [1]


# What cannot be read


def test_a_copied_sheet_is_one_too_many() -> None:
    page = opened()
    page.book.copy_worksheet(page.sheet).title = "Bản sao"

    assert read(page).faults == (
        Remark("several_sheets", operands={"danh_sach": "Ấn định thời hạn; Bản sao"}),
    )


def test_a_workbook_without_the_headings_says_which_it_needs() -> None:
    page = opened()
    page.sheet["F5"].value = "Ngày mới"

    needed = "Số TT; Nhiệm vụ; Thời hạn hiện nay; Ngày ấn định; Nguồn, căn cứ (thư, giấy mời, văn bản)"
    assert read(page) == Filled(faults=(Remark("no_headings", operands={"danh_sach": needed}),))


def test_headings_are_known_whatever_their_case_blanks_and_unicode_form() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.sheet["F5"].value = unicodedata.normalize("NFD", "  NGÀY ấn  định\n")

    assert [found.number for found in read(page).rows] == [1]


def test_cells_merged_over_rows_are_told_and_those_of_the_titles_are_not() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.sheet.merge_cells("G6:G7")
    page.sheet.merge_cells("B8:B9")

    assert read(page).faults == (Remark("merged", "G6"),)


def test_a_formula_that_was_never_counted_is_told_and_one_that_was_gives_its_value() -> None:
    page = opened()
    page.sheet["F6"].value = "=D6+7"
    page.sheet["F7"].value = "#REF!"
    page.sheet["F7"].data_type = "e"

    assert read(page).faults == (Remark("formula", "F6"), Remark("formula", "F7"))
    assert read(with_formula(page_workbook(PAGE))).rows == (row(1, day="20/3/2026"),)


def with_formula(content: bytes) -> bytes:
    """The page with a formula in F6 beside which its program has kept what it came to."""
    counted = b'<f>TEXT(D6,"d")</f><v>20/3/2026</v></c>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                begin = part.index(b'<c r="F6"')
                end = part.index(b"/>", begin)
                part = part[:end] + b' t="str">' + counted + part[end + 2 :]
            new.writestr(entry, part)
    return made.getvalue()


def test_a_sheet_that_is_written_down_to_its_end_is_not_walked_through() -> None:
    page = opened()
    page.sheet["A5000"].value = 1

    assert read(page) == Filled(faults=(Remark("too_many_rows", operands={"n": 2000}),))


def test_a_workbook_of_its_own_with_the_same_headings_serves_as_well() -> None:
    book = Workbook()
    book.active.append(["Nguồn, căn cứ (thư, giấy mời, văn bản)", *list(HEADINGS.values())[:6]])
    book.active.append(["CV", 1, "Báo cáo tổng kết", None, moment("2026-03-31"), None, date(2026, 3, 20)])
    file = io.BytesIO()
    book.save(file)

    assert read(file.getvalue()).rows == (
        row(
            1,
            day=date(2026, 3, 20),
            source="CV",
            stamp="",
            cells={"date": "G2", "source": "A2"},
            offered=None,
            usual="",
        ),
    )


# Whatever is filled in


WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@given(
    st.dictionaries(
        st.sampled_from([1, 2, 4]),
        st.tuples(
            st.dates(PAGE.first, PAGE.last), WORDS.filter(lambda text: not text.startswith(("=", "'")))
        ),
    )
)
@settings(max_examples=25)
def test_whatever_is_filled_in_comes_back_as_it_was(entered: dict[int, tuple[date, str]]) -> None:
    found = read(filled(page_workbook(PAGE), entered))

    assert {each.number: (each.day, each.source) for each in found.rows} == entered
    assert found.faults == ()


def test_the_widths_name_every_column_once() -> None:
    assert list(WIDTHS) == list(HEADINGS)
    assert load_workbook(io.BytesIO(page_workbook(PAGE))).active.max_column == len(HEADINGS)


# What nobody may have seen, and what another program may have changed


def test_filled_rows_that_are_hidden_are_named_and_empty_ones_are_not() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV"), 4: (date(2026, 3, 20), "CV")})
    page.sheet.row_dimensions[6].hidden = True
    page.sheet.row_dimensions.group(8, 9, hidden=True)

    assert read(page).doubts == (Remark("hidden_rows", operands={"n": 2, "danh_sach": "6, 9"}),)


def test_a_hidden_sheet_and_hidden_columns_with_something_in_them_are_named() -> None:
    page = opened().type({1: (date(2026, 3, 20), "CV")})
    page.book.create_sheet("Khác")
    page.sheet.sheet_state = "hidden"
    page.sheet.column_dimensions["F"].hidden = page.sheet.column_dimensions["H"].hidden = True

    assert read(page).doubts == (
        Remark("hidden_sheet", operands={"ten": "Ấn định thời hạn"}),
        Remark("hidden_column", "F5"),
    )


def test_a_day_that_lost_its_format_is_read_with_a_remark() -> None:
    page = opened()
    page.sheet["F6"].value, page.sheet["F6"].number_format = 46101, "General"

    assert read(page) == Filled(
        (row(1, day=date(2026, 3, 20)),),
        doubts=(Remark("counted", "F6", {"gia_tri": "46101", "ngay": date(2026, 3, 20)}),),
    )


@pytest.mark.parametrize(
    ("others", "doubted"),
    [
        (["20/3/2026"], ["F6"]),
        ([date(2026, 3, 20), "20/3/2026"], []),
        (["5/3/2026"], []),
        (["13/13/2026"], []),
    ],
)
def test_days_that_a_program_may_have_turned_are_doubted(others: list[Any], doubted: list[str]) -> None:
    page = opened()
    for line, typed in enumerate([date(2026, 6, 5), *others], 6):
        page.sheet[f"F{line}"].value = typed

    doubts = read(page).doubts

    assert [(doubt.rule, doubt.cell) for doubt in doubts] == [("turned", cell) for cell in doubted]
    if doubts:
        assert doubts[0].operands == {"ngay": date(2026, 6, 5), "ngay_khac": date(2026, 5, 6)}


def without_styles(name: str, part: bytes) -> bytes:
    return part.replace(b"styles.xml", b"none.xml") if name.endswith(".rels") else part


def strict(_name: str, part: bytes) -> bytes:
    return part.replace(MAIN.encode(), STRICT_MAIN.encode()).replace(KINDS.encode(), STRICT_KINDS.encode())


def empty_fills(name: str, part: bytes) -> bytes:
    return re.sub(rb"<fills.*</fills>", b'<fills count="0"/>', part) if name == "xl/styles.xml" else part


def unknown_validation(_name: str, part: bytes) -> bytes:
    return part.replace(b"<dataValidation ", b'<dataValidation new="1" imeMode="none" ')


@pytest.mark.parametrize("edit", [strict, empty_fills, unknown_validation, without_styles])
def test_a_page_that_another_program_saved_its_own_way_is_read(edit: Callable[[str, bytes], bytes]) -> None:
    page = filled(page_workbook(PAGE), {1: (date(2026, 3, 20), "CV")})

    (found,) = read(rezipped(page, edit)).rows

    assert (found.stamp, found.day, found.source) == ("K1", date(2026, 3, 20), "CV")


def test_a_page_saved_as_text_or_as_an_old_workbook_is_read() -> None:
    table = [list(HEADINGS.values()), ["1", "Báo cáo", "", "", "", "20/3/2026", "CV", "", "", "", "", "K1"]]
    text = "\n".join(";".join(f'"{cell}"' for cell in line) for line in table)

    for content in (text.encode("utf-8-sig"), old_workbook([OldSheet("Trang", table)])):
        (found,) = read(content).rows

        assert (found.stamp, found.number, found.day) == ("K1", 1, "20/3/2026")
