"""One paper of an item, with its facts, before it is made."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from runtime.views.papers.facts import Facts


class Part(NamedTuple):
    """One paper of a kind. `name` tells it from others of the item, empty where it is the only one;
    `final` once it is issued or signed, and `on` is its day, or today's while it has none."""

    name: str
    facts: Facts
    final: bool
    on: date
    number: str | None = None


class Given(NamedTuple):
    """A number and a day that the records clerk gave to a paper which no event of its item asks for."""

    number: str | None = None
    on: date | None = None

    @property
    def final(self) -> bool:
        return self.number is not None and self.on is not None


NOT_GIVEN = Given()
