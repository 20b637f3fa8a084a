"""How a dossier is kept: one row, and a row for each nominee."""

from __future__ import annotations

from typing import Any

from storage.subjects.details import KeptDetails, KeptLines
from workflow.model import subjects
from workflow.model.dossiers import Dossier, Nominee, Votes

_VOTES = {
    "votes_for": "for_",
    "votes_against": "against",
    "votes_invalid": "invalid",
    "votes_present": "present",
    "votes_total": "total",
}
"""The column of each count of a vote."""


def _nominee(row: dict[str, Any]) -> Nominee:
    counts = {field: row.pop(column) for column, field in _VOTES.items()}
    return Nominee(**row, votes=None if counts["for_"] is None else Votes(**counts))


def _nominee_columns(nominee: Nominee) -> dict[str, Any]:
    votes = nominee.votes
    return {
        "no": nominee.no,
        "kind": nominee.kind,
        "title": nominee.title,
        "account": nominee.account,
        **{column: getattr(votes, field) if votes else None for column, field in _VOTES.items()},
        "result": nominee.result,
        "outcome": nominee.outcome,
    }


def _nominees(dossier: Dossier) -> tuple[Nominee, ...]:
    return dossier.nominees


def _value(row: dict[str, Any], nominees: tuple[Nominee, ...]) -> Dossier:
    return Dossier(**row, nominees=nominees)


def _columns(dossier: Dossier) -> dict[str, Any]:
    return {
        "body": dossier.body,
        "type": dossier.type,
        "title": dossier.title,
        "received_on": dossier.received_on,
        "complete_on": dossier.complete_on,
        "last_no": dossier.last_no,
        "review": dossier.review,
    }


NOMINEES = KeptLines(
    table="nominee",
    columns=("kind", "title", "account", *_VOTES, "result", "outcome"),
    value_of=_nominee,
    columns_of=_nominee_columns,
    lines_of=_nominees,
)
DOSSIER = KeptDetails(
    subjects.DOSSIER,
    table="dossier",
    fixed=("body", "type", "title"),
    changes=("received_on", "complete_on", "last_no", "review"),
    value_of=_value,
    columns_of=_columns,
    days=frozenset({"received_on", "complete_on"}),
    lines=NOMINEES,
    counter=("plan", "last_dossier"),
)
