"""What the rules of a council session share: which lines and members are meant, and who decides a line.

A member is one human. Accounts that are typed stand for the member of the same person; no base and no total
is ever typed (flows.md §3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from workflow.model.ballots import Electorate, electorate, least_of
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import Vote
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession, SessionLine
from workflow.model.text import Text
from workflow.model.wording import refs_in_runs
from workflow.rules.common import account_label, acts_among, others

TOUCHED = "touched"
"""The need of whatever looks at the dossiers of the session, which are locked with it."""


def session_of(context: Context) -> CouncilSession:
    return CouncilSession.of(context.item)


def changed(item: Item, **values: Any) -> Item:
    return item._replace(details=replace(CouncilSession.of(item), **values))


def with_lines(item: Item, lines: Iterable[SessionLine]) -> Item:
    return item._replace(details=CouncilSession.of(item).with_lines(lines))


def touched_dossiers(context: Context) -> dict[str, Item]:
    """The dossiers that the event looks at, by reference."""
    items: tuple[Item, ...] = context.facts.beside.get(TOUCHED, ())
    return {item.key.ref: item for item in items if isinstance(item.details, Dossier)}


def words_of(context: Context, name: str) -> tuple[str, ...]:
    """The input `name` as the several words that it is; none where it is left out."""
    value = context.inputs.get(name)
    return tuple(map(str, value)) if isinstance(value, tuple) else ()


def word_of(context: Context, name: str) -> str | None:
    value = context.inputs.get(name)
    return value if isinstance(value, str) else None


# -- members -----------------------------------------------------------------------------------------------


def members_of(context: Context) -> tuple[str, ...]:
    """The council of the session's day; from the opening on as it was frozen."""
    session = session_of(context)
    return session.members or context.setting.office.seated(session.day or context.today)


def member_of(context: Context, account: str) -> str | None:
    """The member that the account's person is, None of who is none."""
    office = context.setting.office
    person = office.person(account)
    return next((id for id in members_of(context) if office.person(id) == person), None)


def members_named(context: Context, name: str) -> tuple[str, ...]:
    """The members that the input `name` names, each once; who is none is left out."""
    named = (member_of(context, account) for account in words_of(context, name))
    return tuple(dict.fromkeys(id for id in named if id is not None))


def member_meant(context: Context) -> str | None:
    """The member whom the event is about: the one that is named, else whoever acts."""
    return member_of(context, word_of(context, "member") or context.actor.capacity)


def members_known(context: Context, *names: str) -> Reason | None:
    """That everybody who is named sits in the council on that day, and stands in no list by two accounts."""
    for name in names:
        seen: set[str] = set()
        for id in filter(None, (*words_of(context, name), word_of(context, name))):
            member = member_of(context, id)
            if member is None:
                return Reason("not_members", {"chuc_vu": account_label(context, id)})
            if member in seen:
                return Reason("member_twice", {"chuc_vu": account_label(context, id)})
            seen.add(member)
    return None


def labels(context: Context, accounts: Iterable[str]) -> Text:
    """The positions of several accounts, as a sentence lists them."""
    said = [account_label(context, id) for id in accounts]
    found = [each if isinstance(each, Text) else Text(each, each) for each in said]
    return Text("; ".join(each.vi for each in found), "; ".join(each.en for each in found))


# -- lines -------------------------------------------------------------------------------------------------


def lines_named(context: Context, name: str = "lines") -> tuple[SessionLine, ...]:
    """The session's lines that the input `name` names, in the agenda's order; unknown ones are left out."""
    refs = {*words_of(context, name)}
    return tuple(line for line in session_of(context).lines if line.ref in refs)


def refs_of(lines: Iterable[SessionLine]) -> str:
    return refs_in_runs(line.ref for line in lines)


def unknown_lines(context: Context, refs: Iterable[str]) -> Reason | None:
    session = session_of(context)
    unknown = [ref for ref in refs if session.line(ref) is None]
    return Reason("not_in_session", {"so": ", ".join(unknown)}) if unknown else None


def nominated_member(context: Context, line: SessionLine) -> str | None:
    """The member who is the line's nominee."""
    return member_of(context, line.account) if line.account else None


def conflicted(context: Context, account: str, lines: Iterable[SessionLine]) -> tuple[SessionLine, ...]:
    """Of the lines those in which the account's person is named, or from which it is recused."""
    office, session = context.setting.office, session_of(context)
    person = office.person(account)
    return tuple(
        line
        for line in lines
        if person in office.people((*session.recused_from(line.ref), *filter(None, (line.account,))))
    )


def acts_on_own(context: Context, lines: Iterable[SessionLine]) -> Reason | None:
    """Nobody records what was voted on the own line; the lines of others go on."""
    own = [line for line in lines if line.account and acts_among(context, frozenset({line.account}))]
    if not own:
        return None
    barred = frozenset(str(line.account) for line in own)
    label = account_label(context, str(own[0].account))
    return Reason("own_line", {"chuc_vu": label, "so": refs_of(own)}, who_can=others(context, barred=barred))


# -- votes -------------------------------------------------------------------------------------------------


def vote_of(line: SessionLine) -> Vote:
    """The vote that the line's title takes by its dossier's rule pack."""
    return Vote(base=line.base, percent=line.percent, strict=line.strict, secret=line.secret)


def deciding(context: Context, line: SessionLine, in_room: Iterable[str]) -> Electorate:
    """Who decides the line. By writing nobody is present, so the share is taken of all members."""
    session = session_of(context)
    found = electorate(
        vote_of(line),
        members=frozenset(members_of(context)),
        in_room=frozenset(in_room),
        recused=frozenset(session.recused_from(line.ref)),
    )
    if not session.by_writing:
        return found
    return replace(found, base=found.total, least=least_of(found.total, vote_of(line)))


def in_vote(lines: Iterable[SessionLine]) -> Reason | None:
    """That nothing changes who votes on a line once its vote was opened."""
    voted = [line for line in lines if line.ballot is not None]
    return Reason("line_in_vote", {"so": refs_of(voted)}) if voted else None
