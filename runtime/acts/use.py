"""Choosing the account that acts when none is named."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from storage import offices
from storage.unit import UnitOfWork
from workflow.model.context import Actor


def use(acting: Acting, account: str) -> None:
    """Stores the account, with an entry of its own in the year's log. Raises UnknownActor."""
    acting.known_account(account)

    def work(unit: UnitOfWork) -> Done[None]:
        offices.set_actor(unit, account)
        acting.record(unit, "use", {"account": account}, role=None, actor=Actor(account))
        return Done(None)

    acting.act(work)
