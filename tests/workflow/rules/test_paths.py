"""What is taken in and on which path: by title, type and ground, each refusal with its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.people import OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE
from tests.workflow.shipped import rules
from tests.workflow.world import DOSSIER_WAYS, USUAL, World
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier
from workflow.model.naming import UnknownName
from workflow.services.advance import Tried

PERSON = {"kind": "person", "name": "Nguyễn Thị A"}
HOUSEHOLD = {"kind": "household", "name": "Hộ B"}
VILLAGE_AS_NOMINEE = {"kind": "collective", "name": "Thôn 2"}
FORM = Text("Giấy khen của Chủ tịch UBND xã", "Commendation of the commune's chair")


def refusal(answer: Decision | Tried) -> Reason:
    """The one reason of a refusal."""
    assert isinstance(answer, Tried)
    (reason,) = answer.refused.reasons
    return reason


@pytest.mark.parametrize("title", ["cstt", "dvtt", "dvqt"])
def test_what_the_army_or_the_police_give_is_refused_with_why(title: str) -> None:
    reason = refusal(World.planned().new_dossier(title=title, type=None, by=OFFICER))

    assert reason.rule == "own_chain"
    assert reason.operands["ly_do"] == Text(
        "Thuộc hệ thống khen thưởng của Quân đội, Công an", "Given by the army or the police"
    )


@pytest.mark.parametrize("title", [title.id for title in rules().titles if not title.form])
def test_a_title_has_no_type_of_commendation(title: str) -> None:
    world = World.planned()

    reason = refusal(world.new_dossier(title=title, type="cong_trang", by=OFFICER))

    assert reason.rule == "title_has_no_type"
    assert isinstance(world.new_dossier(title=title, type=None, by=OFFICER), Decision)


@pytest.mark.parametrize("title", ["gk", "bkt", "bkttg"])
def test_a_form_is_given_by_type(title: str) -> None:
    reason = refusal(World.planned().new_dossier(title=title, type=None, by=OFFICER))

    assert reason.rule == "type_needed"
    known = reason.operands["danh_sach"]
    assert isinstance(known, Text)
    assert known.vi.startswith("Khen thưởng theo công trạng; ")


@pytest.mark.parametrize("type", ["cong_hien", "nien_han"])
def test_a_form_is_not_given_for_every_type(type: str) -> None:
    reason = refusal(World.planned().new_dossier(type=type, by=OFFICER))

    assert (reason.rule, reason.operands["danh_hieu"]) == ("type_not_given", FORM)


def test_a_state_secret_is_refused_at_the_door_with_why_and_is_not_asked_further() -> None:
    world = World.planned()

    reason = refusal(world.new_dossier(type="dot_xuat", ground="bi_mat", by=OFFICER))

    assert (reason.rule, reason.operands["ly_do"]) == (
        "ground_refused",
        Text(
            "Hồ sơ có nội dung bí mật nhà nước không được nhập vào phần mềm này",
            "What is a state secret is never entered into this software",
        ),
    )
    assert world.store.numbers == {}


def test_a_ground_that_the_pack_has_for_the_type_simplifies_its_path() -> None:
    world = World.planned()

    voted = world.new_dossier(type="phong_trao", by=OFFICER)
    simplified = world.new_dossier(type="phong_trao", ground="phat_hien", by=OFFICER)
    wrong = refusal(world.new_dossier(type="cong_trang", ground="phat_hien", by=OFFICER))

    assert isinstance(voted, Decision)
    assert isinstance(simplified, Decision)
    assert [Dossier.of(made.item).ground for made in (voted, simplified)] == [None, "phat_hien"]
    assert (wrong.rule, wrong.operands["danh_hieu"]) == ("ground_not_here", FORM)


@pytest.mark.parametrize(("type", "ground"), [("dot_xuat", "dot_xuat"), ("doi_ngoai", "cong_hien")])
def test_a_simplified_path_with_one_ground_alone_rests_on_that(type: str, ground: str) -> None:
    made = World.planned().new_dossier(type=type, by=OFFICER)

    assert isinstance(made, Decision)
    assert Dossier.of(made.item).ground == ground
    assert made.entry.inputs["ground"] == ground


def test_an_unknown_ground_is_no_ground() -> None:
    with pytest.raises(UnknownName) as told:
        World.planned().new_dossier(type="dot_xuat", ground="luck", by=OFFICER)

    known = [ground.id for ground in told.value.told.candidates]
    assert known == ["nhiem_vu_chinh_tri", "dot_xuat", "phat_hien", "cong_hien", "bi_mat"]


def test_a_title_may_stand_beside_a_form_and_a_form_not_beside_a_title() -> None:
    world = World.planned()
    form, title = world.opened(), world.opened(title="ldtt")

    beside = world.attempt(form, "add", VILLAGE, {**PERSON, "title": "ldtt"})
    lacking = world.attempt(title, "add", VILLAGE, {**PERSON, "title": "gk"})

    assert isinstance(beside, Decision)
    assert refusal(lacking).rule == "type_needed"


@pytest.mark.parametrize(
    ("title", "line"), [("gdvh", HOUSEHOLD), ("tvh", VILLAGE_AS_NOMINEE)], ids=["appraised", "published"]
)
def test_the_lines_of_a_dossier_go_one_way(title: str, line: dict[str, str]) -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")

    reason = refusal(world.attempt(ref, "add", VILLAGE, {**line, "title": title}))

    assert (reason.rule, reason.cite) == ("one_path", None)


def test_a_simplified_dossier_takes_no_line_that_may_not_rest_on_its_ground() -> None:
    world = World.planned()
    made = world.new_dossier(type="dot_xuat", by=OFFICER)
    assert isinstance(made, Decision)

    reason = refusal(world.attempt(made.item.key.ref, "add", VILLAGE, {**PERSON, "title": "ldtt"}))

    assert (reason.rule, reason.operands["danh_hieu"]) == (
        "ground_not_here",
        Text("Lao động tiên tiến", "Advanced worker"),
    )


def other_payroll() -> World:
    """An office whose first village is paid by somebody else, as a police post is."""
    world = World.planned()
    bodies = tuple(
        body._replace(payroll="other") if body.id == VILLAGE else body for body in world.setting.office.bodies
    )
    world.setting = replace(world.setting, office=world.setting.office._replace(bodies=bodies))
    return world


@pytest.mark.parametrize("title", [title.id for title in rules().titles if title.annual])
def test_an_annual_title_of_another_payroll_is_refused_by_the_law(title: str) -> None:
    reason = refusal(other_payroll().new_dossier(title=title, by=OFFICER))

    assert (reason.rule, reason.cite) == ("title_fits_body", "Luật 06/2022/QH15, Điều 80, Điều 83")


@pytest.mark.parametrize("type", ["phong_trao", "dot_xuat"])
def test_a_body_of_another_payroll_may_have_the_communes_commendation(type: str) -> None:
    assert isinstance(other_payroll().new_dossier(type=type, by=OFFICER), Decision)


def test_no_annual_line_slips_into_a_dossier_of_another_payroll() -> None:
    world = other_payroll()
    ref = world.opened()

    reason = refusal(world.attempt(ref, "add", VILLAGE, {**PERSON, "title": "ldtt"}))

    assert reason.rule == "title_fits_body"


# -- moving to another path --------------------------------------------------------------------------------


def submitted(world: World, *, title: str = "gk", type: str | None = USUAL, ground: str | None = None) -> str:
    """The reference of a dossier that is handed in."""
    ref = world.opened(title=title, type=type, ground=ground)
    world.do(ref, "add", VILLAGE)
    world.do(ref, "submit", VILLAGE)
    return ref


def moved(world: World, ref: str, path: str, ground: str | None = None) -> Decision | Tried:
    words = {"path": path, "reason": "Theo quy chế của Hội đồng", **({"ground": ground} if ground else {})}
    return world.attempt(ref, "move_path", STANDING_MEMBER, words)


def test_the_head_sends_a_sudden_deed_to_the_council_and_back_on_its_ground() -> None:
    world = World.planned()
    ref = submitted(world, type="dot_xuat")

    paths = [(Dossier.of(world.item(ref)).path, Dossier.of(world.item(ref)).ground)]
    for path, ground in (("council", None), ("simplified", "dot_xuat")):
        assert isinstance(moved(world, ref, path, ground), Decision)
        paths.append((Dossier.of(world.item(ref)).path, Dossier.of(world.item(ref)).ground))

    assert paths == [("simplified", "dot_xuat"), ("council", None), ("simplified", "dot_xuat")]


def test_a_moved_path_stands_when_it_is_returned_changed_and_handed_in_again() -> None:
    world = World.planned()
    ref = submitted(world, type="dot_xuat")
    moved(world, ref, "council")

    world.do(ref, "return", OFFICER)
    world.do(ref, "add", VILLAGE)
    world.do(ref, "submit", VILLAGE)

    assert (Dossier.of(world.item(ref)).path, world.item(ref).kind) == ("council", "council")


@pytest.mark.parametrize(
    ("title", "type", "path", "ground", "rule"),
    [
        ("gk", "cong_trang", "council", None, "same_path"),
        ("gk", "cong_trang", "simplified", "phat_hien", "ground_not_here"),
        ("gk", "phong_trao", "simplified", None, "ground_needed"),
        ("gk", "phong_trao", "simplified", "bi_mat", "ground_refused"),
        ("gk", "phong_trao", "appraisal", None, "path_not_given"),
        ("cstdcs", None, "appraisal", None, "path_not_given"),
        ("cstdcs", None, "simplified", "phat_hien", "ground_not_here"),
    ],
)
def test_a_path_that_the_pack_does_not_give_is_refused(
    title: str, type: str | None, path: str, ground: str | None, rule: str
) -> None:
    world = World.planned()
    ref = submitted(world, title=title, type=type)

    assert refusal(moved(world, ref, path, ground)).rule == rule


def test_where_the_council_has_no_vote_nothing_is_sent_to_it() -> None:
    world = World.planned()
    ref = world.dossier_in("submitted", path="appraisal")

    assert refusal(moved(world, ref, "council")).rule == "council_decides"


def test_what_the_council_has_voted_on_stays_on_its_path() -> None:
    world = World.planned(older=True)
    ref = world.opened(type="phong_trao")
    for event, account in DOSSIER_WAYS["appraised"]:
        world.do(ref, event, account)
    world.do(ref, "result", SECRETARY)

    assert refusal(moved(world, ref, "simplified", "phat_hien")).rule == "path_voted_on"


def test_nobody_but_who_confirms_the_appraisal_moves_it() -> None:
    world = World.planned()
    ref = submitted(world, type="dot_xuat")

    answer = world.attempt(ref, "move_path", OFFICER, {"path": "council", "reason": "x"})

    assert refusal(answer).rule == "role"
