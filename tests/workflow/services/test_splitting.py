"""Lines that are split off go on where they stood, in a dossier that is like the old one but for them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE
from tests.workflow.world import World
from tests.workflow.world import rules_of as rules
from workflow.model.decision import Decision, Reason
from workflow.model.dossiers import Dossier, Nominee, Votes
from workflow.model.facts import Item
from workflow.services.advance import Tried

WHY = {"reason": "Chờ xác minh"}
UNANIMOUS = {"for": "9", "against": "0", "invalid": "0"}


def listed(world: World, *positions: str | None, title: str = "gk", kind: str = "person") -> str:
    """A draft with a line for each position; None is somebody without one."""
    ref = world.opened(title=title)
    for number, position in enumerate(positions, 1):
        words = {"kind": kind, "name": f"Người {number}", "unit": "Thôn 1"}
        world.do(ref, "add", VILLAGE, words | ({"position": position} if position else {}))
    return ref


def reviewed(world: World, *positions: str | None, held: int | None = None) -> str:
    """A list that the council passed line by line, but for the one that was being verified."""
    ref = listed(world, *positions)
    world.appraised(ref)
    if held is not None:
        world.do(ref, "hold", OFFICER, {"nominee": str(held), "source": "Đơn ngày 19/01/2026"})
    of_eight = {**UNANIMOUS, "for": "8"}
    lines = Dossier.of(world.item(ref)).nominees
    world.council(ref, {line.no: of_eight if line.account else UNANIMOUS for line in lines})
    return ref


def split(world: World, ref: str, lines: str, **words: str) -> Decision | Tried:
    return world.attempt(ref, "split", OFFICER, {"nominee": lines, **WHY, **words})


def apart(world: World, ref: str, lines: str, **words: str) -> Item:
    """The new dossier."""
    done = split(world, ref, lines, **words)
    assert isinstance(done, Decision), done
    assert done.into is not None
    return world.item(done.into)


def lines(item: Item) -> list[Nominee]:
    return list(Dossier.of(item).nominees)


def test_the_new_dossier_has_the_days_the_law_and_the_path_of_the_old_one() -> None:
    world = World.planned()
    ref = listed(world, None, None, None)
    world.appraised(ref)
    before = world.item(ref)

    made = apart(world, ref, "2,3")

    old, was, now = world.item(ref), Dossier.of(before), Dossier.of(made)
    assert [(line.no, line.outcome, line.moved_to) for line in lines(old)] == [
        (1, "pending", None),
        (2, "moved", made.key.ref),
        (3, "moved", made.key.ref),
    ]
    assert (old.state, made.state, made.parent, made.rules) == ("appraised", "appraised", "T17", before.rules)
    assert (now.body, now.type, now.title, now.path) == (was.body, was.type, was.title, was.path)
    assert (now.received_on, now.complete_on, now.full_on) == (was.received_on, was.complete_on, was.full_on)
    assert (now.split_from, now.nominees, now.last_no) == (ref, was.nominees[1:], was.last_no)
    assert (made.submitted_by, made.due_on) == (VILLAGE, before.due_on)
    assert made.owners == before.owners
    assert (Dossier.of(old).split_into, now.split_into) == ((made.key.ref,), ())


def test_the_words_of_its_lines_go_with_them_and_no_others_do() -> None:
    world = World.planned()
    ref = listed(world, None, None, None)
    world.appraised(ref)

    made = apart(world, ref, "1,3")

    told = [kept.entry for kept in world.store.entries if kept.key == made.key]
    assert [(entry.event, entry.from_state, entry.to_state) for entry in told] == [
        ("split_off", None, "appraised"),
        ("line_brought", "appraised", "appraised"),
        ("line_brought", "appraised", "appraised"),
    ]
    assert [(text.field, text.value, text.nominee) for entry in told[1:] for text in entry.texts] == [
        ("name", "Người 1", 1),
        ("unit", "Thôn 1", 1),
        ("name", "Người 3", 3),
        ("unit", "Thôn 1", 3),
    ]
    assert told[0].inputs["of"] == f"2026/{ref}"
    parted = next(kept.entry for kept in world.store.entries if kept.entry.event == "split")
    assert (parted.inputs["nominee"], parted.inputs["into"]) == ([1, 3], made.key.ref)


def test_votes_and_approval_go_along_and_the_decision_follows_in_both() -> None:
    world = World.planned()
    ref = reviewed(world, None, None)
    world.do(ref, "approve", CHAIR)

    made = apart(world, ref, "2")

    assert made.state == "approved"
    assert lines(made) == [
        Nominee(
            2,
            "person",
            "gk",
            None,
            Votes(9, 0, 0, 9, 9),
            "pass",
            verdict="met",
            proposal="yes",
            approved=CHAIR,
        )
    ]
    assert world.do(made.key.ref, "award", OFFICER).state == "awarded"
    assert world.do(ref, "award", OFFICER).state == "awarded"


def test_what_the_council_left_for_later_is_voted_on_again() -> None:
    world = World.planned()
    ref = reviewed(world, None, None, held=2)

    made = apart(world, ref, "2")

    (line,) = lines(made)
    assert (made.state, line.outcome, line.held, line.votes, line.result) == (
        "appraised",
        "pending",
        True,
        None,
        None,
    )
    world.do(made.key.ref, "release", OFFICER, {"nominee": "2", "finding": "cleared", "reason": "Không có"})
    assert world.council(made.key.ref).state == "reviewed"
    world.do(ref, "approve", CHAIR)
    assert world.do(ref, "award", OFFICER).state == "awarded"


def test_the_old_dossier_closes_where_what_stays_is_awarded() -> None:
    world = World.planned()
    ref = reviewed(world, None, None)
    world.do(ref, "hold", OFFICER, {"nominee": "2", "source": "Đơn ngày 19/01/2026"})
    world.do(ref, "approve", CHAIR)
    assert world.do(ref, "award", OFFICER).state == "approved"

    made = apart(world, ref, "2")

    old = world.item(ref)
    assert (old.state, old.closed_on) == ("awarded", date(2026, 1, 20))
    assert (made.state, lines(made)[0].held, lines(made)[0].approved) == ("reviewed", True, None)


def test_what_stays_is_approved_once_the_chairs_own_line_has_gone() -> None:
    world = World.planned()
    ref = reviewed(world, None, "Chủ tịch UBND xã")
    assert world.do(ref, "approve", CHAIR).state == "reviewed"

    made = apart(world, ref, "2")

    assert (world.item(ref).state, made.state) == ("approved", "reviewed")
    assert Dossier.of(world.item(ref)).named == frozenset()
    assert rules(world.attempt(made.key.ref, "approve", CHAIR, world.words(ref, "approve"))) == [
        "role",
        "own_line",
    ]


def test_with_another_title_it_is_appraised_anew_by_the_way_of_that() -> None:
    world = World.planned()
    ref = reviewed(world, None, None)

    made = apart(world, ref, "2", title="ldtt")

    now = Dossier.of(made)
    assert (made.state, now.complete_on, now.title, now.type, now.path) == (
        "submitted",
        date(2026, 1, 20),
        "ldtt",
        "",
        "council",
    )
    assert lines(made) == [Nominee(2, "person", "ldtt")]
    assert made.owners == (OFFICER,)
    assert (made.reviewed_by, made.submitted_by) == (None, VILLAGE)


def test_another_form_takes_its_type_and_ground_and_goes_their_way() -> None:
    world = World.planned()
    ref = listed(world, None, None, title="ldtt")
    world.appraised(ref)

    without = split(world, ref, "2", title="gk")
    made = apart(world, ref, "2", title="gk", type="dot_xuat")

    assert rules(without) == ["type_needed"]
    assert (made.state, Dossier.of(made).path, Dossier.of(made).ground) == (
        "submitted",
        "simplified",
        "dot_xuat",
    )


def test_a_title_that_does_not_fit_the_line_is_refused_and_nothing_is_made() -> None:
    world = World.planned()
    ref = listed(world, None, None)
    world.appraised(ref)
    before = len(world.store.items)

    answer = split(world, ref, "2", title="gdvh")

    assert rules(answer) == ["title_fits_kind"]
    assert len(world.store.items) == before
    last = world.store.entries[-1].entry
    assert (last.event, last.refused, last.from_state) == ("split", True, "appraised")
    assert world.item(ref).version == world.store.entries[-1].version
    assert apart(world, ref, "2").key.ref == "D0002"


def test_all_lines_are_not_split_off_nor_one_that_has_come_to_its_end() -> None:
    world = World.planned()
    ref = listed(world, None, None)
    world.appraised(ref)

    everybody = split(world, ref, "1,2")
    apart(world, ref, "2")

    assert rules(everybody) == ["some_line_stays"]
    assert rules(split(world, ref, "2")) == ["line_final"]
    assert rules(split(world, ref, "1")) == ["some_line_stays"]
    assert rules(split(world, ref, "7")) == ["unknown_nominee"]


def test_lines_at_two_steps_are_split_off_one_after_the_other() -> None:
    world = World.planned()
    ref = reviewed(world, None, None, None, held=3)
    world.do(ref, "approve", CHAIR)

    both = split(world, ref, "2,3")

    assert isinstance(both, Tried)
    assert both.refused.reasons == (Reason("one_stage", {"so": "2, 3"}),)
    assert [apart(world, ref, no).state for no in ("2", "3")] == ["approved", "appraised"]


def test_with_another_title_lines_of_two_steps_begin_together() -> None:
    world = World.planned()
    ref = reviewed(world, None, None, None, held=3)
    world.do(ref, "approve", CHAIR)

    made = apart(world, ref, "2,3", title="ldtt")

    assert (made.state, [line.held for line in lines(made)]) == ("submitted", [False, True])


def test_a_households_posting_counts_for_what_is_split_off_too() -> None:
    world = World.planned()
    ref = listed(world, None, None, title="gdvh", kind="household")
    world.do(ref, "submit", VILLAGE)
    world.do(ref, "accept", OFFICER)

    made = apart(world, ref, "2")

    world.do(made.key.ref, "appraise", OFFICER, {"nominee": "2", "verdict": "met"})
    assert world.do(made.key.ref, "confirm", STANDING_MEMBER).state == "reviewed"


def test_a_village_that_was_left_for_later_is_published_after_its_own_vote() -> None:
    world = World.planned()
    ref = listed(world, None, None, title="tvh", kind="collective")
    world.appraised(ref)
    world.do(ref, "hold", OFFICER, {"nominee": "2", "source": "Đơn"})
    world.council(ref)
    world.do(ref, "publish", OFFICER)
    world.do(ref, "publish_end", OFFICER)

    later = Dossier.of(apart(world, ref, "2"))

    assert Dossier.of(world.item(ref)).full_on == date(2026, 1, 20)
    assert (later.full_on, later.published_from, later.published_until) == (None, None, None)


def test_what_is_returned_stays_so_until_the_same_day() -> None:
    world = World.planned()
    ref = listed(world, None, None)
    world.do(ref, "submit", VILLAGE)
    world.do(ref, "return", OFFICER)

    made = apart(world, ref, "2")

    assert (made.state, made.returns, Dossier.of(made).supplement_until) == ("returned", 1, date(2026, 1, 27))
    assert made.owners == world.item(ref).owners


@pytest.mark.parametrize("state", ["drafted", "awarded", "rejected", "withdrawn", "revoked"])
def test_what_is_not_in_hand_is_not_split(state: str) -> None:
    world = World.planned()
    ref = world.dossier_in(state)

    assert "state" in rules(split(world, ref, "1"))


def test_only_the_officer_splits() -> None:
    world = World.planned()
    ref = listed(world, None, None)
    world.appraised(ref)

    for account in (VILLAGE, SECRETARY, CHAIR, STANDING_MEMBER):
        assert "role" in rules(world.attempt(ref, "split", account, {"nominee": "2", **WHY}))


def test_lines_are_split_off_again_and_no_line_is_counted_twice() -> None:
    world = World.planned()
    ref = listed(world, None, None, None)
    world.appraised(ref)

    second = apart(world, ref, "2,3")
    third = apart(world, second.key.ref, "3")

    assert Dossier.of(third).split_from == second.key.ref
    dossiers = [Dossier.of(world.item(each)) for each in (ref, second.key.ref, third.key.ref)]
    assert [[line.no for line in dossier.staying] for dossier in dossiers] == [[1], [2], [3]]


def test_what_was_split_is_not_taken_back_and_a_line_that_left_is_not_edited() -> None:
    world = World.planned()
    ref = listed(world, None, None)
    world.do(ref, "submit", VILLAGE)
    made = apart(world, ref, "2")

    for part in (ref, made.key.ref):
        assert rules(world.attempt(part, "recall", VILLAGE, world.words(part, "recall"))) == ["not_split"]
    world.do(ref, "return", OFFICER)
    for event, words in (("edit", {"nominee": "2", "name": "Khác"}), ("remove", {"nominee": "2"})):
        assert rules(world.attempt(ref, event, VILLAGE, words)) == ["line_final"]


def test_the_body_has_answered_while_one_of_the_parts_is_there() -> None:
    world = World.planned()
    world.task_in("completed", 15)
    ref = listed(world, None, None)
    world.do(ref, "submit", VILLAGE)
    made = apart(world, ref, "2")

    world.do(ref, "withdraw", VILLAGE)

    assert [line.outcome for line in lines(world.item(ref))] == ["withdrawn", "moved"]
    row = world.store.expected[world.key("T17"), VILLAGE]
    assert (row.status, row.dossier) == ("received", made.key.ref)
    world.do(made.key.ref, "withdraw", VILLAGE)
    assert world.store.expected[world.key("T17"), VILLAGE].status == "silent"


def test_whoever_confirmed_the_old_dossier_approves_none_that_was_split_off_it() -> None:
    world = World.planned()
    ref = listed(world, None, None, None)
    world.appraised(ref)

    made = apart(world, ref, "2,3")
    again = apart(world, made.key.ref, "3")

    entry = next(kept.entry for kept in world.store.entries if kept.key == again.key)
    assert entry.inputs["confirmed_by"] == [STANDING_MEMBER]
