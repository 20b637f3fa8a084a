"""Office, definitions, plans and lists of items are read as they were stored, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import offices
from storage.database import Database
from storage.errors import ReleasedDefinition
from storage.offices import OfficeRow, PlanRow, StoredDefinition
from tests.people import OFFICER
from tests.storage.office import DIGEST_KEY, NOW, OFFICE, STARTED_ON, YEAR, House, act, begin, key, stored
from workflow.files.compiled import from_json, to_json
from workflow.model.decision import Decision, EntryDraft
from workflow.model.facts import ItemTerm

ROW = OfficeRow(OFFICE, "Điềm He", STARTED_ON, True, None, None, None, DIGEST_KEY)


def test_an_office_is_read_as_it_was_stored_and_is_made_once(database: Database, house: House) -> None:
    assert offices.offices(database) == (OFFICE,)
    assert offices.office_rows(database) == {OFFICE: ROW}
    with pytest.raises(IntegrityError), begin(database) as unit:
        offices.store_office(unit, ROW)


def test_an_office_remembers_who_acts(database: Database, house: House) -> None:
    with begin(database) as unit:
        offices.set_actor(unit, OFFICER)
        unit.commit()

    assert offices.office_rows(database)[OFFICE].actor == OFFICER


def test_a_clock_goes_on_and_never_back(database: Database, house: House) -> None:
    reached = []
    for clock in (NOW, NOW + timedelta(days=1), NOW):
        with begin(database) as unit:
            offices.set_clock(unit, clock)
            unit.commit()
        reached.append(offices.office_rows(database)[OFFICE].clock)

    assert reached == [NOW, NOW + timedelta(days=1), NOW + timedelta(days=1)]


def test_definitions_are_read_as_they_were_stored(database: Database, house: House) -> None:
    expected = {
        StoredDefinition(
            file.kind,
            file.definition.name,
            file.definition.version,
            file.digest,
            to_json(file.definition),
            file.source,
        )
        for file in house.shipped.files
    }

    found = offices.definitions(database, OFFICE)

    assert set(found) == expected
    assert [(one.kind, one.name, one.version) for one in found] == sorted(
        (one.kind, one.name, one.version) for one in expected
    )
    assert {from_json(one.compiled) for one in found if one.kind == "office"} == {house.setting.office}
    assert all(offices.definition_by_digest(database, OFFICE, one.digest) == one for one in found)
    assert offices.definition_by_digest(database, OFFICE, "0" * 64) is None


def store(database: Database, *, digest: str, version: int = 1) -> bool:
    with begin(database) as unit:
        kept = offices.store_definition(
            unit, StoredDefinition("machine", "leave", version, digest, compiled="{}", source="s")
        )
        unit.commit()
    return kept


def test_a_released_definition_is_followed_and_never_edited(database: Database, house: House) -> None:
    assert store(database, digest="a" * 64) is True
    assert store(database, digest="a" * 64) is False
    with pytest.raises(ReleasedDefinition) as caught:
        store(database, digest="b" * 64)
    assert store(database, digest="b" * 64, version=2) is True

    assert caught.value.operands == {"kind": "machine", "name": "leave", "version": 1}
    digests = [one.digest for one in offices.definitions(database, OFFICE) if one.name == "leave"]
    assert digests == ["a" * 64, "b" * 64]


def test_a_plan_imported_again_keeps_its_numbering(database: Database, house: House) -> None:
    before = offices.plan_row(database, OFFICE, YEAR)
    with begin(database) as unit:
        unit.next_number("dossier", YEAR)
        unit.commit()
    later = datetime(2026, 4, 1, tzinfo=UTC)
    with begin(database, now=later) as unit:
        offices.store_plan(unit, year=YEAR, title="Kế hoạch sửa đổi", document="1" * 64)
        offices.store_plan(unit, year=2027, title="Kế hoạch 2027", document="2" * 64)
        unit.commit()

    assert before == PlanRow(YEAR, "Kế hoạch 2026", "0" * 64, NOW, 0)
    assert offices.plan_row(database, OFFICE, YEAR) == PlanRow(YEAR, "Kế hoạch sửa đổi", "1" * 64, later, 1)
    assert offices.plan_years(database, OFFICE) == (YEAR, 2027)
    assert offices.plan_row(database, OFFICE, 2025) is None


def test_a_years_tasks_come_in_the_plans_order_as_a_lock_would_read_them(
    database: Database, house: House
) -> None:
    act(database, house, "T03", "submit", actor=OFFICER)

    tasks = offices.tasks_of(database, OFFICE, YEAR)

    assert tasks == [stored(database, f"T{number:02}") for number in (1, 2, 3, 4)]
    assert offices.tasks_of(database, OFFICE, 2025) == []


def test_a_task_with_several_terms_is_one_task(database: Database, house: House) -> None:
    terms = tuple(ItemTerm(id, None, date(2026, 3, 2), 1, "deadlines/2") for id in ("one", "two"))
    entry = EntryDraft("lead", OFFICER, "officer", "drafted", "drafted")
    with begin(database) as unit:
        task = unit.lock(key("T02"))
        assert task is not None
        unit.write(Decision(task._replace(version=2, terms=terms), entry), open=True)
        unit.commit()

    tasks = offices.tasks_of(database, OFFICE, YEAR)

    assert [(each.key.ref, each.terms) for each in tasks] == [
        ("T01", ()),
        ("T02", terms),
        ("T03", ()),
        ("T04", ()),
    ]


def test_due_items_are_those_with_a_pending_row_whose_time_has_come(database: Database, house: House) -> None:
    after_the_first = datetime(2026, 4, 1, tzinfo=UTC)

    due = offices.due_items(database, OFFICE, now=after_the_first, limit=10)

    assert sorted(due) == [key("T01"), key("T02")]
    assert offices.due_items(database, OFFICE, now=after_the_first, limit=1) == due[:1]
    assert offices.due_items(database, OFFICE, now=NOW - timedelta(days=90), limit=10) == []
    assert offices.due_items(database, "elsewhere", now=after_the_first, limit=10) == []


def test_the_versions_that_stand_are_told_by_year_without_a_lock(database: Database, house: House) -> None:
    act(database, house, "T01", "submit", actor=OFFICER)

    assert offices.versions(database, OFFICE, ["T01", "T02", "T99"]) == {
        YEAR: {"T01": (2, True), "T02": (1, True)}
    }
    assert offices.versions(database, OFFICE, ["T99"]) == {YEAR: {}}
    assert offices.versions(database, "elsewhere", ["T01"]) == {}
