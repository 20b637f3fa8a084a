"""The office as it runs: its definitions in force, its people and what each may do, its bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from storage.values import DefinitionRecord
from workflow.model.office import Account, Body
from workflow.model.rights import RIGHTS
from workflow.model.subjects import SUBJECTS
from workflow.model.text import Text

# -- the office --------------------------------------------------------------------------------------------


class PlanShown(NamedTuple):
    year: int
    title: str


class OfficeShown(NamedTuple):
    """`now` is the office's instant in ISO; `actor` acts where none is named."""

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
    )


def in_force(looking: Looking) -> tuple[DefinitionRecord, ...]:
    """The newest version of each definition that the office names, and of the office itself."""
    directory = looking.directory
    named = {
        ("office", looking.office),
        *(("machine", name) for name in directory.machines),
        *(("calendar", name) for name in directory.calendars),
        ("policy", directory.policy),
        *(("rules", name) for name in directory.packs),
        ("messages", directory.messages),
    }
    newest = {(row.kind, row.name): row for row in looking.reading.definitions(looking.office)}
    return tuple(row for key, row in newest.items() if key in named)


# -- its people --------------------------------------------------------------------------------------------


class AccountRecord(NamedTuple):
    """`may` are the ids of the events that the account's roles open, by subject, and of the whole office."""

    account: str
    label: Text
    roles: tuple[str, ...]
    body: str | None
    may: Mapping[str, tuple[str, ...]]


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
    return AccountRecord(account.id, account.label, account.roles, account.body, may)


def may_lines(looking: Looking, account: AccountRecord) -> Iterator[tuple[str, str]]:
    """What the account may do, in words, each kind of thing under its heading."""
    words, may = looking.words, account.may
    for machine in looking.machines:
        labels = [words.of(event.label) for event in machine.events if event.id in may[machine.subject]]
        if labels:
            yield words(f"may.{machine.subject}"), "; ".join(dict.fromkeys(labels))
    if may["office"]:
        yield words("may.office"), "; ".join(words(f"may.{event}") for event in may["office"])
    if not any(may.values()):
        yield words("column.may"), words("may.looks")


# -- its bodies --------------------------------------------------------------------------------------------


class BodyRecord(NamedTuple):
    """A body of the directory; `sample` is one that is to be replaced by the office's own."""

    body: str
    name: str
    short: str
    spellings: tuple[str, ...]
    group: bool
    members: tuple[str, ...]
    external: bool
    nominates: bool
    sample: bool


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
    )


def body_remark(looking: Looking, body: BodyRecord) -> str:
    """What a body is beside its name: a group of others, outside, nominating, sample."""
    words = looking.words
    said = []
    if body.group:
        members = ", ".join(looking.body(member) for member in body.members)
        said.append(words("message.bodies_group", danh_sach=members))
    kinds = (("external", body.external), ("nominates", body.nominates))
    said += [words.inside(words(f"body_kind.{name}")) for name, holds in kinds if holds]
    said += [words("message.bodies_sample")] if body.sample else []
    text = "; ".join(said)
    return text[:1].upper() + text[1:]
