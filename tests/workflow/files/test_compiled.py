"""Definitions come back from their JSON exactly, and the JSON is plain to read."""

import json
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.documents import GOOD, SHIPPED, title
from workflow.files.compiled import from_json, to_json
from workflow.files.parsing import parse
from workflow.model.definition import (
    Body,
    CalendarYear,
    Call,
    DeadlinePolicy,
    Definition,
    Event,
    Input,
    Machine,
    Office,
    Rung,
    Span,
    State,
    Text,
    Transition,
)
from workflow.model.office import Membership

LABEL = Text("Nhãn", "Label")
EVENT = Event("end", LABEL, LABEL, ("officer",), (Transition(("a",), "b"),))
MACHINE = Machine(
    name="m",
    version=1,
    subject="task",
    label=LABEL,
    initial="a",
    states=(State("a", LABEL, owner="officer"), State("b", LABEL, open=False)),
    events=(EVENT,),
)


def read(path: Path) -> Definition:
    definition = parse(path.read_text(encoding="utf-8"), path=str(path)).definition
    assert definition is not None
    return definition


@pytest.mark.parametrize("path", [*GOOD, *SHIPPED], ids=title)
def test_a_definition_comes_back_from_its_json_exactly(path: Path) -> None:
    definition = read(path)

    back = from_json(to_json(definition))

    assert back == definition
    assert repr(back) == repr(definition)


def test_the_json_is_compact_and_keeps_order_and_ids_as_keys() -> None:
    transition = Transition(("a",), None, (Call("input_is", {"of": ("x",), "n": 1, "yes": True}),))
    event = EVENT._replace(transitions=(transition,), inputs=(Input("on", "date", LABEL),))
    label = {"vi": "Nhãn", "en": "Label"}

    text = to_json(MACHINE._replace(events=(event,)))

    plain = {
        "definition": "machine",
        "name": "m",
        "version": 1,
        "subject": "task",
        "label": label,
        "initial": "a",
        "states": {
            "a": {
                "label": label,
                "label_by_kind": {},
                "owner": "officer",
                "todo": None,
                "open": True,
                "label_forwarded": None,
                "label_by_stage": {},
            },
            "b": {
                "label": label,
                "label_by_kind": {},
                "owner": None,
                "todo": None,
                "open": False,
                "label_forwarded": None,
                "label_by_stage": {},
            },
        },
        "events": {
            "end": {
                "label": label,
                "past": label,
                "by": ["officer"],
                "transitions": [
                    {
                        "sources": ["a"],
                        "target": None,
                        "when": [{"name": "input_is", "params": {"of": ["x"], "n": 1, "yes": True}}],
                    }
                ],
                "inputs": {
                    "on": {"type": "date", "label": label, "required": True, "choices": [], "when": []}
                },
                "guards": [],
                "effects": [],
                "warnings": [],
                "notices": [],
                "doubts": [],
                "undoes": [],
            }
        },
        "kinds": {},
    }
    assert text == json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def test_a_field_that_came_after_the_json_was_written_takes_its_default() -> None:
    plain = json.loads(to_json(MACHINE))
    for event in plain["events"].values():
        del event["warnings"], event["notices"], event["doubts"], event["undoes"]

    assert from_json(json.dumps(plain)) == MACHINE


def test_dates_and_times_are_iso_texts() -> None:
    calendar = CalendarYear("vn", 1, 2026, {date(2026, 1, 1): "Tết"}, {}, "x")
    policy = DeadlinePolicy("d", 1, time(8), (Span(7, "cd"),), (Rung(1, "head", ("head",)),), ())

    assert to_json(calendar) == (
        '{"definition":"calendar","name":"vn","version":1,"year":2026,"days_off":{"2026-01-01":"Tết"},'
        '"work_days":{},"source":"x","provisional":false}'
    )
    assert to_json(policy) == (
        '{"definition":"policy","name":"d","version":1,"fire_at":"08:00:00","reminders":["7 cd"],'
        '"ladder":[{"after":1,"level":"head","to":["head"],"unit":"wd"}],"chair_must_act":[],'
        '"quiet":{"start":"18:00:00","end":"07:00:00","days_off":true},'
        '"digest":{"daily":"08:00:00","weekday":"monday","weekly":"07:30:00",'
        '"weekly_for":["chair","vice_chair"]},"repeat":null,"cap_unconfirmed":null,"terms":{},"usual":[]}'
    )


def test_reminders_kept_as_bare_numbers_are_calendar_days() -> None:
    policy = from_json(
        '{"definition":"policy","name":"d","version":1,"fire_at":"08:00:00","reminders":[30,7],'
        '"ladder":[{"after":1,"level":"head","to":["head"]}],"chair_must_act":[]}'
    )

    assert policy == DeadlinePolicy(
        "d", 1, time(8), (Span(30, "cd"), Span(7, "cd")), (Rung(1, "head", ("head",)),), ()
    )


def test_an_id_that_stands_twice_is_refused_rather_than_lost() -> None:
    with pytest.raises(ValueError, match=r"an id stands twice among \['end', 'end'\]"):
        to_json(MACHINE._replace(events=(EVENT, EVENT)))


params = st.dictionaries(
    st.text(), st.text() | st.integers() | st.booleans() | st.lists(st.text()).map(tuple), max_size=4
)
calls = st.lists(st.builds(Call, st.text(), params), max_size=3).map(tuple)


@given(guards=calls, when=calls, words=st.text(), on=st.booleans())
def test_any_words_and_parameters_come_back(
    guards: tuple[Call, ...], when: tuple[Call, ...], words: str, on: bool
) -> None:
    transition = Transition(("a",), "b" if on else None, when)
    event = EVENT._replace(past=Text(words, words), transitions=(transition,), guards=guards)
    machine = MACHINE._replace(events=(event,))

    assert from_json(to_json(machine)) == machine


def test_reading_json_loads_no_yaml() -> None:
    code = "import sys, workflow.files.compiled; print(sorted({'yaml', 'transitions'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_an_office_of_before_bodies_had_kinds_comes_back_with_what_holds_without_them() -> None:
    office = next(value for value in map(read, GOOD) if isinstance(value, Office))
    plain = json.loads(to_json(office))
    del plain["membership"]
    for body in plain["bodies"].values():
        for name in ("kind", "payroll", "has_seal", "valid_from", "valid_to", "succeeded_by", "asked_for"):
            del body[name]

    back = from_json(json.dumps(plain))

    assert isinstance(back, Office)
    assert back.membership == Membership()
    assert [body[: len(OLDER)] for body in back.bodies] == [body[: len(OLDER)] for body in office.bodies]
    assert {body[len(OLDER) :] for body in back.bodies} == {Body("a", "A", "A")[len(OLDER) :]}


OLDER = ("id", "name", "short", "spellings", "group", "members", "external", "nominates")
"""The fields that bodies always had, which stand first."""
