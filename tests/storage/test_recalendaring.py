"""Deadlines moved by a changed calendar, on both databases: rows, entries, ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from storage import offices
from storage.database import Database
from tests.people import ADMINISTRATOR
from tests.storage.office import OFFICE, House, begin, count_rows, key, records, rows_of, stored
from workflow.model.calendar import WorkCalendar
from workflow.model.decision import DeadlineRow
from workflow.model.definition import CalendarYear
from workflow.services.recalendar import Recalendared, recalendar_item


def without_last_day_of_march(house: House) -> WorkCalendar:
    years = [file.definition for file in house.shipped.files if isinstance(file.definition, CalendarYear)]
    return WorkCalendar.of(
        replace(year, version=2, days_off={**year.days_off, date(2026, 3, 31): "nghỉ"})
        if year.year == 2026
        else year
        for year in years
    )


def recalendar(database: Database, house: House, *, commit: bool = True) -> dict[str, Recalendared]:
    case, found = house.case(ADMINISTRATOR), {}
    with begin(database, command="adopt") as unit:
        for each in offices.items_with_pending(database, OFFICE):
            done = recalendar_item(
                unit,
                each,
                case.under(replace(case.setting, calendar=without_last_day_of_march(house))),
                before=case.setting,
                role="administrator",
            )
            if done is not None:
                found[each.ref] = done
        if commit:
            unit.commit()
    return found


def rows(database: Database, ref: str) -> tuple[DeadlineRow, ...]:
    with begin(database) as unit:
        return unit.deadline_rows(key(ref))


def test_rows_are_read_in_order_of_time_with_what_became_of_them(database: Database, house: House) -> None:
    recalendar(database, house)

    read = rows(database, "T01")

    assert [row.at for row in read] == sorted(row.at for row in read)
    assert {(row.occurrence, row.status, row.reason) for row in read} == {
        (1, "fired", None),
        (1, "cancelled", "calendar"),
        (2, "pending", None),
    }


def test_a_changed_calendar_moves_rows_and_logs_each_item_once(database: Database, house: House) -> None:
    before = stored(database, "T01")

    found = recalendar(database, house)

    assert list(found) == ["T01", "T02"]
    for ref, done in found.items():
        pending = tuple(row for row in rows(database, ref) if row.status == "pending")
        assert sorted(pending, key=lambda row: row.name) == sorted(done.rows, key=lambda row: row.name)
        assert stored(database, ref).due_on == date(2026, 3, 30)
    assert stored(database, "T01").version == before.version + 1
    entries = [record for record in records(database) if record["event"] == "calendar"]
    assert [(each["item"], each["input.old"], each["input.new"]) for each in entries] == [
        ("T01", "2026-03-31", "2026-03-30"),
        ("T02", "2026-03-31", "2026-03-30"),
    ]


def test_the_ledger_balances_and_a_preview_leaves_nothing(database: Database, house: House) -> None:
    standing = rows_of(database, "deadline"), records(database)

    preview = recalendar(database, house, commit=False)
    after_preview = rows_of(database, "deadline"), records(database)
    done = recalendar(database, house)

    assert (preview, after_preview) == (done, standing)
    statuses = ("fired", "cancelled", "pending")
    assert count_rows(database, "deadline") == sum(
        count_rows(database, "deadline", f"status = '{status}'") for status in statuses
    )
