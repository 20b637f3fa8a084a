"""From an entry's bytes to what later acts see of it. Read by both sides, so nothing heavy is loaded here."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from workflow.model.facts import Key
from workflow.model.recorded import Recorded

READ = ("id", "at", "actor", "acting_for", "event", "from_state", "to_state", "bytes")
"""The columns of an entry that `recorded_of` takes, in its order."""


def entries_of(item: Key) -> dict[str, Any]:
    """The parameters by which the item's entries are asked for."""
    return {"b_office": item.office, "b_log": item.year, "b_ref": item.ref}


def recorded_of(
    id: str,
    at: datetime,
    actor: str,
    acting_for: str | None,
    event: str,
    from_state: str | None,
    to_state: str | None,
    data: bytes,
) -> Recorded:
    said = json.loads(bytes(data))
    inputs = {name.removeprefix("input."): said[name] for name in said if name.startswith("input.")}
    texts = tuple(name.removeprefix("text.") for name in said if name.startswith("text."))
    return Recorded(id, at, actor, acting_for, event, from_state, to_state, inputs, texts)
