"""`tdkt definition migrate`: running items under another version of their machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Edited, Tdkt
from tests.dossiers import way
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, SECRETARY, VILLAGE

TASKS, DOSSIERS = "machines/plan_task/1.yaml", "machines/nomination_dossier/1.yaml"
SECOND = ("version: 1\n", "version: 2\n")


def adopted(tdkt: Tdkt, file: Path, name: str) -> None:
    """Proposed, and agreed to where another person must."""
    proposed = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--yes", "--json")
    assert proposed.code == 0, proposed.err
    if not proposed.json["adopted"]:
        agreed = tdkt("definition", "agree", name, "--as", CHAIR, "--yes")
        assert agreed.code == 0, agreed.err


@pytest.fixture
def second(tdkt: Tdkt, edited: Edited) -> Tdkt:
    """T01 is submitted; the office has a second version of tasks, in which that state is called otherwise,
    and of which completing a report asks one thing more."""
    assert tdkt("advance", "T01", "submit", "--as", OFFICER).code == 0
    file = edited(TASKS, SECOND)
    text = file.read_text("utf-8")
    text = text.replace("  submitted:\n", "  handed_in:\n").replace("[submitted", "[handed_in")
    text = text.replace(", submitted,", ", handed_in,").replace("to: submitted}", "to: handed_in}")
    text = text.replace(
        "      opinion: {type: text, label: {vi: Ý kiến, en: Opinion}}\n",
        "      opinion: {type: text, label: {vi: Ý kiến, en: Opinion}}\n"
        "      checked_on: {type: date, label: {vi: Ngày thẩm định, en: Day of the review}}\n",
    )
    file.write_text(text, encoding="utf-8")
    adopted(tdkt, file, "machine/plan_task")
    return tdkt


def machines(tdkt: Tdkt) -> dict[str, str]:
    return {row["ref"]: row["state"] for row in tdkt("task", "list", "--json").json}


MOVING = ("definition", "migrate", "plan_task", "--to", "2")


def test_a_dry_run_shows_each_item_and_writes_nothing(second: Tdkt, database: Path) -> None:
    before = database.read_bytes()

    said = second(*MOVING, "--dry-run", "--json")

    assert database.read_bytes() == before
    assert (said.code, said.json["machine"], said.json["dry_run"]) == (1, "plan_task/2", True)
    assert [(each["ref"], each["reasons"][0]["rule"]) for each in said.json["refused"]] == [
        ("T01", "no_such_state")
    ]
    assert {(item["from"], item["to"]) for item in said.json["items"]} == {("drafted", "drafted")}
    assert all(item["rows"] == [] and item["due_old"] == item["due_new"] for item in said.json["items"])


def test_a_map_says_which_state_stands_for_another_and_what_will_be_asked_for(second: Tdkt) -> None:
    mapped = (*MOVING, "T01", "--map", "submitted=handed_in")

    shown = second(*mapped, "--dry-run")
    unasked = second(*mapped, "--as", ADMINISTRATOR)
    done = second(*mapped, "--as", ADMINISTRATOR, "--yes", "--json")

    assert shown.code == 0
    assert "T01: “Review” will ask for: Day of the review." in shown.out
    assert unasked.code == 1
    assert done.code == 0
    assert [(item["ref"], item["from"], item["to"]) for item in done.json["items"]] == [
        ("T01", "submitted", "handed_in")
    ]
    log = [entry for entry in second("audit", "log", "--json").json if entry["event"] == "migrated"]
    assert [(entry["ref"], entry["from"], entry["to"]) for entry in log] == [
        ("T01", "submitted", "handed_in")
    ]
    assert second("audit", "verify").code == 0
    # It goes on by the other version.
    lacking = second("advance", "T01", "review", "--set", "opinion=Đạt", "--as", SECRETARY)
    assert (lacking.code, "Day of the review" in lacking.err) == (2, True)
    again = second(*mapped, "--as", ADMINISTRATOR, "--yes")
    assert (again.code, again.out) == (0, "Nothing is to be moved to plan_task/2.\n")


def test_all_that_run_move_and_one_that_cannot_keeps_no_other(second: Tdkt) -> None:
    done = second(*MOVING, "--as", ADMINISTRATOR, "--yes", "--json")

    assert done.code == 1
    assert len(done.json["items"]) == 17
    assert [each["ref"] for each in done.json["refused"]] == ["T01"]
    assert machines(second)["T01"] == "submitted"
    assert second("deadline", "list", "T02", "--pending", "--json").json != []
    assert second("audit", "verify").code == 0


def test_a_state_in_which_a_term_does_not_run_ends_it_and_shows_so(tdkt: Tdkt, edited: Edited) -> None:
    new = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
    assert tdkt(*new, "--as", VILLAGE).code == 0
    assert (
        tdkt("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn A", "--as", VILLAGE).code == 0
    )
    for words in way("complete"):
        assert tdkt(*words).code == 0
    file = edited(DOSSIERS, SECOND)
    adopted(tdkt, file, "machine/nomination_dossier")
    moving = (
        "definition",
        "migrate",
        "nomination_dossier",
        "--to",
        "2",
        "D0001",
        "--map",
        "submitted=drafted",
    )

    shown = tdkt(*moving, "--dry-run", "--json")
    done = tdkt(*moving, "--as", ADMINISTRATOR, "--yes")

    (item,) = shown.json["items"]
    assert item["due_old"] is not None
    assert item["due_new"] is None
    assert {row["new"] for row in item["rows"]} == {None}
    assert done.code == 0
    assert tdkt("show", "D0001", "--json").json["state"] == "drafted"
    assert tdkt("deadline", "list", "D0001", "--pending", "--json").json == []
    assert tdkt("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan_task", "--to", "9"), "The office has no version 9 of the machine plan_task; it has 1, 2."),
        (("nothing", "--to", "1"), "nothing"),
        (("plan_task", "--to", "2", "--map", "submitted"), "is not of the form old=new"),
        (("plan_task", "--to", "2", "--map", "submitted=gone"), "gone"),
        (("plan_task", "--to", "2", "T99"), "T99"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(second: Tdkt, words: tuple[str, ...], said: str) -> None:
    answer = second("definition", "migrate", *words, "--dry-run")

    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.splitlines()) == 1


def test_who_may_not_is_told_who_can(second: Tdkt) -> None:
    answer = second(*MOVING, "--as", VILLAGE, "--yes")

    assert answer.code == 1
    assert "Administrator" in answer.err


def test_closing_or_reopening_is_no_matter_of_moving(second: Tdkt) -> None:
    answer = second(*MOVING, "T01", "--map", "submitted=cancelled", "--dry-run", "--json")

    assert [each["reasons"][0]["rule"] for each in answer.json["refused"]] == ["state_opens"]
