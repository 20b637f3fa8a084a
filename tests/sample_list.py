"""Writes docs/samples/danh-sach-truong-hoc.xlsx, the list of the walk-through: forty teachers of a made-up
school with ten planted faults, as an office would get it. `python -m tests.sample_list`."""

from __future__ import annotations

import unicodedata
from datetime import date
from itertools import product
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

SAMPLE = Path(__file__).parents[1] / "docs" / "samples" / "danh-sach-truong-hoc.xlsx"
COLUMNS = (
    ("STT", 5),
    ("Họ và tên", 26),
    ("Ngày sinh", 12),
    ("Chức vụ", 16),
    ("Mức xếp loại năm", 26),
    ("Sáng kiến", 34),
    ("Số, ngày quyết định công nhận", 26),
    ("Danh hiệu đề nghị", 28),
    ("Ghi chú", 18),
)
NAMES = [
    " ".join(name) + " Mẫu"
    for name in product(
        ("Nông", "Hoàng", "Vi", "Lộc"), ("Văn", "Thị"), ("An", "Bình", "Hạnh", "Khìn", "Ngàn")
    )
]
"""Of nobody: forty names that no two share."""
RECOGNISED = "21/QĐ-UBND ngày 20/5/2026"
GOOD, EXCELLENT = "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ"

Row = list[object]


def rows() -> list[Row]:
    """The lines as the school wrote them, faults and all."""
    found: list[Row] = []
    for number, name in enumerate(NAMES, 1):
        born = date(1970 + number % 25, 1 + number % 12, 1 + number % 28)
        best = number <= 6
        found.append(
            [
                number,
                name,
                born,
                "Giáo viên",
                EXCELLENT if best else GOOD,
                f"Biện pháp dạy học số {number}" if best else None,
                RECOGNISED if best else None,
                "LĐTT, CSTĐCS" if best else "LĐTT",
                None,
            ]
        )
    return _with_faults(found)


def _with_faults(found: list[Row]) -> list[Row]:
    found[0][7] = "LĐTT, CSTĐCS, Bằng khen UBND tỉnh"  # 1 another level, in one cell with two titles
    found[1][5] = found[1][6] = None  # 2 no initiative
    found[7][1] = unicodedata.normalize("NFD", str(found[7][1]))  # 3 marks apart
    found[8][1] = f"  {found[8][1]}\u00a0"  # 4 blanks that are none
    found[11][2] = "31/4/1990"  # 5 no such day
    found[14][4] = "Hoàn thành nhiệm vụ"  # 6 rated too low
    found[19][7] = "Lao động TT"  # 7 a title spelled otherwise
    found[24][2] = "15.8.85"  # 8 a date as text
    found[29][1] = "Lộc Thị Bình Mẫu".replace("Lộc", "Vi")  # 9 below: the same name twice
    found[29][2] = found[26][2]
    return found


def write() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Đề nghị"
    _head(sheet)
    top = sheet.max_row + 1
    sheet.append([title for title, _width in COLUMNS])
    listed = rows()
    for row in listed:
        sheet.append(row)
    _frame(sheet, top)
    sheet.append(["Tổng cộng", "41 người"])  # 10 a total that is wrong
    sheet.append([])
    sheet.append([None, None, None, None, None, "HIỆU TRƯỞNG"])
    SAMPLE.parent.mkdir(exist_ok=True)
    book.save(SAMPLE)


def _head(sheet: Worksheet) -> None:
    for line in (
        ("UBND XÃ ĐIỀM HE", None, None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TRƯỜNG THCS MẪU", None, None, None, None, "Độc lập - Tự do - Hạnh phúc"),
        (),
        ("DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM HỌC 2025 - 2026",),
        ("(Kèm theo Tờ trình số 18/TTr-THCS ngày 05/6/2026)",),
        (),
    ):
        sheet.append(line)
    sheet["A4"].font = Font(name="Times New Roman", size=14, bold=True)


def _frame(sheet: Worksheet, top: int) -> None:
    thin = Side(style="thin")
    for column, (_title, width) in enumerate(COLUMNS, 1):
        sheet.column_dimensions[sheet.cell(top, column).column_letter].width = width
    for row in sheet.iter_rows(min_row=top, max_row=sheet.max_row, max_col=len(COLUMNS)):
        for cell in row:
            cell.font = Font(name="Times New Roman", size=12, bold=cell.row == top)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"


if __name__ == "__main__":
    write()
