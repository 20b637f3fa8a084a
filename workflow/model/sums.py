"""What the lines of an award decision pay: by themselves, and beside other titles of the same one for the
same period, of which the highest is paid (flows.md §4, M1 to M4). Whole đồng; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from workflow.model.achievements import Whom, likeness, name_key, whom
from workflow.model.award_decisions import AWARDING, IN, REVOKE, AwardDecision, DecisionLine, k_of
from workflow.model.money import amount

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.definition import RulePack
    from workflow.model.facts import Item
    from workflow.model.office import Office


class Peer(NamedTuple):
    """A line that may be about the same one as a line of the decision: the decision's own ones, and those of
    others that count for its period. `type` is that of its decision; the words are those that stand of it."""

    line: DecisionLine
    type: str
    own: bool
    name: str
    born: str | None = None
    unit: str | None = None
    body: str | None = None


def rivals_among(peers: Iterable[Peer], office: Office, rules: RulePack) -> tuple[Rival, ...]:
    """The other titles of whoever the decision's own lines are about."""
    own, beside, whoms = [], [], dict[str, Whom]()
    for peer in peers:
        about = whom(peer.line.kind, peer.name, office, born=peer.born, unit=peer.unit, body=peer.body)
        whoms[peer.line.ref] = about
        if peer.own:
            own.append(peer.line)
        else:
            beside.append((peer.line, peer.type))
    return rivals_of(own, beside, whoms, rules)


Whoms = Mapping[str, Whom]
"""Whom lines are about, by their references; none of a line whose name was erased."""


class Rival(NamedTuple):
    """The line `line` of another decision, about the same one and period as the line `own` (`D0001/1`)."""

    own: str
    line: DecisionLine
    k: int


def counting(decisions: Iterable[Item], period: str) -> tuple[tuple[DecisionLine, str], ...]:
    """The lines for the period that stand in a decision which is neither dropped nor replaced nor revoked,
    each with the type of its form. What was carried into a later decision counts there alone."""
    found: list[tuple[DecisionLine, str]] = []
    for item in decisions:
        details = AwardDecision.of(item)
        if details.kind in AWARDING and details.period == period and item.state not in ENDED:
            found += ((line, details.type) for line in details.lines if line.state == IN)
    return tuple(found)


ENDED = ("dropped", "replaced", "revoked")
"""The states in which a decision counts no more."""


def rivals_of(
    lines: Iterable[DecisionLine], beside: Iterable[tuple[DecisionLine, str]], whoms: Whoms, rules: RulePack
) -> tuple[Rival, ...]:
    """The other titles of whoever the lines are about. A form of commendation is paid beside any title."""
    by_name: dict[str, list[tuple[DecisionLine, str]]] = {}
    for other, type in beside:
        title = rules.title(other.title)
        if title is not None and not title.form and (about := whoms.get(other.ref)):
            by_name.setdefault(name_key(about.name), []).append((other, type))
    found: list[Rival] = []
    for line in lines:
        title, about = rules.title(line.title), whoms.get(line.ref)
        if title is None or title.form or about is None:
            continue
        found += (
            Rival(line.ref, other, k_of(other, type, rules))
            for other, type in by_name.get(name_key(about.name), ())
            if other.ref != line.ref and other.title != line.title and _same(line, about, other, whoms)
        )
    return tuple(found)


def _same(line: DecisionLine, about: Whom, other: DecisionLine, whoms: Whoms) -> bool:
    if line.account and other.account:
        return line.account == other.account
    return likeness(about, whoms[other.ref]) == "same"


def with_sums(
    details: AwardDecision, rules: RulePack, *, salary: int, rivals: Iterable[Rival] = ()
) -> tuple[DecisionLine, ...]:
    """The lines with what they pay at that base salary. What was paid by the decision that this one changes
    keeps its sum; what is annulled or dropped pays nothing anew."""
    if details.kind == REVOKE:
        return details.lines
    beside: dict[str, list[Rival]] = {}
    for rival in rivals if rules.one_title_paid else ():
        beside.setdefault(rival.own, []).append(rival)

    def paid(line: DecisionLine) -> DecisionLine:
        if line.amount is not None or line.state != IN:
            return line
        return _paid(line, k_of(line, details.type, rules), salary, beside.get(line.ref, ()))

    return tuple(map(paid, details.lines))


def _paid(line: DecisionLine, k: int, salary: int, rivals: Iterable[Rival]) -> DecisionLine:
    """Nothing beside a higher title; beside a lower one that was paid before, the difference."""
    full = amount(k, salary)
    line = line._replace(full=full, amount=full)
    if not full:
        return line
    higher = max((each for each in rivals if each.k > k), key=lambda each: each.k, default=None)
    if higher is not None:
        return line._replace(amount=0, note_title=higher.line.title, higher=higher.line.ref)
    before = max((each for each in rivals if each.line.amount), key=lambda each: each.k, default=None)
    if before is None:
        return line
    rest = max(0, full - (before.line.amount or 0))
    return line._replace(amount=rest, note_title=before.line.title, higher=before.line.ref)


def total(lines: Iterable[DecisionLine]) -> int:
    """What lines pay altogether, of those that are in."""
    return sum(line.amount or 0 for line in lines if line.state == IN)


def payable(line: DecisionLine, standing: Iterable[DecisionLine]) -> int:
    """What a line of an issued decision pays now, by the lines that count: all of it once the other title of
    the period, paid in its place or before it, counts no more, at the base salary of its own decision."""
    if line.state == REVOKED_LINE:
        return 0
    if line.higher and not any(other.ref == line.higher for other in standing):
        return line.full or 0
    return line.amount or 0


REVOKED_LINE = "revoked"
