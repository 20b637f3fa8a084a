"""How many votes a council needs, by its size, as the rules themselves compute it from a shipped pack.

`python -m tests.votes` prints docs/votes.md, for whoever checks the figures or overrides a share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from textwrap import wrap

from tests.workflow.shipped import rules
from workflow.model.ballots import FEW_SLIPS, electorate, least_of, majority_of, passed, said
from workflow.model.council import quorum_of
from workflow.model.definition import Vote
from workflow.model.ways import vote_text

HEAD = """Made by `python -m tests.votes`, which asks the rules; a test holds this page equal to them.
Everything is computed in whole numbers from who the members are, who is in the room and who is recused from
the line; no base and no total is ever typed. The shares and the quorum are data of the rule pack, which an
office overrides by its quy chế."""

BY_SIZE = """The quorum is {part}/{whole} of all members, rounded up. Whoever is recused from a line still
counts for it, and leaves the base of that line alone: a line from which one of nine members is recused is
read in the row of eight. A line is not voted on when its base is less than the least base of the whole
council."""

RESULTS = """In a council of nine of whom eight are there, with one of these recused from the line or none.
Shares are cut to two decimals, never rounded up to a limit."""

GROUPS = f"""A group of slips is the lines of one title with the same members recused. Where a group has fewer
than {FEW_SLIPS} slips, it is said that the counts may show who voted how."""

SIZES = range(5, 16)
"""Councils of a commune have 7 to 13 members; recusals and vacancies make odd numbers of them."""


def kinds() -> dict[Vote, tuple[str, ...]]:
    """The votes of the pack, each with the titles that take it."""
    found: dict[Vote, tuple[str, ...]] = {}
    for title in rules().titles:
        if title.vote is not None:
            found[title.vote] = (*found.get(title.vote, ()), title.label.vi)
    return found


def _sizes() -> Iterator[str]:
    votes = list(kinds())
    part, whole = rules().quorum
    yield "## By the number of members"
    yield ""
    yield from wrap(BY_SIZE.format(part=part, whole=whole), 118)
    yield ""
    columns = ["members", "quorum", *(f"votes for {vote_text(vote).en}" for vote in votes), "least base"]
    yield _row(columns)
    yield _row(["---"] * len(columns))
    for n in SIZES:
        least = (least_of(n, vote) for vote in votes)
        yield _row([n, quorum_of(n, (part, whole)), *least, majority_of(n)])
    yield ""
    for vote, titles in kinds().items():
        yield f"- {vote_text(vote).en}: {', '.join(titles)}"


def _results() -> Iterator[str]:
    yield "## What a result says"
    yield ""
    yield from wrap(RESULTS, 118)
    yield ""
    yield _row(["vote", "recused", "for", "what is printed", "result"])
    yield _row(["---"] * 5)
    for vote, recused in product(kinds(), ("", "a")):
        who = electorate(
            vote,
            members=frozenset("abcdefghi"),
            in_room=frozenset("abcdefgh"),
            recused=frozenset(recused),
        )
        for for_ in sorted({who.least - 1, who.least, who.voting}):
            result = "Đạt" if passed(for_, who.base, vote) else "Không đạt"
            yield _row([vote_text(vote).en, len(recused), for_, said(for_, who.base, vote).vi, result])


def _true_counts() -> Iterator[str]:
    yield "## Counts that are taken"
    yield ""
    yield "- show of hands, by line: for + against + other = those in the room who are not recused"
    yield "- slips, by group: issued = those in the room who are not recused + those asked in writing"
    yield "- collected is not more than issued, nor than those in the room + those who sent theirs back"
    yield "- slips, by line: valid + invalid = collected; for + against = valid"
    yield ""
    yield from wrap(GROUPS, 118)


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _head() -> Iterator[str]:
    yield "# How many votes it takes"
    yield ""
    yield from wrap(HEAD, 118)


def markdown() -> str:
    parts = ("\n".join(part()) for part in (_head, _sizes, _results, _true_counts))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    print(markdown(), end="")
