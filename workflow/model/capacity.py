"""In whose name an account acts on an item: its own first, else another's whose work has come to it; and
whose work an item is today.

Work comes by being passed on (`workflow.engine.claiming`) or by standing in for an absent account on that day
(`workflow.model.substitution`). Whether somebody is barred is for the guards, which look at both persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from workflow.model.context import Actor
from workflow.model.facts import Item
from workflow.model.roles import Holding
from workflow.model.substitution import Substitution, stand_in_of


def capacities(
    account: str,
    held: Sequence[Holding],
    *,
    item: Item,
    substitutions: Sequence[Substitution],
    day: date,
) -> tuple[Actor, ...]:
    """The ways in which the account may act where the accounts of `held` may; none where it may not.

    Who holds the right itself acts in its own name and no other. A stand-in acts for the absent accounts in
    order of duty; what was passed on is done for whoever passed it on, by the other or the other's stand-in.
    """
    holders = tuple(dict.fromkeys(id for holding in held for id in holding.accounts))
    if account in holders:
        return (Actor(account),)
    giver, taker = item.delegated_by, item.claimed_by
    passed = giver in holders and taker and stand_in_of(taker, substitutions, day) == account
    own = (giver,) if passed and giver else ()
    absent = (id for id in holders if stand_in_of(id, substitutions, day) == account)
    return tuple(Actor(account, id) for id in dict.fromkeys((*own, *absent)))


How = Literal["claimed", "delegated", "stood_in"]


class Work(NamedTuple):
    """An item as one account's work: `acting_for` is in whose name the account would act, `taken_by` who does
    it in the account's place, and `how` that came."""

    acting_for: str | None = None
    taken_by: str | None = None
    how: How | None = None


class Doer(NamedTuple):
    """One that must act, with who does it today where that is somebody else, and how that came."""

    owner: str
    by: str | None = None
    how: How | None = None


def work_of(item: Item, account: str, *, substitutions: Sequence[Substitution], day: date) -> Work | None:
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


def doers(item: Item, *, substitutions: Sequence[Substitution], day: date) -> tuple[Doer, ...]:
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
