"""The office as it runs: its definitions in force, its people and what each may do, its bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.office.words import Words
from storage.values import DefinitionRecord
from workflow.model.holding import Holder
from workflow.model.office import OTHER_PAYROLL, Account, Body, Founding, Statute
from workflow.model.rights import RIGHTS
from workflow.model.subjects import SUBJECTS
from workflow.model.text import Text

# -- the office --------------------------------------------------------------------------------------------


class PlanShown(NamedTuple):
    year: int
    title: str


class OfficeShown(NamedTuple):
    """`now` is the office's instant in ISO; `actor` acts where none is named. `founded_by` and `statute` are
    the council's."""

    office: str
    title: str
    province: str
    zone: str
    contact: str
    started_on: date
    sandbox: bool
    now: str
    actor: str | None
    plans: tuple[PlanShown, ...]
    definitions: tuple[DefinitionRecord, ...]
    sample: tuple[str, ...]
    founded_by: Founding | None
    statute: Statute | None


def office_shown(looking: Looking) -> OfficeShown:
    row, directory = looking.row, looking.directory
    return OfficeShown(
        office=looking.office,
        title=row.title,
        province=directory.province,
        zone=directory.zone,
        contact=directory.contact,
        started_on=row.started_on,
        sandbox=row.sandbox,
        now=looking.now.isoformat(),
        actor=row.actor,
        plans=tuple(PlanShown(plan.year, plan.title) for plan in looking.reading.plans(looking.office)),
        definitions=in_force(looking),
        sample=directory.sample,
        founded_by=directory.membership.founded_by,
        statute=directory.membership.statute,
    )


def in_force(looking: Looking) -> tuple[DefinitionRecord, ...]:
    """The newest version of each definition that the office runs, and of the office itself."""
    directory = looking.directory
    named = {
        ("office", looking.office),
        *(("machine", name) for name in directory.runs),
        *(("calendar", name) for name in directory.calendars),
        ("policy", directory.policy),
        *(("rules", name) for name in directory.packs),
        ("messages", directory.messages),
    }
    newest = {(row.kind, row.name): row for row in looking.reading.definitions(looking.office)}
    return tuple(row for key, row in newest.items() if key in named)


# -- its people --------------------------------------------------------------------------------------------


class AccountRecord(NamedTuple):
    """`may` are the ids of the events that the account's roles open, by subject, and of the whole office;
    `holders` who held it when, as far as the names are not erased.

    `person` stands for one human with several accounts; `member_from` and `member_to` bound its seat in the
    council, both days included.
    """

    account: str
    label: Text
    roles: tuple[str, ...]
    body: str | None
    may: Mapping[str, tuple[str, ...]]
    person: str | None
    member_from: date | None
    member_to: date | None
    holders: tuple[Holder, ...]


def account_record(looking: Looking, account: Account) -> AccountRecord:
    held = frozenset(account.roles)
    may: dict[str, tuple[str, ...]] = {subject.id: () for subject in SUBJECTS}
    for machine in looking.machines:
        relations = SUBJECTS[machine.subject].relations
        may[machine.subject] = tuple(
            event.id
            for event in machine.events
            if any(held.intersection(relations[name].roles) for name in event.by)
        )
    may["office"] = tuple(event for event, holders in RIGHTS.items() if held.intersection(holders))
    seat = looking.directory.membership.seat(account.id)
    return AccountRecord(
        account=account.id,
        label=account.label,
        roles=account.roles,
        body=account.body,
        may=may,
        person=account.person,
        member_from=seat.since if seat else None,
        member_to=seat.until if seat else None,
        holders=tuple(held for held in looking.holders if held.account == account.id),
    )


def may_lines(looking: Looking, account: AccountRecord) -> Iterator[tuple[str, str]]:
    """Whose account it is and when it sits in the council; then what it may do, each kind of thing under its
    heading."""
    words, may = looking.words, account.may
    for held in account.holders:
        today = held.holds_on(looking.today)
        days = span(words, held.from_day, held.until_day)
        name = held.name or words("text.erased")
        yield words("column.holder" if today else "column.holders"), f"{name}, {days}"
    if account.person:
        yield words("column.person"), account.person
    if account.member_from or account.member_to:
        yield words("column.member"), span(words, account.member_from, account.member_to)
    for machine in looking.machines:
        labels = [words.of(event.label) for event in machine.events if event.id in may[machine.subject]]
        if labels:
            yield words(f"may.{machine.subject}"), "; ".join(dict.fromkeys(labels))
    if may["office"]:
        yield words("may.office"), "; ".join(words(f"may.{event}") for event in may["office"])
    if not any(may.values()):
        yield words("column.may"), words("may.looks")


def span(words: Words, first: date | None, last: date | None) -> str:
    """`from 2026-04-01 to 2026-12-31`, as far as there are bounds."""
    since = words("message.from_day", ngay=words.day(first)) if first else ""
    until = words("message.to_day", ngay=words.day(last)) if last else ""
    return f"{since} {until}".strip()


# -- its bodies --------------------------------------------------------------------------------------------


class BodyRecord(NamedTuple):
    """A body of the directory; `sample` is one that is to be replaced by the office's own. It is `asked_for`
    these titles; None stands for all that it may propose."""

    body: str
    name: str
    short: str
    spellings: tuple[str, ...]
    group: bool
    members: tuple[str, ...]
    external: bool
    nominates: bool
    sample: bool
    kind: str
    payroll: str
    has_seal: bool
    valid_from: date | None
    valid_to: date | None
    succeeded_by: str | None
    asked_for: tuple[str, ...] | None


def body_record(looking: Looking, body: Body) -> BodyRecord:
    return BodyRecord(
        body=body.id,
        name=body.name,
        short=body.short,
        spellings=body.spellings,
        group=body.group,
        members=body.members,
        external=body.external,
        nominates=body.nominates,
        sample=body.id in looking.directory.sample,
        kind=body.kind,
        payroll=body.payroll,
        has_seal=body.has_seal,
        valid_from=body.valid_from,
        valid_to=body.valid_to,
        succeeded_by=body.succeeded_by,
        asked_for=body.asked_for,
    )


def body_remark(looking: Looking, body: BodyRecord) -> str:
    """What a body is beside its name: its kind, a group, outside, nominating, from when to when, sample."""
    words = looking.words
    said = [words(f"kind_of_body.{body.kind}")] if body.kind != "other" else []
    if body.group:
        members = ", ".join(looking.body(member) for member in body.members)
        said.append(words("message.bodies_group", danh_sach=members))
    kinds = (("external", body.external), ("nominates", body.nominates))
    said += [words.inside(words(f"body_kind.{name}")) for name, holds in kinds if holds]
    said += [words("message.bodies_payroll")] if body.payroll == OTHER_PAYROLL else []
    said += [words("message.bodies_no_seal")] if not body.has_seal else []
    if body.valid_from or body.valid_to:
        said.append(span(words, body.valid_from, body.valid_to))
    if body.succeeded_by:
        said.append(words("message.bodies_succeeded", ten=looking.body(body.succeeded_by)))
    if body.asked_for is not None and body.nominates:
        titles = "; ".join(looking.title(id) for id in body.asked_for)
        said.append(words("message.bodies_asked_for", danh_sach=titles))
    said += [words("message.bodies_sample")] if body.sample else []
    text = "; ".join(said)
    return text[:1].upper() + text[1:]
