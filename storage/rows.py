"""Between rows and the domain's values: how an item and its nominees are kept in columns.

Read by both sides; looking loads this at every start, so other rows stand in `storage.dated_rows`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from storage.columns import (
    DOSSIER_READ,
    ITEM_READ,
    PLANNED,
    TASK_READ,
    TERM_READ,
)
from workflow.model.facts import (
    Alerts,
    Dossier,
    Item,
    ItemTerm,
    Key,
    Nominee,
    OpenTask,
    Planned,
    PlannedTask,
    Task,
    Votes,
    variant_of,
)

_SUBJECT = ITEM_READ.index("subject")
_TASK = slice(len(ITEM_READ), len(ITEM_READ) + len(TASK_READ))
_DOSSIER = slice(_TASK.stop, _TASK.stop + len(DOSSIER_READ))
_TERM = slice(_DOSSIER.stop, _DOSSIER.stop + len(TERM_READ))
"""Where a row of `read_item` has the columns of its kind, and a term's."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_KEPT = 4096
"""Lists of names that are kept as text and as tuples: owners and bodies are the same again and again."""


@lru_cache(maxsize=_KEPT)
def names_json(names: tuple[str, ...]) -> str:
    """Names as compact JSON for a text column."""
    return _encode(names)


@lru_cache(maxsize=_KEPT)
def names_of(text: str) -> tuple[str, ...]:
    """The names that `names_json` wrote."""
    return tuple(json.loads(text))


def place(key: Key, *, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}office": key.office, f"{prefix}year": key.year, f"{prefix}ref": key.ref}


def is_dossier(row: Sequence[Any]) -> bool:
    """Whether a row of `read_item` is a dossier's, which has nominees beside it."""
    return bool(row[_SUBJECT] == "dossier")


def item_of(key: Key, rows: Sequence[Sequence[Any]], nominees: tuple[Nominee, ...] = ()) -> Item:
    """The item from its rows of `read_item`, which differ in their terms."""
    row = rows[0]
    item = dict(zip(ITEM_READ, row, strict=False))
    subject = item.pop("subject")
    item["owners"] = names_of(item["owners"])
    item["alerts"] = _alerts(item.pop("reminded"), item.pop("addressed"))
    if row[_TERM.start] is not None:
        item["terms"] = tuple(_term(each[_TERM]) for each in rows)
    if subject == "task":
        return Item(key=key, details=_task(dict(zip(TASK_READ, row[_TASK], strict=False))), **item)
    return Item(
        key=key,
        details=Dossier(**dict(zip(DOSSIER_READ, row[_DOSSIER], strict=False)), nominees=nominees),
        **item,
    )


def _task(row: dict[str, Any]) -> Task:
    row["bodies"] = names_of(row["bodies"])
    row["derived"] = names_of(row["derived"])
    due, lead, bodies, derived = (row.pop(name) for name in PLANNED)
    planned = None if due is None else Planned(due, lead, names_of(bodies), names_of(derived))
    return Task(**row, planned=planned)


def _term(row: Sequence[Any]) -> ItemTerm:
    id, due, since, occurrence, policy, used, paused_on, reminded, addressed = row
    alerts = _alerts(reminded, addressed)
    return ItemTerm(id, due, since, occurrence, policy, used, paused_on, alerts)


def _alerts(reminded: int, addressed: str) -> Alerts:
    return Alerts(reminded, names_of(addressed))


def nominee_of(row: Sequence[Any]) -> Nominee:
    no, kind, title, account, *counts, result, outcome = row
    votes = None if counts[0] is None else Votes(*counts)
    return Nominee(no, kind, title, account, votes, result, outcome)


def open_task_of(row: Sequence[Any]) -> OpenTask:
    ref, kind, part, content = row
    return OpenTask(ref, variant_of(kind, part), content)


def planned_task_of(row: Sequence[Any]) -> PlannedTask:
    ref, kind, part, quarter, period, content, open = row
    return PlannedTask(ref, variant_of(kind, part), quarter, period, content, bool(open))


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


def _alerts_columns(alerts: Alerts) -> dict[str, Any]:
    return {"reminded": alerts.reminded, "addressed": names_json(alerts.addressed)}


def task_columns(task: Task) -> dict[str, Any]:
    planned = task.planned
    return {
        "content": task.content,
        "quarter": task.quarter,
        "kind": task.kind,
        "part": task.part,
        "period": task.period,
        "lead": task.lead,
        "bodies": names_json(task.bodies),
        "derived": names_json(task.derived),
        "planned_due": planned.due if planned else None,
        "planned_lead": planned.lead if planned else None,
        "planned_bodies": names_json(planned.bodies) if planned else None,
        "planned_derived": names_json(planned.derived) if planned else None,
    }


def dossier_columns(dossier: Dossier) -> dict[str, Any]:
    return {
        "received_on": dossier.received_on,
        "complete_on": dossier.complete_on,
        "last_no": dossier.last_no,
        "review": dossier.review,
    }


def nominee_columns(nominee: Nominee) -> dict[str, Any]:
    votes = nominee.votes
    return {
        "kind": nominee.kind,
        "title": nominee.title,
        "account": nominee.account,
        "votes_for": votes.for_ if votes else None,
        "votes_against": votes.against if votes else None,
        "votes_invalid": votes.invalid if votes else None,
        "votes_present": votes.present if votes else None,
        "votes_total": votes.total if votes else None,
        "result": nominee.result,
        "outcome": nominee.outcome,
    }
