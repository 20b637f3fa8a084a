"""A machine's diagram is valid Mermaid in the office's words, the same every time."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.diagrams import mermaid
from tests.workflow.documents import HERE, SHIPPED, title
from workflow.files.parsing import parse
from workflow.model.definition import Call, Event, Language, Machine, State, Text, Transition

LINE = re.compile(
    r"stateDiagram-v2"
    r'|    state "(?P<label>[^"\n;:{}<>%]|#\d+;)+" as s_[a-z0-9_]+'
    r"|    (\[\*\]|s_[a-z0-9_]+) --> (\[\*\]|s_[a-z0-9_]+)(: ([^\"\n;:{}<>%]|#\d+;)+)?"
)
"""The lines that Mermaid's grammar takes: a text ends at a quote, a colon, a semicolon or the line's end."""

LABEL = Text("Nhãn", "Label")
MACHINE = Machine(
    name="leave",
    version=1,
    subject="task",
    label=LABEL,
    initial="asked",
    states=(
        State("asked", Text("Đã xin", "Asked"), owner="head", todo="trả lời"),
        State("end", Text("Xong", "Done"), open=False),
    ),
    events=(
        Event("remark", Text("Ghi chú", "Remark"), LABEL, ("head",), (Transition(("asked",), None),)),
        Event(
            "grant",
            Text("Cho phép", "Grant"),
            LABEL,
            ("head",),
            (Transition(("asked",), "end", (Call("is_short"),)), Transition(("asked",), "end")),
        ),
        Event("refuse", Text("Từ chối", "Refuse"), LABEL, ("head",), (Transition(("asked",), "end"),)),
    ),
)


def machine(path: Path) -> Machine:
    definition = parse(path.read_text(encoding="utf-8"), path=str(path)).definition
    assert isinstance(definition, Machine)
    return definition


MACHINES = [path for path in SHIPPED if "machines" in path.parts] + [HERE / "good" / "machine.yaml"]


def test_states_stand_under_their_labels_and_events_on_the_arrows() -> None:
    assert mermaid(MACHINE) == (
        "stateDiagram-v2\n"
        '    state "Đã xin" as s_asked\n'
        '    state "Xong" as s_end\n'
        "    [*] --> s_asked\n"
        "    s_asked --> s_asked: Ghi chú\n"
        "    s_asked --> s_end: Cho phép / Từ chối\n"
        "    s_end --> [*]\n"
    )


def test_many_events_between_two_states_take_several_arrows() -> None:
    long = Text("Ghi nhận việc đã làm trên giấy", "Record what was done on paper")
    events = tuple(
        Event(id, long._replace(vi=f"{long.vi} {id}"), LABEL, ("head",), (Transition(("asked",), None),))
        for id in ("a", "b", "c")
    )

    arrows = [line for line in mermaid(MACHINE._replace(events=events)).split("\n") if "s_asked: " in line]

    assert arrows == [
        "    s_asked --> s_asked: Ghi nhận việc đã làm trên giấy a / Ghi nhận việc đã làm trên giấy b",
        "    s_asked --> s_asked: Ghi nhận việc đã làm trên giấy c",
    ]


def test_an_event_that_creates_items_stands_on_the_first_arrow_in_english_too() -> None:
    ask = Event("ask", Text("Xin", "Ask"), LABEL, ("officer",), (Transition(("none",), "asked"),))

    assert mermaid(MACHINE._replace(events=(ask, MACHINE.events[2])), language="en") == (
        "stateDiagram-v2\n"
        '    state "Asked" as s_asked\n'
        '    state "Done" as s_end\n'
        "    [*] --> s_asked: Ask\n"
        "    s_asked --> s_end: Refuse\n"
        "    s_end --> [*]\n"
    )


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Thi đua - Khen thưởng (2026)", "Thi đua - Khen thưởng (2026)"),
        ('Gọi là "xong"', "Gọi là #34;xong#34;"),
        ("a: b; c", "a#58; b#59; c"),
        ("Số #5 <b>, %%{x}", "Số #35;5 #60;b#62;, #37;#37;#123;x#125;"),
        ("a_b *c* `d` \\n", "a#95;b #42;c#42; #96;d#96; #92;n"),
        ("1. Trình – lại", "1#46; Trình #8211; lại"),
        ("- Trình\n  lại", "#45; Trình lại"),
    ],
)
def test_signs_that_mermaid_reads_as_its_own_are_escaped(words: str, written: str) -> None:
    states = (MACHINE.states[0]._replace(label=Text(words, words)), MACHINE.states[1])

    assert mermaid(MACHINE._replace(states=states)).splitlines()[1] == f'    state "{written}" as s_asked'


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", MACHINES, ids=title)
def test_every_line_of_a_diagram_is_one_that_mermaid_takes(path: Path, language: Language) -> None:
    lines = mermaid(machine(path), language=language).splitlines()

    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert len(lines) > len(machine(path).states)


@given(words=st.text(min_size=1).filter(lambda words: bool(words.strip())))
def test_any_label_gives_lines_that_mermaid_takes(words: str) -> None:
    label = Text(words, words)
    states = tuple(state._replace(label=label) for state in MACHINE.states)
    events = tuple(event._replace(label=label) for event in MACHINE.events)

    lines = mermaid(MACHINE._replace(states=states, events=events)).split("\n")

    assert [line for line in lines[:-1] if not LINE.fullmatch(line)] == []
