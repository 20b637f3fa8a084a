"""How an award decision is kept: one row, and a row for each of its lines."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from storage.subjects.details import KeptDetails, KeptLines
from workflow.model import subjects
from workflow.model.award_decisions import AwardDecision, DecisionLine, Mark

_FIXED = ("kind", "title", "type", "period", "changes")
_DAYS = (
    "to_trinh_on",
    "funds_on",
    "submitted_on",
    "signed_on",
    "issued_on",
    "conclusion_on",
    "received_on",
    "told_on",
    "full_on",
)
_CHANGES = (
    "signer",
    "signature",
    "drafted_by",
    "drafted_for",
    "to_trinh_no",
    "to_trinh_on",
    "funds_by",
    "funds_on",
    "submitted_on",
    "salary",
    "signed_on",
    "signed_way",
    "number",
    "issued_on",
    "ground",
    "conclusion",
    "conclusion_on",
    "received_on",
    "told_on",
    "full_on",
    "paper_digest",
)
_MARKS = "marks"
"""The column that holds what came after it as JSON, empty where nothing did."""
_SAID = (
    "dossier",
    "line",
    "title",
    "kind",
    "body",
    "account",
    "state",
    "amount",
    "full",
    "note_title",
    "higher",
    "reprints",
)
_COLUMNS = {"full": "full_amount"}
"""The columns whose fields' names are words of SQL."""


def _column(field: str) -> str:
    return _COLUMNS.get(field, field)


def _value(row: dict[str, Any], lines: tuple[DecisionLine, ...]) -> AwardDecision:
    marks = tuple(
        Mark(kind, paper, date.fromisoformat(on), by)
        for kind, paper, on, by in json.loads(row[_MARKS] or "[]")
    )
    said = {field: row[_column(field)] for field in (*_FIXED, *_CHANGES)}
    return AwardDecision(**said, marks=marks, lines=lines)


def _columns(details: AwardDecision) -> dict[str, Any]:
    marks = json.dumps(details.marks, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    said = {_column(field): getattr(details, field) for field in (*_FIXED, *_CHANGES)}
    return {**said, _MARKS: marks if details.marks else None}


def _line(row: dict[str, Any]) -> DecisionLine:
    return DecisionLine(row["no"], **{field: row[_column(field)] for field in _SAID})


def _line_columns(line: DecisionLine) -> dict[str, Any]:
    return {"no": line.no, **{_column(field): getattr(line, field) for field in _SAID}}


def _lines(details: AwardDecision) -> tuple[DecisionLine, ...]:
    return details.lines


LINES = KeptLines(
    table="decision_line",
    columns=tuple(map(_column, _SAID)),
    value_of=_line,
    columns_of=_line_columns,
    lines_of=_lines,
)
AWARD_DECISION = KeptDetails(
    subjects.AWARD_DECISION,
    table="award_decision",
    fixed=tuple(map(_column, _FIXED)),
    changes=(*_CHANGES, _MARKS),
    value_of=_value,
    columns_of=_columns,
    days=frozenset(_DAYS),
    lines=LINES,
    counter=("plan", "last_decision"),
)
