"""The tables of DESIGN §4, row by row: each event from each state by each of the eighteen accounts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import (
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import ACCOUNTS, machine, machine_of, office, setting
from tests.workflow.world import DOSSIER_WAYS, DOSSIER_WORDS, PROOFS, TASK_WAYS, TASK_WORDS, World
from workflow.engine.machine import RunnableMachine, decide, reasons_against
from workflow.model.context import Actor, Context, InputValue
from workflow.model.decision import Decision, Refused
from workflow.model.definition import Text
from workflow.model.dossiers import DossierState
from workflow.model.facts import Facts, Item, Proposal
from workflow.model.recorded import Recorded
from workflow.model.tasks import DoneRow
from workflow.rules.inputs import proposed_inputs, read_inputs
from workflow.services.procedures import PROCEDURES

NOW = World.planned().now


class Row(NamedTuple):
    """A row of a table: from which states, to which (None: unchanged), and who; `other` have the role and are
    kept from it, because it is for whoever did what it takes back."""

    sources: tuple[str, ...]
    target: str | None
    who: frozenset[str]
    other: frozenset[str] = frozenset()


OPEN_TASK = ("drafted", "submitted", "reviewed", "approved")
TASK_STATES = (*OPEN_TASK, "awarded", "completed", "cancelled")


CORRECTORS = frozenset({OFFICER, SECRETARY, STANDING_MEMBER, RECORDS_CLERK})


def task_table(*, officers: frozenset[str], reviewers: frozenset[str]) -> dict[str, Row]:
    """DESIGN §4, plan_task, for a task whose lead body and whose council decide on two columns."""
    approvers = frozenset({CHAIR, VICE_CHAIR})
    return {
        "submit": Row(("drafted",), "submitted", officers),
        "recall": Row(("submitted",), "drafted", frozenset({OFFICER}), officers - {OFFICER}),
        "return": Row(("submitted", "reviewed", "approved"), "drafted", reviewers | approvers),
        "review": Row(("submitted",), "reviewed", reviewers),
        "reopen": Row(
            ("reviewed",), "submitted", frozenset({STANDING_MEMBER}), reviewers - {STANDING_MEMBER}
        ),
        "approve": Row(("reviewed",), "approved", approvers),
        "award": Row(("approved",), "awarded", officers),
        "complete": Row(("approved",), "completed", officers),
        "propose_extension": Row(OPEN_TASK, None, officers),
        "extend": Row(OPEN_TASK, None, approvers),
        "set_deadline": Row(OPEN_TASK, None, officers | {STANDING_MEMBER}),
        "set_target": Row(OPEN_TASK, None, officers | {STANDING_MEMBER}),
        "drop_target": Row(OPEN_TASK, None, frozenset({STANDING_MEMBER})),
        "lead": Row(OPEN_TASK, None, officers | {STANDING_MEMBER}),
        "confirm": Row(OPEN_TASK, None, officers | {STANDING_MEMBER}),
        "new": Row((), None, officers),
        "agree_task": Row(("proposed",), "drafted", frozenset({STANDING_MEMBER})),
        "decline_task": Row(("proposed",), "declined", frozenset({STANDING_MEMBER})),
        "withdraw_task": Row(("proposed",), "declined", officers),
        "adopt_same": Row(("drafted",), "completed", frozenset({STANDING_MEMBER})),
        "adopt": Row(("drafted",), "completed", frozenset({STANDING_MEMBER})),
        "propose_record": Row(OPEN_TASK, None, officers),
        "agree_record": Row(OPEN_TASK, "completed", frozenset({STANDING_MEMBER})),
        "decline_record": Row(OPEN_TASK, None, frozenset({STANDING_MEMBER})),
        "withdraw_record": Row(OPEN_TASK, None, officers),
        "cancel": Row(OPEN_TASK, "cancelled", frozenset({CHAIR})),
        "propose_correction": Row((*OPEN_TASK, "awarded", "completed"), None, CORRECTORS),
        "agree_correction": Row((*OPEN_TASK, "awarded", "completed"), None, frozenset({RECORDS_CLERK})),
        "drop_correction": Row(
            (*OPEN_TASK, "awarded", "completed"), None, frozenset({OFFICER, RECORDS_CLERK})
        ),
    }


TASKS = {
    # The council is named, the division leads: most rows of the plan.
    17: task_table(officers=frozenset({OFFICER}), reviewers=frozenset({STANDING_MEMBER, SECRETARY})),
    # No council in the cell: the head of the lead body reviews (rows 4, 7, 12).
    4: task_table(officers=frozenset({OFFICER}), reviewers=frozenset({STANDING_MEMBER})),
    7: task_table(officers=frozenset({OFFICER}), reviewers=frozenset({STANDING_MEMBER})),
    12: task_table(officers=frozenset({OFFICER}), reviewers=frozenset({STANDING_MEMBER})),
    # The council leads and has no officer: the division's officer or the council's secretary.
    5: task_table(
        officers=frozenset({OFFICER, SECRETARY}), reviewers=frozenset({STANDING_MEMBER, SECRETARY})
    ),
}
GIVE_AWARDS = (6, 9, 11, 13, 14, 17)
TO_RECORD = Proposal("propose_record", "somebody", None, {"date": "2026-01-15", "paper": "02/BC-UBND"})
TO_CORRECT = Proposal("propose_correction", OFFICER, None, {"decision_number": "2/QĐ-UBND"})
SAME = DoneRow("T16", "năm 2025", "05/BC-UBND", date(2026, 1, 15))
DECIDES = {
    "agree_record": TO_RECORD,
    "decline_record": TO_RECORD,
    "withdraw_record": TO_RECORD,
    "agree_correction": TO_CORRECT,
    "drop_correction": TO_CORRECT,
}
FINISHED = (
    Recorded("1", NOW, OFFICER, None, "complete", "approved", "completed", {"paper": "1/BC-UBND"}),
    Recorded("2", NOW, OFFICER, None, "award", "approved", "awarded", {"decision_number": "1/QĐ-UBND"}),
)
"""What there is to be corrected."""


def asked(
    item: Item,
    event: str,
    account: str,
    words: dict[str, str],
    *,
    dossiers: tuple[DossierState, ...] = (),
    parent: Item | None = None,
    recorded: tuple[Recorded, ...] | None = None,
) -> Decision | Refused:
    """What `decide` says to a command with its words read as the service reads them."""
    runnable = machine_of(item.digest)
    other = (parent._replace(key=parent.key._replace(ref="T11")),) if parent else ()
    facts = Facts(
        item,
        parent,
        {
            "dossiers": dossiers,
            "recorded": FINISHED if recorded is None else recorded,
            "target": other,
            "done_before": (SAME,),
            "file": (1000,),
        },
    )
    context = context_of(runnable, event, facts, account, {})
    inputs = read_inputs(runnable.events[event], words, context=context)
    proposed = proposed_inputs(runnable.events[event], context)
    return decide(runnable, context.given({**proposed, **inputs}), confirmed=True)


def rules(answer: Decision | Refused) -> set[str]:
    return {reason.rule for reason in answer.reasons} if isinstance(answer, Refused) else set()


def task_in(state: str, number: int) -> Item:
    """The task after it went its way to `state`; only tasks that give awards are ever awarded."""
    world = World.planned()
    if state == "awarded" and number not in GIVE_AWARDS:
        return world.item(world.task_in("completed", number))._replace(state="awarded")
    return world.item(world.task_in(state, number))


@pytest.mark.parametrize("state", TASK_STATES)
@pytest.mark.parametrize("number", TASKS)
def test_a_task_moves_exactly_where_the_table_says(number: int, state: str) -> None:
    item = task_in(state, number)
    awarded = (DossierState("D0001", "awarded"),)

    for event, row in TASKS[number].items():
        words = PROOFS[item.kind] if event == "complete" else TASK_WORDS.get(event, {})
        for account in ACCOUNTS:
            there = item._replace(proposal=DECIDES.get(event))
            if event in ("set_target", "drop_target"):  # what waits for others has no target
                target = date(2026, 3, 20) if event == "drop_target" else None
                there = there._replace(waiting=False, target_on=target)
            answer = asked(there, event, account, words, dossiers=awarded)

            here = (number, state, event, account)
            fits = event != "award" or number in GIVE_AWARDS
            counts = event not in ("propose_record", "agree_record") or number not in GIVE_AWARDS
            allowed = state in row.sources and account in row.who and fits and counts
            assert isinstance(answer, Decision) == allowed, here
            assert ("state" in rules(answer)) == (state not in row.sources), here
            assert ("role" in rules(answer)) == (account not in row.who | row.other), here
            assert ("gives_awards" in rules(answer)) == (not fits), here
            assert ("gives_no_awards" in rules(answer)) == (not counts), here
            if isinstance(answer, Decision):
                assert answer.item.state == (row.target or state), here
                assert answer.item.version == item.version + 1, here
                assert (answer.entry.from_state, answer.entry.to_state) == (state, row.target or state), here


def test_the_tables_hold_every_event_state_and_account_that_there_is() -> None:
    task, dossier = machine("plan_task").definition, machine("nomination_dossier").definition

    assert {event.id for event in task.events} == set(TASKS[17])
    assert {state.id for state in task.states} == {*TASK_STATES, "proposed", "declined"}
    assert set(TASK_STATES) == {*TASK_WAYS, "awarded"}
    assert {state.id for state in dossier.states} == set(DOSSIER_WAYS)
    assert tuple(account.id for account in office().accounts) == ACCOUNTS


def test_a_refusal_says_every_reason_at_once_in_the_order_of_declaration() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted", title="bkt")

    answer = asked(world.item(ref), "award", SECOND_VILLAGE, DOSSIER_WORDS["award"] | {"not_awarded": "1,7"})

    assert isinstance(answer, Refused)
    assert [reason.rule for reason in answer.reasons] == ["state", "role", "authority", "unknown_nominee"]


def test_a_state_reason_says_where_it_stands_and_whose_turn_it_is(submitted_task: Item) -> None:
    answer = asked(submitted_task, "approve", CHAIR, {})

    assert isinstance(answer, Refused)
    (reason,) = answer.reasons
    assert reason.rule == "state"
    assert reason.operands == {
        "trang_thai": Text("Đã trình lãnh đạo phòng", "Submitted to the head"),
        "su_kien": Text("Phê duyệt", "Approve"),
        "tu": Text("Đã kiểm tra nội dung, thể thức", "Content and form checked"),
    }
    assert reason.who_can == (STANDING_MEMBER,)


def test_a_role_reason_names_those_who_may(submitted_task: Item) -> None:
    answer = asked(submitted_task, "review", OFFICER, TASK_WORDS["review"])

    assert isinstance(answer, Refused)
    (reason,) = answer.reasons
    assert reason.rule == "role"
    assert reason.who_can == (STANDING_MEMBER, SECRETARY)
    assert isinstance(reason.operands["vai_tro"], Text)
    assert reason.operands["vai_tro"].en == "Head of the division and standing member; Council secretary"


def test_an_entry_says_the_role_that_was_used_and_keeps_free_text_apart(submitted_task: Item) -> None:
    answer = asked(submitted_task, "review", SECRETARY, {"opinion": "Thống nhất với dự thảo"})

    assert isinstance(answer, Decision)
    entry = answer.entry
    assert (entry.actor, entry.role, entry.machine) == (SECRETARY, "secretary", "plan_task/1")
    assert entry.inputs == {}
    assert [(text.field, text.value, text.nominee) for text in entry.texts] == [
        ("opinion", "Thống nhất với dự thảo", None)
    ]


def test_a_nominees_words_are_kept_with_the_line_that_they_describe(drafted_dossier: Item) -> None:
    parent = World.planned().item("T17")
    words = {"kind": "household", "name": "Hộ bà C", "unit": "Thôn mẫu số 1"}

    answer = asked(drafted_dossier, "add", VILLAGE, words, parent=parent)

    assert isinstance(answer, Decision)
    assert answer.entry.inputs == {"kind": "household", "nominee": [2]}
    assert [(text.field, text.nominee) for text in answer.entry.texts] == [("name", 2), ("unit", 2)]


def test_every_change_of_state_names_who_must_act_next() -> None:
    owners = {state: task_in(state, 17).owners for state in TASK_STATES}
    dossiers = {}
    for state in DOSSIER_WAYS:
        world = World.planned()
        dossiers[state] = world.item(world.dossier_in(state)).owners

    assert owners == {
        "drafted": (OFFICER,),
        "submitted": (STANDING_MEMBER,),
        "reviewed": (CHAIR,),
        "approved": (OFFICER,),
        "awarded": (),
        "completed": (),
        "cancelled": (),
    }
    assert dossiers == {
        "drafted": (VILLAGE,),
        "submitted": (OFFICER,),
        "returned": (VILLAGE,),
        "appraised": (SECRETARY,),
        "reviewed": (CHAIR,),
        "approved": (OFFICER,),
        "awarded": (),
        "forwarded": (OFFICER,),
        "decided": (),
        "rejected": (),
        "withdrawn": (),
        "revoked": (),
    }


# Purity and sharing


ITEMS = {
    **{f"task {state}": task_in(state, 17) for state in TASK_STATES},
    **{f"dossier {state}": (made := World.planned()).item(made.dossier_in(state)) for state in DOSSIER_WAYS},
}
VALUES: st.SearchStrategy[dict[str, InputValue]] = st.fixed_dictionaries(
    {},
    optional={
        "until": st.dates(min_value=NOW.date(), max_value=NOW.date().replace(year=2028)),
        "date": st.dates(min_value=NOW.date().replace(year=2024), max_value=NOW.date().replace(year=2028)),
        "body": st.sampled_from([body.id for body in office().bodies]),
        "kind": st.sampled_from(["person", "collective", "household"]),
        "nominee": st.tuples(st.integers(1, 3)),
        "title": st.sampled_from(["gk", "ldtt", "gdvh", "bkt"]),
        "signer": st.sampled_from(ACCOUNTS),
        "for": st.integers(0, 10),
        "against": st.integers(0, 10),
        "invalid": st.integers(0, 10),
        "present": st.integers(0, 10),
        "total": st.integers(0, 10),
    },
)
NEEDED = {
    "extend": {"until"},
    "propose_extension": {"until"},
    "set_deadline": {"date"},
    "set_target": {"date"},
    "adopt": {"date"},
    "propose_record": {"date"},
    "lead": {"body"},
    "add": {"kind"},
    "edit": {"nominee"},
    "remove": {"nominee"},
}
"""Inputs without which the service never calls `decide`; the others are optional to it."""


@st.composite
def attempts(draw: st.DrawFn) -> tuple[Item, str, str, dict[str, InputValue]]:
    item = ITEMS[draw(st.sampled_from(sorted(ITEMS)))]
    event = draw(st.sampled_from(sorted(machine_of(item.digest).events)))
    inputs = draw(VALUES.filter(lambda values: NEEDED.get(event, set()) <= values.keys()))
    return item, event, draw(st.sampled_from(ACCOUNTS)), inputs


@given(attempts())
def test_deciding_is_pure(attempt: tuple[Item, str, str, dict[str, InputValue]]) -> None:
    item, event, account, inputs = attempt
    runnable, before, given_before = machine_of(item.digest), repr(item), dict(inputs)
    facts = Facts(item, ITEMS["task drafted"], {"dossiers": (DossierState("D0001", "awarded"),)})

    def answer() -> Decision | Refused:
        return decide(runnable, context_of(runnable, event, facts, account, inputs))

    first = answer()

    assert answer() == first
    assert (repr(item), inputs) == (before, given_before)
    assert isinstance(first, Refused) == bool(
        reasons_against(runnable, context_of(runnable, event, facts, account, inputs))
    )


def context_of(
    runnable: RunnableMachine, event: str, facts: Facts, account: str, inputs: dict[str, InputValue]
) -> Context:
    return Context(
        runnable.definition,
        runnable.registry,
        event,
        facts,
        actor=Actor(account),
        setting=setting().at(NOW),
        inputs=inputs,
    )


def test_one_machine_serves_many_threads_at_once() -> None:
    items = [task_in(state, 17) for state in OPEN_TASK] * 50
    path = {"drafted": "submit", "submitted": "review", "reviewed": "approve", "approved": "complete"}
    actors = {"drafted": OFFICER, "submitted": SECRETARY, "reviewed": VICE_CHAIR, "approved": OFFICER}
    after = {"drafted": "submitted", "submitted": "reviewed", "reviewed": "approved", "approved": "completed"}

    def step(item: Item) -> str:
        event = path[item.state]
        words = PROOFS[item.kind] if event == "complete" else TASK_WORDS.get(event, {})
        answer = asked(item, event, actors[item.state], words)
        assert isinstance(answer, Decision)
        return answer.item.state

    with ThreadPoolExecutor(8) as pool:
        reached = list(pool.map(step, items))

    assert reached == [after[item.state] for item in items]


def test_a_machine_keeps_nothing_of_the_items_that_it_moved() -> None:
    runnable = RunnableMachine(machine("plan_task").definition, digest="d", procedures=PROCEDURES)
    item = task_in("drafted", 1)._replace(digest="d")
    facts = Facts(item)

    for _ in range(3):
        answer = decide(runnable, context_of(runnable, "submit", facts, OFFICER, {}))
        assert isinstance(answer, Decision)
        assert answer.item.state == "submitted"

    assert runnable._machine.models == []
