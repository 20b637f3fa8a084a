"""The figures of the office's reports: what was awarded, who nominated, what was done in time. Looking only.

Awards count by the day of their decision; a day in the past shows what was known on it. What depends on the
open rest of a year is told as provisional, with the tasks that keep it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.expected import lists_of
from runtime.views.items import QUARTERS
from runtime.views.movements import MovementLine, movement_lines, name_text
from runtime.views.register import AwardRow, Shelf, awards, decisions, papers
from storage import achievement_views, movement_views
from workflow.model.achievements import AWARD, Source, everybody
from workflow.model.award_counts import (
    CATEGORIES,
    PERSON,
    Award,
    DirectShare,
    IssuedReport,
    Span,
    Tally,
    counted,
    direct_share,
    grouped,
    recipients,
    since_issued,
    span_of,
    taken_out,
    tally,
)
from workflow.model.awarding import REVOKED
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.lateness import days_late
from workflow.model.tasks import Task

REPORT, REVIEW = "report", "award_review"
"""The kinds of tasks whose paper is a report, and which bring a year's awards."""
VILLAGE = "thon"
COMMUNE = "commune"
STOPPED = ("cancelled", "declined", "proposed")


class TitleRow(NamedTuple):
    """A title or form: how many awards by kind, how many have them, and the awards that were revoked."""

    title: str
    level: str
    collectives: int
    households: int
    persons: int
    lines: int
    recipients: int
    revoked: int


class ObjectRow(NamedTuple):
    """A title or form by whom it was given to and in which way; `categories` are those of persons, in the
    order of `CATEGORIES`, then those without; `types` are counts by the types' ids, merit over time first."""

    title: str
    level: str
    lines: int
    collectives: int
    households: int
    persons: int
    categories: tuple[int, ...]
    types: dict[str, int]


class BodyRow(NamedTuple):
    """A body that may nominate: what it sent in the days of the report, and what came of it by titles.
    `nothing`: it answered that it has nobody to nominate."""

    body: str
    kind: str
    dossiers: int
    nominees: int
    lines: int
    recipients: int
    titles: dict[str, int]
    nothing: bool


class QuarterRow(NamedTuple):
    quarter: str
    lines: int


class LateRow(NamedTuple):
    """A task that was done late, or is late (`closed_on` null)."""

    ref: str
    content: str
    due: date | None
    closed_on: date | None
    days: int


class TaskFigures(NamedTuple):
    """The tasks of the plan: done in time and late, open and late or in time."""

    in_time: int
    late: int
    overdue: int
    open: int
    stopped: int
    rows: tuple[LateRow, ...]


class PaperLine(NamedTuple):
    """A paper of the office about a task or a movement."""

    number: str
    day: date
    content: str


class RevokedRow(NamedTuple):
    """A revoked award; `counted_in` is the report that was issued before and counts it still."""

    ref: str
    title: str
    number: str
    day: date
    revoked_by: str | None
    revoked_on: date | None
    counted_in: str | None


class Report(NamedTuple):
    """A report's figures on the days from `first` to `last`, as they are known on `as_of`. They are
    provisional while the tasks `waits_for` are open."""

    kind: str
    year: int
    first: date
    last: date
    as_of: date
    waits_for: tuple[str, ...]
    decisions: int
    total: Tally
    higher: Tally
    direct: DirectShare
    titles: tuple[TitleRow, ...]
    objects: tuple[ObjectRow, ...]
    quarters: tuple[QuarterRow, ...]
    bodies: tuple[BodyRow, ...]
    tasks: TaskFigures
    movements: tuple[MovementLine, ...]
    papers: tuple[PaperLine, ...]
    revoked: tuple[RevokedRow, ...]

    @property
    def provisional(self) -> bool:
        return bool(self.waits_for) or self.as_of < self.last

    @property
    def silent_villages(self) -> tuple[BodyRow, ...]:
        """The villages that nominated nobody."""
        return tuple(row for row in self.bodies if row.kind == VILLAGE and not row.dossiers)


def report_of(looking: Looking, kind: str, as_of: date | None) -> Report:
    """The report of that kind on the year of --year, else of the newest plan. Raises NoPlan."""
    year, day = looking.year, as_of or looking.today
    span, shelf = span_of(kind, year), Shelf(looking, all_years=True)
    every = awards_of(shelf)
    stands, out = counted(every, span, day), taken_out(every, span, day)
    here = [award for award in stands if award.level == COMMUNE]
    tasks = looking.reading.tasks(looking.office, year)
    return Report(
        kind=kind,
        year=year,
        first=span.first,
        last=span.last,
        as_of=day,
        waits_for=tuple(_waits_for(looking, tasks, kind, day)),
        decisions=len({(award.number, award.day) for award in here}),
        total=tally(here),
        higher=tally([award for award in stands if award.level != COMMUNE]),
        direct=direct_share(here),
        titles=tuple(_titles(looking, stands, out)),
        objects=tuple(_objects(looking, stands)),
        quarters=tuple(_quarters(here, span)),
        bodies=tuple(_bodies(looking, shelf, stands, span, day)),
        tasks=_task_figures(looking, tasks, day),
        movements=tuple(each for each in movement_lines(looking) if _runs_in(each, span)),
        papers=tuple(_papers(looking, shelf, span, day)),
        revoked=tuple(_revoked(looking, every, out, day)),
    )


# -- awards ----------------------------------------------------------------------------------------------


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


def _titles(looking: Looking, stands: Sequence[Award], out: Sequence[Award]) -> Iterator[TitleRow]:
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


def _objects(looking: Looking, stands: Sequence[Award]) -> Iterator[ObjectRow]:
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


def _quarters(here: Sequence[Award], span: Span) -> Iterator[QuarterRow]:
    """The quarters of a calendar year that the span reaches; none of a span over two years."""
    for at, quarter in enumerate(QUARTERS):
        if span.first.year == span.last.year and 3 * at < span.last.month:
            yield QuarterRow(quarter, sum((award.day.month - 1) // 3 == at for award in here))


def _revoked(
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


# -- bodies ----------------------------------------------------------------------------------------------


def _bodies(
    looking: Looking, shelf: Shelf, stands: Sequence[Award], span: Span, day: date
) -> Iterator[BodyRow]:
    """The bodies that may nominate and lived on the last day, in the directory's order."""
    received = [Dossier.of(item) for item in shelf.dossiers.values()]
    sent = [
        dossier
        for dossier in received
        if dossier.received_on and span.holds(dossier.received_on) and dossier.received_on <= day
    ]
    nothing = {owed.body for listed in lists_of(looking) for owed in listed.owed if owed.status == "nothing"}
    given = grouped(stands, lambda award: award.body)
    last = min(span.last, day)
    for body in looking.directory.bodies:
        those, own = given.get(body.id, ()), [dossier for dossier in sent if dossier.body == body.id]
        # Whom nobody asks for anything owes no dossier: the committee's leaders stand in another list.
        asked = body.nominates and not body.group and body.asked_for != () and body.lives_on(last)
        if asked or those or own:
            titles = grouped(those, lambda award: award.title)
            yield BodyRow(
                body=body.id,
                kind=body.kind,
                dossiers=len(own),
                nominees=sum(len(dossier.staying) for dossier in own),
                lines=len(those),
                recipients=recipients(those),
                titles={title: len(each) for title, each in titles.items()},
                nothing=body.id in nothing,
            )


# -- tasks, movements, papers ----------------------------------------------------------------------------


def _waits_for(looking: Looking, tasks: Iterable[Item], kind: str, day: date) -> Iterator[str]:
    """The reviews of the year's awards that are not over; a report to a date waits for none."""
    for item in tasks if kind in ("year", "coverage") else ():
        task = Task.of(item)
        ended = item.state in STOPPED or (item.closed_on is not None and item.closed_on <= day)
        if task.kind == REVIEW and not ended:
            yield looking.ref(item.key)


def _task_figures(looking: Looking, tasks: Iterable[Item], day: date) -> TaskFigures:
    """As the tasks stood on the day."""
    counts = dict.fromkeys(("in_time", "late", "overdue", "open", "stopped"), 0)
    rows: list[LateRow] = []
    for item in tasks:
        then = item if item.closed_on and item.closed_on <= day else item._replace(closed_on=None)
        late = days_late(then, looking.kind(item), day)
        if item.state in STOPPED:
            stands = "stopped"
        elif then.closed_on is not None:
            stands = "late" if late else "in_time"
        else:
            stands = "overdue" if late else "open"
        counts[stands] += 1
        if stands in ("late", "overdue"):
            content = Task.of(item).titled
            rows.append(LateRow(looking.ref(item.key), content, item.due_on, then.closed_on, late))
    return TaskFigures(**counts, rows=tuple(rows))


def _runs_in(movement: MovementLine, span: Span) -> bool:
    ended = movement.closed_on or movement.until or date.max
    return movement.from_ <= span.last and ended >= span.first


def _papers(looking: Looking, shelf: Shelf, span: Span, day: date) -> Iterator[PaperLine]:
    """The papers that were issued about tasks and movements, in the order of their days."""
    found = [
        (row.day, row.number, looking.content(item))
        for row, _names in papers(shelf)
        if row.day and span.holds(row.day) and row.day <= day
        if (item := shelf.item(Key(looking.office, row.year, row.ref))) and isinstance(item.details, Task)
    ]
    for movement in movement_views.movements(looking.reading, looking.office):
        on, number = movement.paper_on, movement.paper
        if on and number and span.holds(on) and on <= day:
            found.append((on, number, name_text(looking, movement.name)))
    for on, number, content in sorted(set(found)):
        yield PaperLine(number, on, content)
