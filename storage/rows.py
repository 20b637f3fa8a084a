"""Between rows and the domain's values: how an item and its nominees are kept in columns.

Read by both sides; looking loads this at every start, so other rows have modules of their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from storage.columns import ITEM_READ, TERM_READ
from storage.subjects.details import KeptDetails, names_json, names_of
from workflow.model.facts import Alerts, Item, ItemTerm, Key, Proposal
from workflow.model.tasks import DoneRow, OpenTask, PlannedTask, plan_kind_of, variant_of


def place(key: Key, *, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}office": key.office, f"{prefix}year": key.year, f"{prefix}ref": key.ref}


def item_of(key: Key, rows: Sequence[Sequence[Any]], kept: KeptDetails, lines: tuple[Any, ...] = ()) -> Item:
    """The item from its rows, which differ in their terms: the columns of ITEM_READ, those that its details
    are read by, and those of TERM_READ."""
    row, own = rows[0], len(ITEM_READ)
    term = own + len(kept.read)
    item = dict(zip(ITEM_READ, row, strict=False))
    item["owners"] = names_of(item["owners"])
    item["alerts"] = _alerts(item.pop("reminded"), item.pop("addressed"))
    if item["proposal"] is not None:
        item["proposal"] = Proposal(*json.loads(item["proposal"]))
    if row[term] is not None:
        item["terms"] = tuple(_term(each[term : term + len(TERM_READ)]) for each in rows)
    details = dict(zip(kept.read, row[own:term], strict=True))
    return Item(key=key, details=kept.value_of(details, lines), **item)


def _term(row: Sequence[Any]) -> ItemTerm:
    id, due, since, occurrence, policy, used, paused_on, reminded, addressed = row
    alerts = _alerts(reminded, addressed)
    return ItemTerm(id, due, since, occurrence, policy, used, paused_on, alerts)


def _alerts(reminded: int, addressed: str) -> Alerts:
    return Alerts(reminded, names_of(addressed))


def open_task_of(row: Sequence[Any]) -> OpenTask:
    ref, kind, part, content = row
    return OpenTask(ref, variant_of(kind, part), content)


def planned_task_of(row: Sequence[Any]) -> PlannedTask:
    ref, kind, part, quarter, period, content, open = row
    return PlannedTask(ref, variant_of(kind, part), quarter, period, content, bool(open))


_PAPERS = (("paper_number", "paper_date"), ("paper", "date"), ("paper", "done_on"))
"""The inputs by which events that complete a task name its paper and the day."""


def done_rows_of(rows: Iterable[Sequence[Any]], kind: str) -> tuple[DoneRow, ...]:
    """The completed tasks of the machine's kind whose entry names a paper and its day."""
    found = []
    for ref, part, period, entry in rows:
        said = json.loads(bytes(entry))
        named = ((said.get(f"input.{number}"), said.get(f"input.{day}")) for number, day in _PAPERS)
        paper, on = next((both for both in named if all(both)), ("", ""))
        if paper and variant_of(plan_kind_of(kind), part) == kind:
            found.append(DoneRow(ref, period, paper, date.fromisoformat(on)))
    return tuple(found)


def item_columns(item: Item, *, open: bool, last_entry: str) -> dict[str, Any]:
    """The changing columns of `item`."""
    return {
        "state": item.state,
        "version": item.version,
        "open": open,
        "owners": names_json(item.owners),
        "due_on": item.due_on,
        "due_mark": item.due_mark,
        "due_first": item.due_first,
        "waiting": item.waiting,
        "overdue": item.overdue,
        "closed_on": item.closed_on,
        "last_entry": last_entry,
        "claimed_by": item.claimed_by,
        "delegated_by": item.delegated_by,
        "claimed_at": item.claimed_at,
        "submitted_by": item.submitted_by,
        "submitted_for": item.submitted_for,
        "returns": item.returns,
        "proposed_until": item.proposed_until,
        "round": item.round,
        "asks": item.asks,
        **_alerts_columns(item.alerts),
        "reviewed_by": item.reviewed_by,
        "reviewed_for": item.reviewed_for,
        "proposed_by": item.proposed_by,
        "proposed_for": item.proposed_for,
        "proposal": _proposal_json(item.proposal),
        "rules": item.rules,
        "target_on": item.target_on,
    }


def mark_columns(item: Item) -> dict[str, Any]:
    """The columns of `item` that may change without an entry of a new state."""
    return {
        "waiting": item.waiting,
        "overdue": item.overdue,
        "owners": names_json(item.owners),
        "claimed_by": item.claimed_by,
        "delegated_by": item.delegated_by,
        "claimed_at": item.claimed_at,
        "asks": item.asks,
        **_alerts_columns(item.alerts),
    }


def term_columns(term: ItemTerm) -> dict[str, Any]:
    return {
        "term": term.id,
        "due": term.due,
        "since": term.since,
        "occurrence": term.occurrence,
        "policy": term.policy,
        "used": term.used,
        "paused_on": term.paused_on,
        **_alerts_columns(term.alerts),
    }


def _proposal_json(proposal: Proposal | None) -> str | None:
    """The proposal's fields in their order; its inputs are plain values, as in the log."""
    if proposal is None:
        return None
    return json.dumps([*proposal[:-1], dict(proposal.inputs)], ensure_ascii=False, separators=(",", ":"))


def _alerts_columns(alerts: Alerts) -> dict[str, Any]:
    return {"reminded": alerts.reminded, "addressed": names_json(alerts.addressed)}
