"""A list becomes a dossier, and changes its draft to what it says now; the same one again changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, VILLAGE
from tests.workflow.memory_unit import KeptEntry, memory_unit
from tests.workflow.shipped import machine
from tests.workflow.world import World
from workflow.model.achievements import Achievement
from workflow.model.decision import EntryDraft
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.services.advance import Tried
from workflow.services.intake import Changes, Listed, ListedDossier, changes_of, put_dossier
from workflow.services.listing import LineMistakes, Typed


def household(name: str, **more: str) -> dict[str, str]:
    return {"kind": "household", "title": "gdvh", "name": name, **more}


HOUSES = (household("Nông Văn A", score="94.5", born="1974"), household("Lý Thị B"), household("Vi Văn C"))


def asked(world: World, *lines: Typed, title: str = "gdvh") -> ListedDossier:
    known = tuple(key for key in world.store.items if key.ref.startswith("D"))
    return ListedDossier(world.key("T17"), VILLAGE, title, "2026", lines, among=known)


def put(world: World, wanted: ListedDossier, *, by: str = VILLAGE, confirmed: bool = False) -> Listed | Tried:
    with memory_unit(world.store, now=world.now) as unit:
        answer = put_dossier(
            unit, wanted, world.case(by), machine=machine("nomination_dossier"), confirmed=confirmed
        )
        if isinstance(answer, Listed):
            unit.commit()
    return answer


def done(world: World, *lines: Typed, confirmed: bool = False, **more: str) -> Listed:
    answer = put(world, asked(world, *lines, **more), confirmed=confirmed)
    assert isinstance(answer, Listed), answer
    return answer


def entries(world: World, ref: str) -> list[KeptEntry]:
    return [each for each in world.store.entries if each.key == world.key(ref)]


def test_a_list_becomes_a_dossier_whose_every_line_is_an_event_of_its_own() -> None:
    world = World.planned()

    listed = done(world, *HOUSES)

    ref = listed.item.key.ref
    dossier = Dossier.of(world.item(ref))
    assert [line.no for line in dossier.nominees] == [1, 2, 3]
    assert dossier.nominees[0].facts.score == "94.5"
    assert [entry.entry.event for entry in entries(world, ref)] == [
        "new",
        "add",
        "add",
        "add",
    ]
    assert world.item(ref).version == 2


def test_added_lines_are_what_single_events_would_have_made() -> None:
    """But for the version, which counts one change."""
    at_once, one_by_one = World.planned(), World.planned()
    listed = done(at_once, *HOUSES)
    ref = one_by_one.opened(title="gdvh", type=None)
    for line in HOUSES:
        one_by_one.do(ref, "add", VILLAGE, dict(line))

    single, many = one_by_one.item(ref), at_once.item(listed.item.key.ref)
    assert replace_version(many) == replace_version(single)
    made = [
        [
            (
                each.entry.event,
                each.entry.inputs,
                [(text.field, text.value, text.nominee) for text in each.entry.texts],
            )
            for each in entries(world, ref)
        ]
        for world in (at_once, one_by_one)
    ]
    assert made[0] == made[1]


def replace_version(item: Item) -> Item:
    return item._replace(version=0)


def test_the_same_list_again_changes_nothing() -> None:
    world = World.planned()
    first = done(world, *HOUSES)

    again = done(world, *HOUSES)

    assert (again.changes, again.item.key) == (Changes(), first.item.key)
    assert world.item(first.item.key.ref).version == 2


def test_a_corrected_list_replaces_what_it_says_otherwise() -> None:
    world = World.planned()
    ref = done(world, *HOUSES).item.key.ref
    corrected = (
        household("Nông Văn A", score="95", born="1974"),
        household("Vi Văn C"),
        household("Mã Thị D"),
    )

    listed = done(world, *corrected)

    assert listed.item.key.ref == ref
    assert listed.changes == Changes((), ((1, {"score": "95"}), (2, {"name": "Mã Thị D"})), ())
    assert {line.no: line.facts.score for line in Dossier.of(listed.item).nominees} == {
        1: "95",
        2: None,
        3: None,
    }


def test_what_the_list_has_no_column_for_stays() -> None:
    world = World.planned()
    ref = done(world, *HOUSES).item.key.ref

    listed = done(world, household("Nông Văn A", score="95"), *HOUSES[1:])

    assert listed.changes == Changes((), ((1, {"score": "95"}),), ())
    with memory_unit(world.store, now=world.now) as unit:
        assert {word.field for word in unit.words(world.key(ref)) if word.line == 1} == {"name", "born"}


def test_lines_that_the_list_says_no_more_are_taken_out() -> None:
    world = World.planned()
    done(world, *HOUSES)

    listed = done(world, household("Vi Văn C"))

    assert (listed.changes.removed, [line.no for line in Dossier.of(listed.item).nominees]) == ((1, 2), [3])


def test_a_field_that_the_list_leaves_empty_now_is_empty_afterwards() -> None:
    world = World.planned()
    done(world, *HOUSES)

    listed = done(world, household("Nông Văn A"), *({**line, "score": "90"} for line in HOUSES[1:]))

    assert listed.changes == Changes((0,), ((2, {"score": "90"}), (3, {"score": "90"})), (1,))
    assert [line.no for line in Dossier.of(listed.item).nominees] == [2, 3, 4]


def test_a_list_that_was_handed_in_stays_and_another_one_is_a_dossier_of_its_own() -> None:
    world = World.planned()
    ref = done(world, *HOUSES).item.key.ref
    world.do(ref, "submit", VILLAGE)

    same, other = done(world, *HOUSES), done(world, household("Lộc Thị Ngàn"))

    assert (same.item.key.ref, same.changes) == (ref, Changes())
    assert other.item.key.ref != ref


def test_another_list_of_the_body_leaves_its_draft_alone() -> None:
    world = World.planned()
    ref = done(world, *HOUSES).item.key.ref

    other = done(
        world, household("Lộc Thị Ngàn"), household("Mã Thị Hoan"), household("Vi Văn C"), confirmed=True
    )

    assert other.item.key.ref != ref
    assert len(Dossier.of(world.item(ref)).nominees) == 3


def test_a_line_that_cannot_be_read_is_said_with_its_line() -> None:
    world = World.planned()

    with pytest.raises(LineMistakes) as raised:
        put(world, asked(world, HOUSES[0], household("Vi Văn C", score="-5")))

    assert (raised.value.line["name"], raised.value.error.told[0].name) == ("Vi Văn C", "score")


def test_the_same_name_in_another_dossier_is_asked_by_its_line() -> None:
    world = World.planned()
    ref = done(world, *HOUSES).item.key.ref
    world.do(ref, "submit", VILLAGE)
    wanted = replace(asked(world, household("Đàm Văn E"), household("Lý Thị B")), among=())

    tried = put(world, wanted)

    assert isinstance(tried, Tried)
    assert tried.refused.asked
    [reason] = tried.refused.reasons
    assert (reason.rule, reason.operands["ref"]) == ("twice_elsewhere", ref)
    assert isinstance(put(world, wanted, confirmed=True), Listed)


def test_what_was_awarded_before_is_asked() -> None:
    world = World.planned()
    earlier = Achievement(0, "award", "household", "Lý Thị B", unit="Xóm 1", period="2026", value="gdvh")
    with memory_unit(world.store, now=world.now) as unit:
        unit.record(EntryDraft("history", OFFICER, "officer", None, None), log=2026)
        unit.achieve([earlier._replace(decision="9/QĐ-UBND"), earlier._replace(period="2025")])
        unit.commit()

    tried = put(world, asked(world, *HOUSES))

    assert isinstance(tried, Tried)
    [reason] = tried.refused.reasons
    assert (reason.rule, reason.operands["so"], reason.operands["so_qd"]) == (
        "awarded_before",
        2,
        "9/QĐ-UBND",
    )


def test_one_line_that_is_refused_leaves_all_of_the_list_out() -> None:
    world = World.planned()
    bad = {"kind": "person", "title": "gdvh", "name": "Vi Văn C"}

    tried = put(world, asked(world, HOUSES[0], bad))

    assert isinstance(tried, Tried)
    assert [reason.rule for reason in tried.refused.reasons] == ["title_fits_kind"]
    assert not any(key.ref.startswith("D") for key in world.store.items)


def test_whose_line_it_may_be_is_asked_and_of_several_accounts_it_is_nobodys() -> None:
    world = World.planned()
    chair = {"kind": "person", "title": "ldtt", "name": "Nông Văn A", "position": "Chủ tịch UBND xã"}
    wanted = asked(world, chair, title="ldtt")

    tried = put(world, replace(wanted, body="van_phong"), by=OFFICER)
    listed = put(world, replace(wanted, body="van_phong"), by=OFFICER, confirmed=True)

    assert isinstance(tried, Tried)
    assert [reason.rule for reason in tried.refused.reasons] == ["link_proposed"]
    assert isinstance(listed, Listed)
    assert Dossier.of(listed.item).nominees == (Nominee(1, "person", "ldtt", CHAIR),)


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.just("household"),
            "title": st.sampled_from(["gdvh", "gk"]),
            "name": st.sampled_from("ABCDE"),
        },
        optional={"score": st.sampled_from(["90", "91"]), "unit": st.sampled_from(["Thôn 1", "Thôn 2"])},
    ),
    max_size=8,
)


@settings(max_examples=200)
@given(LINES, LINES)
def test_changes_lead_from_what_stands_to_what_is_listed(
    old: list[dict[str, str]], new: list[dict[str, str]]
) -> None:
    standing = dict(enumerate(old, 1))

    changes = changes_of(standing, new)

    columns = {"kind", "title", *(name for line in new for name in line)}
    after = {no: {**line, **dict(changes.edited).get(no, {})} for no, line in standing.items()}
    left: list[Typed] = [line for no, line in after.items() if no not in changes.removed]
    left += [new[at] for at in changes.added]
    listed = [{name: line[name] for name in line if name in columns} for line in left]
    assert sorted(map(_sorted, listed)) == sorted(map(_sorted, new))
    assert changes_of(standing, old) == Changes()


def _sorted(line: Typed) -> list[tuple[str, str]]:
    return sorted(line.items())
