"""How an item stands against its date: in time, late, or waiting for others. The sweep, the lists and the
pages all ask here.

Days are local. What is done is judged by the day on which it was done (`Item.closed_on`), not by that of
typing. A derived date is nobody's word: a kind that depends on an outside organiser waits until one
is set (`until_set`) or once it is past (`after_due`), and is never late by it.
"""

from __future__ import annotations

from datetime import date

from workflow.model.facts import Item
from workflow.model.machine import TaskKind


def waits_until_set(kind: TaskKind | None) -> bool:
    return kind is not None and kind.waits == "until_set"


def waits_for_basis(item: Item, kind: TaskKind | None) -> bool:
    """Whether the item, past its derived date, waits for an outside basis instead of being overdue."""
    return kind is not None and kind.waits == "after_due" and item.due_mark == "derived"


def never_late(item: Item, kind: TaskKind | None) -> bool:
    """Whether the item's date is a derived one of a kind that waits for others: nobody is late by it."""
    return item.due_mark == "derived" and kind is not None and kind.waits != "never"


def waits(item: Item, kind: TaskKind | None, today: date) -> bool:
    """Whether the item waits for others today.

    The sweep marks what waits for a basis when its date has passed; until it has run the item waits as well.
    """
    if item.waiting or item.closed_on is not None or item.due_on is None:
        return item.waiting
    return item.due_on < today and waits_for_basis(item, kind)


def days_late(item: Item, kind: TaskKind | None, today: date) -> int:
    """Calendar days past the due date: of an open item by today, of a closed one by its closing. 0 for what
    waits or waited for others, what was cancelled and what is without a date."""
    if item.due_on is None or item.waiting or item.state == "cancelled" or never_late(item, kind):
        return 0
    return days_past(item.due_on, item.closed_on or today)


def days_past(due: date, day: date) -> int:
    """Calendar days by which `day` is later than `due`, 0 while it is not."""
    return max(0, (day - due).days)
