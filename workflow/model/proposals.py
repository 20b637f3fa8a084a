"""Proposals: what one account asks for and another person is to agree to.

The guard `proposed` of an event names the event whose proposal it decides about; who may agree is read from
there, for lists and pages too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.model.machine import Event, Machine
from workflow.model.roles import permitted

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.facts import Item
    from workflow.model.roles import Standing

PROPOSED, ANOTHER_PERSON = "proposed", "another_person"
"""The guards of events that decide about a proposal: that it waits, and that nobody agrees to its own."""


def decided_proposal(event: Event) -> str | None:
    """The event whose proposal this one decides about; None where it decides about none."""
    return next((str(call.params["event"]) for call in event.guards if call.name == PROPOSED), None)


def agreeing(item: Item, machine: Machine) -> Event | None:
    """The event by which another person agrees to what the item's proposal asks for."""
    if item.proposal is None:
        return None
    return next(
        (
            event
            for event in machine.events
            if decided_proposal(event) == item.proposal.event
            and any(call.name == ANOTHER_PERSON for call in event.guards)
        ),
        None,
    )


def deciders(item: Item, machine: Machine, standing: Standing) -> tuple[str, ...]:
    """The accounts that may agree to what the item's proposal asks for, without the people who asked."""
    event, proposal = agreeing(item, machine), item.proposal
    if event is None or proposal is None:
        return ()
    office = standing.office
    barred = office.people(proposal.accounts)
    able = (id for held in permitted(event.by, standing) for id in held.accounts)
    return tuple(dict.fromkeys(id for id in able if office.person(id) not in barred))
