"""What was recorded as it stands: a correction changes the one entry that it is about."""

from __future__ import annotations

from datetime import UTC, datetime

from workflow.model.corrections import AGREE, PROPOSE, as_stands
from workflow.model.facts import Plain
from workflow.model.recorded import Recorded

AT = datetime(2026, 3, 2, tzinfo=UTC)


def took_place(
    entry: str, event: str, states: tuple[str, str] = ("approved", "approved"), **inputs: Plain
) -> Recorded:
    return Recorded(entry, AT, "chuyen-vien", None, event, *states, inputs)


def test_of_an_event_that_took_place_twice_each_keeps_its_own_number() -> None:
    back = ("submitted", "returned")
    recorded = (
        took_place("1", "submit", ("drafted", "submitted"), paper_number="01/TTr"),
        took_place("2", "return", back),
        took_place("3", "submit", back[::-1], paper_number="02/TTr"),
        took_place("4", PROPOSE, of="submit", paper_number="20/TTr"),
        took_place("5", AGREE),
    )

    numbers = [each.inputs.get("paper_number") for each in as_stands(recorded)]

    assert numbers == ["01/TTr", None, "20/TTr", "20/TTr", None]
