"""What the log says of the clock: its newest entries, and whether somebody said that the clock is right."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.database import Database
from storage.errors import translated
from storage.log.entries import inputs_of
from storage.tables import entry, log_head
from workflow.time.clock import ACCEPT, Accepted


def newest_entries(database: Database, office: str) -> tuple[datetime, ...]:
    """When the newest entry of each of the office's logs was written."""
    newest = (
        select(entry.c.at)
        .select_from(
            log_head.join(entry, (entry.c.office == log_head.c.office) & (entry.c.log == log_head.c.log))
        )
        .where(log_head.c.office == office, entry.c.seq == log_head.c.size - 1)
    )
    with translated(database.where):
        return tuple(row[0] for row in database.connection.execute(newest))


def accepted_clocks(database: Database, office: str, year: int) -> tuple[Accepted, ...]:
    """Who said so in the logs of the year and of the one before. They are read whole: this is asked only
    where the clock is doubted."""
    found = select(entry.c.at, entry.c.bytes).where(
        entry.c.office == office, entry.c.log.in_([year - 1, year]), entry.c.event == ACCEPT
    )
    with translated(database.where):
        rows = database.connection.execute(found.where(entry.c.refused.is_(False))).all()
    return tuple(Accepted(at, _instant(inputs_of(data).get("last"))) for at, data in rows)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
