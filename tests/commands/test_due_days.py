"""`tdkt deadline ics`: which days a calendar program is given, how sure they are, and when it rings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.commands.conftest import Tdkt
from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VILLAGE


def events(tdkt: Tdkt, file: Path, *words: str) -> dict[str, Any]:
    """The file's events by the part of their UID that names the item."""
    answer = tdkt("deadline", "ics", str(file), "--yes", *words)
    assert (answer.code, answer.err) == (0, "")
    found = icalendar.Calendar.from_ical(file.read_bytes())
    return {str(event["UID"]).partition("2026-")[2]: event for event in found.walk("VEVENT")}


def alarms(event: Any) -> list[timedelta]:
    return [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]


def test_every_task_of_the_year_has_its_day(tdkt: Tdkt, tmp_path: Path) -> None:
    found = events(tdkt, tmp_path / "a.ics")
    listed = {row["ref"]: row["due"] for row in tdkt("task", "list", "--json").json}

    assert {uid: event.decoded("DTSTART").isoformat() for uid, event in found.items()} == {
        f"{ref}@tdkt": due for ref, due in listed.items()
    }
    assert str(found["T01@tdkt"]["UID"]) == "sandbox-diem-he-2026-T01@tdkt"


def test_alarms_ring_when_the_engine_reminds(tdkt: Tdkt, tmp_path: Path) -> None:
    event = events(tdkt, tmp_path / "a.ics")["T01@tdkt"]
    days = [date(2026, 3, 31) + alarm for alarm in alarms(event)]

    reminders = [row for row in tdkt("deadline", "list", "T01", "--json").json if row["kind"] != "escalation"]
    wanted = [row for row in reminders if row["kind"] in ("reminder", "due_today")]
    assert alarms(event) == [
        timedelta(days=-32, hours=8),  # 1 March 2026 is a Sunday
        timedelta(days=-14, hours=8),
        timedelta(days=-7, hours=8),
        timedelta(days=-1, hours=8),
        timedelta(hours=8),
    ]
    assert [f"{day.isoformat()}" for day in days] == [row["at"][:10] for row in wanted]


def test_past_reminders_ring_no_more(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("tick", "--now", "2026-03-25T09:00")

    assert alarms(events(tdkt, tmp_path / "a.ics")["T01@tdkt"]) == [
        timedelta(days=-1, hours=8),
        timedelta(hours=8),
    ]


def test_derived_and_waiting_days_are_tentative_and_set_ones_are_sure(
    tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")
    tdkt("deadline", "set", "T05", "2026-05-15", "--source", "Giấy mời", "--as", OFFICER)

    found = events(tdkt, tmp_path / "a.ics")

    assert {
        ref: (str(found[f"{ref}@tdkt"]["STATUS"]), len(alarms(found[f"{ref}@tdkt"]))) for ref in TOLD
    } == {
        "T01": ("TENTATIVE", 5),
        "T04": ("TENTATIVE", 0),
        "T05": ("CONFIRMED", 5),
    }
    assert [str(found[f"{ref}@tdkt"]["SUMMARY"]).endswith(TOLD[ref]) for ref in TOLD] == [True] * 3
    assert "hạn do phần mềm suy ra" in str(found["T01@tdkt"]["DESCRIPTION"])


TOLD = {"T01": "(hạn dự kiến)", "T04": "(chờ bên ngoài)", "T05": "năm 2025"}


def test_a_second_file_changes_the_same_event(tdkt: Tdkt, tmp_path: Path) -> None:
    first = events(tdkt, tmp_path / "a.ics")["T01@tdkt"]
    tdkt("deadline", "set", "T01", "2026-03-20", "--source", "Công văn", "--as", OFFICER)
    second = events(tdkt, tmp_path / "a.ics", "--now", "2026-01-06T09:30")["T01@tdkt"]

    assert (first["UID"], int(first["SEQUENCE"])) == (second["UID"], 1)
    assert (int(second["SEQUENCE"]), second.decoded("DTSTART")) == (2, date(2026, 3, 20))
    assert second.decoded("DTSTAMP").isoformat() == "2026-01-06T02:30:00+00:00"


def test_what_is_finished_or_dropped_keeps_its_day_without_alarms(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("task", "adopt", "T03", "--paper", "15/KH", "--on", "2025-12-30", "--as", STANDING_MEMBER)
    tdkt("advance", "T01", "cancel", "--set", "reason=x", "--as", CHAIR)

    found = events(tdkt, tmp_path / "a.ics")

    assert [
        (str(found[f"{ref}@tdkt"]["STATUS"]), alarms(found[f"{ref}@tdkt"])) for ref in ("T03", "T01")
    ] == [
        ("CONFIRMED", []),
        ("CANCELLED", []),
    ]


def test_mine_are_those_that_wait_for_me(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("advance", "T01", "submit", "--as", OFFICER)

    assert list(events(tdkt, tmp_path / "a.ics", "--mine", "--as", STANDING_MEMBER)) == ["T01@tdkt"]
    assert tdkt("deadline", "ics", str(tmp_path / "b.ics"), "--mine").code == 2


def test_no_name_of_a_nominee_is_in_the_file(tdkt: Tdkt, tmp_path: Path) -> None:
    new = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "phong_trao")
    tdkt(*new, "--as", VILLAGE)
    tdkt("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn Văn Kín", "--as", VILLAGE)
    file = tmp_path / "a.ics"

    events(tdkt, file)

    unfolded = file.read_bytes().replace(b"\r\n ", b"").decode()
    assert "Kín" not in unfolded


def test_a_file_is_written_over_only_where_that_is_said(tdkt: Tdkt, tmp_path: Path) -> None:
    words = ("deadline", "ics", str(tmp_path / "a.ics"))

    assert [tdkt(*words).code, tdkt(*words).code, tdkt(*words, "--yes").code] == [0, 1, 0]
