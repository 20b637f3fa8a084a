"""`tdkt expect` and where expected dossiers show: inbox, briefing, board, task, chase record."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from storage.intact import checksum
from tests.commands.conftest import Answer, Tdkt
from tests.conftest import Sandbox
from tests.dossiers import given
from tests.people import (
    ASKED,
    CHAIR,
    OFFICER,
    SCHOOL,
    SCHOOLS,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_VILLAGE,
    VILLAGE,
)

EVERYBODY = list(ASKED)
SILENT = ["van_hoa_xa_hoi", THIRD_VILLAGE, SCHOOL]
GUIDANCE = (
    ("--yes", "advance", "T15", "submit", "--as", OFFICER, "--now", "2026-11-02T08:00"),
    ("advance", "T15", "review", "--set", "opinion=Đồng ý", "--as", STANDING_MEMBER),
    ("advance", "T15", "approve", "--as", CHAIR),
    (
        *("advance", "T15", "complete", "--as", OFFICER),
        *("--set", "paper_number=12/HD-HĐTĐKT", "--set", "paper_date=2026-11-02"),
    ),
)
DUE = ("expect", "open", "T17", "--due", "20/11/2026", "--as", OFFICER, "--yes")
WITHDRAWN = given("paper_number=9/TTr", "paper_date=05/01/2026", "reason=Nhầm")
"""How a body takes back what was received: by a paper of its own."""


def succeeded(answers: list[Answer]) -> None:
    assert [answer.code for answer in answers] == [0] * len(answers), [answer.err for answer in answers]


def hand_in(tdkt: Tdkt, body: str = VILLAGE) -> str:
    new = ("dossier", "new", "--task", "T17", "--from", body, "--title", "ldtt")
    ref = str(tdkt(*new, "--as", body, "--json").json["ref"])
    succeeded(
        [
            tdkt(
                "dossier", "add", ref, "--kind", "person", "--name", "Nguyễn Văn Kín", "--yes", "--as", body
            ),
            tdkt("--yes", "advance", ref, "submit", "--as", body),
        ]
    )
    return ref


@pytest.fixture
def guided(tdkt: Tdkt) -> Tdkt:
    """The office on 2 November, its guidance for the year-end issued."""
    succeeded([tdkt(*words) for words in GUIDANCE])
    return tdkt


@pytest.fixture
def listed(guided: Tdkt) -> Tdkt:
    """The dossiers of the year are due on 20 November; the first village has sent one, the division, the
    third village and the secondary school are silent, all others have none."""
    succeeded([guided(*DUE)])
    hand_in(guided)
    for body in ASKED:
        if body not in (VILLAGE, *SILENT):
            succeeded([guided("expect", "answer", "T17", body, "--nothing", "--as", OFFICER)])
    return guided


def statuses(tdkt: Tdkt, *words: str) -> dict[str, str]:
    return {row["body"]: row["status"] for row in tdkt("expect", "list", *words, "--json").json}


# -- lists -----------------------------------------------------------------------------------------------


def test_before_anybody_is_asked_there_is_nothing_to_show(tdkt: Tdkt) -> None:
    assert tdkt("expect", "list").out == "No list of expected dossiers stands yet.\n"
    assert tdkt("expect", "list", "T11", "--json").json == []


def test_completing_the_guidance_tells_that_a_list_stands(tdkt: Tdkt) -> None:
    *before, complete = GUIDANCE
    succeeded([tdkt(*words) for words in before])

    answer = tdkt(*complete)

    assert answer.err == (
        f"  ! {len(ASKED)} bodies are now asked for their dossiers for T17. See tdkt expect list T17.\n"
    )
    assert statuses(tdkt) == dict.fromkeys(EVERYBODY, "silent")


def test_the_list_tells_each_bodys_answer(listed: Tdkt) -> None:
    rows = {row["body"]: row for row in listed("expect", "list", "T17", "--json").json}

    assert list(rows) == EVERYBODY
    assert rows[VILLAGE] == {
        "ref": "T17",
        "year": 2026,
        "body": VILLAGE,
        "status": "received",
        "due": "2026-11-20",
        "derived": False,
        "days_late": 0,
        "asked_on": "2026-11-02",
        "answered_on": "2026-11-02",
        "dossier": "D0001",
        "chased": 0,
        "chased_at": None,
        "guidance": "T15",
        "paper": "12/HD-HĐTĐKT",
        "paper_on": "2026-11-02",
        "speakers": [VILLAGE],
        "open": True,
    }
    assert (rows[SECOND_VILLAGE]["status"], rows[SECOND_VILLAGE]["dossier"]) == ("nothing", None)
    division = rows["van_hoa_xa_hoi"]
    assert (division["status"], division["speakers"]) == ("silent", [OFFICER])


@pytest.mark.parametrize(
    ("language", "page"),
    [
        (
            "vi",
            """\
T17  Tổng hợp, thẩm định hồ sơ, khen thưởng thành tích năm 2026, tặng danh hiệu thi đua, hình thức khen thưởng
Căn cứ: Hướng dẫn tổng kết công tác TĐKT năm 2026 (số 12/HD-HĐTĐKT ngày 02/11/2026)
Đã gửi 1/19, không có đề nghị 15, chưa trả lời 3
Đơn vị               Tình trạng        Từ ngày     Thời hạn    Trả lời           Đã đôn đốc
Phòng VH-XH          Quá hạn 5 ngày    02/11/2026  20/11/2026                    1 lần, 25/11/2026
Văn phòng HĐND-UBND  Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Phòng Kinh tế        Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
TTPVHCC              Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
VP Đảng ủy           Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
UBMTTQ xã            Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Hội ND               Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Hội LHPN             Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Đoàn TN              Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Hội CCB              Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Công an              Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Ban CHQS             Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Trạm Y tế            Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Thôn 1               Đã gửi hồ sơ      02/11/2026  20/11/2026  D0001 02/11/2026
Thôn 2               Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Thôn 3               Quá hạn 5 ngày    02/11/2026  20/11/2026                    1 lần, 25/11/2026
Mầm non              Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
Tiểu học             Không có đề nghị  02/11/2026  20/11/2026  02/11/2026
THCS                 Quá hạn 5 ngày    02/11/2026  20/11/2026                    1 lần, 25/11/2026
""",
        ),
        (
            "en",
            """\
T17  Tổng hợp, thẩm định hồ sơ, khen thưởng thành tích năm 2026, tặng danh hiệu thi đua, hình thức khen thưởng
On the ground of: Hướng dẫn tổng kết công tác TĐKT năm 2026 (No. 12/HD-HĐTĐKT of 2026-11-02)
1/19 received, 15 nothing to propose, 3 silent
Body                 Status              Asked on    Due         Answer            Chased
Phòng VH-XH          5 days overdue      2026-11-02  2026-11-20                    1×, 2026-11-25
Văn phòng HĐND-UBND  Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Phòng Kinh tế        Nothing to propose  2026-11-02  2026-11-20  2026-11-02
TTPVHCC              Nothing to propose  2026-11-02  2026-11-20  2026-11-02
VP Đảng ủy           Nothing to propose  2026-11-02  2026-11-20  2026-11-02
UBMTTQ xã            Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Hội ND               Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Hội LHPN             Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Đoàn TN              Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Hội CCB              Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Công an              Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Ban CHQS             Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Trạm Y tế            Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Thôn 1               Received            2026-11-02  2026-11-20  D0001 2026-11-02
Thôn 2               Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Thôn 3               5 days overdue      2026-11-02  2026-11-20                    1×, 2026-11-25
Mầm non              Nothing to propose  2026-11-02  2026-11-20  2026-11-02
Tiểu học             Nothing to propose  2026-11-02  2026-11-20  2026-11-02
THCS                 5 days overdue      2026-11-02  2026-11-20                    1×, 2026-11-25
""",
        ),
    ],
)
def test_the_page_of_a_list(listed: Tdkt, monkeypatch: pytest.MonkeyPatch, language: str, page: str) -> None:
    succeeded([listed("expect", "chase", "--as", OFFICER, "--yes", "--now", "2026-11-25T09:00")])
    monkeypatch.setenv("TDKT_LANG", language)

    assert listed("expect", "list").out == page


def test_the_silent_ones_alone(listed: Tdkt) -> None:
    assert list(statuses(listed, "--silent")) == SILENT

    for body in SILENT:
        succeeded([listed("expect", "answer", "T17", body, "--nothing", "--as", OFFICER)])

    assert listed("expect", "list", "--silent", "--json").json == []
    assert listed("expect", "list", "--silent").out == "No body is silent.\n"


def test_a_date_that_nobody_set_is_marked(guided: Tdkt) -> None:
    out = guided("expect", "list").out

    assert "2026-12-31*" in out
    assert out.endswith("\n* Derived by the software, not approved\n")


# -- open ------------------------------------------------------------------------------------------------


def test_opening_shows_whom_it_asks_and_waits_for_a_yes(tdkt: Tdkt) -> None:
    asked = tdkt("expect", "open", "T11", "--bodies", ",".join(SCHOOLS), "--as", OFFICER)

    assert (asked.code, asked.out) == (
        1,
        """\
Bodies asked to send a dossier for T11: 3
Body      Due         Status  Note
Mầm non   2026-06-30  Silent  new
Tiểu học  2026-06-30  Silent  new
THCS      2026-06-30  Silent  new
""",
    )
    assert asked.err == "Not confirmed, so nothing was changed. Repeat and confirm, or add --yes.\n"
    assert statuses(tdkt) == {}


def test_a_dry_run_writes_nothing_and_logs_no_refusal(tdkt: Tdkt) -> None:
    before = len(tdkt("audit", "log", "--json").json)
    shown = tdkt("expect", "open", "T11", "--as", OFFICER, "--dry-run")
    refused = tdkt("expect", "open", "T11", "--as", VILLAGE, "--dry-run")

    assert (shown.code, shown.out.splitlines()[0]) == (0, "Bodies asked to send a dossier for T11: 16")
    assert refused.code == 1
    assert len(tdkt("audit", "log", "--json").json) == before


def test_opening_with_json_tells_what_changed(tdkt: Tdkt) -> None:
    words = ("--bodies", "thon-3,truong-hoc", "--due", "2026-06-20", "--as", SECRETARY, "--yes", "--json")

    answer = tdkt("expect", "open", "T11", *words)

    row = {
        "status": "silent",
        "due": "2026-06-20",
        "asked_on": "2026-01-05",
        "answered_on": None,
        "dossier": None,
        "new": True,
    }
    assert answer.json == {
        "ref": "T11",
        "year": 2026,
        "owed": 2,
        "received": 0,
        "nothing": 0,
        "silent": 2,
        "changed": [{"body": THIRD_VILLAGE, **row}, {"body": SCHOOL, **row}],
    }
    assert tdkt("expect", "open", "T11", *words).json["changed"] == []


def test_a_refused_attempt_is_told_and_logged_once(tdkt: Tdkt) -> None:
    refused = tdkt("expect", "open", "T01", "--as", VILLAGE, "--json")

    assert (refused.code, [reason["rule"] for reason in refused.refusal["reasons"]]) == (
        1,
        ["role", "gives_awards"],
    )
    entries = [entry for entry in tdkt("audit", "log", "T01", "--json").json if entry["refused"]]
    assert [(entry["event"], entry["actor"], entry["reasons"]) for entry in entries] == [
        ("expect_open", VILLAGE, ["role", "gives_awards"])
    ]
    assert "This task gives no awards" in tdkt("audit", "log", "T01").out


# -- a movement's list -----------------------------------------------------------------------------------


@pytest.fixture
def launched(tdkt: Tdkt) -> Tdkt:
    """The office after the chair approved the movement of the first quarter."""
    succeeded(
        [
            tdkt("--yes", "advance", "T06", "submit", "--as", OFFICER, "--now", "2026-02-02T08:00"),
            tdkt("advance", "T06", "review", "--set", "opinion=Đồng ý", "--as", STANDING_MEMBER),
        ]
    )
    approved = tdkt("advance", "T06", "approve", "--as", CHAIR)
    assert (approved.code, f"Nobody is asked yet; {len(ASKED)} bodies would be asked" in approved.err) == (
        0,
        True,
    )
    return tdkt


def test_a_movement_asks_nobody_before_the_officer_confirms_whom(launched: Tdkt) -> None:
    shown = launched("expect", "list").out
    records = launched("expect", "list", "--json").json
    chased = launched("expect", "chase", "T06", "--as", OFFICER, "--yes")

    assert "To be confirmed with tdkt expect open T06: 19 bodies\nPhòng VH-XH; Văn phòng HĐND-UBND;" in shown
    assert {(row["body"], row["status"], row["asked_on"]) for row in records} == {
        (body, "proposed", None) for body in EVERYBODY
    }
    assert launched("expect", "list", "--silent", "--json").json == []
    assert (chased.code, chased.err.startswith("No list of bodies stands for T06.")) == (2, True)
    for page in (launched("task", "show", "T06").out, launched("inbox", "--as", OFFICER).out):
        assert "bodies to ask not confirmed (19)" in page
    assert [row for row in launched("inbox", "--as", VILLAGE, "--json").json if row["ref"] == "T06"] == []


def test_the_officer_confirms_whom_a_movement_asks_without_some(launched: Tdkt) -> None:
    answer = launched("expect", "open", "T06", "--without", "kinh_te,truong-hoc", "--as", OFFICER, "--yes")

    assert answer.code == 0, answer.err
    asked = {row["body"] for row in launched("expect", "list", "T06", "--json").json}
    assert asked == {*EVERYBODY} - {"kinh_te", SCHOOL}
    assert "not confirmed" not in launched("inbox", "--as", OFFICER).out
    assert "not confirmed" not in launched("task", "show", "T06").out
    later = launched("expect", "open", "T06", "--bodies", SCHOOL, "--as", OFFICER, "--yes")
    assert (later.code, SCHOOL in {row["body"] for row in launched("expect", "list", "--json").json}) == (
        0,
        True,
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--without", "thon-9"), "There is no body “thon-9”."),
        (("--without", "hoi_dong_tdkt"), "“hoi_dong_tdkt” cannot be left out of the list of T06."),
        (("--bodies", VILLAGE, "--without", VILLAGE), f"“{VILLAGE}” cannot be left out of the list of T06."),
        (("--without", ",".join(EVERYBODY)), f"“{SCHOOL}” cannot be left out of the list of T06."),
    ],
)
def test_what_cannot_be_left_out_is_told(launched: Tdkt, words: tuple[str, ...], said: str) -> None:
    answer = launched("expect", "open", "T06", *words, "--as", OFFICER, "--yes")

    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(said)


# -- answer ----------------------------------------------------------------------------------------------


def test_an_answer_is_recorded_and_taken_back(listed: Tdkt) -> None:
    said = listed(
        "expect", "answer", "T17", THIRD_VILLAGE, "--nothing", "--on", "02/11/2026", "--as", THIRD_VILLAGE
    )
    assert said.out == "T17, Thôn 3: nothing to propose.\n"
    assert statuses(listed)[THIRD_VILLAGE] == "nothing"

    back = listed("expect", "answer", "T17", THIRD_VILLAGE, "--silent", "--as", SECRETARY, "--json")
    assert (back.json["silent"], back.json["changed"][0]["status"]) == (3, "silent")


def test_withdrawing_the_dossier_makes_its_body_silent_again(listed: Tdkt) -> None:
    refused = listed("expect", "answer", "T17", VILLAGE, "--nothing", "--as", VILLAGE)
    assert (refused.code, "withdraw D0001" in refused.err) == (1, True)

    succeeded([listed("advance", "D0001", "withdraw", *WITHDRAWN, "--as", VILLAGE)])

    assert statuses(listed)[VILLAGE] == "silent"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("answer", "T17", VILLAGE), "Give --nothing (with --on DATE)"),
        (("answer", "T17", VILLAGE, "--nothing", "--silent"), "Give --nothing (with --on DATE)"),
        (("answer", "T17", VILLAGE, "--silent", "--on", "2026-11-01"), "Give --nothing (with --on DATE)"),
        (("answer", "T17", "hoi_dong_tdkt", "--nothing"), "“hoi_dong_tdkt” is not on the list of T17."),
        (("answer", "T11", VILLAGE, "--nothing"), "No list of bodies stands for T11."),
        (("answer", "T17", THIRD_VILLAGE, "--nothing", "--on", "hôm qua"), "“hôm qua” is not a date."),
        (("answer", "D0001", VILLAGE, "--nothing"), "D0001 is no task. Name the task"),
        (("chase", "T11"), "No list of bodies stands for T11."),
        (("chase", "T99"), "There is no “T99”."),
        (("open", "T17", "--due", "31/02/2026"), "“31/02/2026” is not a date."),
        (("open", "T17", "--bodies", "thon-1,thon-9"), "There is no body “thon-9”."),
        (("open", "D0001"), "D0001 is no task. Name the task"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_with_the_cure(
    listed: Tdkt, words: tuple[str, ...], said: str
) -> None:
    answer = listed("expect", *words, "--as", OFFICER, "--yes")

    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(said)


def test_looking_at_a_dossiers_list_is_a_mistake(listed: Tdkt) -> None:
    assert listed("expect", "list", "D0001").code == 2


# -- chase -----------------------------------------------------------------------------------------------


def test_chasing_shows_whom_it_writes_to_and_waits_for_a_yes(listed: Tdkt) -> None:
    asked = listed("expect", "chase", "--as", OFFICER)

    assert (asked.code, asked.out) == (
        1,
        """\
Silent bodies that will be written to, with 3 notices:
Ref  Body         Due         To                                   Chased
T17  Phòng VH-XH  2026-11-20  Officer of the division
T17  Thôn 3       2026-11-20  Head of sample village 3
T17  THCS         2026-11-20  Head of the sample secondary school
""",
    )
    assert listed("notice", "list", "--to", THIRD_VILLAGE, "--json").json == []


def test_all_the_silent_ones_are_written_to_once_a_day(listed: Tdkt) -> None:
    first = listed("expect", "chase", "--as", OFFICER, "--yes")
    second = listed("expect", "chase", "--as", OFFICER, "--yes")
    again = listed("expect", "chase", "T17", "--as", SECRETARY, "--yes", "--again", "--json")
    next_day = listed("expect", "chase", "--as", SECRETARY, "--yes", "--json", "--now", "2026-11-03T08:00")

    assert first.out.splitlines()[-1] == "3 bodies were written to, with 3 notices."
    assert second.out == (
        "Written to today already: T17 Phòng VH-XH; T17 Thôn 3; T17 THCS. Add --again to write once more.\n"
    )
    assert again.json == [
        {
            "ref": "T17",
            "year": 2026,
            "bodies": [THIRD_VILLAGE, SCHOOL, "van_hoa_xa_hoi"],
            "notices": 3,
            "to": [THIRD_VILLAGE, SCHOOL, OFFICER],
            "skipped": [],
        }
    ]
    assert next_day.json[0]["notices"] == 3
    told = [row["kind"] for row in listed("notice", "list", "--to", THIRD_VILLAGE, "--json").json]
    assert told == ["chase"] * 3
    assert "Dossier asked for" in listed("notice", "list", "--to", THIRD_VILLAGE).out


def test_several_lists_are_chased_together_and_closed_ones_left_alone(listed: Tdkt) -> None:
    succeeded(
        [
            listed("expect", "open", "T11", "--bodies", SCHOOL, "--as", OFFICER, "--yes"),
            listed("expect", "open", "T14", "--bodies", VILLAGE, "--as", OFFICER, "--yes"),
            listed("advance", "T14", "cancel", "--set", "reason=Không tổ chức", "--as", CHAIR),
        ]
    )

    chased = listed("expect", "chase", "--as", OFFICER, "--yes", "--json").json

    assert [(one["ref"], one["bodies"]) for one in chased] == [
        ("T11", [SCHOOL]),
        ("T17", [THIRD_VILLAGE, SCHOOL, "van_hoa_xa_hoi"]),
    ]
    refused = listed("expect", "chase", "T14", "--as", OFFICER, "--yes", "--json")
    assert [reason["rule"] for reason in refused.refusal["reasons"]] == ["task_closed"]


def test_where_nobody_is_silent_there_is_nobody_to_write_to(tdkt: Tdkt) -> None:
    assert tdkt("expect", "chase", "--as", OFFICER).out == "There is nobody to write to.\n"


def test_a_village_may_not_chase(listed: Tdkt) -> None:
    refused = listed("expect", "chase", "--as", VILLAGE, "--yes")

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Refused: write to silent bodies T17, because:\n  - This is for: ")
    (entry,) = [each for each in listed("audit", "log", "T17", "--json").json if each["refused"]]
    assert (entry["event"], entry["reasons"]) == ("expect_chase", ["role"])


def test_an_office_whose_words_are_older_writes_the_shipped_text(listed: Tdkt, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        (compiled,) = connection.execute("SELECT compiled FROM definition WHERE kind = 'messages'").fetchone()
        catalogue = json.loads(compiled)
        catalogue["notices"] = {k: v for k, v in catalogue["notices"].items() if not k.startswith("chase")}
        catalogue["words"] = {k: v for k, v in catalogue["words"].items() if not k.startswith("expect.")}
        connection.execute(
            "UPDATE definition SET compiled = ?, checksum = ?, digest = ? WHERE kind = 'messages'",
            [json.dumps(catalogue), checksum(json.dumps(catalogue)), "0" * 64],
        )
        connection.commit()

    assert listed("expect", "chase", "--as", OFFICER, "--yes").code == 0
    (notice,) = listed("notice", "list", "--to", THIRD_VILLAGE, "--json").json
    assert "Đề nghị gửi hồ sơ đề nghị khen thưởng chậm nhất ngày 20/11/2026 (thứ Sáu)" in notice["subject"]


# -- where it shows --------------------------------------------------------------------------------------


def test_what_a_body_owes_waits_in_the_inbox_of_who_speaks_for_it(listed: Tdkt) -> None:
    village = listed("inbox", "--as", THIRD_VILLAGE, "--json").json
    officer = listed("inbox", "--as", OFFICER, "--json").json
    answered = listed("inbox", "--as", SECOND_VILLAGE, "--json").json

    assert village == [
        {
            "ref": "T17",
            "year": 2026,
            "subject": "expectation",
            "content": village[0]["content"],
            "state": "silent",
            "due": "2026-11-20",
            "derived": False,
            "late": False,
            "waiting": False,
            "todo": "Hồ sơ cần gửi",
            "version": 1,
            "owners": [THIRD_VILLAGE],
            "proposed_until": None,
            "body": THIRD_VILLAGE,
            "acting_for": None,
            "taken_by": None,
            "claimed_by": None,
            "delegated_by": None,
            "proposal": None,
            "target": None,
            "next": "tdkt dossier new --task T17 --from thon-3 --title gk --type cong_trang --as thon-3",
        }
    ]
    assert village[0]["content"].startswith("Thôn 3: Tổng hợp, thẩm định hồ sơ")
    assert [row["body"] for row in officer if row["subject"] == "expectation"] == ["van_hoa_xa_hoi"]
    dues = [row["due"] or "9999-12-31" for row in officer]  # a dossier has no date before it is complete
    assert dues == sorted(dues)
    assert [row for row in answered if row["subject"] == "expectation"] == []


def test_the_inbox_says_it_in_words(listed: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    heading, row, typed = listed("inbox", "--as", THIRD_VILLAGE, "--now", "2026-11-24T08:00").out.splitlines()
    assert re.split(" {2,}", heading) == ["Mã", "Nội dung", "Trạng thái", "Thời hạn", "Tiến độ"]
    assert re.split(" {2,}", row) == [
        "T17",
        "Thôn 3: Tổng hợp, thẩm định hồ sơ, khen thưởng thành tích năm 2026, tặng danh hiệu thi đua,"
        " hình thức khen thưởng",
        "Hồ sơ cần gửi",
        "20/11/2026",
        "Quá hạn 4 ngày",
    ]
    assert typed.startswith("    tdkt dossier new --task T17 --from thon-3 --title ")
    assert typed.endswith(" --as thon-3")
    everybody = listed("inbox").out
    assert "Thôn 3: Tổng hợp" in everybody
    assert "Trưởng thôn mẫu số 3" in everybody


def test_a_closed_task_asks_nobody_any_more(listed: Tdkt) -> None:
    succeeded([listed("advance", "D0001", "withdraw", *WITHDRAWN, "--as", VILLAGE)])
    succeeded([listed("advance", "T17", "cancel", "--set", "reason=x", "--as", CHAIR)])

    assert listed("inbox", "--as", THIRD_VILLAGE, "--json").json == []
    assert listed("inbox", "--week", "--all", "--json").json["expected"] == []


def test_the_briefing_tells_who_has_not_sent(listed: Tdkt) -> None:
    whole = listed("inbox", "--week", "--all", "--json").json["expected"]
    village = listed("inbox", "--week", "--as", THIRD_VILLAGE, "--json").json["expected"]
    officer = listed("inbox", "--week", "--as", OFFICER, "--json").json["expected"]
    other = listed("inbox", "--week", "--as", SECOND_VILLAGE, "--json").json["expected"]

    assert whole == officer == [{**whole[0], "ref": "T17", "due": "2026-11-20", "silent": SILENT}]
    assert (whole[0]["owed"], whole[0]["answered"]) == (19, 16)
    assert [one["silent"] for one in village] == [[THIRD_VILLAGE]]
    assert other == []
    assert "Bodies that owe a dossier (1)" in listed("inbox", "--week", "--all").out


def test_the_board_and_the_task_say_how_many_have_answered(listed: Tdkt) -> None:
    (line,) = [line for line in listed("plan", "show").out.splitlines() if line.startswith("T17")]
    shown = listed("show", "T17")

    assert line.endswith("16/19 answered")
    assert "16/19 answered; silent: Phòng VH-XH; Thôn 3; THCS" in shown.out
    assert listed("show", "T17", "--json").json["expected"] == {
        "owed": 19,
        "received": 1,
        "nothing": 15,
        "silent": 3,
        "silent_bodies": SILENT,
    }
    assert listed("show", "T01", "--json").json["expected"] is None


def test_the_chase_record_counts_the_chases(listed: Tdkt, tmp_path: Path) -> None:
    succeeded([listed("expect", "chase", "--as", OFFICER, "--yes", "--now", "2026-11-24T08:00")])

    record = listed("report", "chase", "--json").json
    other_quarter = listed("report", "chase", "--quarter", "I", "--json").json
    assert {row["body"]: (row["chased"], row["days_late"]) for row in record["expected"]} == {
        body: (1, 4) if body in SILENT else (0, 0) for body in ASKED
    }
    assert other_quarter["expected"] == []

    printed = listed("report", "chase").out
    assert "Expected dossiers\n" in printed
    assert max(map(len, printed.splitlines())) <= 100

    file = tmp_path / "chase.xlsx"
    succeeded([listed("report", "chase", "--xlsx", str(file))])
    sheet = load_workbook(file)["Hồ sơ các đơn vị"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("Thôn 3" in row and "Chưa trả lời" in row for row in cells)


def test_what_is_done_to_lists_answers_no_reminder(listed: Tdkt) -> None:
    succeeded(
        [
            listed("tick", "--now", "2026-12-02T08:00"),
            listed("expect", "chase", "--as", OFFICER, "--yes", "--now", "2026-12-03T08:00"),
        ]
    )

    (record,) = [item for item in listed("report", "chase", "--json").json["items"] if item["ref"] == "T17"]
    assert record["answered"] == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_and_says_no_names_and_ids_only_where_they_are_typed(
    listed: Tdkt, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("TDKT_LANG", language)
    monkeypatch.setenv("COLUMNS", "100")
    pages = [
        listed(*words).out
        for words in (
            ("expect", "open", "T11", "--as", OFFICER, "--dry-run"),
            ("expect", "chase", "--as", OFFICER, "--yes", "--now", "2026-12-24T08:00"),
            ("expect", "list"),
            ("inbox", "--as", SCHOOL),
            ("inbox", "--week", "--all"),
            ("report", "chase"),
            ("plan", "show"),
        )
    ]

    for page in pages:
        assert max(map(len, page.splitlines())) <= 100, page
        read = re.sub(r"^ *tdkt (.* \\\n)*.*$", "", page, flags=re.MULTILINE)
        for hidden in (THIRD_VILLAGE, SCHOOL, "van_hoa_xa_hoi", "silent}", "expect.", "Nguyễn Văn Kín"):
            assert hidden not in read


def test_both_databases_give_the_same_lists(
    tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = (
        ("expect", "list", "--json"),
        ("inbox", "--json"),
        ("inbox", "--week", "--all", "--json"),
        ("report", "chase", "--json"),
        ("show", "T17", "--json"),
        ("plan", "show"),
        ("audit", "log", "T17"),
    )

    def lived() -> list[str]:
        succeeded([tdkt(*words) for words in (*GUIDANCE, DUE)])
        hand_in(tdkt)
        hand_in(tdkt, SECOND_VILLAGE)
        succeeded(
            [
                tdkt("advance", "D0002", "withdraw", *WITHDRAWN, "--as", SECOND_VILLAGE),
                tdkt("expect", "answer", "T17", SECOND_VILLAGE, "--nothing", "--as", SECRETARY),
                tdkt("expect", "chase", "--as", SECRETARY, "--yes", "--now", "2026-11-25T09:00"),
            ]
        )
        return [tdkt(*words).out for words in looked]

    on_sqlite = lived()
    monkeypatch.setenv("TDKT_DB", sandbox("postgresql", "2026-01-05T08:00"))

    assert lived() == on_sqlite
