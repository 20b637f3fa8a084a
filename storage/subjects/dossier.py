"""How a dossier is kept: one row, and a row for each nominee."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from storage.subjects.details import KeptDetails, KeptLines
from workflow.model import subjects
from workflow.model.attachments import Paper
from workflow.model.dossiers import NO_FACTS, Dossier, LineFacts, Nominee, Votes
from workflow.model.opinions import Opinion, Remark

_VOTES = {
    "votes_for": "for_",
    "votes_against": "against",
    "votes_invalid": "invalid",
    "votes_present": "present",
    "votes_total": "total",
}
"""The column of each count of a vote."""

_SAID = ("result", "outcome", "verdict", "proposal", "approved", "why", "granted", "moved_to")
"""The columns that have their fields' names. A line that is not `held` has nothing there, so that the log's
digests of older lines hold."""
_CHANGES = (
    "received_on",
    "complete_on",
    "last_no",
    "ground",
    "period",
    "intake_no",
    "full_on",
    "published_from",
    "published_until",
    "supplement_until",
    "opinion_asked_on",
    "superior_until",
    "split_from",
    "declared",
    "movement",
    "session",
    "opinions",
    "remarks",
)
_DAYS = frozenset(
    {
        "received_on",
        "complete_on",
        "full_on",
        "published_from",
        "published_until",
        "supplement_until",
        "opinion_asked_on",
        "superior_until",
    }
)
_PATH = "review"
"""The column of the path; the digests of older rows hold it by this name."""
_PAPERS, _FACTS = "papers", "facts"
"""The columns that hold several values as JSON, empty where there are none."""
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode


def _said(value: NamedTuple) -> dict[str, Any]:
    """The fields that say something, by name."""
    return {name: each for name, each in zip(value._fields, value, strict=True) if each is not None}


@lru_cache(maxsize=4096)
def _facts(text: str | None) -> LineFacts:
    """Read once: many lines have the same, above all none."""
    if text is None:
        return NO_FACTS
    found = LineFacts(**json.loads(text))
    on = found.initiative_on
    return found._replace(initiative_on=date.fromisoformat(str(on))) if on else found


def _nominee(row: dict[str, Any]) -> Nominee:
    counts = {field: row.pop(column) for column, field in _VOTES.items()}
    held, facts = bool(row.pop("held")), _facts(row.pop(_FACTS))
    return Nominee(**row, held=held, facts=facts, votes=None if counts["for_"] is None else Votes(**counts))


def _nominee_columns(nominee: Nominee) -> dict[str, Any]:
    votes = nominee.votes
    return {
        "no": nominee.no,
        "kind": nominee.kind,
        "title": nominee.title,
        "account": nominee.account,
        **{column: getattr(votes, field) if votes else None for column, field in _VOTES.items()},
        **{name: getattr(nominee, name) for name in _SAID},
        "held": nominee.held or None,
        _FACTS: _encode(_said(nominee.facts)) if nominee.facts != NO_FACTS else None,
    }


def _nominees(dossier: Dossier) -> tuple[Nominee, ...]:
    return dossier.nominees


def _paper(plain: dict[str, Any]) -> Paper:
    for name in ("on", "erased_on"):
        if name in plain:
            plain[name] = date.fromisoformat(plain[name])
    return Paper(**plain)


def _value(row: dict[str, Any], nominees: tuple[Nominee, ...]) -> Dossier:
    path, papers = row.pop(_PATH), json.loads(row.pop(_PAPERS) or "[]")
    asked_on = row.pop("opinion_asked_on")
    opinions, remarks = _numbered(Opinion, row.pop("opinions")), _numbered(Remark, row.pop("remarks"))
    if asked_on is not None and not opinions:  # asked before each body that is asked was kept
        opinions = (Opinion(1, asked_on),)
    return Dossier(
        **row,
        path=path,
        nominees=nominees,
        papers=tuple(map(_paper, papers)),
        opinions=opinions,
        remarks=remarks,
    )


def _numbered(made: Callable[..., Any], text: str | None) -> tuple[Any, ...]:
    """The opinions or remarks that `_listed` wrote."""
    return tuple(made(*map(_field, row)) for row in json.loads(text)) if text else ()


def _field(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return date.fromisoformat(value) if isinstance(value, str) and value[:1].isdecimal() else value


def _listed(rows: tuple[Opinion, ...] | tuple[Remark, ...]) -> str | None:
    """Their fields in their order, days as ISO text; None of none, so that older rows keep their digests."""
    return json.dumps(rows, separators=(",", ":"), default=date.isoformat) if rows else None


def _columns(dossier: Dossier) -> dict[str, Any]:
    named = {name: getattr(dossier, name) for name in ("body", "type", "title", *_CHANGES)}
    papers = _encode([_said(paper) for paper in dossier.papers]) if dossier.papers else None
    listed = {"opinions": _listed(dossier.opinions), "remarks": _listed(dossier.remarks)}
    return {**named, **listed, _PATH: dossier.path, _PAPERS: papers}


NOMINEES = KeptLines(
    table="nominee",
    columns=("kind", "title", "account", *_VOTES, *_SAID, "held", _FACTS),
    value_of=_nominee,
    columns_of=_nominee_columns,
    lines_of=_nominees,
)
DOSSIER = KeptDetails(
    subjects.DOSSIER,
    table="dossier",
    fixed=("body", "type", "title"),
    changes=(*_CHANGES, _PATH, _PAPERS),
    value_of=_value,
    columns_of=_columns,
    days=_DAYS,
    lines=NOMINEES,
    counter=("plan", "last_dossier"),
)
