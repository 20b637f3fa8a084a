"""The log's entries in words."""

from __future__ import annotations

import json
from typing import NamedTuple

from runtime.office.looking import Looking
from storage.views import Row
from workflow.model.facts import Item

LAST_ENTRIES = 8


class HistoryLine(NamedTuple):
    """One change of an item in words: its local time, what was done, by whom."""

    at: str
    said: str
    who: str


def history_of(looking: Looking, item: Item) -> tuple[HistoryLine, ...]:
    """The item's last changes, without the reminders of the sweep."""
    entries = [
        entry
        for entry in looking.reading.entries(looking.office, item.key.year, ref=item.key.ref)
        if entry["role"] != "system" or entry["event"] == "import"
    ]
    return tuple(_history_line(looking, item, entry) for entry in entries[-LAST_ENTRIES:])


def _history_line(looking: Looking, item: Item, entry: Row) -> HistoryLine:
    words = looking.words
    event = looking.event(entry["event"], looking.machine(item.digest))
    if event is not None:
        said = words.of(event.label if entry["refused"] else event.past)
    else:
        said = words(f"event.{entry['event']}.{'label' if entry['refused'] else 'past'}")
    if detail := handed_text(looking, entry):
        said = f"{said}: {detail}"
    if entry["refused"]:
        said = f"{said}: {words('event.refused.past')}"
    return HistoryLine(looking.moment(entry["at"]), said, looking.doer(entry))


def handed_text(looking: Looking, entry: Row) -> str:
    """Of an entry that says who does the work, who it is; nothing of others."""
    if entry["event"] not in ("substitute", "end_substitution", "delegate"):
        return ""
    said = json.loads(entry["bytes"])
    if entry["event"] == "delegate":
        return looking.position(said["input.to"]) if "input.to" in said else ""
    if "input.stand_in" not in said:
        return looking.position(said["input.absent"])
    return looking.acts_for(said["input.stand_in"], said["input.absent"])
