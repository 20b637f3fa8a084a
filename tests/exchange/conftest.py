"""The office and the calendars that plan documents are read with."""

from pathlib import Path

import pytest

from workflow.files.parsing import parse
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import CalendarYear, Office, RulePack

DEFINITIONS = Path(__file__).parents[2] / "definitions"


@pytest.fixture(scope="session")
def office() -> Office:
    """Điềm He as it is shipped."""
    path = DEFINITIONS / "offices/diem-he/1.yaml"
    definition = parse(path.read_text(encoding="utf-8"), path=str(path)).definition
    assert isinstance(definition, Office)
    return definition


@pytest.fixture(scope="session")
def packs(office: Office) -> tuple[RulePack, ...]:
    """The office's rule packs."""
    found = []
    for name in office.packs:
        path = DEFINITIONS / f"rules/{name}/1.yaml"
        definition = parse(path.read_text(encoding="utf-8"), path=str(path)).definition
        assert isinstance(definition, RulePack)
        found.append(definition)
    return tuple(found)


@pytest.fixture(scope="session")
def calendar() -> WorkCalendar:
    """The working days of 2026 and 2027."""
    years = []
    for path in sorted(DEFINITIONS.glob("calendars/*/1.yaml")):
        definition = parse(path.read_text(encoding="utf-8"), path=str(path)).definition
        assert isinstance(definition, CalendarYear)
        years.append(definition)
    return WorkCalendar.of(years)
