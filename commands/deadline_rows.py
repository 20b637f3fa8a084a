"""A deadline row in words, for everything that lists rows: what it is and of which term. A looking module."""

from __future__ import annotations

from runtime.office.looking import Looking
from runtime.office.words import Words


def row_text(words: Words, *, name: str, kind: str, level: str | None) -> str:
    """A reminder by its days before the date, an escalation by the one it goes to, else the kind."""
    if kind == "escalation" and level:
        return words(f"level.{level}")
    days = name.rpartition("reminder-")[2]
    number = days.removesuffix("wd")
    if kind != "reminder" or not number.isdecimal():
        return words(f"deadline_kind.{kind}")
    day = "day_before" if number == "1" else "days_before"
    return words(f"deadline_row.working_{day}" if days.endswith("wd") else f"deadline_row.{day}", n=number)


def term_text(looking: Looking, *, name: str, policy: str | None) -> str:
    """The term that a row belongs to; empty for a row of the item's own date."""
    term, dot, _rest = name.partition(".")
    return looking.term_label(term, policy) if dot else ""
