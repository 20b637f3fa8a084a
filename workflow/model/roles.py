"""Who may act and who must: the closed lists of roles and of relations between an item and accounts.

A relation yields holdings in order of duty: the first holding with an account is the one that must act,
all of them may. It reads the office's directory and the item; it decides nothing about state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the log's listing asks this module which roles an event is for, and must start fast
    from datetime import date

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
PATHS = frozenset({"council", "appraisal", "simplified"})
"""The ways that a dossier goes (flows.md §1), by which its machine names its kinds."""
SYSTEM = "system"
SUPERIORS = frozenset({"chair", "vice_chair"})
"""They are reported to (Kính báo cáo, Kính trình), never urged."""


class Holding(NamedTuple):
    """The accounts that stand in a relation by virtue of one role."""

    role: str
    accounts: tuple[str, ...]


class Standing(NamedTuple):
    """What a relation is computed from; `relations` are those of the item's subject, `today` is the office's
    local day."""

    item: Item
    office: Office
    rules: RulePack
    relations: Mapping[str, Relation]
    today: date


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


def representatives(office: Office, body: str, today: date) -> tuple[str, ...]:
    """The body's own; of one that ended, as a merged village, those of the body that goes on for it."""
    living = office.living(body, today)
    return office.holding("representative", body=living.id if living else body)


def speakers(office: Office, body: str, today: date) -> tuple[Holding, ...]:
    """The body's representatives; a body of the commune's own house is spoken for by its officer or head.

    UBND has neither and is spoken for by the division's, else nobody could withdraw its dossiers.
    """
    own = representatives(office, body, today)
    if own:
        return (Holding("representative", own),)
    officers = office.holding("officer", body=body) or office.holding("officer", body=office.division)
    return (Holding("officer", officers), Holding("head", heads(office, body)))


def speaking_for(office: Office, body: str, today: date) -> tuple[str, ...]:
    """The accounts that answer for the body and are written to: its representatives, else its officer or the
    division's, who passes the words on."""
    return next((holding.accounts for holding in speakers(office, body, today) if holding.accounts), ())


def council_step(item: Item, rules: RulePack) -> bool:
    """Whether the council votes on the item: by its path, or before that is fixed by its titles."""
    if item.details.variant in PATHS:
        return item.details.variant == "council"
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


PROPOSE_CORRECTION = "propose_correction"
AGREEING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "paper": ("records_clerk",),
        "words": ("standing_member",),
        "set_date": ("standing_member",),
        "extension": ("chair", "vice_chair"),
    }
)
"""Who agrees to a correction, by what it corrects: the records clerk gives numbers and dates, and has the
signed paper."""
AGREERS = ("records_clerk", "standing_member", "chair", "vice_chair")


def agreement(item: Item, proposed: Mapping[str, object]) -> str:
    """The kind of agreement that a correction of the item takes, by the plain inputs that propose it; words
    are none of them."""
    if "due_on" in proposed:
        return "extension" if item.due_mark == "extended" else "set_date"
    return "paper" if proposed.keys() - {"of", "nominee"} else "words"


def drafting(office: Office) -> frozenset[str]:
    """Who writes the papers and records them: of their numbers and dates somebody else knows better."""
    return frozenset(office.holding("officer"))


def _corrector(standing: Standing) -> tuple[Holding, ...]:
    office = standing.office
    roles = ("secretary", "standing_member", "records_clerk")
    return (*lead_officer(standing), *(Holding(role, office.holding(role)) for role in roles))


def _correction_agreer(standing: Standing) -> tuple[Holding, ...]:
    """Whoever agrees to the correction that waits; where all of these proposed it or stand in the list, the
    chair, then the vice chair."""
    office, item = standing.office, standing.item
    if item.proposal is None or item.proposal.event != PROPOSE_CORRECTION:
        return tuple(Holding(role, office.holding(role)) for role in AGREERS)
    kind = agreement(item, item.proposal.inputs)
    drafters = drafting(office) if kind == "paper" else frozenset()
    barred = office.people(item.proposal.accounts | item.details.named | drafters)

    def free(role: str) -> Holding:
        return Holding(role, tuple(id for id in office.holding(role) if office.person(id) not in barred))

    agreeing = tuple(free(role) for role in AGREEING[kind])
    if any(held.accounts for held in agreeing):
        return agreeing
    return next(((held,) for held in (free("chair"), free("vice_chair")) if held.accounts), ())


def _correction_party(standing: Standing) -> tuple[Holding, ...]:
    """Whoever proposed the correction that waits, and whoever may agree to it."""
    office, proposal = standing.office, standing.item.proposal
    proposed = (
        account for id in sorted(proposal.accounts if proposal else ()) if (account := office.account(id))
    )
    own = (Holding(account.roles[0], (account.id,)) for account in proposed if account.roles)
    return (*own, *_correction_agreer(standing))


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
        "system": Relation(lambda _standing: (Holding(SYSTEM, (SYSTEM,)),), (SYSTEM,)),
        "corrector": Relation(_corrector, ("officer", "secretary", "standing_member", "records_clerk")),
        "correction_agreer": Relation(_correction_agreer, AGREERS),
        "correction_party": Relation(_correction_party, ("officer", "secretary", *AGREERS)),
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
