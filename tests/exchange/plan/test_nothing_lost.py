"""Whatever the rows of a table look like: each is a task, a part of one, or told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from exchange.plan.reading import read_plan
from tests.exchange.plan.plan_files import text_plan
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office

HEADER = ("TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian")
LABELS = (
    "",
    "1",
    "2",
    "3",
    "1.1",
    "1.2",
    "I",
    "II",
    "A",
    "a)",
    "-",
    "+",
    "WP1",
    "T1.1",
    "QUÝ II",
    "Cộng",
    "#",
)
OPENINGS = ("Báo cáo", "- Báo cáo", "báo cáo", "I. Công tác", "CÔNG TÁC", "1. Việc", "Tổng cộng:")
BODIES = ("", "UBND xã", "P. VH-XH, Công an xã", "nt", "(phối hợp)", "Chủ trì: UBND xã")
TIMES = ("", "Tháng 3", "31/12/2026", "nt", "Khi cần")
SHAPES = ("row", "row", "row", "first cell", "every cell", "line", "gap", "header", "short")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[tuple[str, ...]], list[str]]:
    cut = draw(st.sampled_from([0, 1]))
    header = HEADER[cut:]
    rows: list[tuple[str, ...]] = [header, ("1", "Báo cáo đầu năm", "UBND xã", "", "Tháng 1")[cut:]]
    marks = []
    for number in range(draw(st.integers(1, 9))):
        mark = f"ký{number}hiệu"
        content = f"{draw(st.sampled_from(OPENINGS))} {mark}"
        full = (
            *(draw(st.sampled_from(LABELS)), content, draw(st.sampled_from(BODIES))),
            *(draw(st.sampled_from(BODIES)), draw(st.sampled_from(TIMES))),
        )[cut:]
        shape = draw(st.sampled_from(SHAPES))
        shaped: dict[str, list[tuple[str, ...]]] = {
            "first cell": [(content, *[""] * (len(header) - 1))],
            "every cell": [(content,) * len(header)],
            # `I. Công tác` above other lines would be a section of the document, and end the table.
            "line": [(f"Báo cáo {mark}",)],
            "gap": [("",), full],
            "header": [header, full],
            "short": [full[:3], full[3:]],
        }
        rows += shaped.get(shape, [full])
        marks.append(mark)
    return [*rows, ("9", "Báo cáo cuối năm", "UBND xã", "", "Tháng 12")[cut:]], marks


@given(made=tables())
def test_every_row_of_a_table_is_a_task_a_part_of_one_or_told(
    made: tuple[list[tuple[str, ...]], list[str]], office: Office, calendar: WorkCalendar
) -> None:
    rows, marks = made
    plan = text_plan(*rows)

    read = read_plan(plan, office=office, calendar=calendar)

    lines = plan.decode().split("\n")
    wrong = {problem.line or 1 for problem in read.problems if problem.severity == "error"}
    said = " ".join(
        [
            *(lines[line - 1] for line in wrong),
            *(f"{task.content} {task.lead} {' '.join(task.cooperating)}" for task in read.tasks),
            *(problem.message for problem in read.problems),
        ]
    )
    assert [mark for mark in marks if mark not in said.casefold()] == []
