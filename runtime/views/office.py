"""The office as it runs: which definitions are in force."""

from __future__ import annotations

from runtime.office.looking import Looking
from storage.values import DefinitionRecord


def in_force(looking: Looking) -> tuple[DefinitionRecord, ...]:
    """The newest version of each definition that the office names, and of the office itself."""
    directory = looking.directory
    named = {
        ("office", looking.office),
        *(("machine", name) for name in directory.machines),
        *(("calendar", name) for name in directory.calendars),
        ("policy", directory.policy),
        ("rules", directory.rules),
        ("messages", directory.messages),
    }
    newest = {(row.kind, row.name): row for row in looking.reading.definitions(looking.office)}
    return tuple(row for key, row in newest.items() if key in named)
