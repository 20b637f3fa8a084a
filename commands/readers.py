"""Who looks, for the commands that show an account its own, and at what."""

from __future__ import annotations

from commands.printing import say
from commands.session import Session
from runtime.office.token_file import usual_account
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item
from workflow.model.naming import account_meant, accounts, all_of


class NobodyAsked(UsageMistake):
    """It is not clear whose inbox is meant; choose an account with --as: {danh_sach}."""

    code = "no_actor"


def item_of(session: Session, ref: str) -> Item:
    """The item that a reference names, of several years' open ones the newest: that is said on stderr, as
    the record says it for scripts. Raises BadReference, UnknownReference."""
    looking = session.looking
    item = looking.item(ref)
    if looking.also_open and not session.json:
        others = ", ".join(key.in_year for key in looking.also_open)
        say(session.words("message.also_open", ref=item.key.in_year, danh_sach=others), err=True)
    return item


def account_of(session: Session) -> str:
    """The account that looks for itself. Raises NobodyAsked, UnknownActor."""
    named = known_account(session)
    if named is None:
        raise NobodyAsked(danh_sach=all_of(accounts(session.looking.directory.accounts)))
    return named


def known_account(session: Session) -> str | None:
    """--as, TDKT_ACTOR, who is signed in here, or the stored account; None where nobody is named. Raises
    UnknownActor."""
    looking = session.looking
    usual = usual_account(session.environment, looking.office, looking.row.actor)
    named = session.options.actor or usual
    return account_meant(named, looking.directory) if named else None
