"""What is known of the lines of a dossier when their conditions are judged, and what a judge answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from workflow.model.achievements import AWARD, INITIATIVE, Achievement, Source, rating_of
from workflow.model.conditions import RATING_LABELS, SCOPES
from workflow.model.definition import RulePack
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.papers import identity
from workflow.model.text import Text
from workflow.model.wording import date_vi, fold

Verdict = Literal["met", "not_met", "no_info"]


class Said(NamedTuple):
    """A sentence of the catalogue with what stands in it: words in both languages, days, numbers."""

    key: str
    operands: Mapping[str, object] = MappingProxyType({})


class Judged(NamedTuple):
    """A judge's answer: what was looked at, and what would settle it where it is not met."""

    verdict: Verdict
    looked: tuple[Said, ...] = ()
    settles: Said | None = None


class Listed(NamedTuple):
    """What all lines of a dossier have in common. `year` and `ref` are the dossier's own, `declared` what the
    body says of discipline and procedures, `counts` the lines that stand, by title."""

    year: int
    ref: str
    type: str
    period: str
    declared: str | None
    counts: Mapping[str, int]


class Known(NamedTuple):
    """What is known of a line: its facts, the records of whom it is about and those of who is called alike
    (`unsure`), the other lines about the same one (`beside`), and of a collective how many of the dossier's
    other lines are its members', by title."""

    line: Nominee
    records: tuple[Achievement, ...] = ()
    unsure: tuple[Achievement, ...] = ()
    beside: tuple[Nominee, ...] = ()
    members: Mapping[str, int] = MappingProxyType({})


class Rating(NamedTuple):
    """How somebody was rated in a period; the `other` is what the list says, where the register says
    otherwise."""

    value: str
    expected: bool
    other: str | None = None


def listed_of(dossier: Dossier, *, year: int, ref: str) -> Listed:
    """What the lines of a dossier have in common; what came to nothing is not counted."""
    standing = (line.title for line in dossier.nominees if not line.came_to_nothing)
    period = dossier.period or str(year)
    return Listed(year, ref, dossier.type, period, dossier.declared, Counter(standing))


def last_year(period: str | None) -> int | None:
    """The year in which a period ends: of `2025-2026` 2026. By it periods follow each other."""
    years = re.findall("[0-9]{4}", period or "")
    return int(years[-1]) if years else None


def rating(known: Known, listed: Listed) -> Rating | None:
    """The rating of the dossier's period: the register's final one before the list's, and this before one
    that the register only expects."""
    facts, kept = known.line.facts, rating_of(known.records, listed.period)
    if kept is not None and kept.value and (facts.rating is None or not kept.expected):
        other = facts.rating if facts.rating not in (None, kept.value) else None
        return Rating(kept.value, kept.expected, other)
    return Rating(facts.rating, bool(facts.expected)) if facts.rating else None


def awards(records: Iterable[Achievement], titles: Iterable[str], listed: Listed) -> tuple[Achievement, ...]:
    """The records that any of the titles was awarded, revoked or not, but for what came of this dossier."""
    wanted = frozenset(titles)
    return tuple(
        record
        for record in records
        if record.kind == AWARD and record.value in wanted and not _own(record.source, listed)
    )


def _own(source: Source | None, listed: Listed) -> bool:
    return source is not None and (source.year, source.ref) == (listed.year, listed.ref)


def recognised(known: Known) -> tuple[Achievement, ...]:
    """The initiatives of the register, and the one that the list names where the register does not have it:
    that is taken to reach its unit."""
    found = tuple(record for record in known.records if record.kind == INITIATIVE and record.stands)
    facts = known.line.facts
    if facts.initiative_no is None:
        return found
    key = _paper(facts.initiative_no)
    if any(record.decision and _paper(record.decision) == key for record in found):
        return found
    listed = Achievement(0, INITIATIVE, known.line.kind, "", value=SCOPES[0])
    return (*found, listed._replace(decision=facts.initiative_no, dated=facts.initiative_on))


def _paper(number: str) -> object:
    return identity(number) or fold(number)


SCHOOL_YEAR = 8
"""The month in which a school year begins."""


def year_of(record: Achievement, listed: Listed) -> int | None:
    """The last year of the period that a record belongs to, by its paper's day where it names none."""
    if record.period or record.dated is None:
        return last_year(record.period)
    begun = "-" in listed.period and record.dated.month >= SCHOOL_YEAR
    return record.dated.year + begun


def years_up_to(listed: Listed, years: int) -> range:
    """The last years of so many periods, the dossier's own the last of them."""
    last = last_year(listed.period) or 0
    return range(last - years + 1, last + 1)


# -- what was looked at, in words ------------------------------------------------------------------------


def title_label(pack: RulePack, id: str) -> Text:
    title = pack.title(id)
    return title.label if title else Text(id, id)


def papers_text(records: Iterable[Achievement]) -> str:
    """Records by their periods with their papers: `2025 (12/QĐ-UBND, 20/12/2025), 2026`."""
    in_order = sorted(records, key=lambda each: (each.period or "", each.dated or date.min, each.number))
    return ", ".join(filter(None, map(_with_paper, in_order)))


def _with_paper(record: Achievement) -> str:
    day = date_vi(record.dated) if record.dated else None
    paper = ", ".join(filter(None, (record.decision, day)))
    if record.period and paper:
        return f"{record.period} ({paper})"
    return record.period or paper


EXPECTED = "expected_rating"
"""What is said of a rating that is only expected."""


def rating_said(found: Rating, period: str) -> tuple[Said, ...]:
    """The rating that counts, and that the list says another one."""
    key = EXPECTED if found.expected else "rating"
    said = Said(key, {"ky": period, "muc": RATING_LABELS.get(found.value, found.value)})
    if found.other is None:
        return (said,)
    return (said, Said("listed_rating", {"muc": RATING_LABELS.get(found.other, found.other)}))


def unsure_said(known: Known) -> tuple[Said, ...]:
    """That there are records of somebody who is called alike."""
    return (Said("unsure", {"n": len(known.unsure)}),) if known.unsure else ()
