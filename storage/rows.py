"""Between rows and the domain's values: how an item and its nominees are kept in columns.

Read by both sides; looking loads this at every start, so other rows stand in `storage.dated_rows`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from storage.columns import (
    DOSSIER_READ,
    ITEM_READ,
    TASK_READ,
)
from workflow.model.facts import Dossier, Item, Key, Nominee, OpenTask, PlannedTask, Task, Votes, variant_of

_SUBJECT = ITEM_READ.index("subject")
_TASK = slice(len(ITEM_READ), len(ITEM_READ) + len(TASK_READ))
_DOSSIER = slice(len(ITEM_READ) + len(TASK_READ), len(ITEM_READ) + len(TASK_READ) + len(DOSSIER_READ))
"""Where a row of `read_item` has the columns of its kind."""

_decode = json.JSONDecoder().decode
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def as_json(value: object) -> str:
    """Compact JSON for a text column; mappings of any kind are written as objects."""
    return _encode(dict(value) if isinstance(value, Mapping) else value)


def place(key: Key, *, prefix: str = "") -> dict[str, Any]:
    return {f"{prefix}office": key.office, f"{prefix}year": key.year, f"{prefix}ref": key.ref}


def is_dossier(row: Sequence[Any]) -> bool:
    """Whether a row of `read_item` is a dossier's, which has nominees beside it."""
    return bool(row[_SUBJECT] == "dossier")


def item_of(key: Key, row: Sequence[Any], nominees: tuple[Nominee, ...] = ()) -> Item:
    """The item from a row of `read_item`."""
    item = dict(zip(ITEM_READ, row, strict=False))
    subject = item.pop("subject")
    item["owners"] = tuple(_decode(item["owners"]))
    item["memory"] = MappingProxyType(_decode(item["memory"]))
    if subject == "task":
        return Item(key=key, details=_task(dict(zip(TASK_READ, row[_TASK], strict=False))), **item)
    return Item(
        key=key,
        details=Dossier(**dict(zip(DOSSIER_READ, row[_DOSSIER], strict=False)), nominees=nominees),
        **item,
    )


def _task(row: dict[str, Any]) -> Task:
    row["bodies"] = tuple(_decode(row["bodies"]))
    row["derived"] = tuple(_decode(row["derived"]))
    return Task(**row)


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
        "owners": as_json(item.owners),
        "due_on": item.due_on,
        "due_mark": item.due_mark,
        "due_first": item.due_first,
        "waiting": item.waiting,
        "overdue": item.overdue,
        "closed_on": item.closed_on,
        "memory": as_json(item.memory),
        "last_entry": last_entry,
        "claimed_by": item.claimed_by,
        "delegated_by": item.delegated_by,
    }


def task_columns(task: Task) -> dict[str, Any]:
    return {
        "content": task.content,
        "quarter": task.quarter,
        "kind": task.kind,
        "part": task.part,
        "period": task.period,
        "lead": task.lead,
        "bodies": as_json(task.bodies),
        "derived": as_json(task.derived),
    }


def dossier_columns(dossier: Dossier) -> dict[str, Any]:
    return {
        "received_on": dossier.received_on,
        "complete_on": dossier.complete_on,
        "last_no": dossier.last_no,
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
