"""`tdkt office`: what the office is, who is in it, and who acts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage.views import Reading
from tests.commands.conftest import SHIPPED, Edited, Tdkt
from tests.commands.test_definition import OFFICE
from tests.people import (
    ADMINISTRATOR,
    AUDITOR,
    CHAIR,
    OFFICER,
    SCHOOLS,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
    VILLAGES,
)


def test_the_office_is_shown_with_its_plan_and_what_is_in_force(tdkt: Tdkt) -> None:
    shown = tdkt("office", "show", "--json").json

    definitions = [f"{each['kind']}/{each['name']}/{each['version']}" for each in shown.pop("definitions")]
    assert definitions == [
        "calendar/vn-2026/1",
        "calendar/vn-2027/1",
        "machine/award_decision/1",
        "machine/council_session/1",
        "machine/nomination_dossier/1",
        "machine/plan_task/1",
        "messages/tdkt/1",
        "office/diem-he/1",
        "policy/deadlines/1",
        "rules/commune/1",
        "rules/commune-2026-10/1",
    ]
    assert shown == {
        "office": "diem-he",
        "title": "Điềm He",
        "province": "Lạng Sơn",
        "zone": "Asia/Ho_Chi_Minh",
        "contact": "Phòng Văn hóa - Xã hội xã Điềm He",
        "started_on": "2026-01-01",
        "sandbox": True,
        "now": "2026-01-05T01:00:00+00:00",
        "actor": None,
        "plans": [{"year": 2026, "title": "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026"}],
        "sample": [*VILLAGES, *SCHOOLS],
        "founded_by": None,
        "statute": None,
    }


def test_sample_data_and_the_sandbox_are_said_to_be_so(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    lines = tdkt("office", "show").out.splitlines()

    assert "Hôm nay                05/01/2026  [BẢN THỬ]" in lines
    assert lines[-1] == "Dữ liệu mẫu, cần thay bằng của xã: Thôn 1, Thôn 2, Thôn 3, Mầm non, Tiểu học, THCS."


def test_people_are_told_what_each_may_do(tdkt: Tdkt) -> None:
    people = {each["account"]: each for each in tdkt("office", "people", "--json").json}

    assert len(people) == 27
    may = people[CHAIR]["may"]
    assert may.pop("award_decision") == [
        *("return", "drop_line", "sign", "unsign", "drop", "agree_correction", "drop_correction"),
    ]
    assert {"conclude", "postpone", "cancel"} <= {*may.pop("session")}
    assert may == {
        "task": ["return", "approve", "extend", "cancel", "agree_correction", "drop_correction"],
        "dossier": [
            *("appraise", "confirm", "give_opinion", "reopen", "approve"),
            *("forward", "reject", "revoke", "move_path", "agree_correction", "drop_correction"),
        ],
        "office": ["substitute"],
    }
    assert {id for id, each in people.items() if "substitute" in each["may"]["office"]} == {
        CHAIR,
        VICE_CHAIR,
        STANDING_MEMBER,
    }
    assert {id for id, each in people.items() if "import" in each["may"]["office"]} == {
        OFFICER,
        SECRETARY,
        STANDING_MEMBER,
    }
    assert {id for id, each in people.items() if "adopt_definition" in each["may"]["office"]} == {
        ADMINISTRATOR,
        STANDING_MEMBER,
    }
    assert set(map(tuple, people[AUDITOR]["may"].values())) == {()}


def test_the_list_of_people_has_a_line_for_each_account(tdkt: Tdkt) -> None:
    accounts = tdkt("office", "people", "--json").json

    lines = tdkt("office", "people").out.splitlines()

    assert [line.split()[0] for line in lines] == ["Account", *(each["account"] for each in accounts)]
    assert " ".join(lines[3].split()) == "thuong-truc Head of the division and standing member Phòng VH-XH"


def test_nothing_of_people_and_bodies_is_cut_or_wider_than_the_page(tdkt: Tdkt) -> None:
    for words in (("people", "--full"), ("bodies",), ("show",)):
        shown = tdkt("office", *words).out

        assert max(map(len, shown.splitlines())) <= 100
        assert "…" not in shown


def test_a_body_is_shown_with_its_members_and_spellings(tdkt: Tdkt) -> None:
    bodies = {each["body"]: each for each in tdkt("office", "bodies", "--json").json}
    shown = tdkt("office", "bodies").out

    assert bodies["cac_thon"] == {
        "body": "cac_thon",
        "name": "Các thôn",
        "short": "Các thôn",
        "spellings": ["Thôn"],
        "group": True,
        "members": [*VILLAGES],
        "external": False,
        "nominates": False,
        "sample": False,
        "kind": "other",
        "payroll": "commune",
        "has_seal": True,
        "valid_from": None,
        "valid_to": None,
        "succeeded_by": None,
        "asked_for": None,
    }
    assert bodies[VILLAGE]["sample"]
    assert "cac_thon: Các thôn\n  Group of Thôn 1, Thôn 2, Thôn 3\n  Spellings: Thôn\n" in shown
    kind = "Village; nominating body; without a seal; sample data"
    assert f"thon-1: Thôn 1  (Thôn mẫu số 1)\n  {kind}\n" in shown


MERGED = """  thon-1:
    name: Thôn mẫu số 1
    short: Thôn 1
    nominates: true
    kind: thon
    has_seal: false
    valid_to: 2026-06-30
    succeeded_by: thon-2
"""
COUNCIL = """membership:
  founded_by: {number: 41/QĐ-UBND, dated: 2026-04-01}
  statute: {number: 42/QĐ-UBND, dated: 2026-04-02, quorum: Điều 7, votes: Điều 8}
  members:
    chu-tich: {from: 2025-07-01}
    thu-ky: {from: 2025-07-01, to: 2026-03-31}

accounts:
"""


def test_what_an_office_says_of_its_bodies_and_its_council_is_shown(
    tdkt: Tdkt, edited: Edited, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = next(
        line for line in (SHIPPED / OFFICE).read_text("utf-8").splitlines(True) if "  thon-1: {name" in line
    )
    file = edited(OFFICE, ("version: 1", "version: 2"), (village, MERGED), ("accounts:\n", COUNCIL))
    tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR)
    assert tdkt("definition", "agree", "diem-he", "--as", CHAIR, "--yes").code == 0

    bodies = tdkt("office", "bodies").out
    people = tdkt("office", "people", "--full").out
    shown = tdkt("office", "show", "--json").json
    monkeypatch.setenv("TDKT_LANG", "vi")

    said = " ".join(bodies.split())
    assert "Village; nominating body; without a seal; to 2026-06-30; followed by Thôn 2; sample data" in said
    assert (
        "Police; nominating body; on another payroll than the commune's;"
        " asked for: Commendation of the commune's chair" in said
    )
    assert "  Sits in the council: from 2025-07-01 to 2026-03-31\n" in people
    assert (shown["founded_by"], shown["statute"]) == (
        {"number": "41/QĐ-UBND", "dated": "2026-04-01"},
        {"number": "42/QĐ-UBND", "dated": "2026-04-02", "quorum": "Điều 7", "votes": "Điều 8"},
    )
    assert (
        "Hội đồng               2 thành viên; thành lập theo Quyết định số 41/QĐ-UBND ngày 01/04/2026;"
        " Quy chế số 42/QĐ-UBND ngày 02/04/2026 (Điều 7 về số thành viên dự họp, Điều 8 về biểu quyết)\n"
        in tdkt("office", "show").out
    )


def test_the_account_that_is_chosen_acts_from_then_on(tdkt: Tdkt, database: Path) -> None:
    chosen = tdkt("office", "use", OFFICER, "--json")
    moved = tdkt("advance", "T01", "submit")

    assert (chosen.code, chosen.json["account"]) == (0, OFFICER)
    assert moved.code == 0
    with Reading(f"sqlite:///{database}") as reading:
        entry = [json.loads(row.data) for row in reading.entries("diem-he", 2026, event="use")]
    assert [each["actor"] for each in entry] == [OFFICER]


def test_an_unknown_account_is_not_chosen(tdkt: Tdkt) -> None:
    answer = tdkt("office", "use", "nobody", "--json")

    assert answer.code == 2
    assert answer.refusal["error"] == "unknown_actor"
    assert tdkt("office", "show", "--json").json["actor"] is None
