"""The shape of a deadline `policy` file and the value it becomes."""

from __future__ import annotations

from workflow.definition import DeadlinePolicy, Rung
from workflow.parsing_shapes import Clock, ListOf, Name, Record, Whole, document, names

_RUNG = Record({"after": Whole(least=1), "level": Name(), "to": names("role", least=1)}, Rung)

POLICY = document(
    "policy",
    {
        "fire_at": Clock(),
        "reminders": ListOf(Whole(least=1)),
        "ladder": ListOf(_RUNG),
        "chair_must_act": names("role"),
    },
    DeadlinePolicy,
)
