"""Opinions asked of absent members in writing: that they are asked and come back, and nothing else.

The sealed answers go into the box unopened and are counted with the slips of the room (flows.md §3).
"""

from __future__ import annotations

from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.sessions import CouncilSession, SessionLine, Written
from workflow.rules.common import account_label
from workflow.rules.nominees import day_given
from workflow.rules.sessions import (
    changed,
    in_vote,
    lines_named,
    members_named,
    members_of,
    refs_of,
    session_of,
    word_of,
)


def _may_be_asked(context: Context, _: Params) -> Reason | None:
    """Absent members, where the quy chế has it, about lines of which the share is taken of all members."""
    if not context.setting.office.membership.written_opinions:
        return Reason("no_written_opinions")
    there = [id for id in members_named(context, "members") if id in _expected(context)]
    if there:
        return Reason("not_absent", {"chuc_vu": account_label(context, there[0])})
    if not _askable(context):
        return Reason("nothing_to_write")
    return None


def _expected(context: Context) -> frozenset[str]:
    """Before the meeting whoever did not answer to be absent; in it whoever is in the room."""
    session = session_of(context)
    if session.opened_at is not None:
        return frozenset(session.here)
    return frozenset(members_of(context)) - session.excused


def _askable(context: Context) -> tuple[SessionLine, ...]:
    """Whole titles, since lines of one title stand on one slip."""
    lines = session_of(context).lines
    titles = {line.title for line in lines_named(context) or lines}
    return tuple(
        line for line in lines if line.title in titles and line.base == "total" and line.ballot is None
    )


def _ask_in_writing(context: Context, item: Item, _: Params) -> Item:
    named, refs = members_named(context, "members"), tuple(line.ref for line in _askable(context))
    until, hour, session = day_given(context, "until"), word_of(context, "at"), CouncilSession.of(item)
    before = {each.member: each.lines for each in session.written if not each.returned}
    others = tuple(each for each in session.written if each.member not in named)

    def asked(member: str) -> Written:
        """Whoever has not answered yet answers about the lines of before too."""
        return Written(member, tuple(dict.fromkeys((*before.get(member, ()), *refs))), until, hour)

    return changed(item, written=(*others, *map(asked, named)))


def _was_asked(context: Context, _: Params) -> Reason | None:
    session = session_of(context)
    asked = {each.member: each for each in session.written}
    strangers = [id for id in members_named(context, "members") if id not in asked]
    if strangers:
        return Reason("not_asked", {"chuc_vu": account_label(context, strangers[0])})
    refs = {ref for id in members_named(context, "members") for ref in asked[id].lines}
    emptied = {slip.id for slip in session.slips if slip.emptied}
    counted = [line for line in session.lines if line.ref in refs and line.group in emptied]
    return Reason("line_counted", {"so": refs_of(counted)}) if counted else None


def _came_back(context: Context, item: Item, _: Params) -> Item:
    """The sealed answer goes into the box unopened: that it came back is all that is known of it."""
    named, back = members_named(context, "members"), context.inputs.get("back") != "not_returned"
    session = CouncilSession.of(item)
    written = tuple(
        each._replace(returned=back) if each.member in named else each for each in session.written
    )
    return _returned_on_lines(changed(item, written=written))


def _returned_on_lines(item: Item) -> Item:
    """How many answers came back, on the lines of slips that are out and not counted yet."""
    session = CouncilSession.of(item)
    back = {slip.id: len(session.returned.intersection(slip.written)) for slip in session.slips}
    lines = (line._replace(written_returned=back[line.group]) for line in session.uncounted if line.group)
    return item._replace(details=session.with_lines(lines))


def _drop_asking(context: Context, item: Item, _: Params) -> Item:
    named = members_named(context, "members")
    return changed(
        item, written=tuple(each for each in CouncilSession.of(item).written if each.member not in named)
    )


def _asked_not_voted(context: Context, _: Params) -> Reason | None:
    """Who got a slip keeps it in the count."""
    session, named = session_of(context), members_named(context, "members")
    refs = {ref for each in session.written if each.member in named for ref in each.lines}
    return in_vote(line for line in session.lines if line.ref in refs)


WRITTEN = Registry(
    guards=MappingProxyType(
        {
            "may_be_asked": Guard(_may_be_asked),
            "was_asked": Guard(_was_asked),
            "asked_not_voted": Guard(_asked_not_voted),
        }
    ),
    effects=MappingProxyType(
        {
            "ask_in_writing": Effect(_ask_in_writing),
            "came_back": Effect(_came_back),
            "drop_asking": Effect(_drop_asking),
        }
    ),
)
