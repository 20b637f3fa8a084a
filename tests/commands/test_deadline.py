"""`tdkt deadline`: what is due and late as JSON and in words, and the three events that move a date."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.conftest import Tdkt
from tests.people import CHAIR, OFFICER, SECRETARY

FIELDS = ["ref", "year", "name", "kind", "at", "due_date", "derived", "status", "fired_at", "late_s"]


def refs(rows: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(row["ref"] for row in rows))


def test_rows_for_scripts_begin_with_the_promised_fields(tdkt: Tdkt) -> None:
    rows = tdkt("deadline", "list", "T01", "--json").json

    assert [list(row)[:10] for row in rows] == [FIELDS] * 10
    assert rows[0] == {
        "ref": "T01",
        "year": 2026,
        "name": "reminder-30",
        "kind": "reminder",
        "at": "2026-02-27T01:00:00.000000Z",
        "due_date": "2026-03-31",
        "derived": True,
        "status": "pending",
        "fired_at": None,
        "late_s": None,
        "occurrence": 1,
        "level": None,
        "reason": None,
        "policy": "deadlines/1",
        "paused_on": None,
        "term": None,
        "calendar": "vn-2026/1+vn-2027/1",
        "rung": 30,
        "unit": "cd",
    }
    assert [row["name"] for row in rows][-3:] == ["overdue", "escalation-5", "escalation-10"]


def test_a_fired_row_tells_when_and_how_late(tdkt: Tdkt) -> None:
    tdkt("tick", "--now", "2026-02-27T08:00:05")

    row = tdkt("deadline", "list", "T01", "--json").json[0]

    assert (row["status"], row["fired_at"], row["late_s"]) == ("fired", "2026-02-27T01:00:05.000000Z", 5)


def test_until_a_day_means_to_its_end(tdkt: Tdkt) -> None:
    before, on = (
        tdkt("deadline", "list", "T01", "--until", day, "--json").json for day in ("2026-02-26", "27/02/2026")
    )

    assert ([row["name"] for row in before], [row["name"] for row in on]) == ([], ["reminder-30"])


def test_overdue_are_open_items_past_their_date_that_wait_for_nobody(tdkt: Tdkt) -> None:
    on_the_day = tdkt("deadline", "list", "--overdue", "--json", "--now", "2026-03-31T23:59").json
    after = tdkt("deadline", "list", "--overdue", "--json", "--now", "2026-04-01").json

    assert on_the_day == []
    assert [(row["ref"], row["kind"], row["status"]) for row in after] == [
        (ref, "due", "pending") for ref in ("T01", "T02", "T03", "T06")
    ]


def test_a_task_that_waits_for_the_province_after_its_date_is_not_overdue_even_before_the_tick(
    tdkt: Tdkt,
) -> None:
    rows = tdkt("deadline", "list", "--overdue", "--json", "--now", "2027-01-05").json

    assert "T18" not in refs(rows)
    assert "T17" in refs(rows)


def test_pending_rows_are_those_to_come(tdkt: Tdkt) -> None:
    tdkt("tick", "--now", "2026-04-20T09:00")

    assert {row["status"] for row in tdkt("deadline", "list", "--pending", "--json").json} == {"pending"}


def test_people_see_late_ones_first_then_those_to_come_then_those_that_wait(tdkt: Tdkt) -> None:
    tdkt("tick", "--now", "2026-04-08T09:00")

    said = tdkt("deadline", "list").out.splitlines()

    assert [line for line in said if line.endswith(")")] == [
        "Overdue (4)",
        "To come (10)",
        "Waiting for a superior or outside body (4)",
    ]
    assert said[2] == (
        "T01  2026-03-31 (Tuesday)*  8 days overdue  Being drafted              2026-04-14 To the chair"
    )
    assert said[-1] == "* Derived by the software, not approved"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("words", [[], ["T01"], ["--until", "2026-12-31"], ["--overdue"]])
def test_every_list_fits_a_page(
    tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch, words: list[str], language: str
) -> None:
    tdkt("tick", "--now", "2026-04-08T09:00")
    monkeypatch.setenv("TDKT_LANG", language)
    monkeypatch.setenv("COLUMNS", "100")

    said = tdkt("deadline", "list", *words).out

    assert max(map(len, said.splitlines())) <= 100
    assert "escalation" not in said
    assert "reminder-" not in said


def test_a_row_of_an_item_is_told_with_weekday_words_and_state(
    tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    assert tdkt("deadline", "list", "T05").out == (
        "05/01/2026 (thứ Hai)\n  08:00  T05  Hỏi thời gian  31/03/2026*  Đã đến hạn, chưa thực hiện\n"
    )


def test_set_replaces_a_derived_date_and_keeps_its_source(tdkt: Tdkt) -> None:
    answer = tdkt("deadline", "set", "T05", "2026-05-15", "--source", "Giấy mời 12/GM-UBND", "--as", OFFICER)

    assert (answer.code, answer.err) == (0, "")
    assert {row["due_date"] for row in tdkt("deadline", "list", "T05", "--pending", "--json").json} == {
        "2026-05-15"
    }
    assert tdkt("audit", "log", "T05", "--event", "set_deadline", "--json").json[0]["role"] == "officer"


def test_extend_and_propose_are_wordings_of_their_events(tdkt: Tdkt) -> None:
    proposed = tdkt("deadline", "propose", "T01", "2026-04-15", "--reason", "chờ số liệu", "--as", SECRETARY)
    officer = tdkt("deadline", "propose", "T01", "2026-04-15", "--reason", "chờ", "--as", OFFICER)
    extended = tdkt("deadline", "extend", "T01", "15/04/2026", "--reason", "đồng ý", "--as", CHAIR)

    assert (proposed.code, officer.code, extended.code) == (1, 0, 0)
    moved = [row for row in tdkt("deadline", "list", "T01", "--json").json if row["kind"] == "due"]
    assert [(row["due_date"], row["status"], row["reason"]) for row in moved] == [
        ("2026-03-31", "cancelled", "moved"),
        ("2026-04-15", "pending", None),
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["list", "--until", "tomorrow"],
        ["list", "T99"],
        ["set", "T05", "someday", "--source", "x", "--as", OFFICER],
        ["set", "T05", "2026-05-15", "--as", OFFICER],
        ["set", "T05", "2026-05-15", "--source", "x"],
    ],
)
def test_what_cannot_be_understood_is_a_usage_mistake(tdkt: Tdkt, words: list[str]) -> None:
    answer = tdkt("deadline", *words)

    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
