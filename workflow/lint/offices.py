"""What is unwise or cannot work in an office together with what it names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from workflow.files.reading import Where
from workflow.files.telling import alternatives, told
from workflow.lint.findings import Finding
from workflow.lint.graph import reachable
from workflow.model.definition import (
    Body,
    CalendarYear,
    Catalogue,
    DeadlinePolicy,
    Definition,
    Machine,
    Office,
    RulePack,
)
from workflow.model.office import COUNCIL_MEMBER
from workflow.model.roles import SYSTEM


def lint_office(
    office: Office, *, definitions: Sequence[Definition], relations: Mapping[str, Collection[str]]
) -> tuple[Finding, ...]:
    """An office together with what it names, of which `definitions` may hold several versions.

    `relations` gives for each relation of the machines the roles through which an account has it.
    """
    names = _named(office)
    named = [definition for definition in definitions if (type(definition), definition.name) in names]
    machines = [definition for definition in named if isinstance(definition, Machine)]
    running = [each for each in definitions if isinstance(each, Machine) and each.name in office.runs]
    policies = [definition for definition in named if isinstance(definition, DeadlinePolicy)]
    catalogues = [definition for definition in named if isinstance(definition, Catalogue)]
    packs = [definition for definition in named if isinstance(definition, RulePack)]
    return (
        *_names_nothing(office, named),
        *_role_nobody_holds(office, machines, relations=relations),
        *_nobody_agrees(office),
        *_rung_reaches_nobody(office, policies),
        *_term_of_nothing(running, policies),
        *_usual_days_of_nothing(machines, policies),
        *_rule_of_no_term(packs, policies),
        *_notice_without_words(machines, catalogues),
        *_group_without_members(office),
        *_succession_in_a_circle(office),
        *_successor_begins_later(office),
        *_successor_outside_the_group(office),
        *_asked_for_no_title(office, packs),
        *_unnamed_no_title(office, packs),
        *_seat_without_role(office),
        *_role_without_seat(office),
        *_one_spelling_two_bodies(office),
    )


def _named(office: Office) -> dict[tuple[type, str], Where]:
    """What an office names: type and name of a definition, with the place in the office's file."""
    lists: dict[str, tuple[type, tuple[str, ...]]] = {
        "calendars": (CalendarYear, office.calendars),
        "machines": (Machine, office.machines),
        "later_rules": (RulePack, office.later_rules),
    }
    many = {
        (made, name): (key, str(number))
        for key, (made, names) in lists.items()
        for number, name in enumerate(names)
    }
    return {
        **many,
        (DeadlinePolicy, office.policy): ("policy",),
        (RulePack, office.rules): ("rules",),
        (Catalogue, office.messages): ("messages",),
    }


def _names_nothing(office: Office, named: Sequence[Definition]) -> Iterator[Finding]:
    there = {(type(definition), definition.name) for definition in named}
    for (made, name), where in _named(office).items():
        if (made, name) not in there:
            message = told("{key}: there is no definition '{name}' of this kind", key=where[0], name=name)
            yield Finding("error", "names_nothing", where, message)


def _role_nobody_holds(
    office: Office, machines: Sequence[Machine], *, relations: Mapping[str, Collection[str]]
) -> Iterator[Finding]:
    needed = {(machine.name, relation): None for machine in machines for relation in _relations(machine)}
    for machine, relation in needed:
        roles = relations.get(relation, ())
        if SYSTEM not in roles and not any(office.holding(role) for role in roles):
            wanted = alternatives([*roles]) or told("no role at all")
            message = told(
                "{machine} has nobody as '{relation}': no account of the office is {wanted}",
                machine=machine,
                relation=relation,
                wanted=wanted,
            )
            yield Finding("error", "role_nobody_holds", ("accounts",), message)


def _nobody_agrees(office: Office) -> Iterator[Finding]:
    """No definition that changes a right could ever be adopted again."""
    if not any(office.holding(role) for role in office.agrees):
        wanted = alternatives(office.agrees)
        message = told(
            "no account of the office is {wanted}, so nobody can agree to changed rights", wanted=wanted
        )
        yield Finding("error", "nobody_agrees", ("accounts",), message)


def _relations(machine: Machine) -> tuple[str, ...]:
    owners = [state.owner for state in machine.states if state.owner is not None]
    actors = [relation for event in machine.events for relation in event.by]
    return tuple(dict.fromkeys((*owners, *actors)))


def _term_of_nothing(machines: Sequence[Machine], policies: Sequence[DeadlinePolicy]) -> Iterator[Finding]:
    """A term whose machine or states do not exist would never begin. A state of any version will do."""
    states: dict[str, set[str]] = {}
    for machine in machines:
        states.setdefault(machine.name, set()).update(state.id for state in machine.states)
    for policy in policies:
        for term in policy.terms:
            if term.of not in states:
                message = told(
                    "{label}: term {id} is of '{of}', which the office does not run",
                    label=policy.label,
                    id=term.id,
                    of=term.of,
                )
                yield Finding("error", "term_of_nothing", ("policy",), message)
                continue
            for state in (*term.runs, *term.pauses):
                if state not in states[term.of]:
                    message = told(
                        "{label}: term {id} names '{state}', no state of {of}",
                        label=policy.label,
                        id=term.id,
                        state=state,
                        of=term.of,
                    )
                    yield Finding("error", "term_of_nothing", ("policy",), message)


def _usual_days_of_nothing(
    machines: Sequence[Machine], policies: Sequence[DeadlinePolicy]
) -> Iterator[Finding]:
    """Usual days of a kind that no machine has are never offered."""
    kinds = {kind.id for machine in machines for kind in machine.kinds}
    for policy in policies:
        for kind in dict.fromkeys(days.kind for days in policy.usual if days.kind not in kinds):
            message = told(
                "{label}: usual days of '{kind}', no kind of the office's machines",
                label=policy.label,
                kind=kind,
            )
            yield Finding("warning", "usual_days_of_nothing", ("policy",), message)


def _rule_of_no_term(packs: Sequence[RulePack], policies: Sequence[DeadlinePolicy]) -> Iterator[Finding]:
    """The newest edition of each rule pack may give lengths only to terms that the newest policy has."""
    if not policies:
        return
    newest = {pack.name: pack for pack in sorted(packs, key=lambda pack: pack.version)}
    policy = max(policies, key=lambda policy: policy.version)
    for pack in newest.values():
        for id in _paused_terms(pack):
            if policy.term(id) is None:
                message = told(
                    "{name}: opinions of other bodies pause '{id}', no term of {label}",
                    name=pack.name,
                    id=id,
                    label=policy.label,
                )
                yield Finding("warning", "rule_of_no_term", ("rules",), message)
        for title in pack.titles:
            for id in title.terms:
                if policy.term(id) is None:
                    message = told(
                        "{name}: {title} gives a length to '{id}', no term of {label}",
                        name=pack.name,
                        title=title.id,
                        id=id,
                        label=policy.label,
                    )
                    yield Finding("warning", "rule_of_no_term", ("rules",), message)


def _paused_terms(pack: RulePack) -> Iterator[str]:
    """Each term once that stands still while others are asked."""
    asking = [pack.asking, *(title.asking for title in pack.titles)]
    yield from dict.fromkeys(id for each in asking if each for id in each.pauses)


def _rung_reaches_nobody(office: Office, policies: Sequence[DeadlinePolicy]) -> Iterator[Finding]:
    for policy in policies:
        for rung in policy.ladder:
            if not any(office.holding(role) for role in rung.to):
                who = alternatives(rung.to)
                message = told(
                    "{name}: level {level} informs nobody, no account is {who}",
                    name=policy.name,
                    level=rung.level,
                    who=who,
                )
                yield Finding("warning", "rung_reaches_nobody", ("accounts",), message)


def _notice_without_words(machines: Sequence[Machine], catalogues: Sequence[Catalogue]) -> Iterator[Finding]:
    sent = {
        (machine.name, kind): None
        for machine in machines
        for event in machine.events
        for kind in event.notices
    }
    for catalogue in catalogues:
        for machine_name, kind in sent:
            if kind not in catalogue.notices:
                message = told(
                    "{machine} sends the notice '{kind}', for which {name} has no text",
                    machine=machine_name,
                    kind=kind,
                    name=catalogue.name,
                )
                yield Finding("error", "notice_without_words", ("messages",), message)


def _group_without_members(office: Office) -> Iterator[Finding]:
    for body in office.bodies:
        if body.group and not body.members and not body.external:
            message = told(
                "the group '{id}' stands for no body: it needs 'members' or 'external: true'", id=body.id
            )
            yield Finding("warning", "group_without_members", ("bodies", body.id), message)


def _succession_in_a_circle(office: Office) -> Iterator[Finding]:
    """Nobody would speak for such a body once it ended."""
    follows = {body.id: [body.succeeded_by] if body.succeeded_by else [] for body in office.bodies}
    for body in office.bodies:
        if body.id in reachable(follows, body.id):
            message = told("'{id}' comes after itself: 'succeeded_by' goes in a circle", id=body.id)
            yield Finding("error", "succession_in_a_circle", ("bodies", body.id, "succeeded_by"), message)


def _successions(office: Office) -> Iterator[tuple[Body, Body]]:
    for body in office.bodies:
        heir = office.body(body.succeeded_by) if body.succeeded_by else None
        if heir is not None:
            yield body, heir


def _successor_begins_later(office: Office) -> Iterator[Finding]:
    for body, heir in _successions(office):
        if body.valid_to and heir.valid_from and heir.valid_from > body.valid_to + timedelta(days=1):
            message = told(
                "'{id}' ends on {end}, but '{heir}' begins on {start}: nobody speaks for it between them",
                id=body.id,
                end=body.valid_to,
                heir=heir.id,
                start=heir.valid_from,
            )
            yield Finding("warning", "successor_begins_later", ("bodies", body.id, "succeeded_by"), message)


def _successor_outside_the_group(office: Office) -> Iterator[Finding]:
    """A plan's row that names the group would not ask the body that came after its member."""
    for body, heir in _successions(office):
        for group in office.bodies:
            if body.id in group.members and heir.id not in group.members:
                message = told(
                    "'{heir}' comes after '{id}' but is no member of '{group}'",
                    heir=heir.id,
                    id=body.id,
                    group=group.id,
                )
                yield Finding("warning", "successor_outside_the_group", ("bodies", group.id), message)


def _asked_for_no_title(office: Office, packs: Sequence[RulePack]) -> Iterator[Finding]:
    """A title of any version of the rule pack will do."""
    known = {title.id for pack in packs for title in pack.titles}
    for body in office.bodies if packs else ():
        for number, title in enumerate(body.asked_for or ()):
            if title not in known:
                message = told(
                    "'{id}' is asked for '{title}', no title of {rules}",
                    id=body.id,
                    title=title,
                    rules=office.rules,
                )
                where = ("bodies", body.id, "asked_for", str(number))
                yield Finding("error", "asked_for_no_title", where, message)


def _unnamed_no_title(office: Office, packs: Sequence[RulePack]) -> Iterator[Finding]:
    """A title that is misspelt would be named in public."""
    known = {title.id for pack in packs for title in pack.titles}
    for number, title in enumerate(office.publish.unnamed if packs else ()):
        if title not in known:
            message = told(
                "names of '{title}' are not published, no title of {rules}", title=title, rules=office.rules
            )
            yield Finding("error", "unnamed_no_title", ("publish", "unnamed", str(number)), message)


def _seat_without_role(office: Office) -> Iterator[Finding]:
    """Such a seat would be nobody's: its account is no member and may do nothing that members do."""
    for seat in office.membership.members:
        account = office.account(seat.id)
        if account is not None and COUNCIL_MEMBER not in account.roles:
            message = told(
                "'{id}' sits in the council but has no role {role}", id=seat.id, role=COUNCIL_MEMBER
            )
            yield Finding("error", "seat_without_role", ("membership", "members", seat.id), message)


def _role_without_seat(office: Office) -> Iterator[Finding]:
    for account in office.holding(COUNCIL_MEMBER) if office.membership.members else ():
        if office.membership.seat(account) is None:
            message = told(
                "'{account}' has the role {role} but no seat: it counts as no member",
                account=account,
                role=COUNCIL_MEMBER,
            )
            yield Finding("warning", "role_without_seat", ("accounts", account), message)


def _one_spelling_two_bodies(office: Office) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for body in office.bodies:
        for written in (body.name, body.short, *body.spellings):
            other = first.setdefault(" ".join(written.casefold().split()), body.id)
            if other != body.id:
                message = told(
                    "'{written}' may mean '{other}' or '{id}'", written=written, other=other, id=body.id
                )
                yield Finding("error", "one_spelling_two_bodies", ("bodies", body.id), message)
