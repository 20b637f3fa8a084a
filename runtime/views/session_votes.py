"""What a vote of a session is about, for whoever types its counts: which lines, how many vote on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.sessions import names_of, said_of
from storage.values import NomineeLine
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Item
from workflow.model.naming import NotNamed, UnknownName, called, titles
from workflow.model.sessions import CouncilSession, SessionLine
from workflow.rules.concluding import possible, usual


class WhichTitle(UsageMistake):
    """Several titles are being voted on ({danh_sach}); name one."""

    code = "which_title"


class NoVoteOpen(TdktError):
    """No vote of {ref} waits for its count; open one with tdkt council vote {ref} TITLE."""

    code = "no_vote_running"


class VoteLine(NamedTuple):
    """A line with how many may vote on it: as the opening of its vote froze it, else as it would."""

    line: SessionLine
    name: str | None
    position: str | None
    unit: str | None
    voting: int


def title_meant(looking: Looking, typed: str) -> str:
    """The id of the title. Raises UnknownName."""
    found = called(typed, titles(looking.rules.titles))
    if isinstance(found, NotNamed):
        raise UnknownName("title", found)
    return found


def lines_to_open(looking: Looking, item: Item, title: str, hour: str | None) -> tuple[VoteLine, ...]:
    """The lines of the title on which no vote was opened; who would vote is in the room at the hour."""
    session = CouncilSession.of(item)
    lines = [line for line in session.lines if line.title == title and line.ballot is None]
    here = set(session.in_room(hour) if hour else session.here)
    return _named(looking, item, [(line, len(here - {*session.recused_from(line.ref)})) for line in lines])


def lines_to_count(
    looking: Looking, item: Item, title: str | None, *, again: bool = False
) -> tuple[VoteLine, ...]:
    """The lines of votes that were opened and have no result yet, of one title where that is named; with
    `again` those that have one too. Raises NoVoteOpen, WhichTitle."""
    session = CouncilSession.of(item)
    lines = [
        line
        for line in session.lines
        if line.ballot is not None and (again or line.result is None) and title in (None, line.title)
    ]
    if not lines:
        raise NoVoteOpen(ref=item.key.ref)
    found = dict.fromkeys(line.title for line in lines)
    if len(found) > 1:
        raise WhichTitle(danh_sach=", ".join(found))
    return _named(
        looking, item, [(line, (line.voting or 0) + (line.written_returned or 0)) for line in lines]
    )


def _named(looking: Looking, item: Item, lines: list[tuple[SessionLine, int]]) -> tuple[VoteLine, ...]:
    words = names_of(looking, item)
    found = ((line, words.get(line.ref), voting) for line, voting in lines)
    return tuple(
        VoteLine(
            line,
            said.name if said else None,
            said.position if said else None,
            said.unit if said else None,
            voting,
        )
        for line, said, voting in found
    )


def counts_word(counts: Mapping[str, Mapping[str, int]]) -> str:
    """The counts as the event takes them: `D0001/5:against=1,for=7;…`."""
    return ";".join(
        f"{ref}:" + ",".join(f"{name}={each[name]}" for name in sorted(each)) for ref, each in counts.items()
    )


def all_in_favour(each: VoteLine, counts: Mapping[str, int]) -> dict[str, int]:
    """The counts of the line where everybody who was not counted otherwise is in favour."""
    if "for" in counts:
        return {**counts}
    rest = ("against", "other") if each.line.group is None else ("against", "invalid")
    there = counts.get("collected", each.voting) - sum(counts.get(name, 0) for name in rest)
    return {**counts, "for": max(0, there)}


class ConclusionRow(NamedTuple):
    """A line that is not concluded: what it needed and got, and what may be concluded by value and in words;
    `usual` is what its count says. Nothing may be where a count waits."""

    ref: str
    name: str
    title: str
    said: str
    usual: str | None
    choices: tuple[tuple[str, str], ...]


def conclusion_rows(looking: Looking, item: Item) -> tuple[ConclusionRow, ...]:
    named, session = names_of(looking, item), CouncilSession.of(item)
    return tuple(_conclusion(looking, session, line, named.get(line.ref)) for line in session.undecided)


def _conclusion(
    looking: Looking, session: CouncilSession, line: SessionLine, named: NomineeLine | None
) -> ConclusionRow:
    words, text = looking.words, said_of(session, line)
    waits = line.ballot is not None and line.result is None
    return ConclusionRow(
        line.ref,
        (named.name if named else None) or "—",
        looking.title(line.title),
        words.of(text) if text else "",
        usual(line),
        () if waits else tuple((each, words(f"choice.{each}")) for each in possible(line)),
    )


def conclusions(looking: Looking, item: Item) -> list[tuple[str, str, str, str]]:
    """The lines that have a result and no conclusion, with what they come to by it, in words."""
    rows = conclusion_rows(looking, item)
    return [(row.ref, row.name, row.title, dict(row.choices)[row.usual]) for row in rows if row.usual]
