"""The shape of a `calendar` file and the value it becomes."""

from __future__ import annotations

from workflow.files.shapes import Day, Flag, Keyed, Maybe, Whole, Words, document
from workflow.model.definition import CalendarYear

CALENDAR = document(
    "calendar",
    {
        "year": Whole(least=1),
        "days_off": Keyed(Words(), key=Day()),
        "work_days": Keyed(Words(), key=Day()),
        "source": Words(),
        "provisional": Maybe(Flag()),
    },
    CalendarYear,
)
