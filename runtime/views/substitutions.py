"""Who acts for whom: the office's orders, as records and in words."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from runtime.office.looking import Looking
from storage.records import SubstitutionOrder
from workflow.model.substitution import Substitution


class SubstitutionRecord(NamedTuple):
    """`until` is the first day on which the absent account acts itself again."""

    number: int
    absent: str
    stand_in: str
    from_: date
    until: date
    ended_on: date | None


class OrderRecord(NamedTuple):
    """An order with its reason, as far as it is not erased, and the paper that it rests on; `today` tells
    whether it runs."""

    record: SubstitutionRecord
    today: bool
    reason: str | None
    basis: str | None
    at: datetime
    actor: str


class OrderLine(NamedTuple):
    """An order in words; of one that was ended before it began there is no last day."""

    absent: str
    stand_in: str
    from_day: str
    last_day: str
    reason: str
    basis: str | None


def orders_of(looking: Looking, *, whole: bool) -> tuple[SubstitutionOrder, ...]:
    """What runs and what is to come, by day; with `whole` what is over too."""
    return tuple(
        order
        for order in looking.reading.substitutions(looking.office)
        if whole or order.substitution.until > max(looking.today, order.substitution.from_day)
    )


def substitution_record(substitution: Substitution) -> SubstitutionRecord:
    return SubstitutionRecord(
        substitution.number,
        substitution.absent,
        substitution.stand_in,
        substitution.from_day,
        substitution.until_day,
        substitution.ended_on,
    )


def order_record(looking: Looking, order: SubstitutionOrder) -> OrderRecord:
    return OrderRecord(
        substitution_record(order.substitution),
        order.substitution.covers(looking.today),
        order.reason,
        order.basis,
        order.at,
        order.actor,
    )


def order_line(looking: Looking, order: SubstitutionOrder) -> OrderLine:
    substitution = order.substitution
    never = substitution.until <= substitution.from_day
    return OrderLine(
        looking.position(substitution.absent),
        looking.position(substitution.stand_in),
        looking.day(substitution.from_day),
        "—" if never else looking.day(substitution.last_day),
        " ".join((order.reason or "").split()),
        order.basis,
    )
