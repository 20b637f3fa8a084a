"""A count that is to be typed twice is shown to nobody before the second person has typed it, blind.

Pages, records and lists of entries are veiled alike; only the bytes that prove an entry have it all.
"""

from __future__ import annotations

from runtime.office.looking import Looking
from runtime.views.facts import Recorded
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

COUNTS = "counts"
"""The input of counts, of whichever event."""


def session_seen(looking: Looking, item: Item) -> CouncilSession:
    """The session as it may be shown."""
    session = CouncilSession.of(item)
    return session.veiled if looking.directory.membership.double_entry else session


def entry_seen(looking: Looking, item: Item | None, each: Recorded) -> Recorded:
    """What an entry about the item recorded, as far as it may be shown."""
    if COUNTS not in each.inputs or item is None or not looking.directory.membership.double_entry:
        return each
    if not isinstance(item.details, CouncilSession) or not item.details.waiting:
        return each
    return each._replace(inputs={name: value for name, value in each.inputs.items() if name != COUNTS})
