"""Votes: opened on the lines of a title, with the bases and the groups of slips that are frozen then.

What is counted on them is in `workflow.rules.counting` (flows.md §3).
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from workflow.model.ballots import FEW_SLIPS, issued_of, majority_of, slip_groups
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.sessions import COUNTED, FROZEN, Ballot, CouncilSession, SessionLine, Slips
from workflow.rules.common import account_label
from workflow.rules.meeting import chairs, last_hour, nominees_not_recused, quorum_lacks
from workflow.rules.sessions import (
    TOUCHED,
    changed,
    conflicted,
    deciding,
    labels,
    lines_named,
    member_of,
    members_named,
    members_of,
    refs_of,
    session_of,
    touched_dossiers,
    unknown_lines,
    with_lines,
    word_of,
    words_of,
)

Lines = tuple[SessionLine, ...]


# -- opening a vote ----------------------------------------------------------------------------------------


def _to_open(context: Context) -> Lines:
    """The lines of the title on which no vote was opened and nothing is being verified."""
    named, title = words_of(context, "lines"), word_of(context, "title")
    dossiers = touched_dossiers(context)

    def held(line: SessionLine) -> bool:
        item = dossiers.get(line.dossier)
        stands = Dossier.of(item).nominee(line.line) if item else None
        return stands is None or stands.held or stands.final

    return tuple(
        line
        for line in session_of(context).lines
        if line.title == title and line.ballot is None and not held(line)
        if not named or line.ref in named
    )


def _here(context: Context) -> tuple[str, ...]:
    """The members in the room at the hour of the vote."""
    session, hour = session_of(context), word_of(context, "at")
    return () if session.by_writing else session.in_room(hour or last_hour(session))


def _some_to_open(context: Context, _: Params) -> Reason | None:
    if "title" not in context.inputs and any(line.ballot is None for line in session_of(context).undecided):
        return None
    title = context.title(str(context.inputs.get("title", "")))
    if _to_open(context):
        return unknown_lines(context, words_of(context, "lines"))
    return Reason("nothing_to_open", {"danh_hieu": title.label if title else ""})


def _quorum_here(context: Context, _: Params) -> Reason | None:
    return None if session_of(context).by_writing else quorum_lacks(context, _here(context))


def _nominees_recused(context: Context, _: Params) -> Reason | None:
    return nominees_not_recused(context, frozenset(line.ref for line in _to_open(context)))


def _base_enough(context: Context, _: Params) -> Reason | None:
    """With too few who may decide no vote is taken: it is left for later, or for the superior."""
    least = context.setting.office.membership.min_base or majority_of(len(members_of(context)))
    bases = {line: deciding(context, line, _here(context)).base for line in _to_open(context)}
    small = [line for line, base in bases.items() if base < least]
    if not small:
        return None
    return Reason("base_small", {"so": refs_of(small), "k": bases[small[0]], "n": least})


def _writing_allowed(context: Context, _: Params) -> Reason | None:
    secret = [line for line in _to_open(context) if line.secret]
    if not secret or not session_of(context).by_writing:
        return None
    if context.setting.office.membership.written_secret:
        return None
    title = context.title(secret[0].title)
    return Reason("secret_in_writing", {"danh_hieu": title.label if title else secret[0].title})


def presides_over(context: Context, line: SessionLine) -> str | None:
    """Who presides over the vote on a line: whoever presides, unless that one takes no part in it; then a
    vice chair or the chair in the room who does. None where nobody is left."""
    session = session_of(context)
    named, there = session.presiding or "", session.members if session.by_writing else _here(context)
    able = (id for id in dict.fromkeys((named, *there)) if id in there and chairs(context, id))
    return next((id for id in able if not conflicted(context, id, (line,))), None)


def _somebody_presides(context: Context, _: Params) -> Reason | None:
    lacking = [line for line in _to_open(context) if presides_over(context, line) is None]
    return Reason("nobody_presides", {"so": refs_of(lacking)}) if lacking else None


def _another_presides(context: Context, _: Params) -> tuple[Reason, ...]:
    """Over whose line somebody else presides than over the rest."""
    usual = session_of(context).presiding
    over: dict[str, list[SessionLine]] = {}
    for line in _to_open(context):
        over.setdefault(str(presides_over(context, line)), []).append(line)
    return tuple(
        Reason("another_presides", {"chuc_vu": account_label(context, id), "so": refs_of(lines)})
        for id, lines in over.items()
        if id != usual
    )


def _asked(context: Context, line: SessionLine) -> tuple[str, ...]:
    """The absent members who are asked in writing about a line; who came meanwhile votes in the room."""
    session = session_of(context)
    out = {*_here(context), *session.recused_from(line.ref)}
    asked = {each.member for each in session.written if line.ref in each.lines}
    return tuple(id for id in members_of(context) if id in asked - out)


def _by_slips(context: Context, line: SessionLine) -> bool:
    return line.secret or session_of(context).by_writing


def _new_slips(context: Context) -> tuple[tuple[Slips, Lines], ...]:
    """The groups of lines that stand on one slip each, with who gets one."""
    session, lines = (
        session_of(context),
        tuple(line for line in _to_open(context) if _by_slips(context, line)),
    )
    by_ref = {line.ref: line for line in lines}
    groups = slip_groups(
        ((line.ref, line.title, frozenset(session.recused_from(line.ref))) for line in lines),
        taken=len(session.slips),
    )
    here, ballot = _here(context), len(session.ballots) + 1
    return tuple(
        (
            Slips(
                group.id,
                ballot,
                received=tuple(id for id in here if id not in group.recused),
                written=_asked(context, by_ref[group.lines[0]]),
                board=session.counters_of(group.lines),
            ),
            tuple(by_ref[ref] for ref in group.lines),
        )
        for group in groups
    )


def _few_slips(context: Context, _: Params) -> tuple[Reason, ...]:
    """Of so few slips the counts may show who voted how."""
    return tuple(
        Reason("few_slips", {"so": refs_of(lines), "n": count})
        for slip, lines in _new_slips(context)
        if (count := len(slip.received) + len(slip.written)) < FEW_SLIPS and lines[0].secret
    )


def _open_vote(context: Context, item: Item, _: Params) -> Item:
    """Freezes who is in the room and recused, the bases and the groups of slips."""
    session, lines, slips = CouncilSession.of(item), _to_open(context), _new_slips(context)
    ballot = Ballot(
        no=len(session.ballots) + 1,
        title=lines[0].title,
        at=word_of(context, "at"),
        presiding=str(presides_over(context, lines[0])),
        in_room=_here(context),
        secret=any(line.secret for line in lines),
    )
    group = {line.no: slip for slip, on_it in slips for line in on_it}
    opened = (_opened(context, line, ballot, group.get(line.no)) for line in lines)
    item = with_lines(item, opened)
    return changed(
        item, ballots=(*session.ballots, ballot), slips=(*session.slips, *(slip for slip, _lines in slips))
    )


def _opened(context: Context, line: SessionLine, ballot: Ballot, slips: Slips | None) -> SessionLine:
    session, who = session_of(context), deciding(context, line, ballot.in_room)
    line = line._replace(
        ballot=ballot.no,
        recused=session.recused_from(line.ref),
        presiding=presides_over(context, line),
        base_n=who.base,
        total=who.total,
        in_room=who.in_room,
        voting=who.voting,
        least=who.least,
        conclusion=None,
    )
    if slips is None:
        return line
    asked = len(slips.written)
    return line._replace(
        group=slips.id,
        issued=issued_of(voting=who.voting, asked=asked),
        written_asked=asked,
        written_returned=len(session.returned.intersection(slips.written)),
    )


# -- handing out slips -------------------------------------------------------------------------------------


def slip_lines(context: Context) -> Lines:
    """The lines of the slip that is named by its sign or by its lines."""
    slip = word_of(context, "slip")
    return session_of(context).on_slip(slip) if slip else lines_named(context)


def _one_slip(context: Context, _: Params) -> Reason | None:
    """A slip has the lines of one title on which the same members vote: what stands on one beside others
    would tell who voted."""
    lines = slip_lines(context)
    groups = {line.group for line in lines}
    if not lines or None in groups:
        return Reason("no_slip", {"phieu": word_of(context, "slip") or ", ".join(words_of(context, "lines"))})
    return Reason("secrecy", {"so": refs_of(lines)}) if len(groups) > 1 else None


def _slips_to_voters(context: Context, _: Params) -> Reason | None:
    """Everybody who votes on it gets one, and nobody else."""
    lines, named = slip_lines(context), words_of(context, "to")
    slip = session_of(context).slip(str(lines[0].group)) if lines else None
    if slip is None or not named:
        return None
    for id in named:
        if own := conflicted(context, id, lines):
            return Reason("stands_on_slip", {"chuc_vu": account_label(context, id), "so": refs_of(own)})
        if member_of(context, id) not in slip.received:
            return Reason("not_in_room", {"chuc_vu": account_label(context, id)})
    left = [id for id in slip.received if id not in members_named(context, "to")]
    return Reason("slips_lacking", {"chuc_vu": labels(context, left), "phieu": slip.id}) if left else None


# -- a vote that was opened by mistake ---------------------------------------------------------------------


def _ballot_meant(context: Context) -> Ballot | None:
    """The vote with the number, else the last one that stands."""
    no, standing = context.inputs.get("ballot"), session_of(context).standing_ballots
    return next((each for each in reversed(standing) if no in (None, each.no)), None)


def _vote_stands(context: Context, _: Params) -> Reason | None:
    return None if _ballot_meant(context) else Reason("no_such_vote")


def _counted_in_secret(context: Context, _: Params) -> tuple[Reason, ...]:
    """A vote by slips that are counted: of two counts by the same voters the difference may tell who voted
    how, and a slip of the pen in the first is put right by counting again."""
    ballot, session = _ballot_meant(context), session_of(context)
    if ballot is None or not ballot.secret:
        return ()
    if not any(slip.ballot == ballot.no and slip.counted_by for slip in session.slips):
        return ()
    title = context.title(ballot.title)
    label = title.label if title else ballot.title
    return (Reason("counted_in_secret", {"n": ballot.no, "danh_hieu": label}),)


def _void_vote(context: Context, item: Item, _: Params) -> Item:
    """Its lines are voted on anew; who was in the room is what it was."""
    ballot, session = _ballot_meant(context), CouncilSession.of(item)
    if ballot is None:
        return item
    lines = (without(line, (*FROZEN, *COUNTED)) for line in session.lines if line.ballot == ballot.no)
    ballots = tuple(each._replace(voided=True) if each is ballot else each for each in session.ballots)
    return changed(with_lines(item, lines), ballots=ballots)


def without(line: SessionLine, names: Iterable[str]) -> SessionLine:
    """The line as if these were not known of it yet."""
    defaults = SessionLine._field_defaults
    return line._replace(**{name: defaults[name] for name in names})


VOTING = Registry(
    guards=MappingProxyType(
        {
            "some_to_open": Guard(_some_to_open, needs=(TOUCHED,)),
            "quorum_here": Guard(_quorum_here),
            "nominees_recused": Guard(_nominees_recused),
            "base_enough": Guard(_base_enough),
            "writing_allowed": Guard(_writing_allowed),
            "somebody_presides": Guard(_somebody_presides),
            "one_slip": Guard(_one_slip),
            "slips_to_voters": Guard(_slips_to_voters),
            "vote_stands": Guard(_vote_stands),
        }
    ),
    doubts=MappingProxyType(
        {"few_slips": Warned(_few_slips), "counted_in_secret": Warned(_counted_in_secret)}
    ),
    warnings=MappingProxyType({"another_presides": Warned(_another_presides)}),
    effects=MappingProxyType({"open_vote": Effect(_open_vote), "void_vote": Effect(_void_vote)}),
)
