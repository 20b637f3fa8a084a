"""Who leads a row and who helps, by its columns and by what its cells say themselves."""

from __future__ import annotations

import pytest

from exchange.plan.reading import read_plan
from tests.exchange.plan.plan_files import text_plan
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import PlanTask

BOTH, LEAD, HELP = "Cơ quan thực hiện", "Đơn vị chủ trì", "Đơn vị phối hợp"


def read(titles: tuple[str, ...], cells: tuple[str, ...], office: Office, calendar: WorkCalendar) -> PlanTask:
    header, row = ("TT", "Nội dung", *titles, "Thời gian"), ("1", "Báo cáo", *cells, "Tháng 3")
    (task,) = read_plan(
        text_plan(header, tuple(cell.replace("\n", "\v") for cell in row)), office=office, calendar=calendar
    ).tasks
    return task


@pytest.mark.parametrize(
    ("titles", "cells"),
    [
        ((BOTH,), ("Chủ trì: Phòng VH-XH; phối hợp: các thôn, CA xã",)),
        ((BOTH,), ("- Cơ quan chủ trì: Phòng VH-XH\n- Đơn vị phối hợp: các thôn; CA xã",)),
        ((BOTH,), ("Phòng VH-XH chủ trì, phối hợp với các thôn và CA xã",)),
        ((BOTH,), ("Phòng VH-XH phối hợp với các thôn, CA xã",)),
        ((BOTH,), ("Phòng VH-XH phối hợp các thôn, CA xã",)),
        ((BOTH,), ("Phòng VH-XH (chủ trì), các thôn (phối hợp), CA xã (phối hợp)",)),
        ((BOTH,), ("- Phòng VH-XH: Chủ trì\n- Các thôn: Phối hợp\n- CA xã: Phối hợp",)),
        ((BOTH,), ("Các thôn (phối hợp); CA xã (phối hợp); Phòng VH-XH (cơ quan chủ trì)",)),
        ((BOTH,), ("Giao Phòng VH-XH chủ trì, phối hợp với các thôn, CA xã",)),
        ((LEAD,), ("Phòng VH-XH tham mưu; các thôn phối hợp thực hiện; CA xã (phối hợp)",)),
        ((LEAD,), ("Phòng VH-XH; các thôn (phối hợp), CA xã (phối hợp)",)),
        ((LEAD,), ("Phòng VH-XH\nPhối hợp: các thôn, CA xã",)),
        ((LEAD, HELP), ("Chủ trì: Phòng VH-XH", "Phối hợp với: các thôn, CA xã")),
        ((LEAD, HELP), ("P. VH-XH", "- Các thôn\n- CA xã")),
        ((LEAD, HELP), ("P. VH-XH", "Phối hợp với các thôn, CA xã")),
        (("Cơ quan soạn thảo", HELP), ("P. VH-XH", "Các thôn; CA xã")),
        (("Đơn vị thực hiện", HELP), ("P. VH-XH", "Các thôn; CA xã")),
        (("Người/bộ phận phụ trách", HELP), ("P. VH-XH", "Các thôn; CA xã")),
        (("Người phụ trách chính", HELP), ("P. VH-XH", "Các thôn; CA xã")),
    ],
)
def test_the_lead_and_the_helpers_are_told_by_column_label_remark_or_phrase(
    titles: tuple[str, ...], cells: tuple[str, ...], office: Office, calendar: WorkCalendar
) -> None:
    task = read(titles, cells, office, calendar)

    assert (task.lead, task.cooperating, task.derived) == ("van_hoa_xa_hoi", ("cac_thon", "cong_an"), ())


def test_other_words_in_brackets_after_a_known_body_are_told(office: Office, calendar: WorkCalendar) -> None:
    plan = text_plan(
        ("TT", "Nội dung", LEAD, "Thời gian"), ("1", "Báo cáo", "UBND xã (bộ phận một cửa)", "Tháng 3")
    )

    found = read_plan(plan, office=office, calendar=calendar, language="vi")

    assert [(problem.line, problem.message) for problem in found.problems] == [
        (5, "Phần trong ngoặc “(bộ phận một cửa)” của UBND xã không được đọc.")
    ]
