"""Whose a line is: proposed where words could be somebody's, asked, said otherwise, kept through edits."""

from __future__ import annotations

from tests.people import CHAIR, MEMBER, OFFICER, SECOND_VILLAGE, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow.world import World
from workflow.engine.explaining import explain
from workflow.model.decision import Decision, Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier
from workflow.model.facts import Facts
from workflow.services.advance import Tried

PERSON = {"kind": "person", "name": "Nguyễn Văn A"}
HEAD = Text("Chủ tịch UBND xã, Chủ tịch Hội đồng", "Chair")


def asked(world: World, ref: str, event: str, words: dict[str, str]) -> list[Reason]:
    """The questions to which nobody has answered yet."""
    answer = world.attempt(ref, event, VILLAGE, words, confirmed=False)
    assert isinstance(answer, Tried), answer
    assert answer.refused.asked
    return list(answer.refused.reasons)


def refused(world: World, ref: str, event: str, words: dict[str, str]) -> list[Reason]:
    """The reasons that no confirmation lifts."""
    answer = world.attempt(ref, event, VILLAGE, words)
    assert isinstance(answer, Tried), answer
    assert not answer.refused.asked
    return list(answer.refused.reasons)


def links(world: World, ref: str) -> list[str | None]:
    return [line.account for line in Dossier.of(world.item(ref)).nominees]


def linked(world: World, position: str = "CT UBND xã") -> str:
    """A draft whose one line is linked to the account that its position means."""
    ref = world.opened()
    world.do(ref, "add", VILLAGE, {**PERSON, "position": position})
    return ref


def test_what_could_be_somebodys_is_asked_and_linked_when_it_is_confirmed() -> None:
    world = World.planned()
    ref = world.opened()
    words = {**PERSON, "position": "CT UBND xã"}

    questions = asked(world, ref, "add", words)
    answer = world.attempt(ref, "add", VILLAGE, words)

    assert questions == [Reason("link_proposed", {"chuc_vu": HEAD, "tai_khoan": CHAIR})]
    assert isinstance(answer, Decision)
    assert links(world, ref) == [CHAIR]
    # The log says what was confirmed, though nobody typed it.
    assert answer.entry.inputs == {"kind": "person", "account": CHAIR, "nominee": [1]}
    assert answer.entry.rules == ("link_proposed",)


def test_whose_line_it_is_may_be_said_outright() -> None:
    world = World.planned()
    ref = world.opened()

    other = world.attempt(
        ref, "add", VILLAGE, {**PERSON, "position": "CT UBND xã", "account": VICE_CHAIR}, confirmed=False
    )
    nobody = world.attempt(
        ref,
        "add",
        VILLAGE,
        {**PERSON, "name": "B", "position": "CT UBND xã", "linked": "none"},
        confirmed=False,
    )
    unsaid = world.attempt(ref, "add", VILLAGE, {**PERSON, "name": "C", "account": MEMBER}, confirmed=False)

    assert [type(answer) for answer in (other, nobody, unsaid)] == [Decision] * 3
    assert links(world, ref) == [VICE_CHAIR, None, MEMBER]


def test_a_line_is_not_both_somebodys_and_nobodys() -> None:
    world = World.planned()

    found = refused(world, world.opened(), "add", {**PERSON, "account": CHAIR, "linked": "none"})

    assert found == [Reason("link_twice")]


def test_of_several_whom_it_could_be_none_is_chosen_by_confirming() -> None:
    world = World.planned()
    ref = world.opened()
    words = {**PERSON, "position": "Trưởng phòng", "unit": "UBND xã"}

    (reason,) = refused(world, ref, "add", words)
    world.do(ref, "add", VILLAGE, {**words, "account": MEMBER})
    world.do(ref, "add", VILLAGE, {**words, "name": "B", "linked": "none"})

    assert reason.rule == "link_several"
    named = reason.operands["danh_sach"]
    assert isinstance(named, Text)
    assert named.vi == (
        f"Trưởng phòng Văn hóa - Xã hội, Ủy viên thường trực Hội đồng ({STANDING_MEMBER});"
        f" Trưởng phòng Kinh tế ({MEMBER})"
    )
    assert links(world, ref) == [MEMBER, None]


def test_other_words_about_a_linked_line_leave_it_linked() -> None:
    world = World.planned()
    ref = linked(world)

    for words in (
        {"achievement": "Đạt nhiều kết quả"},
        {"name": "Nguyễn Văn Á"},
        {"position": "Chủ tịch xã"},
        {"unit": "UBND xã"},
    ):
        answer = world.attempt(ref, "edit", VILLAGE, {"nominee": "1", **words}, confirmed=False)
        assert isinstance(answer, Decision), (words, answer)

    assert links(world, ref) == [CHAIR]


def test_words_that_no_longer_say_it_ask_whether_the_link_stays() -> None:
    world = World.planned()
    ref = linked(world)
    words = {"nominee": "1", "position": "Nông dân"}

    questions = asked(world, ref, "edit", words)
    world.do(ref, "edit", VILLAGE, words)
    kept = links(world, ref)
    world.do(ref, "edit", VILLAGE, {"nominee": "1", "linked": "none"})

    assert questions == [Reason("link_stays", {"chuc_vu": HEAD, "so": 1})]
    assert kept == [CHAIR]
    assert links(world, ref) == [None]


def test_words_that_say_somebody_else_ask_for_that_one() -> None:
    world = World.planned()
    ref = linked(world)
    words = {"nominee": "1", "position": "TP VH-XH"}

    (question,) = asked(world, ref, "edit", words)
    world.do(ref, "edit", VILLAGE, words)

    assert (question.rule, question.operands["tai_khoan"]) == ("link_proposed", STANDING_MEMBER)
    assert links(world, ref) == [STANDING_MEMBER]


def test_the_unit_that_is_given_later_counts_with_the_position_that_stands() -> None:
    world = World.planned()
    ref = world.opened()
    world.do(ref, "add", VILLAGE, {**PERSON, "position": "Chủ tịch", "unit": "Hội Chữ thập đỏ"})

    (question,) = asked(world, ref, "edit", {"nominee": "1", "unit": "UBND xã"})

    assert links(world, ref) == [None]
    assert (question.rule, question.operands["tai_khoan"]) == ("link_proposed", CHAIR)


def test_what_a_line_was_edited_to_counts_for_the_one_line_only() -> None:
    world = World.planned()
    ref = linked(world)
    world.do(ref, "add", VILLAGE, {"kind": "person", "name": "B", "position": "Nông dân"})

    answer = world.attempt(ref, "edit", VILLAGE, {"nominee": "2", "unit": "UBND xã"}, confirmed=False)

    assert isinstance(answer, Decision)
    assert links(world, ref) == [CHAIR, None]


def test_why_asks_nothing_about_words_that_nobody_typed() -> None:
    world = World.planned()
    item = world.item(linked(world))
    case = world.case(VILLAGE)

    explained = explain(case.machine(item), "edit", facts=Facts(item, None, {}), case=case)

    assert explained.reasons == ()


# -- the same one twice ----------------------------------------------------------------------------------


def test_the_same_person_twice_in_a_dossier_is_told() -> None:
    world = World.planned()
    ref = world.opened(title="ldtt")
    world.do(ref, "add", VILLAGE, {"kind": "person", "name": "Nguyễn Thị Hoà"})

    for name in ("Nguyễn Thị Hoà", "NGUYỄN THỊ HOÀ", "Nguyễn  Thị Hòa"):
        words = {"kind": "person", "name": name}
        assert asked(world, ref, "add", words) == [Reason("twice_here", {"so": 1})]
    for name in ("Nguyễn Thị Hoá", "Nguyễn Thị Hoa", "Nguyên Thị Hoà"):
        answer = world.attempt(ref, "add", VILLAGE, {"kind": "person", "name": name}, confirmed=False)
        assert isinstance(answer, Decision)


def test_one_person_may_be_proposed_for_two_titles() -> None:
    world = World.planned()
    ref = world.opened(title="ldtt")
    world.do(ref, "add", VILLAGE, PERSON)

    other = world.attempt(ref, "add", VILLAGE, {**PERSON, "title": "cstdcs"}, confirmed=False)

    assert isinstance(other, Decision)
    assert asked(world, ref, "edit", {"nominee": "2", "title": "ldtt"}) == [Reason("twice_here", {"so": 1})]


def test_a_line_is_not_compared_with_itself() -> None:
    world = World.planned()
    ref = world.opened(title="ldtt")
    world.do(ref, "add", VILLAGE, PERSON)

    answer = world.attempt(ref, "edit", VILLAGE, {"nominee": "1", **PERSON}, confirmed=False)

    assert isinstance(answer, Decision)


def test_the_same_person_in_another_dossier_of_the_period_is_told() -> None:
    world = World.planned()
    first, second = world.opened(title="ldtt"), world.opened(title="ldtt", body=SECOND_VILLAGE)
    other_title = world.opened(title="cstdcs")
    world.do(first, "add", VILLAGE, PERSON)
    world.do(other_title, "add", VILLAGE, PERSON)

    answer = world.attempt(second, "add", OFFICER, PERSON, confirmed=False)

    assert isinstance(answer, Tried)
    assert list(answer.refused.reasons) == [Reason("twice_elsewhere", {"so": 1, "ref": first})]
    assert answer.entry.rules == ("twice_elsewhere",)
    assert "Nguyễn" not in str(answer.entry)


def test_another_period_is_another_matter() -> None:
    world = World.planned()
    first = world.opened(title="ldtt")
    world.do(first, "add", VILLAGE, PERSON)
    school_year = world.opened(title="ldtt", period="2025-2026")
    same_year = world.opened(title="ldtt", period="2026")

    answers = [
        world.attempt(ref, "add", VILLAGE, PERSON, confirmed=False) for ref in (school_year, same_year)
    ]

    assert [type(answer) for answer in answers] == [Decision, Tried]


def test_what_came_to_nothing_may_be_proposed_anew() -> None:
    world = World.planned()
    withdrawn = world.dossier_in("withdrawn")
    rejected = world.dossier_in("rejected")
    awarded = world.dossier_in("awarded")
    ref = world.opened()

    answer = world.attempt(ref, "add", VILLAGE, {"kind": "person", "name": "Nguyễn Thị A"}, confirmed=False)

    assert isinstance(answer, Tried)
    assert {withdrawn, rejected}.isdisjoint(reason.operands["ref"] for reason in answer.refused.reasons)
    assert [reason.operands["ref"] for reason in answer.refused.reasons] == [awarded]


def test_households_are_told_apart_by_where_they_live() -> None:
    world = World.planned()
    ref = world.opened(title="gdvh")
    household = {"kind": "household", "name": "Hộ ông Hoàng Văn B"}
    world.do(ref, "add", VILLAGE, {**household, "unit": "Thôn mẫu số 1"})

    elsewhere = world.attempt(ref, "add", VILLAGE, {**household, "unit": "Thôn mẫu số 2"}, confirmed=False)

    assert isinstance(elsewhere, Decision)
    assert asked(world, ref, "add", household) == [
        Reason("twice_here", {"so": 1}),
        Reason("twice_here", {"so": 2}),
    ]
