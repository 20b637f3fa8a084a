"""What a service reads and tells beside its decision: links between tasks, bodies that are not listed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VILLAGE
from tests.workflow.memory_unit import MemoryUnit, Store
from tests.workflow.plan_2026 import PLAN
from tests.workflow.shipped import at, machine
from tests.workflow.world import PROOFS, World
from workflow.engine.explaining import ANYBODY, explain
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Catalogue
from workflow.model.facts import Facts
from workflow.model.tasks import OpenTask
from workflow.services.advance import Advance, advance

CONTENT = {task.number: task.content for task in PLAN}
LINKS = {2: 1, 3: 2, 10: 8, 17: 15, 18: 16}
"""DESIGN §4: what each of these tasks had better wait for."""
QUIET = [each.id for each in machine("plan_task").definition.events if not each.warnings]


def told(number: int) -> Reason:
    """The warning that the plan's task of this number is not finished."""
    return Reason("predecessor", {"ref": f"T{number:02}", "noi_dung": CONTENT[number]})


def approved(world: World, number: int) -> Decision:
    answer = world.attempt(world.task_in("reviewed", number), "approve", CHAIR)
    assert isinstance(answer, Decision), answer
    return answer


@pytest.mark.parametrize("number", range(1, 19))
def test_the_plans_tasks_have_five_links_and_no_other(number: int) -> None:
    decision = approved(World.planned(), number)

    links = [warning for warning in decision.warnings if warning.rule != "list_proposed"]
    assert links == ([told(LINKS[number])] if number in LINKS else [])


@pytest.mark.parametrize("state", ["drafted", "submitted", "reviewed", "approved"])
def test_an_unfinished_predecessor_is_told_and_stops_nothing(world: World, state: str) -> None:
    world.task_in(state, 1)

    decision = approved(world, 2)

    assert (decision.item.state, decision.warnings) == ("approved", (told(1),))


@pytest.mark.parametrize("state", ["completed", "cancelled"])
def test_a_finished_or_cancelled_predecessor_is_not_told(world: World, state: str) -> None:
    world.task_in(state, 1)

    assert approved(world, 2).warnings == ()


def test_a_predecessor_that_was_done_before_the_office_began_is_not_told(world: World) -> None:
    world.do("T01", "adopt", STANDING_MEMBER)

    assert approved(world, 2).warnings == ()


def test_finishing_a_task_warns_again(world: World) -> None:
    ref = world.task_in("approved", 2)

    done = world.attempt(ref, "complete", OFFICER, PROOFS["conference_host"])

    assert isinstance(done, Decision)
    assert (done.item.state, done.warnings) == ("completed", (told(1),))


def test_awarding_a_task_warns_again(world: World) -> None:
    world.dossier_in("awarded", task="T17")
    ref = world.task_in("approved", 17)

    done = world.attempt(ref, "award", OFFICER)

    assert isinstance(done, Decision)
    assert (done.item.state, done.warnings) == ("awarded", (told(15),))


def test_a_report_of_another_quarter_is_no_predecessor(world: World) -> None:
    """T08 reports in quarter II; T02 meets in quarter I."""
    world.task_in("completed", 1)

    assert (world.item("T08").state, approved(world, 2).warnings) == ("drafted", ())


def test_every_unfinished_predecessor_is_told_in_the_plans_order() -> None:
    second = replace(PLAN[0], number=19, content="Báo cáo chuyên đề")
    world = World(now=at("2026-01-20T09:00"))
    world.import_plan((*PLAN, second))

    assert approved(world, 2).warnings == (
        told(1),
        Reason("predecessor", {"ref": "T19", "noi_dung": "Báo cáo chuyên đề"}),
    )


@dataclass(slots=True)
class Watching(MemoryUnit):
    """A transaction that counts how often the quarter is read."""

    asked: int = 0

    def __init__(self, store: Store, world: World) -> None:
        MemoryUnit.__init__(self, store, now=world.now)
        self.asked = 0

    def open_tasks(self, year: int, quarter: str) -> tuple[OpenTask, ...]:
        self.asked += 1
        return MemoryUnit.open_tasks(self, year, quarter)


def never() -> Catalogue:
    raise AssertionError("the catalogue is made for events that cause a notice only")


def reads(world: World, ref: str, event: str, account: str) -> int:
    """How often the event reads the quarter."""
    unit = Watching(world.store, world)
    command = Advance(world.key(ref), event, world.words(ref, event))
    answer = advance(unit, command, world.case(account))
    assert isinstance(answer, Decision), answer
    return unit.asked


def test_the_quarter_is_read_only_for_events_that_warn_of_kinds_that_follow_others(world: World) -> None:
    linked, free = world.task_in("reviewed", 2), world.task_in("reviewed", 1)
    drafted = world.task_in("drafted", 3)

    assert reads(world, linked, "approve", CHAIR) == 1
    assert reads(world, linked, "return", CHAIR) == 0
    assert reads(world, free, "approve", CHAIR) == 0
    assert reads(world, drafted, "submit", OFFICER) == 0


def test_an_event_that_causes_no_notice_asks_for_no_catalogue(world: World) -> None:
    ref = world.task_in("drafted")
    words = {"until": "2026-05-15", "reason": "Chờ số liệu"}
    command = Advance(world.key(ref), "propose_extension", words)

    answer = advance(Watching(world.store, world), command, replace(world.case(OFFICER), words=never))

    assert isinstance(answer, Decision)


def test_only_what_ends_a_tasks_way_and_what_confirms_it_warns() -> None:
    warning = [each.id for each in machine("plan_task").definition.events if each.warnings]

    assert warning == ["approve", "award", "complete", "confirm"]


open_tasks = st.lists(
    st.builds(
        OpenTask, st.from_regex(r"T\d\d", fullmatch=True), st.sampled_from(["report", "guidance"]), st.text()
    ),
    max_size=5,
)


@given(quarter=open_tasks, number=st.sampled_from(sorted(LINKS)), allowed=st.booleans())
@settings(max_examples=60)
def test_explaining_warns_of_the_open_tasks_of_kinds_that_go_before(
    quarter: list[OpenTask], number: int, allowed: bool
) -> None:
    plan_task = machine("plan_task")
    world = World.planned()
    item = world.item(f"T{number:02}")
    kind = plan_task.definition.kind(item.kind)
    assert kind is not None

    answer = explain(
        plan_task,
        "approve",
        facts=Facts(
            item._replace(state="reviewed" if allowed else "drafted"), beside={"quarter": tuple(quarter)}
        ),
        case=world.case(CHAIR),
    )

    assert answer.allowed == allowed
    assert [warning.operands["ref"] for warning in answer.warnings] == [
        task.ref for task in quarter if task.kind in kind.after
    ]


def test_explaining_says_nothing_beside_an_event_that_never_warns(world: World) -> None:
    facts = Facts(world.item("T02"), beside={"quarter": (OpenTask("T01", "report", "Báo cáo"),)})

    warned = {
        event: explain(machine("plan_task"), event, facts=facts, case=world.case(CHAIR).by(ANYBODY)).warnings
        for event in QUIET
    }

    assert warned == dict.fromkeys(QUIET, ())


@pytest.mark.parametrize(("task", "listed"), [("T06", True), ("T17", False)])
def test_a_body_that_the_row_does_not_name_is_told_and_may_nominate(
    world: World, task: str, listed: bool
) -> None:
    """T06 names all villages as a group, T17 none of them."""
    answer = world.new_dossier(task)

    name = world.setting.office.body(VILLAGE)
    assert isinstance(answer, Decision)
    assert name is not None
    assert answer.warnings == (
        () if listed else (Reason("body_not_listed", {"don_vi": name.name, "ref": task}),)
    )
