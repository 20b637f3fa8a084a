"""An office with two plans: which item a reference means, and that the open rest of the old year stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Answer, Tdkt
from tests.people import ACCOUNTANT, CHAIR, OFFICER, STANDING_MEMBER, VILLAGE
from tests.plans import write_plan

JANUARY = "2027-01-11T08:00"


@pytest.fixture
def two_years(tdkt: Tdkt, tmp_path: Path) -> Tdkt:
    """In January 2027: the year 2026 with tasks and a dossier open, T03 cancelled, and a second plan."""
    assert _new_dossier(tdkt, "T17").code == 0
    assert tdkt("advance", "T03", "cancel", "--set", "reason=Không làm", "--as", CHAIR).code == 0
    plan = str(write_plan(tmp_path, 2027))
    done = tdkt("plan", "import", plan, "--as", STANDING_MEMBER, "--yes", "--now", JANUARY)
    assert done.code == 0, done.err
    return tdkt


def _new_dossier(tdkt: Tdkt, task: str) -> Answer:
    given = ("--task", task, "--from", VILLAGE, "--title", "ldtt")
    return tdkt("dossier", "new", *given, "--as", VILLAGE)


# -- which item a reference means ------------------------------------------------------------------------


def test_acting_on_what_is_open_in_several_years_asks_which(two_years: Tdkt) -> None:
    done = two_years("advance", "T01", "submit", "--as", OFFICER)

    assert (done.code, done.err) == (
        2,
        "“T01” is open in several years. Write one of them with its year: 2026/T01, 2027/T01.\n",
    )


@pytest.mark.parametrize(
    "command", ["claim T01", "why T01 submit", "expect open T01", "deadline set T01 2027-03-01"]
)
def test_every_act_asks_which(two_years: Tdkt, command: str) -> None:
    assert two_years(*command.split(), "--as", OFFICER).code == 2


@pytest.mark.parametrize(
    ("ref", "options", "year"),
    [
        ("2026/T01", (), 2026),
        ("2027/T01", (), 2027),
        ("diem-he/2026/t1", (), 2026),
        ("T01", ("--year", "2026"), 2026),
        ("T01", ("--year", "2027"), 2027),
        ("T03", (), 2027),
    ],
)
def test_a_year_typed_or_the_only_open_item_is_meant(
    two_years: Tdkt, ref: str, options: tuple[str, ...], year: int
) -> None:
    assert two_years("advance", ref, "submit", "--as", OFFICER, *options).code == 0

    item = ref[-3:].replace("/t1", "T01")
    shown = {each: two_years("show", f"{each}/{item}", "--json").json for each in (2026, 2027)}
    assert [each for each, record in shown.items() if record["state"] == "submitted"] == [year]


def test_where_none_is_open_the_newest_is_meant(two_years: Tdkt) -> None:
    reason = ("--set", "reason=Không làm")
    assert two_years("advance", "T03", "cancel", *reason, "--as", CHAIR).code == 0

    done = two_years("advance", "T03", "submit", "--as", OFFICER, "--json")

    assert done.code == 1
    assert two_years("show", "T03", "--json").json["also_open"] == []


def test_a_range_of_a_year_is_written_with_it_once(two_years: Tdkt) -> None:
    assert two_years("advance", "2026/T01..T02", "submit", "--as", OFFICER).code == 0
    assert two_years("advance", "T01..T02", "submit", "--as", OFFICER).code == 2
    assert two_years("advance", "2026/T05..2026/T06", "submit", "--as", OFFICER).code == 0
    assert two_years("task", "list", "--state", "submitted", "--json", "--year", "2027").json == []


def test_looking_takes_the_newest_and_says_so(two_years: Tdkt) -> None:
    shown = two_years("show", "T01")

    assert shown.code == 0
    assert "2026" in shown.out.splitlines()[0]  # the report of 2026 is a row of 2027
    assert shown.err == "This is 2027/T01; 2026/T01 is open too: see it with its year.\n"
    assert two_years("show", "T01", "--json").json["also_open"] == ["2026/T01"]
    assert two_years("show", "2026/T01").err == ""
    assert two_years("show", "2026/T01", "--json").json["also_open"] == []


def test_looking_finds_the_only_open_dossier_of_an_old_year(two_years: Tdkt) -> None:
    shown = two_years("dossier", "show", "D0001")

    assert (shown.code, shown.err) == (0, "")
    assert two_years("dossier", "list", "--task", "2026/T17", "--json").json[0]["ref"] == "D0001"


def test_a_dossier_goes_to_the_year_of_its_task(two_years: Tdkt) -> None:
    assert _new_dossier(two_years, "T17").code == 2
    assert _new_dossier(two_years, "2026/T17").code == 0
    assert _new_dossier(two_years, "2027/T17").code == 0

    assert two_years("show", "2026/D0002", "--json").json["task"] == "T17"
    assert two_years("show", "2027/D0001", "--json").json["task"] == "T17"


# -- lists -----------------------------------------------------------------------------------------------


def refs(records: Iterable[Mapping[str, Any]]) -> set[str]:
    return {f"{record['year']}/{record['ref']}" for record in records}


def test_lists_cover_what_is_open_in_any_year(two_years: Tdkt) -> None:
    listed = two_years("task", "list", "--json").json
    open_2026 = {f"2026/T{number:02}" for number in range(1, 19)} - {"2026/T03"}
    all_2027 = {f"2027/T{number:02}" for number in range(1, 19)}

    assert refs(listed) == open_2026 | all_2027
    assert [record["year"] for record in listed] == sorted(record["year"] for record in listed)
    assert refs(two_years("dossier", "list", "--json").json) == {"2026/D0001"}
    assert refs(two_years("inbox", "--as", OFFICER, "--json").json) >= open_2026 - {"2026/T17"}
    assert refs(two_years("deadline", "list", "--json").json) == open_2026 | all_2027
    assert refs(two_years("plan", "show", "--json").json["earlier"]) == open_2026


def test_a_year_narrows_lists(two_years: Tdkt) -> None:
    year = ("--year", "2026", "--json")

    assert refs(two_years("task", "list", *year).json) == {f"2026/T{number:02}" for number in range(1, 19)}
    assert refs(two_years("inbox", "--as", OFFICER, *year).json) < {f"2026/T{n:02}" for n in range(1, 19)}
    assert two_years("plan", "show", *year).json["earlier"] == []
    assert two_years("dossier", "list", "--year", "2027", "--json").json == []


def test_what_is_of_another_year_than_the_newest_plan_is_printed_with_it(two_years: Tdkt) -> None:
    assert "\n2026/T17  " in two_years("task", "list").out
    assert "\nT17  " in two_years("task", "list").out.replace("T17       ", "T17  ")
    assert "2026/D0001" in two_years("dossier", "list").out
    assert two_years("show", "2026/T17").out.startswith("2026/T17  ")
    assert two_years("show", "T17").out.startswith("T17  ")
    assert "2026/T17" in two_years("inbox", "--as", OFFICER).out
    assert "2026/T17" in two_years("deadline", "list").out
    assert "2026/T17" in two_years("inbox", "--week", "--all").out
    assert two_years("advance", "2026/T01", "submit", "--as", OFFICER).out.startswith("2026/T01  ")


def test_the_board_shows_and_counts_apart_what_earlier_plans_left(two_years: Tdkt) -> None:
    board = two_years("plan", "show").out.splitlines()

    at = next(number for number, line in enumerate(board) if line.startswith("── Plan of 2026, still open "))
    named = [line.split()[0] for line in board[at + 1 :] if line.startswith("2026/")]
    assert named[:3] == ["2026/T01", "2026/T02", "2026/T04"]
    assert "Of the plan of 2026 still open: 17." in board
    assert "Tasks: 18" in two_years("plan", "show").out


# -- notices, and what is done by itself -----------------------------------------------------------------


def test_notices_tell_the_year_of_what_is_not_of_the_newest_plan(two_years: Tdkt) -> None:
    assert two_years("tick", "--now", "2027-02-08T09:00").code == 0

    notices = two_years("notice", "list", "--json").json
    of_2026, of_2027 = (
        [notice["text"] for notice in notices if notice["year"] == year and notice["ref"]]
        for year in (2026, 2027)
    )
    assert of_2026
    assert of_2027
    named = re.compile(r"(?<![\w/])[TD]\d{2,4}\b")
    assert [text for text in of_2026 if named.search(text)] == []
    assert [text for text in of_2027 if "2027/" in text] == []
    assert any("2026/T10" in text for text in of_2026)


def test_every_list_that_is_open_is_chased(two_years: Tdkt) -> None:
    for task in ("2026/T17", "2027/T17"):
        assert two_years("expect", "open", task, "--as", OFFICER, "--yes").code == 0

    shown = two_years("expect", "chase", "--dry-run", "--as", OFFICER)
    assert "2026/T17" in shown.out
    assert refs(two_years("expect", "list", "--json").json) == {"2026/T17", "2027/T17"}
    of_2026 = two_years("expect", "chase", "--year", "2026", "--as", OFFICER, "--yes", "--json").json
    assert refs(of_2026) == {"2026/T17"}
    assert refs(two_years("expect", "chase", "--as", OFFICER, "--yes", "--json").json) == {
        "2026/T17",
        "2027/T17",
    }
    (told,) = two_years("notice", "list", "--to", VILLAGE, "--ref", "2027/T17", "--json").json
    assert "2027/" not in told["text"]


def test_reasons_name_the_item_with_its_year(two_years: Tdkt) -> None:
    taken = two_years("claim", "2026/T01", "--release", "--as", OFFICER)

    assert taken.code == 1
    assert "2026/T01" in taken.err


def test_a_simulation_carries_over_what_is_open_of_earlier_years(two_years: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(
        f"""scenario: Tháng Hai
acts:
  - {{on: 2027-02-01, ref: 2026/T01, event: submit, by: {OFFICER}}}
  - {{on: 2027-02-01, ref: T02, event: submit, by: {OFFICER}}}
""",
        encoding="utf-8",
    )

    played = two_years("simulate", "--scenario", str(file), "--to", "2027-03-31", "--json").json

    done = [(event["year"], event["ref"]) for event in played["happened"] if event["what"] == "done"]
    fired = {event["year"] for event in played["happened"] if event["what"] == "fired"}
    assert done == [(2026, "T01"), (2027, "T02")]
    assert fired == {2026, 2027}
    assert {"2026/T10"} <= refs(played["late"])
    assert "\n2026/T10  " in two_years("simulate", "--to", "2027-03-31").out
    file.write_text("scenario: x\nacts: [{on: 2027-02-01, ref: 2026/T03, event: submit}]\n", encoding="utf-8")
    assert two_years("simulate", "--scenario", str(file), "--to", "2027-03-31").code == 1


def test_the_briefing_tells_what_was_closed_of_the_old_year_in_the_week_before(two_years: Tdkt) -> None:
    reason = ("--set", "reason=Không làm")
    assert two_years("advance", "2026/T08", "cancel", *reason, "--as", CHAIR).code == 0
    steps = [
        ("submit", OFFICER, ()),
        ("review", STANDING_MEMBER, ("--set", "opinion=Đồng ý")),
        ("approve", CHAIR, ()),
        ("complete", OFFICER, ("--set", "paper_number=9/BC-UBND", "--set", "paper_date=2027-01-11")),
    ]
    for event, who, inputs in steps:
        done = two_years("advance", "2026/T01", event, *inputs, "--as", who, "--yes")
        assert done.code == 0, done.err

    closed = {
        (now, who): refs(two_years("inbox", "--week", "--as", who, "--json", "--now", now).json["closed"])
        for now in ("2027-01-11T12:00", "2027-01-18T08:00", "2027-01-25T08:00")
        for who in (CHAIR, OFFICER, ACCOUNTANT)
    }

    assert {place for place, items in closed.items() if items == {"2026/T01"}} == {
        ("2027-01-18T08:00", CHAIR),
        ("2027-01-18T08:00", OFFICER),
    }
