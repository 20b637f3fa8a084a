"""Who may and who must: the relations between an item and the accounts of an office."""

from __future__ import annotations

from datetime import date

import pytest

from tests.people import (
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SCHOOL,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import office, rules, setting, with_roles
from tests.workflow.world import World
from workflow.model.definition import Account, Office, Text
from workflow.model.roles import ROLES, SYSTEM, Holding, Standing, owners, permitted
from workflow.model.subjects import SUBJECTS

TODAY = date(2026, 1, 20)


def standing(
    ref: str, *, directory: Office | None = None, world: World | None = None, today: date = TODAY
) -> Standing:
    item = (world or World.planned()).item(ref)
    return Standing(item, directory or office(), rules(), SUBJECTS[item.subject].relations, today)


def test_every_relation_says_through_which_roles_it_is_filled() -> None:
    world = World.planned()
    ref = world.opened()

    for item in ("T01", "T04", "T05", ref):
        stands = standing(item, world=world)
        for name, relation in stands.relations.items():
            if name == SYSTEM:  # an account alone, which holds no role
                continue
            held = {holding.role for holding in relation.holdings(stands)}
            assert held <= set(relation.roles) <= set(ROLES), (name, item)


def test_the_relation_system_is_held_by_the_account_system_alone() -> None:
    world = World.planned()

    assert SYSTEM not in ROLES
    for item in ("T01", "T04", "T05", world.opened()):
        stands = standing(item, world=world)
        assert permitted((SYSTEM,), stands) == (Holding(SYSTEM, (SYSTEM,)),)
        among = [
            name
            for name in stands.relations
            if any(SYSTEM in held.accounts for held in permitted((name,), stands))
        ]
        assert among == [SYSTEM]


@pytest.mark.parametrize(
    ("lead", "holdings"),
    [
        ("van_hoa_xa_hoi", (Holding("officer", (OFFICER,)),)),
        ("hoi_dong_tdkt", (Holding("officer", (OFFICER,)), Holding("secretary", (SECRETARY,)))),
        ("ubnd", (Holding("officer", (OFFICER,)), Holding("secretary", (SECRETARY,)))),
    ],
)
def test_a_lead_body_without_an_officer_is_served_by_the_division_or_the_secretary(
    lead: str, holdings: tuple[Holding, ...]
) -> None:
    world = World.planned()
    if lead != "van_hoa_xa_hoi":
        world.do("T01", "lead", STANDING_MEMBER, {"body": lead})

    assert permitted(("lead_officer",), standing("T01", world=world)) == holdings
    assert world.item("T01").owners == (OFFICER,)


def test_a_lead_body_with_its_own_officer_is_served_by_it_alone() -> None:
    own = Account("van-phong", Text("Chuyên viên Văn phòng", "Officer of the office"), ("officer",), "ubnd")
    world = World.planned()
    world.setting = setting(directory=office()._replace(accounts=(*office().accounts, own)))

    item = world.do("T01", "lead", STANDING_MEMBER, {"body": "ubnd"})

    assert item.owners == ("van-phong",)


def test_the_council_reviews_through_its_standing_member_first_where_the_plan_names_it() -> None:
    assert permitted(("reviewer",), standing("T01")) == (
        Holding("standing_member", (STANDING_MEMBER,)),
        Holding("secretary", (SECRETARY,)),
    )
    assert permitted(("reviewer",), standing("T07")) == (Holding("head", (STANDING_MEMBER,)),)


def test_the_one_who_must_act_is_the_first_holding_that_has_anybody() -> None:
    without_standing = with_roles(thuong_truc=("head", "council_member"))
    without_chair = with_roles(chu_tich=("council_member",))

    assert owners("reviewer", standing("T01")) == (STANDING_MEMBER,)
    assert owners("reviewer", standing("T01", directory=without_standing)) == (SECRETARY,)
    assert owners("approver", standing("T01", directory=without_chair)) == (VICE_CHAIR,)
    assert owners(None, standing("T01")) == ()


def test_an_office_where_nobody_holds_a_role_leaves_the_relation_empty() -> None:
    nobody = with_roles(chu_tich=(), pho_chu_tich=())

    assert permitted(("approver",), standing("T01", directory=nobody)) == ()
    assert owners("approver", standing("T01", directory=nobody)) == ()


@pytest.mark.parametrize(
    ("body", "nominators", "withdrawers"),
    [
        (VILLAGE, (VILLAGE, OFFICER), (VILLAGE,)),
        (SCHOOL, (SCHOOL, OFFICER), (SCHOOL,)),
        ("van_hoa_xa_hoi", (OFFICER,), (OFFICER, STANDING_MEMBER)),
        ("ubnd", (OFFICER,), (OFFICER, STANDING_MEMBER)),
    ],
)
def test_a_body_of_the_house_is_spoken_for_by_its_officer_or_head(
    body: str, nominators: tuple[str, ...], withdrawers: tuple[str, ...]
) -> None:
    world = World.planned()
    ref = world.opened(body=body)
    stands = standing(ref, world=world)

    assert tuple(id for held in permitted(("nominator",), stands) for id in held.accounts) == nominators
    assert (
        tuple(id for held in permitted(("nominating_body",), stands) for id in held.accounts) == withdrawers
    )


@pytest.mark.parametrize(
    ("today", "speaks"), [(date(2026, 6, 30), VILLAGE), (date(2026, 7, 1), SECOND_VILLAGE)]
)
def test_a_merged_village_is_spoken_for_by_its_successor(today: date, speaks: str) -> None:
    bodies = tuple(
        body._replace(valid_to=date(2026, 6, 30), succeeded_by=SECOND_VILLAGE) if body.id == VILLAGE else body
        for body in office().bodies
    )
    world = World.planned()
    stands = standing(
        world.opened(body=VILLAGE), directory=office()._replace(bodies=bodies), world=world, today=today
    )

    assert owners("nominator", stands) == (speaks,)
    assert permitted(("nominating_body",), stands) == (Holding("representative", (speaks,)),)


def test_an_administrator_and_an_auditor_stand_in_no_relation() -> None:
    world = World.planned()
    refs = ("T01", "T04", "T05", world.dossier_in("submitted"))
    held = {
        account
        for ref in refs
        for name, relation in standing(ref, world=world).relations.items()
        if name != SYSTEM
        for holding in relation.holdings(standing(ref, world=world))
        for account in holding.accounts
    }

    assert held == {CHAIR, VICE_CHAIR, STANDING_MEMBER, SECRETARY, OFFICER, RECORDS_CLERK, VILLAGE}


def test_a_chair_who_handed_the_dossier_in_leaves_the_decision_to_the_vice_chair() -> None:
    world = World.planned()
    directory = with_roles(chu_tich=("chair", "council_member", "representative"))
    world.setting = setting(directory=directory)
    ref = world.opened(body="ubnd")
    person = {"kind": "person", "name": "A"}
    world.do(ref, "add", CHAIR, person)
    world.do(ref, "submit", CHAIR)

    assert owners("dossier_approver", standing(ref, directory=directory, world=world)) == (VICE_CHAIR,)
