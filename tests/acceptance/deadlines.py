"""An office's deadline rows and notices, seen from outside, and an office with many more of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from runtime.acts.advance import EventRequest, advance
from runtime.acts.import_plan import import_plan
from tests.acceptance.office import YEAR, Office
from tests.ledger import Id, Row, deadline_rows, instant, read
from tests.people import CHAIR, OFFICER
from workflow.model.plan import PlanReading
from workflow.services.import_plan import row_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_COPY = 19


class Told(NamedTuple):
    """A notice in an inbox, with the row that caused it."""

    ref: str
    deadline: str
    occurrence: int
    to: str
    kind: str
    at: datetime
    subject: str
    text: str


def local(moment: str) -> datetime:
    """An instant as the office says it: `2026-03-31T08:00`."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE).astimezone(UTC)


def typed(moment: datetime) -> str:
    """An instant as `--now` takes it."""
    return moment.astimezone(ZONE).isoformat()


def rows(office: Office) -> list[Row]:
    return deadline_rows(partial(read, office.url))


def due(office: Office, at: datetime) -> dict[Id, Row]:
    """The rows that a sweep at this instant has to fire."""
    return {row.id: row for row in rows(office) if row.is_due(at)}


def fired(office: Office) -> dict[Id, Row]:
    return {row.id: row for row in rows(office) if row.status == "fired"}


def told(office: Office) -> list[Told]:
    """Every notice that a row caused, in a fixed order."""
    columns = "ref, deadline, occurrence, to_account, kind, at, subject, text"
    found = read(office.url, f"SELECT {columns} FROM notice WHERE deadline IS NOT NULL AND channel = 'inbox'")
    return sorted(each._replace(at=instant(each.at)) for each in map(Told._make, found))


def with_tasks(office: Office, dues: Iterable[date], *, like: int = 14) -> list[str]:
    """The references of further tasks with these dates, imported as rows of a longer plan."""
    with office.acting(OFFICER) as acting:
        standing = [row for item in acting.tasks(YEAR) if (row := row_of(item)) is not None]
        (model,) = [row for row in standing if row.number == like]
        more = [replace(model, number=number, due=day) for number, day in enumerate(dues, FIRST_COPY)]
        reading = PlanReading(year=YEAR, title="", tasks=(*standing, *more), problems=(), unknown_bodies=())
        import_plan(acting, reading, document="0" * 64, role=None)
    return [f"T{row.number:02}" for row in more]


def cancel_plan(office: Office) -> None:
    """Cancels the eighteen tasks of the shipped plan, and with them their rows."""
    with office.acting(CHAIR) as acting:
        results = advance(
            acting, [f"T{n:02}" for n in range(1, 19)], EventRequest("cancel", {"reason": "Không làm"})
        )
    assert all(result.done for result in results)
