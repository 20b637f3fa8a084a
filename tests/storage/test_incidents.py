"""Incidents: counted while they are open, given out one number each, and left alone for longer each time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from storage import incidents
from storage.database import Database
from storage.incidents import Place
from storage.records import Incident
from tests.people import ADMINISTRATOR, OFFICER
from tests.storage.office import NOW, OFFICE, House, begin, count_rows
from tests.waiting import LIMIT

T01: Place = (2026, "T01")
MINUTE = timedelta(minutes=1)
FIRST = Incident("I01", NOW, NOW, 2026, "T01", "state_unknown", "lost", 1, None, None)

pytestmark = pytest.mark.usefixtures("house")


def note(
    database: Database, code: str = "state_unknown", *, place: Place = T01, after: timedelta = timedelta(0)
) -> str:
    with begin(database, now=NOW + after) as unit:
        made = incidents.record(unit, code, place=place, detail="lost")
        unit.commit()
    return made


def end(database: Database, *ids: str) -> None:
    with begin(database, now=NOW) as unit:
        incidents.clear(unit, ids, by=ADMINISTRATOR)
        unit.commit()


def test_an_incident_that_comes_again_is_counted(database: Database) -> None:
    said = [note(database), note(database, after=MINUTE), note(database, after=2 * MINUTE)]

    assert said == ["I01"] * 3
    assert incidents.open_incidents(database, OFFICE) == (FIRST._replace(seen=3, last_at=NOW + 2 * MINUTE),)


def test_another_item_another_code_and_the_office_have_incidents_of_their_own(database: Database) -> None:
    said = [
        note(database),
        note(database, place=(2026, "T02")),
        note(database, "sweep_failed"),
        note(database, place=(None, None)),
        note(database, place=(None, None)),
    ]

    assert said == ["I01", "I02", "I03", "I04", "I04"]


def test_what_comes_again_after_it_was_cleared_is_a_new_incident(database: Database) -> None:
    note(database)
    end(database, "I01", "I77")

    assert incidents.open_incidents(database, OFFICE) == ()
    assert note(database) == "I02"
    assert count_rows(database, "incident", "cleared_by = 'quan-tri'") == 1


def test_an_incident_that_was_cleared_stays_as_it_was(database: Database) -> None:
    note(database)
    end(database, "I01")
    with begin(database) as unit:
        incidents.clear(unit, ["I01"], by=OFFICER)
        unit.commit()

    assert count_rows(database, "incident", "cleared_by = 'quan-tri'") == 1


def test_programs_that_fail_at_once_make_one_incident(house: House) -> None:
    start = Barrier(4, timeout=LIMIT)

    def fail(number: int) -> list[str]:
        with house.open() as database:
            database.driver.execute("SELECT 1").fetchall()
            start.wait()
            return [note(database), note(database, place=(2026, f"T0{number}"))]

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(fail, (1, 2, 3, 4)))

    with house.open() as database:
        found = {each.id: each for each in incidents.open_incidents(database, OFFICE)}
    assert len({each for pair in said for each in pair}) == len(found) == 4
    assert sorted((each.ref, each.seen) for each in found.values()) == [
        ("T01", 5),
        ("T02", 1),
        ("T03", 1),
        ("T04", 1),
    ]


@pytest.mark.parametrize(
    ("seen", "minutes"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (50, 60), (5000, 60)]
)
def test_the_rest_doubles_up_to_an_hour(seen: int, minutes: int) -> None:
    found = FIRST._replace(seen=seen)
    last = NOW + minutes * MINUTE

    assert [incidents.rests(found, at) for at in (NOW, last - timedelta(seconds=1), last)] == [
        True,
        True,
        False,
    ]


def test_neither_a_cleared_one_nor_a_clock_that_was_set_back_makes_anybody_wait() -> None:
    assert not incidents.rests(FIRST._replace(cleared_at=NOW), NOW)
    assert not incidents.rests(FIRST, NOW - timedelta(days=3650))
    assert incidents.resting([FIRST, FIRST._replace(ref="T02", cleared_at=NOW)], now=NOW) == {T01}
