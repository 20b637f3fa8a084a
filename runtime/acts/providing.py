"""Machines that the program gives an office which has none of their name: the shipped ones, as stored."""

from __future__ import annotations

from runtime.acts.acting import Acting, Done
from runtime.acts.definitions import said_of, to_store
from runtime.office.seeds import newest, read_definition, seeds
from storage import offices
from storage.offices import StoredDefinition
from storage.unit import UnitOfWork
from workflow.model.context import Actor
from workflow.model.office import PROVIDED
from workflow.model.roles import SYSTEM


def provide_machines(acting: Acting) -> None:
    """Stores the machines that an office of an older version lacks; what it adopted itself stays."""

    def work(unit: UnitOfWork) -> Done[None]:
        acting.forget_definitions()
        lacking = [name for name in PROVIDED if ("machine", name) not in acting.definitions]
        for name in lacking:
            said = said_of(provided(unit, name))
            acting.record(unit, "adopt_definition", said, role=SYSTEM, actor=Actor(SYSTEM))
        return Done(None, written=bool(lacking))

    acting.act(work)
    acting.forget_definitions()


def provided(unit: UnitOfWork, name: str) -> StoredDefinition:
    """The shipped machine in its newest version, stored within the transaction."""
    seed = newest(seeds(None), "machine", name)
    assert seed is not None, "the package ships what it provides"
    stored = to_store(read_definition(seed.path))
    offices.store_definition(unit, stored)
    return stored
