"""Between rows and the domain's values: achievements.

Read by both sides, so nothing heavy is loaded here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflow.model.achievements import Achievement, Source, name_key
from workflow.model.papers import number_key

_SOURCE = ("source_year", "source_ref", "source_line")
_PLAIN = tuple(name for name in Achievement._fields if name != "source")
READ = (*_PLAIN, *_SOURCE)
"""The columns that `achievement_of` takes, in its order."""
CHANGES = (
    *(name for name in READ if name != "number"),
    *("name_key", "decision_key", "salt", "entry"),
)
"""Those that a correction may give another value."""


def achievement_of(row: Sequence[Any]) -> Achievement:
    source = row[len(_PLAIN) :]
    record = Achievement(*row[: len(_PLAIN)])
    return record if source[1] is None else record._replace(source=Source(*source))


def achievement_columns(record: Achievement, *, entry: str, salt: bytes) -> dict[str, Any]:
    """All columns but the office, with a salt: of two rows alike the log says what is not alike."""
    source: Mapping[str, Any] = dict.fromkeys(_SOURCE)
    if record.source is not None:
        source = dict(zip(_SOURCE, record.source, strict=True))
    return {
        **{name: getattr(record, name) for name in _PLAIN},
        **source,
        "name_key": name_key(record.name),
        "decision_key": number_key(record.decision) if record.decision else None,
        "salt": salt,
        "entry": entry,
    }
