"""The figures of the office's reports: what was awarded, who nominated, what was done in time. Looking only.

Awards count by the day of their decision; a day in the past shows what was known on it. What depends on the
open rest of a year is told as provisional, with the tasks that keep it open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from runtime.office.looking import Looking
from runtime.views.expected import lists_of
from runtime.views.fund import fund_of
from runtime.views.movements import MovementLine, movement_lines, name_text
from runtime.views.payments import Money
from runtime.views.register import Shelf, papers
from runtime.views.reports.awards import awards_of, object_rows, quarter_rows, revoked_rows, title_rows
from runtime.views.reports.records import (
    COMMUNE,
    BodyRow,
    FundFigures,
    LateRow,
    PaperLine,
    Report,
    TaskFigures,
)
from storage import movement_views
from workflow.model.award_counts import (
    Award,
    Span,
    counted,
    direct_share,
    grouped,
    recipients,
    span_of,
    taken_out,
    tally,
)
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.lateness import days_late
from workflow.model.machine import Event, Machine
from workflow.model.prizes import prizes
from workflow.model.sessions import CouncilSession
from workflow.model.tasks import Task

REVIEW = "award_review"
"""The kind of tasks that bring a year's awards."""
STOPPED = ("cancelled", "declined", "proposed")


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
        titles=tuple(title_rows(looking, stands, out)),
        objects=tuple(object_rows(looking, stands)),
        quarters=tuple(quarter_rows(here, span)),
        bodies=tuple(_bodies(looking, shelf, stands, span, day)),
        tasks=_task_figures(looking, tasks, day),
        movements=tuple(each for each in movement_lines(looking) if _runs_in(each, span)),
        sessions=_sessions(shelf, span, day),
        fund=_fund(shelf, year, span.upto(day)),
        papers=tuple(_papers(looking, shelf, span, day)),
        revoked=tuple(revoked_rows(looking, every, out, day)),
    )


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


def _sessions(shelf: Shelf, span: Span, day: date) -> int:
    """How many of the council's sessions were held of which the minutes are signed."""
    minuted = {key for key, _each in shelf.entries(_minutes)}
    held = [item.details for key in minuted if (item := shelf.item(key))]
    days = [session.held_on for session in held if isinstance(session, CouncilSession)]
    return sum(on is not None and span.holds(on) and on <= day for on in days)


def _minutes(machine: Machine, event: Event) -> bool:
    return machine.subject == CouncilSession.subject and event.id == "minute"


def _fund(shelf: Shelf, year: int, span: Span) -> FundFigures:
    money = Money(shelf.looking, year)
    fund = fund_of(shelf.looking, year, money=money, upto=span.last)
    income = fund.allocated + fund.contributed + fund.carried_over
    given, kept = prizes(money.accounts, year, span.last), bool(fund.movements)
    outlay = income - fund.available
    return FundFigures(income, outlay, fund.available, given, fund.to_recover, fund.left, kept)


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
