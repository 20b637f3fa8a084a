"""What is unwise or cannot work in a machine: its graph, its labels, its notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from workflow.engine.procedure import CausedNotice, Procedure
from workflow.files.reading import Where
from workflow.files.telling import told
from workflow.lint.findings import Finding
from workflow.lint.graph import reachable
from workflow.model.definition import Machine, Text
from workflow.model.undoing import undone_by
from workflow.services.procedures import PROCEDURES


def lint_machine(
    machine: Machine, *, procedures: Mapping[str, Procedure] = PROCEDURES
) -> tuple[Finding, ...]:
    return (
        *(finding for rule in MACHINE_RULES for finding in rule(machine)),
        *_notice_that_cannot_be_told(machine, procedures[machine.subject].caused),
    )


def _moves(machine: Machine) -> dict[str, list[str]]:
    """For each state the other states to which one event leads, in the file's order."""
    moves: dict[str, list[str]] = {state.id: [] for state in machine.states}
    for event in machine.events:
        for transition in event.transitions:
            for source in transition.sources:
                target = transition.target
                if target not in (None, source) and target not in moves.get(source, [target]):
                    moves[source].append(str(target))
    return moves


def _beginnings(machine: Machine) -> set[str]:
    """The initial state, and those in which an event creates an item."""
    known = {state.id for state in machine.states}
    transitions = [transition for event in machine.events for transition in event.transitions]
    created = {t.target for t in transitions if t.target and not known.issuperset(t.sources)}
    return {machine.initial, *created}


def _unreachable_state(machine: Machine) -> Iterator[Finding]:
    moves, beginnings = _moves(machine), _beginnings(machine)
    reached = beginnings.union(*(reachable(moves, state) for state in beginnings))
    for state in machine.states:
        if state.id not in reached:
            message = told(
                "no event leads from '{initial}' to state '{id}'", initial=machine.initial, id=state.id
            )
            yield Finding("error", "unreachable_state", ("states", state.id), message)


def _trap(machine: Machine) -> Iterator[Finding]:
    moves, closed = _moves(machine), {state.id for state in machine.states if not state.open}
    for state in machine.states:
        if state.open and not closed & reachable(moves, state.id):
            message = told("from the open state '{id}' no way leads to a closed one", id=state.id)
            yield Finding("error", "trap", ("states", state.id), message)


def _missing_way_back(machine: Machine) -> Iterator[Finding]:
    """An open state after the first from which one move leads on and none ever back.

    What is wrong there can neither be returned for repair nor ended in another way.
    """
    moves = _moves(machine)
    for state in machine.states:
        straight_on = len(moves[state.id]) == 1 and state.id not in reachable(moves, state.id)
        if state.open and state.id != machine.initial and straight_on:
            message = told(
                "from '{id}' the only way is on to '{target}': no return, no way out",
                id=state.id,
                target=moves[state.id][0],
            )
            yield Finding("warning", "missing_way_back", ("states", state.id), message)


def _state_without_owner(machine: Machine) -> Iterator[Finding]:
    for state in machine.states:
        if state.open and state.owner is None:
            message = told("nobody must act in the open state '{id}': it needs an 'owner'", id=state.id)
            yield Finding("error", "state_without_owner", ("states", state.id), message)
        elif state.owner is not None and state.todo is None:
            message = told(
                "notices cannot say what the owner of '{id}' is to do: it needs a 'todo'", id=state.id
            )
            yield Finding("warning", "owner_without_todo", ("states", state.id), message)


def _without_label(machine: Machine) -> Iterator[Finding]:
    labelled: list[tuple[Where, Text]] = [(("label",), machine.label)]
    for kind in machine.kinds:
        labelled.append((("kinds", kind.id, "label"), kind.label))
    for state in machine.states:
        labelled.append((("states", state.id, "label"), state.label))
        labelled += [(("states", state.id, "label_by_kind", k), t) for k, t in state.label_by_kind.items()]
        labelled += [(("states", state.id, "label_by_stage", k), t) for k, t in state.label_by_stage.items()]
        if state.label_forwarded is not None:
            labelled.append((("states", state.id, "label_forwarded"), state.label_forwarded))
    for event in machine.events:
        labelled.append((("events", event.id, "label"), event.label))
        labelled.append((("events", event.id, "past"), event.past))
        labelled += [(("events", event.id, "inputs", i.name, "label"), i.label) for i in event.inputs]
    for where, text in labelled:
        if not text.vi.strip() or not text.en.strip():
            message = told("{place} is empty in one language: a raw id would be shown", place=".".join(where))
            yield Finding("error", "without_label", where, message)


def _overlapping_transitions(machine: Machine) -> Iterator[Finding]:
    """The first transition that fits is taken, so one without a `when` hides all that follow it."""
    for event in machine.events:
        for (_, first), (number, second) in combinations(enumerate(event.transitions), 2):
            shared = sorted(set(first.sources) & set(second.sources))
            if shared and (not first.when or first.when == second.when):
                message = told(
                    "'{id}' from {names}: an earlier transition is always taken",
                    id=event.id,
                    names=", ".join(shared),
                )
                where = ("events", event.id, "transitions", str(number))
                yield Finding("error", "overlapping_transitions", where, message)


def _endless_deadline(machine: Machine) -> Iterator[Finding]:
    """Deadlines run while a state is open, so some closed state must be within reach of the first."""
    reached = reachable(_moves(machine), machine.initial) | {machine.initial}
    if all(state.open for state in machine.states if state.id in reached):
        message = told(
            "no event ends a deadline: from '{initial}' no closed state can be reached",
            initial=machine.initial,
        )
        yield Finding("error", "endless_deadline", ("initial",), message)


def _kinds_in_circle(machine: Machine) -> Iterator[Finding]:
    follows = {kind.id: list(kind.after) for kind in machine.kinds}
    for kind in machine.kinds:
        if kind.id in reachable(follows, kind.id):
            message = told("'{id}' comes after itself: 'after' goes in a circle", id=kind.id)
            yield Finding("error", "kinds_in_circle", ("kinds", kind.id, "after"), message)


def _notice_that_cannot_be_told(machine: Machine, caused: Mapping[str, CausedNotice]) -> Iterator[Finding]:
    """A notice that an event causes is one of its subject's, and repeats inputs of the event."""
    for event in machine.events:
        asked = {input.name for input in event.inputs if input.required and not input.when}
        for place, kind in enumerate(event.notices):
            needed = caused[kind].inputs if kind in caused else ()
            lacking = ", ".join(name for name in needed if name not in asked)
            if kind not in caused:
                why = told("is none that a {subject} causes", subject=machine.subject)
            elif lacking:
                why = told("says {lacking}, which '{id}' need not be given", lacking=lacking, id=event.id)
            else:
                continue
            where = ("events", event.id, "notices", str(place))
            yield Finding(
                "error",
                "notice_that_cannot_be_told",
                where,
                told("the notice '{kind}' {why}", kind=kind, why=why),
            )


def _undoes_nothing(machine: Machine) -> Iterator[Finding]:
    """What an event undoes must be an event, and lead to where it can be undone."""
    events = {event.id: event for event in machine.events}
    for event in machine.events:
        for number, name in enumerate(event.undoes):
            undone = events.get(name)
            moves = undone.transitions if undone else ()
            left = {state for move in moves for state in ((move.target,) if move.target else move.sources)}
            if undone is None:
                why = told("there is no event '{name}'", name=name)
            elif not any(event.id in (undone_by(machine, name, state) or ()) for state in left):
                why = told("'{id}' is not possible where '{name}' leads", id=event.id, name=name)
            else:
                continue
            where = ("events", event.id, "undoes", str(number))
            yield Finding("error", "undoes_nothing", where, told("nothing is undone: {why}", why=why))


MACHINE_RULES: tuple[Callable[[Machine], Iterable[Finding]], ...] = (
    _unreachable_state,
    _trap,
    _missing_way_back,
    _state_without_owner,
    _without_label,
    _overlapping_transitions,
    _endless_deadline,
    _kinds_in_circle,
    _undoes_nothing,
)
"""The rules of the graph stand first: a flaw there often causes the findings that follow."""
