"""Who is in the room, who presides, who takes no part in which line, and who counts slips (flows.md §3)."""

from __future__ import annotations

from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.council import quorum_of
from workflow.model.decision import Reason
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.sessions import Attendance, Board, CouncilSession, Presiding, Recusal, Written
from workflow.rules.common import account_label, day_text, holders
from workflow.rules.sessions import (
    changed,
    conflicted,
    in_vote,
    lines_named,
    member_meant,
    member_of,
    members_named,
    members_of,
    nominated_member,
    refs_of,
    session_of,
    word_of,
    words_of,
)

CHAIRING = ("chair", "vice_chair")
BOARD = 3
"""A counting board has a head and two members."""


def quorum_lacks(context: Context, here: tuple[str, ...]) -> Reason | None:
    """Two thirds of all members are in the room, those recused among them."""
    rules, members = context.setting.rules, len(members_of(context))
    least = quorum_of(members, rules.quorum)
    if len(here) >= least:
        return None
    return Reason("quorum", {"k": len(here), "m": members, "n": least}, cite=rules.quorum_cite)


# -- opening -----------------------------------------------------------------------------------------------


def _present(context: Context) -> tuple[str, ...]:
    """Those who are typed as present, in the directory's order."""
    named = members_named(context, "present")
    return tuple(id for id in members_of(context) if id in named)


def _quorum_there(context: Context, _: Params) -> Reason | None:
    if session_of(context).by_writing or "present" not in context.inputs:
        return None
    return quorum_lacks(context, _present(context))


def _day_of_meeting(context: Context, _: Params) -> Reason | None:
    """A session is opened on its day, and may be written down later."""
    day = session_of(context).planned_on
    if day is None or day <= context.today or session_of(context).by_writing:
        return None
    return Reason("before_meeting", {"ngay": day_text(day)})


def chairs(context: Context, account: str) -> bool:
    """Whether the account is of a chair or a vice chair."""
    people = context.setting.office.people
    return people((account,)) <= people(id for role in CHAIRING for id in holders(context, role))


def _presides(context: Context) -> str | None:
    named = word_of(context, "presiding") or word_of(context, "member") or session_of(context).presiding
    return member_of(context, named) if named else None


def _may_preside(context: Context, _: Params) -> Reason | None:
    """The chair or a vice chair presides, and is in the room; before the roll is called anybody may come."""
    session, presiding = session_of(context), _presides(context)
    called = session.here if session.opened_at else members_of(context)
    there = _present(context) if "present" in context.inputs else called
    if presiding is not None and chairs(context, presiding) and (session.by_writing or presiding in there):
        return None
    able = tuple(id for id in there if chairs(context, id))
    named = presiding or session.presiding or ""
    return Reason("may_not_preside", {"chuc_vu": account_label(context, named)}, who_can=able)


def _open(context: Context, item: Item, _: Params) -> Item:
    """The council of the day is frozen. By writing it is open once the papers are sent, to every member."""
    session, hour = CouncilSession.of(item), word_of(context, "at")
    day = session.planned_on or context.today
    members, presiding = members_of(context), _presides(context)
    written: tuple[Written, ...] = session.written
    if session.by_writing:
        refs = tuple(line.ref for line in session.lines)
        written = tuple(Written(member, refs, session.planned_on, session.planned_at) for member in members)
    return changed(
        item,
        members=members,
        held_on=min(day, context.today) if session.by_writing else day,
        opened_at=hour,
        presiding=presiding,
        secretary=word_of(context, "secretary") or session.secretary,
        roll=tuple(Attendance(id, str(hour)) for id in _present(context)),
        presided=(Presiding(str(presiding), hour),),
        written=written,
    )


def _nothing_voted(context: Context, _: Params) -> Reason | None:
    return in_vote(session_of(context).lines)


def _unopen(context: Context, item: Item, _: Params) -> Item:
    session = CouncilSession.of(item)
    return changed(
        item,
        members=(),
        held_on=None,
        opened_at=None,
        roll=(),
        presided=(),
        written=() if session.by_writing else session.written,
    )


# -- the room ----------------------------------------------------------------------------------------------


def _no_open_vote(context: Context, _: Params) -> Reason | None:
    """Whoever votes is frozen from the opening of a vote until it is counted."""
    running = session_of(context).uncounted
    return Reason("vote_runs", {"so": refs_of(running)}) if running else None


def last_hour(session: CouncilSession) -> str:
    """The last hour at which something took place in the room."""
    hours = (
        session.opened_at,
        *(ballot.at for ballot in session.standing_ballots),
        *(hour for each in session.roll for hour in (each.came, each.left)),
        *(each.since for each in session.presided),
    )
    return max((hour for hour in hours if hour), default="")


def _hour_in_order(context: Context, _: Params) -> Reason | None:
    """What takes place is written down in its order."""
    hour, last = word_of(context, "at"), last_hour(session_of(context))
    if hour is None or hour >= last:
        return None
    return Reason("hour_in_order", {"gio": hour, "truoc": last})


def _was_outside(context: Context, _: Params) -> Reason | None:
    return _where(context, "in_the_room", inside=True)


def _was_inside(context: Context, _: Params) -> Reason | None:
    return _where(context, "not_in_room", inside=False)


def _where(context: Context, rule: str, *, inside: bool) -> Reason | None:
    here = session_of(context).here
    found = [id for id in members_named(context, "members") if (id in here) == inside]
    return Reason(rule, {"chuc_vu": account_label(context, found[0])}) if found else None


def _presiding_stays(context: Context, _: Params) -> Reason | None:
    """Whoever presides leaves once somebody else does."""
    presiding = session_of(context).presiding
    if presiding is None or presiding not in members_named(context, "members"):
        return None
    return Reason("presiding_leaves", {"chuc_vu": account_label(context, presiding)})


def _arrive(context: Context, item: Item, _: Params) -> Item:
    came = (Attendance(id, str(context.inputs["at"])) for id in members_named(context, "members"))
    return changed(item, roll=(*CouncilSession.of(item).roll, *came))


def _leave(context: Context, item: Item, _: Params) -> Item:
    named, hour = members_named(context, "members"), word_of(context, "at")
    roll = tuple(
        each._replace(left=hour) if each.member in named and each.left is None else each
        for each in CouncilSession.of(item).roll
    )
    return changed(item, roll=roll)


def _preside(context: Context, item: Item, _: Params) -> Item:
    member, session = _presides(context), CouncilSession.of(item)
    since = Presiding(str(member), word_of(context, "at"))
    return changed(item, presiding=member, presided=(*session.presided, since))


# -- who takes no part -------------------------------------------------------------------------------------


def _not_voted(context: Context, _: Params) -> Reason | None:
    return in_vote(lines_named(context))


def _recuse(context: Context, item: Item, _: Params) -> Item:
    member, session = member_meant(context), CouncilSession.of(item)
    why, refs = str(context.inputs["why"]), tuple(line.ref for line in lines_named(context))
    if member is None:
        return item
    return changed(item, recusals=(*_without(session, member, refs), Recusal(member, refs, why)))


def _without(session: CouncilSession, member: str, refs: tuple[str, ...]) -> tuple[Recusal, ...]:
    """The recusals but those of the member from these lines."""
    rest = (
        each._replace(lines=tuple(ref for ref in each.lines if ref not in refs))
        if each.member == member
        else each
        for each in session.recusals
    )
    return tuple(each for each in rest if each.lines)


def _is_recused(context: Context, _: Params) -> Reason | None:
    member, session = member_meant(context), session_of(context)
    free = [line for line in lines_named(context) if member not in session.recused_from(line.ref)]
    if not free or member is None:
        return None
    return Reason("is_not_recused", {"chuc_vu": account_label(context, member), "so": refs_of(free)})


def _unrecuse(context: Context, item: Item, _: Params) -> Item:
    member, session = member_meant(context), CouncilSession.of(item)
    refs = tuple(line.ref for line in lines_named(context))
    return changed(item, recusals=_without(session, str(member), refs))


# -- who counts --------------------------------------------------------------------------------------------


def _counts_for(context: Context) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is to count, and the lines on their slips: those of the slip or the lines that are named, else all
    that are voted on by slips."""
    session, slip = session_of(context), word_of(context, "slip")
    lines = session.on_slip(slip) if slip else lines_named(context)
    every = tuple(line for line in session.lines if line.secret or session.by_writing)
    named = tuple(dict.fromkeys(words_of(context, "members")))
    return named, tuple(line.ref for line in lines or every)


def _board_free(context: Context, _: Params) -> Reason | None:
    """Nobody counts slips on which they stand, or presides over the count."""
    members, refs = _counts_for(context)
    session, office = session_of(context), context.setting.office
    lines = [line for line in session.lines if line.ref in refs]
    for id in members:
        if session.presiding and office.person(id) == office.person(session.presiding):
            return Reason("presiding_counts", {"chuc_vu": account_label(context, id)})
        if own := conflicted(context, id, lines):
            return Reason("stands_on_slip", {"chuc_vu": account_label(context, id), "so": refs_of(own)})
    return None


def _board_small(context: Context, _: Params) -> tuple[Reason, ...]:
    count = len(context.setting.office.people(words_of(context, "members")))
    if "members" not in context.inputs:
        return ()
    return (Reason("board_small", {"n": count, "m": BOARD}),) if count < BOARD else ()


def _elect_board(context: Context, item: Item, _: Params) -> Item:
    session, (members, refs) = CouncilSession.of(item), _counts_for(context)
    if not {"slip", "lines"} & context.inputs.keys():
        return changed(item, board=members)
    return changed(item, boards=(*session.boards, Board(members, refs)))


def _slip_known(context: Context, _: Params) -> Reason | None:
    slip = word_of(context, "slip")
    if slip is None or session_of(context).on_slip(slip):
        return None
    return Reason("no_slip", {"phieu": slip})


def _interest_open(context: Context, _: Params) -> tuple[Reason, ...]:
    """Interests that members declared and that nobody recorded as a recusal."""
    session = session_of(context)
    return tuple(
        Reason("interest_open", {"chuc_vu": account_label(context, reply.member), "so": ", ".join(open_)})
        for reply in session.replies
        if (open_ := [ref for ref in reply.interest if _open_interest(session, reply.member, ref)])
    )


def _open_interest(session: CouncilSession, member: str, ref: str) -> bool:
    line = session.line(ref)
    return line is not None and line.ballot is None and member not in session.recused_from(ref)


def nominees_not_recused(context: Context, refs: frozenset[str]) -> Reason | None:
    """A member who is a line's nominee is recorded as taking no part in it before its vote: the software
    proposes that, and leaves nobody out by itself."""
    session = session_of(context)
    found = [
        (line, member)
        for line in session.lines
        if line.ref in refs
        and (member := nominated_member(context, line))
        and member not in session.recused_from(line.ref)
    ]
    if not found:
        return None
    member = found[0][1]
    theirs = [line for line, who in found if who == member]
    return Reason("not_recused", {"chuc_vu": account_label(context, member), "so": refs_of(theirs)})


MEETING = Registry(
    guards=MappingProxyType(
        {
            "quorum_there": Guard(_quorum_there),
            "day_of_meeting": Guard(_day_of_meeting),
            "may_preside": Guard(_may_preside),
            "nothing_voted": Guard(_nothing_voted),
            "no_open_vote": Guard(_no_open_vote),
            "hour_in_order": Guard(_hour_in_order),
            "was_outside": Guard(_was_outside),
            "was_inside": Guard(_was_inside),
            "presiding_stays": Guard(_presiding_stays),
            "not_voted": Guard(_not_voted),
            "is_recused": Guard(_is_recused),
            "board_free": Guard(_board_free),
            "slip_known": Guard(_slip_known),
        }
    ),
    doubts=MappingProxyType({"board_small": Warned(_board_small), "interest_open": Warned(_interest_open)}),
    effects=MappingProxyType(
        {
            "open_session": Effect(_open),
            "unopen_session": Effect(_unopen),
            "arrive": Effect(_arrive),
            "leave": Effect(_leave),
            "preside": Effect(_preside),
            "recuse": Effect(_recuse),
            "unrecuse": Effect(_unrecuse),
            "elect_board": Effect(_elect_board),
        }
    ),
)
