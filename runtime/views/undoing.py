"""How what was done is taken back, in words: the same after an act, in `why` and on an item's page."""

from __future__ import annotations

from collections.abc import Callable

from runtime.office.words import Words


def undone_text(words: Words, undone_by: tuple[str, ...] | None, label: Callable[[str], str]) -> str:
    """`To take it back: …`, that it cannot be, or nothing where the machine does not say. `label` names the
    events of an office's own machine, for which the catalogue has no sentence."""
    if undone_by is None:
        return ""
    if not undone_by:
        return words("undo.none")
    ways = (words(f"undo.{event}") if words.has(f"undo.{event}") else label(event) for event in undone_by)
    return words("undo.by", cach="; ".join(ways))
