"""What an account may look at in the console, by its roles (flows.md §6 and §7): personal data are seen
by whoever needs them for the work.

On the command line, where whoever reads the database reads all of it, nothing is held back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from workflow.model.award_decisions import AwardDecision
from workflow.model.dossiers import Dossier
from workflow.model.roles import representatives
from workflow.model.sessions import CouncilSession
from workflow.model.subjects import AWARD_DECISION, DOSSIER, SESSION, TASK

if TYPE_CHECKING:
    from datetime import date

    from workflow.model.facts import Item
    from workflow.model.office import Office

Part = Literal[
    "inbox",
    "plan",
    "dossiers",
    "sessions",
    "decisions",
    "money",
    "chase",
    "search",
    "reports",
    "papers",
    "deadlines",
    "log",
    "settings",
    "status",
]
"""The parts of the console's menu, in its order (flows.md §5)."""
ALL: frozenset[Part] = frozenset(get_args(Part))

OF_ROLES: dict[str, frozenset[Part]] = {
    "representative": frozenset({"inbox", "plan", "dossiers", "deadlines"}),
    "auditor": frozenset({"inbox", "plan", "sessions", "decisions", "money", "reports", "deadlines", "log"}),
    "administrator": frozenset({"inbox", "plan", "deadlines", "log", "settings", "status"}),
}
"""Roles that do not see all; whoever has another one beside sees what that sees."""


def parts_of(office: Office, account: str | None) -> frozenset[Part]:
    """The parts that the account sees; without one only what everybody does."""
    found = office.account(account) if account else None
    if found is None:
        return frozenset({"plan"})
    return frozenset().union(*(OF_ROLES.get(role, ALL) for role in found.roles)) or frozenset({"plan"})


def is_narrow(office: Office, account: str | None) -> bool:
    """Whether the account sees some of the office's items only."""
    found = office.account(account) if account else None
    return found is None or all(role in OF_ROLES for role in found.roles)


MONEY_MOVED = frozenset({"pay", "recover", "carry_over", "undo_payment"})
"""Entries of a decision that say whom money was paid to."""


def hidden_events(office: Office, account: str | None) -> frozenset[str]:
    """The events of items whose entries the account does not look at: an auditor sees what was decided and
    the totals of the fund, not who took which money."""
    return MONEY_MOVED if is_narrow(office, account) else frozenset()


def sees(office: Office, account: str | None, item: Item, today: date) -> bool:
    """Whether the account may look at the item: a body at its own dossiers, the auditor at what is concluded
    and issued, everybody at the plan."""
    if item.subject == TASK.id or not is_narrow(office, account):
        return True
    found = office.account(account) if account else None
    if found is None:
        return False
    audits = "auditor" in found.roles
    if item.subject == DOSSIER.id:
        return sees_dossiers_of(office, account, Dossier.of(item).body, today)
    if item.subject == SESSION.id:
        return audits and CouncilSession.of(item).closed_at is not None
    if item.subject == AWARD_DECISION.id:
        return audits and AwardDecision.of(item).number is not None
    return False


def sees_dossiers_of(office: Office, account: str | None, body: str, today: date) -> bool:
    """Whether the account may look at the dossiers of the body."""
    return not is_narrow(office, account) or account in representatives(office, body, today)
