"""Links of bodies and what came by them on both databases: found by digests, ended once, bound to the log."""

from __future__ import annotations

from datetime import timedelta

from storage import submissions
from storage.database import Database
from storage.log.replay import replay
from storage.views import Reading
from tests.people import OFFICER, VILLAGE
from tests.storage.office import NOW, OFFICE, House, begin, key
from workflow.model.decision import EntryDraft
from workflow.model.links import VillageLink
from workflow.model.roles import SYSTEM

TASK = key("T02")
SECRET, CODE, FILE = "a" * 64, "b" * 64, "c" * 64


def linked(database: Database) -> VillageLink:
    with begin(database) as unit:
        unit.lock(TASK)
        draft = EntryDraft("expect_link", OFFICER, "officer", None, None)
        entry = unit.record_act(draft, log=TASK.year, key=TASK)
        until = NOW + timedelta(days=30)
        submissions.make_link(unit, TASK, entry=entry, digest=SECRET, body=VILLAGE, until=until)
        unit.commit()
    return VillageLink(TASK, entry, VILLAGE, NOW, until, None)


def came(database: Database, link: VillageLink) -> str:
    with begin(database) as unit:
        unit.lock(TASK)
        draft = EntryDraft("receive_list", SYSTEM, SYSTEM, None, None)
        entry = unit.record_act(draft, log=TASK.year, key=TASK)
        submissions.receive(unit, link, entry=entry, code=CODE, file=FILE)
        unit.commit()
    return entry


def test_a_link_is_found_by_its_digest_alone_and_ends_once(house: House, database: Database) -> None:
    link = linked(database)

    with Reading(house.url) as reading:
        assert reading.village_links(OFFICE, digest=SECRET) == (link,)
        assert reading.village_links(OFFICE, digest=CODE) == ()
    with begin(database) as unit:
        unit.lock(TASK)
        unit.record(EntryDraft("expect_unlink", OFFICER, "officer", None, None), log=TASK.year, key=TASK)
        assert submissions.links_of(unit, TASK) == (link,)
        assert [submissions.revoke_link(unit, link) for _ in range(2)] == [True, False]
        unit.commit()
    with Reading(house.url) as reading:
        (ended,) = reading.village_links(OFFICE, task=TASK)
    assert ended.revoked_at == NOW
    assert not ended.open(NOW)
    assert replay(database, OFFICE).faults == ()


def test_what_came_is_taken_in_once(house: House, database: Database) -> None:
    link = linked(database)
    entry = came(database, link)

    with begin(database) as unit:
        unit.lock(TASK)
        draft = EntryDraft("take_in_list", OFFICER, "officer", None, None)
        taken = unit.record_act(draft, log=TASK.year, key=TASK)
        (sent,) = submissions.sent_by(unit, link)
        ends = [
            submissions.end(unit, sent, "taken_in", entry=taken, dossiers=("D0001", "D0002")),
            submissions.end(unit, sent, "declined", entry=taken),
        ]
        unit.commit()

    assert ends == [True, False]
    with Reading(house.url) as reading:
        (found,) = reading.submissions(OFFICE, code=CODE)
        assert reading.submissions(OFFICE, state="received") == ()
        assert reading.submissions(OFFICE, entry=entry, link=link.entry, task=TASK) == (found,)
        assert len(reading.digest_key(OFFICE)) == 32
    assert found == sent._replace(state="taken_in", dossiers=("D0001", "D0002"), ended_entry=taken)
    assert replay(database, OFFICE).faults == ()


def test_another_file_in_its_place_is_found(house: House, database: Database) -> None:
    came(database, linked(database))
    database.driver.execute(f"UPDATE submission SET file = '{'d' * 64}'")
    database.driver.commit()

    assert [(fault.table, fault.log) for fault in replay(database, OFFICE).faults] == [("submission", 2026)]
