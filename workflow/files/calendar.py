"""The shape of a `calendar` file and the value it becomes."""

from __future__ import annotations

from workflow.files.shapes import Flag, FreeText, IsoDate, Keyed, Maybe, Whole, document
from workflow.model.definition import CalendarYear

CALENDAR = document(
    "calendar",
    {
        "year": Whole(least=1),
        "days_off": Keyed(FreeText(), key=IsoDate()),
        "work_days": Keyed(FreeText(), key=IsoDate()),
        "source": FreeText(),
        "provisional": Maybe(Flag()),
    },
    CalendarYear,
)
