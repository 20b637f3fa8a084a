"""What is said of papers that were kept."""

from __future__ import annotations

from runtime.office.looking import Looking
from runtime.views.papers.parts import Newer


def newer_text(looking: Looking, kind: str, number: str | None, newer: Newer) -> str:
    """That a kept paper says something else than the record does now, and what holds."""
    words = looking.words
    said = {"van_ban": words(f"paper_kind.{kind}"), "so": newer.number or "—", "ngay": newer.on}
    key = "again" if newer.number == number else "corrected"
    return words(f"paper.{key}", cu=number or "—", phan=newer.part, **said)
