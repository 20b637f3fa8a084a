"""Who may do what concerns the whole office: import its plan, adopt a definition; no item is moved here."""

from __future__ import annotations

from runtime.acting import Acting
from workflow.decision import Reason
from workflow.definition import Office, Text
from workflow.importing import ROLES as IMPORTERS

ADOPTERS = ("administrator", "standing_member")
RIGHTS: dict[str, tuple[str, ...]] = {"import": IMPORTERS, "adopt_definition": ADOPTERS}
"""The roles of each office-wide event."""


def role_for(acting: Acting, event: str) -> str | None:
    """The role by which the acting account may, None where there is none."""
    account = acting.directory.account(acting.actor.account)
    return next((role for role in RIGHTS[event] if account and role in account.roles), None)


def refusal(office: Office, event: str) -> Reason:
    """Why an account may not: the rule `role`, with those who can."""
    holding = [account for account in office.accounts if set(account.roles) & set(RIGHTS[event])]
    labels = Text(
        vi="; ".join(account.label.vi for account in holding) or "—",
        en="; ".join(account.label.en for account in holding) or "—",
    )
    return Reason("role", {"vai_tro": labels}, who_can=tuple(account.id for account in holding))
