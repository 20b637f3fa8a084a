"""The votes on one title as one screen shows them: the lines that are not voted on yet, those to be counted,
to be checked, and with their result. A count that is to be typed twice is not in it before it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.count_sheet import heading_of
from runtime.views.session_votes import VoteLine
from runtime.views.sessions import members_of, names_of, positions, said_of, vote_of
from runtime.views.veiled import session_seen
from storage.values import NomineeLine
from workflow.model.ballots import HANDS, SLIPS, electorate, said
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession, SessionLine
from workflow.rules.counting import hands_wrong, sheet, slips_wrong


class VoteRow(NamedTuple):
    """A line on the screen. `least` votes of `base` pass; `counts` are what was counted, as far as that may
    be shown, `said` what the line needed and got."""

    vote: VoteLine
    ref: str
    name: str
    about: str
    recused: str
    voting: int
    least: int
    base: int
    counts: Mapping[str, int]
    said: str
    result: str


class VoteScreen(NamedTuple):
    """The lines of the title by where their vote stands. `names` are the counts that are typed; what went out
    is known. `typed_twice`: the second person types them without sight of the first."""

    title: str
    label: str
    slips: bool
    names: tuple[str, ...]
    headings: tuple[str, ...]
    typed_twice: bool
    to_open: tuple[VoteRow, ...]
    to_count: tuple[VoteRow, ...]
    to_check: tuple[VoteRow, ...]
    done: tuple[VoteRow, ...]
    slip_ids: tuple[str, ...]


def vote_screen(looking: Looking, item: Item, title: str, hour: str | None = None) -> VoteScreen:
    """The screen of a title on the agenda. Who would vote is in the room at the `hour`, else now."""
    session = session_seen(looking, item)
    lines = [line for line in session.lines if line.title == title]
    slips = any(line.secret for line in lines) or session.by_writing
    names = tuple(name for name in (SLIPS if slips else HANDS) if name != "issued")
    named = names_of(looking, item)
    rows = [(line, _row(looking, session, line, named.get(line.ref), hour)) for line in lines]
    waiting = session.waiting
    return VoteScreen(
        title=title,
        label=looking.title(title),
        slips=slips,
        names=names,
        headings=tuple(looking.words(heading_of(name, slips=slips)) for name in names),
        typed_twice=looking.directory.membership.double_entry,
        to_open=tuple(row for line, row in rows if line.ballot is None and line.conclusion is None),
        to_count=tuple(
            row
            for line, row in rows
            if line.ballot is not None and not line.counted and line.group not in waiting
        ),
        to_check=tuple(row for line, row in rows if line.group in waiting),
        done=tuple(row for line, row in rows if line.result is not None),
        slip_ids=tuple(dict.fromkeys(line.group for line in lines if line.group)),
    )


def _row(
    looking: Looking,
    session: CouncilSession,
    line: SessionLine,
    named: NomineeLine | None,
    hour: str | None,
) -> VoteRow:
    if line.ballot is None:
        recused = session.recused_from(line.ref)
        there = session.in_room(hour) if hour else session.here
        who = electorate(
            vote_of(session, line),
            members=frozenset(members_of(looking, session)),
            in_room=frozenset(there),
            recused=frozenset(recused),
        )
        line = line._replace(voting=who.voting, base_n=who.base, least=who.least)
    else:
        recused = line.recused
    text = said_of(session, line)
    words = looking.words
    names = SLIPS if line.group is not None else HANDS
    counts = {
        name: count
        for name in names
        if (count := getattr(line, "for_" if name == "for" else name)) is not None
    }
    voting = (line.voting or 0) + (line.written_returned or 0)
    return VoteRow(
        VoteLine(line, named.name if named else None, None, None, voting),
        line.ref,
        (named.name if named else None) or "—",
        ", ".join(filter(None, (named.position, named.unit))) if named else "",
        positions(looking, recused),
        voting,
        line.least or 0,
        line.base_n or 0,
        counts,
        words.of(text) if text else "",
        words(f"result.{line.result}") if line.result else "",
    )


def count_wrong(looking: Looking, row: VoteRow, counts: Mapping[str, int]) -> str:
    """Why these cannot be the counts of the line; empty where they can."""
    line = row.vote.line
    text = (hands_wrong if line.group is None else slips_wrong)(line, counts)
    return looking.words.of(text) if text else ""


def count_foreseen(looking: Looking, item: Item, row: VoteRow, counts: Mapping[str, int]) -> str:
    """What the line would need and get by these counts."""
    line = row.vote.line
    got = counts.get("for", 0) if line.group is None else sheet(line, counts)["for"]
    return looking.words.of(said(got, row.base, vote_of(CouncilSession.of(item), line)))
