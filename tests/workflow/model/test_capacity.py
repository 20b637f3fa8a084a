"""In whose name somebody acts, and the conflicts of interest that are looked at in both persons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.people import (
    CHAIR,
    MEMBER,
    OFFICER,
    SECOND_MEMBER,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import at, catalogue, machine, machine_of, setting
from tests.workflow.world import WAYS, World
from workflow.engine.case import Case
from workflow.engine.explaining import explain
from workflow.model.capacity import capacities
from workflow.model.context import Actor, Setting
from workflow.model.decision import Decision, EntryDraft
from workflow.model.facts import Facts, Item
from workflow.model.roles import Holding, submitters
from workflow.model.substitution import Substitution
from workflow.services.advance import Tried

JANUARY = (date(2026, 1, 19), date(2026, 2, 1))


def absent(world: World, **stand_ins: str) -> World:
    """The world in which each named account (with `_` for `-`) is away in January."""
    ordered = tuple(
        Substitution(number, account.replace("_", "-"), stand_in, *JANUARY)
        for number, (account, stand_in) in enumerate(stand_ins.items(), start=1)
    )
    world.setting = replace(world.setting, substitutions=ordered)
    return world


def done(world: World, ref: str, event: str, account: str) -> EntryDraft:
    answer = world.attempt(ref, event, account, world.words(ref, event))
    assert isinstance(answer, Decision), answer
    return answer.entry


def rules(world: World, ref: str, event: str, account: str) -> tuple[str, ...]:
    answer = world.attempt(ref, event, account, world.words(ref, event))
    assert isinstance(answer, Tried), answer
    return answer.entry.rules


def nominated(world: World, *, position: str) -> str:
    """A reviewed dossier in which the holder of a position is a nominee."""
    ref = world.opened()
    words = {"kind": "person", "name": "Người A", "position": position}
    assert isinstance(world.attempt(ref, "add", VILLAGE, words), Decision)
    world.appraised(ref)
    world.council(ref)
    return ref


def test_a_stand_in_acts_for_the_absent_account_and_the_entry_says_so(world: World) -> None:
    ref = world.task_in("reviewed")
    absent(world, chu_tich=MEMBER)

    entry = done(world, ref, "approve", MEMBER)

    assert (entry.actor, entry.acting_for, entry.role) == (MEMBER, CHAIR, "chair")


def test_whoever_holds_the_right_itself_acts_in_its_own_name(world: World) -> None:
    ref = world.task_in("reviewed")
    absent(world, chu_tich=VICE_CHAIR)

    entry = done(world, ref, "approve", VICE_CHAIR)

    assert (entry.actor, entry.acting_for, entry.role) == (VICE_CHAIR, None, "vice_chair")


def test_a_vice_chair_approves_a_dossier_only_in_the_chairs_name(world: World) -> None:
    ref = world.dossier_in("reviewed")

    assert rules(world, ref, "approve", VICE_CHAIR) == ("role",)
    entry = done(absent(world, chu_tich=VICE_CHAIR), ref, "approve", VICE_CHAIR)
    assert (entry.actor, entry.acting_for, entry.role) == (VICE_CHAIR, CHAIR, "chair")


def test_the_day_decides_and_not_the_order(world: World) -> None:
    ref = world.task_in("reviewed")
    absent(world, chu_tich=MEMBER)
    world.now = at("2026-02-01T00:00")

    assert rules(world, ref, "approve", MEMBER) == ("role",)


def test_of_a_chain_only_the_last_one_acts(world: World) -> None:
    ref = world.task_in("reviewed")
    absent(world, chu_tich=MEMBER, uy_vien_1=SECOND_MEMBER)

    assert rules(world, ref, "approve", MEMBER) == ("role",)
    entry = done(world, ref, "approve", SECOND_MEMBER)
    assert (entry.actor, entry.acting_for) == (SECOND_MEMBER, CHAIR)


def test_an_absent_account_may_still_act_itself(world: World) -> None:
    ref = world.task_in("reviewed")

    assert done(absent(world, chu_tich=MEMBER), ref, "approve", CHAIR).acting_for is None


# -- four eyes -----------------------------------------------------------------------------------


def test_a_stand_in_who_submitted_may_not_approve_for_the_chair(world: World) -> None:
    ref = world.task_in("submitted")
    world.do(ref, "review", STANDING_MEMBER)
    absent(world, chu_tich=OFFICER)

    assert rules(world, ref, "approve", OFFICER) == ("four_eyes",)


def test_what_an_absent_person_submitted_is_not_approved_in_its_name(world: World) -> None:
    """Nor by itself, but by the vice chair."""
    world.setting = with_role(world, CHAIR, "officer", body="van_hoa_xa_hoi")
    ref = world.task_in("drafted")
    world.do(ref, "submit", CHAIR)
    world.do(ref, "review", STANDING_MEMBER)
    absent(world, chu_tich=MEMBER)

    assert rules(world, ref, "approve", MEMBER) == ("four_eyes",)
    assert rules(world, ref, "approve", CHAIR) == ("four_eyes",)
    assert done(world, ref, "approve", VICE_CHAIR).actor == VICE_CHAIR


def test_what_a_stand_in_submitted_is_the_absent_persons_too(world: World) -> None:
    """The chair, who holds the officer's role as well, comes back and finds its own paper."""
    world.setting = with_role(world, CHAIR, "officer", body="van_hoa_xa_hoi")
    ref = world.task_in("drafted")
    absent(world, chu_tich=MEMBER)
    entry = done(world, ref, "submit", MEMBER)
    world.do(ref, "review", STANDING_MEMBER)

    assert (entry.actor, entry.acting_for) == (MEMBER, CHAIR)
    assert submitters(world.item(ref)) == {MEMBER, CHAIR}
    world.now = at("2026-02-02T09:00")
    assert rules(world, ref, "approve", CHAIR) == ("four_eyes",)


def test_a_dossier_that_was_submitted_in_the_chairs_name_passes_to_the_vice_chair(world: World) -> None:
    ref = world.opened()
    world.do(ref, "add", VILLAGE)
    world.setting = with_role(world, CHAIR, "officer", body="van_hoa_xa_hoi")
    absent(world, chu_tich=MEMBER)
    assert done(world, ref, "submit", MEMBER).acting_for == CHAIR
    world.setting = setting(started_on=world.setting.started_on)
    world.go(ref, *WAYS["council"]["reviewed"][2:])

    assert world.item(ref).owners == (VICE_CHAIR,)
    assert done(world, ref, "approve", VICE_CHAIR).acting_for is None


def test_submitting_again_in_ones_own_name_forgets_whom_it_was_for(world: World) -> None:
    ref = world.task_in("drafted")
    absent(world, chuyen_vien=MEMBER)
    done(world, ref, "submit", MEMBER)
    world.do(ref, "return", STANDING_MEMBER)

    world.do(ref, "submit", OFFICER)

    assert submitters(world.item(ref)) == {OFFICER}


def with_role(world: World, account: str, role: str, *, body: str) -> Setting:
    """The setting in which the account alone holds the role, beside its own, and sits in the body."""
    office = world.setting.office
    accounts = tuple(
        each._replace(roles=(*each.roles, role), body=body)
        if each.id == account
        else each._replace(roles=tuple(one for one in each.roles if one != role))
        for each in office.accounts
    )
    return replace(world.setting, office=office._replace(accounts=accounts))


# -- nominees ------------------------------------------------------------------------------------


def test_a_nominee_decides_nothing_in_the_chairs_name(world: World) -> None:
    ref = nominated(world, position=MEMBER)
    absent(world, chu_tich=MEMBER)

    answer = world.attempt(ref, "approve", MEMBER, world.words(ref, "approve"))

    assert isinstance(answer, Tried)
    (reason,) = answer.refused.reasons
    assert (reason.rule, reason.who_can) == ("own_line", (CHAIR, VICE_CHAIR))
    assert reason.operands["chuc_vu"] == world.setting.office.accounts[5].label


def test_nobody_decides_in_the_name_of_a_nominee(world: World) -> None:
    """The line of the chair passes to the vice chair; who stands in for the chair has no part in it."""
    ref = nominated(world, position="Chủ tịch UBND xã")
    absent(world, chu_tich=MEMBER)

    assert rules(world, ref, "approve", MEMBER) == ("role",)
    assert done(world, ref, "approve", VICE_CHAIR).acting_for is None


def test_of_several_absent_people_the_first_whom_nothing_bars_is_acted_for(world: World) -> None:
    """A task is signed by the chair or the vice chair; the chair submitted this one."""
    world.setting = with_role(world, CHAIR, "officer", body="van_hoa_xa_hoi")
    ref = world.task_in("drafted")
    world.do(ref, "submit", CHAIR)
    world.do(ref, "review", STANDING_MEMBER)
    absent(world, chu_tich=MEMBER, pho_chu_tich=MEMBER)

    entry = done(world, ref, "approve", MEMBER)

    assert (entry.acting_for, entry.role) == (VICE_CHAIR, "vice_chair")


# -- the rest ------------------------------------------------------------------------------------


def test_why_says_in_whose_name_it_would_be_done(reviewed_task: Item) -> None:
    ordered = (Substitution(1, CHAIR, MEMBER, *JANUARY),)

    answers = [
        explain(
            machine("plan_task"),
            event,
            facts=Facts(reviewed_task),
            case=Case(replace(setting(), substitutions=ordered), Actor(MEMBER), machine_of, catalogue),
        )
        for event in ("approve", "complete")
    ]

    assert [(each.allowed, each.acting_for) for each in answers] == [(True, CHAIR), (False, None)]


def test_a_refused_attempt_in_anothers_name_is_logged_with_it(world: World) -> None:
    ref = nominated(world, position=MEMBER)
    absent(world, chu_tich=MEMBER)

    world.attempt(ref, "approve", MEMBER, world.words(ref, "approve"))

    last = world.store.entries[-1].entry
    assert (last.actor, last.acting_for, last.refused, last.rules) == (MEMBER, CHAIR, True, ("own_line",))


@pytest.mark.parametrize(
    ("account", "actors"),
    [
        ("a", (Actor("a"),)),
        ("taker", (Actor("taker", "a"),)),
        ("there", (Actor("there", "a"), Actor("there", "b"))),
        ("b", (Actor("b"),)),
        ("nobody", ()),
    ],
)
def test_the_ways_in_which_one_may_act(reviewed_task: Item, account: str, actors: tuple[Actor, ...]) -> None:
    """`a` passed the item on to `taker`, who is away with `there` in its place; so is `b`."""
    held = (Holding("chair", ("a",)), Holding("vice_chair", ("b",)))
    item = reviewed_task._replace(claimed_by="taker", delegated_by="a")
    ordered = (Substitution(1, "b", "there", *JANUARY),)
    away = (*ordered, Substitution(2, "taker", "there", *JANUARY)) if account == "there" else ordered

    assert capacities(account, held, item=item, substitutions=away, day=date(2026, 1, 20)) == actors
