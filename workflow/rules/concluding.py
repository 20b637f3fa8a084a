"""What the session comes to: whoever presides concludes line by line, it is closed, its minutes are signed.

A conclusion cannot contradict the count: what failed is not awarded, and what passed is awarded here, sent
higher, left for later or given another form (flows.md §3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.sessions import Conclusion, CouncilSession, SessionLine
from workflow.rules.common import day_text
from workflow.rules.nominees import day_given
from workflow.rules.sessions import (
    TOUCHED,
    acts_on_own,
    changed,
    labels,
    lines_named,
    refs_of,
    session_of,
    touched_dossiers,
    with_lines,
    word_of,
    words_of,
)

LEFT: tuple[Conclusion, ...] = ("later", "other_form")
"""The conclusions that take no vote."""


def usual(line: SessionLine) -> Conclusion | None:
    """What a line comes to by its count, unless whoever presides says otherwise."""
    if line.result is None:
        return None
    if line.result == "fail":
        return "not_awarded"
    return "forward" if line.higher else "award"


def _meant(context: Context) -> tuple[SessionLine, ...]:
    """The lines that are named, else all that have a result and no conclusion."""
    if words_of(context, "lines"):
        return lines_named(context)
    return tuple(line for line in session_of(context).undecided if line.result is not None)


def _something_to_conclude(context: Context, _: Params) -> Reason | None:
    return None if _meant(context) else Reason("nothing_to_conclude")


def _own_conclusion(context: Context, _: Params) -> Reason | None:
    return acts_on_own(context, _meant(context))


def _count_checked(context: Context, _: Params) -> Reason | None:
    """A line on which a vote was opened is concluded once its count is there and checked."""
    open_ = [line for line in _meant(context) if line.ballot is not None and line.result is None]
    return Reason("not_checked", {"so": refs_of(open_)}) if open_ else None


def _fits_count(context: Context, _: Params) -> Reason | None:
    said = word_of(context, "conclusion")
    if said is None:
        return None
    against = [line for line in _meant(context) if said not in possible(line)]
    return Reason("against_count", {"so": refs_of(against)}) if against else None


def possible(line: SessionLine) -> tuple[str, ...]:
    """The conclusions that do not contradict the count of the line."""
    fitting = usual(line)
    if fitting == "not_awarded":
        return (fitting,)
    return LEFT if fitting is None else (fitting, *LEFT)


def _vote_or_left(context: Context, _: Params) -> Reason | None:
    """Without a vote nothing is concluded but that the line is left."""
    if word_of(context, "conclusion") is not None:
        return None
    unvoted = [line for line in _meant(context) if line.ballot is None]
    return Reason("no_vote_open", {"so": refs_of(unvoted)}) if unvoted else None


def _decided_apart(context: Context, _: Params) -> tuple[Reason, ...]:
    """A vote on another form needs a dossier with that form, appraised for it: it is split off first."""
    if word_of(context, "conclusion") != "other_form":
        return ()
    return (Reason("decided_apart", {"so": refs_of(_meant(context))}),)


def _conclude(context: Context, item: Item, _: Params) -> Item:
    said = word_of(context, "conclusion")
    lines = _meant(context)
    chosen: dict[str, Conclusion] = {each: each for each in ("award", "forward", "not_awarded", *LEFT)}
    return with_lines(
        item, (line._replace(conclusion=chosen[said] if said else usual(line)) for line in lines)
    )


# -- the end -----------------------------------------------------------------------------------------------


def _held(context: Context, lines: Iterable[SessionLine]) -> tuple[SessionLine, ...]:
    """Of the lines those about which something is being verified: they are left for later by themselves."""
    dossiers = touched_dossiers(context)

    def held(line: SessionLine) -> bool:
        item = dossiers.get(line.dossier)
        stands = Dossier.of(item).nominee(line.line) if item else None
        return stands is not None and stands.held

    return tuple(line for line in lines if line.ballot is None and held(line))


def _every_line_concluded(context: Context, _: Params) -> Reason | None:
    undecided = session_of(context).undecided
    left = [line for line in undecided if line not in _held(context, undecided)]
    return Reason("not_concluded", {"so": refs_of(left)}) if left else None


def _close(context: Context, item: Item, _: Params) -> Item:
    session = CouncilSession.of(item)
    held = _held(context, session.undecided)
    item = with_lines(item, (line._replace(conclusion="later") for line in held))
    return changed(item, closed_at=word_of(context, "at"))


def _resume(_context: Context, item: Item, _: Params) -> Item:
    return changed(item, closed_at=None)


def _secret_voted(context: Context, _: Params) -> bool:
    return any(line.secret and line.counted for line in session_of(context).lines)


def _minutes_dated(context: Context, _: Params) -> Reason | None:
    """Minutes are not older than their meeting."""
    day, held = day_given(context, "paper_date"), session_of(context).held_on
    if day is None or held is None or day >= held:
        return None
    return Reason("minutes_before", {"ngay": day_text(held)})


def _signers_there(context: Context, _: Params) -> Reason | None:
    """The secretary signs, and everybody who presided over a part."""
    session, office = session_of(context), context.setting.office
    signed = office.people(words_of(context, "signers"))
    due = (*filter(None, (session.secretary,)), *session.who_presided)
    lacking = [id for id in dict.fromkeys(due) if office.person(id) not in signed]
    return Reason("signers_lacking", {"chuc_vu": labels(context, lacking)}) if lacking else None


def _minute(context: Context, item: Item, _: Params) -> Item:
    return changed(
        item,
        minutes_no=word_of(context, "paper_number"),
        minutes_on=day_given(context, "paper_date"),
    )


def _reopen(_context: Context, item: Item, _: Params) -> Item:
    return item._replace(details=replace(CouncilSession.of(item), minutes_no=None, minutes_on=None))


CONCLUDING = Registry(
    guards=MappingProxyType(
        {
            "something_to_conclude": Guard(_something_to_conclude),
            "own_conclusion": Guard(_own_conclusion),
            "count_checked": Guard(_count_checked),
            "fits_count": Guard(_fits_count),
            "vote_or_left": Guard(_vote_or_left),
            "every_line_concluded": Guard(_every_line_concluded, needs=(TOUCHED,)),
            "minutes_dated": Guard(_minutes_dated),
            "signers_there": Guard(_signers_there),
        }
    ),
    warnings=MappingProxyType({"decided_apart": Warned(_decided_apart)}),
    predicates=MappingProxyType({"secret_voted": _secret_voted}),
    effects=MappingProxyType(
        {
            "conclude_lines": Effect(_conclude),
            "close_session": Effect(_close),
            "resume_session": Effect(_resume),
            "record_minutes": Effect(_minute),
            "reopen_minutes": Effect(_reopen),
        }
    ),
)
