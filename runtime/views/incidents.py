"""What could not be done, in words."""

from __future__ import annotations

from runtime.office.looking import Looking
from storage.views import Row


def incident_text(row: Row, looking: Looking) -> str:
    """What could not be done, with the item that it was on."""
    said = looking.words(f"{incident_key(row, looking)}.text")
    return f"{row['ref']}: {said}" if row["ref"] else said


def incident_key(row: Row, looking: Looking) -> str:
    """Where the catalogue has the incident's words; one that is newer than they is some failure."""
    key = f"incident.code.{row['code']}"
    return key if looking.words.has(f"{key}.text") else "incident.code.other"
