"""A row of the year that is the same work as a completed row of the plan before: its paper is taken over."""

from __future__ import annotations

from collections.abc import Mapping

from runtime.acts.acting import Acting
from storage import items
from workflow.model.errors import UnknownReference


def words_of_same(acting: Acting, ref: str, other: str) -> Mapping[str, str]:
    """The inputs by which `adopt_same` takes the other row's paper over.

    Of a row that is not the same work, or not completed, they are such as the event refuses. Raises
    UnknownReference and what a reference does.
    """
    key, earlier = acting.key(ref), acting.key(other)
    item = items.item_at(acting.database, key)
    if item is None:
        raise UnknownReference(ref=ref)
    machine = acting.machine(item.digest)
    reads = items.Surroundings(acting.database, acting.office)
    needs = frozenset({"done_before"})
    beside = machine.procedure.beside(reads, item, machine.definition, needs=needs)["done_before"]
    same = f"{earlier.year}/{earlier.ref}"
    found = next((row for row in beside if (key.year - 1, row.ref) == (earlier.year, earlier.ref)), None)
    paper, day = (found.paper, found.on) if found else ("0", acting.today)
    return {"same_as": same, "paper": paper, "date": day.isoformat()}
