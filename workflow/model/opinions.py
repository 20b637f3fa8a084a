"""Whom else a dossier waits to hear from: other bodies that are asked for their opinion (hiệp y), and people
who remark on its publication. Each is numbered within its dossier; who it is and what was said are erasable
words of its entries. Pure, and light: looking loads it with every dossier.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

Finding = Literal["kept", "held", "void"]


class Opinion(NamedTuple):
    """One body that was asked on a day, about some `lines` or, without any, about the whole dossier.

    While it is silent `answered_on` is None: silence is no consent. `against` are the lines to which it does
    not agree. What was asked by mistake is `dropped`.
    """

    no: int
    asked_on: date
    lines: tuple[int, ...] = ()
    answered_on: date | None = None
    against: tuple[int, ...] = ()
    dropped: bool = False

    @property
    def silent(self) -> bool:
        return self.answered_on is None and not self.dropped


class Remark(NamedTuple):
    """What somebody said on a day of a publication, of some `lines` or of all. Its `finding`: the lines are
    kept as they are, held for verification, or it was typed by mistake; None until that is said."""

    no: int
    on: date
    lines: tuple[int, ...] = ()
    finding: Finding | None = None


Waits = tuple[tuple[date, date | None], ...]


def waits(opinions: Iterable[Opinion]) -> Waits:
    """The days from which until which somebody was asked and had not answered, in order, without those that
    lie within others; the last has no end while somebody is silent.

    Asked on the 1st and the 3rd, answered on the 8th and the 5th: one wait, from the 1st to the 8th.
    """
    asked = ((each.asked_on, each.answered_on or date.max) for each in opinions if not each.dropped)
    found: list[tuple[date, date]] = []
    for since, until in sorted(asked):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return tuple((since, None if until == date.max else until) for since, until in found)
