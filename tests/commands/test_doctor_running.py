"""`tdkt doctor` on what runs by itself: rows and messages that wait, incidents, broken definitions."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Tdkt
from tests.commands.test_doctor import execute, finding, statuses
from tests.people import ADMINISTRATOR

POLICY = Path(__file__).resolve().parents[2] / "definitions" / "policies" / "deadlines" / "1.yaml"
MESSAGE = """INSERT INTO message
 (office, id, account, channel, day, part, status, attempts, next_at, made_at, begun_at)
VALUES ('diem-he', 'one', 'chu-tich', 'email', '2026-01-05', 'daily', 'pending', 0,
 '2026-01-05T02:00:00.000000Z', '2026-01-05T02:00:00.000000Z', '2026-01-05T02:00:00.000000Z')"""


def test_open_incidents_are_a_problem_with_their_items(tdkt: Tdkt, database: Path) -> None:
    execute(database, "UPDATE item SET addressed = '{' WHERE ref IN ('T04', 'T05')")
    tdkt("tick", "--now", "2026-01-06T09:00")

    found = tdkt("doctor", "--json")
    told = finding(found, "incidents")

    assert (found.code, told["status"]) == (1, "problem")
    assert "I01 (T04), I02 (T05)" in told["message"]
    assert "tdkt incident list" in told["message"]
    assert told["details"][0].startswith("I01: item_unreadable, JSONDecodeError")
    tdkt("--as", ADMINISTRATOR, "incident", "clear", "I01", "I02")
    assert finding(tdkt("doctor", "--json"), "incidents")["status"] == "ok"


def test_rows_of_an_incident_are_not_told_twice(tdkt: Tdkt, database: Path) -> None:
    execute(database, "UPDATE item SET addressed = '{' WHERE ref IN ('T04', 'T05')")
    tdkt("tick", "--now", "2026-01-06T09:00")

    assert finding(tdkt("doctor", "--json", "--now", "2026-01-07T09:00"), "ticking")["status"] == "ok"


def test_a_message_that_waits_for_more_than_a_day_is_a_warning(tdkt: Tdkt, database: Path) -> None:
    execute(database, MESSAGE)

    early = finding(tdkt("doctor", "--json", "--now", "2026-01-06T08:00"), "outbox")
    late = finding(tdkt("doctor", "--json", "--now", "2026-01-06T10:00"), "outbox")

    assert (early["status"], late["status"]) == ("ok", "warning")
    assert "since 2026-01-05 09:00 (25 hours)" in late["message"]


def test_a_stored_definition_that_cannot_be_read_is_named_and_the_rest_is_still_told(
    tdkt: Tdkt, database: Path
) -> None:
    execute(database, "UPDATE definition SET compiled = '{}' WHERE kind = 'policy'")

    found = tdkt("doctor", "--json")

    assert found.code == 1
    assert "policy/deadlines/" in finding(found, "stored_definitions")["message"]
    # What was put in its place is not what the log says either.
    assert (statuses(found)["log"], statuses(found)["ledger"]) == ("problem", "ok")


def test_a_directory_that_cannot_be_read_breaks_no_other_check(tdkt: Tdkt, database: Path) -> None:
    execute(database, "UPDATE definition SET compiled = '{}' WHERE kind = 'office'")

    found = tdkt("doctor", "--json")

    assert (found.code, statuses(found)["ledger"], statuses(found)["roles"]) == (1, "ok", "problem")
    assert "office/diem-he/1 is damaged" in finding(found, "roles")["message"]
    assert found.err == ""


def test_a_mistake_in_an_own_file_is_told_with_its_line_before_anybody_adopts_it(
    tdkt: Tdkt, database: Path
) -> None:
    own = database.parent / "definitions" / "policies" / "deadlines" / "9.yaml"
    own.parent.mkdir(parents=True)
    text = POLICY.read_text(encoding="utf-8").replace("version: 1", "version: 9")
    own.write_text(text.replace("to: [vice_chair]", "to: [vice_char]"), encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "vice_chair" in each)

    found = tdkt("doctor", "--json")

    assert found.code == 1
    message = finding(found, "definition_files")["message"]
    assert message.startswith(f"{own}:{line}: ")
    assert message.endswith("Correct the file, then run tdkt definition check.")
