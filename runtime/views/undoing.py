"""How what was done is taken back, in words: the same after an act, in `why` and on an item's page."""

from __future__ import annotations

from collections.abc import Callable

from runtime.office.words import Words


def undone_text(
    words: Words, undone_by: tuple[str, ...] | None, label: Callable[[str], str], *, subject: str
) -> str:
    """`To take it back: …`, that it cannot be, or nothing where the machine does not say. `label` names the
    events of an office's own machine, for which the catalogue has no sentence, and those of a `subject` that
    has few sentences of its own."""
    if undone_by is None:
        return ""
    if not undone_by:
        return words("undo.none")
    ways = (_way(words, event, subject) or label(event) for event in undone_by)
    return words("undo.by", cach="; ".join(ways))


WAYS = {"session": {"reopen": "undo.session_reopen"}, "award_decision": {}}
"""The sentences of subjects whose events are told by their labels else. A key that the office's words lack
is looked up among the shipped ones, which takes long: nothing is asked for that nobody worded."""


def _way(words: Words, event: str, subject: str) -> str:
    if (own := WAYS.get(subject)) is not None:
        return words(own[event]) if event in own else ""
    return words(f"undo.{event}") if words.has(f"undo.{event}") else ""
