"""Whatever is tried, in any order and in whoever's name: nobody reviews and approves one paper, decides an
extension that it asked for, or agrees to what it proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow.shipped import office, setting
from tests.workflow.world import World
from workflow.engine.substituting import objections
from workflow.model.decision import Decision
from workflow.model.definition import Office
from workflow.model.rights import agreeing, agrees_for
from workflow.model.substitution import Substitution

PEOPLE = (CHAIR, VICE_CHAIR, STANDING_MEMBER, SECRETARY, OFFICER)
ASIDE = ("propose_extension", "extend")
LEADING = {
    "drafted": ("submit", "submit", *ASIDE),
    "submitted": ("review", "review", *ASIDE),
    "reviewed": ("approve", "approve", "approve", *ASIDE),
    "approved": ("return", *ASIDE),
}
HUMANS = ("a", "b", "c", "d", "e")

offices = st.builds(
    lambda held, agrees: _office(dict(zip(PEOPLE, held, strict=True)), agrees),
    st.lists(st.sampled_from(HUMANS), min_size=len(PEOPLE), max_size=len(PEOPLE)),
    st.sampled_from([("chair",), ("chair", "standing_member"), ("secretary",)]),
)
orders = st.permutations(PEOPLE).map(lambda people: people[:3])
"""Who is absent, who stands in, who orders it."""


def _office(held: dict[str, str], agrees: tuple[str, ...]) -> Office:
    """The shipped office in which humans hold several positions."""
    accounts = tuple(account._replace(person=held.get(account.id)) for account in office().accounts)
    return office()._replace(accounts=accounts, agrees=agrees)


def order(people: list[str], day: date, number: int) -> Substitution:
    absent, stand_in, _by = people
    return Substitution(number, absent, stand_in, day, day + timedelta(days=9))


@settings(max_examples=60, deadline=None)
@given(offices, st.data())
def test_nobody_alone_reviews_and_approves_or_extends(directory: Office, data: st.DataObject) -> None:
    """At each step an event that the state allows is asked by somebody, now and then after an order."""
    world = World.planned()
    world.setting = setting(directory=directory)
    had_a_part: dict[str, frozenset[str]] = {}
    for _step in range(18):
        if data.draw(st.integers(0, 5)) == 0:
            _order(world, data.draw(orders))
        event = data.draw(st.sampled_from(LEADING[world.item("T02").state]))
        answer = world.attempt("T02", event, data.draw(st.sampled_from(PEOPLE)), world.words("T02", event))
        if not isinstance(answer, Decision):
            continue
        people = directory.people(id for id in (answer.entry.actor, answer.entry.acting_for) if id)
        if event == "approve":
            assert people.isdisjoint(had_a_part["submit"] | had_a_part["review"])
        if event == "extend":
            assert people.isdisjoint(had_a_part.pop("propose_extension", frozenset()))
        had_a_part[event] = people


def _order(world: World, people: list[str]) -> None:
    """A stand-in as somebody may order it."""
    standing = world.setting.substitutions
    new = order(people, world.setting.today, len(standing) + 1)
    if not objections(new, standing, by=people[2], office=world.setting.office):
        assert world.setting.office.person(people[1]) != world.setting.office.person(people[2])
        world.setting = replace(world.setting, substitutions=(*standing, new))


@settings(max_examples=200, deadline=None)
@given(offices, st.sampled_from(PEOPLE), st.lists(orders))
def test_nobody_agrees_to_what_it_proposed_in_anybodys_name(
    directory: Office, proposer: str, wanted: list[list[str]]
) -> None:
    day = date(2026, 3, 2)
    standing: tuple[Substitution, ...] = ()
    for number, people in enumerate(wanted, start=1):
        new = order(people, day, number)
        if not objections(new, standing, by=people[2], office=directory):
            standing = (*standing, new)

    own = directory.person(proposer)
    able = agreeing(directory, proposer)
    assert own not in directory.people(able)
    for account in (*PEOPLE, VILLAGE):
        name = agrees_for(directory, account, proposer=proposer, substitutions=standing, day=day)
        assert name is None or (own not in directory.people((account, name)) and name in able)
