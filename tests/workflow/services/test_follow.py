"""What events do to lists of expected dossiers, through the real door on a transaction in memory."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import (
    ASKED,
    CHAIR,
    OFFICER,
    SCHOOL,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VILLAGE,
)
from tests.workflow.memory_unit import MemoryUnit, Store, memory_unit
from tests.workflow.shipped import at, setting
from tests.workflow.world import World
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier, ReceivedDossier
from workflow.model.expecting import Expectation
from workflow.model.facts import Item, Key
from workflow.model.tasks import PlannedTask
from workflow.services.advance import Advance, advance
from workflow.services.expect import Answer, Opening, answer, open_list

EVERYBODY = tuple(sorted(ASKED))


def rows_of(world: World, ref: str) -> list[Expectation]:
    return [row for (key, _body), row in sorted(world.store.expected.items()) if key.ref == ref]


def row_of(world: World, ref: str, body: str) -> Expectation:
    return world.store.expected[world.key(ref), body]


def done(world: World, ref: str, event: str, account: str) -> Decision:
    answer = world.attempt(ref, event, account, world.words(ref, event))
    assert isinstance(answer, Decision), answer
    return answer


@pytest.fixture
def guided(world: World) -> World:
    """The office after its guidance for the year-end was issued."""
    world.task_in("completed", 15)
    return world


# -- lists that open by themselves -----------------------------------------------------------------------


def test_an_issued_guidance_asks_every_nominating_body_for_the_award_row_of_its_period(world: World) -> None:
    ref = world.task_in("approved", 15)

    decision = done(world, ref, "complete", OFFICER)

    asked = Expectation(
        "", date(2026, 1, 15), guidance="T15", paper="05/HD-HĐTĐKT", paper_on=date(2026, 1, 15)
    )
    assert world.store.expected == {(world.key("T17"), id): asked._replace(body=id) for id in EVERYBODY}
    assert Reason("list_opened", {"n": len(ASKED), "ref": "T17"}) in decision.warnings
    entry = world.store.entries[-1]
    assert (entry.key, entry.entry.event, entry.entry.actor, entry.entry.role) == (
        world.key("T17"),
        "expect_open",
        OFFICER,
        "officer",
    )
    assert entry.entry.inputs == {
        "bodies": list(ASKED),
        "due": None,
        "guidance": "T15",
    }


def test_a_guidance_that_was_issued_before_the_office_began_asks_as_of_its_day(world: World) -> None:
    world.do("T15", "adopt", STANDING_MEMBER)

    row = row_of(world, "T17", VILLAGE)
    assert (row.asked_on, row.paper, row.paper_on) == (date(2025, 12, 30), "01/BC-UBND", date(2025, 12, 30))


def test_a_cancelled_guidance_asks_nobody(world: World) -> None:
    world.task_in("cancelled", 15)

    assert world.store.expected == {}


def test_a_guidance_asks_nobody_for_an_award_row_that_is_closed(world: World) -> None:
    world.task_in("cancelled", 17)
    world.task_in("completed", 15)

    assert world.store.expected == {}


@pytest.mark.parametrize("number", [6, 9, 13, 14])
def test_an_approved_movement_says_whom_it_would_ask_and_asks_nobody(world: World, number: int) -> None:
    ref = world.task_in("reviewed", number)

    decision = done(world, ref, "approve", CHAIR)

    assert world.store.expected == {}
    assert Reason("list_proposed", {"n": len(ASKED), "ref": ref}) in decision.warnings
    assert [kept.draft.kind for kept in world.store.notices if kept.draft.to in (VILLAGE, SCHOOL)] == []


def test_a_movement_that_comes_back_keeps_whom_it_asked_and_proposes_nobody_again(world: World) -> None:
    ref = world.task_in("approved", 6)
    with memory_unit(world.store, now=world.now) as unit:
        open_list(unit, Opening(world.key(ref), without=(SCHOOL,)), world.case(OFFICER))
        unit.commit()
    before = dict(world.store.expected)
    world.now = at("2026-02-20T09:00")
    world.do(ref, "return", CHAIR)
    world.do(ref, "submit", OFFICER)
    world.do(ref, "review", STANDING_MEMBER)

    decision = done(world, ref, "approve", CHAIR)

    assert world.store.expected == before
    assert [row.body for row in rows_of(world, ref)] == [id for id in EVERYBODY if id != SCHOOL]
    assert [reason for reason in decision.warnings if reason.rule == "list_proposed"] == []
    assert [kept.entry.event for kept in world.store.entries].count("expect_open") == 1


@pytest.mark.parametrize("number", [1, 2, 3, 8, 11, 16, 18])
def test_no_other_row_asks_by_itself(world: World, number: int) -> None:
    world.task_in("completed", number)

    assert world.store.expected == {}


def test_what_was_handed_in_before_the_list_opens_counts_as_received(world: World) -> None:
    ref = world.dossier_in("submitted")
    drafted = world.opened(body=SECOND_VILLAGE)
    world.task_in("completed", 15)

    row = row_of(world, "T17", VILLAGE)
    assert (row.status, row.dossier, row.answered_on) == ("received", ref, date(2026, 1, 20))
    assert row_of(world, "T17", SECOND_VILLAGE).status == "silent", drafted


# -- dossiers --------------------------------------------------------------------------------------------


def test_a_dossier_answers_when_it_is_handed_in_and_not_before(guided: World) -> None:
    ref = guided.dossier_in("drafted")
    assert row_of(guided, "T17", VILLAGE).status == "silent"

    entries = len(guided.store.entries)
    guided.do(ref, "submit", VILLAGE)

    row = row_of(guided, "T17", VILLAGE)
    assert (row.status, row.dossier, row.answered_on) == ("received", ref, date(2026, 1, 20))
    assert [kept.entry.event for kept in guided.store.entries[entries:]] == ["submit"]


@pytest.mark.parametrize("state", ["returned", "reviewed", "approved", "rejected", "awarded", "forwarded"])
def test_what_becomes_of_a_dossier_later_changes_no_answer(guided: World, state: str) -> None:
    ref = guided.dossier_in(state)

    assert (row_of(guided, "T17", VILLAGE).status, row_of(guided, "T17", VILLAGE).dossier) == (
        "received",
        ref,
    )


def test_withdrawing_the_only_dossier_leaves_its_body_silent(guided: World) -> None:
    before = row_of(guided, "T17", VILLAGE)
    guided.dossier_in("withdrawn")

    assert row_of(guided, "T17", VILLAGE) == before


def test_withdrawing_one_of_two_dossiers_leaves_the_other_as_the_answer(guided: World) -> None:
    first, second = guided.dossier_in("submitted"), guided.dossier_in("submitted")
    assert row_of(guided, "T17", VILLAGE).dossier == first

    guided.do(first, "withdraw", VILLAGE)

    assert (row_of(guided, "T17", VILLAGE).status, row_of(guided, "T17", VILLAGE).dossier) == (
        "received",
        second,
    )


def test_a_dossier_of_a_body_that_is_not_asked_answers_for_nobody(world: World) -> None:
    world.dossier_in("submitted", task="T11")

    assert world.store.expected == {}


# -- the award row itself --------------------------------------------------------------------------------


def test_finishing_an_award_row_tells_who_is_still_silent_and_stops_nothing(guided: World) -> None:
    ref = guided.task_in("approved", 17)

    decision = done(guided, ref, "complete", OFFICER)

    bodies = map(guided.setting.office.body, EVERYBODY)
    names = "; ".join(body.short for body in bodies if body)
    assert decision.item.state == "completed"
    assert Reason("silent_bodies", {"n": len(ASKED), "don_vi": Text(names, names)}) in decision.warnings


def test_awarding_tells_it_too_and_cancelling_does_not(guided: World) -> None:
    guided.dossier_in("awarded")
    approved = guided.task_in("approved", 17)
    awarded = done(guided, approved, "award", OFFICER)
    silent = [reason for reason in awarded.warnings if reason.rule == "silent_bodies"]
    assert [reason.operands["n"] for reason in silent] == [len(ASKED) - 1]

    other = World.planned()
    other.task_in("completed", 15)
    cancelled = done(other, "T17", "cancel", CHAIR)
    assert cancelled.warnings == ()


# -- what is read ----------------------------------------------------------------------------------------


class Watched(MemoryUnit):
    """A transaction that tells what it was asked about lists."""

    def __init__(self, store: Store, *, now: datetime) -> None:
        super().__init__(store, now=now)
        self.asked: list[str] = []

    def expectations(self, task: Key) -> tuple[Expectation, ...]:
        self.asked.append("expectations")
        return super().expectations(task)

    def received_dossiers(self, task: Key) -> tuple[ReceivedDossier, ...]:
        self.asked.append("received_dossiers")
        return super().received_dossiers(task)

    def planned_tasks(self, year: int, kind: str) -> tuple[PlannedTask, ...]:
        self.asked.append(f"planned_tasks {kind}")
        return super().planned_tasks(year, kind)


def asked_by(world: World, ref: str, event: str, account: str) -> list[str]:
    """What the event asked about lists."""
    unit = Watched(world.store, now=world.now)
    answer = advance(
        unit,
        Advance(world.key(ref), event, world.words(ref, event), confirmed=True),
        world.case(account),
    )
    assert isinstance(answer, Decision), answer
    return unit.asked


def test_events_that_no_list_concerns_read_nothing_of_lists(guided: World) -> None:
    drafted, submitted = guided.dossier_in("drafted"), guided.dossier_in("submitted")

    assert [
        asked_by(guided, "T01", "submit", OFFICER),
        asked_by(guided, "T01", "set_deadline", OFFICER),
        asked_by(guided, guided.task_in("approved", 8), "complete", OFFICER),
        asked_by(guided, "T17", "submit", OFFICER),
        asked_by(guided, drafted, "add", VILLAGE),
        asked_by(guided, drafted, "withdraw", VILLAGE),
        asked_by(guided, submitted, "return", SECRETARY),
        asked_by(guided, guided.dossier_in("submitted"), "accept", OFFICER),
        asked_by(guided, guided.dossier_in("appraised"), "hold", OFFICER),
    ] == [[]] * 9


def test_a_submission_reads_its_tasks_list_once_and_a_second_one_nothing(guided: World) -> None:
    assert asked_by(guided, guided.dossier_in("drafted"), "submit", VILLAGE) == ["expectations"]
    assert asked_by(guided, guided.dossier_in("returned"), "submit", VILLAGE) == []


def test_a_finished_guidance_reads_the_award_rows_of_the_year_and_no_other_task() -> None:
    world = World.planned()
    ref = world.task_in("approved", 15)

    assert asked_by(world, ref, "complete", OFFICER) == [
        "planned_tasks award_review",
        "expectations",
        "received_dossiers",
    ]


# -- rules that must always hold -------------------------------------------------------------------------

VILLAGES = (VILLAGE, SECOND_VILLAGE)
MOVES = ("new", "add", "submit", "return", "withdraw", "reject", "nothing", "silent", "open")


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(VILLAGES), st.integers(0, 3)), max_size=25))
def test_a_body_is_received_exactly_while_a_dossier_of_it_stands(moves: list[tuple[str, str, int]]) -> None:
    world = BEGUN.world()
    for move, body, pick in moves:
        play(world, move, body, pick)
        for row in rows_of(world, "T17"):
            standing = [
                item.key.ref
                for item in dossiers_of(world, row.body)
                if isinstance(item.details, Dossier)
                and Dossier.of(item).received_on
                and item.state != "withdrawn"
            ]
            assert (row.status == "received") == bool(standing)
            assert row.dossier is None or row.dossier in standing


class Begun:
    """The office with its plan, imported once and copied for each example."""

    def __init__(self) -> None:
        self._store: Store | None = None

    def world(self) -> World:
        if self._store is None:
            self._store = World.planned().store
        return World(now=at("2026-01-20T09:00"), setting=setting(), store=self._store.copy())


BEGUN = Begun()


def play(world: World, move: str, body: str, pick: int) -> None:
    """A move that may be refused; of the body's dossiers the one with that number."""
    if move == "new":
        world.new_dossier(body=body, by=body)
    elif move == "open":
        command = Opening(world.key("T17"), (body,))
        with memory_unit(world.store, now=world.now) as unit:
            open_list(
                unit,
                command,
                world.case(OFFICER),
            )
            unit.commit()
    elif move == "nothing":
        say(world, body, "nothing")
    elif move == "silent":
        say(world, body, "silent")
    else:
        own = [item.key.ref for item in dossiers_of(world, body)]
        by = {"return": SECRETARY, "reject": CHAIR}.get(move, body)
        if pick < len(own):
            world.attempt(own[pick], move, by, world.words(own[pick], move))


def dossiers_of(world: World, body: str) -> list[Item]:
    return [
        item
        for _key, item in sorted(world.store.items.items())
        if isinstance(item.details, Dossier) and Dossier.of(item).body == body
    ]


def say(world: World, body: str, status: Literal["nothing", "silent"]) -> None:
    if (world.key("T17"), body) not in world.store.expected:
        return
    with memory_unit(world.store, now=world.now) as unit:
        answer(
            unit,
            Answer(world.key("T17"), body, status),
            world.case(body),
        )
        unit.commit()
