"""How a session of the council is kept: one row with its lists as JSON, and a row for each line."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, NamedTuple

from storage.subjects.details import KeptDetails, KeptLines, names_json, names_of
from workflow.model import subjects
from workflow.model.sessions import (
    Attendance,
    Ballot,
    Board,
    CouncilSession,
    Presiding,
    Recusal,
    Reply,
    SessionLine,
    Slips,
    Written,
)

_PLAIN = (
    *("planned_on", "planned_at", "place", "invitation_no", "invitation_on", "presiding", "secretary"),
    *("opened_at", "closed_at", "held_on", "minutes_no", "minutes_on", "last_no"),
)
_NAMES = ("agenda", "members", "board")
"""The columns that are lists of names."""
_LISTS: dict[str, type[NamedTuple]] = {
    "replies": Reply,
    "roll": Attendance,
    "presided": Presiding,
    "recusals": Recusal,
    "boards": Board,
    "written": Written,
    "ballots": Ballot,
    "slips": Slips,
}
"""The columns that are lists of values, by what their rows are; empty ones are empty columns."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_RENAMED = {"slip": "group", "votes_for": "for_", "votes_against": "against", "votes_other": "other"}
"""The fields of columns that are called otherwise."""
_LINE = tuple(
    next((column for column, field in _RENAMED.items() if field == name), name)
    for name in SessionLine._fields
    if name != "no"
)


def _line(row: dict[str, Any]) -> SessionLine:
    fields = {_RENAMED.get(column, column): value for column, value in row.items()}
    flags = {name: bool(fields[name]) for name in ("strict", "secret", "higher")}
    return SessionLine(**{**fields, **flags, "recused": names_of(fields["recused"] or "[]")})


def _line_columns(line: SessionLine) -> dict[str, Any]:
    own = {column: getattr(line, _RENAMED.get(column, column)) for column in ("no", *_LINE)}
    return {**own, "recused": names_json(line.recused) if line.recused else None}


def _rows(made: Any, text: str | None) -> tuple[Any, ...]:
    return tuple(made(*map(_field, row)) for row in json.loads(text)) if text else ()


def _field(value: Any) -> Any:
    """A list is one of names; what looks like a day is one, since no name does."""
    if isinstance(value, list):
        return tuple(value)
    return date.fromisoformat(value) if isinstance(value, str) and _DAY.fullmatch(value) else value


def _listed(rows: tuple[NamedTuple, ...]) -> str | None:
    return json.dumps(rows, separators=(",", ":"), default=date.isoformat) if rows else None


def _value(row: dict[str, Any], lines: tuple[SessionLine, ...]) -> CouncilSession:
    lists: dict[str, Any] = {name: _rows(made, row.pop(name)) for name, made in _LISTS.items()}
    names: dict[str, Any] = {name: names_of(row.pop(name)) for name in _NAMES}
    return CouncilSession(**row, **names, **lists, lines=lines)


def _columns(session: CouncilSession) -> dict[str, Any]:
    return {
        "mode": session.mode,
        **{name: getattr(session, name) for name in _PLAIN},
        **{name: names_json(getattr(session, name)) for name in _NAMES},
        **{name: _listed(getattr(session, name)) for name in _LISTS},
    }


LINES = KeptLines(
    table="session_line",
    columns=_LINE,
    value_of=_line,
    columns_of=_line_columns,
    lines_of=lambda session: session.lines,
)
SESSION = KeptDetails(
    subjects.SESSION,
    table="council_session",
    fixed=("mode",),
    changes=(*_PLAIN, *_NAMES, *_LISTS),
    value_of=_value,
    columns_of=_columns,
    days=frozenset({"planned_on", "invitation_on", "held_on", "minutes_on"}),
    lines=LINES,
    counter=("plan", "last_session"),
)
