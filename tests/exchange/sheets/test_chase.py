"""The chase record's workbook as another program reads it: cells, dates, page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from exchange.sheets.chase import Book, Cell, SheetColumn, TableSheet, tables_workbook

moment = datetime.fromisoformat
"""A sheet's times have no zone: they are the office's own."""

SHEET = TableSheet(
    name="Theo nhiệm vụ",
    columns=(
        SheetColumn("Mã", 6),
        SheetColumn("Nội dung", 38),
        SheetColumn("Thời hạn", 11, "date"),
        SheetColumn("Thời điểm", 17, "moment"),
        SheetColumn("Số lần", 5, "number"),
    ),
    rows=(
        ("T01", "Báo cáo tổng kết", date(2026, 3, 31), moment("2026-03-02T08:00"), 7),
        ("T02", "=1+1", None, None, 0),
    ),
    total=(None, "Tổng số", None, None, 7),
)
BOOK = Book(
    titles=("PHỤ LỤC", "TỔNG HỢP"),
    remark="(Kèm theo Báo cáo)",
    mark=None,
    sheets=(SHEET, replace(SHEET, name="Theo đơn vị", total=None)),
    page="Trang",
    made=moment("2026-04-10T09:00"),
)


def opened(book: Book) -> Any:
    return load_workbook(BytesIO(tables_workbook(book)))


def cells(worksheet: Any) -> list[tuple[Cell, ...]]:
    return [tuple(row) for row in worksheet.iter_rows(values_only=True)]


def test_a_sheet_has_titles_headings_rows_and_its_total() -> None:
    assert cells(opened(BOOK)["Theo nhiệm vụ"]) == [
        ("PHỤ LỤC", None, None, None, None),
        ("TỔNG HỢP", None, None, None, None),
        ("(Kèm theo Báo cáo)", None, None, None, None),
        (None, None, None, None, None),
        ("Mã", "Nội dung", "Thời hạn", "Thời điểm", "Số lần"),
        ("T01", "Báo cáo tổng kết", moment("2026-03-31T00:00"), moment("2026-03-02T08:00"), 7),
        ("T02", "=1+1", None, None, 0),
        (None, "Tổng số", None, None, 7),
    ]


def test_a_sandbox_says_so_on_every_sheet() -> None:
    marked = opened(replace(BOOK, mark="BẢN THỬ"))

    assert [worksheet["A1"].value for worksheet in marked] == ["BẢN THỬ", "BẢN THỬ"]


def test_dates_are_dates_and_what_somebody_typed_is_never_calculated() -> None:
    worksheet = opened(BOOK)["Theo nhiệm vụ"]

    assert [worksheet[place].number_format for place in ("C6", "D6", "E6")] == [
        "dd/mm/yyyy",
        "dd/mm/yyyy hh:mm",
        "0",
    ]
    assert worksheet["B7"].data_type == "s"


def test_a_sheet_prints_on_a4_across_with_its_headings_on_each_page() -> None:
    worksheet = opened(BOOK)["Theo nhiệm vụ"]
    setup = worksheet.page_setup

    assert (setup.orientation, int(setup.paperSize)) == ("landscape", 9)
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    assert (setup.fitToWidth, setup.fitToHeight) == (None, 0)  # one page broad is what stands unsaid
    assert (worksheet.print_title_rows, worksheet.freeze_panes) == ("$5:$5", "A6")
    assert worksheet.print_area == "'Theo nhiệm vụ'!$A$1:$E$8"
    assert worksheet.oddFooter.center.text.endswith("Trang &P/&N")
    assert [round(worksheet.column_dimensions[at].width) for at in "ABCDE"] == [7, 39, 12, 18, 6]


def test_equal_books_give_equal_files() -> None:
    assert tables_workbook(BOOK) == tables_workbook(BOOK)
