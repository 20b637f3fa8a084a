"""Rows in levels, groups and pieces: only the lowest level is a task, and what is not one is told."""

from __future__ import annotations

import pytest

from exchange.plan.reading import read_plan
from tests.exchange.plan.plan_files import saved, text_plan, word_plan
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import PlanReading

HEADER = ("TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian")
VHXH, UBND = "Phòng VH-XH", "UBND xã"
DUTIES = (VHXH, UBND, "Tháng 3")

Row = tuple[str, ...]


def heading(label: str) -> Row:
    return (label, f"Công tác {label}", "", "", "")


def work(label: str) -> Row:
    return (label, f"Báo cáo {label}", *DUTIES)


LEVELS: dict[str, list[Row]] = {
    "numbers": [heading("1"), work("1.1"), work("1.2"), heading("2"), work("2.1"), work("3")],
    "three deep": [heading("1"), heading("1.1"), work("1.1.1"), work("1.1.2"), work("1.2"), work("2")],
    "closing stops": [heading("1."), work("1.1."), work("1.2."), work("2.")],
    "roman": [heading("I"), work("1"), work("2"), heading("II"), work("1"), work("2")],
    "roman with numbers": [heading("I."), heading("I.1"), work("1"), work("2"), heading("I.2"), work("1")],
    "letters": [heading("A"), heading("I"), work("1"), work("2"), heading("B"), heading("I"), work("1")],
    "codes": [heading("WP1"), work("T1.1"), work("T1.2"), heading("WP2"), work("T2.1")],
    "codes counted through": [heading("WP1"), work("T1"), work("T2"), heading("WP2"), work("T3")],
    "small letters": [heading("1"), work("a)"), work("b)"), heading("2"), work("a)"), work("3")],
    "bullets": [heading("1"), work("-"), work("-"), heading("2"), work("+"), work("3")],
    "no labels": [heading("1"), work(""), work(""), heading("2"), work(""), work("3")],
}


@pytest.mark.parametrize("rows", LEVELS.values(), ids=LEVELS)
@pytest.mark.parametrize("kind", ["text", "word"])
def test_a_level_with_others_below_it_is_a_heading(
    rows: list[Row], kind: str, office: Office, calendar: WorkCalendar
) -> None:
    data = text_plan(HEADER, *rows) if kind == "text" else word(rows)

    read = read_plan(data, office=office, calendar=calendar)

    assert [task.content for task in read.tasks] == [row[1].strip() for row in rows if row[2]]
    assert headings(read) == [f"{row[0]} {row[1]}" for row in rows if not row[2]]
    assert {(task.lead, task.cooperating) for task in read.tasks} == {("van_hoa_xa_hoi", ("ubnd",))}
    assert read.importable


def word(rows: list[Row]) -> bytes:
    # A blank keeps a row with a title only from being merged over all columns.
    return saved(
        word_plan([HEADER, *((label, title, lead or " ", *rest) for label, title, lead, *rest in rows)])
    )


def headings(read: PlanReading) -> list[str]:
    """The texts of the warnings that a row is a heading."""
    said = (problem.message for problem in read.problems)
    return [message.split("”")[0].lstrip("“") for message in said if "taken as a heading" in message]


def test_bodies_and_time_of_a_heading_hold_for_the_rows_below_that_name_none(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        HEADER,
        ("1", "Tổ chức hội nghị", UBND, VHXH, "Tháng 6"),
        ("a)", "Hội nghị sơ kết", "", "", ""),
        ("b)", "Hội nghị tổng kết", "", "", "Tháng 12"),
        ("c)", "Hội nghị tuyên dương", VHXH, "", ""),
        ("2", "Báo cáo", VHXH, "", "Tháng 3"),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [(task.content, task.lead, task.cooperating, str(task.due)) for task in read.tasks] == [
        ("Hội nghị sơ kết", "ubnd", ("van_hoa_xa_hoi",), "2026-06-30"),
        ("Hội nghị tổng kết", "ubnd", ("van_hoa_xa_hoi",), "2026-12-31"),
        ("Hội nghị tuyên dương", "van_hoa_xa_hoi", (), "2026-06-30"),
        ("Báo cáo", "van_hoa_xa_hoi", (), "2026-03-31"),
    ]
    said = [(problem.line, problem.message) for problem in read.problems]
    assert [(line, message) for line, message in said if "Tổ chức hội nghị" in message] == [
        (
            5,
            "“1 Tổ chức hội nghị” is taken as a heading, not as a task; its bodies and time (“UBND xã; Phòng"
            " VH-XH; Tháng 6”) hold for the rows below that name none.",
        ),
        (6, "The row names no body; those of “Tổ chức hội nghị” above it are taken."),
        (6, "The row names no time; that of “Tổ chức hội nghị” above it is taken."),
        (7, "The row names no body; those of “Tổ chức hội nghị” above it are taken."),
        (8, "The row names no time; that of “Tổ chức hội nghị” above it is taken."),
    ]


def test_rows_without_a_number_are_tasks_beside_a_whole_row_and_details_where_they_say_nothing(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        HEADER,
        ("1", "Báo cáo A", UBND, VHXH, "Tháng 1"),
        ("", "Báo cáo B", VHXH, "", ""),
        ("2", "Tổ chức phong trào", UBND, VHXH, "Cả năm"),
        ("", "- Phát động", "", "", "Tháng 3"),
        ("", "- Tổng kết", "", "", ""),
        ("3", "Báo cáo C", UBND, "", "Tháng 5"),
        ("", "- số liệu;", "", "", ""),
        ("", "- phương hướng.", "", "", ""),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [(task.content, task.lead, str(task.due), task.lines) for task in read.tasks] == [
        ("Báo cáo A", "ubnd", "2026-01-30", (5,)),
        ("Báo cáo B", "van_hoa_xa_hoi", "2026-01-30", (6,)),
        ("Phát động", "ubnd", "2026-03-31", (8,)),
        ("Tổng kết", "ubnd", "2026-12-31", (9,)),
        ("Báo cáo C - số liệu; - phương hướng.", "ubnd", "2026-05-29", (10, 11, 12)),
    ]


GROUPED = [("1", "Báo cáo A", *DUTIES), ("2", "Báo cáo B", *DUTIES), ("3", "Báo cáo C", *DUTIES)]
TITLES: dict[str, tuple[str, Row]] = {
    "in the first cell": ("I. Chỉ đạo, điều hành", ("I. Chỉ đạo, điều hành", "", "", "", "")),
    "as a line of its own": ("I. Chỉ đạo, điều hành", ("I. Chỉ đạo, điều hành",)),
    "in capitals as a line": ("CHỈ ĐẠO, ĐIỀU HÀNH", ("CHỈ ĐẠO, ĐIỀU HÀNH",)),
    "with its number apart": ("I Chỉ đạo, điều hành", ("I", "Chỉ đạo, điều hành", "", "", "")),
    "repeated in every cell": ("I. Chỉ đạo", ("I. Chỉ đạo",) * 5),
    "repeated beside its number": ("I Chỉ đạo", ("I", *("Chỉ đạo",) * 4)),
    "without a number": ("Công tác chỉ đạo", ("", "Công tác chỉ đạo", "", "", "")),
}


@pytest.mark.parametrize(("title", "row"), TITLES.values(), ids=TITLES)
def test_the_title_of_a_group_is_no_task_and_cuts_no_table(
    title: str, row: Row, office: Office, calendar: WorkCalendar
) -> None:
    for rows in (
        (row, *GROUPED),
        (GROUPED[0], row, *GROUPED[1:]),
        (*GROUPED[:2], row, ("1", *GROUPED[2][1:])),
    ):
        read = read_plan(text_plan(HEADER, *rows), office=office, calendar=calendar)

        assert [task.content for task in read.tasks] == ["Báo cáo A", "Báo cáo B", "Báo cáo C"]
        assert [str(task.due) for task in read.tasks] == ["2026-03-31"] * 3
        assert headings(read) == [title]
        assert read.importable


def test_rows_of_totals_empty_rows_and_signatures_are_no_tasks(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        HEADER,
        ("1", "Tổng hợp hồ sơ", *DUTIES),
        ("2", "", "", "", ""),
        ("", "Tổng cộng", "", "", "2"),
        ("Cộng: 02 nhiệm vụ", "", "", "", ""),
        ("", "NGƯỜI LẬP BIỂU", "", "", "CHỦ TỊCH"),
        ("", "(Ký, ghi rõ họ tên)", "", "", ""),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [task.content for task in read.tasks] == ["Tổng hợp hồ sơ"]
    assert [(problem.line, problem.message) for problem in read.problems if (problem.line or 0) > 5] == [
        (6, "Row 2 is empty and not read."),
        (7, "A row of totals is no task and is not read: “Tổng cộng 2”."),
        (8, "A row of totals is no task and is not read: “Cộng: 02 nhiệm vụ”."),
    ]


def test_cells_of_several_lines_that_were_copied_out_of_word_are_one_row(
    office: Office, calendar: WorkCalendar
) -> None:
    text = "\n".join(
        [
            "KẾ HOẠCH công tác năm 2026",
            "\t".join(HEADER),
            "1\tBáo cáo A:\n- quý;\n- năm\tPhòng VH-XH\t- UBND xã\n- Các thôn\tTháng 3",
            "2\tBáo cáo B\tPhòng VH-XH\t\n- UBND xã\n- Công an xã\tTháng 6",
            "3\tBáo cáo C\tUBND xã\t\tTháng 9",
        ]
    )

    read = read_plan(text.encode(), office=office, calendar=calendar)

    assert [
        (task.content, task.lead, task.cooperating, str(task.due), task.lines) for task in read.tasks
    ] == [
        ("Báo cáo A: - quý; - năm", "van_hoa_xa_hoi", ("ubnd", "cac_thon"), "2026-03-31", (3, 4, 5, 6)),
        ("Báo cáo B", "van_hoa_xa_hoi", ("ubnd", "cong_an"), "2026-06-30", (7, 8, 9)),
        ("Báo cáo C", "ubnd", (), "2026-09-30", (10,)),
    ]


def test_numbers_at_the_head_of_the_content_number_a_table_without_numbers(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        HEADER[1:],
        ("I. Chỉ đạo", "", "", ""),
        ("1. Báo cáo A", *DUTIES),
        ("2. Báo cáo B", *DUTIES),
        ("II. Kiểm tra", "", "", ""),
        ("3. Công tác C", "", "", ""),
        ("3.1. Báo cáo C", *DUTIES),
        ("4/ Báo cáo D", *DUTIES),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [task.content for task in read.tasks] == ["Báo cáo A", "Báo cáo B", "Báo cáo C", "Báo cáo D"]
    assert headings(read) == ["I. Chỉ đạo", "II. Kiểm tra", "3. Công tác C"]


def test_titles_and_tasks_of_a_table_without_numbers_are_told_apart(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        HEADER[1:],
        ("Công tác tuyên truyền", "", "", ""),
        ("Hoạt động hè", "Các đơn vị liên quan", UBND, "Tháng 6"),
        ("Nhiệm vụ tuyên truyền bầu cử", VHXH, UBND, "Tháng 3"),
        ("Công tác kiểm tra", "", "", ""),
        ("Báo cáo A", VHXH, UBND, "Tháng 9"),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [(task.content, task.lead, str(task.due)) for task in read.tasks] == [
        ("Hoạt động hè", "Các đơn vị liên quan", "2026-06-30"),
        ("Nhiệm vụ tuyên truyền bầu cử", "van_hoa_xa_hoi", "2026-03-31"),
        ("Báo cáo A", "van_hoa_xa_hoi", "2026-09-30"),
    ]
    assert headings(read) == ["Công tác tuyên truyền", "Công tác kiểm tra"]


def test_a_sign_that_means_the_row_above_is_read_as_its_text_and_told(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        HEADER,
        work("1"),
        ("2", "Báo cáo 2", "nt", '"', "- nt -"),
        ("3", "Báo cáo 3", "Như trên", "", "Tháng 6"),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [(task.lead, task.cooperating, str(task.due)) for task in read.tasks] == [
        ("van_hoa_xa_hoi", ("ubnd",), "2026-03-31"),
        ("van_hoa_xa_hoi", ("ubnd",), "2026-03-31"),
        ("van_hoa_xa_hoi", (), "2026-06-30"),
    ]
    assert [problem.message for problem in read.problems] == [
        "“nt” is taken to mean what the row above says: “Phòng VH-XH”.",
        '“"” is taken to mean what the row above says: “UBND xã”.',
        "“- nt -” is taken to mean what the row above says: “Tháng 3”.",
        "“Như trên” is taken to mean what the row above says: “Phòng VH-XH”.",
    ]
