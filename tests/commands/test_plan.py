"""`tdkt plan`: importing a document, seeing what changed, and the board."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.board import drawn
from exchange.pages.board import Board, BoardCount, BoardQuarter, BoardTask
from storage.records import Entry
from storage.views import Reading
from tests.commands.conftest import Answer, Tdkt
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, SECRETARY, STANDING_MEMBER

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "definitions" / "offices" / "diem-he" / "ke-hoach-2026.txt"
HEAVY = ("sqlalchemy", "yaml", "transitions", "alembic", "logging", "docx")
TASK = [
    *("number", "quarter", "content", "bodies", "lead", "cooperating"),
    *("kind", "part", "period", "due", "derived"),
]

Variant = Callable[[dict[int, str | None]], Path]


@pytest.fixture
def variant(tmp_path: Path) -> Variant:
    """The shipped plan with rows replaced by number, or left out where there is None."""

    def made(rows: dict[int, str | None]) -> Path:
        lines = []
        for line in PLAN.read_text(encoding="utf-8").split("\n"):
            number = line.partition("\t")[0]
            replacement = rows.get(int(number), line) if number.isdecimal() else line
            lines += [] if replacement is None else [replacement]
        path = tmp_path / "plan.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return made


@pytest.fixture
def real(bare: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    """A real office that has no plan yet."""
    monkeypatch.setenv("TDKT_DB", str(tmp_path / "real.db"))
    assert bare("init", "--started-on", "2026-01-01").code == 0
    return bare


def entries(path: Path, **narrowed: Any) -> list[Entry]:
    with Reading(f"sqlite:///{path}") as reading:
        logs = reading.logs("diem-he")
        return [entry for log in logs for entry in reading.entries("diem-he", log, **narrowed)]


# Reading without writing


def test_a_dry_run_without_any_database_reads_by_the_shipped_office(
    bare: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "nothing" / "tdkt.db"
    monkeypatch.setenv("TDKT_DB", str(place))

    answer = bare("plan", "import", str(PLAN), "--dry-run", "--json")

    read = answer.json
    assert answer.code == 0
    assert list(read) == ["year", "title", "tasks", "unknown_bodies", "problems", "diff"]
    assert (read["year"], len(read["tasks"]), read["unknown_bodies"]) == (2026, 18, [])
    assert list(read["tasks"][4]) == TASK
    assert read["tasks"][4] == {
        "number": 5,
        "quarter": "I",
        "content": "Tổng kết công tác thi đua, khen thưởng Cụm 4 các xã nội địa năm 2025",
        "bodies": ["hoi_dong_tdkt", "cum_4"],
        "lead": "hoi_dong_tdkt",
        "cooperating": ["cum_4"],
        "kind": "conference",
        "part": "attend",
        "period": "năm 2025",
        "due": "2026-03-31",
        "derived": ["due", "lead", "cooperating", "part"],
    }
    assert {problem["severity"] for problem in read["problems"]} == {"warning"}
    assert [change["change"] for change in read["diff"]] == ["added"] * 18
    assert not place.parent.exists()


def test_a_dry_run_takes_the_office_that_is_named(
    bare: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_DB", str(tmp_path / "none.db"))

    named = bare("plan", "import", str(PLAN), "--dry-run", "--json", "--office", "diem-he")
    unknown = bare("plan", "import", str(PLAN), "--dry-run", "--json", "--office", "nowhere")

    assert (named.code, len(named.json["tasks"])) == (0, 18)
    assert (unknown.code, unknown.out) == (2, "")


def test_a_dry_run_of_the_imported_plan_differs_in_nothing(tdkt: Tdkt) -> None:
    answer = tdkt("plan", "import", str(PLAN), "--dry-run", "--json")

    assert (answer.code, answer.json["diff"], len(answer.json["tasks"])) == (0, [], 18)


def test_a_dry_run_tells_each_difference_and_writes_nothing(
    tdkt: Tdkt, database: Path, variant: Variant
) -> None:
    before = database.read_bytes()
    document = variant({13: None, 18: "18\tBan hành Kế hoạch năm 2027\t- UBND xã."})

    diff = tdkt("plan", "import", str(document), "--dry-run", "--json").json["diff"]

    assert [(each["change"], each["number"], each["field"]) for each in diff] == [
        ("removed", 13, None),
        ("changed", 18, "content"),
        ("changed", 18, "bodies"),
        ("changed", 18, "lead"),
        ("changed", 18, "cooperating"),
        ("changed", 18, "derived"),
    ]
    assert (diff[2]["old"], diff[2]["new"]) == (["ubnd", "hoi_dong_tdkt", "van_hoa_xa_hoi"], ["ubnd"])
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty; choose the file that holds the plan."),
        (b"%PDF-1.7", "This is a scan (a PDF of pictures without text); ask the issuing office"),
    ],
)
def test_a_document_that_cannot_be_read_is_one_mistake_with_its_cure(
    tdkt: Tdkt, tmp_path: Path, content: bytes, message: str
) -> None:
    document = tmp_path / "plan.pdf"
    document.write_bytes(content)

    told = tdkt("plan", "import", str(document), "--dry-run")
    data = tdkt("plan", "import", str(document), "--dry-run", "--json")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"{document}: {message}")
    assert data.code == 1
    assert [(each["line"], each["severity"]) for each in data.json["problems"]] == [(None, "error")]


# Importing


def test_a_new_plan_becomes_tasks_and_tells_what_was_derived(real: Tdkt) -> None:
    answer = real("plan", "import", str(PLAN), "--as", OFFICER)

    assert answer.code == 0
    assert answer.out.splitlines() == [
        "The plan of 2026: 18 tasks were read.",
        "Derived, because the document does not say it; please confirm:",
        "  Due             2026-03-31 (T01–T06); 2026-06-30 (T07–T12); 2026-09-30 (T13);"
        " 2026-12-31 (T14–T18)",
        "  Lead            Phòng VH-XH (T01–T04, T06–T18); Hội đồng TĐKT xã (T05)",
        "  Co-operating    T01–T18",
        "  Host or attend  Attend (T05)",
        "The plan of 2026 was imported: 18 tasks.",
    ]
    assert f"{PLAN}:22: warning: The table gives no dates;" in answer.err
    assert len(real("task", "list", "--json").json) == 18


def test_the_same_plan_again_writes_nothing(real: Tdkt, tmp_path: Path) -> None:
    real("plan", "import", str(PLAN), "--as", OFFICER)
    before = (tmp_path / "real.db").read_bytes()

    answer = real("plan", "import", str(PLAN), "--as", SECRETARY)

    assert (answer.code, answer.out) == (0, "The plan of 2026 is the same; nothing was written.\n")
    assert (tmp_path / "real.db").read_bytes() == before


def test_who_may_not_import_is_refused_told_who_can_and_logged(tdkt: Tdkt, database: Path) -> None:
    answer = tdkt("plan", "import", str(PLAN), "--as", ADMINISTRATOR, "--json")

    assert answer.code == 1
    assert [(each["rule"], each["who_can"]) for each in answer.refusal["reasons"]] == [
        ("role", [STANDING_MEMBER, SECRETARY, OFFICER])
    ]
    (entry,) = entries(database, refused=True)
    assert (entry.event, entry.actor, entry.role, entry.ref) == ("import", ADMINISTRATOR, None, None)
    assert json.loads(entry.data)["rules"] == ["role"]


def test_mistakes_of_the_document_are_told_by_line_and_nothing_is_written(
    real: Tdkt, tmp_path: Path, variant: Variant
) -> None:
    document = variant({2: "1\tViệc trùng số\t- UBND xã."})
    before = (tmp_path / "real.db").read_bytes()

    answer = real("plan", "import", str(document), "--as", OFFICER)

    mistakes = [line for line in answer.err.splitlines() if ": warning: " not in line]
    assert (answer.code, answer.out) == (1, "")
    assert mistakes[0].startswith(f"{document} has 1 mistake; nothing was written.")
    assert [line.rpartition("plan.txt:")[2].partition(":")[0] for line in mistakes[1:]] == ["25"]
    assert (tmp_path / "real.db").read_bytes() == before


def test_a_changed_plan_is_shown_and_without_an_answer_not_imported(
    tdkt: Tdkt, database: Path, variant: Variant
) -> None:
    document = variant({18: "18\tBan hành Kế hoạch năm 2027\t- UBND xã."})

    answer = tdkt("plan", "import", str(document), "--as", OFFICER)

    assert answer.code == 1
    assert answer.out == (
        "T18  Content: Ban hành Kế hoạch công tác TĐKT năm 2027 → Ban hành Kế hoạch năm 2027\n"
        "T18  Bodies: UBND xã; Hội đồng TĐKT xã; Phòng VH-XH → UBND xã\n"
        "T18  Lead: Phòng VH-XH → UBND xã\n"
        "T18  Co-operating: UBND xã; Hội đồng TĐKT xã → none\n"
        "T18  Derived: Due; Lead; Co-operating → Due; Lead\n"
    )
    assert answer.err.endswith(
        "The plan of 2026 differs from the imported one in 5 places. Look at them, then confirm, or add"
        " --yes.\nNot confirmed, so nothing was changed. Repeat and confirm, or add --yes.\n"
    )
    assert len(entries(database, event="import")) == 19


def test_a_changed_plan_is_imported_when_it_is_agreed(tdkt: Tdkt, database: Path, variant: Variant) -> None:
    document = variant({18: "18\tBan hành Kế hoạch năm 2027\t- UBND xã.\n19\tHọp tổng kết\t- UBND xã."})

    answer = tdkt("plan", "import", str(document), "--as", OFFICER, "--yes", "--json")
    again = tdkt("plan", "import", str(document), "--as", OFFICER)

    assert (answer.code, [answer.json[name] for name in ("added", "changed", "kept")]) == (0, [1, 1, 17])
    assert again.out == "The plan of 2026 is the same; nothing was written.\n"
    assert len(entries(database, event="import")) == 21


def test_a_row_that_vanished_is_told_and_kept_until_the_chair_cancels_it(
    tdkt: Tdkt, database: Path, variant: Variant
) -> None:
    document = variant({13: None})
    before = database.read_bytes()

    told = tdkt("plan", "import", str(document), "--as", OFFICER)
    unwritten = database.read_bytes() == before
    tdkt("advance", "T13", "cancel", "--as", CHAIR, "--set", "reason=x")
    afterwards = tdkt("plan", "import", str(document), "--as", OFFICER)

    assert (told.code, unwritten) == (0, True)
    assert told.out.startswith("T13  No longer in the document: Phát động")
    assert "tdkt --as chu-tich advance T13 cancel --set reason=…" in told.err
    assert afterwards.out == "The plan of 2026 is the same; nothing was written.\n"


def test_an_unknown_body_is_listed_with_its_cure_and_imported_as_written(
    real: Tdkt, variant: Variant
) -> None:
    document = variant({18: "18\tBan hành Kế hoạch năm 2027\t- UBND xã. - Hội Chữ thập đỏ xã."})

    answer = real("plan", "import", str(document), "--as", OFFICER)

    assert answer.code == 0
    assert (
        "The directory lacks: “Hội Chữ thập đỏ xã”. Add the body or its spelling, raise version, then"
        " adopt: tdkt definition export office/diem-he; tdkt definition adopt …/2.yaml"
    ) in answer.err
    assert real("task", "list", "--json").json[17]["bodies"] == ["ubnd", "Hội Chữ thập đỏ xã"]


def test_the_year_option_serves_a_title_without_one_and_contradicts_no_other(
    real: Tdkt, tmp_path: Path
) -> None:
    document = tmp_path / "plan.txt"
    document.write_text(
        "KẾ HOẠCH\nCông tác thi đua, khen thưởng\n\nTT\tNội dung\tCơ quan thực hiện\n"
        "QUÝ I\t\t\n1\tBáo cáo tổng kết\t- UBND xã.\n",
        encoding="utf-8",
    )

    without = real("plan", "import", str(document), "--dry-run", "--json")
    given = real("plan", "import", str(document), "--dry-run", "--json", "--year", "2027")
    against = real("plan", "import", str(PLAN), "--dry-run", "--json", "--year", "2027")

    assert (without.code, without.json["year"]) == (1, None)
    assert (given.code, given.json["year"], given.json["tasks"][0]["due"]) == (0, 2027, "2027-03-31")
    assert (against.code, against.refusal["error"]) == (2, "plan_other_year")


# The board


def test_the_board_as_data_has_four_quarters_of_the_lists_tasks(tdkt: Tdkt) -> None:
    board = tdkt("plan", "show", "--json").json
    listed = tdkt("task", "list", "--json").json

    assert {name: board[name] for name in ("year", "title", "office")} == {
        "year": 2026,
        "title": "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026",
        "office": "diem-he",
    }
    assert [(each["quarter"], len(each["tasks"])) for each in board["quarters"]] == [
        ("I", 6),
        ("II", 6),
        ("III", 1),
        ("IV", 5),
    ]
    assert [task for each in board["quarters"] for task in each["tasks"]] == listed


def test_the_board_tells_late_soon_waiting_and_derived_in_a_hundred_columns(tdkt: Tdkt) -> None:
    tdkt("advance", "T05", "cancel", "--as", CHAIR, "--set", "reason=x")
    tdkt("advance", "T08", "submit", "--as", OFFICER)

    lines = tdkt("plan", "show", "--now", "2026-06-20").out.splitlines()

    rows = {line[:3]: re.split(" {2,}", line)[2:] for line in lines if re.match(r"T\d\d ", line)}
    assert max(map(len, lines)) <= 100
    assert lines[0].startswith("Điềm He: KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026")
    assert lines[0].endswith("2026-06-20  [SANDBOX]")
    assert list(rows) == [f"T{number:02}" for number in range(1, 19)]
    assert rows["T01"] == ["Being drafted", "31 Mar*", "81 days overdue"]
    assert rows["T04"] == ["Awaiting", "31 Mar*", "Waiting"]
    assert rows["T05"] == ["Cancelled", "31 Mar"]
    assert rows["T08"][1:] == ["30 Jun*", "Due soon"]
    assert rows["T13"] == ["In preparation", "30 Sep*"]
    assert lines[-2:] == [
        "Tasks: 18  Done: 0  In progress: 10  Late: 4  Waiting for others: 3  Cancelled: 1",
        "* Derived by the software, not approved",
    ]


def test_a_done_task_keeps_its_due_date_without_a_sign(tdkt: Tdkt) -> None:
    adopted = "task adopt T01 --on 2025-12-30 --paper 05/BC-UBND --as thuong-truc"
    assert tdkt(*adopted.split()).code == 0

    lines = tdkt("plan", "show").out.splitlines()

    row = next(line for line in lines if line.startswith("T01"))
    assert row.split()[-5:] == ["31", "Mar", "Done", "on", "time"]
    assert "Done: 1" in lines[-2]


def test_a_year_without_a_plan_is_said(real: Tdkt) -> None:
    answer = real("plan", "show", "--json")

    assert (answer.code, answer.refusal["error"]) == (2, "no_plan_at_all")


def test_the_page_is_written_once_and_over_nothing_unasked(tdkt: Tdkt, tmp_path: Path) -> None:
    page = tmp_path / "new" / "board.html"

    first = tdkt("plan", "show", "--html", str(page))
    written = page.read_text(encoding="utf-8")
    page.write_text("mine", encoding="utf-8")
    second = tdkt("plan", "show", "--html", str(page), "--json")
    kept = page.read_text(encoding="utf-8")
    third = tdkt("plan", "show", "--html", str(page), "--yes")

    assert (first.code, first.out) == (0, f"Written to {page}.\n")
    assert "Quarter IV" in written
    assert (second.code, second.refusal["error"], kept) == (1, "file_exists", "mine")
    assert (third.code, page.read_text(encoding="utf-8")) == (0, written)
    assert [each.name for each in page.parent.iterdir()] == ["board.html"]


def test_a_page_that_cannot_be_written_is_one_sentence(tdkt: Tdkt, tmp_path: Path) -> None:
    answer = tdkt("plan", "show", "--html", str(tmp_path))

    assert answer.code == 1
    assert answer.err == (
        f"{tmp_path} cannot be written: Is a directory. Choose another place, then repeat.\n"
    )


def test_looking_loads_nothing_heavy(database: Path) -> None:
    program = (
        "import sys\nfrom cli import door\nfrom commands.failures import run\n"
        "assert run(door(), sys.argv[1:]) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )

    for words in (["plan", "show"], ["office", "show"], ["office", "people"], ["office", "bodies"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *words, "--db", str(database)],
            capture_output=True,
            cwd=ROOT,
            encoding="utf-8",
            check=True,
        )
        assert done.stderr == "[]\n", words


def board_with(tasks: tuple[BoardTask, ...], **changes: Any) -> Board:
    fields: dict[str, Any] = {
        "office": "Điềm He",
        "title": "Kế hoạch",
        "day": "05/01/2026",
        "mark": None,
        "language": "vi",
        "headings": ("Nhiệm vụ", "Chủ trì", "Trạng thái", "Thời hạn", "Tiến độ"),
        "quarters": (BoardQuarter("Quý I", tasks),),
        "counts": (BoardCount("Số nhiệm vụ", len(tasks)),),
    }
    return Board(**{**fields, **changes})


LONG = BoardTask(
    ref="T01",
    content="Tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2025",
    lead="",
    cooperating="",
    state="Chờ giấy mời / đang chuẩn bị tham dự",
    due="31/03/2026",
    short_due="31/03",
    due_marks="*",
    progress="Quá hạn 10 ngày",
    brief="Quá hạn 10 ngày",
    tone="late",
)


@pytest.mark.parametrize("width", [72, 80, 100, 140])
def test_the_board_keeps_to_its_width_and_cuts_at_words(width: int) -> None:
    lines = drawn(board_with((LONG,)), width=width)

    row = next(line for line in lines if line.startswith("T01"))
    assert max(map(len, lines)) == width
    assert row.endswith("31/03*    Quá hạn 10 ngày")
    assert "/…" not in row


def test_a_board_without_tasks_has_its_quarters_all_the_same() -> None:
    assert drawn(board_with(()), width=72) == [
        "Điềm He: Kế hoạch" + " " * 45 + "05/01/2026",
        "  Nhiệm vụ  Trạng thái  Thời hạn  Tiến độ",
        "── Quý I " + "─" * 63,
        "─" * 72,
        "Số nhiệm vụ: 0",
    ]


def test_colours_change_no_word_and_come_only_where_they_are_wanted() -> None:
    board = board_with((LONG,), mark="BẢN THỬ")

    coloured = drawn(board, coloured=True)

    assert any("\x1b[" in line for line in coloured)
    assert [_bare(line).rstrip() for line in coloured] == drawn(board)


def _bare(line: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", line)


def test_a_question_is_answered_by_nobody_without_a_terminal(tdkt: Tdkt, variant: Variant) -> None:
    document = variant({18: "18\tBan hành Kế hoạch năm 2027\t- UBND xã."})

    answer: Answer = tdkt("plan", "import", str(document), "--as", OFFICER, "--json")

    assert (answer.code, answer.out, answer.refusal["error"]) == (1, "", "not_confirmed")
