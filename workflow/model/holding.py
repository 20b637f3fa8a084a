"""Who holds a position from when to when: periods of persons' names, which may be erased. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple


class Holder(NamedTuple):
    """A person in a position, both days included; `until_day` None while it lasts. `name` is None once it is
    erased."""

    number: int
    account: str
    from_day: date
    until_day: date | None = None
    name: str | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


def holders_of(rows: Iterable[Sequence[Any]]) -> tuple[Holder, ...]:
    """The holders from rows of their fields; days may come as SQLite has them, as text."""
    return tuple(
        Holder(number, account, _day(since), until and _day(until), name)
        for number, account, since, until, name in rows
    )


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def holder_on(standing: Iterable[Holder], account: str, day: date) -> Holder | None:
    return next((held for held in standing if held.account == account and held.holds_on(day)), None)


def giving_way(standing: Iterable[Holder], new: Holder) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
    """What stands otherwise once somebody holds the position from `new.from_day` on: those who end the day
    before, and those who go because they began within the new one's days.

    One who began before and stays longer than the new one ends all the same: a position has one holder.
    """
    overlapping = [
        held
        for held in standing
        if held.account == new.account
        and (held.until_day is None or held.until_day >= new.from_day)
        and (new.until_day is None or held.from_day <= new.until_day)
    ]
    before = new.from_day - timedelta(days=1)
    ending = tuple(held._replace(until_day=before) for held in overlapping if held.from_day < new.from_day)
    return ending, tuple(held for held in overlapping if held.from_day >= new.from_day)
