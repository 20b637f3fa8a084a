"""A deadline row in words, for everything that lists rows: what it is and of which term. A looking module."""

from __future__ import annotations

from runtime.office.looking import Looking
from runtime.office.words import Words


def row_text(words: Words, *, kind: str, level: str | None, rung: int | None, unit: str | None) -> str:
    """A reminder by its days before the date, an escalation by the one it goes to, else the kind."""
    if kind == "escalation" and level:
        return words(f"level.{level}")
    if kind != "reminder" or rung is None:
        return words(f"deadline_kind.{kind}")
    day = "day_before" if rung == 1 else "days_before"
    return words(f"deadline_row.working_{day}" if unit == "wd" else f"deadline_row.{day}", n=rung)


def term_text(looking: Looking, term: str | None, *, policy: str | None) -> str:
    """A row's term as the policy that made the row calls it; empty for a row of the item's own date."""
    return looking.term_label(term, policy) if term else ""
