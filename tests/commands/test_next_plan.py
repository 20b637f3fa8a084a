"""`tdkt plan next`: the next year's plan from this one's rows, as a Word file that `plan import` reads."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.plan.kinds import classify
from runtime.office.looking import Looking
from runtime.office.settings import Options
from runtime.views.deadline_sheet import work_calendar
from runtime.views.next_plan import NextPlan, NextRow
from runtime.views.next_plan_paper import plan_file, read_back
from tests.commands.conftest import Tdkt
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER
from workflow.model.plan import QUARTERS

FIELDS = ("number", "quarter", "kind", "part", "bodies", "lead", "cooperating", "derived")
DECEMBER = ("--now", "2026-12-20T08:00")


@pytest.fixture
def here(tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    """The office in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tdkt


def plan_of(tdkt: Tdkt, file: str) -> Any:
    answer = tdkt("plan", "import", file, "--dry-run", "--json")
    assert answer.code == 0, answer.out
    return answer.json


def shipped_plan(tdkt: Tdkt) -> Any:
    file = Path(__file__).parents[2] / "definitions/offices/diem-he/ke-hoach-2026.txt"
    return plan_of(tdkt, str(file))


def test_the_plan_is_read_back_with_the_same_rows_kinds_leads_and_quarters_a_year_on(here: Tdkt) -> None:
    written = here("plan", "next", "2027", "-o", "ke-hoach-2027.docx")

    before, after = shipped_plan(here), plan_of(here, "ke-hoach-2027.docx")
    assert written.code == 0, written.err
    assert (after["year"], after["unknown_bodies"]) == (2027, [])
    assert after["title"] == "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2027"
    assert [[task[name] for name in FIELDS] for task in after["tasks"]] == [
        [task[name] for name in FIELDS] for task in before["tasks"]
    ]
    ends = {"I": "2027-03-31", "II": "2027-06-30", "III": "2027-09-30", "IV": "2027-12-31"}
    assert [task["due"] for task in after["tasks"]] == [ends[task["quarter"]] for task in before["tasks"]]
    assert after["tasks"][10]["period"] == "năm học 2026 – 2027"
    assert after["tasks"][17]["content"] == "Ban hành Kế hoạch công tác TĐKT năm 2028"


def test_a_plan_follows_upon_a_plan_that_followed(here: Tdkt) -> None:
    assert here("plan", "next", "2027", "-o", "2027.docx").code == 0
    assert here("plan", "import", "2027.docx", "--as", OFFICER, "--yes").code == 0

    again = here("plan", "next", "2028", "-o", "2028.docx")
    there = here("plan", "next", "2030", "-o", "2030.docx")

    assert again.code == 0, again.err
    assert plan_of(here, "2028.docx")["tasks"][0]["content"].startswith(
        "Báo cáo tổng kết công tác TĐKT năm 2027"
    )
    assert (there.code, there.err) == (
        2,
        "There is no plan of 2029 yet. Import one with tdkt plan import FILE.\n",
    )
    assert not Path("2030.docx").exists()


def test_the_file_alone_is_written_and_its_bytes_are_equal(here: Tdkt) -> None:
    before = here("audit", "verify", "--json").json

    first = here("plan", "next", "2027", "-o", "a.docx")
    second = here("plan", "next", "2027", "-o", "b.docx")
    third = here("plan", "next", "2027", "-o", "b.docx")

    assert (first.code, second.code, third.code) == (0, 0, 1)
    assert "b.docx exists already" in third.err
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()
    assert here("audit", "verify", "--json").json == before


def test_what_was_late_stopped_moved_or_beside_the_plan_is_told_with_a_proposal(here: Tdkt) -> None:
    steps = [
        ("deadline", "set", "T15", "10/11/2026", "--source", "Quy định", "--as", OFFICER),
        ("advance", "T07", "cancel", "--set", "reason=Tỉnh không tổ chức", "--as", CHAIR),
        (
            *("task", "add", "--content", "Xét khen thưởng đợt lũ năm 2026", "--paper", "15/CV-SNV"),
            *("--on", "2026-01-05", "--quarter", "II", "--kind", "award_review", "--as", OFFICER),
        ),
        ("task", "add", "T19", "--agree", "--as", STANDING_MEMBER),
        (
            *("task", "record", "T08", "--on", "2026-08-20", "--paper", "90/BC-UBND", "--as", OFFICER),
            *("--now", "2026-08-21T08:00"),
        ),
        ("task", "record", "T08", "--agree", "--as", STANDING_MEMBER),
    ]
    assert [(step, answer.err) for step in steps if (answer := here(*step)).code] == []

    told = {each["ref"]: each for each in here("plan", "next", "2027", "--json", *DECEMBER).json["remarks"]}
    page = " ".join(here("plan", "next", "2027", *DECEMBER).out.split())

    assert (told["T08"]["what"], told["T08"]["proposal"], told["T08"]["quarter"]) == ("late", "move", "III")
    assert (told["T08"]["days"], told["T08"]["done"]) == (51, "2026-08-20")
    assert (told["T01"]["what"], told["T01"]["proposal"]) == ("not_done", "keep")
    assert (told["T07"]["what"], told["T07"]["proposal"]) == ("stopped", "drop")
    assert (told["T15"]["due"], told["T15"]["next_due"]) == ("2026-11-10", "2027-11-10")
    assert (told["T19"]["number"], told["T19"]["proposal"]) == (None, "add")
    assert "It stays; to move it: --move T08=III" in page
    assert "Not taken in; to take it in: --add T19" in page
    assert "No file was written. Add -o FILE for a Word file." in page


def test_what_is_told_stands_beside_the_rows_as_comments_and_not_in_the_text(here: Tdkt) -> None:
    assert here("plan", "next", "2027", "-o", "a.docx", *DECEMBER).code == 0

    document = docx.Document("a.docx")
    beside = [comment.text for comment in document.comments]
    body = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)

    assert beside[0].startswith("Hạn 31/03/2026, đến nay chưa hoàn thành, quá hạn")
    assert "quá hạn" not in body + "\n".join(each.text for each in document.paragraphs)


def test_edits_are_made_before_the_file_is_written(here: Tdkt) -> None:
    assert here("deadline", "set", "T15", "10/11/2026", "--source", "Quy định", "--as", OFFICER).code == 0
    title = "Công tác thi đua, khen thưởng xã năm 2027"
    edits = ("--drop", "T05", "--keep-date", "T15", "--move", "t10=Quý III", "--title", title)

    answer = here("plan", "next", "2027", *edits, "-o", "a.docx")

    read = plan_of(here, "a.docx")
    tasks = {task["content"]: task for task in read["tasks"]}
    half = tasks[
        "Tổ chức sơ kết công tác TĐKT 6 tháng đầu năm và phương hướng, nhiệm vụ 6 tháng cuối năm 2027"
    ]
    guidance = tasks["Hướng dẫn tổng kết công tác TĐKT năm 2027"]
    assert answer.code == 0, answer.err
    assert (len(read["tasks"]), read["title"]) == (17, f"KẾ HOẠCH {title}")
    assert not [content for content in tasks if "Cụm 4 các xã nội địa năm 2026" in content]
    assert (half["quarter"], half["due"]) == ("III", "2027-09-30")
    assert (guidance["due"], "due" in guidance["derived"]) == ("2027-11-10", False)


def test_a_lead_that_people_chose_is_written_and_read_back(here: Tdkt) -> None:
    assert here("task", "lead", "T01", "ubnd", "--as", OFFICER).code == 0

    assert here("plan", "next", "2027", "-o", "a.docx").code == 0

    first = plan_of(here, "a.docx")["tasks"][0]
    assert (first["lead"], first["bodies"][0], "lead" in first["derived"]) == ("ubnd", "ubnd", False)


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        (("--drop", "T77"), "T77 is no row of the plan of 2026"),
        (("--add", "T05"), "T05 is no row of the plan of 2026 that can be edited here; there are: –."),
        (("--move", "T10"), "'T10' moves no row; write --move T10=III."),
        (("--title", "Công tác thi đua"), "The title names no year 2027"),
        (("--drop", "X"), "“X” is not a reference"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(
    here: Tdkt, edits: tuple[str, ...], said: str
) -> None:
    answer = here("plan", "next", "2027", *edits, "-o", "a.docx")

    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1
    assert not Path("a.docx").exists()


@pytest.mark.parametrize("approved", [False, True])
def test_the_issued_file_completes_the_row_that_issues_it(here: Tdkt, approved: bool) -> None:
    if approved:
        steps = [
            ("advance", "T18", "submit", "--as", OFFICER),
            ("advance", "T18", "review", "--set", "opinion=Nhất trí", "--as", SECRETARY),
            ("advance", "T18", "approve", "--as", CHAIR),
        ]
        assert [(step, answer.err) for step in steps if (answer := here(*step)).code] == []
    assert here("plan", "next", "2027", "-o", "a.docx").code == 0
    issued(Path("a.docx"), "Số: 02/KH-UBND", "Điềm He, ngày 11 tháng 01 năm 2027")
    then = ("--now", "2027-01-12T09:00")

    offered = here("plan", "import", "a.docx", "--as", OFFICER, *then)
    before = here("show", "2026/T18", "--json").json
    done = here("plan", "import", "a.docx", "--as", OFFICER, "--yes")
    if not approved:
        assert here("task", "record", "2026/T18", "--agree", "--as", STANDING_MEMBER).code == 0

    row = here("show", "2026/T18", "--json").json
    assert "2026/T18 (issuing the plan of 2027) can be completed with paper 02/KH-UBND" in offered.err
    assert (before["closed_on"], before["proposal"]) == (None, None)
    assert done.code == 0, done.err
    assert (row["state"], row["closed_on"]) == ("completed", "2027-01-11")


def issued(file: Path, number: str, dated: str) -> None:
    """Writes number and day into the draft, as a clerk does in Word."""
    document = docx.Document(str(file))
    cells = document.tables[0].rows[0].cells
    for cell, text in zip(cells, (number, dated), strict=True):
        first, *rest = cell.paragraphs[-1].runs
        first.text = text
        for run in rest:
            run.text = ""
    document.save(str(file))


# -- whatever the rows are -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def looking(prepared_sandbox: Path) -> Iterator[Looking]:
    options = Options(db=f"sqlite:///{prepared_sandbox}")
    with Looking(options, os.environ) as opened:
        yield opened


VERBS = (
    "Báo cáo tổng kết công tác TĐKT năm 2027",
    "Tổ chức hội nghị sơ kết",
    "Dự hội nghị do tỉnh tổ chức",
    "Hướng dẫn bình xét (đợt 2), các trường hợp",
    "Phát động phong trào “Chung sức”",
    "Xét khen thưởng năm học 2026 – 2027",
    "Ban hành Kế hoạch năm 2028",
    "Tham gia lớp bồi dưỡng; cử 02 cán bộ",
    "Tổng kết Cụm 4",
)
ENDS = ("", " năm 2027", " (lồng ghép)", " – đợt I")
BODIES = (
    *("ubnd", "hoi_dong_tdkt", "van_hoa_xa_hoi", "van_phong", "kinh_te", "mttq", "quan_su", "cong_an"),
    *("co_quan_lien_quan", "cac_thon", "cum_4", "thon-1", "truong-hoc", "tram_y_te"),
)


@st.composite
def rows(draw: st.DrawFn) -> tuple[NextRow, ...]:
    made = []
    quarters = sorted(draw(st.lists(st.sampled_from(QUARTERS), min_size=1, max_size=8)), key=QUARTERS.index)
    for number, quarter in enumerate(quarters, 1):
        bodies = tuple(draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=5, unique=True)))
        first = date(2027, QUARTERS.index(quarter) * 3 + 1, 1)
        days = draw(st.none() | st.integers(0, 88))
        due = None if days is None else first + timedelta(days)
        lead = bodies[0] if draw(st.booleans()) else None
        content = draw(st.sampled_from(VERBS)) + draw(
            st.sampled_from(("", " năm 2027", " (lồng ghép)", " – đợt I"))
        )
        made.append(NextRow(number, quarter, content, bodies, lead, due, f"T{number:02}"))
    return tuple(made)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=rows())
def test_any_rows_are_read_back_equal(looking: Looking, made: tuple[NextRow, ...]) -> None:
    plan = NextPlan(2027, "Công tác thi đua, khen thưởng năm 2027", made, ())

    read = read_back(looking, plan, plan_file(looking, plan))

    calendar, office = work_calendar(looking), looking.directory
    assert read.importable
    for row, task in zip(made, read.tasks, strict=True):
        guests = any((found := office.body(body)) and found.external for body in row.bodies)
        end = calendar.last_working_day_of_quarter(2027, QUARTERS.index(row.quarter) + 1)
        assert (task.number, task.quarter, task.content) == (row.number, row.quarter, row.content)
        assert (task.bodies, task.due) == (row.bodies, row.due or end)
        assert task.kind == classify(row.content, guests=guests).kind
        assert row.lead in (None, task.lead)


def test_the_paper_has_the_layout_of_the_decree(looking: Looking) -> None:
    row = NextRow(1, "I", "Báo cáo năm 2026", ("ubnd",), None, None, "T01")
    plan = NextPlan(2027, "Công tác thi đua, khen thưởng năm 2027", (row,), ())

    document = docx.Document(io.BytesIO(plan_file(looking, plan)))

    section: Any = document.sections[0]
    head = document.tables[0]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin, section.top_margin)] == [
        *(30, 17, 20)
    ]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    said = [" ".join(cell.paragraphs[-1].text.split()) for cell in head.rows[0].cells]
    assert said == ["Số: /KH-UBND", "Điềm He, ngày tháng năm 2027"]
    assert section.different_first_page_header_footer
    assert "BẢN THỬ" in [each.text for each in section.first_page_header.paragraphs]
    assert "PAGE" in section.header._element.xml
    assert [each.text for each in document.paragraphs if each.text][-1].endswith("./.")
    foot = document.tables[-1].rows[0].cells
    assert foot[0].text.startswith("Nơi nhận:")
    assert foot[0].text.endswith("- Lưu: VT, VHXH.")
    assert foot[1].text.startswith("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
