"""Plans of other offices and other shapes, each compared as a whole value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from exchange.plan.reading import read_plan
from tests.exchange.plan.plan_files import add_table, saved, text_plan, without_lines, word_plan
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import Issued, PlanReading, PlanTask, Problem, Quarter

TITLE = "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026"


def planned(
    number: int,
    quarter: Quarter,
    content: str,
    due: date,
    line: int,
    *,
    lead: str = "ubnd",
    cooperating: tuple[str, ...] = (),
    kind: str = "report",
    **fields: Any,
) -> PlanTask:
    """A task with a written lead, as most rows here are; `fields` are the others."""
    values: dict[str, Any] = {
        "bodies": (lead, *cooperating),
        "part": None,
        "period": None,
        "derived": (),
        "lines": (line,),
    }
    return PlanTask(
        number=number,
        quarter=quarter,
        content=content,
        due=due,
        lead=lead,
        cooperating=cooperating,
        kind=kind,
        **values | fields,
    )


def warning(line: int | None, message: str) -> Problem:
    return Problem(line, "warning", message)


WARD = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHƯỜNG TAM THANH\tĐộc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND\tTam Thanh, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Thực hiện công tác thi đua, khen thưởng năm 2026
trên địa bàn phường Tam Thanh

Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;
II. NHIỆM VỤ
STT\tNội dung công việc\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian hoàn thành\tGhi chú
(1)\t(2)\t(3)\t(4)\t(5)\t(6)
I\tQUÝ I/2026
1\tBan hành Kế hoạch thi đua\tPhòng Văn hóa - Xã hội\tHội đồng TĐKT phường; các cơ quan, đơn vị liên quan\
\tTrước ngày 15/01
2\tTham mưu tổ chức Hội nghị tổng kết năm 2025\tUBND phường\tPhòng Văn hóa - Xã hội, Hội đồng TĐKT phường\
\tTháng 02/2026\tLồng ghép
II\tQUÝ II/2026
3\tTập huấn nghiệp vụ\tPhòng Văn hóa - Xã hội\tCác cơ quan, đơn vị liên quan\tTừ tháng 4 đến tháng 5
4\tTham gia lớp tập huấn do tỉnh tổ chức\tPhòng Văn hóa - Xã hội\t\tTheo giấy mời
III\tQUÝ IV/2026
5\tBình xét danh hiệu thi đua năm 2026\tHội đồng TĐKT phường\tUBND phường; Công an phường, Trạm Y tế phường\
\t20/11/2026
6\tKiểm tra công tác thi đua\tPhòng Văn hóa - Xã hội\tBan Thanh tra nhân dân\t15/9

Nơi nhận:\tTM. ỦY BAN NHÂN DÂN
- Như trên;\tCHỦ TỊCH
"""


def test_a_wards_plan_with_lead_and_cooperating_bodies_and_dates(
    office: Office, calendar: WorkCalendar
) -> None:
    read = read_plan(WARD.encode(), office=office, calendar=calendar)

    division = "van_hoa_xa_hoi"
    assert read == PlanReading(
        2026,
        "KẾ HOẠCH Thực hiện công tác thi đua, khen thưởng năm 2026 trên địa bàn phường Tam Thanh",
        (
            planned(
                *(1, "I", "Ban hành Kế hoạch thi đua", date(2026, 1, 15), 14),
                lead=division,
                cooperating=("hoi_dong_tdkt", "co_quan_lien_quan"),
                kind="plan_issue",
            ),
            planned(
                *(2, "I", "Tham mưu tổ chức Hội nghị tổng kết năm 2025", date(2026, 2, 27), 15),
                cooperating=(division, "hoi_dong_tdkt"),
                kind="conference",
                part="host",
                period="năm 2025",
            ),
            planned(
                *(3, "II", "Tập huấn nghiệp vụ", date(2026, 5, 29), 17),
                lead=division,
                cooperating=("co_quan_lien_quan",),
                kind="training",
                part="host",
                derived=("part",),
            ),
            planned(
                *(4, "II", "Tham gia lớp tập huấn do tỉnh tổ chức", date(2026, 6, 30), 18),
                lead=division,
                kind="training",
                part="attend",
                derived=("due",),
            ),
            planned(
                *(5, "IV", "Bình xét danh hiệu thi đua năm 2026", date(2026, 11, 20), 20),
                lead="hoi_dong_tdkt",
                cooperating=("ubnd", "cong_an", "tram_y_te"),
                kind="award_review",
                period="năm 2026",
            ),
            planned(
                *(6, "IV", "Kiểm tra công tác thi đua", date(2026, 9, 15), 21),
                lead=division,
                cooperating=("Ban Thanh tra nhân dân",),
                kind="other",
            ),
        ),
        ("Ban Thanh tra nhân dân",),
        (
            warning(11, "The column “Ghi chú” is not read."),
            warning(
                17,
                "Task 3 does not say whether the office hosts or attends; derived: host. Confirm it.",
            ),
            warning(
                18,
                "“Theo giấy mời” names no day for task 4; derived: 2026-06-30, the end of quarter II.",
            ),
            warning(
                21, "The date 2026-09-15 of task 6 is not in quarter IV of its heading; kept as written."
            ),
            warning(
                21,
                "“Ban Thanh tra nhân dân” is not in the office's directory; add it or this spelling.",
            ),
            warning(21, "Task 6 fits no known kind; it is taken as other."),
        ),
        issued=Issued("15/KH-UBND", date(2026, 1, 12)),
    )


def test_a_list_of_months_and_quarters_without_quarter_headings(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        ("TT", "Thời gian", "Nội dung", "Cơ quan thực hiện"),
        ("1", "Tháng 1", "Phát động phong trào thi đua", "UBND xã, Hội đồng TĐKT xã"),
        ("2", "Tháng 3, 6, 9, 12", "Báo cáo công tác thi đua", "Phòng Văn hóa – Xã hội"),
        ("3", "Quý I, Quý III", "Họp Hội đồng thi đua, khen thưởng xét khen thưởng", "HĐTĐKT xã và UBND xã"),
        ("4", "Thường xuyên", "Tuyên truyền gương điển hình", "Các cơ quan, đơn vị liên quan; các thôn"),
        ("5", "Cuối năm", "Hướng dẫn tổng kết", "Phòng VH-XH"),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    both = ("lead", "cooperating")
    assert read == PlanReading(
        2026,
        TITLE,
        (
            planned(
                *(1, "I", "Phát động phong trào thi đua", date(2026, 1, 30), 5),
                lead="hoi_dong_tdkt",
                cooperating=("ubnd",),
                bodies=("ubnd", "hoi_dong_tdkt"),
                kind="movement_launch",
                derived=both,
            ),
            planned(
                *(2, "IV", "Báo cáo công tác thi đua", date(2026, 12, 31), 6),
                lead="van_hoa_xa_hoi",
                derived=("lead",),
            ),
            planned(
                *(3, "III", "Họp Hội đồng thi đua, khen thưởng xét khen thưởng", date(2026, 9, 30), 7),
                lead="hoi_dong_tdkt",
                cooperating=("ubnd",),
                kind="award_review",
                derived=both,
            ),
            planned(
                *(4, "IV", "Tuyên truyền gương điển hình", date(2026, 12, 31), 8),
                lead="co_quan_lien_quan",
                cooperating=("cac_thon",),
                kind="other",
                derived=("due", *both),
            ),
            planned(
                *(5, "IV", "Hướng dẫn tổng kết", date(2026, 12, 31), 9),
                lead="van_hoa_xa_hoi",
                kind="guidance",
                derived=("due", "lead"),
            ),
        ),
        (),
        (
            warning(6, "Task 2 names several dates (“Tháng 3, 6, 9, 12”); the last, 2026-12-31, is taken."),
            warning(7, "Task 3 names several dates (“Quý I, Quý III”); the last, 2026-09-30, is taken."),
            warning(8, "“Thường xuyên” names no day for task 4; derived: 2026-12-31, the end of quarter IV."),
            warning(8, "Task 4 fits no known kind; it is taken as other."),
            warning(9, "“Cuối năm” names no day for task 5; derived: 2026-12-31."),
        ),
    )


UNNUMBERED = """KẾ HOẠCH
Công tác thi đua, khen thưởng năm 2026

Nội dung\tĐơn vị thực hiện\tThời hạn
QUÝ 1
Báo cáo tổng kết năm 2025\tUBND xã\t15/01/2026
Tổ chức Hội nghị tổng kết công tác thi đua\tUBND xã\tngày 20 tháng 01 năm 2026
\fNội dung\tĐơn vị thực hiện\tThời hạn
năm 2025 của xã\t; các thôn\t
Quý 2
Báo cáo sơ kết 6 tháng đầu năm\tUBND xã\t31/6/2026
Quý III năm 2026
Hướng dẫn bình xét\tHội đồng TĐKT xã\t
"""


def test_a_plan_without_numbers_is_numbered_and_its_cut_rows_are_joined(
    office: Office, calendar: WorkCalendar
) -> None:
    read = read_plan(UNNUMBERED.encode(), office=office, calendar=calendar)

    assert read == PlanReading(
        2026,
        TITLE,
        (
            planned(
                *(1, "I", "Báo cáo tổng kết năm 2025", date(2026, 1, 15), 6),
                period="năm 2025",
                derived=("lead",),
            ),
            planned(
                *(2, "I", "Tổ chức Hội nghị tổng kết công tác thi đua năm 2025 của xã", date(2026, 1, 20), 7),
                cooperating=("cac_thon",),
                kind="conference",
                part="host",
                period="năm 2025",
                derived=("lead", "cooperating"),
                lines=(7, 9),
            ),
            planned(
                *(3, "II", "Báo cáo sơ kết 6 tháng đầu năm", date(2026, 6, 30), 11),
                period="6 tháng đầu năm 2026",
                derived=("due", "lead"),
            ),
            planned(
                *(4, "III", "Hướng dẫn bình xét", date(2026, 9, 30), 13),
                lead="hoi_dong_tdkt",
                kind="guidance",
                derived=("due", "lead"),
            ),
        ),
        (),
        (
            warning(4, "The table has no numbers; the rows are numbered from 1."),
            warning(11, "“31/6/2026” names no day for task 3; derived: 2026-06-30, the end of quarter II."),
            warning(13, "Task 4 has no date; 2026-09-30 is derived, the end of quarter III."),
        ),
    )


DIVIDED = (
    ("TT", "Nội dung", "Cơ quan thực hiện", "", "Thời gian"),
    ("", "", "Chủ trì", "Phối hợp", ""),
    ("I", "Công tác tham mưu", "", "", ""),
    ("1", "Ban hành văn bản hướng dẫn", "Phòng VHXH", "Các thôn", "Quý I"),
    ("2", "Báo cáo kiện toàn Hội đồng", "UBND xã; HĐTĐKT xã", "Các thôn", "Trước 30/3"),
    ("II", "Công tác khen thưởng", "", "", ""),
    ("3", "Xét tặng danh hiệu", "HĐTĐKT xã", "UBND xã", "Tháng 11 - tháng 12"),
    ("5", "Khen thưởng đột xuất", "", "UBND xã; HĐTĐKT xã", "Khi có phát sinh"),
)


def divided(rows: tuple[int, ...]) -> tuple[tuple[PlanTask, ...], tuple[Problem, ...]]:
    first, second, third, fourth = rows[1], rows[2], rows[4], rows[5]
    return (
        (
            planned(
                *(1, "I", "Ban hành văn bản hướng dẫn", date(2026, 3, 31), first),
                lead="van_hoa_xa_hoi",
                cooperating=("cac_thon",),
                kind="guidance",
            ),
            planned(
                *(2, "I", "Báo cáo kiện toàn Hội đồng", date(2026, 3, 30), second),
                cooperating=("hoi_dong_tdkt", "cac_thon"),
            ),
            planned(
                *(3, "IV", "Xét tặng danh hiệu", date(2026, 12, 31), third),
                lead="hoi_dong_tdkt",
                cooperating=("ubnd",),
                kind="award_review",
            ),
            planned(
                *(5, "IV", "Khen thưởng đột xuất", date(2026, 12, 31), fourth),
                lead="hoi_dong_tdkt",
                cooperating=("ubnd",),
                bodies=("ubnd", "hoi_dong_tdkt"),
                kind="award_review",
                derived=("due", "lead", "cooperating"),
            ),
        ),
        (
            warning(rows[0], "“I Công tác tham mưu” is taken as a heading, not as a task."),
            warning(
                second,
                "Task 2 names several lead bodies; the first, Ủy ban nhân dân xã Điềm He, is taken.",
            ),
            warning(rows[3], "“II Công tác khen thưởng” is taken as a heading, not as a task."),
            warning(fourth, "The numbers go from 3 to 5; check whether a row is missing."),
            warning(
                fourth,
                "“Khi có phát sinh” names no day for task 5; derived: 2026-12-31, the end of quarter IV.",
            ),
            warning(
                fourth,
                "Task 5 names no lead body; Hội đồng Thi đua - Khen thưởng xã is derived.",
            ),
        ),
    )


def test_a_header_in_two_rows_in_text_and_in_word(office: Office, calendar: WorkCalendar) -> None:
    document = word_plan(DIVIDED[:2])
    table = document.tables[0]
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4):
        table.cell(0, column).merge(table.cell(1, column))
    add_table(document, DIVIDED[2:])

    text = read_plan(text_plan(*DIVIDED), office=office, calendar=calendar)
    word = read_plan(saved(document), office=office, calendar=calendar)

    tasks, problems = divided((6, 7, 8, 9, 10, 11))
    assert text == PlanReading(2026, TITLE, tasks, (), problems)
    tasks, problems = divided((3, 4, 5, 6, 7, 8))
    assert word == PlanReading(2026, TITLE, tasks, (), problems)


def test_columns_of_quarters_and_months_and_duties_told_in_the_cell(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        ("Quý", "Tháng", "Nội dung, nhiệm vụ", "Phân công thực hiện", "Kết quả", "Mã hồ sơ"),
        ("I", "1", "Báo cáo năm 2025", "Chủ trì: Phòng VHXH; phối hợp: các thôn", "Báo cáo", "A"),
        ("", "3", "Lễ phát động thi đua", "Các thôn; UBND xã (chủ trì)", "", ""),
        ("II", "5 - 6", "Sơ kết 6 tháng đầu năm của Cụm 4", "HĐTĐKT xã; Cụm thi đua số 4", "", ""),
        title="CHƯƠNG TRÌNH CÔNG TÁC THI ĐUA, KHEN THƯỞNG NĂM 2026",
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert read == PlanReading(
        2026,
        "CHƯƠNG TRÌNH CÔNG TÁC THI ĐUA, KHEN THƯỞNG NĂM 2026",
        (
            planned(
                *(1, "I", "Báo cáo năm 2025", date(2026, 1, 30), 4),
                lead="van_hoa_xa_hoi",
                cooperating=("cac_thon",),
                period="năm 2025",
            ),
            planned(
                *(2, "I", "Lễ phát động thi đua", date(2026, 3, 31), 5),
                cooperating=("cac_thon",),
                kind="movement_launch",
            ),
            planned(
                *(3, "II", "Sơ kết 6 tháng đầu năm của Cụm 4", date(2026, 6, 30), 6),
                lead="hoi_dong_tdkt",
                cooperating=("cum_4",),
                kind="conference",
                part="attend",
                period="6 tháng đầu năm 2026",
                derived=("lead", "cooperating", "part"),
            ),
        ),
        (),
        (
            warning(3, "The column “Kết quả” is not read."),
            warning(3, "The column “Mã hồ sơ” is not read."),
            warning(3, "The table has no numbers; the rows are numbered from 1."),
            warning(
                6, "Task 3 does not say whether the office hosts or attends; derived: attend. Confirm it."
            ),
        ),
    )


LEVELS = """UBND XÃ ĐIỀM HE
KẾ HOẠCH
Công tác thi đua, khen thưởng năm 2026
Số TT\tNhiệm vụ trọng tâm\tCơ quan, đơn vị chủ trì\tĐơn vị phối hợp thực hiện\tTiến độ
1\tCông tác tham mưu\t\t\t
1.1\tBáo cáo sơ kết 6 tháng đầu năm\tPhòng VH-XH\tHĐTĐKT xã\tTrước 20/6
1.2\tBáo cáo tổng kết\tPhòng VH-XH\tHĐTĐKT xã\tTrước 15/12

Trang 2
2\tHội nghị\t\t\t
2.1\tTổ chức Hội nghị tổng kết\tUBND xã\tCác thôn\tTháng 12

Kế hoạch TĐKT của xã
2.2\tTham dự Hội nghị tổng kết Cụm 4\tUBND xã\t\tTheo Giấy mời
"""


def test_numbers_in_levels_and_running_heads_between_the_rows(office: Office, calendar: WorkCalendar) -> None:
    read = read_plan(LEVELS.encode(), office=office, calendar=calendar)

    assert read == PlanReading(
        2026,
        TITLE,
        (
            planned(
                *(1, "II", "Báo cáo sơ kết 6 tháng đầu năm", date(2026, 6, 20), 6),
                lead="van_hoa_xa_hoi",
                cooperating=("hoi_dong_tdkt",),
                period="6 tháng đầu năm 2026",
            ),
            planned(
                *(2, "IV", "Báo cáo tổng kết", date(2026, 12, 15), 7),
                lead="van_hoa_xa_hoi",
                cooperating=("hoi_dong_tdkt",),
            ),
            planned(
                *(3, "IV", "Tổ chức Hội nghị tổng kết", date(2026, 12, 31), 11),
                cooperating=("cac_thon",),
                kind="conference",
                part="host",
            ),
            planned(
                *(4, "IV", "Tham dự Hội nghị tổng kết Cụm 4", date(2026, 12, 31), 14),
                kind="conference",
                part="attend",
                derived=("due",),
            ),
        ),
        (),
        (
            warning(
                4,
                "The numbers of the table cannot number the tasks (they begin anew, or have levels); the rows"
                " are numbered from 1.",
            ),
            warning(5, "“1 Công tác tham mưu” is taken as a heading, not as a task."),
            warning(10, "“2 Hội nghị” is taken as a heading, not as a task."),
            warning(13, "A line within the table is not read: “Kế hoạch TĐKT của xã”."),
            warning(
                14, "“Theo Giấy mời” names no day for task 4; derived: 2026-12-31, the end of quarter IV."
            ),
        ),
    )


def test_months_as_headings_give_derived_deadlines_and_numbers_that_begin_anew_are_counted_through(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        ("TT", "Nội dung", "Cơ quan thực hiện"),
        ("THÁNG 1",),
        ("1", "Báo cáo tổng kết năm 2025", "- UBND xã."),
        ("Tháng 6/2026",),
        ("1", "Báo cáo sơ kết", "- UBND xã."),
        ("2", "Hướng dẫn bình xét", "- UBND xã."),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert read == PlanReading(
        2026,
        TITLE,
        (
            planned(
                *(1, "I", "Báo cáo tổng kết năm 2025", date(2026, 1, 30), 6),
                period="năm 2025",
                derived=("due", "lead"),
            ),
            planned(*(2, "II", "Báo cáo sơ kết", date(2026, 6, 30), 8), derived=("due", "lead")),
            planned(
                *(3, "II", "Hướng dẫn bình xét", date(2026, 6, 30), 9),
                kind="guidance",
                derived=("due", "lead"),
            ),
        ),
        (),
        (
            warning(
                4, "The table gives no dates; deadlines are derived as the last working day of the quarter."
            ),
            warning(
                4,
                "The numbers of the table cannot number the tasks (they begin anew, or have levels); the rows"
                " are numbered from 1.",
            ),
        ),
    )


def test_a_word_plan_of_another_shape_is_read_as_its_text(office: Office, calendar: WorkCalendar) -> None:
    rows = [line.split("\t") for line in WARD.split("\n")[10:21]]
    document = word_plan(rows, title="\n".join(WARD.split("\n")[4:7]))

    text = read_plan(WARD.encode(), office=office, calendar=calendar)
    word = read_plan(saved(document), office=office, calendar=calendar)

    assert without_lines(word) == without_lines(text)
    assert [task.lines for task in word.tasks] == [(4,), (5,), (7,), (8,), (10,), (11,)]


HEADER = ("TT", "Nội dung", "Cơ quan thực hiện")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            [("QUÝ I",), ("1", "Báo cáo A", "UBND xã"), ("1", "Báo cáo B", "UBND xã")],
            Problem(7, "error", "Number 1 stands in line 6 already; give every task a number of its own."),
        ),
        (
            [("1", "Báo cáo A", "UBND xã")],
            Problem(
                5,
                "error",
                "Task 1 stands under no quarter and has no date to be read; add a row QUÝ … above it or write"
                " its date.",
            ),
        ),
        (
            [("QUÝ I",), ("1", "", "UBND xã")],
            Problem(6, "error", "Task 1 has no content; write it or delete the row."),
        ),
        (
            [("QUÝ I",), ("", "năm 2026", "UBND xã"), ("1", "Báo cáo", "UBND xã")],
            Problem(
                6,
                "error",
                "The row has no number and continues no task; number it or delete it: “năm 2026 UBND xã”.",
            ),
        ),
    ],
    ids=["number twice", "no quarter", "no content", "continues nothing"],
)
def test_what_cannot_be_read_is_an_error_with_its_line(
    rows: list[tuple[str, ...]], problem: Problem, office: Office, calendar: WorkCalendar
) -> None:
    read = read_plan(text_plan(HEADER, *rows), office=office, calendar=calendar)

    assert [found for found in read.problems if found.severity == "error"] == [problem]
    assert not read.importable


def test_a_title_without_a_year_is_an_error_unless_the_table_names_one(
    office: Office, calendar: WorkCalendar
) -> None:
    title = "KẾ HOẠCH công tác thi đua, khen thưởng"
    row = ("1", "Báo cáo A", "UBND xã")

    without = read_plan(text_plan(HEADER, ("QUÝ I",), row, title=title), office=office, calendar=calendar)
    named = read_plan(text_plan(HEADER, ("QUÝ I/2026",), row, title=title), office=office, calendar=calendar)

    assert without.problems == (
        Problem(
            None,
            "error",
            "The plan's title names no year; write it as in KẾ HOẠCH … năm 2026, or give it when importing.",
        ),
    )
    assert (named.year, named.tasks[0].due, named.importable) == (2026, date(2026, 3, 31), True)


def test_the_callers_year_counts_only_where_the_title_names_none(
    office: Office, calendar: WorkCalendar
) -> None:
    row = ("1", "Báo cáo A", "UBND xã")
    bare = text_plan(HEADER, ("QUÝ I",), row, title="KẾ HOẠCH công tác thi đua, khen thưởng")
    dated = text_plan(HEADER, ("QUÝ I",), row, title="KẾ HOẠCH công tác thi đua, khen thưởng năm 2026")

    given = read_plan(bare, office=office, calendar=calendar, year=2027)
    own = read_plan(dated, office=office, calendar=calendar, year=2027)

    assert (given.year, given.tasks[0].due, given.importable) == (2027, date(2027, 3, 31), True)
    assert (own.year, own.tasks[0].due) == (2026, date(2026, 3, 31))


def test_a_year_without_a_calendar_is_said(office: Office, calendar: WorkCalendar) -> None:
    title = "KẾ HOẠCH công tác thi đua, khen thưởng năm 2031"
    plan = text_plan(HEADER, ("QUÝ I",), ("1", "Báo cáo A", "UBND xã"), title=title)

    read = read_plan(plan, office=office, calendar=calendar)

    assert read.problems[0] == warning(
        None, "There is no calendar of 2031; last working days leave out weekends only."
    )
    assert read.tasks[0].due == date(2031, 3, 31)


def test_a_quarter_named_above_each_table_counts_for_its_rows(office: Office, calendar: WorkCalendar) -> None:
    text = f"""{TITLE}
Quý I
TT\tNội dung\tĐơn vị chủ trì\tThời gian
1\tBáo cáo tổng kết\tUBND xã\t

Quý III/2026
TT\tNội dung\tĐơn vị chủ trì\tThời gian
1\tBáo cáo sơ kết\tUBND xã\t
"""

    read = read_plan(text.encode(), office=office, calendar=calendar)

    assert read == PlanReading(
        2026,
        TITLE,
        (
            planned(1, "I", "Báo cáo tổng kết", date(2026, 3, 31), 4, derived=("due",)),
            planned(2, "III", "Báo cáo sơ kết", date(2026, 9, 30), 8, derived=("due",)),
        ),
        (),
        (
            warning(
                3,
                "The numbers of the table cannot number the tasks (they begin anew, or have levels); "
                "the rows are numbered from 1.",
            ),
            warning(4, "Task 1 has no date; 2026-03-31 is derived, the end of quarter I."),
            warning(8, "Task 2 has no date; 2026-09-30 is derived, the end of quarter III."),
        ),
    )


@pytest.mark.parametrize("numbers", [range(1, 13), ("I", "II", "III", "IV")], ids=["months", "quarters"])
@pytest.mark.parametrize("merged", [True, False], ids=["merged titles repeated", "left empty"])
def test_numbers_below_the_title_of_time_are_months_or_quarters(
    numbers: Sequence[int | str], merged: bool, office: Office, calendar: WorkCalendar
) -> None:
    titles = ("TT", "Nội dung", "Cơ quan thực hiện")
    width, third = len(numbers), ["x" if at == 2 else "" for at in range(len(numbers))]
    plan = text_plan(
        (*titles, "Thời gian", *[""] * (width - 1)),
        (*(titles if merged else ("", "", "")), *map(str, numbers)),
        ("1", "Báo cáo", "UBND xã", *third),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [(task.due, task.derived) for task in read.tasks] == [
        (date(2026, 3, 31) if width == 12 else date(2026, 9, 30), ("lead",))
    ]
    assert read.problems == ()


def test_lists_of_persons_and_budgets_are_no_tables_of_tasks(office: Office, calendar: WorkCalendar) -> None:
    document = word_plan([("TT", "Họ và tên", "Chức vụ", "Nhiệm vụ"), ("1", "A", "Chủ tịch", "Trưởng ban")])
    document.add_paragraph("Tiến độ thực hiện")
    add_table(
        document,
        [("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"), ("1", "Báo cáo", "UBND xã", "30/6")],
    )
    add_table(document, [("TT", "Nội dung", "Số lượng", "Thành tiền"), ("1", "Cờ", "10", "2.000.000")])

    read = read_plan(saved(document), office=office, calendar=calendar)

    assert [(task.content, task.lines) for task in read.tasks] == [("Báo cáo", (4,))]
    assert [problem.line for problem in read.problems] == [6]


def test_numbers_that_begin_anew_in_each_month_are_counted_through(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        ("Tháng", "TT", "Nội dung", "Cơ quan thực hiện"),
        ("1", "1", "Báo cáo", "UBND xã"),
        ("2", "1", "Hướng dẫn", "UBND xã"),
    )

    tasks = read_plan(plan, office=office, calendar=calendar).tasks

    assert [(task.number, task.due) for task in tasks] == [(1, date(2026, 1, 30)), (2, date(2026, 2, 27))]


@pytest.mark.parametrize(("issued", "year"), [("15 tháng 01 năm 2026", 2026), ("20 tháng 12 năm 2025", None)])
def test_a_title_without_a_year_takes_that_of_its_day_unless_the_year_is_ending(
    issued: str, year: int | None, office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        ("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"),
        ("1", "Báo cáo", "UBND xã", "Tháng 6"),
        title=f"Điềm He, ngày {issued}\nKẾ HOẠCH\nThi đua, khen thưởng",
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert (read.year, len(read.problems), read.importable) == (year, 1, year is not None)


def test_the_day_of_a_schedule_is_read_beside_the_hour(office: Office, calendar: WorkCalendar) -> None:
    plan = text_plan(
        ("Thứ, ngày", "Giờ", "Nội dung", "Thành phần"), ("Thứ Hai 14/9", "8h00", "Họp", "UBND xã")
    )

    assert [task.due for task in read_plan(plan, office=office, calendar=calendar).tasks] == [
        date(2026, 9, 14)
    ]


def test_lines_of_a_last_cell_are_joined_by_bullets_in_text(office: Office, calendar: WorkCalendar) -> None:
    plan = text_plan(
        ("Thời gian", "Nội dung", "Cơ quan thực hiện"),
        ("Tháng 1", "- Báo cáo"),
        ("- Hướng dẫn", "UBND xã"),
        ("Tháng 2", "- Họp", "UBND xã"),
    )
    listed = text_plan(
        ("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"),
        ("1", "Báo cáo", "UBND xã", "- Lần 1: 30/6"),
        ("- Lần 2: 31/12",),
        ("2", "Họp", "UBND xã", "- Nhỏ: 15/3"),
        ("- Lớn: 20/6",),
        ("3", "Thi", "UBND xã", "Xong trước 30/6"),
        ("Bổ sung 15/9",),
    )

    tasks = read_plan(plan, office=office, calendar=calendar).tasks
    lists = read_plan(listed, office=office, calendar=calendar).tasks

    assert [(task.content, task.bodies, task.due) for task in tasks] == [
        ("Báo cáo - Hướng dẫn", ("ubnd",), date(2026, 1, 30)),
        ("Họp", ("ubnd",), date(2026, 2, 27)),
    ]
    assert [task.due for task in lists] == [date(2026, 12, 31), date(2026, 6, 20), date(2026, 9, 15)]


def test_of_several_quarters_in_a_column_the_last_counts_and_a_share_done_is_no_time(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        ("TT", "Nội dung", "Cơ quan thực hiện", "Quý", "% hoàn thành"),
        ("1", "Báo cáo", "UBND xã", "II", "50%"),
        ("2", "Báo cáo", "UBND xã", "III, IV", "0"),
    )

    read = read_plan(plan, office=office, calendar=calendar)

    assert [task.quarter for task in read.tasks] == ["II", "IV"]
    assert [problem.message for problem in read.problems] == [
        "The column “% hoàn thành” is not read.",
        "The table gives no dates; deadlines are derived as the last working day of the quarter.",
    ]


def test_a_title_that_reviews_one_year_is_of_the_next_that_it_names(
    office: Office, calendar: WorkCalendar
) -> None:
    plan = text_plan(
        ("TT", "Nội dung", "Cơ quan thực hiện", "Thời gian"),
        ("1", "Họp", "UBND xã", "10/01"),
        title="KẾ HOẠCH\nTổng kết công tác năm 2025 và triển khai nhiệm vụ năm 2026",
    )

    assert read_plan(plan, office=office, calendar=calendar).year == 2026
