"""What the latest event of a kind said in free words about an item, as far as they still stand."""

from __future__ import annotations

from runtime.office.looking import Looking
from workflow.model.facts import Item


def said_with(looking: Looking, item: Item, event: str, input: str) -> str:
    """The text that was typed under the input; empty where there is none."""
    said = all_said_with(looking, item, event, input)
    return said[-1] if said else ""


def all_said_with(looking: Looking, item: Item, event: str, input: str) -> list[str]:
    """The same of each such event, in their order."""
    entries = looking.reading.entries(looking.office, item.key.year, ref=item.key.ref, event=event)
    found = []
    for entry in [each for each in entries if not each.refused]:
        texts = looking.reading.texts_of_entry(looking.office, entry.id)
        found.append(next((text.value for text in texts if text.input == input), ""))
    return found
