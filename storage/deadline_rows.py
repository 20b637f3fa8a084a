"""Between rows and the domain's values: deadline rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from storage.columns import DEADLINE_FATE, DEADLINE_READ
from workflow.model.decision import DeadlineRow


def deadline_of(row: Sequence[Any]) -> DeadlineRow:
    """The row from `due_rows`, or from `rows_of` with what became of it."""
    return DeadlineRow(**dict(zip((*DEADLINE_READ, *DEADLINE_FATE), row, strict=False)))


def deadline_columns(row: DeadlineRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "occurrence": row.occurrence,
        "kind": row.kind,
        "level": row.level,
        "at": row.at,
        "due_date": row.due_date,
        "calendar": row.calendar,
        "derived": row.derived,
        "status": row.status,
        "reason": row.reason,
        "fired_at": None,
        "late_s": None,
        "paused_on": row.paused_on,
        "policy": row.policy,
        "term": row.term,
        "rung": row.rung,
        "unit": row.unit,
    }
