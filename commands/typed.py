"""Dates, quarters and other fixed words as people type them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import click

from workflow.model.naming import QUARTERS, Candidate, called


class Named(click.Choice[str]):
    """One of fixed words, by its id as help shows it or by what it is called."""

    def __init__(self, ids: Iterable[str], candidates: Callable[[], Sequence[Candidate]]) -> None:
        super().__init__(list(ids))
        self.candidates = candidates

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return value
        found = called(value, self.candidates())
        return found if isinstance(found, str) else super().convert(value, param, ctx)


QUARTER = Named((quarter.id for quarter in QUARTERS), lambda: QUARTERS)
"""A quarter however people write it: `II`, `2`, `Q2`, `Quý II`."""


def worded(ids: Sequence[str], group: str) -> Named:
    """Words of a machine by their names in that group of the shipped catalogue, which is read only where no
    id is typed."""

    def candidates() -> Sequence[Candidate]:
        from runtime.office.seeds import shipped_words

        words = shipped_words()
        return [Candidate(id, words[f"{group}.{id}"], words[f"{group}.{id}"]) for id in ids]

    return Named(ids, candidates)
