"""The shape of a deadline `policy` file and the value it becomes."""

from __future__ import annotations

from workflow.definition import DeadlinePolicy, Digest, Quiet, Rung
from workflow.parsing_shapes import (
    Choice,
    Clock,
    Flag,
    ListOf,
    Maybe,
    Name,
    Record,
    Whole,
    document,
    names,
)

_RUNG = Record({"after": Whole(least=1), "level": Name(), "to": names("role", least=1)}, Rung)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_QUIET = Record({"start": Maybe(Clock()), "end": Maybe(Clock()), "days_off": Maybe(Flag())}, Quiet)

_DIGEST = Record(
    {
        "daily": Maybe(Clock()),
        "weekday": Maybe(Choice(WEEKDAYS)),
        "weekly": Maybe(Clock()),
        "weekly_for": Maybe(names("role")),
    },
    Digest,
)

POLICY = document(
    "policy",
    {
        "fire_at": Clock(),
        "reminders": ListOf(Whole(least=1)),
        "ladder": ListOf(_RUNG),
        "chair_must_act": names("role"),
        "quiet": Maybe(_QUIET),
        "digest": Maybe(_DIGEST),
    },
    DeadlinePolicy,
)
