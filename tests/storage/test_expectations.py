"""Lists of expected dossiers in the tables, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import text

from storage import offices
from storage.database import Database
from storage.log.audit import verify
from storage.views import Reading
from tests.people import ASKED, CHAIR, OFFICER, SECOND_VILLAGE, SECRETARY, STANDING_MEMBER, VILLAGE
from tests.storage.office import (
    NOW,
    OFFICE,
    YEAR,
    House,
    act,
    begin,
    count_rows,
    key,
    new_dossier,
    records,
)
from tests.waiting import LIMIT
from workflow.model.decision import Decision, EntryDraft, NoticeDraft
from workflow.model.dossiers import ReceivedDossier
from workflow.model.expecting import Expectation
from workflow.model.tasks import PlannedTask
from workflow.services.advance import Tried
from workflow.services.expect import Listed, Opening, chase, open_list

FULL = Expectation(
    VILLAGE,
    date(2026, 2, 1),
    date(2026, 3, 20),
    "T03",
    "12/HD-HĐTĐKT",
    date(2026, 1, 30),
    "received",
    "D0001",
    date(2026, 3, 1),
    3,
    datetime(2026, 3, 2, 1, 30, tzinfo=UTC),
)
"""No field has its default."""
ENTRY = EntryDraft(
    event="expect_chase", actor=SECRETARY, role="secretary", from_state="drafted", to_state="drafted"
)


def keep(database: Database, *rows: Expectation, ref: str = "T02") -> None:
    with begin(database, command=uuid4().hex) as unit:
        unit.lock(key(ref))
        unit.expect(key(ref), rows)
        unit.commit()


def kept(database: Database, ref: str = "T02") -> tuple[Expectation, ...]:
    with begin(database) as unit:
        unit.lock(key(ref))
        return unit.expectations(key(ref))


def opened(database: Database, house: House, ref: str = "T02") -> Listed:
    with begin(database, command=uuid4().hex) as unit:
        outcome = open_list(
            unit,
            Opening(key(ref)),
            house.case(OFFICER),
        )
        assert isinstance(outcome, Listed), outcome
        unit.commit()
    return outcome


def test_a_row_is_read_as_it_was_written_and_as_it_was_changed(database: Database, house: House) -> None:
    bare = Expectation(SECOND_VILLAGE, date(2026, 2, 1))

    keep(database, FULL, bare)
    assert kept(database) == (FULL, bare)

    changed = FULL._replace(due_on=None, status="silent", dossier=None, answered_on=None, chased=4)
    keep(database, changed)
    assert kept(database) == (changed, bare)
    assert kept(database, "T03") == ()


def test_the_day_on_which_a_body_was_first_asked_never_changes(database: Database, house: House) -> None:
    keep(database, FULL)
    keep(database, FULL._replace(asked_on=date(2026, 5, 5)))

    assert kept(database) == (FULL,)


def test_without_a_commit_nothing_is_kept(database: Database, house: House) -> None:
    with begin(database) as unit:
        unit.lock(key("T02"))
        unit.expect(key("T02"), (FULL,), entry=ENTRY)

    assert (kept(database), count_rows(database, "entry")) == ((), 4)


def test_rows_entry_and_notices_are_written_together(database: Database, house: House) -> None:
    notice = NoticeDraft("chase", None, VILLAGE, "Đề nghị", "Kính gửi")
    with begin(database) as unit:
        unit.lock(key("T02"))
        unit.expect(key("T02"), (FULL,), entry=ENTRY, notices=(notice, replace(notice, to=SECOND_VILLAGE)))
        unit.commit()

    found = database.connection.execute(
        text(
            "SELECT n.ref, n.to_account, n.channel, e.event FROM notice n JOIN entry e ON"
            " e.id = substr(n.id, 1, 32) ORDER BY n.id"
        )
    ).all()
    assert [tuple(row) for row in found] == [
        ("T02", VILLAGE, "inbox", "expect_chase"),
        ("T02", SECOND_VILLAGE, "inbox", "expect_chase"),
    ]


def test_the_tables_refuse_a_status_that_is_none(database: Database, house: House) -> None:
    with pytest.raises(Exception, match="status"):
        keep(database, FULL._replace(status="lost"))  # type: ignore[arg-type]


def test_planned_tasks_are_the_years_of_a_kind(database: Database, house: House) -> None:
    act(database, house, "T04", "cancel", actor=CHAIR, words={"reason": "thôi"})

    with begin(database) as unit:
        kinds = ("report", "award_review", "guidance", "plan_issue", "conference_host")
        assert {kind: unit.planned_tasks(YEAR, kind) for kind in kinds} == {
            "report": (PlannedTask("T01", "report", "I", None, "Báo cáo kết quả năm 2025", True),),
            "award_review": (PlannedTask("T02", "award_review", "I", None, "Xét khen thưởng đợt 1", True),),
            "guidance": (PlannedTask("T03", "guidance", "I", None, "Hướng dẫn bình xét", True),),
            "plan_issue": (PlannedTask("T04", "plan_issue", "I", None, "Ban hành kế hoạch năm 2027", False),),
            "conference_host": (),
        }
        assert unit.planned_tasks(YEAR + 1, "report") == ()


@pytest.mark.parametrize(("part", "kind"), [(None, "host"), ("host", "host"), ("attend", "attend")])
def test_a_conference_is_found_by_the_kind_that_its_part_makes(
    database: Database, house: House, part: str | None, kind: str
) -> None:
    database.connection.execute(
        text("UPDATE task SET kind = 'conference', part = :part WHERE ref = 'T04'"), {"part": part}
    )

    with begin(database) as unit:
        found = {each: unit.planned_tasks(YEAR, f"conference_{each}") for each in ("host", "attend")}
    assert [each for each, tasks in found.items() if tasks] == [kind]


WITHDRAWN = {"paper_number": "03/CV", "paper_date": "2026-03-02", "reason": "nhầm"}
"""The body's paper, by which what was received is withdrawn."""


def handed_in(database: Database, house: House) -> str:
    ref = new_dossier(database, house).item.key.ref
    words = {"kind": "person", "name": "Nguyễn Thị A"}
    act(database, house, ref, "add", actor=VILLAGE, words=words)
    act(database, house, ref, "submit", actor=VILLAGE)
    return ref


def test_received_dossiers_are_those_handed_in_and_not_withdrawn(database: Database, house: House) -> None:
    handed, gone, drafted = (
        handed_in(database, house),
        handed_in(database, house),
        new_dossier(database, house),
    )
    assert isinstance(act(database, house, gone, "withdraw", actor=VILLAGE, words=WITHDRAWN), Decision)

    with begin(database) as unit:
        unit.lock(key("T02"))
        assert unit.received_dossiers(key("T02")) == (ReceivedDossier(handed, VILLAGE, date(2026, 3, 2)),)
        assert unit.received_dossiers(key("T03")) == (), drafted


def test_a_list_goes_its_way_and_the_log_stays_sound(database: Database, house: House) -> None:
    opened(database, house)
    ref = handed_in(database, house)
    statuses = {row.body: (row.status, row.dossier) for row in kept(database)}
    assert statuses[VILLAGE] == ("received", ref)
    assert statuses[SECOND_VILLAGE] == ("silent", None)

    assert isinstance(act(database, house, ref, "withdraw", actor=VILLAGE, words=WITHDRAWN), Decision)
    with begin(database, command="chase") as unit:
        outcome = chase(
            unit,
            key("T02"),
            house.case(SECRETARY),
            again=False,
        )
        assert isinstance(outcome, Listed)
        unit.commit()

    assert {(row.status, row.chased, row.chased_at) for row in kept(database)} == {("silent", 1, NOW)}
    said = [record for record in records(database) if str(record["event"]).startswith("expect_")]
    assert [(record["event"], record["item"]) for record in said] == [
        ("expect_open", "T02"),
        ("expect_chase", "T02"),
    ]
    assert verify(database, OFFICE).faults == ()


def test_a_finished_guidance_opens_the_list_of_its_quarters_award_row(
    database: Database, house: House
) -> None:
    for event, actor, words in (
        ("submit", OFFICER, {}),
        ("review", STANDING_MEMBER, {"opinion": "Thống nhất"}),
        ("approve", CHAIR, {}),
        ("complete", OFFICER, {"paper_number": "12/HD", "paper_date": "2026-03-02"}),
    ):
        assert not isinstance(act(database, house, "T03", event, actor=actor, words=words), Tried)

    rows = kept(database)
    assert len(rows) == len(ASKED)
    assert {(row.guidance, row.paper, row.paper_on) for row in rows} == {("T03", "12/HD", date(2026, 3, 2))}


def test_a_dossier_handed_in_while_the_list_opens_is_never_lost(database: Database, house: House) -> None:
    refs = []
    for _ in range(3):
        ref = new_dossier(database, house).item.key.ref
        act(database, house, ref, "add", actor=VILLAGE, words={"kind": "person", "name": "Nguyễn Thị A"})
        refs.append(ref)
    start = Barrier(4, timeout=LIMIT)

    def submit(ref: str) -> None:
        with house.open() as own:
            start.wait()
            act(own, house, ref, "submit", actor=VILLAGE)

    def open_() -> None:
        with house.open() as own:
            start.wait()
            opened(own, house)

    with ThreadPoolExecutor(4) as pool:
        works = [*(pool.submit(submit, ref) for ref in refs), pool.submit(open_)]
        for work in works:
            work.result()

    row = next(row for row in kept(database) if row.body == VILLAGE)
    assert row.status == "received"
    assert row.dossier in refs


def test_only_open_tasks_with_a_list_are_chased(database: Database, house: House) -> None:
    assert offices.tasks_expecting(database, OFFICE, YEAR) == []
    opened(database, house)
    assert offices.tasks_expecting(database, OFFICE, YEAR) == [key("T02")]

    act(database, house, "T02", "cancel", actor=CHAIR, words={"reason": "thôi"})

    assert offices.tasks_expecting(database, OFFICE, YEAR) == []


def test_looking_reads_the_lists_by_task(database: Database, database_url: str, house: House) -> None:
    keep(database, FULL)

    with Reading(database_url) as reading:
        assert reading.expectations(OFFICE, YEAR) == {key("T02"): (FULL,)}
        assert reading.expectations(OFFICE, YEAR, ref="T02") == {key("T02"): (FULL,)}
        assert reading.expectations(OFFICE, YEAR, ref="T03") == {}
