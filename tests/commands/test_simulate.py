"""`tdkt simulate`: the year on a page, the same for scripts, and two scenarios side by side."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR

FIRST_QUARTER = """\
Simulated from 2026-03-17 to 2026-04-14: nobody does anything. The office is unchanged.

2026-03-17 (Tuesday)
  08:00  Reminder, 14 days before  Officer of the division                   T01..T03 T06

2026-03-24 (Tuesday)
  08:00  Reminder, 7 days before   Officer of the division                   T01..T03 T06

2026-03-30 (Monday)
  08:00  Reminder, the day before  Officer of the division                   T01..T03 T06

2026-03-31 (Tuesday)
  08:00  Due today                 Officer of the division                   T01..T03 T06

2026-04-01 (Wednesday)
  00:00  Due                       —                                         T01..T03 T06
  08:00  Overdue                   Officer of the division                   T01..T03 T06
  08:00  To the head               Head of the division and standing member  T01..T03 T06
  08:00  Question                  Officer of the division                   T04 T05 T07 T12

2026-04-07 (Tuesday)
  08:00  To the vice chair         Vice chair                                T01..T03 T06

2026-04-14 (Tuesday)
  08:00  To the chair              Chair                                     T01..T03 T06

Late (4):
"""


@pytest.fixture
def on_time(tmp_path: Path) -> str:
    file = tmp_path / "on-time.yaml"
    file.write_text("scenario: On time\npace: {tasks: {}}\n", encoding="utf-8")
    return str(file)


def test_the_time_to_come_is_told_day_by_day(tdkt: Tdkt) -> None:
    said = tdkt("simulate", "--from", "17/03/2026", "--to", "2026-04-14")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(FIRST_QUARTER)
    assert said.out.endswith(
        "\nNotices by reader\n"
        "To                                        Notices  Busiest week from  In that week\n"
        "Officer of the division                   24       2026-03-30         16\n"
        "Chair                                     4        2026-04-13         4\n"
        "Vice chair                                4        2026-04-06         4\n"
        "Head of the division and standing member  4        2026-03-30         4\n"
        "\n10 notices or more in one week, from Monday:\n"
        "  Officer of the division: 2026-03-30\n"
        "\nDeadline rows: 154 made = 50 fired + 0 cancelled + 104 pending.\n"
    )


def test_a_page_is_no_wider_than_a_hundred_columns(
    tdkt: Tdkt, on_time: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    for language in ("en", "vi"):
        monkeypatch.setenv("TDKT_LANG", language)
        for arguments in ((), ("--scenario", on_time), ("--compare", "-", on_time)):
            lines = tdkt("simulate", *arguments).out.splitlines()
            assert [line for line in lines if len(line) > 100] == []


def test_simulating_changes_nothing_and_needs_no_account(tdkt: Tdkt, database: Path, on_time: str) -> None:
    before = hashlib.sha256(database.read_bytes()).hexdigest()

    codes = [
        tdkt("simulate", *each).code for each in ((), ("--scenario", on_time), ("--compare", "-", on_time))
    ]

    assert (codes, hashlib.sha256(database.read_bytes()).hexdigest()) == ([0, 0, 0], before)


def test_scripts_get_the_same_as_one_object(tdkt: Tdkt, on_time: str) -> None:
    said = tdkt("simulate", "--scenario", on_time, "--to", "2026-03-31", "--json").json

    of_t02 = [each for each in said["happened"] if each["ref"] == "T02"]
    assert [(each["what"], each["name"], each["by"], each["to"]) for each in of_t02] == [
        ("fired", "reminder-30", None, [OFFICER]),
        ("fired", "reminder-14", None, [OFFICER]),
        ("fired", "reminder-7", None, [OFFICER]),
        ("done", "submit", OFFICER, []),
        ("done", "review", STANDING_MEMBER, []),
        ("done", "approve", CHAIR, []),
        ("done", "complete", OFFICER, []),
    ]
    assert (said["scenario"], said["from"], said["to"], said["late"], said["undone"]) == (
        "On time",
        "2026-01-05",
        "2026-03-31",
        [],
        [],
    )
    ledger = said["ledger"]
    assert ledger["created"] == ledger["fired"] + ledger["cancelled"] + ledger["pending"]


def test_two_scenarios_stand_side_by_side(tdkt: Tdkt, on_time: str) -> None:
    said = tdkt("simulate", "--compare", "-", on_time, "--to", "2026-04-14", "--json").json

    assert said == {
        "scenarios": [None, "On time"],
        "from": "2026-01-05",
        "to": "2026-04-14",
        "late": [{"ref": ref, "year": 2026, "days": [14, 0]} for ref in ("T01", "T02", "T03", "T06")],
        "notices": [
            {"to": OFFICER, "notices": [34, 26]},
            {"to": VICE_CHAIR, "notices": [4, 0]},
        ],
        "escalations": [{"level": level, "notices": [4, 0]} for level in ("chair", "head", "vice")],
    }


def test_two_scenarios_that_come_to_the_same_are_said_to(tdkt: Tdkt, on_time: str) -> None:
    assert tdkt("simulate", "--compare", on_time, on_time).out.endswith(
        "\nThe two scenarios come to the same.\n"
    )


def test_an_act_that_is_refused_is_told_with_its_reasons(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "hasty.yaml"
    file.write_text(
        "scenario: Hasty\nacts: [{on: 2026-01-06, ref: T01, event: approve, by: chu-tich}]\n",
        encoding="utf-8",
    )

    said = tdkt("simulate", "--scenario", str(file), "--to", "2026-01-06").out

    rows = [re.split(" {2,}", line) for line in said.splitlines()]
    at = rows.index(["", "09:00", "✗ Approve", "Chair", "T01"])
    assert rows[at + 1] == ["", "It stands at “Being drafted”; “approve” is not possible there"]


def test_the_mistakes_of_a_scenario_are_told_with_file_and_line(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("scenario: Bad\nsilent: [nowhere]\nlate: [{ref: T01, days: 0}]\n", encoding="utf-8")

    said = tdkt("simulate", "--scenario", str(file))
    for_scripts = tdkt("simulate", "--scenario", str(file), "--json")

    assert (said.code, said.out, for_scripts.code, for_scripts.out) == (1, "", 1, "")
    assert [line.partition(" unknown")[0] for line in said.err.splitlines()] == [
        f"{file}:2: silent.0:",
        f"{file}:3: late.0.days: a number from 1 up is wanted",
        "The scenario has 2 mistakes; nothing was simulated. Correct the lines above, then repeat.",
    ]
    assert [each["line"] for each in for_scripts.refusal["mistakes"]] == [2, 3]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("--from", "2026-01-04"),
            2,
            "The office has reached 2026-01-05 08:00; a simulation begins then, not on 2026-01-04."
            " Give a later --from.\n",
        ),
        (("--to", "2026-01-04"), 2, "2026-01-04 is before 2026-01-05. Give a later --to.\n"),
        (("--to", "soon"), 2, "“soon” is not a date. Write it like 2026-03-31 or 31/03/2026.\n"),
        (
            ("--scenario", "a", "--compare", "b", "c"),
            2,
            "Give either --scenario or --compare; --compare takes two files itself.\n",
        ),
        (
            ("--scenario", "nowhere.yaml"),
            1,
            "nowhere.yaml cannot be read: No such file or directory."
            " Check its permissions and format, then repeat.\n",
        ),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    arguments: tuple[str, ...], code: int, said: str, tdkt: Tdkt
) -> None:
    answer = tdkt("simulate", *arguments)

    assert (answer.code, answer.out, answer.err) == (code, "", said)
