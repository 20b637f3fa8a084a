"""What is well-formed in a definition but unwise or cannot work, as findings with their place.

One small function a rule, in literal lists, in the order in which findings are told. The linter reads
values that the parser has accepted; whether a rule pack is due for review needs a clock and is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise
from typing import Literal

from workflow.engine.procedure import CausedNotice, Procedure
from workflow.files.reading import Where
from workflow.files.telling import alternatives, told
from workflow.model.calendar import SATURDAY
from workflow.model.council import COUNCIL_MEMBER
from workflow.model.definition import (
    AwardTitle,
    Body,
    CalendarYear,
    Catalogue,
    DeadlinePolicy,
    Definition,
    Machine,
    Office,
    RulePack,
    Text,
    Transition,
    Way,
)
from workflow.model.undoing import undone_by
from workflow.model.wording import PLACEHOLDER
from workflow.notices.chase import CHASE_GIVES, CHASE_KINDS
from workflow.notices.deadline import ALWAYS_GIVEN
from workflow.notices.delivery import in_quiet_hours
from workflow.services.procedures import PROCEDURES


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule of the linter says of one place in a definition.

    An `error` cannot be meant, a `warning` may be. `Parsed.line` gives the line of `where`.
    """

    severity: Literal["error", "warning"]
    rule: str
    where: Where
    message: str


def lint_machine(
    machine: Machine, *, procedures: Mapping[str, Procedure] = PROCEDURES
) -> tuple[Finding, ...]:
    return (
        *(finding for rule in MACHINE_RULES for finding in rule(machine)),
        *_notice_that_cannot_be_told(machine, procedures[machine.subject].caused),
    )


def lint_policy(policy: DeadlinePolicy, *, roles: Collection[str]) -> tuple[Finding, ...]:
    """`roles` are all that exist; whether somebody in an office holds them is checked by `lint_office`."""
    return (
        *_reminders_not_descending(policy),
        *_rungs_not_ascending(policy),
        *_terms_in_a_circle(policy),
        *_reminder_before_its_term(policy),
        *_unknown_role(policy, roles=roles),
        *_digest_in_quiet_hours(policy),
    )


def lint_calendar(calendar: CalendarYear) -> tuple[Finding, ...]:
    return tuple(finding for rule in CALENDAR_RULES for finding in rule(calendar))


def lint_rules(pack: RulePack) -> tuple[Finding, ...]:
    return (*_vote_out_of_range(pack), *_way_that_cannot_be_gone(pack), *_given_and_given_elsewhere(pack))


def lint_messages(catalogue: Catalogue) -> tuple[Finding, ...]:
    return tuple(_value_nobody_gives(catalogue))


def lint_office(
    office: Office, *, definitions: Sequence[Definition], relations: Mapping[str, Collection[str]]
) -> tuple[Finding, ...]:
    """An office together with what it names, of which `definitions` may hold several versions.

    `relations` gives for each relation of the machines the roles through which an account has it.
    """
    names = _named(office)
    named = [definition for definition in definitions if (type(definition), definition.name) in names]
    machines = [definition for definition in named if isinstance(definition, Machine)]
    policies = [definition for definition in named if isinstance(definition, DeadlinePolicy)]
    catalogues = [definition for definition in named if isinstance(definition, Catalogue)]
    packs = [definition for definition in named if isinstance(definition, RulePack)]
    return (
        *_names_nothing(office, named),
        *_role_nobody_holds(office, machines, relations=relations),
        *_nobody_agrees(office),
        *_rung_reaches_nobody(office, policies),
        *_term_of_nothing(machines, policies),
        *_usual_days_of_nothing(machines, policies),
        *_rule_of_no_term(packs, policies),
        *_notice_without_words(machines, catalogues),
        *_group_without_members(office),
        *_succession_in_a_circle(office),
        *_successor_begins_later(office),
        *_successor_outside_the_group(office),
        *_asked_for_no_title(office, packs),
        *_seat_without_role(office),
        *_role_without_seat(office),
        *_one_spelling_two_bodies(office),
    )


def lint(definition: Definition, *, roles: Collection[str]) -> tuple[Finding, ...]:
    """The findings of one definition by itself; an office has none here, see `lint_office`."""
    match definition:
        case Machine():
            return lint_machine(definition)
        case DeadlinePolicy():
            return lint_policy(definition, roles=roles)
        case CalendarYear():
            return lint_calendar(definition)
        case RulePack():
            return lint_rules(definition)
        case Catalogue():
            return lint_messages(definition)
    return ()


# Machines


def _moves(machine: Machine) -> dict[str, list[str]]:
    """For each state the other states to which one event leads, in the file's order."""
    moves: dict[str, list[str]] = {state.id: [] for state in machine.states}
    for event in machine.events:
        for transition in event.transitions:
            for source in transition.sources:
                target = transition.target
                if target not in (None, source) and target not in moves.get(source, [target]):
                    moves[source].append(str(target))
    return moves


def _reachable(moves: Mapping[str, list[str]], start: str) -> set[str]:
    """The states to which moves lead from `start`; `start` is one of them only where a circle leads back."""
    found: set[str] = set()
    ahead = list(moves[start])
    while ahead:
        state = ahead.pop()
        if state not in found:
            found.add(state)
            ahead += moves[state]
    return found


def _beginnings(machine: Machine) -> set[str]:
    """The initial state, and those in which an event creates an item."""
    known = {state.id for state in machine.states}
    transitions = [transition for event in machine.events for transition in event.transitions]
    created = {t.target for t in transitions if t.target and not known.issuperset(t.sources)}
    return {machine.initial, *created}


def _unreachable_state(machine: Machine) -> Iterator[Finding]:
    moves, beginnings = _moves(machine), _beginnings(machine)
    reached = beginnings.union(*(_reachable(moves, state) for state in beginnings))
    for state in machine.states:
        if state.id not in reached:
            message = told(
                "no event leads from '{initial}' to state '{id}'", initial=machine.initial, id=state.id
            )
            yield Finding("error", "unreachable_state", ("states", state.id), message)


def _trap(machine: Machine) -> Iterator[Finding]:
    moves, closed = _moves(machine), {state.id for state in machine.states if not state.open}
    for state in machine.states:
        if state.open and not closed & _reachable(moves, state.id):
            message = told("from the open state '{id}' no way leads to a closed one", id=state.id)
            yield Finding("error", "trap", ("states", state.id), message)


def _missing_way_back(machine: Machine) -> Iterator[Finding]:
    """An open state after the first from which one move leads on and none ever back.

    What is wrong there can neither be returned for repair nor ended in another way.
    """
    moves = _moves(machine)
    for state in machine.states:
        straight_on = len(moves[state.id]) == 1 and state.id not in _reachable(moves, state.id)
        if state.open and state.id != machine.initial and straight_on:
            message = told(
                "from '{id}' the only way is on to '{target}': no return, no way out",
                id=state.id,
                target=moves[state.id][0],
            )
            yield Finding("warning", "missing_way_back", ("states", state.id), message)


def _state_without_owner(machine: Machine) -> Iterator[Finding]:
    for state in machine.states:
        if state.open and state.owner is None:
            message = told("nobody must act in the open state '{id}': it needs an 'owner'", id=state.id)
            yield Finding("error", "state_without_owner", ("states", state.id), message)
        elif state.owner is not None and state.todo is None:
            message = told(
                "notices cannot say what the owner of '{id}' is to do: it needs a 'todo'", id=state.id
            )
            yield Finding("warning", "owner_without_todo", ("states", state.id), message)


def _without_label(machine: Machine) -> Iterator[Finding]:
    labelled: list[tuple[Where, Text]] = [(("label",), machine.label)]
    for kind in machine.kinds:
        labelled.append((("kinds", kind.id, "label"), kind.label))
    for state in machine.states:
        labelled.append((("states", state.id, "label"), state.label))
        labelled += [(("states", state.id, "label_by_kind", k), t) for k, t in state.label_by_kind.items()]
        labelled += [(("states", state.id, "label_by_stage", k), t) for k, t in state.label_by_stage.items()]
        if state.label_forwarded is not None:
            labelled.append((("states", state.id, "label_forwarded"), state.label_forwarded))
    for event in machine.events:
        labelled.append((("events", event.id, "label"), event.label))
        labelled.append((("events", event.id, "past"), event.past))
        labelled += [(("events", event.id, "inputs", i.name, "label"), i.label) for i in event.inputs]
    for where, text in labelled:
        if not text.vi.strip() or not text.en.strip():
            message = told("{place} is empty in one language: a raw id would be shown", place=".".join(where))
            yield Finding("error", "without_label", where, message)


def _overlapping_transitions(machine: Machine) -> Iterator[Finding]:
    """The first transition that fits is taken, so one without a `when` hides all that follow it."""
    for event in machine.events:
        for (_, first), (number, second) in combinations(enumerate(event.transitions), 2):
            shared = sorted(set(first.sources) & set(second.sources))
            if shared and _hides(first, second):
                message = told(
                    "'{id}' from {names}: an earlier transition is always taken",
                    id=event.id,
                    names=", ".join(shared),
                )
                where = ("events", event.id, "transitions", str(number))
                yield Finding("error", "overlapping_transitions", where, message)


def _hides(first: Transition, second: Transition) -> bool:
    return not first.when or first.when == second.when


def _endless_deadline(machine: Machine) -> Iterator[Finding]:
    """Deadlines run while a state is open, so some closed state must be within reach of the first."""
    reached = _reachable(_moves(machine), machine.initial) | {machine.initial}
    if all(state.open for state in machine.states if state.id in reached):
        message = told(
            "no event ends a deadline: from '{initial}' no closed state can be reached",
            initial=machine.initial,
        )
        yield Finding("error", "endless_deadline", ("initial",), message)


def _kinds_in_circle(machine: Machine) -> Iterator[Finding]:
    follows = {kind.id: list(kind.after) for kind in machine.kinds}
    for kind in machine.kinds:
        if kind.id in _reachable(follows, kind.id):
            message = told("'{id}' comes after itself: 'after' goes in a circle", id=kind.id)
            yield Finding("error", "kinds_in_circle", ("kinds", kind.id, "after"), message)


def _notice_that_cannot_be_told(machine: Machine, caused: Mapping[str, CausedNotice]) -> Iterator[Finding]:
    """A notice that an event causes is one of its subject's, and repeats inputs of the event."""
    for event in machine.events:
        asked = {input.name for input in event.inputs if input.required and not input.when}
        for place, kind in enumerate(event.notices):
            needed = caused[kind].inputs if kind in caused else ()
            lacking = ", ".join(name for name in needed if name not in asked)
            if kind not in caused:
                why = told("is none that a {subject} causes", subject=machine.subject)
            elif lacking:
                why = told("says {lacking}, which '{id}' need not be given", lacking=lacking, id=event.id)
            else:
                continue
            where = ("events", event.id, "notices", str(place))
            yield Finding(
                "error",
                "notice_that_cannot_be_told",
                where,
                told("the notice '{kind}' {why}", kind=kind, why=why),
            )


def _undoes_nothing(machine: Machine) -> Iterator[Finding]:
    """What an event undoes must be an event, and lead to where it can be undone."""
    events = {event.id: event for event in machine.events}
    for event in machine.events:
        for number, name in enumerate(event.undoes):
            undone = events.get(name)
            moves = undone.transitions if undone else ()
            left = {state for move in moves for state in ((move.target,) if move.target else move.sources)}
            if undone is None:
                why = told("there is no event '{name}'", name=name)
            elif not any(event.id in (undone_by(machine, name, state) or ()) for state in left):
                why = told("'{id}' is not possible where '{name}' leads", id=event.id, name=name)
            else:
                continue
            where = ("events", event.id, "undoes", str(number))
            yield Finding("error", "undoes_nothing", where, told("nothing is undone: {why}", why=why))


MACHINE_RULES: tuple[Callable[[Machine], Iterable[Finding]], ...] = (
    _unreachable_state,
    _trap,
    _missing_way_back,
    _state_without_owner,
    _without_label,
    _overlapping_transitions,
    _endless_deadline,
    _kinds_in_circle,
    _undoes_nothing,
)
"""The rules of the graph stand first: a flaw there often causes the findings that follow."""


# Deadline policies


def _reminders_not_descending(policy: DeadlinePolicy) -> Iterator[Finding]:
    for number, (before, after) in enumerate(pairwise(policy.reminders), start=1):
        if after.unit == before.unit and after.days >= before.days:
            message = told(
                "reminders stand largest first, but {after} follows {before}", after=after, before=before
            )
            yield Finding("error", "reminders_not_descending", ("reminders", str(number)), message)


def _rungs_not_ascending(policy: DeadlinePolicy) -> Iterator[Finding]:
    for number, (lower, higher) in enumerate(pairwise(policy.ladder), start=1):
        if higher.unit == lower.unit and higher.after <= lower.after:
            message = told(
                "the ladder goes up in time, but {higher} follows {lower}",
                higher=higher.after,
                lower=lower.after,
            )
            yield Finding("error", "rungs_not_ascending", ("ladder", str(number), "after"), message)


def _terms_in_a_circle(policy: DeadlinePolicy) -> Iterator[Finding]:
    """Terms are computed in the file's order: a relative one must stand after what it is relative to."""
    above: set[str] = {"due"}
    for term in policy.terms:
        for name in term.relative.to if term.relative else ():
            if name not in above:
                message = told(
                    "'{id}' is relative to '{name}', which must stand above it", id=term.id, name=name
                )
                yield Finding("error", "terms_in_a_circle", ("terms", term.id, "relative"), message)
        above.add(term.id)


def _reminder_before_its_term(policy: DeadlinePolicy) -> Iterator[Finding]:
    """A reminder that lies before the term's first day would never go out."""
    for term in policy.terms:
        for number, span in enumerate(term.reminders):
            if term.within and span.unit == term.within.unit and span.days >= term.within.days:
                message = told(
                    "'{id}' lasts {within}: a reminder {span} before its end never goes out",
                    id=term.id,
                    within=term.within,
                    span=span,
                )
                where = ("terms", term.id, "reminders", str(number))
                yield Finding("warning", "reminder_before_its_term", where, message)


def _unknown_role(policy: DeadlinePolicy, *, roles: Collection[str]) -> Iterator[Finding]:
    for where, role in _addressed(policy):
        if role not in roles:
            yield Finding("error", "unknown_role", where, told("there is no role '{role}'", role=role))


def _addressed(policy: DeadlinePolicy) -> Iterator[tuple[Where, str]]:
    for number, rung in enumerate(policy.ladder):
        for place, role in enumerate(rung.to):
            yield ("ladder", str(number), "to", str(place)), role
    for place, role in enumerate(policy.chair_must_act):
        yield ("chair_must_act", str(place)), role
    for place, role in enumerate(policy.digest.weekly_for):
        yield ("digest", "weekly_for", str(place)), role


def _digest_in_quiet_hours(policy: DeadlinePolicy) -> Iterator[Finding]:
    """A digest set within the quiet hours would go out later than the file says."""
    quiet = policy.quiet
    for name, at in (("daily", policy.digest.daily), ("weekly", policy.digest.weekly)):
        if in_quiet_hours(at, quiet):
            hours = f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"
            message = told(
                "{at} lies in the quiet hours {hours}, so the digest would wait for their end",
                at=f"{at:%H:%M}",
                hours=hours,
            )
            yield Finding("error", "digest_in_quiet_hours", ("digest", name), message)


# Calendars


def _day_outside_year(calendar: CalendarYear) -> Iterator[Finding]:
    for key, days in (("days_off", calendar.days_off), ("work_days", calendar.work_days)):
        for day in days:
            if day.year != calendar.year:
                message = told("{day} is no day of {year}", day=day, year=calendar.year)
                yield Finding("error", "day_outside_year", (key, day.isoformat()), message)


def _day_off_and_worked(calendar: CalendarYear) -> Iterator[Finding]:
    for day in calendar.days_off:
        if day in calendar.work_days:
            message = told("{day} is given as a day off and as a working day", day=day)
            yield Finding("error", "day_off_and_worked", ("work_days", day.isoformat()), message)


def _day_off_on_weekend(calendar: CalendarYear) -> Iterator[Finding]:
    for day in calendar.days_off:
        if day.weekday() >= SATURDAY:
            message = told("{day} is a weekend, off by itself", day=day)
            yield Finding("warning", "day_off_on_weekend", ("days_off", day.isoformat()), message)


def _work_day_not_on_weekend(calendar: CalendarYear) -> Iterator[Finding]:
    for day in calendar.work_days:
        if day.weekday() < SATURDAY:
            message = told("{day} is no weekend, so it cannot be worked to make up for a day off", day=day)
            yield Finding("error", "work_day_not_on_weekend", ("work_days", day.isoformat()), message)


CALENDAR_RULES: tuple[Callable[[CalendarYear], Iterable[Finding]], ...] = (
    _day_outside_year,
    _day_off_and_worked,
    _day_off_on_weekend,
    _work_day_not_on_weekend,
)


# Rule packs


def _vote_out_of_range(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        if title.vote is None:
            continue
        where = ("titles", title.id, "vote", "percent")
        if not 1 <= title.vote.percent <= 100:
            message = told(
                "'{id}': {percent} % is out of range, 1 to 100", id=title.id, percent=title.vote.percent
            )
            yield Finding("error", "vote_out_of_range", where, message)
        elif title.vote.strict and title.vote.percent == 100:
            message = told("'{id}': more than 100 % can never be reached", id=title.id)
            yield Finding("error", "vote_out_of_range", where, message)


def _way_that_cannot_be_gone(pack: RulePack) -> Iterator[Finding]:
    for title in pack.titles:
        for type, way in title.ways.items():
            where = ("titles", title.id, "ways", type) if type else ("titles", title.id, "way")
            named = told("'{id}' for {type}", id=title.id, type=type) if type else told("'{id}'", id=title.id)
            for message in _flaws_of_way(pack, title, way):
                yield Finding(
                    "error",
                    "way_that_cannot_be_gone",
                    where,
                    told("{named} {message}", named=named, message=message),
                )


def _flaws_of_way(pack: RulePack, title: AwardTitle, way: Way) -> Iterator[str]:
    if way.path == "council" and title.vote is None:
        yield told("goes to the council, which has no 'vote' on it")
    if way.path == "simplified" and not way.grounds:
        yield told("goes by the simplified path, which needs 'grounds' to rest on")
    if way.path == "appraisal" and way.grounds:
        yield told("is appraised without the council: 'grounds' shorten no way of its own")
    if way.published != "none" and title.level != "commune":
        yield told("is published by the level that decides it, not here")
    if way.published == "commune" and way.path != "council":
        yield told("is published by the commune after the council, through which it does not go")
    for id in way.grounds:
        ground = pack.ground(id)
        if ground is None or ground.refused:
            yield told("rests on '{id}', on which no dossier is entered", id=id)


def _given_and_given_elsewhere(pack: RulePack) -> Iterator[Finding]:
    for other in pack.other_chains:
        if pack.title(other.id):
            message = told("'{id}' is one of the titles and of another chain", id=other.id)
            yield Finding("error", "given_and_given_elsewhere", ("other_chains", other.id), message)


# Message catalogues


def _value_nobody_gives(catalogue: Catalogue) -> Iterator[Finding]:
    """A placeholder without a value would fail the act (an event, a chase) that makes the notice."""
    caused = {kind: each for procedure in PROCEDURES.values() for kind, each in procedure.caused.items()}
    given = {kind: (*each.gives, *ALWAYS_GIVEN) for kind, each in caused.items()}
    given |= dict.fromkeys(CHASE_KINDS, CHASE_GIVES)
    given |= {f"superior.{kind}": gives for kind, gives in given.items()}
    for kind, gives in given.items():
        notice = catalogue.notices.get(kind)
        texts = {"subject": notice.subject, "text": notice.text} if notice else {}
        for part, text in texts.items():
            for name, alternative in dict.fromkeys(PLACEHOLDER.findall(text)):
                if (not alternative or "|" in alternative) and name not in gives:
                    message = told(
                        "nobody gives {{{name}}}: write {{{name}|what is said without it}}", name=name
                    )
                    yield Finding("error", "value_nobody_gives", ("notices", kind, part), message)


# Offices


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
        if not any(office.holding(role) for role in roles):
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
        if body.id in _reachable(follows, body.id):
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
