"""Scenarios: what a file may say, its mistakes with their lines, and when the steps of a pace fall due."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.people import CHAIR, VILLAGE
from workflow.files.parsing import Mistake
from workflow.files.scenario import ParsedScenario, parse_scenario
from workflow.model.calendar import WorkCalendar
from workflow.model.scenario import Absence, Act, Delay, Move, Outage, Pace, Scenario, step_day

NAMES = {
    "item": ["T01", "T02", "D0001"],
    "task": ["T01", "T02"],
    "event": ["submit", "set_deadline"],
    "account": [CHAIR, VILLAGE],
    "body": [VILLAGE, "cac_thon"],
}
WEEKENDS_OFF = WorkCalendar.of(())


def parsed(text: str) -> ParsedScenario:
    return parse_scenario(
        text, path="s.yaml", vocabulary=NAMES, first=date(2026, 1, 5), last=date(2027, 1, 31)
    )


def mistakes(text: str) -> list[str]:
    found = parsed(text)
    assert found.scenario is None
    return [str(mistake) for mistake in found.mistakes]


WHOLE = """
scenario: Everything
pace:
  tasks: {submit: 3}
  dossiers: {}
acts:
  - {on: 2026-03-02, ref: D0001, event: submit, by: thon-1}
  - on: 2026-03-03
    at: "14:30"
    ref: T02
    event: set_deadline
    set: {date: 2026-05-20, source: Giấy mời, nominee: [1, "2"]}
absent:
  - {who: chu-tich, from: 2026-03-10, until: 2026-03-20}
late:
  - {ref: T01, days: 10}
moved:
  - {ref: T02, on: 2026-05-04, to: 2026-06-10}
silent: [thon-1]
down:
  - {from: 2026-03-30, until: 2026-04-02}
""".replace('nominee: [1, "2"]', 'nominee: ["1", "2"]')


def test_a_scenario_may_say_all_this() -> None:
    assert parsed(WHOLE) == ParsedScenario(
        Scenario(
            "Everything",
            tasks=Pace(submit=3),
            dossiers=Pace(),
            acts=(
                Act(date(2026, 3, 2), "D0001", "submit", VILLAGE),
                Act(
                    date(2026, 3, 3),
                    "T02",
                    "set_deadline",
                    at=time(14, 30),
                    set={"date": "2026-05-20", "source": "Giấy mời", "nominee": ("1", "2")},
                ),
            ),
            absent=(Absence(CHAIR, date(2026, 3, 10), date(2026, 3, 20)),),
            late=(Delay("T01", 10),),
            moved=(Move("T02", date(2026, 5, 4), date(2026, 6, 10)),),
            silent=(VILLAGE,),
            down=(Outage(date(2026, 3, 30), date(2026, 4, 2)),),
        ),
        (),
    )


def test_a_scenario_may_be_written_as_json() -> None:
    assert parsed('{"scenario": "x", "late": [{"ref": "T01", "days": 3}]}') == parsed(
        "scenario: x\nlate: [{ref: T01, days: 3}]"
    )


def test_the_inputs_of_an_act_are_words_as_a_person_types_them() -> None:
    act = Act(date(2026, 3, 2), "T01", "x", set={"a": 3, "b": True, "c": ("1", "2"), "d": "e"})

    assert act.words == {"a": "3", "b": "true", "c": "1,2", "d": "e"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["s.yaml:1: the file is empty"]),
        ("pace: {}", ["s.yaml:1: key 'scenario' is missing"]),
        (
            "scenario: x\npaces: {}",
            [
                "s.yaml:2: unknown key 'paces'; allowed:"
                " scenario, pace, acts, absent, late, moved, silent, down",
            ],
        ),
        (
            "scenario: x\nacts:\n  - {on: 2026-13-01, ref: T09, event: sumit, by: nobody}",
            [
                "s.yaml:3: acts.0.on: there is no day 2026-13-01",
                "s.yaml:3: acts.0.ref: unknown item 'T09'; known: D0001, T01, T02",
                "s.yaml:3: acts.0.event: unknown event 'sumit'; known: set_deadline, submit",
                "s.yaml:3: acts.0.by: unknown account 'nobody'; known: chu-tich, thon-1",
            ],
        ),
        (
            "scenario: x\nlate:\n  - {ref: D0001, days: 0}",
            [
                "s.yaml:3: late.0.days: a number from 1 up is wanted",
                "s.yaml:3: late.0.ref: unknown task 'D0001'; known: T01, T02",
            ],
        ),
        (
            "scenario: x\nlate:\n  - {ref: T01, days: 1}\n  - {ref: T01, days: 2}",
            ["s.yaml:2: late: 'T01' stands here twice"],
        ),
        (
            "scenario: x\ndown:\n  - {from: 2026-03-04, until: 2026-03-04}",
            [
                "s.yaml:3: down.0.until: the day after the last one is wanted, later than 2026-03-04",
            ],
        ),
        (
            "scenario: x\nmoved:\n  - {ref: T01, on: 2025-12-31, to: 2026-03-04}",
            [
                "s.yaml:3: moved.0.on: 2025-12-31 is outside:"
                " the simulation runs from 2026-01-05 to 2027-01-31",
            ],
        ),
        (
            "scenario: x\nsilent: [nowhere]",
            ["s.yaml:2: silent.0: unknown body 'nowhere'; known: cac_thon, thon-1"],
        ),
    ],
)
def test_the_mistakes_of_a_scenario_are_values_with_their_lines(text: str, told: list[str]) -> None:
    assert sorted(mistakes(text)) == sorted(told)


def test_a_mistake_names_its_file() -> None:
    assert parsed("scenario: [").mistakes[0].path == "s.yaml"
    assert isinstance(parsed("scenario: [").mistakes[0], Mistake)


@pytest.mark.parametrize(
    ("step", "day"),
    [
        ("submit", date(2026, 3, 24)),
        ("review", date(2026, 3, 30)),
        ("approve", date(2026, 3, 31)),
        ("finish", date(2026, 3, 27)),
    ],
)
def test_steps_are_counted_in_working_days(step: str, day: date) -> None:
    pace = Pace(submit=5, review=1, approve=2, finish=0)

    due, since = date(2026, 3, 31), date(2026, 3, 27)

    assert step_day(step, pace, due=due, since=since, calendar=WEEKENDS_OFF) == day


def test_a_late_task_ends_so_many_days_after_its_date_whatever_its_pace() -> None:
    scenario = Scenario("x", tasks=Pace(5, 2, 3, 4), late=(Delay("T01", 10),))

    paces = {ref: scenario.pace_of(ref, subject="task") for ref in ("T01", "T02")}

    assert paces == {"T01": Pace(-1, 2, 3, 4), "T02": Pace(5, 2, 3, 4)}


def test_a_service_that_fails_again_at_once_is_up_after_the_last_time() -> None:
    down = (Outage(date(2026, 3, 1), date(2026, 3, 3)), Outage(date(2026, 3, 3), date(2026, 3, 5)))

    up = {day: Scenario("x", down=down).watched_from(date(2026, 3, day)) for day in (1, 4, 5)}

    assert up == {1: date(2026, 3, 5), 4: date(2026, 3, 5), 5: date(2026, 3, 5)}
