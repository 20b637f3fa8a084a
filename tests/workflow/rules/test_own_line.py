"""Whatever is tried, by whoever and in whoever's name, however many positions one person holds: nobody has a
part in deciding the own line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.council import COUNCIL
from tests.people import (
    CHAIR,
    MEMBER,
    OFFICER,
    RECORDS_CLERK,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import machine_of, office, setting
from tests.workflow.world import TITLES, NotDone, World
from workflow.engine.substituting import objections
from workflow.model.decision import Decision
from workflow.model.definition import Office
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.errors import InputMistakes
from workflow.model.facts import Item
from workflow.model.naming import UnknownEvent
from workflow.model.roles import permitted
from workflow.model.substitution import Substitution

LIVES = int(os.environ.get("TDKT_LIVES", "50"))
POSITIONS = (
    *(CHAIR, VICE_CHAIR, STANDING_MEMBER, SECRETARY, OFFICER),
    *(MEMBER, SECOND_MEMBER, RECORDS_CLERK, VILLAGE),
)
HUMANS = ("a", "b", "c", "d", "e", "f", "g")
ASIDE = {
    "submitted": ("appraise", "confirm", "reject", "hold", "release"),
    "appraised": ("send_back", "reject", "hold", "release"),
    "reviewed": ("approve", "reject", "reopen", "hold", "release"),
    "approved": ("award", "approve", "forward", "hold", "release"),
}
"""What else may decide about lines, or take it back."""
OF_THE_WHOLE = ("confirm", "give_opinion", "send_back")
"""What is done with the list as a whole, each of its lines with it."""
RECORDED = ("award", "forward", "withdraw", "record_result")
"""What the officer records of another's paper: of an award it counts who signed it."""

folded = st.lists(st.sampled_from(HUMANS), min_size=len(POSITIONS), max_size=len(POSITIONS)).map(
    lambda held: _office(dict(zip(POSITIONS, held, strict=True)))
)


def _office(held: dict[str, str]) -> Office:
    """The shipped office in which humans hold several positions."""
    accounts = tuple(account._replace(person=held.get(account.id)) for account in office().accounts)
    return office()._replace(accounts=accounts)


def begun(world: World, data: st.DataObject) -> str:
    """A draft in which some of those who act are nominated."""
    path = data.draw(st.sampled_from(sorted(TITLES)), "path")
    title, type, ground = TITLES[path]
    if path == "council" and data.draw(st.booleans(), "to the superior"):
        title = "bkt"
    ref = world.opened(title=title, type=type, ground=ground)
    accounts = data.draw(st.lists(st.sampled_from([*POSITIONS, None]), min_size=1, max_size=4), "nominees")
    for number, account in enumerate(accounts):
        link = {"account": account} if account else {"linked": "none"}
        kind = "household" if title == "gdvh" else "person"
        world.do(ref, "add", OFFICER, {"kind": kind, "name": f"Người thứ {number}", **link})
    return ref


def onward(item: Item) -> tuple[str, int]:
    """What leads on from where the dossier stands, and the line that it is about."""
    dossier = Dossier.of(item)
    first = dossier.nominees[0].no
    unappraised = [line.no for line in dossier.standing if line.verdict is None and not line.held]
    if item.state in ("drafted", "returned"):
        return "submit", first
    if item.state == "submitted":
        if dossier.complete_on is None:
            return "accept", first
        return ("appraise", unappraised[0]) if unappraised else ("confirm", first)
    if item.state == "appraised" and item.kind == "simplified":
        return "give_opinion", first
    if item.state == "appraised":
        return COUNCIL, first
    if item.state == "reviewed":
        return ("approve" if dossier.to_approve else "reject"), first
    if item.state == "approved":
        level = "forward" if "bkt" in dossier.titles else "award"
        return ("approve" if dossier.to_approve else level), first
    return "revoke", first


def words(world: World, ref: str, event: str, line: int, data: st.DataObject) -> dict[str, str]:
    """Inputs that may be right for a line of the dossier as it stands."""
    said = dict(world.words(ref, event))
    if "nominee" in said:
        said["nominee"] = str(line)
    if event == "appraise":
        said["verdict"] = data.draw(st.sampled_from(["met", "met", "met", "not_met"]), "verdict")
    if event == "award":
        said["signer"] = data.draw(st.sampled_from([CHAIR, VICE_CHAIR]), "signer")
    return said


def changed(before: Item, after: Item) -> Iterator[Nominee]:
    """The lines about which the event decided something."""
    lines = {line.no: line for line in Dossier.of(before).nominees}
    yield from (line for line in Dossier.of(after).nominees if lines.get(line.no) != line)


def decided(before: Item, after: Item, event: str) -> tuple[Nominee, ...]:
    if event in OF_THE_WHOLE:
        return Dossier.of(before).nominees
    return tuple(changed(before, after))


@settings(max_examples=LIVES, deadline=None)
@given(folded, st.data())
def test_nobody_decides_the_own_line_from_any_position(directory: Office, data: st.DataObject) -> None:
    """Mostly what leads on is asked, by whoever may or in whose place; now and then anything by anybody."""
    world = World.planned()
    world.setting = setting(directory=directory)
    ref = begun(world, data)

    for _step in range(data.draw(st.integers(10, 40), "steps")):
        before = world.item(ref)
        event, line = onward(before)
        if before.state in ASIDE and data.draw(st.integers(0, 4), "aside") == 0:
            event = data.draw(st.sampled_from(ASIDE[before.state]), "event")
            line = data.draw(st.sampled_from(Dossier.of(before).nominees), "line").no
        if event == COUNCIL:
            _met(world, ref, data)
            continue
        answer = _tried(world, ref, event, line, data)
        if before.state in FINAL_STATES:
            break
        if not isinstance(answer, Decision):
            continue
        entry = answer.entry
        people = directory.people(id for id in (entry.actor, entry.acting_for) if id)
        if event == "award":
            people = directory.people([str(entry.inputs["signer"])])
        elif event in RECORDED and entry.role not in ("chair", "vice_chair"):
            continue
        own = [line for line in decided(before, answer.item, event) if line.account]
        assert people.isdisjoint(directory.people(str(line.account) for line in own)), (event, entry.actor)


FINAL_STATES = ("awarded", "rejected", "withdrawn", "revoked", "forwarded", "decided")


def _tried(world: World, ref: str, event: str, line: int, data: st.DataObject) -> object:
    """The event as somebody asks it: who may, who stands in for one of them, or anybody."""
    item = world.item(ref)
    machine = machine_of(item.digest)
    held = permitted(machine.events[event].by, machine.standing(item, world.setting))
    may = [account for holding in held for account in holding.accounts]
    who = data.draw(st.sampled_from(["who may", "who may", "stand-in", "anybody"]), "who")
    actor = data.draw(st.sampled_from(may if may and who != "anybody" else POSITIONS), "actor")
    if who == "stand-in":
        actor = _ordered(world, actor, data)
    try:
        return world.attempt(ref, event, actor, words(world, ref, event, line, data))
    except (InputMistakes, UnknownEvent):
        return None


def _met(world: World, ref: str, data: st.DataObject) -> None:
    """The council meets about the dossier, where there are enough who may vote on it."""
    lines = Dossier.of(world.item(ref)).to_vote
    against = {line.no: world.counts(line) for line in lines if data.draw(st.integers(0, 3), "against") == 0}
    for counts in against.values():
        counts |= {"for": counts["against"], "against": counts["for"]}
    with suppress(NotDone):
        world.council(ref, against)


def _ordered(world: World, absent: str, data: st.DataObject) -> str:
    """Who stands in for the account, as somebody may order it; the account itself where nobody may."""
    stand_in, by = data.draw(st.permutations(POSITIONS), "substitution")[:2]
    today = world.setting.today
    new = Substitution(1, absent, stand_in, today, today + timedelta(days=9))
    if objections(new, (), by=by, office=world.setting.office):
        return absent
    world.setting = replace(world.setting, substitutions=(new,))
    return stand_in
