"""The shape of a `calendar` file and the value it becomes."""

from __future__ import annotations

from workflow.files import shapes
from workflow.model.definition import CalendarYear

CALENDAR = shapes.document(
    "calendar",
    {
        "year": shapes.Whole(least=1),
        "days_off": shapes.Keyed(shapes.AnyText(), key=shapes.IsoDate()),
        "work_days": shapes.Keyed(shapes.AnyText(), key=shapes.IsoDate()),
        "source": shapes.AnyText(),
        "provisional": shapes.Maybe(shapes.Flag()),
    },
    CalendarYear,
)
