"""Before the meeting: what is planned, which dossiers are on the agenda, who is invited and answers.

A dossier is on the agenda of one open session: `workflow.rules.in_session` holds it to that under its lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.session_roles import RELATIONS
from workflow.model.sessions import CouncilSession, Reply, SessionLine
from workflow.rules.common import account_label, day_text
from workflow.rules.nominees import day_given
from workflow.rules.sessions import (
    TOUCHED,
    changed,
    in_vote,
    lines_named,
    member_meant,
    member_of,
    members_known,
    session_of,
    touched_dossiers,
    unknown_lines,
    word_of,
    words_of,
)

PLANNING = {"date": "planned_on", "at": "planned_at"}
"""The fields that inputs of other names fill."""
_PLANNED = ("place", "presiding", "secretary", "invitation_no", "invitation_on")


# -- when and where ----------------------------------------------------------------------------------------


def _plan(context: Context, item: Item, _: Params) -> Item:
    """What the event says of the session; what it leaves out stays."""
    said = {name: context.inputs[name] for name in _PLANNED if name in context.inputs}
    said |= {field: context.inputs[name] for name, field in PLANNING.items() if name in context.inputs}
    return changed(item, **said)


def _begin(context: Context, item: Item, _: Params) -> Item:
    """Unless somebody else is named, the chair presides and the secretary keeps the minutes."""
    office, session = context.setting.office, CouncilSession.of(item)
    chair, secretary = (next(iter(office.holding(role)), None) for role in ("chair", "secretary"))
    return changed(item, presiding=session.presiding or chair, secretary=session.secretary or secretary)


def _day_ahead(context: Context, _: Params) -> Reason | None:
    """Nobody is called to a meeting of yesterday."""
    day = day_given(context, "date") or session_of(context).planned_on
    if day is None or day >= context.today:
        return None
    return Reason("meeting_past", {"ngay": day_text(day)})


def _hour_known(context: Context, _: Params) -> Reason | None:
    """A meeting has an hour and a place before anybody is called to it."""
    session = session_of(context)
    if session.by_writing:
        return None
    known: dict[str, object] = {"at": session.planned_at, "place": session.place}
    known |= {name: context.inputs[name] for name in known if name in context.inputs}
    return None if all(known.values()) else Reason("hour_and_place")


def _short_notice(context: Context, params: Params) -> tuple[Reason, ...]:
    """Members are to have the files so many working days before the day."""
    day, least = day_given(context, "date") or session_of(context).planned_on, params["days"]
    assert isinstance(least, int)
    if day is None:
        return ()
    called = day_given(context, "invitation_on") or context.today
    ahead = context.setting.calendar.working_days_between(called, day)
    return (Reason("short_notice", {"n": ahead, "m": least}),) if ahead < least else ()


def _something_changes(context: Context, _: Params) -> Reason | None:
    names = {*PLANNING, *_PLANNED}
    return Reason("nothing_changed") if names.isdisjoint(context.inputs) else None


def _forget_answers(context: Context, item: Item, _: Params) -> Item:
    """Another day, hour or place is answered anew; the interest that somebody declared stands."""
    if {"date", "at", "place"}.isdisjoint(context.inputs):
        return item
    kept = tuple(reply for reply in CouncilSession.of(item).replies if reply.interest)
    return changed(item, replies=kept)


# -- the agenda --------------------------------------------------------------------------------------------


def _may_be_put(context: Context, _: Params) -> Reason | None:
    """Appraised dossiers that the council votes on, in no other open session."""
    return next(_against_putting(context), None)


def _against_putting(context: Context) -> Iterator[Reason]:
    found, own = touched_dossiers(context), context.item.key.ref
    for ref in words_of(context, "dossiers"):
        item = found.get(ref)
        if item is None:
            yield Reason("unknown_dossier", {"ref": ref, "nam": context.item.key.year})
        elif item.kind != "council":
            title = context.setting.of(item).rules.title(item.details.titles[0])
            yield Reason("by_council", {"danh_hieu": title.label if title else ref})
        elif item.state != "appraised":
            yield Reason("dossier_not_appraised", {"ref": ref})
        elif (other := Dossier.of(item).session) not in (None, own):
            yield Reason("in_other_session", {"ref": ref, "phien": str(other)})
        elif not _votes_on(context, item):
            yield Reason("nothing_to_vote_on", {"ref": ref})


def _votes_on(context: Context, item: Item) -> tuple[SessionLine, ...]:
    """The lines of a dossier that the council votes on, by the dossier's own rule pack; without numbers."""
    rules = context.setting.of(item).rules
    return tuple(
        SessionLine(
            no=0,
            dossier=item.key.ref,
            line=nominee.no,
            title=nominee.title,
            base=title.vote.base,
            percent=title.vote.percent,
            strict=title.vote.strict,
            secret=title.vote.secret,
            higher=title.level != "commune",
            account=nominee.account,
        )
        for nominee in Dossier.of(item).to_vote
        if (title := rules.title(nominee.title)) and title.vote
    )


def _put_on_agenda(context: Context, item: Item, _: Params) -> Item:
    """With its lines; of a dossier that is there already what came since is added and what left is gone."""
    session, found = CouncilSession.of(item), touched_dossiers(context)
    refs = tuple(ref for ref in words_of(context, "dossiers") if ref in found)
    lines, last = list(session.lines), session.last_no
    for ref in refs:
        new = _votes_on(context, found[ref])
        there = {line.ref for line in lines}
        wanted = {line.ref for line in new}
        lines = [line for line in lines if line.dossier != ref or line.ref in wanted]
        for line in new:
            if line.ref not in there:
                last += 1
                lines.append(line._replace(no=last))
    agenda = tuple(dict.fromkeys((*session.agenda, *refs)))
    return changed(item, agenda=agenda, lines=tuple(lines), last_no=last)


def _on_agenda(context: Context, _: Params) -> Reason | None:
    session = session_of(context)
    unknown = [ref for ref in words_of(context, "dossiers") if ref not in session.agenda]
    if unknown:
        return Reason("not_on_agenda", {"ref": ", ".join(unknown)})
    return in_vote(line for line in session.lines if line.dossier in words_of(context, "dossiers"))


def without_dossiers(session: CouncilSession, gone: frozenset[str]) -> CouncilSession:
    """The session without these dossiers and all that was said of their lines."""
    lines = frozenset(line.ref for line in session.lines if line.dossier in gone)
    agenda = tuple(ref for ref in session.agenda if ref not in gone)
    return replace(without_lines(session, lines), agenda=agenda)


def without_lines(session: CouncilSession, gone: frozenset[str]) -> CouncilSession:
    """The session without these lines and what was said of them."""

    def rest(refs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ref for ref in refs if ref not in gone)

    return replace(
        session,
        lines=tuple(line for line in session.lines if line.ref not in gone),
        replies=tuple(each._replace(interest=rest(each.interest)) for each in session.replies),
        recusals=tuple(each._replace(lines=left) for each in session.recusals if (left := rest(each.lines))),
        boards=tuple(each._replace(lines=left) for each in session.boards if (left := rest(each.lines))),
        written=tuple(each._replace(lines=left) for each in session.written if (left := rest(each.lines))),
    )


def _take_off_agenda(context: Context, item: Item, _: Params) -> Item:
    gone = frozenset(words_of(context, "dossiers"))
    return item._replace(details=without_dossiers(CouncilSession.of(item), gone))


def _free_all(_context: Context, item: Item, _: Params) -> Item:
    """What is put off or not held frees its dossiers; who is invited answers anew."""
    session = CouncilSession.of(item)
    freed = without_dossiers(session, frozenset(session.agenda))
    return item._replace(details=replace(freed, replies=(), written=()))


def _lines_leave(context: Context, item: Item, _: Params) -> Item:
    """Lines that left their dossier, or with it the council's table; what was voted on stays on record."""
    session = without_lines(CouncilSession.of(item), frozenset(words_of(context, "lines")))
    kept = {line.dossier for line in session.lines} | ({*session.agenda} - {*words_of(context, "dossiers")})
    agenda = tuple(ref for ref in session.agenda if ref in kept)
    return item._replace(details=replace(session, agenda=agenda))


def _agenda_filled(context: Context, _: Params) -> Reason | None:
    return None if session_of(context).lines else Reason("agenda_empty")


# -- answers -----------------------------------------------------------------------------------------------


def _members_known(context: Context, params: Params) -> Reason | None:
    names = params["inputs"]
    return members_known(context, *(map(str, names) if isinstance(names, tuple) else (str(names),)))


def _lines_known(context: Context, _: Params) -> Reason | None:
    return unknown_lines(context, words_of(context, "lines"))


def _for_oneself(context: Context, _: Params) -> Reason | None:
    """A member speaks for nobody else; the secretary writes down what any of them said."""
    own, named = member_of(context, context.actor.capacity), word_of(context, "member")
    secretaries = context.registry.relations["session_secretary"].holdings(context.standing)
    keeps = any(context.actor.capacity in held.accounts for held in secretaries)
    if keeps and (own is not None or named is not None):
        return None
    if own is None:
        return Reason("whose_answer")
    if named is None or member_meant(context) == own:
        return None
    able = tuple(id for held in secretaries for id in held.accounts)
    return Reason("not_ones_own", {"chuc_vu": account_label(context, named)}, who_can=able)


def _answer(context: Context, item: Item, _: Params) -> Item:
    member, session = member_meant(context), CouncilSession.of(item)
    answer = context.inputs.get("answer")
    if member is None or answer not in ("attend", "absent"):
        return item
    interest = tuple(line.ref for line in lines_named(context))
    reply = Reply(member, "attend" if answer == "attend" else "absent", interest)
    others = tuple(each for each in session.replies if each.member != member)
    return changed(item, replies=(*others, reply))


def _invited(context: Context, _: Params) -> bool:
    """Whether members were called already, so that what changes is to be said with its reason."""
    return context.item.state == "called"


def _meets(context: Context, _: Params) -> bool:
    return not session_of(context).by_writing


def _by_writing(context: Context, _: Params) -> bool:
    return session_of(context).by_writing


AGENDA = Registry(
    relations=RELATIONS,
    guards=MappingProxyType(
        {
            "day_ahead": Guard(_day_ahead),
            "hour_and_place": Guard(_hour_known),
            "something_changes": Guard(_something_changes),
            "may_be_put": Guard(_may_be_put, needs=(TOUCHED,)),
            "on_agenda": Guard(_on_agenda),
            "agenda_filled": Guard(_agenda_filled),
            "members_known": Guard(_members_known),
            "session_lines_known": Guard(_lines_known),
            "for_oneself": Guard(_for_oneself),
        }
    ),
    doubts=MappingProxyType({"short_notice": Warned(_short_notice)}),
    predicates=MappingProxyType({"meets": _meets, "by_writing": _by_writing, "invited": _invited}),
    effects=MappingProxyType(
        {
            "plan_session": Effect(_plan),
            "begin_session": Effect(_begin),
            "forget_answers": Effect(_forget_answers),
            "put_on_agenda": Effect(_put_on_agenda),
            "take_off_agenda": Effect(_take_off_agenda),
            "free_all": Effect(_free_all),
            "lines_leave": Effect(_lines_leave),
            "answer_invitation": Effect(_answer),
        }
    ),
)
