"""Frozen values as JSON: one encoder writes every value that a command prints or a page hands out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from workflow.model.days import utc_text


def plain(value: Any) -> Any:
    """A frozen value as JSON has it: a record by its fields, days and instants (in UTC) as ISO text.

    A field called `record` is a record that this one adds to: its fields stand first, beside the others. An
    underscore after a field's name keeps it apart from a word of Python (`from_`).
    """
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    names = getattr(value, "_fields", None) or getattr(value, "__dataclass_fields__", None)
    if names is None:
        return [plain(part) for part in value]
    fields = {name.rstrip("_"): plain(getattr(value, name)) for name in names}
    return {**fields.pop("record", {}), **fields}
