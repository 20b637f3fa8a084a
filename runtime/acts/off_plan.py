"""The years' standing places for dossiers that no plan names.

They are made with the plan, and for plans of before when the database is upgraded or the place is first used.
"""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from runtime.acts.providing import provided
from storage.unit import UnitOfWork
from workflow.engine.machine import RunnableMachine
from workflow.model.context import Actor
from workflow.model.roles import SYSTEM
from workflow.services import off_plan as service

MACHINE = "off_plan"


def keep_place(acting: Acting, unit: UnitOfWork, year: int) -> bool:
    """Makes the year's place within the transaction where it has none; the program does, whoever acts."""
    case = acting.case_of(Actor(SYSTEM))
    return service.keep_place(unit, case, year=year, role=SYSTEM, machine=_machine(acting, unit))


def keep_places(acting: Acting) -> None:
    """Makes the places that the office's plans lack."""

    def work(unit: UnitOfWork) -> Done[None]:
        made = [keep_place(acting, unit, year) for year in acting.years]
        return Done(None, written=any(made))

    acting.act(work)


def _machine(acting: Acting, unit: UnitOfWork) -> RunnableMachine:
    """The office's own machine of places, else the shipped one, which is stored with the first of them."""
    stored = acting.definitions.get(("machine", MACHINE)) or provided(unit, MACHINE)
    return acting.machine(stored.digest)
