"""docs/rights.md is what the engine answers, cell by cell; who had a part in something does not decide it."""

from __future__ import annotations

from pathlib import Path

from tests import rights
from tests.workflow.shipped import machine_of
from workflow.engine.machine import NOWHERE
from workflow.model.roles import SYSTEM

PAGE = Path(__file__).parents[1] / "docs" / "rights.md"


def test_the_page_is_what_the_engine_answers() -> None:
    """Print it anew with `python -m tests.rights`."""
    assert PAGE.read_text(encoding="utf-8") == rights.page()


def test_every_event_is_somebodys_in_every_state_that_it_leads_from_and_in_no_other() -> None:
    for subject in rights.subjects():
        machine = machine_of(subject.item.digest)
        for state in rights.states(machine):
            item = subject.item._replace(state=state)
            leading = {
                event.id
                for event in machine.definition.events
                if any(state in transition.sources for transition in event.transitions)
                if event.by != (SYSTEM,)  # it comes with an act on another item
            }
            somebodys = {
                event
                for event in rights.events_in(machine, state)
                if any(rights.cell(item, event, role) for role in rights.ASKED)
            }
            assert somebodys == leading, (subject.heading, state)


def test_who_had_a_part_in_it_decides_it_in_no_way() -> None:
    allowed = {
        (subject.heading, event, before.said)
        for subject in rights.subjects()
        for event, state, before in rights.looked_at(subject)
        if not all(rights.barred(subject.item._replace(state=state), event, before))
    }

    assert allowed == set()


def test_a_stand_in_has_what_the_absent_one_has_and_nobody_more() -> None:
    for subject in rights.subjects():
        machine = machine_of(subject.item.digest)
        for state in rights.states(machine):
            item = subject.item._replace(state=state)
            for event in rights.events_in(machine, state):
                for role in rights.ASKED:
                    cell = rights.cell(item, event, role)
                    assert ("p" in cell) == ("s" in cell), (state, event, role)
                    assert "d" not in cell or "p" in cell, (state, event, role)


def test_nobody_passes_on_what_is_not_there_yet() -> None:
    for subject in rights.subjects():
        item = subject.item._replace(state=NOWHERE)
        assert all(rights.passed_on(item, role) is item for role in rights.ASKED)
