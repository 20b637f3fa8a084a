"""Opinions of other bodies, each by its number, and people's remarks on a published list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.people import OFFICER, VILLAGE
from tests.workflow.rules.test_dossiers import published
from tests.workflow.time.test_terms import REVIEWED, accepted, dues, goes, pending, world_of
from tests.workflow.world import DOSSIER_WORDS, World
from tests.workflow.world import rules_of as rules
from workflow.model.definition import Asking
from workflow.model.dossiers import Dossier
from workflow.model.opinions import Opinion, Remark

PERSON = {"kind": "person", "name": "Trần Thị B"}


def ask(world: World, ref: str, on: str, **more: str) -> None:
    world.do(ref, "ask_opinion", OFFICER, {"whom": "Cơ quan", "date": on, **more})


def answer(world: World, ref: str, on: str, **more: str) -> None:
    world.do(ref, "opinion_in", OFFICER, {"answer": "Thống nhất", "date": on, **more})


def opinions(world: World, ref: str) -> tuple[Opinion, ...]:
    return Dossier.of(world.item(ref)).opinions


# Several at once


def test_several_are_asked_at_once_and_each_answers_by_its_number() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    ask(world, ref, "2026-01-19")
    ask(world, ref, "2026-01-20", nominee="2")

    unnamed = world.attempt(ref, "opinion_in", OFFICER, DOSSIER_WORDS["opinion_in"])
    answer(world, ref, "2026-01-20", of="2", nominee="2")
    answer(world, ref, "2026-01-20")

    assert rules(unnamed) == ["opinion_which"]
    assert opinions(world, ref) == (
        Opinion(1, date(2026, 1, 19), answered_on=date(2026, 1, 20)),
        Opinion(2, date(2026, 1, 20), (2,), date(2026, 1, 20), (2,)),
    )


def test_an_answer_is_put_right_and_a_question_that_was_a_slip_is_dropped() -> None:
    world = World.planned()
    ref = world.dossier_in("submitted")
    ask(world, ref, "2026-01-19")
    answer(world, ref, "2026-01-20")

    answer(world, ref, "2026-01-19", of="1")
    ask(world, ref, "2026-01-20")
    world.do(ref, "drop_opinion", OFFICER)
    again = world.attempt(ref, "opinion_in", OFFICER, {**DOSSIER_WORDS["opinion_in"], "of": "2"})

    assert opinions(world, ref) == (
        Opinion(1, date(2026, 1, 19), answered_on=date(2026, 1, 19)),
        Opinion(2, date(2026, 1, 20), dropped=True),
    )
    assert (Dossier.of(world.item(ref)).opinion_asked_on, rules(again)) == (None, ["opinion_unknown"])


def test_lines_that_are_split_off_take_the_questions_about_them_along() -> None:
    world = World.planned()
    ref = world.dossier_in("drafted")
    world.do(ref, "add", VILLAGE, PERSON)
    world.appraised(ref)
    for lines in ("1", "2", ""):
        ask(world, ref, "2026-01-20", **({"nominee": lines} if lines else {}))

    world.do(ref, "split", OFFICER, {"nominee": "2", "reason": "Chờ ý kiến"})

    assert [each.no for each in opinions(world, "D0002")] == [2, 3]


# The terms stand still meanwhile, where the rule pack says so


def test_the_term_stands_still_from_the_question_to_the_last_answer() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
    world.tick("2026-11-26T10:00")
    ask(world, ref, "2026-11-25")
    ask(world, ref, "2026-11-26")
    still = (dues(world, ref), pending(world, ref), world.item(ref).due_on)

    world.tick("2026-12-04T10:00")
    answer(world, ref, "2026-12-01", of="1")
    one_silent = dues(world, ref)
    answer(world, ref, "2026-12-03", of="2")

    # Two working days went by until Wed 25/11 (Tue 24 is a holiday): eight are left from 03/12 on.
    assert (still, one_silent) == (({}, [], None), {})
    assert dues(world, ref) == {"decision": date(2026, 12, 15), "review": date(2026, 12, 10)}


def test_an_answer_whose_day_is_put_right_moves_the_date() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
    ask(world, ref, "2026-11-20")
    world.tick("2026-12-04T10:00")
    answer(world, ref, "2026-12-04")
    late = dues(world, ref)["decision"]

    answer(world, ref, "2026-11-27", of="1")

    assert (late, dues(world, ref)["decision"]) == (date(2026, 12, 18), date(2026, 12, 11))


def test_a_term_that_would_begin_meanwhile_begins_with_the_answer() -> None:
    world = world_of("2026-11-20T10:00")
    ref = world.opened()
    for event in ("add", "submit"):
        world.do(ref, event, VILLAGE)
    ask(world, ref, "2026-11-20")

    world.do(ref, "accept", OFFICER, {**world.words(ref, "accept"), "complete_on": "2026-11-20"})
    meanwhile = dues(world, ref)
    world.tick("2026-11-27T10:00")
    answer(world, ref, "2026-11-27")

    assert (meanwhile, dues(world, ref)["decision"]) == ({}, date(2026, 12, 11))


def test_a_question_that_was_dropped_cost_no_day() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
    before = dues(world, ref)
    ask(world, ref, "2026-11-20")
    world.tick("2026-11-26T10:00")

    world.do(ref, "drop_opinion", OFFICER)

    assert dues(world, ref) == before


def test_a_title_says_for_itself_that_nothing_stands_still() -> None:
    world = world_of("2026-11-20T10:00")
    pack = world.setting.rules
    titles = tuple(
        replace(each, asking=Asking((), "Quy chế", "H")) if each.id == "gk" else each for each in pack.titles
    )
    world.setting = replace(world.setting, rules=replace(pack, titles=titles), laws=(), packs={})
    ref = accepted(world)
    before = dues(world, ref)

    ask(world, ref, "2026-11-20")

    assert dues(world, ref) == before


def test_what_waits_for_an_opinion_may_go_on_and_its_council_date_comes_back() -> None:
    world = world_of("2026-11-20T10:00")
    ref = accepted(world)
    ask(world, ref, "2026-11-20")

    goes(world, ref, *REVIEWED)
    world.tick("2026-11-27T10:00")
    answer(world, ref, "2026-11-27")

    assert dues(world, ref) == {"decision": date(2026, 12, 11)}


# Remarks on a published list


def remark(world: World, ref: str, on: str = "2026-01-20", **more: str) -> None:
    words = {"date": on, "source": "Một hộ dân", "remark": "Đề nghị xem lại", **more}
    world.do(ref, "remark", OFFICER, words)


def settle(world: World, ref: str, of: str, finding: str) -> None:
    world.do(ref, "settle_remark", OFFICER, {"of": of, "finding": finding, "reason": "Đã kiểm tra"})


def test_each_remark_is_settled_before_the_publication_ends() -> None:
    world = World.planned()
    ref = published(world)
    world.do(ref, "publish", OFFICER, {"from": "2026-01-08", "place": "Nhà văn hóa"})
    early = world.attempt(ref, "remark", OFFICER, {**DOSSIER_WORDS["remark"], "date": "2026-01-07"})
    for _ in range(3):
        remark(world, ref)

    waiting = world.attempt(ref, "publish_end", OFFICER, {"remarks": "3", "reason": "Đã trả lời"})
    settle(world, ref, "1", "kept")
    settle(world, ref, "2", "void")
    settle(world, ref, "3", "kept")
    fewer = world.attempt(ref, "publish_end", OFFICER, {"remarks": "1"})
    more = world.attempt(ref, "publish_end", OFFICER, {"remarks": "3"})

    assert [rules(each) for each in (early, waiting, fewer, more)] == [
        ["remark_before"],
        ["remark_waits"],
        ["remarks_counted"],
        ["remarks_answered"],
    ]
    assert Dossier.of(world.do(ref, "publish_end", OFFICER, {"remarks": "2"})).remarks == (
        Remark(1, date(2026, 1, 20), (), "kept"),
        Remark(2, date(2026, 1, 20), (), "void"),
        Remark(3, date(2026, 1, 20), (), "kept"),
    )


def test_a_remark_for_which_its_lines_are_held_needs_them_held() -> None:
    world = World.planned()
    ref = published(world)
    world.do(ref, "publish", OFFICER, {"from": "2026-01-08", "place": "Nhà văn hóa"})
    remark(world, ref, nominee="1")
    words = {"of": "1", "finding": "held", "reason": "Xác minh"}

    free = world.attempt(ref, "settle_remark", OFFICER, words)
    world.do(ref, "hold", OFFICER)
    held = world.do(ref, "settle_remark", OFFICER, words)

    assert rules(free) == ["remark_not_held"]
    assert Dossier.of(held).remarks[0].finding == "held"
