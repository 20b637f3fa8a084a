"""Whose work an item is today: of those that must act, who does it, and in whose name.

Lists and pages ask here; whether somebody is entitled is asked of `workflow.model.capacity`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple, Protocol

from workflow.model.substitution import Substitution, stand_in_of

How = Literal["claimed", "delegated", "stood_in"]


class Owned(Protocol):
    """What is asked of an item to tell whose work it is."""

    @property
    def owners(self) -> tuple[str, ...]: ...

    @property
    def claimed_by(self) -> str | None: ...

    @property
    def delegated_by(self) -> str | None: ...


class Work(NamedTuple):
    """An item as one account's work: `acting_for` is in whose name the account would act, `taken_by` who does
    it in the account's place, and `how` that came."""

    acting_for: str | None = None
    taken_by: str | None = None
    how: How | None = None


class Doer(NamedTuple):
    """An account that must act; and, where another one does it today, which one and for what reason."""

    owner: str
    by: str | None = None
    how: How | None = None


def work_of(item: Owned, account: str, *, substitutions: Sequence[Substitution], day: date) -> Work | None:
    """The item as the account's work that day, its own, another's that it does, or its own that another
    does; None where it is none of its."""
    taker, giver = item.claimed_by, item.delegated_by
    people = [id for id in (taker, giver, *item.owners) if id] if item.owners else []

    def there(id: str) -> str:
        return stand_in_of(id, substitutions, day)

    meant = account if account in people else next((id for id in people if there(id) == account), None)
    if meant is None:
        return None
    absent = meant if meant != account else None
    acting_for = giver if meant == taker and giver else absent
    if taker is not None and taker != meant:
        return Work(absent, taker, "delegated" if giver else "claimed")
    if there(account) == account:
        return Work(acting_for)
    return Work(acting_for, there(account), "stood_in")


def doers(item: Owned, *, substitutions: Sequence[Substitution], day: date) -> tuple[Doer, ...]:
    """All that must act, with who does it that day."""
    taker, giver = item.claimed_by, item.delegated_by
    found: list[Doer] = []
    for owner in item.owners:
        work = work_of(item, owner, substitutions=substitutions, day=day)
        found.append(Doer(owner, work.taken_by, work.how) if work else Doer(owner))
    meant = giver or taker
    if meant is not None and meant not in item.owners:
        # It was claimed or passed on by one who may act beside those that must.
        found.append(Doer(meant, taker, "delegated") if giver else Doer(meant))
    return tuple(found)
