"""What a session of the council means for a dossier on its agenda: where it is, what the council found.

The session's events bring these about (`workflow.services.sessions`), asked by the system.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee, Votes
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.sessions import CouncilSession
from workflow.rules.line_inputs import counted
from workflow.rules.nominees import every_line, named_lines, numbered, numbers
from workflow.rules.sessions import TOUCHED, word_of, words_of

WAITING = "appraised"
"""The state of a dossier that waits for a session, or is on the agenda of one."""


def _session(context: Context) -> Item | None:
    """The session on whose agenda the dossier is, locked with it."""
    items: tuple[Item, ...] = context.facts.beside.get(TOUCHED, ())
    return next((item for item in items if isinstance(item.details, CouncilSession)), None)


def _in_no_other_session(context: Context, _: Params) -> Reason | None:
    """A dossier is on the agenda of one session at a time."""
    there = Dossier.of(context.item).session
    if there in (None, word_of(context, "session")):
        return None
    return Reason("in_other_session", {"ref": context.item.key.ref, "phien": str(there)})


def _off_the_table(context: Context, _: Params) -> Reason | None:
    """What members are invited to decide is not taken away behind their backs."""
    session = _session(context)
    if session is None or session.state == "prepared":
        return None  # a session that is over is not looked for (`touched_session`)
    return Reason("on_the_table", {"phien": session.key.ref})


def _not_voted_on(context: Context, _: Params) -> Reason | None:
    """A line on which the council is voting is concluded there, and left for later there."""
    session = _session(context)
    if session is None or session.state == "minuted":
        return None
    voted = {
        line.line
        for line in CouncilSession.of(session).lines
        if line.dossier == context.item.key.ref and line.ballot is not None
    }
    named = tuple(line for line in named_lines(context) if line.no in voted)
    return Reason("voted_in_session", {"so": numbered(named), "phien": session.key.ref}) if named else None


def _not_by_session(context: Context, _: Params) -> Reason | None:
    """What a session concluded is opened again with its minutes."""
    session = Dossier.of(context.item).session
    return Reason("reviewed_in_session", {"phien": session}) if session else None


def _every_line_found(context: Context, _: Params) -> Reason | None:
    """Each line that the council is to vote on has a result or is left for later."""
    said = {no for name in ("reached", "not_reached", "postponed") for no in numbers(context, name)}
    lacking = [line for line in Dossier.of(context.item).to_vote if line.no not in said]
    return Reason("missing_result", {"so": numbered(lacking)}) if lacking else None


def _enter(context: Context, item: Item, _: Params) -> Item:
    return item._replace(details=replace(Dossier.of(item), session=word_of(context, "session")))


def _leave(context: Context, item: Item, _: Params) -> Item:
    """Of what was reviewed it is still known where."""
    if context.item.state != WAITING:
        return item
    return item._replace(details=replace(Dossier.of(item), session=None))


def _votes(context: Context) -> dict[int, Votes]:
    """The counts of each line by number, as the session found them."""
    return {
        int(ref.partition("/")[2]): Votes(
            counts["for"], counts["against"], counts["invalid"], counts["present"], counts["total"]
        )
        for ref, counts in counted(words_of(context, "counts")).items()
    }


def _found(context: Context, item: Item, _: Params) -> Item:
    """The session's findings on the lines; what was not to be voted on comes to nothing by its appraisal."""
    votes = _votes(context)
    reached, failed, left = (numbers(context, name) for name in ("reached", "not_reached", "postponed"))

    def concluded(line: Nominee) -> Nominee:
        if line.final:
            return line
        if line.held or line.no in left:
            return line._replace(votes=None, result=None, outcome="postponed")
        if line.no in reached:
            return line._replace(votes=votes.get(line.no), result="pass")
        if line.no in failed:
            counts = votes.get(line.no)
            return line._replace(votes=counts, result="fail", outcome="not_awarded", why="vote")
        return line._replace(outcome="not_awarded", why="condition")

    return every_line(item, concluded)


def _forget_votes(_context: Context, item: Item, _: Params) -> Item:
    """The session counts and concludes anew."""
    return every_line(item, lambda line: line if line.final else line._replace(votes=None, result=None))


IN_SESSION = Registry(
    guards=MappingProxyType(
        {
            "in_no_other_session": Guard(_in_no_other_session),
            "off_the_table": Guard(_off_the_table, needs=(TOUCHED,)),
            "not_voted_on": Guard(_not_voted_on, needs=(TOUCHED,)),
            "not_by_session": Guard(_not_by_session),
            "every_line_found": Guard(_every_line_found),
        }
    ),
    effects=MappingProxyType(
        {
            "enter_session": Effect(_enter),
            "leave_session": Effect(_leave),
            "record_findings": Effect(_found),
            "forget_votes": Effect(_forget_votes),
        }
    ),
)
