"""`tdkt deadline migrate`: running deadlines under another version of the policy, shown before it is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.people import ADMINISTRATOR, VILLAGE

SHIPPED = Path(__file__).resolve().parents[2] / "definitions" / "policies" / "deadlines" / "1.yaml"


@pytest.fixture
def second(tdkt: Tdkt, tmp_path: Path) -> Tdkt:
    """The office has a second version of its policy, which nothing runs by yet."""
    text = SHIPPED.read_text("utf-8").replace("version: 1\n", "version: 2\n").replace("14 cd", "10 wd")
    file = tmp_path / "2.yaml"
    file.write_text(text, encoding="utf-8")
    assert tdkt("tick").code == 0
    assert tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR).code == 0
    return tdkt


def test_adopting_a_policy_moves_nothing_that_runs(second: Tdkt) -> None:
    names = {row["name"] for row in second("deadline", "list", "T16", "--json").json}

    assert "reminder-14" in names
    assert "reminder-10wd" not in names


def test_a_dry_run_shows_each_old_and_new_time_and_writes_nothing(second: Tdkt) -> None:
    before = second("deadline", "list", "T16", "--json").json

    said = second("deadline", "migrate", "--to", "2", "--dry-run")

    assert said.code == 0
    assert "Reminder, 10 working days before  none              2026-12-17 08:00" in said.out
    assert "Reminder, 14 days before          2026-12-17 08:00  none" in said.out
    assert said.out.splitlines()[-1].startswith("Dry run: would move to deadlines/2 (items: ")
    assert second("deadline", "list", "T16", "--json").json == before


def test_moving_asks_and_then_moves_all_with_an_entry_each(second: Tdkt) -> None:
    refused = second("deadline", "migrate", "--to", "2", "--as", ADMINISTRATOR)
    done = second("deadline", "migrate", "--to", "2", "--as", ADMINISTRATOR, "--yes", "--json")

    assert refused.code == 1
    assert done.code == 0
    assert (done.json["policy"], done.json["dry_run"]) == ("deadlines/2", False)
    moved = [item["ref"] for item in done.json["items"]]
    assert len(moved) == len(set(moved))
    assert moved == [
        row["ref"]
        for row in second("task", "list", "--json").json
        if row["state"] not in ("completed", "cancelled")
    ]
    pending = {
        row["name"] for row in second("deadline", "list", "T16", "--json").json if row["status"] == "pending"
    }
    assert pending >= {"reminder-10wd", "due"}
    events = [entry["event"] for entry in second("audit", "log", "--json").json]
    assert (events.count("policy"), events.count("migrate_deadlines")) == (len(moved), 1)
    assert second("audit", "verify").code == 0


def test_moving_twice_has_nothing_left_to_move(second: Tdkt) -> None:
    second("deadline", "migrate", "--to", "2", "--as", ADMINISTRATOR, "--yes")

    again = second("deadline", "migrate", "--to", "2", "--as", ADMINISTRATOR, "--yes")

    assert (again.code, again.out) == (0, "Nothing is to be moved to deadlines/2.\n")


def test_a_version_that_the_office_does_not_have_names_those_that_it_has(tdkt: Tdkt) -> None:
    said = tdkt("deadline", "migrate", "--to", "9", "--dry-run")

    assert said.code == 2
    assert said.err == (
        "The office has no version 9 of its policy deadlines; it has 1. Adopt that one first with "
        "tdkt definition adopt.\n"
    )


def test_who_may_not_is_told_who_can_and_it_is_logged(second: Tdkt) -> None:
    said = second("deadline", "migrate", "--to", "2", "--as", VILLAGE, "--yes")

    assert said.code == 1
    assert "Administrator" in said.err
    (entry,) = [
        entry for entry in second("audit", "log", "--json").json if entry["event"] == "migrate_deadlines"
    ]
    assert entry["refused"]
