"""Rights are judged by person: whoever acted once, in whatever position, does not act on it again alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.people import CHAIR, MEMBER, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow.shipped import office, setting
from tests.workflow.world import World
from workflow.engine.substituting import objections
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Office, Text
from workflow.model.substitution import Substitution
from workflow.services.advance import Tried

LATER = {"until": "2026-04-29", "reason": "Chờ số liệu"}


def held_by(**accounts: str) -> Office:
    """The shipped office in which some accounts (with `_` for `-`) are held by the person named."""
    people = {name.replace("_", "-"): person for name, person in accounts.items()}
    return office()._replace(
        accounts=tuple(
            account._replace(person=people.get(account.id, account.person)) for account in office().accounts
        )
    )


def absent(world: World, account: str, stand_in: str, *, until: date = date(2026, 2, 1)) -> None:
    orders = (*world.setting.substitutions, Substitution(1, account, stand_in, date(2026, 1, 19), until))
    world.setting = replace(world.setting, substitutions=orders)


def reasons(answer: Decision | Tried) -> list[Reason]:
    assert isinstance(answer, Tried), answer
    return list(answer.refused.reasons)


def test_an_account_stands_for_a_person_of_its_own_unless_it_names_one() -> None:
    directory = held_by(chuyen_vien=SECRETARY)

    assert directory.people([OFFICER, SECRETARY]) == {SECRETARY}
    assert directory.people([CHAIR, "gone"]) == {CHAIR, "gone"}


def test_two_accounts_of_one_human_do_not_submit_and_approve() -> None:
    world = World.planned()
    world.setting = setting(directory=held_by(chuyen_vien="ong-a", pho_chu_tich="ong-a"))
    world.task_in("reviewed")

    assert reasons(world.attempt("T01", "approve", VICE_CHAIR)) == [Reason("four_eyes", who_can=(CHAIR,))]
    assert world.do("T01", "approve", CHAIR).state == "approved"


def test_whoever_reviewed_in_anothers_name_does_not_approve_in_its_own() -> None:
    world = World.planned()
    absent(world, STANDING_MEMBER, VICE_CHAIR)
    world.do("T02", "submit", OFFICER)
    world.do("T02", "review", VICE_CHAIR)
    item = world.item("T02")

    assert (item.reviewed_by, item.reviewed_for) == (VICE_CHAIR, STANDING_MEMBER)
    assert reasons(world.attempt("T02", "approve", VICE_CHAIR)) == [
        Reason("reviewed_by_oneself", who_can=(CHAIR,))
    ]
    assert world.do("T02", "approve", CHAIR).state == "approved"


def test_whoever_reviewed_does_not_approve_in_anothers_name() -> None:
    world = World.planned()
    world.task_in("reviewed")
    absent(world, CHAIR, STANDING_MEMBER)

    assert reasons(world.attempt("T01", "approve", STANDING_MEMBER)) == [
        Reason("reviewed_by_oneself", who_can=(CHAIR, VICE_CHAIR))
    ]


def test_a_dossier_that_the_chair_reviewed_in_the_secretarys_name_passes_to_the_vice_chair() -> None:
    world = World.planned(older=True)
    ref = world.dossier_in("appraised")
    absent(world, SECRETARY, CHAIR)
    world.do(ref, "result", CHAIR)
    world.do(ref, "review", CHAIR)
    approval = world.words(ref, "approve")

    assert world.item(ref).owners == (VICE_CHAIR,)
    assert [reason.rule for reason in reasons(world.attempt(ref, "approve", CHAIR, approval))] == [
        "role",
        "reviewed_by_oneself",
    ]
    assert world.do(ref, "approve", VICE_CHAIR).state == "approved"


def test_a_stand_in_does_not_decide_the_extension_that_it_asked_for() -> None:
    world = World.planned()
    absent(world, OFFICER, VICE_CHAIR)
    item = world.do("T01", "propose_extension", VICE_CHAIR, LATER)

    assert (item.proposed_by, item.proposed_for) == (VICE_CHAIR, OFFICER)
    assert reasons(world.attempt("T01", "extend", VICE_CHAIR, LATER)) == [
        Reason("own_proposal", who_can=(CHAIR,))
    ]
    decided = world.do("T01", "extend", CHAIR, LATER)
    assert (decided.proposed_until, decided.proposed_by, decided.proposed_for) == (None, None, None)


def test_whoever_asked_for_an_extension_does_not_decide_it_as_a_stand_in() -> None:
    world = World.planned()
    absent(world, VICE_CHAIR, OFFICER)
    world.do("T01", "propose_extension", OFFICER, LATER)

    assert reasons(world.attempt("T01", "extend", OFFICER, LATER)) == [
        Reason("own_proposal", who_can=(CHAIR, VICE_CHAIR))
    ]


def test_a_nominee_decides_nothing_from_another_account() -> None:
    world = World.planned()
    world.setting = setting(directory=held_by(chu_tich="ba-b", uy_vien_1="ba-b"))
    ref = world.opened()
    world.do(ref, "add", VILLAGE, {"kind": "person", "name": "Bà B", "position": MEMBER})
    world.appraised(ref)
    world.council(ref)

    assert world.item(ref).owners == (VICE_CHAIR,)
    found = reasons(world.attempt(ref, "approve", CHAIR, world.words(ref, "approve")))
    assert "own_line" in [reason.rule for reason in found]


def test_nobody_orders_itself_as_a_stand_in_from_any_account() -> None:
    order = Substitution(1, CHAIR, VICE_CHAIR, date(2026, 1, 19), date(2026, 2, 1))
    as_one = held_by(pho_chu_tich="ong-a", thuong_truc="ong-a")

    own = Reason(
        "own_substitution",
        {"chuc_vu": Text("Phó Chủ tịch UBND xã", "Vice chair")},
        who_can=(CHAIR, STANDING_MEMBER),
    )
    assert objections(order, (), by=VICE_CHAIR, office=office()) == (own,)
    assert objections(order, (), by=STANDING_MEMBER, office=as_one) == (replace(own, who_can=(CHAIR,)),)
    assert objections(order, (), by=CHAIR, office=as_one) == ()


def test_nobody_is_its_own_stand_in_under_another_account() -> None:
    order = Substitution(1, CHAIR, VICE_CHAIR, date(2026, 1, 19), date(2026, 2, 1))
    as_one = held_by(pho_chu_tich="ong-a", chu_tich="ong-a")

    found = objections(order, (), by=STANDING_MEMBER, office=as_one)
    assert [reason.rule for reason in found] == ["same_person"]
