"""The terms under way of an item, as lists and pages show them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from workflow.model.facts import Item


class TermRecord(NamedTuple):
    """A term under way: `due` is None while it stands still, `policy` the version that it began under."""

    id: str
    label: str
    due: date | None
    since: date
    paused_on: date | None
    policy: str


def terms_under_way(looking: Looking, item: Item) -> tuple[TermRecord, ...]:
    """An open item's terms by date, those that stand still last."""
    if item.closed_on is not None:
        return ()
    found = [
        TermRecord(
            term.id,
            looking.term_label(term.id, term.policy),
            None if term.paused_on else term.due,
            term.since,
            term.paused_on,
            term.policy,
        )
        for term in item.terms
        if term.due is not None
    ]
    return tuple(sorted(found, key=lambda term: (term.due or date.max, term.id)))


def dated_by(looking: Looking, item: Item) -> str:
    """The term whose date the item bears; empty where the date is its own."""
    if item.due_mark != "term":
        return ""
    return next((term.label for term in terms_under_way(looking, item) if term.due == item.due_on), "")
