"""Choosing the account that acts when none is named."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from storage import offices
from storage.unit import UnitOfWork
from workflow.model.context import Actor


def use(acting: Acting, account: str) -> str:
    """Stores the account, with an entry of its own in the year's log; answers with its id. Raises
    UnknownActor, NotSignedIn, NotHeld."""
    account = acting.known_account(account)
    acting.check_held(account)

    def work(unit: UnitOfWork) -> Done[str]:
        offices.set_actor(unit, account)
        acting.record(unit, "use", {"account": account}, role=None, actor=Actor(account))
        return Done(account)

    return acting.act(work)
