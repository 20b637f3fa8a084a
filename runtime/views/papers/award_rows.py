"""The lines of an award decision as its papers have them: in its order, with what each pays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.papers.heads import written_out
from runtime.views.papers.lines import Lines, lines_of
from workflow.model.award_decisions import AwardDecision, DecisionLine, k_of
from workflow.model.facts import Item
from workflow.model.money import dotted, in_words, k_text
from workflow.model.sums import Peer, counting, rivals_among, with_sums


class AwardRow(NamedTuple):
    """A line of the decision. `called` is the name as a sentence has it (`Bà Lộc Thị An`), `position`
    with unit or address, `factor`, `salary` and `amount` as they are printed, without `đồng`."""

    no: int
    name: str
    called: str
    kind: str
    position: str
    body: str
    title: str
    achievement: str
    factor: str
    salary: str
    amount: str
    note: str


class Awards(NamedTuple):
    """All rows with what they pay altogether."""

    rows: tuple[AwardRow, ...]
    total: str
    total_in_words: str


def awards_of(looking: Looking, item: Item) -> Awards:
    """Of a decision that is not issued yet what it would pay now: a draft's sums are foreseen."""
    return looking.once("awards", item.key.in_year, lambda: _awards_of(looking, item))


def _awards_of(looking: Looking, item: Item) -> Awards:
    details = AwardDecision.of(item)
    lines = [line for line in with_their_sums(looking, item) if line.state == "in"]
    total = sum(line.amount or 0 for line in lines)
    named = lines_of(looking, item.key.year)
    rows = tuple(_row(looking, item, details, line, no, named) for no, line in enumerate(lines, 1))
    return Awards(rows, dotted(total), in_words(total))


def with_their_sums(looking: Looking, item: Item) -> tuple[DecisionLine, ...]:
    details, rules = AwardDecision.of(item), looking.pack(item.rules)
    known = rules.salary_on(details.issued_on or looking.today)
    salary = details.salary or (known.amount if known else 0)
    peers = _peers(looking, item, details)
    return with_sums(details, rules, salary=salary, rivals=rivals_among(peers, looking.directory, rules))


def _peers(looking: Looking, item: Item, details: AwardDecision) -> Iterator[Peer]:
    """The decision's own lines and those of others for its period, as far as their names stand."""
    named = lines_of(looking, item.key.year)
    around = looking.once(
        "award_decisions", str(item.key.year), lambda: looking.reading.award_decisions(item.key)
    )
    others = (each for each in around if each.key.year == item.key.year)
    found = [(line, details.type, True) for line in details.lines]
    found += [(line, type, False) for line, type in counting(others, details.period)]
    for line, type, own in found:
        words = named.words(line.dossier, line.line)
        if words.name is not None:
            yield Peer(line, type, own, words.name, words.born, words.unit, line.body or None)


def _row(
    looking: Looking, item: Item, details: AwardDecision, line: DecisionLine, no: int, named: Lines
) -> AwardRow:
    rules = looking.pack(item.rules)
    k, shown = k_of(line, details.type, rules), named(line.dossier, line.line)
    known = rules.salary_on(details.issued_on or looking.today)
    salary = details.salary or (known.amount if known else 0)
    title = rules.title(line.title)
    return AwardRow(
        no=no,
        name=shown.name,
        called=shown.called,
        kind=line.kind,
        position=shown.position,
        body=shown.body,
        title=written_out(title.label.vi) if title else line.title,
        achievement=shown.achievement,
        factor=k_text(k) if k else "",
        salary=dotted(salary) if k else "",
        amount=dotted(line.amount or 0),
        note=_note(looking, item, line),
    )


def _note(looking: Looking, item: Item, line: DecisionLine) -> str:
    """Which other title of the period is paid in its place, or was paid before."""
    if line.note_title is None:
        return ""
    title = looking.pack(item.rules).title(line.note_title)
    name = (title.short or title.label.vi) if title else line.note_title
    return f"{'đã ' if line.amount else ''}hưởng mức {name}"
