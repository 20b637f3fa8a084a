"""Workbooks as offices write them: what is read, what is seen to be hidden, and what is told instead."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook as OpenedBook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exchange.sheets.reading import read_workbook
from exchange.sheets.workbook import Area, Sheet
from tests.exchange.sheets.old_excel import AS_MONTH, AS_PERCENT, OldSheet, Value, old_workbook
from tests.exchange.sheets.packages import (
    STRICT_KINDS,
    STRICT_MAIN,
    inline,
    ods_cell,
    ods_row,
    open_document,
    rezipped,
    rows_of,
    small_workbook,
)

AT_HALF_PAST_EIGHT = datetime(2026, 5, 31, 8, 30)  # noqa: DTZ001


def saved(book: OpenedBook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def one_cell(value: object, number_format: str = "General") -> bytes:
    book = OpenedBook()
    book.active["B2"].value = value
    book.active["B2"].number_format = number_format
    return saved(book)


def sheet(content: bytes) -> Sheet:
    (only,) = read_workbook(content).sheets
    return only


def texts(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet(content).rows]


def hidden(content: bytes) -> list[int]:
    return [row.number for row in sheet(content).rows if row.hidden]


# What a cell shows


@pytest.mark.parametrize(
    ("value", "number_format", "kind", "text", "number", "day"),
    [
        ("Nguyễn", "General", "text", "Nguyễn", None, None),
        ("'0912", "General", "text", "0912", None, None),
        ("‘05’ và 'x'", "General", "text", "‘05’ và 'x'", None, None),
        (1, "General", "number", "1", 1.0, None),
        (92.5, "General", "number", "92.5", 92.5, None),
        (0.1 + 0.2, "0.00", "number", "0.3", 0.3, None),
        (1e20, "General", "number", "100000000000000000000", 1e20, None),
        (0.85, "0%", "percent", "85%", 0.85, None),
        (True, "General", "truth", "TRUE", 1.0, None),
        (date(2026, 5, 31), "dd/mm/yyyy", "day", "31/05/2026", None, date(2026, 5, 31)),
        (AT_HALF_PAST_EIGHT, "d/m/yyyy h:mm", "day", "31/05/2026 08:30", None, date(2026, 5, 31)),
        (date(2026, 6, 1), "mm/yyyy", "month", "06/2026", None, None),
        (date(2026, 6, 1), '"Tháng "m\\/yyyy', "month", "06/2026", None, None),
        (date(2026, 6, 1), "[$-42A]d/m/yyyy", "day", "01/06/2026", None, date(2026, 6, 1)),
        (time(8, 5), "h:mm", "time", "8:05", None, None),
    ],
)
def test_a_cell_is_what_it_shows(
    value: object, number_format: str, kind: str, text: str, number: float | None, day: date | None
) -> None:
    (row,) = sheet(one_cell(value, number_format)).rows
    (cell,) = row.cells

    assert (cell.place, cell.kind, cell.text, cell.number, cell.day) == ("B2", kind, text, number, day)


def test_a_text_is_nfc_and_keeps_how_it_was_written() -> None:
    written = "Nông Văn Páo"

    cell = sheet(one_cell(written)).at(2, 2)

    assert cell is not None
    assert (cell.text, cell.written) == ("Nông Văn Páo", written)


def test_rich_text_is_joined_and_the_reading_aid_of_another_script_is_left_out() -> None:
    runs = "<r><t xml:space='preserve'>Giấy </t></r><r><t>khen</t></r><rPh sb='0' eb='1'><t>đọc</t></rPh>"
    shared = f"<sst><si>{runs}</si></sst>"

    assert texts(small_workbook(rows_of('<c t="s"><v>0</v></c>'), sharedStrings=shared)) == [["Giấy khen"]]


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    book = OpenedBook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"].value = date(2026, 5, 31)
    book.active["A2"].value = 44711

    read = sheet(saved(book))

    assert read.from_1904
    assert texts(saved(book)) == [["31/05/2026"], ["44711"]]
    assert [read.counted_day(cell) for cell in read.cells()] == [None, date(2026, 5, 31)]


@pytest.mark.parametrize(("number", "day"), [(46173, date(2026, 5, 31)), (2026, None), (5.5, None)])
def test_a_bare_number_is_a_day_only_where_it_can_be_one(number: float, day: date | None) -> None:
    read = sheet(one_cell(number))

    assert [read.counted_day(cell) for cell in read.cells()] == [day]


def test_formulas_without_a_result_and_errors_are_told_from_empty_cells() -> None:
    cells = '<c r="A1"><f>B1+1</f></c><c r="B1"><f>C1</f><v>7</v></c><c r="C1" t="e"><v>#REF!</v></c>'

    (row,) = sheet(small_workbook(rows_of(cells + '<c r="D1" t="str"><f>""</f><v></v></c>'))).rows

    assert [(cell.place, cell.kind, cell.text, cell.formula) for cell in row.cells] == [
        ("A1", "uncalculated", "", True),
        ("B1", "number", "7", True),
        ("C1", "error", "#REF!", False),
    ]


def test_what_lies_under_a_merged_cell_is_not_seen_and_not_read() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    content = small_workbook(rows_of(inline("a") + inline("b"), inline("c") + inline("d")) + merged)

    assert texts(content) == [["a"]]
    assert sheet(content).merged == (Area(1, 1, 2, 2),)
    assert str(sheet(content).merged[0]) == "A1:B2"


# What is hidden


def by_hand(book: Any) -> None:
    book.row_dimensions[2].hidden = True


def by_group(book: Any) -> None:
    book.row_dimensions.group(2, 2, hidden=True)


@pytest.mark.parametrize("hide", [by_hand, by_group])
def test_a_hidden_row_is_read_and_said_to_be_hidden(hide: Callable[[Any], None]) -> None:
    book = OpenedBook()
    for row in range(1, 4):
        book.active.cell(row, 1).value = row
    hide(book.active)

    assert texts(saved(book)) == [["1"], ["2"], ["3"]]
    assert hidden(saved(book)) == [2]


def test_rows_of_no_height_are_hidden_by_their_own_or_by_the_sheet_s() -> None:
    rows = f'<sheetData><row r="1">{inline("a")}</row><row r="2" ht="15">{inline("b")}</row></sheetData>'

    assert hidden(small_workbook(rows.replace("15", "0"))) == [2]
    assert hidden(small_workbook(f'<sheetFormatPr defaultRowHeight="0"/>{rows}')) == [1]
    assert hidden(small_workbook(f'<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>{rows}')) == [1]


def test_columns_sheets_and_filters_are_said_to_be_hidden() -> None:
    book = OpenedBook()
    book.active.append(["a", "b", "c"])
    book.active.column_dimensions["B"].hidden = True
    book.active.auto_filter.ref = "A1:C1"
    book.active.auto_filter.add_filter_column(0, ["a"])
    book.create_sheet("Ẩn").sheet_state = "veryHidden"

    first, second = read_workbook(saved(book)).sheets

    assert (first.hidden, first.hidden_columns, first.filtered) == (False, frozenset({2}), True)
    assert (second.name, second.hidden, second.filtered) == ("Ẩn", True, False)


# Workbooks of other programs


@pytest.mark.parametrize(
    "change",
    [
        {"namespace": STRICT_MAIN, "kinds": STRICT_KINDS},
        {"main": "xl/workbook2.xml"},
        {"main": "Book/main.xml"},
        {"styles": "<styleSheet><fills count='0'/><cellXfs/></styleSheet>"},
        {"styles": "<styleSheet><cellXfs"},
        {"styles": ""},
    ],
)
def test_foreign_packages_are_read(change: dict[str, str]) -> None:
    assert texts(small_workbook(rows_of(inline("a")), **change)) == [["a"]]


@pytest.mark.parametrize(
    "around",
    [
        '<dimension ref="A1:XFD1048576"/>{}',
        '<dimension ref="Z9"/>{}',
        '{}<dataValidations count="9"><dataValidation type="lạ" new="1"><f>1</f></dataValidation>'
        "</dataValidations>",
        '{}<extLst><ext uri="x"><x14:conditionalFormatting xmlns:x14="x"><xm:f xmlns:xm="y">A1</xm:f>'
        "</x14:conditionalFormatting></ext></extLst>",
    ],
)
def test_what_a_sheet_says_beside_its_rows_changes_nothing(around: str) -> None:
    assert texts(small_workbook(around.format(rows_of(inline("a"), inline("b"))))) == [["a"], ["b"]]


def test_every_prefix_absolute_targets_and_backslashes_are_read() -> None:
    content = rezipped(
        small_workbook(rows_of(inline("a"))),
        lambda name, part: {
            "xl/sheet.xml": b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<x:sheetData><x:row r="1"><x:c r="A1"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>',
            "xl/_rels/workbook.xml.rels": part.replace(b'"sheet.xml"', b'"\\xl\\sheet.xml"'),
        }.get(name, part),
    )

    assert texts(content) == [["5"]]


def test_a_workbook_without_shared_strings_and_styles_is_read() -> None:
    book = OpenedBook()
    book.active["A1"].value = date(2026, 5, 31)

    content = rezipped(saved(book), drop={"xl/styles.xml", "xl/sharedStrings.xml", "docProps/app.xml"})

    assert texts(content) == [["46173"]]


def test_a_sheet_with_a_chart_alone_has_no_rows() -> None:
    book = OpenedBook()
    book.active["A1"].value = 1
    book.create_chartsheet("Biểu đồ")

    assert [(each.name, len(each.rows)) for each in read_workbook(saved(book)).sheets] == [
        ("Sheet", 1),
        ("Biểu đồ", 0),
    ]


def test_an_old_workbook_is_read_with_what_is_hidden() -> None:
    rows: list[list[Value]] = [
        ["TT", "Tên"],
        [1, "Nông Văn Páo"],
        [2, date(2026, 5, 31)],
        [True, 0.85, date(2026, 6, 1)],
    ]
    styles = {(4, 2): AS_PERCENT, (4, 3): AS_MONTH}
    first = OldSheet(
        "Một",
        rows,
        hidden_rows=[3],
        hidden_columns=[2],
        errors=[(5, 1)],
        uncalculated=[(5, 2)],
        styles=styles,
    )
    second = OldSheet("Ẩn", [["a", "dưới"]], hidden=True, merged=[(1, 1, 1, 2)])

    content = old_workbook([first, second])

    read, other = read_workbook(content).sheets
    assert [[(cell.kind, cell.text) for cell in row.cells] for row in read.rows] == [
        [("text", "TT"), ("text", "Tên")],
        [("number", "1"), ("text", "Nông Văn Páo")],
        [("number", "2"), ("day", "31/05/2026")],
        [("truth", "TRUE"), ("percent", "85%"), ("month", "06/2026")],
        [("error", "#REF!"), ("uncalculated", "")],
    ]
    assert ([row.number for row in read.rows if row.hidden], read.hidden_columns) == ([3], frozenset({2}))
    assert (other.name, other.hidden, [cell.text for cell in other.cells()]) == ("Ẩn", True, ["a"])


def test_an_open_document_is_read_with_what_is_hidden() -> None:
    june = 'office:date-value="2026-06-01"'
    note = "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
    rows = (
        ods_row(
            ods_cell("string", "a"), ods_cell("date", "01/06/2026", june), more='table:visibility="filter"'
        ),
        ods_row(ods_cell("date", "06/2026", june), more='table:number-rows-repeated="2"'),
        ods_row(
            ods_cell("percentage", "85%", 'office:value="0.85"'),
            ods_cell("string", "#DIV/0!", more='calcext:value-type="error" table:formula="of:=1/0"'),
            ods_cell("float", "1", 'office:value="1"').replace("<text:p>", f"{note}<text:p>"),
        ),
        ods_row(
            '<table:table-cell table:number-columns-repeated="16384"/>',
            more='table:number-rows-repeated="1048570"',
        ),
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    second = ods_row(ods_cell("string", "b", more='table:number-columns-spanned="2"'))
    content = open_document(
        f'<table:table table:name="Một">{columns}{"".join(rows)}</table:table>'
        f'<table:table table:name="Ẩn" table:style-name="an">{second}</table:table>',
        '<style:style style:name="an"><style:table-properties table:display="false"/></style:style>',
    )

    read, other = read_workbook(content).sheets

    assert [[(cell.kind, cell.text) for cell in row.cells] for row in read.rows] == [
        [("text", "a"), ("day", "01/06/2026")],
        [("month", "06/2026")],
        [("month", "06/2026")],
        [("percent", "85%"), ("error", "#DIV/0!"), ("number", "1")],
    ]
    assert ([row.number for row in read.rows if row.hidden], read.hidden_columns, read.filtered) == (
        [1],
        frozenset({2}),
        True,
    )
    assert (other.hidden, other.merged) == (True, (Area(1, 1, 1, 2),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TT;Tên\n1;Nông Văn Páo, xóm Một\n", [["TT", "Tên"], ["1", "Nông Văn Páo, xóm Một"]]),
        ('TT,Điểm\r\n1,"92,5"\r\n', [["TT", "Điểm"], ["1", "92,5"]]),
        ("sep=|\nTT|Tên\n", [["TT", "Tên"]]),
        ('TT\tTên\n1\t"hai\ndòng"\n', [["TT", "Tên"], ["1", "hai\ndòng"]]),
        ("Tên\n", [["Tên"]]),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_as_text_is_read_with_its_own_separator(
    text: str, expected: list[list[str]], encoding: str
) -> None:
    assert texts(text.encode(encoding)) == expected
