"""Over any life of a dossier: nothing is awarded but what was received, appraised, voted on and approved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.council import COUNCIL as COUNCIL_MEETS
from tests.people import CHAIR, OFFICER, VICE_CHAIR, VILLAGE
from tests.workflow.engine.test_replay import fitting
from tests.workflow.shipped import ZONE, office
from tests.workflow.world import TITLES, NotDone, World
from workflow.model.council import council_on, passes, quorum_of
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.errors import InputMistakes
from workflow.model.facts import Item
from workflow.model.naming import UnknownEvent

LIVES = int(os.environ.get("TDKT_LIVES", "50"))
POSITIONS = (None, None, "Chủ tịch UBND xã", "Phó Chủ tịch UBND xã", "Thư ký Hội đồng", "uy-vien-1")
COUNCIL = council_on(office(), date(2026, 1, 20))
MEMBERS = ("uy-vien-1", "uy-vien-2", "uy-vien-3", "uy-vien-4", "uy-vien-5")


def begun(data: st.DataObject) -> World:
    """An office with a dossier or two of any title, of up to three lines, leaders among them."""
    world = World.planned()
    for _ in range(data.draw(st.integers(1, 2), "dossiers")):
        title, type, ground = data.draw(
            st.sampled_from([*TITLES.values(), ("tvh", None, None), ("cstdcs", None, None)]), "title"
        )
        ref = world.opened(title=title, type=type, ground=ground)
        kind = {"gdvh": "household", "tvh": "collective"}.get(title, "person")
        for _ in range(data.draw(st.integers(1, 3), "lines")):
            position = data.draw(st.sampled_from(POSITIONS), "position")
            words = {"kind": kind, "name": "A"} | ({"position": position} if position else {})
            world.attempt(ref, "add", VILLAGE, words)
    return world


def onward(item: Item) -> tuple[str, str, int]:
    """What mostly happens next, by whom and about which line."""
    dossier = Dossier.of(item)
    lines = [line for line in dossier.standing if not line.held]
    first = lines[0].no if lines else 1
    if item.state == "submitted" and dossier.complete_on is None:
        return "accept", OFFICER, first
    if item.state == "submitted":
        blank = next((line.no for line in lines if line.verdict is None), None)
        return ("appraise", OFFICER, blank) if blank else ("confirm", item.owners[0], first)
    if item.state == "appraised":
        return COUNCIL_MEETS, item.owners[0], first
    if item.state == "reviewed" and dossier.title == "tvh" and dossier.full_on is None:
        return ("publish_end" if dossier.published_until else "publish"), OFFICER, first
    usual = {
        "drafted": ("submit", VILLAGE),
        "returned": ("submit", VILLAGE),
        "reviewed": ("approve", item.owners[0] if item.owners else CHAIR),
        "approved": ("award", OFFICER),
    }
    return (*usual.get(item.state, ("hold", OFFICER)), first)


def step(world: World, data: st.DataObject) -> None:
    """Time passes, or somebody does to a dossier what mostly follows, or anything."""
    if data.draw(st.integers(0, 7), "wait") == 0:
        days = timedelta(days=data.draw(st.integers(1, 12), "days"))
        world.tick((world.now.astimezone(ZONE) + days).replace(tzinfo=None).isoformat())
        return
    ref = data.draw(st.sampled_from(sorted(key.ref for key in world.store.items if key.ref[0] == "D")))
    item = world.item(ref)
    event, actor, line = onward(item)
    if data.draw(st.integers(0, 7), "onward") == 0:
        event, actor = fitting(world, ref, data)
    elif data.draw(st.integers(0, 9), "apart") == 0 and Dossier.of(item).standing:
        event, actor, line = "split", OFFICER, data.draw(st.sampled_from(Dossier.of(item).standing)).no
    if event == COUNCIL_MEETS:
        met(world, item, data)
        return
    try:
        world.attempt(ref, event, actor, words(world, item, event, line, data))
    except (InputMistakes, UnknownEvent):
        return


def words(world: World, item: Item, event: str, line: int, data: st.DataObject) -> dict[str, str]:
    said = dict(world.words_for(item, event))
    if "nominee" in said:
        said["nominee"] = str(line)
    today = world.setting.at(world.now).today.isoformat()
    said |= {name: today for name in ("complete_on", "decision_date", "from") if name in said}
    if event == "appraise":
        said["verdict"] = data.draw(st.sampled_from(["met", "met", "met", "not_met", "no_info", "exception"]))
        said["reason"] = "Có lý do"
    if event == "award":
        said["signer"] = data.draw(st.sampled_from([CHAIR, CHAIR, VICE_CHAIR, OFFICER]))
    if event == "split" and data.draw(st.booleans(), "another title"):
        said["title"] = data.draw(st.sampled_from(["ldtt", "cstdcs", "gdvh", "tvh"]))
    return said


def met(world: World, item: Item, data: st.DataObject) -> None:
    """The council meets about the dossier, or cannot: some are away, some against, or all is miscounted."""
    absent = data.draw(st.lists(st.sampled_from(MEMBERS), unique=True, max_size=4), "absent")
    votes: dict[int, dict[str, str]] = {}
    for line in Dossier.of(item).to_vote:
        here = 9 - len(absent) - (line.account in COUNCIL)
        against = data.draw(st.integers(0, 3), "against")
        votes[line.no] = {"for": str(here - against), "against": str(against), "invalid": "0"}
        if data.draw(st.integers(0, 7), "anything") == 0:
            votes[line.no] = {name: str(data.draw(st.integers(0, 9), name)) for name in votes[line.no]}
    with suppress(NotDone):
        world.council(item.key.ref, votes, absent=absent)


def awarded(world: World) -> Iterator[tuple[Item, Nominee]]:
    for item in world.store.items.values():
        if isinstance(item.details, Dossier):
            yield from (
                (item, line)
                for line in item.details.nominees
                if line.outcome in ("awarded_here", "awarded_higher")
            )


def gone_on(world: World, item: Item, line: Nominee) -> Nominee | None:
    """The line in the dossier to which it was moved."""
    assert line.moved_to is not None
    other = world.item(line.moved_to)
    assert Dossier.of(other).split_from == item.key.ref
    assert (Dossier.of(other).received_on, other.rules) == (Dossier.of(item).received_on, item.rules)
    return Dossier.of(other).nominee(line.no)


def signers(world: World, item: Item) -> set[str]:
    """Who signed the decisions that name a line of the dossier."""
    return {
        str(kept.entry.inputs["signer"])
        for kept in world.store.entries
        if kept.key == item.key and kept.entry.event == "award" and not kept.entry.refused
    }


@settings(max_examples=LIVES, deadline=None)
@given(st.data())
def test_no_sequence_awards_without_receipt_appraisal_vote_and_approval(data: st.DataObject) -> None:
    world = begun(data)
    directory, rules = world.setting.office, world.setting.rules

    for _ in range(data.draw(st.integers(10, 60), "steps")):
        step(world, data)

    council = directory.people(council_on(directory, world.setting.at(world.now).today))
    for item in world.store.items.values():
        moved = [line for line in getattr(item.details, "nominees", ()) if line.outcome == "moved"]
        assert all(gone_on(world, item, line) for line in moved)
    for item, line in awarded(world):
        dossier = Dossier.of(item)
        assert dossier.received_on is not None
        assert dossier.complete_on is not None
        assert dossier.full_on is not None
        assert dossier.received_on <= dossier.complete_on <= dossier.full_on
        assert item.rules == world.setting.pack_on(dossier.received_on)
        assert line.verdict in ("met", "exception")
        assert line.approved in (CHAIR, VICE_CHAIR)
        assert line.approved != line.account
        assert not line.held
        if line.account in (CHAIR, VICE_CHAIR):
            assert signers(world, item) - {line.account}
        vote = rules.title(line.title)
        assert vote is not None
        if dossier.path == "council":
            assert line.votes is not None
            assert vote.vote is not None
            own = directory.people([line.account] if line.account else [])
            assert line.votes.total == len(council - own)
            assert line.votes.present + len(own & council) >= quorum_of(len(council), rules.quorum)
            assert passes(line.votes, vote.vote)
        else:
            assert line.result == "unvoted"
        if line.title == "tvh":
            assert dossier.published_until is not None
            assert dossier.published_until < dossier.full_on
