"""Addresses of the console's pages."""

from __future__ import annotations

from workflow.model.facts import Key


def item_path(key: Key, line: int | None = None) -> str:
    """Where an item is seen, or one line of it."""
    return f"/items/{key.year}/{key.ref}" + (f"/{line}" if line is not None else "")


def event_path(key: Key, event: str) -> str:
    """Where an event is asked of the item."""
    return f"{item_path(key)}/do/{event}"


def receipt_path(code: str) -> str:
    """Where everybody who has the code sees how it stands."""
    return f"/r/{code}"


def sent_path(entry: str) -> str:
    """Where the office sees what came by a body's link."""
    return f"/sent/{entry}"
