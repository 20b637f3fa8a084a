"""Files of text with a table in them, taken as sheets, or refused in one sentence."""

from __future__ import annotations

import pytest

from exchange.lists.books import read_book
from exchange.sheets.faults import Unreadable
from tests.exchange.lists.building import word
from tests.exchange.sheets.packages import archive


def test_lines_and_tables_of_a_word_file_are_rows_of_one_sheet() -> None:
    (sheet,) = read_book(word(["DANH SÁCH"], [["TT", "Họ tên"], ["1", "Vi Văn Mẫu"]], ["Người lập"])).sheets

    assert [(cell.place, cell.text) for cell in sheet.cells()] == [
        ("A1", "DANH SÁCH"),
        ("A2", "TT"),
        ("B2", "Họ tên"),
        ("A3", "1"),
        ("B3", "Vi Văn Mẫu"),
        ("A4", "Người lập"),
    ]


def test_text_of_a_vietnamese_windows_is_read() -> None:
    content = "TT;Ho\u0323 tên\n1;Nguyê\u0303n Thi\u0323 Ho\u0300a\n".encode("cp1258")

    (sheet,) = read_book(content).sheets

    assert [cell.text for cell in sheet.cells()] == ["TT", "Họ tên", "1", "Nguyễn Thị Hòa"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (archive({"word/document.xml": "<document"}), "broken_text"),
        (word([], [["TT", "Họ tên"], ["1", "x" * 20_001]], []), "beyond_text"),
        (archive({"a.txt": "x"}), "no_workbook"),
        (b"%PDF-1.7", "pdf"),
    ],
)
def test_what_cannot_be_opened_is_told_by_its_cause(content: bytes, cause: str) -> None:
    with pytest.raises(Unreadable) as told:
        read_book(content)

    assert told.value.cause == cause
