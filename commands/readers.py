"""Who looks, for the commands that show an account its own."""

from __future__ import annotations

from commands.session import Session
from workflow.model.errors import UnknownActor


class NobodyAsked(UnknownActor):
    """It is not clear whose inbox is meant; choose an account with --as: {danh_sach}."""

    code = "no_actor"


def account_of(session: Session) -> str:
    """The account that looks for itself. Raises NobodyAsked, UnknownActor."""
    named = known_account(session)
    if named is None:
        raise NobodyAsked(danh_sach=_accounts(session))
    return named


def known_account(session: Session) -> str | None:
    """--as, TDKT_ACTOR, or the stored account; None where nobody is named. Raises UnknownActor."""
    looking = session.looking
    named = session.options.actor or session.environment.get("TDKT_ACTOR") or looking.row.actor
    if named and looking.directory.account(named) is None:
        raise UnknownActor(actor=named, known=_accounts(session))
    return named or None


def _accounts(session: Session) -> str:
    return ", ".join(account.id for account in session.looking.directory.accounts)
