"""One paper of an item, with its facts, before it is made."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts
from workflow.model.facts import Item


class Part(NamedTuple):
    """One paper of a kind. `name` tells it from others of the item, empty where it is the only one;
    `final` once it is issued or signed, and `on` is its day, or today's while it has none. A `working` one
    is made anew each time and yet no draft: a list that follows what is recorded."""

    name: str
    facts: Facts
    final: bool
    on: date
    number: str | None = None
    working: bool = False


class Given(NamedTuple):
    """A number and a day that the records clerk gave to a paper which no event of its item asks for."""

    number: str | None = None
    on: date | None = None

    @property
    def final(self) -> bool:
        return self.number is not None and self.on is not None


NOT_GIVEN = Given()


def again(looking: Looking, item: Item, event: str, name: str = "") -> str:
    """The name of a part that is signed or sent anew where its event happens a second time: `P1`, then
    `P1-2`, so that what was kept of the first one stays what it was."""
    entries = looking.reading.entries(looking.office, item.key.year, ref=item.key.ref, event=event)
    times = sum(not entry.refused for entry in entries)
    return "-".join(each for each in (name, str(times) if times > 1 else "") if each)
