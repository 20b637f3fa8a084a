"""Saying that the machine's clock is right, where it cannot be believed."""

from __future__ import annotations

from contextlib import suppress

from runtime.acts.acting import Acting, Done
from runtime.office.opened import NoActor, NotSignedIn
from storage.clock import newest_entries
from storage.unit import UnitOfWork
from workflow.model.context import Actor
from workflow.model.days import utc_text
from workflow.model.roles import SYSTEM
from workflow.time.clock import ACCEPT, ClockDoubted


def accept_clock(acting: Acting) -> bool:
    """Records that the clock is right, where it is doubted; answers whether it was."""
    try:
        acting.check_clock(ahead=True)
    except ClockDoubted:
        last = max(newest_entries(acting.database, acting.office), default=None)
    else:
        return False

    by = Actor(SYSTEM)
    with suppress(NoActor, NotSignedIn):  # the service, which nobody is signed in to, accepts it too
        by = acting.actor

    def work(unit: UnitOfWork) -> Done[None]:
        said = {"last": utc_text(last) if last else None}
        acting.record(unit, ACCEPT, said, role=None, actor=by)
        return Done(None)

    acting.act(work, any_clock=True)
    return True
