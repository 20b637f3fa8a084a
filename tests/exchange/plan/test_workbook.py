"""Plans in workbooks: what a sheet shows is read as the same table in Word is, what it hides is told."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exchange.plan.document import Remark, TableRow
from exchange.plan.reading import read_plan
from exchange.plan.workbook import read_sheets
from tests.exchange.plan.plan_files import TITLE, text_plan, without_lines
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office

HEADER = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian")
ROWS = (
    ("1", "Báo cáo năm 2026", "UBND xã", "Phòng VH-XH", "15/03/2026"),
    ("2", "Hướng dẫn năm 2026", "Phòng VH-XH", "UBND xã", "05/2026"),
)


def filled() -> tuple[Workbook, Worksheet]:
    """A plan as people make it: the title merged over the table, numbers as numbers, dates as dates."""
    book = Workbook()
    sheet = book.worksheets[0]
    for at, line in enumerate(TITLE.split("\n"), 1):
        sheet.cell(at, 1, line)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=5)
    sheet.append([])
    sheet.append(HEADER)
    for number, row in enumerate(ROWS, 1):
        sheet.append([number, *row[1:4], date(2026, 3, 15) if number == 1 else date(2026, 5, 1)])
    sheet.cell(5, 5).number_format = "dd/mm/yyyy"
    sheet.cell(6, 5).number_format = "mm/yyyy"
    return book, sheet


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_plan_in_a_workbook_is_read_as_the_same_plan_in_text(
    office: Office, calendar: WorkCalendar
) -> None:
    book, _ = filled()

    read = read_plan(saved(book), office=office, calendar=calendar)

    as_text = read_plan(text_plan(HEADER, *ROWS), office=office, calendar=calendar)
    assert without_lines(read) == without_lines(as_text)
    assert [(task.lines, task.due) for task in read.tasks] == [
        ((5,), date(2026, 3, 15)),
        ((6,), date(2026, 5, 29)),
    ]


def test_what_a_workbook_hides_and_what_it_has_not_calculated_is_told() -> None:
    book, sheet = filled()
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet["C6"] = "=A99"
    book.create_sheet("Nháp").append(["cũ"])
    book.worksheets[1].sheet_state = "hidden"

    document = read_sheets(saved(book))

    assert document.parts[-1] == TableRow(6, ("2", "Hướng dẫn năm 2026", "", "", "05/2026"), gap=True)
    assert document.remarks == (
        Remark(5, "hidden_row", "1 Báo cáo năm 2026 UBND xã Phòng VH-XH 15/03/2026"),
        Remark(6, "formula_unread", "C6"),
        Remark(None, "hidden_column", "D4: Phối hợp"),
        Remark(None, "hidden_sheet", "Nháp"),
    )


def test_cells_merged_downwards_and_sheets_named_by_quarters(office: Office, calendar: WorkCalendar) -> None:
    book = Workbook()
    first, second = book.worksheets[0], book.create_sheet("Quý II")
    first.title = "Quý I"
    for sheet, numbers in ((first, (1, 2)), (second, (3, 4))):
        sheet.append(["TT", "Nội dung", "Cơ quan thực hiện"])
        sheet.append([numbers[0], "Báo cáo năm 2026", "UBND xã"])
        sheet.append([numbers[1], "Hướng dẫn năm 2026"])
        sheet.merge_cells("C2:C3")

    read = read_plan(saved(book), office=office, calendar=calendar, year=2026)

    assert [(task.number, task.quarter, task.bodies) for task in read.tasks] == [
        (1, "I", ("ubnd",)),
        (2, "I", ("ubnd",)),
        (3, "II", ("ubnd",)),
        (4, "II", ("ubnd",)),
    ]


def test_a_sheet_of_something_else_goes_on_with_no_plan(office: Office, calendar: WorkCalendar) -> None:
    book, _ = filled()
    book.create_sheet("Phụ lục").append([3, "Tên", "Ghi chú"])

    read = read_plan(saved(book), office=office, calendar=calendar)

    assert ([task.number for task in read.tasks], [problem.message for problem in read.problems]) == (
        [1, 2],
        ["The sheet “Phụ lục” is not read: it has no header of a table of tasks."],
    )


def test_a_damaged_workbook_is_told_in_the_workbooks_words(office: Office, calendar: WorkCalendar) -> None:
    book, _ = filled()
    whole = saved(book)

    (problem,) = read_plan(
        whole.replace(b"sheet1.xml", b"sheet9.xml"), office=office, calendar=calendar
    ).problems

    assert problem.message.startswith("The workbook is damaged;")
