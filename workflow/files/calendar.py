"""The shape of a `calendar` file and the value it becomes."""

from __future__ import annotations

from workflow.files.shapes import AnyText, Flag, IsoDate, Keyed, Maybe, Whole, document
from workflow.model.definition import CalendarYear

CALENDAR = document(
    "calendar",
    {
        "year": Whole(least=1),
        "days_off": Keyed(AnyText(), key=IsoDate()),
        "work_days": Keyed(AnyText(), key=IsoDate()),
        "source": AnyText(),
        "provisional": Maybe(Flag()),
    },
    CalendarYear,
)
