"""Who may act and who must: the closed lists of roles and of relations between an item and accounts.

A relation yields holdings in order of duty: the first holding with an account is the one that must act,
all of them may. It reads the office's directory and the item; it decides nothing about state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the log's listing asks this module which roles an event is for, and must start fast
    from workflow.model.definition import Office, RulePack
    from workflow.model.facts import Item

ROLES = (
    "chair",
    "vice_chair",
    "standing_member",
    "secretary",
    "council_member",
    "head",
    "officer",
    "representative",
    "records_clerk",
    "accountant",
    "auditor",
    "administrator",
)
SYSTEM = "system"


class Holding(NamedTuple):
    """The accounts that stand in a relation by virtue of one role."""

    role: str
    accounts: tuple[str, ...]


class Standing(NamedTuple):
    """What a relation is computed from."""

    item: Item
    office: Office
    rules: RulePack


Relation = Callable[[Standing], tuple[Holding, ...]]


def _role(role: str) -> Relation:
    def holdings(standing: Standing) -> tuple[Holding, ...]:
        return (Holding(role, standing.office.holding(role)),)

    return holdings


def _lead(standing: Standing) -> str:
    return standing.item.details.led_by or standing.office.division


def _lead_officer(standing: Standing) -> tuple[Holding, ...]:
    """The lead body's officer; where it has none, the division's officer or the council's secretary."""
    office = standing.office
    own = office.holding("officer", body=_lead(standing))
    if own:
        return (Holding("officer", own),)
    return (
        Holding("officer", office.holding("officer", body=office.division)),
        Holding("secretary", office.holding("secretary")),
    )


def heads(office: Office, lead: str) -> tuple[str, ...]:
    """The head of the lead body, or of the division where the lead body has none."""
    return office.holding("head", body=lead) or office.holding("head", body=office.division)


def names_council(standing: Standing) -> bool:
    task = standing.item.task
    return task is not None and standing.office.council in task.bodies


def _reviewer(standing: Standing) -> tuple[Holding, ...]:
    """The council, through its standing member or secretary, where the row names it; else the head."""
    office = standing.office
    if names_council(standing):
        return (
            Holding("standing_member", office.holding("standing_member")),
            Holding("secretary", office.holding("secretary")),
        )
    return (Holding("head", heads(office, _lead(standing))),)


def _approver(standing: Standing) -> tuple[Holding, ...]:
    office = standing.office
    return (Holding("chair", office.holding("chair")), Holding("vice_chair", office.holding("vice_chair")))


def _officer(standing: Standing) -> tuple[Holding, ...]:
    return (Holding("officer", standing.office.holding("officer", body=standing.office.division)),)


def speakers(office: Office, body: str) -> tuple[Holding, ...]:
    """The body's representatives; a body of the commune's own house is spoken for by its officer or head.

    UBND has neither and is spoken for by the division's, else nobody could withdraw its dossiers.
    """
    own = office.holding("representative", body=body)
    if own:
        return (Holding("representative", own),)
    officers = office.holding("officer", body=body) or office.holding("officer", body=office.division)
    return (Holding("officer", officers), Holding("head", heads(office, body)))


def _nominating_body(standing: Standing) -> tuple[Holding, ...]:
    dossier = standing.item.dossier
    return speakers(standing.office, dossier.body if dossier else "")


def _nominator(standing: Standing) -> tuple[Holding, ...]:
    """The nominating body's representative, or the officer for paper received."""
    office = standing.office
    dossier = standing.item.dossier
    own = office.holding("representative", body=dossier.body if dossier else "")
    return (Holding("representative", own), *_officer(standing))


def council_step(item: Item, rules: RulePack) -> bool:
    """Whether any title that the item is about passes through the council's vote."""
    found = (rules.title(id) for id in item.details.titles)
    return any(title is not None and title.vote is not None for title in found)


def submitters(item: Item) -> frozenset[str]:
    """Who handed the item in: the account that did, and the absent one in whose name it did."""
    found = (item.memory.get("submitted_by"), item.memory.get("submitted_for"))
    return frozenset(str(account) for account in found if account is not None)


def _or_vice(role: str, holders: tuple[str, ...], standing: Standing, *, barred: frozenset[str]) -> Holding:
    """The role's holding; where every holder is barred from deciding, it passes to the vice chair."""
    if holders and barred.issuperset(holders):
        return Holding("vice_chair", standing.office.holding("vice_chair"))
    return Holding(role, holders)


def _dossier_reviewer(standing: Standing) -> tuple[Holding, ...]:
    """The secretary records what the council voted; without a vote the division's head appraises."""
    office, item = standing.office, standing.item
    if council_step(item, standing.rules):
        return (Holding("secretary", office.holding("secretary")),)
    division = office.holding("head", body=office.division)
    return (_or_vice("head", division, standing, barred=item.details.named),)


def _dossier_approver(standing: Standing) -> tuple[Holding, ...]:
    """The chair; the vice chair where the chair is a nominee or handed the dossier in."""
    item = standing.item
    barred = item.details.named | submitters(item)
    return (_or_vice("chair", standing.office.holding("chair"), standing, barred=barred),)


RELATIONS: Mapping[str, Relation] = MappingProxyType(
    {
        "lead_officer": _lead_officer,
        "reviewer": _reviewer,
        "approver": _approver,
        "officer": _officer,
        "chair": _role("chair"),
        "vice_chair": _role("vice_chair"),
        "standing_member": _role("standing_member"),
        "secretary": _role("secretary"),
        "head": _role("head"),
        "nominator": _nominator,
        "nominating_body": _nominating_body,
        "dossier_reviewer": _dossier_reviewer,
        "dossier_approver": _dossier_approver,
    }
)

ROLES_OF_RELATION: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lead_officer": ("officer", "secretary"),
        "reviewer": ("standing_member", "secretary", "head"),
        "approver": ("chair", "vice_chair"),
        "officer": ("officer",),
        "chair": ("chair",),
        "vice_chair": ("vice_chair",),
        "standing_member": ("standing_member",),
        "secretary": ("secretary",),
        "head": ("head",),
        "nominator": ("representative", "officer"),
        "nominating_body": ("representative", "officer", "head"),
        "dossier_reviewer": ("secretary", "head", "vice_chair"),
        "dossier_approver": ("chair", "vice_chair"),
    }
)
"""The roles through which a relation can be filled; the linter asks that the office holds one of them."""


def permitted(by: tuple[str, ...], standing: Standing) -> tuple[Holding, ...]:
    """Every holding of the relations `by`, in order of declaration, empty ones left out."""
    return tuple(holding for name in by for holding in RELATIONS[name](standing) if holding.accounts)


def able(owner: str | None, standing: Standing) -> tuple[Holding, ...]:
    """All that may act where the relation `owner` must: its holdings that have anybody."""
    return () if owner is None else permitted((owner,), standing)


def owners(owner: str | None, standing: Standing) -> tuple[str, ...]:
    """The accounts that must act: those of the relation's first holding that has any."""
    if owner is None:
        return ()
    return next((holding.accounts for holding in RELATIONS[owner](standing) if holding.accounts), ())
