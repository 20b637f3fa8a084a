"""Who may act and who must: the closed lists of roles and of relations between an item and accounts.

A relation yields holdings in order of duty: the first holding with an account is the one that must act,
all of them may. It reads the office's directory and the item; it decides nothing about state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the log's listing asks this module which roles an event is for, and must start fast
    from workflow.model.definition import RulePack
    from workflow.model.facts import Item
    from workflow.model.office import Office

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
SUPERIORS = frozenset({"chair", "vice_chair"})
"""They are reported to (Kính báo cáo, Kính trình), never urged."""


class Holding(NamedTuple):
    """The accounts that stand in a relation by virtue of one role."""

    role: str
    accounts: tuple[str, ...]


class Standing(NamedTuple):
    """What a relation is computed from; `relations` are those of the item's subject."""

    item: Item
    office: Office
    rules: RulePack
    relations: Mapping[str, Relation]


class Relation(NamedTuple):
    """Accounts as they stand to an item, in order of duty, and the `roles` through which it can be filled."""

    holdings: Callable[[Standing], tuple[Holding, ...]]
    roles: tuple[str, ...]


def _role(role: str) -> Relation:
    return Relation(lambda standing: (Holding(role, standing.office.holding(role)),), (role,))


def leading(standing: Standing) -> str:
    """The body that does the work: the item's lead body, else the division."""
    return standing.item.details.led_by or standing.office.division


def lead_officer(standing: Standing) -> tuple[Holding, ...]:
    """The lead body's officer; where it has none, the division's officer or the council's secretary."""
    office = standing.office
    own = office.holding("officer", body=leading(standing))
    if own:
        return (Holding("officer", own),)
    return (
        Holding("officer", office.holding("officer", body=office.division)),
        Holding("secretary", office.holding("secretary")),
    )


def heads(office: Office, lead: str) -> tuple[str, ...]:
    """The head of the lead body, or of the division where the lead body has none."""
    return office.holding("head", body=lead) or office.holding("head", body=office.division)


def is_superior(office: Office, account: str) -> bool:
    found = office.account(account)
    return found is not None and not SUPERIORS.isdisjoint(found.roles)


def _approver(standing: Standing) -> tuple[Holding, ...]:
    office = standing.office
    return (Holding("chair", office.holding("chair")), Holding("vice_chair", office.holding("vice_chair")))


def officer(standing: Standing) -> tuple[Holding, ...]:
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


def speaking_for(office: Office, body: str) -> tuple[str, ...]:
    """The accounts that answer for the body and are written to: its representatives, else its officer or the
    division's, who passes the words on."""
    return next((holding.accounts for holding in speakers(office, body) if holding.accounts), ())


def council_step(item: Item, rules: RulePack) -> bool:
    """Whether any title that the item is about passes through the council's vote."""
    found = (rules.title(id) for id in item.details.titles)
    return any(title is not None and title.vote is not None for title in found)


def submitters(item: Item) -> frozenset[str]:
    """Who handed the item in: the account that did, and the absent one in whose name it did."""
    return frozenset(account for account in (item.submitted_by, item.submitted_for) if account is not None)


def reviewers(item: Item) -> frozenset[str]:
    """Who reviewed the item last, and in whose name, like `submitters`."""
    return frozenset(account for account in (item.reviewed_by, item.reviewed_for) if account is not None)


def proposers(item: Item) -> frozenset[str]:
    """Who asks to move the due date, and in whose name, like `submitters`."""
    return frozenset(account for account in (item.proposed_by, item.proposed_for) if account is not None)


COMMON: Mapping[str, Relation] = MappingProxyType(
    {
        "lead_officer": Relation(lead_officer, ("officer", "secretary")),
        "approver": Relation(_approver, ("chair", "vice_chair")),
        "officer": Relation(officer, ("officer",)),
        "chair": _role("chair"),
        "vice_chair": _role("vice_chair"),
        "standing_member": _role("standing_member"),
        "secretary": _role("secretary"),
        "head": _role("head"),
    }
)
"""The relations that hold for items of any subject."""


def permitted(by: tuple[str, ...], standing: Standing) -> tuple[Holding, ...]:
    """Every holding of the relations `by`, in order of declaration, empty ones left out."""
    relations = (standing.relations[name] for name in by)
    return tuple(held for relation in relations for held in relation.holdings(standing) if held.accounts)


def able(owner: str | None, standing: Standing) -> tuple[Holding, ...]:
    """All that may act where the relation `owner` must: its holdings that have anybody."""
    return () if owner is None else permitted((owner,), standing)


def owners(owner: str | None, standing: Standing) -> tuple[str, ...]:
    """The accounts that must act: those of the relation's first holding that has any."""
    if owner is None:
        return ()
    held = standing.relations[owner].holdings(standing)
    return next((holding.accounts for holding in held if holding.accounts), ())
