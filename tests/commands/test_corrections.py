"""What was recorded wrongly is put right by those who recorded it, and nothing of it is lost."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import NO_VOTE, way
from tests.people import (
    ADMINISTRATOR,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat")
SLIP = ("--set", "reason=Nhập nhầm")


@pytest.fixture
def dossier(tdkt: Tdkt) -> str:
    """A dossier of two, handed in by the village."""
    ref: str = tdkt(*NEW, "--as", VILLAGE, "--json").json["ref"]
    for name in ("Nguyễn Thị Mẫu", "Trần Văn Mẫu"):
        tdkt("dossier", "add", ref, "--kind", "person", "--name", name, "--as", VILLAGE)
    done(tdkt, ref, "submit", VILLAGE, "--yes")
    return ref


def done(tdkt: Tdkt, ref: str, event: str, account: str, *words: str) -> None:
    answer = tdkt("advance", ref, event, *words, "--as", account)
    assert answer.code == 0, answer.err


def refused(tdkt: Tdkt, *words: str) -> list[str]:
    answer = tdkt(*words, "--json")
    assert answer.code == 1
    return [reason["rule"] for reason in answer.refusal["reasons"]]


def shown(tdkt: Tdkt, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = tdkt("show", ref, "--json").json
    return found


# Taking back what nobody has acted on


def test_whoever_handed_a_dossier_in_takes_it_back_and_it_was_never_received(
    tdkt: Tdkt, dossier: str
) -> None:
    by_another = refused(tdkt, "advance", dossier, "recall", *SLIP, "--as", OFFICER)
    without_reason = tdkt("advance", dossier, "recall", "--as", VILLAGE)

    done(tdkt, dossier, "recall", VILLAGE, *SLIP)

    assert by_another == ["own_submission"]
    assert without_reason.code == 2
    now = shown(tdkt, dossier)
    assert {name: now[name] for name in ("state", "received_on", "complete_on", "due", "terms")} == {
        "state": "drafted",
        "received_on": None,
        "complete_on": None,
        "due": None,
        "terms": [],
    }
    assert tdkt("deadline", "list", dossier, "--pending", "--json").json == []


def test_what_was_acted_on_is_not_taken_back(tdkt: Tdkt, dossier: str) -> None:
    for words in way("complete", since="submitted"):
        assert tdkt(*words).code == 0

    answer = tdkt("advance", dossier, "recall", *SLIP, "--as", VILLAGE)

    assert answer.code == 1
    said = "Officer of the division has acted on it: Accepted as complete. Ask the reviewer to return it."
    assert said in answer.err


def test_what_another_has_begun_is_not_taken_back_until_it_is_released(tdkt: Tdkt, dossier: str) -> None:
    tdkt("claim", dossier, "--as", OFFICER)

    begun = refused(tdkt, "advance", dossier, "recall", *SLIP, "--as", VILLAGE)
    tdkt("claim", dossier, "--release", "--as", OFFICER)

    assert begun == ["taken_up"]
    done(tdkt, dossier, "recall", VILLAGE, *SLIP)


def test_what_was_handed_in_again_stays_received(tdkt: Tdkt, dossier: str) -> None:
    first = shown(tdkt, dossier)["received_on"]
    done(tdkt, dossier, "return", SECRETARY, "--set", "missing=Biên bản", "--set", "until=12/01/2026")
    done(tdkt, dossier, "submit", VILLAGE, "--yes")

    done(tdkt, dossier, "recall", VILLAGE, *SLIP)

    now = shown(tdkt, dossier)
    assert (now["state"], now["received_on"], now["complete_on"]) == ("returned", first, None)


def test_a_recalled_dossier_no_longer_answers_for_its_body(tdkt: Tdkt, dossier: str) -> None:
    done(tdkt, dossier, "recall", VILLAGE, *SLIP)
    tdkt("expect", "open", "T17", "--due", "20/11/2026", "--as", OFFICER, "--yes")
    done(tdkt, dossier, "submit", VILLAGE, "--yes")
    answered = tdkt("expect", "list", "T17", "--json").json

    done(tdkt, dossier, "recall", VILLAGE, *SLIP)

    silent = tdkt("expect", "list", "T17", "--json").json
    assert [state_of(answered, VILLAGE), state_of(silent, VILLAGE)] == ["received", "silent"]


def state_of(listed: list[dict[str, object]], body: str) -> object:
    (found,) = [row["status"] for row in listed if row["body"] == body]
    return found


def test_a_task_is_taken_back_by_whoever_submitted_it_or_the_one_that_stands_in(tdkt: Tdkt) -> None:
    done(tdkt, "T05", "submit", OFFICER)
    by_another = refused(tdkt, "advance", "T05", "recall", *SLIP, "--as", SECRETARY)
    tdkt(
        *("office", "substitute", OFFICER, "--by", SECRETARY, "--from", "2026-01-05"),
        *("--until", "2026-01-09", "--as", OFFICER),
    )

    done(tdkt, "T05", "recall", SECRETARY, *SLIP)

    assert by_another == ["own_submission"]
    assert shown(tdkt, "T05")["state"] == "drafted"


# Opening a review again


def test_only_whoever_reviewed_opens_it_again_and_only_until_it_is_approved(tdkt: Tdkt) -> None:
    done(tdkt, "T02", "submit", OFFICER)
    done(tdkt, "T02", "review", STANDING_MEMBER, "--set", "opinion=Thống nhất")

    by_another = refused(tdkt, "advance", "T02", "reopen", *SLIP, "--as", SECRETARY)
    done(tdkt, "T02", "reopen", STANDING_MEMBER, *SLIP)
    state = shown(tdkt, "T02")["state"]
    done(tdkt, "T02", "review", SECRETARY, "--set", "opinion=Thống nhất")
    done(tdkt, "T02", "approve", CHAIR)

    assert (by_another, state) == (["own_review"], "submitted")
    assert refused(tdkt, "advance", "T02", "reopen", *SLIP, "--as", SECRETARY) == ["state"]


def test_opened_again_an_appraisal_gives_no_result_any_more(tdkt: Tdkt) -> None:
    words = ("--task", "T17", "--from", VILLAGE, "--title", "gdvh", "--as", VILLAGE)
    ref = tdkt("dossier", "new", *words, "--json").json["ref"]
    tdkt("dossier", "add", ref, "--kind", "household", "--name", "Hộ mẫu", "--as", VILLAGE)
    for step in way("appraised", ref=ref, posted=("10/12/2025", "25/12/2025")):
        assert tdkt(*step).code == 0, step
    (reviewed,) = shown(tdkt, ref)["nominees"]

    done(tdkt, ref, "reopen", STANDING_MEMBER, *SLIP)

    (line,) = shown(tdkt, ref)["nominees"]
    assert (reviewed["result"], reviewed["verdict"]) == ("unvoted", "met")
    assert (shown(tdkt, ref)["state"], line["result"], line["verdict"]) == ("submitted", None, "met")


# Correcting what the signed paper has otherwise


@pytest.fixture
def awarded(tdkt: Tdkt, dossier: str) -> str:
    """The dossier with its decision, of which the number and a name were typed wrongly."""
    decide(tdkt, dossier)
    return dossier


def decide(tdkt: Tdkt, ref: str) -> None:
    for words in way("approved", ref=ref, since="submitted", lines=(1, 2), votes=NO_VOTE):
        assert tdkt(*words).code == 0, words
    numbered = ("--set", "decision_number=121/QĐ-UBND", "--set", "decision_date=2026-01-05")
    facts = (*numbered, "--set", "funds_by=ke-toan")
    done(tdkt, ref, "award", OFFICER, *facts, "--set", f"signer={CHAIR}")


DECISION = "Q01"
NUMBER = ("--set", "decision_number=112/QĐ-UBND", *SLIP)
OTHER = ("--set", "decision_number=211/QĐ-UBND", *SLIP)
NAME = ("--set", "nominee=2", "--set", "new_name=Trần Văn Mẫn", *SLIP)


def corrections(tdkt: Tdkt, ref: str) -> list[tuple[object, ...]]:
    return [
        (each["status"], each["name"], each["line"], each["old"], each["new"])
        for each in shown(tdkt, ref)["corrections"]
    ]


def test_a_number_is_corrected_once_the_records_clerk_agrees_and_both_are_shown(
    tdkt: Tdkt, awarded: str
) -> None:
    done(tdkt, DECISION, "propose_correction", OFFICER, *NUMBER)
    waiting = corrections(tdkt, DECISION)
    inbox = [(line["proposal"], line["next"]) for line in tdkt("inbox", "--as", RECORDS_CLERK, "--json").json]
    alone = refused(tdkt, "advance", DECISION, "agree_correction", "--as", OFFICER)

    done(tdkt, DECISION, "agree_correction", RECORDS_CLERK)

    change = ("decision_number", None, "121/QĐ-UBND", "112/QĐ-UBND")
    assert waiting == [("pending", *change)]
    assert inbox == [("propose_correction", f"tdkt advance {DECISION} agree_correction --as {RECORDS_CLERK}")]
    assert alone == ["role", "another_person", "agrees_to_own"]
    assert corrections(tdkt, DECISION) == [("agreed", *change)]
    assert shown(tdkt, awarded)["state"] == "awarded"
    assert shown(tdkt, awarded)["facts"]["award"]["decision_number"] == "112/QĐ-UBND"
    assert tdkt("inbox", "--as", RECORDS_CLERK, "--json").json == []
    page = tdkt("show", DECISION).out
    assert "Decision number  121/QĐ-UBND  112/QĐ-UBND  Corrected" in page
    assert tdkt("audit", "verify").code == 0


def test_a_name_is_corrected_once_the_standing_member_agrees_and_its_old_one_can_be_erased_with_it(
    tdkt: Tdkt, awarded: str
) -> None:
    done(tdkt, awarded, "propose_correction", OFFICER, *NAME)
    before = [line["name"] for line in shown(tdkt, awarded)["nominees"]]
    not_for_the_clerk = refused(tdkt, "advance", awarded, "agree_correction", "--as", RECORDS_CLERK)

    done(tdkt, awarded, "agree_correction", STANDING_MEMBER)

    assert before == ["Nguyễn Thị Mẫu", "Trần Văn Mẫu"]
    assert not_for_the_clerk == ["role"]
    assert [line["name"] for line in shown(tdkt, awarded)["nominees"]] == ["Nguyễn Thị Mẫu", "Trần Văn Mẫn"]
    assert corrections(tdkt, awarded) == [("agreed", "name", 2, "Trần Văn Mẫu", "Trần Văn Mẫn")]
    assert kept_words(awarded, 2) == {
        "name": "Trần Văn Mẫn",
        "name_was": "Trần Văn Mẫu",
        "new_name": "Trần Văn Mẫn",
    }
    assert tdkt("audit", "verify").code == 0


def test_a_decisions_paper_and_a_name_in_it_are_corrected_by_one_command(tdkt: Tdkt, awarded: str) -> None:
    def correct(*words: str) -> None:
        answer = tdkt("decision", "correct", DECISION, *words, "--reason", "Ghi nhầm", "--as", OFFICER)
        assert answer.code == 0, answer.err

    correct("--number", "112/QĐ-UBND", "--signer", VICE_CHAIR)
    done(tdkt, DECISION, "agree_correction", RECORDS_CLERK)
    correct("--line", "D0001/2", "--name", "Trần Văn Mẫn")
    done(tdkt, awarded, "agree_correction", STANDING_MEMBER)

    decision, dossier = shown(tdkt, DECISION), shown(tdkt, awarded)
    assert (decision["number"], decision["signer"], decision["signature"]) == (
        "112/QĐ-UBND",
        VICE_CHAIR,
        "KT. CHỦ TỊCH",
    )
    assert [line["name"] for line in decision["lines"]] == ["Nguyễn Thị Mẫu", "Trần Văn Mẫn"]
    award = dossier["facts"]["award"]
    assert (award["decision_number"], award["signer"]) == ("112/QĐ-UBND", VICE_CHAIR)
    assert corrections(tdkt, awarded) == [
        ("agreed", "decision_number", None, "121/QĐ-UBND", "112/QĐ-UBND"),
        ("agreed", "signer", None, CHAIR, VICE_CHAIR),
        ("agreed", "name", 2, "Trần Văn Mẫu", "Trần Văn Mẫn"),
    ]
    kept = [(row["number"], row["name"]) for row in tdkt("register", "awards", "--json").json]
    assert kept == [("112/QĐ-UBND", "Nguyễn Thị Mẫu"), ("112/QĐ-UBND", "Trần Văn Mẫn")]
    assert tdkt("audit", "verify").code == 0


def test_an_erased_name_goes_from_the_decisions_that_state_it_anew_too(tdkt: Tdkt, awarded: str) -> None:
    letter = (
        "--paper",
        "15/UBND-VHXH",
        "--paper-date",
        "2026-01-05",
        "--signer",
        CHAIR,
        "--what",
        "Sai dấu",
        "--as",
        OFFICER,
    )
    for line, name in ((1, "Nguyễn Thị Mậu"), (2, "Trần Văn Mậu")):
        right = tdkt(
            "decision", "rectify", DECISION, *letter, "--line", f"{awarded}/{line}", "--name", name, "--yes"
        )
        assert right.code == 0, right.err
    amend = ("decision", "amend", DECISION, "--reason", "Sai tên", "--as", OFFICER)
    anew = tdkt(*amend, f"{awarded}/1", "--name", "Nguyễn Thị Mười")
    assert anew.code == 0, anew.err
    assert "Nguyễn Thị Mười" in tdkt("show", "Q02").out

    assert tdkt("audit", "erase", f"{awarded}/1", "--as", ADMINISTRATOR, "--yes").code == 0

    pages = tdkt("show", DECISION).out + tdkt("show", "Q02").out + tdkt("show", awarded).out
    assert "Trần Văn Mậu" in pages
    assert [name for name in ("Nguyễn Thị Mậu", "Nguyễn Thị Mười", "Nguyễn Thị Mẫu") if name in pages] == []
    assert tdkt("audit", "verify").code == 0


def test_a_correction_that_waits_is_agreed_to_although_the_decisions_number_was_corrected_since(
    tdkt: Tdkt, awarded: str
) -> None:
    def correct(*words: str) -> None:
        assert tdkt("decision", "correct", DECISION, *words, "--reason", "Sai", "--as", OFFICER).code == 0

    correct("--line", "D0001/2", "--name", "Trần Văn Mẫn")
    correct("--number", "112/QĐ-UBND")
    done(tdkt, DECISION, "agree_correction", RECORDS_CLERK)

    done(tdkt, awarded, "agree_correction", STANDING_MEMBER)

    assert corrections(tdkt, awarded) == [
        ("agreed", "name", 2, "Trần Văn Mẫu", "Trần Văn Mẫn"),
        ("agreed", "decision_number", None, "121/QĐ-UBND", "112/QĐ-UBND"),
    ]
    assert [line["name"] for line in shown(tdkt, DECISION)["lines"]] == ["Nguyễn Thị Mẫu", "Trần Văn Mẫn"]
    assert tdkt("audit", "verify").code == 0


def test_an_item_that_is_no_decision_is_told_so_where_one_is_put_before_its_signer(tdkt: Tdkt) -> None:
    paper = ("--paper", "1/TTr", "--paper-date", "05/01/2026", "--as", OFFICER)

    answer = tdkt("decision", "submit", "T01", *paper)

    assert answer.code == 2, answer.out
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--line", "D0001/2"), "line_apart"),
        (("--name", "Trần Văn Mẫn"), "line_apart"),
        (("--line", "D0001/2", "--name", "Trần Văn Mẫn", "--number", "1/QĐ-UBND"), "line_apart"),
        (("--line", "D0001/7", "--name", "Trần Văn Mẫn"), "no_such_line"),
    ],
)
def test_a_name_is_corrected_apart_and_of_one_line(
    tdkt: Tdkt, awarded: str, words: tuple[str, ...], code: str
) -> None:
    answer = tdkt("decision", "correct", DECISION, *words, "--reason", "x", "--as", OFFICER, "--json")

    assert (answer.code, answer.refusal["error"]) == (2, code)
    assert shown(tdkt, awarded)["corrections"] == []


def kept_words(ref: str, line: int) -> dict[str, str]:
    """What is kept of a line's words: an erasure goes by the line."""
    path = os.environ["TDKT_DB"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        return dict(
            database.execute("SELECT input, value FROM free_text WHERE ref = ? AND line = ?", (ref, line))
        )


def test_a_correction_names_one_thing_that_was_recorded_and_now_reads_otherwise(
    tdkt: Tdkt, awarded: str
) -> None:
    def proposed(*words: str, ref: str = awarded) -> list[str]:
        return refused(tdkt, "advance", ref, "propose_correction", *words, *SLIP, "--as", OFFICER)

    assert proposed() == ["nothing_to_correct"]
    assert proposed("--set", "decision_number=112/QĐ-UBND") == ["corrected_on_decision"]
    assert proposed("--set", "decision_number=121/QĐ-UBND", ref=DECISION) == ["already_so"]
    assert proposed("--set", "of=forward", "--set", "paper_number=1/TTr-UBND") == ["not_recorded"]
    assert proposed("--set", "decision_date=2026-01-06", ref=DECISION) == ["date_not_in_future"]
    assert proposed("--set", f"signer={OFFICER}", ref=DECISION) == ["signer", "signer_drafted"]
    assert proposed("--set", "new_name=A") == ["name_the_line"]
    assert proposed("--set", "nominee=9", "--set", "new_name=A") == ["unknown_nominee"]
    assert proposed("--set", "paper_number=1/TTr", "--set", "nominee=1", "--set", "new_name=A") == [
        "one_agreement"
    ]
    outcome = tdkt("advance", awarded, "propose_correction", "--set", "title=ldtt", *SLIP, "--as", OFFICER)
    assert (outcome.code, "title" in outcome.err) == (2, True)


def test_a_proposed_correction_is_dropped_by_whoever_made_it_or_was_to_agree(
    tdkt: Tdkt, awarded: str
) -> None:
    done(tdkt, DECISION, "propose_correction", OFFICER, *NUMBER)
    second = refused(tdkt, "advance", DECISION, "propose_correction", *OTHER, "--as", SECRETARY)
    by_another = refused(tdkt, "advance", DECISION, "drop_correction", *SLIP, "--as", SECRETARY)

    done(tdkt, DECISION, "drop_correction", OFFICER, *SLIP)
    done(tdkt, DECISION, "propose_correction", OFFICER, *NUMBER)
    done(tdkt, DECISION, "drop_correction", RECORDS_CLERK, *SLIP)

    assert (second, by_another) == (["nothing_proposed"], ["role"])
    change = ("decision_number", None, "121/QĐ-UBND", "112/QĐ-UBND")
    assert corrections(tdkt, DECISION) == [("dropped", *change), ("dropped", *change)]
    assert refused(tdkt, "advance", DECISION, "agree_correction", "--as", RECORDS_CLERK) == ["proposed"]


def test_what_the_records_clerk_proposes_the_chair_agrees_to_and_a_stand_in_may_for_the_chair(
    tdkt: Tdkt, awarded: str
) -> None:
    done(tdkt, DECISION, "propose_correction", RECORDS_CLERK, *NUMBER)
    tdkt(
        *("office", "substitute", CHAIR, "--by", VICE_CHAIR, "--from", "2026-01-05"),
        *("--until", "2026-01-09", "--as", CHAIR),
    )
    alone = refused(tdkt, "advance", DECISION, "agree_correction", "--as", RECORDS_CLERK)

    done(tdkt, DECISION, "agree_correction", VICE_CHAIR)

    assert alone == ["role", "another_person"]
    (said,) = shown(tdkt, DECISION)["corrections"]
    assert (said["proposed_by"], said["decided_by"]) == (RECORDS_CLERK, VICE_CHAIR)


def test_whoever_was_told_the_number_is_told_again_and_nobody_of_a_name(tdkt: Tdkt, awarded: str) -> None:
    for ref, account, words in ((DECISION, RECORDS_CLERK, NUMBER), (awarded, STANDING_MEMBER, NAME)):
        done(tdkt, ref, "propose_correction", OFFICER, *words)
        done(tdkt, ref, "agree_correction", account)

    told = [notice for notice in tdkt("notice", "list", "--json").json if notice["kind"] == "corrected"]

    assert [(notice["to"], notice["ref"]) for notice in told] == [(VILLAGE, awarded)]
    assert (
        "số quyết định của D0001 trước đây thông báo là “121/QĐ-UBND”, nay là “112/QĐ-UBND”"
        in told[0]["text"]
    )


def test_a_message_that_has_not_left_is_made_anew_instead(tdkt: Tdkt, dossier: str) -> None:
    tdkt("office", "contact", VILLAGE, "--email", "thon-1@example.org", "--as", ADMINISTRATOR)
    decide(tdkt, dossier)

    done(tdkt, DECISION, "propose_correction", OFFICER, *NUMBER)
    done(tdkt, DECISION, "agree_correction", RECORDS_CLERK)

    told = [
        ("112/QĐ-UBND" in notice["text"], [one["status"] for one in notice["delivery"]])
        for notice in tdkt("notice", "list", "--json").json
        if notice["kind"] in ("decision_issued", "corrected")
    ]
    assert told == [(False, ["cancelled"]), (True, ["pending"])]


def test_a_task_whose_paper_was_dated_wrongly_is_late_or_not_by_the_right_day(tdkt: Tdkt) -> None:
    done(tdkt, "T01", "propose_record", OFFICER, "--set", "date=2026-01-02", "--set", "paper=11/BC-UBND")
    done(tdkt, "T01", "agree_record", STANDING_MEMBER)
    slip = ("--set", "date=2026-01-03", "--set", "paper=12/BC-UBND", *SLIP)

    done(tdkt, "T01", "propose_correction", OFFICER, *slip)
    done(tdkt, "T01", "agree_correction", RECORDS_CLERK)

    assert [(each[1], each[3], each[4]) for each in corrections(tdkt, "T01")] == [
        ("date", "2026-01-02", "2026-01-03"),
        ("paper", "11/BC-UBND", "12/BC-UBND"),
    ]
    assert shown(tdkt, "T01")["closed_on"] == "2026-01-03"


# A due date that was moved too far


def test_a_date_extended_too_far_is_set_back_once_the_approver_agrees(tdkt: Tdkt) -> None:
    first = shown(tdkt, "T01")["due"]
    done(tdkt, "T01", "extend", CHAIR, "--set", "until=2026-12-30", "--set", "reason=Chờ", "--yes")
    back = ("--set", "due_on=2026-04-30", *SLIP)
    later = refused(
        tdkt, "advance", "T01", "propose_correction", "--set", "due_on=2027-01-29", *SLIP, "--as", OFFICER
    )

    done(tdkt, "T01", "propose_correction", OFFICER, *back)
    by_the_clerk = refused(tdkt, "advance", "T01", "agree_correction", "--as", RECORDS_CLERK)
    done(tdkt, "T01", "agree_correction", CHAIR)

    now = shown(tdkt, "T01")
    assert (later, by_the_clerk) == (["earlier_date"], ["role"])
    assert (now["due"], now["due_first"]) == ("2026-04-30", first)
    assert corrections(tdkt, "T01") == [("agreed", "due_on", None, "2026-12-30", "2026-04-30")]
    pending = tdkt("deadline", "list", "T01", "--pending", "--json").json
    assert {row["due_date"] for row in pending} == {"2026-04-30"}


def test_a_date_set_wrongly_is_corrected_with_the_standing_member(
    tdkt: Tdkt,
) -> None:
    derived = refused(
        tdkt, "advance", "T02", "propose_correction", "--set", "due_on=2026-02-27", *SLIP, "--as", OFFICER
    )
    tdkt("deadline", "set", "T02", "2026-12-28", "--source", "Công văn 12", "--yes", "--as", OFFICER)

    done(tdkt, "T02", "propose_correction", OFFICER, "--set", "due_on=2026-02-27", *SLIP)
    done(tdkt, "T02", "agree_correction", STANDING_MEMBER)

    assert derived == ["date_not_set"]
    assert shown(tdkt, "T02")["due"] == "2026-02-27"


# A dossier under the wrong task, and one that came to nothing


def test_a_draft_is_moved_to_another_task_which_then_has_it(tdkt: Tdkt) -> None:
    ref = tdkt(*NEW, "--as", VILLAGE, "--json").json["ref"]
    words = ("--reason", "Nhầm nhiệm vụ", "--as", VILLAGE)
    nowhere = refused(tdkt, "dossier", "move", ref, "T99", *words)
    same = refused(tdkt, "dossier", "move", ref, "t17", *words)

    moved = tdkt("dossier", "move", ref, "t11", *words)

    assert (nowhere, same, moved.code) == (["no_such_task"], ["same_task"], 0)
    assert shown(tdkt, ref)["task"] == "T11"
    assert shown(tdkt, ref)["history"][-1]["recorded"] == {"task": "T11", "reason": "Nhầm nhiệm vụ"}
    assert [dossier["ref"] for dossier in shown(tdkt, "T11")["dossiers"]] == [ref]
    assert shown(tdkt, "T17")["dossiers"] == []
    assert tdkt("audit", "verify").code == 0


def test_a_dossier_goes_to_no_closed_task_and_not_once_it_is_handed_in(tdkt: Tdkt, dossier: str) -> None:
    tdkt("advance", "T11", "cancel", "--set", "reason=Tỉnh không tổ chức", "--as", CHAIR)
    handed_in = refused(tdkt, "dossier", "move", dossier, "T14", "--reason", "Nhầm", "--as", VILLAGE)
    done(tdkt, dossier, "recall", VILLAGE, *SLIP)

    assert handed_in == ["state"]
    assert refused(tdkt, "dossier", "move", dossier, "T11", "--reason", "Nhầm", "--as", VILLAGE) == [
        "task_closed"
    ]


def test_the_lines_of_a_withdrawn_dossier_are_copied_into_a_new_one_with_their_words(
    tdkt: Tdkt, dossier: str
) -> None:
    words = ("--task", "T11", "--reason", "Nộp lại", "--as", VILLAGE)
    too_early = refused(tdkt, "dossier", "copy", dossier, *words)
    paper = ("--set", "paper_number=9/TTr", "--set", "paper_date=05/01/2026")
    done(tdkt, dossier, "withdraw", VILLAGE, *paper, "--yes", *SLIP)

    copied = tdkt("dossier", "copy", dossier, *words, "--json")

    assert (too_early, copied.code, copied.json["ref"]) == (["not_copied_from"], 0, "D0002")
    new = shown(tdkt, "D0002")
    assert (new["task"], new["state"], new["version"]) == ("T11", "drafted", 3)
    assert [line["name"] for line in new["nominees"]] == ["Nguyễn Thị Mẫu", "Trần Văn Mẫu"]
    assert [change["event"] for change in new["history"]] == ["copy", "add", "add"]
    assert new["history"][0]["recorded"]["of"] == f"2026/{dossier}"
    assert salts(dossier).isdisjoint(salts("D0002"))
    assert tdkt("audit", "verify").code == 0


def salts(ref: str) -> set[bytes]:
    path = os.environ["TDKT_DB"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as database:
        found = database.execute("SELECT salt FROM free_text WHERE ref = ? AND line > 0", (ref,))
        return {salt for (salt,) in found}


# How it is put right


def test_each_act_says_how_it_is_put_right_and_so_do_why_and_the_page(tdkt: Tdkt) -> None:
    before = tdkt("why", "T01", "submit", "--as", OFFICER, "--json").json["undone_by"]

    done_ = tdkt("advance", "T01", "submit", "--as", OFFICER)

    said = "To put it right: whoever handed it in recalls it while nobody has acted on it."
    assert done_.out.splitlines()[1].strip() == said
    assert said in tdkt("show", "T01").out
    assert (before, shown(tdkt, "T01")["undone_by"]) == (["recall"], ["recall"])


def test_an_award_can_be_annulled_and_its_number_corrected_and_a_cancelled_task_stays_so(
    tdkt: Tdkt, awarded: str
) -> None:
    cancelled = tdkt("advance", "T02", "cancel", "--set", "reason=Không tổ chức", "--as", CHAIR, "--json")

    assert shown(tdkt, awarded)["undone_by"] == ["revoke", "propose_correction"]
    assert cancelled.json["undone_by"] == []
    assert "This cannot be taken back." in tdkt("show", "T02").out


def test_of_many_items_each_takes_one_line_and_the_next_step_is_told_once(tdkt: Tdkt) -> None:
    said, next_step = tdkt("advance", "T01..T03", "submit", "--as", OFFICER).out.split("\n\n")

    assert [line[:3] for line in said.splitlines()] == ["T01", "T02", "T03", "   "]
    assert "tdkt advance T01..T03 review " in next_step
