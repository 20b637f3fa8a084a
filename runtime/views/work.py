"""Whose work an item is today, as one account sees it: its own, another's that it does, or done by another.

Looking only. The engine decides the same by `workflow.model.capacity` and `Item.asked`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from runtime.office.looking import Looking
from storage.views import Row
from workflow.model.substitution import stand_in_of

How = Literal["claimed", "delegated", "stood_in"]


@dataclass(frozen=True, slots=True)
class Work:
    """`acting_for` is in whose name the account would act; `taken_by` who does it in its place, and `how`."""

    acting_for: str | None = None
    taken_by: str | None = None
    how: How | None = None


def work_of(row: Row, account: str, looking: Looking) -> Work | None:
    """The item as the account's work; None where it is none of its."""
    owners, taker, giver = row["owners"], row["claimed_by"], row["delegated_by"]
    people = [id for id in (taker, giver, *owners) if id] if owners else []
    meant = (
        account if account in people else next((id for id in people if _there(id, looking) == account), None)
    )
    if meant is None:
        return None
    absent = meant if meant != account else None
    acting_for = giver if meant == taker and giver else absent
    if taker is not None and taker != meant:
        return Work(absent, taker, "delegated" if giver else "claimed")
    there = _there(account, looking)
    return Work(acting_for) if there == account else Work(acting_for, there, "stood_in")


def _there(account: str, looking: Looking) -> str:
    """Whoever acts for the account today."""
    return stand_in_of(account, looking.substitutions, looking.today)


def doers(row: Row, looking: Looking) -> list[tuple[str, str | None, How | None]]:
    """Each that must act, with who does it today where that is somebody else, and how that came."""
    taker, giver = row["claimed_by"], row["delegated_by"]
    found: list[tuple[str, str | None, How | None]] = []
    for owner in row["owners"]:
        work = work_of(row, owner, looking)
        found.append((owner, work.taken_by, work.how) if work else (owner, None, None))
    known = {owner for owner, _by, _how in found}
    meant = giver or taker
    if meant is not None and meant not in known:
        # It was claimed or passed on by one who may act beside those that must.
        found.append((meant, taker if giver else None, "delegated" if giver else None))
    return found
