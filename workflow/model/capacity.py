"""In whose name an account acts on an item: its own first, else another's whose work has come to it.

Work comes by being passed on (`workflow.engine.claiming`) or by standing in for an absent account on that day
(`workflow.model.substitution`). Whether somebody is barred is for the guards, which look at both persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
