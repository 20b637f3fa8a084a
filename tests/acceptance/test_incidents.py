"""An item that cannot be swept becomes an incident: others are served, an operator sees it and clears it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests.acceptance.office import Office
from tests.people import ADMINISTRATOR, OFFICER, STANDING_MEMBER, VILLAGE

MARCH = "2026-02-27T08:00"
REFS = ["T05", "T01", "T02", "T03", "T06"]
"""What fires in February beside T04, the longest overdue first."""
BROKEN_MACHINE = """INSERT INTO definition
SELECT office, kind, name, 0, 'broken', source, '{"nothing":', adopted_at, NULL FROM definition
WHERE kind = 'machine' AND name = 'plan_task'"""


def execute(office: Office, *statements: str) -> None:
    with office.open() as database, database.transaction():
        for statement in statements:
            database.connection.execute(text(statement))
        database.commit()


def break_item(office: Office) -> None:
    execute(office, "UPDATE item SET addressed = '{' WHERE ref = 'T04'")


def break_machine(office: Office) -> None:
    execute(office, BROKEN_MACHINE, "UPDATE item SET digest = 'broken' WHERE ref = 'T04'")


def break_state(office: Office) -> None:
    """Around the triggers, as somebody with a database browser would."""
    sqlite = ("DROP TRIGGER item_needs_entry", "UPDATE item SET state = 'lost' WHERE ref = 'T04'")
    postgresql = (
        "ALTER TABLE item DISABLE TRIGGER item_needs_entry",
        "UPDATE item SET state = 'lost' WHERE ref = 'T04'",
        "ALTER TABLE item ENABLE TRIGGER item_needs_entry",
    )
    execute(office, *(sqlite if office.url.startswith("sqlite") else postgresql))


def break_row(office: Office) -> None:
    """A kind of row that no version knows."""
    execute(office, "UPDATE deadline SET kind = 'lost' WHERE ref = 'T04' AND status = 'pending'")


BREAKS: dict[str, Callable[[Office], None]] = {
    "item_unreadable": break_item,
    "definition_unreadable": break_machine,
    "state_unknown": break_state,
    "sweep_failed": break_row,
}


def incidents(office: Office, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.tdkt("incident", "list", "--json", *words).json
    return found


def ledger_balances(office: Office) -> bool:
    findings: dict[str, str] = {
        each["check"]: each["status"] for each in office.tdkt("doctor", "--json").json
    }
    return findings["ledger"] == "ok"


@pytest.mark.parametrize("code", BREAKS)
def test_an_item_that_cannot_be_swept_keeps_no_other_waiting(code: str, office: Office) -> None:
    BREAKS[code](office)

    said = office.tdkt("tick", "--now", MARCH, "--json")

    assert (said.code, sorted(said.json["refs"]), said.json["failed"]) == (0, sorted(REFS), ["T04"])
    (found,) = incidents(office)
    assert (found["id"], found["ref"], found["code"], found["seen"]) == ("I01", "T04", code, 1)
    assert found["detail"]
    assert ledger_balances(office)


def test_it_is_tried_again_ever_more_seldom_and_counted(office: Office) -> None:
    break_item(office)
    times = ("08:00", "08:00:30", "08:01", "08:02", "08:03", "08:06", "08:07", "18:00")

    failed = [
        office.tdkt("tick", "--now", f"2026-02-27T{time}", "--json").json["failed"] != [] for time in times
    ]

    assert failed == [True, False, True, False, True, False, True, True]
    assert [each["seen"] for each in incidents(office)] == [5]


def test_what_is_mended_and_cleared_fires_at_the_next_tick_with_its_lateness(office: Office) -> None:
    execute(office, "CREATE TABLE kept AS SELECT addressed FROM item WHERE ref = 'T04'")
    break_item(office)
    office.tdkt("tick", "--now", MARCH)
    execute(office, "UPDATE item SET addressed = (SELECT addressed FROM kept) WHERE ref = 'T04'")

    resting = office.tdkt("tick", "--json").json["refs"]
    cleared = office.tdkt("--as", OFFICER, "incident", "clear", "i1", "--note", "Đã khôi phục", "--json")
    fired = office.tdkt("tick", "--json").json["refs"]

    assert (resting, cleared.json, fired) == ([], ["I01"], ["T04"])
    assert incidents(office) == []
    assert [(each["cleared_by"], each["seen"]) for each in incidents(office, "--all")] == [(OFFICER, 1)]
    assert ledger_balances(office)


def test_who_cleared_what_is_in_the_log_without_words_of_people(office: Office) -> None:
    break_item(office)
    office.tdkt("tick", "--now", MARCH)

    office.tdkt("--as", STANDING_MEMBER, "incident", "clear", "I01", "--note", "Ông A báo")

    entry = office.entries()[-1]
    named = ("event", "actor", "role", "item", "input.incident", "input.code", "input.ref", "input.seen")
    assert [entry[name] for name in named] == [
        "clear_incident",
        STANDING_MEMBER,
        "standing_member",
        None,
        "I01",
        "item_unreadable",
        "T04",
        1,
    ]
    assert "Ông A" not in str(entry)
    assert office.faults() == ()
    shown = office.tdkt("audit", "show", str(len(office.entries()) - 1), "--json").json
    assert [(each["name"], each["value"], each["matches"]) for each in shown["texts"]] == [
        ("note", "Ông A báo", True)
    ]
    execute(office, "DELETE FROM office_text")
    erased = office.tdkt("audit", "show", str(len(office.entries()) - 1), "--json").json
    assert [(each["name"], each["value"]) for each in erased["texts"]] == [("note", None)]
    assert office.faults() == ()


def test_only_who_may_clears_and_only_what_is_open(office: Office) -> None:
    break_item(office)
    office.tdkt("tick", "--now", MARCH)

    stranger = office.tdkt("--as", VILLAGE, "incident", "clear", "I01")
    unknown = office.tdkt("--as", ADMINISTRATOR, "incident", "clear", "I01", "I02", "lost")
    nothing = office.tdkt("--as", ADMINISTRATOR, "incident", "clear")

    assert [each.code for each in (stranger, unknown, nothing)] == [1, 2, 2]
    assert unknown.err == "There is no open incident I02, lost. See tdkt incident list.\n"
    assert [each["id"] for each in incidents(office)] == ["I01"]


def test_an_incident_is_told_where_the_item_is_shown(office: Office) -> None:
    break_state(office)
    office.tdkt("tick", "--now", MARCH)
    execute(office, "UPDATE incident SET ref = 'T01'")

    shown = office.tdkt("show", "T01").out
    listed = office.tdkt("incident", "list", TDKT_LANG="vi").out

    assert "\nIncident I01: T01: Its machine does not know the state" in shown
    assert "Incident" not in office.tdkt("show", "T02").out
    assert listed.startswith("I01  T01: Quy trình không có bước mà mục này đang ở\n")
    assert max(map(len, listed.splitlines())) <= 100


def test_a_definition_of_the_office_that_cannot_be_read_is_one_incident_of_the_office(
    office: Office,
) -> None:
    execute(office, "UPDATE definition SET compiled = '{}' WHERE kind = 'policy'")

    said = [office.tdkt("tick", "--now", MARCH) for _ in range(2)]

    (found,) = incidents(office)
    assert [(each.code, each.out, len(each.err.splitlines())) for each in said] == [(4, "", 1)] * 2
    assert "tdkt incident list" in said[0].err
    assert (found["ref"], found["code"], found["seen"]) == (None, "office_unreadable", 1)


def test_a_simulation_tells_of_the_healthy_ones(office: Office) -> None:
    break_item(office)
    office.tdkt("tick", "--now", MARCH)

    said = office.tdkt("simulate", "--to", "2026-04-30", "--json")

    fired = {each["ref"] for each in said.json["happened"] if each["what"] == "fired"}
    assert ("T01" in fired, "T04" in fired) == (True, False)
    assert [each["seen"] for each in incidents(office)] == [1]
