"""A sender's file given back with remarks, as two other programs read it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook as OpenedBook
from openpyxl import load_workbook
from openpyxl.comments import Comment
from xlsxwriter import Workbook as WrittenBook

from exchange.lists.annotating import Annotated, annotated
from exchange.lists.remarks import COLOURS, Remark
from exchange.lists.sender_file import has_macros
from exchange.sheets.faults import Unreadable
from exchange.sheets.reading import read_workbook
from exchange.sheets.workbook import Cell, Sheet
from runtime.office.seeds import shipped_words
from runtime.office.words import Words
from tests.exchange.sheets.mutations import spoilt
from tests.exchange.sheets.old_excel import OldSheet, old_workbook
from tests.exchange.sheets.packages import rezipped

SAY = Words(shipped_words(), language="vi")
WRONG = Remark("error", "no_such_day", "“31/4/1990” không phải là ngày.", "DS", "C3")
DOUBTFUL = Remark("warning", "near_name", "Cần xem lại tên.", "DS", "C3")
MERGED = Remark("info", "merged", "Ô gộp.", "DS", "D2:D3")
WHOLE = Remark("error", "no_title", "Không có cột danh hiệu.")


def sender_file() -> bytes:
    """A list with a merged area, a formula, a comment of the sender's, and a hidden sheet."""
    book = OpenedBook()
    sheet = book.active
    sheet.title = "DS"
    rows = (("STT", "Họ và tên", "Ngày sinh", "Nơi ở"), (1, "Nông Văn Páo", 1968, "Nà Mẫu"))
    for row in (*rows, ("=A2+1", "=Lý", "31/4/1990", None)):
        sheet.append(row)
    sheet["B3"].data_type = "s"
    sheet.merge_cells("D2:D3")
    sheet["C3"].comment = Comment("Hỏi lại gia đình", "Trưởng thôn")
    book.create_sheet("DM").sheet_state = "hidden"
    book["DM"]["A1"] = "GĐVH"
    return saved(book)


def saved(book: OpenedBook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def given_back(content: bytes, *remarks: Remark, macros: bool = False) -> Annotated:
    return annotated(content, read_workbook(content), remarks, SAY, macros=macros)


def opened(given: Annotated) -> Any:
    return load_workbook(io.BytesIO(given.content))


def comments(worksheet: Any) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text.replace("\n", " | ")
        for row in worksheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }


def colours(worksheet: Any) -> dict[str, str]:
    """The severity of each cell that has a colour of ours."""
    names = {colour: name for name, colour in COLOURS.items()}
    cells = (cell for row in worksheet.iter_rows() for cell in row)
    return {cell.coordinate: names[cell.fill.fgColor.rgb] for cell in cells if cell.fill.fgColor.rgb in names}


def shown(content: bytes, sheet: str) -> list[Cell]:
    found = next(each for each in read_workbook(content).sheets if each.name == sheet)
    return list(found.cells())


def test_remarks_on_one_cell_come_into_one_comment_below_what_the_sender_wrote_there() -> None:
    worksheet = opened(given_back(sender_file(), DOUBTFUL, WRONG, MERGED))["DS"]

    assert comments(worksheet) == {
        "C3": "Hỏi lại gia đình | ——— tdkt ——— | Cần sửa: “31/4/1990” không phải là ngày."
        " | Cần xem lại: Cần xem lại tên.",
        "D2": "——— tdkt ——— | Để biết: Ô gộp.",
    }
    assert colours(worksheet) == {"C3": "error", "D2": "info"}
    assert worksheet["C3"].comment.author == "Trưởng thôn"


def test_a_remark_on_a_cell_within_a_merged_area_stands_at_its_first() -> None:
    worksheet = opened(given_back(sender_file(), Remark("warning", "x", "Xem.", "DS", "D3")))["DS"]

    assert comments(worksheet)["D2"] == "——— tdkt ——— | Cần xem lại: Xem."
    assert colours(worksheet) == {"D2": "warning"}


def test_the_first_sheet_lists_every_remark_and_leads_to_its_cell() -> None:
    hidden = Remark("info", "unread", "Trang ẩn.", "DM", "A1")
    book = opened(given_back(sender_file(), MERGED, hidden, WRONG, WHOLE))
    worksheet = book.worksheets[0]

    assert book.sheetnames == ["Cần sửa", "DS", "DM"]
    assert [tuple(row) for row in worksheet.iter_rows(values_only=True)] == [
        ("NỘI DUNG CẦN SỬA TRONG TỆP NÀY", None, None, None),
        ("Lỗi cần sửa: 2; nội dung cần xem lại: 0; thông tin để biết: 2.", None, None, None),
        (SAY("annotation.hint"), None, None, None),
        (None, None, None, None),
        ("Mức độ", "Trang", "Ô", "Nội dung"),
        ("Cần sửa", None, None, WHOLE.text),
        ("Cần sửa", "DS", "C3", WRONG.text),
        ("Để biết", "DS", "D2:D3", MERGED.text),
        ("Để biết", "DM (trang ẩn)", "A1", hidden.text),
    ]
    assert worksheet["C7"].hyperlink.location == "'DS'!C3"
    assert [each.sheet_view.tabSelected for each in book.worksheets] == [True, False, False]
    assert (worksheet.page_setup.orientation, int(worksheet.page_setup.paperSize)) == ("landscape", 9)


def test_nothing_that_the_sender_wrote_is_changed() -> None:
    content = sender_file()
    given = given_back(content, WRONG, MERGED)

    assert shown(given.content, "DS") == shown(content, "DS")
    assert opened(given)["DS"]["A3"].value == "=A2+1"
    assert opened(given)["DS"]["B3"].data_type == "s"
    assert opened(given)["DM"].sheet_state == "hidden"
    assert given.lost == ()


def test_the_second_round_takes_out_what_the_first_one_wrote() -> None:
    first = given_back(sender_file(), WRONG, MERGED)

    second = given_back(first.content, MERGED, Remark("warning", "x", "Không đọc.", "Cần sửa"))

    book = opened(second)
    assert second.lost == ()
    assert book.sheetnames == ["Cần sửa", "DS", "DM"]
    assert comments(book["DS"]) == {"C3": "Hỏi lại gia đình", "D2": "——— tdkt ——— | Để biết: Ô gộp."}
    assert colours(book["DS"]) == {"D2": "info"}


def test_a_comment_s_box_is_as_tall_as_its_text() -> None:
    long = Remark("error", "x", "Đề nghị ghi lại ngày sinh. " * 12, "DS", "A1")
    given = given_back(sender_file(), long, Remark("error", "x", "Sai.", "DS", "B1"))
    parts = io.BytesIO(given.content)
    with zipfile.ZipFile(parts) as archive:
        drawn = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".vml"))

    assert re.findall(r"width:(\d+)px;height:(\d+)px", drawn) == [
        ("320", "170"),
        ("320", "51"),
        ("320", "34"),
    ]


def drawn_file() -> bytes:
    """A workbook with macros and all that lies on its cells."""

    def chunk(kind: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))

    head, dot = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), zlib.compress(b"\0\0")
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")
    file = io.BytesIO()
    with WrittenBook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("DS")
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.insert_textbox("D4", "Lưu ý")
        sheet.insert_image("F6", "dau.png", {"image_data": io.BytesIO(picture)})
        sheet.add_sparkline("K20", {"range": "DS!H1:H3"})
        sheet.insert_button("A20", {"caption": "Gửi"})
        sheet.conditional_format("H1:H3", {"type": "data_bar", "bar_solid": True})
        book.add_vba_project(io.BytesIO(b"macros"), is_stream=True)
    return file.getvalue()


def test_what_is_lost_is_told_by_what_the_file_had() -> None:
    content = drawn_file()

    assert has_macros(content)
    assert given_back(content, WRONG).lost == (
        *("control", "macro", "picture", "rule", "shape", "sparkline", "value"),
    )
    kept = given_back(content, WRONG, macros=True)
    assert kept.lost == ("picture", "rule", "shape", "sparkline", "value")
    assert has_macros(kept.content)
    assert all(SAY.has(f"annotation.lost.{kind}") for kind in (*kept.lost, "layout", "macro", "control"))


def texts(sheet: Sheet) -> list[tuple[str, str]]:
    """What cells show; a formula that was never worked out shows nothing."""
    return [(cell.place, cell.text) for cell in sheet.cells() if cell.text]


TABLE = (("STT", "Họ và tên", "Nơi ở"), (1.0, "=1+1", "Nà Mẫu"))


def as_csv() -> bytes:
    return "STT,Họ và tên,Nơi ở\n1,=1+1,Nà Mẫu\n".encode()


def as_old_workbook() -> bytes:
    return old_workbook([OldSheet("Bảng: 1", TABLE, hidden_columns=(3,), merged=((1, 3, 2, 3),))])


def with_damaged_styles() -> bytes:
    return rezipped(sender_file(), lambda name, part: b"<styles" if name.endswith("styles.xml") else part)


@pytest.mark.parametrize("file", [as_csv, as_old_workbook, with_damaged_styles])
def test_of_a_file_that_cannot_be_written_into_a_new_workbook_holds_the_same_cells(
    file: Callable[[], bytes],
) -> None:
    book = read_workbook(file())
    remark = Remark("error", "x", "Ghi lại tên.", book.sheets[0].name, "B2")

    given = annotated(file(), book, (remark,), SAY)

    made = read_workbook(given.content).sheets[1]
    assert given.lost == ("layout",)
    assert texts(made) == texts(book.sheets[0])
    assert (made.merged, made.hidden_columns) == (book.sheets[0].merged, book.sheets[0].hidden_columns)
    worksheet = opened(given).worksheets[1]
    assert comments(worksheet)["B2"] == "——— tdkt ——— | Cần sửa: Ghi lại tên."
    assert [cell.data_type for row in worksheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_text_that_begins_like_a_formula_stays_text_when_it_is_edited() -> None:
    given = given_back(as_csv(), Remark("error", "x", "=HYPERLINK(1)"))

    listed, made = opened(given).worksheets
    assert [(cell.data_type, cell.quotePrefix) for cell in (made["B2"], listed["D6"])] == [("s", True)] * 2


def test_a_damaged_list_is_given_back_too() -> None:
    page, given = sender_file(), 0
    for number in range(80):
        try:
            content = spoilt(number, page)
            book = read_workbook(content)
        except Unreadable:
            continue
        name = book.sheets[0].name
        remarks = (Remark("error", "x", "Sai\ufffe", name, "B2"), Remark("info", "x", "Gộp", name, "A1:C3"))
        given += bool(annotated(content, book, remarks, SAY).content)

    assert given > 20
