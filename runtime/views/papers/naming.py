"""Which kept papers say a nominee's name: what was issued is archived, and no erasure reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from exchange.papers.comparing import bare
from runtime.office.looking import Looking
from runtime.views.papers.making import kept_paper, said
from workflow.model.award_decisions import AwardDecision
from workflow.model.dossiers import Dossier
from workflow.model.errors import TdktError
from workflow.model.facts import Item
from workflow.model.printed import IssuedPaper
from workflow.model.references import reference
from workflow.model.sessions import CouncilSession
from workflow.model.subjects import AWARD_DECISION, SESSION


class NamedIn(NamedTuple):
    """A kept paper of an item, with its number and day as far as it has them."""

    ref: str
    year: int
    kind: str
    part: str
    number: str | None
    on: date | None


def papers_naming(looking: Looking, ref: str) -> tuple[NamedIn, ...]:
    """The kept papers of a dossier, of the decisions that have its lines and of the sessions that had it on
    their agenda, as far as they say the name of the line `D0042/3`, or any name of `D0042`. One that cannot
    be read counts as if it did."""
    if ref.isdecimal():
        return ()
    item, no = looking.item(ref), reference(ref).line
    if not isinstance(item.details, Dossier):
        return ()
    lines = (each for each in looking.reading.lines(item.key) if no in (None, each.nominee.no))
    names = [bare(each.name).casefold() for each in lines if each.name]
    return tuple(
        NamedIn(of.key.ref, of.key.year, paper.kind, paper.part, paper.number, paper.issued_on)
        for of in _around(looking, item)
        for paper in looking.reading.issued_papers(of.key)
        if _names(looking, paper, names)
    )


def _around(looking: Looking, dossier: Item) -> Iterator[Item]:
    yield dossier
    year, ref = dossier.key.year, dossier.key.ref
    for item in looking.reading.subject_items(AWARD_DECISION, looking.office, year):
        if ref in AwardDecision.of(item).dossiers:
            yield item
    for item in looking.reading.subject_items(SESSION, looking.office, year):
        if ref in CouncilSession.of(item).agenda:
            yield item


def _names(looking: Looking, paper: IssuedPaper, names: list[str]) -> bool:
    try:
        text = bare("".join(said(kept_paper(looking, paper)))).casefold()
    except TdktError:  # its files are missing or changed; doctor tells which
        return bool(names)
    return any(name in text for name in names)
