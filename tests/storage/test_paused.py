"""A deadline row that stands still is due for nobody: neither for the sweep nor for those who watch it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from storage import offices, outbox, timeline
from storage.database import Database
from storage.views import Reading
from tests.people import OFFICER
from tests.storage.office import OFFICE, YEAR, House, begin, key
from workflow.model.decision import DeadlineRow, Decision, EntryDraft

ENTRY = EntryDraft("lead", OFFICER, "officer", "drafted", "drafted")
DUE = datetime(YEAR, 1, 12, 1, tzinfo=UTC)
LATER = datetime(YEAR, 1, 20, 1, tzinfo=UTC)
"""Before any other row of the office."""


def due_anywhere(database: Database, house: House) -> list[object]:
    """What each of those who ask for due rows is told at `LATER`."""
    with begin(database) as unit:
        rows = unit.due_rows(key("T02"), now=LATER)
    with Reading(house.url) as reading:
        waiting = reading.waiting(OFFICE, now=LATER).due_since
    newest = outbox.newest_due(database, OFFICE, now=LATER)
    return [*rows, *offices.due_items(database, OFFICE, now=LATER, limit=10), newest, waiting]


def test_a_row_that_stands_still_is_due_for_nobody(database: Database, house: House) -> None:
    row = DeadlineRow("review.due", 1, "due", DUE, date(YEAR, 1, 9), "vn-2026/1", False, term="review")
    with begin(database) as unit:
        task = unit.lock(key("T02"))
        assert task is not None
        unit.write(Decision(task._replace(version=2), ENTRY, deadlines=(row,)), open=True)
        unit.commit()
    assert None not in due_anywhere(database, house)
    assert timeline.next_due(database, OFFICE) == DUE

    with begin(database) as unit:
        task = unit.lock(key("T02"))
        assert task is not None
        unit.write(Decision(task._replace(version=3), ENTRY, paused_terms=("review",)), open=True)
        unit.commit()

    assert due_anywhere(database, house) == [None, None]
    assert timeline.next_due(database, OFFICE) != DUE
