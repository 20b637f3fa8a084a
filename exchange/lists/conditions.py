"""What a line's own cells say against the conditions of its title, as far as a list can say it.

Nobody is struck off by it: each is asked. Whether a line meets its conditions is judged when it is appraised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from exchange.lists.amounts import percentage, share
from exchange.lists.sentences import filled, found
from exchange.lists.values import Finding, Line
from workflow.model.conditions import RATING_LABELS, RATINGS, Condition, reaches
from workflow.model.definition import RulePack, Text


class Unmet(NamedTuple):
    """What to ask of a line; with a finding where one of its cells says the contrary of what is asked."""

    ask: Text
    finding: Finding | None = None


def unmet(line: Line, rules: RulePack, type: str) -> Iterator[Unmet]:
    """In the order of the pack's conditions."""
    title = rules.title(line.title) if line.title else None
    for condition in title.conditions if title else ():
        judge = JUDGES.get(condition.check)
        if title and judge and condition.asked_of(type, line.kind):
            found_ = judge(line, condition, title.label)
            if found_:
                yield found_


def _rating(line: Line, condition: Condition, title: Text) -> Unmet | None:
    if line.rating is None:
        return Unmet(Text("chưa ghi xếp loại", "no rating is given"))
    if reaches(line.rating, condition.word("rating"), RATINGS):
        return None
    label = RATING_LABELS[line.rating]
    return _told("rating_too_low", line, line.rating_cell, rating=label, title=title)


def _initiative(line: Line, condition: Condition, title: Text) -> Unmet | None:
    if line.initiative is None:
        return _told("no_initiative", line, line.title_cell or line.name_cell, title=title)
    return Unmet(NAMELESS) if line.initiative.name is None else None


def _score(line: Line, condition: Condition, title: Text) -> Unmet | None:
    if line.score is None or line.score >= condition.number("score"):
        return None
    return _told(
        "below_threshold", line, line.score_cell, score=f"{line.score:g}", least=condition.number("score")
    )


def _opinion(line: Line, condition: Condition, title: Text) -> Unmet | None:
    votes, said = share(line.opinion or ""), percentage(line.opinion or "")
    percent = condition.number("percent")
    agreed = 100 * votes[0] / votes[1] if votes and votes[1] else said
    if agreed is None or agreed >= percent:
        return None
    return _told("opinion_too_low", line, line.opinion_cell, opinion=line.opinion, percent=percent)


def _share(line: Line, condition: Condition, title: Text) -> Unmet | None:
    """The share of its members with a title: what a list counts is asked about, and proved by their own
    lines."""
    if line.ldtt is None or not line.people or condition.word("title") != "ldtt":
        return None
    percent = condition.number("percent")
    if 100 * line.ldtt >= percent * line.people:
        return None
    said = f"{line.ldtt}/{line.people}"
    return Unmet(filled(TOO_FEW, said=said, percent=percent))


def _told(code: str, line: Line, cell: str | None, **operands: object) -> Unmet:
    finding = found(code, line.sheet, cell or line.name_cell, **operands)
    return Unmet(finding.say, finding)


NAMELESS = Text("chưa ghi tên sáng kiến", "the initiative has no name")
TOO_FEW = Text("tỷ lệ LĐTT {said}, dưới {percent}%", "{said} are LĐTT, less than {percent} %")
JUDGES: Mapping[str, Callable[[Line, Condition, Text], Unmet | None]] = MappingProxyType(
    {
        "rating_at_least": _rating,
        "initiative": _initiative,
        "score_at_least": _score,
        "opinion_at_least": _opinion,
        "share_of_members": _share,
    }
)
"""The conditions of which a list's cells speak."""
