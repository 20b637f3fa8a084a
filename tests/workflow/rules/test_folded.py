"""One person in several positions (flows.md §6), row by row: what folds into one act, and what never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.people import (
    CHAIR,
    FIFTH_MEMBER,
    MEMBER,
    OFFICER,
    RECORDS_CLERK,
    SCHOOL,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import office, setting
from tests.workflow.world import DOSSIER_WORDS, World
from tests.workflow.world import rules_of as rules
from workflow.model.decision import Decision
from workflow.model.definition import Office
from workflow.model.dossiers import Dossier, Votes
from workflow.model.substitution import Substitution

PERSON = {"kind": "person", "name": "Nguyễn Thị A"}
ONE = "một người"


def world_of(*accounts: str, older: bool = False, **roles: tuple[str, ...]) -> World:
    """An office in which one person holds the accounts, and some accounts (`thu_ky`) have other roles; an
    `older` one takes votes without sessions."""
    wanted = {name.replace("_", "-"): held for name, held in roles.items()}
    held: Office = office()
    held = held._replace(
        accounts=tuple(
            account._replace(
                person=ONE if account.id in accounts else account.person,
                roles=wanted.get(account.id, account.roles),
            )
            for account in held.accounts
        )
    )
    world = World.planned(older=older)
    world.setting = setting(directory=held)
    return world


def nominated(world: World, *accounts: str | None, title: str = "gk", path: str = "council") -> str:
    """A received dossier, a line for each account that is on it; None is nobody's."""
    type, ground = ("dot_xuat", "dot_xuat") if path == "simplified" else ("cong_trang", None)
    ref = world.opened(title=title, type=type if title == "gk" else None, ground=ground)
    for number, account in enumerate(accounts):
        link = {"account": account} if account else {"linked": "none"}
        world.do(ref, "add", VILLAGE, {**PERSON, "name": f"Người thứ {number}", **link})
    world.do(ref, "submit", VILLAGE)
    world.do(ref, "accept", OFFICER)
    return ref


def appraise(world: World, ref: str, account: str = OFFICER, *lines: int) -> None:
    for line in lines or [line.no for line in Dossier.of(world.item(ref)).nominees]:
        world.do(ref, "appraise", account, {"nominee": str(line), "verdict": "met"})


def refusal(
    world: World, ref: str, event: str, account: str, words: dict[str, str] | None = None
) -> list[str]:
    return rules(world.attempt(ref, event, account, world.words(ref, event) if words is None else words))


def absent(world: World, account: str, stand_in: str) -> None:
    order = Substitution(1, account, stand_in, date(2026, 1, 19), date(2026, 2, 1))
    world.setting = replace(world.setting, substitutions=(order,))


def voted(world: World, ref: str, recorder: str = SECRETARY, *lines: int) -> None:
    """Counts in which everybody who may vote on the line is in favour."""
    for line in lines or [line.no for line in Dossier.of(world.item(ref)).nominees]:
        directory = world.setting.office
        council = directory.people(directory.holding("council_member"))
        named = Dossier.of(world.item(ref)).nominee(line)
        assert named is not None
        own = directory.people([named.account] if named.account else [])
        counts = {"for": str(len(council - own)), "against": "0", "invalid": "0"}
        world.do(ref, "result", recorder, {"nominee": str(line), **counts})


# -- nominee ↔ the own line ------------------------------------------------------------------------------


def test_a_line_of_the_officer_is_appraised_by_the_head() -> None:
    world = world_of()
    ref = nominated(world, OFFICER, None)

    own = refusal(world, ref, "appraise", OFFICER, {"nominee": "1", "verdict": "met"})
    appraise(world, ref, OFFICER, 2)
    appraise(world, ref, STANDING_MEMBER, 1)

    assert own == ["own_line"]
    assert world.do(ref, "confirm", STANDING_MEMBER).state == "appraised"


def test_a_line_of_officer_and_head_in_one_passes_to_the_vice_chair() -> None:
    world = world_of(OFFICER, STANDING_MEMBER)
    ref = nominated(world, OFFICER, None)

    own = [
        refusal(world, ref, "appraise", account, {"nominee": "1", "verdict": "met"})
        for account in (OFFICER, STANDING_MEMBER)
    ]
    appraise(world, ref, OFFICER, 2)
    appraise(world, ref, VICE_CHAIR, 1)

    assert own == [["own_line"], ["own_line"]]
    assert refusal(world, ref, "confirm", STANDING_MEMBER) == ["role", "conflict"]
    assert world.do(ref, "confirm", VICE_CHAIR).state == "appraised"


def test_a_list_with_all_who_usually_confirm_is_confirmed_by_another_member() -> None:
    world = world_of()
    ref = nominated(world, CHAIR, VICE_CHAIR, STANDING_MEMBER)
    appraise(world, ref)

    for account in (CHAIR, VICE_CHAIR, STANDING_MEMBER):
        assert "conflict" in refusal(world, ref, "confirm", account)
    assert world.do(ref, "confirm", MEMBER).state == "appraised"


def test_nobody_holds_or_clears_the_own_line() -> None:
    world = world_of()
    ref = nominated(world, STANDING_MEMBER, None)

    held = refusal(world, ref, "hold", STANDING_MEMBER)
    world.do(ref, "hold", OFFICER)
    cleared = refusal(world, ref, "release", STANDING_MEMBER)

    assert (held, cleared) == (["own_line"], ["own_line"])
    assert not Dossier.of(world.do(ref, "release", OFFICER)).nominees[0].held


def test_a_list_of_chair_and_vice_chair_that_came_to_nothing_is_closed() -> None:
    world = world_of()
    ref = nominated(world, CHAIR, VICE_CHAIR)
    appraise(world, ref)
    early = [refusal(world, ref, "reject", account) for account in (CHAIR, VICE_CHAIR)]
    world.do(ref, "confirm", STANDING_MEMBER)
    lost = {"for": "1", "against": "7"}
    world.council(ref, {1: lost, 2: lost})

    assert [("conflict" in found) for found in early] == [True, True]
    assert world.do(ref, "reject", CHAIR).state == "rejected"


# -- the nominating body ↔ confirmation ------------------------------------------------------------------


def test_the_head_does_not_confirm_what_its_other_body_sends() -> None:
    """TP who also speaks for the nominating body, here the village."""
    world = world_of(VILLAGE, STANDING_MEMBER)
    ref = nominated(world, None)
    appraise(world, ref)

    assert refusal(world, ref, "confirm", STANDING_MEMBER) == ["role", "own_body"]
    assert world.do(ref, "confirm", VICE_CHAIR).state == "appraised"


def test_whoever_typed_a_bodys_paper_appraises_it() -> None:
    world = world_of()
    ref = world.opened()
    world.do(ref, "add", OFFICER, PERSON)
    world.do(ref, "submit", OFFICER)
    world.do(ref, "accept", OFFICER)

    appraise(world, ref, OFFICER)

    assert world.do(ref, "confirm", STANDING_MEMBER).state == "appraised"


# -- CV = TP, TP = TT, TP = PCT --------------------------------------------------------------------------


def test_officer_and_head_in_one_appraises_and_confirms_and_another_approves() -> None:
    world = world_of(OFFICER, STANDING_MEMBER)
    ref = nominated(world, None)
    appraise(world, ref)
    world.do(ref, "confirm", STANDING_MEMBER)
    world.council(ref)

    assert world.do(ref, "approve", CHAIR).state == "approved"


def test_head_and_standing_member_in_one_give_both_texts_in_one_act() -> None:
    world = world_of()
    ref = nominated(world, None, path="simplified")
    appraise(world, ref)

    assert world.do(ref, "confirm", STANDING_MEMBER).state == "reviewed"


def test_standing_member_apart_from_the_head_gives_the_opinion_later() -> None:
    world = world_of(uy_vien_1=("standing_member", "council_member"), thuong_truc=("head", "council_member"))
    ref = nominated(world, None, path="simplified")
    appraise(world, ref)

    assert world.do(ref, "confirm", STANDING_MEMBER, {}).state == "appraised"
    assert world.do(ref, "give_opinion", MEMBER).state == "reviewed"


def test_head_and_vice_chair_in_one_confirms_and_does_not_sign_for_the_chair() -> None:
    world = world_of(STANDING_MEMBER, VICE_CHAIR)
    ref = nominated(world, None)
    appraise(world, ref)
    world.do(ref, "confirm", STANDING_MEMBER)
    world.council(ref)
    absent(world, CHAIR, VICE_CHAIR)

    instead = refusal(world, ref, "approve", VICE_CHAIR)
    world.setting = replace(world.setting, substitutions=())
    world.do(ref, "approve", CHAIR)
    signed = refusal(world, ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"signer": VICE_CHAIR})

    assert "confirmed_by_oneself" in instead
    assert signed == ["signer_confirmed"]
    assert world.do(ref, "award", OFFICER).state == "awarded"


def test_where_the_chair_is_on_the_list_another_member_confirms_and_that_vice_chair_signs() -> None:
    world = world_of(STANDING_MEMBER, VICE_CHAIR)
    ref = nominated(world, CHAIR, None)
    appraise(world, ref)
    usual = [refusal(world, ref, "confirm", account) for account in (STANDING_MEMBER, VICE_CHAIR)]
    world.do(ref, "confirm", MEMBER)
    world.council(ref)
    world.do(ref, "approve", CHAIR)
    world.do(ref, "approve", VICE_CHAIR)
    award = DOSSIER_WORDS["award"]
    world.do(ref, "award", OFFICER, award)
    done = world.do(ref, "award", OFFICER, award | {"decision_number": "113/QĐ-UBND", "signer": VICE_CHAIR})

    assert usual == [["role"], ["role"]]
    assert done.state == "awarded"


def test_the_simplified_list_with_the_chair_leaves_that_vice_chair_to_approve() -> None:
    world = world_of(STANDING_MEMBER, VICE_CHAIR)
    ref = nominated(world, CHAIR, path="simplified")
    appraise(world, ref)
    world.do(ref, "confirm", MEMBER, {})
    world.do(ref, "give_opinion", SECOND_MEMBER)

    assert world.do(ref, "approve", VICE_CHAIR).state == "approved"


# -- TK = CV, TK no member, TK on the line ----------------------------------------------------------------


def test_secretary_and_officer_in_one_appraises_and_keeps_the_counts() -> None:
    world = world_of(SECRETARY, OFFICER, older=True)
    ref = nominated(world, None)
    appraise(world, ref)
    world.do(ref, "confirm", STANDING_MEMBER)
    voted(world, ref, SECRETARY)

    assert world.do(ref, "review", SECRETARY).state == "reviewed"


def test_a_secretary_who_is_no_member_has_no_vote() -> None:
    world = world_of(older=True, thu_ky=("secretary",))
    ref = nominated(world, None)
    appraise(world, ref)
    world.do(ref, "confirm", STANDING_MEMBER)
    members = len(world.setting.office.holding("council_member"))

    too_many = refusal(
        world,
        ref,
        "result",
        SECRETARY,
        {"nominee": "1", "for": str(members + 1), "against": "0", "invalid": "0"},
    )
    voted(world, ref)

    assert too_many == ["counts"]
    assert Dossier.of(world.item(ref)).nominees[0].votes == Votes(members, 0, 0, members, members)


def test_a_secretary_on_the_list_leaves_the_own_line_and_the_review_to_the_standing_member() -> None:
    world = world_of(older=True)
    ref = nominated(world, SECRETARY, None)
    appraise(world, ref)
    world.do(ref, "confirm", STANDING_MEMBER)
    counts = {"nominee": "1", "for": "8", "against": "0", "invalid": "0"}

    own = refusal(world, ref, "result", SECRETARY, counts)
    voted(world, ref, SECRETARY, 2)
    voted(world, ref, STANDING_MEMBER, 1)
    reviewed = refusal(world, ref, "review", SECRETARY)

    assert (own, reviewed) == (["own_line"], ["conflict"])
    assert world.do(ref, "review", STANDING_MEMBER).state == "reviewed"


@pytest.mark.parametrize("both", ["one person", "two on the list"])
def test_where_secretary_and_standing_member_are_barred_another_member_records(both: str) -> None:
    world = world_of(SECRETARY, STANDING_MEMBER, older=True) if both == "one person" else world_of(older=True)
    ref = nominated(world, SECRETARY, *([] if both == "one person" else [STANDING_MEMBER]))
    appraise(world, ref)
    world.do(ref, "confirm", VICE_CHAIR)

    for line in Dossier.of(world.item(ref)).nominees:
        voted(world, ref, MEMBER, line.no)

    assert world.do(ref, "review", MEMBER).state == "reviewed"


# -- drafter ↔ signer, proposer ↔ agreer, VT = CV ---------------------------------------------------------


def test_whoever_drafts_a_decision_does_not_sign_it() -> None:
    world = world_of(OFFICER, VICE_CHAIR)
    ref = world.dossier_in("approved")

    assert refusal(world, ref, "award", OFFICER, DOSSIER_WORDS["award"] | {"signer": VICE_CHAIR}) == [
        "signer_drafted"
    ]
    assert world.do(ref, "award", OFFICER).state == "awarded"


SLIP = {"decision_number": "121/QĐ-UBND", "reason": "Ghi nhầm"}


def test_whoever_proposes_a_correction_does_not_agree_from_another_position() -> None:
    world = world_of(SECRETARY, RECORDS_CLERK)
    world.dossier_in("awarded")
    world.do("Q01", "propose_correction", SECRETARY, SLIP)

    assert "another_person" in refusal(world, "Q01", "agree_correction", RECORDS_CLERK)
    assert isinstance(world.attempt("Q01", "agree_correction", CHAIR, {}), Decision)


def test_clerk_and_officer_in_one_records_and_the_chair_agrees_to_its_correction() -> None:
    world = world_of(OFFICER, RECORDS_CLERK)
    world.dossier_in("awarded")
    world.do("Q01", "propose_correction", SECRETARY, SLIP)

    assert refusal(world, "Q01", "agree_correction", RECORDS_CLERK) == ["role", "agrees_to_own"]
    assert isinstance(world.attempt("Q01", "agree_correction", CHAIR, {}), Decision)


def test_an_officer_who_stands_in_for_the_clerk_agrees_to_no_number_either() -> None:
    world = world_of()
    world.dossier_in("awarded")
    world.do("Q01", "propose_correction", SECRETARY, SLIP)
    absent(world, RECORDS_CLERK, OFFICER)

    assert refusal(world, "Q01", "agree_correction", OFFICER) == ["agrees_to_own"]


# -- principal, member, representative and nominee in one -------------------------------------------------


def test_a_principal_in_the_council_is_out_on_the_own_line_alone() -> None:
    world = world_of(SCHOOL, FIFTH_MEMBER)
    ref = world.opened(body=SCHOOL)
    world.do(ref, "add", SCHOOL, {**PERSON, "position": "Hiệu trưởng"})
    world.do(ref, "add", SCHOOL, {**PERSON, "name": "Giáo viên B"})
    world.do(ref, "submit", SCHOOL)
    world.do(ref, "accept", OFFICER)
    appraise(world, ref)
    world.do(ref, "confirm", STANDING_MEMBER)
    world.council(ref)

    own, others = Dossier.of(world.item(ref)).nominees
    assert own.account == SCHOOL
    assert own.votes is not None
    assert others.votes is not None
    assert (own.votes.total, others.votes.total) == (others.votes.total - 1, own.votes.total + 1)


# -- stand-ins -------------------------------------------------------------------------------------------


def test_a_nominee_confirms_and_opines_in_nobodys_place() -> None:
    world = world_of()
    ref = nominated(world, STANDING_MEMBER, path="simplified")
    appraise(world, ref)
    absent(world, VICE_CHAIR, STANDING_MEMBER)

    assert refusal(world, ref, "confirm", STANDING_MEMBER, {}) == ["conflict"]


def test_nobody_confirms_in_the_place_of_a_nominee() -> None:
    world = world_of()
    ref = nominated(world, STANDING_MEMBER)
    appraise(world, ref)
    absent(world, STANDING_MEMBER, MEMBER)

    assert refusal(world, ref, "confirm", MEMBER) == ["role"]


def test_a_stand_in_records_no_vote_on_the_own_line() -> None:
    world = world_of(older=True)
    ref = nominated(world, MEMBER, None)
    appraise(world, ref)
    world.do(ref, "confirm", STANDING_MEMBER)
    absent(world, SECRETARY, MEMBER)
    counts = {"for": "8", "against": "0", "invalid": "0"}

    assert refusal(world, ref, "result", MEMBER, {"nominee": "1", **counts}) == ["own_line"]
    assert isinstance(world.attempt(ref, "result", MEMBER, {"nominee": "2", **counts, "for": "9"}), Decision)
