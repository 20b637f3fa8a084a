"""Terms of dossiers and repeats as people and scripts see them: shown, listed, as calendar days, foreseen."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from runtime.office.settings import Options
from runtime.serve.vitals import backlog_of
from tests.commands.conftest import Answer, Edited, Tdkt
from tests.dossiers import given, way
from tests.people import ADMINISTRATOR, SECRETARY, VILLAGE

RAW = (
    "review.",
    "decision.",
    "supplement.due",
    "reminder-",
    "1wd",
    "3wd",
    "repeat",
    "deadline_row",
    "marker.",
)
"""What no person should read."""


PAUSING = (
    ("version: 1", "version: 2"),
    (
        "    when: [commune_level]\n    within: 10 wd\n    since: full_on\n",
        "    when: [commune_level]\n    within: 10 wd\n    since: received_on\n    pauses: [returned]\n",
    ),
    ("    runs: [submitted, appraised]\n", "    runs: [submitted, appraised]\n    pauses: [returned]\n"),
)
"""An office whose terms begin with the receipt and stand still while the body supplements."""


@pytest.fixture
def handed_in(tdkt: Tdkt) -> Tdkt:
    """D0001 came on Monday 2 March; nobody has looked whether it is complete."""
    done: list[Answer] = [
        tdkt(
            *("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk"),
            *("--type", "phong_trao", "--as", VILLAGE, "--now", "2026-03-02T08:00"),
        ),
        tdkt("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn Văn Kín", "--as", VILLAGE),
        *(tdkt(*words) for words in way("submitted")),
    ]
    assert [answer.code for answer in done] == [0] * 3
    return tdkt


@pytest.fixture
def appraised(handed_in: Tdkt) -> Tdkt:
    """It was complete on the same day, and appraised: the council's review is due on the 11th, the decision
    on the 16th."""
    for words in way("appraised", since="submitted", on="02/03/2026"):
        assert handed_in(*words).code == 0, words
    return handed_in


@pytest.fixture
def returned(tdkt: Tdkt, edited: Edited, request: pytest.FixtureRequest) -> Tdkt:
    """Returned on 5 March in such an office: both stand still, the supplement is due on the 12th."""
    policy = edited("policies/deadlines/1.yaml", *PAUSING)
    adopted = tdkt("definition", "adopt", str(policy), "--as", ADMINISTRATOR, "--yes", "--json")
    assert (adopted.code, adopted.json["adopted"]) == (0, True)
    handed_in: Tdkt = request.getfixturevalue("handed_in")
    answer = handed_in(
        *("advance", "D0001", "return", *given("missing=Báo cáo", "until=12/03/2026", "reason=Thiếu")),
        *("--as", SECRETARY, "--now", "2026-03-05T09:00"),
    )
    assert (answer.code, answer.err) == (0, "")
    return handed_in


def term(
    id: str,
    label: str,
    due: str | None,
    since: str,
    *,
    paused_on: str | None = None,
    policy: str = "deadlines/1",
) -> dict[str, Any]:
    return {
        "id": id,
        "label": label,
        "due": due,
        "since": since,
        "paused_on": paused_on,
        "policy": policy,
    }


# Shown


def test_the_terms_of_a_dossier_are_shown_with_their_dates(appraised: Tdkt) -> None:
    assert appraised("show", "D0001", "--json").json["terms"] == [
        term("review", "Council review due", "2026-03-11", "2026-03-02"),
        term("decision", "Decision due", "2026-03-16", "2026-03-02"),
    ]
    said = appraised("show", "D0001", "--now", "2026-03-13").out
    assert (
        "Deadline            Due         Progress\n"
        "Council review due  2026-03-11  2 days overdue\n"
        "Decision due        2026-03-16  Due soon\n"
    ) in said


def test_what_stands_still_has_no_date_until_it_goes_on(returned: Tdkt) -> None:
    assert returned("show", "D0001", "--json").json["terms"] == [
        term("supplement", "Supplement due", "2026-03-12", "2026-03-05", policy="deadlines/2"),
        term("decision", "Decision due", None, "2026-03-02", paused_on="2026-03-05", policy="deadlines/2"),
        term(
            "review", "Council review due", None, "2026-03-02", paused_on="2026-03-05", policy="deadlines/2"
        ),
    ]
    said = returned("show", "D0001").out
    assert "Decision due                    Clock paused on 2026-03-05\n" in said


def test_a_task_and_a_closed_dossier_have_no_terms(appraised: Tdkt) -> None:
    withdrawn = given("paper_number=09/TTr", "paper_date=02/03/2026", "reason=Xin rút")
    assert appraised("advance", "D0001", "withdraw", *withdrawn, "--as", VILLAGE).code == 0

    assert appraised("show", "D0001", "--json").json["terms"] == []
    assert appraised("show", "T06", "--json").json["terms"] == []
    assert "Decision due" not in appraised("show", "D0001").out


# Listed


def test_rows_of_terms_are_listed_in_words_with_their_term(appraised: Tdkt) -> None:
    lines = appraised("deadline", "list", "D0001", "--pending").out.splitlines()

    assert lines[:5] == [
        "2026-03-10 (Tuesday)",
        "  08:00  D0001  Reminder, a working day before   2026-03-11  Pending  Council review due",
        "",
        "2026-03-11 (Wednesday)",
        "  08:00  D0001  Reminder, 3 working days before  2026-03-16  Pending  Decision due",
    ]


def test_rows_for_scripts_name_their_term_and_since_when_they_stand_still(returned: Tdkt) -> None:
    rows = returned("deadline", "list", "D0001", "--pending", "--json").json

    assert {(row["term"], row["paused_on"], row["policy"]) for row in rows} == {
        ("review", "2026-03-05", "deadlines/2"),
        ("decision", "2026-03-05", "deadlines/2"),
        ("supplement", None, "deadlines/2"),
    }
    said = returned("deadline", "list", "D0001").out
    assert re.search(r"Clock paused +Decision due\n", said)


def test_what_stands_still_is_not_what_comes_next(returned: Tdkt) -> None:
    line = next(line for line in returned("deadline", "list").out.splitlines() if line.startswith("D0001"))

    assert line.split() == [
        *("D0001", "2026-03-12", "(Thursday)", "Due", "soon"),
        *("Returned", "for", "supplement", "2026-03-11", "Reminder"),
    ]


def test_what_stands_still_is_not_due_for_health_and_doctor(returned: Tdkt, database: Path) -> None:
    returned("tick", "--now", "2026-04-30T09:00")

    rows = returned("deadline", "list", "D0001", "--pending", "--json").json
    still = [row for row in rows if row["paused_on"] and row["at"] < "2026-04-29"]
    assert {row["term"] for row in still} == {"review", "decision"}
    options = Options(db=f"sqlite:///{database}")
    assert backlog_of(options, {}, now=datetime(1999, 1, 1, tzinfo=UTC)).oldest_due == 0
    checks = {each["check"]: each["status"] for each in returned("doctor", "--json").json}
    assert checks["ticking"] == "ok"


def test_the_overdue_row_of_a_dossier_is_that_of_the_date_it_bears(appraised: Tdkt) -> None:
    (row,) = appraised("deadline", "list", "--overdue", "--json", "--now", "2026-03-30").json

    due = appraised("show", "D0001", "--json").json["terms"][0]["due"]
    assert (row["ref"], row["name"], row["due_date"]) == ("D0001", "review.due", due)


# Told again


def test_whoever_is_told_again_is_counted_in_the_chase_record(tdkt: Tdkt) -> None:
    """T01 is overdue from 1 April; fifteen working days later is 22 April."""
    for day in ("03-30", "03-31", "04-01", "04-22"):
        tdkt("tick", "--now", f"2026-{day}T08:00")

    record = tdkt("report", "chase", "--json").json
    found = next(each for each in record["items"] if each["ref"] == "T01")

    assert (found["counts"]["overdue"], found["counts"]["repeat"]) == (1, 1)
    assert [one["row"] for one in found["told"] if one["at"][:10] == "2026-04-22"] == [
        "escalation-5",
        "escalation-10",
        "repeat-1",
    ]
    assert found["notices"] == sum(found["counts"].values()) == len(found["told"])
    assert "Overdue again" in tdkt("report", "chase", "--full").out
    assert "2026-05-18 Overdue again" in tdkt("deadline", "list").out


def test_the_chase_record_says_which_term_a_notice_was_about(appraised: Tdkt) -> None:
    appraised("tick", "--now", "2026-03-10T08:00")

    assert "Reminder: council review due" in appraised("report", "chase", "--full").out


# In the calendar and in the briefing


def events(tdkt: Tdkt, file: Path) -> dict[str, Any]:
    """The dossiers' events by the part of their UID that names them."""
    assert tdkt("deadline", "ics", str(file), "--yes").code == 0
    found = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    named = {str(event["UID"]).partition("2026-")[2].removesuffix("@tdkt"): event for event in found}
    return {name: event for name, event in named.items() if name.startswith("D")}


def told(event: Any) -> tuple[str, date, list[timedelta]]:
    alarms = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    return str(event["STATUS"]), event.decoded("DTSTART"), alarms


def test_each_term_has_its_day_and_rings_when_the_engine_reminds(appraised: Tdkt, tmp_path: Path) -> None:
    found = events(appraised, tmp_path / "a.ics")

    on_the_day = timedelta(hours=8)
    assert {name: told(event) for name, event in found.items()} == {
        "D0001-check": ("CONFIRMED", date(2026, 3, 5), []),
        "D0001-review": ("CONFIRMED", date(2026, 3, 11), [on_the_day - timedelta(days=1), on_the_day]),
        "D0001-decision": (
            "CONFIRMED",
            date(2026, 3, 16),
            # The working day before Monday is Friday, three before it Wednesday.
            [on_the_day - timedelta(days=5), on_the_day - timedelta(days=3), on_the_day],
        ),
    }
    assert str(found["D0001-review"]["SUMMARY"]) == (
        "[SANDBOX] D0001 Council review due, Thôn 1: Commendation of the commune's chair"
    )


def test_what_stands_still_or_is_over_keeps_its_day_without_alarms(returned: Tdkt, tmp_path: Path) -> None:
    paused = events(returned, tmp_path / "a.ics")
    returned("--yes", "advance", "D0001", "submit", "--as", VILLAGE, "--now", "2026-03-06T09:00")
    resumed = events(returned, tmp_path / "a.ics")

    assert told(paused["D0001-decision"]) == ("TENTATIVE", date(2026, 3, 16), [])
    assert told(paused["D0001-supplement"])[0] == "CONFIRMED"
    assert "(clock paused)" in str(paused["D0001-decision"]["SUMMARY"])
    # Three of ten working days were gone on 5 March; seven are left from Friday the 6th.
    assert told(resumed["D0001-decision"])[:2] == ("CONFIRMED", date(2026, 3, 17))
    assert told(resumed["D0001-supplement"]) == ("CONFIRMED", date(2026, 3, 12), [])
    assert "(the step is done)" in str(resumed["D0001-supplement"]["SUMMARY"])


def test_the_briefing_page_says_which_term_is_due(appraised: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "week.html"

    appraised("inbox", "--week", "--all", "--html", str(file), "--now", "2026-03-09T07:30")

    shown = html.unescape(file.read_text("utf-8"))
    assert "Commendation of the commune's chair (council review due)" in shown


# Foreseen


def test_a_simulation_names_the_terms_and_lets_what_stands_still_stand(returned: Tdkt) -> None:
    answer = returned("simulate", "--to", "2026-03-13")

    assert (answer.code, answer.err) == (0, "")
    said = re.sub(" {2,}", "  ", answer.out)
    reminder = "Reminder, a working day before  Head of sample village 1  D0001\n  Supplement due"
    assert f"2026-03-11 (Wednesday)\n  08:00  {reminder}\n" in said
    assert "Decision due" not in answer.out


def test_a_simulation_says_with_which_notice_a_late_row_was_told(appraised: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "down.yaml"
    file.write_text("scenario: Down\ndown: [{from: 2026-03-09, until: 2026-03-12}]\n", encoding="utf-8")

    words = ("simulate", "--scenario", str(file), "--to", "2026-03-12")
    said, rows = appraised(*words).out, appraised(*words, "--json").json["happened"]

    assert "  00:00  Reminder, a working day before   told with “Due today”" in said
    assert [
        (row["name"], row["to"], row["spoken_by"])
        for row in rows
        if row["ref"] == "D0001" and row["at"].startswith("2026-03-11T17")
    ] == [
        ("review.reminder-1wd", [], "review.due_today"),
        ("decision.reminder-3wd", [SECRETARY], None),
        ("review.due_today", [SECRETARY], None),
        ("review.due", [], None),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_row_is_told_by_its_id(returned: Tdkt, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("TDKT_LANG", language)
    monkeypatch.setenv("COLUMNS", "100")
    returned("tick", "--now", "2026-04-22T08:00")

    for words in (
        ("show", "D0001"),
        ("deadline", "list"),
        ("deadline", "list", "D0001"),
        ("deadline", "list", "T01"),
        ("report", "chase", "--full"),
        ("notice", "list", "--full"),
        ("inbox", "--week", "--all"),
        ("simulate", "--to", "2026-06-30"),
    ):
        answer = returned(*words)
        assert (answer.code, [each for each in RAW if each in answer.out]) == (0, []), words
        if words[0] not in ("notice", "show"):
            assert [line for line in answer.out.splitlines() if len(line) > 100] == []
