"""One paper of an item, with its facts, before it is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts
from workflow.model.facts import Item
from workflow.model.printed import IssuedPaper


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


class Newer(NamedTuple):
    """What the record says since a paper was kept: its number and day, of the `part` that was signed after
    it where there is one."""

    part: str
    number: str | None
    on: date


def newer_than(paper: IssuedPaper, parts: Sequence[Part]) -> Newer | None:
    """None where a kept paper of the kind of `parts` says what the record says."""
    same = next((part for part in parts if part.name == paper.part), None)
    again = (part for part in parts if part.final and _AGAIN.sub("", part.name) == paper.part)
    now = same or next(again, None)
    if now is None or not now.final:
        return None
    if now is same and (now.number, now.on) == (paper.number, paper.issued_on):
        return None
    return Newer(now.name, now.number, now.on)


_AGAIN = re.compile(r"(?:\A|-)\d+\Z")
"""What `again` adds to a part's name."""


def again(looking: Looking, item: Item, event: str, name: str = "") -> str:
    """The name of a part that is signed or sent anew where its event happens a second time: `P1`, then
    `P1-2`, so that what was kept of the first one stays what it was."""
    entries = looking.reading.entries(looking.office, item.key.year, ref=item.key.ref, event=event)
    times = sum(not entry.refused for entry in entries)
    return "-".join(each for each in (name, str(times) if times > 1 else "") if each)
