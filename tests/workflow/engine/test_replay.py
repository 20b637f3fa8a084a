"""Over any history the log tells the states: replayed entries, versions, and refusals that change nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import (
    ADMINISTRATOR,
    CHAIR,
    MEMBER,
    OFFICER,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.memory_unit import KeptEntry, Store
from tests.workflow.shipped import ZONE, machine_of, office
from tests.workflow.world import DOSSIER_WAYS, World
from workflow.model.decision import Decision
from workflow.model.errors import InputMistakes
from workflow.model.facts import WHY, Key
from workflow.model.naming import UnknownEvent
from workflow.model.roles import permitted
from workflow.services.advance import Tried, event_creates

HISTORIES = int(os.environ.get("TDKT_HISTORIES", "60"))
ACTORS = (
    CHAIR,
    VICE_CHAIR,
    STANDING_MEMBER,
    SECRETARY,
    OFFICER,
    MEMBER,
    VILLAGE,
    ADMINISTRATOR,
)
TASKS = ("T01", "T04", "T05", "T11", "T17", "T18")
MARKS = frozenset({"remind", "due_today", "overdue", "wait", "escalate", "ask", "line_brought"})
"""Entries of the sweep, which mark and tell, and of the words of lines: they change no version."""


def replayed(entries: Iterable[KeptEntry]) -> dict[Key, str]:
    """The states as the log alone tells them. An entry must begin where the one before it ended."""
    states: dict[Key, str] = {}
    for kept in entries:
        entry, key = kept.entry, kept.key
        assert key is not None
        if entry.refused:
            assert entry.to_state is None
            continue
        assert entry.from_state == states.get(key)
        assert entry.to_state is not None
        states[key] = entry.to_state
    return states


def versions(store: Store, key: Key) -> list[int | None]:
    """The item's version after each entry that is a change."""
    return [
        kept.version
        for kept in store.entries
        if kept.key == key and not kept.entry.refused and kept.entry.event not in MARKS
    ]


def fitting(world: World, ref: str, data: st.DataObject) -> tuple[str, str]:
    """An event and an actor: mostly such as are possible here, sometimes any."""
    item = world.item(ref)
    machine = machine_of(item.digest)
    standing = machine.standing(item, world.setting)
    here = [
        event.id
        for event in machine.definition.events
        if any(item.state in transition.sources for transition in event.transitions)
    ]
    known = [id for id in machine.events if not event_creates(machine, id)]
    usual = data.draw(st.sampled_from([True, True, True, True, False]), "usual event")
    event = data.draw(st.sampled_from(here if here and usual else known), "event")
    holdings = permitted(machine.events[event].by, standing)
    may = [account for holding in holdings for account in holding.accounts]
    usual = data.draw(st.sampled_from([True, True, True, True, False]), "usual actor")
    actor = data.draw(st.sampled_from(may if may and usual else list(ACTORS)), "actor")
    return event, actor


def begun(data: st.DataObject) -> World:
    """An office in the middle of its year: some dossiers and one task have gone part of their way."""
    world = World.planned()
    for state in data.draw(st.lists(st.sampled_from(sorted(DOSSIER_WAYS)), max_size=4), "dossiers"):
        world.dossier_in(state, task=data.draw(st.sampled_from(["T11", "T17"]), "task"))
    for number in (1, 11, 17):
        state = data.draw(st.sampled_from(["drafted", "submitted", "reviewed", "approved"]), "state")
        world.task_in(state, number)
    return world


def step(world: World, data: st.DataObject) -> Decision | Tried | None:
    """One random thing: time passes, a dossier is opened, or somebody does something to an item."""
    kind = data.draw(st.sampled_from(["act", "act", "act", "act", "act", "wait", "new"]), "kind")
    if kind == "wait":
        later = world.now.astimezone(ZONE) + timedelta(days=data.draw(st.integers(1, 40), "days"))
        world.tick(later.replace(tzinfo=None).isoformat())
        return None
    if kind == "new":
        return world.new_dossier(
            data.draw(st.sampled_from(TASKS)),
            title=data.draw(st.sampled_from(["gk", "bkt", "gdvh"])),
            by=data.draw(st.sampled_from([VILLAGE, OFFICER, SECOND_VILLAGE])),
        )
    ref = data.draw(
        st.sampled_from(sorted({*TASKS, *(key.ref for key in world.store.items if key.ref[0] == "D")}))
    )
    event, actor = fitting(world, ref, data)
    try:
        return world.attempt(ref, event, actor, world.words(ref, event))
    except (InputMistakes, UnknownEvent):
        return None


@settings(max_examples=HISTORIES)
@given(st.data())
def test_replaying_the_log_gives_the_stored_states(data: st.DataObject) -> None:
    world = begun(data)

    for _ in range(data.draw(st.integers(1, 30), "steps")):
        step(world, data)

    states = {key: item.state for key, item in world.store.items.items()}
    assert replayed(world.store.entries) == states
    for key, item in world.store.items.items():
        assert versions(world.store, key) == list(range(1, item.version + 1))
        machine = machine_of(item.digest)
        assert world.store.open[key] == machine.states[item.state].open
        assert (item.closed_on is None) == machine.states[item.state].open


@settings(max_examples=HISTORIES)
@given(st.data())
def test_a_refused_attempt_changes_nothing_but_the_log(data: st.DataObject) -> None:
    world = begun(data)

    for _ in range(data.draw(st.integers(1, 15), "steps")):
        before = world.store.copy()
        answer = step(world, data)
        if isinstance(answer, Tried):
            after = world.store
            assert (after.items, after.rows, after.open) == (before.items, before.rows, before.open)
            assert (after.notices, after.numbers) == (before.notices, before.numbers)
            (kept,) = after.entries[len(before.entries) :]
            assert kept.entry.refused
            assert kept.entry.rules == tuple(reason.rule for reason in answer.refused.reasons)
            assert {text.field for text in kept.entry.texts} <= {WHY}, "a refusal keeps its own words only"


@settings(max_examples=HISTORIES)
@given(st.data())
def test_no_open_dossier_is_ever_left_under_a_closed_task(data: st.DataObject) -> None:
    world = begun(data)

    for _ in range(data.draw(st.integers(1, 30), "steps")):
        step(world, data)

    for key, item in world.store.items.items():
        if item.parent is not None and world.store.open[key]:
            assert world.store.open[world.key(item.parent)]


def test_the_actors_of_these_histories_are_accounts_of_the_office() -> None:
    assert set(ACTORS) < {account.id for account in office().accounts}
