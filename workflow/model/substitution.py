"""Who stands in for whom on which days, and who therefore gets what is meant for another.

Pure, over the office's substitutions as they stand: half-open spans of local days. What may be ordered is
`workflow.engine.substituting`; in whose name somebody acts on an item is `workflow.model.capacity`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import NamedTuple


class Substitution(NamedTuple):
    """`stand_in` acts for `absent` on the local days from `from_day` up to `until_day`, not on that day.

    `ended_on` is the first day without it where it was ended before its time.
    """

    number: int
    absent: str
    stand_in: str
    from_day: date
    until_day: date
    ended_on: date | None = None

    @property
    def until(self) -> date:
        """The first day on which the absent account acts itself again."""
        return self.until_day if self.ended_on is None else min(self.until_day, self.ended_on)

    @property
    def last_day(self) -> date:
        """The last day of it, as people say it."""
        return self.until - timedelta(days=1)

    def covers(self, day: date) -> bool:
        return self.from_day <= day < self.until

    def meets(self, other: Substitution) -> bool:
        """Whether the two have a day in common."""
        return max(self.from_day, other.from_day) < min(self.until, other.until)


class Addressee(NamedTuple):
    """Who gets a notice, and for whom where it was meant for somebody else."""

    account: str
    instead_of: str | None = None


def chain(account: str, substitutions: Sequence[Substitution], day: date) -> tuple[str, ...]:
    """The account, its stand-in on that day, that one's stand-in, and so on to one that is not absent.

    It ends before an account that it has already, though orders that would make a circle are refused.
    """
    found = [account]
    while (following := _stand_in(found[-1], substitutions, day)) is not None and following not in found:
        found.append(following)
    return tuple(found)


def _stand_in(account: str, substitutions: Sequence[Substitution], day: date) -> str | None:
    return next(
        (
            substitution.stand_in
            for substitution in substitutions
            if substitution.absent == account and substitution.covers(day)
        ),
        None,
    )


def stand_in_of(account: str, substitutions: Sequence[Substitution], day: date) -> str:
    """Whoever acts for the account on that day: itself where it is there."""
    return chain(account, substitutions, day)[-1] if substitutions else account


def stood_in_for(account: str, substitutions: Sequence[Substitution], day: date) -> tuple[str, ...]:
    """The absent accounts that the account acts for on that day, in the order of their substitutions."""
    absent = dict.fromkeys(substitution.absent for substitution in substitutions if substitution.covers(day))
    return tuple(id for id in absent if id != account and stand_in_of(id, substitutions, day) == account)


def addressees(
    accounts: Collection[str],
    substitutions: Sequence[Substitution],
    day: date,
    *,
    must_act: Collection[str] = (),
) -> tuple[Addressee, ...]:
    """Who gets on that day what is meant for the accounts, each account once.

    A stand-in of `must_act` gets no notice about its own delay. The absent account gets it in person then, so
    that somebody always does.
    """
    busy = {id for account in must_act for id in (account, stand_in_of(account, substitutions, day))}
    found: dict[str, Addressee] = {}
    for account in accounts:
        there = stand_in_of(account, substitutions, day)
        if there == account:
            # What one gets in person is not got for somebody else as well.
            found.update({} if account in busy else {account: Addressee(account)})
        elif there in busy:
            found.setdefault(account, Addressee(account))
        else:
            found.setdefault(there, Addressee(there, account))
    return tuple(found.values())
