"""`tdkt deadline set --target`, `untarget`, and where a target shows: page, lists, briefing, calendar."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from tests.commands.conftest import Tdkt
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER

SOURCE = ("--source", "Mốc hằng năm")


@pytest.fixture
def aimed(tdkt: Tdkt) -> Tdkt:
    """The office whose task T08, due on 30 June, has an internal target of 15 June."""
    answer = tdkt("deadline", "set", "T08", "15/06/2026", "--target", *SOURCE, "--as", OFFICER)
    assert answer.code == 0, answer.err
    return tdkt


def shown(tdkt: Tdkt, ref: str = "T08") -> tuple[str, str | None]:
    record = tdkt("task", "show", ref, "--json").json
    return record["due"], record["target"]


def test_a_target_leaves_the_date_and_is_read_again_where_the_task_is(aimed: Tdkt) -> None:
    assert shown(aimed) == ("2026-06-30", "2026-06-15")
    page = aimed("task", "show", "T08").out
    assert "Internal target  2026-06-15" in page
    assert "Mốc hằng năm" in page
    listed = {row["ref"]: row["target"] for row in aimed("task", "list", "--json").json}
    assert (listed["T08"], listed["T10"]) == ("2026-06-15", None)
    assert {row["target"] for row in aimed("inbox", "--as", OFFICER, "--json").json} == {None, "2026-06-15"}


def test_setting_a_target_tells_it_beside_the_date(tdkt: Tdkt) -> None:
    setting = ("deadline", "set", "T08", "15/06/2026", "--target", *SOURCE, "--as", OFFICER)

    told = tdkt(*setting).out
    again = tdkt(*setting[:3], "12/06/2026", *setting[4:], "--json").json

    assert ", Due: 2026-06-30, Internal target: 2026-06-15\n" in told
    assert (again["due"], again["target"]) == ("2026-06-30", "2026-06-12")
    assert "only the standing member" not in tdkt("why", "T08", "set_target", "--as", OFFICER).out


def test_rows_of_a_target_say_so_and_the_due_instant_is_the_plans(aimed: Tdkt) -> None:
    rows = aimed("deadline", "list", "T08", "--pending", "--json").json
    lines = aimed("deadline", "list", "T08", "--pending").out.splitlines()

    assert {row["name"]: row["due_date"] for row in rows if row["kind"] in ("due", "due_today")} == {
        "due_today": "2026-06-15",
        "due": "2026-06-30",
    }
    told = [line for line in lines if "2026-06-15" in line and "T08" in line]
    assert told
    assert all("Internal target" in line for line in told)
    assert not any("Internal target" in line for line in lines if "2026-06-30" in line)


@pytest.mark.parametrize(
    ("today", "marker"),
    [
        ("2026-05-20", "Not started"),
        ("2026-06-08", "Internal target 2026-06-15"),
        ("2026-06-18", "3 days past the internal target"),
        ("2026-07-02", "2 days overdue"),
    ],
)
def test_how_a_task_stands_goes_by_the_target_until_the_plans_date_is_past(
    aimed: Tdkt, today: str, marker: str
) -> None:
    aimed("tick", "--now", f"{today}T09:00")

    (line,) = [line for line in aimed("task", "list").out.splitlines() if line.startswith("T08")]
    record = next(row for row in aimed("task", "list", "--json").json if row["ref"] == "T08")

    assert marker in line
    assert record["late"] == (today > "2026-06-30")


def test_the_briefing_has_a_task_in_the_week_of_its_target_and_late_only_by_the_plan(aimed: Tdkt) -> None:
    def groups(today: str) -> list[str]:
        aimed("tick", "--now", f"{today}T09:00")
        week = aimed("inbox", "--week", "--as", CHAIR, "--json").json
        return [name for name in ("late", "this_week", "next_weeks") if "T08" in refs(week[name])]

    def refs(items: list[dict[str, str]]) -> list[str]:
        return [item["ref"] for item in items]

    assert [groups(day) for day in ("2026-06-01", "2026-06-15", "2026-06-22", "2026-07-02")] == [
        ["next_weeks"],
        ["this_week"],
        ["this_week"],
        ["late"],
    ]


def test_the_week_tells_the_target_beside_the_date(aimed: Tdkt) -> None:
    aimed("tick", "--now", "2026-06-15T09:00")

    week = aimed("inbox", "--week", "--as", CHAIR).out

    assert "2026-06-30* (internal target 2026-06-15)" in " ".join(week.split())


def test_the_calendar_rings_for_the_target_and_keeps_the_plans_day(aimed: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "a.ics"
    assert aimed("deadline", "ics", str(file)).code == 0
    found = {
        str(event["UID"]).partition("2026-")[2]: event
        for event in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    }

    target, plan = found["T08-target@tdkt"], found["T08@tdkt"]
    assert (target.decoded("DTSTART"), plan.decoded("DTSTART")) == (date(2026, 6, 15), date(2026, 6, 30))
    assert target.walk("VALARM")[-1].decoded("TRIGGER") == timedelta(hours=8)
    assert plan.walk("VALARM") == []
    assert "Internal target" in str(target["SUMMARY"])
    assert "T10-target@tdkt" not in found


def test_a_target_is_put_off_by_the_standing_member_and_removed_with_a_reason(aimed: Tdkt) -> None:
    later = ("deadline", "set", "T08", "20/06/2026", "--target", *SOURCE)

    refused = aimed(*later, "--as", OFFICER)
    done = aimed(*later, "--as", STANDING_MEMBER)

    assert (refused.code, "only the standing member puts it off" in refused.err) == (1, True)
    assert (done.code, shown(aimed)) == (0, ("2026-06-30", "2026-06-20"))
    gone = aimed("deadline", "untarget", "T08", "--reason", "Tỉnh hoãn", "--as", STANDING_MEMBER)
    assert (gone.code, shown(aimed)) == (0, ("2026-06-30", None))
    entries = [(entry["event"], entry["refused"]) for entry in aimed("audit", "log", "T08", "--json").json]
    assert entries[1:] == [
        ("set_target", False),
        ("set_target", True),
        ("set_target", False),
        ("drop_target", False),
    ]
    assert "Tỉnh hoãn" in aimed("task", "show", "T08").out


@pytest.mark.parametrize(
    ("ref", "day", "by", "said"),
    [
        ("T08", "01/07/2026", OFFICER, "An internal target is not later than the plan's date, 2026-06-30"),
        ("T08", "04/01/2026", OFFICER, "The internal target has passed already"),
        ("T04", "15/02/2026", OFFICER, "waits for others, so no internal target leads up to it"),
        ("T08", "15/06/2026", CHAIR, "This is for"),
        ("T08", "15/06/2026", SECRETARY, "This is for"),
    ],
)
def test_what_cannot_be_a_target_is_refused_with_its_cure(
    tdkt: Tdkt, ref: str, day: str, by: str, said: str
) -> None:
    answer = tdkt("deadline", "set", ref, day, "--target", *SOURCE, "--as", by)

    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert shown(tdkt, ref)[1] is None


def test_an_extension_that_ends_a_target_tells_it(aimed: Tdkt) -> None:
    extend = ("deadline", "extend", "T08", "31/07/2026", "--reason", "Chờ số liệu", "--as", CHAIR)

    answer = aimed(*extend, "--now", "2026-06-20T09:00")

    assert answer.code == 0
    assert "The internal target 2026-06-15 ends, because the date was changed." in answer.err
    assert shown(aimed) == ("2026-07-31", None)


def test_a_simulation_reminds_and_reports_by_the_target_and_is_late_by_the_plan(aimed: Tdkt) -> None:
    simulated = aimed("simulate", "--to", "2026-06-30", "--json").json

    fired = {
        (each["kind"], each["level"]): each["at"][:10]
        for each in simulated["happened"]
        if each["ref"] == "T08"
    }
    assert fired["due_today", None] == "2026-06-15"
    assert fired["overdue", None] == "2026-06-16"
    assert fired["escalation", "chair"] == "2026-06-29"
    assert "T08" not in {each["ref"] for each in simulated["late"]}
    assert "T08" in {each["ref"] for each in aimed("simulate", "--to", "2026-07-01", "--json").json["late"]}
    assert shown(aimed) == ("2026-06-30", "2026-06-15")


def test_whoever_keeps_pace_in_a_simulation_works_towards_the_target(aimed: Tdkt, tmp_path: Path) -> None:
    pace = tmp_path / "pace.yaml"
    pace.write_text("scenario: On time\npace: {tasks: {}}\n", encoding="utf-8")

    happened = aimed("simulate", "--scenario", str(pace), "--to", "2026-07-10", "--json").json["happened"]

    done = {each["ref"]: each["at"][:10] for each in happened if each["state"] == "completed"}
    assert done["T08"] <= "2026-06-15"
    assert "2026-06-15" < done["T10"] <= "2026-06-30"
