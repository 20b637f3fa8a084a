"""What the log has of one item, as later acts look back on it."""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from workflow.model.facts import Plain


class Recorded(NamedTuple):
    """An event that took place, oldest first in a list: `inputs` as the log keeps them, `texts` the names of
    those that are kept apart because they may be erased."""

    entry: str
    at: datetime
    actor: str
    acting_for: str | None
    event: str
    from_state: str | None
    to_state: str | None
    inputs: Mapping[str, Plain]
    texts: tuple[str, ...] = ()

    @property
    def persons(self) -> frozenset[str]:
        """Who did it, and in whose name."""
        return frozenset(id for id in (self.actor, self.acting_for) if id is not None)


class Words(NamedTuple):
    """Erasable words that stand: the `line` that they describe, 0 for the event's own, and their entry."""

    line: int
    entry: str
    field: str
    value: str


def last_of(recorded: Sequence[Recorded], events: Collection[str]) -> Recorded | None:
    """The newest one of these events."""
    return next((each for each in reversed(recorded) if each.event in events), None)


def since_last(recorded: Sequence[Recorded], event: str) -> tuple[Recorded, ...]:
    """What followed the newest such event; nothing where there was none."""
    last = last_of(recorded, (event,))
    return () if last is None else tuple(recorded[recorded.index(last) + 1 :])
