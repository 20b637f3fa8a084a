"""How an act is taken back: by which events of the machine, after it has taken place. Pure.

A machine says of an event what it `undoes`; whether that is possible is told by the state in which the act
left the item. Who may, and under which conditions, the event's own guards say.
"""

from __future__ import annotations

from workflow.model.machine import Machine


def undone_by(machine: Machine, event: str, state: str) -> tuple[str, ...] | None:
    """The events that take `event` back or put it right where it left an item in `state`, in the machine's
    order: none where it cannot be taken back; None where the machine says of no event what it undoes.

    An event that makes an item, as copying does, is possible in any state of the other one.
    """
    if not any(each.undoes for each in machine.events):
        return None
    known = {each.id for each in machine.states}
    return tuple(
        each.id
        for each in machine.events
        if event in each.undoes
        and any(state in move.sources or not known & {*move.sources} for move in each.transitions)
    )
