"""A dossier keeps the rule pack of its first submit, whatever its office adopts afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE
from tests.workflow.shipped import at, later_rules, pack_digest, policy, rules, setting
from tests.workflow.world import COUNTS, World
from workflow.model.decision import Decision
from workflow.model.definition import AwardTitle, Condition, RulePack, Span, Text, Vote, in_force
from workflow.model.dossiers import Dossier
from workflow.services.advance import Tried

NARROW = {**COUNTS, "for": "5", "against": "4"}
"""Enough for more than half, not for four in five."""


APPRAISE = (("accept", OFFICER), ("appraise", OFFICER), ("confirm", STANDING_MEMBER))


def stricter() -> RulePack:
    """The shipped pack, a version on: giấy khen by four in five, with another name and term."""
    titles = tuple(
        replace(
            title,
            label=Text("Giấy khen mới", "New commendation"),
            vote=Vote("total", 80, strict=False, secret=True),
            terms={"decision": Span(30, "wd")},
        )
        if title.id == "gk"
        else title
        for title in rules().titles
    )
    return replace(rules(), version=2, titles=titles)


def adopt_stricter(world: World) -> None:
    new = stricter()
    packs = {**world.setting.packs, "f" * 64: new}
    world.setting = replace(world.setting, rules=new, packs=packs, laws=(new,))


def following(begin: date) -> RulePack:
    """A pack that the office names after the shipped one, in force from its own day on."""
    return replace(stricter(), name="commune-next", version=1, effective_from=begin)


def test_the_pack_in_force_is_the_one_that_began_last_whatever_the_order() -> None:
    first, second = rules(), following(date(2026, 10, 1))

    days = [date(2025, 1, 1), date(2026, 9, 30), date(2026, 10, 1), date(2027, 1, 4)]

    assert [in_force((second, first), day) for day in days] == [first, first, second, second]


def test_a_setting_knows_the_pack_of_any_day_and_goes_by_that_of_its_own() -> None:
    first, second = rules(), following(date(2026, 10, 1))
    packs = {pack_digest(): first, "f" * 64: second}

    january = replace(setting(), packs=packs, laws=(first, second))
    october = january.at(at("2026-10-01T00:00"))

    assert [january.pack_on(day) for day in (date(2026, 9, 30), date(2026, 10, 1))] == [
        pack_digest(),
        "f" * 64,
    ]
    assert (january.rules, october.rules) == (first, second)
    assert october.at(at("2026-09-30T23:59")).rules == first


def test_what_is_received_under_the_new_law_keeps_the_new_pack() -> None:
    world = World.planned()
    before, drafted = world.dossier_in("submitted"), world.dossier_in("drafted")

    world.tick("2026-10-01T09:00")
    world.do(drafted, "submit", VILLAGE)

    kept = [world.setting.packs[str(world.item(ref).rules)].name for ref in (before, drafted)]
    assert kept == ["commune", "commune-2026-10"]


def test_the_shipped_packs_differ_in_their_texts_of_law_and_in_what_the_new_law_asks() -> None:
    older, newer = rules(), later_rules()

    def said(title: AwardTitle) -> AwardTitle:
        ways = {type: way._replace(cite=None) for type, way in title.ways.items()}
        return replace(title, cite="", asks=None, ways=ways, conditions=())

    def held(title: AwardTitle) -> list[Condition]:
        return [condition._replace(cite="") for condition in title.conditions]

    assert (older.effective_from, newer.effective_from) == (date(2025, 7, 1), date(2026, 10, 1))
    assert [said(title) for title in older.titles] == [said(title) for title in newer.titles]
    assert [old.id for old, new in zip(older.titles, newer.titles, strict=True) if old.asks != new.asks] == [
        "cstdcs"
    ]
    assert [
        old.id for old, new in zip(older.titles, newer.titles, strict=True) if held(old) != held(new)
    ] == ["cstdcs"]
    assert [title.id for title in newer.titles if "06/2026/QH16" not in title.cite] == []
    assert [title.id for title in older.titles if "06/2026/QH16" in title.cite] == []
    assert (older.types, older.grounds, older.other_chains, older.quorum, older.vote_cite) == (
        (newer.types, newer.grounds, newer.other_chains, newer.quorum, newer.vote_cite)
    )


def test_the_first_submit_fixes_the_pack_and_no_later_one_changes_it() -> None:
    world = World.planned()
    ref = world.opened()
    world.do(ref, "add", VILLAGE)
    assert world.item(ref).rules is None

    world.do(ref, "submit", VILLAGE)
    assert world.item(ref).rules == pack_digest()
    world.do(ref, "return", SECRETARY)
    adopt_stricter(world)
    world.do(ref, "submit", VILLAGE)

    assert world.item(ref).rules == pack_digest()


def test_the_vote_is_counted_by_the_dossiers_own_pack() -> None:
    world = World.planned()
    before, drafted = world.dossier_in("submitted"), world.dossier_in("drafted")
    adopt_stricter(world)
    world.do(drafted, "submit", VILLAGE)

    for ref in (before, drafted):
        for event, account in APPRAISE:
            world.do(ref, event, account)
        world.council(ref, {1: NARROW})

    assert [Dossier.of(world.item(ref)).nominees[0].result for ref in (before, drafted)] == ["pass", "fail"]
    words = world.words(before, "approve")
    assert isinstance(world.attempt(before, "approve", CHAIR, words), Decision)
    assert isinstance(world.attempt(drafted, "approve", CHAIR, words), Tried)


def test_terms_run_by_the_dossiers_own_pack() -> None:
    world = World.planned()
    world.setting = replace(world.setting, policy=policy(), policies=(policy(),))
    before, drafted = world.dossier_in("submitted"), world.dossier_in("drafted")
    world.do(before, "return", OFFICER)
    adopt_stricter(world)

    for ref in (before, drafted):
        world.do(ref, "submit", VILLAGE)
        world.do(ref, "accept", OFFICER)

    due = {ref: term.due for ref in (before, drafted) if (term := world.item(ref).term("decision"))}
    assert due == {before: date(2026, 2, 3), drafted: date(2026, 3, 10)}
