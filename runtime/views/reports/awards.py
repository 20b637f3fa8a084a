"""The awards that reports count, and the rows that are made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from runtime.office.looking import Looking
from runtime.views.items import QUARTERS
from runtime.views.register import AwardRow, Shelf, awards, decisions
from runtime.views.reports.records import (
    COMMUNE,
    ObjectRow,
    QuarterRow,
    RevokedRow,
    TitleRow,
)
from storage import achievement_views
from workflow.model.achievements import AWARD, Source, everybody
from workflow.model.award_counts import (
    CATEGORIES,
    PERSON,
    Award,
    IssuedReport,
    Span,
    grouped,
    since_issued,
    tally,
)
from workflow.model.awarding import REVOKED
from workflow.model.dossiers import Dossier
from workflow.model.facts import Key

REPORT = "report"
"""The kind of tasks whose paper is a report."""


def awards_of(shelf: Shelf) -> tuple[Award, ...]:
    """Every award that came of the office's dossiers, of all years, by the days of their decisions."""
    looking = shelf.looking
    records = achievement_views.of_kind(looking.reading, looking.office, AWARD)
    of_line = {record.source: record for record in records if record.source is not None}
    people = everybody(of_line.values(), looking.directory)
    who = {record.source: at for at, one in enumerate(people) for record in one.records}
    revoked = {(row.number, row.day): (row.revoked_on, row.revoked_by) for row, _names in decisions(shelf)}
    found: list[Award] = []
    for at, (row, _names) in enumerate(awards(shelf), len(people)):
        source = _source(row)
        item = shelf.dossiers[Key(looking.office, row.year, source.ref)]
        line = Dossier.of(item).nominee(source.line)
        record = of_line.get(source)
        title = looking.pack(item.rules).title(row.title)
        annulled: tuple[date | None, str | None] = (None, None)
        if row.outcome == REVOKED:
            told = revoked.get((row.number, row.day), (None, None))
            annulled = (record.revoked_on, record.revoked_by) if record else told
        award = Award(
            day=row.day,
            number=row.number,
            level="commune" if title is None or title.level == COMMUNE else "higher",
            title=row.title,
            type=Dossier.of(item).type,
            kind=row.kind,
            body=row.body,
            # Whose name was erased is counted apart: nothing tells any more who it was.
            who=who.get(source, at),
            category=line.facts.category if line else None,
            revoked_on=annulled[0] or (row.day if row.outcome == REVOKED else None),
            revoked_by=annulled[1],
            year=row.year,
            ref=row.ref,
        )
        found.append(award)
    return tuple(found)


def _source(row: AwardRow) -> Source:
    ref, _stroke, no = row.ref.partition("/")
    return Source(row.year, ref, int(no))


def title_rows(looking: Looking, stands: Sequence[Award], out: Sequence[Award]) -> Iterator[TitleRow]:
    """The commune's first, each in the order of the rule pack."""
    given = grouped(stands, lambda award: (award.level, award.title))
    gone = grouped(out, lambda award: (award.level, award.title))
    for level, title in sorted({*given, *gone}, key=lambda pair: _place(looking, pair)):
        those = given.get((level, title), ())
        counts = tally(those)
        yield TitleRow(
            title,
            level,
            counts.collectives,
            counts.households,
            counts.persons,
            counts.lines,
            counts.recipients,
            len(gone.get((level, title), ())),
        )


def _place(looking: Looking, pair: tuple[str, str]) -> tuple[bool, int, str]:
    level, title = pair
    ids = [known.id for known in looking.rules.titles]
    return level != COMMUNE, ids.index(title) if title in ids else len(ids), title


def object_rows(looking: Looking, stands: Sequence[Award]) -> Iterator[ObjectRow]:
    types = [type.id for type in looking.rules.types]
    given = grouped(stands, lambda award: (award.level, award.title))
    for level, title in sorted(given, key=lambda pair: _place(looking, pair)):
        those = given[level, title]
        persons = [award for award in those if award.kind == PERSON]
        yield ObjectRow(
            title=title,
            level=level,
            lines=len(those),
            collectives=sum(award.kind == "collective" for award in those),
            households=sum(award.kind == "household" for award in those),
            persons=len(persons),
            categories=tuple(
                sum(award.category == category for award in persons) for category in (*CATEGORIES, None)
            ),
            # A title has no type: it is given for merit over time.
            types={type: sum((award.type or types[0]) == type for award in those) for type in types},
        )


def quarter_rows(here: Sequence[Award], span: Span) -> Iterator[QuarterRow]:
    """The quarters of a calendar year that the span reaches; none of a span over two years."""
    for at, quarter in enumerate(QUARTERS):
        if span.first.year == span.last.year and 3 * at < span.last.month:
            yield QuarterRow(quarter, sum((award.day.month - 1) // 3 == at for award in here))


def revoked_rows(
    looking: Looking, every: Sequence[Award], out: Sequence[Award], day: date
) -> Iterator[RevokedRow]:
    """What is taken out of these figures, then what an issued report of before counts still."""
    told = dict(since_issued(every, _issued(looking), day))
    for award in dict.fromkeys((*out, *told)):
        report = told.get(award)
        yield RevokedRow(
            looking.ref(Key(looking.office, award.year, award.ref)),
            award.title,
            award.number,
            award.day,
            award.revoked_by,
            award.revoked_on,
            f"{report.paper} ({looking.day(report.on)})" if report else None,
        )


def _issued(looking: Looking) -> tuple[IssuedReport, ...]:
    done = (
        row
        for year in sorted(looking.plan_years)
        for row in looking.reading.done_rows(looking.office, year, REPORT)
    )
    return tuple(dict.fromkeys(IssuedReport(row.paper, row.on) for row in done))
