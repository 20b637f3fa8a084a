"""The notices to whoever must act on an item that has entered a state, whatever it is about.

Such a notice stands in the inbox and in the next digest; one whose item has gone on before it was sent is not
sent any more (`stale`). Which events cause one stands in the machine's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from workflow.engine.procedure import CausedNotice, ItemEvent
from workflow.model.wording import Value, date_with_weekday_vi

if TYPE_CHECKING:  # the outbox asks by kind and knows no item
    from workflow.model.facts import Item

TO_ACT, GIVEN_BACK = "to_act", "given_back"
TO_CHECK, TO_SESSION, TO_OPINION = "to_check", "to_session", "to_opinion"
TURNS = frozenset({TO_ACT, GIVEN_BACK, TO_CHECK, TO_SESSION, TO_OPINION})
"""Kinds of notice that ask for one step and are idle once it is taken."""


def stale(item: Item, *, meant: str) -> bool:
    """Whether the account for which a notice of `TURNS` was meant need not act on the item any more."""
    return meant not in (*item.owners, *item.asked)


def to_act(happened: ItemEvent) -> Mapping[str, Value] | None:
    return {"han": _due(happened.after)}


def _given_back(happened: ItemEvent) -> Mapping[str, Value] | None:
    reason = happened.inputs.get("reason")
    if not isinstance(reason, str):
        return None
    return {"ly_do": " ".join(reason.split()).rstrip(" .;"), "han": _due(happened.after)}


def _due(item: Item) -> str | None:
    """The item's date in words; none of an item that waits for others, whose date presses nobody."""
    return None if item.due_on is None or item.waiting else date_with_weekday_vi(item.due_on)


CAUSED: Mapping[str, CausedNotice] = MappingProxyType(
    {
        TO_ACT: CausedNotice(None, to_act, gives=(), may_give=("han",)),
        GIVEN_BACK: CausedNotice(
            None, _given_back, gives=("ly_do",), may_give=("han",), inputs=("reason",), typed=("ly_do",)
        ),
    }
)
