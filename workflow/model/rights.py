"""Who may do what concerns the whole office: import its plan, adopt a definition (DESIGN §9).

The events of items say themselves by whom they are done; these are not of any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from workflow.model.decision import Reason
from workflow.model.office import Account, Office
from workflow.model.substitution import Substitution, stand_in_of
from workflow.model.text import Text

RIGHTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "import": ("officer", "secretary", "standing_member"),
        "adopt_definition": ("administrator", "standing_member"),
        "migrate_deadlines": ("administrator", "standing_member"),
        "migrate_items": ("administrator", "standing_member"),
        "contact": ("administrator", "officer", "standing_member"),
        "holder": ("administrator", "officer", "standing_member"),
        "history": ("officer", "secretary", "standing_member"),
        "retry_notices": ("administrator", "officer", "standing_member"),
        "clear_incident": ("administrator", "officer", "standing_member"),
        "erase": ("administrator", "standing_member"),
        "login": ("administrator",),
        "fund": ("accountant",),
        "keep_paper": ("officer", "secretary", "records_clerk", "accountant", "standing_member"),
        "payment": ("accountant",),
        "certificate": ("officer", "secretary", "records_clerk", "standing_member"),
        "movement": ("officer", "secretary", "standing_member"),
        "substitute": ("chair", "vice_chair", "standing_member"),
    }
)
"""The roles of each office-wide event, in the order in which one is taken."""


def role_for(office: Office, account: str, event: str) -> str | None:
    """The role by which the account may, None where there is none."""
    found = office.account(account)
    return next((role for role in RIGHTS[event] if found and role in found.roles), None)


def refusal(office: Office, event: str) -> Reason:
    """Why an account may not: the rule `role`, with those who can."""
    able = holding(office, event)
    labels = Text(
        vi="; ".join(account.label.vi for account in able) or "—",
        en="; ".join(account.label.en for account in able) or "—",
    )
    return Reason("role", {"vai_tro": labels}, who_can=tuple(account.id for account in able))


def holding(office: Office, event: str) -> tuple[Account, ...]:
    """The accounts that may do what concerns the whole office."""
    return tuple(account for account in office.accounts if set(account.roles) & set(RIGHTS[event]))


def agreeing(office: Office, proposer: str) -> tuple[str, ...]:
    """The accounts that may agree to what the account proposed for the whole office: whom its file names, and
    the vice chair where these are all the proposer in person. Nobody agrees to what it proposed itself."""
    own = office.person(proposer)
    for roles in (office.agrees, ("vice_chair",)):
        holding = (account for account in office.accounts if not set(roles).isdisjoint(account.roles))
        others = tuple(account.id for account in holding if office.person(account.id) != own)
        if others:
            return others
    return ()


def agrees_for(
    office: Office, account: str, *, proposer: str, substitutions: Sequence[Substitution], day: date
) -> str | None:
    """In whose name the account may agree that day: its own, else an absent one's for whom it stands in; None
    where it may in nobody's."""
    able = agreeing(office, proposer)
    if account in able:
        return account
    if office.person(account) == office.person(proposer):
        return None
    return next((id for id in able if stand_in_of(id, substitutions, day) == account), None)
