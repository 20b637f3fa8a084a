"""Each rule on machines finds its flaw, at its place."""

import pytest

from tests.workflow.lint.samples import EMPTY, LABEL, MACHINE, event, move, state, with_events
from tests.workflow.shipped import machine
from workflow.lint.findings import Finding
from workflow.lint.machines import lint_machine
from workflow.model.definition import Call, Input, State, TaskKind, Transition


def test_a_state_that_no_event_reaches_is_found() -> None:
    machine = MACHINE._replace(states=(*MACHINE.states, state("lost", open=False)))

    assert lint_machine(machine) == (
        Finding(
            "error", "unreachable_state", ("states", "lost"), "no event leads from 'asked' to state 'lost'"
        ),
    )


def test_a_state_in_which_an_event_creates_items_is_reached() -> None:
    receive = event("receive", move("none", "received"))
    onward = (event("pass_on", move("received", "seen")), event("settle", move("received", "granted")))
    machine = MACHINE._replace(
        states=(*MACHINE.states, state("received")), events=(*MACHINE.events, receive, *onward)
    )

    assert lint_machine(machine) == ()


def test_an_open_state_with_no_way_to_a_closed_one_is_a_trap() -> None:
    stuck = event("park", move("seen", "parked"))
    machine = MACHINE._replace(states=(*MACHINE.states, state("parked")), events=(*MACHINE.events, stuck))

    assert lint_machine(machine) == (
        Finding(
            "error", "trap", ("states", "parked"), "from the open state 'parked' no way leads to a closed one"
        ),
    )


def test_a_state_with_no_way_but_straight_on_is_found() -> None:
    machine = with_events(event("see", move("asked", "seen")), event("grant", move("seen", "granted")))

    message = "from 'seen' the only way is on to 'granted': no return, no way out"
    assert lint_machine(machine) == (Finding("warning", "missing_way_back", ("states", "seen"), message),)


def test_a_second_way_out_is_as_good_as_a_way_back() -> None:
    machine = with_events(
        event("see", move("asked", "seen")),
        event("grant", move("seen", "granted")),
        event("withdraw", move("seen", "withdrawn")),
    )._replace(
        states=(*MACHINE.states, state("withdrawn", open=False)),
    )

    assert lint_machine(machine) == ()


def test_an_event_that_keeps_the_state_is_no_way_out() -> None:
    stay = event("remark", Transition(("seen",), None), move("asked", "asked"))
    machine = with_events(event("see", move("asked", "seen")), event("grant", move("seen", "granted")), stay)

    assert [finding.rule for finding in lint_machine(machine)] == ["missing_way_back"]


def test_an_open_state_needs_an_owner_and_an_owner_something_to_do() -> None:
    states = (State("asked", LABEL), State("seen", LABEL, owner="officer"), state("granted", open=False))

    assert lint_machine(MACHINE._replace(states=states)) == (
        Finding(
            "error",
            "state_without_owner",
            ("states", "asked"),
            "nobody must act in the open state 'asked': it needs an 'owner'",
        ),
        Finding(
            "warning",
            "owner_without_todo",
            ("states", "seen"),
            "notices cannot say what the owner of 'seen' is to do: it needs a 'todo'",
        ),
    )


def test_every_label_that_is_empty_in_one_language_is_found() -> None:
    asked = state("asked")._replace(label=EMPTY, label_by_kind={"short": EMPTY})
    see = MACHINE.events[0]._replace(label=EMPTY, past=EMPTY, inputs=(Input("on", "date", EMPTY),))
    machine = MACHINE._replace(
        label=EMPTY,
        kinds=(TaskKind("short", EMPTY, "none"),),
        states=(asked, *MACHINE.states[1:]),
        events=(see, *MACHINE.events[1:]),
    )

    findings = lint_machine(machine)

    assert {(finding.severity, finding.rule) for finding in findings} == {("error", "without_label")}
    assert [finding.where for finding in findings] == [
        ("label",),
        ("kinds", "short", "label"),
        ("states", "asked", "label"),
        ("states", "asked", "label_by_kind", "short"),
        ("events", "see", "label"),
        ("events", "see", "past"),
        ("events", "see", "inputs", "on", "label"),
    ]


LONG, SHORT = (Call("is_long"),), (Call("is_short"),)


@pytest.mark.parametrize(
    ("first", "second", "hidden"),
    [((), (), True), ((), LONG, True), (LONG, LONG, True), (LONG, SHORT, False), (LONG, (), False)],
)
def test_a_transition_hidden_by_an_earlier_one_is_found(
    first: tuple[Call, ...], second: tuple[Call, ...], hidden: bool
) -> None:
    see = event("see", move("asked", "seen", when=first), move("seen", "asked", "granted", when=second))
    machine = with_events(see, *MACHINE.events[1:])

    see_other = event("see", move("asked", "seen", when=first), move("asked", "granted", when=second))
    finding = Finding(
        "error",
        "overlapping_transitions",
        ("events", "see", "transitions", "1"),
        "'see' from asked: an earlier transition is always taken",
    )
    assert lint_machine(machine) == ((finding,) if hidden else ())
    assert lint_machine(with_events(see_other, *MACHINE.events[1:])) == ((finding,) if hidden else ())


def test_transitions_from_different_states_do_not_overlap() -> None:
    see = event("see", move("asked", "seen"), move("seen", "granted"))

    assert lint_machine(with_events(see, *MACHINE.events[1:])) == ()


def test_a_deadline_that_no_event_ends_is_found() -> None:
    machine = with_events(event("see", move("asked", "seen")), event("return", move("seen", "asked")))

    assert [(finding.rule, finding.where) for finding in lint_machine(machine)] == [
        ("unreachable_state", ("states", "granted")),
        ("trap", ("states", "asked")),
        ("trap", ("states", "seen")),
        ("endless_deadline", ("initial",)),
    ]


@pytest.mark.parametrize(
    ("after", "circle"),
    [
        ({}, []),
        ({"b": ("a",), "c": ("a", "b")}, []),
        ({"a": ("a",)}, ["a"]),
        ({"a": ("b",), "b": ("a",), "c": ("a",)}, ["a", "b"]),
        ({"a": ("b",), "b": ("c",), "c": ("a",)}, ["a", "b", "c"]),
    ],
)
def test_kinds_that_come_after_themselves_are_found(
    after: dict[str, tuple[str, ...]], circle: list[str]
) -> None:
    kinds = tuple(TaskKind(id, LABEL, "any", after=after.get(id, ())) for id in ("a", "b", "c"))

    assert lint_machine(MACHINE._replace(kinds=kinds)) == tuple(
        Finding(
            "error",
            "kinds_in_circle",
            ("kinds", id, "after"),
            f"'{id}' comes after itself: 'after' goes in a circle",
        )
        for id in circle
    )


MISSING = Input("missing", "text", LABEL)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ((MISSING,), True),
        ((), False),
        ((MISSING._replace(required=False),), False),
        ((MISSING._replace(when=(Call("is_short"),)),), False),
    ],
)
def test_a_notice_of_an_input_that_may_be_missing_is_found(inputs: tuple[Input, ...], told: bool) -> None:
    back = MACHINE.events[1]._replace(inputs=inputs, notices=("not_awarded", "returned"))
    machine = with_events(MACHINE.events[0], back, MACHINE.events[2])._replace(subject="dossier")

    finding = Finding(
        "error",
        "notice_that_cannot_be_told",
        ("events", "return", "notices", "1"),
        "the notice 'returned' says missing, which 'return' need not be given",
    )
    assert lint_machine(machine) == (() if told else (finding,))


def test_a_tasks_event_has_no_nominating_body_to_tell() -> None:
    machine = with_events(*MACHINE.events[:2], MACHINE.events[2]._replace(notices=("received",)))

    assert lint_machine(machine) == (
        Finding(
            "error",
            "notice_that_cannot_be_told",
            ("events", "grant", "notices", "0"),
            "the notice 'received' is none that a task causes",
        ),
    )


def test_an_event_that_undoes_nothing_is_an_error() -> None:
    task = machine("plan_task").definition
    events = tuple(
        event._replace(undoes=("nothing", "approve")) if event.id == "recall" else event
        for event in task.events
    )

    found = [
        finding.message
        for finding in lint_machine(task._replace(events=events))
        if finding.rule == "undoes_nothing" and finding.where[1] == "recall"
    ]

    assert found == [
        "nothing is undone: there is no event 'nothing'",
        "nothing is undone: 'recall' is not possible where 'approve' leads",
    ]
