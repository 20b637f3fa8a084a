"""A count that is to be typed twice is shown to nobody before the second person has typed it, blind.

Pages, records, papers, lists of entries and the bytes of one are veiled alike; `audit verify` and `audit
export`, which prove the log as a whole, read it all.
"""

from __future__ import annotations

from runtime.office.looking import Looking
from runtime.views.facts import Recorded
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession
from workflow.model.subjects import SESSION

COUNTS = "counts"
"""The input of counts, of whichever event."""


def session_seen(looking: Looking, item: Item) -> CouncilSession:
    """The session as it may be shown."""
    session = CouncilSession.of(item)
    return session.veiled if looking.directory.membership.double_entry else session


def is_veiled(looking: Looking, item: Item | None, each: Recorded) -> bool:
    """Whether the entry about the item has a count that the second person has not typed yet."""
    if COUNTS not in each.inputs or item is None or not looking.directory.membership.double_entry:
        return False
    return isinstance(item.details, CouncilSession) and bool(item.details.waiting)


def any_veiled(looking: Looking, year: int) -> bool:
    """Whether a count of the year waits for its second person."""
    found = looking.reading.subject_items(SESSION, looking.office, year)
    waiting = (CouncilSession.of(item).waiting for item in found)
    return looking.directory.membership.double_entry and any(waiting)


def entry_seen(looking: Looking, item: Item | None, each: Recorded) -> Recorded:
    """What an entry about the item recorded, as far as it may be shown."""
    if not is_veiled(looking, item, each):
        return each
    left = {name: value for name, value in each.inputs.items() if name != COUNTS}
    return each._replace(inputs=left, why={})  # a count that was refused says numbers of the sheet, too
