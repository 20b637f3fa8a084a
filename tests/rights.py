"""Who may do what, cell by cell, as the engine itself answers: role × event × state of the shipped machines.

`python -m tests.rights` prints docs/rights.md, for whoever changes a machine or a rule. Each role is asked in
person, through a stand-in, and through somebody to whom it passed the work on; what depends on the inputs or
on other items is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from textwrap import wrap
from typing import NamedTuple

from tests.people import VILLAGE
from tests.workflow.shipped import catalogue, machine_of, office, setting
from tests.workflow.world import World
from workflow.engine.case import Case
from workflow.engine.machine import NOWHERE, RunnableMachine, barring, in_capacity, reasons_against
from workflow.model.context import Actor, Context, Setting
from workflow.model.definition import Office
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Facts, Item, Proposal
from workflow.model.office import Account
from workflow.model.roles import ROLES, able, permitted
from workflow.model.substitution import Substitution
from workflow.model.text import Text

ANOTHER = "another_body"
"""The representative of a body that is not the dossier's."""
HELPER = "helper"
"""Holds no role that an event asks for: it acts in others' names alone."""
ASKED = (*ROLES, ANOTHER)

LETTERS = {
    "chair": "C",
    "vice_chair": "V",
    "standing_member": "St",
    "secretary": "Se",
    "council_member": "M",
    "head": "H",
    "officer": "O",
    "representative": "R",
    "records_clerk": "RC",
    "accountant": "Ac",
    "auditor": "Au",
    "administrator": "Ad",
    ANOTHER: "X",
}


class Subject(NamedTuple):
    """What is asked about: a heading, and an item in its first state."""

    heading: str
    item: Item


def one_role_each() -> Office:
    """The shipped office in which every role is an account of its own."""
    shipped = office()
    bodies = {"representative": VILLAGE, "officer": shipped.division, "head": shipped.division}
    accounts = [Account(role, Text(role, role), (role,), bodies.get(role)) for role in ROLES]
    accounts += [
        Account(ANOTHER, Text(ANOTHER, ANOTHER), ("representative",), "thon-2"),
        Account(HELPER, Text(HELPER, HELPER), ("accountant",)),
    ]
    return shipped._replace(accounts=tuple(accounts))


def subjects() -> tuple[Subject, ...]:
    world = World.planned()
    return (
        Subject("Tasks whose row names the council", world.item("T17")),
        Subject("Other tasks", world.item("T04")),
        Subject("Dossiers on which the council votes", world.item(world.opened(title="gk"))),
        Subject("Dossiers that are appraised", world.item(world.opened(title="gdvh"))),
    )


SETTING: Setting = replace(setting(directory=one_role_each()), substitutions=())


def absent(account: str, *, stand_in: str = HELPER) -> Setting:
    """The setting in which the account is away, and another one acts for it."""
    day = SETTING.today
    order = Substitution(1, account, stand_in, day, day + timedelta(days=1))
    return replace(SETTING, substitutions=(order,))


def asked(item: Item, event: str, account: str, where: Setting) -> tuple[RunnableMachine, Context]:
    """The event as the account asks it, in whose name it may."""
    machine = machine_of(item.digest)
    case = Case(where, Actor(account), machine_of, catalogue)
    return machine, in_capacity(machine, case.context(machine, event, Facts(item)))


def may(item: Item, event: str, account: str, where: Setting = SETTING) -> bool:
    """Whether state, role and person allow it."""
    machine, context = asked(item, event, account, where)
    rules = {reason.rule for reason in reasons_against(machine, context)}
    return rules.isdisjoint({"state", "role", "by_itself"}) and not barring(machine, context)


def passed_on(item: Item, giver: str) -> Item:
    """The item as the giver passed it on to the helper, where it can."""
    machine = machine_of(item.digest)
    owner = machine.states[item.state].owner if item.state in machine.states else None
    held = able(owner, machine.standing(item, SETTING))
    if not any(giver in holding.accounts for holding in held):
        return item
    return item._replace(claimed_by=HELPER, delegated_by=giver)


def cell(item: Item, event: str, account: str) -> str:
    """p: in person, s: through a stand-in, d: through whom the work was passed on to."""
    passed = passed_on(item, account)
    ways = {
        "p": may(item, event, account),
        "s": may(item, event, HELPER, absent(account)),
        "d": passed is not item and may(passed, event, HELPER),
    }
    return "".join(letter for letter, holds in ways.items() if holds)


def states(machine: RunnableMachine) -> tuple[str, ...]:
    return (NOWHERE, *machine.states)


def events_in(machine: RunnableMachine, state: str) -> tuple[str, ...]:
    """All of them; of what is not there yet only those that make it."""
    made = {
        event.id
        for event in machine.definition.events
        if any(NOWHERE in transition.sources for transition in event.transitions)
    }
    return tuple(id for id in machine.events if (id in made) == (state == NOWHERE))


# -- whoever acted before ------------------------------------------------------------------------------


class Before(NamedTuple):
    """Something that one person did already, and the item after it."""

    said: str
    done: Callable[[Item, str, str | None], Item]


def _submitted(item: Item, by: str, acting_for: str | None) -> Item:
    return item._replace(submitted_by=by, submitted_for=acting_for)


def _reviewed(item: Item, by: str, acting_for: str | None) -> Item:
    return item._replace(reviewed_by=by, reviewed_for=acting_for)


def _asked_later(item: Item, by: str, acting_for: str | None) -> Item:
    return item._replace(proposed_until=date(2026, 12, 1), proposed_by=by, proposed_for=acting_for)


def _proposed(item: Item, by: str, acting_for: str | None) -> Item:
    return item._replace(proposal=Proposal("propose", by, acting_for))


def _nominated(item: Item, by: str, _acting_for: str | None) -> Item:
    dossier = Dossier.of(item)
    return item._replace(details=replace(dossier, nominees=(Nominee(1, "person", dossier.title, by),)))


def _passed(item: Item, by: str, _acting_for: str | None) -> Item:
    dossier = Dossier.of(item)
    line = Nominee(1, "person", dossier.title, by, result="pass")
    return item._replace(details=replace(dossier, nominees=(line,)))


BEFORE = {
    "four_eyes": (Before("submitted it", _submitted), Before("reviewed it", _reviewed)),
    "not_own_proposal": (Before("asked for a later date", _asked_later),),
    "another_person": (Before("proposed it", _proposed),),
    "not_a_nominee": (Before("stands in the list", _nominated),),
    "not_a_nominee_when_appraising": (Before("stands in the list", _nominated),),
    "not_only_own_lines": (Before("stands in its only line", _passed),),
    "free_to_confirm": (Before("stands in the list", _nominated),),
    "not_own_undecided": (Before("stands in its only line", _nominated),),
    "own_submission": (),
    "own_review": (),
    "not_own_forward": (),
    "confirmed_by_another": (),
    "agrees_to_own": (),
}
"""By the guard that looks at persons: whoever writes another one says here what it looks at. Two of the last
are for nobody else than who acted before, who takes back what it did itself; the others look at what was
recorded, or at who holds another position too (`tests.workflow.rules.test_folded`)."""

WAYS = (
    "in person",
    "as the stand-in of a holder",
    "by a stand-in of its own",
    "where passed on",
    "as another account",
)


def barred(item: Item, event: str, before: Before) -> Iterator[str]:
    """The rules that refuse it to who acted before, in each of the WAYS; empty where none does."""
    machine = machine_of(item.digest)
    standing = machine.standing(item, SETTING)
    holder = permitted(machine.events[event].by, standing)[0].accounts[0]
    same = SETTING.office._replace(
        accounts=tuple(
            account._replace(person=holder) if account.id == HELPER else account
            for account in SETTING.office.accounts
        )
    )
    yield refused(before.done(item, holder, None), event, holder)
    yield refused(before.done(item, HELPER, None), event, HELPER, absent(holder))
    yield refused(before.done(item, holder, None), event, HELPER, absent(holder))
    given = before.done(item, HELPER, None)._replace(claimed_by=HELPER, delegated_by=holder)
    yield refused(given, event, HELPER)
    yield refused(before.done(item, HELPER, None), event, holder, replace(SETTING, office=same))


def refused(item: Item, event: str, account: str, where: Setting = SETTING) -> str:
    machine, context = asked(item, event, account, where)
    persons = {reason.rule for reason in barring(machine, context)}
    rules = [reason.rule for reason in reasons_against(machine, context)]
    return ", ".join(rule for rule in rules if rule in persons or rule == "role")


def looked_at(subject: Subject) -> Iterator[tuple[str, str, Before]]:
    """Every event with a state in which it can be asked, and what its guards look at."""
    machine = machine_of(subject.item.digest)
    for event in machine.definition.events:
        state = event.transitions[0].sources[-1]
        for call in event.guards:
            if machine.registry.guards[call.name].of_persons:
                for before in BEFORE[call.name]:
                    yield event.id, state, before


HEAD = """Made by `python -m tests.rights`, which asks the engine; a test holds this page equal to it.
Every role is an account of its own here. **p** in person · **s** through a stand-in of the absent one ·
**d** through somebody to whom the work was passed on · **·** not at all. What is not a row can be done
by nobody in that state. What an event asks beside the state, the role and the person (papers, dates,
votes, open dossiers) is not told here. Whoever may order a substitution, adopt a definition or agree to
one stands in [concepts.md](concepts.md#who-may)."""

PART = """The rules that refuse an event to a person who had a part in it already, in each way in which
that person could come to it: holding the right itself, standing in for the holder, through a stand-in
of its own, having the work passed on, and from another account of the same human. `role`: the right has
passed to the vice chair by then."""


# -- the page --------------------------------------------------------------------------------------------


def page() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Who may do what"
    yield ""
    yield from wrap(HEAD, 118)
    yield ""
    yield " · ".join(f"**{letter}** {role.replace('_', ' ')}" for role, letter in LETTERS.items())
    for subject in subjects():
        yield ""
        yield f"## {subject.heading}"
        yield ""
        yield from _matrix(subject)
    yield ""
    yield "## Whoever acted before"
    yield ""
    yield from wrap(PART, 118)
    for subject in subjects():
        rows = list(looked_at(subject))
        if rows:
            yield ""
            yield f"### {subject.heading}"
            yield ""
            yield f"| event | who | {' | '.join(WAYS)} |"
            yield f"|---|---|{'---|' * len(WAYS)}"
            for event, state, before in rows:
                item = subject.item._replace(state=state)
                rules = " | ".join(rule or "may" for rule in barred(item, event, before))
                yield f"| `{event}` | who {before.said} | {rules} |"


def _matrix(subject: Subject) -> Iterator[str]:
    machine = machine_of(subject.item.digest)
    yield f"| state | event | {' | '.join(LETTERS[role] for role in ASKED)} |"
    yield f"|---|---|{'---|' * len(ASKED)}"
    for state in states(machine):
        item, shown = subject.item._replace(state=state), f"`{state}`"
        for event in events_in(machine, state):
            cells = [cell(item, event, role) for role in ASKED]
            if any(cells):
                yield f"| {shown} | `{event}` | {' | '.join(each or '·' for each in cells)} |"
                shown = ""


if __name__ == "__main__":
    print(page(), end="")
