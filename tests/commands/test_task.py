"""`tdkt task`, `show`, `inbox`, `why` and `advance` on a fresh sandbox."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import NO_VOTE, given, way
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE

TASK_FIELDS = [
    "ref",
    "year",
    "number",
    "quarter",
    "content",
    "kind",
    "bodies",
    "lead",
    "state",
    "due",
    "derived",
    "late",
    "version",
]


def test_the_list_has_the_plans_eighteen_tasks_in_order(tdkt: Tdkt) -> None:
    rows = tdkt("task", "list", "--json").json

    assert [row["ref"] for row in rows] == [f"T{number:02}" for number in range(1, 19)]
    assert list(rows[0])[: len(TASK_FIELDS)] == TASK_FIELDS
    assert {
        name: rows[0][name] for name in ("number", "quarter", "kind", "lead", "state", "due", "derived")
    } == {
        "number": 1,
        "quarter": "I",
        "kind": "report",
        "lead": "van_hoa_xa_hoi",
        "state": "drafted",
        "due": "2026-03-31",
        "derived": True,
    }


def test_the_list_is_narrowed_by_quarter_state_and_lateness(tdkt: Tdkt) -> None:
    tdkt("advance", "T13", "submit", "--as", OFFICER)

    third = tdkt("task", "list", "--quarter", "III", "--json").json
    submitted = tdkt("task", "list", "--state", "submitted", "--json").json
    late = tdkt("task", "list", "--late", "--json", "--now", "2026-04-01").json

    assert [row["ref"] for row in third] == ["T13"]
    assert [row["ref"] for row in submitted] == ["T13"]
    assert [row["ref"] for row in late] == ["T01", "T02", "T03", "T06"]


def test_a_task_is_due_on_its_day_and_overdue_on_the_next(tdkt: Tdkt) -> None:
    on_the_day = tdkt("task", "list", "--late", "--json", "--now", "2026-03-31T23:59").json
    next_morning = tdkt("task", "list", "--late", "--json", "--now", "2026-04-01T00:00").json

    assert on_the_day == []
    assert len(next_morning) == 4


def test_tasks_done_before_are_adopted_in_one_command(tdkt: Tdkt) -> None:
    answer = tdkt(
        "task",
        "adopt",
        "T01..T03",
        "--on",
        "30/12/2025",
        "--paper",
        "Số 05/BC-UBND",
        "--as",
        STANDING_MEMBER,
        "--json",
        "--yes",
    )

    assert answer.code == 0
    assert [(row["ref"], row["to"]) for row in answer.json] == [
        ("T01", "completed"),
        ("T02", "completed"),
        ("T03", "completed"),
    ]
    assert tdkt("task", "show", "T01", "--json").json["closed_on"] == "2025-12-30"


def test_what_the_plan_does_not_name_has_a_standing_place(tdkt: Tdkt) -> None:
    counted = tdkt("plan", "show").out.splitlines()[-2]
    row = ("--task", "nkh", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat")
    made = tdkt("dossier", "new", *row, "--as", VILLAGE)
    listed = tdkt("dossier", "list", "--task", "2026/NKH", "--json").json
    place = tdkt("show", "NKH", "--json").json
    board = tdkt("plan", "show").out.splitlines()
    moved = tdkt("advance", "NKH", "submit", "--as", OFFICER, "--json")
    ticked = tdkt("tick", "--now", "2027-03-01T08:00", "--json")

    assert (made.code, made.err) == (0, "")
    assert [(dossier["ref"], dossier["task"]) for dossier in listed] == [("D0001", "NKH")]
    assert (place["state"], place["quarter"], place["due"], place["owners"]) == ("standing", "", None, [])
    assert board[-1] == "NKH Beside the plan: 1 dossier, 0 of them closed"
    assert board[-3] == counted
    assert len(tdkt("task", "list", "--json").json) == 18
    assert (moved.code, moved.refusal["error"]) == (2, "unknown_event")
    assert ticked.code == 0
    assert "NKH" not in {notice["ref"] for notice in tdkt("notice", "list", "--json").json}


def test_a_place_is_made_where_a_plan_of_before_lacks_it(tdkt: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        for table in ("task", "item"):
            connection.execute(f"DELETE FROM {table} WHERE ref = 'NKH'")
    row = ("--task", "NKH", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat")

    made = tdkt("dossier", "new", *row, "--as", VILLAGE)

    assert (made.code, made.err) == (0, "")
    assert tdkt("show", "NKH", "--json").json["dossiers"][0]["ref"] == "D0001"


def test_a_task_that_only_forwarded_dossiers_says_so_everywhere(tdkt: Tdkt) -> None:
    row = ("--task", "T17", "--from", VILLAGE, "--title", "bkt", "--type", "dot_xuat")
    steps = [
        ("dossier", "new", *row, "--as", VILLAGE),
        ("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn Thị A", "--as", VILLAGE),
        *way("approved", votes=NO_VOTE),
        (
            *("advance", "D0001", "forward", *given("paper_number=08/TTr-UBND", "paper_date=05/01/2026")),
            *("--as", CHAIR),
        ),
        ("advance", "T17", "submit", "--as", OFFICER),
        ("advance", "T17", "review", "--set", "opinion=Đồng ý", "--as", SECRETARY),
        ("advance", "T17", "approve", "--as", CHAIR),
    ]
    assert [(step, answer.err) for step in steps if (answer := tdkt(*step)).code] == []

    expects = tdkt("why", "T17", "complete", "--as", OFFICER, "--json").json["expects"]
    done = tdkt("advance", "T17", "complete", "--as", OFFICER)

    assert "no_award_reason" not in expects
    said = "Completed (sent to the superior level): 1"
    assert done.out.startswith(f"T17  Complete: Result approved → {said}\n")
    assert tdkt("task", "show", "T17", "--json").json["forwarded"] == 1
    assert said in tdkt("show", "T17").out
    assert said in tdkt("audit", "log").out
    assert "no awards" not in tdkt("task", "list").out


@pytest.fixture
def next_plan(tdkt: Tdkt, tmp_path: Path) -> Tdkt:
    """The office in January 2027 with a second plan, like the first one year on; 2026/T16 is completed."""
    shipped = Path(__file__).parents[2] / "definitions/offices/diem-he/ke-hoach-2026.txt"
    years = re.compile("2025|2026")
    text = years.sub(lambda year: str(int(year[0]) + 1), shipped.read_text(encoding="utf-8"))
    plan = tmp_path / "ke-hoach-2027.txt"
    plan.write_text(text, encoding="utf-8")
    steps = [
        ("task", "record", "T16", "--on", "2026-12-28", "--paper", "90/BC-UBND", "--as", OFFICER),
        ("task", "record", "T16", "--agree", "--as", STANDING_MEMBER),
        ("plan", "import", str(plan), "--as", OFFICER, "--now", "2027-01-12T09:00"),
    ]
    later = [(*steps[0], "--now", "2026-12-29T09:00"), *steps[1:]]
    assert [(step, answer.err) for step in later if (answer := tdkt(*step)).code] == []
    return tdkt


def test_a_row_of_the_next_plan_takes_over_the_report_of_the_year(next_plan: Tdkt) -> None:
    page = " ".join(next_plan("show", "2027/T01").out.split())
    why = next_plan("why", "2027/T01", "adopt_same", "--as", STANDING_MEMBER, "--json").json
    adopt = ("task", "adopt", "2027/T01", "--as", STANDING_MEMBER)
    other = next_plan(*adopt, "--same-as", "2026/T14", "--json")
    forged = next_plan(
        *("advance", "2027/T01", "adopt_same", "--as", STANDING_MEMBER, "--json"),
        *("--set", "same_as=2026/T16", "--set", "paper=1/BC-UBND", "--set", "date=2026-12-28"),
    )
    done = next_plan(*adopt, "--same-as", "2026/T16")

    assert "Paper 90/BC-UBND of 2026-12-28 from 2026/T16, the same work" in page
    assert why["allowed"]
    assert [reason["rule"] for reason in other.refusal["reasons"]] == ["same_row"]
    assert [reason["rule"] for reason in forged.refusal["reasons"]] == ["same_row"]
    assert done.code == 0
    assert next_plan("show", "2027/T01", "--json").json["closed_on"] == "2026-12-28"


def test_importing_the_issued_plan_proposes_to_complete_the_row_that_issues_it(
    next_plan: Tdkt, tmp_path: Path
) -> None:
    draft = tmp_path / "ke-hoach-2027.txt"
    plan = tmp_path / "ban-hanh.txt"
    head = "ỦY BAN NHÂN DÂN\nXÃ ĐIỀM HE\nSố: 02/KH-UBND\nĐiềm He, ngày 11 tháng 01 năm 2027\n\n"
    plan.write_text(head + draft.read_text(encoding="utf-8"), encoding="utf-8")

    offered = next_plan("plan", "import", str(plan), "--as", OFFICER)
    before = next_plan("show", "2026/T18", "--json").json["proposal"]
    asked = next_plan("plan", "import", str(plan), "--as", OFFICER, "--yes")
    agreed = next_plan("task", "record", "2026/T18", "--agree", "--as", STANDING_MEMBER)
    again = next_plan("plan", "import", str(plan), "--as", OFFICER, "--yes")

    assert "2026/T18 (issuing the plan of 2027) can be completed with paper 02/KH-UBND" in offered.err
    assert before is None
    assert (asked.code, agreed.code) == (0, 0)
    assert "2026/T18  Record what was done on paper" in asked.out
    done = next_plan("show", "2026/T18", "--json").json
    assert (done["state"], done["closed_on"]) == ("completed", "2027-01-11")
    assert "T18" not in again.out + again.err


def test_a_task_that_came_up_is_proposed_by_one_and_agreed_to_by_another(tdkt: Tdkt, tmp_path: Path) -> None:
    new = ("task", "add", "--content", "Xét khen thưởng đợt lũ", "--paper", "15/CV-SNV", "--on", "2026-01-05")
    made = tdkt(*new, "--quarter", "II", "--kind", "award_review", "--as", OFFICER)
    proposed = tdkt("show", "T19", "--json").json
    ticked = tdkt("tick", "--now", "2026-01-06T08:00", "--json").json
    waits = tdkt("inbox", "--as", STANDING_MEMBER, "--json").json
    alone = tdkt("task", "add", "T19", "--agree", "--as", OFFICER)
    agreed = tdkt("task", "add", "T19", "--agree", "--as", STANDING_MEMBER)
    begun = tdkt("show", "T19", "--json").json
    declined = [
        tdkt(*new, "--as", OFFICER),
        tdkt("task", "add", "T20", "--decline", "Đã có trong kế hoạch", "--as", STANDING_MEMBER),
    ]

    assert (made.code, made.err, made.out[:4]) == (0, "", "T19 ")
    assert (proposed["state"], proposed["due"], proposed["number"]) == ("proposed", None, 19)
    assert proposed["proposal"]["inputs"]["paper"] == "15/CV-SNV"
    assert "T19" not in ticked["refs"]
    assert "T19" in [row["ref"] for row in waits]
    assert (alone.code, agreed.code) == (1, 0)
    assert (begun["state"], begun["due"], begun["derived"]) == ("drafted", "2026-06-30", True)
    assert "Nhiệm vụ phát sinh: Xét khen" in tdkt("task", "list").out
    assert [answer.code for answer in declined] == [0, 0]
    assert tdkt("show", "T20", "--json").json["state"] == "declined"


def test_a_plan_that_grows_keeps_the_tasks_that_came_up(tdkt: Tdkt, tmp_path: Path) -> None:
    new = ("task", "add", "--content", "Việc phát sinh", "--paper", "15/CV-SNV", "--on", "2026-01-05")
    shipped = Path(__file__).parents[2] / "definitions/offices/diem-he/ke-hoach-2026.txt"
    text = shipped.read_text(encoding="utf-8")
    last = next(line for line in text.splitlines() if line.startswith("18\t"))
    plan = tmp_path / "plan.txt"
    plan.write_text(text.replace(last, f"{last}\n19\tHọp tổng kết\t- UBND xã."), encoding="utf-8")
    tdkt(*new, "--as", OFFICER)

    same = tdkt("plan", "import", str(shipped), "--as", OFFICER)
    grown = tdkt("plan", "import", str(plan), "--as", OFFICER, "--yes")
    again = tdkt("plan", "import", str(plan), "--as", OFFICER)

    assert same.out == again.out == "The plan of 2026 is the same; nothing was written.\n"
    assert (grown.code, "vanished" in grown.err) == (0, False)
    rows = {row["ref"]: row["content"] for row in tdkt("task", "list", "--json").json}
    assert (rows["T19"], rows["T20"]) == ("Việc phát sinh", "Họp tổng kết")


def test_since_the_office_began_nothing_is_adopted(tdkt: Tdkt) -> None:
    adopted = ["task", "adopt", "T06", "--on", "2026-01-01", "--paper", "12/QĐ-UBND", "--awarded"]

    answer = tdkt(*adopted, "--as", STANDING_MEMBER)

    assert answer.code == 1
    assert "The office began with tdkt on 2026-01-01; only what was done before is adopted" in answer.err
    assert "tdkt task record" in answer.err


def test_what_was_done_on_paper_is_recorded_once_another_person_agrees(tdkt: Tdkt) -> None:
    recorded = ["task", "record", "T01", "--on", "2026-01-05", "--paper", "02/BC-UBND"]
    proposed = tdkt(*recorded, "--as", OFFICER)
    page = " ".join(tdkt("show", "T01").out.split())
    shown = tdkt("show", "T01", "--json").json
    waits = tdkt("inbox", "--as", STANDING_MEMBER, "--json").json
    notices = tdkt("notice", "list", "--to", STANDING_MEMBER, "--json").json
    alone = tdkt("task", "record", "T01", "--agree", "--as", OFFICER)
    agreed = tdkt("task", "record", "T01", "--agree", "--as", STANDING_MEMBER)

    assert (proposed.code, shown["state"]) == (0, "drafted")
    assert shown["proposal"]["inputs"] == {"date": "2026-01-05", "paper": "02/BC-UBND"}
    assert "paper number 02/BC-UBND; proposed by Officer" in page
    assert [(row["ref"], row["proposal"]) for row in waits if row["proposal"]] == [("T01", "propose_record")]
    assert [notice["kind"] for notice in notices] == ["record_proposed"]
    assert alone.code == 1
    assert agreed.out.startswith("T01  Agree to the record: Being drafted → Issued\n")
    assert tdkt("show", "T01", "--json").json["closed_on"] == "2026-01-05"


def test_a_record_says_what_it_lacks_and_takes_one_thing_at_a_time(tdkt: Tdkt) -> None:
    lacking = tdkt("task", "record", "T01", "--as", OFFICER, "--json")
    both = tdkt("task", "record", "T01", "--agree", "--withdraw", "--as", OFFICER, "--json")

    assert (lacking.code, lacking.refusal["error"]) == (2, "inputs")
    assert (both.code, both.refusal["error"]) == (2, "one_of")


def test_what_was_derived_is_confirmed_with_what_follows_from_it(tdkt: Tdkt) -> None:
    tried = tdkt("task", "confirm", "T07", "--part", "host", "--as", OFFICER, "--dry-run")
    before = tdkt("task", "show", "T07", "--json").json
    done = tdkt("task", "confirm", "T07", "--part", "host", "--name", "Lớp tháng 5", "--as", OFFICER)
    after = tdkt("task", "show", "T07", "--json").json
    kind = tdkt("task", "kind", "T07", "other", "--as", OFFICER, "--json")

    assert (tried.code, done.code, kind.code) == (0, 0, 0)
    assert "reminders and lateness go by its date" in tried.err
    assert (before["waiting"], before["name"]) == (True, None)
    assert (after["waiting"], after["part"], after["name"]) == (False, "host", "Lớp tháng 5")
    assert "Lớp tháng 5: " in tdkt("task", "list").out
    assert kind.json["warnings"] == [
        "The task is now: Other task; it is completed with what this kind asks for."
    ]


def test_the_lead_body_is_changed_and_stays_after_the_same_plan_is_read_again(tdkt: Tdkt) -> None:
    tdkt("task", "lead", "T02", "ubnd", "--as", OFFICER)

    row = tdkt("task", "show", "T02", "--json").json

    assert (row["lead"], row["version"]) == ("ubnd", 2)


def test_a_refusal_tells_every_reason_at_once(tdkt: Tdkt) -> None:
    answer = tdkt("advance", "T06", "award", "--as", VILLAGE, "--json")

    assert answer.code == 1
    assert [reason["rule"] for reason in answer.refusal["reasons"]] == [
        "state",
        "role",
        "some_dossier_awarded",
    ]
    assert answer.refusal["error"] == "refused"
    assert answer.refusal["reasons"][1]["who_can"] == [OFFICER]


def test_why_tells_the_same_without_trying(tdkt: Tdkt) -> None:
    why = tdkt("why", "T06", "award", "--as", VILLAGE, "--json").json

    assert (why["ref"], why["event"], why["allowed"]) == ("T06", "award", False)
    assert [reason["rule"] for reason in why["reasons"]] == ["state", "role", "some_dossier_awarded"]
    assert tdkt("task", "show", "T06", "--json").json["version"] == 1


def test_the_inbox_lists_what_lies_with_an_account_nearest_due_first(tdkt: Tdkt) -> None:
    tdkt("advance", "T01", "T13", "submit", "--as", OFFICER)

    rows = tdkt("inbox", "--as", STANDING_MEMBER, "--json").json

    assert [(row["ref"], row["state"], row["due"]) for row in rows] == [
        ("T01", "submitted", "2026-03-31"),
        ("T13", "submitted", "2026-09-30"),
    ]


def test_a_proposed_extension_waits_for_those_who_decide_it(tdkt: Tdkt) -> None:
    tdkt("deadline", "propose", "T10", "2026-07-17", "--reason", "Lồng ghép", "--as", OFFICER)

    asked = tdkt("inbox", "--as", VICE_CHAIR, "--json").json
    shown = tdkt("inbox", "--as", CHAIR).out
    tdkt("deadline", "extend", "T10", "2026-07-17", "--reason", "Đồng ý", "--as", CHAIR)

    assert [(row["ref"], row["proposed_until"], row["owners"]) for row in asked] == [
        ("T10", "2026-07-17", [OFFICER])
    ]
    assert "Extension to 2026-07-17 proposed" in shown
    assert tdkt("inbox", "--as", CHAIR, "--json").json == []


def test_without_an_account_the_inbox_shows_everybodys_work(tdkt: Tdkt) -> None:
    rows = tdkt("inbox", "--json").json

    assert len(rows) == 18
    assert "Officer of the division" in tdkt("inbox").out


def test_a_state_that_does_not_exist_is_told_with_those_that_do(tdkt: Tdkt) -> None:
    answers = [tdkt(noun, "list", "--state", "zork") for noun in ("task", "dossier")]

    assert [answer.code for answer in answers] == [2, 2]
    assert "drafted, submitted, reviewed" in answers[0].err
    assert "forwarded" in answers[1].err


def test_deadlines_up_to_a_day_hold_the_end_of_that_day(tdkt: Tdkt) -> None:
    names = [row["name"] for row in tdkt("deadline", "list", "T01", "--until", "2026-03-31", "--json").json]

    assert names == ["reminder-30", "reminder-14", "reminder-7", "reminder-1", "due_today", "due"]


def test_lists_fit_into_a_hundred_columns(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    tdkt("advance", "T01", "submit", "--as", OFFICER)
    lines = [
        line
        for words in (("task", "list"), ("inbox", "--as", OFFICER))
        for line in tdkt(*words).out.splitlines()
    ]

    assert [line for line in lines if len(line) > 100] == []


def test_a_second_proposal_is_shown_beside_the_extension(tdkt: Tdkt) -> None:
    first = ("T10", "17/07/2026", "--reason", "Lồng ghép hội nghị")
    assert tdkt("deadline", "extend", *first, "--as", CHAIR).code == 0
    second = ("T10", "31/07/2026", "--reason", "Chờ số liệu")
    assert tdkt("deadline", "propose", *second, "--as", OFFICER).code == 0

    shown = tdkt("show", "T10").out

    note = "Extended to 2026-07-17 (due before: 2026-06-30); Extension to 2026-07-31 proposed"
    assert [line.split(maxsplit=1)[1] for line in shown.splitlines() if line.startswith("Note")] == [note]


def test_the_history_speaks_the_readers_language(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    assert tdkt("show", "T10").out.splitlines()[-2:] == [
        "05/01/2026 08:00  Đã nạp dữ liệu  (Phần mềm)",
        "    Thời hạn: 30/06/2026; Loại việc: Tổ chức hội nghị; Cơ quan chủ trì: Phòng VH-XH",
    ]
