"""What a new definition changes in an office's rights: who may now do what he could not, and who no more.

Pure, over two editions of what says who may do what: events in their states by role, roles by account, what
bodies may, the rules of events, votes. A name, a spelling, a label are no rights: an edition that changes
nothing else has no changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from workflow.model.definition import AwardTitle, Machine, Office, RulePack, Text, Way
from workflow.model.machine import Event
from workflow.model.office import COUNCIL_MEMBER, Account, Body, Seat
from workflow.model.roles import ROLES, SYSTEM
from workflow.model.ways import vote_text, way_text
from workflow.model.wording import date_vi

NOBODY = "none"
"""The state of an item that is to be made."""

NAMING = ("committee", "council", "division", "rules", "later_rules", "machines", "agrees")
"""The fields of an office's file, beside its accounts and bodies, on which somebody's rights rest."""


COUNCIL_RULES = ("written_opinions", "written_secret", "double_entry", "min_base")
"""The fields of the council's membership by which votes are taken and counted."""


@dataclass(frozen=True, slots=True)
class Powers:
    """What says who may do what in an office: its directory, the machines and the rule packs that it runs, in
    the order in which they come into force."""

    office: Office
    machines: tuple[Machine, ...]
    packs: tuple[RulePack, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise: its words are the catalogue's `rights.…` under `what`, with the operands
    and the `roles` that it concerns. `gains`: somebody may do what he could not, or a rule is another one."""

    what: str
    operands: Mapping[str, Text | str | int]
    roles: tuple[str, ...] = ()
    gains: bool = True


def changes(before: Powers, after: Powers, *, relations: Mapping[str, Collection[str]]) -> tuple[Change, ...]:
    """Every change of rights, what somebody gains first. `relations` gives the roles that fill each one."""
    found = (
        *_accounts(before.office, after.office),
        *_bodies(before.office, after.office),
        *_seats(before.office, after.office),
        *_naming(before.office, after.office),
        *_council_rules(before.office, after.office),
        *_publication(before.office, after.office),
        *_machines(before.machines, after.machines, relations),
        *_packs(before.packs, after.packs),
    )
    return tuple(sorted(found, key=lambda change: not change.gains))


# -- who holds what --------------------------------------------------------------------------------------


def _accounts(before: Office, after: Office) -> Iterator[Change]:
    for account in after.accounts:
        old, named = before.account(account.id), {"chuc_vu": account.label}
        if old is None:
            yield Change("account_new", named, account.roles)
            continue
        yield from _held(old, account)
        if account.body != old.body:
            body = after.body(account.body) if account.body else None
            yield Change("account_moved", {**named, "don_vi": body.name if body else "—"})
        if after.person(account.id) != before.person(account.id):
            yield Change("account_person", named)
    for account in before.accounts:
        if after.account(account.id) is None:
            yield Change("account_gone", {"chuc_vu": account.label}, account.roles, gains=False)


def _held(old: Account, new: Account) -> Iterator[Change]:
    gained = tuple(role for role in new.roles if role not in old.roles)
    lost = tuple(role for role in old.roles if role not in new.roles)
    if gained:
        yield Change("roles_gained", {"chuc_vu": new.label}, gained)
    if lost:
        yield Change("roles_lost", {"chuc_vu": new.label}, lost, gains=False)


def _bodies(before: Office, after: Office) -> Iterator[Change]:
    """A body that neither nominates nor stands for others, is outside or goes on in another, gives nobody a
    right."""
    old, new = ({body.id: body for body in office.bodies} for office in (before, after))
    for id in dict.fromkeys((*new, *old)):
        standing = [_rights(bodies.get(id)) for bodies in (old, new)]
        if standing[0] != standing[1]:
            name = (new.get(id) or old[id]).name
            yield Change("body", {"don_vi": name}, gains=bool(standing[1]))


def _rights(body: Body | None) -> tuple[object, ...]:
    if body is None:
        return ()
    said = (body.nominates, body.group, body.members, body.external, body.succeeded_by)
    return (*said, body.payroll, body.valid_from, body.valid_to) if any(said) else ()


def _seats(before: Office, after: Office) -> Iterator[Change]:
    """Who sits in the council from when to when, of those who are members before and after: of others their
    accounts and roles are told."""
    for account in after.accounts:
        held = [{*found.roles} if found else set() for found in (before.account(account.id), account)]
        if not all(COUNCIL_MEMBER in roles for roles in held):
            continue
        old, new = (_seat(office, account.id) for office in (before, after))
        if old != new:
            yield Change("seat", {"chuc_vu": account.label, "cu": _days(old), "moi": _days(new)})


def _seat(office: Office, account: str) -> Seat | None:
    return office.membership.seat(account) if office.membership.members else Seat(account)


def _days(seat: Seat | None) -> Text:
    if seat is None:
        return Text("không là thành viên", "no member")
    days = [("từ", "from", seat.since), ("đến hết", "to", seat.until)]
    vi = "".join(f" {word} {date_vi(day)}" for word, _, day in days if day)
    en = "".join(f" {word} {day.isoformat()}" for _, word, day in days if day)
    return Text(f"thành viên{vi or ' không thời hạn'}", f"a member{en or ' without end'}")


def _naming(before: Office, after: Office) -> Iterator[Change]:
    for field in NAMING:
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            values = [value if isinstance(value, str) else ", ".join(value) for value in (old, new)]
            yield Change("office_field", {"truong": field, "cu": values[0], "moi": values[1]})


def _council_rules(before: Office, after: Office) -> Iterator[Change]:
    """How the council votes by its quy chế."""
    for field in COUNCIL_RULES:
        old, new = (getattr(office.membership, field) for office in (before, after))
        if old != new:
            yield Change("office_field", {"truong": field, "cu": _said(old), "moi": _said(new)})


def _said(value: bool | int | None) -> Text | str:
    if isinstance(value, bool):
        return Text("có", "yes") if value else Text("không", "no")
    return Text("quá nửa số thành viên", "more than half of the members") if value is None else str(value)


def _publication(before: Office, after: Office) -> Iterator[Change]:
    """That the public page names more people, or for longer. To take names away needs nobody's agreement."""
    old, new = before.publish, after.publish
    if (new.days or 0) > (old.days or 0):
        days = Text("không nêu tên", "nobody is named") if old.days is None else str(old.days)
        yield Change("office_field", {"truong": "publish_days", "cu": days, "moi": str(new.days)})
    if new.days and not {*old.unnamed} <= {*new.unnamed}:
        said = [", ".join(each.unnamed) or "—" for each in (old, new)]
        yield Change("office_field", {"truong": "publish_unnamed", "cu": said[0], "moi": said[1]})


# -- what roles may --------------------------------------------------------------------------------------


def _machines(
    before: Iterable[Machine], after: Iterable[Machine], relations: Mapping[str, Collection[str]]
) -> Iterator[Change]:
    old = {machine.name: machine for machine in before}
    for machine in after:
        if machine.name not in old:
            yield Change("machine_new", {"quy_trinh": machine.label})
        elif machine != old[machine.name]:
            yield from _steps(old[machine.name], machine, relations)
            yield from _states(old[machine.name], machine)


def _steps(old: Machine, new: Machine, relations: Mapping[str, Collection[str]]) -> Iterator[Change]:
    """Event by event: the states in which roles may do it now, or no more, and its rules."""
    for id in dict.fromkeys(event.id for event in (*new.events, *old.events)):
        earlier, later = old.event(id), new.event(id)
        may_before, may_now = (_may(event, relations) for event in (earlier, later))
        label = (later or earlier or new.events[0]).label
        yield from _told("may", label, may_now - may_before, new)
        yield from _told("may_not", label, may_before - may_now, old)
        if earlier is not None and later is not None:
            yield from _rules(earlier, later)


def _may(event: Event | None, relations: Mapping[str, Collection[str]]) -> frozenset[tuple[str, str]]:
    """Role and state of everybody who may do it, by what machines say; the system is nobody."""
    if event is None:
        return frozenset()
    roles = {role for relation in event.by for role in relations[relation]} - {SYSTEM}
    states = {source for transition in event.transitions for source in transition.sources}
    return frozenset((role, state) for role in roles for state in states)


def _told(what: str, label: Text, may: frozenset[tuple[str, str]], machine: Machine) -> Iterator[Change]:
    """Roles that gain the same states stand together."""
    states = {role: tuple(sorted(state for each, state in may if each == role)) for role, _state in may}
    roles = sorted(states, key=lambda role: (states[role], ROLES.index(role)))
    for those, group in groupby(roles, key=states.__getitem__):
        where = _labels(machine, those)
        operands = {"quy_trinh": machine.label, "su_kien": label, "trang_thai": where}
        yield Change(what, operands, tuple(group), gains=what == "may")


def _labels(machine: Machine, states: Collection[str]) -> Text:
    named = [state.label for state in machine.states if state.id in states]
    made = [Text("lập mới", "making it")] if NOBODY in states else []
    said = [*made, *(Text(f"“{label.vi}”", f"“{label.en}”") for label in named)]
    return Text(", ".join(label.vi for label in said), ", ".join(label.en for label in said))


def _rules(old: Event, new: Event) -> Iterator[Change]:
    label = {"su_kien": new.label}
    for guard in old.guards:
        if guard not in new.guards:
            yield Change("guard_gone", {**label, "quy_tac": guard.name})
    for guard in new.guards:
        if guard not in old.guards:
            yield Change("guard_new", {**label, "quy_tac": guard.name}, gains=False)
    if old.effects != new.effects:
        yield Change("effects", label)
    if old.transitions != new.transitions:
        yield Change("ways", label)
    asked = [
        [(each.name, each.type, each.required, each.choices, each.when) for each in event.inputs]
        for event in (old, new)
    ]
    if asked[0] != asked[1]:
        yield Change("inputs", label)


def _states(old: Machine, new: Machine) -> Iterator[Change]:
    """Who must act, which states are open, and what proves a kind of task done."""
    standing = {state.id: (state.owner, state.open) for state in old.states}
    for state in new.states:
        if standing.get(state.id) != (state.owner, state.open):
            yield Change("state", {"trang_thai": state.label})
    kinds = {kind.id: kind[2:] for kind in old.kinds}
    for kind in new.kinds:
        if kinds.get(kind.id) != kind[2:]:
            yield Change("kind", {"loai": kind.label})
    if old.initial != new.initial:
        yield Change("state", {"trang_thai": new.state(new.initial).label})


# -- votes -----------------------------------------------------------------------------------------------


def _packs(before: Sequence[RulePack], after: Sequence[RulePack]) -> Iterator[Change]:
    """Each pack beside its last edition; a new one beside that which it follows."""
    known = {pack.name: pack for pack in before}
    last = before[0]
    for pack in after:
        last = known.get(pack.name, last)
        yield from _votes(last, pack)
        last = pack


def _votes(before: RulePack, after: RulePack) -> Iterator[Change]:
    if before.quorum != after.quorum:
        old, new = ("{}/{}".format(*pack.quorum) for pack in (before, after))
        yield Change("quorum", {"cu": old, "moi": new})
    for title in after.titles:
        old_title, named = before.title(title.id), {"danh_hieu": title.label}
        if old_title is None:
            yield Change("title_new", named)
            continue
        if old_title.vote != title.vote:
            yield Change("vote", {**named, "cu": vote_text(old_title.vote), "moi": vote_text(title.vote)})
        yield from _ways(old_title, title, after)
        whose = [(each.level, each.nominees, each.annual) for each in (old_title, title)]
        if whose[0] != whose[1]:
            yield Change("title", named)
    for title in before.titles:
        if after.title(title.id) is None:
            yield Change("title_gone", {"danh_hieu": title.label}, gains=False)


def _ways(before: AwardTitle, after: AwardTitle, pack: RulePack) -> Iterator[Change]:
    """Where a form of commendation goes otherwise for some type, each type stands by itself."""
    for id in dict.fromkeys((*after.ways, *before.ways)):
        old, new = before.way(id), after.way(id)
        if _gone(old) != _gone(new):
            type = pack.type(id)
            named = Text(f" ({type.label.vi})", f" ({type.label.en})") if type else Text("", "")
            label = Text(after.label.vi + named.vi, after.label.en + named.en)
            yield Change("way", {"danh_hieu": label, "cu": way_text(old, pack), "moi": way_text(new, pack)})


def _gone(way: Way | None) -> tuple[object, ...] | None:
    """What of a way says who acts; how sure it is does not."""
    return (way.path, way.published, way.grounds) if way else None
